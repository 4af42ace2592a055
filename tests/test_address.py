"""Signed addresses: what we make comes back, and what anyone else makes does not."""

from __future__ import annotations

import string
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.address import (
    Addresses,
    BounceOf,
    Intake,
    Known,
    OurLetter,
    ReplyTo,
    base36,
    compact,
    one_slip,
    spelled_out,
)

KEY, OTHER = b"k" * 32, b"o" * 32
DOMAIN = "lapor.kota.example"
MAILBOX = "kasi.jalan@dinas.kota.example"
OURS = Addresses(KEY, domain=DOMAIN)
tickets = st.builds(lambda year, n: f"C-{year:04d}-{n:06d}", st.integers(0, 9999), st.integers(0, 999_999_999))
letters = st.integers(1, 36**12 - 1)
SHAPES = string.ascii_lowercase + string.digits + "+.-"


def parsed_reply(addresses: Addresses, address: str) -> ReplyTo:
    """The address, parsed; it must be a reply address."""
    found = addresses.parse(address)
    assert isinstance(found, ReplyTo)
    return found


@given(tickets, letters)
def test_round_trip(ticket: str, letter: int) -> None:
    """Whatever the ticket and letter, all three addresses come back, also in capitals, within 64 octets."""
    reply, bounce = OURS.reply(ticket, letter, MAILBOX), OURS.bounce(letter)
    for form in (reply, reply.upper()):
        claim = parsed_reply(OURS, form)
        assert (claim.ticket, claim.letter) == (ticket, letter)
        assert claim.verify(MAILBOX.upper())
        assert not claim.verify("camat@kota.example")
    assert OURS.parse(bounce.upper()) == BounceOf(letter)
    message_id = OURS.message_id(ticket, letter, Random(1))
    assert OURS.letter_of(f"<{message_id}>") == OurLetter(ticket, letter)
    longest = Addresses(KEY, domain=DOMAIN, local="a" * 19).reply(ticket, letter, MAILBOX)
    assert max(len(one.partition("@")[0]) for one in (reply, bounce, longest)) <= 64


@given(letters, letters)
def test_a_mac_is_good_for_its_own_letter_and_purpose_only(letter: int, other: int) -> None:
    """The MAC of one letter put on another letter, ticket or purpose is refused."""
    if letter == other:
        return
    mac = OURS.reply("C-2026-000001", letter, MAILBOX).partition("@")[0].rpartition(".")[2]
    assert not parsed_reply(OURS, f"aduan+c2026000001.{base36(other)}.{mac}@{DOMAIN}").verify(MAILBOX)
    assert not parsed_reply(OURS, f"aduan+c2026000002.{base36(letter)}.{mac}@{DOMAIN}").verify(MAILBOX)
    assert OURS.parse(f"pantul+{base36(letter)}.{mac}@{DOMAIN}") is None
    bounce_mac = OURS.bounce(letter).partition("@")[0].rpartition(".")[2]
    assert OURS.parse(f"pantul+{base36(other)}.{bounce_mac}@{DOMAIN}") is None


def test_every_single_changed_character_of_a_signature_is_noticed() -> None:
    """No address one character away from ours verifies, wherever the character stands."""
    local = OURS.reply("C-2026-000123", 71, MAILBOX).partition("@")[0]
    for place in range(len("aduan+"), len(local)):
        for letter in "aq27":
            if letter == local[place]:
                continue
            found = OURS.parse(f"{local[:place]}{letter}{local[place + 1 :]}@{DOMAIN}")
            assert not (isinstance(found, ReplyTo) and found.verify(MAILBOX))


def test_keys_rotate() -> None:
    """What an old key signed still verifies while it is listed, and the first key signs."""
    old, both, new = Addresses(OTHER, domain=DOMAIN), Addresses([KEY, OTHER], domain=DOMAIN), OURS
    signed = old.reply("C-2026-000001", 5, MAILBOX)
    assert parsed_reply(both, signed).verify(MAILBOX)
    assert not parsed_reply(new, signed).verify(MAILBOX)
    assert both.reply("C-2026-000001", 5, MAILBOX) == new.reply("C-2026-000001", 5, MAILBOX)
    assert both.parse(old.bounce(5)) == BounceOf(5)
    assert new.parse(old.bounce(5)) is None


@pytest.mark.parametrize(
    ("recipient", "meaning"),
    [
        ("aduan@lapor.kota.example", Intake()),
        ("Aduan@LAPOR.kota.example", Intake()),
        ("aduan+@lapor.kota.example", Intake("")),
        ("aduan+jalan-rusak@lapor.kota.example", Intake("jalan-rusak")),
        ("aduan+c2026000123.1z.tooshort@lapor.kota.example", Intake("c2026000123.1z.tooshort")),
        ("pantul@lapor.kota.example", None),
        ("pantul+1z.aaaaaaaaaaaaaaaa@lapor.kota.example", None),
        ("camat@lapor.kota.example", None),
        ("aduan@kota.example", None),
        ("aduan@lapor.kota.example.jahat.example", None),
        ("aduan", None),
        ("", None),
        ("aduan+" + "a" * 5000 + "@lapor.kota.example", None),
    ],
)
def test_what_a_recipient_means(recipient: str, meaning: Intake | None) -> None:
    """The open address is intake with whatever detail; nobody else's address and no forged bounce is ours."""
    assert OURS.parse(recipient) == meaning
    assert OURS.accepts(recipient) is (meaning is not None)


