"""The routing models that a city has trained: numbered files beside the database, one of them in use.

`sibadra.db` has `sibadra.models/0003-1a2b3c4d5e6f.npz` beside it. Which one is in use stands in the database and
changes in one step, so that a running engine sees the old one or the new one; no file is ever changed or taken away.
"""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

from engine.errors import BadData, SibadraError
from engine.routing import Model
from engine.store import Store
from mail.settings import Settings

log = logging.getLogger("sibadra.models")

USED = "routing models"
"""The counter that holds the file names in the order in which they came into use, as JSON; the last one is in use."""
_NUMBERED = re.compile(r"(\d{4,})-[0-9a-f]+\.npz")


def folder(settings: Settings) -> Path:
    """Where the models lie."""
    return settings.database.with_suffix(".models")


def used(store: Store) -> list[str]:
    """The models that came into use, in order; the last is in use now, an empty list means the city's own first one."""
    return list(json.loads(store.counter(USED) or "[]"))


def current(store: Store) -> str:
    """The file name of the model in use, "" for the city's first one."""
    names = used(store)
    return str(names[-1]) if names else ""


def load_model(settings: Settings, name: str) -> Model | None:
    """A model by its file name; None for the city's first one, which also serves where the file is damaged or gone: a
    mail routed by an older model is better than one set aside, and each decision tells its model.
    """
    try:
        return Model.load(folder(settings) / name) if name else None
    except BadData as wrong:
        log.error("%s; the city's first model serves, until `sibadra routing retrain`", wrong)
        return None


def every(settings: Settings) -> list[str]:
    """The file names of all models that were trained, oldest first."""
    place = folder(settings)
    return sorted(entry.name for entry in place.iterdir() if _NUMBERED.fullmatch(entry.name)) if place.is_dir() else []


def keep(settings: Settings, store: Store, model: Model) -> Path:
    """Writes a model as the next file and brings it into use."""
    place = folder(settings)
    place.mkdir(parents=True, exist_ok=True)
    numbers = [int(name.partition("-")[0]) for name in every(settings)]
    path = place / f"{max(numbers, default=0) + 1:04}-{model.version}.npz"
    model.save(path)
    with store.transaction():
        store.set_counter(USED, json.dumps([*used(store), path.name]))
    return path


def undo(store: Store) -> str:
    """Goes back to the model before; gives its name ("" for the city's first one)."""
    with store.transaction():
        names = used(store)
        if not names:
            raise SibadraError("the city's first model is in use; there is none before it")
        store.set_counter(USED, json.dumps(names[:-1]))
    return current(store)
