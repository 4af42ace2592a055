"""Danger in what is another authority's: somebody of the city is told at once, and the citizen whom to call."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.calendar.working import JAKARTA
from engine.reading import Kind, Status
from engine.routing.route import Candidate, Route
from tests.post import CITIZEN, Town, html, words
from tests.world import DIRECTORY, City, route
from workflows.emergency import EMERGENCY_RULES

NIGHT = datetime(2026, 8, 2, 2, 10, tzinfo=JAKARTA)
RESCUE = "kasi.penyelamatan@damkar.kotabogor.example"
FIRE = "kabid.operasi@damkar.kotabogor.example"
DESK = "kasi.aduan@diskominfo.kotabogor.example"
DISASTER = "kasi.kedaruratan@bpbd.kotabogor.example"


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A fresh city in the night to a Sunday."""
    return Town(tmp_path, at=NIGHT)


@pytest.fixture
def city(tmp_path: Path) -> City:
    """The same city's desk alone."""
    return City.new(tmp_path / "city.db", at=NIGHT)


@pytest.mark.parametrize(
    ("text", "told", "agency"),
    [
        ("Ada anak tenggelam di Ciliwung dekat Sempur tolong cepat", RESCUE, "bbwscc"),
        ("Longsor di tebing Ciliwung Sempur, rumah hampir jatuh", DISASTER, "bbwscc"),
        ("Kecelakaan di tol BORR, korban terjepit", RESCUE, "jasamarga"),
        ("trafo PLN meledak di Cipaku apinya nyambar rumah", FIRE, "pln"),
        ("kabel listrik jatuh ke genangan depan SD", DISASTER, "pln"),
        ("bau gas dari pipa di Jl. Merak, banyak orang pusing", DISASTER, "pgn"),
    ],
)
def test_danger_at_an_agencys_is_an_emergency_of_the_city(town: Town, text: str, told: str, agency: str) -> None:
    """Not closed: a chair that helps and the head of its office have it in the same minute of the night, the citizen
    reads first whom to call, and then whose matter it is.
    """
    town.send(CITIZEN, text)
    (ticket,) = town.tickets()
    assert (ticket.state, ticket.workflow, ticket.urgent) == ("forwarded", "emergency", True)
    task = town.find(told, "MENDESAK")
    head = town.find(f"kepala@{told.rpartition('@')[2]}", "MENDESAK")
    assert f"layanan@{agency}.example" in words(task)
    assert "pastikan pertolongan" in " ".join(words(head).split())
    (receipt,) = town.inbox(CITIZEN)
    said = " ".join(words(receipt).split())
    assert said.index("segera telepon 112") < said.index("nomor C-2026") < said.index(f"layanan@{agency}.example")
    assert "112" in html(receipt)


def test_what_endangers_nobody_stays_the_agencys(town: Town) -> None:
    """A dead lamp of the grid's is answered and closed as before, no official of the city reads of it."""
    town.send(CITIZEN, "Listrik padam di Cipaku sejak sore, kapan PLN memperbaiki?")
    (ticket,) = town.tickets()
    assert (ticket.state, ticket.external, ticket.urgent) == ("external", "PLN", False)
    assert [letter.kind for letter in town.app.store.letters_of(ticket.id)] == ["external"]
    assert "112" not in words(town.inbox(CITIZEN)[0])


def test_neighbours_of_one_danger_are_one_task(town: Town) -> None:
    """The second report joins the first; its writer too reads whom to call and whose matter it is."""
    town.send(CITIZEN, "trafo PLN meledak di Cipaku apinya nyambar rumah")
    town.send("budi@warga.example", "Api dari trafo PLN di Cipaku sudah membakar rumah tetangga, tolong!")
    first, second = town.tickets()
    assert (second.state, second.joined_to) == ("joined", first.id)
    said = words(town.inbox("budi@warga.example")[0])
    assert "112" in said
    assert "layanan@pln.example" in said


def test_the_desk_gets_what_routing_is_unsure_of(town: Town) -> None:
    """Poisoned at school: the food agency's or the city's? Asked by the minute; who says it is the agency's closes it
    with a letter that still says whom to call.
    """
    town.send(CITIZEN, "anak saya keracunan makanan MBG di SDN Polisi, 20 anak muntah")
    (ticket,) = town.tickets()
    assert (ticket.state, ticket.workflow) == ("triage", "emergency")
    town.wait(timedelta(minutes=8))
    assert [letter.kind for letter in town.letters(ticket, "reminder")] == ["reminder"]
    town.press(DESK, town.find(DESK, "Mohon diarahkan"), "EKSTERNAL BGN")
    assert town.app.store.ticket(ticket.id).state == "external"  # type: ignore[union-attr]
    assert all("segera telepon 112" in words(mail) for mail in town.inbox(CITIZEN))


