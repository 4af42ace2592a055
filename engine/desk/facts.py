"""The facts of a letter: sent, delivered, seen, vanished, bounced, acknowledged by a machine; what each sets in
motion.
"""

from __future__ import annotations

from datetime import datetime

from engine.desk import letters
from engine.desk.climb import climb
from engine.desk.moves import Given, context
from engine.desk.world import World
from engine.directory import addressee
from engine.event import Automated, Bounced, Delivered, Seen, Sent, Vanished
from engine.letter import Letter, LetterState, Reader
from engine.store import Entry
from engine.ticket import ClockName, Role, Ticket
from engine.workflow import Transition


def _letter(world: World, letter: int) -> Letter:
    found = world.store.letter(letter)
    if found is None:
        raise KeyError(f"no letter {letter}")
    return found


def _row(world: World, ticket: Ticket | None, event: str, at: datetime) -> Transition | None:
    """What the ticket's table says about a machine's news; None for a ticket that has ended."""
    if ticket is None or not world.workflow_of(ticket).is_open(ticket.state):
        return None
    return world.workflow_of(ticket).step(world.situation(ticket, at), event, Role.MACHINE)


def _write(world: World, ticket: Ticket, row: Transition, at: datetime, data: dict[str, object]) -> None:
    for letter in row.letters:
        letters.write(world, ticket, letter.kind, letter.to, at, data)


def sent(world: World, event: Sent) -> None:
    """The relay has it; its reply is the proof."""
    letter = _letter(world, event.letter)
    if letter.sent_at is not None:
        return
    world.store.mark_letter(letter.id, state=LetterState.SENT, sent_at=event.at, relay_reply=event.reply)
    world.store.tell(
        Entry(event.at, letter.ticket, "engine", "sent", letter=letter.id, data={"reply": event.reply[:300]})
    )


def delivered(world: World, event: Delivered) -> None:
    """Found in its mailbox."""
    letter = _letter(world, event.letter)
    if letter.delivered_at is not None:
        return
    world.store.mark_letter(letter.id, delivered_at=event.at)
    world.store.tell(
        Entry(event.at, letter.ticket, "watch", "delivered", letter=letter.id, data={"folder": event.folder})
    )


def seen(world: World, event: Seen) -> None:
    """Opened: stops the unread clock of this letter and of no other. A doubted observation is kept and changes
    nothing.
    """
    letter = _letter(world, event.letter)
    if letter.seen_at is not None:
        return
    data = {"how": event.how} | ({"doubt": event.doubt} if event.doubt else {})
    if event.doubt:
        told = any(e.letter == letter.id and e.event == "seen?" for e in world.store.history_of(letter.ticket or 0))
        if not told:
            world.store.tell(Entry(event.at, letter.ticket, "watch", "seen?", letter=letter.id, data=data))
        return
    world.store.mark_letter(letter.id, seen_at=event.at, seen_how=event.how)
    world.store.tell(Entry(event.at, letter.ticket, "watch", "seen", letter=letter.id, data=data))
    if letter.ticket is None:
        return
    ticket = world.store.ticket(letter.ticket)
    row = _row(world, ticket, "seen", event.at)
    for deadline in world.store.deadlines_of(letter.ticket, row.stop if row else (), live=True):
        if deadline.letter == letter.id:
            world.store.end_deadline(deadline.id, "met", event.at)


def vanished(world: World, event: Vanished) -> None:
    """Expunged unread: a fact of its own, and no excuse; its clocks go on."""
    letter = _letter(world, event.letter)
    world.store.mark_letter(letter.id, vanished_at=event.at)
    world.store.tell(Entry(event.at, letter.ticket, "watch", "vanished", letter=letter.id))


