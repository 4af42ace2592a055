"""The ladder of each branch of the real directory: who is asked, who takes over, who is told, and what stops it."""

# ruff: noqa: E501  (a row of a table stays on one line)

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from engine.calendar.working import JAKARTA
from engine.directory import who
from engine.event import Bounced
from engine.letter import Letter, LetterState
from engine.policy import Policy
from engine.reading import Status
from engine.ticket import Ticket
from tests.world import CALENDAR, DIRECTORY, MONDAY, City, day, route
from workflows.profiles import PROFILES, SIBADRA, SP4N

# Profile, owner, first day => the mailboxes that are asked, in order, the one who takes over with * => who is told on lists besides
LADDERS = """
sibadra dpupr.kasi.jalan 08-03 => dpupr.kasi.jalan dpupr.kabid.jalan *dpupr.kepala pimpinan.walikota => dpupr.sekretaris setda.asisten.2
sp4n    dpupr.kasi.jalan 08-03 => dpupr.kasi.jalan dpupr.kabid.jalan *dpupr.kepala setda.asisten.2 setda.sekda pimpinan.wawali pimpinan.walikota => dpupr.sekretaris
sibadra kelbojongkerta.kasi.ekbang 11-09 => kelbojongkerta.kasi.ekbang kelbojongkerta.seklur *kecbogorselatan.camat pimpinan.walikota => kecbogorselatan.sekcam setda.asisten.1
sp4n    kelbojongkerta.kasi.ekbang 11-09 => kelbojongkerta.kasi.ekbang kelbojongkerta.seklur *kecbogorselatan.camat setda.asisten.1 setda.sekda pimpinan.wawali pimpinan.walikota => kecbogorselatan.sekcam
sibadra kecbogortimur.kasi.pem 11-09 => kecbogortimur.kasi.pem kecbogortimur.sekcam *kecbogortimur.sekcam pimpinan.walikota => setda.asisten.1
sp4n    kecbogortimur.kasi.pem 11-09 => kecbogortimur.kasi.pem kecbogortimur.sekcam *kecbogortimur.sekcam setda.asisten.1 setda.sekda pimpinan.wawali pimpinan.walikota => kecbogortimur.camat
sibadra tirtapakuan.asman.kebocoran 08-03 => tirtapakuan.asman.kebocoran tirtapakuan.manajer.distribusi *tirtapakuan.dirut pimpinan.walikota => tirtapakuan.dir.teknik setda.asisten.2
sp4n    tirtapakuan.asman.kebocoran 08-03 => tirtapakuan.asman.kebocoran tirtapakuan.manajer.distribusi *tirtapakuan.dirut setda.asisten.2 setda.sekda pimpinan.wawali pimpinan.walikota => tirtapakuan.dir.teknik
sibadra rsud.kasi.igd 08-03 => rsud.kasi.igd rsud.kabid.medik *rsud.direktur pimpinan.walikota => dinkes.kepala rsud.wadir.pelayanan setda.asisten.1
sp4n    rsud.kasi.igd 08-03 => rsud.kasi.igd rsud.kabid.medik *rsud.direktur dinkes.kepala setda.asisten.1 setda.sekda pimpinan.wawali pimpinan.walikota => dinkes.sekretaris rsud.wadir.pelayanan
sibadra setda.kasubag.bantuanhukum 08-03 => setda.kasubag.bantuanhukum setda.kabag.hukum *setda.kabag.hukum pimpinan.walikota => setda.asisten.1
sp4n    setda.kasubag.bantuanhukum 08-03 => setda.kasubag.bantuanhukum setda.kabag.hukum *setda.kabag.hukum setda.asisten.1 setda.sekda pimpinan.wawali pimpinan.walikota =>
sibadra setda.kabag.perenkeu 11-09 => setda.kabag.organisasi setda.asisten.3 pimpinan.walikota =>
sp4n    setda.kabag.perenkeu 11-09 => setda.kabag.organisasi setda.asisten.3 setda.sekda pimpinan.wawali pimpinan.walikota =>
sibadra dpupr.kasi.jasakonstruksi 08-03 => dpupr.kabid.konstruksi dpupr.kepala *dpupr.kepala pimpinan.walikota => dpupr.sekretaris setda.asisten.2
sibadra dispora.kasi.prestasi 08-03 => dispora.kasi.prestasi dispora.kabid.olahraga *dispora.sekretaris pimpinan.walikota => setda.asisten.1
"""
ROWS = [tuple(part.strip() for part in line.split("=>")) for line in LADDERS.strip().splitlines()]


def lone(path: Path, policy: Policy = SIBADRA, at: datetime = MONDAY) -> City:
    """A fresh city."""
    return City.new(path / "city.db", policy, at=at)


