"""Writes the letters of a move into the tables: to whom, when they may go out, and when not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.calendar.working import JAKARTA
from engine.desk.world import World
from engine.directory import Addressee, addressee, head_of, ladder
from engine.letter import Letter, LetterState, Reader
from engine.store import Entry, NewLetter
from engine.ticket import Role, Ticket

AUTOMATIC = (
    "receipt", "status", "status_unknown", "not_understood", "not_allowed", "not_yours", "incomplete", "empty",
    "noted", "comment_noted", "confirm_reading", "done_so",
)  # fmt: skip
"""Letters that a mail of theirs calls forth: limited per address and day, so that no loop can form."""
UNASKED = ("update", "forwarded", "question_reminder", "split", "joined_update")
"""Letters to a citizen that can wait and be drawn together."""
QUIET = (
    "reminder", "escalation", "news", "promise_soon", "promise_broken", "promise_broken_copy", "settlement",
    "settlement_copy", "postponed", "rejected_copy", "superior_comment", "copy",
)  # fmt: skip
"""Letters to officials that wait for working hours unless life or safety is at stake."""
LEADERS = ("kepala", "direktur", "camat", "asisten", "sekda", "wawali", "walikota")
LISTED = ("escalation", "promise_broken_copy", "settlement_copy", "postponed", "rejected_copy")


@dataclass(frozen=True, slots=True)
class To:
    """One reader of a letter."""

    reader: Reader
    address: str
    name: str
    position: str | None
    ticket: Ticket


def write(
    world: World,
    ticket: Ticket,
    kind: str,
    to: str,
    at: datetime,
    data: dict[str, Any],
    *,
    former: str | None = None,
    actor: To | None = None,
    digest: bool = False,
    later: datetime | None = None,
) -> list[Letter]:
    """Queues one kind of letter to each of its readers; `later` keeps it back at least until then."""
    letters = []
    for reader in readers(world, ticket, to, at, former, actor):
        letter = post(world, reader, kind, at, data, digest=digest, later=later)
        if letter is not None:
            letters.append(letter)
    return letters


def readers(world: World, ticket: Ticket, to: str, at: datetime, former: str | None, actor: To | None) -> list[To]:
    """Who reads a letter addressed to this part of the table."""
    day = world.day(at)
    if to == "citizen":
        everyone = [ticket, *world.store.joined(ticket.id)]
        return [citizen(each) for each in everyone if each.citizen_address]
    if to == "actor":
        return [actor] if actor else []
    if to == "desk":
        return [official(addressee(world.directory, world.desk, day), ticket, Reader.DESK)]
    if to == "holder":
        return [chair(world, ticket.holder, ticket, at)] if ticket.holder else []
    if to == "former":
        return [chair(world, former, ticket, at)] if former and former != ticket.holder else []
    if to == "superior":
        rungs = ladder(world.directory, ticket.holder or world.desk, day)
        return [official(rungs[1], ticket)] if len(rungs) > 1 else []
    if to == "copies":
        topic = world.directory.topics.get(ticket.topic or "")
        holder = world.directory.positions.get(ticket.holder or "")
        codes = [code for code in topic.cc if not holder or code != holder.unit] if topic else []
        heads = [head_of(world.directory, code) for code in codes]
        return [chair(world, head.id, ticket, at) for head in heads if head is not None]
    raise ValueError(f"a letter to {to!r}: no such reader")


def citizen(ticket: Ticket) -> To:
    """The citizen of a ticket as a reader."""
    return To(Reader.CITIZEN, ticket.citizen_address, ticket.citizen_name, None, ticket)


def official(who: Addressee, ticket: Ticket, reader: Reader = Reader.OFFICIAL) -> To:
    """A chair's addressee as a reader; the letter names the chair, the mailbox is that of whoever sits there today."""
    return To(reader, who.mailbox, who.title, who.position, ticket)


def chair(world: World, position: str, ticket: Ticket, at: datetime) -> To:
    """A chair as a reader, by today's directory."""
    reader = Reader.DESK if position == world.desk else Reader.OFFICIAL
    return official(addressee(world.directory, position, world.day(at)), ticket, reader)


