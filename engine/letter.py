"""A letter of the engine and its five facts: sent, delivered, seen, answered, bounced (or a machine's answer)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Reader(StrEnum):
    """For whom a letter is written."""

    CITIZEN = "citizen"
    OFFICIAL = "official"
    DESK = "desk"


class LetterState(StrEnum):
    """Where a letter is on its way out; DIGEST waits for the reader's next list, VOID is not to be sent any more."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    VOID = "void"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one mailbox. `kind` names the template; `position` is the chair it speaks to (None for citizens).

    `address` is the mailbox it is bound to: a command counts only from there or from a superior's. `data` holds what
    the template needs beyond the ticket. `rung` is the ladder's rung it was written for. Times are aware.
    """

    id: int
    ticket: int | None
    kind: str
    reader: Reader
    position: str | None
    address: str = field(repr=False)
    name: str = field(repr=False)
    message_id: str
    rung: int
    data: dict[str, object] = field(repr=False)
    state: LetterState
    created_at: datetime
    not_before: datetime
    attempts: int = 0
    next_attempt: datetime | None = None
    sent_at: datetime | None = None
    relay_reply: str = ""
    delivered_at: datetime | None = None
    seen_at: datetime | None = None
    seen_how: str = ""
    answered_at: datetime | None = None
    bounced_at: datetime | None = None
    auto_at: datetime | None = None
    error: str = ""


def numbers_on(letter: Letter) -> list[str]:
    """The numbers of the tickets that a list has lines about; none for a letter that is no list."""
    items = letter.data.get("items")
    return [str(one.get("number")) for one in items if isinstance(one, dict)] if isinstance(items, list) else []
