"""The two switches of a ticket, and each look at who wrote it: every change and every look is a row of the history."""

from __future__ import annotations

from engine.desk.world import World
from engine.errors import NotAllowed
from engine.event import Hidden, Looked
from engine.store import Entry
from engine.ticket import Ticket


def looked(world: World, event: Looked) -> Ticket:
    """Notes who was shown the reporter and why. Raises NotAllowed without a reason."""
    ticket = _ticket(world, event)
    _tell(world, ticket, event, "look", {})
    return ticket


def hide(world: World, event: Hidden) -> Ticket:
    """Sets the switches that are given; one that stands so already changes nothing and tells nothing."""
    ticket = _ticket(world, event)
    wanted = {"hide_from_public": event.public, "hide_from_agency": event.agency}
    changes = {name: on for name, on in wanted.items() if on is not None and on != getattr(ticket, name)}
    if not changes:
        return ticket
    _tell(world, ticket, event, "hide", changes)
    return world.store.change(ticket, **changes)


def _ticket(world: World, event: Looked | Hidden) -> Ticket:
    ticket = world.store.ticket(event.ticket)
    if ticket is None:
        raise KeyError(f"no ticket {event.ticket}")
    if not event.reason.strip():
        raise NotAllowed("say why: a reason is kept in the history")
    return ticket


def _tell(world: World, ticket: Ticket, event: Looked | Hidden, name: str, data: dict[str, bool]) -> None:
    said = {"reason": event.reason.strip(), **data}
    world.store.tell(Entry(event.at, ticket.id, event.clerk, name, ticket.state, ticket.state, data=said))
