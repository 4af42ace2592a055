"""Whose mailbox a letter to a chair goes to on a day, and which chair is asked next when nobody answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.directory.model import Acting, Directory, Position


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where a letter to the chair `asked` goes on a day.

    `position` is the chair the letter is for in the end, `reader` the position whose mailbox (`mailbox`) gets it:
    another than `position` when a Plt or Plh stands in (`acting`). `passed` are the vacant chairs passed over on the
    way up. `title` is how to write to the reader ("Plh. Lurah Sempur"). `reasons` say why, in Indonesian.
    """

    asked: str
    position: str
    reader: str
    mailbox: str
    title: str
    acting: Acting | None = None
    passed: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def _get(directory: Directory, position_id: str) -> Position:
    try:
        return directory.positions[position_id]
    except KeyError:
        raise KeyError(f"no position {position_id!r} in the directory") from None


def _stand_in(directory: Directory, position: Position, on: date) -> Position | None:
    """Who sits in for this chair on that day; a stand-in who is away too is followed, a circle is nobody."""
    seen = {position.id}
    current = position
    while current.acting is not None and current.acting.on(on):
        nxt = directory.positions.get(current.acting.position)
        if nxt is None or nxt.id in seen:
            return None
        seen.add(nxt.id)
        current = nxt
    return None if current is position or current.holder is None else current


def addressee(directory: Directory, position_id: str, on: date) -> Addressee:
    """Whose mailbox a letter to this chair goes to on that day (acting first, then the superior of a vacant chair).

    A vacant chair at the very top keeps its own mailbox: there is nobody above it. Raises KeyError for an unknown id.
    """
    asked = position = _get(directory, position_id)
    passed: list[str] = []
    reasons: list[str] = []
    seen: set[str] = set()
    while True:
        seen.add(position.id)
        acting = position.acting if position.acting is not None and position.acting.on(on) else None
        reader = _stand_in(directory, position, on) if acting else None
        if acting is not None and reader is not None:
            reasons.append(_acting_reason(position, acting, reader))
            title = f"{acting.kind}. {position.title}"
            return Addressee(
                asked.id, position.id, reader.id, reader.mailbox, title, acting, tuple(passed), tuple(reasons)
            )
        superior = directory.positions.get(position.reports_to or "")
        # Also a named holder is passed over when he is away and his stand-in leads nowhere.
        empty = position.holder is None or acting is not None
        if not empty or superior is None or superior.id in seen:
            if empty:
                reasons.append(f"{position.title}: jabatan kosong dan tidak ada atasan, surat tetap ke kotak suratnya")
            return Addressee(
                asked.id,
                position.id,
                position.id,
                position.mailbox,
                position.title,
                None,
                tuple(passed),
                tuple(reasons),
            )
        passed.append(position.id)
        reasons.append(f"{position.title}: jabatan kosong, surat naik ke {superior.title}")
        position = superior


def _acting_reason(position: Position, acting: Acting, reader: Position) -> str:
    until = f" sampai {acting.to:%d-%m-%Y}" if acting.to else ""
    return f"{position.title}: {acting.kind}. dijabat {reader.title}{until}"


def ladder(directory: Directory, position_id: str, on: date) -> tuple[Addressee, ...]:
    """The rungs from this chair to the top as they stand on that day; the first is the chair itself.

    Each rung is another chair, and never the person asked on the rung before: a chair that leads back to the same
    mailbox is passed over, and the next rung says so in its reasons. Raises KeyError for an unknown id.
    """
    rungs = [addressee(directory, position_id, on)]
    seen = {position_id, rungs[0].position}
    skipped: list[str] = []
    current = rungs[0].position
    while True:
        above = directory.positions[current].reports_to
        if above is None or above in seen or above not in directory.positions:
            return tuple(rungs)
        rung = addressee(directory, above, on)
        seen.update((above, rung.position))
        current = rung.position
        if rung.mailbox == rungs[-1].mailbox:
            skipped.append(f"{directory.positions[current].title}: orang yang sama sudah ditanya, dilewati")
            continue
        if skipped:
            rung = _with_reasons(rung, tuple(skipped))
            skipped = []
        rungs.append(rung)


def _with_reasons(rung: Addressee, before: tuple[str, ...]) -> Addressee:
    return Addressee(
        rung.asked,
        rung.position,
        rung.reader,
        rung.mailbox,
        rung.title,
        rung.acting,
        rung.passed,
        before + rung.reasons,
    )


def superior_of(directory: Directory, position_id: str, on: date) -> Position | None:
    """The chair that is asked next after this one on that day, or None at the top. Raises KeyError for an unknown id.

    Vacant chairs and chairs held by the person just asked are passed over; a letter to the chair returned goes where
    `addressee` says (its Plt or Plh).
    """
    rungs = ladder(directory, position_id, on)
    return directory.positions[rungs[1].position] if len(rungs) > 1 else None


def head_of(directory: Directory, unit: str) -> Position | None:
    """The head of a unit: its one position whose superior lies outside the unit; None if there is no such unit."""
    position_id = directory.heads.get(unit)
    return directory.positions[position_id] if position_id else None


def by_mailbox(directory: Directory, address: str) -> Position | None:
    """The position whose mailbox this address is, case-insensitive."""
    position_id = directory.by_address.get(address.strip().lower())
    return directory.positions[position_id] if position_id else None


def chairs_of(directory: Directory, address: str, on: date) -> tuple[Position, ...]:
    """All chairs whose letters this mailbox reads on that day: its own unless a stand-in has it, and those it acts for.

    A vacant chair that is passed over counts for nobody here; ask `addressee` for where its letters go.
    """
    own = by_mailbox(directory, address)
    if own is None:
        return ()
    chairs = [own] if addressee(directory, own.id, on).reader == own.id else []
    for position in directory.positions.values():
        if position.acting is None or position.id == own.id or not position.acting.on(on):
            continue
        stand_in = _stand_in(directory, position, on)
        if stand_in is not None and stand_in.id == own.id:
            chairs.append(position)
    return tuple(chairs)


def is_above(directory: Directory, a: str, b: str) -> bool:
    """Whether chair `a` stands above chair `b` on the ladder of reports_to (never above itself)."""
    seen = {b}
    current = directory.positions.get(b)
    while current is not None and current.reports_to is not None and current.reports_to not in seen:
        if current.reports_to == a:
            return True
        seen.add(current.reports_to)
        current = directory.positions.get(current.reports_to)
    return False
