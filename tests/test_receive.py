"""The doors for mail, spoken to over real sockets: what is taken is kept first, and nothing bad stops the next mail."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from engine.message import Envelope
from mail.receive import Limits
from tests.receiving import AT, MAIL, TO, Open, Talk, doors


@pytest.fixture
def intake() -> Iterator[Open]:
    """Opens doors on free ports and closes them at the end."""
    yield from doors()


def test_a_mail_comes_in(intake: Open) -> None:
    """Envelope and bytes are kept as they were said, with the time that was passed in."""
    door, kept = intake()
    client = Talk(door.smtp_port)
    assert client.deliver(b"..titik\r\n" + MAIL, TO, "aduan+x@lapor.kota.example").startswith("250 2.0.0")
    assert client.ask("QUIT").startswith("221")
    recipients = (TO, "aduan+x@lapor.kota.example")
    assert kept.mails == [(Envelope("warga@rumah.example", recipients, AT, "127.0.0.1", "smtp"), b".titik\r\n" + MAIL)]
    assert kept.threads == {"keeper"}


def test_what_is_offered(intake: Open) -> None:
    """The extensions are announced with the size, and no AUTH is."""
    door, _ = intake(Limits(message=12345))
    for port, greet in ((door.smtp_port, "EHLO saya"), (door.lmtp_port, "LHLO saya")):
        offers = Talk(port, greet).offers.split("\r\n")
        assert {line[4:] for line in offers[1:] if line} == {
            "PIPELINING",
            "SIZE 12345",
            "8BITMIME",
            "SMTPUTF8",
            "ENHANCEDSTATUSCODES",
        }


@pytest.mark.parametrize(
    ("path", "sender"),
    [
        ("<>", ""),
        ("<a@b.example> SIZE=100 BODY=8BITMIME", "a@b.example"),
        ("<bu.ényà@rumah.example> SMTPUTF8", "bu.ényà@rumah.example"),
        ('<"a b"@c.example>', '"a b"@c.example'),
        ("<@x.example,@y.example:a@b.example>", "a@b.example"),
        (" <a..b.@c.example>", "a..b.@c.example"),
    ],
)
def test_reverse_paths(intake: Open, path: str, sender: str) -> None:
    """Every reverse-path that RFC 5321 and the world know comes through; the null one is empty."""
    door, kept = intake()
    client = Talk(door.smtp_port)
    assert client.ask(f"MAIL FROM:{path}").startswith("250 2")
    assert client.ask(f"RCPT TO:<{TO}>").startswith("250 2.1.5")
    client.ask("DATA")
    client.say(MAIL + b".\r\n")
    assert client.reply().startswith("250")
    assert kept.mails[0][0].reverse_path == sender


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("MAIL FROM:a@b", "553"),
        ("MAIL FROM:<a@b> SIZE=99999999", "552"),
        ("MAIL FROM:<a@b> NONSENSE=1", "555"),
        ("MAIL FROM:<a@b\x01>", "553"),
        ("MAIL FROM:<" + "a" * 300 + "@b>", "553"),
        ("RCPT TO:<aduan@lapor.kota.example>", "503"),
        ("DATA", "503"),
        ("LHLO saya", "500"),
        ("AUTH PLAIN AGEAYg==", "500"),
        ("EXPN semua", "500"),
        ("NOOP " + "x" * 3000, "500"),
        ("NOOP " + "x" * 300_000, "500"),
        ("", "500"),
    ],
)
def test_bad_commands_are_refused_and_the_next_mail_is_taken(intake: Open, command: str, code: str) -> None:
    """A command that is malformed, out of order or too long costs itself only."""
    door, kept = intake(Limits(message=10_000_000))
    client = Talk(door.smtp_port)
    assert client.ask(command).startswith(code)
    assert client.ask("RSET").startswith("250")
    assert client.deliver(MAIL).startswith("250")
    assert len(kept.mails) == 1


def test_recipients_are_checked_one_by_one(intake: Open) -> None:
    """Unknown, null and too many recipients are refused each for itself, and the mail goes to the others."""
    door, kept = intake(Limits(recipients=3))
    client = Talk(door.smtp_port)
    client.ask("MAIL FROM:<a@b.example>")
    codes = [
        client.ask(f"RCPT TO:<{to}>")[:9]
        for to in ("a@lapor.kota.example", "x@lain.example", "", "postmaster", "b@lapor.kota.example")
    ]
    assert codes == ["250 2.1.5", "550 5.1.1", "553 5.1.3", "550 5.1.1", "250 2.1.5"]
    client.ask("RCPT TO:<c@lapor.kota.example>")
    assert client.ask("RCPT TO:<d@lapor.kota.example>").startswith("452 4.5.3")
    client.ask("DATA")
    client.say(MAIL + b".\r\n")
    assert client.reply().startswith("250")
    assert kept.mails[0][0].recipients == tuple(f"{one}@lapor.kota.example" for one in "abc")


@pytest.mark.parametrize(
    "raw", [b"", b"\0" * 5000 + b"\r\n", b"x" * 200_000 + b"\r\n", b"\xff\xfe\x80\r\n", b"\r\n" * 9]
)
def test_any_bytes_are_kept_exactly(intake: Open, raw: bytes) -> None:
    """No bytes at all, NULs, a line of 200 KB, bytes of no charset: kept as they are, for others to judge."""
    door, kept = intake()
    assert Talk(door.smtp_port).deliver(raw).startswith("250")
    assert kept.mails[0][1] == raw


def test_ten_thousand_headers(intake: Open) -> None:
    """Headers are not looked at, however many."""
    door, kept = intake()
    raw = b"".join(b"X-%d: y\r\n" % n for n in range(10_000)) + b"\r\nisi\r\n"
    assert Talk(door.smtp_port).deliver(raw).startswith("250")
    assert kept.mails[0][1] == raw


def test_sixty_megabytes_are_refused_and_the_next_is_taken(intake: Open) -> None:
    """A mail over the limit hears 552 after its end although its client said it was small; the next mail is taken."""
    door, kept = intake()
    client = Talk(door.smtp_port)
    client.ask("MAIL FROM:<a@b.example> SIZE=1000")
    client.ask(f"RCPT TO:<{TO}>")
    client.ask("DATA")
    line = b"x" * 998 + b"\r\n"
    for _ in range(60):
        client.say(line * 1049)
    client.say(b".\r\n")
    assert client.reply().startswith("552 5.3.4")
    assert client.deliver(MAIL).startswith("250")
    assert [raw for _, raw in kept.mails] == [MAIL]


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r\n"])
def test_nothing_is_smuggled(intake: Open, end: bytes) -> None:
    """What other servers take for an end is no end here; the mail is refused whole and the next one is taken."""
    door, kept = intake()
    client = Talk(door.smtp_port)
    smuggled = b"isi" + end + b"MAIL FROM:<bos@kota.example>\r\nRCPT TO:<aduan@lapor.kota.example>\r\nDATA\r\nsurat\r\n"
    assert client.deliver(smuggled).startswith("550 5.6.0")
    assert client.deliver(MAIL).startswith("250")
    assert [raw for _, raw in kept.mails] == [MAIL]


def test_stray_line_ends_from_a_local_relay(intake: Open) -> None:
    """A door that allows it keeps lone CR and LF exactly as they came."""
    door, kept = intake(stray=True)
    assert Talk(door.lmtp_port, "LHLO saya").deliver(b"a\rb\nc\r\n").startswith("250")
    assert kept.mails[0][1] == b"a\rb\nc\r\n"


@pytest.mark.parametrize("line", [b"NOOP\nMAIL FROM:<a@b>\r\n", b"NO\0OP\r\n", b"NOOP\rRSET\r\n"])
def test_lone_line_ends_between_commands_end_the_connection(intake: Open, line: bytes) -> None:
    """A line that some would read as two commands is read as none, and nothing after it is."""
    door, kept = intake()
    client = Talk(door.smtp_port)
    client.say(line + b"NOOP\r\n")
    assert client.reply().startswith("500 5.5.2")
    assert client.reply() == ""
    assert not kept.calls


def test_everything_in_one_packet(intake: Open) -> None:
    """Pipelined commands, bodies and the mails behind them are taken in order (RFC 2920)."""
    door, kept = intake()
    client = Talk(door.smtp_port, "")
    one = f"MAIL FROM:<a@b.example>\r\nRCPT TO:<{TO}>\r\nDATA\r\n".encode()
    client.say(b"EHLO saya\r\n" + (one + MAIL + b".\r\n") * 5 + b"QUIT\r\n")
    codes = [client.reply()[:3] for _ in range(1 + 5 * 4 + 1)]
    assert codes == ["250"] + ["250", "250", "354", "250"] * 5 + ["221"]
    assert [raw for _, raw in kept.mails] == [MAIL] * 5


def test_a_client_that_stops_talking_still_hears(intake: Open) -> None:
    """All that a client said before it closed its half is done and answered."""
    door, kept = intake()
    client = Talk(door.smtp_port)
    client.say(f"MAIL FROM:<a@b.example>\r\nRCPT TO:<{TO}>\r\nDATA\r\n".encode() + MAIL + b".\r\n")
    client.socket.shutdown(socket.SHUT_WR)
    assert [client.reply()[:3] for _ in range(4)] == ["250", "250", "354", "250"]
    assert len(kept.mails) == 1


def test_a_client_that_drops_amid_its_mail(intake: Open) -> None:
    """Half a mail is no mail; the next client is served."""
    door, kept = intake()
    for ending in (lambda c: c.socket.shutdown(socket.SHUT_WR), Talk.close):
        client = Talk(door.smtp_port)
        client.begin()
        client.say(MAIL)
        ending(client)
    assert Talk(door.smtp_port).deliver(MAIL + MAIL).startswith("250")
    assert [raw for _, raw in kept.mails] == [MAIL + MAIL]


def test_mails_that_come_together_are_kept_together(intake: Open) -> None:
    """While one commit runs the others gather, and the next call of keep has them all."""
    door, kept = intake()
    kept.gate.clear()
    first = Talk(door.smtp_port)
    first.begin()
    first.say(MAIL + b".\r\n")
    assert kept.entered.wait(20)
    others = [Talk(door.smtp_port) for _ in range(12)]
    for number, client in enumerate(others):
        client.begin()
        client.say(b"N: %d\r\n.\r\n" % number)
    while len(door._keeper._waiting) < len(others):
        time.sleep(0.01)
    first.socket.settimeout(0.1)
    with pytest.raises(TimeoutError):
        first.socket.recv(1)
    first.socket.settimeout(20)
    kept.gate.set()
    assert others[0].reply().startswith("250")
    assert [client.reply()[:3] for client in others[1:]] == ["250"] * 11
    assert [len(call) for call in kept.calls] == [1, 12]


@pytest.mark.parametrize("door_name", ["smtp", "lmtp"])
def test_what_was_not_kept_is_not_acknowledged(intake: Open, door_name: str) -> None:
    """When keep raises every client hears 451, nobody hears 250, and afterwards all goes on."""
    door, kept = intake()
    kept.fail = True
    port, greet = (door.smtp_port, "EHLO a") if door_name == "smtp" else (door.lmtp_port, "LHLO a")
    clients = [Talk(port, greet) for _ in range(3)]
    assert [client.deliver(MAIL)[:9] for client in clients] == ["451 4.3.0"] * 3
    assert not kept.calls
    kept.fail = False
    assert [client.deliver(MAIL)[:3] for client in clients] == ["250"] * 3


def test_lmtp_answers_once_per_recipient(intake: Open) -> None:
    """Three recipients taken are three answers, good or bad, and one kept mail (RFC 2033 section 4.2)."""
    door, kept = intake(Limits(message=1000))
    client = Talk(door.lmtp_port, "LHLO saya")
    three = [f"aduan+{n}@lapor.kota.example" for n in range(3)]
    assert client.deliver(MAIL, *three).startswith("250")
    assert [client.reply()[:3] for _ in range(2)] == ["250", "250"]
    assert client.deliver(b"x" * 2000 + b"\r\n", *three).startswith("552")
    assert [client.reply()[:3] for _ in range(2)] == ["552", "552"]
    assert client.ask("NOOP").startswith("250")
    assert [envelope.recipients for envelope, _ in kept.mails] == [tuple(three)]
    assert kept.mails[0][0].protocol == "lmtp"
    assert client.ask("EHLO saya").startswith("500")
    assert client.ask("HELO saya").startswith("500")


def test_a_recipient_named_twice_is_one(intake: Open) -> None:
    """LMTP answers for each RCPT, and the envelope holds the recipient once."""
    door, kept = intake()
    client = Talk(door.lmtp_port, "LHLO saya")
    assert client.deliver(MAIL, TO, TO).startswith("250")
    assert client.reply().startswith("250")
    assert kept.mails[0][0].recipients == (TO,)
