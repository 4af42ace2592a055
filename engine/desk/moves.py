"""Moves a ticket along one row of its table: assignment, state, letters, clocks and history in one go."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from engine.desk import clocks, learned, letters, matter, triage
from engine.desk.letters import To
from engine.desk.reread import reread
from engine.desk.rescue import CALLED, called
from engine.desk.world import World
from engine.directory import LEADERS
from engine.errors import NotAllowed
from engine.letter import Letter, Reader
from engine.store import Entry
from engine.ticket import ClockName, Role, State, Ticket
from engine.workflow import BEFORE, SAME, Transition

PEOPLE = (Role.DESK, Role.HOLDER, Role.SUPERIOR)
"""Who may name a chair, and is told when the report is about it."""
SWITCHED = ("hide_from_public", "hide_from_agency", "reported")
"""What of a ticket says from whom it is hidden."""


@dataclass(frozen=True, slots=True)
class Given:
    """What comes with a command.

    `note` is the writer's text, `target` a position id for assignments or an external code, `ticket` another ticket's
    id; `actor` is who said it (as a reader for the answer), `actor_position` the chair. `explicit` is False for what
    was read from free prose.
    """

    note: str = ""
    reason: str = ""
    target: str | None = None
    date: date | None = None
    ticket: int | None = None
    rating: int | None = None
    mail: int | None = None
    letter: int | None = None
    actor: To | None = None
    actor_position: str | None = None
    explicit: bool = True
    data: dict[str, Any] = field(default_factory=dict)


class Incomplete(NotAllowed):
    """A command lacks what it needs; `missing` names it (reason, date, target, ticket)."""

    def __init__(self, event: str, missing: tuple[str, ...]) -> None:
        self.event, self.missing = event, missing
        super().__init__(f"{event}: missing {', '.join(missing)}")


class Accused(NotAllowed):
    """The report is about the chair that would get it, or about one above; `target` is that chair."""

    def __init__(self, event: str, target: str) -> None:
        self.target = target
        super().__init__(f"{event}: the report is about {target}")


def move(world: World, ticket: Ticket, event: str, role: Role, at: datetime, given: Given) -> Ticket:
    """One step of the table. Raises NotAllowed (nothing has happened then) or Incomplete."""
    former = ticket.holder
    row = world.workflow_of(ticket).step(
        world.situation(
            ticket,
            at,
            sent_back=_sent_back(world, ticket, given.target),
            against=given.target if event == "conceal" else None,
            by=given.actor_position,
        ),
        event,
        role,
    )
    getting = _getting(world, row, given) if role in PEOPLE else None
    if getting is not None and world.barred(replace(ticket, reported=reread(world, ticket, getting)), getting):
        raise Accused(event, getting)
    missing = tuple(need for need in row.needs if not getattr(given, need))
    if missing:
        raise Incomplete(event, missing)
    changes = _changes(world, ticket, row, at, given)
    changes |= _asked_later(world, ticket, row, at)
    moved = world.store.change(ticket, **changes)
    world.store.tell(
        Entry(
            at,
            ticket.id,
            given.actor_position or role.value,
            event,
            ticket.state,
            moved.state,
            mail=given.mail,
            letter=given.letter,
            data=_told(given, moved, undo={} if given.explicit else _undo(world, ticket, changes))
            | {name: changes[name] for name in SWITCHED if name in changes},
        )
    )
    if "reported" in changes:
        letters.withhold(world, moved)
    _recall(world, moved, row)
    # Clocks that the letters speak of (until when, settled by) must run before the letters are written.
    clocks.turn(world, moved, _without_letters(row), at, None, given.date)
    written = _letters(world, moved, row, at, given, former, role)
    if any(clock in row.start for clock in clocks.LETTER_CLOCKS):
        clocks.wait(world, moved, at, _asked(written))
    keep_a_clock(world, moved, at)
    learned.decided(world, moved, row.event, role, given.actor_position, at)
    if row.event == "join":
        _accuse(world, moved)
        if moved.urgent:
            endangered(world, moved, moved.text, at)
        matter.joined(world, moved, at, lambda main: context(world, main, at, Given()))
    elif ticket.state == State.JOINED and moved.joined_to != ticket.joined_to:
        matter.left(world, ticket, moved, row.event, at)
    if moved.hide_from_public and not ticket.hide_from_public:
        apart(world, moved, at)
    return moved


def _getting(world: World, row: Transition, given: Given) -> str | None:
    """The chair that gets to read the report by this step: whom it is given to, who takes it, who has the other one."""
    if row.event in ("join", "rejoin"):
        main = world.store.ticket(given.ticket or 0)
        return (main.holder or main.owner) if main is not None else None
    return {"target": given.target, "actor": given.actor_position}.get(row.assign or "")


def may(world: World, ticket: Ticket, event: str, role: Role, at: datetime) -> bool:
    """Whether the ticket's table has a row for that now."""
    return event in world.workflow_of(ticket).allowed(world.situation(ticket, at), role)


