"""The city's clock of the demo: it stands still until it is moved, and a restart finds it where it was."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from engine.calendar.working import JAKARTA

START = datetime(2026, 8, 3, 8, 0, tzinfo=JAKARTA)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class CityClock:
    """A time kept in a file; `move` goes forward only. After `run`, it goes on at the speed of the machine's clock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ran: tuple[datetime, float] | None = None
        self._at = datetime.fromisoformat(json.loads(path.read_text())) if path.exists() else START

    def now(self) -> datetime:
        """The city's time."""
        if self._ran is not None:
            begun, tick = self._ran
            return begun + timedelta(seconds=monotonic() - tick)
        return self._at

    def move(self, at: datetime) -> None:
        """Moves the clock on, on the disk too."""
        if at > self._at:
            self._at = at
            fresh = self._path.with_suffix(".tmp")
            fresh.write_text(json.dumps(at.isoformat()))
            fresh.replace(self._path)

    def run(self) -> None:
        """From now on time passes by itself."""
        self._ran = (self._at, monotonic())

    def keep(self) -> None:
        """Writes down how late it has become, for the next start."""
        self.move(self.now())


def shown(at: datetime) -> str:
    """A time as the demo prints it: Mon 3 Aug 08.05."""
    local = at.astimezone(JAKARTA)
    return f"{DAYS[local.weekday()]} {local.day} {local:%b %H.%M}"
