"""A report that accuses somebody goes to the inspectorate and reaches neither him nor those who answer to him."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.desk.letters import official, post
from engine.directory import accused, addressee, barred
from engine.directory.model import Acting
from engine.event import Commanded
from engine.letter import Reader
from engine.reading import Kind, Reading, Speaker, Status
from engine.routing.route import Confidential
from engine.ticket import Role, State, Ticket
from mail.reply.answer import answer
from tests.world import DIRECTORY, City, message, route

GUARD = "INSPEKTORAT"
IRBAN = "inspektorat.irban.khusus"
DESK = "kasi.aduan@diskominfo.kotabogor.example"


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A fresh city on Monday 3 August 2026, nine o'clock."""
    return City.new(tmp_path / "city.db")


def secret(city: City, text: str, owner: str | None = "dishub.kasi.parkir") -> Ticket:
    """A secret report as routing hears it."""
    return city.complain(text, route=route(owner, confidential=Confidential.SECRET))


def readers(city: City) -> set[str]:
    """The mailboxes of officials that any letter was sent to."""
    return {letter.address for letter in city.sent if letter.reader is not Reader.CITIZEN}


@pytest.mark.parametrize(
    ("reported", "yes", "no"),
    [
        ("dishub.kabid.angkutan", ["dishub.kabid.angkutan"], ["dishub.kepala", "dpupr.kepala", IRBAN]),
        ("dishub.kepala", ["dishub.kepala", "dishub.kasi.parkir"], ["setda.asisten.2", "dpupr.kepala", IRBAN]),
        ("DISHUB", ["dishub.kepala", "dishub.kasi.parkir"], ["setda.asisten.2", IRBAN]),
        ("KEC-BOGORBARAT", ["kecbogorbarat.camat", "kelloji.lurah"], ["kecbogorutara.camat", "setda.asisten.1"]),
        ("setda.sekda", ["setda.sekda", "setda.asisten.1"], ["dishub.kepala", "inspektorat.kepala", IRBAN]),
        ("SETDA", ["setda.sekda"], ["dishub.kepala", "pimpinan.walikota"]),
        ("pimpinan.walikota", ["pimpinan.walikota", "pimpinan.wawali"], ["setda.sekda", "inspektorat.kepala"]),
        ("inspektorat.kepala", ["inspektorat.kepala", IRBAN], ["setda.sekda", "dishub.kepala"]),
        (IRBAN, [IRBAN], ["inspektorat.kepala", "inspektorat.irban.1"]),
        ("tidak.ada", ["tidak.ada"], ["dishub.kepala", "lain.lagi"]),
    ],
)
def test_who_is_barred(reported: str, yes: list[str], no: list[str]) -> None:
    """The accused with all below; of the city's leaders only their own staff; the inspectorate only by its own."""
    assert [one for one in yes if not barred(DIRECTORY, [reported], GUARD, one)] == []
    assert [one for one in no if barred(DIRECTORY, [reported], GUARD, one)] == []


@pytest.mark.parametrize(
    ("text", "unit", "found"),
    [
        ("Hanya untuk Inspektorat. Lurah Semplak meminta setoran.", None, ("KEL-SEMPLAK",)),
        ("Rahasia, terutama dari lurah dan camat. Saya di Kelurahan Semplak.", None, ("KEL-SEMPLAK", "KEC-BOGORBARAT")),
        ("jangan sampai bocor ke Dishub", "INSPEKTORAT", ("DISHUB",)),
        ("setoran di dinas kami", "DISDIK", ("DISDIK",)),
        ("Kepada Yth. Wali Kota Bogor, saya pegawai.", None, ()),
        ("setoran untuk pak sekda", None, ("setda.sekda",)),
    ],
)
def test_whom_a_secret_report_names(text: str, unit: str | None, found: tuple[str, ...]) -> None:
    """Offices by code, name or short name, and whose matter it seems to be; never the inspectorate or the mayor."""
    named = accused(DIRECTORY, text, unit, GUARD)
    assert set(found) <= set(named)
    assert GUARD not in named
    assert "pimpinan.walikota" not in named
    if not found:
        assert named == ()


