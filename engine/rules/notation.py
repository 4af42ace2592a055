"""How a city writes the numbers of its rules: one table of keys, by which they are read, checked, changed and shown.

A wait is a whole number and a unit: `7 minutes`, `24 hours`, `3 days`, `4 working hours`, `3 working days`, or in
Indonesian `7 menit`, `24 jam`, `3 hari`, `4 jam kerja`, `3 hari kerja`. A rung's wait may say from when it counts:
`24 hours since intake` or `since letter`; `never` takes the rung off the ladder. An hour of the day is `"08:00"`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any

from engine.calendar import Patience, Unit
from engine.calendar.patience import SECONDS
from engine.policy import RUNGS, SUPERVISION, Policy, Step
from engine.ticket import ClockName

DEFAULT = "default"
NEVER = "never"
SEVERITIES = ("biasa", "cepat", "darurat")
LEADERS = RUNGS[RUNGS.index("asisten") :]
TOPIC = re.compile(r"[A-Z][A-Z0-9-]*")
LEVEL = re.compile(r"[a-z]+")
SINCE = re.compile(r"\s+(?:since|sejak)\s+(intake|letter|masuk|surat)$")
FROM = {"intake": "intake", "masuk": "intake", "letter": "letter", "surat": "letter"}
WAIT = 'write it as "24 hours" or "3 working days"'


class WrongNumber(ValueError):
    """A number of the rules is wrong: which key, what is wrong, and the mend."""

    def __init__(self, key: str, wrong: str, mend: str) -> None:
        super().__init__(f"{key}: {wrong}; {mend}")
        self.key, self.wrong, self.mend = key, wrong, mend


@dataclass(frozen=True, slots=True)
class Number:
    """One key: `read` makes the policy's value of what the file says (WrongNumber otherwise), `show` writes it."""

    field: str
    read: Callable[[str, Any], Any]
    show: Callable[[Any], str]


def wait(key: str, value: Any) -> Patience:
    """A wait above zero."""
    if not isinstance(value, str):
        raise WrongNumber(key, f"{value!r} is no wait", WAIT)
    try:
        found = Patience.parse(value)
    except ValueError:
        raise WrongNumber(key, f"{value!r} is no wait", WAIT) from None
    if not found.amount:
        raise WrongNumber(key, f"{value!r} waits for nothing", "wait for at least 1")
    return found


def shown(patience: Patience) -> str:
    """A wait as it is written: `3 working days`, `1 hour`."""
    return patience.english()


