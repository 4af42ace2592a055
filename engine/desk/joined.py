"""What people say about joined reports: a citizen of one, the desk or the holder who joins and takes apart.

A joined report ends or leaves the group by its own citizen's word alone; the matter of the others goes on:

    a difference ("masalah saya berbeda")   taken out of the group, to the desk
    confirmed                               that report is closed, and still counts as a report of the matter
    withdrawn                               that report ends
    disputed, once the office is done       taken out of the group and in work again with the office; those who dispute
                                            after it are joined to it, so that the office gets one letter and not forty
    the answer to an open question          the answer of any of them is the group's
    anything else                           kept in its history and in the main ticket's
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from engine.desk import matter
from engine.desk.intent import Intent
from engine.desk.world import World
from engine.letter import Letter
from engine.store import Entry
from engine.ticket import Role, State, Ticket

SETTLED = (State.DONE, State.CLOSED, State.REJECTED)
_MATTER = r"(?:masalah|laporan|aduan|keluhan|kejadian|kasus|lokasi|tempat|urusan|jalan|rumah|punya)(?:nya|na)?"
_MINE = r"(?:saya|sy|aku|kami|kita|abdi|tempat saya|di sini)"
_DIFFERENT = re.compile(
    rf"\b{_MATTER}\s+(?:(?:dari|yang|yg|di|milik)\s+)?{_MINE}?\s*(?:ini|itu|tersebut|mah|teh)?\s*"
    r"(?:memang\s+|jelas\s+|sangat\s+)?(?:berbeda|beda|lain|benten|bukan (?:yang )?(?:itu|sama))\b"
    rf"|\b(?:beda|berbeda|lain)\s+(?:(?:dengan|sama|dari|dgn)\s+)?{_MATTER}"
    r"|\b(?:bukan|tidak|tdk|gak|ga|nggak|enggak|bkn|sanes)\s+(?:masalah|laporan|hal|kasus|lokasi|tempat|jalan)?\s*yang\s+sama\b"
    r"|\b(?:bukan|tidak|tdk|gak|ga|nggak|enggak|sanes|teu)\s+sama\b"
    r"|\b(?:salah|keliru)\s+(?:di)?(?:gabung|satukan)|\bjangan\s+(?:di)?(?:gabung|satukan)"
    r"|^\W*(?:beda|berbeda|pisah(?:kan)?)\b",
    re.IGNORECASE,
)
_READ = 2_000


def says_different(text: str) -> bool:
    """Whether a citizen says that his report is not what it was joined to; the first 2,000 characters are read."""
    return _DIFFERENT.search(" ".join(text[:_READ].split())) is not None


def spoken(
    world: World, ticket: Ticket, role: Role, said: Intent, text: str, letter: Letter | None, at: datetime
) -> tuple[Ticket, Intent]:
    """The ticket that a reply is really about, and what it asks of it."""
    if role is Role.CITIZEN:
        return _citizen(world, ticket, said, text, at) if ticket.state == State.JOINED else (ticket, said)
    if said.event == "join":
        return ticket, _join(said, letter)
    if said.event == "split":
        return _taken_out(world, ticket, said), replace(said, target=None)
    return ticket, said


def _citizen(world: World, ticket: Ticket, said: Intent, text: str, at: datetime) -> tuple[Ticket, Intent]:
    main = matter.root(world.store, ticket)
    if main is None or main.id == ticket.id or said.event == "withdraw":
        return ticket, said
    if says_different(text):
        return ticket, replace(said, event="split")
    if said.event in ("new", "status"):
        return ticket, said
    if main.state == State.NEED_INFO and said.event in ("add", "inform"):
        return main, replace(said, event="inform")
    if said.event == "confirm":
        return ticket, said
    if said.event == "dispute" and main.state in SETTLED:
        again = _disputed_before(world, main)
        return ticket, replace(said, event="rejoin", target=again.number) if again else said
    note = {"number": ticket.number, "note": text}
    world.store.tell(Entry(at, main.id, "citizen", "joined_comment", main.state, main.state, data=note))
    return ticket, replace(said, event="add")


def _disputed_before(world: World, main: Ticket) -> Ticket | None:
    """The report of this group whose citizen disputed first, if it is in work again."""
    for entry in reversed(world.store.history_of(main.id)):
        if entry.event == "left" and entry.data.get("why") == "dispute":
            found = world.store.ticket_by_number(str(entry.data.get("number")))
            if found is not None and found.state in matter.JOINABLE:
                return found
    return None


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
