"""Lends a chair by mail: `PLH kasi.jalan -> kasi.jembatan s.d. 12 Des`, by its holder or a superior, told to both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.desk import letters
from engine.desk.world import World
from engine.directory import Acting, Position, addressee, by_mailbox, chair_beside, chairs_of, is_above, overlaid
from engine.letter import Reader
from engine.reading import Answer
from engine.store import Entry, Store

ARROW = re.compile(r"\s*(?:->|=>|→|\boleh\b|\bdiganti\b|\bke\b)\s*")
UNTIL = re.compile(r"\s(?:s\.?/?d\.?|sampai dengan|sampai|hingga)\s")
MY = ("saya", "sy", "kami")
LONGEST = {"Plh": 92, "Plt": 92}
"""Days that a stand-in may hold by mail; a longer one belongs into the city's table (SE BKN 1/SE/I/2021)."""


class Refused(Exception):
    """Why the chair was not lent, in Indonesian; the reason goes into the answer."""


@dataclass(frozen=True, slots=True)
class Lent:
    """What was asked for: the chair, who stands in (None: the stand-in ends), from when until when."""

    kind: str
    chair: Position
    deputy: Position | None
    start: date
    until: date


def appoint(world: World, sender: str, answer: Answer, at: datetime, mail: int | None) -> Lent | None:
    """Lends or takes back a chair and tells both; what cannot be done is answered with the reason. None: refused."""
    own = by_mailbox(world.directory, sender)
    if own is None:
        return None
    try:
        lent = _wanted(world, own, answer, at)
    except Refused as why:
        data = {"reason": str(why), "note": answer.argument}
        _post(world, own, "not_appointed", at, data)
        world.store.tell(Entry(at, None, own.id, "not_appointed", mail=mail, data={"note": answer.argument}))
        return None
    world.store.appoint(
        lent.chair.id, lent.kind, lent.deputy.id if lent.deputy else None, lent.start, lent.until, own.id, at
    )
    data = {
        "chair": lent.chair.title,
        "deputy": f"{lent.kind}. {lent.deputy.title}" if lent.deputy else "",
        "stand_in": _reads(world, lent),
        "kind": lent.kind,
        "from": lent.start.isoformat(),
        "until": lent.until.isoformat(),
        "by": own.title,
    }
    told = {"position": lent.chair.id, "deputy": lent.deputy.id if lent.deputy else "", "until": lent.until.isoformat()}
    world.store.tell(Entry(at, None, own.id, "appointed", mail=mail, data=told | {"kind": lent.kind}))
    for person in {p.mailbox: p for p in (own, lent.chair, lent.deputy) if p is not None}.values():
        # Who wrote is answered at once; the others' evening is theirs.
        later = None if person.mailbox == own.mailbox else world.calendar.next_open(at)
        _post(world, person, "appointed", at, data, later)
    return lent


def _wanted(world: World, own: Position, answer: Answer, at: datetime) -> Lent:
    parts = ARROW.split(answer.argument.strip(), maxsplit=1)
    if len(parts) != 2:
        raise Refused("tulis PLH <jabatan> -> <pengganti> s.d. <tanggal>")
    cut = UNTIL.search(f" {parts[1]} ")
    named = parts[1][: max(0, cut.start() - 1)] if cut else parts[1]
    chair, deputy = _chair(world, own, parts[0]), _chair(world, own, named)
    today = world.day(at)
    mine = {
        own.id,
        *(one.id for one in chairs_of(world.directory, own.mailbox, today)),
    }  # a Plt's powers are the chair's
    if chair.id != own.id and not any(is_above(world.directory, one, chair.id) for one in mine):
        raise Refused(f"hanya {chair.title} sendiri atau atasannya yang dapat menunjuk penggantinya")
    if deputy.unit != chair.unit and not any(_over_both(world, one, chair, deputy) for one in mine):
        raise Refused(_elsewhere(world, chair, deputy))
    kind = "Plt" if answer.evidence.lower().startswith("plt") else "Plh"
    if deputy.id == chair.id:
        if (
            chair.acting
            and chair.acting.on(today)
            and not any(a.position == chair.id for a in world.store.appointments(today))
        ):
            raise Refused("pengganti itu tercatat dalam direktori kota, bukan lewat surel")
        return Lent(kind, chair, None, today, today)
    if deputy.holder is None:
        raise Refused(f"jabatan {deputy.title} sedang kosong")
    if answer.promised is None:
        raise Refused("tanggal akhirnya belum disebut, misalnya s.d. 12 Desember")
    if answer.promised < today:
        raise Refused(f"tanggal akhirnya, {answer.promised:%d-%m-%Y}, sudah lewat")
    if answer.promised > today + timedelta(days=LONGEST[kind]):
        raise Refused(
            f"{answer.promised:%d-%m-%Y} lebih lama daripada {LONGEST[kind]} hari, paling lambat "
            f"{today + timedelta(days=LONGEST[kind]):%d-%m-%Y}; yang lebih lama dicatat dalam direktori kota"
        )
    circle = _circle(world, chair, deputy, today, answer.promised)
    if circle:
        raise Refused(circle)
    return Lent(kind, chair, deputy, today, answer.promised)


