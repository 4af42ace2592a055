"""The citizen by mail alone: receipt, news, questions, photos, the end and what comes after it, and never too much."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from engine.ticket import Ticket
from tests.post import CITIZEN, Town
from tests.post import words as lines
from tests.world import day

ROADS = "dpupr.kotabogor.example"
KASI, KABID = f"kasi.jalan@{ROADS}", f"kabid.jalan@{ROADS}"
PARKING = "kasi.parkir@dishub.kotabogor.example"
HOLE = "Jalan aspal berlubang dalam di Jl. Ceremai Ujung, motor jatuh kena lubang. Mohon jalan rusak ditambal."
PHOTO = b"\xff\xd8\xff\xe0 lubang dari dekat"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A hole reported with a photo on Monday 3 August 2026 at nine."""
    town = Town(tmp_path)
    with contextlib.closing(town.app):
        town.send(CITIZEN, HOLE, "Jalan rusak berlubang", attach=("jauh.jpg", b"\xff\xd8\xff\xe0 lubang dari jauh"))
        yield town


def words(mail: EmailMessage) -> str:
    """The plain text of a mail, without its line breaks."""
    return " ".join(lines(mail).split())


def ticket(town: Town) -> Ticket:
    """The hole as it stands."""
    return town.tickets()[0]


def task(town: Town) -> EmailMessage:
    """The newest letter to the kasi about it."""
    return town.find(KASI, ticket(town).number)


def finished(town: Town) -> EmailMessage:
    """The holder says it is done; what the citizen gets."""
    now = ticket(town)
    mailbox = town.app.directory.positions[now.holder or ""].mailbox
    town.reply(mailbox, town.find(mailbox, now.number), "SELESAI\nLubang sudah ditambal dengan hotmix.")
    assert ticket(town).state == "done"
    return town.find(CITIZEN, "dinyatakan selesai")


def files(mail: EmailMessage) -> list[str]:
    """The names of a mail's files."""
    return [str(part.get_filename()) for part in mail.iter_attachments()]


def test_receipt(town: Town) -> None:
    """Number, the office and no name, and the rule's last day; how to add, ask, withdraw."""
    receipt = words(town.find(CITIZEN, "Laporan Anda kami terima"))
    for said in (ticket(town).number, "Dinas Pekerjaan Umum dan Penataan Ruang", "2026 pukul 0", "Batas aturan"):
        assert said in receipt.replace("Senin, 3 Agustus ", "")
    assert "Senin, 24 Agustus 2026" in receipt  # 14 working days, Independence Day off
    assert "Dede Rahmat" not in receipt
    assert "Kepala Seksi" not in receipt
    assert all(word in receipt for word in ("STATUS", "CABUT", "foto"))


def test_news_promised_asked_and_answered(town: Town) -> None:
    """A promise with its date, a question in plain words and its answer in plain words, back in work."""
    town.reply(KASI, task(town), "PROSES\nRegu kami berangkat, selesai tanggal 7 Agustus.")
    news = words(town.find(CITIZEN, "sedang dikerjakan"))
    assert "Jumat, 7 Agustus 2026" in news
    assert "Regu kami berangkat" in news
    town.wait(day(8, 4, 9))
    town.reply(KASI, task(town), "TANYA\nDi seberang nomor berapa lubangnya?")
    question = town.find(CITIZEN, "Pertanyaan mengenai")
    assert "seberang nomor berapa" in words(question)
    town.reply(CITIZEN, question, "Seberang nomor 17, depan toko roti.")
    assert ticket(town).state == "in_progress"
    assert "depan toko roti" in words(task(town))


def test_photos_added_later_reach_whoever_has_it(town: Town) -> None:
    """A photo added by replying reaches the holder, and with all before it the office that gets the task next, and the
    superior it climbs to.
    """
    town.reply(CITIZEN, town.find(CITIZEN, "kami terima"), "Ini foto dari dekat.", attach=("dekat.jpg", PHOTO))
    added = town.find(KASI, "Keterangan tambahan")
    assert files(added) == ["dekat.jpg"]
    assert next(iter(added.iter_attachments())).get_payload(decode=True) == PHOTO
    town.wait(day(8, 3, 16))
    climbed = town.find(KABID, "Mohon perhatian")
    assert files(climbed) == ["jauh.jpg", "dekat.jpg"]
    assert "Ini foto dari dekat." in words(climbed)
    town.reply(KASI, task(town), "TERUSKAN dishub.kasi.parkir\nBukan jalan kami.")
    handed = town.find(PARKING, ticket(town).number)
    assert files(handed) == ["jauh.jpg", "dekat.jpg"]
    assert "Ini foto dari dekat." in words(handed)


