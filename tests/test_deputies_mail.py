"""Chairs lent by mails as people write them, and `sibadra who`, which must say what the letters then do."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.event import Commanded
from mail.cli import main
from tests.post import CITIZEN, Town, words
from tests.world import day, on

ROADS = "dpupr.kotabogor.example"
KASI, BRIDGES, KABID = (f"{chair}@{ROADS}" for chair in ("kasi.jalan", "kasi.jembatan", "kabid.jalan"))
HOLES = tuple(
    f"Jalan aspal berlubang dalam di {street}, mohon ditambal."
    for street in ("Jl. Ceremai Ujung", "Jl. Suryakencana", "Jl. Pahlawan", "Jl. Pandu Raya")
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A city on Monday 23 November 2026 whose kasi has one task."""
    town = Town(tmp_path, at=day(11, 23))
    (tmp_path / "sibadra.toml").write_text(
        '[intake]\ndomain = "sibadra.kotabogor.example"\nlmtp = "127.0.0.1:1"\n[relay]\nhost = "127.0.0.1"\n',
        encoding="utf-8",
    )
    with contextlib.closing(town.app):
        town.send(CITIZEN, HOLES[0], "Jalan rusak")
        yield town


def complain(town: Town, number: int) -> str:
    """Another hole's task; gives the mailbox it went to."""
    town.send(f"warga{number}@warga.example", HOLES[number], "Jalan rusak")
    newest = town.tickets()[-1]
    assert newest.holder == "dpupr.kasi.jalan"
    return town.letters(newest, "task")[0].address


def who(town: Town, capsys: pytest.CaptureFixture[str], position: str, on_day: date) -> str:
    """What `sibadra who` says."""
    config = str(town.app.settings.file)
    assert main(["--config", config, "who", position, "--on", on_day.isoformat()]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("until", "why"),
    [
        ("s.d. 1 Nov 2026", "tanggal akhirnya, 01-11-2026, sudah lewat"),
        ("sampai 1/11/2026", "tanggal akhirnya, 01-11-2026, sudah lewat"),
        ("s.d. 1 April 2027", "01-04-2027 lebih lama daripada 92 hari, paling lambat 23-02-2027"),
    ],
)
def test_a_last_day_that_cannot_be_is_named(town: Town, until: str, why: str) -> None:
    """A day that is gone or too far is answered as such, not as if none had been written."""
    town.reply(KASI, town.find(KASI, town.tickets()[0].number), f"PLH saya -> kasi.jembatan {until}")
    assert why in " ".join(words(town.find(KASI, "belum dapat dicatat")).split())
    assert complain(town, 1) == KASI


@pytest.mark.parametrize(
    "written",
    [
        "PLH kasi.jalan -> kasi.jembatan s.d. 12 Des",
        "plh dpupr.kasi.jalan -> dpupr.kasi.jembatan sd 12/12/2026",
        "PLH saya -> kasi.jembatan sampai 12 Desember 2026",
        "Plh kasi jalan -> kasi jembatan sampai 12 Desember 2026",
        "PLH Kepala Seksi Pemeliharaan Jalan -> Kepala Seksi Pemeliharaan Jembatan s.d. 12 Desember",
    ],
)
def test_lent_by_mail(town: Town, capsys: pytest.CaptureFixture[str], written: str) -> None:
    """Both are told until when; letters go to the other's mailbox as Plh. to the last day, and back the day after, and
    `who` says so for each day.
    """
    town.reply(KASI, town.find(KASI, town.tickets()[0].number), written)
    for person in (KASI, BRIDGES):
        told = words(town.find(person, "Penunjukan pengganti tercatat"))
        assert "Plh. Kepala Seksi Pemeliharaan Jembatan" in told
        assert "Sabtu, 12 Desember 2026" in told
    assert complain(town, 1) == BRIDGES
    task = town.find(BRIDGES, town.tickets()[-1].number)
    assert "Yth. Plh. Kepala Seksi Pemeliharaan Jalan" in words(task)
    town.reply(BRIDGES, task, "SELESAI\nSudah ditambal.")
    assert town.tickets()[-1].state == "done"
    town.wait(day(12, 11, 9))
    assert complain(town, 2) == BRIDGES
    town.wait(day(12, 14, 9))
    assert complain(town, 3) == KASI
    for last in (on(11, 23), on(12, 12)):
        assert f"Plh. Kepala Seksi Pemeliharaan Jalan -> {BRIDGES}" in who(town, capsys, "dpupr.kasi.jalan", last)
    for other in (on(11, 22), on(12, 13)):
        assert f"0. Kepala Seksi Pemeliharaan Jalan -> {KASI}" in who(town, capsys, "dpupr.kasi.jalan", other)


