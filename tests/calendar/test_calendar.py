"""What else the calendar promises: zones, pausing, counting days, warnings about years, and checked files."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar import Calendar, Holiday, Hours, Patience, Unit, compare, load
from engine.calendar.load import from_package
from engine.errors import BadData, Permanent
from tests.calendar.test_cases import CITY, KOTA_BOGOR, at

FIRST, LAST = datetime(2025, 1, 2), datetime(2028, 6, 1)  # noqa: DTZ001 (hypothesis adds the zone)
TIMES = st.datetimes(FIRST, LAST, timezones=st.just(CITY.zone))


def test_the_answer_is_in_the_citys_zone() -> None:
    """A start in UTC is the same moment; the answer carries +07:00."""
    due = CITY.after(datetime(2026, 8, 3, 2, 0, tzinfo=UTC), Patience(4, Unit.WORKING_HOURS))
    assert due == at("2026-08-03 14:00")
    assert due.utcoffset() == timedelta(hours=7)


def test_naive_times_are_refused() -> None:
    """A time without a zone is an error, not a guess."""
    with pytest.raises(ValueError, match="naive"):
        CITY.after(datetime(2026, 8, 3, 9, 0), Patience(1, Unit.HOURS))  # noqa: DTZ001


@given(start=TIMES, amount=st.integers(1, 5000))
@settings(max_examples=200, deadline=None)
def test_after_and_working_are_inverse(start: datetime, amount: int) -> None:
    """The working time between a start and its due time is the patience, to the microsecond."""
    due = CITY.after(start, Patience(amount, Unit.WORKING_MINUTES))
    assert CITY.working(start, due) == timedelta(minutes=amount)
    assert CITY.working(start, due - timedelta(microseconds=1)) < timedelta(minutes=amount)


@given(start=TIMES, pause=st.integers(0, 4000), gap=st.integers(0, 40_000), amount=st.integers(1, 3000))
@settings(max_examples=200, deadline=None)
def test_a_pause_gives_back_what_was_left(start: datetime, pause: int, gap: int, amount: int) -> None:
    """Working time before and after a pause adds up to the patience; without a gap nothing changes."""
    start = start.replace(microsecond=0)
    due = CITY.after(start, Patience(amount, Unit.WORKING_MINUTES))
    paused = min(start + timedelta(minutes=pause), due)
    left = CITY.left(due, paused, Unit.WORKING_MINUTES)
    resumed = paused + timedelta(minutes=gap)
    again = CITY.resume(left, resumed)
    assert CITY.working(start, paused) + CITY.working(resumed, again) == timedelta(minutes=amount)
    assert gap or not left.amount or again == due


@given(due=st.datetimes(FIRST.replace(year=2026), LAST, timezones=st.just(CITY.zone)), amount=st.integers(1, 5000))
@settings(max_examples=200, deadline=None)
def test_before_and_working_are_inverse(due: datetime, amount: int) -> None:
    """Between reminder and due time lies the patience in working time; at the reminder the offices are open."""
    soon = CITY.before(due, Patience(amount, Unit.WORKING_MINUTES))
    assert CITY.working(soon, due) == timedelta(minutes=amount)
    assert CITY.is_open(soon)


@pytest.mark.parametrize(
    ("patience", "soon"),
    [
        ("1 working_days", "2026-07-31 07:30"),
        ("0 working_days", "2026-08-03 07:30"),
        ("4 working_hours", "2026-08-03 11:00"),
        ("1 days", "2026-08-03 07:30"),
        ("2 hours", "2026-08-03 14:00"),
    ],
)
def test_before_a_monday(patience: str, soon: str) -> None:
    """Before Monday's closing time: Friday's opening, the same day's, and never while the offices are closed."""
    assert CITY.before(at("2026-08-03 16:00"), Patience.parse(patience)) == at(soon)


def test_pausing_working_days_counts_days_left() -> None:
    """Paused on Monday with three days left and resumed on Wednesday, the clock ends on the next Monday."""
    left = CITY.left(at("2026-08-06 16:00"), at("2026-08-03 10:00"), Unit.WORKING_DAYS)
    assert left.amount == 3
    assert CITY.resume(left, at("2026-08-05 10:00")) == at("2026-08-10 16:00")
    assert CITY.resume(left, at("2026-08-03 15:00")) == at("2026-08-06 16:00")