def test_a_secret_report_reaches_nobody_it_is_about(city: City) -> None:
    """To the inspectorate at once; weeks of silence climb past the reported, with no copy and no list to them."""
    ticket = secret(city, "Setoran parkir diminta Kepala Dishub dan diteruskan ke sekda.")
    assert ticket.holder == IRBAN
    assert {"DISHUB", "setda.sekda"} <= set(ticket.reported)
    city.wait(timedelta(days=30))
    assert "walikota@kotabogor.example" in readers(city)
    assert not any("dishub" in one or one == "sekda@setda.kotabogor.example" for one in readers(city))
    assert all(letter.position != "setda.sekda" for letter in city.letters(ticket))


def test_the_same_silence_without_an_accusation_reaches_the_sekda(city: City) -> None:
    """It is the accusation that keeps him out, not the secret."""
    secret(city, "Setoran diminta atasan saya.", owner=None)
    city.wait(timedelta(days=30))
    assert "sekda@setda.kotabogor.example" in readers(city)


def test_the_reported_inspectorate_is_passed_by(city: City) -> None:
    """Who examines such reports is accused himself: the next above gets it."""
    ticket = city.complain(route=route(None))
    city.desk.handle(Commanded(city.now, ticket.id, "RAHASIAKAN inspektorat.kepala", "petugas"))
    moved = city.ticket(ticket)
    assert (moved.holder, moved.reported) == ("setda.sekda", ("inspektorat.kepala",))


def test_who_examines_it_is_accused_later(city: City) -> None:
    """It leaves him for the next above, and he is not written to any more; he cannot keep it by a word of his own."""
    ticket = secret(city, "Setoran diminta atasan saya.", owner=None)
    said = {"command": "RAHASIAKAN", "argument": IRBAN, "target": IRBAN}
    task = city.letters(ticket, "task")[0]
    assert city.answer(ticket, Status.COMMENT, f"RAHASIAKAN {IRBAN}", letter=task, **said).reported == ()
    city.desk.handle(Commanded(city.now, ticket.id, f"RAHASIAKAN {IRBAN}", "petugas"))
    moved = city.ticket(ticket)
    assert (moved.holder, moved.reported) == ("inspektorat.kepala", (IRBAN,))
    before = len([one for one in city.sent if one.position == IRBAN])
    city.wait(timedelta(days=10))
    assert len([one for one in city.sent if one.position == IRBAN]) == before


def test_the_desk_conceals_and_nobody_accused_hears_of_it(city: City) -> None:
    """A task that was with the office goes to the inspectorate; what waits for the office is not sent any more, and
    what it answers later changes nothing.
    """
    ticket = city.complain(route=route("dishub.kasi.parkir"))
    task = city.letters(ticket, "task")[0]
    city.wait(timedelta(hours=5))
    before = len([one for one in city.sent if "dishub" in one.address])
    city.desk.handle(Commanded(city.now, ticket.id, "RAHASIAKAN DISHUB", "petugas"))
    moved = city.ticket(ticket)
    assert (moved.state, moved.holder, moved.secret, moved.reported) == (State.FORWARDED, IRBAN, True, ("DISHUB",))
    assert city.answer(ticket, Status.DONE, "SELESAI", letter=task).state == State.FORWARDED
    city.wait(timedelta(days=20))
    assert len([one for one in city.sent if "dishub" in one.address]) == before
    told = [e.data for e in city.store.history_of(ticket.id) if e.event == "conceal"]
    assert told[0]["reported"] == ["DISHUB"]
    assert told[0]["hide_from_agency"] is True


@pytest.mark.parametrize("target", ["dishub.kasi.parkir", "dishub.kepala"])
def test_nobody_gives_it_to_the_accused(city: City, target: str) -> None:
    """TERUSKAN and ALIHKAN to them are refused and change nothing."""
    ticket = secret(city, "Setoran parkir diminta Kepala Dishub.")
    task = city.letters(ticket, "task")[0]
    after = city.answer(ticket, Status.FORWARDED, f"TERUSKAN {target}", letter=task, target=target)
    assert (after.holder, after.state) == (IRBAN, State.FORWARDED)
    assert city.letters(ticket)[-1].kind == "not_allowed"
    other = city.answer(ticket, Status.FORWARDED, "TERUSKAN DPUPR", letter=task, target="dpupr.kepala")
    assert other.holder == "dpupr.kepala"


