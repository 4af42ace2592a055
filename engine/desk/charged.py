"""Whom an open report complains of, as chairs: those must not get it, nor anybody who answers to them."""

from __future__ import annotations

from engine.directory import Directory, Position, accused, find_chairs, find_units, head_of
from engine.routing.charges import Charge, charges
from engine.routing.route import Route
from engine.ticket import Ticket

_LOCAL = {"lurah": "kelurahan", "camat": "kecamatan"}
_NAME_WORDS = 3


def charged(
    directory: Directory, text: str, route: Route | Ticket | None
) -> tuple[tuple[str, ...], tuple[Charge, ...]]:
    """The chairs complained of or feared and the charges; of a rank without a name the one at the report's place or in
    the office whose matter it is, all of that rank where its words do not say which.

    Who only behaves badly is left out unless the report would go to himself: his office still does its work.
    """
    heard = charges(text)
    found: list[str] = []
    each = [(charge, _chairs(directory, charge, text, route)) for charge in heard]
    for charge, chairs in sorted(each, key=lambda pair: len(pair[1])):
        told = len(chairs) > 1 and set(chairs) & set(found)  # `takut sama kasi itu`, who was named before
        if not told and (not charge.manner or (route is not None and route.owner in chairs)):
            found += chairs
    return tuple(dict.fromkeys(found)), heard


def _chairs(directory: Directory, charge: Charge, text: str, route: Route | Ticket | None) -> tuple[str, ...]:
    kind = next((kind for level, kind in _LOCAL.items() if level in charge.rank or kind in charge.rank), None)
    if kind is not None:
        unit = _local(directory, kind, charge.after, route)
        if unit is None:
            return ()
        head = head_of(directory, unit)
        below = find_chairs(directory, charge.rank, (unit,)).ids if charge.rank.startswith("sek") else ()
        return below or ((head.id,) if head else ())
    line = f"{charge.rank} {charge.after}"
    units = _offices(directory, charge.phrase, line, text, route)
    if not units:
        found = find_chairs(directory, line)
        return found.ids if len(found.ids) == 1 else ()
    return find_chairs(directory, line, units).ids


def _local(directory: Directory, kind: str, after: str, route: Route | Ticket | None) -> str | None:
    """The kelurahan or kecamatan whose name follows the rank, else the report's own."""
    words = after.split()
    for count in range(min(_NAME_WORDS, len(words)), 0, -1):
        found = [u for u in find_units(directory, f"{kind} {' '.join(words[:count])}", whole=True) if u.kind == kind]
        if len(found) == 1:
            return found[0].code
    place = directory.places.get(route.place or "") if route else None
    if place is not None:
        return place.kecamatan if kind == "kecamatan" else place.code
    return route.unit if route and route.unit in directory.units and directory.units[route.unit].kind == kind else None


def _offices(directory: Directory, phrase: str, line: str, text: str, route: Route | Ticket | None) -> tuple[str, ...]:
    """The office that the charge names, else the only one in the text, else the one whose matter it is."""
    for words in (f"{phrase} {line}", text):
        named = [code for code in accused(directory, words, None, "") if _inner(directory, code)]
        if len(named) == 1:
            return (named[0],)
    return (route.unit,) if route and route.unit in directory.units else ()


def _inner(directory: Directory, code: str) -> bool:
    return code in directory.units and directory.units[code].kind not in ("kelurahan", "kecamatan")


def above(directory: Directory, chairs: tuple[str, ...]) -> Position | None:
    """The nearest chair above all of those complained of."""
    at = directory.positions.get(chairs[0]) if chairs else None
    while at is not None and at.reports_to:
        at = directory.positions.get(at.reports_to)
        if at is not None and at.id not in chairs:
            return at
    return None
