"""Growing pauses for what failed: a server, or one mailbox of it."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from datetime import datetime, timedelta


def pause(failures: int, first: float = 30.0, longest: float = 1800.0) -> float:
    """Seconds to wait after so many failures in a row: doubling from `first` up to `longest`."""
    return min(first * 2.0 ** min(failures - 1, 30), longest) if failures > 0 else 0.0


class Pauses:
    """Who failed how often in a row, and until when it is left alone; times are passed in."""

    def __init__(self, first: float = 30.0, longest: float = 1800.0) -> None:
        self._first, self._longest = first, longest
        self._failed: dict[Hashable, tuple[int, datetime]] = {}
        self._lock = threading.Lock()

    def failed(self, key: Hashable, now: datetime) -> None:
        """One more failure; failures of visits that were under way together count once."""
        with self._lock:
            count, until = self._failed.get(key, (0, now))
            if count and now < until:
                return
            self._failed[key] = (count + 1, now + timedelta(seconds=pause(count + 1, self._first, self._longest)))

    def worked(self, key: Hashable) -> None:
        """It works: no pause any more."""
        if key in self._failed:
            with self._lock:
                self._failed.pop(key, None)

    def open(self, key: Hashable, now: datetime) -> bool:
        """Whether it may be tried now."""
        entry = self._failed.get(key)
        return entry is None or now >= entry[1]

    def trying(self, key: Hashable) -> bool:
        """Whether its last attempt failed, so that one probe is enough."""
        return key in self._failed
