"""Plays random events through a desk, and looks after each whether what must always hold still holds."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from engine.calendar.working import JAKARTA
from engine.desk import letters
from engine.desk.matter import Alone, Found, Likely
from engine.directory import by_mailbox, chairs_of, is_above
from engine.errors import NotAllowed
from engine.event import Automated, Bounced, Commanded, Delivered, Event, Replied, Seen, Vanished
from engine.letter import Letter, LetterState, Reader
from engine.policy import Policy
from engine.reading import Answer, Automatic, Kind, Reading, Status
from engine.routing.route import Confidential, Route
from engine.ticket import ClockName, Ticket
from tests.world import CALENDAR, DIRECTORY, City, day, message, route
from workflows.profiles import SIBADRA

OWNERS = (
    "dpupr.kasi.jalan", "dishub.kasi.parkir", "tirtapakuan.asman.kebocoran", "kelpaledang.lurah", "rsud.kasi.igd",
    "kecbogortimur.kasi.pem", "dispora.kasi.prestasi", "setda.kasubag.bantuanhukum", "dpupr.kasi.jasakonstruksi",
    "kelpaledang.kasi.ekbang", "dpupr.kepala", "setda.asisten.1",
)  # fmt: skip
UNITS = ("DISHUB", "DLH", "SATPOLPP", "DPUPR", "TIRTAPAKUAN", "DISKOMINFO")
ENDS = frozenset(("closed", "closed_final", "closed_silent", "thanks", "rejected", "external", "withdrawn", "joined"))
COMMANDS = ("SAYA TANGANI", "ALIHKAN", "INGATKAN", "TUTUP", "GABUNG", "PISAH", "EKSTERNAL", "KELIRU", "STATUS", "PLH")
CITIZENS = tuple(f"warga{n}@warga.example" for n in range(40))
REPLY_KINDS = (Kind.REPLY, Kind.REPLY, Kind.REPLY, Kind.STATUS, Kind.THANKS, Kind.COMPLAINT)


class Chosen(Alone):
    """Takes every new ticket for the same matter as one that was chosen, if there is one."""

    def __init__(self, first: Ticket | None) -> None:
        self._first = first

    def __call__(self, ticket: Ticket, route: Route | None) -> Found:
        """The chosen ticket, unless it is the new one itself."""
        if self._first is None or self._first.id == ticket.id:
            return Found()
        return Found(Likely(self._first, 0.99, ("dipilih",)))


@dataclass
class Chance:
    """One run: `events` counts what the desk was handed, `rng` decides everything."""

    seed: int
    path: Path
    policy: Policy = SIBADRA
    events: int = 0

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.city = City.new(self.path, self.policy, at=day(11, 2))
        handle = self.city.desk.handle

        def counted(event: Event) -> Ticket | None:
            self.events += 1
            before = self._before(event)
            ticket = handle(event)
            self._after(event, before)
            return ticket

        self.city.desk.handle = counted  # type: ignore[method-assign]
        self.tickets: list[int] = []

    def run(self, events: int) -> None:
        """Plays so many events, then looks at the whole."""
        while self.events < events:
            self.step()
        self.whole()

    def step(self) -> None:
        """One thing happens."""
        what = self.rng.choices(
            (self._new, self._official, self._citizen, self._machine, self._clerk, self._wait), (2, 8, 4, 5, 1, 4)
        )[0]
        what()

    # What happens

    def _new(self) -> None:
        owner = self.rng.choice((*OWNERS, None))
        secret = self.rng.choices(tuple(Confidential), (16, 3, 1))[0]
        where = route(owner, urgent=self.rng.random() < 0.08, confidential=secret)
        kind = Kind.COMPLAINT
        if owner is None and self.rng.random() < 0.3:
            kind, where = Kind.EXTERNAL, route(None, external="PLN", triage=False)
        first = self._some() if self.tickets and self.rng.random() < 0.08 else None
        self.city.desk.same = Chosen(first)
        ticket = self.city.complain(f"Laporan {self.events}", sender=self.rng.choice(CITIZENS), route=where, kind=kind)
        self.tickets.append(ticket.id)

    def _some(self) -> Ticket:
        found = self.city.store.ticket(self.rng.choice(self.tickets[-60:]))
        assert found is not None
        return found

    def _letter(self, citizen: bool) -> tuple[Ticket, Letter] | None:
        if not self.tickets:
            return None
        ticket = self._some()
        sent = [
            one
            for one in self.city.store.letters_of(ticket.id)
            if one.state is LetterState.SENT and (one.reader is Reader.CITIZEN) == citizen
        ]
        return (ticket, self.rng.choice(sent[-4:])) if sent else None

    def _official(self) -> None:
        found = self._letter(citizen=False)
        if found is None:
            return
        ticket, letter = found
        command = self.rng.choice(COMMANDS) if self.rng.random() < 0.3 else ""
        status = Status.COMMENT if command else self.rng.choice(tuple(Status)[:8])
        target = (
            self.rng.choice((*UNITS, *OWNERS, None)) if status is Status.FORWARDED or command == "ALIHKAN" else None
        )
        promised = self.city.now.date() + timedelta(days=self.rng.randint(-2, 90)) if self.rng.random() < 0.4 else None
        argument = {"GABUNG": self._some().number, "PLH": "saya -> kasi.jembatan", "ALIHKAN": target or "entah"}
        sender = letter.address
        if self.rng.random() < 0.1:
            sender = DIRECTORY.positions[self.rng.choice(tuple(DIRECTORY.positions))].mailbox
        answer = Answer(
            status,
            target=target,
            promised=promised,
            explicit=bool(command) or self.rng.random() < 0.6,
            confidence=0.8,
            command=command,
            argument=argument.get(command, "PLN"),
            duty=self.rng.random() < 0.3,
        )
        text = f"{command or status.value.upper()}\n" + ("menunggu material" if self.rng.random() < 0.7 else "")
        self._reply(ticket, letter, sender, answer, text, signed=self.rng.random() < 0.95)

    def _citizen(self) -> None:
        found = self._letter(citizen=True)
        if found is None:
            return
        ticket, letter = found
        status = self.rng.choice((*tuple(Status)[8:], Status.COMMENT))
        rating = self.rng.choice((None, None, 1, 2, 3, 4, 5))
        text = self.rng.choice(("1", "masih berlubang di depan SDN", "terima kasih", ""))
        sender = letter.address if self.rng.random() < 0.93 else "orang@lain.example"
        kind = self.rng.choice(REPLY_KINDS)
        answer = Answer(status, explicit=self.rng.random() < 0.5, confidence=0.8, rating=rating)
        self._reply(ticket, letter, sender, answer, text, signed=self.rng.random() < 0.9, kind=kind)

    def _reply(
        self,
        ticket: Ticket,
        letter: Letter,
        sender: str,
        answer: Answer,
        text: str,
        *,
        signed: bool,
        kind: Kind = Kind.REPLY,
    ) -> None:
        mail = self.city._mail(sender)
        reading = Reading(kind, message(sender, text=text), text, answer=answer, route=route())
        handled = self.city.desk.handle(
            Replied(self.city.now, mail, reading, letter.ticket or ticket.id, letter.id, signed, sender)
        )
        if handled is not None and handled.id not in self.tickets:
            self.tickets.append(handled.id)
        self.city.post()

    def _machine(self) -> None:
        found = self._letter(citizen=self.rng.random() < 0.1)
        if found is None:
            return
        _, letter = found
        at, mail = self.city.now, self.city._mail(letter.address)
        facts = Automatic(("absence",), absence=True, deputy=self.rng.choice((None, "Budi")))
        event: Event = self.rng.choice(
            (
                Seen(at, letter.id, "imap"),
                Seen(at, letter.id, "imap"),
                Seen(at, letter.id, "imap", doubt="all at once"),
                Delivered(at, letter.id, "INBOX"),
                Vanished(at, letter.id),
                Bounced(at, mail, letter.id, self.rng.random() < 0.5, "5.1.1", "no such user"),
                Automated(at, mail, Reading(Kind.AUTO, message(letter.address), "cuti", automatic=facts), letter.id),
            )
        )
        self.city.desk.handle(event)
        self.city.post()

    def _clerk(self) -> None:
        if not self.tickets:
            return
        words = self.rng.choice(
            (
                *(
                    "TERUSKAN DISHUB",
                    "ALIHKAN DLH",
                    "TOLAK bukan urusan kota",
                    "EKSTERNAL PLN",
                    "PISAH",
                    "TERUSKAN entah",
                ),
                *("SAMARKAN", "SAMARKAN PUBLIK", "RAHASIAKAN", "RAHASIAKAN DISHUB", "LIHAT IDENTITAS perlu"),
            )
        )
        self._try(Commanded(self.city.now, self._some().id, words, "petugas"))

    def _try(self, event: Event) -> None:
        with contextlib.suppress(NotAllowed):
            self.city.desk.handle(event)
        self.city.post()

    def _wait(self) -> None:
        minutes = self.rng.choice((1, 7, 30, 120, 600, 1500, 5000))
        self.city.wait(timedelta(minutes=self.rng.randint(1, minutes)))

    # What must hold

    def _before(self, event: Event) -> Ticket | None:
        return self.city.store.ticket(event.ticket) if isinstance(event, Replied) else None

    def _after(self, event: Event, before: Ticket | None) -> None:
        touched = self._touched(event)
        for number in touched:
            ticket = self.city.store.ticket(number)
            if ticket is not None:
                self.holds(ticket)
        if isinstance(event, Replied) and before is not None:
            after = self.city.store.ticket(before.id)
            assert after is not None
            if (after.state, after.holder) != (before.state, before.holder):
                assert self._may(event, before), (event.sender, before.state, after.state)

    def _touched(self, event: Event) -> set[int]:
        store = self.city.store
        if isinstance(event, (Replied, Commanded)):
            return {event.ticket, *[t.id for t in store.joined(event.ticket)]}
        letter = getattr(event, "letter", None)
        found = store.letter(letter) if letter else None
        deadline = store.deadline(getattr(event, "deadline", 0))
        return {one for one in (found.ticket if found else None, deadline.ticket if deadline else None) if one}

    def _may(self, event: Replied, before: Ticket) -> bool:
        """Whether the sender may move the ticket: its citizen, or signed from a chair that holds it, owes it, or stands
        above; and with KELIRU who made the last move that can be taken back, though the task is another's since.
        """
        letter = self.city.store.letter(event.letter or 0)
        assert letter is not None
        if event.sender == before.citizen_address and letter.reader is Reader.CITIZEN:
            return True
        world = self.city.desk._on(event.at)
        if not event.signed:
            return False
        if world.desk == getattr(by_mailbox(world.directory, event.sender), "id", ""):
            return True
        held = [one for one in (before.holder, before.owner) if one]
        chairs = [chair.id for chair in chairs_of(world.directory, event.sender, world.day(event.at))]
        if letter.address == event.sender and letter.position:
            chairs.append(letter.position)  # it stays with who got it, also when another sits in the chair since
        answer = event.reading.answer
        moves = [e for e in self.city.store.history_of(before.id) if "undo" in e.data and e.mail != event.mail]
        if answer is not None and answer.command == "KELIRU" and moves and moves[-1].actor in chairs:
            return True
        return any(c == h or is_above(world.directory, c, h) for c in chairs for h in held)

    def holds(self, ticket: Ticket) -> None:
        """One ticket: a clock and one holder while it is open; clocks run forwards; one climb for one deadline."""
        store = self.city.store
        world = self.city.desk.world
        deadlines = store.deadlines_of(ticket.id)
        live = [d for d in deadlines if d.state in ("running", "paused")]
        if world.workflow_of(ticket).is_open(ticket.state):
            assert any(d.state == "running" for d in live), ("no clock", ticket)
            assert ticket.holder in world.directory.positions, ("no holder", ticket)
            assert ticket.closed_at is None
            assert not world.barred(ticket, ticket.holder), ("held by whom it accuses", ticket)
        else:
            assert not live, ("an ended ticket's clock runs", ticket, live)
            assert ticket.holder is None
        for clock in ClockName:
            assert sum(d.clock is clock for d in live) <= 1, ("two clocks of one kind", ticket, clock)
        for d in deadlines:
            assert d.due_at >= d.started_at, ("due before it started", d)
            assert d.ended_at is None or d.ended_at >= d.started_at, d
            assert d.state != "missed" or (d.ended_at is not None and d.ended_at >= d.due_at), ("struck early", d)
        entries = store.history_of(ticket.id)
        climbs = sum(e.event == "climb" for e in entries)
        causes = sum(
            d.state == "missed" and d.clock in (ClockName.UNREAD, ClockName.UNANSWERED, ClockName.TRIAGE)
            for d in deadlines
        ) + sum(e.event == "bounced" for e in entries)
        assert climbs <= causes, ("two escalations for one deadline", ticket)

    def whole(self) -> None:
        """Everything: end letters, limits, hours, the chain."""
        store = self.city.store
        tickets = store.tickets(limit=100_000)
        mails: list[Letter] = []
        for ticket in tickets:
            self.holds(ticket)
            written = store.letters_of(ticket.id)
            mails += [one for one in written if one.state in (LetterState.SENT, LetterState.QUEUED)]
            if not self.city.desk.world.workflow_of(ticket).is_open(ticket.state):
                ends = [one for one in written if one.kind in ENDS and one.reader is Reader.CITIZEN]
                assert ends, ("no end letter", ticket)
        self._limits(mails, {ticket.id: ticket for ticket in tickets})
        assert store.broken_links() == []

    def _limits(self, mails: list[Letter], tickets: dict[int, Ticket]) -> None:
        pressing: Counter[tuple[str, date, str]] = Counter()
        news: Counter[tuple[str, int | None, date]] = Counter()
        for one in mails:
            ticket = tickets[one.ticket or 0]
            on = one.not_before.astimezone(JAKARTA).date()
            if one.reader is Reader.CITIZEN:
                news[(one.address, one.ticket, on)] += one.kind in ("update", "forwarded", "question_reminder")
            elif not ticket.urgent or one.kind in letters.UNHURRIED:
                chair = DIRECTORY.positions.get(one.position or "")
                pressing[(one.address, on, chair.level if chair else "")] += one.kind in letters.PRESSING
                if one.kind not in letters.AUTOMATIC and one.kind not in self.policy.at_once:
                    assert CALENDAR.is_open(one.not_before), ("outside working hours", one.kind, one.not_before)
        for (address, _, level), count in pressing.items():
            assert count <= self.policy.mails_per_day(level), ("flooded", address, count)
        for (address, _, on), count in news.items():
            assert count <= self.policy.citizen_per_day, ("more than one mail a day", address, on)
