"""`sibadra directory check|show|diff|import|versions`: the city's tables, and taking new ones from a day on."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from engine.calendar.working import JAKARTA
from engine.desk.vanished import orphans
from engine.directory import Directory, diff, load, tree
from engine.errors import SibadraError
from engine.store import Store
from mail.commands.common import NotFound, now, settings
from mail.settings import PACKAGED, Settings
from mail.tables import directory_on, folder_on, take, versions


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("directory", help="check and show the city's tables")
    parser.add_argument("--city", help="the city folder (default: that of the settings, else kota_bogor)")
    what = parser.add_subparsers(dest="what", metavar="check|show|diff|import|versions", required=True)
    what.add_parser("check", help="find what does not hold together").set_defaults(run=check)
    show = what.add_parser("show", help="a unit as a tree")
    show.add_argument("unit", help="such as DPUPR")
    show.set_defaults(run=show_unit)
    compare = what.add_parser("diff", help="what another city folder would change")
    compare.add_argument("folder", type=Path)
    compare.set_defaults(run=show_diff)
    new = what.add_parser("import", help="take the tables of a folder from a day on, after showing what changes")
    new.add_argument("folder", type=Path)
    new.add_argument("--from", dest="first", type=date.fromisoformat, help="YYYY-MM-DD (default: today)")
    new.add_argument("--yes", action="store_true", help="take them without asking")
    new.set_defaults(run=take_new)
    what.add_parser("versions", help="from which day on which tables hold").set_defaults(run=show_versions)


def city_of(arguments: argparse.Namespace, on: date | None = None) -> Path:
    """The folder of --city, that of the settings on a day (default: today), or the packaged example."""
    if arguments.city:
        folder = Path(arguments.city)
        if not folder.is_dir():
            folder = PACKAGED / arguments.city
        if not folder.is_dir():
            raise NotFound(f"{arguments.city}: no such folder")
        return folder
    if arguments.config.exists():
        return folder_on(settings(arguments, secrets=False), on or today())
    return PACKAGED / "kota_bogor"


def today() -> date:
    """The city's calendar day."""
    return now().astimezone(JAKARTA).date()


def check(arguments: argparse.Namespace) -> int:
    """Loads the tables; every problem is a line of its own and the status 2."""
    found = load(city_of(arguments))
    print(
        f"ok: {len(found.units)} units, {len(found.positions)} positions, {len(found.topics)} topics, "
        f"{len(found.externals)} external agencies, {len(found.places)} places"
    )
    return 0


def show_unit(arguments: argparse.Namespace) -> int:
    """The tree of a unit."""
    found = load(city_of(arguments))
    code = arguments.unit.upper()
    if code not in found.units:
        raise NotFound(f"{arguments.unit}: no such unit")
    for line in tree(found, code):
        print(line)
    return 0


def show_diff(arguments: argparse.Namespace) -> int:
    """One line a change; status 1 when there is any."""
    changes = diff(load(city_of(arguments)), load(arguments.folder))
    for change in changes:
        print(change)
    return 1 if changes else 0


def take_new(arguments: argparse.Namespace) -> int:
    """Shows what changes and what it means for open tickets; takes it after a yes. Status 1 when it was not taken."""
    found = settings(arguments, secrets=False)
    first = arguments.first or today()
    new = load(arguments.folder)
    _keeps_what_is_needed(found, new)
    old = directory_on(found, first)
    changes = diff(old, new)
    for change in changes:
        print(change)
    for line in _orphaned(found, old, new):
        print(line)
    if not changes:
        print("nothing changes")
        return 0
    if not arguments.yes and not _agreed(len(changes), first):
        print("not taken; add --yes to take it", file=sys.stderr)
        return 1
    print(f"{take(found, arguments.folder, first)} holds from {first} on")
    return 0


def _agreed(count: int, first: date) -> bool:
    if not sys.stdin.isatty():
        return False
    return input(f"Take these {count} changes from {first} on? [y/N] ").strip().lower() in ("y", "yes", "ya")


def _keeps_what_is_needed(found: Settings, new: Directory) -> None:
    """The desk and the inspectorate's chair are named in settings and rules: tables without them cannot be taken."""
    for position, why in [
        (found["city"]["desk"], "the desk of the settings"),
        *(
            (policy.secret_position, f"secret reports under {policy.version}")
            for name in found.rules.policies
            for policy in found.rules.since(name, today())
        ),
    ]:
        if position not in new.positions:
            raise SibadraError(f"positions.csv: {position} is missing ({why}); keep it or change that first")


def _orphaned(found: Settings, old: Directory, new: Directory) -> list[str]:
    """Open tickets whose holder the new tables do not have any more, and who gets them."""
    if not found.database.exists():
        return []
    store = Store.sqlite(found.database)
    lines = [
        f"! {orphan.ticket.number}: {orphan.ticket.holder} is gone, goes to {orphan.heir or found['city']['desk']}"
        for orphan in orphans(store, old, new)
    ]
    store.close()
    return lines


def show_versions(arguments: argparse.Namespace) -> int:
    """One line a version, the one of today marked."""
    found = settings(arguments, secrets=False)
    days, holds = versions(found), folder_on(found, today())
    print(f"{'*' if holds == found.city else ' '} {found.city}")
    for day in days:
        print(f"{'*' if holds.name == day.isoformat() else ' '} from {day}")
    return 0
