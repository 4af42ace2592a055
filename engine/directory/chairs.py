"""The chair that a line names in free words: rank, subject and office in any order, shortened as on a phone.

`kasi pju perumkim`, `dishub bidang lalin`, `sekdis dinkes`: what the words say is matched with the titles, and where
several chairs fit, all of them are given, so that the writer can be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.directory.find import find_units
from engine.directory.ladder import head_of, is_above
from engine.directory.model import Directory, Position, Unit
from engine.directory.said import FILLER, words_of
from engine.directory.titles import exactly, says, title_of

_TABLE = """
kasi: kasi, kasie, ka sie, kepala seksi, kasubid, kasubbid, kepala subbidang, subkoordinator, subkoor, katim, ketua tim
kabid: kabid, kepala bidang, ka bid
kasubag: kasubag, kasubbag, kepala subbagian, kepala subbag
kabag: kabag, kepala bagian, ka bag
kepala: kadis, kepala dinas, kaban, kepala badan, kasat, kepala satuan, kalak, kepala pelaksana, kepala, inspektur
sekretaris: sekdis, sekretaris dinas, sekban, sekretaris badan, sekretaris, sesdin
sekcam: sekcam, sekretaris kecamatan, sekretaris camat, sek kec, sek kecamatan
seklur: seklur, sekel, sekretaris kelurahan, sekretaris lurah, sek kel, sek kelurahan
lurah: lurah, kepala kelurahan
camat: camat, kepala kecamatan
direktur: direktur, direksi, dir
direktur + utama: dirut, direktur utama, dir utama
direktur + umum: dirum, direktur umum
direktur + teknik: dirtek, direktur teknik
direktur + operasional: dirops, direktur operasional
wadir: wadir, wakil direktur
manajer: manajer, manager, mgr
asman: asman, asisten manajer, asisten manager, asmen
kaunit: kanit, kaunit, kepala unit, ka unit
kauptd: kauptd, kepala uptd, kepala upt, ka uptd, ka upt
irban: irban, inspektur pembantu
irban + khusus: irbansus
asisten: asisten
stafahli: staf ahli, stafahli
sekda: sekda, sekretaris daerah
wawali: wawali, wakil wali kota, wakil walikota
walikota: walikota, wali kota
"""
_LOOSE_TABLE = """
kasi: seksi, sie, subbidang, subbid, tim
kabid: bidang, bid
kasubag kabag: subbag, subbagian, subag
kabag kasubag kasi kabid manajer asman: bagian, bag
kauptd: uptd, upt
kaunit: unit
"""
_SOLE = frozenset(("kepala", "sekretaris", "sekcam", "seklur", "lurah", "camat", "sekda", "wawali", "walikota"))
"""Levels of which an office has one chair, so that the rank alone names it."""
_HEADS = frozenset(("kepala", "lurah", "camat", "direktur"))
_INTRODUCES = frozenset(("yang", "yg", "urusan", "bagian", "bag"))
_KINDS = frozenset(
    re.findall(
        r"\w+",
        """
        dinas badan bagian kantor satuan kelurahan kecamatan kel kec perumda pd pt bumd uptd upt daerah kota
        """,
    )
)
_LIMIT = 200


def _phrases(table: str) -> dict[tuple[str, ...], tuple[frozenset[str], tuple[str, ...]]]:
    """Each way to say a rank, with its levels and what it says of the subject besides (dirut: utama)."""
    found: dict[tuple[str, ...], tuple[frozenset[str], tuple[str, ...]]] = {}
    for line in table.strip().splitlines():
        name, _, ways = line.partition(":")
        levels, _, more = name.partition("+")
        for way in ways.split(","):
            found[tuple(way.split())] = (frozenset(levels.split()), tuple(more.split()))
    return found


_RANKS = _phrases(_TABLE)
_LOOSE = _phrases(_LOOSE_TABLE)
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Chairs:
    """The chairs that a line may mean, the likeliest first.

    `named`: the line speaks of a chair and not of an office as a whole, so that its writer must be asked where not just
    one fits. `ranked`: it says a rank (kasi, lurah).
    """

    ids: tuple[str, ...] = ()
    named: bool = False
    ranked: bool = False

    @property
    def sole(self) -> str | None:
        """The id of the one chair, if it is one."""
        return self.ids[0] if len(self.ids) == 1 else None


@dataclass(frozen=True, slots=True)
class _Line:
    levels: frozenset[str]
    loose: frozenset[str]
    subject: tuple[str, ...]
    more: tuple[str, ...]
    left: tuple[str, ...]
    introduced: bool
    unit: str | None


def find_chairs(directory: Directory, text: str, units: Iterable[str] = (), called: Iterable[str] = ()) -> Chairs:
    """The chairs that these words name, in one of `units` if any are given (and the offices directly within it).

    `called` are words by which those offices were named, which no title need repeat. Without a rank each word must
    stand in the title; beside a rank, words that stand in none are left off. At most 200 characters are looked at.
    """
    within = tuple(units)
    names = frozenset(called)
    line = _read(directory, words_of(text[:_LIMIT]), within, names)
    if line.unit is not None:
        within = (line.unit,)
    ranked = bool(line.levels)
    scope = [p for p in directory.positions.values() if not within or _inside(directory, p, within)]
    if ranked:
        scope = [p for p in scope if p.level in line.levels]
        told = [p for p in scope if line.more and all(says(directory, p, word) for word in line.more)]
        if len(told) == 1:
            return Chairs((told[0].id,), True, True)
        scope = told or scope
    elif not line.loose:
        scope = [p for p in scope if p.level != "kasubag"]  # an office's own staff is asked for by its rank only
    subject = _glued_words(directory, line.subject, scope)
    known = tuple(w for w in subject if any(says(directory, p, w) for p in scope))
    if any(word in names and word not in known for word in subject):
        known = tuple(word for word in known if word not in names)  # half a name says nothing
    must = tuple(word for word in subject if word not in names)
    if not ranked and all(word.isdigit() for word in must) and not within:
        return Chairs()
    strange = [word for word in must if word not in known]
    if not known:
        found = _by_topic(directory, subject, scope) if subject and not ranked else ()
        if found:
            return Chairs(found, True, ranked)
        return _by_rank(directory, line, scope, within, strange)
    if strange and not ranked:
        found = _by_topic(directory, must, scope)
        unknown = line.introduced or bool(line.loose)
        return Chairs(found, bool(found) or unknown, ranked)
    exact = exactly(directory, scope, known)
    fitting = [p for p in scope if all(says(directory, p, word) for word in known)]
    if not fitting and not ranked:
        found = _by_topic(directory, must, scope)
        if found or not (line.introduced or line.loose):
            return Chairs(found, bool(found), ranked)
    if not fitting:  # each word fits some chair, none fits all
        fitting = [p for p in scope if any(says(directory, p, word) for word in known)]
        return Chairs(tuple(p.id for p in fitting), True, ranked)
    if not exact and not (ranked or line.loose) and not (must and within):
        found = _by_topic(directory, known, scope)
        return Chairs(found, bool(found), ranked)  # words of an office's name, or that happen to stand in some title
    if line.loose:
        for group in (exact, fitting):
            at_level = [p for p in group if p.level in line.loose]
            if at_level:
                return Chairs(tuple(p.id for p in at_level), True, ranked)
    if not exact and not ranked and (topical := _by_topic(directory, known, scope)):
        return Chairs(topical, True, ranked)
    best = _lowest(directory, exact) if not ranked else exact
    if len(best) == 1 and not ranked:
        below = [p for p in fitting if is_above(directory, best[0].id, p.id)]
        best = [*best, *below]
    if not best:
        ends = [p for p in fitting if set(title_of(p, directory.units.get(p.unit)).tail) <= set(known)]
        best = ends if len(ends) == 1 else fitting
    return Chairs(tuple(p.id for p in _narrowed(directory, line, best)), True, ranked)


def find_chair(directory: Directory, text: str, units: Iterable[str] = ()) -> str | None:
    """The id of the one chair that rank and words name; None without a rank or if several fit."""
    found = find_chairs(directory, text, units)
    return found.sole if found.ranked else None


def chair_beside(directory: Directory, own: str, named: str) -> str | None:
    """The id of the chair that somebody in the office of chair `own` means; None if these words name not just one.

    An id, the end of an id of that office (`kasi.jembatan`), a title or a part of one, or rank and words of a title.
    """
    words = named.strip(" .,:;()").lower()
    for code in (words, f"{own.partition('.')[0]}.{words}"):
        if code in directory.positions:
            return code
    unit = directory.positions[own].unit if own in directory.positions else ""
    near = [p for p in directory.positions.values() if p.unit == unit]
    for found in (
        [p.id for p in near if p.title.lower() == words],
        [p.id for p in near if words and words in p.title.lower()],
    ):
        if len(found) == 1:
            return found[0]
    return find_chair(directory, words, (unit,)) if near else None


def _read(directory: Directory, words: list[str], units: tuple[str, ...], called: frozenset[str]) -> _Line:
    """Rank, subject and glued office (`kadishub`) of a line's words."""
    levels: set[str] = set()
    loose: set[str] = set()
    left: list[str] = []
    more_said: list[str] = []
    unit: str | None = None
    at = 0
    while at < len(words):
        for count in range(_LONGEST, 0, -1):
            phrase = tuple(words[at : at + count])
            if len(phrase) == count and (phrase in _RANKS or phrase in _LOOSE):
                known, more = _RANKS.get(phrase) or _LOOSE[phrase]
                (levels if phrase in _RANKS else loose).update(known)
                more_said += more
                at += count
                break
        else:
            head = _glued(directory, words[at])
            if head is not None and not units:
                unit = head.code
                levels.add("kepala")
            else:
                left.append(words[at])
            at += 1
    own = _own_words(directory, (unit,) if unit else units)
    own = own & called if called else own  # an office named otherwise has chairs called by words of its full name
    subject = [w for w in left if w not in FILLER and w not in own and w not in _INTRODUCES and w not in _KINDS]
    introduced = any(word in _INTRODUCES for word in words)
    return _Line(
        frozenset(levels),
        frozenset(loose),
        tuple(dict.fromkeys(subject)),
        tuple(more_said),
        tuple(left),
        introduced,
        unit,
    )


