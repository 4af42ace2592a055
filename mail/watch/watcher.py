"""Many mailboxes, few connections: rounds over those with open letters, a lane of workers for each server.

A server that is slow or down occupies its own lane and nobody else's, and after a failure one probe is made at growing
pauses. A visit that outlasts the round goes on in its lane; its mailbox is not visited twice meanwhile.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from engine.errors import Permanent, Temporary
from mail.imap import Account, Broken, Client, Denied, Refused, Tokens, connect
from mail.imap.wire import Limits
from mail.watch.facts import Visit
from mail.watch.ledger import Ledger, Task
from mail.watch.pauses import Pauses
from mail.watch.pool import Pool
from mail.watch.visit import Rules, visit

log = logging.getLogger(__name__)

REFUSALS = 10  # mailboxes refused in a row before the whole server is left alone: the master's password changed


@dataclass(slots=True)
class Round:
    """What one round did; `pending` visits go on in their lanes, `paused` mailboxes were left alone this time."""

    visited: int = 0
    unchanged: int = 0
    observed: int = 0
    failed: int = 0
    paused: int = 0
    pending: int = 0

    def count(self, outcome: Visit | str) -> None:
        """One visit has ended."""
        self.pending -= 1
        if isinstance(outcome, Visit):
            self.visited += 1
            self.unchanged += outcome.unchanged
            self.observed += len(outcome.observations)
        elif outcome == "paused":
            self.paused += 1
        elif outcome == "failed":
            self.failed += 1


@dataclass(slots=True)
class _Lane:
    """The work of one server: mailboxes that wait, and how many threads are at it."""

    waiting: deque[tuple[str, Account, datetime, Round]] = field(default_factory=deque)
    threads: int = 0
    refused: int = 0


class Watcher:
    """Visits every due mailbox of the ledger; `way_in` gives the account of a mailbox (None: no access by IMAP).

    `per_server` is the budget of connections in use at once for one server, `keep` how many idle ones are kept in all
    (each costs its server about 1 MB). `limits` bound one visit.
    """

    def __init__(
        self,
        ledger: Ledger,
        way_in: Callable[[str], Account | None],
        *,
        tokens: Tokens | None = None,
        per_server: int = 4,
        keep: int = 200,
        limits: Limits | None = None,
        rules: Rules | None = None,
        pauses: Pauses | None = None,
        connecting: Callable[[Account, Tokens | None, Limits], Client] = connect,
    ) -> None:
        self._ledger, self._way_in, self._tokens, self._rules = ledger, way_in, tokens, rules or Rules()
        self._per_server, self._limits = per_server, limits or Limits()
        self._connecting = connecting
        self._pool = Pool(keep)
        self._pauses = pauses or Pauses()
        self._lanes: dict[str, _Lane] = {}
        self._busy: dict[str, Client | None] = {}
        self._changed = threading.Condition()
        self._alive = 0
        self._closing = False

    @property
    def kept(self) -> int:
        """How many idle connections are kept now."""
        return len(self._pool)

    def round(self, now: datetime, patience: float = 60.0) -> Round:
        """Visit what is due; returns when all is done, or after `patience` seconds with the rest going on."""
        done = Round()
        self._pool.sweep()
        alone = []
        for mailbox in self._ledger.due(now):
            account = self._way_in(mailbox)
            if account is None or not self._put(mailbox, account, now, done):
                alone.append(mailbox)
        if alone:
            self._ledger.put_back(alone, now)
        end = time.monotonic() + patience
        with self._changed:
            while done.pending and not self._closing:
                if not self._changed.wait(end - time.monotonic()):
                    break
        return done

    def close(self) -> None:
        """Break connections in use, log out of the others, and wait shortly for the workers."""
        with self._changed:
            self._closing = True
            for lane in self._lanes.values():
                lane.waiting.clear()
            in_use = [client for client in self._busy.values() if client is not None]
        for client in in_use:
            client.abort()
        self._pool.close()
        with self._changed:
            self._changed.wait_for(lambda: not self._alive, 5.0)

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- lanes ------------------------------------------------------------------------------------------------------

    def _put(self, mailbox: str, account: Account, now: datetime, done: Round) -> bool:
        """Give a mailbox to its server's lane; False if it is left alone because of an earlier failure."""
        if not self._pauses.open(account.server, now) or not self._pauses.open(mailbox, now):
            done.paused += 1
            return False
        with self._changed:
            if mailbox in self._busy or self._closing:
                return True
            self._busy[mailbox] = None
            done.pending += 1
            lane = self._lanes.setdefault(account.server, _Lane())
            lane.waiting.append((mailbox, account, now, done))
            # A server whose last attempt failed gets one probe; when that works the lane widens by itself.
            budget = 1 if self._pauses.trying(account.server) else self._per_server
            if lane.threads < min(budget, len(lane.waiting)):
                self._widen(account.server, lane)
        return True

    def _widen(self, server: str, lane: _Lane) -> None:
        lane.threads += 1
        self._alive += 1
        threading.Thread(target=self._work, args=(server, lane), name=f"watch {server}", daemon=True).start()

    def _work(self, server: str, lane: _Lane) -> None:
        try:
            self._work_off(server, lane)
        finally:
            try:
                self._ledger.leave()
            finally:
                with self._changed:
                    self._alive -= 1
                    self._changed.notify_all()

    def _work_off(self, server: str, lane: _Lane) -> None:
        while True:
            with self._changed:
                if not lane.waiting or self._closing:
                    lane.threads -= 1
                    self._changed.notify_all()
                    return
                mailbox, account, now, done = lane.waiting.popleft()
                trying = self._pauses.trying(server)
                if not trying and lane.waiting and lane.threads < self._per_server:
                    self._widen(server, lane)
            outcome: Visit | str = "failed"
            try:
                outcome = self._visit(mailbox, account, lane, now)
            except Exception:
                log.exception("a visit failed for a reason that is ours")
            finally:
                with self._changed:
                    self._busy.pop(mailbox, None)
                    done.count(outcome)
                    if not done.pending:
                        self._changed.notify_all()

    # -- one mailbox ------------------------------------------------------------------------------------------------

    def _visit(self, mailbox: str, account: Account, lane: _Lane, now: datetime) -> Visit | str:
        """Visit and keep what was observed; gives the visit, or "paused", "taken", "failed"."""
        if not self._pauses.open(account.server, now):
            self._ledger.put_back([mailbox], now)
            return "paused"
        task = self._ledger.claim(mailbox, now)
        if task is None:
            return "taken"
        kept = False
        try:
            result = self._look(task, account, now)
            self._ledger.keep(mailbox, result, now)
            kept = True
        except (Temporary, Permanent) as e:
            lane.refused += isinstance(e, Refused | Denied)
            whole = isinstance(e, Broken) or lane.refused >= REFUSALS
            self._pauses.failed(account.server if whole else mailbox, now)
            log.warning("cannot watch a mailbox at %s: %s", account.server, type(e).__name__)
            log.debug("mailbox %s: %s", mailbox, e)
            return "failed"
        finally:
            if not kept:
                self._ledger.release(mailbox, now)
        lane.refused = 0
        self._pauses.worked(account.server)
        self._pauses.worked(mailbox)
        return result

    def _look(self, task: Task, account: Account, now: datetime) -> Visit:
        """Visit over a kept connection; if that turns out dead, once more over a new one."""
        client = self._pool.take(account.key)
        if client is not None:
            try:
                return self._over(client, task, account, now)
            except Broken:
                log.debug("a kept connection to %s had ended", account.server)
        return self._over(self._connecting(account, self._tokens, self._limits), task, account, now)

    def _over(self, client: Client, task: Task, account: Account, now: datetime) -> Visit:
        self._busy[task.mailbox] = client
        try:
            client.begin()
            result = visit(
                client, account.inbox, task.wanted, task.bookmark, now, last_login=task.last_login, rules=self._rules
            )
        except BaseException:
            client.abort()
            raise
        if self._closing:
            client.abort()
        else:
            self._pool.give(account.key, client)
        return result
