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
from engine.directory.model import Topic
from engine.letter import Letter
from engine.routing.fold import tokens
from engine.store import Entry
from engine.ticket import Role, State, Ticket

SETTLED = (State.DONE, State.CLOSED, State.REJECTED)
_NOUN = (
    r"(?:masalah|laporan|aduan|keluhan|kejadian|kasus|perkara|perkawis|lokasi|tempat|alamat|urusan|jalan|rumah|punya)"
)
_MATTER = rf"{_NOUN}(?:nya|na)?"
_MINE = r"(?:saya|sy|aku|gw|gue|kami|kita|abdi|tempat saya|di sini)"
_THAT = r"(?:itu|eta|ini|ieu|tersebut)"
_NOT = r"(?:bukan|tidak|tdk|gak|ga|nggak|enggak|bkn|sanes|teu)"
_DIFFERENT = re.compile(
    "|".join(
        (
            rf"\b{_MATTER}\s+(?:(?:dari|yang|yg|di|milik)\s+)?{_MINE}?\s*(?:{_THAT}|mah|teh)?\s*(?:memang\s+|jelas\s+|sangat\s+)?"
            rf"(?:berbeda|beda|benten|bukan (?:yang )?(?:itu|sama))\b",
            rf"\b{_NOUN}(?:nya|na|\s+{_MINE}|\s+{_THAT})\s+(?:mah\s+|teh\s+|memang\s+|jelas\s+)*lain\b",
            rf"\b(?:beda|berbeda|lain|benten)\s+(?:(?:dengan|sama|dari|dgn)\s+)?{_MATTER}",
            rf"\b{_NOT}\s+(?:masalah|laporan|hal|kasus|lokasi|tempat|jalan)?\s*yang\s+sama\b|\b{_NOT}\s+sama\b",
            r"\b(?:bukan|bkn|sanes)\s+(?:(?:yang|yg|nu)\s+)?(?:itu|eta|ieu)\b|\blain\s+(?:eta|ieu)\b",
            rf"\b(?:bukan|bkn|sanes)\s+(?:masalah|laporan|aduan|keluhan|kasus)\s+(?:{_THAT}|{_MINE})\b",
            rf"\b(?:laporan|aduan|keluhan|masalah)\w*\s+{_MINE}\s+(?:{_THAT}\s+|mah\s+|teh\s+)?(?:bukan|bkn|sanes)\b"
            r"(?!\s+(?:pertama|cuma|hanya|sekali|main|baru))",
            rf"\b{_NOT}\s+(?:ada|aya)\s+(?:hubungan|kaitan|sangkut)|^\W*{_NOT}\s+nyambung\b",
            r"\b(?:salah|keliru)\s+(?:di)?(?:gabung|satukan)|\bjangan\s+(?:di)?(?:gabung|satukan|samakan|samain|campur)",
            r"\b(?:di)?(?:gabung|satu|sama)(?:kan|in)\b[^.!\n]{0,40}\b(?:beda|berbeda|lain|benten)\b",
            rf"^\W*(?:keliru|salah)\b[^.!\n]{{0,40}}\b{_NOUN}\b",
            r"\b(?:lokasi|tempat|alamat)(?:nya|na)?\s+(?:saya\s+|kami\s+)?(?:bukan|sanes)\s+di\b",
            r"(?:^\W*|[.!?]\s*)(?:beda|berbeda|benten|pisah(?:kan)?)\b",
            r"\b(?:different|another|other)\s+(?:problem|matter|issue|case|place|location)\b",
            r"\b(?:not|isn't)\s+(?:my|the same)\s+(?:problem|report|matter|issue|complaint)\b",
            r"\b(?:mine|my (?:report|problem|complaint|issue))\s+is\s+(?:different|not|about|another)\b",
        )
    ),
    re.IGNORECASE,
)
_DENIED = re.compile(
    rf"\b(?:bukan|bkn|sanes|{_NOT}\s+(?:me)?lapor(?:kan|in)?)\s+"
    r"(?:(?:soal|tentang|mengenai|masalah|perkara|urusan|gangguan)\s+)?([^.,;!?\n]{3,60})",
    re.IGNORECASE,
)
"""What a citizen says that his report is not about."""
_READ = 2_000


def says_different(text: str) -> bool:
    """Whether a citizen says that his report is not what it was joined to; the first 2,000 characters are read."""
    return _DIFFERENT.search(" ".join(text[:_READ].split())) is not None


def denies(text: str, topic: Topic | None) -> bool:
    """Whether a citizen says that he did not write of what the others did ("bukan banjir pak, got saya mampet")."""
    keys = [tokens(phrase) for phrase in topic.keywords] if topic else []
    for match in _DENIED.finditer(text[:_READ]):
        said = tokens(match[1])
        if any(said[: len(key)] == key and said[len(key) : len(key) + 1] != ["biasa"] for key in keys if key):
            return True
    return False


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
    if says_different(text) or denies(text, world.directory.topics.get(main.topic or "")):
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
