"""Climbs the ladder: a letter stayed unread or unanswered, so the next chair is written to, with who left what since
when.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.desk import clocks, letters
from engine.desk.moves import Given, context
from engine.desk.world import World
from engine.directory import Addressee, head_of, ladder
from engine.letter import LetterState, Reader
from engine.policy import Step
from engine.store import Entry
from engine.ticket import ClockName, Role, Ticket


def climb(world: World, ticket: Ticket, at: datetime, why: str) -> Ticket:
    """Takes the ladder's next step that leads anywhere; at the top only the daily list goes on.

    `why` is unread, unanswered, triage or bounced. The row "climb" of the table must allow it.
    """
    world.workflow_of(ticket).step(world.situation(ticket, at), "climb", Role.CLOCK)
    rungs = ladder(world.directory, ticket.owner or world.desk, world.day(at))
    if world.in_triage(ticket):
        rungs = ladder(world.directory, world.desk, world.day(at))
    steps = world.policy_of(ticket).ladder(clocks.ladder_clock(ticket))
    for index in range(ticket.step, len(steps)):
        step = steps[index]
        if why == "bounced" and step.to == "owner":
            continue  # nobody reads that mailbox: a reminder to it would be lost too
        rung = ticket.rung if step.to == "owner" else _rung(world, ticket, rungs, step)
        if rung is not None:
            return _take(world, ticket, rungs, step, index, rung, at, why)
    moved = world.store.change(ticket, step=len(steps))
    clocks.wait(world, moved, at, None)
    return moved


def _rung(world: World, ticket: Ticket, rungs: tuple[Addressee, ...], step: Step) -> int | None:
    """The rung a step means, strictly above where the ticket stands; None if there is none."""
    above = range(ticket.rung + 1, len(rungs))
    if step.to == "superior":
        return next(iter(above), None)
    positions = world.directory.positions
    if step.to == "kepala":  # the head of the owner's unit, whatever the post is called there
        owner = positions.get(world.desk if world.in_triage(ticket) else ticket.owner or world.desk)
        head = head_of(world.directory, owner.unit) if owner else None
        wanted = {head.id} if head else set()
        return next((i for i in above if rungs[i].position in wanted or rungs[i].asked in wanted), None)
    return next((i for i in above if positions[rungs[i].position].level == step.to), None)


def _take(
    world: World,
    ticket: Ticket,
    rungs: tuple[Addressee, ...],
    step: Step,
    index: int,
    rung: int,
    at: datetime,
    why: str,
) -> Ticket:
    former = ticket.holder
    changes: dict[str, Any] = {"rung": rung, "step": index + 1, "changed_at": at}
    if step.takes_over and not world.in_triage(ticket):
        changes["holder"] = rungs[rung].position
    trail = left_by_whom(world, ticket)
    moved = world.store.change(ticket, **changes)
    world.store.tell(
        Entry(
            at,
            ticket.id,
            "clock",
            "climb",
            ticket.state,
            moved.state,
            data={"why": why, "step": step.to, "rung": rung, "holder": moved.holder},
        )
    )
    data = context(world, moved, at, Given(), former) | {"why": why, "trail": trail, "takes_over": step.takes_over}
    if step.to == "owner":
        kind, person = "reminder", letters.chair(world, ticket.holder or world.desk, moved, at)
    else:
        kind, person = "escalation", letters.official(rungs[rung], moved)
    positions = world.directory.positions
    for level in step.tell:
        found = next((r for r in rungs if positions[r.position].level == level), None)
        if found is not None:
            told = letters.official(found, moved)
            letters.post(world, told, "escalation", at, data | {"told": True}, digest=step.digest)
    written = letters.post(world, person, kind, at, data, digest=step.digest)
    if step.takes_over and former and former != moved.holder:
        letters.write(world, moved, "handed_over", "former", at, data, former=former)
    waiting = written if written is not None and written.state is LetterState.QUEUED else None
    clocks.wait(world, moved, at, waiting)
    return moved


def left_by_whom(world: World, ticket: Ticket) -> list[dict[str, str]]:
    """Who has been written to about this ticket and did not answer: title, kind, since when, whether it was opened."""
    trail = []
    for letter in world.store.letters_of(ticket.id):
        if letter.reader is Reader.CITIZEN or letter.kind not in ("task", "reminder", "escalation", "triage", "news"):
            continue
        if letter.answered_at is not None or letter.state is LetterState.VOID or letter.created_at < ticket.asked_at:
            continue
        trail.append(
            {
                "title": letter.name,
                "kind": letter.kind,
                "since": (letter.sent_at or letter.not_before).isoformat(),
                "seen": letter.seen_at.isoformat() if letter.seen_at else "",
                "bounced": letter.bounced_at.isoformat() if letter.bounced_at else "",
                "absent": letter.auto_at.isoformat() if letter.auto_at else "",
            }
        )
    return trail


def daily(world: World, ticket: Ticket, at: datetime) -> None:
    """At the top: one line on the daily list of the chair the ticket has climbed to."""
    rungs = ladder(world.directory, ticket.owner or world.desk, world.day(at))
    top = rungs[min(ticket.rung, len(rungs) - 1)]
    data = context(world, ticket, at, Given()) | {"why": ClockName.DAILY.value, "trail": left_by_whom(world, ticket)}
    letters.post(world, letters.official(top, ticket), "escalation", at, data, digest=True)
