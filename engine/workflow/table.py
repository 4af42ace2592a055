"""The workflow as a table read top to bottom; what runs it is a lookup.

A row says: in this state, when this happens, by this role, under this condition, the ticket goes there, these letters
are written, these clocks stop and start, and the matter is assigned like this. The diagram, the help text and the
list of words that an official may write are derived from the rows, so they cannot disagree with what the engine does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.errors import NotAllowed
from engine.ticket import ClockName, Role

SAME = "(same)"
BEFORE = "(before)"
OPEN = "(open)"


@dataclass(frozen=True, slots=True)
class Write:
    """A letter to be written: the template's kind and for whom.

    `to` is one of: citizen, citizen_if_moved (only when another office has it now), holder (after the move), former
    (the holder before it), superior (of the holder), next_superior (one
    rung higher each time the last day passes), head (of the holder's office), desk, actor, copies (the topic's
    tembusan).
    """

    kind: str
    to: str


@dataclass(frozen=True, slots=True)
class Transition:
    """One row; `when` names a condition of Situation that must hold ("" always), `needs` what a command must carry.

    `into` names the workflow whose table and rules hold from then on; "" for this one.
    """

    states: tuple[str, ...]
    event: str
    by: tuple[Role, ...]
    to: str
    letters: tuple[Write, ...] = ()
    stop: tuple[ClockName, ...] = ()
    start: tuple[ClockName, ...] = ()
    pause: tuple[ClockName, ...] = ()
    resume: tuple[ClockName, ...] = ()
    assign: str = ""
    when: str = ""
    needs: tuple[str, ...] = ()
    into: str = ""
    story: str = ""


@dataclass(frozen=True, slots=True)
class StateInfo:
    """A state's label for people and whether the matter is still open in it."""

    name: str
    label: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may stand on a line of its own: the event it means, in whose mouth, and its help (Indonesian)."""

    word: str
    event: str
    by: tuple[Role, ...]
    help: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a row's condition may look at, and nothing else."""

    state: str
    before: str | None = None
    hops: int = 0
    disputes: int = 0
    secret: bool = False
    hidden: bool = False
    inspected: bool = False
    inspector: bool = False
    sent_back: bool = False
    asked_low: bool = False
    took_over: bool = False
    days_closed: int = 0
    max_hops: int = 3
    max_disputes: int = 2
    reopen_days: int = 30

    def holds(self, condition: str) -> bool:
        """Whether a named condition holds; an unknown name is a mistake of the table."""
        return CONDITIONS[condition](self)


CONDITIONS: dict[str, Callable[[Situation], bool]] = {
    "": lambda _: True,
    "first hops": lambda s: s.hops < s.max_hops - 1,
    "too many hops": lambda s: s.hops >= s.max_hops - 1,
    "first dispute": lambda s: s.disputes == 0,
    "repeated dispute": lambda s: 0 < s.disputes < s.max_disputes,
    "disputes used up": lambda s: s.disputes >= s.max_disputes,
    "may reopen, first": lambda s: s.days_closed <= s.reopen_days and s.disputes == 0 < s.max_disputes,
    "not asked yet": lambda s: not s.asked_low,
    "may reopen": lambda s: s.days_closed <= s.reopen_days and s.disputes < s.max_disputes,
    "sent back": lambda s: s.sent_back and s.hops < s.max_hops - 1,
    "at the desk": lambda s: s.state == "triage" or (s.state == "need_info" and s.before == "triage"),
    "asked by the desk": lambda s: s.before == "triage",
    "secret": lambda s: s.secret,
    "not secret": lambda s: not s.secret,
    "hidden": lambda s: s.hidden,
    "secret, asked by the inspectorate": lambda s: s.secret and s.inspected and s.inspector,
    "taken over": lambda s: s.took_over,
    "at the inspectorate": lambda s: s.inspected,
}


@dataclass(frozen=True, slots=True)
class Workflow:
    """A named table with its states and words.

    `takes` says which new matters follow it: a topic's code or severity, and "urgent" for those that routing found
    urgent (all that are given must hold). Empty: whatever no other workflow takes.
    """

    name: str
    title: str
    states: tuple[StateInfo, ...]
    rows: tuple[Transition, ...]
    words: tuple[Word, ...]
    start: tuple[str, ...] = field(default=("(new)",))
    takes: tuple[str, ...] = ()

    def follows(self, topic: str, severity: str, urgent: bool) -> bool:
        """Whether a new matter follows this workflow."""
        known = {topic, severity} | ({"urgent"} if urgent else set())
        return all(one in known for one in self.takes)

    def info(self, state: str) -> StateInfo:
        """The state's row; KeyError for a state this workflow does not know."""
        return next(info for info in self.states if info.name == state)

    def is_open(self, state: str) -> bool:
        """Whether a ticket in this state still waits for somebody."""
        return state in self.start or self.info(state).open

    def matches(self, row: Transition, state: str) -> bool:
        """Whether a row speaks about this state."""
        return state in row.states or (OPEN in row.states and state not in self.start and self.is_open(state))

    def step(self, situation: Situation, event: str, role: Role) -> Transition:
        """The first row that fits; NotAllowed, naming what is allowed, when none does."""
        for row in self.rows:
            if (
                row.event == event
                and role in row.by
                and self.matches(row, situation.state)
                and situation.holds(row.when)
            ):
                return row
        raise NotAllowed(
            f"{event} by {role} in state {situation.state}: allowed are {', '.join(self.allowed(situation, role))}"
        )

    def allowed(self, situation: Situation, role: Role) -> tuple[str, ...]:
        """The events this role may cause now, in the table's order."""
        found = dict.fromkeys(
            row.event
            for row in self.rows
            if role in row.by and self.matches(row, situation.state) and situation.holds(row.when)
        )
        return tuple(found)

    def words_for(self, situation: Situation, role: Role) -> tuple[Word, ...]:
        """The words this role may write now, in the words' order."""
        allowed = self.allowed(situation, role)
        return tuple(word for word in self.words if role in word.by and word.event in allowed)
