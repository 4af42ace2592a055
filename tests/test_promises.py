"""No letter that is opened counts as answered, and no acknowledgement is a place to hide: silence, TUNDA, promises."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from engine.event import Seen
from engine.ticket import Ticket
from tests.post import CITIZEN, Town
from tests.post import words as lines
from tests.world import day, on

ROADS = "dpupr.kotabogor.example"
KASI, KABID, HEAD = (f"{chair}@{ROADS}" for chair in ("kasi.jalan", "kabid.jalan", "kepala"))
HOLE = "Jalan aspal berlubang dalam di Jl. Ceremai Ujung, motor jatuh kena lubang. Mohon jalan rusak ditambal."


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A hole reported on Monday 3 August 2026 at nine, by the city's own rule."""
    town = Town(tmp_path)
    with contextlib.closing(town.app):
        town.send(CITIZEN, HOLE, "Jalan rusak berlubang")
        yield town


def words(mail: EmailMessage) -> str:
    """The plain text of a mail, without its line breaks."""
    return " ".join(lines(mail).split())


def ticket(town: Town) -> Ticket:
    """The hole as it stands."""
    return town.tickets()[0]


def clocks(town: Town) -> set[str]:
    """The clocks that run."""
    return {d.clock.value for d in town.app.store.deadlines_of(ticket(town).id, live=True) if d.state == "running"}


def task(town: Town) -> EmailMessage:
    """The kasi's first letter."""
    return town.find(KASI, ticket(town).number)


def open_all(town: Town) -> None:
    """Every official opens every letter he has."""
    for letter in town.app.store.letters_of(ticket(town).id):
        if letter.position and letter.sent_at:
            town.app.desk.handle(Seen(town.now, letter.id, "imap"))


def test_opened_is_not_answered(town: Town) -> None:
    """Everybody opens everything and says nothing: head at 24 h and Wali Kota at 48 h all the same."""
    for hour in range(50):
        open_all(town)
        town.wait(day(8, 3, 9) + timedelta(hours=hour))
    letters = town.letters(ticket(town), "escalation")
    asked = {one.position: one.created_at for one in letters if not one.data.get("told")}
    assert asked["dpupr.kepala"] == day(8, 4, 9, 1)
    assert asked["pimpinan.walikota"] == day(8, 5, 9, 1)
    assert all(one.answered_at is None for one in letters)
    assert "dibuka" in words(town.find("walikota@kotabogor.example", "Mohon perhatian"))


@pytest.mark.parametrize("said", ["TERIMA", "PROSES\nRegu kami di lokasi."])
def test_a_word_without_a_date_is_asked_for_news_and_climbs(town: Town, said: str) -> None:
    """Two working days after it the kasi is asked for news, though he opens all; then the ladder begins again."""
    town.reply(KASI, task(town), said)
    assert clocks(town) == {"settlement", "silence"}
    town.wait(day(8, 5, 15, 59))
    assert not any("Mohon kabar" in str(mail["Subject"]) for mail in town.inbox(KASI))
    town.wait(day(8, 6, 7, 31))
    town.find(KASI, "Mohon kabar")
    open_all(town)
    town.wait(day(8, 6, 16))
    assert town.letters(ticket(town), "escalation")[0].address == KABID
    open_all(town)
    town.wait(day(8, 7, 9))
    town.find(HEAD, "Kini tugas")


