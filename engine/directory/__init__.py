"""The city's offices and chairs: who answers for what, who stands in, who is above whom on a given day."""

from __future__ import annotations

from engine.directory.barred import LEADERS, accused, barred
from engine.directory.chairs import Chairs, chair_beside, find_chair, find_chairs, office_of
from engine.directory.diff import Change, diff
from engine.directory.explain import tree, who
from engine.directory.find import find_units
from engine.directory.ladder import (
    Addressee,
    addressee,
    by_mailbox,
    chairs_of,
    head_of,
    is_above,
    ladder,
    superior_of,
)
from engine.directory.load import load
from engine.directory.model import Acting, Directory, External, Place, Position, Topic, Unit
from engine.directory.named import find_external, find_matter
from engine.directory.overlay import overlaid

__all__ = [
    "LEADERS",
    "Acting",
    "Addressee",
    "Chairs",
    "Change",
    "Directory",
    "External",
    "Place",
    "Position",
    "Topic",
    "Unit",
    "accused",
    "addressee",
    "barred",
    "by_mailbox",
    "chair_beside",
    "chairs_of",
    "diff",
    "find_chair",
    "find_chairs",
    "find_external",
    "find_matter",
    "find_units",
    "head_of",
    "is_above",
    "ladder",
    "load",
    "office_of",
    "overlaid",
    "superior_of",
    "tree",
    "who",
]