def test_lent_by_the_superior(town: Town) -> None:
    """The kabid lends the kasi's chair and all three are told; the letters of the open matter go on to the stand-in."""
    town.wait(day(11, 23, 15, 30))
    town.reply(KABID, town.find(KABID, "Mohon perhatian"), "PLH kasi.jalan -> kasi.jembatan s.d. 12 Des")
    for person in (KABID, KASI, BRIDGES):
        town.find(person, "Penunjukan pengganti tercatat")
    town.press(KABID, town.find(KABID, "Mohon perhatian"), "INGATKAN")
    town.wait(day(11, 24, 8))
    town.find(BRIDGES, "Mengingatkan")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("PLH kabid.jalan -> kasi.jalan s.d. 12 Des", "atasannya"),
        ("PLH kasi.jembatan -> kasi.jalan s.d. 12 Des", "atasannya"),
        ("PLH kasi.jalan -> kasi.jembatan", "tanggal akhirnya"),
        ("PLH kasi.jalan -> kasi.jasakonstruksi s.d. 12 Des", "kosong"),
        ("PLH kasi.jalan -> budi s.d. 12 Des", "tidak dikenal"),
    ],
)
def test_refused_with_what_is_allowed(town: Town, written: str, why: str) -> None:
    """Who may not, or names nobody, reads why and how it is written; nobody else is told, and no letter goes astray."""
    town.reply(KASI, town.find(KASI, town.tickets()[0].number), written)
    refused = words(town.find(KASI, "belum dapat dicatat"))
    assert why in " ".join(refused.split())
    assert "PLH kasi.jalan -> kasi.jembatan s.d. 12 Desember" in refused
    assert not town.inbox(KABID)
    assert not town.inbox(BRIDGES)
    assert complain(town, 1) == KASI


def test_another_mailbox_lends_nothing(town: Town) -> None:
    """A colleague who was sent the letter may not lend the chair, and is told whose task it is."""
    town.reply(BRIDGES, town.find(KASI, town.tickets()[0].number), "PLH kasi.jalan -> kasi.jembatan s.d. 12 Des")
    town.find(BRIDGES, "Jawaban disimpan sebagai catatan")
    assert complain(town, 1) == KASI


def test_what_the_table_says_is_not_ended_by_mail(tmp_path: Path) -> None:
    """The Plh of the city's table goes on; the head who tries to end it by mail reads where it stands."""
    town = Town(tmp_path, at=day(11, 30))
    head, secretary = (f"{chair}@dkpp.kotabogor.example" for chair in ("kepala", "sekretaris"))
    with contextlib.closing(town.app):
        assign(town, "dkpp.kepala")
        task = town.find(head, town.tickets()[0].number)
        town.wait(day(12, 2))
        town.reply(head, task, "PLH dkpp.kepala -> dkpp.kepala")
        assert "direktori kota" in words(town.find(head, "belum dapat dicatat"))
        town.find(secretary, "memerlukan perhatian")  # the chair's letters go to the one who is there


def test_an_acting_head_lends_what_is_below(tmp_path: Path) -> None:
    """A Plt has the chair's powers over the chairs below it, and none to hand the chair itself on."""
    town = Town(tmp_path, at=day(11, 23))
    acting = "sekretaris@dispora.kotabogor.example"
    with contextlib.closing(town.app):
        assign(town, "dispora.kepala")
        task = town.find(acting, town.tickets()[0].number)
        assert "Yth. Plt. Kepala Dinas Pemuda dan Olahraga" in words(task)
        town.reply(acting, task, "PLH dispora.kepala -> dispora.kabid.olahraga s.d. 12 Des")
        assert "atasannya" in words(town.find(acting, "belum dapat dicatat"))
        town.reply(acting, task, "PLH dispora.kasi.prestasi -> dispora.kabid.olahraga s.d. 12 Des")
        town.find("kabid.olahraga@dispora.kotabogor.example", "Penunjukan pengganti tercatat")


def assign(town: Town, chair: str) -> None:
    """A complaint that a clerk gives to a chair."""
    town.send(CITIZEN, HOLES[0], "Jalan rusak")
    town.app.desk.handle(Commanded(town.now, town.tickets()[0].id, f"ALIHKAN {chair}", "petugas"))
    town.app.settle(town.now)