def asked(city: City, ticket: Ticket) -> list[Letter]:
    """The reminder and the escalations that ask somebody, oldest first; neither what is only told nor the daily lines."""
    pressed = [one for one in city.store.letters_of(ticket.id) if one.kind in ("reminder", "escalation")]
    return [one for one in pressed if not one.data.get("told") and one.data.get("why") != "daily"]


def mailbox(letter: Letter) -> str:
    """Whose mailbox it is, as a chair."""
    return DIRECTORY.by_address[letter.address]


@pytest.mark.parametrize(("story", "chain", "told"), ROWS, ids=[line[0] for line in ROWS])
def test_each_branch(tmp_path: Path, story: str, chain: str, told: str) -> None:
    """Nobody answers: each is asked once in turn, up to the Wali Kota; one takes over; the others read it on a list; and
    `sibadra who` names the same mailboxes.
    """
    profile, owner, first = story.split()
    month, number = map(int, first.split("-"))
    city = lone(tmp_path, PROFILES[profile], day(month, number))
    ticket = city.complain(route=route(owner))
    city.wait(timedelta(days=4 if profile == "sibadra" else 40))
    climbed = asked(city, ticket)
    assert [f"{'*' if one.data.get('takes_over') else ''}{mailbox(one)}" for one in climbed] == chain.split()
    takes = [one.position for one in climbed if one.data.get("takes_over")]
    assert city.ticket(ticket).holder == (takes[-1] if takes else owner)
    sent = {mailbox(one) for one in climbed}
    besides = [one for one in city.letters(ticket, "escalation") if one.data.get("told")]
    listed = {mailbox(one) for one in city.store.letters_of(ticket.id) if one.error == "on a list"}
    assert not besides or profile == "sibadra"
    leaders = {city.desk.world.desk, "setda.sekda", "pimpinan.wawali", "pimpinan.walikota"}
    assert listed - sent - leaders == set(told.split())
    explained = "\n".join(who(DIRECTORY, owner, city.desk.world.day(ticket.opened_at)))
    assert all(f"-> {one.address} " in explained for one in climbed)
    assert city.clocks(ticket) == {"daily", "settlement"}


def test_only_told_by_mail_are_sekda_and_wakil(tmp_path: Path) -> None:
    """At 48 hours sekda and wakil wali kota read a mail of their own, marked as told, with no takeover."""
    city = lone(tmp_path)
    ticket = city.complain()
    city.wait(timedelta(hours=49))
    told = {one.position for one in city.letters(ticket, "escalation") if one.data.get("told") and one.sent_at}
    assert told == {"setda.sekda", "pimpinan.wawali"}


def _lent() -> list[tuple[str, date]]:
    """Each chair of the directory with a Plt or Plh, on the days around its first and last."""
    found = []
    for position in DIRECTORY.positions.values():
        if position.acting is not None and position.acting.from_ and position.acting.to:
            for first in (position.acting.from_, position.acting.to):
                found += [(position.id, first + timedelta(days=d)) for d in (-1, 0, 1)]
    return found


@pytest.mark.parametrize(("chair", "on"), _lent(), ids=str)
def test_plt_plh_and_vacancies_as_of_that_day(tmp_path: Path, chair: str, on: date) -> None:
    """A task reaches whoever sits in the chair that day, else the filled chair above; `who` said so before."""
    city = lone(tmp_path, at=datetime(on.year, on.month, on.day, 10, tzinfo=JAKARTA))
    task = city.letters(city.complain(route=route(chair)), "task")[0]
    position = DIRECTORY.positions[chair]
    assert position.acting is not None
    if position.acting.on(on):
        assert mailbox(task) == position.acting.position
        assert task.name == f"{position.acting.kind}. {position.title}"
    else:
        assert mailbox(task) == (chair if position.holder else position.reports_to)
    line = next(line for line in who(DIRECTORY, chair, on) if line.startswith("   0. "))
    assert f"{task.name} -> {task.address} " in line


@pytest.mark.parametrize(
    "vacant", [p.id for p in DIRECTORY.positions.values() if p.holder is None and p.acting is None]
)
def test_a_vacant_chairs_task_is_the_superiors(tmp_path: Path, vacant: str) -> None:
    """The chair above gets it at once, is offered all words, and what he asks goes to the citizen, not to himself."""
    city = lone(tmp_path)
    ticket = city.complain(route=route(vacant))
    task = city.letters(ticket, "task")[0]
    assert task.position == DIRECTORY.positions[vacant].reports_to
    offered = {word[0] for word in task.data["words"]}  # type: ignore[attr-defined]
    assert {"TERIMA", "SELESAI", "ALIHKAN"} <= offered
    ticket = city.answer(ticket, Status.NEED_INFO, "Di mana tepatnya?", letter=task, explicit=False)
    assert ticket.state == "need_info"
    assert city.says(ticket, Status.INFO, "Depan SDN.").state == "forwarded"
    assert city.answer(ticket, Status.DONE, "Sudah.", letter=task).state == "done"


