"""A second, plain calendar that steps through time minute by minute: slow, and easy to believe."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Jakarta")
MINUTE = timedelta(minutes=1)


class Slow:
    """Reads hours.csv and holidays.csv by itself; knows whole minutes only."""

    def __init__(self, folder: Path, breaks_count: bool = False) -> None:
        with (folder / "holidays.csv").open(encoding="utf-8") as file:
            self.closed = {row["date"] for row in csv.DictReader(file) if row["kind"] in ("nasional", "cuti_bersama")}
        with (folder / "hours.csv").open(encoding="utf-8") as file:
            self.hours = list(csv.DictReader(file))
        self.breaks_count = breaks_count
        self._rows: dict[date, dict[str, str]] = {}

    def row(self, day: date) -> dict[str, str]:
        """The row of hours.csv for a day; a closed day gives an empty one."""
        if day not in self._rows:
            iso, name = day.isoformat(), day.strftime("%a").lower()
            fits = [h for h in self.hours if h["weekday"] == name and h["from"] <= iso <= (h["to"] or "9999-12-31")]
            self._rows[day] = fits[0] if fits and iso not in self.closed else {}
        return self._rows[day]

    def open(self, at: datetime) -> bool:
        """Whether the minute that begins at `at` is working time."""
        row = self.row(at.date())
        if not row.get("opens"):
            return False
        clock = at.strftime("%H:%M")
        pause = not self.breaks_count and row["break_from"] and row["break_from"] <= clock < row["break_to"]
        return row["opens"] <= clock < row["closes"] and not pause

    def after_minutes(self, start: datetime, minutes: int) -> datetime:
        """The end of the n-th working minute from start on."""
        at = start
        while minutes:
            minutes -= self.open(at)
            at += MINUTE
        return at

    def after_days(self, start: datetime, days: int) -> datetime:
        """Closing time of the n-th day after start's day on which the offices open."""
        day = start.date()
        while days:
            day += timedelta(days=1)
            days -= bool(self.row(day).get("opens"))
        hour, minute = map(int, self.row(day)["closes"].split(":"))
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)

    def working(self, start: datetime, end: datetime) -> int:
        """How many working minutes begin in [start, end)."""
        total, at = 0, start
        while at < end:
            total += self.open(at)
            at += MINUTE
        return total
