"""A citizen's text as sentences of plain words, wrapped lines joined again, for rules to read."""

from __future__ import annotations

import re
from functools import lru_cache

from engine.routing.fold import tokens

# What is rare comes first and what must stand before it after that: `re` then skips to the next such letter.
_WRAPPED = re.compile(r"\n(?<=[^\n]{48}\n)(?=[^\n\[>*\-•\d])")
_STAMP = re.compile(r"\[\d{1,2}/\d{1,2}[^\]\n]{0,24}\] ?|\+62[ \d-]{6,20}:")
_SHORT = re.compile(
    r"\.(?:(?<=\bh\.)|(?<=\b(?:jl|gg|no|rw|rt|kp|bu|dr|hj|th|ds|st|kh)\.)|(?<=\b(?:jln|kel|kec|pak|bpk|ibu|drs|yth|"
    r"tgl|ust)\.)|(?<=\b(?:komp|blok)\.)|(?<=\bperum\.)) ?",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://\S+|<[^>\n]{3,80}>")
LIMIT = 12_000
MOST = 200


@lru_cache(maxsize=4)  # urgency and secrecy read the same mail one after the other
def sentences(text: str) -> tuple[str, ...]:
    """At most 200 sentences of plain words separated by blanks, `0` for any number; slang and Sundanese made plain."""
    found = " ".join(word for word in tokens(rejoined(text)) if word != ",").split(" . ")
    return tuple(s.strip(" .") for s in found[:MOST] if s.strip(" ."))


def rejoined(text: str) -> str:
    """The first 12,000 characters with wrapped lines joined, and without links, chat stamps and the stops of
    abbreviations.
    """
    return _SHORT.sub(" ", _WRAPPED.sub(" ", _LINK.sub(" ", _STAMP.sub("\n", text[:LIMIT]))))
