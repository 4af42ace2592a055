"""The complaints of a played year: when they come, what about, whose matter they are, what the routing says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from engine.directory import Directory, head_of
from engine.routing.route import Confidential, Route
from engine.simulate.behaviour import Behaviour


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint: `owner` is whose matter it truly is, `route` what the routing says."""

    at: datetime
    number: int
    citizen: str
    topic: str
    owner: str | None
    external: str | None
    route: Route


def complaints(
    directory: Directory, behaviour: Behaviour, start: datetime, days: int, per_day: float, rng: Random
) -> Iterator[Complaint]:
    """The year's complaints in order; the same generator gives the same complaints whatever the rules are."""
    numbers = behaviour.complaints
    matters = [matter for topic in directory.topics.values() for matter in _matters(directory, topic.code)]
    rng.shuffle(matters)
    weights = list(accumulate((rank + 1) ** -numbers["topics"] for rank in range(len(matters))))
    externals = sorted(directory.externals)
    # The weekend's share taken into account, the mean stays `per_day`.
    whole = (5 + 2 * numbers["weekend"]) / 7
    number = 0
    for day in range(days):
        midnight = start + timedelta(days=day)
        share = numbers["weekend"] if midnight.weekday() >= 5 else 1.0
        for at in sorted(_times(behaviour, midnight, per_day * share / whole, rng)):
            number += 1
            topic, owner = rng.choices(matters, cum_weights=weights)[0]
            external = rng.choice(externals) if externals and rng.random() < numbers["external"] else None
            citizen = f"warga{rng.randrange(1 + round(per_day * days * 0.7))}@warga.example"
            route = _route(directory, numbers, topic, owner, external, rng, matters)
            yield Complaint(at, number, citizen, topic, None if external else owner, external, route)


def _matters(directory: Directory, code: str) -> list[tuple[str, str]]:
    """What a topic may be about: its own position, or the head of any kelurahan or kecamatan; a place weighs less."""
    topic = directory.topics[code]
    if topic.position is not None and topic.position in directory.positions:
        return [(code, topic.position)]
    if topic.by_place is None:
        head = head_of(directory, topic.unit) if topic.unit else None
        return [(code, head.id)] if head else []
    kinds = {"kelurahan": "KEL-", "kecamatan": "KEC-"}
    codes = [place for place in directory.places if place.startswith(kinds.get(topic.by_place, "?"))]
    return [(code, head.id) for place in codes if (head := head_of(directory, place)) is not None]


def _times(behaviour: Behaviour, midnight: datetime, mean: float, rng: Random) -> list[datetime]:
    """A day's arrivals: a Poisson number of them, spread over the day by the hours' weights."""
    count, left = 0, rng.expovariate(1.0)
    while left < mean:
        count, left = count + 1, left + rng.expovariate(1.0)
    hours = rng.choices(range(len(behaviour.hours)), weights=behaviour.hours, k=count)
    return [midnight + timedelta(hours=hour, seconds=rng.randrange(3600)) for hour in hours]


def _route(
    directory: Directory,
    numbers: dict[str, float],
    topic: str,
    owner: str,
    external: str | None,
    rng: Random,
    matters: list[tuple[str, str]],
) -> Route:
    """What the routing says: sure and right, sure and wrong, or unsure."""
    sure = rng.random() < numbers["sure"]
    wrong, other = rng.random() < numbers["wrong"], rng.choice(matters)[1]
    secret, urgent = rng.random() < numbers["secret"], rng.random() < numbers["urgent"]
    said = other if wrong else owner
    outside = external if sure else None
    position = directory.positions[said] if sure and not external else None
    return Route(
        topic=topic,
        unit=position.unit if position else None,
        owner=position.id if position else None,
        place=None,
        external=outside,
        urgent=urgent,
        confidential=Confidential.SECRET if secret else Confidential.NONE,
        triage=not sure,
        confidence=0.9 if sure else 0.3,
        reasons=(),
    )
