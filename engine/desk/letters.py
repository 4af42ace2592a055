"""Writes the letters of a move into the tables: to whom, when they may go out, and when not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.calendar import Patience
from engine.calendar.working import JAKARTA
from engine.desk.added import added
from engine.desk.world import World
from engine.directory import Addressee, addressee, head_of
from engine.letter import Letter, LetterState, Reader
from engine.policy import Policy
from engine.store import Entry, NewLetter
from engine.ticket import ClockName, Role, State, Ticket

AUTOMATIC = (
    "receipt", "status", "status_many", "status_unknown", "not_understood", "not_allowed", "not_yours", "incomplete",
    "empty", "noted", "comment_noted", "confirm_reading", "done_so", "which", "appointed", "not_appointed",
)  # fmt: skip
"""Letters that a mail of theirs calls forth: limited per day and address (an office's: per ticket), so that no
loop can form."""
ASKING = ("question", "done", "correction", "split")
"""Letters to a citizen that may come beside the day's news, and after which no more comes that day.

A question holds the office's clocks and starts his, so each hour it waits is lost for all; whether it is done he can
see best on the day itself, and his clock runs; and what he was told wrongly must be mended before he acts on it.
"""
NEWS = (
    "update", "forwarded", "question_reminder", "closed", "closed_silent", "rejected", "external",
)  # fmt: skip
"""Letters to a citizen that can wait for the next morning and be drawn together, when he did not ask for them."""
WHOLE = ("task", "triage", "escalation", "copy")
"""Letters that tell somebody new the whole matter."""
PRESSING = (
    "reminder", "escalation", "news", "promise_soon", "promise_broken", "promise_broken_copy", "settlement",
    "settlement_copy", "postponed", "rejected_copy", "superior_comment", "superior_answer", "copy", "closed_notice",
    "withdrawn_notice", "confirmed_notice", "handed_over", "citizen_comment", "files_kept",
)  # fmt: skip
"""Letters to officials beyond their tasks: so many a day for one person, the rest on his list."""
UNHURRIED = ("settlement", "settlement_copy", "promise_broken_copy", "rejected_copy", "postponed")
"""What wakes nobody in an emergency either, and counts among the day's mails: the rule's last day has passed, or a
superior reads it for his knowledge. Who must act at once is asked by the ladder.
"""
TERMS = {
    "done": ("confirmation",),
    **dict.fromkeys(("closed", "closed_silent", "rejected", "thanks"), ("reopen_days",)),
    **dict.fromkeys(("closed_final", "closed_notice"), ("max_disputes",)),
    "confirm_reading": ("undo",),
}
"""The numbers of the ticket's rules that a letter tells, by kind."""
LADDER = ("reminder", "escalation", "news", "promise_broken", "promise_broken_copy")
"""Letters that press for an answer: not sent any more once it is there."""


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
    asked: bool = False,
) -> list[Letter]:
    """Queues one kind of letter to each of its readers; `later` keeps it back at least until then.

    `asked` means that the ticket's own citizen has just written, so that a letter to him is an answer.
    """
    letters = []
    if to == "next_superior":  # at the top it is one more line of the list, and no mail each time
        digest = digest or _missed(world, ticket) > len(superiors(world, ticket, at))
    for reader in readers(world, ticket, to, at, former, actor):
        answered = asked and reader.ticket.id == ticket.id
        letter = post(world, reader, kind, at, data, digest=digest, later=later, asked=answered)
        if letter is not None:
            letters.append(letter)
    return letters


