"""The two switches of a ticket: how they are set, what the command line then shows, and that each look is told."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from engine.errors import NotAllowed
from engine.event import Commanded, Hidden, Looked
from engine.reading import Status
from engine.routing.route import Confidential
from engine.store import Store
from engine.ticket import State, Ticket
from mail.cli import main
from mail.settings import new_key
from tests.world import City, route

TEXT = (
    "Saya Rina Kartika, rumah saya di Gg. Aut No. 7. Lurah meminta uang.\n\nHormat saya,\nRina Kartika\n0812-3456-7890"
)
TOLD = ("Rina", "Kartika", "rina@", "Aut No. 7", "3456")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A settings file beside which the database lies."""
    file = tmp_path / "sibadra.toml"
    file.write_text('[intake]\ndomain = "sibadra.kotabogor.example"\nlmtp = "127.0.0.1:1"\n')
    new_key(tmp_path / "sibadra.key")
    return file


@pytest.fixture
def city(place: Path) -> City:
    """A fresh city on that database."""
    return City.new(place.parent / "sibadra.db")


def reported(city: City, confidential: Confidential) -> Ticket:
    """A ticket whose words tell who wrote it."""
    return city.complain(
        TEXT, subject="Laporan Rina Kartika", message_id=confidential.value, route=route(confidential=confidential)
    )


@pytest.mark.parametrize(
    ("asked", "public", "agency"),
    [(Confidential.NONE, False, False), (Confidential.ANONYMOUS, False, True), (Confidential.SECRET, True, True)],
)
def test_what_the_citizen_asks_sets_the_switches(city: City, asked: Confidential, public: bool, agency: bool) -> None:
    """Unnamed hides from the agency; secret hides from both."""
    ticket = reported(city, asked)
    assert (ticket.hide_from_public, ticket.hide_from_agency, ticket.secret) == (public, agency, public and agency)


def test_the_switches_are_independent_and_each_change_is_told(city: City) -> None:
    """One is set without the other; the same again is no change; without a reason nothing is set."""
    ticket = reported(city, Confidential.NONE)
    city.desk.handle(Hidden(city.now, ticket.id, "budi", "takut", public=True))
    assert (city.ticket(ticket).hide_from_public, city.ticket(ticket).hide_from_agency) == (True, False)
    city.desk.handle(Hidden(city.now, ticket.id, "budi", "takut", agency=True))
    city.desk.handle(Hidden(city.now, ticket.id, "budi", "takut", agency=True))
    city.desk.handle(Hidden(city.now, ticket.id, "budi", "boleh", public=False))
    assert (city.ticket(ticket).hide_from_public, city.ticket(ticket).hide_from_agency) == (False, True)
    told = [(e.actor, e.data) for e in city.store.history_of(ticket.id) if e.event == "hide"]
    assert told == [
        ("budi", {"reason": "takut", "hide_from_public": True}),
        ("budi", {"reason": "takut", "hide_from_agency": True}),
        ("budi", {"reason": "boleh", "hide_from_public": False}),
    ]
    for event in (Hidden(city.now, ticket.id, "budi", " ", agency=False), Looked(city.now, ticket.id, "budi", "")):
        with pytest.raises(NotAllowed):
            city.desk.handle(event)


