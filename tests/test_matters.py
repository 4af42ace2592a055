"""Many reports of one matter: joined, proposed, told, taken apart, on values."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from engine.desk import matter
from engine.event import Commanded, Replied
from engine.letter import Letter, LetterState, Reader
from engine.reading import Kind, Status
from engine.routing import open_router
from engine.routing.route import Confidential
from engine.ticket import Ticket
from mail.sort import Intake, city_tools, understand
from tests.outage import BANTARJATI, MULYAHARJA, Sent, near_misses, others, outage, rest, written
from tests.world import CITY, DIRECTORY, MONDAY, City, message, route

ROUTER = open_router(DIRECTORY, CITY)
TOOLS = replace(city_tools(intake=Intake("aduan", "sibadra.kotabogor.example")), route=ROUTER.route)
DRY = "Air PDAM mati di Bantarjati sejak subuh tadi, satu gang tidak kebagian."
AGAIN = (
    "min air di bantarjati mati dari subuh, belum nyala juga",
    "Aliran air Tirta Pakuan di Kelurahan Bantarjati terhenti sejak tadi pagi.",
    "air ledeng bantarjati rw 05 ga ngocor dari jam 5 pagi",
    "cai di Bantarjati teu ngocor ti isuk",
    "Bantarjati air mati dari pagi, mohon info",
)
HOLDER = "tirtapakuan.asman.aliran"


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A fresh city on Monday 3 August 2026, nine o'clock."""
    return City.new(tmp_path / "city.db", routed=ROUTER.route_text)


def water(place: str | None = "KEL-BANTARJATI") -> dict[str, object]:
    """A sure route to the desk of dry taps."""
    return {"route": route(HOLDER, "AIR-MATI", place=place), "subject": "Air mati"}


def replies(city: City, ticket: Ticket, text: str) -> Ticket:
    """The citizen answers the newest letter of the ticket, read as any mail is."""
    letter = [one for one in city.letters(ticket) if one.reader is Reader.CITIZEN][-1]
    mail = EmailMessage()
    mail["From"], mail["To"] = ticket.citizen_address, "aduan@sibadra.kotabogor.example"
    mail["Subject"], mail["In-Reply-To"] = "Re: Laporan Anda digabung", letter.message_id
    mail.set_content(text)
    reading = understand(mail.as_bytes(), tools=TOOLS)
    sender = ticket.citizen_address
    city.desk.handle(Replied(city.now, city._mail(sender), reading, ticket.id, letter.id, True, sender))
    city.post()
    return city.ticket(ticket)


def many(city: City, count: int) -> list[Ticket]:
    """So many neighbours write, ten minutes apart; the first one's ticket leads."""
    tickets = []
    for number in range(count):
        text = AGAIN[number % len(AGAIN)] if number else DRY
        tickets.append(city.complain(text, sender=f"w{number}@warga.example", **water()))
        city.now += timedelta(minutes=3)
    return [city.ticket(ticket) for ticket in tickets]


def day(city: City, mails: list[Sent]) -> dict[int, Sent]:
    """A day's mails, routed as the city routes, by the ticket that each became."""
    became = {}
    for mail in sorted(mails, key=lambda mail: mail.at):
        city.now = mail.at
        found = ROUTER.route_text(mail.subject, mail.text)
        kind = Kind.EXTERNAL if found.external and not found.unit else Kind.COMPLAINT
        ticket = city.complain(mail.text, subject=mail.subject, sender=mail.sender, route=found, kind=kind)
        became[ticket.id] = mail
    return became


def joined_of(city: City, became: dict[int, Sent]) -> tuple[dict[str, int], list[str]]:
    """How large the largest group of each matter is, and the mails that were joined to what they do not belong to."""
    sizes: dict[str, dict[int, int]] = {}
    wrong = []
    for number, mail in became.items():
        ticket = city.store.ticket(number)
        assert ticket is not None
        main = ticket.joined_to or ticket.id
        if ticket.joined_to and (not mail.matter or became[main].matter != mail.matter):
            wrong.append(mail.text)
        elif mail.matter:
            group = sizes.setdefault(mail.matter, {})
            group[main] = group.get(main, 0) + 1
    return {matter: max(groups.values()) for matter, groups in sizes.items()}, wrong


