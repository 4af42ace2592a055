"""The new text of replies in plain text: every client's quoting, signatures, footers, and what only looks like them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.reply.newtext import Part, cut

CORPUS = Path(__file__).parent / "corpus" / "quotes"
LETTERS = {"N": Part.NEW, "Q": Part.QUOTED, "S": Part.SIGNATURE}


def cases() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Every case of the corpus: its title, the sender's name, and its lines with their letters."""
    found: list[tuple[str, str, list[tuple[str, str]]]] = []
    for path in sorted(CORPUS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.startswith("=== "):
                title, _, sender = line[4:].partition("; sender: ")
                found.append((f"{path.stem}: {title}", sender, []))
            elif line:
                letter, _, text = line.partition("|")
                found[-1][2].append((letter, text))
    return found


@pytest.mark.parametrize(("title", "sender", "lines"), cases(), ids=[case[0] for case in cases()])
def test_each_line_is_told_apart(title: str, sender: str, lines: list[tuple[str, str]]) -> None:
    """Each line of a reply is known as new, quoted or signature."""
    parts = cut("\n".join(text for _, text in lines), sender)
    told = [(label, line) for label, line in zip(parts.labels, parts.lines, strict=True) if line.strip()]
    want = [(letter, text) for letter, text in lines if text.strip()]
    assert [line for _, line in told] == [text for _, text in want]
    wrong = [
        (label.value, line)
        for (label, line), (letter, _) in zip(told, want, strict=True)
        if letter != "-" and label is not LETTERS[letter]
    ]
    assert wrong == []


def test_new_text_keeps_order_and_folds_blank_lines() -> None:
    """Inline answers are joined in order, runs of blank lines become one, none stand at the ends."""
    assert cut("\n\n> satu?\nya  \n\n\n\n> dua?\ntidak\u200b\n").new == "ya\n\ntidak"


def test_windows_and_old_mac_line_ends() -> None:
    """CRLF and CR end lines as LF does."""
    assert cut("satu\r\ndua\rtiga\n> q").new == "satu\ndua\ntiga"


def test_marks_that_cannot_be_seen_do_not_hide_a_quote() -> None:
    """A byte order mark, a narrow blank or a zero width space in an attribution does not hide it."""
    text = "ok\n\n\ufeffOn 3 Aug 2026, at 10:12\u202fAM, Bob\u200b <b@host.example> wrote:\n\n> lama"
    assert cut(text).new == "ok"


def test_a_glued_attribution_is_cut_from_its_sentence() -> None:
    """Text before an attribution on the same line is kept."""
    assert cut("Thanks a lot. On Mon, 3 Aug 2026 at 10:12, Bob <b@host.example> wrote:\n> here").new == "Thanks a lot."


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_text_is_cut_into_its_own_lines(text: str) -> None:
    """Whatever the text, the lines stay as they were and every one has a label."""
    parts = cut(text)
    assert "\n".join(parts.lines) == text.replace("\r\n", "\n").replace("\r", "\n")
    assert len(parts.labels) == len(parts.lines)


LINES = [line for path in sorted(CORPUS.glob("*.txt")) for line in path.read_text(encoding="utf-8").split("\n")]


@given(
    st.lists(st.sampled_from([line.partition("|")[2] for line in LINES if "|" in line]), max_size=30),
    st.text(max_size=12),
)
def test_any_mixture_of_lines_gives_a_subsequence(lines: list[str], sender: str) -> None:
    """The new text is a subsequence of the lines, whatever they are."""
    text = "\n".join(lines)
    rest = iter(line.strip() for line in cut(text, sender).lines)
    assert all(line.strip() in rest for line in cut(text, sender).new.split("\n") if line.strip())


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "On " * 330_000,
        "> " * 500_000,
        "<" * 1_000_000,
        "a@" * 500_000 + ":",
        "Pada Sen, 3 Agu 2026 " * 50_000 + "menulis:",
        " " * 1_000_000 + "x",
        "_" * 1_000_000,
        "On 3 Aug 2026 10:12 <\n" * 40_000,
        "Dari: a@b.c\n" * 80_000,
        "-- \n" * 250_000,
        "---\n" * 250_000,
        "Budi\n\n" * 160_000,
        "Sent from my " * 70_000,
        "www.x.y/" * 120_000,
        "\n".join(">" * n for n in range(1, 1200)),
        ">" * 5_000 + " dalam\njawaban",
        "this e-mail is confidential " * 30_000,
        "_____\n\n" * 140_000,
        "Tembusan:\n1. a\n" * 60_000,
    ],
    ids=lambda text: text[:16].replace("\n", "/"),
)
def test_a_megabyte_costs_no_more_than_it_should(text: str) -> None:
    """A hostile megabyte, in one line or in many, is cut in time linear in its length."""
    start = time.perf_counter()
    cut(text, "Budi")
    assert time.perf_counter() - start < 2.5