def readers(world: World, ticket: Ticket, to: str, at: datetime, former: str | None, actor: To | None) -> list[To]:
    """Who reads a letter addressed to this part of the table."""
    day = world.day(at)
    if to == "citizen_if_moved" and world.unit_of(former) == world.unit_of(ticket.holder):
        return []
    if to in ("citizen", "citizen_if_moved"):
        everyone = [ticket, *world.store.joined(ticket.id, State.JOINED)]
        return [citizen(each) for each in everyone if each.citizen_address]
    if to == "actor":
        return [actor] if actor else []
    if to == "desk":
        if world.barred(ticket, world.desk):
            return [chair(world, world.inspector(ticket, at), ticket, at)]
        return [official(addressee(world.directory, world.desk, day), ticket, Reader.DESK)]
    if to == "holder":
        return [chair(world, ticket.holder, ticket, at)] if ticket.holder else []
    if to == "former":
        if not former or former == ticket.holder:
            return []
        left = chair(world, former, ticket, at)
        # Nobody reads that his task has gone to himself in another chair.
        same = ticket.holder is not None and chair(world, ticket.holder, ticket, at).address == left.address
        return [] if same else [left]
    if to == "superior":
        above = superiors(world, ticket, at)
        return [official(above[0], ticket)] if above else []
    if to == "next_superior":  # each time the rule's last day passes, one rung higher
        above = superiors(world, ticket, at)
        return [official(above[min(max(_missed(world, ticket), 1), len(above)) - 1], ticket)] if above else []
    if to == "asker":  # who asked the holder last
        asked = world.store.last_letter(ticket.id, ("superior_comment",))
        position = str(asked.data.get("by_position") or "") if asked else ""
        return [chair(world, position, ticket, at)] if position in world.directory.positions else []
    if to == "head":
        head = head_of(world.directory, world.unit_of(ticket.holder))
        return [chair(world, head.id, ticket, at)] if head and head.id != ticket.holder else []
    if to == "copies":
        topic = world.directory.topics.get(ticket.topic or "")
        holder = world.directory.positions.get(ticket.holder or "")
        codes = [code for code in topic.cc if not holder or code != holder.unit] if topic else []
        heads = [head_of(world.directory, code) for code in codes] if not ticket.secret else []
        return [chair(world, head.id, ticket, at) for head in heads if head is not None]
    raise ValueError(f"a letter to {to!r}: no such reader")


def _missed(world: World, ticket: Ticket) -> int:
    """How often the rule's last day has passed."""
    return sum(d.state == "missed" for d in world.store.deadlines_of(ticket.id, (ClockName.SETTLEMENT,)))


def superiors(world: World, ticket: Ticket, at: datetime) -> tuple[Addressee, ...]:
    """The chairs above the holder as of that day, nearest first."""
    foot = world.known(ticket.holder or ticket.owner, ticket)
    return tuple(rung for rung in world.ladder(ticket, foot, at) if foot not in (rung.position, rung.asked))


def citizen(ticket: Ticket) -> To:
    """The citizen of a ticket as a reader."""
    return To(Reader.CITIZEN, ticket.citizen_address, ticket.citizen_name, None, ticket)


def official(who: Addressee, ticket: Ticket, reader: Reader = Reader.OFFICIAL) -> To:
    """A chair's addressee as a reader; the letter names the chair, the mailbox is that of whoever sits there today."""
    return To(reader, who.mailbox, who.title, who.position, ticket)


def chair(world: World, position: str, ticket: Ticket, at: datetime) -> To:
    """A chair as a reader, by today's directory."""
    position = world.known(position, ticket)
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
    asked: bool = False,
) -> Letter | None:
    """Queues one letter, or None when the reader's limit forbids it or the ticket accuses the reader; what was withheld
    stands in the history.
    """
    store, ticket = world.store, to.ticket
    policy = world.policy_of(ticket)
    if to.reader is not Reader.CITIZEN and world.barred(ticket, to.position, to.address):
        told = {"kind": kind, "position": to.position or "", "why": "the report is about this chair"}
        store.tell(Entry(at, ticket.id, "engine", "withheld", data=told))
        return None
    since = at - timedelta(days=1)
    # A desk answers dozens of letters a day and must hear of each answer that was not carried out, or misread.
    of = None if to.reader is Reader.CITIZEN else ticket.id
    if kind in AUTOMATIC and store.letters_since(to.address, since, AUTOMATIC, of) >= policy.automatic_per_day:
        store.tell(Entry(at, ticket.id, "engine", "withheld", data={"kind": kind, "why": "limit of automatic letters"}))
        return None
    when = max(at, later) if later else at
    hurried = ticket.urgent and kind not in UNHURRIED
    if to.reader is Reader.CITIZEN:
        when, data = _citizen_day(world, to, kind, when, data, asked)
    elif not hurried and kind not in AUTOMATIC and kind not in policy.at_once:
        when = world.calendar.next_open(when)
    # Files cannot stand on a list.
    carries = kind == "citizen_comment" and data.get("files")
    pressing = kind in PRESSING and not hurried and not carries
    listed = digest or (pressing and _flooded(world, to, when, policy))
    if to.reader is not Reader.CITIZEN and "words" not in data:
        holds = to.position == ticket.holder and not world.at_desk(ticket)
        role = Role.HOLDER if holds else Role.DESK if to.reader is Reader.DESK else Role.SUPERIOR
        data = {**data, "words": world.role_words(ticket, role, at, to.position)}
    if to.reader is not Reader.CITIZEN and kind in WHOLE and not listed:
        data = {**data, "added": added(store, ticket, data.get("mails") or ())}
    if kind in TERMS:
        data = {**data, "rule": _terms(ticket, policy, TERMS[kind])}
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


