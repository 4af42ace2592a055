"""What helps the triage desk decide: the likeliest offices, best first, and who has had the matter already."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from engine.desk import matter
from engine.desk.charged import above
from engine.desk.intent import Intent
from engine.desk.whom import position_for
from engine.desk.world import World
from engine.letter import Letter
from engine.ticket import Ticket

MOST = 3
LATELY = timedelta(days=2)
"""How far back `yang tadi` may lie."""
_DIGIT = r"(?:ke-? ?)?[1-3]|kesatu|satu|pertama|kedua|dua|ketiga|tiga"
_VALUE = {"kesatu": 1, "satu": 1, "pertama": 1, "kedua": 2, "dua": 2, "ketiga": 3, "tiga": 3}
_BEFORE = (
    r"^\W*(?:(?:ok|oke|ya|iya|sip|betul|setuju|teruskan|ke|yang|yg|no|nomor|nomer|pilih|pilihan|opsi|kandidat|lanjut|lanjutkan)\b"
    r"[\s.,:]*)*"
)
_AFTER = r"(?:(?:aja|ajah|saja|sj|ya|pak|bu|min|dong|itu|nih|deh|yang|makasih|trims)\b|\W)*$"
_NUMBERED = re.compile(rf"{_BEFORE}({_DIGIT})\b\s*{_AFTER}", re.IGNORECASE)
_EITHER = re.compile(
    rf"{_BEFORE}({_DIGIT})\b\W*(?:atau|atw|ato|apa|dan|sama|[/&,;+])\W*(?:(?:yang|yg|no|nomor|ke)\b\W*)*({_DIGIT})\b\s*"
    rf"(?:\?|{_AFTER})",
    re.IGNORECASE,
)
_OF_US = r"(?:di |punya |urusan |kewenangan |ranah |tugas |bagian )?(?:kami|kita|saya)\b"
_NOT_SAME = re.compile(
    rf"^\W*(?:bukan(?!\W+{_OF_US})|beda|berbeda|tidak sama|tdk sama|ga sama|gak sama)\b[\w\s.,!]{{0,40}}$",
    re.IGNORECASE,
)


def help_for(world: World, ticket: Ticket, named: str | None) -> dict[str, Any]:
    """The candidates for a letter to the desk about a ticket that comes (back) to it, and the way it went.

    `named` is the office or authority that whoever gave it back named (a position, unit or external code); it comes
    first. Then follow the routing's candidates, without those who have had the matter.
    """
    went = way(world, ticket)
    had = {step["position"] for step in went}
    first = _candidate(world, named, ["disebut oleh pengirim"]) if named else None
    found = [first] if first else []
    for one in _routed(world, ticket):
        again = first is not None and (one["external"], one["unit"]) == (first["external"], first["unit"])
        if not again and not (one["owner"] and one["owner"] in had):
            found.append(one)
    return {"candidates": found[:MOST], "went": went} | against(world, ticket, found)


def against(world: World, ticket: Ticket, candidates: list[dict[str, Any]]) -> dict[str, Any]:
    """The remark of a letter about an open report that complains of officials, and its candidates without them and
    theirs: their superior and the inspectorate come first. Nothing for another report.
    """
    chairs = [one for one in ticket.reported if one in world.directory.positions]
    if ticket.secret or not chairs:
        return {}
    superior = above(world.directory, tuple(chairs))
    first = [
        (superior.id if superior and not world.barred(ticket, superior.id) else "", "atasan yang diadukan"),
        (world.inspector(ticket, ticket.changed_at), "pengawas internal"),
    ]
    found = [one for code, why in first if code and (one := _candidate(world, code, [why])) is not None]
    found = found[:1] if found[1:] and found[0]["owner"] == found[1]["owner"] else found
    had = {one["owner"] for one in found}
    free = [c for c in candidates if not (c["owner"] and (c["owner"] in had or world.barred(ticket, c["owner"])))]
    return {"candidates": [*found, *free][:MOST], "against": [world.title(one) for one in chairs]}


def accused(world: World, ticket: Ticket) -> list[str]:
    """Whom the ticket accuses, by title or office, as who was refused reads it."""
    units = world.directory.units
    return [units[one].name if one in units else world.title(one) for one in ticket.reported]


def way(world: World, ticket: Ticket) -> list[dict[str, str]]:
    """Through whose hands the ticket has gone: each office that gave it on, when, and what it wrote; `by` is who
    gave it on in its stead, whose words these are then.
    """
    steps: list[dict[str, str]] = []
    holder = ""
    for entry in world.store.history_of(ticket.id):
        if entry.event in ("hand_over", "decline", "reassign") and holder:
            note = "" if entry.data.get("bare") else str(entry.data.get("note") or "")
            step = {"at": entry.at.isoformat(), "position": holder, "title": world.title(holder), "note": note[:500]}
            steps.append(step | {"by": world.title(entry.actor) if entry.actor != holder else ""})
        if "holder" in entry.data and entry.to_state:
            holder = str(entry.data["holder"] or "")
    return steps


def _routed(world: World, ticket: Ticket) -> list[dict[str, Any]]:
    """The routing's candidates as they were told when the ticket was opened."""
    for entry in world.store.history_of(ticket.id):
        found = entry.data.get("candidates")
        if isinstance(found, list):
            return [dict(one) for one in found if isinstance(one, dict)]
    return []


