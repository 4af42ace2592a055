"""`sibadra workflow check|draw|explain`: the table of the workflow, checked, drawn as Mermaid, told in words."""

from __future__ import annotations

import argparse
from typing import Any

from engine.workflow import OPEN, SAME, diagram, problems
from workflows.complaint import COMPLAINT


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("workflow", help="check, draw or explain the workflow's table")
    what = parser.add_subparsers(dest="what", metavar="check|draw|explain", required=True)
    what.add_parser("check", help="find what does not hold together").set_defaults(run=check)
    what.add_parser("draw", help="as a Mermaid diagram").set_defaults(run=draw)
    what.add_parser("explain", help="row by row in words").set_defaults(run=explain)


def check(_arguments: argparse.Namespace) -> int:
    """Each problem a line, status 1 when there is any."""
    from mail.write import template_kinds

    wrong = problems(COMPLAINT, template_kinds())
    for line in wrong:
        print(line)
    if not wrong:
        print(f"ok: {len(COMPLAINT.states)} states, {len(COMPLAINT.rows)} rows, {len(COMPLAINT.words)} words")
    return 1 if wrong else 0


def draw(_arguments: argparse.Namespace) -> int:
    """The diagram."""
    print(diagram(COMPLAINT), end="")
    return 0


def explain(_arguments: argparse.Namespace) -> int:
    """Each row: in which states, what happens, by whom, what follows."""
    labels = {info.name: info.label for info in COMPLAINT.states}
    for row in COMPLAINT.rows:
        states = ", ".join("semua yang terbuka" if s == OPEN else labels.get(s, s) for s in row.states)
        to = "tetap" if row.to == SAME else labels.get(row.to, row.to)
        by = ", ".join(role.value for role in row.by)
        when = f" [{row.when}]" if row.when else ""
        print(f"{states} | {row.event}{when} | {by} → {to}: {row.story}")
    return 0