def _glued_words(directory: Directory, words: tuple[str, ...], scope: list[Position]) -> tuple[str, ...]:
    """The words, two that a title writes as one (`bina marga`) joined."""
    found: list[str] = []
    for word in words:
        joined = f"{found[-1]}{word}" if found else ""
        apart = all(any(says(directory, p, one) for p in scope) for one in (word, *found[-1:]))
        if joined and not apart and any(says(directory, p, joined) for p in scope):
            found[-1] = joined
        else:
            found.append(word)
    return tuple(found)


def office_of(text: str) -> str:
    """What follows a rank that heads an office (`kadis lh`), without courtesy; empty if the line says none."""
    words, left, at, heads = words_of(text[:_LIMIT]), [], 0, False
    while at < len(words):
        count = next((n for n in range(_LONGEST, 0, -1) if tuple(words[at : at + n]) in _RANKS), 0)
        heads = heads or (count > 0 and bool(_RANKS[tuple(words[at : at + count])][0] & (_HEADS | _SOLE)))
        left += [] if count or words[at] in FILLER else [words[at]]
        at += count or 1
    return " ".join(left) if heads else ""


def _glued(directory: Directory, word: str) -> Unit | None:
    """The office in `kadishub`, `kadinkes`: its head's short form."""
    if not word.startswith("ka") or len(word) < 5:
        return None
    for code in (word[2:], word[1:]):
        found = find_units(directory, code)
        if len(found) == 1 and code in (found[0].code.lower(), *(alias.lower() for alias in found[0].aliases)):
            return found[0]
    return None


