"""Shows what happens, a line each with the city's clock, and the table of tickets at the end."""

from __future__ import annotations

import time
from typing import IO, TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.desk import World
from engine.letter import Reader
from engine.store import Entry, Store
from mail.demo.clock import shown

if TYPE_CHECKING:
    from datetime import datetime

    from mail.demo.play import Stage

QUIET = frozenset({"letter", "kept", "weekly report"})
COLOURS = {
    "sent": "cyan", "delivered": "blue", "seen": "green", "climb": "bold red", "bounced": "bold magenta",
    "automatic": "magenta", "sure": "bold", "unsure": "bold yellow", "held": "bold red", "route": "yellow",
}  # fmt: skip


class Show:
    """Prints the history as it grows."""

    def __init__(self, out: IO[str], pace: float) -> None:
        # A file or a pipe has no width of its own; the table wants one.
        self._console = Console(file=out, highlight=False, soft_wrap=True, width=None if out.isatty() else 140)
        self._pace = pace
        self._last: int | None = None

    def line(self, text: str) -> None:
        """A line of the demo's own."""
        self._console.print(Text(text, style="dim"))

    def title(self, stage: Stage) -> None:
        """What is about to be seen, and what stands from an earlier run."""
        positions = len(stage.app.directory.positions)
        self._console.rule("Si Badra by e-mail: a whole city on this machine")
        self.line(
            f"{positions} mailboxes behind relay 127.0.0.1:{stage.estate.smtp_port} and IMAP 127.0.0.1:"
            f"{stage.estate.imap_port}; files in {stage.folder}"
        )
        rows = stage.app.store.history_after(0)
        if rows:
            self._last = rows[-1][0]
            self.line(f"{len(rows)} events so far, the last on {shown(rows[-1][1].at)}; it goes on from there")

    def news(self, store: Store, world: World, _at: datetime) -> None:
        """What the history has gained since the last call."""
        if self._last is None:
            self._last = 0
        rows = store.history_after(self._last)
        for number, entry in rows:
            self._last = number
            if entry.event in QUIET:
                continue
            self._console.print(self._told(store, world, entry))
            if self._pace:
                time.sleep(self._pace)

    def _told(self, store: Store, world: World, entry: Entry) -> Text:
        ticket = store.ticket(entry.ticket) if entry.ticket else None
        text = Text(f"{shown(entry.at):<17} {ticket.number if ticket else '-':<14} ")
        event = entry.event.replace("overdue:", "late ").replace("_", " ")
        text.append(f"{event:<10} ", style=COLOURS.get(entry.event, "bold" if entry.to_state else ""))
        text.append(describe(store, world, entry))
        return text

    def table(self, store: Store, world: World) -> None:
        """All tickets as they stand."""
        table = Table(title="Tickets")
        table.add_column("number", no_wrap=True, min_width=13)
        for name in ("subject", "state", "rung", "holder", "seen by owner"):
            table.add_column(name)
        for ticket in reversed(store.tickets()):
            tasks = [one for one in store.letters_of(ticket.id) if one.kind == "task"]
            opened = "yes" if any(one.seen_at for one in tasks) else "no" if tasks else "-"
            table.add_row(
                ticket.number, ticket.subject[:40], ticket.state, str(ticket.rung), world.title(ticket.holder), opened
            )
        self._console.print(table)

    def invitation(self, stage: Stage) -> None:
        """How a person can join with a mail program."""
        estate = stage.estate
        citizen = next(a for a in estate.accounts if not a.endswith("kotabogor.example"))
        official = "kasi.jalan@dpupr.kotabogor.example"
        self._console.print("Join with Thunderbird or mutt; no encryption, password in plain text, this machine only:")
        self._console.print(f"  IMAP 127.0.0.1:{estate.imap_port}    SMTP 127.0.0.1:{estate.smtp_port} (no login)")
        self._console.print(f"  citizen   {citizen}    password {estate.accounts[citizen]}")
        self._console.print(f"  official  {official}    password {estate.accounts[official]}")
        self._console.print(
            "Write to aduan@sibadra.kotabogor.example. Every mailbox has the same password. Ctrl-C ends it."
        )


def describe(store: Store, world: World, entry: Entry) -> str:
    """One history row in plain words; addresses of citizens are not shown."""
    letter = store.letter(entry.letter) if entry.letter else None
    what = ""
    if letter is not None:
        to = "citizen" if letter.reader is Reader.CITIZEN else letter.name or world.title(letter.position)
        what = f"{letter.kind} to {to}"
    if entry.event == "climb":
        return f"{entry.data.get('why')}: {entry.data.get('step')}, rung {entry.data.get('rung')}"
    if entry.event in ("sent", "delivered", "seen", "seen?", "bounced", "automatic", "vanished"):
        return what
    if entry.from_state or entry.to_state:
        moved = f"{entry.from_state} → {entry.to_state}" if entry.from_state != entry.to_state else entry.to_state
        actor = world.title(entry.actor) if entry.actor in world.directory.positions else entry.actor
        note = " ".join(str(entry.data.get("note", "")).split())
        shown_note = note if len(note) <= 70 else note[:70] + "…"
        quoted = f"  “{shown_note}”" if note and entry.event not in ("sure", "unsure") else ""
        return f"{moved}  by {actor}{quoted}"
    return what or ", ".join(f"{key}={value}" for key, value in entry.data.items())[:120]
