"""What the model sees of a text: plain words, pairs, word stems and letter groups, each as a short string."""

from __future__ import annotations

from collections.abc import Sequence

_PREFIXES = (
    "meng",
    "meny",
    "mem",
    "men",
    "peng",
    "peny",
    "pem",
    "pen",
    "ber",
    "ter",
    "per",
    "nga",
    "di",
    "ke",
    "ng",
    "me",
)
_SUFFIXES = ("kannya", "annya", "inya", "kan", "nya", "lah", "kah", "keun", "an", "in", "na", "i")
_STEM = 4
"""A stem keeps at least this many letters."""


def stem(word: str) -> str:
    """A cheap stem: at most one prefix and one suffix less (`diperbaiki` is `perbaik`, `ditutupin` is `tutup`)."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _STEM:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _STEM:
            return word[: -len(suffix)]
    return word


def features(words: Sequence[str]) -> dict[str, float]:
    """Feature to weight for a text's `words` (from `tokens`), before the model's own weights; counts are damped to one.

    A word is itself, its stem is `~stem`, neighbours are `a b`, letter groups of four within a word are `#abcd`.
    """
    found: dict[str, float] = {}
    before = ""
    for word in words:
        if word in (".", "0"):
            before = "" if word == "." else before
            continue
        found[word] = 1.0
        found["~" + stem(word)] = 1.0
        if before:
            found[f"{before} {word}"] = 1.0
        before = word
        edged = f"<{word}>"
        for at in range(len(edged) - 3):
            found["#" + edged[at : at + 4]] = 1.0
    return found
