"""Matters that look like the city's but are another authority's: whose school, whose road, on which side of the border.

The rules are the city's data (`jurisdiction.tsv`): when one of the `words` stands in the text and none of `unless`,
what speaks for the `topics` speaks for the agency. Words `@keywords` are the agency's own, counted only
where the text is *at* such a place (`di Ciomas`, not `arah Ciomas`) and no place of the city is named; `@` before the
first of other words says the same of them. The agency `?` is one that the city's tables do not have: a mail that names
it is a person's to route.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.directory import Directory
from engine.errors import BadData, Problem
from engine.routing.fold import STOPS, tokens
from engine.routing.keywords import UNCLEAR

FILE = "jurisdiction.tsv"
_FIELDS = ["external", "topics", "words", "unless"]
_BEFORE = """di kecamatan desa daerah wilayah kabupaten kawasan pasar puskesmas raya kantor perumahan sekitar terminal
polsek rsud negeri ruko kampus jalan in near village"""
_AT = frozenset(_BEFORE.split())
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """`topics` is None for all of the city's; `at_place` means that `words` are names of places outside the city."""

    external: str
    topics: frozenset[str] | None
    words: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    at_place: bool

    def holds(self, words: Sequence[str], said: frozenset[str], place: str | None) -> bool:
        """Whether the rule applies to a text of these words (from `tokens`; `said` is their set) in that place."""
        if self.at_place and place is not None:
            return False
        if any(phrase[0] in said and _places(words, phrase) for phrase in self.unless):
            return False
        for phrase in self.words:
            if phrase[0] not in said:
                continue
            for at in _places(words, phrase):
                if not self.at_place or at == 0 or words[at - 1] in STOPS or words[at - 1] in _AT:
                    return True
        return False


def load_rules(folder: Path, directory: Directory) -> tuple[Rule, ...]:
    """Reads the city's rules; none when there is no such file. BadData names an unknown agency or topic."""
    path = folder / FILE
    if not path.exists():
        return ()
    problems: list[Problem] = []
    rules: list[Rule] = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if number == 1 or not row:
                continue
            if len(row) != len(_FIELDS):
                problems.append(Problem(FILE, number, "row", f"{len(row)} fields", f"write {', '.join(_FIELDS)}"))
                continue
            external, topics, words, unless = row
            agency = directory.externals.get(external)
            if agency is None and external != UNCLEAR:
                problems.append(
                    Problem(FILE, number, "external", f"{external!r} is no agency", "use one of external.csv")
                )
                continue
            unknown = [t for t in topics.split(";") if t != "*" and t not in directory.topics]
            if unknown:
                problems.append(Problem(FILE, number, "topics", f"{unknown[0]!r} is no topic", "use one of topics.csv"))
            own = words == "@keywords" and agency is not None
            rules.append(
                Rule(
                    external=external,
                    topics=None if topics == "*" else frozenset(topics.split(";")),
                    words=_phrases(agency.keywords if own and agency else words.removeprefix("@").split(";")),
                    unless=_phrases(unless.split(";")),
                    at_place=words.startswith("@"),
                )
            )
    if problems:
        raise BadData(problems)
    return tuple(rules)


def _phrases(texts: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(phrase for phrase in (tuple(tokens(text)) for text in texts) if phrase)


def _places(words: Sequence[str], phrase: Phrase) -> list[int]:
    first, length = phrase[0], len(phrase)
    return [at for at, word in enumerate(words) if word == first and tuple(words[at : at + length]) == phrase]
