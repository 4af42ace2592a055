"""Runs the few statements that every event needs as fixed SQL text, so that a database prepares each of them once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

import peewee as pw

from engine.calendar import Patience
from engine.message import Envelope
from engine.store.rows import Mail
from engine.store.tables import EPOCH, MICROSECOND, CodesField, DayField, InstantField, JsonField

T = TypeVar("T")


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

    def change_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Runs a change once for each row."""
        if self._sqlite and len(rows) > 1:
            self._db.connection().executemany(sql, rows)  # type: ignore[no-untyped-call]
            return
        for row in rows:
            self._run(sql, row)

    def insert(self, sql: str, parameters: Sequence[Any]) -> int:
        """Runs an INSERT; gives the new row's id."""
        if self._sqlite:
            return int(self._run(sql, parameters).lastrowid)
        found = self._run(f"{sql} RETURNING id", parameters).fetchone()
        return int(found[0])

    def _run(self, sql: str, parameters: Sequence[Any]) -> Any:
        if self._sqlite:
            return self._db.connection().execute(sql, parameters)  # type: ignore[no-untyped-call]
        sql = self._texts.setdefault(sql, sql.replace("?", "%s"))
        return self._db.execute_sql(sql, parameters)  # type: ignore[no-untyped-call]


class Shape(Generic[T]):
    """One table's rows as frozen values of one class, by fixed statements.

    Columns and their conversions are those of the model, so that a new column needs no word here. `special` makes a
    column's value from what the database gives (an enumeration of its text).
    """

    def __init__(
        self, quick: Quick, model: Any, cls: Callable[..., T], names: Sequence[str], special: Mapping[str, Any]
    ) -> None:
        self._quick = quick
        self._cls = cls
        self._names = tuple(names)
        fields = model._meta.fields
        self._fields = fields
        self._table = model._meta.table_name
        self._defaults = {field.name: value for field, value in model._meta.defaults.items()}
        self._readers = [
            (index, special.get(name) or fields[name].python_value)
            for index, name in enumerate(names)
            if name in special or _converts(fields[name])
        ]
        self._writers = {name: field.db_value for name, field in fields.items() if _converts(field)}
        listed = ", ".join(f'"{name}"' for name in names)
        self.select = f'SELECT {listed} FROM "{self._table}"'  # noqa: S608 - the model's own names
        self._texts: dict[tuple[str, ...], str] = {}

    def read(self, row: Sequence[Any]) -> T:
        """A row's value."""
        values = list(row)
        for index, convert in self._readers:
            if values[index] is not None:
                values[index] = convert(values[index])
        return self._cls(*values)

    def many(self, rest: str, parameters: Sequence[Any] = ()) -> list[T]:
        """The rows that fit `WHERE ... ORDER BY ...`."""
        read = self.read
        return [read(row) for row in self._quick.rows(f"{self.select} {rest}", parameters)]

    def one(self, rest: str, parameters: Sequence[Any]) -> T | None:
        """The first row that fits, or None."""
        row = self._quick.first(f"{self.select} {rest}", parameters)
        return None if row is None else self.read(row)

    def insert(self, values: Mapping[str, Any]) -> int:
        """Adds a row, the model's defaults where nothing is said; gives its id."""
        return self._insert(self._whole(values))

    def add(self, values: Mapping[str, Any], later: Callable[[int], Mapping[str, Any]] | None = None) -> T:
        """Adds a row and gives its value, as it would be read again; `later` are values that need the row's id."""
        plain = self._whole(values)
        row = plain["id"] = self._insert(plain)
        if later is not None:
            named = later(row)
            self.update(row, named)
            plain.update(zip(named, self._plain(named), strict=True))
        return self.read([plain.get(name) for name in self._names])

    def _insert(self, plain: Mapping[str, Any]) -> int:
        names = tuple(plain)
        text = self._texts.get(names)
        if text is None:
            listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
            text = f'INSERT INTO "{self._table}" ({listed}) VALUES ({marks})'  # noqa: S608 - the model's own names
            self._texts[names] = text
        return self._quick.insert(text, list(plain.values()))

    def _whole(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """All columns of a new row as the database takes them."""
        whole = {**self._plain_defaults(), **values}
        return dict(zip(whole, self._plain(whole), strict=True))

    def update(self, row: int, values: Mapping[str, Any]) -> int:
        """Writes some columns of a row; gives how many rows that were."""
        names = ("", *values)
        text = self._texts.get(names)
        if text is None:
            listed = ", ".join(f'"{name}" = ?' for name in values)
            text = f'UPDATE "{self._table}" SET {listed} WHERE "id" = ?'  # noqa: S608 - the model's own names
            self._texts[names] = text
        return self._quick.change(text, (*self._plain(values), row)) if values else 0

    def _plain_defaults(self) -> dict[str, Any]:
        return {name: value() if callable(value) else value for name, value in self._defaults.items()}

    def _plain(self, values: Mapping[str, Any]) -> list[Any]:
        writers = self._writers
        found = []
        for name, value in values.items():
            writer = writers.get(name)
            found.append(writer(value) if writer is not None else getattr(value, "value", value))
        return found


def _converts(field: Any) -> bool:
    """Whether a column's values differ between Python and the database."""
    return isinstance(field, InstantField | DayField | JsonField | CodesField | pw.BooleanField)


def marks(values: Sequence[object]) -> str:
    """The parameter marks of a list of values; an empty list fits nothing."""
    return ", ".join("?" * len(values)) or "NULL"


def micros(at: datetime) -> int:
    """An aware time as the tables hold it."""
    if at.tzinfo is None:
        raise ValueError("a naive datetime has no place in the tables")
    return (at - EPOCH) // MICROSECOND


@lru_cache(1000)
def patience(text: str) -> Patience:
    """A patience of its text; a policy has a few dozen of them."""
    return Patience.parse(text)


MAIL = (
    "id", "reverse_path", "recipients", "received_at", "peer", "protocol", "content", "sha256", "message_id", "state",
    "kind", "error", "ticket", "letter", "handled_at",
)  # fmt: skip
"""A mail's columns in the order in which `mail_of` takes them."""


def mail_of(
    number: int,
    reverse_path: str,
    recipients: list[str],
    received_at: datetime,
    peer: str,
    protocol: str,
    content: bytes,
    *rest: Any,
) -> Mail:
    """A mail of its columns."""
    return Mail(number, Envelope(reverse_path, tuple(recipients), received_at, peer, protocol), content, *rest)