def of_matter(city: City, main: Ticket) -> list[Letter]:
    """All letters about a matter and the reports in it, but copies and lines of a list, oldest first."""
    every = [
        letter
        for one in (main, *city.store.joined(main.id))
        for letter in city.letters(one)
        if letter.state is not LetterState.DIGEST
    ]
    return sorted((letter for letter in every if letter.kind != "copy"), key=lambda letter: letter.id)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_outage_is_one_job(city: City, seed: int) -> None:
    """60 mails of one outage among 300 others: 95 of 100 in one group, none wrong, at most three letters to the
    official, of which the last is kept for somebody in danger.
    """
    rng = random.Random(seed)
    became = day(city, [*outage(BANTARJATI, MONDAY, 60, rng), *others(CITY / "seed", MONDAY, 300, rng)])
    sizes, wrong = joined_of(city, became)
    assert wrong == []
    assert sizes["bantarjati"] >= 57  # of 60
    main = max(city.store.tickets(), key=lambda ticket: city.store.reporters(ticket.id))
    told = [one for one in of_matter(city, main) if one.position == HOLDER]
    assert (told[0].kind, len(told) <= 3) == ("task", True)
    assert {one.kind for one in told[1:]} <= {"task", "grown"}
    assert sum("danger" in one.data for one in told) == main.urgent
    assert [one.data["reporters"] for one in city.letters(main, "grown")] == [5, 25]  # the second on his list


HOLDERS = {
    "water": HOLDER, "pju": "disperumkim.kasi.pju", "flood": "dpupr.kasi.banjir", "garbage": "dlh.kasi.angkutan",
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "area", "count"),
    [
        ("water", "KEL-BANTARJATI", 60),
        ("water", "KEL-KEDUNGWARINGIN", 60),
        ("pju", "KEL-CIPAKU", 40),
        ("flood", "KEL-EMPANG", 40),
        ("garbage", "KEL-MEKARWANGI", 40),
    ],
)
def test_event_in_many_words(city: City, kind: str, area: str, count: int) -> None:
    """Reports that share no wording, by street and estate, among the neighbours' other troubles and the same elsewhere:
    most are one job in at most three letters, and nothing else is taken for it.
    """
    rng = random.Random(f"{kind}{area}")
    away = [p.name for p in DIRECTORY.places.values() if p.code.startswith("KEL-") and p.code != area]
    near = near_misses(kind, area, away, MONDAY, rng)
    mails = [*written(kind, area, MONDAY, count, rng), *near, *rest(kind, CITY / "seed", MONDAY, 300 - len(near), rng)]
    became = day(city, mails)
    main = max(city.store.tickets(), key=lambda ticket: city.store.reporters(ticket.id))
    group = [became[one.id] for one in (main, *city.store.joined(main.id))]
    assert [mail.text for mail in group if mail.matter != kind] == []
    assert len(group) >= 0.9 * count  # what routing takes for another office's matter is for the desk to join
    assert 2 <= sum(one.position == HOLDERS[kind] for one in of_matter(city, main)) <= 3


def test_first_reports_are_taken_in_once_the_event_is_plain(city: City) -> None:
    """Who wrote before anybody could know joins later, told once and with the reason kept; what somebody has acted on
    stays as it is.
    """
    pju = {"route": route("disperumkim.kasi.pju", "PJU", place="KEL-CIPAKU"), "subject": "Lampu jalan"}
    first = city.complain("Lampu jalan di Cipinang Gading mati.", sender="a@warga.example", **pju)
    answered = city.complain("Lampu jalan di Perumahan Cipaku Indah mati.", sender="b@warga.example", **pju)
    one = city.complain("Satu lampu jalan di Cipaku Skip mati sudah dua bulan.", sender="c@warga.example", **pju)
    city.answer(answered, Status.IN_PROGRESS, "Sedang dicek.")
    for number in range(4):
        city.now += timedelta(minutes=5)
        city.complain("PJU di Cipaku padam semua dari magrib.", sender=f"d{number}@warga.example", **pju)
    first = city.ticket(first)
    assert first.state == "joined"
    assert city.kinds(first) == ["receipt>citizen", "task>disperumkim.kasi.pju", "joined>citizen"]
    why = next(e.data for e in city.store.history_of(first.id) if e.event == "join")
    assert "jelas sesudah" in why["reasons"][-1]
    assert {city.ticket(answered).state, city.ticket(one).state} == {"in_progress", "forwarded"}


