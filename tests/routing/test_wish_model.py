"""The second opinion on wishes to be kept back: it hears what no rule names, and is current."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import workflows.kota_bogor
from engine.directory import load
from engine.routing import open_router
from engine.routing.confidential import confidential, seen
from engine.routing.model import Model
from engine.routing.second import FALSE, WISH, margins, opinion_version, texts, threshold
from engine.routing.seed import SEED, load_labelled, load_seed
from engine.routing.train import cross_validate

CITY = Path(next(iter(workflows.kota_bogor.__path__)))


@pytest.fixture(scope="module")
def wish() -> Model:
    """The example city's packaged model of wishes."""
    return Model.load(CITY / WISH.file)


def test_the_packaged_model_is_current(wish: Model) -> None:
    """It was trained of the texts as they stand, knows its three labels, and is small."""
    assert wish.version == opinion_version(WISH, load(CITY), CITY)
    assert set(wish.labels) == WISH.labels | {WISH.resting}
    assert (CITY / WISH.file).stat().st_size < 1_000_000


def test_the_texts_are_many() -> None:
    """At least 400 of each level, each text once, none of them in the seed too."""
    own = load_labelled(CITY / WISH.name, WISH.labels | {WISH.resting})
    assert min(Counter(label for _, label in own).values()) >= 400
    everything = [text.casefold() for text, _ in (*own, *load_seed(CITY / SEED, load(CITY)).examples)]
    assert len(set(everything)) == len(everything)


def test_texts_not_seen_are_heard() -> None:
    """By cross-validation: the model hears half as many again as the rules alone, and hardly one in vain."""
    labelled = texts(WISH, load(CITY), CITY)
    trial = cross_validate(labelled, see=seen)
    wanted = np.array([label != WISH.resting for _, label in labelled])
    model = margins(trial, WISH) > threshold(trial, WISH)
    rules = np.array([confidential(text).level != WISH.resting for text, _ in labelled])
    assert ((model | rules) & wanted).sum() >= 1.5 * (rules & wanted).sum()
    assert (model & ~wanted).sum() <= FALSE * (~wanted).sum() + 1


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (
            "Saya penjaga malam di gudang dinas, tiap Jumat solar dikeluarkan dan uangnya dibagi oleh kepala kami.",
            "secret",
        ),
        (
            "kalau bapak guru tahu yang mengadu ini orang tua siapa, nilai anak saya habis",
            "anonymous",
        ),
        ("Air di gang kami keruh tiga hari, nama saya Siti dari RT 02, silakan hubungi kapan saja.", "none"),
    ],
)
def test_the_router_asks_it(text: str, level: str) -> None:
    """What the model hears is kept back."""
    assert open_router(load(CITY), CITY).route_text("lapor", text).confidential == level
