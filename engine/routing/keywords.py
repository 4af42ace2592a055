"""The words that a city names for its topics and agencies, found in a mail by whole words after folding."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.directory import Directory
from engine.routing.fold import STOPS, tokens

EXTERNAL = "EXT:"
"""Prefix of an external agency's label; a topic's label is its code."""
UNCLEAR = "?"
"""Label of texts that ask for something but name no matter: known to the model, and no desk of anybody."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a label found in a text; `phrase` is as the city wrote it."""

    label: str
    phrase: str
    weight: float


@dataclass(frozen=True, slots=True)
class Keywords:
    """Phrases by their first folded word, longest first."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str, tuple[tuple[str, float], ...]], ...]]

    def find(self, words: list[str]) -> list[Hit]:
        """Every phrase of every label in `words` (from `tokens`), each once, in the order of the text."""
        hits: dict[tuple[str, str], Hit] = {}
        said = tuple(words)
        for at, word in enumerate(said):
            for parts, phrase, labels in self.by_first.get(word, ()):
                if said[at : at + len(parts)] == parts:
                    for label, weight in labels:
                        hits.setdefault((label, phrase), Hit(label, phrase, weight))
        return list(hits.values())


def labelled(directory: Directory) -> dict[str, tuple[str, ...]]:
    """The keywords of every label of a city: topic codes, and agencies as `EXT:CODE`."""
    found = {topic.code: topic.keywords for topic in directory.topics.values()}
    found.update({EXTERNAL + agency.code: agency.keywords for agency in directory.externals.values()})
    return found


def compile_keywords(words: Mapping[str, Iterable[str]]) -> Keywords:
    """Weighs each phrase: longer ones say more, ones that several labels share say less."""
    owners: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for label, phrases in words.items():
        for phrase in phrases:
            parts = tuple(word for word in tokens(phrase) if word not in STOPS)
            if parts:
                owners[parts].setdefault(label, phrase)
    rows: dict[str, list[tuple[tuple[str, ...], str, tuple[tuple[str, float], ...]]]] = defaultdict(list)
    for parts, labels in owners.items():
        weight = math.sqrt(len(parts)) / len(labels)
        phrase = next(iter(labels.values()))
        rows[parts[0]].append((parts, phrase, tuple((label, weight) for label in labels)))
    return Keywords({first: tuple(sorted(row, key=lambda r: -len(r[0]))) for first, row in rows.items()})