def _candidate(world: World, code: str, reasons: list[str]) -> dict[str, Any] | None:
    directory = world.directory
    made: dict[str, Any] = {"unit": "", "owner": "", "external": "", "name": "", "title": "", "reasons": reasons}
    if code in directory.externals:
        return made | {"external": code, "name": directory.externals[code].name}
    if code in directory.positions:
        position = directory.positions[code]
        unit = directory.units[position.unit]
        return made | {"unit": unit.code, "owner": code, "name": unit.name, "title": position.title}
    if code in directory.units:
        return made | {"unit": code, "name": directory.units[code].name}
    return None


def chosen(world: World, ticket: Ticket, letter: Letter | None, text: str) -> Intent | None:
    """What the desk's first line means by a number of the letter's list ("2", "yang kedua aja"), or by BUKAN.

    BUKAN is said of what may be the same matter: then the report goes where routing was sure that it belongs. Two
    numbers ("1 atau 2?") choose neither and are asked back. None if the line is neither, or the letter has no such
    entry.
    """
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    listed = letter.data.get("candidates") if letter is not None else None
    if not isinstance(listed, list):
        return None
    offered = [one for one in listed if one["external"] or one["owner"] or one["unit"]]
    either, found = _EITHER.match(line), _NUMBERED.match(line)
    if either is not None:
        numbers = [_number(either[1]), _number(either[2])]
        codes = [_code(world, ticket, offered[n - 1]) for n in numbers if n <= len(offered)]
        return Intent("route", None, line, among=tuple(code for code in codes if code), asked=True)
    if found is not None:
        at = _number(found[1])
    elif _NOT_SAME.match(line) and letter is not None and letter.data.get("same") and not letter.data.get("unsure"):
        at = 1
    else:
        return None
    if at > len(offered):
        return None
    outside = offered[at - 1]["external"] and not offered[at - 1]["unit"]
    return Intent("outside" if outside else "route", _code(world, ticket, offered[at - 1]), line)


def _number(said: str) -> int:
    return _VALUE.get(said.lower()) or int(said[-1])


def _code(world: World, ticket: Ticket, one: dict[str, Any]) -> str | None:
    if one["external"] and not one["unit"]:
        return str(one["external"])
    return one["owner"] or position_for(world, ticket, one["unit"])


def same_as(world: World, ticket: Ticket, said: Intent) -> Intent:
    """`sama dengan yang tadi`: the one report that the desk was told of as likely the same, if it was one."""
    if said.event != "join" or said.target is not None:
        return said
    told = _proposed(world, ticket)
    return replace(said, target=str(told[0]["number"])) if len(told) == 1 else said


def reports(world: World, ticket: Ticket, at: datetime) -> list[dict[str, Any]]:
    """The reports that the desk may mean by `yang tadi`: those told as likely the same, else the newest ones."""
    told = _proposed(world, ticket)
    if told:
        return told
    main = [
        one
        for state in matter.JOINABLE
        for one in world.store.tickets(state, MOST + 1)
        if one.id != ticket.id and one.opened_at >= at - LATELY and not one.hide_from_public
    ]
    newest = sorted(main, key=lambda one: one.opened_at, reverse=True)[:MOST]
    return matter.proposals(world, [matter.Likely(one, 0.0, ()) for one in newest])


def _proposed(world: World, ticket: Ticket) -> list[dict[str, Any]]:
    for entry in world.store.history_of(ticket.id):
        found = entry.data.get("same")
        if isinstance(found, list) and found:
            return [dict(one) for one in found]
    return []


def offer(world: World, ticket: Ticket, codes: tuple[str, ...]) -> list[dict[str, Any]]:
    """Chairs and agencies as the candidates of a letter that asks which is meant; none that the report accuses."""
    free = [code for code in codes if not world.barred(ticket, code)]
    return [one for code in free if (one := _candidate(world, code, [])) is not None]
