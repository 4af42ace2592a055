"""The triage desk by mail: one line routes, in the many forms that people write; and what comes back to it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.desk.intent import intent
from engine.directory import find_chair, find_external
from engine.reading import Kind, Reading, Speaker, Status
from engine.routing.route import Candidate
from engine.ticket import Role, Ticket
from mail.reply.answer import answer
from tests.post import CITIZEN, Town, words
from tests.world import DIRECTORY, City, message, route

DESK = "kasi.aduan@diskominfo.kotabogor.example"


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A fresh city on Monday 3 August 2026, nine o'clock."""
    return City.new(tmp_path / "city.db")


@pytest.mark.parametrize(
    ("line", "event", "target"),
    [
        ("DPUPR", "route", "dpupr.kepala"),
        ("dpupr aja", "route", "dpupr.kepala"),
        ("ke dishub ya min", "route", "dishub.kepala"),
        ("Dinas Perhubungan", "route", "dishub.kepala"),
        ("dishub.kasi.parkir", "route", "dishub.kasi.parkir"),
        ("TERUSKAN DLH", "route", "dlh.kepala"),
        ("kasi jalan dpupr", "route", "dpupr.kasi.jalan"),
        ("lurah bantarjati", "route", "kelbantarjati.lurah"),
        ("camat bogor tengah", "route", "kecbogortengah.camat"),
        ("satpol pp aja", "route", "satpolpp.kepala"),
        ("ini PLN", "outside", "PLN"),
        ("kewenangan PLN pak", "outside", "PLN"),
        ("EKSTERNAL POLRESTA", "outside", "POLRESTA"),
        ("jasa marga", "outside", "JASAMARGA"),
        ("BPJS Kesehatan", "outside", "BPJSKES"),
        ("pemkab bogor", "outside", "PEMKABBOGOR"),
        ("TOLAK laporan tidak jelas", "reject", None),
        ("tolak, spam", "reject", None),
        ("tolak pak, ini curhat saja", "reject", None),
        ("puskesmas sempur", "route", "dinkes.kasi.primer"),
        ("ke puskesmas gang kelor ya", "route", "dinkes.kasi.primer"),
        ("TANYA lokasinya di mana?", "ask", None),
        ("GABUNG C-2026-000099", "join", "C-2026-000099"),
        ("sama dengan C-2026-000099", "join", "C-2026-000099"),
        ("C-2026-000099", "join", "C-2026-000099"),
        ("jangan ke dlh, ke satpol pp", "route", "satpolpp.kepala"),
        ("jgn diteruskan ke dlh lagi, ini tugas dishub", "route", "dishub.kepala"),
        ("jangan lupa ke dishub ya", "route", "dishub.kepala"),
        ("saya kurang paham", "comment", None),
        ("terima kasih infonya", "comment", None),
    ],
)
def test_one_line_says_it(city: City, line: str, event: str, target: str | None) -> None:
    """A unit, a chair, an agency, a number or a word, with or without courtesy."""
    ticket = city.complain(route=route(None))
    said = answer(line, speaker=Speaker.OFFICIAL, sent=date(2026, 8, 3), directory=DIRECTORY, own="DISKOMINFO")
    reading = Reading(Kind.REPLY, message(DESK, text=line), line, answer=said)
    meant = intent(city.desk.world, ticket, Role.DESK, said, reading)
    assert (meant.event, meant.target) == (event, target)


def test_agency_is_named_by_itself_only() -> None:
    """Words of other things beside an agency's name leave it to the reading of the whole sentence."""
    assert find_external(DIRECTORY, "polresta aja pak") == "POLRESTA"
    assert find_external(DIRECTORY, "kemarin petugas PLN sudah datang memotong pohon") is None
    assert find_external(DIRECTORY, "kota bogor") is None


def test_chair_needs_its_rank() -> None:
    """A title without its rank, or one that several chairs share, names nobody."""
    assert find_chair(DIRECTORY, "kasi drainase") == "dpupr.kasi.drainase"
    assert find_chair(DIRECTORY, "drainase") is None
    assert find_chair(DIRECTORY, "kasubag umum") is None


def test_unanswered_triage_climbs_by_its_own_ladder(city: City) -> None:
    """Seven minutes, an hour, a day, two days: the desk is reminded, its superior, the head, the mayor."""
    ticket = city.complain(route=route(None))
    city.wait(timedelta(hours=50))
    chain = [(one.kind, one.position) for one in city.letters(ticket) if one.kind in ("reminder", "escalation")]
    assert chain[0] == ("reminder", "diskominfo.kasi.aduan")
    assert chain[1] == ("escalation", "diskominfo.kabid.ikp")
    assert ("escalation", "diskominfo.kepala") in chain
    assert ("escalation", "pimpinan.walikota") in chain
    assert city.ticket(ticket).holder == "diskominfo.kasi.aduan"


