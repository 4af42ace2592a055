"""A trained model amended by few decisions in a moment: what each of them adds to its weights, all else left as it is.

The weights of the support vector machines of `train` are a sum over its examples, each times a number that is not
negative (its dual variable; Hsieh and others 2008, "A dual coordinate descent method for large-scale linear SVM"). Here
those of the seed's examples stay, and those of the decisions are found. A label's bias stays too: twenty decisions of
one label would else draw all mail to it. numpy alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from engine.routing.model import Floats, Model
from engine.routing.train import STRENGTH

_LEAST = 2
"""A new word that stands in fewer decisions is not learnt."""
_PASSES = 12
_STILL = 0.01
"""An example whose numbers move by less than this is done with."""
Features = Mapping[str, float]


def amend(model: Model, rows: Sequence[Features], marks: Sequence[str], version: str) -> Model:
    """The model with these examples added: their features and labels, of which each must be one of the model's.

    Temperature and threshold stay: few decisions say little about them. The same data give the same model.
    """
    model = _widened(model, rows)
    known = [model.known(row) for row in rows]
    weight = model.rows.astype(np.float64) * model.scale
    sign = np.where(np.array(marks)[:, None] == np.array(model.labels), 1.0, -1.0)
    dual = np.zeros_like(sign)
    moving = list(range(len(known)))
    for _ in range(_PASSES):
        still = []
        for at in moving:
            columns, values = known[at]
            margin = sign[at] * (values @ weight[columns] + model.bias)
            soft = 1 / (2 * STRENGTH)
            found = np.maximum(0, dual[at] + (1 - margin - dual[at] * soft) / (float(values @ values) + soft))
            step = (found - dual[at]) * sign[at]
            weight[columns] += values[:, None] * step
            dual[at] = found
            if np.abs(step).max() > _STILL:
                still.append(at)
        moving = still
    scale = np.abs(weight).max(axis=0) / 127
    scale[scale == 0] = 1
    return replace(
        model,
        rows=np.rint(weight / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        version=version,
        examples=model.examples + len(rows),
    )


def _widened(model: Model, rows: Sequence[Features]) -> Model:
    """The model with a row of zeros for each word that is new to it and stands in several of the examples."""
    counts = Counter(name for row in rows for name in row if name not in model.vocabulary)
    names = sorted(name for name, count in counts.items() if count >= _LEAST)
    if not names:
        return model
    size = len(model.vocabulary)
    idf: Floats = np.array([1 + np.log((model.examples + len(rows)) / counts[name]) for name in names], np.float32)
    return replace(
        model,
        vocabulary={**model.vocabulary, **{name: size + at for at, name in enumerate(names)}},
        idf=np.concatenate([model.idf, idf]),
        rows=np.concatenate([model.rows, np.zeros((len(names), len(model.labels)), np.int8)]),
    )
