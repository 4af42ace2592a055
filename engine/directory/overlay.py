"""The directory as it stands on a day when chairs have been lent by mail: a new Directory over the city's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from engine.directory.model import Acting, Directory


def overlaid(directory: Directory, lent: Iterable[tuple[str, Acting]], day: date) -> Directory:
    """The directory with the stand-ins (position id, who stands in) that hold on that day; the later one wins.

    A stand-in by mail goes before the one in the city's table. Positions that are no longer there are passed over.
    """
    positions = dict(directory.positions)
    for position, acting in lent:
        found = positions.get(position)
        if found is not None and acting.position in positions and acting.on(day):
            positions[position] = replace(found, acting=acting)
    return replace(directory, positions=positions) if positions != directory.positions else directory
