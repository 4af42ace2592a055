"""Two more workflows on the same engine: emergencies by the clock, requests for information by the law."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.calendar.working import JAKARTA
from engine.reading import Status
from engine.routing.route import Confidential
from engine.ticket import Ticket
from engine.workflow import diagram, problems
from mail.write import template_kinds
from tests.post import Town, words
from tests.world import CALENDAR, City, day, on, route
from workflows.all import POLICIES, RULES, WORKFLOWS
from workflows.complaint import COMPLAINT
from workflows.profiles import SP4N

ASKED = route("diskominfo.kasi.informasi", topic="INFORMASI")


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A fresh city on Friday night, 7 August 2026, half past nine."""
    return City.new(tmp_path / "city.db", at=day(8, 7, 21, 30))


def burning(city: City) -> Ticket:
    """A fire, whose owner is the first chair of the topic."""
    owner = city.desk.world.directory.topics["KEBAKARAN"].position
    assert owner is not None
    return city.complain(
        "Rumah terbakar di Gang Aut, ada orang di dalam!", route=route(owner, "KEBAKARAN", urgent=True)
    )


@pytest.mark.parametrize("name", WORKFLOWS)
def test_each_table_is_sound(name: str) -> None:
    """No dead end, no missing template or number, no open state without a clock; and it can be drawn."""
    policy = next(iter(RULES.get(name, tuple(POLICIES.values()))))
    assert problems(WORKFLOWS[name], template_kinds(), policy.clocks()) == []
    assert diagram(WORKFLOWS[name]).startswith("stateDiagram-v2")


def test_emergency_reaches_owner_and_head_at_night(city: City) -> None:
    """Owner and head of the office get the task in the same minute, at night; the rules are the emergency's."""
    ticket = burning(city)
    assert (ticket.workflow, ticket.rules, ticket.urgent) == ("emergency", "darurat-2019", True)
    tasks = city.letters(ticket, "task")
    assert len({task.address for task in tasks}) == 2
    assert all(task.sent_at == city.now for task in tasks)


def test_emergency_climbs_by_minutes(city: City) -> None:
    """Unread for fifteen minutes it climbs, and within the night to the mayor; an answer stops it."""
    ticket = burning(city)
    start = city.now
    city.wait(timedelta(minutes=16))
    first = city.letters(ticket, "escalation")
    assert first
    assert first[0].sent_at is not None
    assert first[0].sent_at - start == timedelta(minutes=15)
    city.wait(timedelta(hours=4))
    assert "pimpinan.walikota" in [one.position for one in city.letters(ticket, "escalation") if one.sent_at]
    ticket = city.answer(ticket, Status.IN_PROGRESS, "Regu sudah di lokasi")
    before = len(city.letters(ticket, "escalation"))
    city.wait(timedelta(hours=3))
    assert len(city.letters(ticket, "escalation")) == before


def test_seen_but_unanswered_emergency_climbs_after_an_hour(city: City) -> None:
    """Opened within the quarter, silent for the hour."""
    ticket = burning(city)
    start = city.now
    for task in city.letters(ticket, "task"):
        city.open_letter(task)
    city.wait(timedelta(minutes=59))
    assert not city.letters(ticket, "escalation")
    city.wait(start + timedelta(minutes=61))
    assert city.letters(ticket, "escalation")