def test_pausing_clock_hours() -> None:
    """Clock time left is clock time left; an overdue clock has nothing left."""
    left = CITY.left(at("2026-08-04 10:00"), at("2026-08-03 16:00"), Unit.HOURS)
    assert CITY.resume(left, at("2026-08-08 00:00")) == at("2026-08-08 18:00")
    assert CITY.left(at("2026-08-03 10:00"), at("2026-08-03 16:00"), Unit.HOURS).amount == 0


@given(day=st.dates(date(2025, 1, 2), date(2028, 6, 1)), n=st.integers(1, 300))
@settings(max_examples=200, deadline=None)
def test_adding_and_counting_days_agree(day: date, n: int) -> None:
    """The n-th working day after a day is a working day with n working days up to it; going back leads back."""
    end = CITY.add_working_days(day, n)
    assert CITY.is_working_day(end)
    assert CITY.working_days(day, end) == n
    assert CITY.working_days(day, end - timedelta(1)) == n - 1
    start = day if CITY.is_working_day(day) else CITY.add_working_days(day, 0)
    assert CITY.add_working_days(CITY.add_working_days(start, n), -n) == start


def test_city_days_are_open_and_leave_days_closed() -> None:
    """`kota` does not close, `nasional` and `cuti_bersama` do, whatever the weekday."""
    assert CITY.is_working_day(date(2026, 6, 3))
    assert not CITY.is_working_day(date(2026, 3, 20))
    assert CITY.holiday(date(2026, 6, 3)) is None
    assert "Kemerdekaan" in (CITY.holiday(date(2026, 8, 17)) or "")


@pytest.mark.parametrize(("year", "national", "leave"), [(2025, 17, 11), (2026, 17, 8), (2027, 18, 8)])
def test_the_table_and_the_package_agree(year: int, national: int, leave: int) -> None:
    """For the decreed years both lists hold the same days, in the numbers of the decree."""
    kinds = [h.kind for h in CITY.holidays_of(year)]
    assert (kinds.count("nasional"), kinds.count("cuti_bersama")) == (national, leave)
    assert compare(CITY, year) == ()
    assert CITY.warnings(year) == ()


def test_a_year_not_decreed_is_taken_from_the_package_with_a_warning() -> None:
    """2029 is not in the table: its national days close all the same, and the missing leave days are told."""
    assert not CITY.is_working_day(date(2029, 8, 17))
    assert any("cuti bersama" in warning for warning in CITY.warnings(2029))
    assert any("paket" in warning for warning in CITY.warnings(2029))


def test_a_year_without_leave_days_is_refused_when_strict(tmp_path: Path) -> None:
    """National days without one cuti bersama: a warning by default, a problem with `strict`."""
    rows = (KOTA_BOGOR / "holidays.csv").read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if not (row.startswith("2027") and "cuti_bersama" in row)]
    (tmp_path / "holidays.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    (tmp_path / "hours.csv").write_bytes((KOTA_BOGOR / "hours.csv").read_bytes())
    assert any("cuti bersama" in w for w in load(tmp_path).warnings(2027))
    with pytest.raises(BadData, match="2027"):
        load(tmp_path, strict=True)


HOURS = "from,to,weekday,opens,closes,break_from,break_to,note\n"
WEEK = "".join(f"2026-01-01,,{d},08:00,16:00,,,\n" for d in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))


@pytest.mark.parametrize(
    ("old", "new", "row", "field"),
    [
        ("2026-01-01,,mon,08:00", "2026-01-01,,mon,8 pagi", 2, "opens"),
        ("2026-01-01,,mon,08:00", "2026-01-01,,mon,17:00", 2, "closes"),
        ("2026-01-01,,mon,08:00", "2026-01-01,,mon,", 2, "closes"),
        ("2026-01-01,,mon,08:00,16:00,,", "2026-01-01,,mon,08:00,16:00,17:00,18:00", 2, "break_from"),
        ("2026-01-01,,mon,08:00,16:00,,", "2026-01-01,,mon,08:00,16:00,12:00,", 2, "break_to"),
        ("2026-01-01,,mon", "2026-01-01,,senin", 2, "weekday"),
        ("2026-01-01,,mon", "1/1/2026,,mon", 2, "from"),
        ("2026-01-01,,mon", "2026-01-01,2025-01-01,mon", 2, "to"),
        ("2026-01-01,,sun", "2026-06-01,,mon", 8, "from"),
        ("2026-01-01,,sun,08:00,16:00,,,\n", "", 0, "weekday"),
    ],
)
def test_wrong_hours_are_named(tmp_path: Path, old: str, new: str, row: int, field: str) -> None:
    """A wrong row of hours.csv is reported with its line and column."""
    (tmp_path / "holidays.csv").write_text("date,name,kind,basis\n", encoding="utf-8")
    assert old in WEEK
    (tmp_path / "hours.csv").write_text(HOURS + WEEK.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadData) as caught:
        load(tmp_path)
    assert (row, field) in [(p.row, p.field) for p in caught.value.problems]


