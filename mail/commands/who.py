"""`sibadra who POSITION [--on DATE]`: who gets a position's letters on a day, and why."""

from __future__ import annotations

import argparse
import contextlib
from datetime import date
from typing import Any

from engine.calendar.working import JAKARTA
from engine.desk.deputies import lent_chairs
from engine.directory import Directory, overlaid, who
from engine.directory import load as load_directory
from engine.store import Store
from mail.commands.common import NotFound, now, settings
from mail.commands.directory import city_of


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("who", help="who gets a position's letters on a day, and why")
    parser.add_argument("position", help="such as dpupr.kasi.jalan")
    parser.add_argument("--on", type=date.fromisoformat, help="YYYY-MM-DD (default: today)")
    parser.add_argument("--city", help="the city folder (default: that of the settings, else kota_bogor)")
    parser.set_defaults(run=run)


def _as_of(arguments: argparse.Namespace, directory: Directory, on: date) -> Directory:
    """With the chairs that were lent by mail, where the settings name a city that runs."""
    if arguments.city or not arguments.config.exists():
        return directory
    found = settings(arguments, secrets=False)
    if not found.database.exists():
        return directory
    with contextlib.closing(Store.sqlite(found.database)) as tables:
        return overlaid(directory, lent_chairs(tables, on), on)


def run(arguments: argparse.Namespace) -> int:
    """The explanation, line by line."""
    on = arguments.on or now().astimezone(JAKARTA).date()
    directory = _as_of(arguments, load_directory(city_of(arguments, on)), on)
    if arguments.position not in directory.positions:
        raise NotFound(f"{arguments.position}: no such position; `sibadra directory show UNIT` lists them")
    for line in who(directory, arguments.position, on):
        print(line)
    return 0
