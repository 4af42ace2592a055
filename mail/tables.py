"""Which of the city's tables hold on a day: dated folders beside the database, else the folder of the settings.

`sibadra.db` has `sibadra.city/2026-08-17/units.csv ...` beside it: the tables that hold from that day on; what is
imported for the same day again lies in `2026-08-17.2`. A folder appears whole or not at all, and none is changed or
taken away; the newest that has begun holds. Holidays and hours stay in the settings' folder.
"""

from __future__ import annotations

import os
import re
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

from engine.calendar.working import JAKARTA
from engine.directory import Directory, load
from engine.errors import SibadraError
from mail.settings import Settings

TABLES = ("units.csv", "positions.csv", "topics.csv", "external.csv", "places.csv")
_NAMED = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.([1-9]\d{0,5}))?")


def kept(settings: Settings) -> Path:
    """Where the dated folders lie."""
    return settings.database.with_suffix(".city")


def imports(settings: Settings) -> list[tuple[date, int, Path]]:
    """Every import: its first day, which one of that day it is (1 the first), and its folder; oldest first."""
    try:
        names = [entry.name for entry in os.scandir(kept(settings)) if entry.is_dir()]
    except FileNotFoundError:
        return []
    return sorted((*found, kept(settings) / name) for name in names if (found := _numbered(name)) is not None)


def _numbered(name: str) -> tuple[date, int] | None:
    named = _NAMED.fullmatch(name)
    try:
        return (date.fromisoformat(named[1]), int(named[2] or 1)) if named else None
    except ValueError:
        return None


def versions(settings: Settings) -> list[date]:
    """The days on which imported tables begin to hold, oldest first."""
    return list(dict.fromkeys(day for day, _, _ in imports(settings)))


def folder_on(settings: Settings, day: date) -> Path:
    """The folder whose tables hold on that day: of those begun the newest, of one day's the last import."""
    begun = [folder for first, _, folder in imports(settings) if first <= day]
    return begun[-1] if begun else settings.city


def folder_before(settings: Settings, day: date) -> Path | None:
    """The folder whose tables held before those of that day; None where no others were ever imported."""
    begun = [first for first in versions(settings) if first <= day]
    return folder_on(settings, begun[-1] - timedelta(days=1)) if begun else None


def directory_on(settings: Settings, day: date) -> Directory:
    """The city as of that day. Raises BadData."""
    return load(folder_on(settings, day))


def directory_at(settings: Settings, at: datetime) -> Directory:
    """The city as of the day that it is in the city at that time. Raises BadData."""
    return directory_on(settings, at.astimezone(JAKARTA).date())


def take(settings: Settings, folder: Path, day: date) -> Path:
    """Keeps the tables of a folder as those that hold from that day on, in one step; gives where they lie now."""
    number = max((number for first, number, _ in imports(settings) if first == day), default=0) + 1
    target = kept(settings) / (day.isoformat() if number == 1 else f"{day}.{number}")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.parent / f".{target.name}.{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        for name in TABLES:
            shutil.copyfile(folder / name, fresh / name)
        fresh.rename(target)
    except OSError as wrong:
        shutil.rmtree(fresh, ignore_errors=True)
        raise SibadraError(f"{target}: cannot be written: {wrong.strerror}") from None
    return target
