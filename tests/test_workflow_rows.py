"""Every row of the complaint's table is told by a story of one line; what the table does not allow changes nothing."""

# ruff: noqa: E501  (a row of a table stays on one line)

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import NotAllowed
from engine.policy import Policy
from engine.reading import Status
from engine.ticket import ClockName, Role, State
from engine.workflow import Situation, problems
from engine.workflow.check import unclocked
from mail.write import template_kinds
from tests.stories import play, record
from tests.world import City
from workflows.complaint import COMPLAINT
from workflows.profiles import PROFILES

# What people and clocks do => the row that the last step takes | state and holder | letters of the last step | clocks then
STORIES = """
masuk | sama => the same matter is already known => joined - => joined>warga => -
masuk => routing is sure: the owner gets it at once => forwarded dpupr.kasi.jalan => receipt>warga task>dpupr.kasi.jalan => settlement unanswered unread
ragu => routing is unsure: the desk is asked => triage diskominfo.kasi.aduan => receipt>warga triage>diskominfo.kasi.aduan => triage
luar => another authority's matter => external - => external>warga => -
ragu | meja TERUSKAN DISHUB => the desk names the office => forwarded dishub.kepala => task>dishub.kepala forwarded>warga => settlement unanswered unread
ragu | meja EKSTERNAL => the desk names another authority => external - => external>warga => -
ragu | meja TOLAK => the desk refuses with a reason => rejected - => rejected>warga => -
ragu | meja MENDESAK => the desk says that it cannot wait: from now on an emergency's letters and clocks => triage diskominfo.kasi.aduan => - => triage
ragu | meja TANYA => the desk asks the citizen; its own clock pauses => need_info diskominfo.kasi.aduan => question>warga => citizen citizen_soon
ragu | meja TANYA | meja TANYA => the desk asks once more: the citizen's time begins anew => need_info diskominfo.kasi.aduan => question>warga => citizen citizen_soon
masuk | ragu | ternyata => alone when it came; now that many write the same, the matter is plain => joined - => joined>warga => -
ragu | jelas => unclear when it came, said clearly by a report that joined it => forwarded dpupr.kasi.jalan => task>dpupr.kasi.jalan forwarded>warga => settlement unanswered unread
ragu | bahaya => an urgent report joined what the desk still has: its clock runs in minutes from now on => triage diskominfo.kasi.aduan => triage>diskominfo.kasi.aduan => triage
ragu | meja TANYA | bahaya => an urgent report joined it: the desk waits for no answer any more => triage diskominfo.kasi.aduan => triage>diskominfo.kasi.aduan => triage
masuk | bahaya => an urgent report joined it: the holder and the head of the office are asked at once => forwarded dpupr.kasi.jalan => task>dpupr.kepala task>dpupr.kasi.jalan => settlement unanswered unread
masuk | kasi TUNDA | bahaya => an urgent report joined it: nothing is waited for or put off any more => forwarded dpupr.kasi.jalan => task>dpupr.kepala task>dpupr.kasi.jalan => settlement unanswered unread
masuk | sama | warga SUDAH => satisfied: this report ends, the others' goes on => closed - => thanks>warga => -
masuk | sama | warga CABUT => this report ends => withdrawn - => withdrawn>warga => -
masuk | sama | utama | kasi SELESAI | laporan 2 | warga BELUM => done for the others, not here: a task of its own for the same office => in_progress dpupr.kasi.jalan => disputed>dpupr.kasi.jalan reopened>warga => settlement unanswered unread
masuk | sama | utama | sama | utama | kasi SELESAI | laporan 2 | warga BELUM | laporan 3 | warga BELUM => not done either: joined to the first report that said so => joined - => reopened>warga => -
masuk | sama | warga TAMBAH => news goes to the main ticket's holder => joined - => - => -
masuk | warga MENGADU => the reporter now complains of the holder: it is taken from him unheard, the desk decides => triage diskominfo.kasi.aduan => triage>diskominfo.kasi.aduan citizen_comment>diskominfo.kasi.aduan => settlement triage
masuk | hilang => the holder's chair is gone from the directory: the nearest one above gets it => forwarded dpupr.kabid.jalan => task>dpupr.kabid.jalan => settlement unanswered unread
masuk | hilang semua => the holder's chair is gone with all above it: the desk decides => triage diskominfo.kasi.aduan => triage>diskominfo.kasi.aduan => settlement triage
masuk | ragu | meja GABUNG => the desk joins it to a ticket that exists => joined - => joined>warga => -
masuk | ragu | meja GABUNG | petugas PISAH => a wrong join is taken apart => triage diskominfo.kasi.aduan => split>warga triage>diskominfo.kasi.aduan => triage
masuk | kasi TERIMA => the office will look at it => accepted dpupr.kasi.jalan => update>warga => settlement silence
masuk | kasi TERIMA | kasi TERIMA => said again: the answer is noted, no time is won by it => accepted dpupr.kasi.jalan => - => settlement silence
masuk | kasi TANYA | kasi TERIMA => said while the citizen is asked: noted, no clock changes => need_info dpupr.kasi.jalan => - => citizen citizen_soon
masuk | kasi PROSES => work has begun => in_progress dpupr.kasi.jalan => update>warga => settlement silence
masuk | kasi JANJI => work has begun => in_progress dpupr.kasi.jalan => update>warga => promise promise_soon settlement
masuk | kasi TANYA => the citizen is asked; the others' clocks pause => need_info dpupr.kasi.jalan => question>warga => citizen citizen_soon
masuk | kasi TANYA | kasi TANYA => asked once more: the citizen's time begins anew => need_info dpupr.kasi.jalan => question>warga => citizen citizen_soon
masuk | kasi TUNDA => put off, with a reason and a date; the superior sees it => postponed dpupr.kasi.jalan => update>warga postponed>dpupr.kabid.jalan => promise promise_soon settlement
masuk | kasi TERUSKAN DISHUB | pemegang TERUSKAN dpupr.kasi.jalan => sent back to whom it came from: the desk decides => triage diskominfo.kasi.aduan => triage>diskominfo.kasi.aduan handed_over>dishub.kepala => settlement triage
masuk | kasi TERUSKAN DISHUB => another office's task: it moves, settlement goes on => forwarded dishub.kepala => task>dishub.kepala forwarded>warga handed_over>dpupr.kasi.jalan => settlement unanswered unread
masuk | kasi TERUSKAN DISHUB | pemegang TERUSKAN DLH | pemegang TERUSKAN SATPOLPP => handed around too often: the asisten gets it with its history => forwarded setda.asisten.2 => task>setda.asisten.2 forwarded>warga handed_over>dlh.kepala => settlement unanswered unread
masuk | kasi BUKAN => not our duty, no target named: back to the desk, the citizen hears nothing yet => triage diskominfo.kasi.aduan => triage>diskominfo.kasi.aduan handed_over>dpupr.kasi.jalan => settlement triage
masuk | kasi TERUSKAN DISHUB | pemegang TERUSKAN DLH | pemegang BUKAN => nobody's duty three times: the asisten gets it with its history => forwarded setda.asisten.2 => task>setda.asisten.2 forwarded>warga handed_over>dlh.kepala => settlement unanswered unread
masuk | kasi TOLAK => refused on the merits, with a reason and how to object => rejected - => rejected>warga rejected_copy>dpupr.kabid.jalan => -
masuk | kasi SELESAI => the office says it is done; the citizen is asked => done dpupr.kasi.jalan => done>warga => confirmation
masuk | kasi SELESAI | kasi SELESAI => said again: noted => done dpupr.kasi.jalan => - => confirmation
masuk | jam unread | jam unanswered | atasan AMBIL => a superior takes it over => accepted dpupr.kabid.jalan => handed_over>dpupr.kasi.jalan done_so>dpupr.kabid.jalan => settlement silence
masuk | jam unread | jam unanswered | atasan ALIHKAN => a superior gives it to another => forwarded dpupr.kasi.jembatan => task>dpupr.kasi.jembatan handed_over>dpupr.kasi.jalan done_so>dpupr.kabid.jalan => settlement unanswered unread
masuk | jam unread | jam unanswered | atasan AMBIL | atasan ALIHKAN => a superior who has taken it over gives it to another => forwarded dpupr.kasi.jembatan => task>dpupr.kasi.jembatan done_so>dpupr.kabid.jalan => settlement unanswered unread
masuk | jam unread | jam unanswered | atasan AMBIL | atasan TUTUP => a superior who has taken it over ends it with a reason => closed - => closed>warga done_so>dpupr.kabid.jalan => -
masuk | jam unread | jam unanswered | atasan INGATKAN => a superior has the holder reminded => forwarded dpupr.kasi.jalan => reminder>dpupr.kasi.jalan done_so>dpupr.kabid.jalan => settlement unanswered
masuk | jam unread | jam unanswered | atasan TUTUP => a superior ends it with a reason => closed - => closed>warga closed_notice>dpupr.kasi.jalan done_so>dpupr.kabid.jalan => -
masuk | jam unread | jam unanswered | atasan CATAT => a superior's question goes to the holder => forwarded dpupr.kasi.jalan => superior_comment>dpupr.kasi.jalan done_so>dpupr.kabid.jalan => settlement unanswered
masuk | jam unread | jam unanswered | atasan CATAT | kasi CATAT => the holder answers his superior's question: no clock stops => forwarded dpupr.kasi.jalan => superior_answer>dpupr.kabid.jalan done_so>dpupr.kasi.jalan => settlement unanswered
ragu | meja SAMARKAN => the desk hides who wrote it, or the report from other citizens => triage diskominfo.kasi.aduan => - => triage
ragu | meja SAMARKAN | meja LIHAT => the desk is told who wrote it; the look is in the history => triage diskominfo.kasi.aduan => identity>diskominfo.kasi.aduan => triage
ragu | meja RAHASIAKAN => a report of wrongdoing: hidden from all, the inspectorate gets it, the former holder hears nothing => forwarded inspektorat.irban.khusus => task>inspektorat.irban.khusus forwarded>warga => settlement unanswered unread
rahasia | inspektorat.irban.khusus RAHASIAKAN => secret already: who is reported is noted and never written to => forwarded inspektorat.irban.khusus => - => settlement unanswered
rahasia | inspektorat.irban.khusus LIHAT => the inspectorate is told who wrote a secret report; the look is in the history => forwarded inspektorat.irban.khusus => identity>inspektorat.irban.khusus => settlement unanswered
masuk | kasi CATAT => no status meant: kept in the history, no clock stops => forwarded dpupr.kasi.jalan => comment_noted>dpupr.kasi.jalan => settlement unanswered
ragu | meja TANYA | warga JAWAB => the citizen answers the desk, whose clock goes on => triage diskominfo.kasi.aduan => triage>diskominfo.kasi.aduan => triage
masuk | kasi TANYA | warga JAWAB => the citizen answers the office, which owes an answer anew => forwarded dpupr.kasi.jalan => citizen_answer>dpupr.kasi.jalan => settlement unanswered unread
masuk | kasi SELESAI | warga SUDAH => the citizen is satisfied => closed - => thanks>warga => -
masuk | kasi SELESAI | warga BELUM => not solved: the same holder once more => in_progress dpupr.kasi.jalan => disputed>dpupr.kasi.jalan reopened>warga => settlement unanswered unread
masuk | kasi SELESAI | warga BELUM | kasi SELESAI | warga BELUM => not solved again: the superior holds it => in_progress dpupr.kabid.jalan => disputed>dpupr.kabid.jalan reopened>warga handed_over>dpupr.kasi.jalan => settlement unanswered unread
masuk | kasi SELESAI | warga BELUM | kasi SELESAI | warga BELUM | atasan SELESAI | warga BELUM => the superior's answer has ended it; how to go on is told => closed - => closed_final>warga closed_notice>dpupr.kabid.jalan => -
masuk | kasi SELESAI | warga SUDAH | warga BELUM => after the end, in time: reopened for the same holder => in_progress dpupr.kasi.jalan => disputed>dpupr.kasi.jalan reopened>warga => settlement unanswered unread
masuk | kasi SELESAI | warga BELUM | kasi SELESAI | warga SUDAH | warga BELUM => after the end, once more: reopened for the superior => in_progress dpupr.kabid.jalan => disputed>dpupr.kabid.jalan reopened>warga => settlement unanswered unread
masuk | kasi TOLAK | warga BELUM => an objection to a refusal goes to the superior => in_progress dpupr.kabid.jalan => disputed>dpupr.kabid.jalan reopened>warga => settlement unanswered unread
luar | warga BELUM => the citizen says it is the city's after all => triage diskominfo.kasi.aduan => triage>diskominfo.kasi.aduan reopened>warga => triage
masuk | kasi SELESAI | warga BINTANG1 => one or two stars without a word: asked once whether it is unsolved => done dpupr.kasi.jalan => ask_unsolved>warga => confirmation
masuk | kasi SELESAI | warga BINTANG1 | warga BINTANG1 => the same again: the rating is kept, no more => done dpupr.kasi.jalan => - => confirmation
masuk | kasi SELESAI | warga SUDAH | warga PUAS => thanks or stars after the end: kept => closed - => - => -
rahasia | warga CABUT => reports of wrongdoing go on => forwarded inspektorat.irban.khusus => secret_goes_on>warga => settlement unanswered unread
masuk | warga CABUT => the citizen withdraws => withdrawn - => withdrawn>warga withdrawn_notice>dpupr.kasi.jalan => -
masuk | warga SUDAH => solved before the office said so => closed - => thanks>warga confirmed_notice>dpupr.kasi.jalan => -
masuk | warga TAMBAH => more from the citizen goes to the holder => forwarded dpupr.kasi.jalan => citizen_comment>dpupr.kasi.jalan => settlement unanswered unread
masuk | dibuka => opened: that letter's unread clock stops => forwarded dpupr.kasi.jalan => - => settlement unanswered
masuk | otomatis => a machine answered: nothing stops => forwarded dpupr.kasi.jalan => - => settlement unanswered unread
masuk | plh => an absence note names a deputy: a fact for the desk, no appointment => forwarded dpupr.kasi.jalan => absence_report>diskominfo.kasi.aduan => settlement unanswered unread
masuk | mental => a letter came back: the desk knows, the matter climbs at once => forwarded dpupr.kasi.jalan => bounce_report>diskominfo.kasi.aduan escalation>dpupr.kabid.jalan escalation>dpupr.sekretaris => settlement unanswered
masuk | jam unread => unread or unanswered: the ladder's next step => forwarded dpupr.kasi.jalan => reminder>dpupr.kasi.jalan => settlement unanswered unread
masuk | kasi TERIMA | jam silence => no news since the acknowledgement: asked, and the ladder begins again => accepted dpupr.kasi.jalan => news>dpupr.kasi.jalan => settlement unanswered unread
masuk | kasi JANJI | jam promise_soon => the promised day is near => in_progress dpupr.kasi.jalan => promise_soon>dpupr.kasi.jalan => promise settlement
masuk | kasi JANJI | jam promise => the promised day has passed: asked, the superior sees it => in_progress dpupr.kasi.jalan => promise_soon>dpupr.kasi.jalan promise_broken>dpupr.kasi.jalan promise_broken_copy>dpupr.kabid.jalan => settlement unanswered unread
masuk | kasi TUNDA | jam settlement => the rule's last day has passed; said again until it ends => postponed dpupr.kepala => ... => daily settlement
masuk | kasi TANYA | jam citizen_soon => the citizen is reminded once => need_info dpupr.kasi.jalan => question_reminder>warga => citizen
masuk | kasi TANYA | jam citizen => the citizen stayed silent: closed, and how to open it again is told => closed - => question_reminder>warga closed_silent>warga closed_notice>dpupr.kasi.jalan => -
masuk | kasi SELESAI | jam confirmation => no objection: closed => closed - => closed>warga => -
masuk | hari 3 | jam daily => at the top: one line on the daily list => forwarded dpupr.kepala => escalation>pimpinan.walikota => daily settlement
"""
TABLE = [tuple(part.strip() for part in line.split("=>")) for line in STORIES.strip().splitlines()]


