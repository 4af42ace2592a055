"""A mail with two matters becomes two reports; each receipt speaks of its own part."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.routing.issues import without, without_turn
from tests.post import CITIZEN, Town, words


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A city without any report."""
    town = Town(tmp_path)
    with contextlib.closing(town.app):
        yield town


def told(town: Town) -> list[str]:
    """The texts of the letters that the citizen got, one line each."""
    return [" ".join(words(mail).split()) for mail in town.inbox(CITIZEN)]


@pytest.mark.parametrize("subject", ["", "Lapor"])
def test_each_receipt_quotes_its_own_part(town: Town, subject: str) -> None:
    """The first matter is the mail's own ticket; the subjects differ, and no receipt quotes the other part."""
    town.send(CITIZEN, "air PDAM mati di Ciwaringin trs angkot ngetem terus di depan pasar anyar, tolong ya", subject)
    first, second = town.tickets()
    assert (first.topic, second.topic) == ("AIR-MATI", "ANGKOT")
    assert first.subject == (subject or "air PDAM mati di Ciwaringin")
    assert second.subject.startswith("angkot ngetem terus")
    receipts = told(town)
    assert len(receipts) == 2
    for ticket, said, other in ((first, "air PDAM mati", "angkot ngetem"), (second, "angkot ngetem", "air PDAM mati")):
        (own,) = [text for text in receipts if f"nomor {ticket.number}" in text]
        assert said in own
        assert other not in own


def test_an_agency_outside_first(town: Town) -> None:
    """Whom the first matter belongs to is told politely, and the second goes its way."""
    town.send(CITIZEN, "PLN mati di Cipaku dan juga air PDAM ikut mati", "")
    first, second = town.tickets()
    assert (first.external, first.state) == ("PLN", "external")
    assert (second.topic, second.state) == ("AIR-MATI", "forwarded")
    assert "kewenangan instansi lain" in str(town.find(CITIZEN, "kewenangan")["Subject"])
    assert "air PDAM ikut mati" in " ".join(words(town.find(CITIZEN, "kami terima")).split())


@pytest.mark.parametrize(
    ("part", "bare"),
    [
        ("2. Got di RT 03 mampet", "Got di RT 03 mampet"),
        ("oh ya sampah belum diangkut", "sampah belum diangkut"),
        ("Selain itu, lampu mati", "lampu mati"),
        ("jalan rusak", "jalan rusak"),
        ("sekalian", "sekalian"),
    ],
)
def test_a_part_is_quoted_without_its_turn(part: str, bare: str) -> None:
    """The number or turn of speech that opens a part is not its subject."""
    assert without_turn(part) == bare


def test_what_is_left_of_a_mail() -> None:
    """Without the further matter and the turn that led to it."""
    assert without("air mati trs angkot ngetem di pasar", ["angkot ngetem di pasar"]) == "air mati"