def test_an_emergencys_last_day_wakes_no_leader(city: City) -> None:
    """Five fires that nobody answers: at night the mayor is asked once for each; that the last day has passed he reads
    in working hours, as mails no more than his limit a day, each fire once, and then on his list.
    """
    for number in range(5):
        owner = "damkar.kabid.operasi"
        fire = route(owner, "KEBAKARAN", urgent=True)
        city.complain(f"Kebakaran ke-{number}.", sender=f"w{number}@warga.example", subject=f"Api {number}", route=fire)
        city.now += timedelta(minutes=3)
    city.wait(timedelta(days=12))
    to_him = [one for one in city.sent if one.position == "pimpinan.walikota" and one.kind != "digest"]
    asked = Counter(one.ticket for one in to_him if one.kind == "escalation")
    assert set(asked.values()) == {1}
    assert len(asked) == 5
    copies = [one for one in to_him if one.kind == "settlement_copy"]
    assert all(CALENDAR.is_open(one.not_before) for one in copies)
    assert set(Counter(one.ticket for one in copies).values()) == {1}
    days = Counter(one.not_before.astimezone(JAKARTA).date() for one in copies)
    assert max(days.values()) <= city.desk.world.policy.mails_per_day("walikota")
    listed = [one for one in city.sent if one.position == "pimpinan.walikota" and one.kind == "digest"]
    assert all(len(one.data["items"]) == 5 for one in listed[-2:])  # type: ignore[arg-type]


def test_emergency_cannot_be_put_off(city: City) -> None:
    """TUNDA is no word of this workflow: nothing changes, and the answer says what is allowed."""
    ticket = burning(city)
    after = city.answer(ticket, Status.POSTPONED, "TUNDA\nmenunggu anggaran", promised=on(8, 20))
    assert after.state == "forwarded"
    refused = city.letters(ticket)[-1]
    assert refused.kind == "not_allowed"
    assert "TUNDA" not in [word[0] for word in refused.data["words"]]  # type: ignore[attr-defined]


def test_information_request_goes_to_the_ppid(tmp_path: Path) -> None:
    """Five working days to the answer, then the head of the office takes it over."""
    city = City.new(tmp_path / "city.db")
    ticket = city.complain("Mohon salinan RKA Dinas PUPR 2026.", route=ASKED)
    assert (ticket.workflow, ticket.holder) == ("information", "diskominfo.kasi.informasi")
    settled = next(d for d in city.store.deadlines_of(ticket.id) if d.clock == "settlement")
    assert settled.due_at == day(8, 10, 16)
    city.wait(day(8, 10, 16, 30))
    assert city.ticket(ticket).holder == "diskominfo.kepala"


def test_information_extended_given_and_objected(tmp_path: Path) -> None:
    """Extended with reason and date, given, objected to: the superior of the PPID holds it; then it ends."""
    city = City.new(tmp_path / "city.db")
    ticket = city.complain("Mohon salinan RKA Dinas PUPR 2026.", route=ASKED)
    ticket = city.answer(ticket, Status.POSTPONED, "TUNDA\nmenunggu unit", promised=on(8, 14))
    assert ticket.state == "postponed"
    ticket = city.answer(ticket, Status.DONE, "SELESAI\nterlampir")
    ticket = city.says(ticket, Status.DISPUTED, "Tidak lengkap.")
    assert (ticket.state, ticket.holder) == ("in_progress", "diskominfo.kabid.ikp")
    ticket = city.answer(ticket, Status.DONE, "SELESAI")
    ticket = city.says(ticket, Status.CONFIRMED)
    assert ticket.state == "closed"


def test_danger_is_an_emergency_whatever_the_topic(tmp_path: Path) -> None:
    """Someone under a fallen tree at ten at night: the tree's kasi, his head and the co-offices get it at once, and are
    asked for an answer within the hour, not by Tuesday noon.
    """
    town = Town(tmp_path, at=day(8, 3, 22))
    with contextlib.closing(town.app):
        town.send(
            "rina@warga.example", "Pohon tumbang di Jl. Ceremai menimpa mobil, ada orang terjepit!", "Pohon tumbang"
        )
        ticket = town.tickets()[0]
        assert (ticket.workflow, ticket.topic, ticket.state) == ("emergency", "POHON", "forwarded")
        asked = town.letters(ticket, "task") + town.letters(ticket, "copy")
        assert len({one.address for one in asked}) >= 3
        assert {one.sent_at for one in asked} == {town.now}
        task = " ".join(words(town.find(town.letters(ticket, "task")[-1].address, "MENDESAK")).split())
        assert "paling lambat Senin, 3 Agustus 2026 pukul 23.01" in task


