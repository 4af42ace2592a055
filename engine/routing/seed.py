"""The labelled texts of a city, folders of TSV files with `label`, `register`, `text`: read and checked, nothing else.

A label is a topic code, `EXT:CODE` for an outside agency, `?` for a text that names no matter, or `*` for words
around any matter. The register says how it is written (formal, phone, sunda, ...); `cue` is a bare phrase, `opening`
and `closing` are courtesy and frame. A fourth field has marks, separated by blanks: of what is no everyday matter that
it is `urgent`, of a writer who wants to be kept back that he is `anonymous` or `secret`, that one may be `unsure`, or
of a text written to mislead that it is `hard`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.directory import Directory
from engine.errors import BadData, Problem
from engine.routing.keywords import EXTERNAL, UNCLEAR

SEED = "seed"
"""Folder of the seed corpus, beside the city's tables."""
FRAME = "*"
_REGISTERS = """formal plain phone sunda angry question info aspiration narrative misleading typo subject spoken
cue opening closing"""
REGISTERS = frozenset(_REGISTERS.split())
HARD = "hard"
_MARKS = ("urgent", "anonymous", "secret", "unsure", HARD)
_FEW = 10
"""So many labels are named in an error."""
_TOPIC = "write a topic code or EXT: and an agency's code"


@dataclass(frozen=True, slots=True)
class Seed:
    """`examples` and `cues` are (text, label); `openings` and `closings` are what people write around any matter.

    `marks` are those of the texts that have any.
    """

    examples: tuple[tuple[str, str], ...]
    cues: tuple[tuple[str, str], ...] = ()
    openings: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    marks: Mapping[str, frozenset[str]] = field(default_factory=dict)


def load_seed(folder: Path, directory: Directory | None = None) -> Seed:
    """Reads every `*.tsv` of the folder; BadData lists rows with an unknown label or register, or without text.

    With a directory its keywords, names and descriptions join the cues, and labels are checked against it.
    """
    rows = _rows(folder, labels(directory) | {FRAME, UNCLEAR} if directory else None)
    cues = [(text, label) for label, register, text, _ in rows if register == "cue"]
    return Seed(
        examples=tuple((t, label) for label, register, t, _ in rows if register != "cue" and label != FRAME),
        cues=tuple(cues + (directory_cues(directory) if directory else [])),
        openings=tuple(text for _, register, text, _ in rows if register == "opening"),
        closings=tuple(text for _, register, text, _ in rows if register == "closing"),
        marks={text: frozenset(marks.split()) for _, _, text, marks in rows if marks},
    )


def load_labelled(folder: Path, known: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The (text, label) of every `*.tsv` of the folder; BadData lists rows whose label is none of `known`."""
    return tuple((text, label) for label, _, text, _ in _rows(folder, known))


def _rows(folder: Path, known: frozenset[str] | None) -> list[tuple[str, str, str, str]]:
    """Label, register, text and marks (or nothing) of each row; BadData lists every faulty one."""
    problems: list[Problem] = []
    rows: list[tuple[str, str, str, str]] = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
                if number == 1 or not row:
                    continue
                fault = _fault(row, known)
                if fault:
                    problems.append(Problem(path.name, number, *fault))
                else:
                    rows.append((row[0], row[1], row[2], row[3] if len(row) > 3 else ""))
    if problems:
        raise BadData(problems)
    return rows


def _fault(row: list[str], known: frozenset[str] | None) -> tuple[str, str, str] | None:
    if len(row) not in (3, 4):
        return "row", f"{len(row)} fields", "write label, register and text with one tab between them"
    label, register, text = row[:3]
    if row[3:] and not (set(row[3].split()) and set(row[3].split()) <= set(_MARKS)):
        return "mark", f"{row[3]!r} is none", f"use {' or '.join(_MARKS)}, or leave it out with its tab"
    if register not in REGISTERS:
        return "register", f"{register!r} is none", f"use one of {', '.join(sorted(REGISTERS))}"
    if known is not None and label not in known:
        few = f"use one of {', '.join(sorted(known))}" if len(known) < _FEW else _TOPIC
        return "label", f"{label!r} is not known", few
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
