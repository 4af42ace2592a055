"""The language of a mail: English only where it plainly is, else the city's own."""

from __future__ import annotations

import time

import pytest

from mail.sort import city_tools, understand
from mail.sort.language import language

ENGLISH = (
    "The street light in front of our house has been broken since Monday. Please send someone to repair it.",
    "Street lamp is not working, please fix",
    "Dear Sir, there is a big hole on Jalan Pajajaran near Terminal Baranangsiang. My son fell there last night.",
    "Hello, I would like to know when the garbage truck will come to Jl. Cilendek again?",
    "Water hasn\u2019t been running for three days at Perumahan Bukit Cimanggu. When will it be back?",
    "It is still not fixed. The road floods every time it rains.",
)
LOCAL = (
    "Lampu jalan di depan rumah saya mati sejak Senin, mohon diperbaiki.",
    "pju mati total min, please banget dong dibenerin",
    "Min, street light depan Botani Square off semua, thank you",
    "Punten, jalan di RT 03 rusak pisan, teu acan didangdosan. Hatur nuhun.",
    "Lampu merah Tugu Kujang error",
    "Thanks ya pak, sudah nyala lagi",
    "Mohon update progress follow up report saya yang kemarin, thank you so much",
    "to the point aja: sampah di TPS Pasar Anyar numpuk, is this normal?",
    "",
    "SELESAI",
    "C-2026-000123",
)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_known_by_its_small_words(text: str) -> None:
    """Plain English, with street names of the city in it, is English."""
    assert language(text) == "en"


@pytest.mark.parametrize("text", LOCAL)
def test_all_else_is_the_citys_own(text: str) -> None:
    """Indonesian, Sundanese, mixed speech and what says nothing stay Indonesian."""
    assert language(text) == "id"


@pytest.mark.parametrize(("text", "expected"), [(ENGLISH[0], "en"), (LOCAL[0], "id")])
def test_a_reading_carries_it(text: str, expected: str) -> None:
    """The language of the new text stands in the Reading."""
    raw = f"From: a@surel.example\nTo: aduan@sibadra.kotabogor.example\nSubject: lampu\n\n{text}\n".encode()
    assert understand(raw, tools=city_tools()).language == expected


def test_a_megabyte_is_no_work() -> None:
    """Only the beginning is looked at."""
    begin = time.process_time()
    language("the " * 250_000)
    language("a" * 1_000_000)
    language("a'" * 500_000)
    assert time.process_time() - begin < 0.5
