"""Letters to a relay that refuses, drops, lies and comes back: each letter's fate is its own."""

from __future__ import annotations

import email
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme

from engine.errors import BadSetting, Permanent, Temporary
from mail.submit import Outgoing, Relay, RelaySettings, Result, Security, Sent
from tests.relay import Fake

RAW = b"From: aduan@kota.example\r\nSubject: Tanda terima\r\n\r\n.Terima kasih.\r\n"


MakeRelay = Callable[..., tuple[Fake, Relay]]


@pytest.fixture
def relay() -> Iterator[MakeRelay]:
    """Makes a fake relay and a Relay that talks to it."""
    made: list[tuple[Fake, Relay]] = []

    def make(script: dict[str, str | list[str | None] | None] | None = None, **more: object) -> tuple[Fake, Relay]:
        settings = more.pop("settings", {})
        assert isinstance(settings, dict)
        fake = Fake(script or {}, **more)  # type: ignore[arg-type]
        made.append((fake, Relay(RelaySettings("127.0.0.1", fake.port, **{"timeout": 10, **settings}))))
        return made[-1]

    yield make
    for fake, one in made:
        one.close()
        fake.close()


def letters(*recipients: str) -> list[Outgoing]:
    """One letter to each."""
    return [Outgoing(f"pantul+{n}@kota.example", to, RAW) for n, to in enumerate(recipients)]


def kinds(results: list[Result]) -> list[type[Result]]:
    """The kind of each result."""
    return [type(one) for one in results]


PIPELINED = ("PIPELINING", "8BITMIME")
PLAIN = ("8BITMIME",)


@pytest.mark.parametrize("offers", [PIPELINED, PLAIN, ()])
def test_letters_go_over_one_connection(relay: MakeRelay, offers: tuple[str, ...]) -> None:
    """All letters go in order over one connection, dots doubled and undone, and the relay's reply is kept."""
    fake, one = relay(offers=offers)
    for _ in range(2):
        assert one.send(letters("a@x.example", "b@x.example")) == [Sent("250 2.0.0 Ok: queued as ABC123")] * 2
    assert len(fake.heard) == 1
    assert [raw for _, _, raw in fake.taken] == [RAW] * 4
    assert fake.taken[1][:2] == ("MAIL FROM:<pantul+1@kota.example>", "RCPT TO:<b@x.example>")


@pytest.mark.parametrize("offers", [PIPELINED, PLAIN])
def test_a_refused_letter_does_not_stop_the_next(relay: MakeRelay, offers: tuple[str, ...]) -> None:
    """Each refusal, wherever in the dialogue, is its letter's alone and is told as temporary or permanent."""
    script = {
        "RCPT TO:<hilang": "550 5.1.1 tidak ada",
        "RCPT TO:<penuh": "452 4.2.2 kotak penuh",
        "MAIL FROM:<pantul+2@": "451 4.7.1 nanti",
        ".": ["250 2.0.0 satu", "554 5.7.1 isi ditolak", "451 4.3.0 sibuk", "250 2.0.0 dua"],
    }
    fake, one = relay(script, offers=offers)
    results = one.send(letters("a@x", "hilang@x", "b@x", "penuh@x", "c@x", "d@x", "e@x"))
    assert kinds(results) == [Sent, Permanent, Temporary, Temporary, Permanent, Temporary, Sent]
    assert [str(one) for one in results[1:6]] == [
        "550 5.1.1 tidak ada",
        "451 4.7.1 nanti",
        "452 4.2.2 kotak penuh",
        "554 5.7.1 isi ditolak",
        "451 4.3.0 sibuk",
    ]
    assert [rcpt for _, rcpt, _ in fake.taken] == ["RCPT TO:<a@x>", "RCPT TO:<e@x>"]
    assert len(fake.heard) == 1


def test_data_taken_without_a_recipient_is_ended(relay: MakeRelay) -> None:
    """A relay that says 354 although the recipient was refused gets an empty body, not the next letter's commands."""
    fake, one = relay({"RCPT TO:<hilang": "550 5.1.1 tidak ada", "DATA": ["354 go", "354 go"]})
    assert kinds(one.send(letters("hilang@x", "a@x"))) == [Permanent, Sent]
    assert [raw for _, _, raw in fake.taken] == [RAW]


@pytest.mark.parametrize(
    ("where", "replies"),
    [("MAIL", ["250 ok", None]), ("MAIL", ["250 ok", "421 4.3.2 tutup"]), ("DATA", ["354 go", None])],
)
def test_a_dropped_connection_is_opened_once_more(relay: MakeRelay, where: str, replies: list[str | None]) -> None:
    """A letter whose connection broke before its end was out goes over a new one, once."""
    fake, one = relay({where: replies})
    assert kinds(one.send(letters("a@x", "b@x", "c@x"))) == [Sent, Sent, Sent]
    assert len(fake.heard) == 2
    assert [rcpt for _, rcpt, _ in fake.taken] == ["RCPT TO:<a@x>", "RCPT TO:<b@x>", "RCPT TO:<c@x>"]