@pytest.mark.parametrize("policy", [SIBADRA, SP4N], ids=lambda policy: policy.name)
@pytest.mark.parametrize("answers", [1, 2, 3])
def test_an_answer_stops_it_at_once(tmp_path: Path, policy: Policy, answers: int) -> None:
    """Whoever is asked second, third or fourth answers: nobody is asked or told after it, nothing that waited is sent."""
    city = lone(tmp_path, policy)
    ticket = city.complain()
    while len(asked(city, ticket)) <= answers:
        city.wait(timedelta(hours=1))
    last = asked(city, ticket)[answers]
    ticket = city.answer(
        ticket, Status.IN_PROGRESS, "Regu berangkat.", letter=last, promised=city.now.date() + timedelta(days=30)
    )
    assert ticket.state == "in_progress"
    known = {one.id for one in city.store.letters_of(ticket.id)}
    city.wait(timedelta(days=12))
    later = [one for one in city.store.letters_of(ticket.id) if one.id not in known]
    assert [one.kind for one in later if one.kind in ("reminder", "escalation")] == []
    waiting = [one for one in city.store.letters_of(ticket.id) if one.state in (LetterState.QUEUED, LetterState.DIGEST)]
    assert [one.kind for one in waiting if one.kind == "escalation"] == []
    after = [one for one in city.sent if one.kind == "digest" and one.created_at > ticket.changed_at]
    assert [line for one in after for line in one.data["items"] if line["kind"] == "escalation"] == []  # type: ignore[attr-defined]


def test_an_unread_escalation_climbs_sooner(tmp_path: Path) -> None:
    """In the national profile a superior who opens it has two working days, one who does not has one."""
    heads = []
    for opens in (True, False):
        city = City.new(tmp_path / f"{opens}.db", SP4N)
        ticket = city.complain()
        while len(asked(city, ticket)) < 2:
            city.wait(timedelta(hours=1))
        second = asked(city, ticket)[1]
        city.wait(timedelta(hours=17))
        if opens:
            city.open_letter(second)
        while len(asked(city, ticket)) < 3:
            city.wait(timedelta(hours=1))
        heads.append(asked(city, ticket)[2].created_at)
    assert heads[0].astimezone(JAKARTA).date() - heads[1].astimezone(JAKARTA).date() == timedelta(days=1)


def test_at_the_top_a_daily_line_and_no_loop(tmp_path: Path) -> None:
    """After the Wali Kota was asked he gets one line on each working day's list, and nobody else anything more."""
    city = lone(tmp_path)
    ticket = city.complain()
    city.wait(timedelta(hours=60))
    known, lists = {one.id for one in city.store.letters_of(ticket.id)}, len(city.sent)
    city.wait(timedelta(days=7))
    later = [one for one in city.store.letters_of(ticket.id) if one.id not in known]
    assert {(one.kind, one.position) for one in later} == {("escalation", "pimpinan.walikota")}
    days = [
        one.created_at.astimezone(JAKARTA).date() for one in city.sent[lists:] if one.position == "pimpinan.walikota"
    ]
    assert days == [date(2026, 8, number) for number in (7, 10, 11, 12)]
    assert all(len(one.data["items"]) == 1 for one in city.sent[lists:])  # type: ignore[arg-type]


@pytest.mark.parametrize("urgent", [False, True])
def test_only_what_is_urgent_comes_at_night(tmp_path: Path, urgent: bool) -> None:
    """Reported on a Saturday night: a task comes at once, whoever is pressed reads it in working hours, unless lives are
    in danger.
    """
    city = lone(tmp_path, at=day(8, 1, 23))
    ticket = city.complain(route=route(urgent=urgent))
    city.wait(timedelta(days=4))
    pressed = [one for one in asked(city, ticket) if one.sent_at]
    closed = [one for one in pressed if one.sent_at and not CALENDAR.is_open(one.sent_at)]
    assert bool(closed) == urgent
    task = city.letters(ticket, "task")[0]
    assert task.sent_at == task.created_at


