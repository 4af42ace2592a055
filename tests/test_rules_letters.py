"""What letters tell of the rules is the ticket's own number, and a request for information is called one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from engine.letter import Letter
from engine.reading import Status
from engine.rules import changed
from engine.ticket import ClockName, Ticket
from mail.address import Addresses
from mail.write import Writer
from mail.write.render import TONGUES
from mail.write.sample import CITIZEN as TO_CITIZENS
from mail.write.sample import LOOSE, sample
from tests.test_write import html_of, parsed, text_of
from tests.world import City, day, route
from workflows.information import INFORMATION
from workflows.profiles import SIBADRA

ADDRESSES = Addresses(b"k" * 32, domain="sibadra.kotabogor.example")
WRITER = Writer(ADDRESSES)
TEMPLATES = Path(__file__).parent.parent / "templates"
OWN = {
    "confirmation": "6 working days",
    "reopen_days": 17,
    "max_disputes": 1,
    "undo": "25 minutes",
    "citizen": "4 working days",
    "citizen_soon": "2 working days",
    "lists_at": {"default": ["08:00", "11:00", "14:00"]},
    "per_day": {"default": 0},
}


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A city that has changed what its letters speak of."""
    return City.new(tmp_path / "city.db", replace(changed(SIBADRA, OWN), version="sibadra-own"))


def told(city: City, ticket: Ticket, kind: str) -> str:
    """The newest letter of a kind as it is read, both forms, its lines joined."""
    letter = [one for one in city.store.letters_of(ticket.id) if one.kind == kind][-1]
    return said(letter, city.ticket(ticket))


def said(letter: Letter, ticket: Ticket | None) -> str:
    """A letter as it is read: the text form in one line, the HTML form behind it."""
    message = parsed(WRITER.compose(letter, ticket).raw)
    return f"{message['Subject']} {' '.join(text_of(message).split())} {html_of(message)}"


def both(text: str, words: str) -> None:
    """The words stand in both forms."""
    plain, _, rich = text.partition("<!doctype html>")
    assert words in plain
    assert words in rich


def test_no_template_holds_a_number_of_the_rules() -> None:
    """No digit before a unit of time or of times, in any template; nor in words."""
    wrong = re.compile(
        r"\d+ ?(menit|jam|hari|minggu|bulan|kali|minutes?|hours?|days?|weeks?|times|working)\b"
        r"|\b(dua|tiga|lima|tujuh|sepuluh) (kali|hari|jam|menit)|\b(twice|two|ten|thirty) (times|days|hours|minutes)?",
        re.IGNORECASE,
    )
    for path in [*TEMPLATES.glob("id/**/*.j2"), *TEMPLATES.glob("en/**/*.j2")]:
        assert wrong.search(path.read_text("utf-8")) is None, path


@pytest.mark.parametrize(
    ("language", "confirmation", "days"),
    [("id", "dalam 6 hari kerja", "dalam 17 hari"), ("en", "within 6 working days", "within 17 days")],
)
def test_citizens_read_the_citys_numbers(city: City, language: str, confirmation: str, days: str) -> None:
    """Done, closed, thanked, refused and closed for silence: each names the changed number, in his language."""

    def complain(text: str) -> Ticket:
        return city.store.change(city.complain(text, subject=text), language=language)

    ticket = city.answer(complain("Jalan berlubang"), Status.DONE, "Sudah ditambal.")
    both(told(city, ticket, "done"), confirmation)
    city.wait(day(8, 12))
    both(told(city, ticket, "closed"), days)
    ticket = city.answer(complain("Got mampet"), Status.DONE)
    both(told(city, city.says(ticket, Status.CONFIRMED), "thanks"), days)
    both(told(city, city.answer(complain("Lampu mati"), Status.REJECTED, "Bukan aset kota."), "rejected"), days)
    ticket = city.answer(complain("Pohon tumbang"), Status.NEED_INFO, "Di mana?")
    city.wait(day(8, 31))
    both(told(city, ticket, "closed_silent"), days)


