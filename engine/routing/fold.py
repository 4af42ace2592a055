"""Text as the router reads it: lower case, plain letters, slang made plain, reduplication written out."""

from __future__ import annotations

import re
import unicodedata

from engine.routing.remembered import Remembered
from engine.routing.slang import PLAIN

LIMIT = 20_000
"""Characters of a mail that are read; a matter that is not named in the first pages is for a person."""

STOPS = (".", ",")
"""Tokens that are no words."""

_END, _PAUSE = (".",), (",",)

_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*|[.!?;\n,:()]+")
_LONG = re.compile(r"([a-z])\1{2,}")
_TWICE = re.compile(r"([a-z]{3,20})(?:2|\")(?![0-9])")
_DATE = re.compile(r"\d+(?:[.,:/-]\d+)*")
# A letter or blank comes first and what must stand before it after that: `re` then skips to the next such letter.
_GLUED = re.compile(
    r"(di|ke)(?<=\b\w\w)(jalan|rumah|sekolah|depan|dekat|deket|belakang|sebelah|pinggir|sini|situ|gang|kampung|atas)\b"
)
_SPLIT = re.compile(
    r"di (?<=\bdi )(angkut|perbaiki|tutup|bongkar|tindak|tegur|pangkas|tebang|tambal|bersihkan|ambil|pungut)\b"
)
_SUFFIX = re.compile(r" n(?<=[a-z]{3} n)(ya|a)\b")


def fold(text: str) -> str:
    """Lower case without accents, odd blanks and long-drawn letters (`lamaaaa` is `lama`); line breaks stay."""
    text = unicodedata.normalize("NFKD", text[:LIMIT].replace("’", "'").replace("‘", "'")).lower()
    if not text.isascii():
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.replace(" ", " ").replace(" ", " ")
    text = _LONG.sub(r"\1", text)
    return _TWICE.sub(r"\1-\1", text) if "2" in text or '"' in text else text


def tokens(text: str, kept: frozenset[str] = frozenset()) -> list[str]:
    """Plain words in order; `.` stands for the end of a sentence or line, `,` for a pause, `0` for any number.

    Slang, abbreviations and common Sundanese become the plain word; a doubled word (`lubang-lubang`) becomes one. Words
    `kept` stay as they are written (`kasi` is a rank there, and not `kasih`).
    """
    folded = _DATE.sub(" 0 ", fold(text))
    folded = _SUFFIX.sub(r"n\1", _SPLIT.sub(r"di\1", _GLUED.sub(r"\1 \2", folded)))
    found: list[str] = []
    for piece in _WORD.findall(folded):
        plain = (piece,) if piece in kept else _PLAIN_OF[piece]
        if (plain is not _END and plain is not _PAUSE) or (found and found[-1] not in STOPS):
            found += plain
    return found


def _plain(piece: str) -> tuple[str, ...]:
    """The plain words of a word as typed, or what stops there are."""
    if not piece[0].isalnum():
        return _PAUSE if piece[0] in ",:()" else _END
    half, dash, rest = piece.partition("-")
    if dash:
        piece = half if half == rest else piece.replace("-", "")
    piece = piece.replace("'", "")
    return PLAIN.get(piece, (piece,))


_PLAIN_OF = Remembered(_plain)
