"""Chairs lent by mail: who may, from when until when, whose mailbox gets the letters, and what both are told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.letter import Letter
from engine.reading import Status
from engine.ticket import Ticket
from tests.world import City, day, on

KASI, BRIDGES, KABID = "dpupr.kasi.jalan", "dpupr.kasi.jembatan", "dpupr.kabid.jalan"


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A fresh city on Monday 3 August 2026, nine o'clock."""
    return City.new(tmp_path / "city.db")


def lend(city: City, ticket: Ticket, letter: Letter, words: str, **more: object) -> None:
    """An official answers a letter with PLH."""
    until = more.pop("until", on(8, 14))
    city.answer(
        ticket, Status.COMMENT, f"PLH {words}", letter=letter, command="PLH", argument=words, promised=until, **more
    )


def told(city: City, kind: str) -> set[str]:
    """The chairs that were told."""
    return {letter.position or "" for letter in city.sent if letter.kind == kind}


def test_holder_lends_his_chair(city: City) -> None:
    """The kasi names his Plh: both are told, and new letters for his chair go to the other's mailbox until that day."""
    ticket = city.complain()
    lend(city, ticket, city.letters(ticket, "task")[0], "kasi.jalan -> kasi.jembatan s.d. 14 agustus")
    assert told(city, "appointed") == {KASI, BRIDGES}
    city.wait(timedelta(minutes=5))
    second = city.complain("Lubang lain di Jl. Otista.", sender="sari@warga.example")
    task = city.letters(second, "task")[0]
    assert (task.position, task.address) == (KASI, "kasi.jembatan@dpupr.kotabogor.example")
    assert task.name.startswith("Plh. ")
    assert city.answer(second, Status.RECEIVED, letter=task).state == "accepted"
    city.wait(day(8, 18))
    third = city.complain("Lubang ketiga.", sender="budi@warga.example")
    assert city.letters(third, "task")[0].address == "kasi.jalan@dpupr.kotabogor.example"


def test_superior_lends_a_chair_below_him(city: City) -> None:
    """The kabid may; he is told too."""
    ticket = city.complain()
    city.wait(day(8, 4, 8))
    escalation = city.letters(ticket, "escalation")[0]
    lend(city, ticket, escalation, "kasi.jalan -> kasi.jembatan s.d. 14 agustus")
    assert told(city, "appointed") == {KASI, BRIDGES, KABID}


@pytest.mark.parametrize(
    ("words", "until", "why"),
    [
        ("kabid.jalan -> kasi.jalan s.d. 14 agustus", on(8, 14), "atasannya"),
        ("kasi.jalan -> kasi.jembatan", None, "tanggal akhirnya belum"),
        ("kasi.jalan -> kasi.jembatan s.d. 1 agustus", on(8, 1), "sudah lewat"),
        ("kasi.jalan -> kasi.entah s.d. 14 agustus", on(8, 14), "tidak dikenal"),
        ("kasi.jalan -> kasi.jasakonstruksi s.d. 14 agustus", on(8, 14), "kosong"),
        ("kasi.jalan -> kasi.jembatan s.d. 14 desember", on(12, 14), "paling lambat 03-11-2026"),
        ("kasi jalan", on(8, 14), "tulis PLH"),
        ("kasi.jalan -> dishub.kepala s.d. 14 agustus", on(8, 14), "yaitu Asisten"),
        ("saya -> kelsempur.lurah s.d. 14 agustus", on(8, 14), "dari antara pejabat Dinas Pekerjaan Umum"),
    ],
)
def test_what_cannot_be_lent_is_answered(city: City, words: str, until: object, why: str) -> None:
    """Nobody lends a chair above his own, an unknown or vacant one, for no, a past or an endless time."""
    ticket = city.complain()
    lend(city, ticket, city.letters(ticket, "task")[0], words, until=until)
    refused = [letter for letter in city.sent if letter.kind == "not_appointed"]
    assert len(refused) == 1
    assert why in str(refused[0].data["reason"])
    assert city.store.appointments(on(8, 4)) == []


def escalated(city: City, position: str) -> tuple[Ticket, Letter]:
    """A complaint nobody answers, and the letter by which this superior hears of it."""
    ticket = city.complain()
    city.wait(day(8, 7, 10))
    return ticket, next(one for one in city.letters(ticket) if one.position == position)


@pytest.mark.parametrize(
    ("superior", "deputy", "lent"),
    [
        ("dpupr.kepala", "dishub.kepala", False),
        ("pimpinan.walikota", "dishub.kepala", True),
        ("pimpinan.walikota", "pimpinan.walikota", True),
    ],
)
def test_across_offices_only_a_superior_of_both_lends(city: City, superior: str, deputy: str, lent: bool) -> None:
    """The head of one office does not dispose of the chairs of another; who stands above both does."""
    ticket, letter = escalated(city, superior)
    lend(city, ticket, letter, f"dpupr.kepala -> {deputy} s.d. 14 agustus")
    assert [one.deputy for one in city.store.appointments(on(8, 8))] == [deputy] * lent
    assert ("not_appointed" in {one.kind for one in city.sent}) is not lent


