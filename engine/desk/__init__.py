"""The one door: Desk.handle(event) does one thing in one transaction, or nothing at all."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from engine.calendar.working import JAKARTA
from engine.desk import climb, facts, intake, letters, matter, replies, secret, vanished
from engine.desk.deputies import lent_chairs
from engine.desk.matter import Alone, Same
from engine.desk.moves import Given, move
from engine.desk.renew import renew
from engine.desk.world import World
from engine.directory import Directory, overlaid
from engine.event import (
    Automated,
    Bounced,
    Commanded,
    Delivered,
    Event,
    Hidden,
    KeptBack,
    Looked,
    Overdue,
    Received,
    Replied,
    Seen,
    Sent,
    Vanished,
)
from engine.letter import Letter, LetterState
from engine.store import Entry
from engine.ticket import ClockName, Role, Ticket

__all__ = ["Desk", "World"]

log = logging.getLogger("sibadra.desk")
SAYING = ("citizen_comment", "superior_comment", "superior_answer")
"""Letters whose words stand on the list when there are too many for a mail each."""
CLIMBING = (ClockName.UNREAD, ClockName.UNANSWERED, ClockName.TRIAGE)


class Desk:
    """Handles events one at a time. `world` may be exchanged for a newer one (a new directory) between two events."""

    def __init__(self, world: World, same: Same | None = None) -> None:
        self.world = world
        self.same: Same = same or Alone()
        self._lent: tuple[World, date, str, World] | None = None

    def handle(self, event: Event) -> Ticket | None:
        """One event, one transaction; gives the ticket it concerned, if any. A second time it does nothing new."""
        with self.world.store.transaction():
            ticket = self._handle(event)
        log.info(
            "handled",
            extra={"event": type(event).__name__, "ticket": ticket.number if ticket else None},
        )
        return ticket

    def _on(self, at: datetime) -> World:
        """The world as of that day: with the chairs that were lent by mail. Kept until the day or the chairs change."""
        world, day = self.world, self.world.day(at)
        version = world.store.counter("acting") or ""
        if self._lent is None or self._lent[0] is not world or self._lent[1:3] != (day, version):
            directory = overlaid(world.directory, lent_chairs(world.store, day), day) if version else world.directory
            self._lent = (world, day, version, replace(world, directory=directory))
        return self._lent[3]

    def _handle(self, event: Event) -> Ticket | None:
        world = self._on(event.at)
        match event:
            case Received():
                return intake.received(world, event, self.same)
            case Replied():
                return replies.replied(world, event)
            case Overdue():
                return overdue(world, event)
            case Seen():
                facts.seen(world, event)
            case Delivered():
                facts.delivered(world, event)
            case Sent():
                facts.sent(world, event)
            case Vanished():
                facts.vanished(world, event)
            case Bounced():
                return facts.bounced(world, event)
            case Automated():
                facts.automated(world, event)
            case Commanded():
                return commanded(world, event)
            case KeptBack():
                secret.kept_back(world, event)
            case Looked():
                return secret.looked(world, event)
            case Hidden():
                return secret.hide(world, event)
        return None

    def adopt(self, directory: Directory, at: datetime, old: Directory | None = None) -> list[Ticket]:
        """Takes a new directory into use; what a chair held that is gone is passed on. Gives those tickets.

        `old` is the one before, if that is not the one in use.
        """
        old = old or self.world.directory
        world = replace(self.world, directory=directory)
        with world.store.transaction():
            moved = vanished.pass_on(world, old, at)
        self.world = world
        return moved

    def renew(self, at: datetime) -> list[Ticket]:
        """Puts open tickets under the rules that the city lets hold for them from today on; gives those tickets."""
        with self.world.store.transaction():
            return renew(self._on(at), at)

    def refused(self, letter: int, at: datetime, reply: str) -> Ticket | None:
        """The relay refused a letter for good."""
        with self.world.store.transaction():
            return facts.failed(self._on(at), letter, at, reply)

    def digests(self, at: datetime) -> list[Letter]:
        """One list for each person whose lines wait, in working hours only; gives the lists that were written."""
        world = self._on(at)
        if not world.calendar.is_open(at):
            return []
        with world.store.transaction():
            due = [_in_window(world, lines, at) for lines in _by_reader(world).values()]
            return [one for lines in due if lines and (one := _list(world, lines, at)) is not None]


def overdue(world: World, event: Overdue) -> Ticket | None:
    """A clock has struck, once: the ladder's next step, or the table's row for this clock."""
    store = world.store
    deadline = store.deadline(event.deadline)
    if deadline is None or not store.end_deadline(event.deadline, "missed", event.at):
        return None
    ticket = store.ticket(deadline.ticket)
    if ticket is None or not world.workflow_of(ticket).is_open(ticket.state):
        return ticket
    if deadline.clock in CLIMBING:
        return climb.climb(world, ticket, event.at, deadline.clock.value)
    if deadline.clock is ClockName.DAILY:
        climb.daily(world, ticket, event.at)
    return move(world, ticket, f"overdue:{deadline.clock.value}", Role.CLOCK, event.at, Given(actor_position="clock"))


def commanded(world: World, event: Commanded) -> Ticket | None:
    """A clerk's command at the command line counts as the desk's; its words are those of the mail commands."""
    from engine.desk.intent import Intent

    ticket = world.store.ticket(event.ticket)
    if ticket is None:
        raise KeyError(f"no ticket {event.ticket}")
    table = {row.word: row.event for row in world.workflow_of(ticket).words if Role.DESK in row.by}
    table |= {"ALIHKAN": "reassign"}
    said_text = " ".join(event.text.split())
    first = [word for word in table if f"{said_text} ".upper().startswith(f"{word} ")]
    word = max(first, key=len, default="")
    name, rest = table.get(word, "comment"), said_text[len(word) :].strip()
    from engine.desk.intent import about, external, resolve
    from engine.ticket import find_number

    target: str | None = None
    if name in ("route", "reassign"):
        name, target = ("route" if world.in_triage(ticket) else "reassign"), resolve(world, ticket, rest)
    elif name == "outside":
        target = external(world, rest)
    elif name == "conceal":
        target = about(world, rest)
    elif name == "join":
        target = find_number(rest)
    said = Intent(name, target, rest, reason=rest)
    given = Given(note=event.text, reason=rest, target=said.target, actor_position=event.clerk)
    if name == "join":
        given = replace(given, ticket=matter.joinable(world.store, ticket, target), target=None)
    return move(world, ticket, name, Role.DESK, event.at, given)


def _by_reader(world: World) -> dict[str, list[Letter]]:
    lines: dict[str, list[Letter]] = {}
    for letter in world.store.waiting_digest():
        lines.setdefault(letter.address, []).append(letter)
    return lines


def _in_window(world: World, lines: list[Letter], at: datetime) -> list[Letter]:
    """The lines that were there when the reader's last window of the day opened."""
    found = world.directory.positions.get(lines[0].position or "")
    local = at.astimezone(JAKARTA)
    windows = world.general(at).windows(found.level if found else "")
    begun = [hour for hour in windows if hour <= local.time()]
    if not begun:
        return []
    opened = datetime.combine(local.date(), max(begun), JAKARTA)
    return [letter for letter in lines if letter.created_at <= opened]


