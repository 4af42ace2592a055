"""The secret relay: nothing that tells who a hidden reporter is stands in any byte of what an office receives.

Raw mails go through the whole engine, there and back: the report, the office's answers with their quotes, the
reporter's answers with quotes and heads of quotes, weeks of silence. Every letter to an office is looked through in
all its forms: as it is, decoded, without tags, with its files' insides.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from engine.event import Hidden
from engine.letter import LetterState, Reader
from engine.ticket import Ticket
from tests.secretworld import (
    INTAKE,
    OF_FILES,
    WISHES,
    House,
    Person,
    complaint,
    encoded,
    every_form,
    mail,
    more,
    person,
)

EXAMPLES = sorted((Path(__file__).parent / "corpus" / "secret").glob("*.eml"))
CASES = 50
"""Reports a run; the slow tests play five runs."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A fresh engine."""
    made = House(tmp_path)
    yield made
    made.app.close()


def leaks(house: House, people: dict[int, Person]) -> list[tuple[int, str, str]]:
    """What any office could read of the reporters, by ticket; in letters of no ticket (lists) of any of them."""
    found, looked = [], 0
    for letter, raw in house.to_offices():
        text, looked = every_form(raw), looked + bool(raw)
        found += [(letter.id, letter.kind, told) for told in OF_FILES if told in text.text]
        for who in [people[letter.ticket]] if letter.ticket else people.values():
            found += [(letter.id, letter.kind, told) for told in who.found_in(text)]
    assert looked > len(people)
    return found


def conversation(house: House, rng: random.Random, who: Person, ticket: Ticket) -> None:
    """The office asks, works, hands on or is silent; the reporter answers, adds, objects."""

    def says(text: str) -> None:
        letter = house.last(ticket, Reader.CITIZEN)
        house.reply(letter, more(rng, who, house.read(letter), text), who.address)

    course = rng.randrange(5)
    if course == 0:
        house.answer(ticket, "TANYA\nMohon disebutkan lokasi persisnya.")
        says("Di dekat masjid, seberang warung.")
        house.answer(ticket, "PROSES\nTim berangkat besok pagi.")
    elif course == 1:
        says("Tambahan keterangan: kemarin terjadi lagi.")
        house.answer(ticket, "SELESAI\nSudah kami tangani hari ini.")
        says("BELUM\nMasih terjadi sampai sekarang.")
    elif course == 2:
        house.answer(ticket, "TERUSKAN dpupr.kasi.jalan\nBukan tugas kami.")
        says("Apakah sudah ada kabar dari petugas?")
    elif course == 3:
        house.answer(ticket, "BUKAN KEWENANGAN\nMohon dialihkan ke unit lain.")


def test_the_search_finds_what_is_hidden() -> None:
    """Names and numbers are found in base64, quoted-printable, entities, file names and links."""
    who = person(random.Random(1), 1)
    raw = mail(
        "Kantor",
        "kantor@kota.example",
        "x@kota.example",
        "Laporan",
        "isi",
        files=[("a.txt", "text/plain", who.name.encode())],
    )
    assert encoded(who.name) in raw
    assert who.name.lower().split()[0] in set(who.found_in(every_form(raw)))
    for spelled in (
        who.home,
        f"<b>{who.name[:2]}</b>{who.name[2:]}",
        who.nik[:4] + " " + who.nik[4:],
        who.name.replace(" ", "%20"),
    ):
        text = mail("Kantor", "kantor@kota.example", "x@kota.example", "Laporan", "isi", rich=f"<p>{spelled}</p>")
        assert set(who.found_in(every_form(text))), spelled
    assert "laporan" in every_form(raw).words


NO_NAME = ("warga", "biasa", "tanpa", "nama", "bidan", "tetangga", "bunda", "mama")


