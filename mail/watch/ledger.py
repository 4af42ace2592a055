"""What the watcher needs from whoever keeps its facts: tasks, claims, and one transaction for what a visit gave."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mail.watch.facts import Bookmark, LetterId, Observed, Visit, Wanted


@dataclass(frozen=True, slots=True)
class Task:
    """A mailbox with open letters as the tables have it now; `last_login` if it is known from the server's side."""

    mailbox: str
    wanted: tuple[Wanted, ...]
    bookmark: Bookmark
    last_login: datetime | None = None


class Ledger(Protocol):
    """The tables behind the watcher; called from many threads."""

    def due(self, now: datetime) -> Iterable[str]:
        """Mailboxes with open letters whose next visit has come, the longest waiting first."""

    def claim(self, mailbox: str, now: datetime) -> Task | None:
        """Take the mailbox for one visit, with its letters and bookmark read after that; None if another has it.

        A claim ends with `keep` or `release`, or by its age if the claimant died.
        """

    def keep(self, mailbox: str, visit: Visit, now: datetime) -> None:
        """Store observations and bookmark in one transaction and end the claim.

        After an `unchanged` visit nothing needs to be written: the old bookmark says the same.
        """

    def release(self, mailbox: str, now: datetime) -> None:
        """End a claim without a result; nothing was observed."""

    def put_back(self, mailboxes: Sequence[str], now: datetime) -> None:
        """Mailboxes that `due` gave and that are left alone this time; another worker may reach their server."""

    def leave(self) -> None:
        """A worker's thread ends: close what belongs to it, such as a database connection of its own."""


class MemoryLedger:
    """A ledger in memory, for trials, tests and measurements."""

    def __init__(self) -> None:
        self.wanted: dict[str, dict[LetterId, Wanted]] = {}
        self.bookmarks: dict[str, str] = {}
        self.observed: dict[str, list[Observed]] = {}
        self.errors: set[str] = set()
        self.visits = 0
        self._claimed: set[str] = set()
        self._lock = threading.Lock()

    def watch(self, mailbox: str, letters: Sequence[Wanted]) -> None:
        """Add open letters of a mailbox."""
        with self._lock:
            self.wanted.setdefault(mailbox, {}).update({w.letter_id: w for w in letters})

    def drop(self, mailbox: str, letter_id: LetterId) -> None:
        """A letter is no longer of interest."""
        with self._lock:
            self.wanted.get(mailbox, {}).pop(letter_id, None)

    def due(self, now: datetime) -> list[str]:  # noqa: ARG002
        """Every mailbox with open letters."""
        with self._lock:
            return [mailbox for mailbox, letters in self.wanted.items() if letters]

    def claim(self, mailbox: str, now: datetime) -> Task | None:  # noqa: ARG002
        """See Ledger."""
        with self._lock:
            if mailbox in self._claimed or not self.wanted.get(mailbox):
                return None
            self._claimed.add(mailbox)
            bookmark = Bookmark.from_json(self.bookmarks.get(mailbox, ""))
            return Task(mailbox, tuple(self.wanted[mailbox].values()), bookmark)

    def keep(self, mailbox: str, visit: Visit, now: datetime) -> None:  # noqa: ARG002
        """See Ledger."""
        text = None if visit.unchanged else visit.bookmark.to_json()
        with self._lock:
            self.visits += 1
            if text is not None:
                self.bookmarks[mailbox] = text
            if visit.observations:
                self.observed.setdefault(mailbox, []).extend(visit.observations)
            self.errors.discard(mailbox)
            self._claimed.discard(mailbox)

    def release(self, mailbox: str, now: datetime) -> None:  # noqa: ARG002
        """See Ledger."""
        with self._lock:
            self.errors.add(mailbox)
            self._claimed.discard(mailbox)

    def put_back(self, mailboxes: Sequence[str], now: datetime) -> None:
        """See Ledger."""

    def leave(self) -> None:
        """See Ledger."""
