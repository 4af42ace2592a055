"""Training a city's model from its folder: the seed it came with and the decisions people made, kept as one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from engine.directory import Directory, load
from engine.routing.keywords import EXTERNAL
from engine.routing.learn_urgency import train_alarm
from engine.routing.model import Model
from engine.routing.router import ALARM, MODEL
from engine.routing.seed import SEED, Seed, load_seed
from engine.routing.train import train, version


def desk_of(directory: Directory) -> Callable[[str], str]:
    """Names the unit behind a label, so that two topics of one unit count as one door."""

    def desk(label: str) -> str:
        topic = directory.topics.get(label)
        return label if label.startswith(EXTERNAL) or topic is None else topic.unit or label

    return desk


def retrain(directory: Directory, folder: Path, decided: Iterable[tuple[str, str]] = (), folds: int = 4) -> Model:
    """A new model of the folder's seed and what people decided, (text, label); nothing is written.

    Decisions for labels that the city no longer has are left out. Safe while a router works: routers keep their model.
    """
    seed = load_seed(folder / SEED, directory) if (folder / SEED).is_dir() else Seed(())
    known = set(directory.topics) | {EXTERNAL + code for code in directory.externals}
    return train([pair for pair in decided if pair[1] in known], seed, desk_of(directory), folds)


def packaged_version(directory: Directory, folder: Path) -> str:
    """The version that a model made of the folder's seed alone has, without training it."""
    seed = load_seed(folder / SEED, directory)
    return version(seed.examples, seed)


def package(folder: Path) -> tuple[Model, Model]:
    """Trains the models of the folder's seed and urgent texts and writes them beside the tables, each in one step."""
    directory = load(folder)
    model = retrain(directory, folder)
    model.save(folder / MODEL)
    alarm = train_alarm(directory, folder)
    alarm.save(folder / ALARM)
    return model, alarm
