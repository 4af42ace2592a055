"""Text as the router reads it: lower case, plain letters, slang made plain, reduplication written out."""

from __future__ import annotations

import re
import unicodedata

from engine.routing.slang import PLAIN

LIMIT = 20_000
"""Characters of a mail that are read; a matter that is not named in the first pages is for a person."""

STOPS = (".", ",")
"""Tokens that are no words."""

_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*|[.!?;\n,:()]+")
_LONG = re.compile(r"([a-z])\1{2,}")
_TWICE = re.compile(r"([a-z]{3,20})(?:2|\")(?![0-9])")
_DATE = re.compile(r"\d+(?:[.,:/-]\d+)*")
_GLUED = re.compile(
    r"\b(di|ke)(jalan|rumah|sekolah|depan|dekat|deket|belakang|sebelah|pinggir|sini|situ|gang|kampung|atas)\b"
)
_SPLIT = re.compile(
    r"\b(di) (angkut|perbaiki|tutup|bongkar|tindak|tegur|pangkas|tebang|tambal|bersihkan|ambil|pungut)\b"
)
_SUFFIX = re.compile(r"(?<=[a-z]{3}) (nya|na)\b")


def fold(text: str) -> str:
    """Lower case without accents, odd blanks and long-drawn letters (`lamaaaa` is `lama`); line breaks stay."""
    text = unicodedata.normalize("NFKD", text[:LIMIT].replace("’", "'").replace("‘", "'")).lower()
    if not text.isascii():
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.replace(" ", " ").replace(" ", " ")
    text = _LONG.sub(r"\1", text)
    return _TWICE.sub(r"\1-\1", text)


def tokens(text: str) -> list[str]:
    """Plain words in order; `.` stands for the end of a sentence or line, `,` for a pause, `0` for any number.

    Slang, abbreviations and common Sundanese become the plain word; a doubled word (`lubang-lubang`) becomes one.
    """
    folded = _DATE.sub(" 0 ", fold(text))
    folded = _SUFFIX.sub(r"\1", _SPLIT.sub(r"\1\2", _GLUED.sub(r"\1 \2", folded)))
    found: list[str] = []
    for match in _WORD.finditer(folded):
        word = match.group()
        if not word[0].isalnum():
            if found and found[-1] not in STOPS:
                found.append("," if word[0] in ",:()" else ".")
            continue
        half, dash, rest = word.partition("-")
        if dash and half == rest:
            word = half
        elif dash:
            word = word.replace("-", "")
        word = word.replace("'", "")
        found.extend(PLAIN.get(word, (word,)))
    return found
