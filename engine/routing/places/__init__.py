"""Finds the kelurahan or kecamatan that a citizen's text is about, with reasons: streets, landmarks, nicknames, typos.

`Gazetteer(directory)` compiles the names once; `find(text)` then costs well under a millisecond and is linear in the
text. `find_place(text, directory)` keeps one gazetteer per directory for callers that have no place for one.
"""

from __future__ import annotations

from engine.directory import Directory
from engine.routing.places.finder import Gazetteer, PlaceFound

__all__ = ["Gazetteer", "PlaceFound", "find_place"]

_last: list[tuple[Directory, Gazetteer]] = []


def find_place(text: str, directory: Directory) -> PlaceFound:
    """The place that this text is about; see Gazetteer.find."""
    if not _last or _last[0][0] is not directory:
        _last[:] = [(directory, Gazetteer(directory))]
    return _last[0][1].find(text)
