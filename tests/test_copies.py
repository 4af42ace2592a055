"""Copies asked for in a reply (tembusan, cc): who is meant, that they get one without a clock, and that it is said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.reading import Answer, Speaker
from mail.reply.answer import answer
from tests.post import CITIZEN, Town, words
from tests.world import DIRECTORY

KASI = "kasi.jalan@dpupr.kotabogor.example"
DESK = "kasi.aduan@diskominfo.kotabogor.example"
HOLE = "Jalan aspal berlubang dalam di Jl. Ceremai Ujung, motor jatuh kena lubang. Mohon jalan rusak ditambal."
VAGUE = "Tolong pak, di tempat kami sudah lama begini terus, kapan dibereskan?"


def official(text: str) -> Answer:
    """What an official says on 3 August 2026."""
    return answer(text, speaker=Speaker.OFFICIAL, sent=date(2026, 8, 3), directory=DIRECTORY, own="DPUPR")


@pytest.mark.parametrize(
    ("text", "target", "copies"),
    [
        ("teruskan ke dishub, tembusan satpol pp", "DISHUB", ("SATPOLPP",)),
        ("ke dinkes cc bpbd", "DINKES", ("BPBD",)),
        ("tembusan ke dlh", None, ("DLH",)),
        ("TERUSKAN DISHUB tembusan DLH dan Satpol PP", "DISHUB", ("DLH", "SATPOLPP")),
        ("tembusan satpol pp, teruskan ke dishub", "DISHUB", ("SATPOLPP",)),
        ("PROSES\nbesok dikerjakan, cc camat bogor tengah", None, ("kecbogortengah.camat",)),
        ("mohon tembusan ke kasi drainase dpupr ya", None, ("dpupr.kasi.drainase",)),
        ("sudah kami tembuskan ke DLH", None, ()),
        ("kami terima tembusan dari DLH", None, ()),
        ("apa perlu tembusan ke DLH?", None, ()),
        ("tidak perlu tembusan ke dlh", None, ()),
    ],
)
def test_who_gets_a_copy_is_read(text: str, target: str | None, copies: tuple[str, ...]) -> None:
    """A copy's reader is no target, and who speaks of a copy that is there already asks for none."""
    said = official(text)
    assert (said.copies, said.target) == (copies, target)
    assert said.status != "done"


def town_with(tmp_path: Path, text: str, subject: str) -> Town:
    """A town with one report."""
    town = Town(tmp_path)
    town.send(CITIZEN, text, subject)
    return town


def mailbox(unit: str) -> str:
    """The mailbox of an office's head."""
    return next(
        p.mailbox for p in DIRECTORY.positions.values() if p.unit == unit and p.level in ("kepala", "camat", "lurah")
    )


def test_handed_over_with_a_copy(tmp_path: Path) -> None:
    """The task goes to the one, a copy without a clock to the other, and the writer reads both."""
    town = town_with(tmp_path, HOLE, "Jalan rusak berlubang")
    town.reply(KASI, town.inbox(KASI)[-1], "teruskan ke dishub, tembusan satpol pp")
    town.wait(timedelta(hours=2))
    now = town.tickets()[0]
    assert now.unit == "DISHUB"
    copy = town.find(mailbox("SATPOLPP"), "Tembusan")
    assert "tidak perlu dijawab" in words(copy)
    clocks = [d.letter for d in town.app.store.deadlines_of(now.id, live=True)]
    assert town.letters(now, "copy")[0].id not in clocks
    assert "Polisi Pamong Praja" in words(town.find(KASI, "Sudah dijalankan"))


def test_only_a_copy_moves_nothing(tmp_path: Path) -> None:
    """`tembusan ke dlh` alone: the task stays, the copy goes, and a second time it does not."""
    town = town_with(tmp_path, HOLE, "Jalan rusak berlubang")
    for _ in range(2):
        town.reply(KASI, town.find(KASI, town.tickets()[0].number), "tembusan ke dlh")
    town.wait(timedelta(hours=2))
    assert (town.tickets()[0].state, town.tickets()[0].holder) == ("forwarded", "dpupr.kasi.jalan")
    assert len(town.letters(town.tickets()[0], "copy")) == 1


def test_the_desk_sends_a_copy_and_hears_whom_none_reaches(tmp_path: Path) -> None:
    """An agency outside the city has no mailbox here: the desk is told so."""
    town = town_with(tmp_path, VAGUE, "Mohon")
    town.reply(DESK, town.inbox(DESK)[-1], "ke dinkes cc bpbd, pln")
    town.wait(timedelta(hours=2))
    assert town.tickets()[0].unit == "DINKES"
    town.find(mailbox("BPBD"), "Tembusan")
    assert "tidak dapat kami kirim kepada" in words(town.find(DESK, "Kami pahami"))


@pytest.mark.parametrize(
    ("line", "unit", "public"),
    [
        ("inspektorat aja rahasiakan", "INSPEKTORAT", True),
        ("teruskan ke inspektorat, rahasiakan", "INSPEKTORAT", True),
        ("ke dlh, rahasiakan namanya", "DLH", False),
        ("dlh aja, tidak usah dirahasiakan", "DLH", None),
    ],
)
def test_secrecy_beside_an_office(tmp_path: Path, line: str, unit: str, public: bool | None) -> None:
    """Both happen: it goes where the desk says, and its reporter is hidden."""
    town = town_with(tmp_path, VAGUE, "Mohon")
    town.reply(DESK, town.inbox(DESK)[-1], line)
    now = town.tickets()[0]
    assert (now.state, now.unit) == ("forwarded", unit)
    assert now.hide_from_agency == (public is not None)
    assert now.hide_from_public == bool(public)