def _accuse(world: World, joined: Ticket) -> None:
    """What hangs on a report that accuses somebody passes him by as well."""
    main = world.store.ticket(joined.joined_to or 0)
    if main is not None and not set(joined.reported) <= set(main.reported):
        both = tuple(dict.fromkeys((*main.reported, *joined.reported)))
        letters.withhold(world, world.store.change(main, reported=both))


def endangered(world: World, by: Ticket, danger: str, at: datetime, likely: int | None = None) -> bool:
    """Who is in danger does not wait for the clocks of a matter in which nobody was: it becomes an emergency.

    `danger` is what the citizen of the joined report wrote of it; `likely` is the ticket that a report which is not
    joined is likely about. Gives whether the matter was raised by it.
    """
    main = world.store.ticket(likely or by.joined_to or 0)
    if main is None or main.urgent or not may(world, main, "raise", Role.ROUTING, at):
        return False
    danger = "" if by.hide_from_agency else danger
    data = {
        "raised_by": by.number,
        "danger": danger,
        "others": matter.others(world.store, main),
        "likely": bool(likely),
    }
    move(world, main, "raise", Role.ROUTING, at, Given(actor_position="engine", data=data))
    return True


def apart(world: World, main: Ticket, at: datetime) -> None:
    """What is hidden from the public tells other citizens nothing: the reports joined to it go their own way again."""
    for one in matter.members(world.store, main):
        move(world, one, "split", Role.DESK, at, Given(actor_position="engine"))


def _asked_later(world: World, ticket: Ticket, row: Transition, at: datetime) -> dict[str, Any]:
    """A ladder that paused counts from as much later as it stood still."""
    paused = [d.paused_at for d in world.store.deadlines_of(ticket.id, clocks.LETTER_CLOCKS, live=True) if d.paused_at]
    if not paused or not set(row.resume) & set(clocks.LETTER_CLOCKS):
        return {}
    return {"asked_at": ticket.asked_at + (at - min(paused))}


def _recall(world: World, ticket: Ticket, row: Transition) -> None:
    """What pressed for an answer is not sent any more once it is there; nor is a task that has moved on or ended."""
    if set(row.stop) & {ClockName.UNANSWERED, ClockName.TRIAGE}:
        letters.recall(world, ticket, letters.LADDER, "answered before it was sent")
    if row.assign or (row.to != SAME and not world.workflow_of(ticket).is_open(ticket.state)):
        tasks = ("task", "triage", "disputed", "citizen_answer", "citizen_comment", "superior_comment")
        letters.recall(world, ticket, tasks, "no longer this reader's task")


def _without_letters(row: Transition) -> Transition:
    start = tuple(clock for clock in row.start if clock not in clocks.LETTER_CLOCKS)
    return Transition(row.states, row.event, row.by, row.to, (), row.stop, start, row.pause, row.resume)


def _sent_back(world: World, ticket: Ticket, target: str | None) -> bool:
    """Whether the target has had this task before."""
    if target is None:
        return False
    return any(letter.kind == "task" and letter.position == target for letter in world.store.letters_of(ticket.id))


