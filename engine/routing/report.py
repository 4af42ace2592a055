"""What the decisions of the past say: accuracy, confusion between units, share of triage by week, and a topic's words.

Pure functions over plain rows; the store and the command line are wired elsewhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from engine.routing.features import ruled_out
from engine.routing.fold import tokens
from engine.routing.keywords import compile_keywords


@dataclass(frozen=True, slots=True)
class Decision:
    """One routed mail. `said` is the unit or `EXT:CODE` the router named, `final` where it ended, None while open."""

    day: date
    said: str | None
    final: str | None
    triaged: bool
    model: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week; `settled` are decisions whose end is known, `right` those of them that needed no other desk."""

    year: int
    week: int
    mails: int
    triaged: int
    settled: int
    right: int

    @property
    def triage_share(self) -> float:
        """Share of the week's mails that a person routed, 0 to 1."""
        return self.triaged / self.mails if self.mails else 0.0

    @property
    def accuracy(self) -> float | None:
        """Share of right among those routed without a person, or None when none is settled."""
        return self.right / self.settled if self.settled else None


@dataclass(frozen=True, slots=True)
class Report:
    """`accuracy` is of what was routed alone and is settled; `confusion` is (said, final, count), most first."""

    mails: int
    triaged: int
    settled: int
    right: int
    accuracy: float | None
    weeks: tuple[Week, ...]
    confusion: tuple[tuple[str, str, int], ...]
    models: tuple[tuple[str, int, float | None], ...]


def report(decisions: Iterable[Decision]) -> Report:
    """The figures of these decisions; what a person routed counts for triage, not for accuracy."""
    rows = list(decisions)
    weeks: dict[tuple[int, int], list[Decision]] = defaultdict(list)
    models: dict[str, list[Decision]] = defaultdict(list)
    for row in rows:
        year, week, _ = row.day.isocalendar()
        weeks[year, week].append(row)
        models[row.model].append(row)
    confusion = Counter((row.said or "", row.final) for row in rows if row.final is not None and row.said != row.final)
    settled, right = _settled(rows)
    return Report(
        mails=len(rows),
        triaged=sum(row.triaged for row in rows),
        settled=settled,
        right=right,
        accuracy=right / settled if settled else None,
        weeks=tuple(
            Week(year, week, len(kept), sum(row.triaged for row in kept), *_settled(kept))
            for (year, week), kept in sorted(weeks.items())
        ),
        confusion=tuple((said, final, count) for (said, final), count in confusion.most_common()),
        models=tuple((name, len(kept), _share(kept)) for name, kept in sorted(models.items())),
    )


def _settled(rows: Sequence[Decision]) -> tuple[int, int]:
    alone = [row for row in rows if not row.triaged and row.final is not None]
    return len(alone), sum(row.said == row.final for row in alone)


def _share(rows: Sequence[Decision]) -> float | None:
    settled, right = _settled(rows)
    return right / settled if settled else None


@dataclass(frozen=True, slots=True)
class Tried:
    """How new words of a topic would have fared on past mails: `good` were of that label, `bad` of another."""

    words: str
    good: int
    bad: int
    missed: int
    examples: tuple[str, ...]


def try_words(
    label: str, words: Sequence[str], past: Iterable[tuple[str, str]], examples: int = 3
) -> tuple[Tried, ...]:
    """For each phrase: in how many past (text, label) mails it stands, right and wrong, with the first wrong texts.

    `missed` are mails of the label without the phrase. Matching is the router's: folded, whole words, not ruled out.
    """
    kept = [
        ([word for word, denied in zip(said, ruled_out(said), strict=True) if not denied], text, true)
        for text, true in past
        for said in (tokens(text),)
    ]
    tried = []
    for phrase in words:
        finder = compile_keywords({label: (phrase,)})
        hits = [(text, true) for said, text, true in kept if finder.find(said)]
        good = sum(true == label for _, true in hits)
        wrong = [text for text, true in hits if true != label]
        missed = sum(true == label for _, _, true in kept) - good
        tried.append(Tried(phrase, good, len(wrong), missed, tuple(wrong[:examples])))
    return tuple(tried)
