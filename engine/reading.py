"""What was read in one mail: its kind and the facts in it, as plain values that the desk acts on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from engine.message import Message
from engine.routing.route import Route


class Kind(StrEnum):
    """What a mail is."""

    COMPLAINT = "complaint"
    EXTERNAL = "external"
    STATUS = "status"
    THANKS = "thanks"
    SPAM = "spam"
    EMPTY = "empty"
    REPLY = "reply"
    BOUNCE = "bounce"
    AUTO = "auto"
    RECEIPT = "receipt"


class Status(StrEnum):
    """What a reply says; the first eight are an official's, the last four a citizen's."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    REJECTED = "rejected"
    FORWARDED = "forwarded"
    NEED_INFO = "need_info"
    POSTPONED = "postponed"
    COMMENT = "comment"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    INFO = "info"
    WITHDRAWN = "withdrawn"


class Speaker(StrEnum):
    """Who writes a reply: the words mean different things from an official and from a citizen."""

    OFFICIAL = "official"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reply says. `target` is a unit, position or external code; `promised` a day in the city's zone.

    `explicit` means a command word on a line of its own; `evidence` is the phrase that decided, for the confirmation
    that an official gets; `confidence` is 0 to 1. `rating` is 1 to 5 where a citizen gave one.
    `command` is the canonical word (TERUSKAN, ALIHKAN, SAYA TANGANI, TUTUP, INGATKAN, GABUNG, PISAH, EKSTERNAL,
    STATUS, PLH) where one stood on a line of its own, with what followed it as `argument`. `duty` marks a refusal
    because the matter is not this office's duty ("bukan kewenangan kami"), as opposed to one on the merits.
    `offices` are the units, positions or agencies that its first line (a command's argument) names, several where it
    leaves the choice between them; `called` the words by which it names them. `copies` are those of whom it says that
    they get a copy (tembusan, cc), by the words `copied`, which are no part of the rest.
    """

    status: Status
    target: str | None = None
    promised: date | None = None
    explicit: bool = False
    confidence: float = 0.0
    evidence: str = ""
    rating: int | None = None
    command: str = ""
    argument: str = ""
    duty: bool = False
    offices: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    copied: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient that a mail system could not (yet) deliver to; `code` is RFC 3463 (5.1.1) or RFC 5321 (550)."""

    address: str
    permanent: bool
    code: str | None = None
    diagnostic: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery status notification (RFC 3464 or free text); `message_id` is the returned mail's, if it is there."""

    failures: tuple[Failure, ...]
    permanent: bool
    code: str | None = None
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Automatic:
    """A machine wrote this: why we think so, and the facts an absence note holds (all in the city's zone).

    `until` is the last day away (inclusive), `back` the day of return, `deputy` the name or address it gives,
    `deputy_as` Plh. or Plt. if said; `for_good` means the person no longer holds the post.
    """

    reasons: tuple[str, ...]
    absence: bool = False
    until: date | None = None
    back: date | None = None
    deputy: str | None = None
    deputy_as: str | None = None
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message disposition notification (RFC 8098): `displayed` is False for deleted-unread."""

    address: str
    message_id: str | None
    displayed: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was made of one mail. `text` is the sender's new text without quotes, signature and footers.

    `language` is `en` where that text is plainly English, else `id`.
    """

    kind: Kind
    message: Message
    text: str = field(repr=False)
    answer: Answer | None = None
    bounce: Bounce | None = None
    automatic: Automatic | None = None
    receipt: Receipt | None = None
    route: Route | None = None
    warnings: tuple[str, ...] = ()
    language: str = "id"