def test_confirmed_by_button_and_rated(town: Town) -> None:
    """SUDAH ends it with thanks; stars and words that come later are kept."""
    done = finished(town)
    town.press(CITIZEN, done, "SUDAH")
    assert ticket(town).state == "closed"
    town.find(CITIZEN, "Terima kasih")
    town.press(CITIZEN, done, "NILAI 4", "Cepat dan rapi, petugasnya ramah.")
    assert (ticket(town).state, ticket(town).rating) == ("closed", 4)
    said = [entry.data.get("note") for entry in town.app.store.history_of(ticket(town).id)]
    assert any("petugasnya ramah" in str(note) for note in said)


@pytest.mark.parametrize(("stars", "state"), [(5, "closed"), (4, "closed"), (3, "done"), (2, "done"), (1, "done")])
def test_stars_alone(town: Town, stars: int, state: str) -> None:
    """Four and five end it; one or two without a word are asked about once; three is kept."""
    town.press(CITIZEN, finished(town), f"NILAI {stars}")
    assert (ticket(town).state, ticket(town).rating) == (state, stars)
    asked = [mail for mail in town.inbox(CITIZEN) if "belum selesai" in words(mail)]
    assert bool(asked) == (stars < 3)


def test_slow_but_done_ends_it_with_few_stars(town: Town) -> None:
    """Two stars for the time it took reopen nothing."""
    town.reply(CITIZEN, finished(town), "sudah, tapi lama. bintang 2")
    assert (ticket(town).state, ticket(town).rating) == ("closed", 2)


def test_disputed_as_often_as_the_city_says(town: Town) -> None:
    """BELUM: the same holder; again: his superior; a third time it ends with the way to go on."""
    town.press(CITIZEN, finished(town), "BELUM", "Masih berlubang, yang ditambal lubang sebelahnya.")
    assert (ticket(town).state, ticket(town).holder) == ("in_progress", "dpupr.kasi.jalan")
    assert "lubang sebelahnya" in words(task(town))
    town.wait(day(8, 3, 14))
    town.press(CITIZEN, finished(town), "BELUM", "Tambalannya lepas lagi kena hujan.")
    assert (ticket(town).state, ticket(town).holder) == ("in_progress", "dpupr.kabid.jalan")
    assert "lepas lagi" in words(town.find(KABID, ticket(town).number))
    town.wait(day(8, 3, 16))
    town.press(CITIZEN, finished(town), "BELUM", "Tetap berlubang.")
    assert ticket(town).state == "closed"
    assert "Ombudsman" in words(town.inbox(CITIZEN)[-1])


def test_withdrawn(town: Town) -> None:
    """CABUT by reply: ended, both are told, nothing runs."""
    town.reply(CITIZEN, town.find(CITIZEN, "kami terima"), "CABUT")
    assert ticket(town).state == "withdrawn"
    town.find(CITIZEN, "dicabut")
    town.find(KASI, "dicabut")
    assert town.app.store.deadlines_of(ticket(town).id, live=True) == []


def test_silence_after_done_is_closed_with_notice(town: Town) -> None:
    """Ten working days without a word: closed, and the citizen reads that he may still object; then he does."""
    finished(town)
    town.wait(day(8, 18, 16, 1))  # Monday 17 August is a holiday
    assert ticket(town).state == "closed"
    town.wait(timedelta(days=1))
    notice = town.find(CITIZEN, "ditutup")
    town.reply(CITIZEN, notice, "Belum, masih berlubang pak.")
    assert (ticket(town).state, ticket(town).holder) == ("in_progress", "dpupr.kasi.jalan")


def test_status_only_to_its_own_address(town: Town) -> None:
    """STATUS by reply or by a new mail with the number is answered with the story; another address learns nothing."""
    town.reply(KASI, task(town), "PROSES\nRegu kami berangkat, selesai tanggal 7 Agustus.")
    town.reply(CITIZEN, town.find(CITIZEN, "kami terima"), "STATUS")
    told = words(town.find(CITIZEN, "Perkembangan"))
    assert "edang dikerjakan" in told
    for number in (ticket(town).number, ticket(town).number.lower().replace("-", " ")):
        before = len(town.inbox(CITIZEN))
        town.send(CITIZEN, f"Bagaimana perkembangan laporan saya nomor {number}?", "Tanya status")
        assert len(town.inbox(CITIZEN)) == before + 1
    town.send("tetangga@warga.example", f"STATUS {ticket(town).number}", f"STATUS {ticket(town).number}")
    town.reply("tetangga@warga.example", town.find(CITIZEN, "kami terima"), "STATUS")
    for mail in town.inbox("tetangga@warga.example"):
        assert HOLE[:20] not in words(mail)
        assert "dikerjakan" not in words(mail)


