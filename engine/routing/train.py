"""Makes a Model of labelled mails: linear weights a label, honest probabilities and a threshold by cross-validation.

scikit-learn is loaded only here; applying a model needs numpy alone.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine.routing.features import features
from engine.routing.fold import tokens
from engine.routing.keywords import UNCLEAR
from engine.routing.model import Floats, Model
from engine.routing.seed import HARD, Seed

_MANY = 1_500_000
"""Features of all texts together above which one part is judged in place of all, to bound the time."""
_LEAST = 2
"""A feature that stands in fewer texts is not learnt."""
_METHOD = "linear support vector machines"
"""Part of a model's version: the same data learnt in another way are another model."""
STRENGTH = 1.0
"""Inverse regularisation of the support vector machines."""
_NEAR = 0.5
"""How near the solver comes to the best weights: nearer costs time and finds no more."""
_MAIL_WORDS = 50
"""Calibration looks at texts of at least this many words, as long as most mails are, not at bare phrases. Those that
the seed marks as hard are left out: there they teach, but as many of them as there no citizens write."""
_FEW = 60
"""With fewer such texts it looks at all."""
_RIGHT = 0.98
"""Share of rightly routed mails that the threshold aims at."""
_TEMPERATURES = tuple(0.02 * 1.1**step for step in range(48))
Features = Mapping[str, float]


def words_of(text: str) -> Features:
    """What the router sees of a text."""
    return features(tokens(text))


@dataclass(frozen=True, slots=True)
class Trial:
    """What cross-validation said: the true label, and the scores a model gave that had not seen the text.

    `judged` are the texts' places among the examples, the seed's first; `hard` says which were made to mislead.
    """

    labels: tuple[str, ...]
    truth: tuple[str, ...]
    logits: Floats
    words: tuple[int, ...]
    judged: tuple[int, ...] = ()
    hard: tuple[bool, ...] = ()


def train(
    examples: Iterable[tuple[str, str]],
    seed: Seed | None = None,
    desk: Callable[[str], str] = str,
    folds: int = 4,
    see: Callable[[str], Features] = words_of,
) -> Model:
    """The model that `tried` makes."""
    return tried(examples, seed, desk, folds, see)[0]