def test_a_leader_is_never_flooded(tmp_path: Path) -> None:
    """Seven matters reach the Wali Kota on one day: two mails, the rest in one list, each matter once."""
    city = lone(tmp_path)
    for number in range(7):
        city.complain(f"Lubang ke-{number}.", sender=f"w{number}@warga.example")
        city.now += timedelta(minutes=3)
    city.wait(day(8, 6, 16))
    to_him = [one for one in city.sent if one.position == "pimpinan.walikota"]
    on = Counter((one.kind, (one.sent_at or one.not_before).astimezone(JAKARTA).date()) for one in to_him)
    assert on[("escalation", date(2026, 8, 5))] == 2
    lists = [one for one in to_him if one.kind == "digest"]
    assert len(lists) == 1
    numbers = [line["number"] for line in lists[0].data["items"]]  # type: ignore[attr-defined]
    assert len(numbers) == len(set(numbers)) == 5


@pytest.mark.parametrize("rung", [0, 1, 2])
def test_a_mailbox_that_bounces_climbs_at_once(tmp_path: Path, rung: int) -> None:
    """Task, first or second escalation bounces: the next chair is asked in that minute, the desk reads which mailbox."""
    city = lone(tmp_path)
    ticket = city.complain()
    while len([one for one in asked(city, ticket) if one.kind == "escalation"]) < rung:
        city.wait(timedelta(hours=1))
    last = city.letters(ticket, "task")[0] if rung == 0 else asked(city, ticket)[-1]
    before = len(asked(city, ticket))
    city.desk.handle(Bounced(city.now, None, last.id, True, "5.2.2", "552 5.2.2 mailbox full"))
    city.post()
    new = asked(city, ticket)[before:]
    assert [one.created_at for one in new] == [city.now]
    assert new[0].data["why"] == "bounced"
    report = city.letters(ticket, "bounce_report")[0]
    assert (report.position, report.data["mailbox"]) == (city.desk.world.desk, last.address)


def test_a_list_that_bounces_is_reported_and_climbs(tmp_path: Path) -> None:
    """The asisten's mailbox returns his list: the desk knows, and the matters that waited for him go on to the sekda."""
    city = lone(tmp_path, SP4N)
    first, second = (city.complain(f"Lubang {n}.", sender=f"w{n}@warga.example") for n in range(2))
    while not (lists := [one for one in city.sent if one.kind == "digest" and one.position == "setda.asisten.2"]):
        city.wait(timedelta(hours=1))
    city.desk.handle(Bounced(city.now, None, lists[0].id, True, "5.1.1", "550 5.1.1 no such user"))
    for ticket in (first, second):
        last = asked(city, ticket)[-1]
        assert (last.position, last.created_at, last.data["why"]) == ("setda.sekda", city.now, "bounced")
    city.wait(timedelta(days=1))
    reports = [one for one in city.sent if one.kind == "bounce_report"]
    assert [one.data["mailbox"] for one in reports] == ["asisten.2@setda.kotabogor.example"]


OVER_CLOSED_DAYS = """
08-07 10:00 => 08-10 07:30 kabid, 08-10 08:30 kepala, 08-10 09:30 walikota
08-08 10:00 => 08-10 13:30 kabid, 08-10 14:30 kepala, 08-10 15:30 walikota
03-17 15:00 => 03-25 13:30 kabid, 03-25 14:30 kepala, 03-25 15:30 walikota
08-03 09:00 => 08-03 15:00 kabid, 08-04 09:00 kepala, 08-05 09:00 walikota
08-06 15:30 => 08-07 13:30 kabid, 08-07 15:30 kepala, 08-10 07:30 walikota
"""


@pytest.mark.parametrize("story", OVER_CLOSED_DAYS.strip().splitlines())
def test_a_weekend_does_not_use_up_everybody_at_once(tmp_path: Path, story: str) -> None:
    """The rule's 24 and 48 hours pass over a weekend or Lebaran while letters wait: still each rung has an hour of the
    office's time before the next, the letter names no hour that has passed, and on other days the rule holds exactly.
    """
    opened, _, rungs = story.partition(" => ")
    at = datetime.strptime(f"2026-{opened}", "%Y-%m-%d %H:%M").replace(tzinfo=JAKARTA)
    city = lone(tmp_path, SIBADRA, at)
    ticket = city.complain()
    city.wait(timedelta(days=9))
    climbed = [one for one in asked(city, ticket) if one.kind == "escalation"]
    when = [one.not_before.astimezone(JAKARTA) for one in climbed]
    assert ", ".join(f"{t:%m-%d %H:%M} {_last(one)}" for t, one in zip(when, climbed, strict=True)) == rungs
    for letter, upper in zip(climbed, when[1:], strict=False):
        promised = datetime.fromisoformat(str(letter.data["answer_by"])).astimezone(JAKARTA)
        assert when[climbed.index(letter)] < promised <= upper


def _last(letter: Letter) -> str:
    return mailbox(letter).split(".")[1]
