"""The desk's one-line answers as they are written on a phone: each reaches the chair that it names, or asks back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.desk import triage
from engine.desk.intent import Intent, intent
from engine.desk.phrases import phrase, urged
from engine.directory import find_chairs
from engine.letter import Letter
from engine.reading import Kind, Reading, Speaker
from engine.routing.route import Candidate
from engine.ticket import Role, Ticket
from mail.reply.answer import answer
from tests.post import CITIZEN, Town, pressed, words
from tests.world import DIRECTORY, City, message, route

DESK = "kasi.aduan@diskominfo.kotabogor.example"
LISTED = (
    Candidate("AIR-MATI", "TIRTAPAKUAN", "tirtapakuan.asman.aliran", None, 0.5),
    Candidate("PARKIR", "DISHUB", "dishub.kasi.parkir", None, 0.3),
    Candidate(None, None, None, "PLN", 0.1),
)


@pytest.fixture(scope="module")
def triaged(tmp_path_factory: pytest.TempPathFactory) -> tuple[City, Ticket, Letter]:
    """A report at the desk whose letter lists three candidates; its text helps with nothing."""
    city = City.new(tmp_path_factory.mktemp("desk") / "city.db")
    ticket = city.complain("Mohon dibantu.", subject="Mohon", route=route(None, candidates=LISTED))
    return city, ticket, city.letters(ticket, "triage")[0]


def meant(triaged: tuple[City, Ticket, Letter], line: str) -> Intent:
    """What a reply of the desk with this line asks for."""
    city, ticket, letter = triaged
    said = answer(line, speaker=Speaker.OFFICIAL, sent=date(2026, 8, 3), directory=DIRECTORY, own="DISKOMINFO")
    reading = Reading(Kind.REPLY, message(DESK, text=line), line, answer=said)
    world = city.desk.world
    return triage.chosen(world, ticket, letter, line) or intent(world, ticket, Role.DESK, said, reading)


@pytest.mark.parametrize(
    ("line", "chair"),
    [
        ("dishub bidang lalin", "dishub.kabid.lalin"),
        ("Pak Kabid Jalan", "dpupr.kabid.jalan"),
        ("kabid jln", "dpupr.kabid.jalan"),
        ("dpupr jalan", "dpupr.kasi.jalan"),
        ("kasi pju perumkim", "disperumkim.kasi.pju"),
        ("perumkim pju", "disperumkim.kasi.pju"),
        ("perkim bidang pertamanan", "disperumkim.kabid.pertamanan"),
        ("lurah bubulak aja", "kelbubulak.lurah"),
        ("lurah tegalega", "keltegallega.lurah"),
        ("pdam yg aliran", "tirtapakuan.asman.aliran"),
        ("ke tirta pakuan bagian kebocoran", "tirtapakuan.asman.kebocoran"),
        ("bpk sekdis dinkes", "dinkes.sekretaris"),
        ("kadis pupr", "dpupr.kepala"),
        ("kepala dinas kesehatan", "dinkes.kepala"),
        ("kadishub aja langsung", "dishub.kepala"),
        ("sekcam bogor tengah", "kecbogortengah.sekcam"),
        ("seklur sempur", "kelsempur.seklur"),
        ("kasi ekbang kel bubulak", "kelbubulak.kasi.ekbang"),
        ("kasi trantib kec bogor barat", "kecbogorbarat.kasi.trantib"),
        ("manager distribusi pdam", "tirtapakuan.manajer.distribusi"),
        ("dirut tirta pakuan", "tirtapakuan.dirut"),
        ("dirtek pdam", "tirtapakuan.dir.teknik"),
        ("asman meter", "tirtapakuan.asman.meter"),
        ("dlh bag. pengangkutan sampah", "dlh.kasi.angkutan"),
        ("dlh bidang persampahan", "dlh.kabid.sampah"),
        ("ke dpupr bidang sda", "dpupr.kabid.sda"),
        ("kabid smp disdik", "disdik.kabid.smp"),
        ("irban khusus", "inspektorat.irban.khusus"),
        ("irbansus", "inspektorat.irban.khusus"),
        ("bag hukum setda", "setda.kabag.hukum"),
        ("upt pemakaman", "disperumkim.kauptd.pemakaman"),
        ("ka uptd tpa", "dlh.kauptd.tpa"),
        ("uptd pkb dishub", "dishub.kauptd.pkb"),
        ("kanit pasar bogor", "pasarpakuanjaya.kaunit.bogor"),
        ("kasi parkir", "dishub.kasi.parkir"),
        ("Kasi Perparkiran Dishub, trims", "dishub.kasi.parkir"),
        ("satpol kasi pkl", "satpolpp.kasi.pkl"),
        ("kasi pengaturan lalin", "dishub.kasi.pengaturan"),
        ("pemeliharaan jembatan dpupr", "dpupr.kasi.jembatan"),
        ("rsud bag pendaftaran", "rsud.kasubag.loket"),
        ("dukcapil yg ktp", "disdukcapil.kasi.identitas"),
        ("bapenda pbb", "bapenda.kasi.pbb"),
        ("dinsos bansos", "dinsos.kasi.bansos"),
        ("walikota", "pimpinan.walikota"),
        ("pju", "disperumkim.kasi.pju"),
        ("parkir", "dishub.kasi.parkir"),
        ("lampu jalan", "disperumkim.kasi.pju"),
        ("bukan dishub, satpolpp", "satpolpp.kepala"),
        ("dishub, tembusan dlh", "dishub.kepala"),
        ("kel bubulak kec bogor barat", "kelbubulak.lurah"),
        ("kadis lh", "dlh.kepala"),
        ("sek kel cipaku", "kelcipaku.seklur"),
        ("dirut rsud", "rsud.direktur"),
        ("pasar kebon kembang", "pasarpakuanjaya.kaunit.kebonkembang"),
        ("damkar penyelamatan", "damkar.kasi.penyelamatan"),
        ("Kepala Seksi Pemeliharaan Jalan DPUPR", "dpupr.kasi.jalan"),
        ("lanjut yg 1", "tirtapakuan.asman.aliran"),
        ("1 aja", "tirtapakuan.asman.aliran"),
        ("nomor dua", "dishub.kasi.parkir"),
        ("yg pertama", "tirtapakuan.asman.aliran"),
        ("opsi satu", "tirtapakuan.asman.aliran"),
        ("yg ke 2 aja", "dishub.kasi.parkir"),
    ],
)
def test_line_reaches_the_chair_it_names(triaged: tuple[City, Ticket, Letter], line: str, chair: str) -> None:
    """Rank, subject and office in any order, shortened; and the numbers of the list in words."""
    said = meant(triaged, line)
    assert (said.event, said.target) == ("route", chair)


@pytest.mark.parametrize(
    ("line", "among"),
    [
        ("kasi lalu lintas dishub", {"dishub.kasi.rekayasa", "dishub.kasi.andalalin", "dishub.kasi.pengaturan"}),
        ("sampah", {"dlh.kabid.sampah", "dlh.kasi.angkutan", "dlh.kasi.tps3r"}),
        ("1 atau 2?", {"tirtapakuan.asman.aliran", "dishub.kasi.parkir"}),
        ("yg 1 apa yg 3 ya?", {"tirtapakuan.asman.aliran", "PLN"}),
        ("ke dishub atau satpolpp", {"dishub.kepala", "satpolpp.kepala"}),
        ("dishub/satpolpp", {"dishub.kepala", "satpolpp.kepala"}),
        ("dishub dan satpolpp", {"dishub.kepala", "satpolpp.kepala"}),
        ("dishub apa dlh?", {"dishub.kepala", "dlh.kepala"}),
        ("PLN atau perumkim bu?", {"PLN", "disperumkim.kepala"}),
        ("kasi parkir dishub atau kasi pkl satpol pp", {"dishub.kasi.parkir", "satpolpp.kasi.pkl"}),
        ("kabid bina marga", {"dpupr.kabid.jalan", "dpupr.kabid.bangjalan"}),
        ("dlh?", {"dlh.kepala"}),
        ("ini dishub bukan ya?", {"dishub.kepala"}),
        ("ini masuk ke mana ya?", set()),
        ("maksudnya gimana?", set()),
        ("kasubag umum", set()),
        ("lurah", set()),
        ("kasi gajah dishub", set()),
    ],
)
def test_line_that_leaves_a_choice_is_asked_back(
    triaged: tuple[City, Ticket, Letter], line: str, among: set[str]
) -> None:
    """Several chairs, several offices, two numbers or a question to us: nothing is done and no citizen is asked."""
    said = meant(triaged, line)
    assert (said.event, said.target, said.asked, set(said.among)) == ("route", None, True, among)


@pytest.mark.parametrize(
    ("line", "event", "rest"),
    [
        ("ini spam, tolak aja", "reject", "ini spam"),
        ("spam aja ini mah", "reject", "spam"),
        ("tdk jelas, tolak", "reject", "tdk jelas"),
        ("tolak aja, bukan pengaduan", "reject", "bukan pengaduan"),
        ("tutup aja", "reject", ""),
        ("ditutup saja, pelapor iseng", "reject", "pelapor iseng"),
        ("tanya dong alamatnya", "ask", "Alamatnya?"),
        ("tanyain dulu lokasinya dimana", "ask", "Lokasinya dimana?"),
        ("coba tanya pelapornya, nomor pelanggannya berapa", "ask", "Nomor pelanggannya berapa?"),
        ("laporan ini tidak jelas, tanya lokasinya", "ask", "Lokasinya?"),
        ("minta foto lokasinya dong", "ask", "Mohon foto lokasinya dong."),
        ("sama dgn yg tadi", "join", ""),
        ("dobel sama yg tadi pagi", "join", ""),
        ("udah ada laporannya, gabung aja", "join", ""),
        ("duplikat", "join", ""),
        ("gabungin aja sama C-2026-000099", "join", ""),
        ("gabung ke KB-2026-000012", "join", ""),
        ("ini urgent", "urge", "ini urgent"),
        ("URGENT!!", "urge", "URGENT!!"),
        ("darurat ini pak, tolong cepat", "urge", "darurat ini pak, tolong cepat"),
        ("MENDESAK", "urge", ""),
        ("jangan ditutup", "comment", "jangan ditutup"),
        ("ini tidak urgent", "comment", "ini tidak urgent"),
        ("nanti saya cek dulu", "comment", "nanti saya cek dulu"),
        ("ok lanjut", "comment", "ok lanjut"),
    ],
)
def test_line_that_names_no_office(triaged: tuple[City, Ticket, Letter], line: str, event: str, rest: str) -> None:
    """Refused, asked, joined or urgent in everyday words; what denies it or says nothing stays a comment."""
    said = meant(triaged, line)
    assert (said.event, said.reason) == (event, rest)


def test_urgent_and_an_office_in_one_line(triaged: tuple[City, Ticket, Letter]) -> None:
    """`urgent, ke bpbd` is both; an emergency ward's name is no cry for haste."""
    said = meant(triaged, "urgent, ke bpbd")
    assert (said.event, said.target, said.urgent) == ("route", "bpbd.kepala", True)
    assert urged("kasi gawat darurat rsud") == (False, "kasi gawat darurat rsud")
    assert meant(triaged, "kasi gawat darurat rsud").target == "rsud.kasi.igd"


