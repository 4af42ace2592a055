"""`sibadra mailbox check|report`: are the mandatory mailboxes there, do they take mail, are they opened?"""

from __future__ import annotations

import argparse
import json
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from mail.commands.common import now, settings, store
from mail.commands.ticket import when
from mail.tables import directory_at


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("mailbox", help="test the mandatory mailboxes, and who opens theirs")
    what = parser.add_subparsers(dest="what", metavar="check|report", required=True)
    check = what.add_parser("check", help="exists, accepts mail, can be looked into, last opened, quota")
    check.add_argument("--unit", help="only this unit's")
    check.add_argument("--workers", type=int, default=4, help="how many at once (default: 4)")
    check.add_argument("--json", action="store_true", help="one object a line")
    check.set_defaults(run=run_check)
    report = what.add_parser("report", help="the table by unit and level of the last days")
    report.add_argument("--days", type=int, default=7, help="how many days (default: 7)")
    report.add_argument("--unit", help="only this unit's")
    report.add_argument("--json", action="store_true", help="one object a line")
    report.set_defaults(run=run_report)


def run_check(arguments: argparse.Namespace) -> int:
    """A line a mailbox; status 1 when any has a problem."""
    from mail.checkup import chairs, try_mailboxes

    found = settings(arguments)
    positions = chairs(directory_at(found, now()), arguments.unit)
    tables = store(found) if found.database.exists() else None
    results = try_mailboxes(found, tables, positions, now(), arguments.workers)
    console = Console(stderr=True)
    bad = 0
    table = Table(title="Mandatory mailboxes with problems")
    for name in ("position", "mailbox", "accepts", "IMAP", "last opened", "unread", "problems"):
        table.add_column(name)
    watched = track(results, "checking", total=len(positions), console=console, disable=not console.is_terminal)
    for position, one in watched:
        bad += bool(one.problems)
        if arguments.json:
            print(
                json.dumps(
                    {
                        "position": position.id,
                        "mailbox": one.mailbox,
                        "exists": one.exists,
                        "accepts": one.accepts,
                        "reachable": one.reachable,
                        "opened_until": one.opened_until.isoformat() if one.opened_until else None,
                        "unread": one.unread,
                        "quota": one.quota,
                        "problems": list(one.problems),
                    },
                    ensure_ascii=False,
                )
            )
        elif one.problems:
            table.add_row(
                position.id,
                one.mailbox,
                _yes(one.accepts),
                _yes(one.reachable),
                when(one.opened_until),
                "" if one.unread is None else str(one.unread),
                "; ".join(one.problems),
            )
    if not arguments.json:
        if bad:
            Console().print(table)
        print(f"{len(positions) - bad} of {len(positions)} mandatory mailboxes are well")
    return 1 if bad else 0


def _yes(value: bool | None) -> str:
    return "?" if value is None else "yes" if value else "no"


def run_report(arguments: argparse.Namespace) -> int:
    """The table of the rule that every leader must have and open a mailbox."""
    from mail.report_weekly import lines_of, shown

    found = settings(arguments)
    lines = lines_of(store(found), directory_at(found, now()), found, now(), arguments.days)
    if arguments.unit:
        lines = [line for line in lines if line.unit == arguments.unit]
    if arguments.json:
        for line in lines:
            print(json.dumps({"unit": line.unit, "level": line.level, **shown(line)}, ensure_ascii=False))
        return 0
    table = Table(title=f"Mandatory mailboxes, last {arguments.days} days")
    for name in ("unit", "level", *shown(lines[-1] if lines else None)):
        table.add_column(name)
    for line in lines:
        table.add_row(line.unit or "all", line.level or "all", *(str(value) for value in shown(line).values()))
    Console().print(table)
    return 0
