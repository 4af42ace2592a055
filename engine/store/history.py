"""The append-only history: rows are told, read and verified, never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.message import Envelope
from engine.store.chain import COLUMNS, REPORT, digest, head, link, parse_head, report, seal, sha256
from engine.store.connected import Connected
from engine.store.proof import broken
from engine.store.rows import Entry
from engine.store.sql import marks
from engine.store.tables import EPOCH, MICROSECOND, instant, json_of, json_text

NAMES = ", ".join(f'"{name}"' for name in (*COLUMNS, "previous", "hash"))
INSERT = f'INSERT INTO "history" ({NAMES}) VALUES ({", ".join("?" * 12)})'  # noqa: S608 - fixed names
SELECT = f'SELECT {NAMES} FROM "history"'  # noqa: S608 - the same
HEAD = """SELECT "value" FROM "counter" WHERE "name" = 'history'"""
FIRST = """INSERT INTO "counter" ("name", "value") VALUES ('history', ?)"""
NEXT = """UPDATE "counter" SET "value" = ? WHERE "name" = 'history'"""
CONTENT = 'SELECT "content" FROM "letter" WHERE "id" = ?'
MAIL = 'SELECT "sha256" FROM "mail" WHERE "id" = ?'
TICKET = f'SELECT {", ".join(REPORT)} FROM "ticket" WHERE "id" = ?'  # noqa: S608 - fixed names
NEW = "(new)"


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the history as it stands in the table, with its place in the chain; `text` is the data's JSON text."""

    id: int
    entry: Entry
    text: str
    previous: str
    hash: str

    @property
    def micros(self) -> int:
        """The row's time as it is hashed, in microseconds since 1970 UTC."""
        return (self.entry.at - EPOCH) // MICROSECOND

    @property
    def digest(self) -> str:
        """The row's digest, without the chain."""
        e = self.entry
        row = (self.id, self.micros, e.ticket, e.actor, e.event, e.from_state, e.to_state, e.mail, e.letter, self.text)
        return digest(row)


class History(Connected):
    """The history's part of the store."""

    def tell(self, entry: Entry) -> int:
        """Appends a row to the history, chained to the one before it; call inside the event's transaction.

        The row `sent` binds the letter's bytes as they stand in the table then, a ticket's row the mail it came of, and
        its first row what the ticket says of the report.
        """
        if entry.ticket is not None and entry.mail is not None:
            entry = replace(entry, data=entry.data | self._of_mail(entry, entry.mail))
        if entry.event == "sent" and entry.letter is not None:
            found = self._quick.first(CONTENT, (entry.letter,))
            if found is not None and found[0] is not None:
                entry = replace(entry, data=entry.data | {"sha256": sha256(bytes(found[0]))})
        return self._append([entry])

    def _of_mail(self, entry: Entry, mail: int) -> dict[str, str]:
        found = self._quick.first(MAIL, (mail,))
        if found is None:
            return {}
        bound = {"mail_sha256": str(found[0])}
        if entry.from_state == NEW:
            ticket = self._quick.first(TICKET, (entry.ticket,))
            if ticket is not None:
                bound["report"] = report(str(found[0]), ticket)
        return bound

    def _keep_told(self, kept: Sequence[tuple[int, Envelope, bytes]]) -> None:
        """One row for each mail that was kept: from then on it can neither be changed nor lost unseen."""
        self._append(
            [Entry(e.received_at, None, "engine", "kept", mail=mail, data=seal(e, raw)) for mail, e, raw in kept]
        )

    def _append(self, entries: Sequence[Entry]) -> int:
        found = self._quick.first(HEAD + self._quick.locks)
        number, last = parse_head(found[0] if found else None)
        rows = []
        for e in entries:
            number += 1
            at = (e.at - EPOCH) // MICROSECOND
            text = json_text(e.data)
            row = (number, at, e.ticket, e.actor, e.event, e.from_state, e.to_state, e.mail, e.letter, text)
            previous, last = last, link(last, digest(row))
            rows.append((*row, previous, last))
        if rows:
            self._quick.change_many(INSERT, rows)
            self._quick.change(NEXT if found else FIRST, (head(number, last),))
        return number

    def history_of(self, ticket: int, actor: str | None = None) -> list[Entry]:
        """A ticket's history, oldest first; of one actor if he is named."""
        whose = "" if actor is None else ' AND "actor" = ?'
        found = self._quick.rows(
            f'{SELECT} WHERE "ticket" = ?{whose} ORDER BY "id"', (ticket, *([actor] if whose else []))
        )
        return [_entry(row) for row in found]

    def history_after(self, row: int, limit: int = 10_000) -> list[tuple[int, Entry]]:
        """History rows after that one, with their numbers, oldest first."""
        found = self._quick.rows(f'{SELECT} WHERE "id" > ? ORDER BY "id" LIMIT ?', (row, limit))
        return [(int(one[0]), _entry(one)) for one in found]

    def told(self, first: int, last: int) -> list[Told]:
        """The rows of the history from one number to another, both included, with their place in the chain."""
        found = self._quick.rows(f'{SELECT} WHERE "id" BETWEEN ? AND ? ORDER BY "id"', (first, last))
        return [_told(row) for row in found]

    def told_of(self, ticket: int) -> list[Told]:
        """All rows that belong to a ticket's proof, oldest first: its own and those of its mails."""
        ours = """ WHERE "ticket" = ? OR "mail" IN (SELECT "id" FROM "mail" WHERE "ticket" = ?) ORDER BY "id" """
        return [_told(row) for row in self._quick.rows(SELECT + ours, (ticket, ticket))]

    def told_loose(self, letters: Sequence[int]) -> list[Told]:
        """The rows about letters that belong to no ticket, such as lists, oldest first; looks through all rows."""
        ours = f' WHERE "ticket" IS NULL AND "letter" IN ({marks(letters)}) ORDER BY "id"'
        return [_told(row) for row in self._quick.rows(SELECT + ours, letters)]

    def digests(self, first: int) -> Iterator[tuple[int, str]]:
        """Number and digest of every row from that number on, one by one: nothing of what they say."""
        for row in self._quick.stream(f'{SELECT} WHERE "id" >= ? ORDER BY "id"', (first,)):
            yield int(row[0]), digest(row)

    def history_head(self) -> str:
        """The chain's end, `number:hash`; noted outside the machine it proves later that nothing before it changed."""
        found = self._quick.first(HEAD)
        return head(*parse_head(found[0] if found else None))

    def broken_links(self, anchor: str | None = None) -> list[str]:
        """Where the history and what it binds do not hold, a line each, naming the row. Empty: all holds.

        Finds a changed, missing, added, copied or moved row, a changed counter, mails and letters whose bytes or facts
        are not those that were told. `anchor` is an earlier chain's end that must still stand in it.
        """
        return list(broken(self._quick, anchor))


def _entry(row: Sequence[Any]) -> Entry:
    return Entry(
        at=instant(row[1]),
        ticket=row[2],
        actor=row[3],
        event=row[4],
        from_state=row[5],
        to_state=row[6],
        mail=row[7],
        letter=row[8],
        data=json_of(row[9]),
    )


def _told(row: Sequence[Any]) -> Told:
    return Told(int(row[0]), _entry(row), str(row[9]), str(row[10]), str(row[11]))