def tried(
    examples: Iterable[tuple[str, str]],
    seed: Seed | None = None,
    desk: Callable[[str], str] = str,
    folds: int = 4,
    see: Callable[[str], Features] = words_of,
) -> tuple[Model, Trial | None]:
    """A model of (text, label) pairs, together with a city's seed; the same data give the same version.

    `desk` names the unit behind a label, since mixing up two topics of one unit sends nobody to the wrong door.
    `see` is what the model sees of a text. With `folds` below 2 nothing is cross-validated and the probabilities
    stay raw. What the cross-validation said comes with it. ValueError without two labels or without any word that two
    examples share.
    """
    pairs = _pairs(examples, seed)
    if len({label for _, label in pairs}) < 2:
        raise ValueError("a model needs examples of at least two labels")
    rows, marks, weights, words = _rows(pairs, seed, see)
    vocabulary, idf = _vocabulary(rows)
    if not vocabulary:
        raise ValueError("a model needs words that stand in two examples at least")
    labels, weight, bias = _fit(_matrix(rows, vocabulary, idf), marks, weights)
    temperature, threshold, trial = 1.0, 0.6, None
    if folds >= 2:
        trial = _marked(_trial(rows, marks, weights, words, len(pairs), folds), pairs, seed)
        temperature, threshold = calibrate(trial, desk)
    scale = np.abs(weight).max(axis=0) / 127
    scale[scale == 0] = 1
    model = Model(
        labels=labels,
        vocabulary=vocabulary,
        idf=idf,
        rows=np.rint(weight / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=bias.astype(np.float32),
        temperature=temperature,
        threshold=threshold,
        version=version(pairs, seed),
        examples=len(pairs),
    )
    return model, trial


def cross_validate(
    examples: Iterable[tuple[str, str]],
    seed: Seed | None = None,
    folds: int = 5,
    see: Callable[[str], Features] = words_of,
) -> Trial:
    """The scores of each example by a model that did not see it; the seed's cues are known to every model."""
    pairs = _pairs(examples, seed)
    rows, marks, weights, words = _rows(pairs, seed, see)
    return _marked(_trial(rows, marks, weights, words, len(pairs), folds), pairs, seed)


def version(pairs: Iterable[tuple[str, str]], seed: Seed | None) -> str:
    """Twelve hex digits of all that a model is made of, whatever its order."""
    data = [_METHOD]
    data += sorted(f"{label}\t{text}" for text, label in pairs)
    if seed:
        data += ["cues", *sorted(f"{label}\t{text}" for text, label in seed.cues)]
        data += ["frame", *sorted(seed.openings), *sorted(seed.closings)]
    return hashlib.sha256("\n".join(data).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _pairs(examples: Iterable[tuple[str, str]], seed: Seed | None) -> list[tuple[str, str]]:
    return list(dict.fromkeys([*(seed.examples if seed else ()), *examples]))


def _rows(
    pairs: Sequence[tuple[str, str]], seed: Seed | None, see: Callable[[str], Features]
) -> tuple[list[Features], list[str], list[float], tuple[int, ...]]:
    """Features, labels and weights of the examples, then of the cues; and the examples' lengths in words.

    Every other example of the seed gets an opening and a closing, so that courtesy speaks for no desk.
    """
    framed = set(seed.examples) if seed else set()
    rows: list[Features] = []
    words: list[int] = []
    for at, (text, label) in enumerate(pairs):
        words.append(len(tokens(text)))
        if seed and seed.openings and seed.closings and at % 2 and (text, label) in framed:
            opening = seed.openings[(at // 2) % len(seed.openings)]
            closing = seed.closings[(at // 2) % len(seed.closings)]
            rows.append(see(f"{opening}\n{text}\n{closing}"))
        else:
            rows.append(see(text))
    marks = [label for _, label in pairs]
    if seed:
        rows += [see(text) for text, _ in seed.cues]
        marks += [label for _, label in seed.cues]
    return rows, marks, [1.0] * len(rows), tuple(words)


def _vocabulary(rows: Sequence[Features]) -> tuple[dict[str, int], Floats]:
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= _LEAST)
    idf = np.array([1 + np.log(len(rows) / counts[name]) for name in names], dtype=np.float32)
    return {name: at for at, name in enumerate(names)}, idf


def _matrix(rows: Sequence[Features], vocabulary: Mapping[str, int], idf: Floats) -> object:
    from scipy import sparse

    starts = [0]
    columns: list[npt.NDArray[np.int32]] = []
    values: list[Floats] = []
    for row in rows:
        at = np.array([vocabulary[name] for name in row if name in vocabulary], dtype=np.int32)
        value = idf[at]
        columns.append(at)
        values.append(value / (np.sqrt(value @ value) or 1))
        starts.append(starts[-1] + len(at))
    shape = (len(rows), len(vocabulary))
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(columns), np.array(starts)), shape=shape)


def _fit(matrix: object, marks: Sequence[str], weights: Sequence[float]) -> tuple[tuple[str, ...], Floats, Floats]:
    """Labels, weights (features x labels) and biases of one linear support vector machine a label against all others.

    Its squared hinge looks at the texts near the border alone, which tells a hundred small topics apart better than a
    logistic loss does; `calibrate` makes probabilities of its margins. Seeded: the same data give the same model.
    """
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=STRENGTH, tol=_NEAR, max_iter=300, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # nearly there is good enough, and bounded
        machine.fit(matrix, np.array(marks), sample_weight=np.array(weights))
    weight, bias = machine.coef_.T, machine.intercept_
    if len(machine.classes_) == 2:
        weight, bias = np.hstack([-weight, weight]), np.array([-bias[0], bias[0]])
    return tuple(machine.classes_.tolist()), weight.astype(np.float32), bias.astype(np.float32)


def _trial(
    rows: Sequence[Features],
    marks: Sequence[str],
    weights: Sequence[float],
    words: tuple[int, ...],
    count: int,
    folds: int,
) -> Trial:
    """Cross-validation over the first `count` rows, dealt out in turn within each label; the rest always trains.

    With many texts one part is judged instead of all: it is large enough, and training stays short.
    """
    dealt: Counter[str] = Counter()
    fold = []
    for mark in marks[:count]:
        fold.append(dealt[mark] % folds)
        dealt[mark] += 1
    all_labels = tuple(sorted(set(marks)))
    logits = np.full((count, len(all_labels)), -20, dtype=np.float32)
    parts = folds if sum(map(len, rows)) <= _MANY else 1
    for part in range(parts):
        seen = [at for at in range(len(rows)) if at >= count or fold[at] != part]
        kept = [at for at in range(count) if fold[at] == part]
        if not kept or len({marks[at] for at in seen}) < 2:
            continue
        vocabulary, idf = _vocabulary([rows[at] for at in seen])
        if not vocabulary:
            continue
        matrix = _matrix([rows[at] for at in seen], vocabulary, idf)
        labels, weight, bias = _fit(matrix, [marks[at] for at in seen], [weights[at] for at in seen])
        scores = _matrix([rows[at] for at in kept], vocabulary, idf) @ weight + bias  # type: ignore[operator]
        logits[np.ix_(kept, [all_labels.index(label) for label in labels])] = scores
    judged = [at for at in range(count) if fold[at] < parts]
    truth, lengths = tuple(marks[at] for at in judged), tuple(words[at] for at in judged)
    return Trial(all_labels, truth, logits[judged], lengths, tuple(judged))


def _marked(trial: Trial, pairs: Sequence[tuple[str, str]], seed: Seed | None) -> Trial:
    """The trial with the seed's mark of the texts that are hard on purpose."""
    marks = seed.marks if seed else {}
    return replace(trial, hard=tuple(HARD in marks.get(pairs[at][0], ()) for at in trial.judged))


def calibrate(trial: Trial, desk: Callable[[str], str] = str) -> tuple[float, float]:
    """The temperature that makes probabilities likeliest, and the confidence above which few desks are wrong."""
    hard = trial.hard or (False,) * len(trial.words)
    long = [at for at, words in enumerate(trial.words) if words >= _MAIL_WORDS and not hard[at]]
    chosen = long if len(long) >= _FEW else list(range(len(trial.truth)))
    logits = trial.logits[chosen].astype(np.float64)
    at = {label: i for i, label in enumerate(trial.labels)}
    truth = np.array([at[trial.truth[i]] for i in chosen])
    losses = {t: _loss(logits / t, truth) for t in _TEMPERATURES}
    temperature = min(losses, key=lambda t: losses[t])
    sure, _ = desk_confidence(trial.labels, logits / temperature, [trial.truth[i] for i in chosen], desk)
    return float(temperature), threshold(sure)


def desk_confidence(
    labels: Sequence[str], logits: npt.NDArray[np.float64], truth: Sequence[str], desk: Callable[[str], str]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """For each row the probability of its likeliest desk, and whether that desk is the true one.

    A text that names no matter belongs to no desk: whatever desk is likeliest for it is a wrong one.
    """
    desks = sorted({desk(label) for label in labels if label != UNCLEAR})
    member = np.zeros((len(labels), len(desks)))
    for i, label in enumerate(labels):
        if label != UNCLEAR:
            member[i, desks.index(desk(label))] = 1
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances = powers / powers.sum(axis=1, keepdims=True) @ member
    best = chances.argmax(axis=1)
    right = np.array([desks[b] == desk(label) for b, label in zip(best, truth, strict=True)])
    return chances.max(axis=1), right


def threshold(sure: npt.NDArray[np.float64], aim: float = _RIGHT) -> float:
    """The lowest confidence above which desks are right with at least `aim` on the mean, which is no higher than `aim`
    itself, however sure a model is of all that it was tried on; 1 when there is none.

    Of calibrated confidences the mean is the share to expect. Counting the few wrong ones instead would let one text
    more or less move the threshold by a tenth.
    """
    order = np.sort(sure)[::-1]
    good = np.nonzero(np.cumsum(order) / np.arange(1, len(order) + 1) >= aim)[0]
    return min(aim, float(order[good[-1]])) if len(good) else 1.0


def _loss(logits: npt.NDArray[np.float64], truth: npt.NDArray[np.int64]) -> float:
    top = logits.max(axis=1, keepdims=True)
    total = np.log(np.exp(logits - top).sum(axis=1)) + top[:, 0]
    return float((total - logits[np.arange(len(truth)), truth]).mean())
