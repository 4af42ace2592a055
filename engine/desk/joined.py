"""What people say about joined reports: a citizen of one, the desk or the holder who joins and takes apart.

A joined report ends or leaves the group by its own citizen's word alone; the matter of the others goes on:

    a difference ("masalah saya berbeda")   taken out of the group, to the desk, which may join it again
    another matter, told of what is his,
    in answer to the letter of joining      the same
    confirmed, as the matter stands         that report is closed, and still counts as a report of the matter
    withdrawn                               that report ends
    disputed, once the office is done       taken out of the group and in work again with the office; those who dispute
                                            after it are joined to it, so that the office gets one letter and not forty
    the answer to an open question          the answer of any of them is the group's
    danger                                  makes the matter an emergency
    anything else that is news              to the holder: by mail while he has had few, else on his list
    thanks, agreement, what all have said   kept in its history and in the main ticket's
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.desk import letters, matter
from engine.desk.different import denies, elsewhere, his_own, says_different
from engine.desk.intent import Intent
from engine.desk.moves import Given, context, endangered
from engine.desk.world import World
from engine.event import Replied
from engine.letter import Letter
from engine.routing.fold import fold
from engine.routing.route import Route
from engine.routing.trace import only_him, telling
from engine.store import Entry
from engine.ticket import Role, State, Ticket

SETTLED = (State.DONE, State.CLOSED, State.REJECTED)
_WAITING = telling(
    """
    tunggu nunggu ditunggu menunggu sabar siap oke ok baik baiklah betul benar bener memang setuju sama sarua iya ya yoi
    sip mantap keren makasih terimakasih trims thanks nuhun hatur info kabar kabarnya perkembangan perkembangannya
    selesai beres nyala ngalir normal hidup mati padam parah lama banget sangat tetap tetep semoga mudah-mudahan
    tetangga sebelah semua kami rt rw tempat aja saja cepet lekas
    """
)
"""Stems of words that wait, agree, thank or say that it is the same with the writer: no news to the holder."""


def spoken(
    world: World, ticket: Ticket, role: Role, said: Intent, event: Replied, letter: Letter | None
) -> tuple[Ticket, Intent]:
    """The ticket that a reply is really about, and what it asks of it."""
    if role is Role.CITIZEN:
        return _citizen(world, ticket, said, event, letter) if ticket.state == State.JOINED else (ticket, said)
    if said.event == "join":
        return ticket, _join(said, letter)
    if said.event == "split":
        return _taken_out(world, ticket, said), replace(said, target=None)
    return ticket, said


def _citizen(
    world: World, ticket: Ticket, said: Intent, event: Replied, letter: Letter | None
) -> tuple[Ticket, Intent]:
    main, text = matter.root(world.store, ticket), event.reading.text
    if main is None or main.id == ticket.id or said.event == "withdraw":
        return ticket, said
    if says_different(text) or denies(text, world.directory.topics.get(main.topic or "")):
        return ticket, replace(said, event="split")
    if said.event in ("new", "status", "confirm", "thanks"):
        return ticket, said
    if main.state == State.NEED_INFO and said.event in ("add", "inform"):
        return main, replace(said, event="inform")
    if said.event == "dispute" and main.state in SETTLED:
        again = _disputed_before(world, main)
        return ticket, replace(said, event="rejoin", target=again.number) if again else said
    route = world.routed("", text)
    danger = route is not None and route.urgent
    if not danger and (letter is None or letter.kind == "joined") and _another(world, main, text, route):
        return ticket, replace(said, event="split")
    _pass_on(world, main, ticket, event, danger)
    return ticket, replace(said, event="add")


def _another(world: World, main: Ticket, text: str, route: Route | None) -> bool:
    """Whether the words by which somebody answers that he was joined tell of a matter of his own: his alone, of a
    topic that no report of the group has, or in another place than all of them.
    """
    if only_him(fold(text)):
        return True
    if route is None or not his_own(text):
        return False
    group = (main, *matter.members(world.store, main))
    topics, places = {one.topic for one in group}, {one.place for one in group} - {None}
    other = route.topic is not None and not route.triage and route.topic not in topics
    return other or (bool(places) and route.place is not None and route.place not in places and elsewhere(text))


def _pass_on(world: World, main: Ticket, ticket: Ticket, event: Replied, danger: bool) -> None:
    """What a citizen of the group adds is the holder's to know, if it is news; danger makes the matter an emergency.

    What a hidden reporter writes goes out under his own report, without whatever tells who he is.
    """
    text, at = event.reading.text, event.at
    hidden = ticket.hide_from_agency
    note = {"number": ticket.number, "note": "" if hidden else text}
    world.store.tell(
        Entry(at, main.id, "citizen", "joined_comment", main.state, main.state, mail=event.mail, data=note)
    )
    files = len(event.reading.message.attachments)
    if danger and endangered(world, ticket, text, at) and not (hidden or files):
        return
    if not world.workflow_of(main).is_open(main.state) or not (danger or files or _news(world, main, text)):
        return
    now = world.store.ticket(main.id) or main
    listed = not danger and matter.enough(world, now, ("citizen_comment",))
    whose = {"first": now.number} if hidden else {"by_report": ticket.number}
    data = context(world, now, at, Given(note=text, mail=event.mail, data={"files": files, **whose}))
    role = Role.DESK if world.at_desk(now) else Role.HOLDER
    for reader in letters.readers(world, now, "holder", at, None, None):
        to = replace(reader, ticket=ticket) if hidden else reader
        data["words"] = world.role_words(now, role, at, reader.position)
        letters.post(world, to, "citizen_comment", at, data, digest=listed)


def _news(world: World, main: Ticket, text: str) -> bool:
    """Whether a word stands in it that neither waits, agrees or thanks, nor stands in what the group has told."""
    told = (telling(f"{one.subject} {one.text}") for one in (main, *matter.members(world.store, main)))
    return bool(telling(text) - _WAITING.union(*told))


def _disputed_before(world: World, main: Ticket) -> Ticket | None:
    """The report of this group whose citizen disputed first, if it is in work again."""
    for entry in reversed(world.store.history_of(main.id)):
        if entry.event == "left" and entry.data.get("why") == "dispute":
            found = world.store.ticket_by_number(str(entry.data.get("number")))
            if found is not None and found.state in matter.JOINABLE:
                return found
    return None


def before(world: World, ticket: Ticket) -> list[dict[str, Any]]:
    """What the desk is shown of the matter that a report leaves: one word joins it again."""
    main = matter.root(world.store, ticket)
    return matter.proposals(world, [matter.Likely(main, 0.0, ())] if main and main.state in matter.JOINABLE else [])


def _join(said: Intent, letter: Letter | None) -> Intent:
    """GABUNG without a number means the likeliest ticket that the letter proposed."""
    if said.target is None and letter is not None:
        same = letter.data.get("same")
        if isinstance(same, list) and same and isinstance(same[0], dict):
            return replace(said, target=str(same[0].get("number")))
    return said


def _taken_out(world: World, ticket: Ticket, said: Intent) -> Ticket:
    """PISAH with a number means that report of the group; without one this ticket, or the only one joined to it."""
    found = world.store.ticket_by_number(said.target) if said.target else None
    if found is not None and found.joined_to in (ticket.id, ticket.joined_to):
        return found
    members = matter.members(world.store, ticket)
    return members[0] if len(members) == 1 and said.target is None else ticket
