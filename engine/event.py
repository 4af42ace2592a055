"""Everything that can happen, as frozen values; each carries an aware `at`, and all end at Desk.handle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from engine.reading import Reading


@dataclass(frozen=True, slots=True)
class Received:
    """A citizen's new mail (complaint, external, status, thanks, spam or empty), stored under `mail`; or what the
    reader of a list of ours answers to it, whose letter is `answers`.
    """

    at: datetime
    mail: int
    reading: Reading
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Replied:
    """An answer to a letter of ours. `letter` is None when only the ticket is known; `signed` is True when the address
    it came to carries our signature for that letter. `sender` is the From address, which proves nothing alone."""

    at: datetime
    mail: int
    reading: Reading
    ticket: int
    letter: int | None
    signed: bool
    sender: str


@dataclass(frozen=True, slots=True)
class Automated:
    """A machine's answer to a letter of ours (out of office, acknowledgement): stops no clock."""

    at: datetime
    mail: int
    reading: Reading
    letter: int | None


@dataclass(frozen=True, slots=True)
class Bounced:
    """A delivery report that came back to a letter's own signed bounce address."""

    at: datetime
    mail: int | None
    letter: int
    permanent: bool
    code: str
    diagnostic: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The relay took a letter; its reply is kept as proof."""

    at: datetime
    letter: int
    reply: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """The letter was found in its mailbox."""

    at: datetime
    letter: int
    folder: str


@dataclass(frozen=True, slots=True)
class Seen:
    r"""The letter carries `\Seen`, or a read receipt or reply proves it was opened; `doubt` says why not to believe."""

    at: datetime
    letter: int
    how: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Vanished:
    """The letter is no longer in its mailbox (expunged); that is not seen."""

    at: datetime
    letter: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """A deadline has passed; handling it again does nothing."""

    at: datetime
    deadline: int


@dataclass(frozen=True, slots=True)
class Commanded:
    """A clerk's command from the command line, in the words of the mail commands."""

    at: datetime
    ticket: int
    text: str
    clerk: str


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody was shown who wrote a ticket, by the command line, and said why."""

    at: datetime
    ticket: int
    clerk: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeptBack:
    """So many files of the reporter's were left out of a letter, because they may tell who it is."""

    at: datetime
    letter: int
    files: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """A clerk sets the two switches of a ticket; None leaves one as it is."""

    at: datetime
    ticket: int
    clerk: str
    reason: str
    public: bool | None = None
    agency: bool | None = None


Event: TypeAlias = (
    Received
    | Replied
    | Automated
    | Bounced
    | Sent
    | Delivered
    | Seen
    | Vanished
    | Overdue
    | Commanded
    | Looked
    | KeptBack
    | Hidden
)
