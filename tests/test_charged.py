"""An open report that complains of an official never reaches him or his own people; the desk reads why it got it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.desk.charged import above, charged
from engine.routing.charges import charges
from tests.post import CITIZEN, Town, words
from tests.world import DIRECTORY, route

DESK = "kasi.aduan@diskominfo.kotabogor.example"
PAID = "Surat pengantar di Kelurahan Bubulak dimintai 200 ribu, lurahnya sendiri yang terlibat."


@pytest.mark.parametrize(
    ("text", "fear"),
    [
        ("lurahnya sendiri yang terlibat", False),
        ("Kepala Dinas Perhubungan membekingi parkir liar.", False),
        ("Kasi parkir dishub minta setoran dari juru parkir tiap hari.", False),
        ("pak lurah minta warga bayar 500 ribu buat sertifikat", False),
        ("RT memotong bansos, lurah melindungi", False),
        ("Saya melaporkan oknum camat yang memeras pedagang", False),
        ("jangan sampai camat tahu saya yang lapor", True),
        ("Saya takut sama pak lurah", True),
        ("laporan ini jangan lewat lurah Semplak", True),
        ("mohon jangan diteruskan ke pak lurah", True),
        ("mun tiasa ulah dugi ka lurah terang", True),
    ],
)
def test_a_charge_is_heard(text: str, fear: bool) -> None:
    """Wrongdoing of one of rank, and the wish that he hear nothing of it."""
    assert {charge.fear for charge in charges(text)} == {fear}


@pytest.mark.parametrize(
    "text",
    [
        "Pak lurah Bubulak, tolong got depan balai warga dibersihkan.",
        "Saya sudah lapor pak lurah tapi tidak ditanggapi, got mampet.",
        "Terima kasih pak camat sudah membantu.",
        "Kata pak lurah minta tolong ke DLH untuk angkut sampah.",
        "Mohon pak lurah menegur warga yang bakar sampah, marah kalau ditegur",
        "Mohon diteruskan ke camat, jangan lama-lama.",
    ],
)
def test_what_is_no_charge(text: str) -> None:
    """An official who is addressed, told, thanked or asked for help is complained of by nobody."""
    assert charges(text) == ()


def test_the_chair_meant_is_found() -> None:
    """By the name behind the rank, else at the report's place, else in the office named; all of a rank if none is."""
    here = route("kelbubulak.lurah", "KELURAHAN", place="KEL-BUBULAK")
    assert charged(DIRECTORY, "lurahnya terlibat pungli", here)[0] == ("kelbubulak.lurah",)
    assert charged(DIRECTORY, "lurah loji menerima suap", here)[0] == ("kelloji.lurah",)
    assert charged(DIRECTORY, "jangan sampai camat tahu", here)[0] == ("kecbogorbarat.camat",)
    assert charged(DIRECTORY, "kasi parkir dishub minta setoran", route())[0] == ("dishub.kasi.parkir",)
    assert set(charged(DIRECTORY, "kabid di DPUPR main proyek", route())[0]) == {
        one.id for one in DIRECTORY.positions.values() if one.unit == "DPUPR" and one.level == "kabid"
    }
    assert charged(DIRECTORY, "seorang lurah menerima suap", route())[0] == ()


def test_manners_bar_nobody_else() -> None:
    """A rude head keeps his office from no work; a report that would go to himself is kept from him."""
    text = "Direktur PDAM arogan, air mati seminggu."
    assert charged(DIRECTORY, text, route("tirtapakuan.asman.aliran", "AIR-MATI"))[0] == ()
    mine = route("kelloji.lurah", "KELURAHAN", place="KEL-LOJI")
    assert charged(DIRECTORY, "Pak lurah marah-marah kalau diminta tanda tangan.", mine)[0] == ("kelloji.lurah",)


def test_the_nearest_above_all_of_them() -> None:
    """Of a lurah his camat; of all heads of bidang the head of the dinas."""
    superior = above(DIRECTORY, ("kelbubulak.lurah",))
    assert superior is not None
    assert superior.id == "kecbogorbarat.camat"
    assert above(DIRECTORY, ()) is None


def test_he_never_reads_of_it(tmp_path: Path) -> None:
    """The desk gets it with the remark, his superior and the inspectorate first; it cannot be given to him or his."""
    town = Town(tmp_path)
    town.send(CITIZEN, PAID)
    ticket = town.tickets()[0]
    assert (ticket.state, ticket.reported, ticket.hide_from_agency) == ("triage", ("kelbubulak.lurah",), False)
    asked = town.find(DESK, ticket.number)
    text = " ".join(words(asked).split())
    assert "Laporan ini mengadukan Lurah Bubulak: tidak kami teruskan kepadanya" in text
    assert text.index("TERUSKAN kecbogorbarat.camat") < text.index("TERUSKAN inspektorat.irban.khusus")
    for name in ("lurah bubulak", "seklur bubulak"):
        town.reply(DESK, asked, name)
        assert town.tickets()[0].state == "triage"
        assert "tidak dapat diserahkan kepadanya" in " ".join(words(town.inbox(DESK)[-1]).split())
    town.reply(DESK, asked, "1")
    assert town.tickets()[0].holder == "kecbogorbarat.camat"
    town.wait(timedelta(days=20))
    assert not [
        box for box in town.post.boxes if "kelbubulak" in box and any(PAID[:30] in words(m) for m in town.inbox(box))
    ]
    town.app.close()


def test_who_fears_him_is_not_named(tmp_path: Path) -> None:
    """Fear hides the reporter from the offices; the report joins nobody's."""
    town = Town(tmp_path)
    town.send(CITIZEN, "Bangunan liar di bantaran kali Bubulak punya saudara lurah, saya takut sama pak lurah.")
    ticket = town.tickets()[0]
    assert (ticket.confidential, ticket.hide_from_agency) == ("anonymous", True)
    assert ticket.reported == ("kelbubulak.lurah",)
    town.app.close()


def test_a_later_charge_takes_it_from_him(tmp_path: Path) -> None:
    """What the reporter writes of the holder later is the desk's to read; the holder hears no more of the report."""
    town = Town(tmp_path)
    town.send(CITIZEN, "Parkir liar di Jl. Suryakencana depan toko kue bikin macet, mohon ditertibkan.", "Parkir liar")
    number = town.tickets()[0].number
    parking = "kasi.parkir@dishub.kotabogor.example"
    before = len(town.inbox(parking))
    town.reply(
        CITIZEN, town.find(CITIZEN, number), "Ternyata kasi parkir dishub minta setoran, saya takut sama kasi itu"
    )
    ticket = town.tickets()[0]
    assert (ticket.state, ticket.reported, ticket.hide_from_agency) == ("triage", ("dishub.kasi.parkir",), True)
    assert "Ternyata kasi parkir dishub minta setoran" in " ".join(words(town.inbox(DESK)[-1]).split())
    assert "Laporan ini mengadukan Kepala Seksi Perparkiran" in " ".join(
        words(town.find(DESK, "Mohon diarahkan")).split()
    )
    town.wait(timedelta(days=10))
    assert len(town.inbox(parking)) == before
    assert town.app.store.broken_links() == []
    town.app.close()
