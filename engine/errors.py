"""Every error of the engine, drawn as one tree; each says whose fault it was and what to do.

SibadraError
├── Temporary      the world failed for now: try again later
├── Permanent      trying again will not help
│   └── Unreadable a mail that no parser could make sense of (it is held, never lost)
├── BadData        a file of the city is wrong: names file, row, field and the mend
├── BadSetting     a setting is wrong: names file, key and the mend
└── NotAllowed     this person may not do this, or not in this state
"""

from __future__ import annotations

from dataclasses import dataclass


class SibadraError(Exception):
    """Base of all errors that the engine raises on purpose."""


class Temporary(SibadraError):
    """The world failed for now; the same call may succeed later."""


class Permanent(SibadraError):
    """Trying the same again will not help."""


class Unreadable(Permanent):
    """No parser could make a message of these bytes."""


class NotAllowed(SibadraError):
    """This person may not do this, or not in this state; the text names what is allowed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file of the city. `row` counts from 1 as an editor shows lines; 0 means the whole file."""

    file: str
    row: int
    field: str
    wrong: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.row}" if self.row else self.file
        return f"{where}: {self.field}: {self.wrong}; {self.mend}"


class BadData(SibadraError):
    """A file of the city is wrong; carries every problem found, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        first = str(problems[0]) if problems else "the data is wrong"
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(first + more)


class BadSetting(SibadraError):
    """A setting is wrong; the text names file, key and the mend."""

    def __init__(self, file: str, key: str, wrong: str, mend: str) -> None:
        super().__init__(f"{file}: {key}: {wrong}; {mend}")
