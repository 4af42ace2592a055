"""Training the second opinion on danger: a city's urgent and calm texts, and the seed's as the everyday mail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.directory import Directory
from engine.routing.model import Model
from engine.routing.seed import SEED, load_labelled, load_seed
from engine.routing.train import Trial, cross_validate, train, version
from engine.routing.urgency import CALM, URGENT, seen

TEXTS = "urgency"
"""Folder of the texts written for it, beside the city's tables."""
_FOLDS = 5
_FALSE = 0.01
"""Share of calm texts that may be called urgent; most of them are near misses, of which everyday mail has fewer."""


def alarm_texts(directory: Directory, folder: Path) -> tuple[tuple[str, str], ...]:
    """(text, label) of the folder's urgent and calm texts, then of its seed's, without those marked unsure."""
    own = load_labelled(folder / TEXTS, frozenset((CALM, URGENT)))
    seed = load_seed(folder / SEED, directory)
    rest = [(text, seed.marks.get(text, CALM)) for text, _ in seed.examples]
    return tuple(dict.fromkeys([*own, *((text, mark) for text, mark in rest if mark in (CALM, URGENT))]))


def train_alarm(directory: Directory, folder: Path) -> Model:
    """The model of the folder's texts, its threshold found by cross-validation; nothing is written."""
    texts = alarm_texts(directory, folder)
    model = train(texts, folds=0, see=seen)
    return replace(model, threshold=threshold(cross_validate(texts, folds=_FOLDS, see=seen)))


def alarm_version(directory: Directory, folder: Path) -> str:
    """The version that a model made of the folder's texts has, without training it."""
    return version(alarm_texts(directory, folder), None)


def margins(trial: Trial) -> npt.NDArray[np.float64]:
    """By how much each text's logit of `urgent` is above that of `calm`, said by a model that did not see it."""
    logits = trial.logits.astype(np.float64)
    return logits[:, trial.labels.index(URGENT)] - logits[:, trial.labels.index(CALM)]


def threshold(trial: Trial, share: float = _FALSE) -> float:
    """The margin that no more than `share` of the calm texts exceed."""
    calm = np.sort(margins(trial)[np.array(trial.truth) == CALM])[::-1]
    return float(calm[int(share * len(calm))])
