"""Two more workflows on the same engine: emergencies by the clock, requests for information by the law."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.reading import Status
from engine.routing.route import Confidential
from engine.ticket import Ticket
from engine.workflow import diagram, problems
from mail.write import template_kinds
from tests.world import City, day, on, route
from workflows.all import POLICIES, RULES, WORKFLOWS
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


def test_secret_or_unsure_is_never_another_workflow(city: City) -> None:
    """Whistle-blowing about a fire goes to the inspectorate's complaint; what routing doubts goes to the desk."""
    secret = city.complain(route=route("damkar.kepala", "KEBAKARAN", urgent=True, confidential=Confidential.SECRET))
    unsure = city.complain("Ada asap?", route=route(None, "KEBAKARAN", urgent=True))
    assert (secret.workflow, unsure.workflow, unsure.state) == ("complaint", "complaint", "triage")


def test_a_ticket_keeps_the_rules_it_was_opened_under(tmp_path: Path) -> None:
    """When the city changes its profile, tickets that are open go on by the old numbers."""
    from dataclasses import replace

    city = City.new(tmp_path / "city.db")
    old = city.complain()
    city.desk.world = replace(city.desk.world, policy=SP4N)
    new = city.complain("Parkir liar.", sender="budi@warga.example", route=route("dishub.kasi.parkir", "PARKIR-LIAR"))
    assert (old.rules, new.rules) == ("sibadra-2019", "sp4n-2018")
    city.wait(timedelta(hours=25))
    assert (city.ticket(old).holder, city.ticket(new).holder) == ("dpupr.kepala", "dishub.kasi.parkir")
