"""The calendar against cases worked by hand and against a second calendar that steps minute by minute."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.calendar import Calendar, Patience, load
from tests.calendar.slow import ZONE, Slow

KOTA_BOGOR = Path(__file__).parents[2] / "workflows" / "kota_bogor"
CITY = load(KOTA_BOGOR)

# start, patience, due; worked by hand from the decree's days and the city's hours.
BY_HAND = [
    # An ordinary week: Mon-Thu 07:30-16:00 with 12:00-13:00, Fri to 16:30 with 11:30-13:00.
    ("2026-08-03 09:00", "4 working_hours", "2026-08-03 14:00"),
    ("2026-08-03 07:30", "4 working_hours", "2026-08-03 11:30"),
    ("2026-08-03 12:15", "1 working_hours", "2026-08-03 14:00"),
    ("2026-08-03 14:00", "2 working_hours", "2026-08-03 16:00"),
    ("2026-08-03 14:00", "3 working_hours", "2026-08-04 08:30"),
    ("2026-08-03 15:59", "2 working_minutes", "2026-08-04 07:31"),
    ("2026-08-03 16:00", "1 working_hours", "2026-08-04 08:30"),
    ("2026-08-03 22:47", "1 working_hours", "2026-08-04 08:30"),
    ("2026-08-03 03:00", "1 working_hours", "2026-08-03 08:30"),
    ("2026-08-03 08:00", "8 working_hours", "2026-08-04 08:30"),
    ("2026-08-03 11:00", "1 working_hours", "2026-08-03 12:00"),
    ("2026-08-03 11:00", "61 working_minutes", "2026-08-03 13:01"),
    ("2026-08-03 07:30", "75 working_minutes", "2026-08-03 08:45"),
    # Clock time runs through nights and weekends.
    ("2026-08-07 23:55", "7 minutes", "2026-08-08 00:02"),
    ("2026-08-07 15:00", "24 hours", "2026-08-08 15:00"),
    ("2026-08-07 15:00", "48 hours", "2026-08-09 15:00"),
    ("2026-08-07 15:00", "2 days", "2026-08-09 15:00"),
    ("2026-12-31 23:30", "60 minutes", "2027-01-01 00:30"),
    # Friday afternoon and the long Friday break.
    ("2026-08-07 10:00", "2 working_hours", "2026-08-07 13:30"),
    ("2026-08-07 15:30", "1 working_hours", "2026-08-07 16:30"),
    ("2026-08-07 15:30", "2 working_hours", "2026-08-10 08:30"),
    ("2026-08-07 16:30", "1 working_minutes", "2026-08-10 07:31"),
    ("2026-08-07 12:00", "30 working_minutes", "2026-08-07 13:30"),
    ("2026-08-08 11:00", "1 working_hours", "2026-08-10 08:30"),
    ("2026-08-09 23:59", "8 working_hours", "2026-08-11 08:00"),
    # Working days end at closing time of the n-th working day after the start's day.
    ("2026-08-03 00:00", "1 working_days", "2026-08-04 16:00"),
    ("2026-08-03 23:59", "1 working_days", "2026-08-04 16:00"),
    ("2026-08-03 09:00", "3 working_days", "2026-08-06 16:00"),
    ("2026-08-03 09:00", "4 working_days", "2026-08-07 16:30"),
    ("2026-08-07 09:00", "1 working_days", "2026-08-10 16:00"),
    ("2026-08-08 09:00", "1 working_days", "2026-08-10 16:00"),
    ("2026-08-09 09:00", "5 working_days", "2026-08-14 16:30"),
    ("2026-08-03 09:00", "0 working_days", "2026-08-03 16:00"),
    ("2026-08-03 17:00", "0 working_days", "2026-08-04 16:00"),
    ("2026-08-08 09:00", "0 working_days", "2026-08-10 16:00"),
    # Independence day 2026 is a Monday; 2025 the 17th is a Sunday and the 18th was given off late.
    ("2026-08-14 16:00", "1 working_hours", "2026-08-18 08:00"),
    ("2026-08-14 10:00", "3 working_days", "2026-08-20 16:00"),
    ("2025-08-15 10:00", "1 working_days", "2025-08-19 16:00"),
    ("2025-08-15 15:30", "2 working_hours", "2025-08-19 08:30"),
    # Hari Jadi Bogor (3 June) is a working day like any other; 1 June is a Monday off.
    ("2026-06-02 15:00", "2 working_hours", "2026-06-03 08:30"),
    ("2026-05-29 10:00", "2 working_days", "2026-06-03 16:00"),
    # Ramadan 2026 (from 19 February): 08:00-15:00 with 12:00-12:30; Friday to 15:30 with 11:30-12:30.
    ("2026-02-18 15:00", "2 working_hours", "2026-02-19 09:00"),
    ("2026-02-19 07:30", "1 working_hours", "2026-02-19 09:00"),
    ("2026-02-19 11:00", "2 working_hours", "2026-02-19 13:30"),
    ("2026-02-19 14:30", "1 working_hours", "2026-02-20 08:30"),
    ("2026-02-20 11:00", "2 working_hours", "2026-02-20 14:00"),
    ("2026-02-20 15:00", "1 working_hours", "2026-02-23 08:30"),
    ("2026-02-23 09:00", "1 working_days", "2026-02-24 15:00"),
    ("2026-02-25 09:00", "2 working_days", "2026-02-27 15:30"),
    # Lebaran 2026: Nyepi leave 18 and 19 March, leave 20, Idul Fitri 21-22, leave 23 and 24; offices open on the 25th.
    ("2026-03-17 14:00", "1 working_hours", "2026-03-17 15:00"),
    ("2026-03-17 14:30", "1 working_hours", "2026-03-25 08:00"),
    ("2026-03-17 10:00", "1 working_days", "2026-03-25 16:00"),
    ("2026-03-16 10:00", "3 working_days", "2026-03-26 16:00"),
    ("2026-03-20 10:00", "2 working_hours", "2026-03-25 09:30"),
    ("2026-03-20 10:00", "24 hours", "2026-03-21 10:00"),
    ("2026-03-22 10:00", "3 working_days", "2026-03-27 16:30"),
    # Lebaran 2025: 28 March (leave) to 7 April is one gap; Ramadan hours end with it.
    ("2025-03-27 14:00", "2 working_hours", "2025-04-08 08:30"),
    ("2025-03-27 09:00", "1 working_days", "2025-04-08 16:00"),
    # Lebaran 2027: 6 to 15 March is one gap of ten days, in which Ramadan ends.
    ("2027-03-05 15:00", "1 working_hours", "2027-03-16 08:00"),
    ("2027-03-05 10:00", "1 working_days", "2027-03-16 16:00"),
    # The year's end: 24 December 2026 leave, 25 Christmas, 1 January 2027 a Friday.
    ("2026-12-23 15:30", "1 working_hours", "2026-12-28 08:00"),
    ("2026-12-31 15:00", "2 working_hours", "2027-01-04 08:30"),
    ("2026-12-31 09:00", "1 working_days", "2027-01-04 16:00"),
    ("2026-12-30 09:00", "3 working_days", "2027-01-06 16:00"),
    ("2025-12-31 15:59", "2 working_minutes", "2026-01-02 07:31"),
]


def at(text: str) -> datetime:
    """A time of the city."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


