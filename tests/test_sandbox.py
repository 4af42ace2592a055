"""The sandbox: real sockets, real Maildirs, and what a relay and a mail program do with them."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from engine.errors import Permanent, Temporary
from engine.message import Envelope
from mail.sandbox import Estate, Person

KASI, WARGA = "kasi@kota.test", "warga@luar.test"
ACCOUNTS = {KASI: "satu", WARGA: "dua"}


def mail(text: str = "Jalan rusak di depan pasar.", to: str = KASI, message_id: str = "<1@luar.test>") -> EmailMessage:
    """A small mail of a citizen."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Message-ID"] = WARGA, to, "Jalan rusak", message_id
    message.set_content(text)
    return message


def until(true: Callable[[], object], seconds: float = 5.0) -> None:
    """Wait for what other threads will do; fails after the given seconds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_mail_arrives_is_opened_and_the_estate_remembers(tmp_path: Path) -> None:
    """A mail sent by SMTP is unseen in the inbox, seen once opened, and all of it is there after a restart."""
    estate = Estate(tmp_path, ACCOUNTS)
    with estate:
        Person(estate, WARGA).send(mail())
        (first,) = Person(estate, KASI).inbox()
        assert not first.seen
        assert b"Jalan rusak di depan pasar." in first.raw
        assert first.raw.startswith(b"Return-Path: <warga@luar.test>\r\nDelivered-To: kasi@kota.test\r\nReceived:")
        Person(estate, KASI).open(first.uid)
        ports = estate.smtp_port, estate.imap_port
    with Estate(tmp_path, ACCOUNTS) as again:
        assert (again.smtp_port, again.imap_port) == ports
        (kept,) = Person(again, KASI).inbox()
        assert (kept.uid, kept.seen, kept.raw) == (first.uid, True, first.raw)


def test_the_bytes_of_a_mail_are_untouched_by_reading_moving_and_copying(tmp_path: Path) -> None:
    """Odd bytes (8-bit, long lines, dots) come back as they were sent, also after MOVE and COPY to other folders."""
    body = b"Subject: " + b"x" * 300 + b"\r\nX-Odd: \xff\xfe\r\n\r\n.\r\n..titik\r\n" + b"\xe2\x80\xa6" * 500 + b"\r\n"
    with Estate(tmp_path, ACCOUNTS) as estate:
        kasi = Person(estate, KASI)
        for _ in range(2):
            Person(estate, WARGA).send(body, KASI)
        first, second = kasi.inbox()
        assert first.raw.endswith(body)
        kasi.move(first.uid, "Archive")
        with IMAPClient("127.0.0.1", estate.imap_port, ssl=False) as client:
            client.login(KASI, "satu")
            client.select_folder("INBOX")
            client.copy([second.uid], "Trash")
        assert [m.uid for m in kasi.inbox()] == [second.uid]
        assert [m.raw for m in kasi.inbox("Archive")] == [first.raw]
        assert [m.raw for m in kasi.inbox("Trash")] == [second.raw]


def test_news_come_to_a_waiting_mail_program(tmp_path: Path) -> None:
    """A mail program that waits by IDLE hears of a new mail within moments."""
    with Estate(tmp_path, ACCOUNTS) as estate, IMAPClient("127.0.0.1", estate.imap_port, ssl=False) as client:
        client.login(KASI, "satu")
        client.select_folder("INBOX")
        client.idle()
        Person(estate, WARGA).send(mail())
        # idle_check() gives up on a line that comes in two pieces; a blocking read does not.
        client.socket().settimeout(10)
        assert any(b"1 EXISTS" in client._imap.readline() for _ in range(5))


def test_who_may_log_in(tmp_path: Path) -> None:
    """An account opens with its own password; the master opens any account, by name and by SASL PLAIN."""
    with Estate(tmp_path, ACCOUNTS, master=("pengawas", "kunci")) as estate:
        Person(estate, WARGA).send(mail())

        def count(login: Callable[[IMAPClient], object]) -> int:
            with IMAPClient("127.0.0.1", estate.imap_port, ssl=False) as client:
                login(client)
                return int(client.select_folder("INBOX", readonly=True)[b"EXISTS"])

        assert count(lambda c: c.login(KASI, "satu")) == 1
        assert count(lambda c: c.login(f'"{KASI}*pengawas"', "kunci")) == 1
        assert count(lambda c: c.plain_login("pengawas", "kunci", KASI)) == 1
        for wrong in (
            lambda c: c.login(KASI, "dua"),
            lambda c: c.login(f'"{KASI}*pengawas"', "satu"),
            lambda c: c.login(f'"{KASI}*{WARGA}"', "dua"),
            lambda c: c.plain_login(WARGA, "dua", KASI),
            lambda c: c.login("tidak.ada@kota.test", "satu"),
        ):
            with pytest.raises(LoginError):
                count(wrong)


def test_unknown_and_refused_mailboxes_are_answered_550(tmp_path: Path) -> None:
    """RCPT for a mailbox that is not there, or that the relay was told not to know, is refused for good."""
    with Estate(tmp_path, ACCOUNTS, refuses=[KASI]) as estate:
        for address in (KASI, "tidak.ada@kota.test", "x@lain.test"):
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                Person(estate, WARGA).send(mail(), address)
            assert refused.value.recipients[address][0] == 550


def test_a_failing_mailbox_bounces_to_the_reverse_path_and_bounces_do_not(tmp_path: Path) -> None:
    """A mailbox that fails later sends an RFC 3464 report to the reverse-path; to the null one nothing is sent."""
    with Estate(tmp_path, ACCOUNTS, bounces={KASI: "552 5.2.2 Mailbox full"}) as estate:
        Person(estate, WARGA).send(mail())
        with smtplib.SMTP("127.0.0.1", estate.smtp_port) as relay:
            relay.sendmail("", [KASI], mail().as_bytes(policy=SMTP))
        until(lambda: estate.mails(WARGA))
        assert estate.mails(KASI) == []
        (raw,) = estate.mails(WARGA)
        report = message_from_bytes(raw)
        assert report.get_content_type() == "multipart/report"
        assert report["Return-Path"] == "<>"
        assert report.get_param("report-type") == "delivery-status"
        _, machine, returned = report.get_payload()
        per_message, per_recipient = machine.get_payload()
        assert per_message["Reporting-MTA"] == "dns; relay.test"
        assert (per_recipient["Action"], per_recipient["Status"]) == ("failed", "5.2.2")
        assert per_recipient["Final-Recipient"] == f"rfc822; {KASI}"
        assert returned.get_payload(0)["Message-ID"] == "<1@luar.test>"


def test_an_absence_note_goes_once_to_each_reverse_path(tmp_path: Path) -> None:
    """Somebody away answers by machine, marked as such, once for each sender and never to the null reverse-path."""
    note = "Subject: Cuti\nSaya cuti sampai 5 Mei 2025."
    with Estate(tmp_path, ACCOUNTS, away={KASI: note}) as estate:
        for _ in range(2):
            Person(estate, WARGA).send(mail())
        with smtplib.SMTP("127.0.0.1", estate.smtp_port) as relay:
            relay.sendmail("", [KASI], mail().as_bytes(policy=SMTP))
        until(lambda: estate.mails(WARGA))
        assert len(estate.mails(KASI)) == 3
        (raw,) = estate.mails(WARGA)
        reply = message_from_bytes(raw)
        assert (reply["Auto-Submitted"], reply["In-Reply-To"]) == ("auto-replied", "<1@luar.test>")
        assert (reply["Subject"], reply["Return-Path"]) == ("Cuti", "<>")
        assert "cuti sampai 5 Mei" in str(reply.get_payload())


def test_mail_to_the_city_goes_to_the_intake(tmp_path: Path) -> None:
    """Intake addresses are handed to the engine with the envelope, again after a failure, and bounced if refused."""
    taken: list[tuple[Envelope, bytes]] = []
    failing: list[Exception] = [Temporary("penuh"), OSError("putus")]

    def intake(envelope: Envelope, raw: bytes) -> None:
        if failing:
            raise failing.pop(0)
        taken.append((envelope, raw))

    city = "lapor+abc@lapor.test"
    with Estate(tmp_path, ACCOUNTS, intake, intake_domain="lapor.test", retry=0.05) as estate:
        with smtplib.SMTP("127.0.0.1", estate.smtp_port) as relay:
            relay.sendmail(WARGA, [city, KASI], mail(to=city).as_bytes(policy=SMTP))
        assert len(estate.mails(KASI)) == 1
        until(lambda: taken)
        ((envelope, raw),) = taken
        assert (envelope.reverse_path, envelope.recipients) == (WARGA, (city,))
        assert b"Jalan rusak di depan pasar." in raw
        failing.append(Permanent("tidak mau"))
        Person(estate, WARGA).send(mail(to=city))
        until(lambda: estate.mails(WARGA))
        assert b"550 5.7.1 tidak mau" in estate.mails(WARGA)[0]
        Person(estate, WARGA).send(mail(to=city))
        assert len(taken) == 2
        assert not list((tmp_path / "queue").iterdir())


def test_a_bounce_to_an_intake_that_is_down_is_tried_again(tmp_path: Path) -> None:
    """A report of the mail system waits in its folder, over a restart, until the intake takes it."""
    taken: list[Envelope] = []

    def down(envelope: Envelope, raw: bytes) -> None:
        raise OSError("no route")

    relay = {"bounces": {KASI: "550 5.1.1 Unknown"}, "intake_domain": "lapor.test"}
    with Estate(tmp_path, ACCOUNTS, down, **relay) as estate, smtplib.SMTP("127.0.0.1", estate.smtp_port) as client:
        client.sendmail("verp@lapor.test", [KASI], mail().as_bytes(policy=SMTP))
    with Estate(tmp_path, ACCOUNTS, lambda e, _: taken.append(e), **relay):
        until(lambda: taken)
    assert [(e.reverse_path, e.recipients) for e in taken] == [("", ("verp@lapor.test",))]


def test_another_estate_is_an_intake_by_port(tmp_path: Path) -> None:
    """An intake given as a port is spoken to by SMTP, and its refusals come back."""
    with (
        Estate(tmp_path / "a", {"lapor@lapor.test": "x"}, host="a.test") as engine,
        Estate(tmp_path / "b", ACCOUNTS, engine.smtp_port, intake_domain="lapor.test") as estate,
    ):
        Person(estate, WARGA).send(mail(to="lapor@lapor.test"))
        assert len(engine.mails("lapor@lapor.test")) == 1
        Person(estate, WARGA).send(mail(to="lain@lapor.test"))
        until(lambda: estate.mails(WARGA))
        assert b"intake said 550" in estate.mails(WARGA)[0]


def test_eight_hundred_accounts_start_at_once(tmp_path: Path) -> None:
    """With 800 accounts the estate answers within a few seconds, and the last account works."""
    accounts = {f"pejabat{i}@kota.test": "x" for i in range(800)}
    before = time.monotonic()
    with Estate(tmp_path, accounts) as estate:
        assert time.monotonic() - before < 5
        Person(estate, "pejabat0@kota.test").send(mail(), "pejabat799@kota.test")
        assert len(Person(estate, "pejabat799@kota.test").inbox()) == 1
