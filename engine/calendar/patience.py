"""How long the city waits before something happens: an amount and a unit, written `3 working_days`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What an amount of patience is counted in; the working ones run only while the offices are open."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_MINUTES = "working_minutes"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"


SECONDS = {
    Unit.MINUTES: 60,
    Unit.HOURS: 3600,
    Unit.DAYS: 86400,
    Unit.WORKING_MINUTES: 60,
    Unit.WORKING_HOURS: 3600,
}
INDONESIAN = {
    Unit.MINUTES: "menit",
    Unit.HOURS: "jam",
    Unit.DAYS: "hari",
    Unit.WORKING_MINUTES: "menit kerja",
    Unit.WORKING_HOURS: "jam kerja",
    Unit.WORKING_DAYS: "hari kerja",
}
_FROM_INDONESIAN = {words: unit.value for unit, words in INDONESIAN.items()}
# Ten years of minutes: a longer patience is a mistake in a settings file.
MOST = 5_300_000


@dataclass(frozen=True, slots=True)
class Patience:
    """An amount of time to wait; `unit` may be given as its word. Raises ValueError for a negative or absurd amount."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", Unit(self.unit))
        if not 0 <= self.amount <= MOST:
            raise ValueError(f"a patience of {self.amount} is not between 0 and {MOST}")

    @classmethod
    def parse(cls, text: str) -> Patience:
        """The patience written as `24 hours`, `3 working days` or `3 hari kerja`; raises ValueError with the words that
        are allowed.
        """
        amount, _, unit = text.strip().partition(" ")
        word = " ".join(unit.lower().split())
        word = _FROM_INDONESIAN.get(word, word.replace(" ", "_"))
        word = word if word.endswith("s") else word + "s"
        if not (amount.isascii() and amount.isdigit() and len(amount) < 10) or word not in set(Unit):
            raise ValueError(f"{text[:40]!r} is no patience; write a whole number and one of {', '.join(Unit)}")
        return cls(int(amount), Unit(word))

    @property
    def working(self) -> bool:
        """Whether it runs in working time."""
        return self.unit.startswith("working")

    def indonesian(self) -> str:
        """As people read it in a letter: `3 hari kerja`."""
        return f"{self.amount} {INDONESIAN[self.unit]}"

    def english(self) -> str:
        """The same in English, as settings and letters have it: `3 working days`, `1 hour`."""
        words = str(self).replace("_", " ")
        return words.removesuffix("s") if self.amount == 1 else words

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


@dataclass(frozen=True, slots=True)
class Left:
    """What was left of a patience when its clock was paused: whole seconds, or days for `working_days`."""

    amount: int
    unit: Unit
