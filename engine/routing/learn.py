"""Training a city's first model from the seed in its folder, kept as one file beside its tables."""

from __future__ import annotations

from collections.abc import Callable
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


def seed_of(directory: Directory, folder: Path) -> Seed:
    """The folder's seed; an empty one where a city has none."""
    return load_seed(folder / SEED, directory) if (folder / SEED).is_dir() else Seed(())


def packaged_version(directory: Directory, folder: Path) -> str:
    """The version that a model made of the folder's seed alone has, without training it."""
    seed = load_seed(folder / SEED, directory)
    return version(seed.examples, seed)


def package(folder: Path) -> tuple[Model, Model]:
    """Trains the models of the folder's seed and urgent texts and writes them beside the tables, each in one step."""
    directory = load(folder)
    model = train((), seed_of(directory, folder), desk_of(directory))
    model.save(folder / MODEL)
    alarm = train_alarm(directory, folder)
    alarm.save(folder / ALARM)
    return model, alarm
