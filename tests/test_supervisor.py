"""The superior acts by mail: the buttons of his letter as they stand there, and an answer that says what was done."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from engine.ticket import Ticket
from tests.post import CITIZEN, LINK, Town, html, words
from tests.world import day, on

ROADS = "dpupr.kotabogor.example"
KASI, BRIDGES, KABID, HEAD = (f"{chair}@{ROADS}" for chair in ("kasi.jalan", "kasi.jembatan", "kabid.jalan", "kepala"))
HOLE = "Jalan aspal berlubang dalam di Jl. Ceremai Ujung, motor jatuh kena lubang. Mohon jalan rusak ditambal."


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A hole that the kasi left unanswered until the kabid was written to."""
    town = Town(tmp_path)
    town.send(CITIZEN, HOLE, "Jalan rusak berlubang")
    town.wait(day(8, 4, 8))
    assert ticket(town).holder == "dpupr.kasi.jalan"
    return town


def ticket(town: Town) -> Ticket:
    """The hole as it stands."""
    return town.tickets()[0]


def asked(town: Town) -> EmailMessage:
    """The kabid's letter."""
    return town.find(KABID, "Mohon perhatian")


def before(town: Town) -> tuple[object, ...]:
    """What must not change: who holds the ticket, how far it has climbed, and its clocks."""
    now = ticket(town)
    stands = now.state, now.holder, now.owner, now.rung, now.step, now.promised
    return *stands, town.app.store.deadlines_of(now.id, live=True)


def test_remind(town: Town) -> None:
    """INGATKAN: the kasi gets a reminder with the words to answer with, the kabid reads that it was done."""
    earlier = len(town.inbox(KASI))
    town.press(KABID, asked(town), "INGATKAN")
    assert "Mengingatkan" in str(town.inbox(KASI)[earlier]["Subject"])
    assert "pemegang tugas diingatkan" in words(town.find(KABID, "Sudah dijalankan"))
    assert ticket(town).holder == "dpupr.kasi.jalan"
    town.reply(KASI, town.inbox(KASI)[earlier], "PROSES\nRegu berangkat hari ini.")
    assert ticket(town).state == "in_progress"


@pytest.mark.parametrize(
    ("named", "holder"),
    [
        ("kasi.jembatan", "dpupr.kasi.jembatan"),
        ("dpupr.kasi.jembatan", "dpupr.kasi.jembatan"),
        ("Kepala Seksi Pemeliharaan Jembatan", "dpupr.kasi.jembatan"),
        ("kasi jembatan", "dpupr.kasi.jembatan"),
        ("kasi jembatan DPUPR", "dpupr.kasi.jembatan"),
        (BRIDGES, "dpupr.kasi.jembatan"),
        ("kasi.parkir", "dishub.kasi.parkir"),
        ("DISHUB", "dishub.kepala"),
        ("Dinas Perhubungan", "dishub.kepala"),
    ],
)
def test_reassign(town: Town, named: str, holder: str) -> None:
    """ALIHKAN with a chair or an office: the new one gets the task, the old one and the kabid are told."""
    town.press(KABID, asked(town), "ALIHKAN", named)
    now = ticket(town)
    assert (now.state, now.holder) == ("forwarded", holder)
    mailbox = town.app.directory.positions[holder].mailbox
    assert HOLE in " ".join(words(town.find(mailbox, now.number)).split())
    town.find(KASI, "Tugas berpindah")
    done = words(town.find(KABID, "Sudah dijalankan"))
    assert "dialihkan" in done
    assert town.app.directory.positions[holder].title in done


@pytest.mark.parametrize(
    "named", ["dinas", "dinas entah", "Dinas Kehutanan", "polisi", "PLN", "budi@warga.example", "kelurahan", "Bu Ani"]
)
def test_reassign_to_nobody_known(town: Town, named: str) -> None:
    """ALIHKAN with a name that is no office or chair of the city moves nothing, and he reads which was not known."""
    stood = before(town)
    town.press(KABID, asked(town), "ALIHKAN", named)
    assert before(town) == stood
    assert f'tidak mengenali "{named.lower()}"' in " ".join(words(town.find(KABID, "Mohon dilengkapi")).split())


