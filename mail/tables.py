"""Which of the city's tables hold on a day: dated folders beside the database, else the folder of the settings.

`sibadra.db` has `sibadra.city/2026-08-17/units.csv ...` beside it: the tables that hold from that day on. A folder
appears whole or not at all, and the newest that has begun holds; holidays and hours stay in the settings' folder.
"""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

from engine.calendar.working import JAKARTA
from engine.directory import Directory, load
from engine.errors import SibadraError
from mail.settings import Settings

TABLES = ("units.csv", "positions.csv", "topics.csv", "external.csv", "places.csv")


def kept(settings: Settings) -> Path:
    """Where the dated folders lie."""
    return settings.database.with_suffix(".city")


def versions(settings: Settings) -> list[date]:
    """The days on which imported tables begin to hold, oldest first."""
    try:
        names = [entry.name for entry in os.scandir(kept(settings)) if entry.is_dir()]
    except FileNotFoundError:
        return []
    return sorted(day for name in names if (day := _day(name)) is not None)


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None  # a folder being written


def folder_on(settings: Settings, day: date) -> Path:
    """The folder whose tables hold on that day."""
    begun = [first for first in versions(settings) if first <= day]
    return kept(settings) / begun[-1].isoformat() if begun else settings.city


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
    target = kept(settings) / day.isoformat()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.parent / f".{day.isoformat()}.{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        for name in TABLES:
            shutil.copyfile(folder / name, fresh / name)
        if target.exists():  # the same day again: the newer import counts, the older is kept aside
            number = sum(1 for entry in os.scandir(target.parent) if entry.name.startswith(f"{target.name}.old"))
            target.rename(target.parent / f"{target.name}.old{number}")
        fresh.rename(target)
    except OSError as wrong:
        shutil.rmtree(fresh, ignore_errors=True)
        raise SibadraError(f"{target}: cannot be written: {wrong.strerror}") from None
    return target
