"""Runs the few statements that every event needs as fixed SQL text, so that a database prepares each of them once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import peewee as pw


class Quick:
    """Fixed statements on one database: `?` stands for a parameter whatever the database writes there.

    Building a query object anew costs ten times what SQLite needs to answer it; here the text is the same each time.
    """

    def __init__(self, database: pw.Database) -> None:
        self._db = database
        self._sqlite = isinstance(database, pw.SqliteDatabase)
        self._texts: dict[str, str] = {}

    @property
    def locks(self) -> str:
        """What a SELECT says to keep its row for this transaction; SQLite's transactions are alone anyway."""
        return "" if self._sqlite else " FOR UPDATE"

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows, as the database gives them."""
        found: list[tuple[Any, ...]] = self._run(sql, parameters).fetchall()
        return found

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterable[tuple[Any, ...]]:
        """The rows one by one, for tables that may be long."""
        cursor: Iterable[tuple[Any, ...]] = self._run(sql, parameters)
        return cursor

    def first(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        found: tuple[Any, ...] | None = self._run(sql, parameters).fetchone()
        return found

    def change(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Runs a change; gives how many rows it touched."""
        return int(self._run(sql, parameters).rowcount)

    def insert(self, sql: str, parameters: Sequence[Any]) -> int:
        """Runs an INSERT; gives the new row's id."""
        if self._sqlite:
            return int(self._run(sql, parameters).lastrowid)
        found = self._run(f"{sql} RETURNING id", parameters).fetchone()
        return int(found[0])

    def _run(self, sql: str, parameters: Sequence[Any]) -> Any:
        if not self._sqlite:
            sql = self._texts.setdefault(sql, sql.replace("?", "%s"))
        return self._db.execute_sql(sql, parameters)  # type: ignore[no-untyped-call]