@pytest.mark.parametrize(
    ("said", "lacking"),
    [
        ("TUNDA", "alasan dan tanggal"),
        ("TUNDA\nMenunggu aspal datang.", "tanggal"),
        ("TUNDA sampai 12 Agustus", "alasan"),
        ("TUNDA s.d. 12/8/2026\nMohon maaf pak", "alasan"),
        ("TUNDA\nMenunggu anggaran perubahan sampai tanggal 20 Desember 2026.", "tanggal"),
    ],
)
def test_tunda_needs_reason_and_date(town: Town, said: str, lacking: str) -> None:
    """What lacks is asked for, state and clocks stay; a date beyond the rule's longest is none, and he reads which."""
    running = clocks(town)
    town.reply(KASI, task(town), said)
    assert ticket(town).state == "forwarded"
    assert clocks(town) == running - {"unread"}  # to answer is to have opened
    asked = words(town.find(KASI, "Mohon dilengkapi"))
    assert f"Mohon sebutkan {lacking};" in asked
    assert ("Jumat, 2 Oktober 2026" in asked) == ("tanggal" in lacking)
    assert town.inbox(KABID) == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("TUNDA sampai 1 Agustus 2026\nMenunggu aspal datang.", "Sabtu, 1 Agustus 2026 sudah lewat."),
        ("TUNDA s.d. 31/7/2026 menunggu aspal", "Jumat, 31 Juli 2026 sudah lewat."),
        ("TUNDA\nMenunggu anggaran perubahan sampai tanggal 20 Desember 2026.", "20 Desember 2026 melewati batas."),
    ],
)
def test_a_date_that_cannot_be_is_named(town: Town, said: str, why: str) -> None:
    """Who wrote a day is not asked for one as if he had not: he reads which is gone or too late, and the last day."""
    town.reply(KASI, task(town), said)
    asked = words(town.find(KASI, "Mohon dilengkapi"))
    assert why in asked
    assert "paling lama Jumat, 2 Oktober 2026" in asked
    assert ticket(town).state == "forwarded"


def test_tunda_is_seen_by_the_superior_and_kept(town: Town) -> None:
    """With both: the kabid reads reason and day with his buttons, the citizen too; near the day the kasi is reminded,
    after it he is asked, the kabid sees it, and it climbs.
    """
    town.reply(KASI, task(town), "TUNDA\nMenunggu aspal dari pabrik sampai tanggal 12 Agustus.")
    assert (ticket(town).state, ticket(town).promised) == ("postponed", on(8, 12))
    for reader, subject in ((KABID, "ditunda"), (CITIZEN, "ditunda")):
        told = words(town.find(reader, subject))
        assert "Menunggu aspal dari pabrik" in told
        assert "Rabu, 12 Agustus 2026" in told
    assert "SAYA TANGANI" in lines(town.find(KABID, "ditunda"))
    town.wait(day(8, 12, 8))
    assert not any("sudah dekat" in str(mail["Subject"]) for mail in town.inbox(KASI))
    town.wait(day(8, 12, 15))
    town.find(KASI, "sudah dekat")  # four working hours before
    assert len(town.inbox(KABID)) == 1
    town.wait(day(8, 13, 8))
    town.find(KASI, "telah lewat")
    assert "12 Agustus 2026" in words(town.find(KABID, "telah lewat"))
    town.wait(day(8, 14, 8))
    town.find(KABID, "Mohon perhatian")


def test_a_promise_kept_is_not_pressed(town: Town) -> None:
    """Told to the citizen, done before its day: no reminder, nothing to the kabid."""
    town.reply(KASI, task(town), "PROSES\nSelesai hari Jumat.")
    assert "Jumat, 7 Agustus 2026" in words(town.find(CITIZEN, "sedang dikerjakan"))
    town.wait(day(8, 6, 9))
    town.reply(KASI, task(town), "SELESAI\nSudah ditambal.")
    town.wait(day(8, 14, 9))
    assert ticket(town).state == "done"
    assert not any("sudah dekat" in str(mail["Subject"]) for mail in town.inbox(KASI))
    assert town.inbox(KABID) == []


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("PROSES\nDikerjakan, selesai tanggal 20 Desember 2027.", "Senin, 20 Desember 2027"),
        ("PROSES selesai 30 November 2026", "Senin, 30 November 2026"),
        ("PROSES tanggal 1 Januari 2020", "Rabu, 1 Januari 2020"),
        ("TERIMA\nSelesai 30 November 2026.", "Senin, 30 November 2026"),
    ],
)
def test_a_date_out_of_bounds_is_no_promise(town: Town, said: str, named: str) -> None:
    """Work begun until a day beyond the rule's longest, or in the past: taken as begun without a date, so that news is
    asked for after two days; the kasi reads at once that it is none and until when one can be, the citizen that it is
    none.
    """
    town.reply(KASI, task(town), said)
    assert (ticket(town).state, ticket(town).promised) == ("accepted" if "TERIMA" in said else "in_progress", None)
    told = words(town.find(CITIZEN, "sudah diterima" if "TERIMA" in said else "sedang dikerjakan"))
    assert "dijanjikan" not in told
    assert "belum dapat kami catat sebagai janji" in told
    assert clocks(town) == {"settlement", "silence"}
    heard = words(town.find(KASI, "Tanggal tidak dapat dicatat"))
    assert f"{named} {'sudah lewat' if '2020' in said else 'melewati batas'}." in heard
    assert "paling lama Jumat, 2 Oktober 2026" in heard


