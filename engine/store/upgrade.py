"""Brings the tables of an older version up to date in place, step by step; a step that fails changes nothing.

A step is SQL that every database of ours understands. A new table needs none: it is created when it is missing.
"""

from __future__ import annotations

import peewee as pw

from engine.store.tables import SCHEMA

STEPS: dict[int, tuple[str, ...]] = {
    2: (
        'ALTER TABLE "ticket" ADD COLUMN "hide_from_public" BOOLEAN NOT NULL DEFAULT FALSE',
        'ALTER TABLE "ticket" ADD COLUMN "hide_from_agency" BOOLEAN NOT NULL DEFAULT FALSE',
        """ALTER TABLE "ticket" ADD COLUMN "reported" VARCHAR(255) NOT NULL DEFAULT '' """,
        """UPDATE "ticket" SET "hide_from_public" = TRUE WHERE "confidential" = 'secret' """,
        """UPDATE "ticket" SET "hide_from_agency" = TRUE WHERE "confidential" <> 'none' """,
    ),
}
"""What leads to each schema from the one before it."""


def upgrade(database: pw.Database, found: int) -> None:
    """From the schema that was found to this version's; call inside the transaction that notes the new number."""
    for schema in range(found + 1, SCHEMA + 1):
        for statement in STEPS[schema]:
            database.execute_sql(statement)  # type: ignore[no-untyped-call]
