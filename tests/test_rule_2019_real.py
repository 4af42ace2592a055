"""The city's rule of 2019 through a real Postfix and a real Dovecot: 24 hours to the head, 48 to the Wali Kota."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from engine.ticket import Ticket
from tests.dovecot import needs_dovecot
from tests.postfix import needs_postfix
from tests.real import CITIZEN, RealCity
from tests.world import CITY, day

pytestmark = [pytest.mark.real, needs_dovecot, needs_postfix]

ROADS, WATER = "dpupr.kotabogor.example", "tirtapakuan.kotabogor.example"
KASI, KABID, SECRETARY, HEAD = (f"{chair}@{ROADS}" for chair in ("kasi.jalan", "kabid.jalan", "sekretaris", "kepala"))
LEAK, DIRECTOR = f"asman.kebocoran@{WATER}", f"dirut@{WATER}"
SEKDA, WAWALI, WALIKOTA = "sekda@setda.kotabogor.example", "wawali@kotabogor.example", "walikota@kotabogor.example"
DESK = "kasi.aduan@diskominfo.kotabogor.example"
TOLD = (
    f"manajer.distribusi@{WATER}", f"dir.teknik@{WATER}", f"dewas@{WATER}", "asisten.2@setda.kotabogor.example", DESK,
)  # fmt: skip
NEIGHBOUR = "budi@warga.example"
HOLE = "Jalan aspal berlubang dalam di Jl. Ceremai Ujung, motor jatuh kena lubang. Mohon jalan rusak ditambal."
PIPE = "Pipa PDAM bocor di Jl. Cibalagung depan pagar, air bersih muncrat terus dari bawah aspal. Tolong diperbaiki."


@pytest.fixture
def city(tmp_path: Path) -> Iterator[RealCity]:
    """Kota Bogor, whose head of public works is on leave from Tuesday 4 to Thursday 6 August, his secretary Plh."""
    folder = tmp_path / "kota"
    shutil.copytree(CITY, folder)
    with (folder / "positions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    head = next(row for row in rows if row["id"] == "dpupr.kepala")
    head.update(acting="Plh dpupr.sekretaris", acting_from="2026-08-04", acting_to="2026-08-06")
    with (folder / "positions.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    boxes = [KASI, KABID, SECRETARY, HEAD, LEAK, DIRECTOR, SEKDA, WAWALI, WALIKOTA, *TOLD]
    with RealCity(tmp_path, boxes, (CITIZEN, NEIGHBOUR), city=folder) as made:
        yield made


def about(city: RealCity, user: str, ticket: Ticket) -> list[EmailMessage]:
    """The mails in a mailbox that name the ticket anywhere, lists included."""
    return [mail for mail in city.inbox(user) if ticket.number in str(mail["Subject"]) + text(mail)]


def text(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_the_rule_of_2019(city: RealCity) -> None:
    """Nobody at public works answers: at 24 h the head's chair has it, read by his Plh alone, at 48 h the Wali Kota;
    the leak, answered at 47 h, goes no higher than the head.
    """
    city.send(CITIZEN, HOLE, "Jalan rusak berlubang")
    city.until(lambda: len(city.tickets()) == 1, "the hole's ticket")
    city.send(NEIGHBOUR, PIPE, "Pipa bocor")
    city.until(lambda: len(city.tickets()) == 2, "the leak's ticket")
    hole, leak = city.tickets()
    assert (hole.holder, leak.holder) == ("dpupr.kasi.jalan", "tirtapakuan.asman.kebocoran")
    city.open(KASI, city.find(KASI, hole.number))  # opened, and no word

    city.wait(day(8, 4, 8, 59))
    city.find(KASI, "Mengingatkan")
    city.find(KABID, "Mohon perhatian")
    assert about(city, HEAD, hole) == []
    assert not any("Kini tugas" in str(mail["Subject"]) for mail in city.inbox(SECRETARY))

    city.wait(day(8, 4, 9, 1))
    taken = city.find(SECRETARY, "Kini tugas")
    assert hole.number in str(taken["Subject"])
    assert "Yth. Plh. Kepala Dinas Pekerjaan Umum" in text(taken)
    assert "Kepala Seksi Pemeliharaan Jalan" in text(taken)  # who left it, since when
    assert city.tickets()[0].holder == "dpupr.kepala"
    answered = city.find(DIRECTOR, "Kini tugas")

    city.wait(day(8, 5, 8))
    city.reply(DIRECTOR, answered, "PROSES\nPipa sedang diganti, selesai hari Jumat.")
    assert city.tickets()[1].state == "in_progress"
    assert [about(city, top, one) for top in (SEKDA, WAWALI, WALIKOTA) for one in (hole, leak)] == [[]] * 6

    city.wait(day(8, 5, 9, 1))
    mayor = city.find(WALIKOTA, "Mohon perhatian")
    assert hole.number in str(mayor["Subject"])
    for who in ("Kepala Seksi Pemeliharaan Jalan", "Kepala Bidang Pemeliharaan", "Plh. Kepala Dinas"):
        assert who in text(mayor)
    for told in (SEKDA, WAWALI):
        assert hole.number in str(city.find(told, "Untuk diketahui")["Subject"])

    city.wait(day(8, 6, 16))
    city.postfix.await_empty()
    assert about(city, HEAD, hole) == []  # all of it went to whoever sat in his chair
    for top in (SEKDA, WAWALI, WALIKOTA):
        assert about(city, top, leak) == []
    assert [one for one in city.letters(leak, "escalation") if one.position == "pimpinan.walikota"] == []
    assert len([mail for mail in about(city, WALIKOTA, hole) if hole.number in str(mail["Subject"])]) == 1

    city.wait(day(8, 7, 9))  # back from leave: the chair's letters are his own again
    city.reply(SECRETARY, taken, "PROSES\nRegu tambal sudah kami kirim.")
    assert city.tickets()[0].state == "in_progress"
