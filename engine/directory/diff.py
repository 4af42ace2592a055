"""What changes between two directories, row by row and field by field, to be shown before an import is taken."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from engine.directory.model import Directory

_TABLES = ("units", "positions", "topics", "externals", "places")
_FILES = {"externals": "external"}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `kind` is added, removed or changed; `field`, `old` and `new` are set for changed only."""

    kind: str
    table: str
    key: str
    field: str = ""
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        where = f"{_FILES.get(self.table, self.table)}.csv {self.key}"
        if self.kind == "added":
            return f"+ {where}"
        if self.kind == "removed":
            return f"- {where}"
        return f"~ {where}: {self.field}: {self.old or '(kosong)'} -> {self.new or '(kosong)'}"


def diff(old: Directory, new: Directory) -> tuple[Change, ...]:
    """All changes from old to new: per table the removed, then the added, then the changed fields, in file order."""
    changes: list[Change] = []
    for table in _TABLES:
        before: dict[str, Any] = getattr(old, table)
        after: dict[str, Any] = getattr(new, table)
        changes += [Change("removed", table, key) for key in before if key not in after]
        changes += [Change("added", table, key) for key in after if key not in before]
        for key, row in after.items():
            if key in before and before[key] != row:
                changes += _fields(table, key, before[key], row)
    return tuple(changes)


def _fields(table: str, key: str, old: Any, new: Any) -> list[Change]:
    names = [f.name for f in fields(new)]
    pairs = [(name, getattr(old, name), getattr(new, name)) for name in names]
    return [Change("changed", table, key, name, _text(a), _text(b)) for name, a, b in pairs if a != b]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    if hasattr(value, "from_"):
        return f"{value.kind} {value.position} {value.from_ or '...'}..{value.to or '...'}"
    return str(value)
