"""The table of the rule that every leader must have and open an official mailbox, by unit and level; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """One mandatory mailbox. `missing`: there is no such account; `watched`: we may read it by IMAP.

    `last_opened` is the latest time at which any letter or mail of it is known to have been opened.
    """

    unit: str
    level: str
    mailbox: str
    missing: bool = False
    watched: bool = True
    last_opened: datetime | None = None


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter to such a mailbox with its facts; `open_by` is when it should be opened at the latest.

    `opened_at` is an observation that is believed, a read receipt or a reply; a `seen` in doubt does not count here.
    """

    unit: str
    level: str
    mailbox: str
    sent_at: datetime
    open_by: datetime
    opened_at: datetime | None = None
    answered_at: datetime | None = None
    bounced: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; counts of accounts first, then of letters. `unit` or `level` "" means all of them.

    `unopened_accounts` were not opened for the given days although they have letters older than that; `unwatched` is
    how many of the accounts give us no access, so that only read receipts and replies are known.
    """

    unit: str
    level: str
    accounts: int
    missing: int
    bouncing: int
    unopened_accounts: int
    unwatched: int
    letters: int
    opened_in_time: int
    opened_late: int
    not_yet_due: int
    not_opened: int
    median_open: timedelta | None
    median_answer: timedelta | None

    @property
    def share_in_time(self) -> float | None:
        """Letters opened in time, as a share of those whose time is over or that were opened."""
        judged = self.opened_in_time + self.opened_late + self.not_opened
        return self.opened_in_time / judged if judged else None


def compliance(
    mailboxes: Iterable[MailboxRow],
    letters: Iterable[LetterRow],
    now: datetime,
    *,
    days: int = 7,
    since: datetime | None = None,
    elapsed: Callable[[datetime, datetime], timedelta] = lambda start, end: end - start,
) -> tuple[Line, ...]:
    """A line for each unit and level, and last one for all. `elapsed` counts time, in working hours if the city wishes.

    Letters sent before `since` are not counted; they only tell which accounts were not opened for days, or bounce.
    Bounced letters count as letters nobody could open: they make an account bouncing and are left out of the medians.
    """
    boxes, rows = list(mailboxes), list(letters)
    keys = sorted({(b.unit, b.level) for b in boxes} | {(r.unit, r.level) for r in rows})
    lines = [
        _line(
            unit,
            level,
            [b for b in boxes if (b.unit, b.level) == (unit, level)],
            [r for r in rows if (r.unit, r.level) == (unit, level)],
            now=now,
            days=days,
            since=since,
            elapsed=elapsed,
        )
        for unit, level in keys
    ]
    return (*lines, _line("", "", boxes, rows, now=now, days=days, since=since, elapsed=elapsed))


def levels_of(
    mailboxes: Iterable[MailboxRow],
    letters: Iterable[LetterRow],
    now: datetime,
    *,
    days: int = 7,
    since: datetime | None = None,
) -> tuple[Line, ...]:
    """The whole city's lines by level alone."""
    boxes = [replace(box, unit="") for box in mailboxes]
    rows = [replace(row, unit="") for row in letters]
    return compliance(boxes, rows, now, days=days, since=since)[:-1]


def units_of(
    mailboxes: Iterable[MailboxRow],
    letters: Iterable[LetterRow],
    now: datetime,
    *,
    days: int = 7,
    since: datetime | None = None,
) -> tuple[Line, ...]:
    """A line for each unit, whatever the level."""
    boxes = [replace(box, level="") for box in mailboxes]
    rows = [replace(row, level="") for row in letters]
    return compliance(boxes, rows, now, days=days, since=since)[:-1]


def of_unit(lines: Iterable[Line], unit: str) -> tuple[Line, ...]:
    """The lines that the head of a unit is shown: the own unit's."""
    return tuple(line for line in lines if line.unit == unit)


def _line(
    unit: str,
    level: str,
    boxes: list[MailboxRow],
    letters: list[LetterRow],
    *,
    now: datetime,
    days: int,
    since: datetime | None,
    elapsed: Callable[[datetime, datetime], timedelta],
) -> Line:
    limit = now - timedelta(days=days)
    bounced = {r.mailbox for r in letters if r.bounced}
    old = {
        r.mailbox
        for r in letters
        if not r.bounced and r.sent_at <= limit and (r.opened_at is None or r.opened_at > now)
    }
    letters = [r for r in letters if since is None or r.sent_at >= since]
    reached = [r for r in letters if not r.bounced]
    opened = [(r, r.opened_at) for r in reached if r.opened_at is not None]
    in_time = sum(at <= r.open_by for r, at in opened)
    unopened = [r for r in reached if r.opened_at is None]
    return Line(
        unit=unit,
        level=level,
        accounts=len(boxes),
        missing=sum(b.missing for b in boxes),
        bouncing=sum(b.mailbox in bounced for b in boxes),
        unopened_accounts=sum(b.mailbox in old and (b.last_opened is None or b.last_opened <= limit) for b in boxes),
        unwatched=sum(not b.watched for b in boxes),
        letters=len(letters),
        opened_in_time=in_time,
        opened_late=len(opened) - in_time,
        not_yet_due=sum(r.open_by > now for r in unopened),
        not_opened=sum(r.open_by <= now for r in unopened),
        median_open=_median([elapsed(r.sent_at, at) for r, at in opened]),
        median_answer=_median([elapsed(r.sent_at, r.answered_at) for r in reached if r.answered_at is not None]),
    )


def _median(times: list[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(t.total_seconds() for t in times)) if times else None
