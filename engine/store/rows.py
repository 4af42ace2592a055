"""The values that go into the store and come out of it beside tickets and letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engine.calendar import Patience
from engine.letter import Reader
from engine.message import Envelope
from engine.routing.route import Confidential
from engine.ticket import ClockName


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it came in, and what became of it: new, handled, held or duplicate."""

    id: int
    envelope: Envelope
    raw: bytes = field(repr=False)
    sha256: str
    message_id: str | None
    state: str
    kind: str
    error: str
    ticket: int | None
    letter: int | None
    handled_at: datetime | None


@dataclass(frozen=True, slots=True)
class MailboxTest:
    """What the last test of a mandatory mailbox said; None is not known.

    `there` is whether the account exists, `reachable` whether we get in by IMAP, `opened_until` the arrival of the
    newest mail that is marked as read.
    """

    mailbox: str
    checked_at: datetime
    there: bool | None
    reachable: bool | None
    opened_until: datetime | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock of a ticket, or of one of its letters; running, paused, met, missed or void."""

    id: int
    ticket: int
    letter: int | None
    clock: ClockName
    patience: Patience
    state: str
    started_at: datetime
    due_at: datetime
    paused_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Appointment:
    """A chair lent by mail; `deputy` is None where the stand-in ended early. Both days included."""

    position: str
    kind: str
    deputy: str | None
    start: date
    until: date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the append-only history. `actor` is a position id, "citizen", "engine", "clock", or a clerk's name."""

    at: datetime
    ticket: int | None
    actor: str
    event: str
    from_state: str = ""
    to_state: str = ""
    mail: int | None = None
    letter: int | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """The row's columns."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What a ticket begins with; `year` gives its number. A switch that is not given follows what the citizen asked."""

    year: int
    workflow: str
    rules: str
    state: str
    holder: str | None
    owner: str | None
    topic: str | None
    unit: str | None
    place: str | None
    external: str | None
    urgent: bool
    confidential: Confidential
    subject: str
    text: str
    citizen_name: str
    citizen_address: str
    language: str
    mail: int
    opened_at: datetime
    joined_to: int | None = None
    promised: date | None = None
    hide_from_public: bool | None = None
    hide_from_agency: bool | None = None
    reported: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        """The row's columns, without the number."""
        values = {name: getattr(self, name) for name in self.__slots__ if name != "year"}
        return values | {
            "confidential": self.confidential.value,
            "hide_from_public": _given(self.hide_from_public, self.confidential.hides_from_public),
            "hide_from_agency": _given(self.hide_from_agency, self.confidential.hides_from_agency),
            "changed_at": self.opened_at,
            "asked_at": self.opened_at,
        }


def _given(switch: bool | None, otherwise: bool) -> bool:
    return otherwise if switch is None else switch


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to be queued; `name_it` makes its Message-ID from its id, `token` is unique until then."""

    ticket: int | None
    kind: str
    reader: Reader
    position: str | None
    address: str
    name: str
    rung: int
    data: dict[str, Any]
    state: str
    created_at: datetime
    not_before: datetime
    token: str
    name_it: Callable[[int], str] = field(repr=False)

    def values(self) -> dict[str, Any]:
        """The row's columns, without the Message-ID."""
        values = {name: getattr(self, name) for name in self.__slots__ if name not in ("token", "name_it")}
        return values | {"reader": self.reader.value, "next_attempt": self.not_before}
