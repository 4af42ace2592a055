"""What happens when somebody answers a letter: who is it, what does it ask for, is it allowed, what is he told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from engine.desk import copied, joined, letters, matter, triage
from engine.desk.deputies import appoint
from engine.desk.disposed import disposed
from engine.desk.facts import seen
from engine.desk.hushed import hush, hushed
from engine.desk.intent import Intent, intent
from engine.desk.letters import To
from engine.desk.moves import Accused, Given, Incomplete, context, move
from engine.desk.orders import asks_how, bare, to_the_official
from engine.desk.reread import noted
from engine.desk.secret import accusing, wished
from engine.desk.undo import undo
from engine.desk.world import World
from engine.directory import by_mailbox, chairs_of, is_above
from engine.errors import NotAllowed
from engine.event import Received, Replied, Seen
from engine.letter import Letter, Reader
from engine.reading import Answer, Status
from engine.store import Entry
from engine.ticket import ClockName, Role, State, Ticket

NO_ANSWER = ("comment", "add", "split", "veil", "conceal", "look")
"""What may be said while the answer to the letter is still owed."""

UNSAID = (*NO_ANSWER, "respond", "undo")
"""What the owner below says that the head who has taken over need not be told as an answer."""


def replied(world: World, event: Replied) -> Ticket:
    """Handles one reply; whatever it says, the text is kept in the ticket's history."""
    store = world.store
    ticket = store.ticket(event.ticket)
    if ticket is None:
        raise KeyError(f"no ticket {event.ticket}")
    letter = store.letter(event.letter) if event.letter else None
    ticket = _spoken_of(world, ticket, letter)
    store.mark_mail(
        event.mail, "handled", ticket=ticket.id, letter=event.letter, handled_at=event.at, kind=event.reading.kind.value
    )
    if letter is not None and event.signed and letter.seen_at is None and letter.reader is not Reader.CITIZEN:
        seen(world, Seen(event.at, letter.id, "answered"))
    answer = event.reading.answer or Answer(Status.COMMENT)
    if answer.command == "PLH" and _own_letter(letter, event):
        appoint(world, event.sender, answer, event.at, event.mail)
        return ticket
    role, position = who(world, ticket, letter, event)
    actor = _actor(world, ticket, event, role, position)
    given = Given(
        note=event.reading.text,
        mail=event.mail,
        letter=event.letter,
        actor=actor,
        actor_position=position or (None if role is Role.CITIZEN else event.sender),
        explicit=answer.explicit or role is Role.CITIZEN,
        rating=answer.rating if role is Role.CITIZEN else None,
        data={"evidence": answer.evidence, "confidence": round(answer.confidence, 3)},
    )
    if role is Role.CITIZEN:
        ticket = accusing(world, wished(world, ticket, event), event)
        files = len(event.reading.message.attachments)
        given = replace(given, actor_position="citizen", data={**given.data, "files": files})
    if role is Role.OTHER:
        return _taken_back(world, ticket, letter, event, given) or _stranger(world, ticket, event, given, actor)
    if answer.copies:
        given = replace(given, data={**given.data, **copied.listed(world, ticket, answer)})
    said = _said(world, ticket, role, answer, letter, event)
    if said.event in DISPOSING and bare(answer, given.note):
        given = replace(given, data={**given.data, "bare": True})
    if said.event == "comment" and answer.copies and len(copied.without_copies(answer, given.note).split()) <= FEW:
        return _copies_alone(world, ticket, answer, event.at, given)
    if role in (Role.HOLDER, Role.SUPERIOR) and said.event in TALK:
        role, said = _between(world, ticket, role, said, answer, letter, event)
    ticket, said = joined.spoken(world, ticket, role, said, event, letter)
    if role is Role.CITIZEN and said.event == "split":
        given = replace(given, data={**given.data, "same": joined.before(world, ticket)})
    if said.event == "new":
        return another(world, ticket, event)
    if said.event == "thanks":
        _comment(world, ticket, event.at, given, {"wanted": "thanks"})
        return ticket
    if said.event == "status":
        _comment(world, ticket, event.at, given, {"wanted": "status"})
        letters.write(world, ticket, "status", "actor", event.at, story(world, ticket, event.at), actor=actor)
        return ticket
    moved = act(world, ticket, role, said, event.at, given)
    copied.send(world, moved, answer, event.at, given)
    if answer.copies and answer.explicit and role is not Role.SUPERIOR:  # whom no other letter tells it
        _tell_copies(world, moved, event.at, given)
    if letter is not None and said.event not in NO_ANSWER and letter.answered_at is None:
        store.mark_letter(letter.id, answered_at=event.at)
    return moved