def test_kelurahan_in_so_many_words_is_no_spot(city: City) -> None:
    """Two holes in "Kelurahan Empang" are two holes."""
    holes = [
        city.complain(text, sender=f"{n}@warga.example", route=route(place="KEL-EMPANG"))
        for n, text in enumerate(("Jalan berlubang di Kelurahan Empang.", "Lubang besar di jalan Kelurahan Empang."))
    ]
    assert [hole.state == "joined" for hole in holes] == [False, False]


def test_two_outages_at_once_stay_two(city: City) -> None:
    """Two dry areas in the same two hours: what names its place joins the right one, what names none the desk joins."""
    rng = random.Random(7)
    mails = [*outage(BANTARJATI, MONDAY, 30, rng, named=0.9), *outage(MULYAHARJA, MONDAY, 30, rng, named=0.9)]
    sizes, wrong = joined_of(city, day(city, mails))
    assert wrong == []
    assert min(sizes["bantarjati"], sizes["mulyaharja"]) >= 20


def test_what_is_one_writers_matter_is_an_event_when_many_write(city: City) -> None:
    """One driver who waits too long is his passenger's complaint; that no angkot runs today is everybody's."""
    angkot = {"route": route("dishub.kasi.trayek", "ANGKOT", place="KEL-SUKASARI")}
    told = [
        city.complain(text, sender=f"{number}@warga.example", subject="angkot", **angkot)
        for number, text in enumerate(
            (
                "angkot di sukasari ngetem lama sekali",
                "sopir angkot mogok semua di sukasari pagi ini, penumpang telantar",
                "angkot mogok di sukasari hari ini, penumpang menumpuk di jalan",
                "dari pagi angkot sukasari mogok, tidak ada yang narik, penumpang telantar",
                "penumpang telantar di sukasari karena angkot mogok narik hari ini",
                "ongkos angkot sukasari kok jadi 7000, berapa tarif resminya?",
            )
        )
    ]
    groups = {one.id: one.joined_to or one.id for one in (city.ticket(ticket) for ticket in told)}
    wait, *strike, fare = (groups[ticket.id] for ticket in told)
    assert len(set(strike)) == 1
    assert {wait, fare}.isdisjoint(strike)


def test_same_place_other_topic_stays_apart(city: City) -> None:
    """A hole and a dark lamp in one street are two matters."""
    hole = city.complain("Jalan berlubang dalam di Jl. Bangbarung dekat minimarket.", route=route())
    lamp = city.complain(
        "Lampu jalan mati di Jl. Bangbarung dekat minimarket.",
        sender="lain@warga.example",
        route=route("disperumkim.kasi.pju", "PJU"),
    )
    assert (hole.state, lamp.state) == ("forwarded", "forwarded")


def test_same_hole_weeks_later_is_joined(city: City) -> None:
    """A hole in the road is the same hole ten days later, in the same street."""
    first = city.complain("Jalan berlubang dalam di Jl. Bangbarung depan toko kue, motor jatuh.")
    city.wait(timedelta(days=1))
    city.answer(city.ticket(first), Status.IN_PROGRESS, letter=city.letters(first, "task")[0])
    city.now += timedelta(days=9)
    second = city.complain(
        "lubang dalam di jl bangbarung dpn toko kue msh ada, jalan berlubang bahaya motor", sender="b@x.example"
    )
    assert (second.state, second.joined_to) == ("joined", first.id)


