"""Requests for public information (UU 14/2008): to the PPID, 5 working days (SP4N), an extension told with its reason.

The law itself gives 10 working days and 7 more; an objection goes to the superior of the PPID (article 35). The states
have the law's words; what is not public is refused with the article that exempts it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.calendar import Patience, Unit
from engine.policy import Step
from engine.ticket import ClockName as C
from engine.ticket import Role, State
from engine.workflow import BEFORE, OPEN, SAME, StateInfo, Word, Workflow
from workflows.complaint import ACTING, ALL, ASKED, LADDER, NEW
from workflows.profiles import SP4N
from workflows.rows import row

STATES = (
    StateInfo(State.FORWARDED, "Diterima PPID"),
    StateInfo(State.IN_PROGRESS, "Sedang disiapkan"),
    StateInfo(State.NEED_INFO, "Menunggu kelengkapan Anda"),
    StateInfo(State.POSTPONED, "Diperpanjang"),
    StateInfo(State.DONE, "Informasi diberikan"),
    StateInfo(State.CLOSED, "Selesai", open=False),
    StateInfo(State.REJECTED, "Ditolak dengan alasan", open=False),
    StateInfo(State.WITHDRAWN, "Dicabut", open=False),
)
WORKING = (State.FORWARDED, State.IN_PROGRESS, State.NEED_INFO, State.POSTPONED)
MOVED = (*LADDER, C.SILENCE, C.PROMISE, C.PROMISE_SOON, C.CITIZEN_SOON, C.CITIZEN)

ROWS = (
    row(
        NEW,
        "sure",
        Role.ROUTING,
        State.FORWARDED,
        "receipt>citizen",
        "task>holder",
        start=(*ASKED, C.SETTLEMENT),
        assign="target",
        story="the request reaches the PPID with its number",
    ),
    row(
        WORKING,
        "progress",
        ACTING,
        State.IN_PROGRESS,
        "update>citizen",
        stop=(*LADDER, C.CITIZEN_SOON, C.CITIZEN),
        resume=(C.SETTLEMENT,),
        start=(C.PROMISE, C.SILENCE),
        story="the documents are being gathered",
    ),
    row(
        State.FORWARDED,
        "accept",
        ACTING,
        State.IN_PROGRESS,
        "update>citizen",
        stop=LADDER,
        start=(C.PROMISE, C.SILENCE),
        story="received: for the PPID that means it is being prepared",
    ),
    row(
        (State.FORWARDED, State.IN_PROGRESS, State.POSTPONED),
        "ask",
        ACTING,
        State.NEED_INFO,
        "question>citizen",
        stop=(*LADDER, C.SILENCE),
        pause=(C.SETTLEMENT, C.PROMISE, C.PROMISE_SOON),
        start=(C.CITIZEN_SOON, C.CITIZEN),
        story="the request is incomplete: its time stands still",
    ),
    row(
        State.NEED_INFO,
        "inform",
        Role.CITIZEN,
        BEFORE,
        "citizen_answer>holder",
        stop=(C.CITIZEN_SOON, C.CITIZEN),
        resume=(C.SETTLEMENT, C.PROMISE, C.PROMISE_SOON),
        start=ASKED,
        story="completed: the time runs on",
    ),
    row(
        WORKING,
        "postpone",
        ACTING,
        State.POSTPONED,
        "update>citizen",
        "postponed>superior",
        stop=(*LADDER, C.SILENCE, C.CITIZEN_SOON, C.CITIZEN),
        resume=(C.SETTLEMENT,),
        start=(C.PROMISE,),
        needs=("reason", "date"),
        story="extended once more, with reason and date, the superior sees it",
    ),
    row(
        WORKING,
        "hand_over",
        (*ACTING, Role.DESK),
        State.FORWARDED,
        "task>holder",
        "handed_over>former",
        stop=MOVED,
        resume=(C.SETTLEMENT,),
        start=ASKED,
        assign="target",
        needs=("target",),
        story="the office that has the documents prepares them",
    ),
    row(
        WORKING,
        "reject",
        ACTING,
        State.REJECTED,
        "rejected>citizen",
        "rejected_copy>superior",
        stop=ALL,
        needs=("reason",),
        story="exempt or not held, with the reason and how to object",
    ),
    row(
        WORKING,
        "finish",
        ACTING,
        State.DONE,
        "done>citizen",
        stop=ALL,
        start=(C.CONFIRMATION,),
        story="the information is given",
    ),
    row(
        WORKING,
        "take",
        Role.SUPERIOR,
        State.IN_PROGRESS,
        "handed_over>former",
        stop=MOVED,
        resume=(C.SETTLEMENT,),
        start=(C.SILENCE,),
        assign="actor",
        story="the superior of the PPID takes it",
    ),
    row(OPEN, "remind", Role.SUPERIOR, SAME, "reminder>holder", story="the superior has the PPID reminded"),
    row(OPEN, "comment", Role.SUPERIOR, SAME, "superior_comment>holder", story="the superior asks the PPID"),
    row(OPEN, "respond", Role.HOLDER, SAME, "superior_answer>asker", story="the PPID answers the superior"),
    row(OPEN, "comment", (Role.HOLDER, Role.DESK), SAME, story="a note: nothing stops"),
    row(State.DONE, "confirm", Role.CITIZEN, State.CLOSED, "thanks>citizen", stop=ALL, story="the applicant has it"),
    row(
        (State.DONE, State.CLOSED, State.REJECTED),
        "dispute",
        Role.CITIZEN,
        State.IN_PROGRESS,
        "disputed>holder",
        "reopened>citizen",
        "handed_over>former",
        stop=ALL,
        start=(*ASKED, C.SETTLEMENT),
        assign="superior",
        when="may reopen",
        story="an objection goes to the superior of the PPID",
    ),
    row(
        State.DONE,
        "dispute",
        Role.CITIZEN,
        State.CLOSED,
        "closed_final>citizen",
        stop=ALL,
        story="the superior has decided: the information commission is named",
    ),
    row(
        OPEN,
        "withdraw",
        Role.CITIZEN,
        State.WITHDRAWN,
        "withdrawn>citizen",
        "withdrawn_notice>holder",
        stop=ALL,
        story="the applicant withdraws",
    ),
    row(OPEN, "add", Role.CITIZEN, SAME, "citizen_comment>holder", story="more from the applicant"),
    row(OPEN, "seen", Role.MACHINE, SAME, stop=(C.UNREAD,), story="opened"),
    row(OPEN, "automatic", Role.MACHINE, SAME, story="a machine's answer stops nothing"),
    row(OPEN, "deputy", Role.MACHINE, SAME, "absence_report>desk", story="an absence note names a deputy"),
    row(OPEN, "bounce", Role.MACHINE, SAME, "bounce_report>desk", stop=(C.UNREAD,), story="a letter came back"),
    row(
        WORKING,
        "vacated",
        Role.MACHINE,
        State.FORWARDED,
        "task>holder",
        stop=(*LADDER, C.CITIZEN_SOON, C.CITIZEN),
        resume=(C.SETTLEMENT,),
        start=ASKED,
        assign="target",
        needs=("target",),
        story="the holder's chair is gone from the directory: the nearest one above gets it",
    ),
    row(
        WORKING,
        "unassigned",
        Role.MACHINE,
        State.FORWARDED,
        "task>holder",
        stop=(*LADDER, C.CITIZEN_SOON, C.CITIZEN),
        resume=(C.SETTLEMENT,),
        start=ASKED,
        assign="desk",
        story="the holder's chair is gone with all above it: the desk has it",
    ),
    row(OPEN, "climb", Role.CLOCK, SAME, story="the ladder's next step"),
    row(
        OPEN, "overdue:silence", Role.CLOCK, SAME, "news>holder", start=ASKED, story="no news: asked, the ladder begins"
    ),
    row(OPEN, "overdue:promise_soon", Role.CLOCK, SAME, "promise_soon>holder", story="the extended day is near"),
    row(
        OPEN,
        "overdue:promise",
        Role.CLOCK,
        SAME,
        "promise_broken>holder",
        "promise_broken_copy>superior",
        start=ASKED,
        story="the extended day has passed",
    ),
    row(
        OPEN,
        "overdue:settlement",
        Role.CLOCK,
        SAME,
        "settlement>holder",
        "settlement_copy>next_superior",
        start=(C.SETTLEMENT,),
        story="the rule's last day has passed",
    ),
    row(State.NEED_INFO, "overdue:citizen_soon", Role.CLOCK, SAME, "question_reminder>citizen", story="reminded once"),
    row(
        State.NEED_INFO,
        "overdue:citizen",
        Role.CLOCK,
        State.CLOSED,
        "closed_silent>citizen",
        "closed_notice>holder",
        stop=ALL,
        story="never completed: closed, and how to ask again is told",
    ),
    row(State.DONE, "overdue:confirmation", Role.CLOCK, State.CLOSED, "closed>citizen", stop=ALL, story="no objection"),
    row(OPEN, "overdue:daily", Role.CLOCK, SAME, start=(C.DAILY,), story="at the top: one line on the daily list"),
)

WORDS = (
    Word("PROSES", "progress", ACTING, "sedang disiapkan; tanggal boleh disebut"),
    Word("SELESAI", "finish", ACTING, "informasi diberikan; lampirkan dokumennya"),
    Word("TANYA", "ask", ACTING, "pertanyaan kepada pemohon", "pertanyaan"),
    Word("TUNDA", "postpone", ACTING, "perpanjangan; sebutkan alasan dan tanggal", "alasan dan tanggal"),
    Word("TERUSKAN", "hand_over", ACTING, "unit yang menguasai informasinya", "unit"),
    Word("TOLAK", "reject", ACTING, "dikecualikan atau tidak dikuasai; sebutkan alasan", "alasan"),
    Word("SAYA TANGANI", "take", (Role.SUPERIOR,), "Bapak/Ibu mengambil alih"),
    Word("INGATKAN", "remind", (Role.SUPERIOR,), "ingatkan PPID"),
    Word("SUDAH", "confirm", (Role.CITIZEN,), "informasi sudah diterima"),
    Word("BELUM", "dispute", (Role.CITIZEN,), "keberatan; sebutkan apa yang kurang"),
    Word("CABUT", "withdraw", (Role.CITIZEN,), "permohonan dicabut"),
)
INFORMATION = Workflow("information", "Permohonan informasi", STATES, ROWS, WORDS, takes=("INFORMASI",))


def _days(amount: int) -> Patience:
    return Patience(amount, Unit.WORKING_DAYS)


INFORMATION_RULES = replace(
    SP4N,
    name="informasi",
    version="informasi-2008",
    workflow="information",
    valid_from=date(2010, 5, 1),
    ladders={
        C.UNANSWERED: (
            Step("owner", unread=_days(1), unanswered=_days(2)),  # D
            Step("superior", unread=_days(2), unanswered=_days(4), since="intake"),  # D
            Step("kepala", unanswered=_days(5), since="intake", takes_over=True),  # SP4N: answered in 5
            Step("sekda", unanswered=_days(5), digest=True, tell=("head",)),  # D: superior of the PPID
        ),
    },
    settlement={"": _days(5)},
    settlement_again=_days(2),  # D
    silence=_days(3),  # D
    promise_max_days=17,  # 5 working days and the law's 7 more
    citizen=_days(10),
)
