"""What helps the triage desk decide: the likeliest offices, best first, and who has had the matter already."""

from __future__ import annotations

import re
from typing import Any

from engine.desk.intent import Intent, position_for
from engine.desk.world import World
from engine.letter import Letter
from engine.ticket import Ticket

MOST = 3
_NUMBERED = re.compile(
    r"^\W*(?:(?:ok|oke|ya|iya|sip|betul|setuju|teruskan|ke|yang|yg|no|nomor|nomer|pilih|pilihan|opsi|kandidat)\b[\s.,:]*)*"
    r"(?:([1-3])|(kesatu|pertama)|(kedua)|(ketiga))\b\s*(?:(?:aja|saja|ya|pak|bu|min|dong|itu|nih|yang|makasih|trims)\b|\W)*$",
    re.IGNORECASE,
)
_NOT_SAME = re.compile(
    r"^\W*(?:bukan|beda|berbeda|tidak sama|tdk sama|ga sama|gak sama)\b[\w\s.,!]{0,40}$", re.IGNORECASE
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
    return {"candidates": found[:MOST], "went": went}


def way(world: World, ticket: Ticket) -> list[dict[str, str]]:
    """Through whose hands the ticket has gone: each office that gave it on, when, and what it wrote."""
    steps: list[dict[str, str]] = []
    holder = ""
    for entry in world.store.history_of(ticket.id):
        if entry.event in ("hand_over", "decline", "reassign") and holder:
            note = str(entry.data.get("note") or "")
            step = {"at": entry.at.isoformat(), "position": holder, "title": world.title(holder), "note": note[:500]}
            steps.append(step)
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

    BUKAN is said of what may be the same matter: then the report goes where routing was sure that it belongs. None if
    the line is neither, or the letter has no such entry.
    """
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    listed = letter.data.get("candidates") if letter is not None else None
    if not isinstance(listed, list):
        return None
    found = _NUMBERED.match(line)
    if found is not None:
        at = int(found[1]) if found[1] else next(n for n in (2, 3, 4) if found[n]) - 1
    elif _NOT_SAME.match(line) and letter is not None and letter.data.get("same") and not letter.data.get("unsure"):
        at = 1
    else:
        return None
    offered = [one for one in listed if one["external"] or one["owner"] or one["unit"]]
    if at > len(offered):
        return None
    one = offered[at - 1]
    if one["external"] and not one["unit"]:
        return Intent("outside", one["external"], line)
    return Intent("route", one["owner"] or position_for(world, ticket, one["unit"]), line)
