"""Who of the city helps where somebody is in danger though the matter is another authority's, and which tickets are so.

To be told whose matter it is saves nobody: such a report is not closed with that authority's address, a chair of the
city's own has it as an emergency.
"""

from __future__ import annotations

from datetime import datetime

from engine.desk.world import World
from engine.routing.route import Candidate, Route
from engine.ticket import Ticket

CALLED = "called"
"""What the first step of such a ticket says in its history and to its letters."""


def rescuer(world: World, route: Route | None, at: datetime) -> Candidate | None:
    """The chair for an urgent report of an agency outside: the one of the rules' that routing thinks likeliest, else,
    if it is sure of the agency, their first. None for other reports, and where the triage desk has to say it.
    """
    if route is None or not route.urgent or not route.external:
        return None
    rules = world.rules_for(world.chosen(route, sure=False).name, at)
    chairs = [chair for chair in rules.emergency_positions if chair in world.directory.positions]
    likely = next((one for one in route.candidates if one.owner in chairs), None)
    if likely is not None or route.triage or not chairs:
        return likely
    return Candidate(None, world.unit_of(chairs[0]), chairs[0], None, 0.0)


def called(world: World, ticket: Ticket) -> bool:
    """Whether the city only helps in what is another authority's."""
    if not ticket.urgent or not ticket.external:
        return False
    return any(entry.data.get(CALLED) for entry in world.store.history_of(ticket.id))
