"""A job: what is due now, and how to do it; the same value runs on one machine and on several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Job:
    """`due(at)` names the rows that wait, `run(ids, at)` works on them and may be given a row that is done already.

    `every` is how often the bell is rung, in seconds: a lost bell loses nothing, a second ring does nothing.
    """

    name: str
    due: Callable[[datetime], Sequence[int]]
    run: Callable[[Sequence[int], datetime], None]
    every: float

    def ring(self, at: datetime) -> int:
        """Does what is due; gives how many rows that were."""
        ids = self.due(at)
        if ids:
            self.run(ids, at)
        return len(ids)
