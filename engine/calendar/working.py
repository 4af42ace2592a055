"""The Calendar: adds patience to a time, measures working time between two, says when the offices are open."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.calendar.patience import SECONDS, Left, Patience, Unit
from engine.calendar.week import CLOSED_KINDS, Holiday, Hours, Week, Year
from engine.errors import Permanent

log = logging.getLogger(__name__)

JAKARTA = ZoneInfo("Asia/Jakarta")
# A search for an open day that runs longer finds none: the hours end, or everything is closed.
_YEARS_AHEAD = 12
Extra = Callable[[int], tuple[Holiday, ...]]


def _none(_year: int) -> tuple[Holiday, ...]:
    return ()


class Calendar:
    """Working time of one city; years are laid out when first asked for and kept.

    `extra` gives the holidays of a year of which `holidays` has none. Only ever replaced as a whole, never changed.
    """

    def __init__(
        self,
        hours: Iterable[Hours],
        holidays: Iterable[Holiday] = (),
        *,
        zone: ZoneInfo = JAKARTA,
        breaks_count: bool = False,
        extra: Extra = _none,
    ) -> None:
        self.zone = zone
        self.breaks_count = breaks_count
        self.hours = tuple(hours)
        self.holidays = tuple(holidays)
        self._week = Week(self.hours)
        self._extra = extra
        self._own: dict[int, list[Holiday]] = {}
        for holiday in self.holidays:
            self._own.setdefault(holiday.day.year, []).append(holiday)
        self._years: dict[int, Year] = {}

    # --- days

    def holidays_of(self, year: int) -> tuple[Holiday, ...]:
        """The holidays of a year: the city's own rows, or the package's where the city has none closed that year."""
        own = tuple(self._own.get(year, ()))
        if any(holiday.kind in CLOSED_KINDS for holiday in own):
            return own
        return own + self._extra(year)

    def warnings(self, year: int) -> tuple[str, ...]:
        """What is doubtful about a year, in Indonesian; empty if its decree is in the table."""
        rows = self.holidays_of(year)
        own = any(holiday.kind in CLOSED_KINDS for holiday in self._own.get(year, ()))
        found = []
        if not own and rows:
            found.append(f"hari libur {year} tidak ada di holidays.csv; dipakai daftar paket holidays")
        if not any(holiday.kind == "nasional" for holiday in rows):
            found.append(f"tidak ada hari libur nasional untuk {year}; lengkapi holidays.csv")
        elif not any(holiday.kind == "cuti_bersama" for holiday in rows):
            found.append(f"belum ada cuti bersama untuk {year}; lengkapi holidays.csv setelah SKB 3 Menteri terbit")
        if not any(self._week.on(date(year, 7, n)) for n in range(1, 8)):
            found.append(f"tidak ada jam kerja untuk pertengahan {year}; lengkapi hours.csv")
        return tuple(found)

    def holiday(self, day: date) -> str | None:
        """The name of the holiday that closes this day, if one does."""
        names = [h.name for h in self.holidays_of(day.year) if h.day == day and h.kind in CLOSED_KINDS]
        return names[0] if names else None

    def is_working_day(self, day: date) -> bool:
        """Whether the offices open at all on this day of the city's zone."""
        return bool(self._spans(day))

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after this day (before it, for a negative n); for 0 the day itself or the next one.

        Raises Permanent if the table knows no such day.
        """
        year = self._year(day.year)
        at = (day - year.first).days
        if n == 0:
            return day if year.spans[at] else self.add_working_days(day, 1)
        if n < 0:
            return self._days_back(day, -n)
        # The n-th working day after `day` is where the running sum first reaches the sum up to `day` plus n.
        target = year.days[at + 1] + n
        for _ in range(self._reach(n)):
            if target <= year.days[-1]:
                return year.day(bisect_left(year.days, target) - 1)
            target -= year.days[-1]
            year = self._next(year)
        raise Permanent(f"the calendar has no {n} working days after {day}; complete hours.csv")

    def _days_back(self, day: date, n: int) -> date:
        year = self._year(day.year)
        target = year.days[(day - year.first).days] - n + 1
        for _ in range(self._reach(n)):
            if target >= 1:
                return year.day(bisect_left(year.days, target) - 1)
            if year.first.year == 1:
                break
            year = self._year(year.first.year - 1)
            target += year.days[-1]
        raise Permanent(f"the calendar has no {n} working days before {day}; complete hours.csv")

    def working_days(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; 0 if `end` is not later."""
        return self._sum_days(end) - self._sum_days(start, end.year) if end > start else 0

    def _sum_days(self, day: date, last: int | None = None) -> int:
        """Working days from 1 January of day's year up to and including the day, less the years up to `last`."""
        year = self._year(day.year)
        total = year.days[(day - year.first).days + 1]
        for number in range(day.year, day.year if last is None else last):
            total -= self._year(number).days[-1]
        return total

    # --- times

    def is_open(self, at: datetime) -> bool:
        """Whether the offices are open at this time (closing time itself is closed)."""
        local = self._local(at)
        second = _second(local)
        return any(start <= second < end for start, end in self._spans(local.date()))

    def next_open(self, at: datetime) -> datetime:
        """This time if the offices are open, else the next opening. Raises Permanent if the table knows none."""
        local = self._local(at)
        second = _second(local)
        for start, end in self._spans(local.date()):
            if second < end:
                return local if start <= second else self._at(local.date(), start)
        day = self.add_working_days(local.date(), 1)
        return self._at(day, self._spans(day)[0][0])

    def closing(self, day: date) -> datetime:
        """When the offices close on this working day. Raises ValueError for a day on which they do not open."""
        spans = self._spans(day)
        if not spans:
            raise ValueError(f"{day} is no working day")
        return self._at(day, spans[-1][1])

    def working(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two times; zero if the end is not later than the start."""
        first, last = self._local(start), self._local(end)
        if last <= first:
            return timedelta(0)
        total = self._sum(last) - self._sum(first)
        for number in range(first.year, last.year):
            total += timedelta(seconds=self._year(number).seconds[-1])
        return total

    def after(self, start: datetime, patience: Patience) -> datetime:
        """When a patience that begins at `start` runs out; the semantics stand at the top of this package.

        Raises ValueError for a naive start, Permanent if the table of hours ends before the patience does.
        """
        if patience.unit is Unit.WORKING_DAYS:
            return self._closing_after(self._local(start), patience.amount)
        length = timedelta(seconds=patience.amount * SECONDS[patience.unit])
        return self._after(start, length, patience.working)

    def before(self, due: datetime, patience: Patience) -> datetime:
        """When the offices are open and so much is left until `due`: for a reminder that long before it.

        Working days count whole days back from the due day, to that day's opening; what falls outside office hours is
        the next opening. Raises as `after` does.
        """
        local = self._local(due)
        if patience.unit is Unit.WORKING_DAYS:
            day = self.add_working_days(local.date(), -patience.amount) if patience.amount else local.date()
            return self.next_open(self._at(day, 0))
        length = timedelta(seconds=patience.amount * SECONDS[patience.unit])
        if not patience.working:
            return self.next_open(due - length)
        year, target = self._year(local.year), self._sum(local) - length
        for _ in range(self._reach(length.days)):
            if target > timedelta(0):
                return self.next_open(self._reached(year, target))
            year = self._year(year.first.year - 1)
            target += timedelta(seconds=year.seconds[-1])
        raise Permanent(f"the calendar has not {length} of working time before {due}; complete hours.csv")

    def left(self, due: datetime, at: datetime, unit: Unit) -> Left:
        """What is left of a clock of this unit that is due at `due` when it is paused at `at` (rounded up, least 0)."""
        first, last = self._local(at), self._local(due)
        if unit is Unit.WORKING_DAYS:
            return Left(self.working_days(first.date(), last.date()), unit)
        rest = self.working(first, last) if unit.startswith("working") else max(timedelta(0), last - first)
        return Left(-(-rest // timedelta(seconds=1)), unit)

    def resume(self, left: Left, at: datetime) -> datetime:
        """When a paused clock that goes on at `at` is due."""
        if left.unit is Unit.WORKING_DAYS:
            return self._closing_after(self._local(at), left.amount)
        return self._after(at, timedelta(seconds=left.amount), left.unit.startswith("working"))

    # --- inside

    def _after(self, start: datetime, length: timedelta, working: bool) -> datetime:
        local = self._local(start)
        if not working:
            return (local.astimezone(UTC) + length).astimezone(self.zone)
        if not length:
            return self.next_open(local)
        year = self._year(local.year)
        target = self._sum(local) + length
        for _ in range(self._reach(length.days)):
            total = timedelta(seconds=year.seconds[-1])
            if target <= total:
                return self._reached(year, target)
            target -= total
            year = self._next(year)
        raise Permanent(f"the calendar has not {length} of working time after {start}; complete hours.csv")

    def _reached(self, year: Year, target: timedelta) -> datetime:
        """The earliest time in this year at which this much working time has passed since 1 January."""
        whole = -(-target // timedelta(seconds=1))
        n = bisect_left(year.seconds, whole) - 1
        rest = target - timedelta(seconds=year.seconds[n])
        for start, end in year.spans[n]:
            span = timedelta(seconds=end - start)
            if rest <= span:
                return self._at(year.day(n), start) + rest
            rest -= span
        raise AssertionError("the running sum and the spans of a day disagree")

    def _closing_after(self, local: datetime, days: int) -> datetime:
        if days == 0:
            spans = self._spans(local.date())
            days = 0 if spans and _second(local) < spans[-1][1] else 1
        return self.closing(self.add_working_days(local.date(), days))

    def _sum(self, local: datetime) -> timedelta:
        """Working time since 1 January of its year."""
        year = self._year(local.year)
        n = (local.date() - year.first).days
        second = _second(local)
        inside = sum((max(0.0, min(second, end) - start) for start, end in year.spans[n]), 0.0)
        return timedelta(seconds=year.seconds[n]) + timedelta(seconds=inside)

    def _spans(self, day: date) -> tuple[tuple[int, int], ...]:
        year = self._year(day.year)
        return year.spans[(day - year.first).days]

    def _year(self, number: int) -> Year:
        year = self._years.get(number)
        if year is None:
            closed = frozenset(h.day for h in self.holidays_of(number) if h.kind in CLOSED_KINDS)
            year = self._years[number] = Year(number, self._week, closed, self.breaks_count)
            for warning in self.warnings(number):
                log.warning("calendar: %s", warning)
        return year

    def _next(self, year: Year) -> Year:
        if year.first.year == date.max.year:
            raise Permanent("the calendar ends")
        return self._year(year.first.year + 1)

    @staticmethod
    def _reach(days: int) -> int:
        """How many years a search may look through: what the amount needs at 100 working days a year, and some."""
        return days // 100 + _YEARS_AHEAD

    def _at(self, day: date, second: int) -> datetime:
        # 24:00 is a legal closing time: the midnight after.
        return datetime.combine(day, time(0), self.zone) + timedelta(seconds=second)

    def _local(self, at: datetime) -> datetime:
        if at.tzinfo is None:
            raise ValueError("a naive time: the calendar takes aware times only")
        return at if at.tzinfo is self.zone else at.astimezone(self.zone)


def _second(local: datetime) -> float:
    """Seconds after midnight of its wall clock, with the microseconds as a fraction (exact: below 2**53 as a sum)."""
    return local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1_000_000
