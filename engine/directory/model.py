"""The city's offices, chairs, topics and places as frozen values; a Directory holds them all by key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Unit:
    """An office; `parent` is organisational, not the ladder."""

    code: str
    name: str
    kind: str
    parent: str | None
    domain: str
    note: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Acting:
    """A stand-in: `kind` is Plt (post empty) or Plh (holder away); both days included, None is open-ended."""

    kind: str
    position: str
    from_: date | None
    to: date | None

    def on(self, day: date) -> bool:
        """Whether the stand-in holds on that day."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


@dataclass(frozen=True, slots=True)
class Position:
    """A chair that one official holds, with its mandatory mailbox; `holder` is None when vacant."""

    id: str
    unit: str
    title: str
    level: str
    reports_to: str | None
    mailbox: str
    holder: str | None
    acting: Acting | None = None
    mandatory: bool = True


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of complaint; with `by_place` (kelurahan or kecamatan) the lurah or camat of the place handles it.

    `reach` says whom one matter of it concerns: "sendiri" only the writer (an identity card), "ramai" only him unless
    many write of it at once (a strike of the angkot), "titik" whoever passes one spot (a hole in the road), "wilayah" a
    whole area (no water), "jaringan" one spot or, when many write at once, an area (street lamps).
    """

    code: str
    name: str
    description: str
    unit: str | None
    position: str | None
    by_place: str | None
    cc: tuple[str, ...]
    keywords: tuple[str, ...]
    severity: str
    days_answer: int
    reach: str = "titik"


@dataclass(frozen=True, slots=True)
class External:
    """An authority outside the city and what the citizen is told about it."""

    code: str
    name: str
    contact_email: str
    contact_note: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A kelurahan or kecamatan (`code` is also its unit's) and what lies in it."""

    code: str
    name: str
    kecamatan: str
    streets: tuple[str, ...]
    landmarks: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """The whole city, by key; immutable, so a change is a new Directory.

    `by_address` (lower-case mailbox to position id), `heads` (unit code to the id of its head) and `superiors` (ids of
    the chairs that others report to) are derived, so that a lookup does not walk the tables.
    """

    units: dict[str, Unit] = field(repr=False)
    positions: dict[str, Position] = field(repr=False)
    topics: dict[str, Topic] = field(repr=False)
    externals: dict[str, External] = field(repr=False)
    places: dict[str, Place] = field(repr=False)
    by_address: dict[str, str] = field(init=False, repr=False, compare=False)
    heads: dict[str, str] = field(init=False, repr=False, compare=False)
    superiors: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        heads: dict[str, str] = {}
        for position in self.positions.values():
            above = self.positions.get(position.reports_to or "")
            if above is None or above.unit != position.unit:
                heads.setdefault(position.unit, position.id)
        object.__setattr__(self, "by_address", {p.mailbox.lower(): p.id for p in self.positions.values()})
        object.__setattr__(self, "heads", heads)
        object.__setattr__(self, "superiors", frozenset(p.reports_to for p in self.positions.values() if p.reports_to))