def post(
    world: World,
    to: To,
    kind: str,
    at: datetime,
    data: dict[str, Any],
    *,
    digest: bool = False,
    later: datetime | None = None,
) -> Letter | None:
    """Queues one letter, or None when the reader's limit forbids it; what was withheld stands in the history."""
    store, ticket = world.store, to.ticket
    policy = world.policy_of(ticket)
    since = at - timedelta(days=1)
    if kind in AUTOMATIC and store.letters_since(to.address, since, AUTOMATIC) >= policy.automatic_per_day:
        store.tell(Entry(at, ticket.id, "engine", "withheld", data={"kind": kind, "why": "limit of automatic letters"}))
        return None
    when = max(at, later) if later else at
    if to.reader is Reader.CITIZEN:
        when, data = _citizen_day(world, to, kind, when, data)
    elif not ticket.urgent and (kind in QUIET or policy.hold_tasks):
        when = world.calendar.next_open(when)
    listed = digest or (kind in LISTED and not ticket.urgent and _flooded(world, to, since, policy.leader_per_day))
    if to.reader is not Reader.CITIZEN and "words" not in data:
        role = Role.DESK if to.reader is Reader.DESK else Role.HOLDER if to.position == ticket.holder else Role.SUPERIOR
        data = {**data, "words": world.role_words(ticket, role, at)}
    letter = store.write_letter(
        NewLetter(
            ticket=ticket.id,
            kind=kind,
            reader=to.reader,
            position=to.position,
            address=to.address.lower(),
            name=to.name,
            rung=ticket.rung,
            data=data,
            state=(LetterState.DIGEST if listed else LetterState.QUEUED).value,
            created_at=at,
            not_before=when,
            token=f"{world.rng.getrandbits(64):x}",
            name_it=lambda letter: world.name_letter(ticket.number, letter),
        )
    )
    store.tell(
        Entry(at, ticket.id, "engine", "letter", letter=letter.id, data={"kind": kind, "position": to.position or ""})
    )
    return letter


def _citizen_day(
    world: World, to: To, kind: str, when: datetime, data: dict[str, Any]
) -> tuple[datetime, dict[str, Any]]:
    """At most so many unasked letters a day: the next waits for tomorrow morning and takes the waiting one's news
    along.
    """
    if kind not in UNASKED:
        return when, data
    store = world.store
    waiting = [
        letter
        for letter in store.letters_of(to.ticket.id)
        if letter.kind in UNASKED and letter.reader is Reader.CITIZEN and letter.state is LetterState.QUEUED
    ]
    earlier: list[Any] = []
    for letter in waiting:
        store.mark_letter(letter.id, state=LetterState.VOID, error="drawn together with a later letter")
        before = letter.data.get("earlier")
        earlier += [
            *(before if isinstance(before, list) else []),
            {k: v for k, v in letter.data.items() if k != "earlier"},
        ]
    if earlier:
        data = {**data, "earlier": earlier}
        when = max(when, *(letter.not_before for letter in waiting))
    local = when.astimezone(JAKARTA)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if store.letters_since(to.address, midnight, UNASKED) >= world.policy_of(to.ticket).citizen_per_day:
        when = max(when, midnight + timedelta(days=1, hours=8))
    return when, data


def _flooded(world: World, to: To, since: datetime, limit: int) -> bool:
    """Whether a leader has had his day's letters already."""
    found = world.directory.positions.get(to.position or "")
    if found is None or found.level not in LEADERS:
        return False
    return world.store.letters_since(to.address, since, LISTED) >= limit


def post_loose(
    world: World,
    address: str,
    name: str,
    kind: str,
    at: datetime,
    data: dict[str, Any],
    *,
    reader: Reader = Reader.CITIZEN,
    position: str | None = None,
) -> Letter | None:
    """Queues a letter that belongs to no ticket, under the same limit of automatic letters."""
    store = world.store
    since = at - timedelta(days=1)
    if kind in AUTOMATIC and store.letters_since(address.lower(), since, AUTOMATIC) >= world.policy.automatic_per_day:
        store.tell(Entry(at, None, "engine", "withheld", data={"kind": kind, "why": "limit of automatic letters"}))
        return None
    return store.write_letter(
        NewLetter(
            ticket=None,
            kind=kind,
            reader=reader,
            position=position,
            address=address.lower(),
            name=name,
            rung=0,
            data=data,
            state=LetterState.QUEUED.value,
            created_at=at,
            not_before=at,
            token=f"{world.rng.getrandbits(64):x}",
            name_it=lambda letter: world.name_letter("", letter),
        )
    )
