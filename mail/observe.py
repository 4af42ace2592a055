"""Brings what the watch sees in mailboxes to the desk: the watcher's ledger over the tables."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from engine.desk import Desk
from engine.event import Delivered, Event, Seen, Vanished
from engine.store import Store
from mail.imap import Account, account_for
from mail.settings import Settings
from mail.watch import Bookmark, Observed, Visit, Wanted, What
from mail.watch.ledger import Task
from mail.watch.listen import Listener
from mail.watch.logins import Logins
from mail.watch.watcher import Watcher

AGE = timedelta(minutes=3)
"""A claim older than this belongs to a worker that died: one that lives renews it at each round."""
LONG = timedelta(days=60)
"""How long a letter that nobody opens is looked for."""


class StoreLedger:
    """Mailboxes with open letters, their bookmarks and claims, in the tables. One claim a mailbox, whoever asks.

    Claims are taken by the round and ended by the round where nothing changed: a quiet mailbox costs no commit of its
    own. A worker that dies leaves its claims to whoever asks when they have grown old.
    """

    def __init__(
        self,
        store: Store,
        desk: Desk,
        every: float,
        last_login: Callable[[str], datetime | None] = lambda _: None,
    ) -> None:
        self._last_login = last_login
        self._store, self._desk = store, desk
        self._every = timedelta(seconds=every)
        self._worker = f"{os.getpid()}.{os.urandom(4).hex()}"
        self._quiet: list[str] = []
        self._alone: list[str] = []
        self._lock = threading.Lock()

    def due(self, now: datetime) -> list[str]:
        """Mailboxes whose next visit has come, claimed for this worker."""
        self.flush(now)
        found = self._store.mailboxes_to_visit(now, now - LONG)
        return self._store.claim_visits(found, self._worker, now, now + AGE) if found else []

    def claim(self, mailbox: str, now: datetime) -> Task | None:
        """A claimed mailbox's letters and bookmark."""
        letters = self._store.watched(mailbox, now - LONG)
        wanted = tuple(Wanted(one.id, one.message_id, one.sent_at or one.created_at) for one in letters)
        bookmark = Bookmark.from_json(json.dumps(self._store.bookmark(mailbox)))
        return Task(mailbox, wanted, bookmark, self._last_login(mailbox))

    def keep(self, mailbox: str, visit: Visit, now: datetime) -> None:
        """Observations, bookmark and the claim's end in one transaction; nothing if another has taken it over."""
        if visit.unchanged:
            with self._lock:
                self._quiet.append(mailbox)
            return
        with self._store.transaction():
            if not self._store.end_visits([mailbox], self._worker, now + self._every, last_ok=now, error=""):
                return
            for observed in visit.observations:
                event = event_of(observed)
                if event is not None:
                    self._desk.handle(event)
            self._store.set_bookmark(mailbox, json.loads(visit.bookmark.to_json()))

    def put_back(self, mailboxes: Sequence[str], now: datetime) -> None:  # noqa: ARG002
        """Without a way in, or on a server that does not answer: their claims end with the round."""
        with self._lock:
            self._alone += mailboxes

    def release(self, mailbox: str, now: datetime) -> None:
        """The visit failed; the watcher itself knows when to try again."""
        self._store.end_visits([mailbox], self._worker, now + self._every)

    def flush(self, now: datetime) -> None:
        """Ends the claims of mailboxes where nothing had changed and of those left alone, in one commit each."""
        with self._lock:
            quiet, self._quiet = self._quiet, []
            alone, self._alone = self._alone, []
        if quiet:
            self._store.end_visits(quiet, self._worker, now + self._every, last_ok=now, error="")
        if alone:
            self._store.end_visits(alone, self._worker, now + self._every)

    def leave(self) -> None:
        """A worker's thread ends, and with it its connection to the database."""
        self._store.close()


class Watch:
    """The watcher over this database. `every` is how many seconds a mailbox rests between two visits.

    With `news` the mailboxes awaited most are listened to, and it is called when there are news of one, from any
    thread, so that a round may begin at once.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        desk: Desk,
        every: float | None = None,
        news: Callable[[], None] | None = None,
    ) -> None:
        self._settings, self._store, self._news = settings, store, news
        table = settings["watch"]
        logins = Logins(settings.folder / table["last_login"]) if table["last_login"] else None
        last_login = logins.last if logins else lambda _: None
        self._ledger = StoreLedger(store, desk, table["every"] if every is None else every, last_login)
        self._listener = (
            Listener(self._account, self._heard, most=table["listen"], tokens=settings.tokens)
            if news is not None and table["listen"]
            else None
        )
        self._told: dict[str, None] = {}
        self._lock = threading.Lock()
        self._watcher = Watcher(
            self._ledger,
            self._account,
            tokens=settings.tokens,
            per_server=table["workers"],
            keep=table["connections"],
        )

    def _account(self, mailbox: str) -> Account | None:
        way = self._settings.way_to(mailbox)
        return account_for(mailbox, way) if way is not None else None

    def round(self, at: datetime) -> int:
        """One round over the mailboxes that are due; gives how many facts were observed."""
        with self._lock:
            told, self._told = self._told, {}
        for mailbox in told:
            self._store.visit_now(mailbox, at)
        done = self._watcher.round(at).observed
        self._ledger.flush(at)
        if self._listener is not None:
            self._listener.listen(self._store.awaited_most(at - LONG, self._settings["watch"]["listen"]))
        return done

    def _heard(self, mailbox: str) -> None:
        with self._lock:
            self._told[mailbox] = None
        if self._news is not None:
            self._news()

    def close(self) -> None:
        """Closes all connections."""
        if self._listener is not None:
            self._listener.close()
        self._watcher.close()


def event_of(observed: Observed) -> Event | None:
    """The desk's event for an observation; an answered flag alone proves nothing beyond what the reply itself does."""
    letter = int(observed.letter_id)
    if observed.what is What.SEEN:
        return Seen(observed.at, letter, "imap", observed.suspicious or "")
    if observed.what in (What.DELIVERED, What.MOVED):
        return Delivered(observed.at, letter, observed.folder)
    if observed.what is What.EXPUNGED:
        return Vanished(observed.at, letter)
    return None