def test_a_circle_of_stand_ins_is_refused(city: City) -> None:
    """Two who stand in for one another, or three in a ring, would leave letters with nobody: the last is told why."""
    ticket = city.complain()
    city.wait(day(8, 4, 8))
    escalation = city.letters(ticket, "escalation")[0]
    lend(city, ticket, escalation, "kasi.jalan -> kasi.jembatan s.d. 14 agustus")
    lend(city, ticket, escalation, "kasi.jembatan -> kasi.jalan s.d. 12 agustus")
    lend(city, ticket, escalation, "kasi.jembatan -> kabid.jalan s.d. 12 agustus")
    lend(city, ticket, escalation, "kabid.jalan -> kasi.jalan s.d. 12 agustus")
    refused = [str(one.data["reason"]) for one in city.sent if one.kind == "not_appointed"]
    assert len(refused) == 2
    assert all("tidak sampai kepada siapa pun" in why and "sampai 1" in why for why in refused)
    assert [(a.position, a.deputy) for a in city.store.appointments(on(8, 4))] == [(KASI, BRIDGES), (BRIDGES, KABID)]


def test_a_stand_in_who_is_away_is_named_with_who_reads_for_him(city: City) -> None:
    """The confirmation names the mailbox that the letters really go to."""
    ticket = city.complain()
    city.wait(day(8, 4, 8))
    escalation = city.letters(ticket, "escalation")[0]
    lend(city, ticket, escalation, "kasi.jembatan -> kabid.jalan s.d. 14 agustus")
    lend(city, ticket, escalation, "kasi.jalan -> kasi.jembatan s.d. 12 agustus")
    told_last = [one for one in city.sent if one.kind == "appointed"][-1]
    second = city.complain("Lubang lain.", sender="budi@warga.example")
    assert city.letters(second, "task")[0].address == "kabid.jalan@dpupr.kotabogor.example"
    assert "Bidang" in str(told_last.data["stand_in"])


def test_unsigned_or_from_another_mailbox_lends_nothing(city: City) -> None:
    """Our signature for that very mailbox is needed; a colleague's mail or one without it changes nothing."""
    ticket = city.complain()
    task = city.letters(ticket, "task")[0]
    words = "kasi.jalan -> kasi.jembatan s.d. 14 agustus"
    lend(city, ticket, task, words, signed=False)
    lend(city, ticket, task, words, sender="kasi.jembatan@dpupr.kotabogor.example")
    assert city.store.appointments(on(8, 4)) == []


def test_lent_in_the_evening(city: City) -> None:
    """Who lends his chair at night is answered at once; the stand-in reads of it in the morning."""
    ticket = city.complain()
    city.wait(day(8, 3, 21))
    lend(city, ticket, city.letters(ticket, "task")[0], "kasi.jalan -> kasi.jembatan s.d. 14 agustus")
    assert told(city, "appointed") == {KASI}
    city.wait(day(8, 4, 8))
    assert told(city, "appointed") == {KASI, BRIDGES}


def test_a_letter_stays_with_who_got_it(city: City) -> None:
    """What came before the stand-in began may still be answered by him who got it, until his chair is written to anew;
    his chair's other matters are the stand-in's.
    """
    first, second = city.complain(), city.complain("Lubang lain.", sender="budi@warga.example")
    task = city.letters(first, "task")[0]
    lend(city, first, task, "kasi.jalan -> kasi.jembatan s.d. 14 agustus")
    assert city.answer(first, Status.RECEIVED, letter=task).state == "accepted"
    old = city.letters(second, "task")[0]
    city.wait(day(8, 3, 14))
    reminder = city.letters(second, "reminder")[0]
    assert reminder.address == "kasi.jembatan@dpupr.kotabogor.example"
    assert city.answer(second, Status.DONE, letter=old).state == "forwarded"
    assert city.answer(second, Status.DONE, letter=reminder).state == "done"


def test_a_stand_in_ends_early(city: City) -> None:
    """The chair lent to itself is given back."""
    ticket = city.complain()
    task = city.letters(ticket, "task")[0]
    lend(city, ticket, task, "kasi.jalan -> kasi.jembatan s.d. 14 agustus")
    lend(city, ticket, task, "kasi.jalan -> kasi.jalan", until=None)
    second = city.complain("Lubang lain.", sender="budi@warga.example")
    assert city.letters(second, "task")[0].address == task.address
