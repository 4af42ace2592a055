"""Where the city gives no access by IMAP: read receipts and replies, through a real Postfix, are what there is."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path

import pytest

from engine.ticket import ClockName
from mail import report_weekly
from tests.dovecot import needs_dovecot
from tests.postfix import needs_postfix
from tests.real import CITIZEN, RealCity

pytestmark = [pytest.mark.real, needs_dovecot, needs_postfix]
KASI = "asman.kebocoran@tirtapakuan.kotabogor.example"
PIPE = "Pipa PDAM bocor di Jl. Cibalagung depan pagar, air bersih muncrat terus dari bawah aspal. Tolong diperbaiki."


@pytest.fixture
def city(tmp_path: Path) -> Iterator[RealCity]:
    """A city that lets us into no mailbox."""
    with RealCity(tmp_path, [KASI, "direktur.teknik@tirtapakuan.kotabogor.example"], watched=False) as made:
        yield made


def receipt(letter: EmailMessage, disposition: str) -> tuple[str, bytes]:
    """The receipt that a mail program sends for a letter (RFC 8098 section 3), and where to."""
    to = str(letter["Disposition-Notification-To"])
    fields = (
        f"Reporting-UA: pc; Program Surat\r\nFinal-Recipient: rfc822;{KASI}\r\n"
        f"Original-Message-ID: {letter['Message-ID']}\r\n"
        f"Disposition: manual-action/MDN-sent-manually; {disposition}\r\n"
    )
    return to, (
        f"From: {KASI}\r\nTo: {to}\r\nSubject: Tanda terima\r\nMessage-ID: {make_msgid(domain='kota.example')}\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary="b"\r\n'
        "\r\n--b\r\nContent-Type: text/plain\r\n\r\nTanda terima.\r\n"
        f"--b\r\nContent-Type: message/disposition-notification\r\n\r\n{fields}\r\n--b--\r\n"
    ).encode()


def send(city: RealCity, mail: tuple[str, bytes]) -> None:
    """Hand a receipt to the city's relay under the null reverse-path, as RFC 8098 section 3 asks, and await it."""
    before = city._count()
    with smtplib.SMTP("127.0.0.1", city.postfix.port, timeout=30) as client:
        client.sendmail("", [mail[0]], mail[1])
    city.until(lambda: city._count() > before, "the receipt being handled")


def test_a_read_receipt_is_seen_where_nothing_else_can_be(city: RealCity) -> None:
    """The letter asks for a receipt; deleted unread is not seen, displayed is, and its unread clock ends."""
    city.send(CITIZEN, PIPE, "Pipa bocor")
    city.until(lambda: bool(city.tickets()), "the ticket")
    ticket = city.tickets()[0]
    task = city.find(KASI, ticket.number)
    assert str(task["Disposition-Notification-To"]) == str(task["Reply-To"])
    thanks = city.find(CITIZEN, "kami terima")
    assert thanks["Disposition-Notification-To"] is None
    city.now += timedelta(minutes=30)
    send(city, receipt(task, "deleted"))
    assert city.letters(ticket, "task")[0].seen_at is None
    send(city, receipt(task, "displayed"))
    letter = city.letters(ticket, "task")[0]
    assert (letter.seen_at, letter.seen_how, letter.delivered_at) == (city.now, "receipt", None)
    clocks = city.app.store.deadlines_of(ticket.id, (ClockName.UNREAD,))
    assert [d.state for d in clocks if d.letter == letter.id] == ["met"]
    assert len(city.tickets()) == 1
    at = city.now + timedelta(days=1)
    lines = report_weekly.lines_of(city.app.store, city.app.directory, city.app.settings, at, 7)
    line = next(x for x in lines if (x.unit, x.level) == ("TIRTAPAKUAN", "asman"))
    assert (line.unwatched, line.letters, line.opened_in_time) == (line.accounts, 1, 1)


def test_a_reply_is_seen_too(city: RealCity) -> None:
    """An answer without any receipt proves that the letter was opened."""
    city.send(CITIZEN, PIPE, "Pipa bocor")
    city.until(lambda: bool(city.tickets()), "the ticket")
    ticket = city.tickets()[0]
    city.reply(KASI, city.find(KASI, ticket.number), "PROSES\nRegu kami di lokasi.")
    assert city.letters(ticket, "task")[0].seen_how == "answered"