@pytest.mark.parametrize(("start", "patience", "due"), BY_HAND)
def test_by_hand(start: str, patience: str, due: str) -> None:
    """Each patience runs out when the hand-worked case says."""
    assert CITY.after(at(start), Patience.parse(patience)) == at(due)


def _starts(seed: int, count: int) -> list[datetime]:
    """Times spread over 2025 to 2027, half of them crowded around holidays, closings and ends of periods."""
    draw = random.Random(seed)
    edges = [
        "2025-03-27",
        "2025-08-15",
        "2025-12-31",
        "2026-02-18",
        "2026-03-17",
        "2026-05-26",
        "2026-12-23",
        "2027-03-05",
    ]
    spread = [at("2025-01-01 00:00") + timedelta(minutes=draw.randrange(1000 * 1440)) for _ in range(count // 2)]
    near = [at(f"{draw.choice(edges)} 00:00") + timedelta(minutes=draw.randrange(5 * 1440)) for _ in range(count // 2)]
    return spread + near


@pytest.mark.parametrize("breaks_count", [False, True])
@pytest.mark.parametrize("start", _starts(1, 120), ids=str)
def test_hours_against_stepping(start: datetime, breaks_count: bool) -> None:
    """Working minutes and the time between agree with stepping, with and without the break, over up to two weeks."""
    city, slow = _pair(breaks_count)
    minutes = random.Random(str(start)).randrange(1, 2500)
    due = city.after(start, Patience(minutes, "working_minutes"))  # type: ignore[arg-type]
    assert due == slow.after_minutes(start, minutes)
    assert city.working(start, due) == timedelta(minutes=minutes)
    later = start + timedelta(minutes=random.Random(str(due)).randrange(20_000))
    assert city.working(start, later) == timedelta(minutes=slow.working(start, later))
    assert city.is_open(start) == slow.open(start)


@pytest.mark.parametrize("start", _starts(2, 120), ids=str)
def test_days_against_stepping(start: datetime) -> None:
    """Working days agree with stepping day by day, over up to a hundred days."""
    _, slow = _pair(False)
    days = random.Random(str(start)).randrange(1, 100)
    assert CITY.after(start, Patience(days, "working_days")) == slow.after_days(start, days)  # type: ignore[arg-type]


@pytest.mark.parametrize("start", _starts(3, 60), ids=str)
def test_next_open_against_stepping(start: datetime) -> None:
    """The next opening is the first minute in which the offices are open."""
    _, slow = _pair(False)
    minute = start
    while not slow.open(minute):
        minute += timedelta(minutes=1)
    assert CITY.next_open(start) == minute


PAIRS: dict[bool, tuple[Calendar, Slow]] = {}


def _pair(breaks_count: bool) -> tuple[Calendar, Slow]:
    if breaks_count not in PAIRS:
        PAIRS[breaks_count] = (load(KOTA_BOGOR, breaks_count=breaks_count), Slow(KOTA_BOGOR, breaks_count))
    return PAIRS[breaks_count]