def test_the_accused_reads_nothing_in_anothers_stead(city: City) -> None:
    """A mailbox is barred for whatever chair it stands in that day; what was withheld stands in the history."""
    ticket = secret(city, "Setoran diminta Kepala Dishub.")
    acting = replace(
        DIRECTORY.positions["dpupr.kepala"], acting=Acting("Plh", "dishub.kepala", date(2026, 8, 1), date(2026, 8, 31))
    )
    city.desk.world = replace(
        city.desk.world,
        directory=replace(DIRECTORY, positions={**DIRECTORY.positions, "dpupr.kepala": acting}),
    )
    world = city.desk.world
    reader = addressee(world.directory, "dpupr.kepala", world.day(city.now))
    assert reader.mailbox == DIRECTORY.positions["dishub.kepala"].mailbox
    assert post(world, official(reader, ticket), "copy", city.now, {}) is None
    assert city.store.history_of(ticket.id)[-1].event == "withheld"


@pytest.mark.parametrize(
    ("line", "event", "target", "reason"),
    [
        ("SAMARKAN", "veil", None, ""),
        ("SAMARKAN PUBLIK", "veil", None, "PUBLIK"),
        ("RAHASIAKAN", "conceal", None, ""),
        ("RAHASIAKAN dishub.kepala", "conceal", "dishub.kepala", "dishub.kepala"),
        ("rahasiakan lurah semplak", "conceal", "kelsemplak.lurah", "lurah semplak"),
        ("RAHASIAKAN Dinas Perhubungan", "conceal", "DISHUB", "Dinas Perhubungan"),
        ("LIHAT IDENTITAS untuk dihubungi petugas", "look", None, "untuk dihubungi petugas"),
        ("Mohon nama pelapor dirahasiakan ya", "ask", None, None),
        ("identitas pelapor kurang lengkap", "ask", None, None),
    ],
)
def test_the_desk_says_it_by_mail(city: City, line: str, event: str, target: str | None, reason: str | None) -> None:
    """The three words with what follows them; prose that speaks of secrecy is no command."""
    from engine.desk.intent import intent

    ticket = city.complain(route=route(None))
    said = answer(line, speaker=Speaker.OFFICIAL, sent=date(2026, 8, 3), directory=DIRECTORY, own="DISKOMINFO")
    reading = Reading(Kind.REPLY, message(DESK, text=line), line, answer=said)
    meant = intent(city.desk.world, ticket, Role.DESK, said, reading)
    if reason is None:
        assert meant.event not in ("veil", "conceal", "look")
    else:
        assert (meant.event, meant.target, meant.reason) == (event, target, reason)


def test_a_look_by_mail_needs_a_reason_and_a_right(city: City) -> None:
    """The desk of any hidden report, the inspectorate of a secret one; no other office, and nobody without a reason."""
    ticket = city.complain(route=route("dpupr.kasi.jalan", confidential=Confidential.ANONYMOUS))
    task = city.letters(ticket, "task")[0]
    said = {"command": "LIHAT IDENTITAS", "argument": "perlu"}
    city.answer(ticket, Status.COMMENT, "LIHAT IDENTITAS perlu", letter=task, **said)
    assert city.letters(ticket)[-1].kind == "not_allowed"
    hidden = secret(city, "Atasan saya meminta setoran.")
    task = city.letters(hidden, "task")[0]
    city.answer(hidden, Status.COMMENT, "LIHAT IDENTITAS", letter=task, command="LIHAT IDENTITAS", argument="")
    assert city.letters(hidden)[-1].kind == "incomplete"
    city.answer(hidden, Status.COMMENT, "LIHAT IDENTITAS perlu", letter=task, **said)
    assert city.letters(hidden)[-1].kind == "identity"
    looks = [e for one in (ticket, hidden) for e in city.store.history_of(one.id) if e.event == "look"]
    assert [(e.ticket, e.actor) for e in looks] == [(hidden.id, IRBAN)]
