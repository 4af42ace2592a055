"""One complaint as the engine knows it: number, state, holder, and who wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from engine.routing.route import Confidential


class State(StrEnum):
    """The states of a complaint; `seen` is a fact about a letter and escalation is the rung beside the state."""

    TRIAGE = "triage"
    FORWARDED = "forwarded"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    NEED_INFO = "need_info"
    POSTPONED = "postponed"
    DONE = "done"
    CLOSED = "closed"
    REJECTED = "rejected"
    EXTERNAL = "external"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"


class Role(StrEnum):
    """In which capacity somebody acts on a ticket."""

    CITIZEN = "citizen"
    HOLDER = "holder"
    SUPERIOR = "superior"
    DESK = "desk"
    ROUTING = "routing"
    CLOCK = "clock"
    MACHINE = "machine"
    OTHER = "other"


class ClockName(StrEnum):
    """The clocks. The first three belong to a letter, the others to the ticket."""

    UNREAD = "unread"
    UNANSWERED = "unanswered"
    TRIAGE = "triage"
    PROMISE = "promise"
    PROMISE_SOON = "promise_soon"
    SETTLEMENT = "settlement"
    SILENCE = "silence"
    CITIZEN_SOON = "citizen_soon"
    CITIZEN = "citizen"
    CONFIRMATION = "confirmation"
    DAILY = "daily"


NUMBER = re.compile(r"\bC-?(\d{4})-?(\d{6})\b", re.IGNORECASE)


def number(year: int, serial: int) -> str:
    """The ticket number people see: C-2026-000123."""
    return f"C-{year:04d}-{serial:06d}"


def find_number(text: str) -> str | None:
    """The first ticket number in a text, in its full form."""
    found = NUMBER.search(text)
    return f"C-{found[1]}-{found[2]}" if found else None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A complaint. `holder` is the position that must act now (the desk's in triage, None when it has ended).

    `owner` is the position it was first meant for; the ladder is built over the owner's chair. `rung` is how far it has
    climbed above the owner (0 = not at all) and `step` the next row of the ladder's table. `before` is
    the state to return to after need_info; `asked_at` is when the present owner was first asked. Times are aware.

    `confidential` is what the citizen asked for; the two switches are what holds. `hide_from_public`: nothing of it to
    other citizens. `hide_from_agency`: the office reads it without who wrote it. `reported` are the units and positions
    that it accuses: none of their letters are about it.
    """

    id: int
    number: str
    workflow: str
    rules: str
    state: str
    before: str | None
    holder: str | None
    owner: str | None
    rung: int
    step: int
    topic: str | None
    unit: str | None
    place: str | None
    external: str | None
    urgent: bool
    confidential: Confidential
    subject: str
    text: str = field(repr=False)
    citizen_name: str = field(repr=False)
    citizen_address: str = field(repr=False)
    language: str
    mail: int
    opened_at: datetime
    asked_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    hops: int
    disputes: int
    joined_to: int | None
    promised: date | None
    rating: int | None
    hide_from_public: bool = False
    hide_from_agency: bool = False
    reported: tuple[str, ...] = ()

    @property
    def secret(self) -> bool:
        """Both switches: a report of wrongdoing, for the inspectorate."""
        return self.hide_from_public and self.hide_from_agency

    @property
    def hidden(self) -> bool:
        """Either switch: something of it is kept back from somebody."""
        return self.hide_from_public or self.hide_from_agency
