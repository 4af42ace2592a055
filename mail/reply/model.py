"""The trained weights of the two speakers' answers: features in, a probability for each status out; plain Python."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from engine.reading import Speaker, Status


@dataclass(frozen=True, slots=True)
class Model:
    """Multinomial logistic regression: a bias for each status, and for each known feature a weight for each status."""

    statuses: tuple[Status, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, list[float]] = field(repr=False)


@cache
def model(speaker: Speaker) -> Model:
    """The weights of one speaker, read once from mail/reply/data (written by bench/answers.py)."""
    text = resources.files("mail.reply").joinpath(f"data/{speaker}.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Model(tuple(Status(name) for name in data["statuses"]), tuple(data["bias"]), data["weights"])


def weigh(known: Model, features: Mapping[str, float]) -> dict[Status, float]:
    """The log odds of each status (up to a constant) for these features; unknown features weigh nothing."""
    total = list(known.bias)
    for name, value in features.items():
        row = known.weights.get(name)
        if row is not None:
            for i, weight in enumerate(row):
                total[i] += weight * value
    return dict(zip(known.statuses, total, strict=True))


def best(odds: Mapping[Status, float]) -> tuple[Status, float]:
    """The likeliest status and its probability."""
    status = max(odds, key=lambda key: odds[key])
    top = odds[status]
    return status, round(1.0 / sum(math.exp(max(-40.0, weight - top)) for weight in odds.values()), 3)


def reason(known: Model, features: Mapping[str, float], status: Status, phrases: Mapping[str, str]) -> str:
    """Of the features that stand for a phrase, the phrase that spoke most for the status ("" if none did)."""
    column = known.statuses.index(status)
    mean = 1.0 / len(known.statuses)
    gains = {
        name: (known.weights[name][column] - mean * sum(known.weights[name])) * features[name]
        for name in phrases
        if name in features and name in known.weights
    }
    name = max(gains, key=lambda key: gains[key], default=None)
    return phrases[name] if name is not None and gains[name] > 0 else ""
