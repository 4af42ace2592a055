"""Our doors and our submission against a real Postfix and a real Dovecot."""

from __future__ import annotations

import imaplib
import smtplib
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from engine.message import Envelope
from mail.address import Addresses, BounceOf
from mail.receive import Intake, Limits, Listen
from mail.submit import Outgoing, Relay, RelaySettings, Sent
from tests.dovecot import Dovecot, needs_dovecot
from tests.postfix import Postfix, needs_postfix

pytestmark = [pytest.mark.real, needs_postfix, needs_dovecot]

CITY, INTAKE = "kota.test", "lapor.kota.test"
KASI = f"kasi.jalan@{CITY}"
ADDRESSES = Addresses(b"k" * 32, domain=INTAKE)


class Estate:
    """The engine's door with what it kept, between a Postfix and a Dovecot."""

    def __init__(self, postfix: Postfix, dovecot: Dovecot, kept: list[list[tuple[Envelope, bytes]]]) -> None:
        self.postfix, self.dovecot, self.kept = postfix, dovecot, kept

    @property
    def mails(self) -> list[tuple[Envelope, bytes]]:
        """All mails kept, in order."""
        return [mail for call in self.kept for mail in call]

    def await_mails(self, count: int, seconds: float = 20.0) -> list[tuple[Envelope, bytes]]:
        """Wait for that many mails at the engine's door."""
        end = time.monotonic() + seconds
        while len(self.mails) < count:
            assert time.monotonic() < end, self.postfix.log
            time.sleep(0.02)
        return self.mails


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """One estate for all tests of this file: starting it is what takes the time."""
    kept: list[list[tuple[Envelope, bytes]]] = []

    def keep(mails: Sequence[tuple[Envelope, bytes]]) -> None:
        kept.append(list(mails))

    folder: Path = tmp_path_factory.mktemp("estate")
    door = Intake(keep, ADDRESSES.accepts, lambda: datetime.now(UTC), lmtp=Listen(), limits=Limits())
    with (
        door,
        Dovecot(users=[KASI]) as dovecot,
        Postfix(
            folder, engine_lmtp=door.lmtp_port, dovecot_lmtp=dovecot.lmtp_port, domains=[CITY], intake=INTAKE
        ) as postfix,
    ):
        yield Estate(postfix, dovecot, kept)


@pytest.fixture
def estate(running: Estate) -> Estate:
    """The running estate with nothing kept yet."""
    running.postfix.await_empty()
    running.kept.clear()
    return running


def complaint(subject: str = "Jalan rusak") -> bytes:
    """A citizen's mail."""
    message = EmailMessage()
    message["From"] = f"warga@{CITY}"
    message["To"] = ADDRESSES.intake
    message["Subject"] = subject
    message.set_content("Jalan berlubang di depan pasar.\n.\nMohon diperbaiki.\n")
    return message.as_bytes(policy=SMTP)


def test_three_recipients_are_one_mail_once_and_fast(estate: Estate) -> None:
    """One mail to three of our addresses comes in one delivery with three recipients, at once, and is done with."""
    reply = ADDRESSES.reply("C-2026-000123", 7, KASI)
    three = [ADDRESSES.intake, f"aduan+jalan@{INTAKE}", reply]
    begun = time.monotonic()
    with smtplib.SMTP("127.0.0.1", estate.postfix.port) as smtp:
        smtp.sendmail(f"warga@{CITY}", three, complaint())
    estate.postfix.await_empty()
    assert time.monotonic() - begun < 5
    ((envelope, raw),) = estate.mails
    assert sorted(envelope.recipients) == sorted(three)
    assert (envelope.reverse_path, envelope.protocol) == (f"warga@{CITY}", "lmtp")
    assert raw.endswith(b"\r\n.\r\nMohon diperbaiki.\r\n")
    assert estate.postfix.log.count("status=sent (250 2.0.0 The mail is kept)") >= 3
    assert "deferred" not in estate.postfix.log


def test_unknown_addresses_of_the_intake_are_refused_at_the_door(estate: Estate) -> None:
    """Nothing but our addresses is taken for the intake's domain."""
    with smtplib.SMTP("127.0.0.1", estate.postfix.port) as smtp:
        smtp.ehlo()
        smtp.mail(f"warga@{CITY}")
        assert smtp.rcpt(f"camat@{INTAKE}")[0] == 550
        assert smtp.rcpt(f"ADUAN@{INTAKE}")[0] == 250


