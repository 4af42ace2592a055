"""Climbs the ladder: a letter stayed unread or unanswered, so the next chair is written to, with who left what since
when.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.desk import clocks, letters
from engine.desk.moves import Given, context
from engine.desk.world import World
from engine.directory import LEADERS, Addressee, addressee, head_of
from engine.letter import Letter, LetterState, Reader
from engine.policy import Step
from engine.store import Entry
from engine.ticket import ClockName, Role, Ticket

PRESSED = ("task", "reminder", "escalation", "triage", "news", "promise_broken", "disputed", "citizen_answer")
"""Letters that wait for an answer of whoever got them."""


def climb(world: World, ticket: Ticket, at: datetime, why: str) -> Ticket:
    """Takes the ladder's next step that leads anywhere; at the top only the daily list goes on.

    `why` is unread, unanswered, triage or bounced. The row "climb" of the table must allow it.
    """
    world.workflow_of(ticket).step(world.situation(ticket, at), "climb", Role.CLOCK)
    rungs = world.rungs(ticket, at)
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
    """The rung a step means, above where the ticket stands; None if there is none, or that person was asked already.

    The head of the office may have been told as the superior before: then he takes over where he stands.
    """
    here = world.stands_at(ticket, rungs)
    asked = _asked(world, ticket)
    above = [i for i in range(here + 1, len(rungs)) if rungs[i].mailbox not in asked]
    if step.to == "superior":
        return next(iter(above), None)
    if step.to not in ("kepala", "induk"):
        return next((i for i in above if world.directory.positions[rungs[i].position].level == step.to), None)
    head = _head(world, rungs, induk=step.to == "induk")
    if head is None:
        return None
    if step.takes_over and head == here and rungs[head].position != ticket.holder and not world.in_triage(ticket):
        return head
    return head if head in above else None


def _asked(world: World, ticket: Ticket) -> set[str]:
    """The mailboxes that have been asked since the present owner was: nobody is asked twice for one silence."""
    return {
        letter.address
        for letter in world.store.letters_of(ticket.id)
        if letter.kind == "escalation"
        and not letter.data.get("told")
        and letter.created_at >= ticket.asked_at
        and letter.reader is not Reader.CITIZEN
    }


def _head(world: World, rungs: tuple[Addressee, ...], *, induk: bool) -> int | None:
    """The rung of the head of the owner's office; a kelurahan belongs to its kecamatan. `induk`: the office above."""
    units = world.directory.units
    unit = units.get(world.unit_of(rungs[0].asked))
    if unit is not None and unit.kind == "kelurahan":
        unit = units.get(unit.parent or "")
    head = head_of(world.directory, unit.code) if unit else None
    if induk:
        above = world.directory.positions.get(head.reports_to or "") if head else None
        head = above if above is not None and above.level not in LEADERS else None
    if head is None:
        return None
    return next((i for i, rung in enumerate(rungs) if head.id in (rung.position, rung.asked, *rung.passed)), None)


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
    takes_over = step.takes_over and not world.in_triage(ticket)
    changes: dict[str, Any] = {"rung": rung, "step": index + 1, "changed_at": at}
    if takes_over:
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
    data = context(world, moved, at, Given(), former) | {"why": why, "trail": trail, "takes_over": takes_over}
    if step.to == "owner":
        kind, person = "reminder", letters.chair(world, ticket.holder or world.desk, moved, at)
    else:
        kind, person = "escalation", letters.official(rungs[rung], moved)
    written = letters.post(world, person, kind, at, data, digest=step.digest)
    _tell(world, moved, rungs, step, rung, at, data, {person.address.lower()})
    waiting = written if written is not None and written.state is LetterState.QUEUED else None
    clocks.wait(world, moved, at, waiting)
    return moved


def _tell(
    world: World,
    ticket: Ticket,
    rungs: tuple[Addressee, ...],
    step: Step,
    rung: int,
    at: datetime,
    data: dict[str, Any],
    written: set[str],
) -> None:
    """Who is only told: the step's levels by a mail, all others on their lists; nobody twice."""
    positions = world.directory.positions
    mails = [r for level in step.tell for r in rungs if positions[r.position].level == level]
    listed: list[letters.To] = []
    if "below" in step.tell or step.takes_over:
        listed += [letters.official(r, ticket) for r in rungs[:rung]]
    if "head" in step.tell:
        head = _head(world, rungs, induk=False)
        listed += [letters.official(rungs[head], ticket)] if head is not None else []
    if "desk" in step.tell:
        listed.append(letters.chair(world, world.desk, ticket, at))
    if step.to != "owner" and not ticket.secret:
        listed += [letters.official(who, ticket) for who in _also(world, ticket, rungs[rung], at)]
    for to, mail in [*((letters.official(r, ticket), True) for r in mails), *((to, False) for to in listed)]:
        if to.address.lower() not in written:
            written.add(to.address.lower())
            told = {**data, "told": True, "takes_over": False, "words": []}
            letters.post(world, to, "escalation", at, told, digest=step.digest or not mail)


def _also(world: World, ticket: Ticket, rung: Addressee, at: datetime) -> list[Addressee]:
    """Who is told besides when the matter reaches this rung, by the policy."""
    directory, day = world.directory, world.day(at)
    chair = directory.positions[rung.position]
    unit = directory.units.get(chair.unit)
    found: list[Addressee] = []
    for also in world.policy_of(ticket).also:
        if chair.level not in also.at or (also.kinds and (unit is None or unit.kind not in also.kinds)):
            continue
        if also.tell == "induk":
            above = directory.positions.get(chair.reports_to or "")
            if above is not None and above.unit != chair.unit and above.level not in LEADERS:
                found.append(addressee(directory, above.id, day))
            continue
        found += [
            addressee(directory, p.id, day)
            for p in directory.positions.values()
            if p.unit == chair.unit and p.level == also.tell
        ]
    return found


def left_by_whom(world: World, ticket: Ticket) -> list[dict[str, str]]:
    """Who has been written to about this ticket and did not answer: title, kind, since when, whether it was opened."""
    trail = []
    for letter in world.store.letters_of(ticket.id):
        if letter.reader is Reader.CITIZEN or letter.kind not in PRESSED or letter.data.get("told"):
            continue
        if letter.answered_at is not None or letter.created_at < ticket.asked_at:
            continue
        if letter.state is LetterState.VOID and letter.error != ON_A_LIST:
            continue
        trail.append(_left(letter))
    return trail


ON_A_LIST = "on a list"
"""Why a line of a list is not sent as a letter of its own."""


def _left(letter: Letter) -> dict[str, str]:
    return {
        "title": letter.name,
        "kind": letter.kind,
        "since": (letter.sent_at or letter.not_before).isoformat(),
        "seen": letter.seen_at.isoformat() if letter.seen_at else "",
        "bounced": letter.bounced_at.isoformat() if letter.bounced_at else "",
        "absent": letter.auto_at.isoformat() if letter.auto_at else "",
    }


def daily(world: World, ticket: Ticket, at: datetime) -> None:
    """At the top: one line on the daily list of the chair the ticket has climbed to."""
    rungs = world.rungs(ticket, at)
    top = rungs[world.stands_at(ticket, rungs)]
    data = context(world, ticket, at, Given()) | {"why": ClockName.DAILY.value, "trail": left_by_whom(world, ticket)}
    letters.post(world, letters.official(top, ticket), "escalation", at, data, digest=True)
