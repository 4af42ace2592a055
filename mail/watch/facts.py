"""What watching a mailbox is about, as plain values: letters wanted, what is known of them, what was observed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

LetterId = int | str


class What(StrEnum):
    """The facts that a mailbox shows of a letter."""

    DELIVERED = "delivered"
    SEEN = "seen"
    MOVED = "moved"
    EXPUNGED = "expunged"
    ANSWERED_FLAG = "answered_flag"


class Doubt(StrEnum):
    """Why a `seen` is not believed.

    at_once   seen within seconds of its arrival, as scanners and other machines do
    in_bulk   seen in one stroke with many other mails ("mark all as read")
    no_login  seen although the account has not logged in since the letter arrived
    """

    AT_ONCE = "at_once"
    IN_BULK = "in_bulk"
    NO_LOGIN = "no_login"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An open letter to be found in a mailbox; `message_id` without angle brackets, `sent_at` aware."""

    letter_id: LetterId
    message_id: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Observed:
    """One fact, seen at `at` in `folder`; `suspicious` is a Doubt's value or None. Each (letter, what) comes once,
    except that a `seen` in doubt may be followed by one without."""

    letter_id: LetterId
    what: What
    at: datetime
    folder: str
    suspicious: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A folder as it was at the last visit: equal numbers mean that nothing changed.

    `read_at` is when its flags were read last, `checked_at` when every letter's Message-ID was, too; POSIX times.
    """

    folder: str
    uidvalidity: int
    uidnext: int
    messages: int
    modseq: int
    read_at: float
    checked_at: float


@dataclass(frozen=True, slots=True)
class Found:
    """Where a letter lies and what was reported of it; `uid` counts only under `uidvalidity`, 0 is nowhere.

    `seen` is "" (no), "yes", or the Doubt it was reported with. `gone` means expunged: it is still looked for, now and
    then. `arrived` is the server's INTERNALDATE as POSIX time.
    """

    letter_id: LetterId
    folder: str
    uidvalidity: int
    uid: int
    arrived: float
    seen: str = ""
    answered: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Bookmark:
    """All that one mailbox's next visit needs to know.

    `sought` are letters that the inbox was read for without finding them; `elsewhere_at` is when other folders were
    last searched; times are POSIX.
    """

    marks: tuple[Mark, ...] = ()
    found: tuple[Found, ...] = ()
    sought: tuple[LetterId, ...] = ()
    visited_at: float = 0.0
    elsewhere_at: float = 0.0

    def to_json(self) -> str:
        """For one text column."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Bookmark:
        """The inverse of `to_json`; anything unreadable is an empty bookmark, which costs one search."""
        try:
            value = json.loads(text)
            return cls(
                tuple(Mark(**m) for m in value["marks"]),
                tuple(Found(**f) for f in value["found"]),
                tuple(value["sought"]),
                float(value["visited_at"]),
                float(value["elsewhere_at"]),
            )
        except (ValueError, TypeError, KeyError):
            return cls()


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit gave: new observations, in order, and the next visit's bookmark; `unchanged`: nothing was read."""

    observations: tuple[Observed, ...]
    bookmark: Bookmark
    unchanged: bool = False