def pair(city: City, first: str, second: str) -> tuple[Ticket, Ticket]:
    """Two citizens write, five minutes apart, routed as the city routes."""
    told = []
    for number, text in enumerate((first, second)):
        found = ROUTER.route_text("", text)
        told.append(city.complain(text, sender=f"p{number}@warga.example", subject="", route=found))
        city.now += timedelta(minutes=5)
    return told[0], city.ticket(told[1])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Lampu jalan di Jl. Bangbarung depan no 12 mati", "Lampu jalan di Jl. Bangbarung depan no 250 mati"),
        ("Lampu jalan di Jl. Bangbarung RT 02/05 mati", "Lampu jalan Jl. Bangbarung RT 04/05 mati"),
        ("Lampu jalan di Jl. Bangbarung RW 02 mati", "Lampu jalan Jl. Bangbarung RW 07 mati"),
        ("Jukir liar di depan Indomaret Jl. Pandu Raya", "Jukir liar di depan Alfamart Jl. Pandu Raya"),
        ("Jalan berlubang di Jl. Ceremai depan SDN 2", "Jalan berlubang di Jl. Ceremai depan SMP 5"),
        ("Jalan berlubang di Jl. Ceremai depan toko kue", "jl ceremai berlubang depan toko roti"),
        ("Tetangga saya di RT 02 Cipaku bakar sampah terus", "Tetangga saya di Cipaku RT 06 bakar sampah terus"),
        ("Banjir di Jl. Pengadilan depan kantor pos", "Banjir masuk rumah saya di Gang Pengadilan belakang"),
        ("Pohon tumbang di Jl. Salak depan rumah makan", "Pohon di Jl. Salak minta dipangkas, rantingnya kena kabel"),
        ("Sampah menumpuk di TPS Jl. Ceremai", "Mohon disediakan bak sampah di Jl. Ceremai"),
        (
            "PKL menutup trotoar Jl. Dewi Sartika",
            "PKL di Jl. Dewi Sartika minta direlokasi, kami pedagang keberatan digusur",
        ),
        (
            "Air PDAM mati di Bantarjati sejak pagi",
            "Minggu depan apa betul air di Bantarjati akan mati? ada pengumuman",
        ),
        ("Air PDAM mati di Bantarjati sejak pagi", "Air PDAM saya mati sejak pagi, tetangga kanan kiri nyala"),
    ],
)
def test_like_words_of_another_matter_stay_apart(city: City, first: str, second: str) -> None:
    """Another spot of the street, a wish instead of a fall, the other party, next week, one's own tap alone."""
    assert pair(city, first, second)[1].state != "joined"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Lampu jalan di Jl. Bangbarung depan no 12 mati", "PJU jl bangbarung dkt no 14 padam"),
        ("Lampu jalan di Jl. Bangbarung no 12 mati", "Lampu jalan di Jl. Bangbarung mati"),
        ("Jalan berlubang di Jl. Ceremai depan masjid", "Jalan berlubang di Jl. Ceremai dekat mesjid"),
        ("Pohon di Jl. Salak minta dipangkas", "Pohon di jl salak tolong dipangkas dahannya rimbun"),
        ("Pohon tumbang di Jl. Salak depan rumah makan", "pohon tumbang nutup jl salak, tolong"),
        ("PKL menutup trotoar Jl. Dewi Sartika", "pkl jl dewi sartika makin banyak, trotoar ketutup"),
        ("Air PDAM mati di Bantarjati sejak pagi", "air bantarjati mati, akan sampai kapan?"),
        ("Banjir di Jl. Pengadilan depan kantor pos", "banjir di jl pengadilan tinggi selutut"),
        (
            "Banjir di Jl. Pengadilan setinggi lutut",
            "Kami pedagang di Jl. Pengadilan kebanjiran, barang terendam, tinggi air selutut",
        ),
    ],
)
def test_like_words_of_one_matter_are_joined(city: City, first: str, second: str) -> None:
    """Neighbouring numbers, less said of the spot, the same wish, a question about what goes on."""
    one, other = pair(city, first, second)
    assert (other.state, other.joined_to) == ("joined", one.id)


def test_an_unnamed_reporter_joins_and_stays_unnamed(city: City) -> None:
    """His report counts; nobody reads his words, nor that an open report is by the same hand."""
    first = "Lampu jalan di Jl. Bangbarung depan no 12 mati, gelap sekali"
    found = ROUTER.route_text("", first)
    one = city.complain(first, subject="", route=found)
    again = replace(found, confidential=Confidential.ANONYMOUS)
    other = city.complain(f"{first}. Jangan sebut nama saya.", subject="", route=again)
    assert (other.state, other.joined_to, other.hide_from_agency) == ("joined", one.id, True)
    told = next(entry.data for entry in city.store.history_of(other.id) if entry.event == "join")
    assert "pelapor sama" not in told["reasons"]
    third = city.complain(
        "Lampu jalan di Jl. Bangbarung mati, dekat no 14", sender="x@y.example", subject="", route=found
    )
    assert (third.joined_to, city.store.reporters(one.id)) == (one.id, 2)
    assert [shown["text"] for shown in matter.others(city.store, one)] == [third.text, ""]
    assert matter.proposals(city.desk.world, [matter.Likely(other, 0.9, ())])[0]["subject"] == ""


