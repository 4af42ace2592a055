"""Starts, stops, pauses and resumes a ticket's clocks as a row of the table says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from engine.calendar import Patience, Unit
from engine.calendar.working import JAKARTA
from engine.desk.world import World
from engine.letter import Letter
from engine.policy import SUPERVISION, Step
from engine.routing.route import Confidential
from engine.ticket import ClockName, State, Ticket
from engine.workflow import Transition

LETTER_CLOCKS = (ClockName.UNREAD, ClockName.UNANSWERED, ClockName.TRIAGE)


def turn(
    world: World, ticket: Ticket, row: Transition, at: datetime, asked: Letter | None, promised: date | None
) -> None:
    """Applies a row's clocks. `asked` is the letter whose unread clock begins, `promised` the date just given."""
    stop(world, ticket, row.stop, at, "void" if row.into else "met")  # under other rules nobody has kept them
    if row.event == "dispute":  # a new round: the rule's last day is counted anew
        stop(world, ticket, (ClockName.SETTLEMENT,), at, "met")
    for deadline in world.store.deadlines_of(ticket.id, row.pause, live=True):
        world.store.pause_deadline(deadline.id, at)
    for deadline in world.store.deadlines_of(ticket.id, row.resume, live=True):
        if deadline.state == "paused" and deadline.paused_at is not None:
            left = world.calendar.left(deadline.due_at, deadline.paused_at, deadline.patience.unit)
            world.store.resume_deadline(deadline.id, max(at, world.calendar.resume(left, at)))
    if any(clock in row.start for clock in LETTER_CLOCKS):
        wait(world, ticket, at, asked)
    for clock in row.start:
        if clock is ClockName.SILENCE and row.event == "accept" and _live(world, ticket, clock):
            continue  # an acknowledgement said twice wins no time
        if clock not in LETTER_CLOCKS:
            begin(world, ticket, clock, at, promised)


def _live(world: World, ticket: Ticket, clock: ClockName) -> bool:
    return bool(world.store.deadlines_of(ticket.id, (clock,), live=True))


def stop(world: World, ticket: Ticket, clocks: Sequence[ClockName], at: datetime, outcome: str) -> None:
    """Ends live clocks."""
    for deadline in world.store.deadlines_of(ticket.id, clocks, live=True):
        world.store.end_deadline(deadline.id, outcome, at)


def begin(world: World, ticket: Ticket, clock: ClockName, at: datetime, promised: date | None = None) -> None:
    """Begins one of the ticket's own clocks; one that runs and shall go on is left alone."""
    store = world.store
    live = store.deadlines_of(ticket.id, (clock,), live=True)
    if clock is ClockName.PROMISE:
        if promised is not None:
            _promise(world, ticket, at, promised)
        return
    if clock is ClockName.SETTLEMENT and live:
        return
    if clock is ClockName.SILENCE and store.deadlines_of(ticket.id, (ClockName.PROMISE,), live=True):
        stop(world, ticket, (ClockName.SILENCE,), at, "met")
        return
    for deadline in live:
        store.end_deadline(deadline.id, "void", at)
    patience = patience_of(world, ticket, clock)
    store.start(ticket.id, clock, patience, at, world.calendar.after(at, patience))


def patience_of(world: World, ticket: Ticket, clock: ClockName) -> Patience:
    """What the ticket's rules say for one of its own clocks."""
    policy = world.policy_of(ticket)
    return {
        ClockName.SETTLEMENT: _settlement(world, ticket),
        ClockName.SILENCE: policy.silence,
        ClockName.CITIZEN_SOON: policy.citizen_soon,
        ClockName.CITIZEN: policy.citizen,
        ClockName.CONFIRMATION: policy.confirmation,
        ClockName.DAILY: policy.daily,
    }[clock]