def known(raw: bytes, rng: random.Random) -> Person:
    """What the headers of an example tell; what it does not tell is made up, for the answers."""
    message = message_from_bytes(raw, policy=policy.default)
    sender = message["From"].addresses[0]
    names = [word for word in sender.display_name.strip("()").split() if len(word) > 2 and word.lower() not in NO_NAME]
    made = person(rng, 0)
    return replace(
        made,
        name=" ".join(names) or made.name,
        address=sender.addr_spec,
        peer=str(message["Received"]).partition("[")[2].partition("]")[0] or made.peer,
        message_id=str(message["Message-ID"]).strip("<> "),
    )


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_no_example_tells_who_wrote_it(house: House, file: Path) -> None:
    """Each hidden report of the examples, there and back and up the ladder."""
    raw = file.read_bytes()
    rng = random.Random(file.stem)
    who = known(raw, rng)
    house.receive(raw, sender=who.address, peer=who.peer)
    ticket = house.newest()
    assert ticket.hide_from_agency
    house.answer(ticket, "TANYA\nMohon disebutkan lokasi persisnya.")
    ours = house.read(house.last(ticket, Reader.CITIZEN))
    house.reply(house.last(ticket, Reader.CITIZEN), more(rng, who, ours, "Di dekat masjid."), who.address)
    house.wait(timedelta(days=5), timedelta(hours=6))
    assert leaks(house, {ticket.id: who}) == []


@pytest.mark.parametrize("seed", [7, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(4))])
def test_no_generated_report_tells_who_wrote_it(house: House, caplog: pytest.LogCaptureFixture, seed: int) -> None:
    """Made-up reporters who tell everything about themselves each time they write; logs hold nothing of it."""
    caplog.set_level(logging.INFO)
    rng = random.Random(seed)
    people: dict[int, Person] = {}
    for number in range(CASES):
        who = person(rng, number)
        house.receive(complaint(rng, who), sender=who.address, peer=who.peer)
        ticket = house.newest()
        assert ticket.hide_from_agency, ticket.text
        people[ticket.id] = who
        house.now += timedelta(seconds=30)
    house.wait(timedelta(hours=1))
    for number, who in people.items():
        conversation(house, rng, who, house.ticket(number))
    house.wait(timedelta(days=4), timedelta(hours=6))
    assert leaks(house, people) == []
    assert [who.name for who in people.values() if who.address in caplog.text or who.name in caplog.text] == []


def test_the_desk_is_told_of_files_and_may_ask_for_them(house: House) -> None:
    """What cannot be cleaned is not handed on; the desk hears it once, and gets it with a reason that is kept."""
    rng = random.Random(3)
    who = person(rng, 1)
    letter = b"%PDF-1.4 /Author (" + who.name.encode() + b")"
    text = f"Petugas loket meminta uang 150 ribu.\n\n{WISHES[1]}"
    raw = mail(who.name, who.address, INTAKE, "Pungli", text, files=[("bukti.pdf", "application/pdf", letter)])
    house.receive(raw, sender=who.address)
    ticket = house.newest()
    house.wait(timedelta(days=3), timedelta(hours=6))
    desk = house.app.directory.positions[house.app.desk.world.desk].mailbox.lower()
    told = [one for one in house.app.store.letters_of(ticket.id) if one.kind == "files_kept"]
    assert [one.address for one in told] == [desk]
    assert leaks(house, {ticket.id: who}) == []
    asked = mail(
        "", desk, str(house.read(told[0])["Reply-To"]), "Re: berkas", "LIHAT IDENTITAS untuk memeriksa bukti\n"
    )
    house.reply(told[0], asked, desk)
    shown = house.last(ticket, Reader.OFFICIAL, desk)
    assert shown.kind == "identity"
    message = house.read(shown)
    plain = str(message.get_body(("plain",)))
    assert who.name in plain
    assert who.address in plain
    assert [part.get_content() for part in message.iter_attachments()] == [letter]
    looks = [e for e in house.app.store.history_of(ticket.id) if e.event == "look"]
    assert [e.actor for e in looks] == ["diskominfo.kasi.aduan"]
    assert "untuk memeriksa bukti" in str(looks[0].data["note"])
    assert leaks(house, {ticket.id: who}) == []


