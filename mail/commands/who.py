"""`sibadra who POSITION [--on DATE]`: who gets a position's letters on a day, and why."""

from __future__ import annotations

import argparse
from typing import Any

from engine.directory import load as load_directory
from engine.directory import who
from mail.commands.common import NotFound, calendar_day
from mail.commands.directory import as_of, city_of, today


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("who", help="who gets a position's letters on a day, and why")
    parser.add_argument("position", help="such as dpupr.kasi.jalan")
    parser.add_argument("--on", type=calendar_day, help="YYYY-MM-DD (default: today)")
    parser.add_argument("--city", help="the city folder (default: that of the settings, else kota_bogor)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """The explanation, line by line."""
    on = arguments.on or today()
    directory = as_of(arguments, load_directory(city_of(arguments, on)), on)
    if arguments.position not in directory.positions:
        raise NotFound(f"{arguments.position}: no such position; `sibadra directory show UNIT` lists them")
    for line in who(directory, arguments.position, on):
        print(line)
    return 0
