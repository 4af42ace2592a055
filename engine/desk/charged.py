"""Whom an open report complains of, as chairs: those must not get it, nor anybody who answers to them."""

from __future__ import annotations

import re

from engine.directory import LEADERS, Directory, Position, accused, find_chairs, find_units, head_of, is_above
from engine.directory.titles import says
from engine.routing.charges import Charge, charges, spoken_of
from engine.routing.route import Confidential, Route
from engine.ticket import Ticket

_LOCAL = {"lurah": "kelurahan", "camat": "kecamatan"}
_STAFF = {"seklur": "lurah", "sekel": "lurah", "sekcam": "camat", "sekmat": "camat"}
_CALLED = {"kasatpol": "kepala satpol"}
_KINDS = ("kelurahan", "kecamatan")
_NAME_WORDS = 3
_VAGUE = frozenset(
    re.findall(
        r"\S+", "kepala sekretaris direktur direksi manajer manager asisten plt plh pj katim subkoordinator subkoor"
    )
) | {"ketua tim", "kepala kantor", "kepala unit", "staf ahli", "kepala pelaksana"}
"""Ranks that others bear as well (`kepala sekolah`, `sekretaris RW`): they count with a name of the city's only."""
_SUSPECT = re.compile(r"korupsi|pungutan|curang|kelakuan|suap", re.IGNORECASE)


def charged(
    directory: Directory, text: str, route: Route | Ticket | None, target: str | None = None
) -> tuple[tuple[str, ...], tuple[Charge, ...]]:
    """The chairs complained of or feared and the charges; of a rank without a name the one at the report's place or in
    the office whose matter it is, all of that rank where its words do not say which.

    Who only behaves badly is left out unless the report would go to himself (its owner, or the `target` it is about to
    get): his office still does its work. In a report of wrongdoing, and in one that asks for secrecy, whoever is named
    and not spoken to is meant.
    """
    grave = _grave(directory, route)
    heads = _heads(directory)
    heard = (*charges(text, heads), *(spoken_of(text, heads) if grave else ()))
    found: list[str] = []
    meant: list[Charge] = []
    each = [(charge, *_chairs(directory, charge, text, route)) for charge in heard]
    for charge, chairs, named in sorted(each, key=lambda one: (one[0].bare, len(one[1]))):
        told = len(chairs) > 1 and set(chairs) & set(found)  # `takut sama kasi itu`, who was named before
        near = (route.owner if route is not None else None) in chairs or target in chairs
        if charge.bare and (not named or _examiners(directory, chairs)):
            continue
        meant.append(charge)
        if not told and (not charge.manner or grave or near):
            found += chairs
    return tuple(dict.fromkeys(found)), tuple(charge for charge in heard if charge in meant)


def doubtful(directory: Directory, text: str, route: Route | Ticket | None) -> tuple[str, ...]:
    """The chairs of whom a text tells something by name that is no known charge, and no praise: whether it is one is
    for a person to say.
    """
    told = [_chairs(directory, one, text, route) for one in spoken_of(text, _heads(directory))]
    found = [chairs for chairs, named in told if named]
    return tuple(dict.fromkeys(chair for chairs in found if not _examiners(directory, chairs) for chair in chairs))


def _examiners(directory: Directory, chairs: tuple[str, ...]) -> bool:
    """Whether it is the inspectorate, to which such reports are written: only a charge says that it is meant."""
    return any(directory.units[directory.positions[one].unit].kind == "inspektorat" for one in chairs)


def _grave(directory: Directory, route: Route | Ticket | None) -> bool:
    """Whether the report is of wrongdoing by its topic, or asks that something be kept back."""
    if route is None:
        return False
    topic = directory.topics.get(route.topic or "")
    hidden = route.confidential not in ("", Confidential.NONE, Confidential.NONE.value)
    return hidden or (topic is not None and _SUSPECT.search(topic.name) is not None)


def _chairs(
    directory: Directory, charge: Charge, text: str, route: Route | Ticket | None
) -> tuple[tuple[str, ...], bool]:
    """The chairs that a charge means, and whether its own words name them."""
    rank = _STAFF.get(charge.rank, charge.rank)
    kind = next((kind for level, kind in _LOCAL.items() if level in rank or kind in rank), None)
    if kind is not None:
        unit, named = _local(directory, kind, charge.after, route)
        if unit is None:
            return (), False
        head = head_of(directory, unit)
        below = find_chairs(directory, charge.rank, (unit,)).ids if charge.rank.startswith("sek") else ()
        return below or ((head.id,) if head else ()), named
    heads = charge.rank in _heads(directory)
    line = charge.rank if heads else f"{_CALLED.get(charge.rank, charge.rank)} {charge.after}".strip()
    line = re.sub(r"^asisten (i{1,3})\b", lambda hit: f"asisten {len(hit[1])}", line)
    if charge.rank == "inspektur":
        own = [head_of(directory, unit.code) for unit in directory.units.values() if unit.kind == "inspektorat"]
        return tuple(head.id for head in own if head), True
    units = _named_units(directory, line)
    if units:
        return find_chairs(directory, line, units).ids, True
    found = find_chairs(directory, line)
    if len(found.ids) == 1 and (heads or _says_so(directory, found.ids[0], charge)):
        return found.ids, True
    if charge.rank in _VAGUE:
        return (), False
    units = _offices(directory, charge.phrase, text, None if _grave(directory, route) else route)
    return (find_chairs(directory, line, units).ids if units else ()), False


