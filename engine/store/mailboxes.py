"""The watch over official mailboxes, as rows: which letters are awaited where, who visits, what was seen and tested."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import peewee as pw

from engine.letter import Letter, LetterState, Reader
from engine.store.connected import Connected
from engine.store.rows import MailboxTest
from engine.ticket import ClockName


class Mailboxes(Connected):
    """The watched mailboxes' part of the store."""

    def watched(self, mailbox: str, since: datetime) -> list[Letter]:
        """Letters sent to a mailbox since then that are not yet known to be opened, oldest first."""
        query = self._letters().where(self._unseen(since) & (self.t.letter.address == mailbox))
        return [_letter(row) for row in query.dicts()]

    def letters_to_officials(self, since: datetime) -> list[Letter]:
        """All letters to officials and the desk that were made since then, oldest first."""
        table = self.t.letter
        query = self._letters().where((table.created_at >= since) & (table.reader != Reader.CITIZEN.value))
        return [_letter(row) for row in query.dicts()]

    def mailboxes_to_visit(self, at: datetime, since: datetime, limit: int = 20_000) -> list[str]:
        """Mailboxes with such letters whose next visit has come, the longest waiting first."""
        letter, visit = self.t.letter, self.t.visit
        query = (
            letter.select(letter.address)
            .join(visit, pw.JOIN.LEFT_OUTER, on=(visit.mailbox == letter.address))
            .where(self._unseen(since) & (visit.next_at.is_null() | (visit.next_at <= at)))
            .group_by(letter.address)
            .order_by(pw.fn.COALESCE(visit.next_at, 0), letter.address)
            .limit(limit)
        )
        return [str(row["address"]) for row in query.dicts()]

    def awaited_most(self, since: datetime, limit: int) -> list[str]:
        """Mailboxes with such letters whose opening is awaited most: urgent tickets first, then the newest letter."""
        letter, ticket = self.t.letter, self.t.ticket
        urgent = pw.fn.MAX(pw.fn.COALESCE(ticket.urgent, 0))
        query = (
            letter.select(letter.address)
            .join(ticket, pw.JOIN.LEFT_OUTER, on=(ticket.id == letter.ticket))
            .where(self._unseen(since))
            .group_by(letter.address)
            .order_by(urgent.desc(), pw.fn.MAX(letter.sent_at).desc(), letter.address)
            .limit(limit)
        )
        return [str(row["address"]) for row in query.dicts()]

    def visit_now(self, mailbox: str, at: datetime) -> None:
        """There are news of a mailbox: its next visit is now."""
        visit = self.t.visit
        visit.update(next_at=at).where((visit.mailbox == mailbox) & (visit.next_at > at)).execute()

    def claim_visits(self, mailboxes: Sequence[str], worker: str, at: datetime, until: datetime) -> list[str]:
        """Takes mailboxes for one visit each, many in one commit; gives those that no other worker holds."""
        visit, mine = self.t.visit, []
        with self.transaction():
            for some in pw.chunked(mailboxes, 200):
                visit.insert_many([{"mailbox": one, "next_at": at} for one in some]).on_conflict_ignore().execute()
                free = visit.claimed_until.is_null() | (visit.claimed_until <= at) | (visit.claimed_by == worker)
                visit.update(claimed_by=worker, claimed_until=until).where(visit.mailbox.in_(some) & free).execute()
                held = visit.select(visit.mailbox).where(visit.mailbox.in_(some) & (visit.claimed_by == worker))
                found = {row["mailbox"] for row in held.dicts()}
                mine += [one for one in some if one in found]
        return mine

    def end_visits(self, mailboxes: Sequence[str], worker: str, next_at: datetime, **facts: Any) -> int:
        """Ends claims; gives how many were still this worker's (an old claim may have been taken by another)."""
        visit, ended = self.t.visit, 0
        with self.transaction():
            for some in pw.chunked(mailboxes, 500):
                query = visit.update(claimed_by="", claimed_until=None, next_at=next_at, **facts)
                ended += query.where(visit.mailbox.in_(some) & (visit.claimed_by == worker)).execute()
        return ended

    def _unseen(self, since: datetime) -> Any:
        table = self.t.letter
        return (
            (table.state == LetterState.SENT.value)
            & (table.sent_at >= since)
            & (table.reader != Reader.CITIZEN.value)
            & table.seen_at.is_null()
            & table.bounced_at.is_null()
        )

    def _letters(self) -> Any:
        table = self.t.letter
        return table.select(*(table._meta.fields[name] for name in Letter.__slots__)).order_by(table.id)

    # The watch's notes

    def bookmark(self, mailbox: str) -> dict[str, Any]:
        """Where the watch stopped reading in a mailbox; empty if it never looked."""
        row = self.t.bookmark.get_or_none(self.t.bookmark.mailbox == mailbox)
        return dict(row.data) if row else {}

    def set_bookmark(self, mailbox: str, data: dict[str, Any]) -> None:
        """Notes where the watch stopped reading."""
        self.t.bookmark.insert(mailbox=mailbox, data=data).on_conflict_replace().execute()

    # The tests of mandatory mailboxes

    def keep_test(self, test: MailboxTest) -> None:
        """Keeps the last test of a mailbox."""
        values = {name: getattr(test, name) for name in test.__slots__}
        self.t.account.insert(**values).on_conflict_replace().execute()

    def mailbox_tests(self) -> dict[str, MailboxTest]:
        """The last test of each mailbox that was ever tested."""
        return {row["mailbox"]: MailboxTest(**row) for row in self.t.account.select().dicts()}

    def open_by(self, since: datetime) -> dict[int, datetime]:
        """When the unread clock of each letter struck or will strike, of clocks started since then."""
        table = self.t.deadline
        wanted = (table.clock == ClockName.UNREAD.value) & (table.started_at >= since) & table.letter.is_null(False)
        found = table.select(table.letter, table.due_at).where(wanted).order_by(table.id)
        return {int(row["letter"]): row["due_at"] for row in found.dicts()}


def _letter(row: dict[str, Any]) -> Letter:
    return Letter(**{**row, "reader": Reader(row["reader"]), "state": LetterState(row["state"])})