def _notes(lines: list[Letter], ticket: Ticket) -> list[str]:
    """What was said in the lines of a ticket; nothing of one whose reporter the list must not tell."""
    if ticket.hide_from_agency:
        return []
    own = [letter for letter in lines if letter.ticket == ticket.id and letter.kind in SAYING]
    return [str(letter.data["note"])[:500] for letter in own if letter.data.get("note")]


def _list(world: World, lines: list[Letter], at: datetime) -> Letter | None:
    """One list with the newest line of each ticket, each to be answered for itself; the lines themselves are not sent
    any more.
    """
    store = world.store
    newest: dict[int, Letter] = {}
    for letter in lines:
        if letter.ticket is not None:
            newest[letter.ticket] = letter
    items: list[dict[str, Any]] = []
    for letter in newest.values():
        ticket = store.ticket(letter.ticket or 0)
        if ticket is not None and world.workflow_of(ticket).is_open(ticket.state):
            items.append(
                {
                    "number": ticket.number,
                    "subject": ticket.subject,
                    "state": ticket.state,
                    "workflow": ticket.workflow,
                    "holder": world.title(ticket.holder),
                    "opened": ticket.opened_at.isoformat(),
                    "kind": letter.kind,
                    "letter": letter.id,
                    "words": letter.data.get("words", []),
                    "confidential": "secret" if ticket.hide_from_agency else "none",
                    "notes": _notes(lines, ticket),
                    **{k: letter.data[k] for k in ("why", "trail") if k in letter.data},
                }
            )
    for letter in lines:
        store.mark_letter(letter.id, state=LetterState.VOID, error=climb.ON_A_LIST)
    if not items:
        return None
    first = lines[0]
    found = world.directory.positions.get(first.position or "")
    lists = len(world.general(at).windows(found.level if found else ""))
    data = {"items": items, "lists": lists}
    written = letters.post_loose(
        world, first.address, first.name, "digest", at, data, reader=first.reader, position=first.position
    )
    store.tell(Entry(at, None, "engine", "digest", letter=written.id if written else None, data={"lines": len(items)}))
    return written
