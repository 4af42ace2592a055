"""Keeps what people decide about a ticket's office, so that routing can be measured by it and learn from it."""

from __future__ import annotations

from datetime import datetime

from engine.desk.rescue import called
from engine.desk.world import World
from engine.routing.decided import UNDO
from engine.ticket import Role, Ticket

DECIDES = ("route", "reassign", "hand_over", "outside", "reject", "decline", "finish")
"""Events in which a person says whose matter it is; to finish it is to say that it was one's own."""
PEOPLE = (Role.DESK, Role.HOLDER, Role.SUPERIOR)


def decided(world: World, ticket: Ticket, event: str, role: Role, by: str | None, at: datetime) -> None:
    """Keeps the decision in the ticket's present form, with the model that it confirms or corrects; events of other
    kinds and by others are no decisions. Who of the city helps in what is another authority's does not say whose it is.
    """
    if event not in DECIDES or role not in PEOPLE:
        return
    if event != "outside" and called(world, ticket):
        return
    named = event in ("route", "reassign", "hand_over", "finish")
    world.store.decide(
        at=at,
        ticket=ticket.id,
        by=by or role.value,
        said={"event": event},
        topic=ticket.topic if event == "finish" else None,
        unit=ticket.unit if named else None,
        owner=ticket.owner if named else None,
        external=ticket.external if event == "outside" else None,
        model=world.store.routed_by(ticket.id),
    )


def taken_back(world: World, ticket: Ticket, event: str, by: str | None, at: datetime) -> None:
    """Keeps that a person took his last decision back; moves of other kinds were none."""
    if event in DECIDES:
        said = {"event": UNDO}
        world.store.decide(at=at, ticket=ticket.id, by=by or "", said=said, model=world.store.routed_by(ticket.id))
