"""Puts open tickets under newer rules, where the city says that these hold for open tickets too."""

from __future__ import annotations

from datetime import datetime

from engine.calendar import Left, Patience, Unit
from engine.calendar.patience import SECONDS
from engine.desk import clocks
from engine.desk.climb import PRESSED
from engine.desk.world import World
from engine.policy import RUNGS, Policy, Step
from engine.store import Deadline, Entry
from engine.ticket import ClockName, Ticket

OWN = (ClockName.SETTLEMENT, ClockName.SILENCE, ClockName.CITIZEN_SOON, ClockName.CITIZEN, ClockName.CONFIRMATION)
"""The ticket's own clocks whose number may change while they run; a promised day stays that day."""
GRACE = Patience(1, Unit.WORKING_DAYS)
"""What is left at least, where a shorter number has passed already: nobody is late overnight by a change of rules."""


def renew(world: World, at: datetime) -> list[Ticket]:
    """Renews every open ticket that was opened before the newest rules that hold for open tickets; gives them.

    Each has a row in the history that names both versions. The ladder's wait begins anew under the new rules, or goes
    on from the intake where a rung counts from there; the ticket's own clocks gain or lose the difference.
    """
    moved = []
    for workflow, policies in world.rules.items():
        begun = [one for one in policies if one.valid_from <= world.day(at) and one.open_tickets]
        if not begun:
            continue
        for ticket in world.store.open_tickets(
            workflow, [info.name for info in world.workflows[workflow].states if info.open]
        ):
            if world.day(ticket.opened_at) < begun[-1].valid_from and _older(world, ticket, begun[-1]):
                moved.append(_renewed(world, ticket, begun[-1], at))
    return moved


def _older(world: World, ticket: Ticket, policy: Policy) -> bool:
    """Whether the ticket's rules are older than these; rules of a later day are never taken back."""
    return ticket.rules != policy.version and world.policy_of(ticket).valid_from < policy.valid_from


def _renewed(world: World, ticket: Ticket, policy: Policy, at: datetime) -> Ticket:
    store = world.store
    clock = clocks.ladder_clock(ticket)
    old, new = (one.ladders.get(clock, ()) for one in (world.policy_of(ticket), policy))
    moved = store.change(ticket, rules=policy.version, step=_step(old[: ticket.step], new))
    store.tell(Entry(at, ticket.id, "engine", "rules", data={"from": ticket.rules, "to": policy.version}))
    live = store.deadlines_of(ticket.id, live=True)
    if any(one.clock in (*clocks.LETTER_CLOCKS, ClockName.DAILY) and one.state == "running" for one in live):
        clocks.wait(world, moved, at, store.last_letter(ticket.id, PRESSED, ticket.holder))
    for deadline in live:
        if deadline.clock in OWN:
            patience = clocks.patience_of(world, moved, deadline.clock)
            if patience != deadline.patience:
                _exchange(world, deadline, patience, at)
    return moved


def _step(climbed: tuple[Step, ...], new: tuple[Step, ...]) -> int:
    """The new ladder's next row: the first above all rungs that were climbed."""
    highest = max((RUNGS.index(step.to) for step in climbed), default=-1)
    return sum(RUNGS.index(step.to) <= highest for step in new)


def _exchange(world: World, old: Deadline, patience: Patience, at: datetime) -> None:
    """A clock with another number: what has been used of the old one is used of the new one."""
    store, calendar = world.store, world.calendar
    since = old.paused_at or at
    left = calendar.left(old.due_at, since, old.patience.unit)
    if patience.unit is old.patience.unit:
        by = 1 if patience.unit is Unit.WORKING_DAYS else SECONDS[patience.unit]
        left = Left(max(0, left.amount + (patience.amount - old.patience.amount) * by), patience.unit)
        due = calendar.resume(left, since)
    else:
        due = calendar.after(old.started_at, patience)
    due = max(due, min(old.due_at, calendar.after(since, GRACE)))
    store.end_deadline(old.id, "void", at)
    new = store.start(old.ticket, old.clock, patience, old.started_at, due, old.letter)
    if old.state == "paused" and old.paused_at is not None:
        store.pause_deadline(new.id, old.paused_at)