def test_who_wrote_is_shown_to_the_inspectorate_alone(house: House) -> None:
    """Leaders above the inspectorate get no name, by whichever letter they ask; its own chairs do."""
    who = person(random.Random(8), 1)
    text = f"Kepala seksi meminta uang setoran. Saya {who.name}.\n\n{WISHES[3]}"
    house.receive(mail(who.name, who.address, INTAKE, "Pungli", text), sender=who.address)
    ticket = house.newest()
    assert ticket.secret
    task = house.holder(ticket)
    positions = house.app.directory.positions
    house.wait(timedelta(days=4))
    told = house.last(ticket, Reader.OFFICIAL, positions["pimpinan.walikota"].mailbox.lower())
    assert "LIHAT IDENTITAS" not in str(house.read(told).get_body(("plain",)))
    for chair in ("pimpinan.walikota", "pimpinan.wawali", "setda.sekda"):
        address = positions[chair].mailbox.lower()
        for letter in (task, told):
            house.reply(letter, mail("", address, "", "Re: laporan", "LIHAT IDENTITAS ingin tahu\n"), address)
    assert not [one for one in house.app.store.letters_of(ticket.id) if one.kind == "identity"]
    assert not any(one.event == "look" for one in house.app.store.history_of(ticket.id))
    assert leaks(house, {ticket.id: who}) == []
    head = positions["inspektorat.kepala"].mailbox.lower()
    asked = house.last(ticket, Reader.OFFICIAL, head)
    house.reply(asked, mail("", head, "", "Re: laporan", "LIHAT IDENTITAS memanggil saksi\n"), head)
    shown = [one for one in house.app.store.letters_of(ticket.id) if one.kind == "identity"]
    assert [one.position for one in shown] == ["inspektorat.kepala"]


@pytest.mark.parametrize("wish", WISHES[:3])
def test_a_later_wish_to_stay_unnamed_is_followed(house: House, wish: str) -> None:
    """Asked for in an answer to the receipt: no letter from then on names the reporter, and the history tells it."""
    who = person(random.Random(12), 1)
    text = "Jalan di depan Pasar Anyar berlubang dalam sekali."
    house.receive(mail(who.name, who.address, INTAKE, "Jalan berlubang", text), sender=who.address)
    ticket = house.newest()
    assert not ticket.hide_from_agency
    first = {letter.id for letter, _ in house.to_offices()}
    receipt = house.last(ticket, Reader.CITIZEN)
    house.reply(receipt, mail(who.name, who.address, "", "Re: laporan", f"{wish}\n\n{who.name}\n"), who.address)
    assert house.ticket(ticket.id).hide_from_agency
    house.wait(timedelta(days=3), timedelta(hours=6))
    later = [(letter, every_form(raw)) for letter, raw in house.to_offices() if letter.id not in first]
    assert [letter for letter, _ in later if letter.ticket == ticket.id]
    assert [(letter.kind, told) for letter, form in later for told in who.found_in(form)] == []
    told = [one for one in house.app.store.history_of(ticket.id) if one.event == "hide"]
    assert [(one.actor, one.data["hide_from_agency"]) for one in told] == [("citizen", True)]


def test_what_was_written_before_the_reporter_was_hidden_does_not_go_out(house: House) -> None:
    """A letter that waits for its next try is written anew when the name is hidden in between."""
    who = person(random.Random(4), 1)
    text = f"Jalan di depan pasar berlubang dalam sekali.\n\nSaya {who.name}, {who.phone}.\n"
    store, relay = house.app.store, house.relay
    relay.busy = True
    house.receive(mail(who.name, who.address, INTAKE, "Jalan berlubang", text), sender=who.address)
    ticket = house.newest()
    waiting = [one for one in store.letters_of(ticket.id) if one.reader is not Reader.CITIZEN]
    assert waiting
    assert not ticket.hide_from_agency
    assert all(who.name.encode() in (store.raw_letter(one.id) or b"") for one in waiting)
    house.app.desk.handle(Hidden(house.now, ticket.id, "petugas", "diminta lewat telepon", agency=True))
    relay.busy = False
    house.wait(timedelta(hours=2))
    assert store.letter(waiting[0].id).state is LetterState.SENT  # type: ignore[union-attr]
    assert leaks(house, {ticket.id: who}) == []
    assert [
        told for one in relay.taken if one.recipient != who.address for told in who.found_in(every_form(one.raw))
    ] == []