def _settlement(world: World, ticket: Ticket) -> Patience:
    """The rule's last day; once it has passed, the shorter time until it is asked for again."""
    policy = world.policy_of(ticket)
    earlier = world.store.deadlines_of(ticket.id, (ClockName.SETTLEMENT,))
    ended = [deadline.state for deadline in earlier if deadline.state in ("met", "missed")]
    if ended and ended[-1] == "missed":
        return policy.settlement_again
    topic = world.directory.topics.get(ticket.topic or "")
    unit = world.directory.units.get(ticket.unit or world.unit_of(ticket.holder))
    supervised = ticket.confidential is Confidential.SECRET or (unit is not None and unit.kind == "inspektorat")
    found = [topic.code, topic.severity] if topic else []
    return policy.settlement_of(*found[:1], *([SUPERVISION] if supervised else []), *found[1:])


def _promise(world: World, ticket: Ticket, at: datetime, promised: date) -> None:
    """A promised day ends at its close of business."""
    store, policy = world.store, world.policy_of(ticket)
    due = (
        world.calendar.closing(promised)
        if world.calendar.is_working_day(promised)
        else datetime.combine(promised, time(23, 59), JAKARTA)
    )
    stop(world, ticket, (ClockName.PROMISE, ClockName.PROMISE_SOON), at, "void")
    days = max(1, (promised - world.day(at)).days)
    store.start(ticket.id, ClockName.PROMISE, Patience(days, Unit.DAYS), at, max(due, at))
    soon = world.calendar.before(due, policy.promise_soon)
    if at < soon < due:
        store.start(ticket.id, ClockName.PROMISE_SOON, policy.promise_soon, at, soon)


def ladder_clock(ticket: Ticket) -> ClockName:
    """Which ladder the ticket climbs now."""
    return ClockName.TRIAGE if ticket.state == State.TRIAGE else ClockName.UNANSWERED


def next_step(world: World, ticket: Ticket) -> Step | None:
    """The ladder's next row, or None at the top."""
    steps = world.policy_of(ticket).ladder(ladder_clock(ticket))
    return steps[ticket.step] if ticket.step < len(steps) else None


def wait(world: World, ticket: Ticket, at: datetime, letter: Letter | None) -> None:
    """Starts the clocks of the ladder's next step; at the top the daily list's clock."""
    store = world.store
    stop(world, ticket, (*LETTER_CLOCKS, ClockName.DAILY), at, "void")
    step = next_step(world, ticket)
    if step is None:
        begin(world, ticket, ClockName.DAILY, at)
        return
    sent = max(at, letter.not_before) if letter else at
    due = _reached(world, ticket, step, sent)
    if due <= at:  # the rule's hour has passed already (a late restart): at once, not in the past
        due = at + timedelta(minutes=1)
    store.start(ticket.id, ladder_clock(ticket), step.unanswered, at, due)
    if step.unread is not None and letter is not None:
        store.start(ticket.id, ClockName.UNREAD, step.unread, at, world.calendar.after(sent, step.unread), letter.id)


def _reached(world: World, ticket: Ticket, step: Step, sent: datetime) -> datetime:
    """When a step is reached, if the letter before it goes out at `sent`. The 24 and 48 hours of a rule go on over a
    weekend, the letters wait for Monday: then whoever got the last one has the rule's respite, and no rung is skipped.
    """
    if step.since != "intake":
        return world.calendar.after(sent, step.unanswered)
    due = world.calendar.after(ticket.asked_at, step.unanswered)
    if step.to == "owner":
        return due
    return max(due, world.calendar.after(sent, world.policy_of(ticket).respite))


def answer_by(world: World, ticket: Ticket, at: datetime) -> datetime:
    """Until when the present holder is asked to answer: when the matter would go to a superior."""
    steps = world.policy_of(ticket).ladder(ladder_clock(ticket))
    step = next((step for step in steps[ticket.step :] if step.to != "owner"), steps[-1])
    return _reached(world, ticket, step, at)


def settled_by(world: World, ticket: Ticket) -> datetime | None:
    """The rule's last day for this ticket, or None when no such clock runs."""
    live = world.store.deadlines_of(ticket.id, (ClockName.SETTLEMENT,), live=True)
    return live[-1].due_at if live else None
