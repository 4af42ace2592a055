"""The router names topic, unit, chair and agency from the words of a mail and the city's directory."""

from __future__ import annotations

from time import perf_counter

import pytest

from engine.directory import Directory, External, Place, Position, Topic, Unit
from engine.routing import Confidential, Finders, Router
from engine.routing.confidential import Heard
from engine.routing.fold import tokens
from engine.routing.issues import loose, split, without, without_turn


def city() -> Directory:
    """A city of three offices, one agency and one kelurahan."""

    def topic(code: str, unit: str | None, position: str | None, words: str, by_place: str | None = None) -> Topic:
        return Topic(code, code.title(), "", unit, position, by_place, (), tuple(words.split(";")), "biasa", 5)

    units = [
        Unit("PDAM", "Perumda Air", "bumd", None, "pdam.example"),
        Unit("PU", "Dinas PU", "dinas", None, "pu.example"),
        Unit("KEL-LOJI", "Kelurahan Loji", "kelurahan", None, "loji.example"),
    ]
    positions = [
        Position("pdam.asman.aliran", "PDAM", "Asman", "asman", None, "a@pdam.example", "A"),
        Position("pu.kasi.jalan", "PU", "Kasi", "kasi", None, "j@pu.example", "B"),
        Position("kelloji.lurah", "KEL-LOJI", "Lurah", "lurah", None, "lurah@loji.example", "C"),
    ]
    topics = [
        topic("AIR", "PDAM", "pdam.asman.aliran", "air mati;air tidak mengalir"),
        topic("JALAN", "PU", "pu.kasi.jalan", "jalan rusak;jalan berlubang"),
        topic("KELURAHAN", None, None, "surat pengantar;pak lurah", "kelurahan"),
    ]
    agencies = [External("PLN", "PT PLN", "pln@pln.example", "Hubungi 123.", ("listrik padam",))]
    places = [Place("KEL-LOJI", "Loji", "KEC-BOGORBARAT", (), (), ())]
    return Directory(
        {u.code: u for u in units},
        {p.id: p for p in positions},
        {t.code: t for t in topics},
        {e.code: e for e in agencies},
        {p.code: p for p in places},
    )


def loji() -> Finders:
    """Finders that see Loji wherever it is written."""
    return Finders(
        lambda text, _city: "KEL-LOJI" if "loji" in text.lower() else None,
        lambda _text: False,
        lambda _text: Heard(Confidential.NONE),
    )


def test_slang_and_sundanese_become_plain_words() -> None:
    """Abbreviations, doubled letters, reduplication and Sundanese fold to the same plain words."""
    assert tokens("Aer gk ngocorrrr, udh 3 hr") == tokens("air tidak mengalir, sudah 2 hari")
    assert tokens("lubang2 dijalan") == ["lubang", "di", "jalan"]


def test_a_keyword_in_slang_names_unit_and_chair() -> None:
    """Keywords match after folding, and the topic's own unit and chair are named with a readable reason."""
    route = Router(city(), finders=loji()).route_text("", "min aer gak ngalir di loji dari kmrn")
    assert (route.topic, route.unit, route.owner, route.place) == ("AIR", "PDAM", "pdam.asman.aliran", "KEL-LOJI")
    assert route.reasons == ("“air tidak mengalir” + “Loji” → Perumda Air, Air",)
    assert len(route.candidates) == 3
    assert route.model == "keywords"


def test_another_authority_is_named() -> None:
    """An agency's words give its code and no unit."""
    route = Router(city()).route_text("listrik padam", "sejak tadi malam listrik padam")
    assert (route.external, route.unit, route.topic) == ("PLN", None, None)


def test_a_service_by_place_goes_to_the_lurah_of_the_place() -> None:
    """A kelurahan service goes to the lurah of the named place, and to triage where no place is named."""
    router = Router(city(), finders=loji())
    assert router.route_text("", "surat pengantar di kelurahan Loji lama, pak lurah").owner == "kelloji.lurah"
    assert router.route_text("", "surat pengantar lama sekali, pak lurah tidak ada").triage


def test_nothing_known_goes_to_triage() -> None:
    """A text without a known word is for a person, and routing it raises nothing."""
    for text in ("", "zzz", "\x00" * 50, "a" * 100_000):
        assert Router(city()).route_text("", text).triage


def test_numbered_points_and_turns_of_speech_divide_a_mail() -> None:
    """Numbered points and `selain itu` open new matters; a plain mail is one."""
    assert len(split("Mohon:\n1. jalan berlubang di depan\n2. sampah tidak diangkut lagi")) == 2
    assert len(split("jalan rusak di depan sekolah. Selain itu lampu jalan mati semua")) == 2
    assert len(split("Pertama, air mati sejak Selasa. Kedua, truk sampah tidak lewat.")) == 2
    assert len(split("Truk sampah tidak lewat, kedua anak saya sampai batuk.")) == 1
    assert split("jalan rusak di depan sekolah, sudah lama") == ["jalan rusak di depan sekolah, sudah lama"]
    assert len(split("Selain itu lampu jalan mati")) == 1
    assert len(split("jalan rusak di depan terus sekalian lampu jalan mati")) == 2
    assert len(split("jalan rusak di depan laterus sekalian lampu jalan mati")) == 1
    assert len(split("jalan rusak di depan sekolah.\n\n\n  selain itu lampu jalan mati")) == 2


@pytest.mark.parametrize("piece", ["\n", " \n", ".\n", "terus ", "1. ", " ", "; ", " sama "])
def test_what_divides_a_mail_is_found_in_linear_time(piece: str) -> None:
    """Twenty thousand characters of blank lines once cost a minute: each was tried to the end of all."""
    began = perf_counter()
    text = piece * (20_000 // len(piece)) + "selain itu jalan rusak"
    split(text)
    loose(text)
    without(without_turn(text), [])
    assert perf_counter() - began < 1
