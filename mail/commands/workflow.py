"""`sibadra workflow check|draw|explain|deadlines`: the city's tables and rules, checked, drawn, told in Indonesian."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from engine.calendar import load as load_calendar
from engine.directory import load as load_directory
from engine.policy import Policy
from engine.rules import SAID, numbers, unsound
from engine.workflow import diagram, explain, problems, svg
from mail.commands.common import calendar_day, settings
from mail.commands.directory import city_of, today
from mail.rules import COMPLAINT, Rules, shipped
from workflows.all import WORKFLOWS
from workflows.profiles import PROFILES

NARROW = 120
"""Columns of a screen below which a table is set tightly."""
CITY = "city"
"""The profile's word for the rules of the settings, with all that the city has changed."""


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("workflow", help="check, draw or explain a workflow's table and deadlines")
    what = parser.add_subparsers(dest="what", metavar="check|draw|explain|deadlines", required=True)
    checks = what.add_parser("check", help="find what does not hold together, in every table and in the city's rules")
    checks.add_argument("--city", help="the city folder (default: that of the settings, else kota_bogor)")
    checks.set_defaults(run=check)
    draw = what.add_parser("draw", help="as a Mermaid diagram, or as a picture")
    draw.add_argument("--svg", action="store_true", help="as SVG")
    draw.set_defaults(run=drawn)
    told = what.add_parser("explain", help="in Indonesian prose, for a regulation's annex")
    told.set_defaults(run=explained)
    listed = what.add_parser("deadlines", help="every number of the rules on a day, and where it is from")
    listed.add_argument("--json", action="store_true", help="as JSON")
    listed.set_defaults(run=deadlines)
    for one in (told, listed):
        whose = (
            f"whose deadlines: {CITY} (the settings') or a shipped profile (default: {CITY}, without settings sibadra)"
        )
        one.add_argument("--profile", choices=(CITY, *sorted(PROFILES)), help=whose)
        one.add_argument("--on", type=calendar_day, metavar="DATE", help="the rules of that day (default: today)")
    for one in (draw, told, listed):
        one.add_argument("name", nargs="?", choices=sorted(WORKFLOWS), default=COMPLAINT, help="default: complaint")


def rules_of(arguments: argparse.Namespace, profile: str | None) -> Rules:
    """The settings' rules, or the shipped ones of a profile; without a settings file those of `sibadra`."""
    if profile not in (None, CITY):
        return shipped(str(profile))
    if profile is None and not arguments.config.exists():
        return shipped("sibadra")
    return settings(arguments, secrets=False).rules


def faults(known: Sequence[Rules], folder: Path) -> Iterator[tuple[str, list[Policy], list[str]]]:
    """For each workflow the rules that hold today or later, and every problem of its table and of them."""
    from mail.write import template_kinds

    directory, calendar, day = load_directory(folder), load_calendar(folder), today()
    levels = {position.level for position in directory.positions.values()}
    for name, workflow in WORKFLOWS.items():
        policies = list({one.version: one for rules in known for one in rules.since(name, day)}.values())
        wrong = [p for one in policies for p in problems(workflow, template_kinds(), one.clocks())]
        for one in policies:
            wrong += [f"{one.version}: {p}" for p in unsound(one, calendar, day, directory.topics, levels)]
        yield name, policies, list(dict.fromkeys(wrong))


def check(arguments: argparse.Namespace) -> int:
    """Each problem a line, status 1 when there is any."""
    known = [rules_of(arguments, CITY)] if arguments.config.exists() else [shipped(profile) for profile in PROFILES]
    found = False
    for name, policies, wrong in faults(known, city_of(arguments)):
        found = found or bool(wrong)
        for line in wrong:
            print(f"{name}: {line}")
        if not wrong:
            workflow = WORKFLOWS[name]
            sizes = f"{len(workflow.states)} states, {len(workflow.rows)} rows, {len(workflow.words)} words"
            print(f"{name}: ok: {sizes}; rules {', '.join(one.version for one in policies)}")
    return 1 if found else 0


def drawn(arguments: argparse.Namespace) -> int:
    """The diagram."""
    workflow = WORKFLOWS[arguments.name]
    print(svg(workflow) if arguments.svg else diagram(workflow), end="")
    return 0


def explained(arguments: argparse.Namespace) -> int:
    """Every row as a clause, then the deadlines."""
    policy, _ = rules_of(arguments, arguments.profile).on(arguments.name, arguments.on or today())
    print(explain(WORKFLOWS[arguments.name], policy), end="")
    return 0


def deadlines(arguments: argparse.Namespace) -> int:
    """Each number, its value on that day, where it is from, what it means; then the days of later changes."""
    day = arguments.on or today()
    rules = rules_of(arguments, arguments.profile)
    policy, origin = rules.on(arguments.name, day)
    _, *later = rules.since(arguments.name, day)
    rows = [(key, value, origin[key], SAID[key.partition(".")[0]]) for key, value in numbers(policy).items()]
    if arguments.json:
        listed = [dict(zip(("number", "value", "from", "means"), row, strict=True)) for row in rows]
        told = {"on": day.isoformat(), "workflow": arguments.name, "rules": policy.version, "numbers": listed}
        print(json.dumps(told | {"later": [one.version for one in later]}, ensure_ascii=False, indent=1))
        return 0
    title = f"{arguments.name} on {day}: {policy.version}, for what is opened from {policy.valid_from} on"
    table = Table(title=title, title_justify="left")
    console = Console()
    chairs = max((len(word) for row in rows for word in row[1].split()), default=0)
    table.add_column("number", no_wrap=True)
    # On a narrow screen as wide as the longest name of a chair, which is not to be broken.
    table.add_column("value", overflow="fold", width=chairs if console.width < NARROW else None)
    table.add_column("from", overflow="fold")
    table.add_column("means", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table, markup=False)
    for one in later:
        open_too = ", open tickets too" if one.open_tickets else ""
        print(f"from {one.valid_from} on: {one.version}{open_too} (--on {one.valid_from})")
    return 0
