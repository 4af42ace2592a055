"""What the model sees of a text: plain words, pairs, word stems and letter groups, each as a short string."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from engine.routing.fold import STOPS
from engine.routing.remembered import Remembered
from engine.routing.slang import IDLE

T = TypeVar("T")
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
_DENIALS = frozenset(("bukan", "bukanlah"))
_HARMLESS = """cuma hanya sekadar sekedar saja aja sekali main lagi begitu berarti kali saya kami satu pertama baru mau
maksud apa kah karena tidak mereka di dari warga orang yang"""
_NO_DENIAL = frozenset(_HARMLESS.split())
_TURNS = frozenset(
    ("tapi", "melainkan", "namun", "cuma", "hanya", "sedangkan", "sebab", "jadi", "padahal", "mah", "dan")
)
_REACH = 5
"""Words that one `bukan` can deny."""
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


def of_word(word: str) -> tuple[str, ...]:
    """The word, its stem and its letter groups; nothing of an idle word."""
    if word in IDLE:
        return ()
    edged = f"<{word}>"
    return (word, "~" + stem(word), *("#" + edged[at : at + 4] for at in range(len(edged) - 3)))


_NAMES_OF = Remembered(of_word)


def features(words: Sequence[str]) -> dict[str, float]:
    """Feature to weight for a text's `words` (from `tokens`), before the model's own weights; counts are damped to one.

    A word is itself, its stem is `~stem`, neighbours are `a b`, letter groups of four within a word are `#abcd`, and a
    word that is ruled out (`bukan lampu jalan`) is `!word` alone.
    """
    return dict.fromkeys(gather(words, _NAMES_OF.__getitem__, str), 1.0)


def gather(words: Sequence[str], of_word: Callable[[str], Sequence[T]], of_name: Callable[[str], T]) -> list[T]:
    """The features of a text in their order, some twice, each as `of_word` and `of_name` put it.

    `of_word` gives those of a word by itself, of which `of_word` of this file are the names; `of_name` a named one.
    """
    found: list[T] = []
    before = ""
    for word, denied in zip(words, ruled_out(words), strict=True):
        if word in STOPS or word == "0":
            before = before if word == "0" else ""
        elif denied:
            found.append(of_name("!" + word))
            before = ""
        else:
            if before and not (word in IDLE and before in IDLE):
                found.append(of_name(f"{before} {word}"))
            before = word
            found += of_word(word)
    return found


def ruled_out(words: Sequence[str]) -> list[bool]:
    """Which words a `bukan` before them denies: at most five, up to the next pause or turn (`tapi`, `melainkan`).

    `bukan cuma`, `bukan sekali` and the like deny nothing.
    """
    marks = [False] * len(words)
    if _DENIALS.isdisjoint(words):
        return marks
    left = 0
    for at, word in enumerate(words):
        if word in _DENIALS:
            after = words[at + 1] if at + 1 < len(words) else "."
            left = 0 if after in _NO_DENIAL else _REACH
        elif word in STOPS or word in _TURNS:
            left = 0
        elif left:
            marks[at] = True
            left -= 1
    return marks
