"""What the desk's letters and the next reader's say: no guess as if it were one, no command's own words as a note."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.desk.orders import bare
from engine.reading import Speaker
from engine.routing.quotes import quotable
from mail.reply.answer import answer
from tests.post import CITIZEN, Town, html, words
from tests.world import DIRECTORY

DESK = "kasi.aduan@diskominfo.kotabogor.example"
VAGUE = "Tolong pak, di tempat kami sudah lama begini terus, belum beres dari kemarin, kapan dibereskan?"
MEANS_IT = 'class="strong"'


@pytest.fixture
def vague(tmp_path: Path) -> Town:
    """A mail that nobody but the desk can place."""
    town = Town(tmp_path)
    town.send(CITIZEN, VAGUE, "Mohon")
    assert town.tickets()[0].state == "triage"
    return town


def test_a_vague_mail_has_no_best_guess(vague: Town) -> None:
    """Nothing is likely: no button is filled, and no empty word of the mail is quoted as a reason."""
    letter = vague.inbox(DESK)[-1]
    assert "Kemungkinan terbaik" not in words(letter)
    assert MEANS_IT not in html(letter)
    assert "“" not in words(letter)


@pytest.mark.parametrize(
    ("phrases", "kept"),
    [
        (["belum", "beres", "kemarin"], []),
        (["jalan berlubang", "depan"], ["jalan berlubang"]),
        (["buat macet", "macet"], ["macet"]),
        (["depan toko"], ["depan toko"]),
    ],
)
def test_only_content_words_of_the_mail_are_quoted(phrases: list[str], kept: list[str]) -> None:
    """Empty words and words that the mail does not have (macet is written beside `bikin`) give no reason."""
    assert quotable(phrases, "Jalan berlubang depan toko, bikin macet, belum beres dari kemarin") == kept


@pytest.mark.parametrize("line", ["1,2", "1, 2", "1+2", "dinas perhutanan", "ke dinas perhutanan"])
def test_what_names_no_one_office_is_asked_back_with_choices(vague: Town, line: str) -> None:
    """Several numbers and an office that we do not know are answered with what there is to choose."""
    vague.reply(DESK, vague.inbox(DESK)[-1], line)
    asked = words(vague.find(DESK, "Mohon dilengkapi"))
    assert f'"{line}" belum' in " ".join(asked.split())
    assert "TERUSKAN " in asked


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("ke dishub, tembusan satpol pp", True),
        ("TERUSKAN DISHUB", True),
        ("PISAH C-2026-000005", True),
        ("dishub aja pak", True),
        ("ke dishub, rambunya roboh di tengah jalan", False),
        ("TERUSKAN DISHUB\nsudah kami cek, marka jalan", False),
    ],
)
def test_a_commands_own_words_are_no_note(text: str, alone: bool) -> None:
    """What is said beside an order is a note to the next reader, the order itself is none."""
    said = answer(text, speaker=Speaker.OFFICIAL, sent=date(2026, 8, 3), directory=DIRECTORY)
    assert bare(said, text) == alone


def test_the_next_reader_has_no_command_for_a_note(vague: Town) -> None:
    """`ke dishub, tembusan satpol pp` is an order, and nothing that the head of Dishub need read."""
    vague.reply(DESK, vague.inbox(DESK)[-1], "ke dishub, tembusan satpol pp")
    task = words(vague.inbox("kepala@dishub.kotabogor.example")[-1])
    assert "Catatan dari" not in task
    assert "satpol" not in task.lower()
