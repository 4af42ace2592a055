"""What the doors do not put up with, and how they close: silence, crowds, floods, soup, a stop amid a mail."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from random import Random

import pytest
import trustme

from engine.errors import BadSetting
from mail.receive import Intake, Limits, Listen
from tests.receiving import AT, MAIL, Kept, Open, Talk, doors


@pytest.fixture
def intake() -> Iterator[Open]:
    """Opens doors on free ports and closes them at the end."""
    yield from doors()


def test_silence_ends(intake: Open) -> None:
    """A client that says nothing for too long, between or within mails, is told so and let go."""
    door, kept = intake(Limits(idle=0.2))
    for begun in (False, True):
        client = Talk(door.smtp_port)
        if begun:
            client.begin()
            client.say(b"From: ")
        assert client.reply().startswith("421 4.4.2")
        assert client.reply() == ""
    assert not kept.calls


def test_a_trickle_ends(intake: Open) -> None:
    """A client that sends an octet now and then is not silent, but has a limit for the whole body."""
    begun = time.monotonic()
    door, kept = intake(Limits(idle=5, body=0.5))
    client = Talk(door.smtp_port)
    client.begin()
    heard = b""
    for _ in range(100):
        try:
            client.say(b"x")
            client.socket.settimeout(0.05)
            heard = client.socket.recv(100)
        except TimeoutError:
            continue
        except OSError:
            pass
        break
    assert heard[:3] in {b"421", b""}
    assert time.monotonic() - begun < 5
    assert not kept.calls


def test_a_slow_mail_is_taken(intake: Open) -> None:
    """Pauses shorter than the limit do no harm, wherever the pieces are cut."""
    door, kept = intake(Limits(idle=5))
    client = Talk(door.smtp_port)
    client.begin()
    for octet in b"satu\r\n.\r\n":
        client.say(bytes([octet]))
        time.sleep(0.01)
    assert client.reply().startswith("250")
    assert kept.mails[0][1] == b"satu\r\n"


def test_starttls(intake: Open) -> None:
    """With a certificate STARTTLS is offered, mail comes in over it, and what was said before it counts for nothing."""
    authority = trustme.CA()
    server, client_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("mx.lapor.kota.example").configure_cert(server)
    authority.configure_trust(client_side)
    kept = Kept()
    with Intake(kept, lambda _: True, lambda: AT, smtp=Listen(), tls=server) as door:
        client = Talk(door.smtp_port)
        assert "STARTTLS" in client.offers
        client.ask("MAIL FROM:<penyusup@jahat.example>")
        # A command in the same packet is in the clear: whoever sits between could have added it.
        client.say(b"STARTTLS\r\nMAIL FROM:<penyusup@jahat.example>\r\n")
        assert client.reply().startswith("220")
        client.socket = client_side.wrap_socket(client.socket, server_hostname="mx.lapor.kota.example")
        client.lines = client.socket.makefile("rb")
        assert client.ask("MAIL FROM:<a@b.example>").startswith("503")
        assert "STARTTLS" not in client.ask("EHLO saya")
        assert client.deliver(MAIL * 3000).startswith("250")
        client.ask("QUIT")
        client.close()
        broken = Talk(door.smtp_port)
        assert broken.ask("STARTTLS").startswith("220")
        broken.say(b"ini bukan TLS sama sekali\r\n")
        assert b"25" not in broken.socket.recv(100)
        after = Talk(door.smtp_port)
        assert after.deliver(MAIL).startswith("250")
        begun = time.monotonic()
    assert time.monotonic() - begun < 5
    assert {envelope.reverse_path for envelope, _ in kept.mails} == {"warga@rumah.example"}
    assert [len(raw) for _, raw in kept.mails] == [len(MAIL) * 3000, len(MAIL)]


def test_too_many_errors_end_the_connection(intake: Open) -> None:
    """A client that only guesses is let go."""
    door, _ = intake(Limits(errors=5))
    client = Talk(door.smtp_port)
    client.ask("MAIL FROM:<a@b.example>")
    for number in range(5):
        assert client.ask(f"RCPT TO:<tebak{number}@lain.example>").startswith("550")
    assert client.ask("RCPT TO:<tebak@lain.example>").startswith("550")
    assert client.reply().startswith("421 4.7.0")
    assert client.reply() == ""


def test_a_client_that_never_sends_a_mail(intake: Open) -> None:
    """A connection that is only held open with commands is ended; one that sends mails may go on."""
    door, kept = intake(Limits(idling=10))
    client = Talk(door.smtp_port)
    for _ in range(3):
        for _ in range(8):
            assert client.ask("NOOP").startswith("250")
        assert client.deliver(MAIL).startswith("250")
    for _ in range(10):
        assert client.ask("RSET").startswith("250")
    assert client.ask("NOOP").startswith("421 4.7.0")
    assert client.reply() == ""
    assert len(kept.mails) == 3


SOUP = [
    *(b"EHLO a", b"LHLO a", b"HELO a", b"MAIL FROM:<a@b>", b"MAIL FROM:<>", b"RCPT TO:<aduan@lapor.kota.example>"),
    *(b"DATA", b".", b"RSET", b"QUIT", b"NOOP", b"VRFY <a@b>", b"STARTTLS", b"HELP MAIL", b"MAIL FROM:<a@b> SIZE=x"),
    *(
        b"\xff\xfe",
        b"\0",
        b"\n",
        b"\r",
        b"RCPT TO:",
        b"MAIL",
        b"BDAT 5 LAST",
        b"x" * 9000,
        b"From: a",
        b"",
        b"..",
        b":",
    ),
]


@pytest.mark.parametrize("seed", range(60))
def test_any_soup_of_commands(intake: Open, seed: int) -> None:
    """Whatever is said in whatever order and pieces: the door answers or hangs up, and takes the next mail."""
    rng = Random(seed)
    door, kept = intake(Limits(message=10_000))
    for port in (door.smtp_port, door.lmtp_port):
        soup = b"".join(rng.choice(SOUP) + rng.choice([b"\r\n"] * 9 + [b"\n"]) for _ in range(rng.randrange(60)))
        client = Talk(port, "")
        try:
            client.say(soup[: len(soup) // 2])
            client.say(soup[len(soup) // 2 :])
            client.socket.shutdown(socket.SHUT_WR)
            while reply := client.reply():
                assert reply[:1] in "2345"
                assert "\r\n" in reply
        except OSError:
            pass  # it hung up on us while we spoke
        client.close()
    before = len(kept.mails)
    assert Talk(door.smtp_port).deliver(MAIL).startswith("250")
    assert kept.mails[before][1] == MAIL


def test_too_many_connections(intake: Open) -> None:
    """One client more than allowed is asked to come again, and is served once another has left."""
    door, _ = intake(Limits(connections=2))
    first, second = Talk(door.smtp_port), Talk(door.smtp_port)
    third = socket.create_connection(("127.0.0.1", door.smtp_port), timeout=20)
    assert third.recv(100).startswith(b"421 4.7.0")
    first.ask("QUIT")
    assert second.deliver(MAIL).startswith("250")
    assert Talk(door.smtp_port).deliver(MAIL).startswith("250")


def test_memory_is_bounded_over_all_connections(intake: Open) -> None:
    """When all bodies together are too much the late one hears 452, and can come again."""
    door, kept = intake(Limits(held=400_000))
    kept.gate.clear()
    first, second = Talk(door.smtp_port), Talk(door.smtp_port)
    first.begin()
    first.say(b"x" * 300_000 + b"\r\n.\r\n")
    assert kept.entered.wait(20)
    assert second.deliver(b"y" * 300_000 + b"\r\n").startswith("452 4.3.1")
    kept.gate.set()
    assert first.reply().startswith("250")
    assert second.deliver(b"y" * 300_000 + b"\r\n").startswith("250")


def test_stopping_lets_a_mail_finish(intake: Open) -> None:
    """At a stop idle clients are sent away and a mail under way is taken to its end and acknowledged."""
    door, kept = intake()
    idle, busy = Talk(door.smtp_port), Talk(door.smtp_port)
    busy.begin()
    busy.say(MAIL[:20])
    stopper = threading.Thread(target=door.stop)
    stopper.start()
    assert idle.reply().startswith("421 4.3.2")
    busy.say(MAIL[20:] + b".\r\n")
    assert busy.reply().startswith("250")
    assert busy.reply().startswith("421 4.3.2")
    stopper.join(20)
    assert not stopper.is_alive()
    assert [raw for _, raw in kept.mails] == [MAIL]
    with pytest.raises(OSError):  # noqa: PT011 - nobody listens
        socket.create_connection(("127.0.0.1", door.smtp_port), timeout=5)


def test_stopping_does_not_wait_for_ever(intake: Open) -> None:
    """A client that never finishes is cut off when the grace is over."""
    door, kept = intake()
    client = Talk(door.smtp_port)
    client.begin()
    begun = time.monotonic()
    door.stop(grace=0.2)
    assert time.monotonic() - begun < 10
    assert not kept.calls


def test_a_port_that_is_taken(intake: Open) -> None:
    """A port someone else has is an error at the start, not a silent thread."""
    door, _ = intake()
    second = Intake(Kept(), lambda _: True, lambda: AT, smtp=Listen(port=door.smtp_port))
    with pytest.raises(OSError, match="in use"):
        second.start()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "mx.kota.example"])  # noqa: S104
def test_an_open_door_wants_tls(host: str) -> None:
    """Listening for other hosts without a certificate has to be allowed in so many words."""
    with pytest.raises(BadSetting, match="without TLS"):
        Intake(Kept(), lambda _: True, lambda: AT, smtp=Listen(host))
    Intake(Kept(), lambda _: True, lambda: AT, smtp=Listen(host, cleartext=True))
