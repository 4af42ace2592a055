"""What several commands need: the settings named on the command line, their database, a ticket by its number."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime

from engine.errors import SibadraError
from engine.store import Store
from engine.ticket import Ticket, find_number
from mail.settings import Settings, load


class NotFound(SibadraError):
    """What was asked for is not there."""


def settings(arguments: argparse.Namespace, *, secrets: bool = True) -> Settings:
    """The settings file of --config; without `secrets` for what only looks into the tables."""
    return load(arguments.config, secrets=secrets)


def store(found: Settings) -> Store:
    """The database of the settings; it must be there already."""
    if not found.database.exists():
        raise NotFound(f"{found.database}: no database there yet; start `sibadra serve` once")
    return Store.sqlite(found.database)


def ticket(tables: Store, word: str) -> Ticket:
    """A ticket by its number, C-2026-000123 or as it stands in addresses."""
    number = find_number(word)
    found = tables.ticket_by_number(number) if number else None
    if found is None:
        raise NotFound(f"{word}: no such ticket; `sibadra ticket list` shows them")
    return found


def calendar_day(text: str) -> date:
    """A day as an argument of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as YYYY-MM-DD, such as 2026-08-17") from None


def now() -> datetime:
    """The machine's time, aware."""
    return datetime.now(UTC)
