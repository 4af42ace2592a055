"""Several matters in one mail: numbered points and turns of speech (`selain itu`, `sekalian`) that open a new one."""

from __future__ import annotations

import re
from itertools import pairwise

_NUMBERED = re.compile(r"(?m)^[ \t]*(?:\(?([1-9])[.)]|([a-h])[.)])[ \t]+(?=\S)")
# Begins with what is rare in a text, so that `re` skips to it; the turn itself is looked for only there.
_TURN = re.compile(
    r"[.!?,;\n)tT](?:(?<![tT])|(?<=\b[tT])(?i:e?rus))\s*(?i:(?="
    r"(?:selain itu|selain dari itu|di samping itu|disamping itu|sekalian|skalian|sekaligus|oh iya|oiya|o iya|oya|ohya|"
    r"satu lagi|1 lagi|hal lain|hal kedua|yang kedua|yg kedua|yg ke ?2|tambahan|kemudian juga|"
    r"sama satu lagi|sama sekalian|dan juga|juga mohon|juga tolong|begitu juga|lain lagi|salajengna|sakalian)\b|"
    r"ke ?(?:dua|tiga|empat)\s?[,:]))"
)
_LEAST = 3
"""Words below which a part is no matter of its own."""
_MOST = 8


def split(text: str) -> list[str]:
    """The parts of a mail that may be matters of their own, in order; one part when nothing divides it.

    What stands before the first numbered point is an opening and goes with it. At most eight parts.
    """
    marks = list(_NUMBERED.finditer(text))
    numbers = [m.group(1) or m.group(2) for m in marks]
    if len(marks) >= 2 and numbers[0] in ("1", "a"):
        edges = [0, *(m.start() for m in marks[1:]), len(text)]
        parts = [text[a:b] for a, b in pairwise(edges)]
    else:
        parts = _TURN.split(f"\n{text}")
    kept: list[str] = []
    for part in parts:
        piece = part.strip()
        if len(piece.split()) >= _LEAST:
            kept.append(piece)
        elif kept and piece:
            kept[-1] = f"{kept[-1]} {piece}"
    return kept[:_MOST] or [text.strip()]
