"""Texts of citizens name the kelurahan, the kecamatan or nothing, as a careful reader of the directory would say."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.directory import Directory, Place, load
from engine.routing.places import Gazetteer, find_place
from engine.routing.places.words import name_tokens

ROOT = Path(__file__).parents[2]
CITY = load(ROOT / "workflows" / "kota_bogor")
BOGOR = Gazetteer(CITY)
CORPUS = [
    (line.partition("\t")[0], frozenset(line.partition("\t")[2].split(",")))
    for line in (ROOT / "tests" / "corpus" / "places.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_the_corpus_is_read_as_labelled() -> None:
    """At least 98 of 100 labelled sentences lead to their place (or one of the two a careful reader would accept)."""
    wrong = [text for text, right in CORPUS if (BOGOR.find("\n" + text).code or "") not in right]
    assert len(CORPUS) > 270
    assert len(wrong) <= len(CORPUS) * 0.02, wrong


@pytest.mark.parametrize("place", CITY.places.values(), ids=lambda place: place.code)
def test_every_place_is_found_by_its_full_name(place: Place) -> None:
    """`Kel. X` and `Kecamatan X` always lead to X, in any case and joined or split."""
    kind = "kecamatan" if place.kecamatan == place.code else "kelurahan"
    for form in (
        f"{kind} {place.name}",
        f"{kind[:3]}. {place.name.upper()}",
        f"{kind[:3]} {place.name.replace(' ', '')}",
    ):
        assert BOGOR.find(f"lampu mati\nlampu di {form} mati").code == place.code


def test_every_street_and_landmark_leads_to_one_of_its_places() -> None:
    """A street or landmark of one kelurahan leads there; a shared one to their kecamatan or nowhere."""
    owners: dict[str, set[str]] = {}
    spelt: dict[str, str] = {}
    for place in CITY.places.values():
        if place.kecamatan != place.code:
            for name in place.streets:
                owners.setdefault("".join(name_tokens(name)), set()).add(place.code)
                spelt["".join(name_tokens(name))] = name
    for key, codes in owners.items():
        name = spelt[key]
        got = BOGOR.find(f"\njalan berlubang di {name} sudah lama").code
        kecamatan = {CITY.places[code].kecamatan for code in codes}
        assert got in codes if len(codes) == 1 else got in codes | kecamatan | {None}, (name, got)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Saya warga Loji, tapi kejadiannya di Jl. Dreded dekat TMP Dreded.", "KEL-BONDONGAN"),
        ("Saya warga Loji dan lampu jalan kami mati.", "KEL-LOJI"),
        ("lampu merah arah ciluar mati, lokasinya di simpang talang", "KEL-KEDUNGHALANG"),
        ("bukan di Tajur, tapi di Katulampa", "KEL-KATULAMPA"),
        ("air muncrat kaya air mancur", None),
        ("macet dari Tajur sampai Warung Jambu", None),
        ("jalan rusak dari Loji sampai Sindangbarang", "KEC-BOGORBARAT"),
        ("Jalan berlubang di Cimahpar.\n\nTerima kasih,\nBudi\nKel. Cibuluh", "KEL-CIMAHPAR"),
        ("di gudang sekolah ada ular", None),
        ("di Kel. Gudang ada ular", "KEL-GUDANG"),
        ("genteng rumah warga Kp. Genteng beterbangan", "KEL-GENTENG"),
        ("Yth. Dinas Kesehatan Kota Bogor, obat kosong", None),
        ("saya KTP Loji, tapi lubangnya di jalan raya Ciomas", None),
        ("lintasan lari Stadion Pajajaran mengelupas", "KEL-TANAHSAREAL"),
        ("hotel baru dekat Ekalokasari menyedot sumur", "KEL-SUKASARI"),
        ("acara perpisahan di hotel", None),
        ("R Hotel Rancamaya menutup jalan", "KEL-RANCAMAYA"),
        ("pohon di Jl. Dr. Semeru dekat RSJ berlubang", "KEL-MENTENG"),
        ("lift di RSUD mati", "KEL-MENTENG"),
        ("ketua RT kami di Kencana tidak pernah diganti", "KEL-KENCANA"),
        ("mobil Kencana menutup gang", None),
        ("antrean di RSUD Ciawi lama", None),
        ("", None),
    ],
)
def test_roles(text: str, code: str | None) -> None:
    """Who lives, signs, passes or points there does not decide; where it happened does."""
    assert BOGOR.find("laporan\n" + text).code == code


def test_reasons_name_what_was_found() -> None:
    """The reasons hold the names of the directory that decided, and the confidence is a share."""
    found = find_place("lapor\nlampu mati di jl artzimar dkt sman 7", CITY)
    assert found.code == "KEL-TEGALGUNDIL"
    assert found.reasons == ("“Jl. Artzimar”", "“SMAN 7 Bogor”")
    assert 0.5 < found.confidence <= 1


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_taken(text: str) -> None:
    """No text raises, and what is named is a place of the city."""
    found = BOGOR.find(text)
    assert found.code is None or found.code in CITY.places


@pytest.mark.parametrize(
    "piece", ["jalan ", "kel. ", "a" * 40 + " ", "tanah baru ", "sempurr ", "di ke dari sampai ", "\n\n."]
)
def test_long_texts_cost_little(piece: str) -> None:
    """A text of a megabyte costs no more than its first pages."""
    begun = perf_counter()
    BOGOR.find(piece * (1_000_000 // len(piece)))
    assert perf_counter() - begun < 1


def test_a_city_without_places_finds_none() -> None:
    """An empty table of places is no error."""
    empty = Directory(CITY.units, CITY.positions, CITY.topics, CITY.externals, {})
    assert find_place("jalan rusak di Loji", empty).code is None
