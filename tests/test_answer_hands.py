"""In whose hands an official's prose says that the matter is: his people's, his superior's, another office's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.directory import load
from engine.reading import Answer, Speaker
from mail.reply.answer import answer

DIRECTORY = load(Path(__file__).resolve().parent.parent / "workflows" / "kota_bogor")


def official(text: str) -> Answer:
    """What an official of the roads department says on 3 August 2026."""
    return answer(text, speaker=Speaker.OFFICIAL, sent=date(2026, 8, 3), directory=DIRECTORY, own="DPUPR")


@pytest.mark.parametrize(
    "text",
    [
        "sudah saya teruskan ke mandor",
        "sudah kami teruskan ke UPTD",
        "udh diteruskan ke tim lapangan pak",
        "laporan sudah kami sampaikan ke petugas lapangan",
        "sdh sy disposisikan ke staf",
        "sudah kami teruskan ke yang bersangkutan",
        "tadi pagi sudah saya serahkan ke regu tambal",
    ],
)
def test_handed_to_his_own_people_is_not_done(text: str) -> None:
    """Who gives it to his own people has it, and has done nothing yet; nobody else gets it."""
    said = official(text)
    assert said.status in ("received", "in_progress")
    assert said.target is None


def test_handed_on_and_finished_is_done() -> None:
    """What is said to be finished besides is done."""
    assert official("sudah saya teruskan ke mandor dan lubangnya sudah selesai ditambal").status == "done"


@pytest.mark.parametrize(
    "text",
    [
        "sudah saya sampaikan ke pimpinan",
        "nanti saya laporkan dulu ke pimpinan",
        "sudah kami laporkan ke pak kadis",
        "izin, saya konsultasikan dulu dengan atasan",
        "akan kami teruskan ke Dishub besok kalau memang perlu",
        "kalau ternyata perlu nanti kami oper ke DLH",
        "nanti kami teruskan ke dishub",
        "udah ditangani dishub",
        "sudah ditangani oleh Dishub kemarin",
    ],
)
def test_told_upstairs_meant_or_done_by_others_moves_nothing(text: str) -> None:
    """A word to the superior, an intention, and what another office is said to have done are comments."""
    said = official(text)
    assert (said.status, said.target) == ("comment", None)


@pytest.mark.parametrize(
    "text",
    [
        "mohon maaf bukan di kami",
        "ini bukan jalan kami",
        "bukan punya kami pak",
        "kami tidak menangani ini",
        "ini urusan seksi sebelah",
        "itu tugasnya bidang lain",
        "bukan saluran kami bu",
        "kami tdk mengurus yg begini",
        "bkn bagian kami",
    ],
)
def test_not_ours_goes_back_to_the_desk(text: str) -> None:
    """However an office says that it is not its own, it is a refusal for want of duty."""
    said = official(text)
    assert (said.status, said.duty, said.target) == ("rejected", True, None)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("sudah kami teruskan ke Dishub", "forwarded"),
        ("itu kewenangan Dishub, akan kami teruskan ke Dishub", "forwarded"),
        ("bukan jalan kami, itu punya provinsi", "forwarded"),
        ("sudah ditangani PLN, tiangnya memang aset PLN", "forwarded"),
    ],
)
def test_who_names_the_right_office_hands_on(text: str, status: str) -> None:
    """An office named as the right one is handed the matter."""
    assert official(text).status == status


@pytest.mark.parametrize(
    "text",
    [
        "Bukan maksud kami menolak, permohonan tidak dapat dikabulkan karena melanggar Perda.",
        "Permohonan kami tolak karena bukan warga kami.",
        "Saluran itu privat di pekarangan rumah. Tidak kami tangani.",
    ],
)
def test_a_refusal_on_the_merits_stays_one(text: str) -> None:
    """`bukan` and `tidak` beside `kami` are not always of whose matter it is."""
    said = official(text)
    assert (said.status, said.duty) == ("rejected", False)


def test_helping_all_the_same_is_no_hand_back() -> None:
    """Who helps although it is not his own gives nothing back."""
    assert official("Bukan jalan kami, tapi besok kami bantu tambal.").status != "rejected"