@pytest.mark.parametrize(("row", "field"), [("2026-13-01,X,nasional,", "date"), ("2026-01-01,X,libur,", "kind")])
def test_wrong_holidays_are_named(tmp_path: Path, row: str, field: str) -> None:
    """A wrong row of holidays.csv is reported with its column."""
    (tmp_path / "holidays.csv").write_text(f"date,name,kind,basis\n{row}\n", encoding="utf-8")
    (tmp_path / "hours.csv").write_text(HOURS + WEEK, encoding="utf-8")
    with pytest.raises(BadData) as caught:
        load(tmp_path)
    assert [(p.file, p.row, p.field) for p in caught.value.problems] == [("holidays.csv", 2, field)]


def test_a_calendar_that_ends_says_so() -> None:
    """Hours that end for good make a search end with a named error, not run for ever."""
    short = Calendar([Hours(date(2026, 1, 1), date(2026, 12, 31), n, 480, 960) for n in range(7)])
    with pytest.raises(Permanent):
        short.after(at("2026-12-30 09:00"), Patience(5, Unit.WORKING_DAYS))
    with pytest.raises(Permanent):
        short.after(at("2026-12-30 09:00"), Patience(100, Unit.WORKING_HOURS))
    with pytest.raises(Permanent):
        short.next_open(at("2027-01-01 09:00"))
    with pytest.raises(Permanent):
        short.add_working_days(date(2026, 1, 5), -30)


def test_a_round_the_clock_desk() -> None:
    """Hours of 00:00 to 24:00 leave no gap at midnight."""
    desk = Calendar([Hours(date(2026, 1, 1), None, n, 0, 1440) for n in range(7)])
    assert desk.after(at("2026-08-03 23:00"), Patience(3, Unit.WORKING_HOURS)) == at("2026-08-04 02:00")
    assert desk.is_open(at("2026-08-04 00:00"))


def test_a_new_holiday_moves_a_due_time() -> None:
    """A day given off while tickets run: the calendar with the new row gives the later time."""
    hours = CITY.hours
    more = Calendar(hours, [*CITY.holidays, Holiday(date(2026, 8, 5), "Diliburkan", "nasional")])
    start = at("2026-08-03 09:00")
    assert more.after(start, Patience(2, Unit.WORKING_DAYS)) == at("2026-08-06 16:00")


@pytest.mark.parametrize(("text", "amount", "unit"), [("24 hours", 24, "hours"), ("1 working day", 1, "working_days")])
def test_patience_is_parsed(text: str, amount: int, unit: str) -> None:
    """An amount and a unit, singular or plural, with a blank or an underscore."""
    found = Patience.parse(text)
    assert (found.amount, found.unit) == (amount, unit)


@pytest.mark.parametrize("text", ["", "3", "hours", "-1 hours", "3 fortnights", "9999999999999 days", "1.5 hours"])
def test_wrong_patience_is_refused(text: str) -> None:
    """What is no patience raises ValueError naming the allowed words."""
    with pytest.raises(ValueError, match=r"patience"):
        Patience.parse(text)


def test_patience_reads_in_indonesian() -> None:
    """A letter may quote it."""
    assert Patience(3, Unit.WORKING_DAYS).indonesian() == "3 hari kerja"


def test_the_package_is_asked_for_both_kinds() -> None:
    """Cuti bersama are there, which the package leaves out by default."""
    assert {h.kind for h in from_package(2026)} == {"nasional", "cuti_bersama"}


def test_a_year_of_calls_is_quick() -> None:
    """Twenty thousand due times cost well under two seconds (about 6 microseconds each on one core)."""
    start, patience = at("2026-03-13 14:10"), Patience(4, Unit.WORKING_HOURS)
    begun = perf_counter()
    for _ in range(20_000):
        CITY.after(start, patience)
    assert perf_counter() - begun < 2
