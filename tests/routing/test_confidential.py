"""A wish to be kept back is heard in the words people use; what only sounds like one is not."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workflows.kota_bogor
from engine.routing.confidential import confidential
from engine.routing.route import Confidential
from engine.routing.second import WISH

CITY = Path(next(iter(workflows.kota_bogor.__path__)))


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("kalimat_1.tsv", 230),
        ("kalimat_2.tsv", 41),
        ("kalimat_3.tsv", 78),
        ("kalimat_4.tsv", 115),
    ],
)
def test_the_corpus_is_read_as_labelled(name: str, least: int) -> None:
    """At least 97 of 100 labelled sentences are heard at the right level."""
    lines = (CITY / WISH.name / name).read_text(encoding="utf-8").splitlines()[1:]
    labelled = [line.split("\t") for line in lines]
    wrong = [text for level, _, text in labelled if confidential("laporan\n" + text).level != level]
    assert len(labelled) >= least
    assert len(wrong) <= 0.03 * len(labelled), wrong


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("nama saya jangan disebut", "anonymous"),
        ("nama saya boleh disebut", "none"),
        ("Saya ingin tetap anonim.", "anonymous"),
        ("Please keep my name confidential, I am afraid.", "anonymous"),
        ("please keep me anonymous", "anonymous"),
        ("I would like to remain anonymous.", "anonymous"),
        ("Please don't mention my name to them.", "anonymous"),
        ("Do not disclose our identity.", "anonymous"),
        ("My name is Ann, keep the road clean, please.", "none"),
        ("They did not share any schedule.", "none"),
        ("nama saya salah di KTP", "none"),
        ("rahasia umum parkir di sini liar", "none"),
        ("Mohon dirahasiakan.", "anonymous"),
        ("Saya staf di sana, atasan minta setoran. Mohon dirahasiakan.", "secret"),
        ("Saya staf di sana, air mati. Nama saya jangan disebut.", "anonymous"),
        ("atasan minta setoran, kata orang", "none"),
        ("lampu mati\n\nPesan ini bersifat rahasia dan hanya untuk penerima yang dimaksud.", "none"),
        ("takut dimusuhi tetangga", "anonymous"),
        ("takut gelap", "none"),
    ],
)
def test_the_rules(text: str, level: str) -> None:
    """Who speaks, of what and with what fear decides over the same words."""
    assert confidential("laporan\n" + text).level == level


def test_reasons_are_the_words() -> None:
    """A wish names the words in which it was heard."""
    assert confidential("lapor\ntolong rahasiakan nama saya").reasons == ("tolong rahasiakan",)
    assert confidential("lapor\nlampu mati").reasons == ()


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_is_taken(text: str) -> None:
    """No text raises, and what is kept back has a reason."""
    found = confidential(text)
    assert (found.level is Confidential.NONE) == (not found.reasons)


@pytest.mark.parametrize("piece", ["jangan ", "nama saya ", "rahasia. ", "tidak tau ", "a", "mohon tidak ", "\n"])
def test_long_texts_cost_little(piece: str) -> None:
    """A text of a megabyte costs no more than its first pages."""
    begun = perf_counter()
    confidential(piece * (1_000_000 // len(piece)))
    assert perf_counter() - begun < 2
