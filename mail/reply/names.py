"""The offices of a directory by the names people give them: codes, full and short names, popular names, typos."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from engine.directory import Directory
from mail.reply.fold import spell

_WORD = re.compile(r"[a-z0-9]+(?:[./-][a-z0-9]+)*")
_POSITION = re.compile(r"(?<![\w@.-])[a-z0-9]+(?:\.[a-z0-9]+){1,4}(?![\w@-])")
_SHELL = re.compile(r"\b(?:kota bogor|kota|daerah|setda|dinas|badan|satuan|perumda|perum|pt|kantor|kabupaten)\b")
_KELURAHAN = frozenset(("kelurahan", "kel", "lurah", "desa", "seklur", "wilayah"))
_KECAMATAN = frozenset(("kecamatan", "kec", "camat", "sekcam"))
_FILLER = frozenset(("bapak", "ibu", "pak", "bu", "kantor", "kota", "yth", "bpk", "sdr"))
_KINDS = frozenset(
    ("dinas", "badan", "bagian", "kantor", "satuan", "daerah", "kota", "perum", "bidang", "seksi", "unit")
)
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """An office named at [start, end): unit, position or external code; weight 1 is a word that may mean a thing."""

    start: int
    end: int
    code: str
    weight: int


@dataclass(frozen=True, slots=True)
class Names:
    """What `names` made of a directory: phrase of words to (code, weight), and the places by squeezed name."""

    phrases: dict[str, tuple[str, int]] = field(repr=False)
    kelurahan: dict[str, str] = field(repr=False)
    kecamatan: dict[str, str] = field(repr=False)
    positions: frozenset[str] = field(repr=False)


@cache
def _popular() -> tuple[tuple[str, str, int], ...]:
    text = resources.files("mail.reply").joinpath("data/names.csv").read_text(encoding="utf-8")
    return tuple((row["name"], row["code"], int(row["weight"])) for row in csv.DictReader(text.splitlines()))


def _squeeze(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def names(directory: Directory) -> Names:
    """Index a directory; popular names (mail/reply/data/names.csv) count only where the directory has their office."""
    phrases: dict[str, tuple[str, int]] = {}
    kelurahan: dict[str, str] = {}
    kecamatan: dict[str, str] = {}
    for code, unit in directory.units.items():
        if unit.kind in ("kelurahan", "kecamatan"):
            bare = re.sub(r"^(?:kelurahan|kecamatan)\s+", "", unit.name.lower())
            (kelurahan if unit.kind == "kelurahan" else kecamatan)[_squeeze(bare)] = code
        else:
            phrases[" ".join(_WORD.findall(unit.name.lower()))] = (code, 2)
            bare = " ".join(_WORD.findall(_SHELL.sub(" ", unit.name.lower())))
            if len(bare) > 9:
                phrases.setdefault(bare, (code, 2))
        phrases[code.lower()] = (code, 2)
    for code, external in directory.externals.items():
        phrases[code.lower()] = (code, 2)
        short = " ".join(_WORD.findall(re.sub(r"\(.*?\)|/.*", "", external.name.lower())))
        if not any(other.name.lower().startswith(f"{short} ") for other in directory.externals.values()):
            phrases.setdefault(short, (code, 2))  # not "balai besar", as three of them begin
    known = directory.units.keys() | directory.externals.keys()
    for name, code, weight in _popular():
        if code in known and weight:
            phrases.setdefault(name, (code, weight))
    for name, _, weight in _popular():
        if weight == 0:  # an ordinary word that is also a code
            phrases.pop(name, None)
    phrases = {spell(phrase): hit for phrase, hit in phrases.items()}
    return Names(phrases, kelurahan, kecamatan, frozenset(directory.positions))


def near(a: str, b: str, limit: int) -> bool:
    """Whether two words differ by at most `limit` edits (a swap of neighbours is one)."""
    if abs(len(a) - len(b)) > limit:
        return False
    previous: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, previous, row = previous, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return False
    return row[-1] <= limit


def _place(words: list[str], table: dict[str, str], fuzzy: bool) -> tuple[int, str] | None:
    """The place whose name the first one to three words spell, joined or not; the longest wins."""
    for count in (3, 2, 1):
        if count > len(words):
            continue
        name = "".join(_squeeze(word) for word in words[:count])
        if name in table:
            return count, table[name]
    if not fuzzy:
        return None
    for count in (2, 1):
        if count > len(words):
            continue
        name = "".join(_squeeze(word) for word in words[:count])
        limit = len(name) // 5
        if limit and len(name) <= 24:
            hits = [code for known, code in table.items() if known[0] == name[0] and near(name, known, min(limit, 2))]
            if len(hits) == 1:
                return count, hits[0]
    return None


def mentions(text: str, index: Names, fuzzy: bool = False) -> Iterator[Mention]:
    """The offices named in spelled text, in order; with `fuzzy`, long names may carry one typo in five letters."""
    words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text)]
    i = 0
    while i < len(words):
        found = _at(words, i, index, fuzzy)
        if found is None:
            i += 1
            continue
        count, code, weight = found
        yield Mention(words[i][0], words[i + count - 1][1], code, weight)
        i += count


def _at(words: list[tuple[int, int, str]], i: int, index: Names, fuzzy: bool) -> tuple[int, str, int] | None:
    here = [word for _, _, word in words[i : i + _LONGEST]]
    if "." in here[0] and here[0].rstrip(".") in index.positions:
        return 1, here[0], 2
    kind = here[0]
    if kind in _KELURAHAN or kind in _KECAMATAN:
        rest = here[1:]
        skipped = 1
        while rest and rest[0] in _FILLER:
            rest, skipped = rest[1:], skipped + 1
        first, second = (index.kelurahan, index.kecamatan) if kind in _KELURAHAN else (index.kecamatan, index.kelurahan)
        place = _place(rest, first, True) or _place(rest, second, False)
        return (skipped + place[0], place[1], 2) if place else None
    for count in range(len(here), 0, -1):
        phrase = " ".join(here[:count])
        if phrase in index.phrases:
            code, weight = index.phrases[phrase]
            return count, code, weight
    if fuzzy:
        return _typo(here, index)
    return None


def _typo(here: list[str], index: Names) -> tuple[int, str, int] | None:
    """A name with one edit in five letters, tried on the longest run of words first."""
    for count in range(min(4, len(here)), 0, -1):
        phrase = " ".join(here[:count])
        limit = min(2, len(phrase) // 5)
        if not limit or len(phrase) > 60 or phrase in _KINDS:  # "dinas" is no misspelled DINSOS
            continue
        hits = {code for known, (code, _) in index.phrases.items() if near(phrase, known, limit)}
        if len(hits) == 1:
            return count, hits.pop(), 2
    return None