def _changes(world: World, ticket: Ticket, row: Transition, at: datetime, given: Given) -> dict[str, Any]:
    changes: dict[str, Any] = {"changed_at": at}
    target = row.to
    if target == BEFORE:
        target = ticket.before or State.FORWARDED
    if target != SAME:
        changes["state"] = target
        if target == State.NEED_INFO:
            changes["before"] = ticket.state if ticket.state != State.NEED_INFO else ticket.before
    workflow = world.workflow_of(ticket)
    final = changes.get("state", ticket.state)
    if not workflow.is_open(final):
        changes |= {"holder": None, "closed_at": at, "rung": ticket.rung}
    elif not workflow.is_open(ticket.state):
        changes["closed_at"] = None
        changes["holder"] = world.known(ticket.owner, ticket)
    if row.event in ("veil", "conceal"):
        changes |= _switched(ticket, row.event, given)
    changes |= _assignment(world, replace(ticket, reported=changes.get("reported", ticket.reported)), row, at, given)
    if set(row.stop) & {ClockName.UNANSWERED, ClockName.TRIAGE} and "owner" not in changes:
        changes |= {"step": 0} | ({} if not workflow.is_open(final) else {"rung": 0})
    if any(clock in row.start for clock in clocks.LETTER_CLOCKS):
        changes |= {"asked_at": at, "step": 0}
    if given.date is not None and ClockName.PROMISE in row.start:
        changes["promised"] = given.date
    if given.rating is not None:
        changes["rating"] = given.rating
    if row.event == "dispute":
        changes["disputes"] = ticket.disputes + 1
    if row.event in ("hand_over", "decline"):
        changes["hops"] = ticket.hops + 1
    if row.event in ("join", "rejoin"):
        changes["joined_to"] = given.ticket
    if ticket.state == State.JOINED and workflow.is_open(final):
        changes["joined_to"] = None  # one that ends while it is joined still counts as a report of the matter
    if row.event == "outside":
        changes["external"] = given.target
    if row.into:  # its table and clocks; what it was opened as stays
        urgent = "urgent" in world.workflows[row.into].takes
        changes |= {"rules": world.rules_for(row.into, at).version, "urgent": urgent}
    return changes


def _switched(ticket: Ticket, event: str, given: Given) -> dict[str, Any]:
    """SAMARKAN hides who wrote it, SAMARKAN PUBLIK the report from others, RAHASIAKAN both; a unit or chair that is
    named with it is accused.
    """
    if event == "veil":
        public = given.reason.strip().lower().startswith("publik")
        return {"hide_from_public": True} if public else {"hide_from_agency": True}
    changes: dict[str, Any] = {"hide_from_public": True, "hide_from_agency": True}
    if given.target and given.target not in ticket.reported:
        changes["reported"] = (*ticket.reported, given.target)
    return changes


def _assignment(world: World, ticket: Ticket, row: Transition, at: datetime, given: Given) -> dict[str, Any]:
    """Who holds it from now on; a new owner starts at the foot of his own ladder."""
    who: str | None
    if row.assign == "target":
        who = given.target
    elif row.assign == "desk":
        return {"holder": world.desk, "rung": 0, "step": 0}
    elif row.assign == "first":
        first = world.store.ticket(ticket.joined_to or 0)
        who = (first.holder or first.owner if first else None) or world.desk
    elif row.assign == "actor":
        who = given.actor_position
    elif row.assign == "inspectorate":
        who = world.inspector(ticket, at)
    elif row.assign in ("superior", "asisten"):
        foot = world.known(ticket.holder or ticket.owner or world.desk, ticket)
        rungs = world.ladder(ticket, foot, at)
        above = list(rungs[1:]) or list(rungs)
        if row.assign == "asisten":
            levels = {rung: world.directory.positions[rung.position].level for rung in above}
            leaders = [rung for rung in above if levels[rung] in LEADERS]
            above = [rung for rung in leaders if levels[rung] == "asisten"] or leaders or above[-1:]
        who = above[0].position
    else:
        return {}
    if world.barred(ticket, who):
        who = world.inspector(ticket, at)
    found = world.directory.positions.get(who or "")
    unit = {"unit": found.unit} if found else {}
    return {"holder": who, "owner": who, "rung": 0, "step": 0, **unit}


def _undo(world: World, ticket: Ticket, changes: dict[str, Any]) -> dict[str, Any]:
    """What the changed fields were and which clocks and letters stood, so that a move read from prose can be taken
    back.
    """
    fields = (
        "state", "before", "holder", "owner", "unit", "rung", "step", "hops", "disputes", "external", "joined_to",
        "urgent", "rules",
    )  # fmt: skip
    kept: dict[str, Any] = {name: getattr(ticket, name) for name in fields if name in changes}
    kept["newest"] = list(world.store.newest(ticket.id))
    kept["ran"] = [d.id for d in world.store.deadlines_of(ticket.id, live=True) if d.state == "running"]
    if "asked_at" in changes:
        kept["asked_at"] = ticket.asked_at.isoformat()
    if "promised" in changes:
        kept["promised"] = ticket.promised.isoformat() if ticket.promised else None
    return kept


