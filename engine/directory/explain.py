"""The directory told to a person, in Indonesian: who gets a letter to a chair and why, and a unit as a tree."""

from __future__ import annotations

from datetime import date

from engine.directory.ladder import Addressee, addressee, head_of, ladder
from engine.directory.model import Directory, Position, Unit


def who(directory: Directory, position_id: str, on: date) -> tuple[str, ...]:
    """Who reads letters to this chair on that day and who is asked after him, rung by rung, as lines for a terminal.

    Raises KeyError for an unknown position.
    """
    rungs = ladder(directory, position_id, on)
    position = directory.positions[position_id]
    unit = directory.units.get(position.unit)
    lines = [
        f"{position.title} ({position.id})",
        f"  unit     : {unit.name if unit else position.unit}",
        f"  pejabat  : {position.holder or 'kosong'}",
    ]
    if position.acting is not None:
        acting = position.acting
        state = "berlaku" if acting.on(on) else "tidak berlaku"
        span = f"{acting.from_ or '...'} s.d. {acting.to or '...'}"
        lines.append(f"  {acting.kind:<9}: {acting.position}, {span} ({state} pada {on})")
    lines += [f"  wajib    : {'ya' if position.mandatory else 'tidak'}", f"Jenjang pada {on}:"]
    for number, rung in enumerate(rungs):
        lines.append(_rung(directory, number, rung))
        lines += [f"       karena {reason}" for reason in rung.reasons]
    return tuple(lines)


def _rung(directory: Directory, number: int, rung: Addressee) -> str:
    reader = directory.positions[rung.reader]
    return f"  {number:>2}. {rung.title} -> {rung.mailbox} ({reader.holder or 'kosong'})"


def tree(directory: Directory, unit: str, on: date) -> tuple[str, ...]:
    """A unit's chairs from its head down and the units below it, one line each, with who reads the letters to a chair
    that is vacant or has a stand-in on that day. Raises KeyError for an unknown unit.
    """
    office = directory.units[unit]
    children: dict[str, list[Position]] = {}
    for position in directory.positions.values():
        if position.unit == unit and position.reports_to:
            children.setdefault(position.reports_to, []).append(position)
    lines = [f"{office.name} ({office.code}, {office.kind})"]
    head = head_of(directory, unit)
    if head is not None:
        _branch(directory, head, children, "  ", lines, on)
    below = [u for u in directory.units.values() if u.parent == unit]
    lines += [_unit_line(u) for u in below]
    return tuple(lines)


def _branch(
    directory: Directory,
    position: Position,
    children: dict[str, list[Position]],
    indent: str,
    lines: list[str],
    on: date,
) -> None:
    reader = addressee(directory, position.id, on).reader
    instead = f", dibaca {reader}" if reader != position.id else ""
    lines.append(
        f"{indent}{position.title} ({position.id}): {position.holder or 'kosong'}{_acting(position, on)}{instead} "
        f"<{position.mailbox}>"
    )
    for child in children.get(position.id, ()):
        _branch(directory, child, children, indent + "  ", lines, on)


def _acting(position: Position, on: date) -> str:
    """The stand-in with his days, and whether they are over or still to come."""
    acting = position.acting
    if acting is None:
        return ""
    late = acting.to is not None and acting.to < on
    state = "" if acting.on(on) else " (sudah berakhir)" if late else " (belum mulai)"
    return f", {acting.kind}. {acting.position} {acting.from_ or '...'} s.d. {acting.to or '...'}{state}"


def _unit_line(unit: Unit) -> str:
    return f"  + {unit.name} ({unit.code})"
