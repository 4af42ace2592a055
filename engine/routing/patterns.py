"""Compiles tables of phrases, written one alternative a line, into a search over sentences of plain words.

A sentence begins few of the thousands of phrases that are looked for in it. So at each of its words only those phrases
are tried that may begin with its first letters (see engine.routing.beginnings); what is found is what the one
expression of all lines, `Phrases.expression`, finds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.routing.beginnings import LENGTH, alternatives, beginnings
from engine.routing.remembered import Remembered

_GAP = re.compile(r"<(\d)>")
_PART = re.compile(r"<([A-Z]+)>")
_WORD = re.compile(r"\b\w")
DENIALS = "belum|tidak|bukan|jangan|tanpa"

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """A table of phrases. Searches text of plain words (see engine.routing.sentences) as `re` would `expression`."""

    expression: str
    _tries: Mapping[str, tuple[Callable[[str, int], Match | None], ...]] = field(repr=False, compare=False)
    _beginnings: frozenset[str] = field(repr=False, compare=False)

    def search(self, text: str) -> Match | None:
        """The first match, or None."""
        begun, places = _READ[text]
        return None if self._beginnings.isdisjoint(begun) else next(self._matches(text, places), None)

    def finditer(self, text: str) -> Iterator[Match]:
        """The matches from left to right, none of which reaches into another."""
        begun, places = _READ[text]
        return iter(()) if self._beginnings.isdisjoint(begun) else self._matches(text, places)

    def sub(self, new: str, text: str) -> str:
        """The text with `new` in place of each match."""
        pieces: list[str] = []
        end = 0
        for match in self.finditer(text):
            pieces += (text[end : match.start()], new)
            end = match.end()
        return "".join((*pieces, text[end:])) if pieces else text

    def _matches(self, text: str, places: Iterable[tuple[int, str]]) -> Iterator[Match]:
        tries, end = self._tries, 0
        for at, beginning in places:
            if beginning in tries and at >= end:
                for match_at in tries[beginning]:
                    match = match_at(text, at)
                    if match:
                        yield match
                        end = match.end()
                        break


def patterns(text: str, parts: Mapping[str, str] | None = None, never: str = DENIALS) -> Phrases:
    """The phrases of all lines; a line that ends in `|` or `(` goes on in the next. Matches whole words only.

    `<3>` stands for up to three words, none of which begins with one of `never`; `<NAME>` for a piece in `parts`.
    All repetition is bounded, so a search costs time linear in the sentence.
    """
    expanded = expand(text, parts, never)
    tries: dict[str, list[Callable[[str, int], Match | None]]] = defaultdict(list)
    for phrase in alternatives(expanded):
        match_at = re.compile(_whole(phrase)).match
        for beginning in beginnings(phrase):
            tries[beginning].append(match_at)
    return Phrases(_whole(expanded), {key: tuple(row) for key, row in tries.items()}, frozenset(tries))


def expand(text: str, parts: Mapping[str, str] | None = None, never: str = DENIALS) -> str:
    """The expression of the lines, for use as a piece of another table."""
    joined = ""
    for line in (line.strip() for line in text.strip().splitlines()):
        joined += ("" if not joined or joined[-1] in "|(" else "|") + line
    joined = _PART.sub(lambda match: f"(?:{(parts or {})[match[1]]})", joined)
    return _GAP.sub(lambda match: rf"(?:(?!(?:{never})\b)[a-z0-9-]+ ){{0,{match[1]}}}", joined)


def _whole(expression: str) -> str:
    return rf"\b(?:{expression})\b"


def _read(text: str) -> tuple[frozenset[str], tuple[tuple[int, str], ...]]:
    """The beginnings of a text's words, and where each stands."""
    padded = text + " " * LENGTH
    places = tuple((at, padded[at : at + LENGTH]) for at in (match.start() for match in _WORD.finditer(text)))
    return frozenset(beginning for _, beginning in places), places


_READ = Remembered(_read, 50_000)  # every table is asked of each sentence of a mail