def test_authority_named_by_the_holder_is_the_first_candidate(city: City) -> None:
    """`kewenangan PLN` goes to the desk, PLN's button first, with what the holder wrote and through whose hands."""
    ticket = city.complain()
    ticket = city.answer(ticket, Status.FORWARDED, "Ini kewenangan PLN pak.", target="PLN", explicit=False)
    assert ticket.state == "triage"
    letter = city.letters(ticket, "triage")[-1]
    assert letter.data["candidates"][0]["external"] == "PLN"  # type: ignore[index]
    went = letter.data["went"]
    assert [(step["position"], step["note"]) for step in went] == [("dpupr.kasi.jalan", "Ini kewenangan PLN pak.")]  # type: ignore[attr-defined]
    ticket = city.answer(ticket, Status.COMMENT, "PLN", explicit=False, letter=letter)
    assert (ticket.state, ticket.external) == ("external", "PLN")
    assert "external>citizen" in city.kinds(ticket)


def test_third_hop_shows_the_way(city: City) -> None:
    """The asisten's letter tells through whose hands the matter went and what each wrote."""
    ticket = city.complain()
    for unit in ("DISHUB", "SATPOLPP", "DLH"):
        ticket = city.answer(ticket, Status.FORWARDED, f"TERUSKAN {unit}\nBukan tugas kami.", target=unit)
    letter = city.letters(ticket, "task")[-1]
    assert letter.position is not None
    assert letter.position.startswith("setda.asisten")
    went = [step["position"] for step in letter.data["went"]]  # type: ignore[attr-defined]
    assert went == ["dpupr.kasi.jalan", "dishub.kepala", "satpolpp.kepala"]


def handed_around(city: City) -> Ticket:
    """A matter that three offices have handed on; the asisten holds it."""
    ticket = city.complain()
    for unit in ("DISHUB", "SATPOLPP", "DLH"):
        ticket = city.answer(ticket, Status.FORWARDED, f"TERUSKAN {unit}", target=unit)
    assert ticket.holder == "setda.asisten.1"
    return ticket


def test_what_the_asisten_decides_stands(city: City) -> None:
    """A leader who passes it on gives an order: it counts as no further hand-over, and does not come back to him."""
    ticket = handed_around(city)
    moved = city.answer(ticket, Status.FORWARDED, "TERUSKAN dpupr.kasi.jalan", target="dpupr.kasi.jalan")
    assert (moved.state, moved.holder, moved.hops) == ("forwarded", "dpupr.kasi.jalan", 3)
    assert city.answer(moved, Status.FORWARDED, "TERUSKAN DLH", target="DLH").holder == "setda.asisten.2"


def test_what_no_asisten_will_have_goes_one_rung_up(city: City) -> None:
    """Declined by the asisten himself it is the sekda's, not at once the mayor's."""
    ticket = handed_around(city)
    assert city.answer(ticket, Status.REJECTED, "BUKAN KEWENANGAN", duty=True).holder == "setda.sekda"


def test_the_new_holder_reads_why_the_first_gave_it_back(tmp_path: Path) -> None:
    """The reason in one line, once; the desk's bare word of routing is no note. The desk reads it once as well."""
    town = Town(tmp_path)
    town.send(CITIZEN, "Parkir liar di Jl. Suryakencana depan toko kue bikin macet, mohon ditertibkan.", "Parkir liar")
    number = town.tickets()[0].number
    parking = "kasi.parkir@dishub.kotabogor.example"
    town.reply(parking, town.find(parking, number), "Bukan kewenangan kami,\nmotornya di trotoar.")
    asked = town.find(DESK, number)
    assert " ".join(words(asked).split()).count("motornya di trotoar.") == 1
    town.reply(DESK, asked, "pupr trotoar")
    told = " ".join(words(town.find("kasi.pedestrian@dpupr.kotabogor.example", number)).split())
    assert "Kepala Seksi Perparkiran: Bukan kewenangan kami, motornya di trotoar." in told
    assert "pupr trotoar" not in told
    town.app.close()


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        ("itu tugas satpol pp bidang gakda", "satpolpp.kabid.gakda"),
        ("bukan kami pak, coba ke perumkim bagian pju", "disperumkim.kasi.pju"),
        ("bukan kewenangan kami, mohon diteruskan ke Seksi Drainase DPUPR", "dpupr.kasi.drainase"),
        ("tolong teruskan ke dlh, kami tidak menangani", "dlh.kepala"),
        ("TERUSKAN pdam bagian kebocoran", "tirtapakuan.asman.kebocoran"),
        ("TERUSKAN ke satpolpp atau dlh", "dishub.kasi.parkir"),
        ("TERUSKAN kasi lalu lintas dishub", "dishub.kasi.parkir"),
    ],
)
def test_an_official_names_a_chair_too(tmp_path: Path, line: str, holder: str) -> None:
    """By rank beside the office, in prose as well; what leaves a choice stays with him and is asked back."""
    town = Town(tmp_path)
    town.send(CITIZEN, "Parkir liar di Jl. Suryakencana depan toko kue bikin macet, mohon ditertibkan.", "Parkir liar")
    parking = "kasi.parkir@dishub.kotabogor.example"
    town.reply(parking, town.inbox(parking)[-1], line)
    assert town.tickets()[0].holder == holder
    if holder == "dishub.kasi.parkir":
        assert "Mungkin yang dimaksud" in words(town.find(parking, "Mohon dilengkapi"))
    town.app.close()