def test_a_letter_that_breaks_every_connection(relay: MakeRelay) -> None:
    """It is temporary after the second break, and the letters behind it go."""
    _, one = relay({"RCPT TO:<racun": None})
    assert kinds(one.send(letters("a@x", "racun@x", "b@x"))) == [Sent, Temporary, Sent]


def test_no_answer_after_the_end_is_not_sent_again(relay: MakeRelay) -> None:
    """When the relay may have taken the letter it is left to the next attempt, not sent twice at once."""
    fake, one = relay({".": [None]})
    assert kinds(one.send(letters("a@x", "b@x"))) == [Temporary, Sent]
    assert sum(line.startswith("RCPT TO:<a@x>") for heard in fake.heard for line in heard) == 1


def test_a_relay_that_is_away(relay: MakeRelay) -> None:
    """No relay at all is temporary for every letter, and is tried once for all of them."""
    fake, one = relay()
    assert kinds(one.send(letters("a@x"))) == [Sent]
    one.close()
    fake.close()
    results = one.send(letters("a@x", "b@x", "c@x"))
    assert kinds(results) == [Temporary] * 3
    fake.socket = socket.create_server(("127.0.0.1", 0))


@pytest.mark.parametrize(
    ("script", "said"), [({"greeting": "554 tutup"}, "554 tutup"), ({"greeting": "421 penuh"}, "421 penuh")]
)
def test_a_relay_that_does_not_want_us(relay: MakeRelay, script: dict[str, str | None], said: str) -> None:
    """A refusal before any letter is named, even a 5xx, loses no letter."""
    _, one = relay(script)
    results = one.send(letters("a@x", "b@x"))
    assert kinds(results) == [Temporary, Temporary]
    assert said in str(results[0])


def test_login(relay: MakeRelay) -> None:
    """User and password are given to this machine's relay; a wrong password loses no letter."""
    settings = {"user": "kota", "password": "rahasia"}
    _, one = relay(offers=("AUTH PLAIN",), settings=settings)
    assert kinds(one.send(letters("a@x"))) == [Sent]
    _, other = relay(offers=("AUTH PLAIN",), settings={**settings, "password": "salah"})
    assert kinds(other.send(letters("a@x"))) == [Temporary]
    assert "rahasia" not in repr(RelaySettings("127.0.0.1", **settings))  # type: ignore[arg-type]


def test_a_password_never_goes_in_the_clear() -> None:
    """Settings that would send a password to another machine unprotected are refused."""
    with pytest.raises(BadSetting, match="in the clear"):
        Relay(RelaySettings("relay.kota.example", security=Security.NONE, user="a", password="b"))


@pytest.mark.parametrize(
    ("settings", "protection"),
    [
        (RelaySettings("relay.kota.example"), Security.STARTTLS),
        (RelaySettings("192.0.2.1"), Security.STARTTLS),
        (RelaySettings("relay.kota.example", 465), Security.TLS),
        (RelaySettings("127.0.0.1"), Security.NONE),
        (RelaySettings("::1"), Security.NONE),
        (RelaySettings("localhost", security=Security.STARTTLS), Security.STARTTLS),
    ],
)
def test_tls_is_on_beyond_this_machine(settings: RelaySettings, protection: Security) -> None:
    """Without a word in the settings other machines get TLS, and this one none."""
    assert settings.protection is protection


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """A certificate authority of our own."""
    return trustme.CA()


def certified(authority: trustme.CA, name: str) -> ssl.SSLContext:
    """A server's context with a certificate for that name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_tls_with_the_city_s_own_authority(
    relay: MakeRelay, authority: trustme.CA, tmp_path: Path, security: Security
) -> None:
    """Letters go where the certificate is good for that host, and nowhere where it is another's or unknown."""
    ca_file = tmp_path / "ca.pem"
    ca_file.write_bytes(authority.cert_pem.bytes())
    for name, trusted, fate in (
        ("127.0.0.1", str(ca_file), Sent),
        ("lain.example", str(ca_file), Temporary),
        ("127.0.0.1", None, Temporary),
    ):
        fake, one = relay(
            tls=certified(authority, name),
            implicit=security is Security.TLS,
            offers=("STARTTLS", "PIPELINING"),
            settings={"security": security, "ca_file": trusted},
        )
        assert kinds(one.send(letters("a@x"))) == [fate]
        assert len(fake.taken) == (fate is Sent)


def test_no_falling_back_to_cleartext(relay: MakeRelay) -> None:
    """A relay that suddenly offers no TLS gets no letter."""
    fake, one = relay(offers=("PIPELINING",), settings={"security": Security.STARTTLS})
    assert kinds(one.send(letters("a@x"))) == [Temporary]
    assert not fake.taken
    assert not any(line.startswith("MAIL") for line in fake.heard[0])