def test_what_cannot_be_had_is_not_offered(city: City) -> None:
    """A ticket that may not be opened again says so nowhere: no button, no days; the end letter says why."""
    ticket = city.answer(city.complain(), Status.DONE)
    ticket = city.says(ticket, Status.DISPUTED, "Belum ditambal.")
    ticket = city.answer(ticket, Status.DONE)
    city.wait(day(8, 31))
    text = told(city, ticket, "closed")
    assert "BELUM" not in text
    assert "17 hari" not in text
    other = city.answer(city.complain("Got mampet", subject="Got"), Status.DONE)
    other = city.answer(city.says(other, Status.DISPUTED, "Belum."), Status.DONE)
    other = city.says(other, Status.DISPUTED, "Masih mampet.")
    both(told(city, other, "closed_final"), "(1 kali)")


def test_officials_read_the_citys_numbers(city: City) -> None:
    """How long a misread answer can be taken back, and how often a list comes."""
    ticket = city.answer(city.complain(), Status.IN_PROGRESS, "Sedang kami kerjakan.", explicit=False)
    both(told(city, ticket, "confirm_reading"), "KELIRU dalam 25 menit")
    update = next(one for one in city.letters(ticket) if one.kind == "update")
    assert update.not_before == day(8, 3, 9, 25)
    city.complain("Lampu mati", subject="Lampu")
    city.wait(day(8, 4, 15))
    lists = [one for one in city.sent if one.kind == "digest"]
    assert lists
    both(said(lists[0], None), "paling banyak 3 kali sehari")


def asked(city: City) -> Ticket:
    """A request for information."""
    owner = city.desk.world.directory.topics["INFORMASI"].position
    ticket = city.complain("Mohon salinan anggaran 2026.", route=route(owner, "INFORMASI"), subject="Salinan anggaran")
    assert ticket.workflow == "information"
    return ticket


WRITTEN = {letter.kind for row in INFORMATION.rows for letter in row.letters}
KINDS = sorted((WRITTEN | {"reminder", "escalation", "status"}) - set(LOOSE))
CASES = [*((kind, "id") for kind in KINDS), *((kind, "en") for kind in KINDS if kind in TO_CITIZENS)]


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_a_request_is_called_a_request(kind: str, language: str) -> None:
    """No letter about a request for information calls it a complaint or a report, or the applicant a reporter."""
    made = sample(kind, ADDRESSES, language)
    assert made.ticket is not None
    for state in (info.name for info in INFORMATION.states):
        ticket = replace(
            made.ticket, workflow="information", state=state, subject="Salinan anggaran", text="Mohon salinan anggaran."
        )
        data = {**made.letter.data, "state": state, "note": "", "reason": "", "words": [], "earlier": [], "steps": []}
        text = said(replace(made.letter, data=data, name=""), ticket)
        found = re.search(r"\b(laporan|pelapor|pengaduan|dilaporkan|reports?|complaint)\w*", text, re.IGNORECASE)
        assert found is None, text[max(0, found.start() - 80) : found.end() + 20]


def test_the_states_of_a_request_have_their_words(city: City) -> None:
    """Every state of the table has a phrase of its own in each language, and the citizen reads it."""
    for (_, workflow), tongue in TONGUES.items():
        if workflow == "information":
            assert {info.name for info in INFORMATION.states} <= set(tongue.citizen) & set(tongue.official)
    ticket = city.answer(asked(city), Status.IN_PROGRESS)
    text = told(city, ticket, "update")
    assert text.startswith(f"[{ticket.number}] Permohonan informasi Anda sedang disiapkan: Salinan anggaran")
    assert "Batas aturan" in told(city, ticket, "receipt")
    city.complain("Jalan berlubang")
    assert city.clocks(ticket) >= {ClockName.SETTLEMENT.value}