def _said(world: World, ticket: Ticket, role: Role, answer: Answer, letter: Letter | None, event: Replied) -> Intent:
    """What a reply asks for, by whoever may ask for it."""
    text = copied.without_copies(answer, event.reading.text)
    plain = disposed(world, ticket, role, answer, text) if role is not Role.CITIZEN else None
    if plain is not None:
        return plain
    secret, text = hush(text) if role is Role.DESK and answer.command != "RAHASIAKAN" else (False, text)
    if secret and answer.explicit:
        answer = replace(answer, argument=hush(f"{answer.argument} ")[1])
    said = intent(world, ticket, role, answer, replace(event.reading, text=text))
    if role is not Role.DESK:
        return said
    said = triage.chosen(world, ticket, letter, text) or triage.same_as(world, ticket, said)
    return hushed(world, ticket, said, event.reading.text) if secret else said


FEW = 3
"""Words beside those that ask for copies up to which nothing else is said."""


def _copies_alone(world: World, ticket: Ticket, answer: Answer, at: datetime, given: Given) -> Ticket:
    """Copies are all that is asked for: nothing moves, and the writer reads who got one."""
    _comment(world, ticket, at, given, {"wanted": "copy"})
    copied.send(world, ticket, answer, at, given)
    _tell_copies(world, ticket, at, given)
    return ticket


def _tell_copies(world: World, ticket: Ticket, at: datetime, given: Given) -> None:
    data = context(world, ticket, at, given) | {"event": "copy"}
    letters.write(world, ticket, "done_so", "actor", at, data, actor=given.actor)


DISPOSING = ("route", "hand_over", "reassign", "outside", "join", "split", "conceal", "decline")
"""What says where a report goes, in a line that may say nothing else."""
TALK = ("comment", "accept", "progress", "ask", "postpone")
"""What a word between superior and holder may have been taken for."""


def _between(
    world: World, ticket: Ticket, role: Role, said: Intent, answer: Answer, letter: Letter | None, event: Replied
) -> tuple[Role, Intent]:
    """What superior and holder say to one another: an order or a question goes down, its answer goes up."""
    if role is Role.HOLDER:
        asked = letter is not None and letter.kind == "superior_comment" and said.event == "comment"
        known = world.workflow_of(ticket).allowed(world.situation(ticket, event.at), role)
        return role, replace(said, event="respond") if asked and "respond" in known else said
    if ticket.holder and letters.chair(world, ticket.holder, ticket, event.at).address == event.sender:
        return (Role.HOLDER if said.event == "comment" else role), said  # a vacant chair's matter: nobody is below
    down = to_the_official(answer, event.reading.text)
    return role, Intent("comment", reason=event.reading.text) if down else said