@pytest.mark.parametrize(("story", "row", "stands", "letters", "clocks"), TABLE, ids=[line[1] for line in TABLE])
def test_story(tmp_path: Path, story: str, row: str, stands: str, letters: str, clocks: str) -> None:
    """The story takes its row, and ends with that state, holder, letters and clocks."""
    city = City.new(tmp_path / "city.db")
    taken = record(city)
    before, _, last = story.rpartition("|")
    ticket = play(city, before) if before else None
    known = {letter.id for letter in city.store.letters_of(ticket.id)} if ticket else set()
    first = len(taken)
    ticket = play(city, last) if ticket is None else play(city, last, ticket)
    assert row in [one.story for one in taken[first:]]
    assert f"{ticket.state} {ticket.holder or '-'}" == stands
    new = [one for one in city.letters(ticket) if one.id not in known]
    if letters != "...":
        assert (" ".join(f"{one.kind}>{one.position or 'warga'}" for one in new) or "-") == letters
    assert (" ".join(sorted(city.clocks(ticket))) or "-") == clocks
    assert city.store.broken_links() == []


def test_every_row_has_a_story() -> None:
    """A row without a story of its own is a row nobody has tried."""
    assert {row.story for row in COMPLAINT.rows} == {line[1] for line in TABLE}


