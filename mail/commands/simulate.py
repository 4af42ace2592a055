"""`sibadra simulate`: plays a year of complaints under a profile, for a city that chooses its deadlines."""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table

from engine.calendar import load as load_calendar
from engine.calendar.working import JAKARTA
from engine.directory import load as load_directory
from engine.errors import SibadraError
from engine.policy import Policy
from engine.simulate import City, default_text, load, simulate
from engine.simulate.plots import write
from mail.commands.common import calendar_day
from mail.commands.directory import city_of
from mail.commands.workflow import CITY, rules_of
from workflows.complaint import COMPLAINT
from workflows.emergency import EMERGENCY
from workflows.profiles import PROFILES

START = date(2026, 1, 1)
DESK = "diskominfo.kasi.aduan"
ROWS = 12


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("simulate", help="play a year of complaints before going live")
    parser.add_argument("--days", type=int, default=365, help="how many days (default: 365)")
    parser.add_argument("--per-day", type=float, default=20, help="complaints a day, on the average (default: 20)")
    parser.add_argument("--from", dest="start", type=calendar_day, default=START, help=f"default: {START}")
    whose = f"{CITY} (the settings' rules) or a shipped profile"
    whose_default = f"{whose} (default: {CITY}, without settings sibadra)"
    parser.add_argument("--profile", choices=(CITY, *sorted(PROFILES)), help=whose_default)
    parser.add_argument("--against", choices=(CITY, *sorted(PROFILES)), help=f"for the same complaints: {whose}")
    newest = "the city's rules of that day (default: its newest, also before they hold)"
    parser.add_argument("--on", type=calendar_day, metavar="DATE", help=newest)
    parser.add_argument("--behaviour", type=Path, help="how people behave, as TOML (--print-behaviour shows all of it)")
    parser.add_argument("--print-behaviour", action="store_true", help="the shipped behaviour file, to be changed")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same year (default: 1)")
    parser.add_argument("--desk", default=DESK, help=f"the triage desk's position (default: {DESK})")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    parser.add_argument("--plots", type=Path, metavar="FOLDER", help="write plots (SVG) into this folder")
    parser.add_argument("--city", help="the city folder (default: that of the settings, else kota_bogor)")
    parser.set_defaults(run=run)


class WrongCall(SibadraError):
    """An argument makes no sense."""


def run(arguments: argparse.Namespace) -> int:
    """Plays one profile, or two side by side, and shows the figures."""
    if arguments.print_behaviour:
        print(default_text(), end="")
        return 0
    if not 1 <= arguments.days <= 3660 or not 0 < arguments.per_day <= 1000:
        raise WrongCall("--days from 1 to 3660, --per-day above 0 up to 1000")
    first = arguments.profile or (CITY if arguments.config.exists() else "sibadra")
    policies = [_rules(arguments, one) for one in dict.fromkeys(filter(None, (first, arguments.against)))]
    load(arguments.behaviour)  # a mistake in it is said before anything is played
    one = partial(
        play,
        folder=city_of(arguments),
        behaviour=arguments.behaviour,
        start=arguments.start,
        days=arguments.days,
        per_day=arguments.per_day,
        seed=arguments.seed,
        desk=arguments.desk,
    )
    if len(policies) == 1:
        played = [one(*policies[0])]
    else:
        with ProcessPoolExecutor(len(policies)) as workers:
            played = list(workers.map(one, *zip(*policies, strict=True)))
    years = [figures for figures, _ in played]
    print(f"played in {max(took for _, took in played):.1f} s", file=sys.stderr)
    if arguments.plots:
        for path in write(arguments.plots, years):
            print(path, file=sys.stderr)
    if arguments.json:
        print(json.dumps(years[0] if len(years) == 1 else years, ensure_ascii=False, indent=1))
    else:
        show(Console(), years)
    return 0


def _rules(arguments: argparse.Namespace, profile: str) -> tuple[Policy, Policy]:
    """The rules of a profile's complaints, and of emergencies.

    For the city's, those of the day asked for or the newest, as if they held already.
    """
    rules, day = rules_of(arguments, profile), arguments.on or date.max
    policy, emergency = (rules.on(name, day)[0] for name in (COMPLAINT.name, EMERGENCY.name))
    return replace(policy, name=profile), emergency


