"""The city's deadlines and ladders as one dated value; every number a city may choose is here and nowhere in code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from engine.calendar import Patience, Unit
from engine.ticket import ClockName


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a ladder: after which wait, who is written to, who takes over.

    `to` is "owner" (a reminder to whoever holds it), "superior" (one chair up), or a level by name ("kepala",
    "asisten", "sekda", "wawali", "walikota": the first chair of that level above). `tell` are levels told besides.
    The wait since the last letter stayed unread is `unread` (None: only `unanswered` counts); `unanswered` runs from
    the ticket's intake where `since` is "intake", else from the last letter. `digest` puts the line on a list instead
    of a mail of its own.
    """

    to: str
    unanswered: Patience
    unread: Patience | None = None
    since: str = "letter"
    takes_over: bool = False
    digest: bool = False
    tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """One profile of rules. `version` is kept with each ticket; `valid_from` is the day it begins to hold.

    `settlement` is the ticket's last day, by the topic's severity with "" as default; `limits`: `automatic_per_day`
    automatic letters to one address, `leader_per_day` letters to one superior before the rest becomes a list,
    `citizen_per_day` unasked letters to one citizen. `hold_levels` are levels that are written to in working hours
    only.
    """

    name: str
    version: str
    valid_from: date
    ladders: dict[ClockName, tuple[Step, ...]]
    settlement: dict[str, Patience]
    settlement_again: Patience
    silence: Patience
    promise_soon: Patience
    promise_max_days: int
    citizen_soon: Patience
    citizen: Patience
    confirmation: Patience
    secret_position: str
    hold_tasks: bool = False
    daily: Patience = field(default=Patience(1, Unit.WORKING_DAYS))
    max_hops: int = 3
    max_disputes: int = 2
    reopen_days: int = 30
    automatic_per_day: int = 10
    leader_per_day: int = 5
    citizen_per_day: int = 1

    def ladder(self, clock: ClockName) -> tuple[Step, ...]:
        """The ladder that a letter's clock climbs; triage has its own."""
        return self.ladders[clock]

    def settlement_of(self, severity: str) -> Patience:
        """The last day for a topic of that severity."""
        return self.settlement.get(severity, self.settlement[""])
