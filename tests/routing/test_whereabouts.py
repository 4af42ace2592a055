"""Where something is says nothing of what it is: names of kelurahan and landmarks next door make no desk."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.routing import open_router
from engine.routing.fold import tokens
from engine.routing.likeness import Traces
from engine.routing.onset import FRESH, LASTING, OVER, UNSAID, onset
from engine.routing.trace import slip
from engine.routing.whereabouts import Whereabouts
from tests.world import CITY, DIRECTORY

ROUTER = open_router(DIRECTORY, CITY)
TRACES = Traces(DIRECTORY)
NOON = datetime(2026, 8, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "mti aer d katulampa rt 2 rw 8 sjk sbh, tlg cpt ya pa",
        "PJU off parung banteng, kira2 10 tiang.",
        "takut lewat parung banteng, lampu jalanyna mati dari tadi sore",
    ],
)
def test_a_place_makes_no_agency_outside(text: str) -> None:
    """A kelurahan called as a weir, a hamlet called as a kecamatan next door: the words decide."""
    assert ROUTER.route_text("", text).external is None


@pytest.mark.parametrize(
    "text", ["Bendung Katulampa pintuna ruksak.", "Terminal Baranangsiang kumuh dan tidak terawat."]
)
def test_an_agency_s_own_landmark_stays_its_own(text: str) -> None:
    """Where the weir itself is the matter, it is the weir's."""
    assert ROUTER.route_text("", text).external is not None


def test_what_lies_beside_is_left_out() -> None:
    """ "Dekat terminal" is where; "terminal" is what."""
    where = Whereabouts(DIRECTORY)
    said = tokens("lampu jalan mati deket terminal bubulak dari magrib")
    assert "terminal" not in where.without(said, "KEL-BUBULAK")
    said = tokens("terminal bubulak kotor sekali dan bau pesing")
    assert "terminal" in where.without(said, "KEL-BUBULAK")


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("Jalan berlubang di Jl. Pahlawan dekat rel kereta Bondongan", False),
        ("Rel kereta di Bondongan bengkok dan berderit", True),
        ("saya orang Cibinong, kerja di Bogor, lampu jalan di Jl. Sudirman mati", False),
        ("Saya warga Cibinong, jalan di depan rumah kami rusak parah", True),
    ],
)
def test_a_landmark_or_a_home_outside_makes_no_agency(text: str, outside: bool) -> None:
    """What lies beside a railway is not the railway's; whence the writer comes is not where the lamp stands."""
    assert (ROUTER.route_text("", text).external is not None) == outside


def test_a_place_of_the_city_makes_an_agency_beyond_the_border_doubtful() -> None:
    """Words of the neighbour, a kelurahan of our own: the desk decides."""
    found = ROUTER.route_text("", "jalan rusak di perbatasan Ciomas deket Kel. Pasir Jaya")
    assert (found.place, found.triage) == ("KEL-PASIRJAYA", True)


@pytest.mark.parametrize(
    ("text", "hinted"),
    [
        ("air di rumah saya mati dari subuh", True),
        ("Tidak ada air sama sekali di Cipaku", True),
        ("Meteran air di rumah saya di jalan Pandawa macet", False),
        ("Air keruh, ada pasir, tidak bisa dipakai mandi", False),
    ],
)
def test_words_of_a_keyword_stand_near_each_other(text: str, hinted: bool) -> None:
    """A mail hints at dry taps where it says so, not where the same words are strewn over it."""
    found = TRACES.of("", text, None, None, "", NOON)
    assert ("AIR-MATI" in found.hints) is hinted


def test_what_is_feared_has_not_happened() -> None:
    """A blocked ditch is no flood yet."""
    found = TRACES.of("", "selokan mampet penuh sampah, takut banjir kalo hujan", "DRAINASE", None, "", NOON)
    assert "BANJIR" not in found.hints


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Kemarin air mati, sekarang sudah nyala tapi keruh.", True),
        ("meteran mati angkanya ga jalan, air sih lancar", True),
        ("Petugas sampah minta uang setiap mengangkut.", True),
        ("Usul pemasangan lampu jalan baru.", True),
        ("Bantuan korban banjir tahun lalu belum saya terima.", True),
        ("air mati dari subuh, belum nyala juga", False),
    ],
)
def test_what_its_writer_pays_or_wishes_is_his_own(text: str, own: bool) -> None:
    """Such mails never join an event by themselves."""
    assert TRACES.of("", text, None, None, "", NOON).own is own


def test_a_habit_that_happens_now_is_no_old_matter() -> None:
    """ "Each rain, and now it is in the kitchen" is today's flood; last month's pump is not."""
    assert onset("tiap hujan begini. sekarang sudah masuk dapur") != LASTING
    assert onset("pompa rusak sejak bulan lalu") == LASTING


@pytest.mark.parametrize(
    ("word", "name", "meant"),
    [("empng", "empang", True), ("cpiaku", "cipaku", True), ("wagni", "wangi", True), ("cipayu", "cipaku", True),
     ("tajur", "cipaku", False), ("empang", "lempang", False), ("raya", "jaya", False)],
)  # fmt: skip
def test_a_slip_of_the_thumb(word: str, name: str, meant: bool) -> None:
    """One letter too few, too many, wrong or swapped, and the first one right."""
    assert slip(word, name) is meant


def test_an_agency_of_which_more_is_said_keeps_its_matter() -> None:
    """A prison named by its kelurahan alone is the prison's where inmates and visits are spoken of too."""
    text = "Waktu membesuk keluarga di Paledang kami dimintai uang oleh petugas, napi lain juga."
    assert ROUTER.route_text("besuk", text).external == "LAPAS"


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("minggu lalu longsor, sudah diberesin warga", OVER),
        ("genteng terbang kemarin lusa", OVER),
        ("lampu merah pernah mati dua hari", OVER),
        ("sampah belum diangkut sejak hari senin minggu lalu", LASTING),
        ("macet tiap jam 7", LASTING),
        ("mati dari kemarin", FRESH),
        ("longsor lagi pagi ini, tahun lalu juga begini", FRESH),
        ("kok mati, padahal kemaren masih idup", UNSAID),
        ("kemarin malam masih nyala, sekarang gelap", UNSAID),
    ],
)
def test_what_is_over_is_another_matter_than_what_goes_on(text: str, begun: str) -> None:
    """A day that is over is told as such; what ran yesterday or happened before as well says nothing of it."""
    assert onset(text) == begun


def test_a_landmark_beside_it_is_no_topic_of_its_own() -> None:
    """ "Dekat terminal Bubulak" speaks for terminals only by a name: routing's word for it is not believed."""
    beside = TRACES.of("air", "air mati dekat terminal bubulak", "TERMINAL", "KEL-BUBULAK", "a@x.example", NOON)
    inside = TRACES.of("", "atap terminal bubulak bocor", "TERMINAL", "KEL-BUBULAK", "a@x.example", NOON)
    assert (beside.unsure, inside.unsure) == (True, True)  # the same name says no more of what is in it
    roof = TRACES.of("", "halte rusak dekat terminal bubulak", "TERMINAL", "KEL-BUBULAK", "a@x.example", NOON)
    assert not roof.unsure


def test_what_is_feared_is_not_what_happens() -> None:
    """ "Belum longsor tapi takut" is no landslide."""
    feared = TRACES.of("", "tebing retak, belum longsor tapi takut", "TPT", None, "a@x.example", NOON)
    real = TRACES.of("", "tebing retak lalu longsor", "TPT", None, "a@x.example", NOON)
    assert ("longsor" in feared.matter, "longsor" in real.matter) == (False, True)