def test_unsure_emergency_is_the_desks_by_the_minute(city: City) -> None:
    """Nobody knows whose it is: reminded in seven minutes of the night, the superior a quarter later, the mayor within
    six hours; what the desk then names gets it with its head, by the minute too.
    """
    ticket = city.complain("Ada orang terjepit, tolong!", route=route(None, "", urgent=True))
    assert (ticket.workflow, ticket.rules, ticket.state) == ("emergency", "darurat-2019", "triage")
    start = city.now
    city.wait(timedelta(hours=6))
    asked = [(one.kind, one.position, one.sent_at) for one in city.letters(ticket) if one.position and one.sent_at]
    steps = [(kind, who, (at - start).total_seconds() / 60) for kind, who, at in asked]
    assert steps[:5] == [
        ("triage", "diskominfo.kasi.aduan", 0),
        ("reminder", "diskominfo.kasi.aduan", 7),
        ("escalation", "diskominfo.kabid.ikp", 22),
        ("escalation", "diskominfo.kepala", 82),
        ("escalation", "pimpinan.walikota", 322),
    ]
    ticket = city.answer(ticket, Status.COMMENT, "DAMKAR", explicit=False, letter=city.letters(ticket, "triage")[0])
    assert ticket.state == "forwarded"
    city.wait(timedelta(minutes=16))
    assert [one.position for one in city.letters(ticket, "task")] == [ticket.holder]  # it is the head himself


def test_handed_on_by_the_desk_it_reaches_the_head_too(city: City) -> None:
    """The chair that the desk names gets it, its office's head in the same minute; the clock is the chair's."""
    ticket = city.complain("Ada orang terjepit, tolong!", route=route(None, "", urgent=True))
    ticket = city.answer(ticket, Status.COMMENT, "damkar.kasi.penyelamatan", explicit=False)
    tasks = city.letters(ticket, "task")
    assert [one.position for one in tasks] == ["damkar.kepala", "damkar.kasi.penyelamatan"]
    assert {one.sent_at for one in tasks} == {city.now}
    unread = next(d for d in city.store.deadlines_of(ticket.id, live=True) if d.clock == "unread")
    assert (unread.letter, unread.due_at) == (tasks[-1].id, city.now + timedelta(minutes=15))


def test_danger_raises_a_matter_in_which_there_was_none(city: City) -> None:
    """The tree that leans was reported in the morning; that it lies on somebody now joins it and makes an emergency of
    it: holder and head are asked at once with the words of danger, under the clocks of an emergency.
    """
    tree = {"sender": "a@warga.example", "subject": "Pohon tumbang"}
    text = "Pohon besar tumbang menutup Jl. Ceremai depan nomor 12."
    first = city.complain(text, route=route("disperumkim.kasi.pohon", "POHON"), **tree)
    city.now += timedelta(hours=1)
    second, third = (
        city.complain(
            f"{text} Ada orang terjepit!",
            sender=f"{who}@warga.example",
            subject="Pohon tumbang",
            route=route("disperumkim.kasi.pohon", "POHON", urgent=True),
        )
        for who in "bc"
    )
    assert (second.joined_to, third.joined_to) == (first.id, first.id)
    first = city.ticket(first)
    assert (first.rules, first.urgent, first.state) == ("darurat-2019", True, "forwarded")
    chairs = ["disperumkim.kasi.pohon", "disperumkim.kepala", "disperumkim.kasi.pohon"]
    tasks = city.letters(first, "task")
    assert [one.position for one in tasks] == chairs
    assert [one.data.get("danger", "")[-20:] for one in tasks] == ["", *[" Ada orang terjepit!"] * 2]
    due = {d.clock.value: d.due_at for d in city.store.deadlines_of(first.id, live=True)}
    assert due["unanswered"] == city.now + timedelta(minutes=60)
    assert due["settlement"] == city.now + timedelta(hours=24)
    assert city.store.broken_links() == []