def _over_both(world: World, one: str, chair: Position, deputy: Position) -> bool:
    """Whether chair `one` is the superior of both; a superior may sit in for the chair himself."""
    return is_above(world.directory, one, chair.id) and (one == deputy.id or is_above(world.directory, one, deputy.id))


def _elsewhere(world: World, chair: Position, deputy: Position) -> str:
    """Why a chair is not lent into another office, whom its holder may name, and who may name this one."""
    office = world.unit_name(chair.id)
    above = world.directory.positions.get(chair.reports_to or "")
    while above is not None and not _over_both(world, above.id, chair, deputy):
        above = world.directory.positions.get(above.reports_to or "")
    by = f"atasan keduanya, yaitu {above.title}" if above else "direktori kota"
    return (
        f"{deputy.title} bukan pejabat {office}. Pengganti {chair.title} dapat ditunjuk dari antara pejabat {office}; "
        f"pengganti dari kantor lain ditetapkan oleh {by}"
    )


def _circle(world: World, chair: Position, deputy: Position, first: date, last: date) -> str:
    """Why letters to the chair would go round in a circle and reach nobody between these days; empty if they would
    not.
    """
    seen = {deputy.id}
    away = deputy
    while (acting := away.acting) is not None and (acting.from_ or first) <= last and (acting.to or last) >= first:
        if acting.position == chair.id:
            until = f" sampai {acting.to:%d-%m-%Y}" if acting.to else ""
            return (
                f"{away.title} pada waktu itu digantikan oleh {chair.title}{until}, sehingga surat bagi keduanya tidak "
                f"sampai kepada siapa pun. Tunjuklah pejabat lain, atau akhiri dahulu penggantian {away.title}"
            )
        found = world.directory.positions.get(acting.position)
        if found is None or found.id in seen:
            break
        seen.add(found.id)
        away = found
    return ""


def _reads(world: World, lent: Lent) -> str:
    """The title of whose mailbox gets the chair's letters from now on: the stand-in, or who sits in for him; empty
    where the stand-in ends.
    """
    if lent.deputy is None:
        return ""
    acting = Acting(lent.kind, lent.deputy.id, lent.start, lent.until)
    directory = overlaid(world.directory, [(lent.chair.id, acting)], lent.start)
    return directory.positions[addressee(directory, lent.chair.id, lent.start).reader].title


def _chair(world: World, own: Position, named: str) -> Position:
    """The chair that a few words name: an id, its end within the writer's office, a title, or "saya"."""
    if named.strip(" .,:;()").lower() in MY:
        return own
    found = chair_beside(world.directory, own.id, named)
    if found is not None:
        return world.directory.positions[found]
    raise Refused(f'jabatan "{named.strip()[:60]}" tidak dikenal; tulis seperti {own.id}')


def _post(
    world: World, to: Position, kind: str, at: datetime, data: dict[str, Any], later: datetime | None = None
) -> None:
    letters.post_loose(world, to.mailbox, to.title, kind, at, data, reader=Reader.OFFICIAL, position=to.id, later=later)


def lent_chairs(store: Store, day: date) -> list[tuple[str, Acting]]:
    """The chairs lent by mail that day, oldest first."""
    return [(a.position, Acting(a.kind, a.deputy or "", a.start, a.until)) for a in store.appointments(day)]
