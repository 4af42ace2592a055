"""Whom a report that accuses somebody must not reach: the accused, all that answer to them, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.directory.ladder import by_mailbox, is_above
from engine.directory.model import Directory

LEADERS = ("asisten", "sekda", "wawali", "walikota")
"""Levels above every office: of those below them only their own staff is barred, or nobody in the city were left."""
WIDE = ("pimpinan", "sekretariat")
"""Kinds of units that hold other offices without leading them in daily work."""
_DEPUTIES = ("sekretaris", "sekcam", "seklur", "wadir")
"""Levels that speak for the head of their office: none but those above them is free of them there."""
_WORD = re.compile(r"[^\W_]+")
_NAMED = (("setda.sekda", ("sekda", "sekretaris daerah")), ("pimpinan.wawali", ("wawali", "wakil wali kota")))


def barred(directory: Directory, reported: Iterable[str], guard: str, position: str, mailbox: str = "") -> bool:
    """Whether a chair must not read about a report against `reported` (unit codes and position ids).

    A mailbox is barred as its owner's chair is, for whatever chair it stands in. `guard` is the inspectorate's unit:
    its chairs are barred only by an accusation within it. A head's deputy (sekretaris, wadir) bars all of his
    office but its head.
    """
    chairs = {position}
    if mailbox and (own := by_mailbox(directory, mailbox)) is not None:
        chairs.add(own.id)
    return any(_barred(directory, code, guard, chair) for code in reported for chair in chairs)


def _barred(directory: Directory, code: str, guard: str, position: str) -> bool:
    chair, accused, unit = directory.positions.get(position), directory.positions.get(code), directory.units.get(code)
    if chair is None:
        return position == code
    if accused is not None:
        guarded = chair.unit == guard != accused.unit
        near = chair.unit == accused.unit or accused.level not in LEADERS
        under = is_above(directory, code, position) or (
            accused.level in _DEPUTIES and chair.unit == accused.unit and not is_above(directory, position, code)
        )
        return position == code or (near and not guarded and under)
    if unit is None or (chair.unit == guard != code):
        return False
    if unit.kind in WIDE:
        return chair.unit == code
    return code in _units_of(directory, chair.unit)


def _units_of(directory: Directory, code: str) -> set[str]:
    """A unit and all it belongs to."""
    found: set[str] = set()
    unit = directory.units.get(code)
    while unit is not None and unit.code not in found:
        found.add(unit.code)
        unit = directory.units.get(unit.parent or "")
    return found


def accused(directory: Directory, text: str, unit: str | None, guard: str) -> tuple[str, ...]:
    """The units and chairs that a secret report may be about: all it names, and `unit`, whose matter it seems to be.

    It errs on the side of too many, as none of them is needed to examine it; never the inspectorate (`guard`), which is
    whom it is written to, nor the mayor, who is greeted in many. The first 20,000 characters are read.
    """
    words = f" {' '.join(_WORD.findall(text[:20_000].lower()))} "
    found = [unit] if unit in directory.units and unit != guard else []
    for one in directory.units.values():
        if one.code == guard or one.kind in WIDE:
            continue
        names = (one.name, one.code, *one.aliases)
        if one.kind == "kelurahan":
            names = (*names, f"lurah {one.name.split(' ', 1)[-1]}", f"kel {one.name.split(' ', 1)[-1]}")
        if any(f" {' '.join(_WORD.findall(name.lower()))} " in words for name in names):
            found.append(one.code)
            if one.kind == "kelurahan" and one.parent and (" camat " in words or " kecamatan " in words):
                found.append(one.parent)
    found += [chair for chair, names in _NAMED if any(f" {name} " in words for name in names)]
    return tuple(dict.fromkeys(one for one in found if one))