def test_to_help_does_not_say_whose_matter_it_is(city: City) -> None:
    """The fire brigade passes it on and it is put out: routing learns from neither that the grid is the city's."""
    helped = candidates(("damkar.kabid.operasi", "KEBAKARAN"))
    ticket = city.complain("Gardu PLN terbakar!", kind=Kind.EXTERNAL, route=outside("PLN", helped))
    assert ticket.holder == "damkar.kabid.operasi"
    ticket = city.answer(ticket, Status.FORWARDED, "TERUSKAN BPBD", target="bpbd.kasi.kedaruratan")
    task = city.letters(ticket, "task")[-1]
    assert task.data["called"]
    assert task.data["contact_email"] == "layanan@pln.example"
    city.answer(ticket, Status.DONE, "Api padam, PLN sudah di lokasi.")
    (said,) = city.store.decisions()
    assert (said["by"], said["external"], said["unit"], said["owner"]) == ("routing", "PLN", None, None)


def test_a_city_without_such_chairs_asks_its_desk(city: City) -> None:
    """No chair in the rules, or one that the report accuses: the desk has it as urgent, and it is not closed."""
    rules = {"emergency": (replace(EMERGENCY_RULES, emergency_positions=()),)}
    city.desk.world = replace(city.desk.world, rules={**city.desk.world.rules, **rules})
    ticket = city.complain("Gardu PLN terbakar!", kind=Kind.EXTERNAL, route=outside("PLN"))
    assert (ticket.state, ticket.workflow, ticket.holder) == ("triage", "emergency", "diskominfo.kasi.aduan")


def test_whom_the_report_accuses_does_not_get_it(city: City) -> None:
    """The desk decides where the helper himself is accused."""
    text = "Gardu PLN terbakar! Kepala Seksi Kedaruratan BPBD minta uang sebelum datang, pungli."
    ticket = city.complain(text, kind=Kind.EXTERNAL, route=outside("PLN"))
    assert ticket.reported
    assert (ticket.state, ticket.workflow, ticket.urgent) == ("triage", "emergency", True)
    assert not city.letters(ticket, "task")


@pytest.mark.parametrize("sender", [CITIZEN, "budi@warga.example"])
def test_danger_at_a_known_spot_reaches_its_holder_though_the_desk_is_asked(tmp_path: Path, sender: str) -> None:
    """An ambulance's or the road's? The desk decides; who has the hole hears at once that somebody fell into it."""
    town = Town(tmp_path)
    first = "Jalan berlubang di Jl. Merdeka depan Indomaret, Kelurahan Cibogor, dalam sekali, mohon ditambal."
    town.send(CITIZEN, first, "Jalan berlubang")
    town.wait(timedelta(hours=2))
    second = "di lubang yang sama ibu hamil jatuh, pendarahan, darurat tolong!"
    town.send(sender, second, "Lubang Jl. Merdeka")
    hole, danger = town.tickets()
    assert (danger.state, danger.workflow, danger.joined_to) == ("triage", "emergency", None)
    assert "MENDESAK" in str(town.find(DESK, "Mohon diarahkan")["Subject"])
    assert (hole.urgent, hole.holder) == (True, "dpupr.kasi.jalan")
    for box in ("kasi.jalan@dpupr.kotabogor.example", "kepala@dpupr.kotabogor.example"):
        said = " ".join(words(town.find(box, f"[{hole.number}] MENDESAK")).split())
        assert f"menurut laporan {danger.number} yang tampaknya tentang hal yang sama" in said
        assert "ibu hamil jatuh" in said
    town.press(DESK, town.find(DESK, "Mohon diarahkan"), f"GABUNG {hole.number}")
    assert town.tickets()[1].joined_to == hole.id
    assert len(town.letters(hole, "task")) == 3  # the hole's own, and the danger to holder and head once


def test_another_danger_leaves_what_is_open_alone(tmp_path: Path) -> None:
    """Danger elsewhere makes no emergency of an open hole, however unsure routing is of it."""
    town = Town(tmp_path)
    town.send(CITIZEN, "Jalan berlubang di Jl. Merdeka depan Indomaret, mohon ditambal.", "Jalan berlubang")
    town.send("budi@warga.example", "anak saya keracunan makanan MBG di SDN Polisi, 20 anak muntah", "Keracunan")
    hole, danger = town.tickets()
    assert (danger.state, danger.urgent, hole.urgent) == ("triage", True, False)


def outside(agency: str, others: tuple[Candidate, ...] = ()) -> Route:
    """A sure and urgent route to an agency, with the city's candidates behind it."""
    first = Candidate(None, None, None, agency, 0.99)
    return route(None, topic=None, external=agency, urgent=True, triage=False, candidates=(first, *others))


def candidates(*chairs: tuple[str, str]) -> tuple[Candidate, ...]:
    """Chairs with their topics as routing's faint guesses."""
    return tuple(Candidate(topic, DIRECTORY.positions[one].unit, one, None, 0.001) for one, topic in chairs)
