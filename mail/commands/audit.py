"""`sibadra audit verify`: whether the history's chain holds, row by row."""

from __future__ import annotations

import argparse
from typing import Any

from mail.commands.common import settings, store


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("audit", help="verify the history")
    what = parser.add_subparsers(dest="what", metavar="verify", required=True)
    what.add_parser("verify", help="find a changed, missing or reordered row").set_defaults(run=verify)


def verify(arguments: argparse.Namespace) -> int:
    """Each broken link a line, status 1 when there is any."""
    wrong = store(settings(arguments)).broken_links()
    for line in wrong:
        print(line)
    if not wrong:
        print("ok: the history's chain holds")
    return 1 if wrong else 0