@pytest.mark.parametrize(
    "said",
    [
        "Lokasinya depan SDN 1.",
        "Tadi malam ada yang jatuh lagi.",
        "Lubangnya sudah dua minggu.",
        "Maaf salah alamat, yang benar Jl. Pandu Raya",
        "Nomor HP saya 08123456789",
        "Masih berlubang.",
    ],
)
def test_what_he_adds_goes_to_the_holder(town: Town, said: str) -> None:
    """A sentence more, in his own words, is neither a question how it stands nor an end of it."""
    stood, heard = ticket(town).state, len(town.inbox(CITIZEN))
    town.reply(CITIZEN, town.find(CITIZEN, "kami terima"), said)
    assert ticket(town).state == stood
    assert said in words(town.find(KASI, "Keterangan tambahan"))
    assert len(town.inbox(CITIZEN)) == heard


def test_never_more_than_one_unasked_mail_a_day(town: Town) -> None:
    """However often an office speaks, the citizen gets one mail of news a day, and none after one that asked something
    of him; nothing is lost, the next one tells what waited.
    """
    for said in ("TERIMA\nAkan kami cek.", "PROSES\nRegu satu berangkat.", "PROSES\nRegu dua berangkat.",
                 "TUNDA\nMenunggu aspal sampai tanggal 12 Agustus."):  # fmt: skip
        town.reply(KASI, task(town), said)
    town.wait(day(8, 5, 9))
    town.reply(KASI, task(town), "SELESAI\nSudah ditambal.")
    town.reply(KABID, town.find(KABID, "ditunda"), "TUTUP\nSudah saya periksa sendiri.")
    town.wait(day(8, 10))
    news = [mail for mail in town.inbox(CITIZEN) if "kami terima" not in str(mail["Subject"])]
    assert [str(mail["Date"])[5:11] for mail in news] == ["03 Aug", "04 Aug", "05 Aug", "06 Aug"]
    assert "dinyatakan selesai" in str(news[2]["Subject"])
    told = " ".join(map(words, news))
    for said in ("Akan kami cek", "Regu satu", "Regu dua", "Menunggu aspal", "Sudah ditambal", "periksa sendiri"):
        assert said in told


def test_one_mail_a_day_over_all_his_reports(town: Town) -> None:
    """Two offices with news on the same day are two days' mails."""
    town.send(CITIZEN, "Parkir liar di Jl. Suryakencana menutup jalan setiap sore.", "Parkir liar")
    second = town.tickets()[1]
    town.reply(KASI, task(town), "PROSES\nRegu kami berangkat.")
    mailbox = town.app.directory.positions[second.holder or ""].mailbox
    town.reply(mailbox, town.find(mailbox, second.number), "PROSES\nPetugas kami ke lokasi.")
    assert "Petugas kami" not in " ".join(map(words, town.inbox(CITIZEN)))
    town.wait(day(8, 4, 8, 1))
    assert "Petugas kami" in words(town.inbox(CITIZEN)[-1])


def test_flooded_official_reads_what_was_added(town: Town) -> None:
    """Beyond the city's number of mails a day, words stand on the official's list; a photo still comes by itself."""
    receipt = town.find(CITIZEN, "kami terima")
    for number in range(11):
        town.reply(CITIZEN, receipt, f"Keterangan ke-{number}: lubangnya tambah lebar.")
    assert sum("Keterangan tambahan" in str(mail["Subject"]) for mail in town.inbox(KASI)) == 10
    town.reply(CITIZEN, receipt, "Ini foto dari dekat.", attach=("dekat.jpg", PHOTO))
    assert files(town.inbox(KASI)[-1]) == ["dekat.jpg"]
    town.wait(day(8, 3, 13, 5))
    assert "Keterangan ke-10" in words(town.find(KASI, "memerlukan perhatian"))


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("STATUS", "STATUS"),
        ("Laporan", "status\n\nRina Marlina"),
        ("", "STATUS C-2026-000001"),
        ("Re: Status", "Rina"),
        ("status", ""),
    ],
)
def test_status_in_a_mail_of_its_own(town: Town, subject: str, text: str) -> None:
    """The word STATUS written to the intake, without our letter: how the report stands, and no new one."""
    town.send(CITIZEN, text, subject)
    assert len(town.tickets()) == 1
    assert ticket(town).number in str(town.find(CITIZEN, "Perkembangan laporan Anda")["Subject"])


def test_a_subject_that_begins_with_status_is_a_report(town: Town) -> None:
    """STATUS as one word among others hides no complaint."""
    town.send("lain@warga.example", "Lampu jalan mati di Jl. Pandu Raya, gelap sekali.", "Status lampu jalan: mati")
    assert len(town.tickets()) == 2
