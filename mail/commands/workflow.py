"""`sibadra workflow check|draw|explain`: the city's tables, checked, drawn as Mermaid or SVG, told in Indonesian."""

from __future__ import annotations

import argparse
from typing import Any

from engine.policy import Policy
from engine.workflow import diagram, explain, problems, svg
from workflows.all import RULES, WORKFLOWS
from workflows.profiles import PROFILES


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("workflow", help="check, draw or explain a workflow's table")
    what = parser.add_subparsers(dest="what", metavar="check|draw|explain", required=True)
    what.add_parser("check", help="find what does not hold together, in every table").set_defaults(run=check)
    draw = what.add_parser("draw", help="as a Mermaid diagram, or as a picture")
    draw.add_argument("--svg", action="store_true", help="as SVG")
    draw.set_defaults(run=drawn)
    told = what.add_parser("explain", help="in Indonesian prose, for a regulation's annex")
    told.add_argument(
        "--profile", choices=sorted(PROFILES), default="sibadra", help="whose deadlines (default: sibadra)"
    )
    told.set_defaults(run=explained)
    for one in (draw, told):
        one.add_argument("name", nargs="?", choices=sorted(WORKFLOWS), default="complaint", help="default: complaint")


def check(_arguments: argparse.Namespace) -> int:
    """Each problem a line, status 1 when there is any."""
    from mail.write import template_kinds

    found = False
    for name, workflow in WORKFLOWS.items():
        policies: tuple[Policy, ...] = RULES.get(name, tuple(PROFILES.values()))
        wrong = list(dict.fromkeys(p for one in policies for p in problems(workflow, template_kinds(), one.clocks())))
        found = found or bool(wrong)
        for line in wrong:
            print(f"{name}: {line}")
        if not wrong:
            sizes = f"{len(workflow.states)} states, {len(workflow.rows)} rows, {len(workflow.words)} words"
            print(f"{name}: ok: {sizes}")
    return 1 if found else 0


def drawn(arguments: argparse.Namespace) -> int:
    """The diagram."""
    workflow = WORKFLOWS[arguments.name]
    print(svg(workflow) if arguments.svg else diagram(workflow), end="")
    return 0


def explained(arguments: argparse.Namespace) -> int:
    """Every row as a clause, then the deadlines."""
    rules = RULES.get(arguments.name)
    policy = rules[-1] if rules else PROFILES[arguments.profile]
    print(explain(WORKFLOWS[arguments.name], policy), end="")
    return 0
