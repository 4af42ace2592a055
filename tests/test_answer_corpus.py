"""The labelled corpus of answers: what the trained weights and the rules must keep reading right."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.calendar import load as load_calendar
from engine.directory import load
from engine.reading import Answer, Speaker
from mail.reply.answer import answer, closed_days

HERE = Path(__file__).resolve().parent.parent
CITY = HERE / "workflows" / "kota_bogor"
CORPUS = HERE / "mail" / "reply" / "data" / "answers.tsv"

Row = dict[str, str]


def rows() -> Iterator[Row]:
    """The corpus, line breaks restored."""
    with CORPUS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row | {"text": row["text"].replace("\\n", "\n")}


@pytest.fixture(scope="module")
def read() -> list[tuple[Row, Answer]]:
    """Each row with what is read in it."""
    directory, calendar = load(CITY), load_calendar(CITY)
    found = []
    for row in rows():
        sent = date.fromisoformat(row["sent"])
        speaker = Speaker(row["speaker"])
        closed = closed_days(calendar, sent)
        found.append((row, answer(row["text"], speaker=speaker, sent=sent, directory=directory, closed=closed)))
    return found


def test_the_corpus_is_large_and_free_of_doubles() -> None:
    """At least 1,500 different answers over all statuses, none of them rare."""
    texts = {(row["speaker"], row["text"].lower()) for row in rows()}
    statuses = Counter((row["speaker"], row["status"]) for row in rows())
    assert len(texts) >= 1500
    assert len(statuses) == 13
    assert min(statuses.values()) >= 40


@pytest.mark.parametrize(
    ("field", "floor"),
    [("status", 0.98), ("promised", 0.985), ("target", 0.985)],
)
def test_the_corpus_is_read_right(read: list[tuple[Row, Answer]], field: str, floor: float) -> None:
    """On what the weights were trained with, a fall below the floor means that weights and rules no longer fit."""
    right = sum(str(getattr(said, field) or "") == row[field] for row, said in read)
    assert right / len(read) >= floor


def test_confidence_tells_right_from_wrong(read: list[tuple[Row, Answer]]) -> None:
    """Prose read right is held with clearly more confidence than prose read wrong."""
    right = [said.confidence for row, said in read if said.status == row["status"]]
    wrong = [said.confidence for row, said in read if said.status != row["status"]]
    assert sum(right) / len(right) > 0.8
    assert not wrong or sum(wrong) / len(wrong) < sum(right) / len(right)


def test_what_is_read_in_prose_can_be_shown(read: list[tuple[Row, Answer]]) -> None:
    """Nearly every reading of an official's prose names the words that decided, for the line that confirms it."""
    prose = [said for row, said in read if row["speaker"] == "official" and not said.explicit]
    assert sum(bool(said.evidence) for said in prose) / len(prose) > 0.9
