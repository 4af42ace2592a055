"""Superior, stand-in and citizen act by mail alone, through a real Postfix and a real Dovecot."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from engine.ticket import Ticket
from tests.dovecot import needs_dovecot
from tests.post import words as lines
from tests.postfix import needs_postfix
from tests.real import CITIZEN, RealCity
from tests.world import day

pytestmark = [pytest.mark.real, needs_dovecot, needs_postfix]

ROADS = "dpupr.kotabogor.example"
KASI, BRIDGES, KABID, SECRETARY = (
    f"{chair}@{ROADS}" for chair in ("kasi.jalan", "kasi.jembatan", "kabid.jalan", "sekretaris")
)
STRANGER = "orang@warga.example"
HOLE = "Jalan aspal berlubang dalam di Jl. Ceremai Ujung, motor jatuh kena lubang. Mohon jalan rusak ditambal."


@pytest.fixture
def city(tmp_path: Path) -> Iterator[RealCity]:
    """A city with the road section's chairs, a citizen and a stranger in Dovecot."""
    with RealCity(tmp_path, [KASI, BRIDGES, KABID, SECRETARY], (CITIZEN, STRANGER)) as made:
        yield made


def words(mail: EmailMessage) -> str:
    """The plain text of a mail, without its line breaks."""
    return " ".join(lines(mail).split())


def ticket(city: RealCity) -> Ticket:
    """The hole as it stands."""
    return city.tickets()[0]


def reported(city: RealCity) -> None:
    """The citizen writes, with a photo; the kasi has it."""
    city.send(CITIZEN, HOLE, "Jalan rusak berlubang", attach=("jauh.jpg", b"\xff\xd8\xff\xe0 dari jauh"))
    city.until(lambda: bool(city.tickets()), "the ticket")
    city.find(KASI, ticket(city).number)


def test_superior_and_stand_in(city: RealCity) -> None:
    """A stranger with the kabid's letter changes nothing; the kabid reminds by button, lends the kasi's chair, gives it
    to the bridges' section by button; each is answered with what was done.
    """
    reported(city)
    city.wait(day(8, 3, 15, 30))
    asked = city.find(KABID, "Mohon perhatian")
    city.reply(STRANGER, asked, "SAYA TANGANI")
    assert (ticket(city).state, ticket(city).holder) == ("forwarded", "dpupr.kasi.jalan")

    city.press(KABID, asked, "INGATKAN")
    assert "pemegang tugas diingatkan" in words(city.find(KABID, "Sudah dijalankan"))
    city.find(KASI, "Mengingatkan")

    city.reply(KABID, asked, "PLH kasi.jalan -> kasi.jembatan s.d. 12 Agustus")
    for person in (KABID, KASI, BRIDGES):
        assert "Rabu, 12 Agustus 2026" in words(city.find(person, "Penunjukan pengganti tercatat"))
    city.press(KABID, asked, "INGATKAN")
    assert "Yth. Plh. Kepala Seksi Pemeliharaan Jalan" in words(city.find(BRIDGES, "Mengingatkan"))

    city.press(KABID, asked, "TUTUP")
    assert ticket(city).state == "forwarded"
    city.find(KABID, "Mohon dilengkapi")
    city.press(KABID, asked, "ALIHKAN", "kasi.jembatan")
    assert ticket(city).holder == "dpupr.kasi.jembatan"
    assert HOLE in words(city.find(BRIDGES, "Jalan rusak berlubang"))
    assert not any("Tugas berpindah" in str(mail["Subject"]) for mail in city.inbox(BRIDGES))  # to himself
    assert city.inbox(STRANGER) == []


def test_citizen_from_receipt_to_rating(city: RealCity) -> None:
    """A photo later, a question and its answer, done, disputed by button, done again, five stars by button."""
    reported(city)
    receipt = city.find(CITIZEN, "kami terima")
    assert "Dinas Pekerjaan Umum" in words(receipt)
    city.reply(CITIZEN, receipt, "Lokasinya persis depan SDN 1.")
    assert "depan SDN 1" in words(city.find(KASI, "Keterangan tambahan"))
    city.reply(KASI, city.find(KASI, ticket(city).number), "TANYA\nSeberang nomor berapa?")
    city.reply(CITIZEN, city.find(CITIZEN, "Pertanyaan mengenai"), "Seberang nomor 17, depan toko roti.")
    city.reply(KASI, city.find(KASI, ticket(city).number), "SELESAI\nSudah ditambal.")
    city.press(CITIZEN, city.find(CITIZEN, "dinyatakan selesai"), "BELUM", "Yang ditambal lubang sebelahnya.")
    assert (ticket(city).state, ticket(city).disputes) == ("in_progress", 1)
    again = city.find(KASI, "belum selesai")
    assert "lubang sebelahnya" in words(again)
    before = len(city.inbox(CITIZEN))
    city.reply(KASI, again, "SELESAI\nKini ditambal semua.")
    city.until(lambda: len(city.inbox(CITIZEN)) > before, "the second word that it is done")
    city.press(CITIZEN, city.find(CITIZEN, "dinyatakan selesai"), "NILAI 5", "Terima kasih, cepat dan rapi.")
    assert (ticket(city).state, ticket(city).rating) == ("closed", 5)
    city.find(CITIZEN, "Terima kasih")
