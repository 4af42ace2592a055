"""Lays out plain text for a monospace reader: paragraphs of 72 columns, columns, quotations. Linear in the text."""

from __future__ import annotations

import re

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
"""What a stranger's text must not bring: terminal commands, turned directions, halves of characters."""
WIDTH = 72
LONG = 4000
"""Characters of a stranger's text that a letter quotes; the whole mail is in the tables."""


def fill(line: str, width: int) -> list[str]:
    """One line broken at its blanks into lines of at most `width`; a word longer than that stays whole."""
    if len(line) <= width:
        return [line]
    lines: list[str] = []
    words = line.split()
    current: list[str] = []
    room = width
    for word in words:
        if len(word) > room and current:
            lines.append(" ".join(current))
            current, room = [], width
        current.append(word)
        room -= len(word) + 1
    lines.append(" ".join(current))
    return lines


def wrap(text: str, width: int = WIDTH) -> str:
    """Each line of a text broken to the width."""
    if len(text) <= width and "\n" not in text:
        return text
    return "\n".join(piece for line in text.splitlines() for piece in fill(line.rstrip(), width))


def indented(text: str) -> str:
    """A quotation, set in by four, with no more than one empty line in a row."""
    lines: list[str] = []
    for line in wrap(text.strip(), WIDTH - 4).split("\n"):
        if line or (lines and lines[-1]):
            lines.append("    " + line if line else "")
    return "\n".join(lines)


def pad(text: str, width: int) -> str:
    """Filled up to a column; at least two blanks follow."""
    return text.ljust(width) if len(text) < width - 1 else text + "  "


def right(text: str, width: int) -> str:
    """Filled up on the left, so that numbers stand below one another."""
    return text.rjust(width)


def hang(text: object, indent: int) -> str:
    """A text or number that goes on in its own column."""
    flat = " ".join(str(text).split())
    if len(flat) <= WIDTH - indent:
        return flat
    return ("\n" + " " * indent).join(fill(flat, WIDTH - indent))


def entry(word: str, text: str, width: int) -> str:
    """A row of two columns; a word too long for its column has the text beneath it."""
    if not text:
        return word
    if len(word) > width - 2:
        return word + "\n" + " " * width + hang(text, width)
    return word.ljust(width) + hang(text, width)


def shortened(text: str, saying: str) -> str:
    """A stranger's text, cut at a word when it is long, `saying` so."""
    text = CONTROL.sub(" ", text[: 2 * LONG].replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text if len(text) <= LONG else text[:LONG].rsplit(None, 1)[0] + " " + saying


def size(amount: int) -> str:
    """Bytes as people read them, with a decimal comma: 350 KB, 2,5 MB."""
    if amount < 1_000_000:
        return f"{max(1, round(amount / 1000))} KB"
    return f"{amount / 1_000_000:.1f}".replace(".", ",").removesuffix(",0") + " MB"