def test_a_slip_is_repaired_only_if_one_letter_fits() -> None:
    """A wrong, missing, extra or swapped character finds its letter; a second slip or two candidates find none."""
    known = [Known("C-2026-000123", number, MAILBOX) for number in range(1, 40)]
    local = OURS.reply("C-2026-000123", 7, MAILBOX).partition("@")[0]
    mac = local.rpartition(".")[2]
    wrong = "a" if mac[4] != "a" else "b"
    slips = [
        local.replace(mac, mac[:4] + wrong + mac[5:]),
        local.replace("2026000123", "2026000128"),
        local[:-1],
        local + "x",
        local[:9] + local[10] + local[9] + local[11:],
    ]
    for slip in slips:
        assert OURS.repair(slip, known) == known[6]
        assert OURS.repair(slip.upper() + "@" + DOMAIN, known) == known[6]
    assert OURS.repair(slips[0][:-1], known) is None
    assert OURS.repair(slips[0], known[:3]) is None
    assert OURS.repair("a" * 1000, known) is None
    assert OURS.repair(local, [known[6], known[6]]) == known[6]


@given(st.text(SHAPES, max_size=12), st.integers(0, 12), st.sampled_from(SHAPES))
def test_one_slip_is_what_it_says(text: str, place: int, letter: str) -> None:
    """Each single edit of a text is one slip away in both directions; two appended characters are not."""
    place = min(place, len(text))
    edits = [text[:place] + letter + text[place:], text[:place] + text[place + 1 :]]
    if place < len(text):
        edits.append(text[:place] + letter + text[place + 1 :])
    if place + 1 < len(text):
        edits.append(text[:place] + text[place + 1] + text[place] + text[place + 2 :])
    for edit in edits:
        assert one_slip(text, edit)
        assert one_slip(edit, text)
    assert not one_slip(text, text + letter + letter)


def test_two_wrong_characters_are_no_slip() -> None:
    """Two changes apart from one another are not forgiven."""
    assert not one_slip("abcdef", "axcdyf")
    assert not one_slip("abcdef", "abxyef")


@given(st.text(max_size=80))
def test_anything_may_be_parsed(text: str) -> None:
    """No text, however odd, raises, or is taken for something signed."""
    for address in (text, f"{text}@{DOMAIN}", f"aduan+{text}@{DOMAIN}", f"pantul+{text}@{DOMAIN}"):
        found = OURS.parse(address)
        assert found is None or isinstance(found, Intake)
        assert OURS.letter_of(address) is None
        assert OURS.repair(address, [Known("C-2026-000123", 7, MAILBOX)]) is None


def test_message_ids_differ_and_are_signed() -> None:
    """Two Message-IDs of one letter differ, both name it, and a changed one names nothing."""
    rng = Random(3)
    one, two = (OURS.message_id("C-2026-000123", 9, rng) for _ in range(2))
    assert one != two
    assert OURS.letter_of(one) == OURS.letter_of(two) == OurLetter("C-2026-000123", 9)
    assert OURS.letter_of(one.replace(".9.", ".8.")) is None
    assert OURS.letter_of(one.replace(DOMAIN, "kota.example")) is None


@pytest.mark.parametrize("ticket", ["", "C-26-1", "2026-000123", "C-2026-000123\r\nBcc: x", "C-2026-000123 "])
def test_a_malformed_ticket_makes_no_address(ticket: str) -> None:
    """Nothing but a ticket number gets into an address, so no header can be injected through it."""
    with pytest.raises(ValueError, match="not a ticket number"):
        OURS.reply(ticket, 1, MAILBOX)


def test_ticket_numbers_are_spelled_both_ways() -> None:
    """The compact form and the written form name the same ticket."""
    assert compact("C-2026-000123") == compact("c2026000123") == "c2026000123"
    assert spelled_out("c2026000123") == spelled_out("C-2026-000123") == "C-2026-000123"


@pytest.mark.parametrize("keys", [b"short", [], [KEY, b"short"]])
def test_weak_keys_are_refused(keys: bytes | list[bytes]) -> None:
    """A key that could be guessed, or none, stops the start."""
    with pytest.raises(ValueError, match="16 bytes"):
        Addresses(keys, domain=DOMAIN)


@pytest.mark.parametrize("local", ["pantul", "a" * 20])
def test_local_names_must_fit_and_differ(local: str) -> None:
    """An intake name that is the bounces' or leaves no room for a signature stops the start."""
    with pytest.raises(ValueError, match="differ and be short"):
        Addresses(KEY, domain=DOMAIN, local=local)


@pytest.mark.parametrize("letter", [0, -1, 36**12])
def test_letters_have_positive_numbers(letter: int) -> None:
    """A letter without a number in the table cannot be signed for."""
    with pytest.raises(ValueError, match="not a letter"):
        OURS.bounce(letter)
