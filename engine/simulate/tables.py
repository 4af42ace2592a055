"""A store in memory that says aloud what it starts, queues and tells, and remembers what it wrote.

It is the real store over real tables; a year is one transaction, because a year that fails is thrown away. What the
desk asks for again and again (a ticket, its letters) is answered from what was just written, not read again from the
rows; clocks and history are kept in memory alone. A test holds both ways against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from engine.calendar import Patience
from engine.letter import Letter, LetterState
from engine.store import Deadline, Entry, NewLetter, NewTicket, Store
from engine.store.tables import json_of, json_text
from engine.ticket import ClockName, Ticket

Row = TypeVar("Row", Ticket, Letter, Deadline)


def _with(row: Row, changes: dict[str, Any]) -> Row:
    """A row with some fields changed; much faster than dataclasses.replace, which asks each field what it is."""
    return type(row)(*[changes[name] if name in changes else getattr(row, name) for name in row.__slots__])


class Ears:
    """Who listens: each is called at once, inside the desk's transaction."""

    def __init__(
        self,
        due: Callable[[int, datetime], None],
        letter: Callable[[Letter], None],
        voided: Callable[[int], None],
        told: Callable[[Entry], None],
    ) -> None:
        self.due, self.letter, self.voided, self.told = due, letter, voided, told


class Aloud(Store):
    """The real store, in memory; `listen` before the first event."""

    ears: Ears

    def listen(self, ears: Ears) -> None:
        """Sets who listens."""
        self.ears = ears

    def start(
        self, ticket: int, clock: ClockName, patience: Patience, at: datetime, due: datetime, letter: int | None = None
    ) -> Deadline:
        """Starts a clock, and says when it will strike."""
        deadline = super().start(ticket, clock, patience, at, due, letter)
        self.ears.due(deadline.id, due)
        return deadline

    def resume_deadline(self, deadline: int, due: datetime) -> None:
        """Lets a paused clock run on, and says when it will strike now."""
        super().resume_deadline(deadline, due)
        self.ears.due(deadline, due)

    def revive_deadline(self, deadline: int) -> None:
        """Lets a clock run on to its old end, and says when it will strike."""
        super().revive_deadline(deadline)
        found = self.deadline(deadline)
        if found is not None:
            self.ears.due(deadline, found.due_at)

    def write_letter(self, new: NewLetter) -> Letter:
        """Queues a letter, and says so."""
        letter = super().write_letter(new)
        self.ears.letter(letter)
        return letter

    def mark_letter(self, letter: int, **facts: Any) -> None:
        """Writes facts about a letter, and says if it is not to be sent any more."""
        super().mark_letter(letter, **facts)
        if facts.get("state") is LetterState.VOID:
            self.ears.voided(letter)

    def tell(self, entry: Entry) -> int:
        """Appends a row to the history, and passes it on."""
        self.ears.told(entry)
        return super().tell(entry)


