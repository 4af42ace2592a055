"""`sibadra ticket list|show|say|hide|export`: the tickets, one ticket's story, a clerk's command, the two switches.

Of a ticket whose reporter is hidden nothing here tells who it is, unless a reason is given: then the look is told to
the history before anything is shown.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from engine.calendar.working import JAKARTA
from engine.directory import Directory
from engine.letter import Letter
from engine.store import Entry, Store
from engine.ticket import State, Ticket
from mail.commands import hide, ticket_export
from mail.commands.common import now, settings, store, ticket
from mail.tables import directory_at


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("ticket", help="show tickets, or say something about one")
    what = parser.add_subparsers(dest="what", metavar="list|show|say|hide|export", required=True)
    listing = what.add_parser("list", help="all tickets, newest first")
    listing.add_argument("--state", choices=[state.value for state in State], help="only those in this state")
    listing.add_argument("--limit", type=int, default=100, help="at most so many (default: 100)")
    listing.add_argument("--json", action="store_true", help="one object a line")
    listing.set_defaults(run=show_list)
    one = what.add_parser("show", help="one ticket's story: mails, letters, deadlines, holders")
    one.add_argument("number", help="C-2026-000123")
    one.add_argument("--json", action="store_true", help="as one JSON object")
    one.add_argument("--reason", default="", help="show who wrote a hidden report; the look is kept in the history")
    one.add_argument("--clerk", default="clerk", help="who looks, for the history")
    one.set_defaults(run=show_one)
    say = what.add_parser("say", help="a command in the words of the mail commands, such as TERUSKAN DISHUB")
    say.add_argument("number", help="C-2026-000123")
    say.add_argument("words", nargs="+", help="TERUSKAN unit, EKSTERNAL code, TOLAK reason, GABUNG number, ...")
    say.add_argument("--clerk", default="clerk", help="who says it, for the history")
    say.set_defaults(run=say_it)
    hide.add_parser(what)
    ticket_export.add_parser(what)


def when(at: datetime | None) -> str:
    """A time as the tables show it, in the city's zone."""
    return at.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M") if at else ""


def console() -> Console:
    """Where tables are printed; a pipe has no width of its own, and numbers must not be cut."""
    return Console(width=None if sys.stdout.isatty() else 160)


def show_list(arguments: argparse.Namespace) -> int:
    """The tickets as a table or as JSON lines."""
    found = settings(arguments, secrets=False)
    tables = store(found)
    tickets = tables.tickets(arguments.state, arguments.limit)
    if arguments.json:
        for one in tickets:
            print(json.dumps(_plain(one) | {"subject": hide.subject(tables, found, one)}, ensure_ascii=False))
        return 0
    table = Table()
    for name in ("number", "opened", "state"):
        table.add_column(name, no_wrap=True)
    for name in ("rung", "holder", "topic", "place", "subject"):
        table.add_column(name, overflow="fold")
    for one in tickets:
        table.add_row(
            one.number,
            when(one.opened_at),
            one.state,
            str(one.rung),
            one.holder or "",
            one.topic or "",
            one.place or "",
            hide.subject(tables, found, one)[:50],
        )
    console().print(table)
    return 0


def _plain(one: Ticket) -> dict[str, object]:
    return {
        "number": one.number,
        "workflow": one.workflow,
        "rules": one.rules,
        "state": one.state,
        "rung": one.rung,
        "holder": one.holder,
        "owner": one.owner,
        "topic": one.topic,
        "unit": one.unit,
        "place": one.place,
        "urgent": one.urgent,
        "confidential": one.confidential.value,
        "hide_from_public": one.hide_from_public,
        "hide_from_agency": one.hide_from_agency,
        "reported": list(one.reported),
        "opened": one.opened_at.isoformat(),
        "subject": one.subject,
    }


