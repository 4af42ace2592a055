"""The people of a played year: who is away when and with whose deputy, whose mailbox fails, how long things take."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from engine.calendar import Calendar, Patience, Unit
from engine.calendar.working import JAKARTA
from engine.directory import Acting, Directory, Position
from engine.simulate.behaviour import Behaviour

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Absence:
    """Days away, both included; `deputy` is the position of the Plh., if one was named."""

    first: date
    last: date
    deputy: str | None
    machine: bool


@dataclass(slots=True)
class Person:
    """Who reads a position's mailbox: his numbers, his absences, the days on which his mailbox fails.

    `free` is when he has time for the next answer.
    """

    position: Position
    numbers: dict[str, float]
    absences: tuple[Absence, ...]
    starts: tuple[date, ...]
    fails: tuple[date, date] | None
    free: datetime

    def away(self, day: date) -> Absence | None:
        """His absence on a day, if he is away."""
        at = bisect_right(self.starts, day) - 1
        return self.absences[at] if at >= 0 and day <= self.absences[at].last else None

    def failing(self, day: date) -> bool:
        """Whether his mailbox bounces on a day."""
        return self.fails is not None and self.fails[0] <= day <= self.fails[1]


def people(
    directory: Directory, calendar: Calendar, behaviour: Behaviour, start: datetime, days: int, rng: Random
) -> dict[str, Person]:
    """Everybody by mailbox, with the year's absences and failures drawn beforehand."""
    colleagues: dict[str, list[str]] = {}
    for position in directory.positions.values():
        if position.holder is not None:
            colleagues.setdefault(position.reports_to or "", []).append(position.id)
    found: dict[str, Person] = {}
    first = start.astimezone(JAKARTA).date()
    for position in directory.positions.values():
        numbers = behaviour.of_level(position.level)
        near = [one for one in colleagues.get(position.reports_to or "", []) if one != position.id]
        near = near or ([position.reports_to] if position.reports_to else [])
        absences = tuple(_absences(calendar, numbers, first, days, near, rng))
        fails = None
        if rng.random() < numbers["bounce"] * days / 365:
            day = first + rng.randrange(max(1, days)) * DAY
            fails = (day, day + numbers["bounce_days"] * DAY)
        starts = tuple(one.first for one in absences)
        found[position.mailbox.lower()] = Person(position, numbers, absences, starts, fails, start)
    return found


def _absences(
    calendar: Calendar, numbers: dict[str, float], first: date, days: int, near: Sequence[str], rng: Random
) -> Iterator[Absence]:
    left = numbers["leave_days"] * days / 365
    spells = int(left / numbers["leave_spell"] + rng.random())
    ends = first
    for day in sorted(first + rng.randrange(max(1, days)) * DAY for _ in range(spells)):
        length = max(1, round(rng.expovariate(1 / numbers["leave_spell"])))
        begin = calendar.add_working_days(max(day, ends), 0)
        last = calendar.add_working_days(begin, length - 1) if length > 1 else begin
        deputy = rng.choice(near) if near and rng.random() < numbers["deputy"] else None
        yield Absence(begin, last, deputy, rng.random() < numbers["auto_reply"])
        ends = last + DAY


def with_deputies(directory: Directory, persons: dict[str, Person], day: date) -> Directory:
    """The directory of a day: a Plh. for everybody who is away then and has named one."""
    positions = dict(directory.positions)
    for person in persons.values():
        absence = person.away(day)
        if absence is not None and absence.deputy is not None and person.position.acting is None:
            acting = Acting("Plh", absence.deputy, absence.first, absence.last)
            positions[person.position.id] = replace(person.position, acting=acting)
    return replace(directory, positions=positions)


def deputy_days(persons: dict[str, Person]) -> set[date]:
    """The days on which somebody's deputy begins or ends: the directory is another one then."""
    found: set[date] = set()
    for person in persons.values():
        for absence in person.absences:
            if absence.deputy is not None:
                found |= {absence.first, absence.last + DAY}
    return found


@dataclass(frozen=True, slots=True)
class Pace:
    """Draws how long things take, in the city's working time."""

    calendar: Calendar
    rng: Random

    def amount(self, median: float, spread: float) -> float:
        """A time with this median: log-normal, as waiting times of people are."""
        return median * math.exp(self.rng.gauss(0.0, spread)) if median else 0.0

    def working(self, at: datetime, hours: float) -> datetime:
        """After so many working hours."""
        minutes = min(max(1, round(hours * 60)), 100_000)
        return self.calendar.after(at, Patience(minutes, Unit.WORKING_MINUTES))

    def opening(self, person: Person, at: datetime) -> datetime:
        """When this person opens a letter that came now: on the phone, or at the desk when he is there."""
        numbers = person.numbers
        hours = self.amount(numbers["opens_hours"], numbers["opens_spread"])
        if self.rng.random() < numbers["phone"]:
            return _awake(at + timedelta(hours=min(hours, 10_000)))
        return self.present(person, self.working(at, hours))

    def answering(self, person: Person, at: datetime) -> datetime:
        """When he answers what he opened now: after a while, when he is there, one after another."""
        numbers = person.numbers
        ready = self.working(at, self.amount(numbers["answers_hours"], numbers["answers_spread"]))
        ready = self.present(person, max(ready, person.free))
        person.free = self.working(ready, 7.5 / numbers["per_day"])
        return ready

    def present(self, person: Person, at: datetime) -> datetime:
        """This time, or the first hours after an absence."""
        absence = person.away(at.astimezone(JAKARTA).date())
        if absence is None:
            return at
        back = datetime.combine(absence.last + DAY, time(0), JAKARTA)
        return self.working(back, 3 * self.rng.random())


def _awake(at: datetime) -> datetime:
    """Nobody opens letters between ten at night and six."""
    local = at.astimezone(JAKARTA)
    if 6 <= local.hour < 22:
        return at
    morning = local.replace(hour=6, minute=local.minute)
    return morning if local.hour < 6 else morning + DAY
