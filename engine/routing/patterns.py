"""Compiles tables of phrases, written one alternative a line, into one pattern over sentences of plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping

_GAP = re.compile(r"<(\d)>")
_PART = re.compile(r"<([A-Z]+)>")
DENIALS = "belum|tidak|bukan|jangan|tanpa"


def patterns(text: str, parts: Mapping[str, str] | None = None, never: str = DENIALS) -> re.Pattern[str]:
    """One pattern of all lines; a line that ends in `|` or `(` goes on in the next. Matches whole words only.

    `<3>` stands for up to three words, none of which begins with one of `never`; `<NAME>` for a piece in `parts`.
    All repetition is bounded, so a search costs time linear in the sentence.
    """
    return re.compile(rf"\b(?:{expand(text, parts, never)})\b")


def expand(text: str, parts: Mapping[str, str] | None = None, never: str = DENIALS) -> str:
    """The expression of the lines, for use as a piece of another table."""
    joined = ""
    for line in (line.strip() for line in text.strip().splitlines()):
        joined += ("" if not joined or joined[-1] in "|(" else "|") + line
    joined = _PART.sub(lambda match: f"(?:{(parts or {})[match[1]]})", joined)
    return _GAP.sub(lambda match: rf"(?:(?!(?:{never})\b)[a-z0-9-]+ ){{0,{match[1]}}}", joined)
