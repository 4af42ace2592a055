"""Tests every mandatory mailbox of the city and keeps what was found, for the weekly table and for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from engine.calendar.working import JAKARTA
from engine.directory import Directory
from engine.directory.model import Position
from engine.store import MailboxTest, Store
from mail.imap import Account, account_for
from mail.settings import Settings
from mail.watch.check import Checked, check_all

EARLY = 5
"""The local hour after which each day's test may be made: before the officials begin."""


def chairs(directory: Directory, unit: str | None = None) -> list[Position]:
    """The chairs whose mailbox is mandatory, of one unit or all."""
    return [p for p in directory.positions.values() if p.mandatory and (unit is None or p.unit == unit)]


def try_mailboxes(
    settings: Settings, store: Store | None, positions: Sequence[Position], at: datetime, workers: int = 4
) -> Iterator[tuple[Position, Checked]]:
    """Each chair with its mailbox's result as it comes; kept in the tables where there are some."""

    def way_in(mailbox: str) -> Account | None:
        way = settings.way_to(mailbox)
        return account_for(mailbox, way) if way else None

    relay = (settings.relay.host, settings.relay.port)
    boxes = [p.mailbox for p in positions]
    results = check_all(boxes, way_in, relay, tokens=settings.tokens, workers=workers)
    for position, one in zip(positions, results, strict=True):
        if store is not None:
            mailbox = one.mailbox.lower()
            store.keep_test(MailboxTest(mailbox, at, one.exists, one.reachable, one.opened_until))
        yield position, one


class Daily:
    """The same once a day, as a job of the engine."""

    def __init__(self, settings: Settings, store: Store, directory: Callable[[], Directory]) -> None:
        self._settings, self._store, self._directory = settings, store, directory

    def due(self, at: datetime) -> list[int]:
        """Once a day, before the officials begin."""
        local = at.astimezone(JAKARTA)
        last = max((test.checked_at for test in self._store.mailbox_tests().values()), default=None)
        early = local.replace(hour=EARLY, minute=0, second=0, microsecond=0)
        newest = early if local >= early else early - timedelta(days=1)
        return [0] if last is None or last < newest else []

    def run(self, at: datetime) -> int:
        """Test all; gives how many have a problem."""
        return sum(
            bool(one.problems) for _, one in try_mailboxes(self._settings, self._store, chairs(self._directory()), at)
        )