def test_take(town: Town) -> None:
    """SAYA TANGANI: the kabid holds it, is asked for news when he says no more, and the kasi knows."""
    town.press(KABID, asked(town), "SAYA TANGANI")
    assert (ticket(town).state, ticket(town).holder) == ("accepted", "dpupr.kabid.jalan")
    assert "diambil alih" in words(town.find(KABID, "Sudah dijalankan"))
    town.find(KASI, "Tugas berpindah")
    town.wait(timedelta(days=4))
    town.find(KABID, "Mohon kabar")


def test_taken_over_and_given_on(town: Town) -> None:
    """The kabid who has taken it over may still give it to another, and his letter shows him the word."""
    town.press(KABID, asked(town), "SAYA TANGANI")
    town.wait(day(8, 7, 8))
    town.press(KABID, town.find(KABID, "Mohon kabar"), "ALIHKAN", "kasi.jembatan")
    assert (ticket(town).state, ticket(town).holder) == ("forwarded", "dpupr.kasi.jembatan")
    assert HOLE in " ".join(words(town.find(BRIDGES, ticket(town).number)).split())
    done = [words(mail) for mail in town.inbox(KABID) if "Sudah dijalankan" in str(mail["Subject"])]
    assert "dialihkan" in done[-1]


def test_taken_over_and_closed(town: Town) -> None:
    """TUTUP after SAYA TANGANI needs a reason as before, and ends it."""
    town.press(KABID, asked(town), "SAYA TANGANI")
    town.reply(KABID, asked(town), "TUTUP")
    assert ticket(town).state == "accepted"
    town.reply(KABID, town.find(KABID, "Mohon dilengkapi"), "TUTUP\nRuas ini masuk paket perbaikan tahun 2027.")
    assert ticket(town).state == "closed"


def test_who_only_holds_it_does_not_rule_over_it(town: Town) -> None:
    """A kasi, and a kabid to whom it was handed, are told what they may write."""
    town.reply(KASI, town.find(KASI, ticket(town).number), "TUTUP karena sudah selesai")
    town.reply(KASI, town.find(KASI, ticket(town).number), "TERUSKAN dpupr.kabid.sda")
    drains = f"kabid.sda@{ROADS}"
    town.reply(drains, town.find(drains, ticket(town).number), "TUTUP\nBukan prioritas.")
    assert (ticket(town).state, ticket(town).holder) == ("forwarded", "dpupr.kabid.sda")
    for person in (KASI, drains):
        town.find(person, "Perintah belum dapat dijalankan")


def test_close_needs_a_reason(town: Town) -> None:
    """TUTUP without a reason changes nothing and is asked for it; with one it ends, and the citizen reads it."""
    stood = before(town)
    town.press(KABID, asked(town), "TUTUP")
    assert before(town) == stood
    lacking = town.find(KABID, "Mohon dilengkapi")
    assert "sebutkan alasan" in words(lacking)
    town.press(KABID, lacking, "TUTUP", "Ruas ini masuk paket perbaikan tahun 2027, kontraknya sudah ditandatangani.")
    assert ticket(town).state == "closed"
    assert "ditutup" in words(town.find(KABID, "Sudah dijalankan"))
    town.wait(timedelta(days=1))
    assert "masuk paket perbaikan tahun 2027" in words(town.find(CITIZEN, "ditutup"))
    town.find(KASI, "ditutup")


@pytest.mark.parametrize(
    "text",
    ["TUTUP\n\nTerima kasih", "TUTUP\n\nHormat kami,\nWinda Rohmah", "TUTUP <alasan>", "Yth. Admin,\n\nTUTUP\n\nTrims"],
)
def test_a_courtesy_is_no_reason(town: Town, text: str) -> None:
    """TUTUP with nothing but a greeting, thanks or the letter's own mould is asked for the reason."""
    stood = before(town)
    town.reply(KABID, asked(town), text)
    assert before(town) == stood
    assert "sebutkan alasan" in words(town.find(KABID, "Mohon dilengkapi"))


