"""Plain lines that dispose: given down in the own office, handed on, taken over, taken apart, asked how far."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.post import CITIZEN, Town, words
from tests.world import day

ROADS = "dpupr.kotabogor.example"
KASI, KABID, HEAD = (f"{chair}@{ROADS}" for chair in ("kasi.jalan", "kabid.jalan", "kepala"))
DESK = "kasi.aduan@diskominfo.kotabogor.example"
HOLE = "Jalan aspal berlubang dalam di Jl. Ceremai Ujung, motor jatuh kena lubang. Mohon jalan rusak ditambal."
VAGUE = "Tolong pak, di tempat kami sudah lama begini terus, kapan dibereskan?"


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A hole that the kasi holds."""
    town = Town(tmp_path)
    town.send(CITIZEN, HOLE, "Jalan rusak berlubang")
    assert town.tickets()[0].holder == "dpupr.kasi.jalan"
    return town


@pytest.fixture
def vague(tmp_path: Path) -> Town:
    """A mail that nobody but the desk can place."""
    town = Town(tmp_path)
    town.send(CITIZEN, VAGUE, "Mohon")
    assert town.tickets()[0].state == "triage"
    return town


def task(town: Town, user: str) -> None:
    """The mailbox has the task."""
    assert HOLE in " ".join(words(town.inbox(user)[-1]).split())


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        ("Disposisi ke kasi drainase", "dpupr.kasi.drainase"),
        ("mohon didisposisikan ke kasi jembatan pak", "dpupr.kasi.jembatan"),
        ("sudah saya teruskan ke kasi jembatan", "dpupr.kasi.jembatan"),
        ("disposisi ke kabid", "dpupr.kabid.jalan"),
    ],
)
@pytest.mark.parametrize("over", [True, False])
def test_given_down_in_the_own_office(town: Town, line: str, holder: str, over: bool) -> None:
    """A head who holds it, and one who is only asked, gives it to the chair of his office that he names."""
    town.wait(day(8, 6, 8) if over else day(8, 5, 8))
    asked = [one for one in town.inbox(HEAD) if town.tickets()[0].number in str(one["Subject"])][-1]
    town.reply(HEAD, asked, line)
    now = town.tickets()[0]
    assert (now.state, now.holder) == ("forwarded", holder)
    assert now.hops == 0 or now.holder == holder


def test_the_kasi_who_tells_his_kabid_has_it_still(town: Town) -> None:
    """Upwards nothing is disposed."""
    town.reply(KASI, town.inbox(KASI)[-1], "sudah saya teruskan ke kabid")
    assert town.tickets()[0].holder == "dpupr.kasi.jalan"


def test_alihkan_by_the_holder_hands_on(town: Town) -> None:
    """The superior's word in the holder's mouth means TERUSKAN."""
    town.reply(KASI, town.inbox(KASI)[-1], "alihkan ke dlh bukan kami")
    now = town.tickets()[0]
    assert (now.state, now.unit) == ("forwarded", "DLH")


@pytest.mark.parametrize("line", ["saya ambil alih", "biar saya yang tangani pak", "sy ambil alih aja"])
def test_taken_over_in_plain_words(town: Town, line: str) -> None:
    """However a superior says that he takes it over, he has it."""
    town.wait(day(8, 4, 8))
    town.reply(KABID, town.find(KABID, "Mohon perhatian"), line)
    assert (town.tickets()[0].state, town.tickets()[0].holder) == ("accepted", "dpupr.kabid.jalan")


@pytest.mark.parametrize("line", ["gimana ini, sudah sampai mana?", "mohon info perkembangannya"])
def test_who_asks_how_far_reads_the_story(town: Town, line: str) -> None:
    """The superior's question goes down, and he reads what has happened so far."""
    town.wait(day(8, 4, 8))
    town.reply(KABID, town.find(KABID, "Mohon perhatian"), line)
    assert line in words(town.find(KASI, "Catatan atasan"))
    told = words(town.find(KABID, "Pesan disampaikan"))
    assert "riwayat" in told.lower()
    assert "Menunggu jawaban unit yang bertugas" in told


@pytest.mark.parametrize("line", ["bukan kami", "ini bukan urusan kami pak", "udah ditangani dishub"])
def test_the_desk_is_asked_back(vague: Town, line: str) -> None:
    """What tells the desk's mind of whose it is not, or who is said to have it, neither refuses nor moves."""
    heard = len(vague.inbox(CITIZEN))
    vague.reply(DESK, vague.inbox(DESK)[-1], line)
    vague.wait(timedelta(hours=6))
    assert vague.tickets()[0].state == "triage"
    assert len(vague.inbox(CITIZEN)) == heard
    assert vague.inbox(DESK)[-1]["Subject"]
    vague.find(DESK, "Mohon dilengkapi")


def test_a_whole_office_means_its_head_where_none_of_it_is_likely(tmp_path: Path) -> None:
    """A pothole before a cake shop is nobody's in the transport department: its head decides."""
    town = Town(tmp_path)
    town.send(CITIZEN, "Jalan berlubang depan toko kue di Jl. Suryakencana, mohon ditambal.", "Jalan berlubang")
    town.reply(KASI, town.inbox(KASI)[-1], "teruskan ke Dishub")
    assert town.tickets()[0].holder == "dishub.kepala"


def joined(tmp_path: Path) -> tuple[Town, str]:
    """A hole, and a second report that the desk joined to it; the town and the second's number."""
    town = Town(tmp_path)
    town.send(CITIZEN, HOLE, "Jalan rusak berlubang")
    town.send("budi@warga.example", VAGUE, "Mohon")
    first, second = (one.number for one in town.tickets())
    town.reply(DESK, town.find(DESK, second), f"GABUNG {first}")
    assert town.tickets()[1].state == "joined"
    return town, second


@pytest.mark.parametrize("said", ["{} itu beda, tolong dipisah", "yang {} beda pak, itu meterannya disegel"])
def test_the_holder_takes_a_wrong_join_apart(tmp_path: Path, said: str) -> None:
    """The number of a joined report and that it is another matter: it stands alone at the desk again."""
    town, number = joined(tmp_path)
    town.reply(KASI, town.inbox(KASI)[-1], said.format(number))
    first, second = town.tickets()
    assert (second.state, second.joined_to) == ("triage", None)
    assert (first.state, first.holder) == ("forwarded", "dpupr.kasi.jalan")


def test_the_citizen_reads_that_it_stands_alone_again(tmp_path: Path) -> None:
    """GABUNG and then PISAH by the desk: what he was told wrongly is mended on the same day."""
    town, number = joined(tmp_path)
    town.wait(timedelta(hours=1))
    assert "digabung" in str(town.inbox("budi@warga.example")[-1]["Subject"]).lower()
    town.reply(DESK, town.find(DESK, number), "PISAH")
    town.wait(timedelta(hours=1))
    assert town.tickets()[1].state == "triage"
    assert "tersendiri" in words(town.inbox("budi@warga.example")[-1])