class Remembering(Aloud):
    """The same, answering from memory what it has written itself."""

    def listen(self, ears: Ears) -> None:
        """Sets who listens, and begins to remember."""
        super().listen(ears)
        self.tickets_by_id: dict[int, Ticket] = {}
        self.letters_by_id: dict[int, Letter] = {}
        self.letters_by_ticket: defaultdict[int, list[int]] = defaultdict(list)
        self.clocks: dict[int, Deadline] = {}
        self.clocks_by_ticket: defaultdict[int, list[int]] = defaultdict(list)
        self.live: defaultdict[int, dict[int, None]] = defaultdict(dict)
        self.listed: dict[int, None] = {}
        self.counters: dict[str, str | None] = {}
        self.told_by_ticket: defaultdict[int, list[Entry]] = defaultdict(list)
        self._read_by_ticket: defaultdict[int, list[Entry]] = defaultdict(list)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the year is one."""
        if not self._begun():
            self._db.begin()
        yield

    def _begun(self) -> bool:
        return bool(self._db.connection().in_transaction)  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Throws the year away."""
        if self._begun():
            self._db.rollback()
        super().close()

    # Counters

    def counter(self, name: str) -> str | None:
        """A named value; the store asks for its own before anybody listens."""
        counters = self.__dict__.get("counters")
        if counters is None:
            return super().counter(name)
        if name not in counters:
            counters[name] = super().counter(name)
        found: str | None = counters[name]
        return found

    def set_counter(self, name: str, value: str) -> None:
        """Sets a named value."""
        if "counters" in self.__dict__:
            self.counters[name] = value
        super().set_counter(name, value)

    # Tickets

    def open_ticket(self, new: NewTicket) -> Ticket:
        """Makes a ticket."""
        ticket = super().open_ticket(new)
        self.tickets_by_id[ticket.id] = ticket
        return ticket

    def ticket(self, ticket: int) -> Ticket | None:
        """A ticket by its id."""
        return self.tickets_by_id.get(ticket)

    def change(self, ticket: Ticket, **changes: Any) -> Ticket:
        """Writes changed fields of a ticket; the fields that were not named stay as the tables have them."""
        self._ticket_rows.update(ticket.id, changes)
        self.tickets_by_id[ticket.id] = _with(self.tickets_by_id[ticket.id], changes)
        return _with(ticket, changes)

    # Letters

    def write_letter(self, new: NewLetter) -> Letter:
        """Queues a letter."""
        letter = super().write_letter(new)
        self.letters_by_id[letter.id] = letter
        if letter.ticket is not None:
            self.letters_by_ticket[letter.ticket].append(letter.id)
        if letter.state is LetterState.DIGEST:
            self.listed[letter.id] = None
        return letter

    def mark_letter(self, letter: int, **facts: Any) -> None:
        """Writes facts about a letter."""
        super().mark_letter(letter, **facts)
        known = {name: value for name, value in facts.items() if name in Letter.__slots__}
        self.letters_by_id[letter] = _with(self.letters_by_id[letter], known)
        if "state" in facts and facts["state"] is not LetterState.DIGEST:
            self.listed.pop(letter, None)

    def letter(self, letter: int) -> Letter | None:
        """A letter by its id."""
        return self.letters_by_id.get(letter)

    def letters_of(self, ticket: int) -> list[Letter]:
        """A ticket's letters, oldest first."""
        return [self.letters_by_id[one] for one in self.letters_by_ticket[ticket]]

    def last_letter(self, ticket: int, kinds: Sequence[str], position: str | None = None) -> Letter | None:
        """A ticket's newest letter of these kinds, to that chair if one is named."""
        for number in reversed(self.letters_by_ticket[ticket]):
            letter = self.letters_by_id[number]
            if letter.kind in kinds and position in (None, letter.position):
                return letter
        return None

    def unsent(self, ticket: int) -> list[Letter]:
        """A ticket's letters that were not yet tried, or wait for a list."""
        waiting = (LetterState.QUEUED, LetterState.DIGEST)
        return [one for one in self.letters_of(ticket) if one.state in waiting and one.attempts == 0]

    def waiting_digest(self, limit: int = 10_000) -> list[Letter]:
        """Letters that wait for their reader's next list."""
        return [self.letters_by_id[one] for one in islice(self.listed, limit)]

    # Clocks

    def start(
        self, ticket: int, clock: ClockName, patience: Patience, at: datetime, due: datetime, letter: int | None = None
    ) -> Deadline:
        """Starts a clock, and says when it will strike."""
        number = len(self.clocks) + 1
        deadline = Deadline(number, ticket, letter, clock, patience, "running", at, due, None, None)
        self.clocks[number] = deadline
        self.clocks_by_ticket[ticket].append(number)
        self.live[ticket][number] = None
        self.ears.due(number, due)
        return deadline

    def deadline(self, deadline: int) -> Deadline | None:
        """A deadline by its id."""
        return self.clocks.get(deadline)

    def deadlines_of(
        self, ticket: int, clocks: Sequence[ClockName] = tuple(ClockName), live: bool = False
    ) -> list[Deadline]:
        """A ticket's deadlines, oldest first; `live` leaves the ended ones out."""
        found = [self.clocks[one] for one in (self.live if live else self.clocks_by_ticket)[ticket]]
        return [one for one in found if one.clock in clocks]

    def newest(self, ticket: int) -> tuple[int, int]:
        """The ids of a ticket's newest deadline and letter, 0 where there is none."""
        return max(self.clocks_by_ticket[ticket], default=0), max(self.letters_by_ticket[ticket], default=0)

    def end_deadline(self, deadline: int, state: str, at: datetime) -> bool:
        """Ends a live deadline."""
        clock = self.clocks[deadline]
        if deadline not in self.live[clock.ticket]:
            return False
        self.clocks[deadline] = _with(clock, {"state": state, "ended_at": at})
        del self.live[clock.ticket][deadline]
        return True

    def pause_deadline(self, deadline: int, at: datetime) -> None:
        """Pauses a running clock."""
        if self.clocks[deadline].state == "running":
            self.clocks[deadline] = _with(self.clocks[deadline], {"state": "paused", "paused_at": at})

    def resume_deadline(self, deadline: int, due: datetime) -> None:
        """Lets a paused clock run on, and says when it will strike now."""
        if self.clocks[deadline].state == "paused":
            running = {"state": "running", "paused_at": None, "due_at": due}
            self.clocks[deadline] = _with(self.clocks[deadline], running)
        self.ears.due(deadline, due)

    def revive_deadline(self, deadline: int) -> None:
        """Lets a clock run on to its old end, and says when it will strike."""
        running = {"state": "running", "paused_at": None, "ended_at": None}
        clock = self.clocks[deadline] = _with(self.clocks[deadline], running)
        self.live[clock.ticket] = dict.fromkeys(sorted([*self.live[clock.ticket], deadline]))
        self.ears.due(deadline, clock.due_at)

    # History

    def tell(self, entry: Entry) -> int:
        """Appends a row to the history, and passes it on; a letter of a played year has no bytes to bind."""
        self.ears.told(entry)
        return self._append((entry,))

    def _append(self, entries: Sequence[Entry]) -> int:
        for entry in entries:
            if entry.ticket is not None:
                self.told_by_ticket[entry.ticket].append(entry)
        return 0

    def history_of(self, ticket: int, actor: str | None = None) -> list[Entry]:
        """A ticket's history, oldest first, with its data as the table's JSON would give them back."""
        raw, read = self.told_by_ticket[ticket], self._read_by_ticket[ticket]
        for one in raw[len(read) :]:
            read.append(replace(one, at=one.at.astimezone(UTC), data=json_of(json_text(one.data))))
        return [one for one in read if actor is None or one.actor == actor]