def test_a_burst_of_mails(estate: Estate) -> None:
    """Mails that come faster than one by one are all kept, each once."""
    with smtplib.SMTP("127.0.0.1", estate.postfix.port) as smtp:
        for number in range(60):
            smtp.sendmail(f"warga@{CITY}", [ADDRESSES.intake], complaint(f"Nomor {number}."))
    estate.postfix.await_empty()
    subjects = {raw.partition(b"Subject: ")[2].partition(b"\r\n")[0] for _, raw in estate.await_mails(60)}
    assert len(subjects) == len(estate.mails) == 60


def test_a_letter_reaches_the_official(estate: Estate) -> None:
    """Our submission through Postfix lies in the official's mailbox, dots and all, with the reply kept."""
    raw = complaint("Diteruskan")
    with Relay(RelaySettings("127.0.0.1", estate.postfix.port)) as relay:
        (sent,) = relay.send([Outgoing(ADDRESSES.bounce(7), KASI, raw)])
    assert isinstance(sent, Sent)
    assert sent.reply.startswith("250 2.0.0 Ok: queued as ")
    estate.postfix.await_empty()
    imap = imaplib.IMAP4("127.0.0.1", estate.dovecot.imap_port)
    imap.login(KASI, estate.dovecot.passwords[KASI])
    imap.select("INBOX", readonly=True)
    _, found = imap.search(None, "SUBJECT", "Diteruskan")
    _, parts = imap.fetch(found[0].split()[-1].decode(), "(BODY.PEEK[])")
    part = parts[0]
    assert isinstance(part, tuple)
    assert f"Return-Path: <{ADDRESSES.bounce(7)}>".encode() in part[1]
    assert part[1].endswith(b"\r\n.\r\nMohon diperbaiki.\r\n")
    imap.logout()


def test_a_bounce_comes_back_to_the_letter(estate: Estate) -> None:
    """A letter to a mailbox that is not there returns as a DSN with a null reverse-path to that letter's address."""
    with Relay(RelaySettings("127.0.0.1", estate.postfix.port)) as relay:
        results = relay.send(
            [Outgoing(ADDRESSES.bounce(8), f"hilang@{CITY}", complaint()), Outgoing("", KASI, complaint())]
        )
    assert [type(one) for one in results] == [Sent, Sent]
    ((envelope, raw),) = estate.await_mails(1)
    assert envelope.reverse_path == ""
    assert [ADDRESSES.parse(to) for to in envelope.recipients] == [BounceOf(8)]
    assert b"report-type=delivery-status" in raw
    assert b"5.1.1" in raw


def test_a_forged_bounce_is_refused_by_our_door(estate: Estate) -> None:
    """A bounce address that we did not sign is refused by the engine, and Postfix sends nothing on."""
    with smtplib.SMTP("127.0.0.1", estate.postfix.port) as smtp:
        smtp.sendmail("<>", [f"pantul+8.aaaaaaaaaaaaaaaa@{INTAKE}"], complaint())
    estate.postfix.await_empty()
    assert not estate.mails


def test_the_door_is_away_and_comes_back(tmp_path: Path) -> None:
    """While the engine is down Postfix holds the mail, and delivers it once when the engine is back on its port."""
    kept: list[tuple[Envelope, bytes]] = []

    def door(port: int) -> Intake:
        return Intake(kept.extend, ADDRESSES.accepts, lambda: datetime.now(UTC), lmtp=Listen(port=port))

    with door(0) as first:
        port = first.lmtp_port
    with Postfix(tmp_path, engine_lmtp=port, intake=INTAKE) as postfix:
        with smtplib.SMTP("127.0.0.1", postfix.port) as smtp:
            smtp.sendmail(f"warga@{CITY}", [ADDRESSES.intake], complaint())
        end = time.monotonic() + 20
        while "deferred" not in postfix.log:
            assert time.monotonic() < end
            time.sleep(0.05)
        with door(port):
            postfix.flush()
            postfix.await_empty()
    assert len(kept) == 1