def act(world: World, ticket: Ticket, role: Role, said: Intent, at: datetime, given: Given) -> Ticket:
    """Tries the step; what is not allowed or lacks something changes nothing and is answered with the way out."""
    latest = _latest(world, ticket, at)
    # No promise lies in the past, and none beyond the rule's longest: that is no date to wait for.
    day = said.date if said.date and world.day(at) <= said.date <= latest else None
    given = replace(given, reason=said.reason, target=said.target, date=day)
    if said.date and day is None and _dated(world, ticket, said.event):
        gone = said.date < world.day(at)
        refused = {"refused": said.date.isoformat(), "gone": gone, "latest": latest.isoformat()}
        given = replace(given, data={**given.data, **refused})
    if said.event in ("join", "rejoin"):
        given = replace(given, ticket=matter.joinable(world.store, ticket, said.target), target=None)
    try:
        if said.event == "undo":
            return undo(world, ticket, at, given, given.actor_position)
        ticket = _besides(world, ticket, role, said, at, replace(given, target=None, reason=""))
        moved = move(world, ticket, said.event, role, at, given)
    except Incomplete as lacking:
        _ask_for(world, ticket, role, said, at, given, lacking)
        return ticket
    except NotAllowed as refusal:
        if role is Role.CITIZEN:
            return _citizen_anyway(world, ticket, at, given, said)
        return _refused(world, ticket, said, at, given, refusal)
    if role is Role.HOLDER and moved.holder == ticket.holder != given.actor_position and said.event not in UNSAID:
        later = None if given.explicit else world.calendar.after(at, world.policy_of(ticket).undo)
        data = context(world, moved, at, given) | {"event": said.event}
        letters.write(world, moved, "superior_answer", "holder", at, data, later=later)
    if said.event == "respond" or (said.event == "comment" and role is Role.SUPERIOR):
        data = context(world, moved, at, given) | {"event": said.event} | _asked_story(world, moved, at, given.note)
        letters.write(world, moved, "done_so", "actor", at, data, actor=given.actor)
    elif said.event == "comment":
        data = context(world, moved, at, given) | {"wanted": said.event} | _asked_story(world, moved, at, given.note)
        asks = role is Role.DESK and world.in_triage(moved)
        data |= triage.help_for(world, moved, None) if asks else {}
        kind = "not_understood" if asks else "comment_noted"
        letters.write(world, moved, kind, "actor", at, data, actor=given.actor)
    elif given.explicit and "refused" in given.data:
        data = context(world, moved, at, given) | {"event": said.event}
        letters.write(world, moved, "incomplete", "actor", at, data, actor=given.actor)
    elif not given.explicit and role in (Role.HOLDER, Role.SUPERIOR, Role.DESK):
        data = context(world, moved, at, given) | {"event": said.event, "undo": True}
        data |= triage.help_for(world, moved, None) if said.event == "urge" else {}
        letters.write(world, moved, "confirm_reading", "actor", at, data, actor=given.actor)
    elif role is Role.SUPERIOR:
        data = context(world, moved, at, given) | {"event": said.event}
        letters.write(world, moved, "done_so", "actor", at, data, actor=given.actor)
    return moved


def _besides(world: World, ticket: Ticket, role: Role, said: Intent, at: datetime, given: Given) -> Ticket:
    """What is said of the report beside where it goes: that it is urgent, that its reporter be hidden."""
    if said.urgent and not ticket.urgent and world.in_triage(ticket):
        ticket = move(world, ticket, "urge", role, at, given)
    if said.hidden and not ticket.hide_from_agency:
        ticket = move(world, ticket, "veil", role, at, given)
    return ticket


def _refused(world: World, ticket: Ticket, said: Intent, at: datetime, given: Given, refusal: NotAllowed) -> Ticket:
    """Tells the writer what may be said instead, or that the report is about whom he meant to give it to."""
    accused = refusal.target if isinstance(refusal, Accused) else None
    ticket = noted(world, ticket, accused, at) if accused else ticket
    _comment(world, ticket, at, given, {"wanted": said.event})
    data = context(world, ticket, at, given) | {"wanted": said.event}
    if accused is not None:
        data |= triage.against(world, ticket, []) | {"against": triage.accused(world, ticket)}
    if said.event != "comment":
        letters.write(world, ticket, "not_allowed", "actor", at, data, actor=given.actor)
    return ticket


def _latest(world: World, ticket: Ticket, at: datetime) -> date:
    """The last day that may be promised."""
    return world.day(at) + timedelta(days=world.policy_of(ticket).promise_max_days)


def _ask_for(
    world: World, ticket: Ticket, role: Role, said: Intent, at: datetime, given: Given, lacking: Incomplete
) -> None:
    """Asks the writer for what his answer lacks, with what he may have meant as buttons."""
    _comment(world, ticket, at, given, {"wanted": said.event})
    data = context(world, ticket, at, given) | {"missing": _lacking(said.event, lacking), "wanted": said.event}
    data |= _choices(world, ticket, role, said, at)
    if "date" in lacking.missing:
        data["latest"] = _latest(world, ticket, at).isoformat()
    letters.write(world, ticket, "incomplete", "actor", at, data | {"named": said.named}, actor=given.actor)


def _choices(world: World, ticket: Ticket, role: Role, said: Intent, at: datetime) -> dict[str, Any]:
    """What a letter that asks for something offers as buttons: whom, or which reports, the words may mean."""
    if said.event == "join":
        return {"same": triage.reports(world, ticket, at)}
    found = triage.offer(world, ticket, said.among)
    if found or not said.asked:
        return {"candidates": found, "asked": "several" if found else ""}
    return {"asked": "none"} | (triage.help_for(world, ticket, None) if role is Role.DESK else {})