@pytest.mark.parametrize("address", ["a@x>\r\nRCPT TO:<b@x", "a b@x", "a@x\nDATA", "", "<a@x>", "a" * 400 + "@x"])
def test_nothing_is_injected_by_an_address(relay: MakeRelay, address: str) -> None:
    """An address that is no path is refused before a word is said."""
    fake, one = relay()
    assert kinds(one.send([Outgoing("", address, RAW), *letters("a@x")])) == [Permanent, Sent]
    assert len([line for line in fake.heard[0] if line.startswith("RCPT")]) == 1


def test_the_null_reverse_path(relay: MakeRelay) -> None:
    """Letters that want no bounce go with <>."""
    fake, one = relay()
    assert kinds(one.send([Outgoing("", "a@x", RAW)])) == [Sent]
    assert fake.taken[0][0].startswith("MAIL FROM:<>")


def test_too_big_for_the_relay(relay: MakeRelay) -> None:
    """A letter beyond the announced size is permanent without being sent."""
    fake, one = relay(offers=("SIZE 500",))
    results = one.send([Outgoing("", "a@x", RAW + b"x" * 600 + b"\r\n"), *letters("b@x")])
    assert kinds(results) == [Permanent, Sent]
    assert str(results[0]).startswith("552 5.3.4")
    assert fake.taken[0][0].endswith(f"SIZE={len(RAW)}")


def test_addresses_beyond_ascii(relay: MakeRelay) -> None:
    """With SMTPUTF8 they go as they are; without it the domain goes in IDNA and a local part is permanent."""
    fake, one = relay()
    assert kinds(one.send(letters("büro@bücher.example"))) == [Sent]
    assert fake.taken[0][0].endswith(" SMTPUTF8")
    assert fake.taken[0][1] == "RCPT TO:<büro@bücher.example>"
    fake, one = relay(offers=PIPELINED)
    assert kinds(one.send(letters("büro@x.example", "a@bücher.example"))) == [Permanent, Sent]
    assert fake.taken[0][1] == "RCPT TO:<a@xn--bcher-kva.example>"


BINARY = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nSelamat — é\n"


def test_eight_bit_letters(relay: MakeRelay) -> None:
    """8-bit text is announced where the relay takes it, and becomes base64 where it does not."""
    for offers, announced in ((PIPELINED, True), (("PIPELINING",), False)):
        fake, one = relay(offers=offers)
        assert kinds(one.send([Outgoing("", "a@x", BINARY.encode())])) == [Sent]
        mail, _, raw = fake.taken[0]
        assert mail.endswith("BODY=8BITMIME") is announced
        assert raw.isascii() is not announced
        content = email.message_from_bytes(raw).get_payload(decode=True)
        assert isinstance(content, bytes)
        assert content.decode().replace("\r\n", "\n") == "Selamat — é\n"


def test_long_lines_are_folded_away(relay: MakeRelay) -> None:
    """A line over 998 octets, also inside a forwarded mail, becomes base64, its words unchanged."""
    fake, one = relay()
    inner = "Subject: dalam\n\n" + "kata " * 500 + "\n"
    raw = f'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n'
    assert kinds(one.send([Outgoing("", "a@x", raw.encode())])) == [Sent]
    taken = fake.taken[0][2]
    assert max(len(line) for line in taken.split(b"\r\n")) <= 998
    leaf = list(email.message_from_bytes(taken).walk())[-1].get_payload(decode=True)
    assert isinstance(leaf, bytes)
    assert leaf.decode().strip() == ("kata " * 500).strip()


def test_a_header_that_cannot_be_sent(relay: MakeRelay) -> None:
    """A header line over 998 octets is permanent and names the reason."""
    _, one = relay()
    results = one.send([Outgoing("", "a@x", b"X: " + b"y" * 2000 + b"\r\n\r\nisi\r\n"), *letters("b@x")])
    assert kinds(results) == [Permanent, Sent]
    assert "5.6.0" in str(results[0])


@pytest.mark.parametrize("raw", [b"a: b\n\nisi\n", b"a: b\n\nisi", b"a: b\r\n\r\nisi\r\n", b"a: b\r\rsatu\r\n.\r\ndua"])
def test_line_ends_are_made_whole(relay: MakeRelay, raw: bytes) -> None:
    """Whatever the line ends were, over the wire they are CR LF and the body ends where it ends."""
    fake, one = relay()
    assert kinds(one.send([Outgoing("", "a@x", raw), *letters("b@x")])) == [Sent, Sent]
    taken = fake.taken[0][2]
    assert taken.count(b"\r\n") == taken.count(b"\n") == taken.count(b"\r")
    assert taken.split() == raw.split()
