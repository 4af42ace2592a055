"""Quick news from a few mailboxes by IDLE (RFC 2177); all others wait for their next visit.

Only what is awaited most is listened to: each costs a connection and a thread for as long as its letter is not opened.
News say only that something changed: the visit that follows finds out what, over another connection and with a claim.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from engine.errors import Permanent, Temporary
from mail.imap import Account, Client, Tokens, connect
from mail.imap.wire import Limits
from mail.watch.pauses import pause

log = logging.getLogger(__name__)

IDLE = 1500.0  # seconds after which IDLE is begun anew: servers may end it after 30 minutes
REST = 2.0  # seconds between two news of one mailbox


class _Ear:
    """One mailbox that is listened to, by a thread of its own until it is closed."""

    def __init__(self, listener: Listener, mailbox: str, account: Account) -> None:
        self._listener, self._mailbox, self._account = listener, mailbox, account
        self._ended = threading.Event()
        self._client: Client | None = None
        self._thread = threading.Thread(target=self._run, name=f"listen {account.server}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End at once; the thread follows by itself."""
        self._ended.set()
        if self._client is not None:
            self._client.abort()

    def join(self, seconds: float) -> None:
        """Wait for the thread."""
        self._thread.join(seconds)

    def _run(self) -> None:
        failures = 0
        while not self._ended.is_set():
            try:
                self._listen()
                return
            except (Temporary, Permanent) as e:
                failures += 1
                if not self._ended.is_set():
                    log.info("cannot listen to a mailbox at %s: %s", self._account.server, type(e).__name__)
            except Exception:
                failures += 1
                log.exception("listening failed for a reason that is ours")
            self._ended.wait(pause(failures, self._listener.first_pause))

    def _listen(self) -> None:
        client = self._client = self._listener.connect(self._account)
        try:
            if not client.can_idle:
                return
            client.begin()
            client.examine(self._account.inbox)
            # What changed before IDLE began is not told any more (RFC 2177): look once.
            self._listener.tell(self._mailbox)
            while not self._ended.is_set():
                client.begin()
                if client.idle(IDLE):
                    self._listener.tell(self._mailbox)
                    # Many changes, or a server that never stops telling of them, are one visit every now and then.
                    self._ended.wait(REST)
        finally:
            client.abort()
            self._client = None


class Listener:
    """Listens to at most `most` mailboxes and calls `heard` for each in which something changed, from any thread."""

    def __init__(
        self,
        way_in: Callable[[str], Account | None],
        heard: Callable[[str], None],
        *,
        most: int,
        tokens: Tokens | None = None,
        first_pause: float = 30.0,
        connecting: Callable[[Account, Tokens | None, Limits], Client] = connect,
    ) -> None:
        self._way_in, self._heard, self._most, self._tokens = way_in, heard, most, tokens
        self._connecting, self.first_pause = connecting, first_pause
        self._ears: dict[str, _Ear] = {}
        self._closed = False

    @property
    def mailboxes(self) -> list[str]:
        """What is listened to now."""
        return list(self._ears)

    def listen(self, mailboxes: Sequence[str]) -> None:
        """Listen to the first of these that can be reached, and to no other any more."""
        wanted: dict[str, Account] = {}
        for mailbox in mailboxes:
            account = self._way_in(mailbox)
            if account is not None and len(wanted) < self._most:
                wanted[mailbox] = account
        for mailbox in [one for one in self._ears if one not in wanted]:
            self._ears.pop(mailbox).close()
        for mailbox, account in wanted.items():
            if mailbox not in self._ears and not self._closed:
                self._ears[mailbox] = _Ear(self, mailbox, account)

    def connect(self, account: Account) -> Client:
        """A connection for one ear."""
        return self._connecting(account, self._tokens, Limits())

    def tell(self, mailbox: str) -> None:
        """Pass news on."""
        if not self._closed:
            self._heard(mailbox)

    def close(self) -> None:
        """End all."""
        self._closed = True
        ears = list(self._ears.values())
        self._ears.clear()
        for ear in ears:
            ear.close()
        end = time.monotonic() + 3  # an ear that is just connecting follows by itself
        for ear in ears:
            ear.join(max(0.0, end - time.monotonic()))
