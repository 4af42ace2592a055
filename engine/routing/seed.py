"""The seed corpus of a city, folder of TSV files with `label`, `register`, `text`: read and checked, nothing else.

A label is a topic code, `EXT:CODE` for an outside agency, `?` for a text that names no matter, or `*` for words
around any matter. The register says how it is written (formal, phone, sunda, ...); `cue` is a bare phrase, `opening`
and `closing` are courtesy and frame.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from engine.directory import Directory
from engine.errors import BadData, Problem
from engine.routing.keywords import EXTERNAL, UNCLEAR

FRAME = "*"
_REGISTERS = """formal plain phone sunda angry question info aspiration narrative misleading typo subject spoken
cue opening closing"""
REGISTERS = frozenset(_REGISTERS.split())


@dataclass(frozen=True, slots=True)
class Seed:
    """`examples` and `cues` are (text, label); `openings` and `closings` are what people write around any matter."""

    examples: tuple[tuple[str, str], ...]
    cues: tuple[tuple[str, str], ...] = ()
    openings: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()


def load_seed(folder: Path, directory: Directory | None = None) -> Seed:
    """Reads every `*.tsv` of the folder; BadData lists rows with an unknown label or register, or without text.

    With a directory its keywords, names and descriptions join the cues, and labels are checked against it.
    """
    problems: list[Problem] = []
    rows: list[tuple[str, str, str]] = []
    known = labels(directory) if directory else None
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
                if number == 1 or not row:
                    continue
                fault = _fault(row, known)
                if fault:
                    problems.append(Problem(path.name, number, *fault))
                else:
                    rows.append((row[0], row[1], row[2]))
    if problems:
        raise BadData(problems)
    cues = [(text, label) for label, register, text in rows if register == "cue"]
    return Seed(
        examples=tuple((t, label) for label, register, t in rows if register != "cue" and label != FRAME),
        cues=tuple(cues + (directory_cues(directory) if directory else [])),
        openings=tuple(text for _, register, text in rows if register == "opening"),
        closings=tuple(text for _, register, text in rows if register == "closing"),
    )


def _fault(row: list[str], known: frozenset[str] | None) -> tuple[str, str, str] | None:
    if len(row) != 3:
        return "row", f"{len(row)} fields", "write label, register and text with one tab between them"
    label, register, text = row
    if register not in REGISTERS:
        return "register", f"{register!r} is none", f"use one of {', '.join(sorted(REGISTERS))}"
    if known is not None and label not in (FRAME, UNCLEAR) and label not in known:
        return "label", f"{label!r} is no topic and no agency", "write a topic code or EXT: and an agency's code"
    if not text.strip():
        return "text", "is empty", "write the example or take the row out"
    return None


def labels(directory: Directory) -> frozenset[str]:
    """Every label of the city: topic codes, and agencies as `EXT:CODE`."""
    return frozenset(directory.topics) | {EXTERNAL + code for code in directory.externals}


def directory_cues(directory: Directory) -> list[tuple[str, str]]:
    """What the city's own tables say of each label: keywords, name, description."""
    cues: list[tuple[str, str]] = []
    for topic in directory.topics.values():
        cues += [(phrase, topic.code) for phrase in topic.keywords]
        cues.append((f"{topic.name}. {topic.description}", topic.code))
    for agency in directory.externals.values():
        cues += [(phrase, EXTERNAL + agency.code) for phrase in agency.keywords]
    return cues
