"""What a citizen has added to his report since his first mail: part of the whole matter for whoever gets it next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.store import Store
from engine.ticket import Ticket

TELLING = ("add", "inform", "dispute")
"""Events by which a citizen tells more."""
MOST, LONGEST = 10, 2_000
"""The newest so many, each so many characters; all of it stays in the history."""


def added(store: Store, ticket: Ticket, told: Sequence[int] = ()) -> list[dict[str, Any]]:
    """His later words, oldest first, as `at`, `note` and the `mail` (id) that brought them, whose files belong to it.

    `told` are mails whose words the letter tells by itself.
    """
    found = [
        {"at": entry.at.isoformat(), "note": str(entry.data.get("note") or "")[:LONGEST], "mail": entry.mail}
        for entry in store.history_of(ticket.id, "citizen")
        if entry.event in TELLING and entry.mail is not None and entry.mail not in told
    ]
    return found[-MOST:]
