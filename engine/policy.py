"""The city's deadlines and ladders as one dated value; every number a city may choose is here and nowhere in code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from engine.calendar import Patience, Unit
from engine.ticket import ClockName

RUNGS = ("owner", "superior", "kepala", "induk", "asisten", "sekda", "wawali", "walikota")
"""The rungs of a ladder, lowest first; each stands in it at most once."""
SUPERVISION = "pengawasan"
"""The kind of settlement for what the inspectorate looks into, by whatever topic it came."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a ladder: after which wait, who is written to, who takes over.

    `to` is "owner" (a reminder to whoever holds it), "superior" (one chair up), or a level by name ("kepala",
    "asisten", "sekda", "wawali", "walikota": the first chair of that level above). `tell` are levels told besides.
    The wait since the last letter stayed unread is `unread` (None: only `unanswered` counts); `unanswered` runs from
    the ticket's intake where `since` is "intake", else from the last letter. `digest` puts the line on a list instead
    of a mail of its own. `tell` are levels that get a mail for their knowledge; "below" (all chairs under this rung),
    "head" (of the office) and "desk" are told on their lists.
    """

    to: str
    unanswered: Patience
    unread: Patience | None = None
    since: str = "letter"
    takes_over: bool = False
    digest: bool = False
    tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Also:
    """Who is told, on his list, when the matter reaches a rung: the chairs of level `tell` in the unit of that rung.

    `at` are the rung's levels, `kinds` the kinds of unit it holds for (empty: any); `tell` "induk" means the head of
    the unit above.
    """

    at: tuple[str, ...]
    tell: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """One profile of rules. `version` is kept with each ticket; `valid_from` is the day it begins to hold.

    `open_tickets` says that from that day on the tickets that are open then follow it too. `settlement` is the ticket's
    last day: by the topic's code, SUPERVISION for the inspectorate's, the topic's severity, with "" as default.
    `respite` is what whoever was written to last has at least before a rung that counts from the intake is reached, so
    that a weekend does not use up everybody's time at once. `promise_soon` is how long before a promised day its holder
    is reminded of it, `undo` how long a status read from free prose is kept back from the citizen. `automatic_per_day`
    are automatic letters to one address, `per_day` the reminders and escalations that one person gets as mails of their
    own, by the level of his chair with "" as default, before the rest becomes a list; `citizen_per_day` unasked letters
    to one citizen. `lists_at` are the hours at which lists go out, by level. `at_once` are the kinds of letters that
    reach an official outside working hours too; an urgent matter does, but for what only tells that its time is over.

    Two reports are of one matter by themselves from a likeness (0 to 1) of `join_at` on and put before the desk from
    `propose_at` on; an area's trouble is looked for in tickets of the last `join_area`, others in `join_spot`. `grown`
    are the numbers of reports at which the holder hears that a matter has grown, each once.

    `emergency_positions` are the chairs that help where somebody is in danger in what is another authority's: the one
    that the matter suits, else the first; where there is none the triage desk gets it.
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
    emergency_positions: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()
    also: tuple[Also, ...] = ()
    daily: Patience = field(default=Patience(1, Unit.WORKING_DAYS))
    max_hops: int = 3
    max_disputes: int = 2
    reopen_days: int = 30
    automatic_per_day: int = 10
    per_day: dict[str, int] = field(default_factory=lambda: {"": 10})
    lists_at: dict[str, tuple[time, ...]] = field(default_factory=lambda: {"": (time(8), time(13))})
    citizen_per_day: int = 1
    workflow: str = "complaint"
    join_at: float = 0.85
    propose_at: float = 0.6
    join_area: timedelta = timedelta(days=2)
    join_spot: timedelta = timedelta(days=21)
    grown: tuple[int, ...] = (5, 25)
    undo: Patience = field(default=Patience(10, Unit.MINUTES))
    respite: Patience = field(default=Patience(1, Unit.WORKING_HOURS))
    open_tickets: bool = False

    def ladder(self, clock: ClockName) -> tuple[Step, ...]:
        """The ladder that a letter's clock climbs; triage has its own."""
        return self.ladders[clock]

    def settlement_of(self, *kinds: str) -> Patience:
        """The last day for a matter of these kinds (topic's code, SUPERVISION, severity): the first that has one."""
        return next((self.settlement[kind] for kind in kinds if kind in self.settlement), self.settlement[""])

    def mails_per_day(self, level: str) -> int:
        """How many reminders and escalations a person of this level gets as mails of their own on one day."""
        return self.per_day.get(level, self.per_day[""])

    def windows(self, level: str) -> tuple[time, ...]:
        """The hours of the city's day at which a person of this level gets his list."""
        return self.lists_at.get(level, self.lists_at[""])

    def clocks(self) -> frozenset[ClockName]:
        """The clocks this policy has a number for."""
        return frozenset(ClockName) - (frozenset() if ClockName.TRIAGE in self.ladders else {ClockName.TRIAGE})


def policy_on(policies: Sequence[Policy], day: date) -> Policy:
    """The rules that hold on a day: the newest that have begun; the oldest before any has."""
    begun = [policy for policy in policies if policy.valid_from <= day]
    return max(begun, key=lambda policy: policy.valid_from) if begun else min(policies, key=lambda p: p.valid_from)
