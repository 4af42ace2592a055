"""What happens with a citizen's new mail: a ticket and its way, or a short polite answer, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.desk import asked, letters, listed, matter, triage
from engine.desk.charged import beside, charged, doubtful
from engine.desk.letters import To
from engine.desk.matter import NOTHING, Alone, Likely, Same
from engine.desk.moves import Given, endangered, may, move
from engine.desk.replies import story
from engine.desk.rescue import CALLED, rescuer
from engine.desk.world import World
from engine.directory import accused, barred, by_mailbox, ladder
from engine.event import Received
from engine.letter import Reader
from engine.message import Message
from engine.reading import Kind, Reading
from engine.routing.issues import without, without_turn
from engine.routing.route import Confidential, Route
from engine.store import Entry, NewTicket
from engine.ticket import Role, Ticket, find_number

ALONE = Alone()
_QUOTED = 200
"""Characters that a receipt quotes of the part of a mail it is about."""
PREFIX = re.compile(r"^(?:\s*(?:re|bls|balas|fwd?|trs|terusan|diteruskan)\s*:\s*)+", re.IGNORECASE)


def received(world: World, event: Received, same: Same = ALONE) -> Ticket | None:
    """Handles a new mail; gives the ticket it opened or concerned, if any."""
    reading, store = event.reading, world.store
    sender = reading.message.sender
    twin = _twin(world, event)
    if twin is not None:
        store.mark_mail(event.mail, "duplicate", ticket=twin, handled_at=event.at, kind=reading.kind.value)
        store.tell(Entry(event.at, twin, "engine", "duplicate", mail=event.mail))
        return store.ticket(twin)
    store.mark_mail(event.mail, "handled", handled_at=event.at, kind=reading.kind.value)
    answered = store.letter(event.answers) if event.answers else None
    if answered is not None:
        listed.which(world, event, answered)
        return None
    if reading.kind is Kind.COMPLAINT and sender is not None:
        waits = asked.waits_for(reading, _live(world, store.tickets_of(sender.address)))
        if waits is not None:
            return _how_it_stands(world, event, waits)
    if reading.kind in (Kind.COMPLAINT, Kind.EXTERNAL) or (reading.kind is Kind.EMPTY and reading.message.attachments):
        return _open_each(world, event, same)
    if reading.kind is Kind.REPLY and sender is not None and by_mailbox(world.directory, sender.address) is None:
        return _open_each(world, event, same)  # a number that somebody else's report has: a person looks what it is
    if reading.kind is Kind.STATUS and sender is not None and _first_told(world, reading, sender.address):
        return _open_each(world, _as_report(event), same, {"no_earlier": True})
    store.tell(Entry(event.at, None, "citizen", reading.kind.value, mail=event.mail))
    if reading.kind is Kind.SPAM or sender is None:
        return None
    if reading.kind is Kind.STATUS:
        return _status(world, event, sender.address)
    kind = "empty" if reading.kind is Kind.EMPTY else "noted"
    _answer(world, event, kind, None, {})
    return None


def _twin(world: World, event: Received) -> int | None:
    """The ticket of an earlier copy of this mail: the same Message-ID from the same sender, or the same bytes."""
    message = event.reading.message
    if message.message_id is None:
        return None
    earlier = world.store.earlier_mail(message.message_id, event.mail)
    if earlier is None or earlier.ticket is None:
        return None
    ticket = world.store.ticket(earlier.ticket)
    same_sender = ticket and message.sender and ticket.citizen_address.lower() == message.sender.key
    return ticket.id if ticket and same_sender else None


def _open_each(world: World, event: Received, same: Same, told: dict[str, Any] | None = None) -> Ticket:
    """Opens the mail's ticket, and one more for each further matter that routing is sure of; gives the first.

    A further matter is never joined by itself: its ticket quotes the whole mail, which speaks of the other one too.
    `told` is what the first one's letters may say beside the ticket.
    """
    reading = event.reading
    further = _further(reading.route)
    own = without(reading.text, [issue for issue, _ in further]) if further else ""
    first = _open(world, event, same, told, own)
    for issue, route in further:
        text = f"{issue}\n\nSurat selengkapnya:\n\n{reading.text}"
        kind = Kind.EXTERNAL if route.external else Kind.COMPLAINT
        message = replace(reading.message, subject="")  # the mail's is the first matter's
        apart = replace(event, reading=replace(reading, message=message, text=text, route=route, kind=kind))
        _open(world, apart, ALONE, told, without_turn(issue))
        world.store.mark_mail(event.mail, "handled", ticket=first.id)
    return first


def _further(route: Route | None) -> list[tuple[str, Route]]:
    """The further matters with a sure desk of their own; a secret report stays whole, and the unsure with the first."""
    if route is None or route.confidential is Confidential.SECRET:
        return []
    both = zip(route.issues, route.further, strict=True)
    return [(issue, other) for issue, other in both if not other.triage and (other.owner or other.external)]


def _open(world: World, event: Received, same: Same, told: dict[str, Any] | None = None, part: str = "") -> Ticket:
    """Opens one ticket; `part` is what of a mail with several matters it is about."""
    reading, store = event.reading, world.store
    message, route = reading.message, reading.route
    confidential = route.confidential if route else Confidential.NONE
    helper = rescuer(world, route, event.at) if confidential is not Confidential.SECRET else None
    target = helper.owner if helper else _target(world, route)
    chief = world.general(event.at).secret_position
    words = f"{message.subject}\n{reading.text}"
    about, heard = charged(world.directory, words, route)
    if confidential is not Confidential.SECRET:
        feared = any(charge.fear for charge in heard)
        confidential = Confidential.ANONYMOUS if feared and confidential is Confidential.NONE else confidential
    else:
        named = accused(world.directory, words, route.unit if route else None, world.unit_of(chief))
        about = tuple(dict.fromkeys((*named, *about)))
        target = target if _is_inspector(world, target, chief) else chief
    wanted = target
    target = _unaccused(world, about, target, chief, event.at)
    urgent = route is not None and route.urgent
    doubt = () if about or target is None or urgent else doubtful(world.directory, words, route)
    kept_from = target is not None and _kept_from(world, (*about, *doubt), target, chief)
    helper = None if kept_from or target != wanted else helper
    decided = route is not None and (not route.triage or target != wanted)
    sure = helper is not None or (target is not None and decided and not kept_from)
    workflow = world.chosen(None if confidential is Confidential.SECRET else route, sure)
    policy = world.rules_for(workflow.name, event.at)
    taken = helper or route
    ticket = store.open_ticket(
        NewTicket(
            year=event.at.year,
            workflow=workflow.name,
            rules=policy.version,
            state=workflow.start[0],
            holder=None,
            owner=None,
            topic=taken.topic if taken else None,
            unit=taken.unit if taken else None,
            place=route.place if route else None,
            external=route.external if route else None,
            urgent=bool(route and route.urgent),
            confidential=confidential,
            subject=subject_of(message, part or reading.text),
            text=reading.text or message.subject,
            citizen_name=message.sender.name if message.sender else "",
            citizen_address=message.sender.address if message.sender else event.reading.message.message_id or "",
            language=reading.language,
            mail=event.mail,
            opened_at=event.at,
            reported=about,
        )
    )
    store.mark_mail(event.mail, "handled", ticket=ticket.id)
    meant = replace(ticket, reported=doubt) if kept_from and not about else ticket
    why = _why(world, route) | triage.against(world, meant, _why(world, route)["candidates"])
    if helper is not None:
        why |= {CALLED: True, "reasons": list(helper.reasons)}
    why |= (told or {}) | ({"part": line(part, _QUOTED)} if part else {})
    given = Given(mail=event.mail, note=reading.text, actor_position="engine", data=why)
    joins = not confidential.hides_from_public and not about and any(row.event == "join" for row in workflow.rows)
    twin = same(ticket, route) if joins else NOTHING
    if twin.join is not None and _takes(world, twin.join.ticket, ticket, event.at):
        known = target if route is not None and not route.triage else None
        return _join(world, ticket, twin.join, event.at, given, same, known)
    if twin.proposed:
        given = _with(given, data={**given.data, "same": matter.proposals(world, twin.proposed)})
    # What may be known already is for the desk, unless somebody is in danger: then two letters are better than one.
    wait = bool(twin.proposed) and not ticket.urgent
    if confidential is Confidential.SECRET or (sure and not wait):
        moved = move(world, ticket, "sure", Role.ROUTING, event.at, _with(given, target=target))
    elif reading.kind is Kind.EXTERNAL and route and route.external and not route.triage and not route.urgent:
        moved = move(world, ticket, "outside", Role.ROUTING, event.at, _with(given, target=route.external))
    else:
        moved = move(world, ticket, "unsure", Role.ROUTING, event.at, given)
        _warn(world, moved, twin.proposed, event.at)
    _learn(world, moved, route, event.at, helped=helper is not None)
    return moved


def _warn(world: World, ticket: Ticket, likely: tuple[Likely, ...], at: datetime) -> None:
    """While the desk decides about a report of danger, who holds what it is most likely about hears of it at once."""
    if ticket.urgent and likely and likely[0].score >= world.general(at).join_at:
        endangered(world, ticket, ticket.text, at, likely[0].ticket.id)


def _takes(world: World, main: Ticket, ticket: Ticket, at: datetime) -> bool:
    """Whether a matter can take a report in: who is in danger joins only what is, or can become, an emergency."""
    return main.urgent or not ticket.urgent or may(world, main, "raise", Role.ROUTING, at)


def _join(world: World, ticket: Ticket, to: Likely, at: datetime, given: Given, same: Same, sure: str | None) -> Ticket:
    """Joins a new report; what was unsure while the matter was small is joined with it."""
    moved = _joined(world, ticket, to, at, given)
    main = world.store.ticket(to.ticket.id)
    if main is None:
        return moved
    for one, likely in same.caught_up(main):
        if not _takes(world, world.store.ticket(main.id) or main, one, at):
            continue
        _joined(world, one, likely, at, Given(actor_position="engine"))
    if sure is not None and matter.cleared_up(world.store, main):
        # What the first one wrote was unclear; another who writes of the same has said it clearly.
        move(world, main, "clear", Role.ROUTING, at, Given(target=sure, actor_position="engine"))
    return moved


def _joined(world: World, ticket: Ticket, to: Likely, at: datetime, given: Given) -> Ticket:
    why = {"reasons": list(to.reasons), "likeness": to.score}
    given = _with(given, ticket=to.ticket.id, data={**given.data, **why})
    return move(world, ticket, "join", Role.ROUTING, at, given)


def reopened(world: World, old: Ticket, at: datetime, given: Given) -> Ticket:
    """A new report about a matter that was closed: the old owner gets it, or the desk where there is none any more."""
    store = world.store
    workflow = world.workflow_of(old)
    owner = old.owner if old.owner in world.directory.positions else None
    policy = world.rules_for(workflow.name, at)
    ticket = store.open_ticket(
        NewTicket(
            year=at.year,
            workflow=workflow.name,
            rules=policy.version,
            state=workflow.start[0],
            holder=None,
            owner=None,
            topic=old.topic,
            unit=old.unit,
            place=old.place,
            external=None,
            urgent=old.urgent,
            confidential=old.confidential,
            subject=old.subject,
            text=given.note or old.text,
            citizen_name=old.citizen_name,
            citizen_address=old.citizen_address,
            language=old.language,
            mail=given.mail or old.mail,
            opened_at=at,
            hide_from_public=old.hide_from_public,
            hide_from_agency=old.hide_from_agency,
            reported=old.reported,
        )
    )
    if given.mail is not None:
        store.mark_mail(given.mail, "handled", ticket=ticket.id)
    about = Given(
        mail=given.mail, note=given.note, actor_position="engine", data={"reasons": [f"lanjutan {old.number}"]}
    )
    if owner is None:
        return move(world, ticket, "unsure", Role.ROUTING, at, about)
    return move(world, ticket, "sure", Role.ROUTING, at, _with(about, target=owner))


def _with(given: Given, **changes: Any) -> Given:
    return replace(given, **changes)


def _target(world: World, route: Route | None) -> str | None:
    if route is None or route.owner not in world.directory.positions:
        return None
    return route.owner


def _kept_from(world: World, about: tuple[str, ...], target: str, chief: str) -> bool:
    """Whether a report about those chairs must not go to `target`: they, who answers to them, or a colleague."""
    guard = world.unit_of(chief)
    colleague = world.unit_of(target) != guard and beside(world.directory, about, target)
    return colleague or barred(world.directory, about, guard, target)


def _unaccused(world: World, about: tuple[str, ...], target: str | None, chief: str, at: datetime) -> str | None:
    """Where the inspectorate, or the desk that would have to say, is itself complained of: the first above that is not;
    else the target that was found.
    """
    guard = world.unit_of(chief)
    if barred(world.directory, about, guard, world.desk):
        unsure = target is None or _kept_from(world, about, target, chief)
        target = chief if unsure else target
    if not _is_inspector(world, target, chief) or not barred(world.directory, about, guard, target or ""):
        return target
    free = (rung.position for rung in ladder(world.directory, chief, world.day(at)))
    return next((one for one in free if not barred(world.directory, about, guard, one)), target)


def _is_inspector(world: World, position: str | None, chief: str) -> bool:
    """Whether a chair is in the office of the one that secret reports go to."""
    return bool(position) and world.unit_of(position) == world.unit_of(chief)


def _why(world: World, route: Route | None) -> dict[str, Any]:
    """The routing's reasons and candidates, for the letters and the history."""
    if route is None:
        return {"reasons": [], "candidates": []}
    return {
        "reasons": list(route.reasons),
        "confidence_route": round(route.confidence, 3),
        "model": route.model,
        "unsure": route.triage,
        "candidates": [
            {
                "topic": c.topic or "",
                "probability": round(c.probability, 3),
                "unit": c.unit or "",
                "owner": c.owner or "",
                "external": c.external or "",
                "name": _candidate_name(world, c.unit, c.external),
                "title": world.title(c.owner) if c.owner else "",
                "reasons": list(c.reasons),
            }
            for c in route.candidates
        ],
        "further": [_candidate_name(world, other.unit, other.external) for _, other in _further(route)],
    }