def test_the_citizen_reads_the_reason_alone(town: Town) -> None:
    """What stands around a reason is left off: the greeting above the command and the thanks below it."""
    town.reply(KABID, asked(town), "Yth. Admin,\nTUTUP jalan ini milik perumahan\n\nTerima kasih")
    town.wait(timedelta(days=1))
    told = words(town.find(CITIZEN, "ditutup"))
    assert "jalan ini milik perumahan" in told
    assert "Admin" not in told
    assert told.count("Terima kasih") == 1  # our own


def test_question_to_the_official_and_his_answer(town: Town) -> None:
    """What the kabid asks in plain words reaches the kasi; what the kasi answers reaches the kabid; nothing moves."""
    stood = before(town)
    town.reply(KABID, asked(town), "Mohon penjelasan, apakah ruas ini jalan kota atau jalan provinsi?")
    assert before(town) == stood
    question = town.find(KASI, "Catatan atasan")
    assert "jalan kota atau jalan provinsi" in words(question)
    town.reply(KASI, question, "Menurut SK, ruas ini jalan kota pak.")
    assert before(town) == stood
    assert "jalan kota pak" in words(town.find(KABID, "Tanggapan"))


@pytest.mark.parametrize(
    "order",
    [
        "Pak Kasi, mohon segera dicek ke lapangan hari ini juga.",
        "Tolong segera ditindaklanjuti.",
        "Saya minta ini selesai besok.",
        "Harap diselesaikan paling lambat Jumat.",
        "Kapan bisa dikerjakan?",
        "Sudah sampai mana ini?",
    ],
)
def test_an_order_is_no_answer(town: Town, order: str) -> None:
    """What the kabid orders or asks in plain words goes to the kasi; no clock stops, and the citizen hears nothing."""
    stood, heard = before(town), len(town.inbox(CITIZEN))
    town.reply(KABID, asked(town), order)
    assert before(town) == stood
    assert order in words(town.find(KASI, "Catatan atasan"))
    told = words(town.find(KABID, "Pesan disampaikan"))
    assert "sudah kami sampaikan" in told
    assert "SAYA TANGANI" in told  # should he have meant to decide
    town.wait(day(8, 4, 9, 30))
    assert ticket(town).holder == "dpupr.kepala"
    assert len(town.inbox(CITIZEN)) == heard


@pytest.mark.parametrize(
    "answer", ["Baik, akan saya cek ke lapangan siang ini.", "Mohon maaf, sedang kami kerjakan, selesai hari Jumat."]
)
def test_an_answer_of_his_own_counts(town: Town, answer: str) -> None:
    """What the kabid says of himself and his people stops the ladder, and he may take it back."""
    town.reply(KABID, asked(town), answer)
    assert ticket(town).state in ("accepted", "in_progress")
    assert "KELIRU" in words(town.inbox(KABID)[-1])


@pytest.mark.parametrize(("word", "more"), [("INGATKAN", ""), ("SAYA TANGANI", ""), ("TUTUP", "tidak perlu")])
def test_the_official_below_may_not(town: Town, word: str, more: str) -> None:
    """A superior's word from the holder himself changes nothing and is answered with the words that are his."""
    stood = before(town)
    town.reply(KASI, town.find(KASI, "Mengingatkan"), f"{word}{more}" if more != "tidak perlu" else f"{word}\n{more}")
    assert before(town) == stood
    refused = words(town.find(KASI, "Perintah belum dapat dijalankan"))
    assert all(offered in refused for offered in ("TERIMA", "PROSES", "SELESAI"))
    assert not any(superior in refused for superior in ("INGATKAN", "SAYA TANGANI"))