def _told(given: Given, ticket: Ticket, undo: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"holder": ticket.holder, "undo": undo, "explicit": given.explicit, **given.data}
    if given.note:
        told["note"] = given.note
    if given.date:
        told["date"] = given.date.isoformat()
    if given.target:
        told["target"] = given.target
    return told


def _letters(
    world: World, ticket: Ticket, row: Transition, at: datetime, given: Given, former: str | None, role: Role
) -> list[Letter]:
    data = context(world, ticket, at, given, former)
    data["event"] = row.event
    later = None if given.explicit else world.calendar.after(at, world.policy_of(ticket).undo)
    # A second look by routing is not his mail.
    asked = role in (Role.CITIZEN, Role.ROUTING) and given.mail is not None
    written: list[Letter] = []
    for letter in row.letters:
        reader_later = later if letter.to.startswith("citizen") else None
        # A closed ticket has no holder any more, its last one is still told.
        spoken = ticket if ticket.holder or letter.to != "holder" else _with_holder(ticket, former)
        if letter.kind in ("triage", "task") and "candidates" not in given.data:
            data = {**data, **triage.help_for(world, ticket, given.target if row.event == "decline" else None)}
        written += letters.write(
            world,
            spoken,
            letter.kind,
            letter.to,
            at,
            data,
            former=former,
            actor=given.actor,
            later=reader_later,
            asked=asked,
        )
    return written


def _with_holder(ticket: Ticket, holder: str | None) -> Ticket:
    return replace(ticket, holder=holder)


def context(world: World, ticket: Ticket, at: datetime, given: Given, former: str | None = None) -> dict[str, Any]:
    """What the letters of a move may say beside the ticket itself; plain values only."""
    by = given.actor_position
    settled = clocks.settled_by(world, ticket)
    data: dict[str, Any] = {
        "at": at.isoformat(),
        "note": given.note,
        "reason": given.reason,
        "state": ticket.state,
        "office": world.unit_name(ticket.holder or ticket.owner),
        "holder": world.title(ticket.holder),
        "former": world.title(former) if former else "",
        "by": world.title(by) if by else "",
        "by_office": world.unit_name(by),
        "by_position": by or "",
        "promised": given.date.isoformat() if given.date else "",
        "settled_by": settled.isoformat() if settled else "",
        "reporters": world.store.reporters(ticket.id),
        "mails": [given.mail] if given.mail else [],
        **given.data,
    }
    if ticket.holder and world.workflow_of(ticket).is_open(ticket.state):
        data["answer_by"] = clocks.answer_by(world, ticket, at).isoformat()
    if ticket.promised and by not in world.directory.positions:
        data["promised_by"] = _promiser(world, ticket)
    if ticket.external:
        outside = world.directory.externals.get(ticket.external)
        if outside:
            data |= {"external": outside.name, "contact": outside.contact_note, "contact_email": outside.contact_email}
            data[CALLED] = called(world, ticket)
    if ticket.joined_to:
        first = world.store.ticket(ticket.joined_to)
        data["first"] = first.number if first else ""
    return data


def _promiser(world: World, ticket: Ticket) -> str:
    """The title of the chair that promised the day that stands, if it is not the holder's: the head took over since, or
    the owner below him answered.
    """
    day = ticket.promised.isoformat() if ticket.promised else ""
    told = [entry.actor for entry in world.store.history_of(ticket.id) if entry.data.get("date") == day]
    said = told[-1] if told and told[-1] in world.directory.positions else ticket.holder
    return world.title(said) if said != ticket.holder else ""


def _asked(written: list[Letter]) -> Letter | None:
    """The letter that now waits for an answer: the one to the holder."""
    for letter in reversed(written):
        if (
            letter.reader is not Reader.CITIZEN
            and letter.position is not None
            and letter.kind not in ("handed_over", "copy")
        ):
            return letter
    return None


def keep_a_clock(world: World, ticket: Ticket, at: datetime) -> None:
    """Nothing open is ever without a next clock: what the table forgot is asked for by the silence clock."""
    if not world.workflow_of(ticket).is_open(ticket.state):
        return
    if not any(d.state == "running" for d in world.store.deadlines_of(ticket.id, live=True)):
        clocks.begin(world, ticket, ClockName.SILENCE, at)
