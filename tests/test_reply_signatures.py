"""Names, degrees and chairs of the city's officials are cut from below their answers, whichever words they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.directory import load
from mail.reply.newtext import cut
from mail.reply.newtext.signature import _DEGREE

CITY = load(Path(__file__).parents[1] / "workflows" / "kota_bogor")


def test_every_degree_of_the_directory_is_known() -> None:
    """No holder's name with a degree is unknown to the cutter of signatures."""
    unknown = {
        p.holder for p in CITY.positions.values() if p.holder and "," in p.holder and not _DEGREE.search(p.holder)
    }
    assert not unknown


@pytest.mark.parametrize(
    "name", ["Nani Contoh, S.ST., M.P.S.Sp.", "Budi Contoh, S.K.M.", "Ani Contoh, S.I.Kom., M.Si."]
)
def test_degrees_of_several_letters_are_known(name: str) -> None:
    """Degrees with stops inside count as degrees."""
    assert _DEGREE.search(name)


def test_every_chair_is_cut_as_a_signature() -> None:
    """An answer above name, title and number of any chair is read as the answer alone."""
    kept = {}
    for p in CITY.positions.values():
        name = p.holder or "Deni Contoh"
        text = f"Sudah kami tangani kemarin pagi.\n\n{name}\n{p.title}\nNIP. 19750203 200112 1 004\n"
        new = cut(text, sender=name.partition(",")[0]).new
        if new != "Sudah kami tangani kemarin pagi.":
            kept[p.id] = new
    assert not kept