def test_own_matters_are_never_joined(city: City) -> None:
    """Two people whose identity cards are late have two matters, with the very same words."""
    where = route("disdukcapil.kasi.ktp", "KTP")
    text = "KTP saya belum jadi sejak dua bulan lalu, blangko habis katanya."
    tickets = [city.complain(text, sender=f"{n}@warga.example", route=where) for n in range(2)]
    assert all(ticket.state != "joined" for ticket in tickets)


def test_each_citizen_hears_in_his_own_thread(city: City) -> None:
    """Every reporter has his own number, and hears of an answer and of the end."""
    tickets = many(city, 4)
    assert [ticket.state for ticket in tickets] == ["forwarded", "joined", "joined", "joined"]
    assert len({ticket.number for ticket in tickets}) == 4
    city.answer(tickets[0], Status.IN_PROGRESS, "Pipa sedang diganti.")
    city.answer(tickets[0], Status.DONE, "Air sudah mengalir.")
    city.wait(timedelta(days=1))
    for ticket in tickets[1:]:
        assert [letter.kind for letter in city.letters(ticket)] == ["joined", "update", "done"]
        assert {letter.address for letter in city.letters(ticket)} == {ticket.citizen_address}


def test_citizen_of_a_joined_report_says_it_is_another_matter(city: City) -> None:
    """His answer takes the report out of the group, to the desk; the others stay."""
    tickets = many(city, 3)
    ticket = city.says(tickets[1], Status.COMMENT, "Masalah saya berbeda, meteran saya yang disegel.")
    assert (ticket.state, ticket.joined_to, ticket.holder) == ("triage", None, "diskominfo.kasi.aduan")
    assert [letter.kind for letter in city.letters(ticket)][-2:] == ["split", "triage"]
    assert city.ticket(tickets[2]).state == "joined"


@pytest.mark.parametrize(
    "text",
    ["itu beda, bukan punya saya", "bukan itu yang saya laporkan", "henteu sarua, imah abdi mah sanes",
     "lho kok digabung?", "kok disamain sih", "ini bukan punya saya pak",
     "masalah saya beda pak", "Laporan saya bukan yang itu", "ini bukan masalah yang sama", "beda lokasi min",
     "jangan digabung dong", "Tempat saya lain, bukan di Bantarjati", "tidak sama pak",
     "itu beda pak, punya saya bukan itu", "itu bukan laporan saya", "kok disatukan? beda banget",
     "sanes eta pak, nu abdi mah pipa bocor", "tidak ada hubungannya dengan laporan saya",
     "Lokasinya bukan di situ", "keliru, laporan saya tentang lampu taman", "mine is another matter"],
)  # fmt: skip
def test_ways_to_say_it_differs(text: str) -> None:
    """People say it in many ways."""
    from engine.desk.different import says_different

    assert says_different(text)


@pytest.mark.parametrize(
    "text",
    [
        "terima kasih",
        "masih sama seperti kemarin, belum nyala",
        "kapan airnya hidup?",
        "di tempat saya juga mati",
        "bukan cuma saya pak, satu RT mati semua",
        "jalan lain ada tidak?",
        "listrik di rumah lain sudah nyala belum",
        "lain kali kasih pengumuman dong",
        "belum ada petugas yang datang, beda sama janjinya",
        "bukan laporan pertama saya ini",
        "tidak sama sekali ada petugas datang",
        "itu beda sama yang dijanjikan",
        "kok lama sekali ya",
        "siap digabung pak",
    ],
)
def test_ways_that_do_not_say_it_differs(text: str) -> None:
    """Waiting, asking and thanking are no difference."""
    from engine.desk.different import says_different

    assert not says_different(text)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("bukan air mati pak, air saya keruh", "triage"),
        ("saya ga lapor soal air tidak mengalir", "triage"),
        ("bukan air keruh pak, memang mati", "joined"),
        ("airnya mati bukan dari pagi saja", "joined"),
    ],
)
def test_citizen_denies_what_the_others_write_of(city: City, text: str, state: str) -> None:
    """Who says that it is not what the matter is about is taken out, whatever else he calls it."""
    tickets = many(city, 3)
    assert city.says(tickets[1], Status.COMMENT, text).state == state


