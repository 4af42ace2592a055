"""A second matter that nothing but a dash or `juga` sets apart is seen where both name their own desk."""

from __future__ import annotations

import pytest

from engine.routing.issues import asides, split
from engine.routing.route import Route
from engine.routing.router import Router, open_router
from tests.world import CITY, DIRECTORY


@pytest.fixture(scope="module")
def router() -> Router:
    """The packaged city's router."""
    return open_router(DIRECTORY, CITY)


def units(route: Route) -> set[str]:
    """The offices and agencies of all matters of which routing is sure."""
    return {one.unit or one.external or "" for one in (route, *(other for other in route.further if not other.triage))}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Air PDAM di Bantarjati mati sudah tiga hari, dan lampu jalannya juga mati jadi gelap gulita.",
            {"TIRTAPAKUAN", "DISPERUMKIM"},
        ),
        (
            "Jalan depan pasar berlubang dalam sekali, pohon besar juga miring mau tumbang.",
            {"DPUPR", "DISPERUMKIM"},
        ),
        ("Anjing liar banyak di komplek, lampu pju juga pada mati", {"DKPP", "DISPERUMKIM"}),
        ("Pasar becek atapnya bocor. Angkot jg ngetem di depan pintunya bikin macet.", {"PASARPAKUANJAYA", "DISHUB"}),
        (
            "Mohon bantuan:\n- lampu PJU depan RT 3 mati total\n- sampah belum diangkut sejak Senin\nTerima kasih",
            {"DISPERUMKIM", "DLH"},
        ),
        ("Lapor pak:\n* jalan berlubang depan pasar\n* lampu jalan mati di tikungan", {"DPUPR", "DISPERUMKIM"}),
        ("lapor ada 2 masalah, 1. jalan rusak di depan SD 2. lampu jalan mati", {"DPUPR", "DISPERUMKIM"}),
        ("Ada dua hal: 1) air keruh dari PDAM 2) pohon besar rawan tumbang", {"TIRTAPAKUAN", "DISPERUMKIM"}),
    ],
)
def test_two_matters(router: Router, text: str, wanted: set[str]) -> None:
    """Each goes to its own office."""
    assert units(router.route_text("", text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Jalan berlubang, motor juga jadi sering jatuh dan warga juga sudah lapor RT.",
        "Air mati tiga hari, saya juga sudah telepon PDAM tapi tidak diangkat.",
        "Pohon tumbang menimpa kabel dan lampu jalan juga ikut padam.",
        "Banjir setinggi lutut, mobil juga mogok dan jalan juga jadi macet.",
        "- Lokasi: Jl. Ceremai No 5\n- Kejadian: pipa bocor sejak kemarin\n- Harapan: segera diperbaiki",
        "1. Nama: Budi\n2. Alamat: Bantarjati\n3. Keluhan: air PDAM mati",
        "Antrean KTP lama, petugasnya juga cuma satu.",
        "Harga gas naik, di SPBU juga numpuk tabungnya.",
        "Infus di RSUD tidak diganti semalaman. Ambulans juga ada, supirnya baik.",
        "Makam kakek saya di TPU dikunci penjaga. Akta kematian juga beres sehari di Dukcapil.",
        "Antre KTP dari subuh di kantor dinas, rumah saya juga tidak kebanjiran lagi.",
        "Putar balik di depan mal bikin macet, ambulans juga terjebak tadi pagi.",
        "Kabel menjuntai di Jl. Ceremai, tiangnya juga miring.",
    ],
)
def test_one_matter_stays_one(router: Router, text: str) -> None:
    """A consequence, what the writer did, a form's lines, and what is praised are no second matter."""
    assert router.route_text("", text).issues == ()


def test_what_is_said_by_the_way_decides_nothing_alone(router: Router) -> None:
    """The decision about a mail without a second matter is the one without any dash or `juga` looked at."""
    text = "Got mampet, air juga meluap ke jalan kalau hujan, baunya juga menyengat."
    route = router.route_text("", text)
    whole = router.route_text("", text.replace("juga", "pula"))
    assert (route.topic, route.owner, route.issues) == (whole.topic, whole.owner, ())


def test_pieces_are_few_and_bounded() -> None:
    """At most eight, however long the mail; a form's lines are none, one dash is no list."""
    assert len(asides("lampu jalan juga mati. " * 500)) == 1
    assert len(asides("\n".join(f"- jalan rusak nomor {n} sekali" for n in range(100)))) == 8
    assert asides("- Nama: Budi\n- Alamat: Loji\n- Keluhan: air mati") == []
    assert asides("jalan rusak - sudah lama sekali") == []
    assert len(split("1. Nama: Budi\n2. Alamat: Bantarjati\n3. Keluhan: air PDAM mati")) == 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("air PDAM mati di Ciwaringin trs angkot ngetem terus di depan pasar anyar, tolong ya", ["AIR-MATI", "ANGKOT"]),
        ("Lapor: PJU mati di Jl. Salak; got mampet di Jl. Lodaya", ["PJU", "DRAINASE"]),
        ("1. Jalan di Gang Kosasih berlubang\n2. Got di RT 03 mampet bau\n3. Tiang PJU keropos",
         ["JALAN-LINGK", "DRAINASE", "PJU"]),
        ("Tolong KK saya diperbaiki. Btw lampu jalan di Taman Heulang juga mati", ["KTP", "PJU"]),
        ("Mau nanya cara bikin KIA, trus lampu jalan di gang saya mati", ["KTP", "PJU"]),
        ("PLN mati di Cipaku dan juga air PDAM ikut mati", ["PLN", "AIR-MATI"]),
        ("jalan bolong depan SD Polisi sm got mampet di belakangnya", ["JALAN-RUSAK", "DRAINASE"]),
        ("Saya mau tanya syarat bikin KIA. Oh ya, sampah di TPS Cibuluh numpuk", ["KTP", "SAMPAH-ANGKUT"]),
        ("- sampah di gang saya belum diangkut seminggu\n- lampu PJU depan RT 3 mati total", ["SAMPAH-ANGKUT", "PJU"]),
    ],
)  # fmt: skip
def test_the_first_named_is_the_mails_own(router: Router, text: str, wanted: list[str]) -> None:
    """Short mails with loose turns: each matter is found, in the order in which they were told."""
    route = router.route_text("", text)
    assert [one.topic or one.external for one in (route, *route.further)] == wanted
    assert not any(one.triage for one in (route, *route.further))


@pytest.mark.parametrize(
    "text",
    [
        "air mati terus dari kemarin di Ciwaringin",
        "Angkot ngetem terus, jalan jadi macet terus",
        "jalan rusak terus ga pernah dibenerin, motor jatuh terus",
        "got mampet terus air masuk rumah",
        "lampu mati trus gelap trus rawan begal",
        "pohon tumbang trus nimpa kabel PLN",
        "pak RT sama lurah ga pernah tanggapi laporan jalan rusak",
        "min halte bubulak colokan usb sm wifinya mati",
        "KK kami asli, sudah dicek ke Dukcapil; tetapi panitia penerimaan siswa baru tetap menganggapnya titipan.",
        "Puskesmas sudah menyuntik saya; anjingnya masih berkeliaran dan menggigit orang lain, tolong ditangkap.",
    ],
)
def test_what_goes_on_is_no_second_matter(router: Router, text: str) -> None:
    """`terus` is also always, `sama` also with; a result and what is settled are no matters."""
    assert router.route_text("", text).issues == ()
