"""What an official's plain line disposes: a matter given down to a chair of his own office, a report taken out of a
group.
"""

from __future__ import annotations

import re

from engine.desk.intent import Intent
from engine.desk.world import World
from engine.directory import find_chairs, is_above
from engine.reading import Answer
from engine.ticket import Role, State, Ticket, find_number

_BEFORE = (
    r"(?:mohon|tolong|tlg|segera|sudah|sdh|udah|udh|telah|ini|laporan(?:nya)?|kami|saya|sy|baik|siap|ok|oke|ya|pak|bu|"
    r"langsung|aja|saja)"
)
_DOWN = re.compile(
    rf"^\W*(?:{_BEFORE}\b[\s,.]*)*(?:di)?(?:disposisi(?:kan)?|dispo|teruskan|serahkan|limpahkan|tugaskan|perintahkan)\b"
    rf"(?:\s+{_BEFORE}\b)*\s*[:,]?\s*(?:ke|kpd|kepada|k|untuk|utk)\s+([^.;!?\n]{{3,120}})",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:beda|berbeda|lain|benten|pisah(?:kan|in)?|dipisah(?:kan|in)?|keluarkan|dikeluarkan|salah gabung|"
    r"(?:bukan|tidak|tdk|gak|ga|nggak) (?:yang |yg )?sama|jangan digabung)\b",
    re.IGNORECASE,
)
_MOST = 5


def disposed(world: World, ticket: Ticket, role: Role, answer: Answer, text: str) -> Intent | None:
    """What a line of prose by the holder, a superior or the desk disposes; None where it does not."""
    if answer.explicit:
        return None
    apart = _taken_out(world, ticket, text)
    if apart is not None or role is Role.DESK:
        return apart
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    found = _DOWN.match(line)
    return _given_down(world, ticket, role, answer, found[1], text) if found else None


def _taken_out(world: World, ticket: Ticket, text: str) -> Intent | None:
    """PISAH in plain words: it names the number of a report of this group and says that it is another matter."""
    number = find_number(text)
    named = world.store.ticket_by_number(number) if number and _APART.search(text) else None
    group = (ticket.id, ticket.joined_to)
    if named is None or named.state != State.JOINED or named.joined_to not in group:
        return None
    return Intent("split", number, reason=text)


def _given_down(world: World, ticket: Ticket, role: Role, answer: Answer, named: str, text: str) -> Intent | None:
    """`disposisi ke kasi drainase`: the chair of the holder's own office, below him where he says it himself."""
    directory, own = world.directory, ticket.holder or ticket.owner or ""
    unit = world.unit_of(own)
    if not unit or any(code != unit for code in answer.offices):
        return None
    found = find_chairs(directory, named, (unit,))
    below = tuple(one for one in found.ids if role is Role.SUPERIOR or is_above(directory, own, one))
    if not found.ranked or not below:
        return None
    if len(below) > 1:  # of several the one whose people the matter is
        inside = world.owner_in(unit, ticket.subject, ticket.text) or ticket.owner or ""
        near = tuple(one for one in below if one == inside or is_above(directory, one, inside))
        below = near if len(near) == 1 else below
    over = role is Role.SUPERIOR or world.took_over(ticket, ticket.holder)
    event = "reassign" if over else "hand_over"
    if len(below) > 1:
        return Intent(event, None, named, among=below[:_MOST], asked=True)
    return Intent(event, below[0], named, reason=text)
