"""Remembers what a function says of texts, up to so many characters of them: most words of a mail came before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")

WORDS = 200_000
"""Characters of some thirty thousand words, more than a city's mails are made of."""


class Remembered(dict[str, V]):
    """`remembered[text]` is what the function says of it; it must be pure and cost no more room than its text.

    Kept is what came since it was last emptied, which happens when a text would take it above `most` characters; a
    count of entries alone (`functools.lru_cache`) would let long made-up words fill the memory. Safe among threads.
    """

    def __init__(self, function: Callable[[str], V], most: int = WORDS) -> None:
        super().__init__()
        self._function = function
        self._most = most
        self._held = 0

    def __missing__(self, text: str) -> V:
        value = self._function(text)
        if self._held + len(text) > self._most:
            self.clear()
            self._held = 0
        self._held += len(text)
        self[text] = value
        return value
