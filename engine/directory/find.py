"""Finds the office a person means by the name he wrote: code, full name, short name, with or without its kind."""

from __future__ import annotations

import re
import unicodedata

from engine.directory.model import Directory, Unit

_KINDS = {
    "dinas": "dinas",
    "dis": "dinas",
    "badan": "badan",
    "bagian": "bagian",
    "bag": "bagian",
    "kelurahan": "kelurahan",
    "kel": "kelurahan",
    "lurah": "kelurahan",
    "kecamatan": "kecamatan",
    "kec": "kecamatan",
    "camat": "kecamatan",
    "perumda": "bumd",
}
_FILLER = frozenset(
    ("kota", "bogor", "setda", "pak", "bu", "bapak", "ibu", "kepala", "kantor", "unit", "ke", "di", "dan")
)
_LEADING = frozenset(("ke", "kepada", "pada", "di", "untuk", "yth", "pak", "bu", "bapak", "ibu", "mohon"))
_LIMIT = 200
_MOST_WORDS = 6


def find_units(directory: Directory, name: str, whole: bool = False) -> tuple[Unit, ...]:
    """Offices that `name` may mean, only those of the best rank; empty if none.

    Ranks: the code; the full name or an alias; the code without its first letters (`pupr`, `dukcapil`); all words of
    the name. A leading kind ("Kel.", "Dinas") narrows the search. What follows the name ("Dishub, mohon dicek") is
    left off if the whole finds nothing, unless the `whole` must be a name. At most 200 characters are looked at.
    """
    words = _words(name[:_LIMIT])
    while words and words[0] in _LEADING:
        words = words[1:]
    found = _find(directory, words)
    for end in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        if found or whole:
            break
        shorter = _find(directory, words[:end])
        found = shorter if len(shorter) == 1 else ()
    return found


def _find(directory: Directory, words: list[str]) -> tuple[Unit, ...]:
    if not words:
        return ()
    joined = "".join(words)
    units = list(directory.units.values())
    exact = [u for u in units if joined in (_join(u.code), _join(u.name), *map(_join, u.aliases))]
    if exact:
        return tuple(exact)
    kind = _KINDS.get(words[0]) if len(words) > 1 else None
    rest = [w for w in (words[1:] if kind else words) if w not in _FILLER]
    if kind:
        units = [u for u in units if u.kind == kind]
    if not [w for w in rest if w not in _KINDS]:
        return ()
    bare = "".join(rest)
    for match in (_by_tail, _by_core, _by_words):
        found = [u for u in units if match(u, bare, rest)]
        if found:
            return tuple(found)
    return ()


def _by_tail(unit: Unit, bare: str, _rest: list[str]) -> bool:
    """The code as people shorten it: PUPR of DPUPR, DUKCAPIL of DISDUKCAPIL, SEMPUR of KEL-SEMPUR."""
    code = unit.code.lower()
    tail = code.split("-", 1)[-1].replace("-", "")
    return (
        bare in (tail, code.removeprefix("dis"), code.removeprefix("d"))
        or bare in map(_join, unit.aliases)
        or (len(bare) >= 5 and code.endswith(bare))
    )


def _by_core(unit: Unit, bare: str, _rest: list[str]) -> bool:
    """The name without its kind and the city: Perhubungan of Dinas Perhubungan."""
    core = [w for w in _words(unit.name) if w not in _FILLER and w not in _KINDS]
    return bare == "".join(core)


def _by_words(unit: Unit, _bare: str, rest: list[str]) -> bool:
    """All words stand in the name; a word of three letters or fewer must not decide alone."""
    name = set(_words(unit.name))
    return any(len(w) > 3 for w in rest) and all(w in name for w in rest)


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text).lower()
    return re.findall(r"[a-z0-9]+", folded)


def _join(text: str) -> str:
    return "".join(_words(text))
