"""The chair, or the authority outside, that a line names; where it may mean several, all of them, to ask its writer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.desk.world import World
from engine.directory import (
    Chairs,
    by_mailbox,
    chair_beside,
    find_chairs,
    find_external,
    find_matter,
    find_units,
    head_of,
    office_of,
)
from engine.reading import Answer
from engine.ticket import Ticket

WORDS = re.compile(r"[A-Za-z0-9.\-]+")
MOST = 5
"""More chairs than these are no choice to offer: then the unit is asked for."""
_ADDRESS = re.compile(r"[^\s<>\"',;:()]+@[^\s<>\"',;:()]+")

_BESIDE = 5
"""Words beside an office's name in prose that may say which chair of it."""
_RANKED = re.compile(r"(?:bagian|bag|bidang|bid|seksi|sie|subbag\w*|uptd?|unit|kasi|kasie|kabid|kabag|kasubag|asman)$")


@dataclass(frozen=True, slots=True)
class Whom:
    """`target` is a position id or, with `outside`, an agency's code. `asked`: several fit (`among`, codes of chairs
    and agencies, at most five) or none of a rank that was said, so that nothing may be done before the writer has
    chosen.
    """

    target: str | None = None
    outside: bool = False
    among: tuple[str, ...] = ()
    asked: bool = False


def whom(world: World, ticket: Ticket, answer: Answer, line: str) -> Whom:
    """Whom a line (a command's argument, the first line of prose) names for this ticket; nobody if it names none."""
    directory = world.directory
    written = _written(world, answer, line)
    if written is not None:
        return Whom(written)
    address = _ADDRESS.search(line)
    if address is not None:
        found = by_mailbox(directory, address[0].strip(".").lower())
        return Whom(found.id) if found else Whom()
    offices = _nearest(world, answer, line)
    if len(offices) > 1:
        each = [_in_office(world, ticket, code, line, answer.called) for code in offices]
        return Whom(among=tuple(dict.fromkeys(one for one in each if one))[:MOST], asked=True)
    if offices and offices[0] in directory.externals:
        return Whom(offices[0], outside=True)
    if offices:
        unit = offices[0]
        chairs = find_chairs(directory, line, (unit,), answer.called)
        known = _settled(world, ticket, chairs, unit)
        return known or Whom(position_for(world, ticket, unit))
    return _anywhere(world, ticket, line)


def _written(world: World, answer: Answer, line: str) -> str | None:
    """The chair whose id stands in the line."""
    said = [word[0].lower().rstrip(".") for word in WORDS.finditer(line[:200])]
    return next((one for one in (*said, answer.target) if one in world.directory.positions), None)


def _nearest(world: World, answer: Answer, line: str) -> tuple[str, ...]:
    """The offices and agencies named; of a kelurahan and its kecamatan the kelurahan, of an office and an agency beside
    a rank of the city's the office.
    """
    directory = world.directory
    codes = answer.offices or ((answer.target,) if answer.target else ())
    known = tuple(code for code in codes if code in directory.units or code in directory.externals)
    if not known:
        own = find_external(directory, line)
        found = find_units(directory, line, whole=not answer.explicit)
        found = found or find_units(directory, office_of(line), whole=True)
        known = (own,) if own else (found[0].code,) if len(found) == 1 else ()
    above = {directory.units[code].parent for code in known if code in directory.units}
    known = tuple(code for code in known if code not in above)
    units = tuple(code for code in known if code in directory.units)
    if units and len(units) < len(known) and find_chairs(directory, line, units, answer.called).ranked:
        return units
    return known


def _in_office(world: World, ticket: Ticket, code: str, line: str, called: tuple[str, ...]) -> str | None:
    if code in world.directory.externals:
        return code
    return find_chairs(world.directory, line, (code,), called).sole or position_for(world, ticket, code)


def _anywhere(world: World, ticket: Ticket, line: str) -> Whom:
    """The chair that a line without an office's name means: of the holder's own office, of the ticket's place, or the
    only one in the city; else the topic's.
    """
    directory = world.directory
    own = ticket.holder or ticket.owner or ""
    beside = chair_beside(directory, own, line) if "." in line else None
    if beside is None and "." in line.strip(" ."):
        ending = "." + ".".join(line.lower().split())
        ids = [one for one in directory.positions if one.endswith(ending)]
        beside = ids[0] if len(ids) == 1 else None
    if beside is not None:
        return Whom(beside)
    found = find_chairs(directory, line)
    if found.ranked and own in directory.positions and not world.at_desk(ticket):
        near = find_chairs(directory, line, (directory.positions[own].unit,))
        if near.sole is not None:
            return Whom(near.sole)
    if found.sole is not None:
        return Whom(found.sole)
    topic = directory.topics.get(find_matter(directory, line) or "")
    if topic is not None and not found.ranked:
        chair = topic.position or position_for(world, ticket, topic.unit)
        return Whom(chair) if chair else Whom()
    return _settled(world, ticket, found, None) or Whom()


def _settled(world: World, ticket: Ticket, chairs: Chairs, unit: str | None) -> Whom | None:
    """What the chairs that fit come to; None where the line speaks of no chair."""
    if chairs.sole is not None:
        return Whom(chairs.sole)
    if not chairs.named:
        return None
    inside = world.owner_in(unit, ticket.subject, ticket.text) if unit else None
    if inside in chairs.ids:
        return Whom(inside)
    place = world.directory.places.get(ticket.place or "")
    here = (place.code, place.kecamatan) if place else ()
    near = [one for one in chairs.ids if world.unit_of(one) in here]
    if len(near) == 1:
        return Whom(near[0])
    return Whom(among=chairs.ids if len(chairs.ids) <= MOST else (), asked=True)


def chair_beside_office(world: World, answer: Answer, text: str) -> str | None:
    """The chair that prose names right beside the office it hands over to (`ke Seksi Drainase DPUPR`), by its rank."""
    if answer.target not in answer.offices or answer.target not in world.directory.units:
        return None
    line = next((line for line in text.splitlines() if line.strip()), "")
    words = re.findall(r"\w+", line.lower())
    at = [n for n, word in enumerate(words) if word in answer.called]
    if not at:
        return None
    ranks = [n for n, word in enumerate(words) if _RANKED.match(word) and min(abs(n - m) for m in at) <= _BESIDE]
    for rank in ranks:
        for end in range(rank + _BESIDE, rank + 1, -1):
            found = find_chairs(world.directory, " ".join(words[rank:end]), (answer.target,), answer.called)
            if found.sole is not None:
                return found.sole
    return None


def position_for(world: World, ticket: Ticket, target: str | None) -> str | None:
    """The chair a unit or position code means for this matter."""
    if target is None:
        return None
    if target in world.directory.positions:
        return target
    if target not in world.directory.units:
        return None
    inside = world.owner_in(target, ticket.subject, ticket.text)
    if inside in world.directory.positions:
        return inside
    head = head_of(world.directory, target)
    return head.id if head else None
