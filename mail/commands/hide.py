"""`sibadra ticket hide`, what the command line shows of a hidden reporter's ticket, and the look with a reason."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from engine.directory import Directory
from engine.errors import SibadraError
from engine.event import Hidden, Looked
from engine.redact import Identity, redact
from engine.store import Store
from engine.ticket import Ticket
from mail.commands.common import now, settings, store, ticket
from mail.identity import identity_of, masked_data
from mail.settings import Settings
from mail.tables import directory_at

SECRET = "(laporan rahasia)"


class Unclear(SibadraError):
    """Nothing to set was given, or no reason."""


@dataclass(frozen=True, slots=True)
class View:
    """How a ticket's texts are shown: as they are, or without the reporter when `identity` is given."""

    identity: Identity | None = None

    @classmethod
    def of(cls, tables: Store, one: Ticket, directory: Directory) -> View:
        """The view of somebody who gave no reason."""
        return cls(identity_of(tables, one, directory) if one.hide_from_agency else None)

    @property
    def masks(self) -> bool:
        """Whether anything is kept back."""
        return self.identity is not None

    def text(self, text: str) -> str:
        """A text as it may be shown."""
        return redact(text, self.identity) if self.identity and text else text

    def data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Plain values as they may be shown."""
        return dict(masked_data(data, self.identity)) if self.identity else data


def subject(tables: Store, found: Settings, one: Ticket) -> str:
    """A ticket's subject for a list."""
    if one.secret or not one.hide_from_agency:
        return SECRET if one.secret else one.subject
    return View.of(tables, one, directory_at(found, now())).text(one.subject)


def look(found: Settings, one: Ticket, reason: str, clerk: str) -> None:
    """Tells the history who looks and why; nothing may be shown if that fails. Raises Unclear without a reason."""
    from mail.app import App

    if not reason.strip():
        raise Unclear(f"{one.number}: its reporter is hidden: say why with --reason, it is kept in the history")
    app = App.open(found, now)
    try:
        app.desk.handle(Looked(now(), one.id, clerk, reason))
    finally:
        app.close()


def add_parser(what: Any) -> None:
    """`ticket hide`'s arguments."""
    parser = what.add_parser("hide", help="set the two switches: hidden from the public, hidden from the agency")
    parser.add_argument("number", help="C-2026-000123")
    for name, whom in (("public", "other citizens: nothing of the report"), ("agency", "the office: not who wrote it")):
        parser.add_argument(f"--{name}", choices=("on", "off"), help=f"hide from {whom}")
    parser.add_argument("--reason", required=True, help="why, for the history")
    parser.add_argument("--clerk", default="clerk", help="who sets it, for the history")
    parser.set_defaults(run=hide_it)


def hide_it(arguments: argparse.Namespace) -> int:
    """Sets the switches and says how they stand."""
    from mail.app import App

    if arguments.public is None and arguments.agency is None:
        raise Unclear("nothing to set: give --public on|off, --agency on|off, or both")
    found = settings(arguments)
    one = ticket(store(found), arguments.number)
    wanted = {"on": True, "off": False, None: None}
    app = App.open(found, now)
    try:
        app.desk.handle(
            Hidden(now(), one.id, arguments.clerk, arguments.reason, wanted[arguments.public], wanted[arguments.agency])
        )
        moved = app.store.ticket(one.id) or one
    finally:
        app.close()
    print(f"{moved.number}: hidden from the public {moved.hide_from_public}, from the agency {moved.hide_from_agency}")
    return 0
