"""Whole complaints through a real Postfix and a real Dovecot; only the city's clock is moved by hand."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.dovecot import needs_dovecot
from tests.postfix import needs_postfix
from tests.real import CITIZEN, DOMAIN, RealCity

pytestmark = [pytest.mark.real, needs_dovecot, needs_postfix]

LEAK = "tirtapakuan.kotabogor.example"
KASI = f"asman.kebocoran@{LEAK}"
PIPE = "Pipa PDAM bocor di Jl. Cibalagung depan pagar, air bersih muncrat terus dari bawah aspal. Tolong diperbaiki."


@pytest.fixture
def city(tmp_path: Path) -> Iterator[RealCity]:
    """A city with the leak desk's ladder up to the mayor in Dovecot."""
    boxes = [
        KASI,
        f"manajer.distribusi@{LEAK}",
        f"direktur.teknik@{LEAK}",
        "kasi.aduan@diskominfo.kotabogor.example",
        "kabid.ikp@diskominfo.kotabogor.example",
        "sekda@setda.kotabogor.example",
        "wawali@kotabogor.example",
        "walikota@kotabogor.example",
        "kepala@dpupr.kotabogor.example",
        "kabid.jalan@dpupr.kotabogor.example",
    ]
    with RealCity(tmp_path, boxes) as made:
        yield made


def test_opened_answered_and_told(city: RealCity) -> None:
    """The official opens the letter and the engine notes it; his answer reaches the citizen's mailbox."""
    city.send(CITIZEN, PIPE, "Pipa bocor")
    city.until(lambda: bool(city.tickets()), "the ticket")
    ticket = city.tickets()[0]
    assert (ticket.state, ticket.holder) == ("forwarded", "tirtapakuan.asman.kebocoran")
    receipt = city.find(CITIZEN, "kami terima")
    assert ticket.number in receipt["Subject"]
    task = city.find(KASI, ticket.number)
    assert task["Disposition-Notification-To"] is None  # the mailbox itself will tell
    city.until(lambda: bool(city.letters(ticket, "task")[0].delivered_at), "delivery seen")
    assert city.letters(ticket, "task")[0].seen_at is None
    city.now += timedelta(minutes=20)
    city.open(KASI, task)
    city.until(lambda: bool(city.letters(ticket, "task")[0].seen_at), "opening seen")
    city.reply(KASI, task, "PROSES\nRegu kami sudah di lokasi, selesai besok.")
    ticket = city.tickets()[0]
    assert (ticket.state, str(ticket.promised)) == ("in_progress", "2026-08-04")
    update = city.find(CITIZEN, "sedang dikerjakan")
    body = update.get_body(("plain",))
    assert body is not None
    assert "Regu kami sudah di lokasi" in body.get_content()
    city.reply(KASI, task, "SELESAI")
    done = city.find(CITIZEN, "dinyatakan selesai")
    city.reply(CITIZEN, done, "sudah pak, terima kasih")
    assert city.tickets()[0].state == "closed"


def test_unopened_climbs(city: RealCity) -> None:
    """Never opened: the reminder, then the superior's mailbox, then the next one's hold the letters."""
    city.send(CITIZEN, PIPE, "Pipa bocor")
    city.until(lambda: bool(city.tickets()), "the ticket")
    ticket = city.tickets()[0]
    city.wait(timedelta(hours=7, minutes=30))
    city.find(KASI, "Mengingatkan")
    first = [one.address for one in city.letters(ticket, "escalation")]
    assert len(first) == 1
    city.find(first[0], "Mohon perhatian")
    city.wait(timedelta(hours=41))
    chain = [one.address for one in city.letters(ticket, "escalation") if one.sent_at]
    assert "walikota@kotabogor.example" in chain
    city.find("walikota@kotabogor.example", "Mohon perhatian")
    city.find("wawali@kotabogor.example", "Untuk diketahui")


def test_same_mail_twice_and_three_recipients_are_one_ticket(city: RealCity) -> None:
    """The same Message-ID twice is one ticket, and so is one mail to three of our addresses."""
    first = city.send(CITIZEN, PIPE, "Pipa bocor")
    city.until(lambda: len(city.tickets()) == 1, "the ticket")
    city.send(CITIZEN, PIPE, "Pipa bocor", message_id=f"<{first}>")
    city.until(lambda: city._count() == 2, "the second copy handled")
    assert len(city.tickets()) == 1
    city.now += timedelta(minutes=1)
    addresses = [f"aduan@{DOMAIN}", f"aduan+warga@{DOMAIN}", f"aduan+kota@{DOMAIN}"]
    with smtplib.SMTP("127.0.0.1", city.postfix.port, timeout=30) as client:
        head = f"From: {CITIZEN}\r\nTo: {', '.join(addresses)}\r\nSubject: Pipa\r\nMessage-ID: <tiga@warga.example>"
        raw = f"{head}\r\n\r\n{PIPE}"
        client.sendmail(CITIZEN, addresses, raw.encode())
    city.until(lambda: len(city.tickets()) == 2, "the second ticket")
    city.postfix.await_empty()
    city.settle()
    assert len(city.tickets()) == 2


def test_bounce_climbs_and_is_reported(city: RealCity) -> None:
    """A mailbox that Dovecot does not know: Postfix's own bounce makes the matter climb, and the desk is told."""
    text = "Jalan aspal berlubang dalam di Jl. Ceremai Ujung, motor jatuh kena lubang. Mohon jalan rusak ditambal."
    city.send(CITIZEN, text, "Jalan rusak berlubang")
    city.until(lambda: bool(city.tickets()), "the ticket")
    ticket = city.tickets()[0]
    assert ticket.holder == "dpupr.kasi.jalan"
    city.until(lambda: bool(city.letters(ticket, "task")[0].bounced_at), "the bounce")
    assert city.tickets()[0].rung == 1
    city.find("kabid.jalan@dpupr.kotabogor.example", "Mohon perhatian")
    city.find("kasi.aduan@diskominfo.kotabogor.example", "Kotak surat tidak dapat")


def test_unclear_is_routed_by_the_desk_by_mail(city: RealCity) -> None:
    """What routing cannot place reaches the desk's mailbox; its one-line answer routes it."""
    city.send(CITIZEN, "Mohon perhatiannya, keadaan di tempat kami sudah tidak nyaman. Kapan ada yang datang?", "mohon")
    city.until(lambda: bool(city.tickets()), "the ticket")
    ticket = city.tickets()[0]
    assert ticket.state == "triage"
    asked = city.find("kasi.aduan@diskominfo.kotabogor.example", "Mohon diarahkan")
    city.reply("kasi.aduan@diskominfo.kotabogor.example", asked, "TERUSKAN dpupr.kabid.jalan")
    ticket = city.tickets()[0]
    assert (ticket.state, ticket.holder) == ("forwarded", "dpupr.kabid.jalan")
    city.find("kabid.jalan@dpupr.kotabogor.example", ticket.number)


def test_stranger_cannot_command(city: RealCity) -> None:
    """Somebody who got hold of the reply address and forges nothing but his own address changes nothing."""
    city.send(CITIZEN, PIPE, "Pipa bocor")
    city.until(lambda: bool(city.tickets()), "the ticket")
    task = city.find(KASI, city.tickets()[0].number)
    before = city._count()
    city.send("orang@warga.example", "SELESAI", f"Re: {task['Subject']}", to=str(task["Reply-To"]))
    city.until(lambda: city._count() > before, "the forged reply handled")
    assert city.tickets()[0].state == "forwarded"
