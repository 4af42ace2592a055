"""The outcome of routing one complaint, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Confidential(StrEnum):
    """What the citizen asks to be kept back: nothing, the name (from the agency), or everything (whistle-blowing)."""

    NONE = "none"
    ANONYMOUS = "anonymous"
    SECRET = "secret"

    @property
    def hides_from_public(self) -> bool:
        """Whether the report itself must not be shown to other citizens."""
        return self is Confidential.SECRET

    @property
    def hides_from_agency(self) -> bool:
        """Whether the office must not learn who wrote; in doubt of the two switches it is this one."""
        return self is not Confidential.NONE


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible desk: `unit` or `external` is set; `probability` is calibrated, 0 to 1."""

    topic: str | None
    unit: str | None
    owner: str | None
    external: str | None
    probability: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """Where a complaint goes and why. `owner` is a position id; `place` a KEL-/KEC- code; `confidence` 0 to 1.

    `triage` means the city's confidence was not reached: the triage desk decides among `candidates` (best first).
    `issues` holds further matters found in the same mail, each as its own text, and `further` the route of each.
    `model` is the version that decided.
    """

    topic: str | None
    unit: str | None
    owner: str | None
    place: str | None
    external: str | None
    urgent: bool
    confidential: Confidential
    triage: bool
    confidence: float
    reasons: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    issues: tuple[str, ...] = ()
    further: tuple[Route, ...] = ()
    model: str = ""
