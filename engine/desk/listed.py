"""An answer to a list of reports: it has no report of its own, so its writer is shown how each of them is answered."""

from __future__ import annotations

from typing import Any

from engine.desk import letters
from engine.desk.world import World
from engine.event import Received
from engine.letter import Letter
from engine.store import Entry


def which(world: World, event: Received, letter: Letter) -> None:
    """Says plainly that nothing was done, and which reports of the list are meant to be answered how. The text is kept
    as the mail and in the history of none.
    """
    items = letter.data.get("items")
    still: list[dict[str, Any]] = [one for one in items if _open(world, one)] if isinstance(items, list) else []
    world.store.tell(Entry(event.at, None, letter.position or "?", "list_answered", mail=event.mail, letter=letter.id))
    data = {"items": still, "note": event.reading.text[:500]}
    letters.post_loose(
        world, letter.address, letter.name, "which", event.at, data, reader=letter.reader, position=letter.position
    )


def _open(world: World, item: object) -> bool:
    ticket = world.store.ticket_by_number(str(item.get("number"))) if isinstance(item, dict) else None
    return ticket is not None and world.workflow_of(ticket).is_open(ticket.state)
