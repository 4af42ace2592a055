"""What helps the triage desk decide: the likeliest offices, best first, and who has had the matter already."""

from __future__ import annotations

from typing import Any

from engine.desk.world import World
from engine.ticket import Ticket

MOST = 3


def help_for(world: World, ticket: Ticket, named: str | None) -> dict[str, Any]:
    """The candidates for a letter to the desk about a ticket that comes (back) to it, and the way it went.

    `named` is the office or authority that whoever gave it back named (a position, unit or external code); it comes
    first. Then follow the routing's candidates, without those who have had the matter.
    """
    went = way(world, ticket)
    had = {step["position"] for step in went}
    first = _candidate(world, named, ["disebut oleh pengirim"]) if named else None
    found = [first] if first else []
    for one in _routed(world, ticket):
        again = first is not None and (one["external"], one["unit"]) == (first["external"], first["unit"])
        if not again and not (one["owner"] and one["owner"] in had):
            found.append(one)
    return {"candidates": found[:MOST], "went": went}


def way(world: World, ticket: Ticket) -> list[dict[str, str]]:
    """Through whose hands the ticket has gone: each office that gave it on, when, and what it wrote."""
    steps: list[dict[str, str]] = []
    holder = ""
    for entry in world.store.history_of(ticket.id):
        if entry.event in ("hand_over", "decline", "reassign") and holder:
            note = str(entry.data.get("note") or "")
            step = {"at": entry.at.isoformat(), "position": holder, "title": world.title(holder), "note": note[:500]}
            steps.append(step)
        if "holder" in entry.data and entry.to_state:
            holder = str(entry.data["holder"] or "")
    return steps


def _routed(world: World, ticket: Ticket) -> list[dict[str, Any]]:
    """The routing's candidates as they were told when the ticket was opened."""
    for entry in world.store.history_of(ticket.id):
        found = entry.data.get("candidates")
        if isinstance(found, list):
            return [dict(one) for one in found if isinstance(one, dict)]
    return []


def _candidate(world: World, code: str, reasons: list[str]) -> dict[str, Any] | None:
    directory = world.directory
    made: dict[str, Any] = {"unit": "", "owner": "", "external": "", "name": "", "title": "", "reasons": reasons}
    if code in directory.externals:
        return made | {"external": code, "name": directory.externals[code].name}
    if code in directory.positions:
        position = directory.positions[code]
        unit = directory.units[position.unit]
        return made | {"unit": unit.code, "owner": code, "name": unit.name, "title": position.title}
    if code in directory.units:
        return made | {"unit": code, "name": directory.units[code].name}
    return None
