"""What people decided becomes a new model, with the figures that say whether it is a better one; nothing is written.

Few decisions amend the model of the seed alone in a moment. Many, or such as name a topic that it does not know, are
trained together with the seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.directory import Directory
from engine.errors import BadData
from engine.routing.amend import amend
from engine.routing.learn import desk_of, seed_of
from engine.routing.model import Model
from engine.routing.router import MODEL
from engine.routing.seed import Seed, labels
from engine.routing.train import Features, Trial, tried, version, words_of

FEW = 1000
"""Up to so many decisions amend; a quarter of what the example city's seed holds."""
_FOUR = 4000
"""Up to so many decisions the threshold is found with four folds, beyond with two: a minute is enough for 10,000."""
_PARTS = 5
_JUDGED = 150
"""So many decisions at least are judged by a model that did not see them, where there are as many."""
_ENOUGH = 20
"""With fewer decisions no figure says anything."""
_LOSS = 0.02
"""Share of the seed's texts that may lose their desk."""
_WORSE = 0.05
_NAMED = 0.3
"""A model that names so few desks of decisions it did not see has found nothing in them to learn."""
Desk = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Lesson:
    """The new model and what is known of it. Shares are 0 to 1, of desks that the model finds likeliest.

    `before` is of the model of the seed alone, `after` of a new one, both for `judged` decisions that neither has seen;
    `seed_before` and `seed_after` are for the seed's texts. `doubts` say why it should not be taken.
    """

    model: Model
    decided: int
    judged: int
    before: float
    after: float
    seed_before: float
    seed_after: float
    doubts: tuple[str, ...]


def learn(directory: Directory, folder: Path, decided: Iterable[tuple[str, str]], kept: Path | None = None) -> Lesson:
    """A new model of the folder's seed and of (text, label); labels that the city no longer has are left out.

    The model of the seed alone is the one beside the tables while these have not changed, else that in the folder
    `kept`, where it is written once it is made. ValueError without any example of two labels.
    """
    seed, desk, known = seed_of(directory, folder), desk_of(directory), labels(directory)
    pairs = [pair for pair in dict.fromkeys(decided) if pair[1] in known]
    base = _base(seed, desk, folder, kept)
    rows, marks = [words_of(text) for text, _ in pairs], [label for _, label in pairs]
    if base is None or len(pairs) > FEW or not set(marks) <= set(base.labels):
        model, trial = tried(pairs, seed, desk, folds=4 if len(pairs) <= _FOUR else 2)
        first = len(dict.fromkeys(seed.examples))
        judged, right = _held_out(trial, first, desk)
    else:
        model = amend(base, rows, marks, version([*seed.examples, *pairs], seed))
        judged, right = _judged(base, rows, marks, desk)
    before = [base is not None and _right(base, rows[at], marks[at], desk) for at in judged]
    figures = (_mean(before), _mean(right), _of_seed(base, seed, desk), _of_seed(model, seed, desk))
    return Lesson(model, len(pairs), len(judged), *figures, doubts=_doubts(marks, len(judged), *figures, desk=desk))


def _base(seed: Seed, desk: Desk, folder: Path, kept: Path | None) -> Model | None:
    """The model of the seed alone; None without a seed."""
    if not seed.examples:
        return None
    wanted = version(seed.examples, seed)
    own = kept / f"seed-{wanted}.npz" if kept else None
    for path in (folder / MODEL, own):
        try:
            found = Model.load(path) if path and path.exists() else None
        except BadData:
            continue
        if found and found.version == wanted:
            return found
    model, _ = tried((), seed, desk)
    if own:
        own.parent.mkdir(parents=True, exist_ok=True)
        model.save(own)
    return model


def _judged(base: Model, rows: Sequence[Features], marks: Sequence[str], desk: Desk) -> tuple[list[int], list[bool]]:
    """Which decisions were judged by a model that had not seen them, and whether it was right about each."""
    judged: list[int] = []
    right: list[bool] = []
    for part in range(_PARTS):
        if len(judged) >= _JUDGED:
            break
        seen = [at for at in range(len(rows)) if at % _PARTS != part]
        model = amend(base, [rows[at] for at in seen], [marks[at] for at in seen], "")
        for at in range(part, len(rows), _PARTS):
            judged.append(at)
            right.append(_right(model, rows[at], marks[at], desk))
    return judged, right


def _held_out(trial: Trial | None, first: int, desk: Desk) -> tuple[list[int], list[bool]]:
    """The same of what cross-validation said: the decisions stand behind the seed's `first` examples."""
    if trial is None:
        return [], []
    found = [(at - first, n) for n, at in enumerate(trial.judged) if at >= first]
    likeliest = trial.logits.argmax(axis=1)
    return [at for at, _ in found], [desk(trial.labels[likeliest[n]]) == desk(trial.truth[n]) for _, n in found]


def _right(model: Model, row: Features, mark: str, desk: Desk) -> bool:
    return desk(model.labels[int(model.logits(row).argmax())]) == desk(mark)


def _of_seed(model: Model | None, seed: Seed, desk: Desk) -> float:
    """The share of the seed's texts that the model gives to their desk."""
    return _mean([model is not None and _right(model, words_of(text), label, desk) for text, label in seed.examples])


def _mean(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 0.0


def _doubts(
    marks: Sequence[str], judged: int, before: float, after: float, seed_before: float, seed_after: float, desk: Desk
) -> tuple[str, ...]:
    doubts = []
    if seed_after < seed_before - _LOSS:
        doubts.append(f"texts of the seed lose their office ({seed_before:.1%} before, {seed_after:.1%} now)")
    if judged >= _ENOUGH:
        often, count = Counter(desk(mark) for mark in marks).most_common(1)[0]
        if count * 2 > len(marks) and before < 0.5:
            doubts.append(f"{count} of {len(marks)} decisions name {often}, where mails so far were about other things")
        if after < _NAMED:
            doubts.append(f"no pattern in the decisions: a model that has not seen them names {after:.0%} of them")
        elif after < before - _WORSE:
            doubts.append(f"the decisions speak against one another ({before:.0%} named before, {after:.0%} now)")
    return tuple(doubts)
