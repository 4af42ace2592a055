"""What a citizen thanks for does not draw the complaint to the wrong desk."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.directory import load
from engine.routing.router import open_router
from engine.routing.thanked import without_thanks

FOLDER = Path(__file__).parents[2] / "workflows" / "kota_bogor"


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Lampu sudah nyala, terima kasih. Tapi jalan di depannya berlubang", "Tapi jalan di depannya berlubang"),
        ("Makasih gotnya udah dikeruk, tapi tutupnya belum dipasang", "tapi tutupnya belum dipasang"),
        ("nuhun jalanna tos disaean, mung lampu pareum kabeh", "mung lampu pareum kabeh"),
        ("Lampu padam sudah lama, terima kasih. Lokasi di gang mawar.", None),
        ("Terima kasih sebelumnya. Sampah sudah tiga minggu menumpuk.", None),
        ("Saya sudah lapor tiga kali. Atas perhatiannya terima kasih.", None),
        ("makasih udah diangkut", None),
        ("", None),
    ],
)
def test_thanks_for_what_is_mended_are_left_out(text: str, matter: str | None) -> None:
    """The sentence that only thanks is dropped; courtesy, and thanks with nothing beside them, stay."""
    assert without_thanks(text) == (text if matter is None else matter)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Lampu jalan sudah nyala, terima kasih. Tapi aspal di depannya berlubang dalam sekali.", "DPUPR"),
        ("Makasih sampahnya sudah diangkut, cuma lampu jalan di TPS itu mati tiga hari.", "DISPERUMKIM"),
        (
            "Terima kasih atas perbaikan jalan kemarin. Sekarang sampah rumah tangga kami seminggu tidak diangkut.",
            "DLH",
        ),
    ],
)
def test_the_matter_decides_the_desk(text: str, unit: str) -> None:
    """The unit is that of what is wrong now."""
    assert open_router(load(FOLDER), FOLDER).route_text("terima kasih", text).unit == unit


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    """No text raises, and no word is added."""
    kept = "".join(without_thanks(text).split())
    assert set(kept) <= set(text)


def test_a_long_text_costs_little() -> None:
    """Time grows with the length alone."""
    begun = perf_counter()
    without_thanks("terima kasih sudah diangkut tapi " * 600)
    assert perf_counter() - begun < 1
