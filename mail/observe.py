"""Brings what the watch sees in mailboxes to the desk: one round over the mailboxes that hold open letters."""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from engine.desk import Desk
from engine.event import Delivered, Event, Seen, Vanished
from engine.letter import Letter
from engine.store import Store
from mail.imap import Client, account_for, connect
from mail.settings import Settings
from mail.watch import Bookmark, Observed, Wanted, What, visit

log = logging.getLogger("sibadra.watch")


class Watch:
    """Visits mailboxes over kept connections; a mailbox that fails is tried again in the next round."""

    def __init__(self, settings: Settings, store: Store, desk: Desk) -> None:
        self._settings, self._store, self._desk = settings, store, desk
        self._clients: dict[str, Client] = {}

    def close(self) -> None:
        """Closes all connections."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def round(self, at: datetime) -> int:
        """One visit to each mailbox with open letters; gives how many facts were new."""
        letters: dict[str, list[Letter]] = defaultdict(list)
        for letter in self._store.watched():
            letters[letter.address].append(letter)
        return sum(self._mailbox(mailbox, open_letters, at) for mailbox, open_letters in letters.items())

    def _mailbox(self, mailbox: str, letters: Sequence[Letter], at: datetime) -> int:
        way = self._settings.way_to(mailbox)
        if way is None:
            return 0
        account = account_for(mailbox, way)
        wanted = [Wanted(one.id, one.message_id, one.sent_at or one.created_at) for one in letters]
        bookmark = Bookmark.from_json(json.dumps(self._store.bookmark(mailbox)))
        try:
            client = self._clients.get(mailbox) or connect(account)
            self._clients[mailbox] = client
            result = visit(client, account.inbox, wanted, bookmark, at)
        except Exception as fault:
            log.warning("mailbox not visited", extra={"fault": type(fault).__name__})
            broken = self._clients.pop(mailbox, None)
            if broken is not None:
                broken.abort()
            return 0
        with self._store.transaction():
            for observed in result.observations:
                event = event_of(observed)
                if event is not None:
                    self._desk.handle(event)
            self._store.set_bookmark(mailbox, json.loads(result.bookmark.to_json()))
        return len(result.observations)


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
