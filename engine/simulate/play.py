"""Plays a year: complaints, letters, clocks and people in the order of time, all through the real desk."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from engine.calendar.working import JAKARTA
from engine.desk import Desk, World
from engine.directory import Directory, addressee
from engine.event import Automated, Bounced, Overdue, Received, Replied, Seen, Sent
from engine.letter import Letter, LetterState, Reader
from engine.message import Address, Envelope, Message
from engine.reading import Automatic, Kind, Reading
from engine.simulate.behaviour import Behaviour
from engine.simulate.complaints import Complaint, complaints
from engine.simulate.figures import Tally
from engine.simulate.minds import Minds, Said
from engine.simulate.people import DAY, Pace, deputy_days, people, with_deputies
from engine.simulate.tables import Aloud, Ears
from engine.store import Entry
from engine.ticket import Ticket

INTAKE = ("aduan@sibadra.example",)
MINUTE = timedelta(minutes=1)
Act = Callable[..., None]


class Year:
    """One played year. `world` must stand on an Aloud store; the same seed gives the same year."""

    def __init__(self, world: World, behaviour: Behaviour, start: datetime, days: int, per_day: float, seed: int):
        assert isinstance(world.store, Aloud)  # noqa: S101 - the year is told by its store
        self.store: Aloud = world.store
        self.desk = Desk(world)
        self.base: Directory = world.directory
        self.start = start.astimezone(JAKARTA).replace(hour=0, minute=0, second=0, microsecond=0)
        self.end = self.start + timedelta(days=days)
        self.tally = Tally(self.base, world.calendar, self.start, days)
        self.persons = people(self.base, world.calendar, behaviour, self.start, days, Random(f"{seed} people"))
        self.pace = Pace(world.calendar, Random(f"{seed} pace"))
        self.minds = Minds(behaviour, self.base, self.pace, Random(f"{seed} minds"))
        self.behaviour = behaviour
        self.complaints = complaints(self.base, behaviour, self.start, days, per_day, Random(f"{seed} complaints"))
        self.truth: dict[int, Complaint] = {}
        self.plans: dict[int, int] = {}
        self.dead: set[int] = set()
        self.dues: dict[int, datetime] = {}
        self.asked: defaultdict[tuple[int, str], int] = defaultdict(int)
        self.heap: list[tuple[float, int, datetime, Act, tuple[Any, ...]]] = []
        self.serial = 0
        self.now = self.start
        self.store.listen(Ears(self._due, self._written, self.dead.add, self._told))

    def play(self) -> Tally:
        """Plays to the end; gives what was counted."""
        self._next_complaint()
        for day in sorted(deputy_days(self.persons)):
            self.at(datetime.combine(day, time(0), JAKARTA), self._new_day, day)
        self.at(self.start, self._digests)
        while self.heap and self.heap[0][2] < self.end:
            _, _, at, act, arguments = heapq.heappop(self.heap)
            self.now = at
            act(at, *arguments)
        self.tally.close(self.store)
        return self.tally

    def at(self, when: datetime, act: Act, *arguments: Any) -> int:
        """Has something happen at a time, now at the earliest; gives its serial number."""
        self.serial += 1
        when = max(when, self.now)
        # Ordered by a plain number: aware times are slow to compare.
        heapq.heappush(self.heap, (when.timestamp(), self.serial, when, act, arguments))
        return self.serial

    def handle(self, event: Any) -> Ticket | None:
        """One event to the desk, counted."""
        self.tally.events += 1
        return self.desk.handle(event)

    # What the store says

    def _due(self, deadline: int, due: datetime) -> None:
        self.dues[deadline] = due
        self.at(due, self._strike, deadline)

    def _written(self, letter: Letter) -> None:
        if letter.state is LetterState.QUEUED:
            self.at(letter.not_before, self._post, letter)

    def _told(self, entry: Entry) -> None:
        self.tally.told(entry)

    # Time

    def _next_complaint(self) -> None:
        complaint = next(self.complaints, None)
        if complaint is not None:
            self.at(complaint.at, self._complain, complaint)

    def _new_day(self, _at: datetime, day: date) -> None:
        directory = with_deputies(self.base, self.persons, day)
        self.desk.world = replace(self.desk.world, directory=directory)

    def _digests(self, at: datetime) -> None:
        self.desk.digests(at)
        self.at(self.desk.world.calendar.next_open(at + timedelta(hours=2)), self._digests)

    def _strike(self, at: datetime, deadline: int) -> None:
        if self.dues.get(deadline) == at:
            found = self.store.deadline(deadline)
            if found is not None and found.state == "running":
                self.handle(Overdue(at, deadline))

    # Mails in

    def _mail(self, at: datetime, sender: str) -> int:
        return self.store.keep([(Envelope(sender, INTAKE, at), b"")])[0]

    def _complain(self, at: datetime, complaint: Complaint) -> None:
        self._next_complaint()
        text = f"Laporan {complaint.topic}: mohon ditindaklanjuti."
        kind = Kind.EXTERNAL if complaint.route.external else Kind.COMPLAINT
        message = _message(complaint.citizen, complaint.topic, text, f"{complaint.number}@warga.example")
        mail = self._mail(at, complaint.citizen)
        ticket = self.handle(Received(at, mail, Reading(kind, message, text, route=complaint.route)))
        if ticket is not None:
            self.truth[ticket.id] = complaint
            self.tally.opened(ticket)
            for when, said in self.minds.later_from_citizen(at):
                self.at(when, self._citizen_says, ticket.id, None, said)

    def _reply(self, at: datetime, ticket: Ticket, letter: Letter, said: Said) -> Ticket:
        mail = self._mail(at, letter.address)
        reading = Reading(Kind.REPLY, _message(letter.address, "", said.text), said.text, answer=said.answer)
        event = Replied(at, mail, reading, ticket.id, letter.id, True, letter.address)
        moved = self.handle(event)
        return moved if moved is not None else ticket

    # Letters out

    def _post(self, at: datetime, letter: Letter) -> None:
        if letter.id in self.dead:
            return
        self.handle(Sent(at, letter.id, "250 2.0.0 Ok"))
        if letter.reader is Reader.CITIZEN:
            self.tally.sent_to_citizen(letter)
            for when, said in self.minds.citizen_reads(letter, at):
                self.at(when, self._citizen_says, letter.ticket, letter, said)
            return
        self.tally.sent(letter, at)
        self._to_official(at, letter)

    def _to_official(self, at: datetime, letter: Letter) -> None:
        day = at.astimezone(JAKARTA).date()
        person = self.persons.get(letter.address)
        if person is None:
            return
        if person.failing(day):
            self.at(at + 2 * MINUTE, self._bounce, letter)
            return
        absence = person.away(day)
        if absence is not None and absence.machine:
            self.at(at + MINUTE, self._machine, letter, absence.last)
        if letter.reader is Reader.DESK:
            when = self.minds.desk_opens(at)
        else:
            when = self.minds.opens(person, at, self._nudges(letter))
        if when is not None:
            self.at(when, self._open, letter)

    def _nudges(self, letter: Letter) -> int:
        """How often this mailbox has been written to about the ticket before."""
        if letter.ticket is None:
            return 0
        key = (letter.ticket, letter.address)
        self.asked[key] += 1
        return self.asked[key] - 1

    def _bounce(self, at: datetime, letter: Letter) -> None:
        self.handle(Bounced(at, None, letter.id, True, "5.2.2", "mailbox full"))

    def _machine(self, at: datetime, letter: Letter, last: date) -> None:
        automatic = Automatic(("out of office",), absence=True, until=last, back=last + DAY)
        reading = Reading(Kind.AUTO, _message(letter.address, "", ""), "", automatic=automatic)
        self.handle(Automated(at, self._mail(at, letter.address), reading, letter.id))

    def _open(self, at: datetime, letter: Letter) -> None:
        self.handle(Seen(at, letter.id, "imap"))
        self.tally.opened_letter(letter, at)
        if letter.kind == "digest":
            self._reads_list(at, letter)
        ticket = self.store.ticket(letter.ticket) if letter.ticket else None
        if ticket is None or not self.desk.world.workflow_of(ticket).is_open(ticket.state):
            return
        person = self.persons[letter.address]
        if ticket.state == "triage":
            if letter.position == self.desk.world.desk:
                self._plan(ticket, self.minds.desk_answers(at), self._desk_says, letter)
        elif self._has(ticket, letter, at):
            if ticket.id not in self.plans and self.minds.asks(letter):
                when = self.minds.answers(person, at, self.asked[ticket.id, letter.address] - 1)
                self._plan(ticket, when, self._holder_says, letter)
        else:
            act = self.minds.superior(letter)
            if act is not None:
                self.at(self.pace.answering(person, at), self._superior_says, letter, act)

    def _reads_list(self, at: datetime, letter: Letter) -> None:
        """Who finds an old matter on his list calls the one who has it, who then takes up the last letter about it."""
        items = letter.data.get("items")
        for item in items if isinstance(items, list) else []:
            ticket = self.store.ticket_by_number(str(item["number"]))
            if ticket is None or ticket.holder is None or ticket.id in self.plans or not self.minds.calls():
                continue
            asked = self.store.last_letter(ticket.id, ("task", "triage", "escalation", "disputed"), ticket.holder)
            person = self.persons.get(asked.address) if asked else None
            if asked is not None and person is not None:
                says = self._desk_says if ticket.state == "triage" else self._holder_says
                self._plan(ticket, self.minds.called(person, at), says, asked)

    def _has(self, ticket: Ticket, letter: Letter, at: datetime) -> bool:
        """Whether the matter is with the chair of this letter, which may be that above a vacant one."""
        if letter.position == ticket.holder or ticket.holder is None:
            return letter.position == ticket.holder
        world = self.desk.world
        return addressee(world.directory, ticket.holder, world.day(at)).position == letter.position

    # What people say

    def _plan(self, ticket: Ticket, when: datetime | None, act: Act, *arguments: Any) -> None:
        """Somebody means to do something about the ticket; a later plan takes the place of an earlier one."""
        if when is not None:
            self.plans[ticket.id] = self.serial + 1
            self.at(when, self._planned, ticket.id, self.serial + 1, act, arguments)

    def _planned(self, at: datetime, ticket: int, serial: int, act: Act, arguments: tuple[Any, ...]) -> None:
        if self.plans.get(ticket) == serial:
            del self.plans[ticket]
            found = self.store.ticket(ticket)
            if found is not None and self.desk.world.workflow_of(found).is_open(found.state):
                act(at, found, *arguments)

    def _desk_says(self, at: datetime, ticket: Ticket, letter: Letter) -> None:
        if ticket.state == "triage":
            self._reply(at, ticket, letter, self.minds.desk_says(self.truth[ticket.id]))

    def _holder_says(self, at: datetime, ticket: Ticket, letter: Letter) -> None:
        if ticket.state in ("done", "need_info"):
            return
        # Who has lost the matter meanwhile answers all the same: the desk keeps it as a comment.
        said = self.minds.holder_says(ticket, self.truth[ticket.id], at)
        before = ticket.promised
        moved = self._reply(at, ticket, letter, said)
        self.tally.answered(ticket, letter, said.answer.status, at, counts=moved.changed_at == at)
        if said.slip:
            self._plan(moved, self.pace.working(at, 2), self._takes_back, letter)
            return
        if not self._has(moved, letter, at) or not self.desk.world.workflow_of(moved).is_open(moved.state):
            return
        if said.answer.promised and moved.promised != before:
            self.tally.promises += 1
        when = self.minds.works_until(moved, self.persons[letter.address], said.answer, at)
        self._plan(moved, when, self._finishes, letter)

    def _takes_back(self, at: datetime, ticket: Ticket, letter: Letter) -> None:
        moved = self._reply(at, ticket, letter, self.minds.takes_back())
        self._plan(moved, self.pace.working(at, 0.1), self._holder_says, letter)

    def _finishes(self, at: datetime, ticket: Ticket, letter: Letter) -> None:
        if self._has(ticket, letter, at) and ticket.state not in ("done", "need_info"):
            said = self.minds.finished()
            self._reply(at, ticket, letter, said)
            self.tally.answered(ticket, letter, said.answer.status, at)

    def _superior_says(self, at: datetime, letter: Letter, act: Said) -> None:
        ticket = self.store.ticket(letter.ticket or 0)
        if ticket is None or not self.desk.world.workflow_of(ticket).is_open(ticket.state) or ticket.state == "done":
            return
        moved = self._reply(at, ticket, letter, act)
        self.tally.answered(ticket, letter, act.answer.status, at, by_superior=True)
        if act.answer.command == "SAYA TANGANI" and moved.holder == letter.position:
            when = self.minds.works_until(moved, self.persons[letter.address], act.answer, at)
            self._plan(moved, when, self._finishes, letter)

    def _citizen_says(self, at: datetime, ticket: int, letter: Letter | None, said: Said) -> None:
        found = self.store.ticket(ticket) if ticket else None
        if found is None or (said.states and found.state not in said.states):
            return
        letter = letter or self._to_citizen(found)
        if letter is not None:
            self._reply(at, found, letter, said)

    def _to_citizen(self, ticket: Ticket) -> Letter | None:
        return next((one for one in self.store.letters_of(ticket.id) if one.reader is Reader.CITIZEN), None)


def _message(sender: str, subject: str, text: str, message_id: str | None = None) -> Message:
    return Message(
        message_id=message_id,
        subject=subject,
        sender=Address("", sender),
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
