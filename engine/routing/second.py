"""Training the second opinions, on danger and on wishes to be kept back: a city's texts for each, and its seed's.

A second opinion is a small model asked about what the rules did not find. Its labels are a resting one, which is true
of nearly all mail, and those it may say instead of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.directory import Directory
from engine.routing import confidential, urgency
from engine.routing.model import Model
from engine.routing.route import Confidential
from engine.routing.seed import SEED, load_labelled, load_seed
from engine.routing.train import Trial, cross_validate, train, version

_FOLDS = 5
FALSE = 0.01
"""Share of resting texts that may be taken for something; most are near misses, of which everyday mail has fewer."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second opinion is about: `name` is its folder of texts, `file` its model's, beside the city's tables."""

    name: str
    file: str
    resting: str
    labels: frozenset[str]
    seen: Callable[[str], Mapping[str, float]]


DANGER = Opinion("urgency", urgency.FILE, urgency.CALM, frozenset((urgency.URGENT,)), urgency.seen)
WISH = Opinion(
    "confidential",
    confidential.FILE,
    Confidential.NONE.value,
    frozenset((Confidential.ANONYMOUS.value, Confidential.SECRET.value)),
    confidential.seen,
)
OPINIONS = (DANGER, WISH)


def texts(opinion: Opinion, directory: Directory, folder: Path) -> tuple[tuple[str, str], ...]:
    """(text, label) of the opinion's folder, then of the seed, without those marked unsure."""
    own = load_labelled(folder / opinion.name, opinion.labels | {opinion.resting})
    seed = load_seed(folder / SEED, directory)
    rest = []
    for text, _ in seed.examples:
        marks = seed.marks.get(text, frozenset())
        if "unsure" not in marks:
            rest.append((text, next(iter(marks & opinion.labels), opinion.resting)))
    return tuple(dict.fromkeys([*own, *rest]))


def train_opinion(opinion: Opinion, directory: Directory, folder: Path) -> Model:
    """The model of the opinion's texts, its threshold found by cross-validation; nothing is written."""
    labelled = texts(opinion, directory, folder)
    model = train(labelled, folds=0, see=opinion.seen)
    trial = cross_validate(labelled, folds=_FOLDS, see=opinion.seen)
    return replace(model, threshold=threshold(trial, opinion))


def opinion_version(opinion: Opinion, directory: Directory, folder: Path) -> str:
    """The version that a model made of the folder's texts has, without training it."""
    return version(texts(opinion, directory, folder), None)


def margins(trial: Trial, opinion: Opinion) -> npt.NDArray[np.float64]:
    """By how much each text's best other logit is above the resting one's, said by a model that did not see it."""
    logits = trial.logits.astype(np.float64)
    others = [at for at, label in enumerate(trial.labels) if label != opinion.resting]
    margins: npt.NDArray[np.float64] = logits[:, others].max(axis=1) - logits[:, trial.labels.index(opinion.resting)]
    return margins


def threshold(trial: Trial, opinion: Opinion) -> float:
    """The margin that no more than the allowed share of the resting texts exceed."""
    resting = np.sort(margins(trial, opinion)[np.array(trial.truth) == opinion.resting])[::-1]
    return float(resting[int(FALSE * len(resting))])
