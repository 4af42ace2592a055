"""What a title says: its parts, and whether a word means one of them however it is shortened or inflected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from engine.directory.model import Directory, Position, Unit
from engine.directory.said import words_of

_NO_TITLE = frozenset(
    re.findall(
        r"\w+",
        """
        kepala seksi bidang subbidang subbagian bagian unit uptd manajer asisten direktur wakil sekretaris inspektur
        pembantu pelaksana dinas badan kelurahan kecamatan kota bogor dan perumda satuan lurah camat staf ahli wali
        """,
    )
)
_PREFIXES = (
    ("peny", "s"), ("meny", "s"), ("peng", "k"), ("peng", ""), ("meng", "k"), ("meng", ""), ("pem", "p"), ("pem", ""),
    ("mem", "p"), ("mem", ""), ("pen", "t"), ("pen", ""), ("men", "t"), ("men", ""), ("per", ""), ("ber", ""),
    ("ter", ""), ("pe", ""), ("me", ""), ("ke", ""), ("di", ""),
)  # fmt: skip
_SUFFIXES = ("nya", "kan", "an", "i")
_ROOT = 4
"""Letters that a word must have left when its affixes are taken off."""


@dataclass(frozen=True, slots=True)
class Title:
    """Its words without the rank, its parts (`Trotoar`, `Bangunan Pelengkap Jalan`), the end of the id; `own` are the
    words of the office's name.
    """

    words: tuple[str, ...]
    items: tuple[tuple[str, ...], ...]
    tail: tuple[str, ...]
    own: frozenset[str]


@lru_cache(maxsize=4096)
def title_of(position: Position, unit: Unit | None) -> Title:
    """A title's words without its rank, its parts (`Trotoar`, `Bangunan Pelengkap Jalan`) and the end of the id."""
    own = words_of(f"{unit.name} {unit.code}") if unit else []
    parts = [words_of(part) for part in re.split(r"[,()/]|\bdan\b", position.title)]
    items = tuple(tuple(w for w in part if w not in _NO_TITLE and w not in own) for part in parts)
    tail = tuple(word for word in position.id.lower().split(".")[1:] if word != position.level)
    words = (*(w for part in parts for w in part if w not in _NO_TITLE), *(w for w in own if w not in _NO_TITLE))
    return Title(words, tuple(item for item in items if item), tail, frozenset(own))


def says(directory: Directory, position: Position, word: str) -> bool:
    """Whether a title, or the end of its id, says this word: itself, its root, its initials or its first letters."""
    title = title_of(position, directory.units.get(position.unit))
    return word in title.tail or _in_words(word, title.words)


def exactly(directory: Directory, scope: list[Position], words: tuple[str, ...]) -> list[Position]:
    """The chairs of which the words are all that the end of the id or the title's first part says; if there are none,
    those of which they are all that another part says.
    """
    titles = [(p, title_of(p, directory.units.get(p.unit))) for p in scope]
    first = [
        p
        for p, title in titles
        if set(words) == set(title.tail) or any(_is(item, words, title) for item in title.items[:1])
    ]
    return first or [p for p, title in titles if any(_is(item, words, title) for item in title.items[1:])]


def _is(item: tuple[str, ...], words: tuple[str, ...], title: Title) -> bool:
    """Whether the words are this part of the title, those of the office itself left aside."""
    own = [word for word in words if word not in title.own or word in item]
    return bool(own) and all(_in_words(word, item) for word in own) and all(_said_by(one, item, words) for one in item)


def _said_by(one: str, item: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(_alike(one, word) or _short_of(word, item) for word in words)


def _in_words(word: str, words: tuple[str, ...]) -> bool:
    return any(_alike(word, one) for one in words) or _short_of(word, words)


def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    return bool(_roots(a) & _roots(b)) or (len(a) >= 5 and b.startswith(a))


@lru_cache(maxsize=8192)
def _roots(word: str) -> frozenset[str]:
    """The word and what is left of it without its affixes, at least four letters."""
    found = {word} if len(word) >= _ROOT else set()
    bare = word
    for suffix in _SUFFIXES:
        if bare.endswith(suffix) and len(bare) - len(suffix) >= _ROOT:
            bare = bare.removesuffix(suffix)
            found.add(bare)
    for form in tuple(found):
        for prefix, restored in _PREFIXES:
            rest = form.removeprefix(prefix)
            if rest != form and len(rest) >= 3 and (not restored or rest[0] in "aeiou"):
                found.add(restored + rest)
    return frozenset(one for one in found if len(one) >= _ROOT)


@lru_cache(maxsize=8192)
def _short_of(word: str, words: tuple[str, ...]) -> bool:
    """Whether a word is made of the initials (`pju`) or of the first letters (`lalin`) of words that follow another."""
    if not word.isalpha() or len(word) < 3:
        return False
    for start in range(len(words) - 1):
        initials = "".join(one[0] for one in words[start : start + len(word)])
        if initials == word or (len(word) >= 5 and _clipped(word, words[start:], 0)):
            return True
    return False


def _clipped(word: str, words: tuple[str, ...], used: int) -> bool:
    if not word:
        return used >= 2
    if not words:
        return False
    return any(
        words[0].startswith(word[:count]) and _clipped(word[count:], words[1:], used + 1)
        for count in range(2, min(len(word), len(words[0])) + 1)
    )
