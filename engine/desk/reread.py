"""Whom the reports of a ticket accuse, read once more when somebody is about to give it away: what was noted when they
came in, and what their texts say of the chair that would get it.
"""

from __future__ import annotations

from datetime import datetime

from engine.desk.charged import charged
from engine.desk.world import World
from engine.store import Entry
from engine.ticket import State, Ticket


def reread(world: World, ticket: Ticket, target: str | None) -> tuple[str, ...]:
    """The chairs and units that the ticket, or one joined to it, accuses; `target` is the chair that would get it."""
    found: list[str] = []
    for one in (ticket, *world.store.joined(ticket.id, State.JOINED)):
        found += one.reported
        for text in _texts(world, one):
            found += charged(world.directory, text, one, target)[0]
    return tuple(dict.fromkeys(found))


def noted(world: World, ticket: Ticket, target: str | None, at: datetime) -> Ticket:
    """The ticket with those whom its texts turn out to accuse, which is a row of its history."""
    found = reread(world, ticket, target)
    if set(found) <= set(ticket.reported):
        return ticket
    ticket = world.store.change(ticket, reported=found)
    data = {"reported": list(found), "reasons": []}
    world.store.tell(Entry(at, ticket.id, "engine", "charge", ticket.state, ticket.state, data=data))
    return ticket


def _texts(world: World, ticket: Ticket) -> list[str]:
    """The report and what its reporter added."""
    notes = [str(e.data.get("note") or "") for e in world.store.history_of(ticket.id) if e.actor == "citizen"]
    return [f"{ticket.subject}\n{ticket.text}", *(note for note in notes if note and note != ticket.text)]
