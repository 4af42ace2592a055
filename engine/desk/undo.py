"""Takes back an official's last move that was read from his prose, clocks included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from engine.desk import learned, letters
from engine.desk.moves import Given, context, keep_a_clock
from engine.desk.world import World
from engine.errors import NotAllowed
from engine.letter import LetterState, Reader
from engine.store import Entry
from engine.ticket import Ticket


def undo(world: World, ticket: Ticket, at: datetime, given: Given, position: str | None) -> Ticket:
    """Takes back this person's last move; the citizen's letter about it is withdrawn if it was not yet sent, and mended
    if it was. The clocks run on as they did before. Raises NotAllowed when the last move is not his, or was a command.
    """
    store = world.store
    moves = [e for e in store.history_of(ticket.id) if "undo" in e.data or e.event == "undo"]
    last = moves[-1] if moves else None
    if last is None or last.event == "undo" or last.actor != position or not last.data["undo"]:
        raise NotAllowed("undo: the last change is not yours, or was a command in so many words")
    before = dict(last.data["undo"])
    deadline, letter = before.pop("newest")
    ran = before.pop("ran")
    for name, read in (("asked_at", datetime.fromisoformat), ("promised", date.fromisoformat)):
        if before.get(name):
            before[name] = read(before[name])
    moved = store.change(ticket, **before, changed_at=at, closed_at=None)
    store.tell(Entry(at, ticket.id, position or "?", "undo", ticket.state, moved.state, given.mail, given.letter))
    learned.taken_back(world, ticket, last.event, position, at)
    told = _withdraw(world, ticket, letter)
    _clocks_back(world, moved, deadline, ran, at)
    keep_a_clock(world, moved, at)
    data = context(world, moved, at, given) | {"event": "undo"}
    letters.write(world, moved, "done_so", "actor", at, data, actor=given.actor)
    if told:
        letters.write(world, moved, "correction", "citizen", at, data)
    if any(one.id > letter and one.position == ticket.holder and one.sent_at for one in store.letters_of(ticket.id)):
        letters.write(world, moved, "handed_over", "former", at, data, former=ticket.holder)
    return moved


def _withdraw(world: World, ticket: Ticket, newest: int) -> bool:
    """Letters about the move that were not sent are void; True when the citizen had one already."""
    told = False
    for letter in world.store.letters_of(ticket.id):
        if letter.id <= newest or letter.kind in letters.AUTOMATIC:
            continue
        if letter.state in (LetterState.QUEUED, LetterState.DIGEST) and letter.attempts == 0:
            world.store.mark_letter(letter.id, state=LetterState.VOID, error="taken back by the official")
        elif letter.reader is Reader.CITIZEN and letter.state is LetterState.SENT:
            told = True
    return told


def _clocks_back(world: World, ticket: Ticket, newest: int, ran: Sequence[int], at: datetime) -> None:
    """What the move started ends, what it ended or paused runs on to its old end; an end that is past strikes now."""
    for deadline in world.store.deadlines_of(ticket.id):
        if deadline.id > newest:
            world.store.end_deadline(deadline.id, "void", at)
        elif deadline.id in ran and deadline.state in ("met", "void", "paused"):
            world.store.revive_deadline(deadline.id)
