"""On the border between the city and the agencies: whose matter it is, not whose name falls, decides."""

from __future__ import annotations

import pytest

from engine.routing import open_router
from tests.world import CITY, DIRECTORY

ROUTER = open_router(DIRECTORY, CITY)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Stroom yang saya beli tidak bisa dimasukkan ke meteran, layarnya menolak.", "PLN"),
        ("Gerai SIM selalu bilang kuotanya penuh padahal baru buka.", "POLRESTA"),
        ("Balapan motor tiap malam di Jalan Raya Tajur, polisi tolong razia.", "POLRESTA"),
        ("Waktu menjenguk napi di Paledang kami dimintai uang oleh sipir.", "LAPAS"),
        ("Palang gerbang tidak terbuka, saldo kartu tol saya terpotong dua kali.", "JASAMARGA"),
    ],
)
def test_an_agency_s_matter_is_its_own(text: str, agency: str) -> None:
    """Also where the words are those of a city desk, or the road is a national one."""
    assert ROUTER.route_text("", text).external == agency


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Lampu jalan dekat gardu PLN di Loji mati sejak Lebaran, mohon diganti.", "DISPERUMKIM"),
        ("Trotoar di muka stasiun hancur, penumpang tersandung.", "DPUPR"),
        ("Saya warga Ciomas, perawat di IGD RSUD Kota Bogor mengabaikan ayah saya berjam-jam.", "RSUD"),
        ("Takaran bensin di SPBU kurang, mohon pompanya ditera.", "DINKUKMDAGIN"),
        ("Surat pindah dari kota asal sudah ada, data kami belum masuk ke Kota Bogor.", "DISDUKCAPIL"),
    ],
)
def test_a_name_of_an_agency_makes_no_matter_of_it(text: str, unit: str) -> None:
    """What the city can act on is the city's, whoever is named beside it."""
    assert ROUTER.route_text("", text).unit == unit