def _lacking(event: str, lacking: Incomplete) -> list[str]:
    """What is asked for, in the letter's codes: the target of EKSTERNAL is an agency and no office of the city's."""
    return ["agency" if event == "outside" and need == "target" else need for need in lacking.missing]


def _dated(world: World, ticket: Ticket, event: str) -> bool:
    """Whether a date that comes with this word is a promise."""
    rows = world.workflow_of(ticket).rows
    return any(row.event == event and ClockName.PROMISE in row.start for row in rows)


def _citizen_anyway(world: World, ticket: Ticket, at: datetime, given: Given, said: Intent) -> Ticket:
    """A citizen's word that fits no row now: on an open ticket it goes to the holder; an objection that comes too late
    is a new report with the number of the old one; anything else is kept, and he is told how it stands.
    """
    if world.workflow_of(ticket).is_open(ticket.state):
        return move(world, ticket, "add", Role.CITIZEN, at, given)
    _comment(world, ticket, at, given, {"wanted": said.event})
    if said.event == "dispute" and ticket.state != State.JOINED and given.mail is not None:
        return once_more(world, ticket, at, given)
    if said.event not in ("confirm", "rate_low"):
        data = story(world, ticket, at)
        letters.write(world, ticket, "status", "actor", at, data, actor=given.actor, asked=True)
    return ticket


def _spoken_of(world: World, ticket: Ticket, letter: Letter | None) -> Ticket:
    """An official's answer to a joined ticket's letter is about the ticket it was joined to."""
    if ticket.state == State.JOINED and ticket.joined_to and letter and letter.reader is Reader.OFFICIAL:
        return world.store.ticket(ticket.joined_to) or ticket
    return ticket


def who(world: World, ticket: Ticket, letter: Letter | None, event: Replied) -> tuple[Role, str | None]:
    """In which capacity the sender speaks, and for which chair.

    A command counts only with our signature for that letter, from the mailbox it was given to or a superior's; the
    former holder, a colleague or a private address is a commentator. A letter stays with the mailbox that got it, also
    when another sits in the chair since, until that chair has been written to anew.
    """
    sender = event.sender.lower()
    if sender == ticket.citizen_address.lower() and (letter is None or letter.reader is Reader.CITIZEN):
        return (Role.CITIZEN, None) if event.signed or not _decisive(event) else (Role.OTHER, None)
    if letter is None or not event.signed or letter.reader is Reader.CITIZEN:
        return Role.OTHER, None
    if world.barred(ticket, None, sender):
        return Role.OTHER, None
    chairs = [chair.id for chair in chairs_of(world.directory, sender, world.day(event.at))]
    own = by_mailbox(world.directory, sender)
    if own is not None and own.id not in chairs and own.id == world.desk:
        chairs.append(own.id)
    if own is not None and letter.position and letter.position not in chairs and _still_with(world, letter, sender):
        chairs.append(letter.position)
    # Praise and requests for news are the desk's own matters: there it answers as any office does.
    own_matter = ticket.holder == world.desk and not world.at_desk(ticket)
    if world.desk in chairs and (world.at_desk(ticket) or (letter.reader is Reader.DESK and not own_matter)):
        return Role.DESK, world.desk
    # When the head has taken over by the clock, the owner below him may still answer: any answer ends the silence.
    for held in (ticket.holder, ticket.owner):
        if held in chairs:
            return Role.HOLDER, held
    for held in (ticket.holder, ticket.owner):
        for chair in chairs:
            if held is not None and is_above(world.directory, chair, held):
                return Role.SUPERIOR, chair
    return Role.OTHER, chairs[0] if chairs else None


def _still_with(world: World, letter: Letter, sender: str) -> bool:
    """Whether the sender got this letter, and nobody else has been written to in its chair about the ticket since."""
    if letter.address != sender or letter.position not in world.directory.positions:
        return False
    since = [one for one in world.store.letters_of(letter.ticket or 0) if one.id > letter.id]
    return all(one.address == sender for one in since if one.position == letter.position and one.sent_at is not None)


