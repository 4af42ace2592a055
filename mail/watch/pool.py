"""Kept connections, bounded: one for each login mostly, closed when unused for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable

from mail.imap import Client


class Pool:
    """At most `most` idle connections, each kept at most `idle` seconds without use.

    A round over more mailboxes than that would, by throwing out the least recently used, throw out each connection just
    before its turn. So a full pool keeps what it has, and room is made only by what was not used for long.
    """

    def __init__(self, most: int, idle: float = 1500.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self._idle, self._clock = most, idle, clock
        self._kept: dict[Hashable, list[tuple[Client, float]]] = {}
        self._count = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._count

    def take(self, key: Hashable) -> Client | None:
        """An idle connection for this login, if one is kept."""
        with self._lock:
            waiting = self._kept.get(key)
            if not waiting:
                return None
            client, since = waiting.pop()
            if not waiting:
                del self._kept[key]
            self._count -= 1
        if self._clock() - since <= self._idle:
            return client
        client.abort()
        return None

    def give(self, key: Hashable, client: Client) -> None:
        """Keep a connection that works, or log it out when there is no room."""
        with self._lock:
            if self._count < self.most:
                self._kept[key] = [*self._kept.pop(key, []), (client, self._clock())]
                self._count += 1
                return
        client.close()

    def _oldest(self, before: float) -> Client | None:
        # Keys are put at the end when they are used, so the first is the longest unused.
        key = next(iter(self._kept), None)
        if key is None or self._kept[key][0][1] >= before:
            return None
        client, _ = self._kept[key].pop(0)
        if not self._kept[key]:
            del self._kept[key]
        self._count -= 1
        return client

    def sweep(self) -> int:
        """Close what was unused for too long; gives how many."""
        before, closed = self._clock() - self._idle, 0
        while True:
            with self._lock:
                client = self._oldest(before)
            if client is None:
                return closed
            client.abort()  # a LOGOUT would wait for servers that are slow, one after another
            closed += 1

    def close(self) -> None:
        """Close all."""
        with self._lock:
            everyone = [client for waiting in self._kept.values() for client, _ in waiting]
            self._kept.clear()
            self._count = 0
        for client in everyone:
            client.abort()
