"""From what people decided to what routing is measured by and learns from: one decision and one label a ticket."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.directory import Directory
from engine.routing.features import features
from engine.routing.fold import tokens
from engine.routing.keywords import EXTERNAL
from engine.routing.model import Model
from engine.routing.report import Decision

ROUTING = "routing"
UNDO = "undo"
Row = Mapping[str, Any]


def by_ticket(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """The kept decisions of each ticket, oldest first."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["ticket"], []).append(row)
    return found


def final(rows: Sequence[Row]) -> Row | None:
    """The last decision by a person that names an office or an authority and was not taken back; None while there is
    none.
    """
    standing: list[Row] = []
    for row in rows:
        if row["said"].get("event") == UNDO:
            last = next((at for at in reversed(range(len(standing))) if standing[at]["by"] == row["by"]), None)
            if last is not None:
                del standing[last]
        elif row["by"] != ROUTING:
            standing.append(row)
    named = [row for row in standing if row["unit"] or row["external"]]
    return named[-1] if named else None


def decisions(rows: Iterable[Row], local: Callable[[datetime], datetime]) -> list[Decision]:
    """What routing said of each ticket and where it ended; `local` gives the city's time."""
    made = []
    for kept in by_ticket(rows).values():
        said = next((row for row in kept if row["by"] == ROUTING), None)
        if said is None:
            continue
        end = final(kept)
        guess = said["said"]
        made.append(
            Decision(
                day=local(said["at"]).date(),
                said=_desk(guess.get("unit"), guess.get("external")),
                final=_desk(end["unit"], end["external"]) if end else None,
                triaged=bool(guess.get("triage")),
                model=str(said["model"]),
            )
        )
    return made


def _desk(unit: str | None, external: str | None) -> str | None:
    return unit or (EXTERNAL + external if external else None)


def label_of(directory: Directory, row: Row, ranked: Iterable[str]) -> str | None:
    """The topic or agency that a decision means: of those the office has, the likeliest by `ranked` (best first)."""
    if row["external"]:
        return EXTERNAL + str(row["external"]) if row["external"] in directory.externals else None
    unit, owner = directory.units.get(row["unit"] or ""), row["owner"]
    if unit is None:
        return None
    topics = [t for t in directory.topics.values() if t.unit == unit.code or t.by_place == unit.kind]
    options = [t.code for t in topics if t.position == owner] or [t.code for t in topics]
    if row["topic"] in options:
        return str(row["topic"])
    wanted = set(options)
    return options[0] if len(options) == 1 else next((label for label in ranked if label in wanted), None)


def ranker(model: Model | None) -> Callable[[str], list[str]]:
    """Orders all labels by how likely a model finds them for a text; none without a model."""

    def rank(text: str) -> list[str]:
        if model is None:
            return []
        scores = model.logits(features(tokens(text)))
        return [model.labels[i] for i in scores.argsort()[::-1]]

    return rank


def examples(
    directory: Directory, rows: Iterable[Row], text_of: Callable[[int], str | None], rank: Callable[[str], list[str]]
) -> list[tuple[str, str]]:
    """(text, label) of every ticket that a person has decided about; what names no topic of the city is left out."""
    found = []
    for ticket, kept in by_ticket(rows).items():
        end = final(kept)
        text = text_of(ticket) if end is not None else None
        if end is None or not text:
            continue
        label = label_of(directory, end, rank(text))
        if label is not None:
            found.append((text, label))
    return found


def as_routed(rows: Iterable[Row], text_of: Callable[[int], str | None]) -> list[tuple[str, str]]:
    """(text, label) of every ticket that nobody has decided about and routing was sure of, as routing saw it."""
    found = []
    for ticket, kept in by_ticket(rows).items():
        said: Row = next((row["said"] for row in kept if row["by"] == ROUTING), {})
        label = said.get("topic") or _desk(None, said.get("external"))
        text = text_of(ticket) if label and not said.get("triage") and final(kept) is None else None
        if label and text:
            found.append((text, label))
    return found
