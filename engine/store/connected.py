"""What every part of the store stands on: the database, its fixed statements, its tables, and the transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import peewee as pw

from engine.store.sql import Quick
from engine.store.tables import Tables


class Connected:
    """A part of the store; the whole sets the attributes."""

    _db: pw.Database
    _quick: Quick
    t: Tables

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another transaction it is a savepoint."""
        if self._db.in_transaction():
            with self._db.savepoint():
                yield
        elif isinstance(self._db, pw.SqliteDatabase):
            with self._db.atomic("IMMEDIATE"):
                yield
        else:
            with self._db.atomic():
                yield

    @contextmanager
    def view(self) -> Iterator[None]:
        """The tables as they stand at the first reading, for reading much while others write; writers do not wait."""
        if isinstance(self._db, pw.SqliteDatabase):
            with self._db.atomic("DEFERRED"):
                yield
        else:
            with self.transaction():
                yield