@pytest.mark.parametrize(
    "text",
    [
        "itu beda, bukan punya saya",
        "itu beda, bukan punya saya. Rumah saya meterannya disegel",
        "bukan itu yang saya laporkan",
        "saya ngelaporin meteran bocor bukan air mati",
        "lho kok digabung? meteran ibu saya hilang dicuri",
        "kok disamain sih, punya saya mah meteran rusak",
        "henteu sarua, imah abdi mah meteranna rusak",
        "air saya mati sendirian, tetangga nyala",
        "yang saya maksud tagihan rekening air saya yang melonjak",
        "meteran di rumah saya berputar terus padahal kran ditutup",
        "rumah saya di Mulyaharja pak",
        "my report is about a stolen water meter",
    ],
)
def test_joined_citizen_tells_of_another_matter(city: City, text: str) -> None:
    """In whatever words: the letter asks him to explain, and the desk reads the explanation and can join it again."""
    tickets = many(city, 3)
    ticket = replies(city, tickets[1], text)
    assert (ticket.state, ticket.joined_to, ticket.holder) == ("triage", None, "diskominfo.kasi.aduan")
    asked = city.letters(ticket, "triage")[0]
    assert asked.data["note"] == text
    assert [one["number"] for one in asked.data["same"]] == [tickets[0].number]  # type: ignore[attr-defined]


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "makasih pak",
        "mantap",
        "terima kasih",
        "ok siap",
        "oke pak ditunggu",
        "iya pak, sama",
        "hatur nuhun",
        "terima kasih sudah digabung, semoga cepat selesai",
    ],
)
def test_thanks_of_a_joined_citizen_ends_nothing_before_it_is_done(city: City, text: str, done: bool) -> None:
    """Who thanks for being joined still hears of the end; nobody is told of it."""
    tickets = many(city, 3)
    if done:
        city.answer(tickets[0], Status.IN_PROGRESS, "Pipa sedang diganti.")
    ticket = replies(city, tickets[1], text)
    assert ticket.state == "joined"
    assert "citizen_comment" not in [one.kind for one in city.letters(tickets[0])]
    city.answer(tickets[0], Status.DONE, "Air sudah mengalir.")
    city.wait(timedelta(days=1))
    assert city.letters(ticket)[-1].kind == "done"
    assert replies(city, ticket, "terima kasih banyak pak, mantap").state == "closed"


def test_what_a_joined_citizen_adds_reaches_the_holder_once(city: City) -> None:
    """News goes to the holder by mail, later on his list; waiting and what all have said does not."""
    tickets = many(city, 3)
    replies(city, tickets[1], "Sampai sekarang belum nyala juga.")
    assert city.letters(tickets[0], "citizen_comment") == []
    for text in ("Tadi ada truk galian kabel di depan gang, mungkin pipanya kena.", "Valve di pojok masjid terendam."):
        assert replies(city, tickets[1], text).state == "joined"
    first, second = city.letters(tickets[0], "citizen_comment")
    assert (first.position, first.data["by_report"]) == (HOLDER, tickets[1].number)
    assert "galian kabel" in str(first.data["note"])
    assert second.state is LetterState.DIGEST


def test_danger_that_a_joined_citizen_tells_raises_the_matter(city: City) -> None:
    """A death at the hole that two have reported: holder and head are asked at once, with his words."""
    hole = city.complain("Jalan berlubang dalam di Jl. Bangbarung depan toko kue.")
    again = city.complain("lubang dalam di jl bangbarung depan toko kue, jalan berlubang", sender="b@x.example")
    assert again.joined_to == hole.id
    replies(city, again, "barusan ada motor masuk lubang itu, orangnya meninggal")
    assert (city.ticket(hole).urgent, city.ticket(again).state) == (True, "joined")
    assert "meninggal" in str(city.letters(hole, "task")[-1].data["danger"])
    replies(city, again, "ada satu lagi yang jatuh, tidak sadarkan diri")
    assert city.letters(hole, "citizen_comment")[-1].state is not LetterState.DIGEST