def test_a_line_of_a_list_is_answered_like_a_letter(town: Town) -> None:
    """Beyond his mails of a day the Wali Kota has a list: each line has its own buttons, which do what they say to that
    report alone; whoever is only told gets none.
    """
    streets = ("Jl. Suryakencana", "Jl. Pahlawan", "Jl. Pandu Raya")
    for number, street in enumerate(streets):
        town.send(
            f"warga{number}@warga.example", f"Jalan aspal berlubang dalam di {street}, mohon ditambal.", "Jalan rusak"
        )
    town.wait(day(8, 7, 9))
    mayor = "walikota@kotabogor.example"
    listed = town.find(mayor, "laporan memerlukan perhatian")
    chosen, beside = town.tickets()[3], town.tickets()[2]
    links = [urlsplit(unescape(link)) for link in LINK.findall(html(listed)) if chosen.number in link]
    ready = {parse_qs(link.query)["body"][0].strip(): unquote(link.path) for link in links}
    assert list(ready) == ["INGATKAN", "ALIHKAN", "SAYA TANGANI", "TUTUP"]
    assert ready["ALIHKAN"] in words(listed)
    town.send(mayor, "ALIHKAN DISHUB", f"Re: [{chosen.number}]", ready["ALIHKAN"])
    assert town.tickets()[3].holder == "dishub.kepala"
    assert town.tickets()[2].holder == beside.holder == "dpupr.kepala"
    assert "dialihkan" in words(town.find(mayor, "Sudah dijalankan"))
    town.reply(mayor, listed, "alihkan ke kasi jembatan aja")
    asked = words(town.inbox(mayor)[-1])
    assert "belum kami jalankan" in " ".join(asked.split())
    assert chosen.number in asked
    assert town.tickets()[2].holder == "dpupr.kepala"
    told = town.find("asisten.2@setda.kotabogor.example", "laporan memerlukan perhatian")
    assert "mailto:" not in html(told)


def test_a_colleague_with_the_letter_may_not(town: Town) -> None:
    """The kabid's letter forwarded to a colleague of the same rank: kept as a note, and he is told whose task it is."""
    stood = before(town)
    town.reply("kasi.parkir@dishub.kotabogor.example", asked(town), "SAYA TANGANI")
    assert before(town) == stood
    told = words(town.find("kasi.parkir@dishub.kotabogor.example", "Jawaban disimpan sebagai catatan"))
    assert "Kepala Seksi Pemeliharaan Jalan" in told


def test_a_stranger_may_not_and_hears_nothing(town: Town) -> None:
    """A private address with the kabid's reply address: kept, unanswered, without effect."""
    stood = before(town)
    for words_of in ("SAYA TANGANI", "TUTUP\nsudah beres", "PLH kabid.jalan -> kasi.jalan s.d. 12 Agustus"):
        town.reply("orang@lain.example", asked(town), words_of)
    assert before(town) == stood
    assert town.inbox("orang@lain.example") == []
    assert town.app.store.appointments(on(8, 4)) == []


def test_an_answer_to_the_intake_with_the_number_alone(town: Town) -> None:
    """SELESAI sent to the intake instead of the letter's address: without effect, and the kasi reads so."""
    stood = before(town)
    town.send(KASI, "SELESAI\nSudah kami tambal.", f"Re: [{ticket(town).number}] Jalan rusak berlubang")
    assert before(town) == stood
    told = " ".join(words(town.find(KASI, "Jawaban disimpan sebagai catatan")).split())
    assert "mohon balas surat tugasnya" in told
    assert any("Sudah kami tambal" in str(row.data) for row in town.app.store.history_of(ticket(town).id))


def test_a_neighbours_report_under_somebody_elses_number(town: Town) -> None:
    """Whoever was forwarded a letter and reports under its subject is heard: a report of his own, at the desk."""
    stood = before(town)
    town.send("ani@warga.example", "Jalan kampung kami juga rusak.", f"Re: [{ticket(town).number}] Jalan rusak")
    assert before(town) == stood
    assert [one.citizen_address for one in town.tickets()] == [CITIZEN, "ani@warga.example"]
    assert town.tickets()[1].state == "triage"
    town.find("ani@warga.example", "Laporan Anda kami terima")
