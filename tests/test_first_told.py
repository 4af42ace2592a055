"""A question after a report that nobody knows here is a report itself; a bare question is answered as before."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.event import Received
from engine.message import Message
from engine.reading import Kind, Reading
from engine.routing.route import Route
from tests.post import CITIZEN, Town, words
from tests.world import City, message, route

STRANGER = "baru@warga.example"
NOT_FOUND = "belum ada laporan tentang hal tersebut"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A city without any report."""
    town = Town(tmp_path)
    with contextlib.closing(town.app):
        yield town


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A desk without any report."""
    return City.new(tmp_path / "city.db")


def asks(city: City, text: str, where: Route | None, sender: str = STRANGER, subject: str = "tanya") -> list[str]:
    """A mail that sorting takes for a question how a report stands; the kinds of letters its writer gets."""
    told = len(city.sent)
    said: Message = message(sender, subject, text)
    city.desk.handle(Received(city.now, city._mail(sender), Reading(Kind.STATUS, said, text, route=where)))
    city.post()
    return [one.kind for one in city.sent[told:] if one.address == sender]


UNSURE = route(None, confidence=0.05)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Laporan saya soal jalan berlubang bagaimana ya?", route()),
        ("Laporan saya tentang kandang ayam tetangga bau menyengat, kapan ditindak?", UNSURE),
    ],
)
def test_a_matter_of_nobody_here_becomes_a_report(city: City, text: str, where: Route) -> None:
    """With a sure desk it goes there, without one to verification; the receipt says that no earlier one was found."""
    assert asks(city, text, where) == ["receipt"]
    (ticket,) = city.store.tickets()
    assert ticket.state == ("forwarded" if where.owner else "triage")
    (receipt,) = city.letters(ticket, "receipt")
    assert receipt.data["no_earlier"]


@pytest.mark.parametrize(
    "text", ["gimana laporan saya?", "laporan saya udah sampe mana ya min", "kok ga ada kabar pak"]
)
def test_a_bare_question_is_answered_alone(city: City, text: str) -> None:
    """Nothing to work on: the asker hears that there is no report from his address."""
    assert asks(city, text, UNSURE) == ["status_unknown"]
    assert city.store.tickets() == []


def test_who_names_a_number_asks(city: City) -> None:
    """A number of somebody else's report opens nothing and tells nothing."""
    known = city.complain()
    assert asks(city, f"Laporan {known.number} soal jalan berlubang bagaimana?", route()) == ["status_unknown"]
    assert len(city.store.tickets()) == 1


def test_another_matter_at_another_place(city: City) -> None:
    """Who has a report and asks after quite another one has told a new one; after his own he hears how it stands."""
    city.complain("Jalan berlubang di Sempur.", sender=STRANGER, route=route(place="KEL-SEMPUR"))
    lamp = route("disperumkim.kasi.pju", "PJU", place="KEL-CIPAKU")
    assert asks(city, "Lampu gang Cipaku padam, kapan petugas datang?", lamp) == ["receipt"]
    assert asks(city, "Jalan berlubang itu kapan diperbaiki?", route(place="KEL-SEMPUR")) == ["status_many"]
    assert len(city.store.tickets()) == 2


def test_impatience_about_his_own_report_is_told_its_story(town: Town) -> None:
    """A short complaint that it lasts, about a report that is open, is no second one; the words are kept with it."""
    town.send(CITIZEN, "Lampu jalan mati di Jl. Pandu Raya, gelap sekali.", "pju")
    said = "kok lama bgt ya pak lampunya blm nyala juga"
    town.send(CITIZEN, said, "Re: pju")
    (ticket,) = town.tickets()
    assert ticket.number in str(town.find(CITIZEN, "Perkembangan laporan Anda")["Subject"])
    assert said in [entry.data.get("note") for entry in town.app.store.history_of(ticket.id)]


@pytest.mark.parametrize(
    "said",
    [
        "kok lama bgt ya pak lampu di Jl. Ceremai juga blm nyala",
        "kok masih banyak sampah menumpuk ya pak di pasar",
        "Kabel lampunya menjuntai, anak saya kesetrum, kapan ada petugas?",
    ],
)
def test_news_is_no_impatience(town: Town, said: str) -> None:
    """Another place, another matter or danger is a report."""
    town.send(CITIZEN, "Lampu jalan mati di Jl. Pandu Raya, gelap sekali.", "pju")
    town.send(CITIZEN, said, "Re: pju")
    assert len(town.tickets()) == 2


def test_the_receipt_says_so(town: Town) -> None:
    """A first mail that reads like a question: a number, and how to ask about one from another address."""
    town.send(STRANGER, "Menanyakan laporan saya tanggal 5 Mei tentang lampu jalan mati di Cipaku, sudah sampai mana?")
    assert len(town.tickets()) == 1
    told = " ".join(words(town.find(STRANGER, "Laporan Anda kami terima")).split())
    assert NOT_FOUND in told
    assert "alamat surel lain" in told
    town.send("lain@warga.example", "Lampu jalan mati di Jl. Ceremai, gelap sekali.")
    assert NOT_FOUND not in " ".join(words(town.find("lain@warga.example", "Laporan Anda kami terima")).split())


@pytest.mark.parametrize("said", ["test", "P", "halo", "haha", "wkwkwk", "pak walikota ganteng", "kapan persib juara"])
def test_who_tells_no_matter_is_asked_for_it(town: Town, said: str) -> None:
    """Greetings and jokes open nothing; the answer does not call them empty."""
    town.send(STRANGER, said, "")
    assert town.tickets() == []
    told = " ".join(words(town.find(STRANGER, "belum dapat dibaca")).split())
    assert "belum dapat membaca apa yang Anda laporkan" in told
    assert "kosong" not in told


@pytest.mark.parametrize(
    "said", ["lampu mati", "got mampet", "jalan rusak Cipaku", "tetangga berisik", "ular", "macet pak"]
)
def test_a_few_words_of_a_matter_are_a_report(town: Town, said: str) -> None:
    """A place, a topic's word or a word of trouble is enough."""
    town.send(STRANGER, said, "")
    assert len(town.tickets()) == 1