def test_a_lid_is_nothing_to_close() -> None:
    """`tutup` is closed only where the line says nothing else of the matter."""
    assert phrase("tutup bak kontrolnya hilang") is None
    assert phrase("tutup saja") is not None


def test_chairs_of_a_rank_say_who_is_meant() -> None:
    """A part of a title, the end of the id, initials and clipped words name a chair; part of its words does not."""
    assert find_chairs(DIRECTORY, "kasi rtlh").ids == ("disperumkim.kasi.rtlh",)
    assert find_chairs(DIRECTORY, "kasi irigasi").ids == ("dpupr.kasi.sungai",)
    assert find_chairs(DIRECTORY, "bidang lalin").ids == ("dishub.kabid.lalin",)
    assert find_chairs(DIRECTORY, "besok saya cek sampah di lapangan").ids == ()


def opened(town: Town) -> str:
    """A report that routing does not understand; gives its number."""
    town.send(CITIZEN, "Mohon dibantu pak, ada masalah di sekitar rumah saya, sudah lama.", "Mohon bantuan")
    return town.tickets()[-1].number


def test_the_question_back_is_answered_by_its_number_or_button(tmp_path: Path) -> None:
    """The letter offers the chairs meant; both ways of answering it route, and the citizen was not asked anything."""
    town = Town(tmp_path)
    for reply in ("2", "button"):
        number = opened(town)
        town.reply(DESK, town.find(DESK, number), "kasi lalu lintas dishub")
        asked = town.find(DESK, f"[{number}] Mohon dilengkapi")
        assert '"kasi lalu lintas dishub" belum kami jalankan' in " ".join(words(asked).split())
        if reply == "2":
            town.reply(DESK, asked, "2")
        else:
            town.send(DESK, *pressed(asked, "TERUSKAN dishub.kasi.andalalin"))
        assert (town.tickets()[-1].state, town.tickets()[-1].holder) == ("forwarded", "dishub.kasi.andalalin")
    assert not [mail for mail in town.inbox(CITIZEN) if "?" in words(mail)]
    town.app.close()


