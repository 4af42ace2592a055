"""Emergencies (life and safety): owner and head of the office at once, minutes and hours of the clock, no putting off.

Whatever routing hears as urgent is one, also where it does not know whose it is: then the desk's clock runs in minutes
too. The city's own choice (D): unread after 15 minutes or unanswered after 60 the next chair is written to, at night
too; the citizen's receipt names the call centre 112.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.calendar import Patience, Unit
from engine.policy import Step
from engine.ticket import ClockName as C
from engine.ticket import Role, State
from engine.workflow import Transition, Workflow, Write
from workflows.complaint import ASKED, COMPLAINT, NEW
from workflows.profiles import ALSO, SIBADRA
from workflows.rows import row, without

GONE = (State.POSTPONED,)


def _with_head(one: Transition) -> Transition:
    """Whoever gets an emergency as his task, the head of his office gets it with him: first, so that the clock is the
    holder's. What is to stay secret goes to one chair alone.
    """
    task = Write("task", "holder")
    if task not in one.letters or one.event == "conceal":
        return one
    at = one.letters.index(task)
    return replace(one, letters=(*one.letters[:at], Write("task", "head"), *one.letters[at:]))


ROWS = (
    row(
        NEW,
        "sure",
        Role.ROUTING,
        State.FORWARDED,
        "receipt>citizen",
        "task>head",
        "task>holder",
        "copy>copies",
        start=(*ASKED, C.SETTLEMENT),
        assign="target",
        story="an emergency: the owner and the head of the office get it at the same time",
    ),
    *(
        _with_head(one)
        for one in without(COMPLAINT.rows, GONE)
        if one.event != "raise" and (one.states, one.event) != ((NEW,), "sure")
    ),
)
EMERGENCY = Workflow(
    "emergency",
    "Keadaan darurat",
    tuple(info for info in COMPLAINT.states if info.name not in GONE),
    ROWS,
    tuple(word for word in COMPLAINT.words if word.event != "postpone"),
    takes=("urgent",),
)


def _minutes(amount: int) -> Patience:
    return Patience(amount, Unit.MINUTES)


def _hours(amount: int) -> Patience:
    return Patience(amount, Unit.HOURS)


EMERGENCY_RULES = replace(
    SIBADRA,
    name="darurat",
    version="darurat-2019",
    workflow="emergency",
    valid_from=date(2019, 4, 29),
    ladders={
        C.UNANSWERED: (
            Step("superior", unread=_minutes(15), unanswered=_minutes(60)),
            Step("kepala", unread=_minutes(15), unanswered=_minutes(60), takes_over=True),
            Step("asisten", unread=_minutes(15), unanswered=_minutes(60), tell=("head",)),
            Step("sekda", unread=_minutes(15), unanswered=_minutes(60)),
            Step("walikota", unanswered=_minutes(60), tell=("wawali", "below", "desk")),
        ),
        C.TRIAGE: (
            Step("owner", unanswered=_minutes(7)),
            Step("superior", unanswered=_minutes(15)),
            Step("kepala", unanswered=_minutes(60)),
            Step("walikota", unanswered=_hours(4), tell=("sekda", "wawali", "below")),
        ),
    },
    settlement={"": _hours(24)},
    settlement_again=Patience(1, Unit.WORKING_DAYS),
    silence=Patience(8, Unit.WORKING_HOURS),  # D: once somebody is at work, no night is broken for news
    respite=_minutes(1),
    promise_soon=_hours(1),
    promise_max_days=7,
    citizen_soon=_hours(12),
    citizen=Patience(3, Unit.DAYS),
    confirmation=Patience(5, Unit.WORKING_DAYS),
    daily=Patience(1, Unit.WORKING_DAYS),
    also=ALSO,
)
