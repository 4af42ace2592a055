"""Two profiles of rules: the city's own of 2019 (`sibadra`) and the national one (`sp4n`).

Sources: ANTARA 29 April and 15 August 2019 for the city's rule (to the office within minutes, unanswered in 24 hours
to the head of the office, in 48 hours to the mayor); Perpres 76/2013 and PermenPANRB 62/2018 for the national one
(verification and first response 3, simple matters 5, without field check 14, with field check 60 working days, a
silent citizen 10). What neither names (reminders, the chairs in between) is the city's to choose and marked D.
"""

from __future__ import annotations

from datetime import date, time

from engine.calendar import Patience, Unit
from engine.policy import SUPERVISION, Also, Policy, Step
from engine.ticket import ClockName


def _minutes(amount: int) -> Patience:
    return Patience(amount, Unit.MINUTES)


def _hours(amount: int) -> Patience:
    return Patience(amount, Unit.HOURS)


def _working_hours(amount: int) -> Patience:
    return Patience(amount, Unit.WORKING_HOURS)


def _working_days(amount: int) -> Patience:
    return Patience(amount, Unit.WORKING_DAYS)


# Who is told besides, on his list (the regulation's third column of the ladder).
ALSO = (
    Also(("kabid", "kepala"), "sekretaris", ("dinas", "badan", "inspektorat")),
    Also(("camat",), "sekcam", ("kecamatan",)),
    Also(("direktur",), "dewas", ("bumd",)),
    Also(("direktur",), "induk", ("rsud",)),
)
PER_DAY = {
    "": 10, "kepala": 5, "direktur": 5, "camat": 5, "asisten": 3, "sekda": 3, "wawali": 2, "walikota": 2,
}  # fmt: skip
LISTS_AT = {"": (time(8), time(13)), "wawali": (time(8),), "walikota": (time(8),)}
# D: who helps where somebody is in danger in what is another authority's; the first where it suits no other.
HELPERS = ("bpbd.kasi.kedaruratan", "damkar.kabid.operasi", "damkar.kasi.penyelamatan", "dinkes.kasi.rujukan")
TOP = ("sekda", "wawali", "below", "desk")

SIBADRA = Policy(
    name="sibadra",
    version="sibadra-2019",
    valid_from=date(2019, 4, 29),
    ladders={
        ClockName.UNANSWERED: (
            Step("owner", unread=_working_hours(2), unanswered=_working_hours(4)),  # D
            Step("superior", unread=_working_hours(3), unanswered=_working_hours(6), since="intake"),  # D
            Step("kepala", unanswered=_hours(24), since="intake", takes_over=True),
            Step("walikota", unanswered=_hours(48), since="intake", tell=TOP),
        ),
        ClockName.TRIAGE: (
            Step("owner", unanswered=_minutes(7), since="intake"),
            Step("superior", unanswered=_working_hours(1)),  # D
            Step("kepala", unanswered=_hours(24), since="intake"),  # D
            Step("walikota", unanswered=_hours(48), since="intake", tell=TOP),
        ),
    },
    settlement={"": _working_days(14), "darurat": _working_days(3)},  # D
    settlement_again=_working_days(5),  # D
    silence=_working_days(2),  # follow-up in 2 days at the latest
    promise_soon=_working_hours(4),  # D
    promise_max_days=60,  # D
    citizen_soon=_working_days(5),  # D
    citizen=_working_days(10),
    confirmation=_working_days(10),
    secret_position="inspektorat.irban.khusus",
    emergency_positions=HELPERS,
    at_once=("task", "triage"),  # to the office within minutes, the desk in three shifts
    also=ALSO,
    per_day=PER_DAY,
    lists_at=LISTS_AT,
)

SP4N = Policy(
    name="sp4n",
    version="sp4n-2018",
    valid_from=date(2018, 1, 1),
    ladders={
        ClockName.UNANSWERED: (
            Step("owner", unread=_working_days(1), unanswered=_working_days(2)),  # D
            Step("superior", unread=_working_days(2), unanswered=_working_days(3), since="intake"),
            Step("kepala", unread=_working_days(1), unanswered=_working_days(2), takes_over=True),  # D
            Step("induk", unread=_working_days(1), unanswered=_working_days(2)),  # D: the coordinator of a hospital
            Step("asisten", unanswered=_working_days(2), digest=True, tell=("head",)),  # D
            Step("sekda", unanswered=_working_days(2), digest=True, tell=("head",)),  # D
            Step("wawali", unanswered=_working_days(2), digest=True),  # D
            Step("walikota", unanswered=_working_days(2), digest=True, tell=("below", "desk")),  # D
        ),
        ClockName.TRIAGE: (
            Step("owner", unanswered=_working_days(1), since="intake"),  # D
            Step("superior", unanswered=_working_days(3), since="intake"),
            Step("kepala", unanswered=_working_days(2)),  # D
            Step("sekda", unanswered=_working_days(2), digest=True),  # D
            Step("wawali", unanswered=_working_days(2), digest=True),  # D
            Step("walikota", unanswered=_working_days(2), digest=True, tell=("below", "desk")),  # D
        ),
    },
    settlement={
        "": _working_days(14),  # no field check
        "cepat": _working_days(5),  # simple matters
        "darurat": _working_days(5),
        SUPERVISION: _working_days(60),  # with field check; a city adds the codes of its own topics
    },
    settlement_again=_working_days(5),  # D
    silence=_working_days(5),
    promise_soon=_working_days(1),  # D
    promise_max_days=90,  # D
    citizen_soon=_working_days(5),  # D
    citizen=_working_days(10),
    confirmation=_working_days(10),
    secret_position="inspektorat.irban.khusus",
    emergency_positions=HELPERS,
    also=ALSO,
    per_day=PER_DAY,
    lists_at=LISTS_AT,
)

PROFILES = {profile.name: profile for profile in (SIBADRA, SP4N)}