def show_one(arguments: argparse.Namespace) -> int:
    """One ticket's whole story."""
    found = settings(arguments, secrets=False)
    tables = store(found)
    one = ticket(tables, arguments.number)
    directory = directory_at(found, now())
    shown = hide.View.of(tables, one, directory)
    if one.hide_from_agency and arguments.reason:
        hide.look(found, one, arguments.reason, arguments.clerk)
        shown = hide.View()
    if arguments.json:
        who = {} if shown.masks else {"citizen": {"name": one.citizen_name, "address": one.citizen_address}}
        print(json.dumps(shown.data(_story(tables, one)) | who, ensure_ascii=False))
        return 0
    out = console()
    out.rule(f"{one.number}  {shown.text(one.subject)}")
    out.print(
        f"state {one.state}, rung {one.rung}, holder {_title(directory, one.holder)}, "
        f"owner {_title(directory, one.owner)}"
    )
    out.print(f"workflow {one.workflow}, rules {one.rules}")
    out.print(f"topic {one.topic}, place {one.place}, urgent {one.urgent}, confidential {one.confidential.value}")
    out.print(
        f"hidden from the public {one.hide_from_public}, from the agency {one.hide_from_agency}, "
        f"reported {', '.join(one.reported) or 'nobody'}"
    )
    if one.hide_from_agency and not shown.masks:
        out.print(f"reporter {one.citizen_name} <{one.citizen_address}>", markup=False)
    out.print("(text kept back: give a --reason)" if shown.masks and one.secret else shown.text(one.text), markup=False)
    story = tables.history_of(one.id)
    doubted = {e.letter: e for e in story if e.event == "seen?"}
    for letter in tables.letters_of(one.id):
        out.print(_told(letter, doubted.get(letter.id)), markup=False)
    deadlines = Table(title="Deadlines")
    for name in ("clock", "patience", "started", "due", "state", "ended"):
        deadlines.add_column(name)
    for d in tables.deadlines_of(one.id):
        deadlines.add_row(d.clock.value, str(d.patience), when(d.started_at), when(d.due_at), d.state, when(d.ended_at))
    out.print(deadlines)
    history = Table(title="Story")
    for name in ("at", "who", "event", "state", "holder", "mail", "letter", "note"):
        history.add_column(name)
    for e in story:
        moved = e.to_state if e.from_state == e.to_state else f"{e.from_state} → {e.to_state}"
        note = str(
            e.data.get("doubt")
            or e.data.get("note")
            or e.data.get("why")
            or e.data.get("reply")
            or e.data.get("how")
            or ""
        )
        history.add_row(
            when(e.at),
            shown.text(e.actor),
            e.event,
            moved,
            str(e.data.get("holder") or ""),
            str(e.mail or ""),
            str(e.letter or ""),
            shown.text(note)[:60],
        )
    out.print(history)
    return 0


def _title(directory: Directory, position: str | None) -> str:
    found = directory.positions.get(position or "")
    return f"{found.title} ({found.id})" if found else "nobody"


FACTS = ("sent", "delivered", "seen", "answered", "bounced", "auto")


DOUBTS = {
    "at_once": "within seconds of its arrival, as scanners do",
    "in_bulk": "in one stroke with many others",
    "no_login": "without a login of its owner",
}


def _told(letter: Letter, doubted: Entry | None) -> str:
    """A letter and its facts, each with its time, in two lines that no width cuts; a mark in doubt has a third."""
    facts = [(name, when(getattr(letter, f"{name}_at"))) for name in FACTS]
    told = "  ".join(f"{'machine' if name == 'auto' else name} {at}" for name, at in facts if at)
    head = f"letter {letter.id}  {letter.kind} to {letter.position or letter.reader.value}  ({letter.state.value})"
    lines = [head, f"    {told or 'not sent yet'}"]
    if doubted is not None and letter.seen_at is None:
        why = DOUBTS.get(str(doubted.data.get("doubt")), str(doubted.data.get("doubt")))
        lines.append(f"    marked as seen {when(doubted.at)}, not believed: {why}")
    return "\n".join(lines)


def _story(tables: Store, one: Ticket) -> dict[str, object]:
    return _plain(one) | {
        "mails": [
            {"id": m.id, "received": m.envelope.received_at.isoformat(), "kind": m.kind, "state": m.state}
            for m in tables.mails_of(one.id)
        ],
        "letters": [
            {
                "id": x.id,
                "kind": x.kind,
                "to": x.position or x.reader.value,
                "state": x.state.value,
                **{
                    name: at.isoformat() if at else None
                    for name, at in (
                        ("sent", x.sent_at),
                        ("delivered", x.delivered_at),
                        ("seen", x.seen_at),
                        ("answered", x.answered_at),
                        ("bounced", x.bounced_at),
                        ("machine", x.auto_at),
                    )
                },
            }
            for x in tables.letters_of(one.id)
        ],
        "deadlines": [
            {"clock": d.clock.value, "due": d.due_at.isoformat(), "state": d.state} for d in tables.deadlines_of(one.id)
        ],
        "history": [
            {
                "at": e.at.isoformat(),
                "who": e.actor,
                "event": e.event,
                "from": e.from_state,
                "to": e.to_state,
                "data": e.data,
            }
            for e in tables.history_of(one.id)
        ],
    }


def say_it(arguments: argparse.Namespace) -> int:
    """A clerk's command, with the same rules as the desk's mail."""
    from engine.event import Commanded
    from mail.app import App

    found = settings(arguments)
    one = ticket(store(found), arguments.number)
    app = App.open(found, now)
    moved = app.desk.handle(Commanded(now(), one.id, " ".join(arguments.words), arguments.clerk))
    if moved is not None:
        print(f"{moved.number}: {moved.state}, holder {moved.holder}")
    app.close()
    return 0