def _terms(ticket: Ticket, policy: Policy, names: Sequence[str]) -> dict[str, str | int]:
    """Numbers of the rules as a letter takes them; nothing is offered that cannot be had any more."""
    terms: dict[str, str | int] = {}
    for name in names:
        value = getattr(policy, name)
        terms[name] = str(value) if isinstance(value, Patience) else int(value)
    if "reopen_days" in terms and ticket.disputes >= policy.max_disputes:
        terms["reopen_days"] = 0
    return terms


def _citizen_day(
    world: World, to: To, kind: str, when: datetime, data: dict[str, Any], asked: bool
) -> tuple[datetime, dict[str, Any]]:
    """At most so many unasked letters a day over all his reports: the next waits for a morning without one, and takes
    the waiting news of its ticket along. What answers a mail of his is not counted.
    """
    if kind in AUTOMATIC:
        return when, data
    data = _with_waiting(world, to, when, data) if kind in (*NEWS, *ASKING) else data
    if asked:
        return when, {**data, "asked": True}
    if kind in ASKING:
        return when, data
    limit = world.policy_of(to.ticket).citizen_per_day
    while _unasked(world, to.address, when) >= limit:
        tomorrow = when.astimezone(JAKARTA).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        when = tomorrow + timedelta(hours=8)
    return when, data


def _unasked(world: World, address: str, when: datetime) -> int:
    """How many letters that he did not ask for go to a citizen on that day."""
    midnight = when.astimezone(JAKARTA).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = world.store.letters_to(address, midnight, midnight + timedelta(days=1))
    return sum(one.kind not in AUTOMATIC and not one.data.get("asked") for one in sent)


def _with_waiting(world: World, to: To, when: datetime, data: dict[str, Any]) -> dict[str, Any]:
    """The news of the ticket that waits for its morning, told in this letter instead."""
    store = world.store
    waiting = [
        letter
        for letter in store.letters_of(to.ticket.id)
        if letter.kind in NEWS
        and letter.reader is Reader.CITIZEN
        and letter.state is LetterState.QUEUED
        and letter.attempts == 0
        and letter.not_before > when
    ]
    earlier: list[Any] = []
    for letter in waiting:
        store.mark_letter(letter.id, state=LetterState.VOID, error="drawn together with a later letter")
        before = letter.data.get("earlier")
        earlier += [
            *(before if isinstance(before, list) else []),
            {k: v for k, v in letter.data.items() if k != "earlier"},
        ]
    return {**data, "earlier": earlier} if earlier else data


def _flooded(world: World, to: To, when: datetime, policy: Policy) -> bool:
    """Whether a person has had his mails of this kind on the day on which this one would go out."""
    found = world.directory.positions.get(to.position or "")
    limit = policy.mails_per_day(found.level if found else "")
    midnight = when.astimezone(JAKARTA).replace(hour=0, minute=0, second=0, microsecond=0)
    return world.store.letters_between(to.address, midnight, midnight + timedelta(days=1), PRESSING) >= limit


def withhold(world: World, ticket: Ticket) -> None:
    """Letters that wait to be sent to whom the ticket accuses are not sent any more."""
    for letter in world.store.unsent(ticket.id):
        if letter.reader is not Reader.CITIZEN and world.barred(ticket, letter.position, letter.address):
            world.store.mark_letter(letter.id, state=LetterState.VOID, error="the report is about this chair")


def recall(world: World, ticket: Ticket, kinds: Sequence[str], why: str) -> None:
    """Letters to officials of these kinds that wait to be sent, or on a list, are not sent any more."""
    for letter in world.store.unsent(ticket.id):
        if letter.reader is not Reader.CITIZEN and letter.kind in kinds:
            world.store.mark_letter(letter.id, state=LetterState.VOID, error=why)


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
    later: datetime | None = None,
) -> Letter | None:
    """Queues a letter that belongs to no ticket, under the same limit of automatic letters; `later` keeps it back."""
    store = world.store
    since = at - timedelta(days=1)
    if (
        kind in AUTOMATIC
        and store.letters_since(address.lower(), since, AUTOMATIC) >= world.general(at).automatic_per_day
    ):
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
            not_before=max(at, later) if later else at,
            token=f"{world.rng.getrandbits(64):x}",
            name_it=lambda letter: world.name_letter("", letter),
        )
    )