def test_a_date_out_of_bounds_in_prose_is_said_with_the_reading(town: Town) -> None:
    """In his own words: one letter says both how he was understood and that the date is none."""
    town.reply(KASI, task(town), "Siap, kami kerjakan, selesai tanggal 30 November 2026.")
    assert ticket(town).promised is None
    assert "30 November 2026 melewati batas" in words(town.find(KASI, "Kami pahami"))
    assert not any("Tanggal tidak" in str(mail["Subject"]) for mail in town.inbox(KASI))


def test_a_day_on_which_something_was_done_is_no_date_to_take(town: Town) -> None:
    """What happened before is told, not promised: nobody hears that it is too late for it."""
    town.reply(KASI, task(town), "PROSES sudah kami survei tanggal 1 Agustus 2026")
    assert ticket(town).state == "in_progress"
    assert not any("Tanggal tidak" in str(mail["Subject"]) for mail in town.inbox(KASI))


def test_a_date_in_bounds_is_not_spoken_of(town: Town) -> None:
    """The longest promise is one: nobody reads that it could not be taken."""
    town.reply(KASI, task(town), "PROSES selesai 2 Oktober 2026")
    assert ticket(town).promised == on(10, 2)
    assert "catat sebagai janji" not in words(town.find(CITIZEN, "sedang dikerjakan"))
    assert not any("Tanggal tidak" in str(mail["Subject"]) for mail in town.inbox(KASI))


def test_a_promise_from_below_the_head_who_took_over(town: Town) -> None:
    """The kasi answers after the head has taken over: the head reads that and when, and no letter makes the kasi's
    promise the head's.
    """
    town.wait(day(8, 4, 9, 30))
    assert ticket(town).holder == "dpupr.kepala"
    town.reply(KASI, town.find(KASI, "Mengingatkan"), "Siap, besok kami tambal.")
    town.wait(timedelta(minutes=15))
    told = words(town.find(HEAD, "Sudah dijawab Kepala Seksi Pemeliharaan Jalan"))
    assert "Rabu, 5 Agustus 2026" in told
    assert "besok kami tambal" in told
    town.wait(day(8, 6, 9))
    soon, broken = (words(town.find(HEAD, f"Tanggal janji {how}")) for how in ("sudah dekat", "telah lewat"))
    copy = words(town.find("asisten.2@setda.kotabogor.example", "Tanggal janji telah lewat"))
    assert "Kepala Seksi Pemeliharaan Jalan janjikan" in soon
    assert "Kepala Seksi Pemeliharaan Jalan janjikan" in broken
    assert "janji penyelesaian oleh Kepala Seksi Pemeliharaan Jalan" in copy


def test_the_heads_own_answer_is_not_told_to_himself(town: Town) -> None:
    """The head who has taken over and promises hears his own promise."""
    town.wait(day(8, 4, 9, 30))
    town.reply(HEAD, town.find(HEAD, "Kini tugas"), "PROSES\nSelesai besok.")
    town.wait(day(8, 6, 9))
    assert not [mail for mail in town.inbox(HEAD) if "Sudah dijawab" in str(mail["Subject"])]
    assert "yang Bapak/Ibu janjikan" in words(town.find(HEAD, "Tanggal janji telah lewat"))