def _says_so(directory: Directory, chair: str, charge: Charge) -> bool:
    """Whether the first word behind the rank is one of that chair's title, or the rank alone is its title."""
    words = [word for word in charge.after.split() if word not in ("bidang", "seksi", "urusan", "bagian", "di", "pada")]
    alone = (
        not words
        or set(words[0]) == {"i"}
        or (charge.rank not in _VAGUE and directory.positions[chair].level in LEADERS)
    )
    return alone or says(directory, directory.positions[chair], words[0])


def _local(directory: Directory, kind: str, after: str, route: Route | Ticket | None) -> tuple[str | None, bool]:
    """The kelurahan or kecamatan whose name follows the rank, else the report's own; and whether it was named."""
    words = after.split()
    for count in range(min(_NAME_WORDS, len(words)), 0, -1):
        found = [u for u in find_units(directory, f"{kind} {' '.join(words[:count])}", whole=True) if u.kind == kind]
        if len(found) == 1:
            return found[0].code, True
    place = directory.places.get(route.place or "") if route else None
    if place is not None:
        return (place.kecamatan if kind == "kecamatan" else place.code), False
    own = route.unit if route and route.unit in directory.units else None
    return (own if own and directory.units[own].kind == kind else None), False


def _named_units(directory: Directory, line: str) -> tuple[str, ...]:
    """The offices that the words around a rank name: a kelurahan or kecamatan with or without its kind, or another."""
    words = line.split()
    for kind in _KINDS:
        short = kind[:3]
        for at, word in enumerate(words):
            if word in (kind, short):
                code, named = _local(directory, kind, " ".join(words[at + 1 :]), None)
                if named and code:
                    return (code,)
    inner = tuple(code for code in accused(directory, line, None, "") if _inner(directory, code))
    if inner:
        return inner
    for count in range(min(_NAME_WORDS, len(words) - 1), 0, -1) if _of_an_office(line) else ():
        found = [
            u.code for u in find_units(directory, " ".join(words[-count:]), whole=True) if _inner(directory, u.code)
        ]
        if len(found) == 1:
            return (found[0],)
    spans = {"".join(words[at : at + count]) for at in range(1, len(words)) for count in range(1, _NAME_WORDS + 1)}
    return tuple(u.code for u in directory.units.values() if u.kind in _KINDS and _bare(u.name) in spans)


def _of_an_office(line: str) -> bool:
    """Whether a rank is that of an office's head or deputy, so that the words behind it are the office's name."""
    return re.match(r"(?:dir|man|asman|asisten man|kadis|kaban|kepala|sekretaris|sekdis|wadir|wakil)", line) is not None


def _bare(name: str) -> str:
    return "".join(name.lower().split()[1:])


def _offices(directory: Directory, phrase: str, text: str, route: Route | Ticket | None) -> tuple[str, ...]:
    """The office that the charge names, else the only one in the text, else the one whose matter it is."""
    for words in (phrase, text):
        named = [code for code in accused(directory, words, None, "") if _inner(directory, code)]
        if len(named) == 1:
            return (named[0],)
    return (route.unit,) if route and route.unit in directory.units else ()


def _inner(directory: Directory, code: str) -> bool:
    return code in directory.units and directory.units[code].kind not in _KINDS


def _heads(directory: Directory) -> frozenset[str]:
    """The one-word names of heads: `kadishub`, `kadinkes`."""
    names = (name.lower() for unit in directory.units.values() for name in (unit.code, *unit.aliases))
    return frozenset(f"ka{name}" for name in names if name.isalpha())


def beside(directory: Directory, chairs: tuple[str, ...], position: str | None) -> bool:
    """Whether a chair sits in the office of one complained of and not above him: a colleague examines nobody."""
    own = directory.positions.get(position or "")
    others = [directory.positions[one] for one in chairs if one in directory.positions]
    return own is not None and any(
        one.unit == own.unit and one.id != own.id and not is_above(directory, own.id, one.id) for one in others
    )


def above(directory: Directory, chairs: tuple[str, ...]) -> Position | None:
    """The nearest chair above all of those complained of."""
    at = directory.positions.get(chairs[0]) if chairs else None
    while at is not None and at.reports_to:
        at = directory.positions.get(at.reports_to)
        if at is not None and at.id not in chairs:
            return at
    return None
