"""When a new directory no longer knows a chair: what it held goes to the chair that has its mailbox now, else to the
nearest chair above that is still there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.desk.moves import Given, move
from engine.desk.world import World
from engine.directory import Directory, by_mailbox, head_of
from engine.store import Entry, Store
from engine.ticket import Role, State, Ticket


@dataclass(frozen=True, slots=True)
class Orphan:
    """A ticket whose holder is gone; `heir` is who gets it, None for the desk."""

    ticket: Ticket
    heir: str | None


def orphans(store: Store, old: Directory, new: Directory) -> list[Orphan]:
    """Open tickets whose holder the new directory does not know, oldest first, and who gets each."""
    gone = [holder for holder in store.holders() if holder not in new.positions]
    return [Orphan(ticket, heir(old, new, ticket.holder or "", ticket.unit)) for ticket in store.held_by(gone)]


def heir(old: Directory, new: Directory, position: str, unit: str | None) -> str | None:
    """Who has the mailbox now (the chair was renamed), else the nearest chair above by the old directory that the new
    one still has, else the head of the unit.
    """
    seen = {position}
    current = old.positions.get(position)
    renamed = by_mailbox(new, current.mailbox) if current else None
    if renamed is not None:
        return renamed.id
    while current is not None and current.reports_to and current.reports_to not in seen:
        if current.reports_to in new.positions:
            return current.reports_to
        seen.add(current.reports_to)
        current = old.positions.get(current.reports_to)
    head = head_of(new, unit or "")
    return head.id if head else None


def pass_on(world: World, old: Directory, at: datetime) -> list[Ticket]:
    """Moves every orphan by its row of the table; gives them as they are now. `world` has the new directory."""
    moved = []
    for orphan in orphans(world.store, old, world.directory):
        ticket, given = orphan.ticket, Given(target=orphan.heir, actor_position="engine")
        if ticket.state == State.DONE:  # nobody owes anything now: only whom a dispute would go to
            changed = world.store.change(ticket, holder=orphan.heir or world.desk, owner=orphan.heir or world.desk)
            data = {"holder": changed.holder}
            world.store.tell(Entry(at, ticket.id, "engine", "vacated", ticket.state, ticket.state, data=data))
            moved.append(changed)
        else:
            moved.append(move(world, ticket, "vacated" if orphan.heir else "unassigned", Role.MACHINE, at, given))
    return moved