def bounced(world: World, event: Bounced) -> Ticket | None:
    """A letter came back. For good and to an official: its unread clock is void, the matter climbs at once, the desk
    knows.
    """
    letter = _letter(world, event.letter)
    store = world.store
    if letter.bounced_at is not None:
        return None
    data = {"permanent": event.permanent, "code": event.code, "diagnostic": event.diagnostic[:300]}
    store.tell(Entry(event.at, letter.ticket, "machine", "bounced", mail=event.mail, letter=letter.id, data=data))
    if event.mail is not None:
        store.mark_mail(
            event.mail, "handled", ticket=letter.ticket, letter=letter.id, handled_at=event.at, kind="bounce"
        )
    if not event.permanent:
        return None
    store.mark_letter(letter.id, bounced_at=event.at, error=event.diagnostic[:300])
    if letter.ticket is None:
        _loose_bounced(world, letter, data, event.at)
        return None
    ticket = store.ticket(letter.ticket)
    row = _row(world, ticket, "bounce", event.at)
    if ticket is None or row is None or letter.reader is Reader.CITIZEN:
        return ticket
    for deadline in store.deadlines_of(ticket.id, row.stop, live=True):
        if deadline.letter == letter.id:
            store.end_deadline(deadline.id, "void", event.at)
    about = context(world, ticket, event.at, Given()) | data | {"mailbox": letter.address, "title": letter.name}
    if letter.position != world.desk:
        _write(world, ticket, row, event.at, about | {"words": []})
    if _still_asked(world, ticket, letter, event.at):
        return climb(world, ticket, event.at, "bounced")
    return ticket


def _loose_bounced(world: World, letter: Letter, data: dict[str, object], at: datetime) -> None:
    """A list came back: the desk knows, and the matters on it that wait for its reader climb at once."""
    if letter.reader is Reader.CITIZEN or letter.position == world.desk:
        return
    items = letter.data.get("items")
    numbers = [str(one.get("number")) for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    climbed = 0
    for ticket in filter(None, map(world.store.ticket_by_number, numbers)):
        if world.workflow_of(ticket).is_open(ticket.state) and _waits_for(world, ticket, letter, at):
            climbed += 1
            climb(world, ticket, at, "bounced")
    about = data | {"mailbox": letter.address, "title": letter.name, "climbed": climbed}
    desk = addressee(world.directory, world.desk, world.day(at))
    letters.post_loose(
        world, desk.mailbox, desk.title, "bounce_report", at, about, reader=Reader.DESK, position=desk.position,
        later=world.calendar.next_open(at),
    )  # fmt: skip


def _still_asked(world: World, ticket: Ticket, letter: Letter, at: datetime) -> bool:
    """Whether an answer to this very letter is what the ticket waits for."""
    aside = letter.kind in ("copy", "handed_over", "bounce_report") or letter.data.get("told")
    return not aside and letter.rung == ticket.rung and _waits_for(world, ticket, letter, at)


def _waits_for(world: World, ticket: Ticket, letter: Letter, at: datetime) -> bool:
    """Whether the ticket's clock runs for the reader of a letter: its holder, or the chair that was asked last."""
    live = world.store.deadlines_of(ticket.id, (ClockName.UNANSWERED, ClockName.TRIAGE), live=True)
    rungs = world.rungs(ticket, at)
    now = rungs[min(ticket.rung, len(rungs) - 1)]
    return bool(live) and (letter.position in (ticket.holder, now.position) or letter.address == now.mailbox)


def automated(world: World, event: Automated) -> None:
    """A machine answered: kept as a fact of the letter, stops nothing; a named deputy is told to the desk."""
    letter = _letter(world, event.letter) if event.letter else None
    facts = event.reading.automatic
    ticket = letter.ticket if letter else None
    data: dict[str, object] = {"absence": bool(facts and facts.absence)}
    if facts:
        data |= {"reasons": list(facts.reasons), "deputy": facts.deputy or "", "deputy_as": facts.deputy_as or ""}
        data |= {
            "until": facts.until.isoformat() if facts.until else "",
            "back": facts.back.isoformat() if facts.back else "",
        }
    world.store.tell(Entry(event.at, ticket, "machine", "automatic", mail=event.mail, letter=event.letter, data=data))
    world.store.mark_mail(
        event.mail, "handled", ticket=ticket, letter=event.letter, handled_at=event.at, kind=event.reading.kind.value
    )
    if letter is None:
        return
    world.store.mark_letter(letter.id, auto_at=event.at)
    if letter.reader is Reader.CITIZEN:
        return
    found = world.store.ticket(ticket) if ticket else None
    named = facts is not None and (facts.deputy or facts.for_good)
    row = _row(world, found, "deputy" if named else "automatic", event.at)
    if found is not None and row is not None:
        for_good = facts is not None and facts.for_good
        about = data | {"title": letter.name, "mailbox": letter.address, "for_good": for_good, "words": []}
        _write(world, found, row, event.at, about)


def failed(world: World, letter: int, at: datetime, reply: str) -> Ticket | None:
    """The relay refused a letter for good: the same as a bounce."""
    world.store.mark_letter(letter, state=LetterState.FAILED)
    return bounced(world, Bounced(at, None, letter, True, "", reply))
