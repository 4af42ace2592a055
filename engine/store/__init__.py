"""The one place that knows the database: frozen values go in and come out, every change inside one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

import peewee as pw

from engine.letter import Letter, LetterState, Reader, numbers_on
from engine.message import Envelope
from engine.routing.route import Confidential
from engine.store.chain import sha256
from engine.store.deadlines import Deadlines
from engine.store.history import History, Told
from engine.store.mailboxes import Mailboxes
from engine.store.rows import Appointment, Deadline, Entry, Mail, MailboxTest, NewLetter, NewTicket
from engine.store.rules import KeptRules
from engine.store.sql import MAIL, Quick, Shape, mail_of, marks, micros, patience
from engine.store.tables import SCHEMA, moment, tables
from engine.store.upgrade import upgrade
from engine.ticket import ClockName, Ticket, number

__all__ = ["Appointment", "Deadline", "Entry", "Mail", "MailboxTest", "NewLetter", "NewTicket", "Store", "Told"]


class Store(History, Deadlines, Mailboxes, KeptRules):
    """An open database. Its methods are sentences about tickets, letters, deadlines; none of them reads a clock.

    Every thread gets its own connection. A database made by an older version is brought up to date, by a newer one is
    refused.
    """

    def __init__(self, database: pw.Database) -> None:
        self._db = database
        self._quick = Quick(database)
        self.t = tables(database)
        self._shape()
        opened = self._db.connect(reuse_if_open=True)
        try:
            self._db.create_tables(self.t.all(), safe=True)
            self._update(self.counter("schema"))
        finally:
            if opened:
                self._db.close()

    def _update(self, found: str | None) -> None:
        """Notes the schema of new tables, and brings older ones up to date."""
        if found is not None and int(found) > SCHEMA:
            raise RuntimeError(f"the database has schema {found}, this version knows {SCHEMA}: update the program")
        if found != str(SCHEMA):
            with self.transaction():
                now = self.counter("schema")  # another process may have been first
                if now is not None:
                    upgrade(self._db, int(now))
                self.set_counter("schema", str(SCHEMA))

    def _shape(self) -> None:
        """How rows become values, and values rows."""
        t, quick = self.t, self._quick
        special = {"clock": ClockName, "patience": patience}
        self._mail_rows = Shape(quick, t.mail, mail_of, MAIL, {"content": bytes})
        self._ticket_rows = Shape(quick, t.ticket, Ticket, Ticket.__slots__, {"confidential": Confidential})
        self._letter_rows = Shape(quick, t.letter, Letter, Letter.__slots__, {"reader": Reader, "state": LetterState})
        self._deadline_rows = Shape(quick, t.deadline, Deadline, Deadline.__slots__, special)
        self._decision_rows: Shape[int] = Shape(quick, t.decision, int, ("id",), {})

    @classmethod
    def sqlite(cls, path: Path | str) -> Store:
        """A SQLite file in WAL mode, where a commit is on the disk when it returns (synchronous FULL)."""
        if str(path) != ":memory:":
            # Citizens' words lie in it: a new file is for this user alone, also its journal.
            Path(path).touch(mode=0o600, exist_ok=True)
        pragmas = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1, "cache_size": -65536}
        return cls(pw.SqliteDatabase(str(path), pragmas=pragmas, timeout=30))

    @classmethod
    def memory(cls) -> Self:
        """Tables that live in this thread's connection and end with it, for a year that is only played."""
        database = pw.SqliteDatabase(":memory:", pragmas={"foreign_keys": 1, "journal_mode": "memory"})
        database.connect()
        return cls(database)

    def close(self) -> None:
        """Closes this thread's connection."""
        if not self._db.is_closed():
            self._db.close()

    # Counters

    def counter(self, name: str) -> str | None:
        """A named value of the engine itself, or None."""
        row = self._quick.first('SELECT "value" FROM "counter" WHERE "name" = ?', (name,))
        return None if row is None else str(row[0])

    def set_counter(self, name: str, value: str) -> None:
        """Sets a named value."""
        if not self._quick.change('UPDATE "counter" SET "value" = ? WHERE "name" = ?', (value, name)):
            self._quick.change('INSERT INTO "counter" ("name", "value") VALUES (?, ?)', (name, value))

    def next_number(self, year: int) -> str:
        """The year's next ticket number; call inside the transaction that opens the ticket."""
        name = f"number:{year}"
        serial = int(self.counter(name) or 0) + 1
        self.set_counter(name, str(serial))
        return number(year, serial)

    # Mails

    def keep(self, mails: Sequence[tuple[Envelope, bytes]]) -> list[int]:
        """Keeps raw mails in one commit, and tells the history of each; durable when it returns."""
        with self.transaction():
            kept = [self._keep(envelope, raw) for envelope, raw in mails]
            self._keep_told([(mail, *each) for mail, each in zip(kept, mails, strict=True)])
            return kept

    def keep_once(self, mails: Sequence[tuple[Envelope, bytes]]) -> int:
        """The same for mails that may come again after a crash: equal bytes are kept once. Gives how many were new."""
        with self.transaction():
            fresh: dict[str, tuple[Envelope, bytes]] = {sha256(raw): (envelope, raw) for envelope, raw in mails}
            known = self.t.mail.select(self.t.mail.sha256).where(self.t.mail.sha256.in_(list(fresh)))
            for row in known.dicts():
                fresh.pop(row["sha256"], None)
            self.keep(list(fresh.values()))
            return len(fresh)

    def _keep(self, envelope: Envelope, raw: bytes) -> int:
        return self._mail_rows.insert(
            {
                "received_at": envelope.received_at,
                "reverse_path": envelope.reverse_path,
                "recipients": list(envelope.recipients),
                "peer": envelope.peer,
                "protocol": envelope.protocol,
                "content": raw,
                "sha256": sha256(raw),
            }
        )

    def new_mails(self, limit: int) -> list[Mail]:
        """Mails not yet handled, oldest first."""
        return self._mail_rows.many("""WHERE "state" = 'new' ORDER BY "id" LIMIT ?""", (limit,))

    def mail(self, mail: int) -> Mail | None:
        """One mail with its raw bytes."""
        return self._mail_rows.one('WHERE "id" = ?', (mail,))

    def mails_of(self, ticket: int) -> list[Mail]:
        """A ticket's mails, oldest first."""
        return self._mail_rows.many('WHERE "ticket" = ? ORDER BY "id"', (ticket,))

    def each_mail(self, ticket: int) -> Iterator[Mail]:
        """A ticket's mails one by one, oldest first: many large ones need not fit into memory together."""
        for row in self._quick.rows('SELECT "id" FROM "mail" WHERE "ticket" = ? ORDER BY "id"', (ticket,)):
            found = self.mail(int(row[0]))
            if found is not None:
                yield found

    def held_mails(self) -> list[Mail]:
        """Mails that could not be handled, oldest first."""
        return self._mail_rows.many("""WHERE "state" = 'held' ORDER BY "id" """)

    def mark_mail(self, mail: int, state: str, **facts: Any) -> None:
        """Says what became of a mail: handled, held, duplicate, or new again."""
        self._mail_rows.update(mail, {"state": state, **facts})

    def earlier_mail(self, message_id: str, mail: int) -> Mail | None:
        """An earlier mail with the same Message-ID that was handled, without regard to who sent it."""
        rest = """WHERE "message_id" = ? AND "id" <> ? AND "state" = 'handled' ORDER BY "id" LIMIT 1"""
        return self._mail_rows.one(rest, (message_id, mail))

    # Tickets

    def open_ticket(self, new: NewTicket) -> Ticket:
        """Makes a ticket with the next number of its year."""
        return self._ticket_rows.add({**new.values(), "number": self.next_number(new.year)})

    def ticket(self, ticket: int) -> Ticket | None:
        """A ticket by its id."""
        return self._ticket_rows.one('WHERE "id" = ?', (ticket,))

    def ticket_by_number(self, wanted: str) -> Ticket | None:
        """A ticket by the number people see."""
        return self._ticket_rows.one('WHERE "number" = ?', (wanted,))

    def tickets(self, where: str | None = None, limit: int = 1000) -> list[Ticket]:
        """Tickets, newest first; `where` is a state's name."""
        if where:
            return self._ticket_rows.many('WHERE "state" = ? ORDER BY "id" DESC LIMIT ?', (where, limit))
        return self._ticket_rows.many('ORDER BY "id" DESC LIMIT ?', (limit,))

    def open_tickets(self, workflow: str, states: Sequence[str]) -> list[Ticket]:
        """The tickets of a workflow that are in one of these states, oldest first."""
        rest = f'WHERE "workflow" = ? AND "state" IN ({marks(states)}) ORDER BY "id"'
        return self._ticket_rows.many(rest, (workflow, *states))

    def tickets_of(self, address: str, limit: int = 20) -> list[Ticket]:
        """A citizen's tickets, newest first."""
        return self._ticket_rows.many('WHERE "citizen_address" = ? ORDER BY "id" DESC LIMIT ?', (address, limit))

    def lately(
        self,
        states: Sequence[str],
        since: datetime,
        limit: int,
        *,
        topic: str | None = None,
        unit: str | None = None,
        place: str | None = None,
    ) -> list[Ticket]:
        """Tickets of a topic, a unit or a place, opened since then and now in one of these states; newest first."""
        named = (("topic", topic), ("unit", unit), ("place", place))
        column, value = next((pair for pair in named if pair[1] is not None), ("topic", topic))
        rest = f"""WHERE "{column}" = ? AND "opened_at" >= ? AND "state" IN ({marks(states)}) """
        order = 'ORDER BY "opened_at" DESC, "id" DESC LIMIT ?'
        return self._ticket_rows.many(rest + order, (value, micros(since), *states, limit))

    def holders(self) -> list[str]:
        """The chairs that hold a ticket now."""
        table = self.t.ticket
        query = table.select(table.holder).where(table.holder.is_null(False)).distinct()
        return [row["holder"] for row in query.dicts()]

    def held_by(self, holders: Sequence[str]) -> list[Ticket]:
        """The tickets that these chairs hold, oldest first."""
        return self._ticket_rows.many(f'WHERE "holder" IN ({marks(holders)}) ORDER BY "id"', holders)

    def reporters(self, ticket: int) -> int:
        """How many different addresses have reported this ticket's matter, those joined to it included."""
        sql = 'SELECT COUNT(DISTINCT LOWER("citizen_address")) FROM "ticket" WHERE "id" = ? OR "joined_to" = ?'
        found = self._quick.first(sql, (ticket, ticket))
        return int(found[0]) if found else 0

    def joined(self, ticket: int, state: str | None = None) -> list[Ticket]:
        """The tickets that were joined to this one, oldest first; `state` leaves out those in another now."""
        if state is not None:
            return self._ticket_rows.many('WHERE "joined_to" = ? AND "state" = ? ORDER BY "id"', (ticket, state))
        return self._ticket_rows.many('WHERE "joined_to" = ? ORDER BY "id"', (ticket,))

    def change(self, ticket: Ticket, **changes: Any) -> Ticket:
        """Writes changed fields of a ticket and gives the new value."""
        self._ticket_rows.update(ticket.id, changes)
        return replace(ticket, **changes)

    # Letters

    def write_letter(self, new: NewLetter) -> Letter:
        """Queues a letter; its Message-ID is made from its id and never changes."""
        values = {**new.values(), "message_id": f"(new {new.token})"}
        return self._letter_rows.add(values, lambda row: {"message_id": new.name_it(row)})

    def letter(self, letter: int) -> Letter | None:
        """A letter by its id."""
        return self._letter_rows.one('WHERE "id" = ?', (letter,))

    def letters_of(self, ticket: int) -> list[Letter]:
        """A ticket's letters, oldest first."""
        return self._letter_rows.many('WHERE "ticket" = ? ORDER BY "id"', (ticket,))

    def last_letter(self, ticket: int, kinds: Sequence[str], position: str | None = None) -> Letter | None:
        """A ticket's newest letter of these kinds, to that chair if one is named."""
        chair = "" if position is None else ' AND "position" = ?'
        rest = f'WHERE "ticket" = ? AND "kind" IN ({marks(kinds)}){chair} ORDER BY "id" DESC LIMIT 1'
        return self._letter_rows.one(rest, (ticket, *kinds, *([] if position is None else [position])))

    def letters_to_send(self, at: datetime, limit: int) -> list[Letter]:
        """Queued letters whose time has come, oldest first."""
        rest = """WHERE "state" = 'queued' AND "next_attempt" <= ? ORDER BY "id" LIMIT ?"""
        return self._letter_rows.many(rest, (micros(at), limit))

    def next_letter_at(self) -> datetime | None:
        """When the next queued letter may go out."""
        table = self.t.letter
        found = table.select(pw.fn.MIN(table.next_attempt)).where(table.state == LetterState.QUEUED.value).scalar()
        return moment(found)

    def waiting_digest(self, limit: int = 10_000) -> list[Letter]:
        """Letters that wait for their reader's next list."""
        return self._letter_rows.many("""WHERE "state" = 'digest' ORDER BY "id" LIMIT ?""", (limit,))

    def mark_letter(self, letter: int, **facts: Any) -> None:
        """Writes facts about a letter."""
        self._letter_rows.update(letter, facts)

    def raw_letter(self, letter: int) -> bytes | None:
        """A letter as it was sent, or None before that."""
        row = self.t.letter.select(self.t.letter.content).where(self.t.letter.id == letter).dicts().first()
        return bytes(row["content"]) if row and row["content"] is not None else None

    def letters_since(
        self, address: str, since: datetime, kinds: Sequence[str] | None = None, ticket: int | None = None
    ) -> int:
        """How many letters were written to an address since then, of all tickets or of one."""
        sql = """SELECT COUNT(*) FROM "letter" WHERE "address" = ? AND "created_at" >= ? AND "state" <> 'void'"""
        if kinds is not None:
            sql = f'{sql} AND "kind" IN ({marks(kinds)})'
        if ticket is not None:
            sql = f'{sql} AND "ticket" = ?'
        about = () if ticket is None else (ticket,)
        found = self._quick.first(sql, (address, micros(since), *(kinds or ()), *about))
        return int(found[0]) if found else 0

    def letters_between(self, address: str, start: datetime, end: datetime, kinds: Sequence[str]) -> int:
        """How many mails of these kinds go to an address in that span, by the time from which they may; no lists."""
        sql = 'SELECT COUNT(*) FROM "letter" WHERE "address" = ? AND "not_before" >= ? AND "not_before" < ? '
        rest = f"""AND "kind" IN ({marks(kinds)}) AND "state" NOT IN ('void', 'digest')"""
        found = self._quick.first(sql + rest, (address, micros(start), micros(end), *kinds))
        return int(found[0]) if found else 0

    def letters_to(self, address: str, start: datetime, end: datetime) -> list[Letter]:
        """The mails that go to an address in that span, by the time from which they may; no lists."""
        rest = (
            """WHERE "address" = ? AND "not_before" >= ? AND "not_before" < ? AND "state" NOT IN ('void', 'digest')"""
        )
        return self._letter_rows.many(rest, (address.lower(), micros(start), micros(end)))

    def lists_naming(self, number: str, since: datetime) -> list[Letter]:
        """The lists written since then that have a line about this ticket, oldest first; looks through all of them."""
        rest = """WHERE "kind" = 'digest' AND "ticket" IS NULL AND "created_at" >= ? AND "data" LIKE ? ORDER BY "id" """
        found = self._letter_rows.many(rest, (micros(since), f'%"{number}"%'))
        return [one for one in found if number in numbers_on(one)]

    def unsent(self, ticket: int) -> list[Letter]:
        """A ticket's letters that were not yet tried, or wait for a list."""
        waiting = """AND "state" IN ('queued', 'digest') AND "attempts" = 0"""
        return self._letter_rows.many(f'WHERE "ticket" = ? {waiting} ORDER BY "id"', (ticket,))

    # Chairs lent by mail

    def appoint(
        self, position: str, kind: str, deputy: str | None, start: date, until: date, by: str, at: datetime
    ) -> None:
        """Notes who stands in for a chair; it holds from its first day on, before what the city's table says."""
        self.t.acting.insert(
            position=position, kind=kind, deputy=deputy, start=start, until=until, by=by, at=at
        ).execute()
        self.set_counter("acting", str(int(self.counter("acting") or 0) + 1))

    def appointments(self, on: date) -> list[Appointment]:
        """Who stands in by mail on a day, oldest first; of a chair only the last word up to that day counts."""
        query = self.t.acting.select().where(self.t.acting.start <= on).order_by(self.t.acting.id)
        last = {row["position"]: row for row in query.dicts()}
        rows = ({k: v for k, v in row.items() if k != "id"} for row in last.values())
        return [Appointment(**row) for row in rows if row["deputy"] and row["until"] >= on]

    # Decisions

    def decide(self, **values: Any) -> None:
        """Keeps a routing decision as an example to learn from."""
        self._decision_rows.insert(values)

    def routed_by(self, ticket: int) -> str:
        """The version of the model that routed a ticket; empty where none did."""
        found = self._quick.first('SELECT "model" FROM "decision" WHERE "ticket" = ? ORDER BY "id" LIMIT 1', (ticket,))
        return str(found[0]) if found else ""

    def decisions(self) -> list[dict[str, Any]]:
        """Routing decisions, oldest first, as plain rows."""
        return list(self.t.decision.select().order_by(self.t.decision.id).dicts())
