"""The city's own numbers: their notation, what does not hold together, and the versions that tickets keep."""

from __future__ import annotations

from engine.rules.check import unsound
from engine.rules.keep import Book, keep
from engine.rules.notation import SAID, WrongNumber, changed, numbers

__all__ = ["SAID", "Book", "WrongNumber", "changed", "keep", "numbers", "unsound"]
