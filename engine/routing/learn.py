"""Training a city's first models from the texts in its folder, kept as files beside its tables.

python -m engine.routing.learn FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from engine.directory import Directory, load
from engine.errors import BadData
from engine.routing.keywords import EXTERNAL, UNCLEAR
from engine.routing.model import Model
from engine.routing.router import MODEL
from engine.routing.second import OPINIONS, train_opinion
from engine.routing.seed import SEED, Seed, directory_cues, labels, load_seed
from engine.routing.train import train, version


def desk_of(directory: Directory) -> Callable[[str], str]:
    """Names the unit behind a label, so that two topics of one unit count as one door."""

    def desk(label: str) -> str:
        topic = directory.topics.get(label)
        return label if label.startswith(EXTERNAL) or topic is None else topic.unit or label

    return desk


def seed_of(directory: Directory, folder: Path) -> Seed:
    """The folder's seed without the texts of labels that the city no longer has; an empty one where it has none."""
    if not (folder / SEED).is_dir():
        return Seed(())
    seed, known = load_seed(folder / SEED), labels(directory) | {UNCLEAR}
    cues = [(text, label) for text, label in seed.cues if label in known]
    return replace(
        seed,
        examples=tuple((text, label) for text, label in seed.examples if label in known),
        cues=(*cues, *directory_cues(directory)),
    )


def packaged_version(directory: Directory, folder: Path) -> str:
    """The version that a model made of the folder's seed alone has, without training it."""
    seed = load_seed(folder / SEED, directory)
    return version(seed.examples, seed)


def package(folder: Path) -> dict[str, Model]:
    """Trains the folder's models, of its seed and of its second opinions, and writes each beside the tables in one go.

    Returns them by file name.
    """
    directory = load(folder)
    models = {MODEL: train((), load_seed(folder / SEED, directory), desk_of(directory))}
    for opinion in OPINIONS:
        if (folder / opinion.name).is_dir():
            models[opinion.file] = train_opinion(opinion, directory, folder)
    for name, model in models.items():
        model.save(folder / name)
    return models


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python -m engine.routing.learn FOLDER, not {len(sys.argv) - 1} arguments")
    try:
        made = package(Path(sys.argv[1]))
    except (BadData, OSError) as fault:
        sys.exit(str(fault))
    for name, model in made.items():
        sys.stdout.write(f"{name}: version {model.version}, {model.examples} texts, threshold {model.threshold:.3f}\n")
