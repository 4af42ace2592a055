"""The workflow as a table read top to bottom; what runs it is a lookup.

A row says: in this state, when this happens, by this role, under this condition, the ticket goes there, these letters
are written, these clocks stop and start, and the matter is assigned like this. The diagram, the help text and the
list of words that an official may write are derived from the rows, so they cannot disagree with what the engine does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from engine.errors import NotAllowed
from engine.ticket import ClockName, Role

SAME = "(same)"
BEFORE = "(before)"
OPEN = "(open)"


@dataclass(frozen=True, slots=True)
class Write:
    """A letter to be written: the template's kind and for whom.

    `to` is one of: citizen, holder (after the move), former (the holder before it), superior (of the holder), desk,
    actor, copies (the topic's tembusan).
    """

    kind: str
    to: str


@dataclass(frozen=True, slots=True)
class Transition:
    """One row; `when` names a condition of Situation that must hold ("" always), `needs` what a command must carry."""

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
    sent_back: bool = False
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
    "may reopen": lambda s: s.days_closed <= s.reopen_days and s.disputes < s.max_disputes,
    "sent back": lambda s: s.sent_back and s.hops < s.max_hops - 1,
    "asked by the desk": lambda s: s.before == "triage",
    "secret": lambda s: s.secret,
    "not secret": lambda s: not s.secret,
}


@dataclass(frozen=True, slots=True)
class Workflow:
    """A named table with its states and words."""

    name: str
    title: str
    states: tuple[StateInfo, ...]
    rows: tuple[Transition, ...]
    words: tuple[Word, ...]
    start: tuple[str, ...] = field(default=("(new)",))

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


def problems(workflow: Workflow, templates: Iterable[str]) -> list[str]:
    """What is wrong with a table: unreachable states, states without a way out, unknown names, missing templates."""
    known = {info.name for info in workflow.states}
    wrong: list[str] = []
    reached: set[str] = set()
    have = set(templates)
    for index, row in enumerate(workflow.rows, 1):
        where = f"row {index} ({row.event})"
        for state in (*row.states, row.to):
            if state not in known and state not in (SAME, BEFORE, OPEN, *workflow.start):
                wrong.append(f"{where}: unknown state {state}")
        if row.when not in CONDITIONS:
            wrong.append(f"{where}: unknown condition {row.when}")
        wrong.extend(f"{where}: no template for {letter.kind}" for letter in row.letters if letter.kind not in have)
        reached.add(row.to)
    wrong.extend(f"state {name} is never reached" for name in sorted(known - reached))
    for info in workflow.states:
        ways = [row for row in workflow.rows if workflow.matches(row, info.name)]
        if info.open and not any(row.to not in (SAME, info.name) for row in ways):
            wrong.append(f"state {info.name} is open and has no way out")
        if info.open and not any(Role.CLOCK in row.by for row in ways):
            wrong.append(f"state {info.name} is open and no clock ever looks at it")
    events = {row.event for row in workflow.rows}
    wrong.extend(f"word {word.word}: no row for {word.event}" for word in workflow.words if word.event not in events)
    return wrong


def diagram(workflow: Workflow) -> str:
    """The table as a Mermaid state diagram; rows that stay in a state are left out."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {info.name}: {info.label}" for info in workflow.states]
    edges: dict[tuple[str, str], list[str]] = {}
    for row in workflow.rows:
        for state in row.states:
            if row.to in (SAME, BEFORE):
                continue
            sources = [s.name for s in workflow.states if s.open] if state == OPEN else [state]
            for source in sources:
                if source != row.to:
                    name = "[*]" if source in workflow.start else source
                    edges.setdefault((name, row.to), []).append(row.event)
    for (source, target), events in edges.items():
        lines.append(f"    {source} --> {target}: {', '.join(dict.fromkeys(events))}")
    lines += [f"    {info.name} --> [*]" for info in workflow.states if not info.open]
    return "\n".join(lines) + "\n"