def _candidate_name(world: World, unit: str | None, external: str | None) -> str:
    if unit in world.directory.units:
        return world.directory.units[unit or ""].name
    found = world.directory.externals.get(external or "")
    return found.name if found else unit or external or ""


def _learn(world: World, ticket: Ticket, route: Route | None, at: datetime, *, helped: bool) -> None:
    """What the routing said, to be compared with what people decide later; who only helps is no part of it."""
    said = {"topic": route.topic, "unit": route.unit, "owner": route.owner, "external": route.external} if route else {}
    world.store.decide(
        at=at,
        ticket=ticket.id,
        by="routing",
        said=said | {"triage": bool(route and route.triage)},
        topic=None if helped else ticket.topic,
        unit=None if helped else ticket.unit,
        owner=None if helped else ticket.owner,
        external=ticket.external,
        model=route.model if route else "",
    )


def subject_of(message: Message, text: str) -> str:
    """The matter in one line: the subject without reply marks, else the first words of the text."""
    return line(PREFIX.sub("", message.subject).strip() or text.strip().split("\n", 1)[0])


def line(text: str, most: int = 90) -> str:
    """A text as one line of at most so many characters, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 3].rsplit(" ", 1)[0] + " ..."


def _first_told(world: World, reading: Reading, sender: str) -> bool:
    """Whether a question how a report stands tells a matter that none of the asker's reports is about: lost otherwise.

    Who names a number has a report, from whatever address; a reply to our letter is about that letter's.
    """
    if find_number(f"{reading.message.subject}\n{reading.text}") is not None:
        return False
    mine = world.store.tickets_of(sender)
    return asked.tells_another(reading, mine) if mine else asked.tells_matter(reading)


def _as_report(event: Received) -> Received:
    """The same mail as a report of its own."""
    route = event.reading.route
    outside = route is not None and route.external is not None and route.unit is None
    return replace(event, reading=replace(event.reading, kind=Kind.EXTERNAL if outside else Kind.COMPLAINT))


def _status(world: World, event: Received, sender: str) -> Ticket | None:
    """Tells a citizen how his own report stands; another address learns nothing, not even that it exists."""
    reading: Reading = event.reading
    wanted = find_number(f"{reading.message.subject}\n{reading.text}")
    mine = world.store.tickets_of(sender)
    live = _live(world, mine)
    if wanted is None and len(live) > 1:
        data = [{"number": t.number, "subject": t.subject, "opened": t.opened_at.isoformat(),
                 "workflow": t.workflow, "state": (matter.root(world.store, t) or t).state} for t in live]  # fmt: skip
        _answer(world, event, "status_many", None, {"mine": data})
        return None
    found = next((t for t in mine if t.number == wanted), None) if wanted else next(iter([*live, *mine]), None)
    if found is None:
        _answer(world, event, "status_unknown", None, {"wanted": wanted or ""})
        return None
    world.store.mark_mail(event.mail, "handled", ticket=found.id)
    _answer(world, event, "status", found, story(world, found, event.at))
    return found


def _how_it_stands(world: World, event: Received, ticket: Ticket) -> Ticket:
    """Tells a citizen who waits how his report stands; what he wrote is kept in its history."""
    store = world.store
    data = {"note": event.reading.text, "wanted": "status"}
    store.tell(Entry(event.at, ticket.id, "citizen", "comment", ticket.state, ticket.state, mail=event.mail, data=data))
    store.mark_mail(event.mail, "handled", ticket=ticket.id, kind=Kind.STATUS.value)
    _answer(world, event, "status", ticket, story(world, ticket, event.at))
    return ticket


def _live(world: World, mine: Sequence[Ticket]) -> list[Ticket]:
    """Those of a citizen's reports that still wait for somebody."""
    return [one for one in mine if _goes_on(world, one)]


def _goes_on(world: World, ticket: Ticket) -> bool:
    """Whether a report still waits for somebody, by itself or with the one it was joined to."""
    main = matter.root(world.store, ticket) or ticket
    return world.workflow_of(main).is_open(main.state)


def _answer(world: World, event: Received, kind: str, ticket: Ticket | None, data: dict[str, Any]) -> None:
    """A short automatic answer outside any ticket's table, under the limit for its address."""
    sender = event.reading.message.sender
    if sender is None:
        return
    if ticket is not None:
        letters.post(world, To(Reader.CITIZEN, sender.address, sender.name, None, ticket), kind, event.at, data)
    else:
        letters.post_loose(world, sender.address, sender.name, kind, event.at, data)