ROLES = (Role.CITIZEN, Role.HOLDER, Role.SUPERIOR, Role.DESK, Role.ROUTING, Role.CLOCK, Role.MACHINE, Role.OTHER)


@pytest.mark.parametrize("state", [state.value for state in State])
def test_only_the_table_moves_a_ticket(state: str) -> None:
    """In each state, each event by each role is either a row of the table or refused, naming what is allowed."""
    events = {row.event for row in COMPLAINT.rows} | {"unheard of"}
    for role in ROLES:
        for before in (None, "triage", "forwarded"):
            situation = Situation(state, before)
            allowed = COMPLAINT.allowed(situation, role)
            for event in events:
                if event in allowed:
                    assert COMPLAINT.step(situation, event, role).event == event
                    continue
                with pytest.raises(NotAllowed) as refused:
                    COMPLAINT.step(situation, event, role)
                assert all(name in str(refused.value) for name in allowed)


ILLEGAL = (
    ("masuk | kasi SELESAI | warga SUDAH", Status.IN_PROGRESS, "closed"),
    ("masuk | kasi TOLAK", Status.DONE, "rejected"),
    ("masuk | warga CABUT", Status.RECEIVED, "withdrawn"),
    ("masuk | kasi SELESAI", Status.RECEIVED, "done"),
    ("masuk | kasi SELESAI", Status.NEED_INFO, "done"),
)


