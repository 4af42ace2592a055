"""What is wrong with a table: unknown names, dead ends, letters without template, clocks that nothing waits for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import product

from engine.ticket import ClockName, Role
from engine.workflow.table import BEFORE, CONDITIONS, OPEN, SAME, Situation, Transition, Workflow

CLIMBING = (ClockName.UNREAD, ClockName.UNANSWERED, ClockName.TRIAGE)
OPTIONAL = (ClockName.PROMISE, ClockName.UNREAD, ClockName.PROMISE_SOON)
"""Clocks that a row starts only if something was given (a date) or the ladder's step has them."""
MOST = 200_000


def problems(workflow: Workflow, templates: Iterable[str], clocks: Collection[ClockName] | None = None) -> list[str]:
    """Every problem as a line; none: the table is sound. `clocks` are those the city's policy has a number for."""
    wrong = _names(workflow, set(templates)) + _ways(workflow) + _clocks(workflow, clocks)
    if not wrong:
        wrong = unclocked(workflow)
    return wrong


def _names(workflow: Workflow, templates: set[str]) -> list[str]:
    known = {info.name for info in workflow.states}
    wrong: list[str] = []
    stories: set[str] = set()
    for index, row in enumerate(workflow.rows, 1):
        where = f"row {index} ({row.event})"
        for state in (*row.states, row.to):
            if state not in known and state not in (SAME, BEFORE, OPEN, *workflow.start):
                wrong.append(f"{where}: unknown state {state}")
        if row.when not in CONDITIONS:
            wrong.append(f"{where}: unknown condition {row.when}")
        if not row.story or row.story in stories:
            wrong.append(f"{where}: needs a story of its own")
        stories.add(row.story)
        wrong.extend(
            f"{where}: no template for {letter.kind}" for letter in row.letters if letter.kind not in templates
        )
        before = [other for other in workflow.rows[: index - 1] if _hides(other, row)]
        wrong.extend(f"{where}: never reached, row {workflow.rows.index(other) + 1} comes first" for other in before)
    events = {row.event for row in workflow.rows}
    wrong.extend(f"word {word.word}: no row for {word.event}" for word in workflow.words if word.event not in events)
    return wrong


def _hides(first: Transition, row: Transition) -> bool:
    """Whether an earlier row takes everything a later one speaks about."""
    states = set(row.states) <= set(first.states)
    return first.event == row.event and states and set(row.by) <= set(first.by) and first.when in ("", row.when)


def _ways(workflow: Workflow) -> list[str]:
    known = {info.name for info in workflow.states}
    reached = {row.to for row in workflow.rows}
    wrong = [f"state {name} is never reached" for name in sorted(known - reached)]
    for info in workflow.states:
        ways = [row for row in workflow.rows if workflow.matches(row, info.name)]
        if info.open and not any(row.to not in (SAME, info.name) for row in ways):
            wrong.append(f"state {info.name} is open and has no way out")
        if info.open and not any(Role.CLOCK in row.by for row in ways):
            wrong.append(f"state {info.name} is open and no clock ever looks at it")
    return wrong


def _clocks(workflow: Workflow, clocks: Collection[ClockName] | None) -> list[str]:
    """Clocks that are started and have no number, or strike and have no row."""
    started = {clock for row in workflow.rows for clock in row.start}
    struck = {row.event for row in workflow.rows if Role.CLOCK in row.by}
    wrong = []
    for clock in ClockName:
        if clock not in started:
            continue
        event = "climb" if clock in CLIMBING else f"overdue:{clock.value}"
        if event not in struck:
            wrong.append(f"clock {clock.value} is started and no row says what happens when it strikes")
        if clocks is not None and clock not in clocks:
            wrong.append(f"clock {clock.value} is started and the policy has no number for it")
    return wrong


Clocks = frozenset[ClockName]
Point = tuple[str, str, Clocks, Clocks]


def unclocked(workflow: Workflow) -> list[str]:
    """Rows after which an open ticket can be without a running clock, found by walking every way through the table."""
    wrong: dict[str, None] = {}
    seen: set[Point] = set()
    todo: list[Point] = [(start, "", frozenset(), frozenset()) for start in workflow.start]
    while todo and len(seen) < MOST:
        point = todo.pop()
        for index, row in enumerate(workflow.rows, 1):
            for after in _after(workflow, row, point):
                state, _, running, _ = after
                if workflow.is_open(state) and not running:
                    wrong[f"row {index} ({row.event}): state {state} is left without a running clock"] = None
                elif after not in seen:
                    seen.add(after)
                    todo.append(after)
    return list(wrong)


def _after(workflow: Workflow, row: Transition, point: Point) -> Iterable[Point]:
    """Where a row leads from a state with these clocks; nothing if it cannot happen there."""
    state, before, running, paused = point
    if not _can(workflow, row, state, before):
        return
    if Role.CLOCK in row.by:
        clock = row.event.partition(":")[2]
        struck = set(CLIMBING) & running if row.event == "climb" else {c for c in running if c.value == clock}
        if not struck:
            return
        running -= struck
        if row.event == "climb":  # the ladder's next step, or at the top the daily list
            yield state, before, running | {ClockName.UNANSWERED}, paused
            yield state, before, running | {ClockName.DAILY}, paused
            return
    to = {SAME: state, BEFORE: before or state}.get(row.to, row.to)
    if to == "need_info" and state != "need_info":
        before = state
    running -= set(row.stop)
    paused = (paused - set(row.stop)) | (running & set(row.pause))
    running -= set(row.pause)
    running |= paused & set(row.resume)
    paused -= set(row.resume)
    maybe = [clock for clock in row.start if clock in OPTIONAL and clock.value not in _given(row)]
    sure = set(row.start) - set(maybe)
    for choice in product((False, True), repeat=len(maybe)):
        started = sure | {clock for clock, taken in zip(maybe, choice, strict=True) if taken}
        if ClockName.PROMISE in started | running:
            started.discard(ClockName.SILENCE)
        yield to, before, frozenset(running | started), frozenset(paused - started)


BY_STATE = ("", "at the desk", "asked by the desk")
"""Conditions that the state and the one before it decide; any other may hold or not."""


def _can(workflow: Workflow, row: Transition, state: str, before: str) -> bool:
    """Whether a row may be taken here: it speaks of the state, and no row above it surely takes its place."""
    situation = Situation(state, before)
    if not workflow.matches(row, state) or (row.when in BY_STATE and not situation.holds(row.when)):
        return False
    for other in workflow.rows:
        if other is row:
            return True
        same = other.event == row.event and set(row.by) <= set(other.by) and workflow.matches(other, state)
        if same and other.when in BY_STATE and situation.holds(other.when):
            return False
    return True


def _given(row: Transition) -> tuple[str, ...]:
    return ("promise",) if "date" in row.needs else ()
