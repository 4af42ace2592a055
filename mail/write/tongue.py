"""What a language brings to the letters beside its templates: dates, states, salutations and the kit's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.calendar.working import JAKARTA

When = datetime | date | str


def local(value: datetime | str) -> datetime:
    """The moment by the city's clock."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.astimezone(JAKARTA)


def day_of(value: When) -> date:
    """The city's calendar day of a moment or day."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return (value.astimezone(JAKARTA) if value.tzinfo else value).date()
    return value


@dataclass(frozen=True)
class Tongue:
    """A language. `day` and `moment` write dates and times, `wait` a number of the rules with its unit; `citizen` and
    `official` are the states as they stand in a sentence to either reader; `say` holds the kit's own phrases; `ratings`
    the five grades, worst first. A workflow that has words of its own has a tongue of its own, with `swapped` for the
    words of complaints; `others` has it by workflow.
    """

    code: str
    day: Callable[[When], str]
    moment: Callable[[datetime | str], str]
    wait: Callable[[str], str]
    to_citizen: Callable[[str], str]
    closing_citizen: str
    citizen: Mapping[str, str] = field(repr=False)
    official: Mapping[str, str] = field(repr=False)
    say: Mapping[str, str] = field(repr=False)
    ratings: tuple[str, ...]
    workflow: str = ""
    swapped: Mapping[str, str] = field(repr=False, default_factory=dict)

    others: Mapping[str, Tongue] = field(repr=False, default_factory=dict)

    def worded(self, text: str) -> str:
        """A text of ours in the words of this workflow, capitals kept; never for a text that a person wrote."""
        for word, other in self.swapped.items():
            text = re.sub(rf"\b{word}\b", other, text)
            text = re.sub(rf"\b{word.capitalize()}\b", other[:1].upper() + other[1:], text)
        return text

    def state(self, name: str, *, citizen: bool) -> str:
        """A state in the middle of a sentence; a name of another table stands as it is."""
        return (self.citizen if citizen else self.official).get(name, name.replace("_", " "))