@pytest.mark.parametrize(("story", "status", "state"), ILLEGAL)
def test_illegal_is_answered_and_changes_nothing(tmp_path: Path, story: str, status: Status, state: str) -> None:
    """A command that the state does not allow is kept as a comment and answered; ticket and clocks stay as they are."""
    city = City.new(tmp_path / "city.db")
    ticket = play(city, story)
    deadlines = city.store.deadlines_of(ticket.id)
    task = city.letters(ticket, "task")[0]
    city.now += timedelta(minutes=1)
    after = city.answer(ticket, status, "menunggu material", letter=task)
    assert after == ticket
    assert after.state == state
    assert city.store.deadlines_of(ticket.id) == deadlines
    answered = city.letters(ticket)[-1]
    assert (answered.kind, answered.address) in (("not_allowed", task.address), ("not_yours", task.address))
    assert city.store.history_of(ticket.id)[-3:][0].event in ("comment", "seen", "letter")


@pytest.mark.parametrize("policy", PROFILES.values(), ids=PROFILES)
def test_table_is_sound(policy: Policy) -> None:
    """No dead end, no hidden row, a template for each letter, a number for each clock, and no way to a state that no
    clock watches.
    """
    assert problems(COMPLAINT, template_kinds(), policy.clocks()) == []


def test_the_checker_finds_what_is_planted() -> None:
    """A row without its clocks, a hidden row, a missing template and a missing number are found."""
    from dataclasses import replace

    rows = list(COMPLAINT.rows)
    accept = next(i for i, row in enumerate(rows) if row.event == "accept")
    broken = replace(
        COMPLAINT, rows=(*rows[:accept], replace(rows[accept], start=(), stop=tuple(ClockName)), *rows[accept + 1 :])
    )
    assert any("accepted is left without a running clock" in line for line in unclocked(broken))
    hidden = replace(COMPLAINT, rows=(*rows, replace(rows[-1], story="once more")))
    assert any("never reached" in line for line in problems(hidden, template_kinds()))
    assert any("no template for done" in line for line in problems(COMPLAINT, template_kinds() - {"done"}))
    few = frozenset(ClockName) - {ClockName.SETTLEMENT}
    assert any("no number" in line for line in problems(COMPLAINT, template_kinds(), few))
    silent = replace(COMPLAINT, rows=tuple(row for row in rows if row.event != "overdue:citizen"))
    assert any("citizen is started" in line for line in problems(silent, template_kinds()))