def _whole(least: int, most: int) -> Callable[[str, Any], int]:
    def read(key: str, value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise WrongNumber(key, f"{value!r} is no whole number from {least} to {most}", "write it without quotes")
        return value

    return read


def _share(key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise WrongNumber(key, f"{value!r} is no likeness", "write a number above 0, at most 1, such as 0.85")
    return float(value)


def _span(key: str, value: Any) -> timedelta:
    found = wait(key, value)
    if found.unit not in (Unit.MINUTES, Unit.HOURS, Unit.DAYS):
        raise WrongNumber(key, f"{value!r} counts working time", 'here time goes by the clock: "2 days", "36 hours"')
    return timedelta(seconds=found.amount * SECONDS[found.unit])


def _show_span(span: timedelta) -> str:
    hours = span // timedelta(hours=1)
    if span == timedelta(hours=hours):
        return shown(Patience(hours // 24, Unit.DAYS) if hours % 24 == 0 else Patience(hours, Unit.HOURS))
    return shown(Patience(span // timedelta(minutes=1), Unit.MINUTES))


def _sizes(key: str, value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or any(type(one) is not int or one < 2 for one in value):
        raise WrongNumber(key, f"{value!r} are no numbers of reports", "write them as [5, 25], each 2 or more")
    if sorted(set(value)) != value:
        raise WrongNumber(key, f"{value!r} do not rise", "write each once, smallest first")
    return tuple(value)


def _chair(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise WrongNumber(key, f"{value!r} is no position", "write a position's id of positions.csv in quotes")
    return value


def _chairs(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise WrongNumber(key, f"{value!r} is no list", 'write positions\' ids as ["a.kasi.b", "c.kasi.d"]')
    return tuple(_chair(key, one) for one in value)


def _hours(key: str, value: Any) -> tuple[time, ...]:
    try:
        found = tuple(one if isinstance(one, time) else time.fromisoformat(one) for one in value)
    except (TypeError, ValueError):
        raise WrongNumber(key, f"{value!r} are no hours of the day", 'write them as ["08:00", "13:00"]') from None
    if not found or list(found) != sorted(set(found)) or any(one.tzinfo for one in found):
        raise WrongNumber(key, f"{value!r} do not rise", "write at least one, each once, earliest first")
    return found


def _show_hours(hours: tuple[time, ...]) -> str:
    return ", ".join(f"{hour:%H:%M}" for hour in hours)


SIMPLE: dict[str, Number] = {
    "settlement_again": Number("settlement_again", wait, shown),
    "silence": Number("silence", wait, shown),
    "respite": Number("respite", wait, shown),
    "promise_soon": Number("promise_soon", wait, shown),
    "promise_max_days": Number("promise_max_days", _whole(1, 730), str),
    "citizen_soon": Number("citizen_soon", wait, shown),
    "citizen": Number("citizen", wait, shown),
    "confirmation": Number("confirmation", wait, shown),
    "daily": Number("daily", wait, shown),
    "undo": Number("undo", wait, shown),
    "max_hops": Number("max_hops", _whole(1, 20), str),
    "max_disputes": Number("max_disputes", _whole(0, 20), str),
    "reopen_days": Number("reopen_days", _whole(0, 730), str),
    "automatic_per_day": Number("automatic_per_day", _whole(1, 1000), str),
    "citizen_per_day": Number("citizen_per_day", _whole(1, 100), str),
    "join_at": Number("join_at", _share, str),
    "propose_at": Number("propose_at", _share, str),
    "join_area": Number("join_area", _span, _show_span),
    "join_spot": Number("join_spot", _span, _show_span),
    "grown": Number("grown", _sizes, lambda sizes: ", ".join(map(str, sizes)) or "-"),
    "secret_position": Number("secret_position", _chair, str),
    "emergency_positions": Number("emergency_positions", _chairs, lambda chairs: ", ".join(chairs) or "-"),
}
BY_NAME: dict[str, Number] = {
    "settlement": Number("settlement", wait, shown),
    "per_day": Number("per_day", _whole(0, 1000), str),
    "lists_at": Number("lists_at", _hours, _show_hours),
}
"""Tables with a value for each name, and `default` for all that have none of their own."""
LADDERS = {"unanswered": ClockName.UNANSWERED, "unread": ClockName.UNANSWERED, "triage": ClockName.TRIAGE}
KEYS = (*LADDERS, *BY_NAME, *SIMPLE)
SAID = {
    "unanswered": "a letter stays unanswered so long: then this rung is written to",
    "unread": "a letter stays unopened so long: then this rung is written to",
    "triage": "the desk has not decided in so long: then this rung is written to",
    "settlement": "the last day, by severity, topic or pengawasan",
    "settlement_again": "asked for again after the last day has passed",
    "silence": "accepted or begun and no news",
    "respite": "nobody is passed over sooner after his letter",
    "promise_soon": "reminded so long before a promised day",
    "promise_max_days": "the longest promise, in days",
    "citizen_soon": "the citizen is reminded of a question",
    "citizen": "the citizen's silence closes the ticket",
    "confirmation": "no objection: done becomes closed",
    "daily": "at the top: a line on the list again",
    "undo": "a misread answer can be taken back",
    "max_hops": "handed on so often, then to the asisten",
    "max_disputes": "reopened at most so often",
    "reopen_days": "may be reopened until so many days after its end",
    "automatic_per_day": "automatic answers to one address in a day",
    "citizen_per_day": "unasked letters to one citizen in a day",
    "join_at": "likeness from which reports are joined",
    "propose_at": "likeness from which joining is proposed",
    "join_area": "an area's trouble is one matter for",
    "join_spot": "any other is one matter for",
    "grown": "numbers of reports at which the holder hears",
    "secret_position": "who gets secret reports",
    "emergency_positions": "who helps where an agency's matter endangers somebody",
    "per_day": "reminders and escalations to one person in a day, by level",
    "lists_at": "hours at which lists go out, by level",
}
"""What each key means, in the words of the listing."""


def changed(policy: Policy, table: Mapping[str, Any]) -> Policy:
    """The policy with the numbers of a table of the settings. Raises WrongNumber at the first that is wrong."""
    for key, value in table.items():
        if key in SIMPLE:
            number = SIMPLE[key]
            policy = replace(policy, **{number.field: number.read(key, value)})
        elif key in BY_NAME or key in LADDERS:
            if not isinstance(value, Mapping):
                raise WrongNumber(key, f"{value!r} is no table", f"write [rules.{key}] with a line for each")
            policy = _by_name(policy, key, value) if key in BY_NAME else _ladder(policy, key, value)
        else:
            raise WrongNumber(key, "is not known", f"use one of {', '.join(KEYS)}")
    if policy.propose_at > policy.join_at:
        mend = "propose_at must not be above join_at"
        raise WrongNumber("propose_at", f"{policy.propose_at} is above join_at {policy.join_at}", mend)
    return policy


def _by_name(policy: Policy, key: str, table: Mapping[str, Any]) -> Policy:
    number = BY_NAME[key]
    values: dict[str, Any] = dict(getattr(policy, number.field))
    for name, value in table.items():
        where = f"{key}.{name}"
        if key == "settlement":
            if name not in (DEFAULT, SUPERVISION, *SEVERITIES) and not TOPIC.fullmatch(name):
                known = ", ".join((DEFAULT, *SEVERITIES, SUPERVISION))
                raise WrongNumber(where, "is not known", f"use one of {known}, or a topic's code")
        elif not LEVEL.fullmatch(name):
            raise WrongNumber(where, "is no level", "use a level of positions.csv such as kasi or walikota, or default")
        values["" if name == DEFAULT else name] = number.read(where, value)
    made: dict[str, Any] = {number.field: values}
    return replace(policy, **made)


def _ladder(policy: Policy, key: str, table: Mapping[str, Any]) -> Policy:
    clock = LADDERS[key]
    if clock not in policy.ladders:
        raise WrongNumber(key, f"the {policy.workflow} workflow has no such ladder", "leave it out")
    steps = {step.to: step for step in policy.ladders[clock]}
    for rung, value in table.items():
        where = f"{key}.{rung}"
        if rung not in RUNGS:
            raise WrongNumber(where, "is no rung", f"use one of {', '.join(RUNGS)}")
        off = value == NEVER
        if key == "unread":
            if rung not in steps:
                raise WrongNumber(where, "is not on the ladder", f"add {rung} to unanswered first")
            steps[rung] = replace(steps[rung], unread=None if off else wait(where, value))
        elif off:
            steps.pop(rung, None)
        else:
            steps[rung] = _step(where, rung, steps.get(rung), value)
    if not steps:
        raise WrongNumber(key, "no rung is left", "leave at least one")
    ordered = tuple(steps[rung] for rung in RUNGS if rung in steps)
    return replace(policy, ladders={**policy.ladders, clock: ordered})


def _step(where: str, rung: str, old: Step | None, value: Any) -> Step:
    """A rung with a new wait; one that was not there counts from the letter before, leaders get it on their list."""
    said = SINCE.search(value) if isinstance(value, str) else None
    patience = wait(where, value[: said.start()] if said else value)
    step = old or Step(rung, patience, digest=rung in LEADERS)
    return replace(step, unanswered=patience, since=FROM[said[1]] if said else step.since)


def numbers(policy: Policy) -> dict[str, str]:
    """Every number of a policy as it is written in the settings, by its key (`unanswered.kepala`, `silence`)."""
    found: dict[str, str] = {}
    for key, clock in LADDERS.items():
        for step in policy.ladders.get(clock, ()):
            if key == "unread" and step.unread is not None:
                found[f"{key}.{step.to}"] = shown(step.unread)
            elif key != "unread":
                since = " since intake" if step.since == "intake" else ""
                found[f"{key}.{step.to}"] = shown(step.unanswered) + since
    for key, number in BY_NAME.items():
        for name, value in getattr(policy, number.field).items():
            found[f"{key}.{name or DEFAULT}"] = number.show(value)
    return found | {key: number.show(getattr(policy, number.field)) for key, number in SIMPLE.items()}
