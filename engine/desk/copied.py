"""Copies that a reply asks for (tembusan, cc): to whom they go, and to whom they cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.desk import letters
from engine.desk.moves import Given, context
from engine.desk.reread import reread
from engine.desk.world import World
from engine.directory import head_of
from engine.reading import Answer
from engine.store import Entry
from engine.ticket import Ticket

MOST = 5
"""More copies than these are no copies but a round letter."""


def without_copies(answer: Answer, text: str) -> str:
    """An answer's text without the words that ask for copies."""
    return text.replace(answer.copied, " ", 1).strip(" ,;") if answer.copied else text


def listed(world: World, ticket: Ticket, answer: Answer) -> dict[str, Any]:
    """What letters say of the copies that an answer asks for: `copies` by title, `uncopied` by name; {} without any."""
    if not answer.copies:
        return {}
    chairs = _chairs(world, ticket, answer)
    return {
        "copies": [world.title(one) for one in chairs.values() if one],
        "uncopied": [_name(world, code) for code, chair in chairs.items() if chair is None],
    }


def send(world: World, ticket: Ticket, answer: Answer, at: datetime, given: Given) -> None:
    """Sends the copies: to read, without a clock, and to nobody who has the task or had this copy."""
    told = {one.position for one in world.store.letters_of(ticket.id) if one.kind == "copy"} | {ticket.holder}
    chairs = [one for one in _chairs(world, ticket, answer).values() if one and one not in told]
    if not chairs:
        return
    data = {"mail": given.mail, "positions": chairs}
    world.store.tell(
        Entry(at, ticket.id, given.actor_position or "?", "copied", mail=given.mail, letter=given.letter, data=data)
    )
    about = context(world, ticket, at, Given()) | {"words": []}
    for one in chairs:
        letters.post(world, letters.chair(world, one, ticket, at), "copy", at, about)


def _chairs(world: World, ticket: Ticket, answer: Answer) -> dict[str, str | None]:
    """Each office, chair or agency named, with the chair that reads for it: none outside the city, none of a secret
    report, none whom it accuses.
    """
    found: dict[str, str | None] = {}
    for code in answer.copies[:MOST]:
        head = head_of(world.directory, code) if code in world.directory.units else None
        chair = code if code in world.directory.positions else head.id if head else None
        kept = ticket.secret or (
            chair is not None and world.barred(replace(ticket, reported=reread(world, ticket, chair)), chair)
        )
        found[code] = None if kept else chair
    return found


def _name(world: World, code: str) -> str:
    directory = world.directory
    if code in directory.externals:
        return str(directory.externals[code].name)
    return str(directory.units[code].name) if code in directory.units else world.title(code)
