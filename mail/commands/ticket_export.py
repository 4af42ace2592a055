"""`sibadra ticket export NUMBER FILE.zip`: one ticket's proof, for those who must be able to check it themselves."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.errors import SibadraError
from mail.commands.common import settings, store, ticket
from mail.commands.hide import look
from mail.identity import identity_of
from mail.tables import directory_at


def add_parser(what: Any) -> None:
    """The command's arguments."""
    parser = what.add_parser("export", help="one ticket's proof as a ZIP file: mails, letters, timeline, chain")
    parser.add_argument("number", help="C-2026-000123")
    parser.add_argument("file", type=Path, metavar="FILE.zip", help="the file to make; it must not exist yet")
    parser.add_argument("--reason", help="why you must see who wrote a hidden report; it is written in the history")
    parser.add_argument("--clerk", default="clerk", help="who looks, for the history")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the file; a look at who wrote a hidden report is told to the history first."""
    from mail.export import Case, check_target, export
    from workflows.all import WORKFLOWS

    found = settings(arguments, secrets=False)
    tables = store(found)
    one = ticket(tables, arguments.number)
    check_target(arguments.file)
    looked = one.hide_from_agency and arguments.reason is not None
    if looked:
        look(found, one, arguments.reason, arguments.clerk)
    with tables.view():
        one = ticket(tables, arguments.number)  # as it stands with all else in this view
        directory = directory_at(found, one.changed_at)
        identity = identity_of(tables, one, directory) if one.hide_from_agency and not looked else None
        try:
            case = Case.of(tables, one, directory, WORKFLOWS[one.workflow], found["city"]["name"], identity)
            seal = export(case, arguments.file)
        except ValueError as wrong:
            raise SibadraError(f"{one.number}: a row cannot be read ({wrong}); see `sibadra audit verify`") from None
    kept_back = ", without who reported it (--reason WHY for the whole)" if case.masked else ""
    print(f"{arguments.file}: {one.number}, {len(case.rows)} history rows{kept_back}")
    print(f"sha256 of MANIFEST.sha256: {seal}")
    return 0
