"""A year of complaints through the real desk, with people who behave as a file says: to try rules before they hold."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from engine.calendar import Calendar
from engine.desk import World
from engine.directory import Directory
from engine.policy import Policy
from engine.simulate.behaviour import Behaviour, default_text, load
from engine.simulate.play import Year
from engine.simulate.tables import Aloud, Remembering
from engine.workflow import Workflow

__all__ = ["Behaviour", "City", "default_text", "load", "simulate"]


@dataclass(frozen=True, slots=True)
class City:
    """Whose year is played: directory, calendar, workflows and policies by name, the triage desk's position.

    `rules` are those of the workflows that follow no profile.
    """

    directory: Directory
    calendar: Calendar
    workflows: Mapping[str, Workflow]
    policies: Mapping[str, Policy]
    desk: str
    rules: Mapping[str, tuple[Policy, ...]] = field(default_factory=dict)


def simulate(
    city: City,
    profile: str,
    behaviour: Behaviour,
    *,
    start: datetime,
    days: int,
    per_day: float,
    seed: int,
    tables: type[Aloud] = Remembering,
) -> dict[str, Any]:
    """Plays `days` days of about `per_day` complaints under one profile; gives the figures, the same for each seed.

    Nothing is read or sent: tables in memory, no MIME, no socket. What is not finished at the end stays open. The
    figures depend on the arguments alone.
    """
    store = tables.memory()
    rng = Random(f"{seed} desk")
    world = World(
        store=store,
        directory=city.directory,
        calendar=city.calendar,
        workflows=dict(city.workflows),
        policies={
            policy.version: policy
            for policy in (*city.policies.values(), *(one for some in city.rules.values() for one in some))
        },
        rules=dict(city.rules),
        policy=city.policies[profile],
        desk=city.desk,
        name_letter=lambda ticket, letter: f"{ticket.lower()}.{letter}@sibadra.example",
        rng=rng,
    )
    collects = gc.isenabled()
    gc.disable()  # a year makes millions of values and no circles
    try:
        figures = Year(world, behaviour, start, days, per_day, seed).play().figures()
    finally:
        store.close()
        if collects:
            gc.enable()
    return {
        "profile": profile,
        "rules": city.policies[profile].version,
        "start": start.date().isoformat(),
        "days": days,
        "per_day": per_day,
        "seed": seed,
        **figures,
    }
