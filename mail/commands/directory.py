"""`sibadra directory check|show|diff|import|versions`: the city's tables, and taking new ones from a day on."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from engine.calendar import load as load_calendar
from engine.calendar.working import JAKARTA
from engine.desk.deputies import lent_chairs
from engine.desk.vanished import orphans
from engine.directory import Change, Directory, diff, find_units, load, overlaid, tree
from engine.errors import SibadraError
from engine.routing.jurisdiction import load_rules
from engine.store import Store
from mail.commands.common import NotFound, calendar_day, now, settings
from mail.settings import PACKAGED, Settings
from mail.tables import directory_on, folder_on, imports, take, versions

WORKING_TIME = ("holidays.csv", "hours.csv")


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("directory", help="check and show the city's tables")
    parser.add_argument("--city", help="the city folder (default: that of the settings, else kota_bogor)")
    what = parser.add_subparsers(dest="what", metavar="check|show|diff|import|versions", required=True)
    what.add_parser("check", help="find what does not hold together").set_defaults(run=check)
    show = what.add_parser("show", help="a unit as a tree")
    show.add_argument("unit", help="such as DPUPR")
    show.add_argument("--on", type=calendar_day, help="YYYY-MM-DD (default: today)")
    show.set_defaults(run=show_unit)
    compare = what.add_parser("diff", help="what another city folder would change")
    compare.add_argument("folder", type=Path)
    compare.set_defaults(run=show_diff)
    new = what.add_parser("import", help="take the tables of a folder from a day on, after showing what changes")
    new.add_argument("folder", type=Path, help="one of `directory versions` goes back to it")
    new.add_argument("--from", dest="first", type=calendar_day, help="YYYY-MM-DD (default: today)")
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


def as_of(arguments: argparse.Namespace, directory: Directory, on: date) -> Directory:
    """With the chairs that were lent by mail, where the settings name a city that runs."""
    if arguments.city or not arguments.config.exists():
        return directory
    found = settings(arguments, secrets=False)
    if not found.database.exists():
        return directory
    with contextlib.closing(Store.sqlite(found.database)) as tables:
        return overlaid(directory, lent_chairs(tables, on), on)


def check(arguments: argparse.Namespace) -> int:
    """Loads the tables, working time too; every problem is a line of its own and the status 2."""
    folder = city_of(arguments)
    found = load(folder)
    if not arguments.city and arguments.config.exists():
        made = settings(arguments, secrets=False)
        _keeps_what_is_needed(made, found)
        load_calendar(made.city)
    elif any((folder / name).exists() for name in WORKING_TIME):
        load_calendar(folder)
    print(
        f"ok: {len(found.units)} units, {len(found.positions)} positions, {len(found.topics)} topics, "
        f"{len(found.externals)} external agencies, {len(found.places)} places in {folder}"
    )
    return 0


def show_unit(arguments: argparse.Namespace) -> int:
    """The tree of a unit, named by its code or as people call it."""
    on = arguments.on or today()
    found = as_of(arguments, load(city_of(arguments, on)), on)
    units = find_units(found, arguments.unit)
    if len(units) != 1:
        near = f"; which of {', '.join(unit.code for unit in units[:9])}?" if units else "; units.csv lists them"
        raise NotFound(f"{arguments.unit}: no such unit{near}")
    for line in tree(found, units[0].code, on):
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
    for line in _later(found, first, old, changes):
        print(line)
    for name in WORKING_TIME:
        if (arguments.folder / name).exists() and not _same(arguments.folder / name, found.city / name):
            print(f"! {name} is not imported; it holds as it stands in {found.city}")
    if not arguments.yes and not _agreed(len(changes), first):
        print("not taken; add --yes to take it", file=sys.stderr)
        return 1
    before, start = folder_on(found, first), max(first, today())
    print(f"{take(found, arguments.folder, first)} holds from {first} on")
    if any(one.table in ("topics", "externals") and one.kind != "removed" for one in changes):
        print(f"Routing knows new topics, agencies and words after `sibadra routing retrain`, on {start} or later.")
    print(f"To go back: sibadra directory import {before} --from {start}")
    return 0


def _same(a: Path, b: Path) -> bool:
    return b.exists() and a.read_bytes() == b.read_bytes()


def _later(found: Settings, first: date, old: Directory, changes: Sequence[Change]) -> list[str]:
    """Tables that begin after these and do not have their changes: from that day on these are gone again."""
    lines = []
    for day in versions(found):
        if day > first:
            there = set(diff(old, load(folder_on(found, day))))
            lost = sum(change not in there for change in changes)
            if lost:
                mend = f"import them with --from {day} too"
                lines.append(f"! {lost} of these changes end on {day}, when tables without them begin; {mend}")
    return lines


def _agreed(count: int, first: date) -> bool:
    if not sys.stdin.isatty():
        return False
    return input(f"Take these {count} changes from {first} on? [y/N] ").strip().lower() in ("y", "yes", "ya")


def _keeps_what_is_needed(found: Settings, new: Directory) -> None:
    """The desk and the inspectorate's chair are named in settings and rules: tables without them cannot be taken.

    Nor can those without what jurisdiction.tsv names, as no mail could be routed, nor those in which an official's
    mailbox is our own intake: a letter to him would come in as a complaint.
    """
    for position, why in [
        (found["city"]["desk"], "the desk of the settings"),
        *(
            (chair, why)
            for name in found.rules.policies
            for policy in found.rules.since(name, today())
            for chair, why in (
                (policy.secret_position, f"secret reports under {policy.version}"),
                *((one, f"emergencies of agencies under {policy.version}") for one in policy.emergency_positions),
            )
        ),
    ]:
        if position not in new.positions:
            raise SibadraError(f"positions.csv: {position} is missing ({why}); keep it or change that first")
    load_rules(found.city, new)  # a topic or agency that jurisdiction.tsv names
    intake = found["intake"]
    own = {f"{intake[name]}@{intake['domain']}".lower() for name in ("local", "bounce_local")}
    for chair in new.positions.values():
        name, _, domain = chair.mailbox.lower().partition("@")
        if f"{name.partition('+')[0]}@{domain}" in own:
            mend = "an official needs a mailbox of his own"
            raise SibadraError(f"positions.csv: {chair.id}: mailbox: {chair.mailbox} is our own intake; {mend}")


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
    every, holds = imports(found), folder_on(found, today())
    print(f"{'*' if holds == found.city else ' '} {'':15} {found.city}")
    for day, _, folder in every:
        replaced = "" if folder == folder_on(found, day) else "  (replaced)"
        print(f"{'*' if folder == holds else ' '} from {day} {folder}{replaced}")
    return 0