def test_two_numbers_ask_the_desk_and_not_the_citizen(tmp_path: Path) -> None:
    """`1 atau 2?` was sent on to the citizen as a question once."""
    town = Town(tmp_path)
    number = opened(town)
    before = len(town.inbox(CITIZEN))
    town.reply(DESK, town.find(DESK, number), "1 atau 2?")
    assert town.tickets()[0].state == "triage"
    assert len(town.inbox(CITIZEN)) == before
    assert "Mungkin yang dimaksud" in words(town.find(DESK, "Mohon dilengkapi"))
    town.app.close()


def test_said_to_be_urgent_it_becomes_an_emergency(tmp_path: Path) -> None:
    """From then on its letters say so, the head of the office gets it too, and minutes count; KELIRU takes it back."""
    town = Town(tmp_path)
    number = opened(town)
    before = town.tickets()[0].rules
    town.reply(DESK, town.find(DESK, number), "ini urgent")
    ticket = town.tickets()[0]
    assert (ticket.state, ticket.urgent, ticket.rules) == ("triage", True, "darurat-2019")
    town.reply(DESK, town.find(DESK, "Kami pahami: laporan mendesak"), "KELIRU")
    assert (town.tickets()[0].urgent, town.tickets()[0].rules) == (False, before)
    town.reply(DESK, town.find(DESK, f"[{number}] Mohon diarahkan"), "urgent, kasi kedaruratan bpbd")
    ticket = town.tickets()[0]
    assert (ticket.holder, ticket.urgent) == ("bpbd.kasi.kedaruratan", True)
    assert {one.position for one in town.letters(ticket, "task")} == {"bpbd.kasi.kedaruratan", "bpbd.kepala"}
    assert town.app.store.broken_links() == []
    town.app.close()


def test_the_one_before_is_offered_by_its_number(tmp_path: Path) -> None:
    """`sama dengan yang tadi` names no number: the newest reports are offered, and a button joins."""
    town = Town(tmp_path)
    first, second = opened(town), opened(town)
    town.reply(DESK, town.find(DESK, second), "sama dgn yg tadi")
    asked = town.find(DESK, f"[{second}] Mohon dilengkapi")
    town.send(DESK, *pressed(asked, f"GABUNG {first}"))
    assert town.tickets()[1].state == "joined"
    town.app.close()