def test_what_a_hidden_joined_citizen_adds_goes_out_under_his_own_report(city: City) -> None:
    """So that whatever tells who he is is taken out of it; the main ticket's history does not quote it."""
    tickets = many(city, 3)
    city.store.change(tickets[1], hide_from_agency=True)
    replies(city, tickets[1], "Tadi ada truk galian kabel di depan gang, mungkin pipanya kena.")
    told = city.letters(tickets[1], "citizen_comment")[0]
    assert (told.position, told.data["first"], told.state) == (HOLDER, tickets[0].number, LetterState.SENT)
    assert city.letters(tickets[0], "citizen_comment") == []
    assert "galian" not in str([entry.data for entry in city.store.history_of(tickets[0].id)])
    assert city.answer(tickets[1], Status.IN_PROGRESS, "Sedang dicek.", letter=told).state == "joined"
    assert city.ticket(tickets[0]).state == "in_progress"


@pytest.mark.parametrize(
    "text",
    [
        "cuma rumah saya yg ga ngalir di Bantarjati, tetangga kanan kiri ngalir semua",
        "Air di rumah saya di Bantarjati diputus karena belum bayar tiga bulan, apa bisa dicicil?",
        "air bantarjati saya saja yang mati pak, yang lain normal",
        "Minggu lalu air di Bantarjati mati dua hari, mana kompensasinya?",
        "Kemarin air di Bantarjati mati seharian tanpa pemberitahuan.",
        "tiap malam air mati di bantarjati sudah setahun",
        "Air PDAM di Bantarjati keruh kecoklatan, tidak bisa dipakai.",
        "Lampu jalan di Bantarjati mati, gelap sekali.",
        "Lampu merah di dekat kantor kelurahan Bantarjati mati, lalu litas semrawut.",
    ],
)
def test_what_is_no_part_of_the_outage_stays_apart(city: City, text: str) -> None:
    """One's own tap, one's own bill, another day and another trouble of the same place are not the outage."""
    main, *_ = many(city, 8)
    city.now += timedelta(minutes=5)
    found = ROUTER.route_text("air", text)
    ticket = city.complain(text, sender="lain@warga.example", subject="air", route=found)
    assert (ticket.state == "joined", city.store.reporters(main.id)) == (False, 8)


def test_taken_apart_by_the_holder_and_by_a_clerk(city: City) -> None:
    """PISAH with a number in an answer of the office, or at the command line."""
    tickets = many(city, 4)
    city.answer(tickets[0], Status.COMMENT, f"PISAH {tickets[1].number}", command="PISAH", argument=tickets[1].number)
    assert city.ticket(tickets[1]).state == "triage"
    city.desk.handle(Commanded(city.now, tickets[2].id, "PISAH", "petugas"))
    assert city.ticket(tickets[2]).state == "triage"
    assert city.ticket(tickets[0]).state == "forwarded"


def test_joined_by_the_desk_with_all_that_hangs_on_it(city: City) -> None:
    """GABUNG of a main ticket moves its own joined ones along; a circle cannot arise."""
    first = many(city, 3)
    other = city.complain("Pipa bocor", sender="z@warga.example", route=route(None, "AIR-BOCOR"))
    moved = city.answer(other, Status.COMMENT, first[0].number, explicit=False)
    assert (moved.state, moved.joined_to) == ("joined", first[0].id)
    lone = city.complain("Air kecil di Cimahpar.", sender="y@warga.example", **water("KEL-CIMAHPAR"))
    city.desk.handle(Commanded(city.now, first[0].id, f"GABUNG {lone.number}", "petugas"))
    assert {city.ticket(one).joined_to for one in (*first, moved)} == {lone.id}
    with pytest.raises(Exception, match="ticket"):
        city.desk.handle(Commanded(city.now, lone.id, f"GABUNG {first[0].number}", "petugas"))


def test_confirm_closes_one_report(city: City) -> None:
    """A satisfied neighbour's report ends; the matter waits for the others."""
    tickets = many(city, 3)
    city.answer(tickets[0], Status.DONE, "Air sudah mengalir.")
    assert city.says(tickets[1], Status.CONFIRMED, rating=5).state == "closed"
    assert (city.ticket(tickets[0]).state, city.ticket(tickets[2]).state) == ("done", "joined")
    assert city.store.reporters(tickets[0].id) == 3


