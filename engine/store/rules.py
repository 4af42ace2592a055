"""The versions of the rules that have held, as the tables keep them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.store.connected import Connected
from engine.store.sql import micros
from engine.store.tables import json_of, json_text


class KeptRules(Connected):
    """The rules' part of the store: a version is added, never changed."""

    def kept_rules(self) -> dict[str, Any]:
        """Every version with its content, oldest first."""
        found = self._quick.rows('SELECT "version", "content" FROM "rules" ORDER BY "kept_at", "version"')
        return {str(version): json_of(content) for version, content in found}

    def keep_rules(self, version: str, content: object, at: datetime) -> None:
        """Adds a version that is not there yet."""
        sql = 'INSERT INTO "rules" ("version", "content", "kept_at") VALUES (?, ?, ?)'
        self._quick.change(sql, (version, json_text(content), micros(at)))
