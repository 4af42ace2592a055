"""When a letter that failed for now is tried again: the whole policy as one pure function."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

GIVE_UP = timedelta(days=5)  # RFC 5321 section 4.5.4.1: at least 4 to 5 days
# Greylisting wants minutes, a relay that is being repaired wants hours.
_DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120))
_LAST_DELAY = timedelta(hours=4)
_JITTER = 0.2


def next_attempt(created: datetime, now: datetime, attempts: int, rng: Random) -> timedelta | None:
    """How long to wait after the failure number `attempts` (from 1) of a letter made at `created`; None to give up.

    The last attempt falls on the fifth day's end. Both times are aware. The delay is perturbed by a fifth, so that
    letters which failed together do not come back at the same moment.
    """
    left = created + GIVE_UP - now
    if left <= timedelta(0):
        return None
    place = max(1, attempts) - 1
    delay = _DELAYS[place] if place < len(_DELAYS) else _LAST_DELAY
    return min(delay * rng.uniform(1 - _JITTER, 1 + _JITTER), left)