@pytest.mark.parametrize("asked", [Confidential.ANONYMOUS, Confidential.SECRET])
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_the_command_line_shows_no_reporter_without_a_reason(
    city: City, place: Path, asked: Confidential, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither list nor story; with a reason the story does, and the look is told first."""
    ticket = reported(city, asked)
    for command in (["list"], ["show", ticket.number]):
        assert main(["--config", str(place), "ticket", *command, *more]) == 0
    shown = capsys.readouterr().out
    assert ticket.number in shown
    assert [one for one in TOLD if one in shown] == []
    assert not any(e.event == "look" for e in city.store.history_of(ticket.id))
    look = ["ticket", "show", ticket.number, "--reason", "klarifikasi", "--clerk", "budi", *more]
    assert main(["--config", str(place), *look]) == 0
    assert "rina@warga.example" in capsys.readouterr().out
    assert [(e.actor, e.data["reason"]) for e in city.store.history_of(ticket.id) if e.event == "look"] == [
        ("budi", "klarifikasi")
    ]
    assert main(["--config", str(place), "ticket", "show", ticket.number, "--reason", " ", *more]) == 2
    assert "rina@" not in capsys.readouterr().out


def test_a_raw_mail_of_a_hidden_reporter_needs_a_reason(
    city: City, place: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """`mails show` gives the bytes of a hidden report only for a reason, and tells the look."""
    open_, hidden = (reported(city, asked) for asked in (Confidential.NONE, Confidential.SECRET))
    show = ["--config", str(place), "mails", "show"]
    assert main([*show, str(open_.mail)]) == 0
    assert capfdbinary.readouterr().out == b"raw"
    assert main([*show, str(hidden.mail)]) == 2
    assert capfdbinary.readouterr().out == b""
    assert main([*show, str(hidden.mail), "--reason", "pemeriksaan"]) == 0
    assert [e.ticket for one in (open_, hidden) for e in city.store.history_of(one.id) if e.event == "look"] == [
        hidden.id
    ]


def test_the_administrator_sets_a_switch(city: City, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each by itself; nothing to set is a wrong call."""
    ticket = reported(city, Confidential.NONE)
    hide = ["--config", str(place), "ticket", "hide", ticket.number, "--reason", "diminta lewat telepon"]
    assert main(hide) == 2
    assert "nothing to set" in capsys.readouterr().err
    assert main([*hide, "--agency", "on"]) == 0
    assert "from the public False, from the agency True" in capsys.readouterr().out
    assert main(["--config", str(place), "ticket", "list", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["hide_from_public"], shown["hide_from_agency"]) == (False, True)
    assert "Rina" not in shown["subject"]


def test_an_older_database_is_brought_up_to_date(tmp_path: Path) -> None:
    """Tables of the first schema get the switches by what the citizens asked; opened again nothing happens."""
    path = tmp_path / "old.db"
    city = City.new(path)
    asked = {reported(city, one).id: one for one in Confidential}
    city.store.close()
    with sqlite3.connect(path) as old:
        for column in ("hide_from_public", "hide_from_agency", "reported"):
            old.execute(f"ALTER TABLE ticket DROP COLUMN {column}")
        old.execute("UPDATE counter SET value = '1' WHERE name = 'schema'")
    old.close()
    for _ in range(2):
        store = Store.sqlite(path)
        found = {ticket.id: ticket for ticket in store.tickets()}
        assert {ticket.id: ticket.confidential for ticket in found.values()} == asked
        for ticket in found.values():
            assert ticket.hide_from_public == ticket.confidential.hides_from_public
            assert ticket.hide_from_agency == ticket.confidential.hides_from_agency
            assert ticket.reported == ()
        assert store.counter("schema") == "2"
        assert store.broken_links() == []
        store.close()


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    """A program that does not know the schema does not touch it."""
    store = Store.sqlite(tmp_path / "new.db")
    store.set_counter("schema", "99")
    store.close()
    with pytest.raises(RuntimeError, match="schema 99"):
        Store.sqlite(tmp_path / "new.db")


@pytest.mark.parametrize("how", ["command", "switch"])
def test_a_hidden_matter_tells_other_citizens_nothing(city: City, how: str) -> None:
    """Reports that were joined to it are taken out and go on by themselves; news of it reaches its own citizen only."""
    main = city.complain("Jalan berlubang di depan Pasar Devris.")
    other = city.complain("Lubang di Pasar Devris lagi.", sender="tetangga@warga.example", route=route(None))
    assert city.ticket(other).state == State.JOINED
    if how == "command":
        city.desk.handle(Commanded(city.now, main.id, "SAMARKAN PUBLIK", "petugas"))
    else:
        city.desk.handle(Hidden(city.now, main.id, "budi", "diminta", public=True))
    city.post()
    assert city.ticket(other).state == State.TRIAGE
    before = len([one for one in city.sent if one.address == "tetangga@warga.example"])
    city.answer(city.ticket(main), Status.IN_PROGRESS, "PROSES", letter=city.letters(main, "task")[0])
    assert len([one for one in city.sent if one.address == "tetangga@warga.example"]) == before