def _own_words(directory: Directory, units: tuple[str, ...]) -> frozenset[str]:
    """Words of the offices' codes and names, which a title need not repeat."""
    found: set[str] = set()
    for code in units:
        unit = directory.units[code]
        found.update(words_of(f"{code} {unit.name} {' '.join(unit.aliases)}"))
        found.update((code.lower(), code.lower().removeprefix("dis"), code.lower().removeprefix("d")))
        found.add(code.lower().replace("-", ""))
    return frozenset(found)


def _inside(directory: Directory, position: Position, units: tuple[str, ...]) -> bool:
    """Whether a chair is in one of the offices, or in a bagian of it."""
    unit = directory.units.get(position.unit)
    return position.unit in units or (unit is not None and unit.kind == "bagian" and unit.parent in units)


def _by_rank(
    directory: Directory, line: _Line, scope: list[Position], units: tuple[str, ...], strange: list[str]
) -> Chairs:
    """The chairs of a rank where no word says which."""
    if not line.levels:
        named = bool(strange) and (line.introduced or bool(line.loose))
        return Chairs((), named or (bool(line.loose) and not line.subject and not units), False)
    if units and line.levels & _HEADS and not (strange and not line.levels & _SOLE):
        heads = [head.id for unit in units if (head := head_of(directory, unit)) and head.level in line.levels]
        if heads:
            return Chairs(tuple(heads), True, True)
    sole = line.levels & _SOLE or not strange
    return Chairs(tuple(p.id for p in scope) if sole or len(scope) > 1 else (), True, True)


def _lowest(directory: Directory, found: list[Position]) -> list[Position]:
    """Of chairs on one ladder the lowest, whose task it is; all of them where they are on several."""
    foot = [p for p in found if not any(is_above(directory, p.id, other.id) for other in found if other is not p)]
    return foot if len(foot) == 1 else found


def _by_topic(directory: Directory, words: tuple[str, ...], scope: list[Position]) -> tuple[str, ...]:
    """The chairs of those topics whose name or keyword these words are."""
    inside = {p.id for p in scope}
    found = [
        topic.position
        for topic in directory.topics.values()
        if topic.position in inside
        and any(tuple(words_of(phrase)) == words for phrase in (topic.code, topic.name, *topic.keywords))
    ]
    return tuple(dict.fromkeys(one for one in found if one))


def _narrowed(directory: Directory, line: _Line, found: list[Position]) -> list[Position]:
    """Of several chairs those that also fit the words which say nothing elsewhere (`pasar bogor`)."""
    for word in (one for one in line.left if one not in line.subject):
        at = [p for p in found if word in title_of(p, directory.units.get(p.unit)).tail]
        found = at or found
    return found