def test_dispute_of_joined_reports_is_one_new_task(city: City) -> None:
    """Done for some: the first who disputes gets a task of his own, who disputes after him is joined to it."""
    tickets = many(city, 4)
    city.answer(tickets[0], Status.DONE, "Air sudah mengalir.")
    second = city.says(tickets[1], Status.DISPUTED, "Di tempat saya masih mati.")
    third = city.says(tickets[2], Status.DISPUTED, "Belum nyala juga.")
    assert (second.state, second.holder) == ("in_progress", HOLDER)
    assert (third.state, third.joined_to) == ("joined", second.id)
    assert city.ticket(tickets[0]).state == "done"
    disputed = [k for ticket in tickets for k in city.kinds(ticket) if k.startswith("disputed")]
    assert disputed == [f"disputed>{HOLDER}"]


def test_any_citizen_may_answer_the_question(city: City) -> None:
    """The office asks; the first neighbour who answers ends the waiting of all."""
    tickets = many(city, 3)
    city.answer(tickets[0], Status.NEED_INFO, "Apakah air keluar kecil atau mati sama sekali?")
    city.says(tickets[2], Status.INFO, "Mati sama sekali.")
    assert city.ticket(tickets[0]).state == "forwarded"
    assert city.kinds(tickets[0])[-1] == f"citizen_answer>{HOLDER}"


def test_status_of_a_joined_report_tells_the_main_story(city: City) -> None:
    """Who asks hears how the matter stands, not only that his report was joined; another address hears nothing."""
    from engine.event import Received
    from engine.reading import Reading

    tickets = many(city, 2)
    city.answer(tickets[0], Status.IN_PROGRESS, "Pipa sedang diganti.")
    for sender in (tickets[1].citizen_address, "orang@warga.example"):
        text = f"Bagaimana kabar laporan {tickets[1].number}?"
        mail = city._mail(sender)
        city.desk.handle(Received(city.now, mail, Reading(Kind.STATUS, message(sender, "status", text), text)))
    city.post()
    told = [one for one in city.sent if one.kind.startswith("status")]
    assert [(one.kind, one.data.get("state")) for one in told] == [("status", "in_progress"), ("status_unknown", None)]


def test_several_reports_are_listed(city: City) -> None:
    """Who has several open reports and names none is told of all."""
    from engine.event import Received
    from engine.reading import Reading

    city.complain("Jalan berlubang di Jl. Ceremai.")
    city.complain("Pohon tumbang di taman.", route=route("disperumkim.kasi.taman", "POHON"))
    mail = city._mail("rina@warga.example")
    text = "Bagaimana perkembangan laporan saya?"
    city.desk.handle(Received(city.now, mail, Reading(Kind.STATUS, message(text=text), text)))
    city.post()
    assert city.sent[-1].kind == "status_many"
    assert len(city.sent[-1].data["mine"]) == 2  # type: ignore[arg-type]


def test_a_holder_with_letters_enough_hears_of_the_growth_on_his_list(city: City) -> None:
    """Some that stood alone at first are as many letters; that the matter is one and large is a line of his list."""
    pju = {"route": route("disperumkim.kasi.pju", "PJU", place="KEL-CIPAKU"), "subject": "Lampu jalan"}
    for where in ("Cipinang Gading", "Perumahan Cipaku Indah", "Gang Mesjid"):
        city.complain(f"Lampu jalan di {where} mati.", sender=f"{where[:3]}@warga.example", **pju)
    for number in range(8):
        city.now += timedelta(minutes=5)
        city.complain("PJU di Cipaku padam semua dari magrib.", sender=f"d{number}@warga.example", **pju)
    main = max(city.store.tickets(), key=lambda ticket: city.store.reporters(ticket.id))
    assert city.store.reporters(main.id) >= 10
    told = [one for one in of_matter(city, main) if one.position == main.holder]
    assert [one.kind for one in told] in (["task"] * 3, ["task"] * 2)
    assert [one.state for one in city.letters(main, "grown")] == [LetterState.DIGEST]


def test_an_answer_for_a_joined_report_leaves_the_proof_whole(city: City) -> None:
    """A word that came in about one report and acts on another of its group is no tampering."""
    tickets = many(city, 4)
    city.answer(tickets[0], Status.COMMENT, f"PISAH {tickets[1].number}", command="PISAH", argument=tickets[1].number)
    assert city.ticket(tickets[1]).state != "joined"
    assert city.store.broken_links() == []
