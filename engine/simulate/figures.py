"""Counts a played year while it goes by, and sums it up in plain figures that a city can compare."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from engine.calendar import Calendar
from engine.calendar.working import JAKARTA
from engine.directory import Directory
from engine.letter import Letter
from engine.policy import RUNGS
from engine.reading import Status
from engine.store import Entry, Store
from engine.ticket import Ticket

LEADERS = ("kepala", "direktur", "camat", "asisten", "sekda", "wawali", "walikota")
ASKING = ("task", "triage")
WITHIN = ((24, "24 h"), (48, "48 h"))
WITHIN_DAYS = (3, 5, 14)


@dataclass(slots=True)
class Load:
    """What one position had to do: tasks given, and of these the hours by the clock until opened and answered."""

    tasks: int = 0
    to_open: list[float] = field(default_factory=list)
    to_answer: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """Everything that was counted; `figures()` sums it up."""

    directory: Directory
    calendar: Calendar
    start: datetime
    days: int
    events: int = 0
    promises: int = 0
    to_officials: int = 0
    to_citizens: int = 0
    seen: int = 0
    opening: list[float] = field(default_factory=list)
    opening_working: list[float] = field(default_factory=list)
    opened_at: dict[int, datetime] = field(default_factory=dict)
    first_answer: dict[int, datetime] = field(default_factory=dict)
    climbed_first: set[int] = field(default_factory=set)
    broken_settlement: set[int] = field(default_factory=set)
    rungs: Counter[str] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    loads: dict[str, Load] = field(default_factory=lambda: defaultdict(Load))
    given: dict[tuple[int, str], datetime] = field(default_factory=dict)
    leaders: dict[str, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))
    states: Counter[str] = field(default_factory=Counter)
    ratings: Counter[int] = field(default_factory=Counter)
    settled: list[float] = field(default_factory=list)

    def opened(self, ticket: Ticket) -> None:
        """A ticket was opened."""
        self.opened_at.setdefault(ticket.id, ticket.opened_at)

    def sent_to_citizen(self, letter: Letter) -> None:
        """A letter went to a citizen."""
        self.to_citizens += 1
        self.happened[f"letter {letter.kind}"] += 1

    def sent(self, letter: Letter, at: datetime) -> None:
        """A letter went to an official."""
        self.to_officials += 1
        self.happened[f"letter {letter.kind}"] += 1
        if letter.position is None:
            return
        if letter.kind in ASKING:
            self.loads[letter.position].tasks += 1
            if letter.ticket is not None:
                self.given[letter.ticket, letter.position] = at
        position = self.directory.positions.get(letter.position)
        if position is not None and position.level in LEADERS:
            self.leaders[letter.position][_day(at)] += 1

    def opened_letter(self, letter: Letter, at: datetime) -> None:
        """An official opened a letter for the first time."""
        self.seen += 1
        sent = letter.not_before
        self.opening.append(_hours(at - sent))
        self.opening_working.append(_hours(self.calendar.working(sent, at)))
        if letter.kind in ASKING and letter.position is not None:
            self.loads[letter.position].to_open.append(_hours(at - sent))

    def answered(
        self,
        ticket: Ticket,
        letter: Letter,
        status: Status,
        at: datetime,
        *,
        by_superior: bool = False,
        counts: bool = True,
    ) -> None:
        """An official answered something about a ticket; `counts` is False where it came too late to be a command."""
        if status is Status.COMMENT:
            return
        if counts and ticket.id not in self.first_answer:
            self.first_answer[ticket.id] = at
        given = self.given.pop((ticket.id, letter.position or ""), None)
        if given is not None and not by_superior and letter.position is not None:
            self.loads[letter.position].to_answer.append(_hours(at - given))

    def told(self, entry: Entry) -> None:
        """A row of the history."""
        self.happened[entry.event] += 1
        if entry.event == "climb" and entry.ticket is not None:
            step = str(entry.data.get("step", ""))
            self.rungs[step] += 1
            if step != "owner" and entry.ticket not in self.first_answer:
                self.climbed_first.add(entry.ticket)
        elif entry.event == "overdue:settlement" and entry.ticket is not None:
            self.broken_settlement.add(entry.ticket)

    def close(self, store: Store) -> None:
        """The year is over: how each ticket stands."""
        for ticket in store.tickets(limit=10_000_000):
            self.states[ticket.state] += 1
            if ticket.rating is not None:
                self.ratings[ticket.rating] += 1
            if ticket.closed_at is not None:
                self.settled.append(_hours(ticket.closed_at - ticket.opened_at) / 24)

    def figures(self) -> dict[str, Any]:
        """All figures as plain values; hours and days by the clock unless they say working."""
        meant = [one for one in self.opened_at if one in self.first_answer or one in self.climbed_first]
        waits = {one: self.first_answer[one] - self.opened_at[one] for one in meant if one in self.first_answer}
        working = sorted(
            self.calendar.working_days(self.opened_at[one].astimezone(JAKARTA).date(), _day(self.first_answer[one]))
            for one in waits
        )
        within = {name: _share(sum(_hours(w) <= hours for w in waits.values()), len(meant)) for hours, name in WITHIN}
        within |= {
            f"{days} working days": _share(sum(one <= days for one in working), len(meant)) for days in WITHIN_DAYS
        }
        days = sum(
            self.calendar.is_working_day((self.start + timedelta(days=one)).astimezone(JAKARTA).date())
            for one in range(self.days)
        )
        tickets = sum(self.states.values())
        return {
            "tickets": tickets,
            "events": self.events,
            "states": dict(sorted(self.states.items())),
            "letters": {"officials": self.to_officials, "citizens": self.to_citizens},
            "seen": _share(self.seen, self.to_officials),
            "hours_to_open": _median(self.opening),
            "working_hours_to_open": _median(self.opening_working),
            "hours_to_answer": _median([_hours(one) for one in waits.values()]),
            "answered_in_time": _share(sum(one not in self.climbed_first for one in waits), len(meant)),
            "answered_within": within,
            "never_answered": len(meant) - len(waits),
            "settled_in_time": _share(tickets - len(self.broken_settlement), tickets),
            "days_to_close": _median(self.settled),
            "escalations": {rung: self.rungs[rung] for rung in RUNGS if rung in self.rungs},
            "promises": {"given": self.promises, "broken": self.happened["overdue:promise"]},
            "bounced": self.happened["bounced"],
            "disputes": self.happened["dispute"],
            "closed_after_silence": self.happened["overdue:citizen"] + self.happened["overdue:confirmation"],
            "ratings": {str(stars): self.ratings[stars] for stars in range(1, 6)},
            "working_days": days,
            "positions": self._positions(),
            "leaders": self._leaders(days),
        }

    def _positions(self) -> list[dict[str, Any]]:
        rows = [
            {
                "position": position,
                "title": self.directory.positions[position].title,
                "tasks": load.tasks,
                "opened": _share(len(load.to_open), load.tasks),
                "answered": _share(len(load.to_answer), load.tasks),
                "hours_to_open": _median(load.to_open),
                "hours_to_answer": _median(load.to_answer),
            }
            for position, load in self.loads.items()
            if position in self.directory.positions
        ]
        return sorted(rows, key=lambda row: (-int(str(row["tasks"])), str(row["position"])))

    def _leaders(self, days: int) -> list[dict[str, Any]]:
        order = {level: rank for rank, level in enumerate(LEADERS)}
        rows = [
            {
                "position": position,
                "title": self.directory.positions[position].title,
                "level": self.directory.positions[position].level,
                "mails": sum(counted.values()),
                "mails_per_day": round(sum(counted.values()) / max(1, days), 3),
                "most_in_a_day": max(counted.values()),
            }
            for position, counted in self.leaders.items()
        ]
        return sorted(rows, key=lambda row: (-order[str(row["level"])], -int(str(row["mails"])), str(row["position"])))


def _day(at: datetime) -> date:
    return at.astimezone(JAKARTA).date()


def _hours(span: timedelta) -> float:
    return span.total_seconds() / 3600


def _median(values: list[float]) -> float | None:
    return round(median(values), 2) if values else None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
