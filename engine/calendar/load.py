"""Makes a Calendar of hours.csv and holidays.csv, checked; compares and extends it with the `holidays` package."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.calendar.week import CLOSED_KINDS, Holiday, Hours
from engine.calendar.working import JAKARTA, Calendar
from engine.errors import BadData, Problem
from engine.table import Row, rows

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KINDS = ("nasional", "cuti_bersama", "kota")
_CLOCK = re.compile(r"([01]\d|2[0-4])[:.]([0-5]\d)")


def load(folder: Path, *, zone: ZoneInfo = JAKARTA, breaks_count: bool = False, strict: bool = False) -> Calendar:
    """The calendar in hours.csv and holidays.csv of this folder; later years come from the `holidays` package.

    Raises BadData with all problems. With `strict` a year of holidays.csv with national days but without cuti bersama
    is a problem too, else only a warning.
    """
    problems: list[Problem] = []
    hours = _hours(folder / "hours.csv", problems)
    holidays = _holidays(folder / "holidays.csv", problems)
    calendar = Calendar(hours, holidays, zone=zone, breaks_count=breaks_count, extra=from_package)
    if strict:
        for year in sorted({h.day.year for h in holidays if h.kind == "nasional"}):
            mend = "tambahkan barisnya setelah SKB 3 Menteri terbit"
            problems += [Problem("holidays.csv", 0, "kind", w, mend) for w in calendar.warnings(year)]
    if problems:
        raise BadData(problems)
    return calendar


def _hours(path: Path, problems: list[Problem]) -> list[Hours]:
    found: list[Hours] = []
    lines: list[int] = []
    for row in rows(path, ("from", "to", "weekday", "opens", "closes", "break_from", "break_to"), problems):
        row.needed("from", "weekday")
        first, last = row.day("from"), row.day("to")
        weekday = row.choice("weekday", _WEEKDAYS)
        opens, closes = _clock(row, "opens"), _clock(row, "closes")
        pause, back = _clock(row, "break_from"), _clock(row, "break_to")
        if (opens is None) != (closes is None):
            row.wrong("closes", "jam buka dan tutup harus berpasangan", "isi keduanya, atau kosongkan bila tutup")
        elif opens is not None and closes is not None and opens >= closes:
            row.wrong("closes", "tutup sebelum buka", "closes harus sesudah opens")
        if (pause is None) != (back is None):
            row.wrong("break_to", "istirahat harus berpasangan", "isi break_from dan break_to, atau kosongkan")
        elif pause is not None and back is not None and not (opens or 0) <= pause < back <= (closes or 0):
            row.wrong("break_from", "istirahat di luar jam kerja", "letakkan istirahat di antara opens dan closes")
        if first and last and last < first:
            row.wrong("to", f"{last} sebelum {first}", "to tidak boleh sebelum from")
        if first and weekday in _WEEKDAYS:
            found.append(Hours(first, last, _WEEKDAYS.index(weekday), opens, closes, pause, back))
            lines.append(row.line)
    problems += _overlaps(found, lines)
    return found


def _overlaps(found: list[Hours], lines: list[int]) -> list[Problem]:
    """Periods of one weekday must follow each other without overlap and without a hole."""
    problems = []
    for weekday, word in enumerate(_WEEKDAYS):
        order = sorted((n for n, h in enumerate(found) if h.weekday == weekday), key=lambda n: found[n].first)
        if not order and found:
            problems.append(Problem("hours.csv", 0, "weekday", f"tidak ada baris untuk {word}", "tambahkan barisnya"))
        for a, b in pairwise(order):
            last, first = found[a].last, found[b].first
            if last is None or last >= first:
                wrong = f"{word}: bertumpuk dengan baris {lines[a]}"
                problems.append(
                    Problem("hours.csv", lines[b], "from", wrong, "akhiri masa yang lama sehari sebelumnya")
                )
            elif (first - last) > timedelta(7):
                wrong = f"{word}: lubang dari {last} sampai {first}"
                problems.append(Problem("hours.csv", lines[b], "from", wrong, "isi masa di antaranya"))
    return problems


def _clock(row: Row, name: str) -> int | None:
    if not row[name]:
        return None
    match = _CLOCK.fullmatch(row[name])
    minutes = int(match[1]) * 60 + int(match[2]) if match else 0
    if not match or minutes > 24 * 60:
        row.wrong(name, f"{row[name]!r} bukan jam", "tulis sebagai 07:30")
        return None
    return minutes


def _holidays(path: Path, problems: list[Problem]) -> list[Holiday]:
    found: list[Holiday] = []
    for row in rows(path, ("date", "name", "kind"), problems):
        row.needed("date", "name", "kind")
        day = row.day("date")
        kind = row.choice("kind", _KINDS)
        if day and kind in _KINDS:
            found.append(Holiday(day, row["name"], kind))
    return found


def from_package(year: int) -> tuple[Holiday, ...]:
    """The holidays of a year as the `holidays` package knows them: `public` is nasional, `government` cuti bersama.

    Its default is `public` alone, so both are asked for apart; for years not yet decreed it has no cuti bersama.
    """
    import holidays

    kinds = (("public", "nasional"), ("government", "cuti_bersama"))
    found = []
    for category, kind in kinds:
        days = holidays.country_holidays("ID", years=year, categories=(category,), language="id")
        found += [Holiday(day, str(name), kind) for day, name in days.items()]
    return tuple(sorted(found, key=lambda h: (h.day, h.kind)))


def compare(calendar: Calendar, year: int) -> tuple[str, ...]:
    """Where the city's table and the package differ on the closed days of a year, as lines in Indonesian.

    Names are not compared: they differ in wording between decree and package.
    """
    own = _by_day(h for h in calendar.holidays if h.day.year == year and h.kind in CLOSED_KINDS)
    package = _by_day(from_package(year))
    lines = [f"{day} {own[day]}: hanya di holidays.csv" for day in sorted(own) if day not in package]
    lines += [f"{day} {package[day]}: hanya di paket holidays" for day in sorted(package) if day not in own]
    return tuple(lines)


def _by_day(found: Iterable[Holiday]) -> dict[date, str]:
    return {h.day: h.name for h in found}
