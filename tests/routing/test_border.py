"""On the border between the city and the agencies: whose matter it is, not whose name falls, decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import BadData
from engine.routing import open_router
from engine.routing.jurisdiction import load_rules
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


@pytest.mark.parametrize(
    "text",
    [
        "Saya mengajukan bantuan modal ke BAZNAS Kota Bogor sejak bulan lalu, belum ada kabar.",
        "Anak saya mendaftar beasiswa BAZNAS tapi ditolak tanpa alasan.",
        "Bus DAMRI ke bandara telat dua jam dari Botani.",
        "Sampah menumpuk di Jl. Margonda Depok, tidak diangkut.",
        "Paket saya hilang di JNE, tidak ada ganti rugi, kami butuh bantuan hukum.",
    ],
)
def test_an_agency_that_no_table_has_is_a_person_s_to_route(text: str) -> None:
    """The nearest desk is offered, and nothing is sent to it alone; the reason says why."""
    route = ROUTER.route_text("", text)
    assert route.triage
    assert route.confidence < 0.5
    assert "menyebut pihak yang tidak ada dalam direktori kota" in route.reasons


@pytest.mark.parametrize(
    "text",
    [
        "Lubang di Jl. Bangka tidak ditambal, kalau dibiarkan kami lapor Ombudsman.",
        "Truk arah Depok membuat aspal Jl. Pajajaran di Baranangsiang berlubang.",
        "Saya pindah dari Depok, surat pindah datang ke Disdukcapil belum jadi.",
    ],
)
def test_a_name_beside_the_matter_holds_nothing_up(text: str) -> None:
    """Who is threatened with, where the road leads, where somebody came from."""
    route = ROUTER.route_text("", text)
    assert "menyebut pihak yang tidak ada dalam direktori kota" not in route.reasons


def test_a_rule_for_an_agency_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """`?` is the one that need not be in external.csv."""
    head = "external\ttopics\twords\tunless\n"
    (tmp_path / "jurisdiction.tsv").write_text(f"{head}?\t*\tbaznas\t\n", encoding="utf-8")
    assert len(load_rules(tmp_path, DIRECTORY)) == 1
    (tmp_path / "jurisdiction.tsv").write_text(f"{head}BAZNAS\t*\tbaznas\t\n", encoding="utf-8")
    with pytest.raises(BadData, match=r"jurisdiction\.tsv:2: external"):
        load_rules(tmp_path, DIRECTORY)
