"""Opening hours and holidays as values, and one year of them laid out for adding and looking up."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

CLOSED_KINDS = frozenset({"nasional", "cuti_bersama"})


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one weekday (Monday is 0) from `first` to `last` inclusive (None: until changed).

    All times are minutes after midnight; `opens` None is a closed day, `break_from` None a day without a break.
    """

    first: date
    last: date | None
    weekday: int
    opens: int | None
    closes: int | None
    break_from: int | None = None
    break_to: int | None = None

    def spans(self, breaks_count: bool) -> tuple[tuple[int, int], ...]:
        """The open spans of the day in seconds after midnight, in order."""
        if self.opens is None or self.closes is None:
            return ()
        if breaks_count or self.break_from is None or self.break_to is None:
            return ((self.opens * 60, self.closes * 60),)
        return ((self.opens * 60, self.break_from * 60), (self.break_to * 60, self.closes * 60))


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named day; `kind` is nasional or cuti_bersama (closed), or kota (open)."""

    day: date
    name: str
    kind: str


class Week:
    """The hours of each weekday over time; finds the row for a day by bisection."""

    __slots__ = ("_rows", "_starts")

    def __init__(self, hours: tuple[Hours, ...]) -> None:
        self._rows = [sorted((h for h in hours if h.weekday == n), key=lambda h: h.first) for n in range(7)]
        self._starts = [[h.first for h in rows] for rows in self._rows]

    def on(self, day: date) -> Hours | None:
        """The row that holds on that day, or None where the table says nothing."""
        rows = self._rows[day.weekday()]
        place = bisect_right(self._starts[day.weekday()], day) - 1
        if place < 0:
            return None
        row = rows[place]
        return row if row.last is None or day <= row.last else None


class Year:
    """One year laid out: per day its open spans, and running sums of open seconds and of working days.

    `seconds[n]` and `days[n]` are the sums before the n-th day (0 is 1 January), so that both a sum between two days
    and the day on which a sum is reached are one look-up.
    """

    __slots__ = ("days", "first", "seconds", "spans")

    def __init__(self, number: int, week: Week, closed: frozenset[date], breaks_count: bool) -> None:
        self.first = date(number, 1, 1)
        length = (date(number, 12, 31) - self.first).days + 1
        self.spans: list[tuple[tuple[int, int], ...]] = []
        self.seconds = [0]
        self.days = [0]
        for n in range(length):
            day = self.first + timedelta(n)
            row = None if day in closed else week.on(day)
            spans = row.spans(breaks_count) if row else ()
            self.spans.append(spans)
            self.seconds.append(self.seconds[-1] + sum(end - start for start, end in spans))
            self.days.append(self.days[-1] + bool(spans))

    def day(self, n: int) -> date:
        """The date of the n-th day of the year."""
        return self.first + timedelta(n)
