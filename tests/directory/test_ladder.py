"""The ladder follows the rules of the directory: superior, stand-ins, vacancies, and never the same person twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from engine.directory import (
    Acting,
    Directory,
    addressee,
    by_mailbox,
    chairs_of,
    head_of,
    is_above,
    ladder,
    load,
    superior_of,
    who,
)
from tests.directory.city import write
from tests.directory.test_load import KOTA_BOGOR

DAY = date(2026, 8, 3)


@pytest.fixture
def city(tmp_path: Path) -> Directory:
    """The small city."""
    return load(write(tmp_path))


def seat(city: Directory, position: str, *, holder: str | None = "X", acting: Acting | None = None) -> Directory:
    """The same city with another holder or stand-in on one chair."""
    positions = dict(city.positions)
    positions[position] = replace(positions[position], holder=holder, acting=acting)
    return Directory(city.units, positions, city.topics, city.externals, city.places)


def chairs(city: Directory, position: str, day: date = DAY) -> list[str]:
    """The chairs of the ladder."""
    return [rung.position for rung in ladder(city, position, day)]


def test_every_chain_ends_at_the_mayor() -> None:
    """Rule 1: the ladder of every chair ends at the wali kota, without a mailbox twice in a row."""
    city = load(KOTA_BOGOR)
    for position in city.positions:
        rungs = ladder(city, position, DAY)
        assert rungs[-1].position == "pimpinan.walikota"
        assert all(a.mailbox != b.mailbox for a, b in pairwise(rungs))


def test_the_superior_is_reports_to(city: Directory) -> None:
    """Rule 1: with every chair filled, the ladder is the chain of reports_to."""
    assert chairs(city, "dishub.kasi") == [
        "dishub.kasi", "dishub.kabid", "dishub.kepala", "setda.sekda", "pimpinan.walikota",
    ]  # fmt: skip
    assert superior_of(city, "pimpinan.walikota", DAY) is None


@pytest.mark.parametrize("kind", ["Plt", "Plh"])
@pytest.mark.parametrize("holder", [None, "D"])
def test_a_stand_in_gets_the_letters_on_both_end_days(city: Directory, kind: str, holder: str | None) -> None:
    """Rule 2: from acting_from to acting_to, both included, also where a holder is named."""
    acting = Acting(kind, "dpupr.kepala", DAY, DAY + timedelta(2))
    changed = seat(city, "dishub.kabid", holder=holder, acting=acting)
    for day in (DAY, DAY + timedelta(1), DAY + timedelta(2)):
        found = addressee(changed, "dishub.kabid", day)
        assert (found.mailbox, found.position, found.reader) == (
            "kepala@dpupr.kota.example", "dishub.kabid", "dpupr.kepala",
        )  # fmt: skip
        assert found.title == f"{kind}. Kepala Bidang Lalu Lintas"
    expected = "kepala@dishub.kota.example" if holder is None else "kabid@dishub.kota.example"
    for day in (DAY - timedelta(1), DAY + timedelta(3)):
        assert addressee(changed, "dishub.kabid", day).mailbox == expected


def test_a_vacant_chair_is_passed_over(city: Directory) -> None:
    """Rule 3: vacant and without stand-in, letters go to the superior, and the ladder has no rung for the chair."""
    changed = seat(city, "dishub.kabid", holder=None)
    found = addressee(changed, "dishub.kabid", DAY)
    assert (found.position, found.passed) == ("dishub.kepala", ("dishub.kabid",))
    assert chairs(changed, "dishub.kasi")[:2] == ["dishub.kasi", "dishub.kepala"]
    assert chairs(changed, "dishub.kabid")[:2] == ["dishub.kepala", "setda.sekda"]


def test_two_vacant_chairs_are_both_passed_over(city: Directory) -> None:
    """Rule 3 twice: the letter climbs to the first filled chair."""
    changed = seat(seat(city, "dishub.kabid", holder=None), "dishub.kepala", holder=None)
    assert addressee(changed, "dishub.kabid", DAY).position == "setda.sekda"
    assert chairs(changed, "dishub.kasi") == ["dishub.kasi", "setda.sekda", "pimpinan.walikota"]


def test_the_person_just_asked_is_not_asked_again(city: Directory) -> None:
    """Rule 4: an acting head who is also the kabid leads on to the next rung, and the rung says why."""
    changed = seat(city, "dishub.kepala", holder=None, acting=Acting("Plt", "dishub.kabid", None, None))
    rungs = ladder(changed, "dishub.kasi", DAY)
    assert [r.position for r in rungs] == ["dishub.kasi", "dishub.kabid", "setda.sekda", "pimpinan.walikota"]
    assert "sudah ditanya" in rungs[2].reasons[0]
    assert (superior_of(changed, "dishub.kabid", DAY) or rungs[0]) == changed.positions["setda.sekda"]


def test_a_subordinate_acting_two_rungs_up_is_asked_in_that_chair(city: Directory) -> None:
    """Rule 4 looks at the person just asked only: the kasi who acts as head is asked again after the kabid."""
    changed = seat(city, "dishub.kepala", holder="C", acting=Acting("Plh", "dishub.kasi", DAY, DAY))
    mailboxes = [r.mailbox for r in ladder(changed, "dishub.kasi", DAY)]
    assert mailboxes[:3] == ["kasi@dishub.kota.example", "kabid@dishub.kota.example", "kasi@dishub.kota.example"]


def test_a_stand_in_who_is_away_too_is_followed(city: Directory) -> None:
    """A chain of stand-ins ends in the mailbox of the one who is there."""
    changed = seat(city, "dishub.kepala", acting=Acting("Plh", "dishub.kabid", DAY, DAY))
    changed = seat(changed, "dishub.kabid", acting=Acting("Plh", "dishub.kasi", DAY, DAY))
    assert addressee(changed, "dishub.kepala", DAY).reader == "dishub.kasi"


def test_stand_ins_in_a_circle_climb(city: Directory) -> None:
    """Two chairs standing in for each other are nobody: the letter goes up, and no call hangs."""
    changed = seat(city, "dishub.kepala", acting=Acting("Plh", "dishub.kabid", DAY, DAY))
    changed = seat(changed, "dishub.kabid", acting=Acting("Plh", "dishub.kepala", DAY, DAY))
    assert addressee(changed, "dishub.kabid", DAY).position == "setda.sekda"


def test_a_vacant_top_keeps_its_mailbox(city: Directory) -> None:
    """Nobody stands above the wali kota, so a letter to the vacant chair stays there, and says so."""
    found = addressee(seat(city, "pimpinan.walikota", holder=None), "pimpinan.walikota", DAY)
    assert found.mailbox == "walikota@kota.example"
    assert "tidak ada atasan" in found.reasons[-1]


def test_heads_and_mailboxes(city: Directory) -> None:
    """Rule 5: the head is the one chair whose superior lies outside; addresses are compared without case."""
    heads = {unit: head.id for unit in city.units if (head := head_of(city, unit))}
    assert heads["DISHUB"] == "dishub.kepala"
    assert heads["PIMPINAN"] == "pimpinan.walikota"
    assert heads["KEL-MAWAR"] == "kelmawar.lurah"
    assert head_of(city, "NIHIL") is None
    assert (by_mailbox(city, " LURAH@KelMawar.kota.example") or heads) == city.positions["kelmawar.lurah"]
    assert by_mailbox(city, "orang@lain.example") is None


def test_is_above(city: Directory) -> None:
    """Above means on the way up, never oneself, never beside."""
    assert is_above(city, "setda.sekda", "dishub.kasi")
    assert not is_above(city, "dishub.kasi", "setda.sekda")
    assert not is_above(city, "dishub.kasi", "dishub.kasi")
    assert not is_above(city, "dpupr.kepala", "dishub.kasi")


def test_chairs_of_a_stand_in(city: Directory) -> None:
    """A stand-in reads for both chairs, the holder who is away for none."""
    changed = seat(city, "dishub.kepala", acting=Acting("Plh", "dishub.kabid", DAY, DAY))
    assert {p.id for p in chairs_of(changed, "kabid@dishub.kota.example", DAY)} == {"dishub.kabid", "dishub.kepala"}
    assert chairs_of(changed, "kepala@dishub.kota.example", DAY) == ()


def test_who_tells_the_ladder_and_the_reasons(city: Directory) -> None:
    """The explanation names the chair, its unit, the stand-in with its days, and each rung with its mailbox."""
    changed = seat(city, "dishub.kabid", holder=None)
    text = "\n".join(who(changed, "dishub.kabid", DAY))
    assert "Kepala Bidang Lalu Lintas (dishub.kabid)" in text
    assert "kosong" in text
    assert "kepala@dishub.kota.example" in text
    with pytest.raises(KeyError):
        who(city, "tidak.ada", DAY)