def test_copies_have_no_clock(city: City) -> None:
    """Tembusan of a topic reach the other unit's head and wait for nothing."""
    ticket = city.complain("Pipa bocor di Jl. Ceremai.", route=route("tirtapakuan.asman.kebocoran", "AIR-BOCOR"))
    copy = city.letters(ticket, "copy")[0]
    assert copy.position == "dpupr.kepala"
    assert all(d.letter != copy.id for d in city.store.deadlines_of(ticket.id))


LISTED = (
    Candidate("AIR-MATI", "TIRTAPAKUAN", "tirtapakuan.asman.aliran", None, 0.5),
    Candidate("PARKIR", "DISHUB", "dishub.kasi.parkir", None, 0.3),
    Candidate(None, None, None, "PLN", 0.1),
)


@pytest.mark.parametrize(
    ("line", "state", "holder"),
    [
        ("2", "forwarded", "dishub.kasi.parkir"),
        ("no. 1 aja pak", "forwarded", "tirtapakuan.asman.aliran"),
        ("Yang kedua ya\n\n--\nKasi Aduan\nJl. Kapten Muslihat 21", "forwarded", "dishub.kasi.parkir"),
        ("TERUSKAN 2", "forwarded", "dishub.kasi.parkir"),
        ("ok, pilihan 3", "external", None),
        ("2 laporan lagi menyusul", "triage", "diskominfo.kasi.aduan"),
    ],
)
def test_number_of_the_list(city: City, line: str, state: str, holder: str | None) -> None:
    """The letter's candidates are numbered; the number alone is an answer."""
    ticket = city.complain(route=route(None, candidates=LISTED))
    said = answer(line, speaker=Speaker.OFFICIAL, sent=date(2026, 8, 3), directory=DIRECTORY, own="DISKOMINFO")
    moved = city.answer(ticket, said.status, line, explicit=said.explicit, command=said.command, argument=said.argument)
    assert (moved.state, moved.holder) == (state, holder)


def test_not_the_same_matter(city: City) -> None:
    """BUKAN sends a report that only waited because of a likely twin where routing was sure that it belongs."""
    where = {"route": route(candidates=(Candidate("JALAN-RUSAK", "DPUPR", "dpupr.kasi.jalan", None, 0.9),))}
    city.complain("Jalan berlubang dalam di Jl. Bangbarung depan toko kue, motor jatuh.", **where)
    city.now += timedelta(days=1)
    text = "Jalan berlubang dalam sekali depan toko kue, tadi ada motor yang jatuh."
    second = city.complain(text, sender="b@warga.example", **where)
    assert second.state == "triage"
    assert city.answer(second, Status.COMMENT, "BUKAN", explicit=False).holder == "dpupr.kasi.jalan"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("EKSTERNAL", "Mohon sebutkan nama instansi di luar Pemerintah Kota, misalnya EKSTERNAL PLN;"),
        ("EKSTERNAL Dinas Entah", 'tidak mengenali "dinas entah" sebagai instansi di luar Pemerintah Kota'),
        ("TERUSKAN", "Mohon sebutkan unit atau jabatan yang dituju;"),
    ],
)
def test_a_word_without_its_name_is_asked_for_what_it_takes(tmp_path: Path, said: str, asked: str) -> None:
    """EKSTERNAL is asked for an agency, TERUSKAN for an office of the city."""
    town = Town(tmp_path)
    town.send(CITIZEN, "Mohon dibantu pak, ada masalah di sekitar rumah saya, sudah lama.", "Mohon bantuan")
    number = town.tickets()[0].number
    town.reply(DESK, town.find(DESK, number), said)
    assert asked in " ".join(words(town.find(DESK, "Mohon dilengkapi")).split())
    assert town.tickets()[0].state == "triage"
    town.app.close()


def test_the_twelfth_answer_of_a_day_is_answered_too(city: City) -> None:
    """A desk that routes all day reads each time what was understood; one report's letters stay limited."""
    for n in range(12):
        ticket = city.complain(f"Mohon ditinjau, nomor {n}.", sender=f"{n}@warga.example", route=route(None))
        city.answer(ticket, Status.COMMENT, "kurang jelas", letter=city.letters(ticket, "triage")[0], sender=DESK)
        assert len(city.letters(ticket, "not_understood")) == 1
    for _ in range(12):
        city.answer(ticket, Status.COMMENT, "kurang jelas", letter=city.letters(ticket, "triage")[0], sender=DESK)
    assert len(city.letters(ticket, "not_understood")) == 10
