"""Writes a row of a workflow's table in its short form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.ticket import Role
from engine.workflow import Transition, Write


def row(
    states: str | tuple[str, ...], event: str, by: Role | tuple[Role, ...], to: str, *letters: str, **more: object
) -> Transition:
    """A Transition from its short form; a letter is written "kind>reader"."""
    written = tuple(Write(*letter.split(">")) for letter in letters)
    return Transition(
        states if isinstance(states, tuple) else (states,),
        event,
        by if isinstance(by, tuple) else (by,),
        to,
        written,
        **more,  # type: ignore[arg-type]
    )


def without(rows: Iterable[Transition], states: tuple[str, ...]) -> tuple[Transition, ...]:
    """The rows that are left when some states do not exist; a row that leads there, or speaks of nothing else, goes."""
    kept = (
        replace(one, states=tuple(s for s in one.states if s not in states)) for one in rows if one.to not in states
    )
    return tuple(one for one in kept if one.states)
