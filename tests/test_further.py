"""One mail about two matters is two reports: each with its own desk, number and thread."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.post import CITIZEN, Town, words

WASTE = "kasi.angkutan@dlh.kotabogor.example"
LAMPS = "kasi.pju@disperumkim.kotabogor.example"
DESK = "kasi.aduan@diskominfo.kotabogor.example"
TWO = "1. Sampah di komplek kami tidak diangkut dua minggu.\n2. Lampu jalan di gerbang mati semua, gelap."


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A fresh town on Monday, nine o'clock."""
    return Town(tmp_path)


def test_each_matter_has_its_own_report(town: Town) -> None:
    """The official and the citizen read that there is more, and each of his numbers goes its own way."""
    town.send(CITIZEN, TWO, "dua hal")
    waste, lamps = town.tickets()
    assert (waste.topic, lamps.holder) == ("SAMPAH-ANGKUT", "disperumkim.kasi.pju")
    assert waste.number != lamps.number
    task = words(town.find(LAMPS, lamps.number))
    assert "Lampu jalan di gerbang mati semua" in task
    assert "Surat selengkapnya" in task
    assert waste.holder == "dlh.kasi.angkutan"
    assert "sudah kami catat tersendiri" in words(town.find(WASTE, waste.number))
    assert "lebih dari satu hal" in words(town.find(CITIZEN, f"{waste.number}] Laporan Anda kami terima"))
    town.reply(LAMPS, town.find(LAMPS, lamps.number), "SELESAI lampu sudah menyala")
    town.wait(timedelta(hours=1))
    waste, lamps = town.tickets()
    assert (waste.state, lamps.state) == ("forwarded", "done")
    assert town.find(CITIZEN, f"{lamps.number}] Laporan Anda dinyatakan selesai")
    town.reply(CITIZEN, town.find(CITIZEN, f"{lamps.number}] Laporan Anda dinyatakan"), "SUDAH, terima kasih")
    assert [one.state for one in town.tickets()] == ["forwarded", "closed"]


def test_a_secret_report_stays_whole(town: Town) -> None:
    """Nothing of what an insider writes goes to another office."""
    text = (
        "1. Kepala seksi di dinas kami meminta setoran tiap bulan, tolong rahasiakan saya.\n2. Lampu jalan mati semua."
    )
    town.send(CITIZEN, text, "rahasia")
    (ticket,) = town.tickets()
    assert ticket.confidential == "secret"


def test_what_was_understood_names_the_office(town: Town) -> None:
    """The desk that wrote an office in its own words reads which one it was taken for."""
    town.send(CITIZEN, "pak di depan rumah saya ada masalah lagi, sudah sering lapor tidak ada tanggapan", "tolong")
    town.reply(DESK, town.find(DESK, "Mohon diarahkan"), "ke satpol pp aja")
    assert "diarahkan (Satuan Polisi Pamong Praja" in " ".join(words(town.find(DESK, "Kami pahami")).split())
