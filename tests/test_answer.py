"""What answers say in prose: traps of the language, hostile texts, and that any string gets an Answer."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.directory import load
from engine.reading import Answer, Speaker
from mail.reply.answer import answer

DIRECTORY = load(Path(__file__).resolve().parent.parent / "workflows" / "kota_bogor")
SENT = date(2026, 8, 5)


def official(text: str) -> Answer:
    """An official's answer of Wednesday, 5 August 2026."""
    return answer(text, speaker=Speaker.OFFICIAL, sent=SENT, directory=DIRECTORY)


def citizen(text: str) -> Answer:
    """A citizen's answer of the same day."""
    return answer(text, speaker=Speaker.CITIZEN, sent=SENT, directory=DIRECTORY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Itu PJU, jadi ranahnya Dishub bukan kami", "DISHUB"),
        ("Bukan kewenangan kami melainkan Dishub.", "DISHUB"),
        ("mohon diteruskan ke DLH ya min", "DLH"),
        ("Agar Lurah Cipaku menindaklanjuti laporan ini.", "KEL-CIPAKU"),
        ("TERUSKAN ke Pol PP\nlapaknya di trotoar", "SATPOLPP"),
        ("kabelnya punya PLN, sudah kami teruskan ke PLN", "PLN"),
        ("Kewenangan Balai Besar Ciliwung Cisadane, suratnya sudah kami kirimkan.", "BBWSCC"),
        ("Obatnya tanpa izin edar, kami limpahkan ke Balai Besar POM.", "BPOM"),
    ],
)
def test_the_named_office_is_the_target(text: str, code: str) -> None:
    """A forwarding names its office, in words or by command."""
    said = official(text)
    assert (said.status, said.target) == ("forwarded", code)


def test_a_negated_office_is_no_target() -> None:
    """`bukan kewenangan Dishub, ini memang kami` hands nothing over."""
    said = official("Bukan kewenangan Dishub, ini memang tugas kami. Besok kami cek.")
    assert said.target is None
    assert said.status == "received"


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("BUKAN KEWENANGAN\nfasos belum diserahkan", True),
        ("Mohon maaf itu bukan ranah kami.", True),
        ("TOLAK\nmeter sudah ditera", False),
        ("Permohonan tidak dapat kami kabulkan karena melanggar Perda.", False),
    ],
)
def test_a_refusal_for_want_of_duty_is_told_from_one_on_the_merits(text: str, duty: bool) -> None:
    """Only the first kind goes back to the desk instead of to the citizen."""
    said = official(text)
    assert (said.status, said.duty) == ("rejected", duty)


def test_a_superiors_command_is_a_comment_with_its_word_and_argument() -> None:
    """Words without a reply status are handed to the workflow as they are."""
    said = official("ALIHKAN ke dishub.kasi.parkir\nini parkir")
    assert (said.status, said.command, said.target, said.explicit) == ("comment", "ALIHKAN", "dishub.kasi.parkir", True)


def test_an_order_to_an_office_names_it() -> None:
    """A superior's letter to an office makes that office the target, and its deadline is no promise."""
    said = official("Yth. Kepala Dishub, mohon segera ditindaklanjuti dan laporkan hasilnya kepada saya dalam 2 hari.")
    assert (said.target, said.promised) == ("DISHUB", None)


def test_a_promise_stands_only_where_something_is_still_to_come() -> None:
    """What is finished promises nothing more."""
    assert official("Sudah selesai dikerjakan tadi pagi, besok kami bawa tim ke lokasi lain").promised is None
    assert official("Tim sedang mengerjakan, selesai besok").promised == date(2026, 8, 6)


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("5", 5),
        ("⭐⭐⭐⭐", 4),
        ("nilai 2 dari saya", 2),
        ("sangat puas", 5),
        ("RT 5", None),
        ("SUDAH 4", 4),
        ("lima", 5),
        ("Sudah beres, empat", 4),
        ("kecewa, 1", 1),
        ("Sudah, tiga hari lalu", None),
    ],
)
def test_a_rating_is_read(text: str, stars: int | None) -> None:
    """Digits, stars and the city's words give the rating; a house number does not."""
    assert citizen(text).rating == stars


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("sudah, tapi lama. bintang 2", "confirmed"),
        ("Sudah diperbaiki pak, tapi prosesnya lambat sekali. Nilai 2", "confirmed"),
        ("Alhamdulillah sudah beres, cuma nunggunya kelamaan", "confirmed"),
        ("sdh, tp lama bgt. 2 bintang", "confirmed"),
        ("sudah lama, tapi belum juga. bintang 1", "disputed"),
        ("sudah tapi lama, sekarang masih bolong lagi. bintang 2", "disputed"),
        ("Sudah lama saya menunggu, bintang 1", "disputed"),
        ("sudah ditambal tapi cuma sebagian, lama lagi. bintang 1", "disputed"),
        ("sudah, tapi jelek. bintang 2", "disputed"),
    ],
)
def test_done_but_slow_is_done(text: str, status: str) -> None:
    """Who says that it is done and complains of the time only confirms, with few stars; what is undone is disputed."""
    said = answer(text, speaker=Speaker.CITIZEN, sent=SENT, directory=DIRECTORY, asked="done")
    assert said.status == status


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.sampled_from(Speaker), st.dates())
def test_any_text_gets_an_answer(text: str, speaker: Speaker, sent: date) -> None:
    """Whatever a person or a machine writes, an Answer comes back."""
    said = answer(text, speaker=speaker, sent=sent, directory=DIRECTORY)
    assert 0 <= said.confidence <= 1


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "sudah kami ",
        "?",
        "\n",
        "1-",
        "3 hari ",
        "teruskan ke ",
        "tgl 1/1/",
        "((",
        "kami akan cek, ",
        "kel. ",
        "belum tidak ",
    ],
)
@pytest.mark.parametrize("speaker", Speaker)
def test_a_megabyte_takes_well_under_a_second(piece: str, speaker: Speaker) -> None:
    """One line of 1 MB of whatever costs no more than a moment."""
    start = time.perf_counter()
    answer(piece * (1_000_000 // len(piece)), speaker=speaker, sent=SENT, directory=DIRECTORY)
    assert time.perf_counter() - start < 1.0