def test_danger_by_the_desks_own_join_raises_too(city: City) -> None:
    """GABUNG of an urgent report is no way to let it wait."""
    first = city.complain("Jalan licin di Jl. Ceremai.", route=route())
    city.answer(first, Status.POSTPONED, "Menunggu material.", promised=city.now.date() + timedelta(days=20))
    second = city.complain("Ada korban terjepit!", sender="b@warga.example", route=route(None, "", urgent=True))
    city.answer(second, Status.COMMENT, first.number, explicit=False)
    assert (city.ticket(second).state, city.ticket(second).joined_to) == ("joined", first.id)
    assert (city.ticket(first).rules, city.ticket(first).state) == ("darurat-2019", "forwarded")
    assert "promise" not in city.clocks(first)


def test_danger_does_not_join_what_cannot_be_raised(city: City) -> None:
    """A ticket of rules from before has no row for it: then the urgent report is a job of its own."""
    world = city.desk.world
    old = replace(COMPLAINT, rows=tuple(one for one in COMPLAINT.rows if one.event != "raise"))
    city.desk.world = replace(world, workflows={**world.workflows, "complaint": old}, tables={})
    text = "Pohon besar tumbang menutup Jl. Ceremai depan nomor 12."
    tree = route("disperumkim.kasi.pohon", "POHON")
    first = city.complain(text, sender="a@warga.example", subject="Pohon tumbang", route=tree)
    urgent = replace(tree, urgent=True)
    second = city.complain(f"{text} Ada orang terjepit!", sender="b@warga.example", subject="Pohon", route=urgent)
    assert (city.ticket(first).workflow, second.state, second.workflow) == ("complaint", "forwarded", "emergency")


def test_rows_into_another_workflow_lead_to_a_state_it_knows() -> None:
    """What goes on under another table is in a state of that table."""
    into = [one for workflow in WORKFLOWS.values() for one in workflow.rows if one.into]
    assert {one.event for one in into} == {"raise", "urge"}
    for one in into:
        known = {info.name for info in WORKFLOWS[one.into].states}
        assert set(one.states if one.to == "(same)" else (one.to,)) <= known


def test_secret_is_never_another_workflow(city: City) -> None:
    """Whistle-blowing about a fire goes to the inspectorate's complaint."""
    secret = city.complain(route=route("damkar.kepala", "KEBAKARAN", urgent=True, confidential=Confidential.SECRET))
    assert secret.workflow == "complaint"


def test_what_is_unsure_and_in_no_danger_is_a_complaint(city: City) -> None:
    """A topic that routing doubts decides no workflow."""
    unsure = city.complain("Data apa ya?", route=route(None, "INFORMASI"))
    assert (unsure.workflow, unsure.state) == ("complaint", "triage")


def test_a_ticket_keeps_the_rules_it_was_opened_under(tmp_path: Path) -> None:
    """When the city changes its profile, tickets that are open go on by the old numbers."""
    city = City.new(tmp_path / "city.db")
    old = city.complain()
    city.desk.world = replace(city.desk.world, policy=SP4N)
    new = city.complain("Parkir liar.", sender="budi@warga.example", route=route("dishub.kasi.parkir", "PARKIR-LIAR"))
    assert (old.rules, new.rules) == ("sibadra-2019", "sp4n-2018")
    city.wait(timedelta(hours=25))
    assert (city.ticket(old).holder, city.ticket(new).holder) == ("dpupr.kepala", "dishub.kasi.parkir")


def test_emergency_in_hand_is_asked_for_news_by_day(city: City) -> None:
    """Begun on Friday night: news is asked for on Monday, within working hours, and not in the small hours."""
    ticket = city.answer(burning(city), Status.IN_PROGRESS, "Regu di lokasi, api sudah padam.")
    city.wait(timedelta(days=5))
    news = city.letters(ticket, "news")[0]
    assert CALENDAR.is_open(news.not_before)
    assert city.letters(ticket, "escalation")[0].created_at > news.not_before
