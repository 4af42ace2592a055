"""The desk's work and joined reports through a real Postfix and a real Dovecot: by mail alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from engine.ticket import Ticket
from tests.dovecot import needs_dovecot
from tests.postfix import needs_postfix
from tests.real import CITIZEN, DOMAIN, RealCity

pytestmark = [pytest.mark.real, needs_dovecot, needs_postfix]

DESK = "kasi.aduan@diskominfo.kotabogor.example"
ROADS = "kasi.jalan@dpupr.kotabogor.example"
PARKING = "kasi.parkir@dishub.kotabogor.example"
WATER = "asman.aliran@tirtapakuan.kotabogor.example"
NEIGHBOURS = ("ani@warga.example", "budi@warga.example", "cici@warga.example")
VAGUE = "Mohon perhatiannya, keadaan di tempat kami sudah tidak nyaman. Kapan ada yang datang?"
HOLE = "Jalan aspal berlubang dalam di Jl. Ceremai Ujung, motor jatuh kena lubang. Mohon jalan rusak ditambal."
DRY = (
    "Air PDAM mati di Bantarjati sejak subuh tadi, satu gang tidak kebagian air.",
    "Aliran air Tirta Pakuan di Kelurahan Bantarjati terhenti sejak tadi pagi, mohon dicek.",
    "min air ledeng di bantarjati mati dari subuh, sampai sekarang belum nyala juga",
)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[RealCity]:
    """A city with the desk, three offices and three neighbours in Dovecot."""
    with RealCity(tmp_path, [DESK, ROADS, PARKING, WATER], (CITIZEN, *NEIGHBOURS)) as made:
        yield made


def ticket(city: RealCity, number: int = 0) -> Ticket:
    """The ticket of that place in the order of arrival; waits for it."""
    city.until(lambda: len(city.tickets()) > number, f"ticket {number}")
    return city.tickets()[number]


def text(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def test_triage_forward_hand_back_and_external(city: RealCity) -> None:
    """The desk routes in a line, the office hands on with files and notes, the next one gives it back naming PLN, and
    the desk closes it with the citizen told whom to ask.
    """
    city.send(CITIZEN, VAGUE, "mohon", attach=("foto.jpg", b"\xff\xd8\xff\xe0 lapangan"))
    assert ticket(city).state == "triage"
    city.reply(DESK, city.find(DESK, "Mohon diarahkan"), "dpupr.kasi.jalan")
    assert ticket(city).holder == "dpupr.kasi.jalan"

    city.reply(
        ROADS, city.find(ROADS, ticket(city).number), "TERUSKAN dishub.kasi.parkir\nIni soal kendaraan di bahu jalan."
    )
    assert (ticket(city).holder, ticket(city).hops) == ("dishub.kasi.parkir", 1)
    task = city.find(PARKING, ticket(city).number)
    assert VAGUE in text(task)
    assert "Ini soal kendaraan di bahu jalan" in text(task)
    assert [part.get_filename() for part in task.iter_attachments()] == ["foto.jpg"]
    city.find(ROADS, "Tugas berpindah")

    city.reply(PARKING, task, "BUKAN KEWENANGAN\nTiang listrik miring, itu kewenangan PLN.")
    assert (ticket(city).state, ticket(city).hops) == ("triage", 2)
    back = city.find(DESK, "Mohon diarahkan")
    assert "Tiang listrik miring" in text(back)
    assert "Kepala Seksi" in text(back)
    city.reply(DESK, back, "ini PLN")
    assert (ticket(city).state, ticket(city).external) == ("external", "PLN")
    city.wait(timedelta(days=1))
    assert "PLN" in text(city.find(CITIZEN, "instansi lain"))


def test_joined_told_and_taken_apart(city: RealCity) -> None:
    """Three neighbours, one task; each hears the answer in his own thread, and one says that his matter is another."""
    for neighbour, said in zip(NEIGHBOURS, DRY, strict=True):
        city.send(neighbour, said, "Air mati")
        count = NEIGHBOURS.index(neighbour)
        ticket(city, count)
        city.now += timedelta(minutes=5)
    first, second, third = city.tickets()
    assert (first.holder, second.state, third.state) == ("tirtapakuan.asman.aliran", "joined", "joined")
    assert len(city.inbox(WATER)) == 1
    assert first.number in text(city.find(NEIGHBOURS[1], "digabung"))

    city.reply(WATER, city.find(WATER, first.number), "PROSES\nPipa induk sedang diganti.")
    for neighbour, own in zip(NEIGHBOURS, city.tickets(), strict=True):
        told = city.find(neighbour, "dikerjakan")
        assert own.number in str(told["Subject"])
        assert "Pipa induk sedang diganti" in text(told)

    city.reply(
        NEIGHBOURS[2], city.find(NEIGHBOURS[2], "digabung"), "Masalah saya berbeda, meteran saya yang disegel petugas."
    )
    assert (ticket(city, 2).state, ticket(city, 2).joined_to) == ("triage", None)
    asked = city.find(DESK, third.number)
    city.reply(DESK, asked, f"sama dengan {first.number}")
    assert (ticket(city, 2).state, ticket(city, 2).joined_to) == ("joined", first.id)
    city.reply(DESK, asked, "PISAH")
    assert ticket(city, 2).state == "triage"
    assert ticket(city, 1).joined_to == first.id


def test_status_goes_to_its_own_citizen_alone(city: RealCity) -> None:
    """Who asks by a new mail hears his own report's story; a neighbour who names the number hears nothing of it."""
    city.send(CITIZEN, HOLE, "Jalan rusak")
    number = ticket(city).number
    for sender in (CITIZEN, NEIGHBOURS[0]):
        city.send(
            sender, f"Bagaimana perkembangan laporan saya nomor {number}?", "Tanya status laporan", to=f"aduan@{DOMAIN}"
        )
    assert number in str(city.find(CITIZEN, "Perkembangan laporan")["Subject"])
    other = city.find(NEIGHBOURS[0], "Mengenai pertanyaan")
    assert HOLE[:30] not in text(other)
