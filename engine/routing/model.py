"""A trained linear model of a city's labels: applied with numpy alone, kept in one small file with its version."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.errors import BadData, Problem
from engine.routing.features import gather, of_word
from engine.routing.remembered import Remembered

Floats = npt.NDArray[np.float32]

Known = tuple[npt.NDArray[np.int64], Floats]
"""What a model knows of a text: the rows of its features, and their values as a unit vector."""
_UNSPOKEN = tuple("~#!=")
"""First letters of features that are no words of the text: stems, letter groups, what is denied, marks."""
_FORMAT = 1
_LIMIT = 64_000_000
"""Bytes of a model file that are read at most."""


@dataclass(frozen=True, slots=True)
class Model:
    """One row of weights a feature, one column a label. `temperature` makes the probabilities honest.

    `rows` follow the order of `vocabulary`; they are small integers, times the column's `scale`.
    `idf` weighs each feature before all become a unit vector.
    """

    labels: tuple[str, ...]
    vocabulary: Mapping[str, int] = field(repr=False)
    idf: Floats = field(repr=False)
    rows: npt.NDArray[np.int8] = field(repr=False)
    scale: Floats = field(repr=False)
    bias: Floats = field(repr=False)
    temperature: float
    threshold: float
    version: str
    examples: int

    _rows_of: Remembered[tuple[int, ...]] = field(init=False, repr=False, compare=False)
    _names: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _spoken: npt.NDArray[np.bool_] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        def rows_of(word: str) -> tuple[int, ...]:
            return tuple(self.vocabulary[name] for name in of_word(word) if name in self.vocabulary)

        derive = partial(object.__setattr__, self)
        # A text picks some hundred rows: each must lie in one piece of memory, however the file has them.
        derive("rows", np.ascontiguousarray(self.rows))
        # Mails are made of the same words: what a word has by itself is looked up once.
        derive("_rows_of", Remembered(rows_of))
        derive("_names", tuple(self.vocabulary))
        derive("_spoken", np.array([name[:1] not in _UNSPOKEN for name in self._names], dtype=bool))

    def read(self, words: Sequence[str], marks: Iterable[str] = ()) -> Known:
        """What is known of a text of these words, seen as by engine.routing.features, that bears these marks."""
        row_of = self.vocabulary.get
        found = dict.fromkeys((*gather(words, self._rows_of.__getitem__, row_of), *map(row_of, marks)), 1.0)
        found.pop(None, None)
        at = np.fromiter(found, np.int64, len(found))
        return at, _unit(self.idf[at])

    def known(self, features: Mapping[str, float]) -> Known:
        """What is known of these features."""
        names = [name for name in features if name in self.vocabulary]
        at = np.fromiter((self.vocabulary[name] for name in names), np.int64, len(names))
        weights = np.fromiter((features[name] for name in names), np.float32, len(names))
        return at, _unit(weights * self.idf[at])

    def logits(self, features: Mapping[str, float]) -> Floats:
        """One number a label, higher is likelier."""
        return self.scores(self.known(features))

    def scores(self, known: Known) -> Floats:
        """The logits of features that were looked up before."""
        at, values = known
        scores: Floats = values @ self.rows.take(at, axis=0).astype(np.float32) * self.scale + self.bias
        return scores

    def evidence(self, known: Known, labels: Sequence[str], limit: int = 3) -> list[list[str]]:
        """For each of `labels` the words and pairs that spoke most for it, strongest first."""
        at, values = known
        spoken = self._spoken[at]
        at = at[spoken]
        rows = self.rows.take(at, axis=0).astype(np.float32) * values[spoken, None]
        mean = rows @ self.scale / len(self.labels)
        found = []
        for label in labels:
            column = self.labels.index(label)
            gain = rows[:, column] * self.scale[column] - mean
            found.append([self._names[at[i]] for i in np.argsort(-gain)[:limit] if gain[i] > 0])
        return found

    def save(self, path: Path) -> None:
        """Writes the model in one step: a reader sees the old file or the new one, never a half."""
        meta = {
            "format": _FORMAT,
            "labels": self.labels,
            "vocabulary": list(self.vocabulary),
            "temperature": self.temperature,
            "threshold": self.threshold,
            "version": self.version,
            "examples": self.examples,
        }
        text = json.dumps(meta, ensure_ascii=False).encode()
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".npz")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez_compressed(
                    file,
                    meta=np.frombuffer(text, dtype=np.uint8),
                    idf=self.idf.astype(np.float16),
                    rows=self.rows,
                    scale=self.scale,
                    bias=self.bias,
                )
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    @staticmethod
    def load(path: Path) -> Model:
        """Reads what `save` wrote; BadData names the file when it is missing, foreign or damaged."""
        try:
            if path.stat().st_size > _LIMIT:
                raise ValueError("too large")
            with np.load(path, allow_pickle=False) as kept:
                meta = json.loads(kept["meta"].tobytes())
                if meta["format"] != _FORMAT:
                    raise ValueError("another format")
                model = Model(
                    labels=tuple(meta["labels"]),
                    vocabulary={name: at for at, name in enumerate(meta["vocabulary"])},
                    idf=kept["idf"].astype(np.float32),
                    rows=kept["rows"],
                    scale=kept["scale"].astype(np.float32),
                    bias=kept["bias"].astype(np.float32),
                    temperature=float(meta["temperature"]),
                    threshold=float(meta["threshold"]),
                    version=str(meta["version"]),
                    examples=int(meta["examples"]),
                )
            if model.rows.shape != (len(model.vocabulary), len(model.labels)):
                raise ValueError("shapes differ")
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise BadData([Problem(path.name, 0, "model", f"cannot be read ({error})", "train it again")]) from error
        return model


def _unit(values: Floats) -> Floats:
    """The vector at length one; nothing stays nothing."""
    return values / np.float32(float(np.sqrt(np.dot(values, values))) or 1.0)
