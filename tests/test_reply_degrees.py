"""The degrees that the city's officials bear are known, so that a name with them is cut as a signature."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.directory import load
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
