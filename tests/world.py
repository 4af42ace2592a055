"""The in-memory city for stories: a real directory and calendar, a fresh database, a clock that only the test moves."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from engine.calendar import load as load_calendar
from engine.calendar.working import JAKARTA
from engine.desk import Desk, World
from engine.desk.matter import Matters
from engine.desk.world import Routed, unrouted
from engine.directory import load as load_directory
from engine.event import Overdue, Received, Replied, Seen, Sent
from engine.letter import Letter, LetterState
from engine.message import Address, Envelope, Message
from engine.policy import Policy
from engine.reading import Answer, Kind, Reading, Status
from engine.routing.route import Confidential, Route
from engine.store import Store
from engine.ticket import Ticket
from workflows.all import POLICIES, RULES, WORKFLOWS
from workflows.profiles import SIBADRA

CITY = Path(__file__).parent.parent / "workflows" / "kota_bogor"
DIRECTORY = load_directory(CITY)
CALENDAR = load_calendar(CITY)
MONDAY = datetime(2026, 8, 3, 9, 0, tzinfo=JAKARTA)
CITIZEN = "rina@warga.example"


def message(
    sender: str = CITIZEN, subject: str = "Jalan berlubang", text: str = "", message_id: str | None = None
) -> Message:
    """A plain message without attachments."""
    return Message(
        message_id=message_id,
        subject=subject,
        sender=Address("Rina Kartika", sender),
        to=(),
        cc=(),
        reply_to=(),
        date=None,
        in_reply_to=(),
        references=(),
        headers=(),
        content_type="text/plain",
        text=text,
        plain=text,
        html=None,
        attachments=(),
    )


def route(owner: str | None = "dpupr.kasi.jalan", topic: str = "JALAN-RUSAK", **more: object) -> Route:
    """A sure route to a position, or an unsure one when `owner` is None."""
    position = DIRECTORY.positions.get(owner or "")
    values: dict[str, object] = {
        "topic": topic,
        "unit": position.unit if position else None,
        "owner": owner,
        "place": None,
        "external": None,
        "urgent": False,
        "confidential": Confidential.NONE,
        "triage": owner is None,
        "confidence": 0.9,
        "reasons": ("“jalan berlubang” → Dinas PUPR",),
    }
    return Route(**{**values, **more})  # type: ignore[arg-type]


@dataclass
class City:
    """A desk over a fresh database, and the people who write to it."""

    store: Store
    desk: Desk
    now: datetime = MONDAY
    sent: list[Letter] = field(default_factory=list)

    @classmethod
    def new(cls, path: Path, policy: Policy = SIBADRA, at: datetime = MONDAY, routed: Routed = unrouted) -> City:
        """A city whose database lies at `path`; `routed` reads what its citizens answer."""
        store = Store.sqlite(path)
        # A story need not outlive its machine.
        store._db.execute_sql("PRAGMA synchronous = OFF")  # type: ignore[no-untyped-call]
        world = World(
            store=store,
            directory=DIRECTORY,
            calendar=CALENDAR,
            workflows=WORKFLOWS,
            policies=POLICIES,
            rules=RULES,
            policy=policy,
            desk="diskominfo.kasi.aduan",
            name_letter=lambda ticket, letter: f"{ticket.lower()}.{letter}@sibadra.kotabogor.example",
            rng=random.Random(1),
            routed=routed,
        )
        return cls(store, Desk(world, Matters(store, DIRECTORY, policy)), at)

    def complain(self, text: str = "Jalan depan pasar berlubang.", **more: object) -> Ticket:
        """A citizen's new complaint; gives its ticket."""
        message_id = more.pop("message_id", None) or hashlib.sha256(f"{text}{self.now}".encode()).hexdigest()
        sender = str(more.pop("sender", CITIZEN))
        where = more.pop("route", None) or route()
        kind = more.pop("kind", Kind.COMPLAINT)
        subject = str(more.pop("subject", "Jalan berlubang"))
        mail = self._mail(sender)
        self.store.mark_mail(mail, "new", message_id=message_id)
        reading = Reading(kind, message(sender, subject, text, str(message_id)), text, route=where)  # type: ignore[arg-type]
        ticket = self.desk.handle(Received(self.now, mail, reading))
        self.post()
        assert ticket is not None
        return self.ticket(ticket)

    def answer(
        self,
        ticket: Ticket,
        status: Status,
        text: str = "",
        *,
        letter: Letter | None = None,
        sender: str | None = None,
        signed: bool = True,
        explicit: bool = True,
        **more: object,
    ) -> Ticket:
        """A reply to the newest letter to the holder (or the letter given), from its own mailbox (or another)."""
        if letter is None:
            holder = self.ticket(ticket).holder or self.ticket(ticket).owner
            letter = [one for one in self.letters(ticket) if one.position == holder][-1]
        sender = sender or letter.address
        mail = self._mail(sender)
        answer = Answer(status, explicit=explicit, confidence=0.9, **more)  # type: ignore[arg-type]
        reading = Reading(Kind.REPLY, message(sender, text=text), text, answer=answer)
        self.desk.handle(Replied(self.now, mail, reading, ticket.id, letter.id, signed, sender))
        self.post()
        return self.ticket(ticket)

    def says(self, ticket: Ticket, status: Status, text: str = "", **more: object) -> Ticket:
        """The citizen's reply to the newest letter of the ticket."""
        letter = [one for one in self.letters(ticket) if one.reader.value == "citizen"][-1]
        return self.answer(ticket, status, text, letter=letter, **more)  # type: ignore[arg-type]

    def open_letter(self, letter: Letter) -> None:
        """The official opens a letter."""
        self.desk.handle(Seen(self.now, letter.id, "imap"))

    def wait(self, until: datetime | timedelta) -> None:
        """Moves the clock on, striking each deadline at its own time and sending what may go out then."""
        end = self.now + until if isinstance(until, timedelta) else until
        while times := [one for one in bells(self.store, self.now) if one <= end]:
            self.now = max(self.now, min(times))
            self.post()
            for deadline in self.store.due(self.now, 100):
                self.desk.handle(Overdue(self.now, deadline))
            self.desk.digests(self.now)
            self.post()
        self.now = end
        self.desk.digests(self.now)
        self.post()

    def post(self) -> None:
        """The relay takes every letter whose time has come."""
        for letter in self.store.letters_to_send(self.now, 1000):
            self.desk.handle(Sent(self.now, letter.id, "250 2.0.0 Ok"))
            self.sent.append(letter)

    def ticket(self, ticket: Ticket) -> Ticket:
        """The ticket as it is now."""
        found = self.store.ticket(ticket.id)
        assert found is not None
        return found

    def letters(self, ticket: Ticket, kind: str | None = None) -> list[Letter]:
        """The ticket's letters that were not voided, oldest first."""
        every = [one for one in self.store.letters_of(ticket.id) if one.state is not LetterState.VOID]
        return [one for one in every if kind is None or one.kind == kind]

    def kinds(self, ticket: Ticket) -> list[str]:
        """The kinds of the ticket's letters with the chair they went to."""
        return [f"{one.kind}>{one.position or 'citizen'}" for one in self.letters(ticket)]

    def clocks(self, ticket: Ticket) -> set[str]:
        """The clocks that run now."""
        return {d.clock.value for d in self.store.deadlines_of(ticket.id, live=True) if d.state == "running"}

    def _mail(self, sender: str) -> int:
        return self.store.keep([(Envelope(sender, ("aduan@sibadra.kotabogor.example",), self.now), b"raw")])[0]


def bells(store: Store, now: datetime) -> list[datetime]:
    """When something may happen next: a clock strikes, a letter may go, lists that wait are due at eight or one."""
    times = [store.next_due(), store.next_letter_at()]
    if store.waiting_digest():
        local = now.astimezone(JAKARTA)
        days = (local.date(), local.date() + timedelta(days=1))
        hours = [datetime.combine(on, time(hour), JAKARTA) for on in days for hour in (8, 13)]
        times.append(next(one for one in hours if one > local))
    return [one for one in times if one is not None]


def day(month: int, number: int, hour: int = 9, minute: int = 0) -> datetime:
    """A time of the story's year 2026 in the city's zone."""
    return datetime(2026, month, number, hour, minute, tzinfo=JAKARTA)


def on(month: int, number: int) -> date:
    """A day of 2026."""
    return date(2026, month, number)
