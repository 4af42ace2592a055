"""`sibadra directory check|show|diff`: the city's tables, whether they hold together, and who sits where."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.directory import diff, load, tree
from mail.commands.common import NotFound, settings
from mail.settings import PACKAGED


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("directory", help="check and show the city's tables")
    parser.add_argument("--city", help="the city folder (default: that of the settings, else kota_bogor)")
    what = parser.add_subparsers(dest="what", metavar="check|show|diff", required=True)
    what.add_parser("check", help="find what does not hold together").set_defaults(run=check)
    show = what.add_parser("show", help="a unit as a tree")
    show.add_argument("unit", help="such as DPUPR")
    show.set_defaults(run=show_unit)
    compare = what.add_parser("diff", help="what another city folder would change")
    compare.add_argument("folder", type=Path)
    compare.set_defaults(run=show_diff)


def city_of(arguments: argparse.Namespace) -> Path:
    """The folder of --city, of the settings, or the packaged example."""
    if arguments.city:
        folder = Path(arguments.city)
        if not folder.is_dir():
            folder = PACKAGED / arguments.city
        if not folder.is_dir():
            raise NotFound(f"{arguments.city}: no such folder")
        return folder
    return settings(arguments, secrets=False).city if arguments.config.exists() else PACKAGED / "kota_bogor"


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