def _own_letter(letter: Letter | None, event: Replied) -> bool:
    """Whether an official answers, signed, a letter to his own mailbox."""
    own = letter is not None and letter.address == event.sender.lower() and letter.reader is not Reader.CITIZEN
    return own and event.signed


def _decisive(event: Replied) -> bool:
    """Whether the mail would end or withdraw the matter: that needs our signature."""
    answer = event.reading.answer
    return answer is not None and answer.status in (Status.CONFIRMED, Status.WITHDRAWN, Status.DISPUTED)


def _actor(world: World, ticket: Ticket, event: Replied, role: Role, position: str | None) -> To:
    """Whom an answer to this reply goes to: always the mailbox that wrote it."""
    if role is Role.CITIZEN:
        return letters.citizen(ticket)
    reader = Reader.DESK if role is Role.DESK else Reader.OFFICIAL
    own = by_mailbox(world.directory, event.sender)
    if own is None:
        name = event.reading.message.sender.name if event.reading.message.sender else ""
        return To(Reader.CITIZEN, event.sender, name, None, ticket)
    return To(reader, event.sender, world.title(position or own.id), position or own.id, ticket)


def _comment(world: World, ticket: Ticket, at: datetime, given: Given, data: dict[str, Any]) -> None:
    world.store.tell(
        Entry(
            at,
            ticket.id,
            given.actor_position or "?",
            "comment",
            ticket.state,
            ticket.state,
            mail=given.mail,
            letter=given.letter,
            data={"note": given.note, **data},
        )
    )


def _stranger(world: World, ticket: Ticket, event: Replied, given: Given, actor: To) -> Ticket:
    """Somebody who may not command: kept as a comment, and told so if the directory knows the mailbox."""
    _comment(world, ticket, event.at, given, {"wanted": "", "signed": event.signed})
    if by_mailbox(world.directory, event.sender) is not None:
        data = {"holder": world.title(ticket.holder), "note": "", "words": []}
        letters.write(world, ticket, "not_yours", "actor", event.at, data, actor=actor)
    return ticket


def _taken_back(world: World, ticket: Ticket, letter: Letter | None, event: Replied, given: Given) -> Ticket | None:
    """KELIRU from whose prose was read as a hand-over, so that he has the task no longer; None where it is not that."""
    answer = event.reading.answer
    if letter is None or answer is None or answer.command != "KELIRU" or not _own_letter(letter, event):
        return None
    try:
        return undo(world, ticket, event.at, replace(given, actor_position=letter.position), letter.position)
    except NotAllowed:
        return None


def story(world: World, ticket: Ticket, at: datetime) -> dict[str, Any]:
    """How a ticket stands, for its own citizen: what happened when, in words without names."""
    shown = world.store.ticket(ticket.joined_to) if ticket.joined_to else None
    subject = shown or ticket
    steps = [
        {"at": entry.at.isoformat(), "event": entry.event, "state": entry.to_state}
        for entry in world.store.history_of(subject.id)
        if entry.to_state and entry.event not in ("comment", "climb", "add")
    ]
    return context(world, subject, at, Given()) | {
        "steps": steps,
        "state": subject.state,
        "first": shown.number if shown else "",
    }


def _asked_story(world: World, ticket: Ticket, at: datetime, text: str) -> dict[str, Any]:
    """What a letter says besides to who asks how far the matter is: what happened when."""
    return {"steps": story(world, ticket, at)["steps"]} if asks_how(text) else {}


def another(world: World, ticket: Ticket, event: Replied) -> Ticket:
    """An answer to one of our letters that tells a new matter: a report of its own that names the old one."""
    from engine.desk.intake import received

    opened = received(world, Received(event.at, event.mail, event.reading))
    return _linked(world, ticket, opened, event.at) if opened is not None else ticket


def once_more(world: World, ticket: Ticket, at: datetime, given: Given) -> Ticket:
    """An objection after the time for it: a new report with the old one's owner."""
    from engine.desk.intake import reopened

    return _linked(world, ticket, reopened(world, ticket, at, given), at)


def _linked(world: World, old: Ticket, new: Ticket, at: datetime) -> Ticket:
    """Each of the two names the other in its history."""
    if old.id != new.id:
        for one, other in ((old, new), (new, old)):
            data = {"number": other.number, "ticket": other.id}
            world.store.tell(Entry(at, one.id, "engine", "linked", one.state, one.state, data=data))
    return new