def play(
    policy: Policy,
    emergency: Policy,
    *,
    folder: Path,
    behaviour: Path | None,
    start: date,
    days: int,
    per_day: float,
    seed: int,
    desk: str,
) -> tuple[dict[str, Any], float]:
    """One year under these rules, and how many seconds it took to play."""
    began = perf_counter()
    directory = load_directory(folder)
    if desk not in directory.positions:
        raise WrongCall(f"--desk {desk}: no such position")
    tables = {one.name: one for one in (EMERGENCY, COMPLAINT)}
    rules = {EMERGENCY.name: (emergency,)}
    city = City(directory, load_calendar(folder), tables, {policy.name: policy}, desk, rules)
    midnight = datetime.combine(start, time(0), JAKARTA)
    year = simulate(city, policy.name, load(behaviour), start=midnight, days=days, per_day=per_day, seed=seed)
    return year, perf_counter() - began


def show(console: Console, years: list[dict[str, Any]]) -> None:
    """The figures as tables, the profiles side by side."""
    first = years[0]
    head = f"{first['days']} days from {first['start']}, {first['tickets']} complaints, seed {first['seed']}"
    table = Table(title=head, title_justify="left")
    table.add_column("")
    for year in years:
        table.add_column(str(year["profile"]), justify="right")
    for label, values in _lines(years):
        table.add_row(label, *values)
    console.print(table)
    for year in years:
        console.print(_positions(year))
        console.print(_leaders(year))


def _lines(years: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    lines = [
        ("answered in time (before any superior)", [_percent(y["answered_in_time"]) for y in years]),
        *(
            (f"answered within {name}", [_percent(y["answered_within"][name]) for y in years])
            for name in years[0]["answered_within"]
        ),
        ("never answered", [str(y["never_answered"]) for y in years]),
        ("settled within the rule's last day", [_percent(y["settled_in_time"]) for y in years]),
        ("median days until closed", [_number(y["days_to_close"]) for y in years]),
        ("letters to officials / opened", [f"{y['letters']['officials']} / {_percent(y['seen'])}" for y in years]),
        ("median hours until opened", [_number(y["hours_to_open"]) for y in years]),
        ("median hours until first answered", [_number(y["hours_to_answer"]) for y in years]),
        ("letters to citizens", [str(y["letters"]["citizens"]) for y in years]),
        ("promises given / broken", [f"{y['promises']['given']} / {y['promises']['broken']}" for y in years]),
        ("disputes", [str(y["disputes"]) for y in years]),
        ("letters that bounced", [str(y["bounced"]) for y in years]),
    ]
    steps = dict.fromkeys(step for year in years for step in year["escalations"])
    lines += [(f"ladder: {step}", [str(y["escalations"].get(step, 0)) for y in years]) for step in steps]
    states = dict.fromkeys(state for year in years for state in year["states"])
    lines += [(f"at the end: {state}", [str(y["states"].get(state, 0)) for y in years]) for state in states]
    return lines


def _positions(year: dict[str, Any]) -> Table:
    table = Table(title=f"{year['profile']}: the busiest positions", title_justify="left")
    for name in ("position", "tasks", "opened", "answered", "hours to open", "hours to answer"):
        table.add_column(name, justify="left" if name == "position" else "right")
    for row in year["positions"][:ROWS]:
        table.add_row(
            row["title"],
            str(row["tasks"]),
            _percent(row["opened"]),
            _percent(row["answered"]),
            _number(row["hours_to_open"]),
            _number(row["hours_to_answer"]),
        )
    return table


def _leaders(year: dict[str, Any]) -> Table:
    table = Table(title=f"{year['profile']}: mails to leaders", title_justify="left")
    for name in ("leader", "mails", "a working day", "most in a day"):
        table.add_column(name, justify="left" if name == "leader" else "right")
    for row in year["leaders"][:ROWS]:
        table.add_row(row["title"], str(row["mails"]), _number(row["mails_per_day"]), str(row["most_in_a_day"]))
    return table


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
