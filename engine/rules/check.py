"""What does not hold together in a policy, though each of its numbers can be read: told before it begins to hold."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from engine.calendar import Calendar, Patience, Unit
from engine.calendar.working import JAKARTA
from engine.policy import SUPERVISION, Policy, Step
from engine.rules.notation import LEADERS, SEVERITIES, SIMPLE, shown
from engine.ticket import ClockName

LONGEST = {Unit.WORKING_DAYS: 260, Unit.DAYS: 366, Unit.WORKING_HOURS: 2000, Unit.HOURS: 8784}
"""A year: who waits longer does not wait but forgets. Minutes are held to the same as hours."""
TOPS = LEADERS[1:]
"""Whoever a ladder must reach: the sekda at least, who stands above all offices."""


def unsound(
    policy: Policy, calendar: Calendar, day: date, topics: Collection[str], levels: Collection[str]
) -> list[str]:
    """Every problem as a line that names the key; none: the policy can hold.

    `topics` and `levels` are the city's; the ladder is climbed in an ordinary week from `day` on.
    """
    found = [*_waits(policy), *_order(policy)]
    for clock, steps in policy.ladders.items():
        found += _ladder("triage" if clock is ClockName.TRIAGE else "unanswered", steps, calendar, day)
    for key, names, known in (
        ("settlement", policy.settlement, {"", SUPERVISION, *SEVERITIES, *topics}),
        ("per_day", policy.per_day, {"", *levels}),
        ("lists_at", policy.lists_at, {"", *levels}),
    ):
        what = "topic of topics.csv" if key == "settlement" else "level of positions.csv"
        found += [f"{key}.{name}: no such {what}" for name in names if name not in known]
        if "" not in names:
            found.append(f"{key}.default: is missing; whatever has no number of its own has none at all")
    return found


def _waits(policy: Policy) -> list[str]:
    waits = {key: getattr(policy, number.field) for key, number in SIMPLE.items()}
    waits |= {f"settlement.{name or 'default'}": value for name, value in policy.settlement.items()}
    for clock, steps in policy.ladders.items():
        key = "triage" if clock is ClockName.TRIAGE else "unanswered"
        waits |= {f"{key}.{step.to}": step.unanswered for step in steps}
        waits |= {f"unread.{step.to}": step.unread for step in steps if step.unread is not None}
    return [
        f"{key}: {wrong}" for key, value in waits.items() if isinstance(value, Patience) and (wrong := _wrong(value))
    ]


def _wrong(patience: Patience) -> str:
    if patience.amount == 0:
        return f"{shown(patience)} waits for nothing"
    by_minutes = {Unit.MINUTES: Unit.HOURS, Unit.WORKING_MINUTES: Unit.WORKING_HOURS}.get(patience.unit)
    most = LONGEST[by_minutes] * 60 if by_minutes else LONGEST[patience.unit]
    return f"{shown(patience)} is longer than a year" if patience.amount > most else ""


def _order(policy: Policy) -> list[str]:
    """Numbers that come too late to mean anything."""
    pairs = (("citizen_soon", policy.citizen_soon, "citizen", policy.citizen),)
    return [
        f"{soon}: {shown(first)} is not before {late} ({shown(last)}): the reminder comes after the end"
        for soon, first, late, last in pairs
        if first.unit == last.unit and first.amount >= last.amount
    ]


def _ladder(key: str, steps: tuple[Step, ...], calendar: Calendar, day: date) -> list[str]:
    """The ladder of a letter that nobody ever opens, climbed once in an ordinary week."""
    if not steps:
        return [f"{key}: has no rung: nobody is ever reminded"]
    found = []
    if steps[-1].to not in TOPS:
        found.append(f"{key}: ends at {steps[-1].to}: what nobody answers never reaches one of {', '.join(TOPS)}")
    if any(_wrong(wait) for step in steps for wait in (step.unanswered, step.unread) if wait is not None):
        return found
    intake = at = _monday(calendar, day)
    for step in steps:
        due = calendar.after(intake if step.since == "intake" else at, step.unanswered)
        if due < at:
            late = f"{shown(step.unanswered)} since intake has passed before the rung below is written to"
            found.append(f"{key}.{step.to}: {late}")
        if step.unread is not None and step.since == "letter" and calendar.after(at, step.unread) > due:
            found.append(f"unread.{step.to}: {shown(step.unread)} is longer than the answer may take")
        at = max(at, due)
    if at - intake > timedelta(days=366):
        found.append(f"{key}: takes {(at - intake).days} days to the top: it never ends")
    return found


def _monday(calendar: Calendar, day: date) -> datetime:
    """Nine o'clock on the first Monday of a week without holidays; the first Monday if there is none in a year."""
    first = day + timedelta(days=-day.weekday() % 7)
    weeks = (first + timedelta(weeks=n) for n in range(53))
    full = (monday for monday in weeks if all(calendar.is_working_day(monday + timedelta(days=n)) for n in range(5)))
    return datetime.combine(next(full, first), time(9), JAKARTA)
