"""The running clocks of tickets and letters, as rows: started, paused, gone on with, ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import peewee as pw

from engine.calendar import Patience
from engine.store.connected import Connected
from engine.store.rows import Deadline
from engine.store.sql import Shape, marks, micros
from engine.store.tables import moment
from engine.ticket import ClockName


class Deadlines(Connected):
    """The deadlines' part of the store."""

    _deadline_rows: Shape[Deadline]

    def start(
        self, ticket: int, clock: ClockName, patience: Patience, at: datetime, due: datetime, letter: int | None = None
    ) -> Deadline:
        """Starts a clock; `patience` is kept so that a paused one can go on in its own unit."""
        row = self._deadline_rows.insert(
            {
                "ticket": ticket,
                "clock": clock,
                "patience": str(patience),
                "started_at": at,
                "due_at": due,
                "letter": letter,
            }
        )
        return Deadline(row, ticket, letter, clock, patience, "running", at, due, None, None)

    def deadline(self, deadline: int) -> Deadline | None:
        """A deadline by its id."""
        return self._deadline_rows.one('WHERE "id" = ?', (deadline,))

    def deadlines_of(
        self, ticket: int, clocks: Sequence[ClockName] = tuple(ClockName), live: bool = False
    ) -> list[Deadline]:
        """A ticket's deadlines, oldest first; `live` leaves the ended ones out."""
        rest = f'WHERE "ticket" = ? AND "clock" IN ({marks(clocks)})'
        if live:
            rest = f"""{rest} AND "state" IN ('running', 'paused')"""
        return self._deadline_rows.many(f'{rest} ORDER BY "id"', (ticket, *(clock.value for clock in clocks)))

    def newest(self, ticket: int) -> tuple[int, int]:
        """The ids of a ticket's newest deadline and letter, 0 where there is none."""
        deadline = self._quick.first('SELECT MAX("id") FROM "deadline" WHERE "ticket" = ?', (ticket,))
        letter = self._quick.first('SELECT MAX("id") FROM "letter" WHERE "ticket" = ?', (ticket,))
        return (deadline or (0,))[0] or 0, (letter or (0,))[0] or 0

    def due(self, at: datetime, limit: int) -> list[int]:
        """Running deadlines that have passed, longest overdue first."""
        sql = """SELECT "id" FROM "deadline" WHERE "state" = 'running' AND "due_at" <= ? """
        found = self._quick.rows(sql + 'ORDER BY "due_at", "id" LIMIT ?', (micros(at), limit))
        return [int(row[0]) for row in found]

    def next_due(self) -> datetime | None:
        """When the next running clock strikes."""
        table = self.t.deadline
        return moment(table.select(pw.fn.MIN(table.due_at)).where(table.state == "running").scalar())

    def end_deadline(self, deadline: int, state: str, at: datetime) -> bool:
        """Ends a live deadline as met, missed or void; False if it had already ended."""
        sql = 'UPDATE "deadline" SET "state" = ?, "ended_at" = ? WHERE "id" = ? '
        live = """AND "state" IN ('running', 'paused')"""
        return bool(self._quick.change(sql + live, (state, micros(at), deadline)))

    def pause_deadline(self, deadline: int, at: datetime) -> None:
        """Pauses a running clock."""
        sql = """UPDATE "deadline" SET "state" = 'paused', "paused_at" = ? WHERE "id" = ? AND "state" = 'running'"""
        self._quick.change(sql, (micros(at), deadline))

    def resume_deadline(self, deadline: int, due: datetime) -> None:
        """Lets a paused clock run on to a new end."""
        sql = """UPDATE "deadline" SET "state" = 'running', "paused_at" = NULL, "due_at" = ? """
        self._quick.change(sql + """WHERE "id" = ? AND "state" = 'paused'""", (micros(due), deadline))

    def revive_deadline(self, deadline: int) -> None:
        """Lets a clock that was ended or paused by mistake run on to its old end."""
        self._deadline_rows.update(deadline, {"state": "running", "paused_at": None, "ended_at": None})
