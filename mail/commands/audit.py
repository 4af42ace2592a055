"""`sibadra audit verify|head`: whether the history's chain and what it binds hold, and the chain's end to note down."""

from __future__ import annotations

import argparse
from typing import Any

from mail.commands.common import settings, store


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("audit", help="verify the history")
    what = parser.add_subparsers(dest="what", metavar="verify|head", required=True)
    check = what.add_parser(
        "verify", help="find a changed, missing, added or moved row, and mails or letters that are not as they were"
    )
    check.add_argument("--head", metavar="N:HASH", help="an earlier `audit head` that must still stand in the chain")
    check.set_defaults(run=verify)
    note = what.add_parser("head", help="the chain's end: kept outside the machine it proves later what stood here")
    note.set_defaults(run=head)


def verify(arguments: argparse.Namespace) -> int:
    """Each broken link a line, status 1 when there is any."""
    tables = store(settings(arguments, secrets=False))
    wrong = tables.broken_links(arguments.head)
    for line in wrong:
        print(line)
    if not wrong:
        print(f"ok: the history's chain holds, {tables.history_head().partition(':')[0]} rows")
    return 1 if wrong else 0


def head(arguments: argparse.Namespace) -> int:
    """The chain's end as one line."""
    print(store(settings(arguments, secrets=False)).history_head())
    return 0
