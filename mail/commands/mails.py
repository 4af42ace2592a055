"""`sibadra mails held|show|retry`: mails that could not be handled, to be looked at and handled again."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from mail.commands import hide
from mail.commands.common import NotFound, settings, store
from mail.commands.ticket import when


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("mails", help="mails that were set aside")
    what = parser.add_subparsers(dest="what", metavar="held|show|retry", required=True)
    held = what.add_parser("held", help="list them")
    held.set_defaults(run=show_held)
    show = what.add_parser("show", help="one mail's raw bytes")
    show.add_argument("mail", type=int)
    show.add_argument(
        "--reason", default="", help="why, if the mail's reporter is hidden; the look is kept in the history"
    )
    show.add_argument("--clerk", default="clerk", help="who looks, for the history")
    show.set_defaults(run=show_raw)
    again = what.add_parser("retry", help="handle them again")
    again.add_argument("mail", type=int, nargs="*", help="which (default: all)")
    again.set_defaults(run=retry)


def show_held(arguments: argparse.Namespace) -> int:
    """One line a mail."""
    for mail in store(settings(arguments, secrets=False)).held_mails():
        print(f"{mail.id}\t{when(mail.envelope.received_at)}\t{len(mail.raw)} bytes\t{mail.error}")
    return 0


def show_raw(arguments: argparse.Namespace) -> int:
    """The bytes as they came; of a hidden reporter only for a reason."""
    found = settings(arguments, secrets=False)
    tables = store(found)
    mail = tables.mail(arguments.mail)
    if mail is None:
        raise NotFound(f"{arguments.mail}: no such mail")
    one = tables.ticket(mail.ticket) if mail.ticket else None
    if one is not None and one.hide_from_agency:
        hide.look(found, one, arguments.reason, arguments.clerk)
    sys.stdout.buffer.write(mail.raw)
    return 0


def retry(arguments: argparse.Namespace) -> int:
    """Puts held mails back; the running engine takes them at its next bell."""
    tables = store(settings(arguments, secrets=False))
    wanted = set(arguments.mail)
    held = [mail for mail in tables.held_mails() if not wanted or mail.id in wanted]
    missing = wanted - {mail.id for mail in held}
    if missing:
        raise NotFound(f"not held: {', '.join(map(str, sorted(missing)))}")
    for mail in held:
        tables.mark_mail(mail.id, "new", error="")
    print(f"{len(held)} put back")
    return 0
