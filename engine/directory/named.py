"""The chair or outside agency that a few words name, as a desk writes them: `kasi jalan dpupr`, `ini PLN`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.directory.model import Directory, Position

_LIMIT = 200
_WORD = re.compile(r"[a-z0-9]+")
_FILLER = frozenset(
    re.findall(
        r"\w+",
        """
        ini itu yang yg ke kepada pada di untuk utk buat aja saja ya yah sih dong deh nih pak bu bapak ibu mas mbak
        tolong mohon coba silakan kayaknya kayanya sepertinya kelihatannya mungkin harusnya seharusnya mestinya masuk
        masuknya
        urusan urusannya bagian bagiannya tugas tugasnya ranah kewenangan wewenang kewenangannya punya milik teruskan
        diteruskan arahkan lempar kasih serahkan laporan aduan dinas kantor pihak oleh dan mah teh atuh euy eksternal
        external bukan kota bogor lebih tepat tepatnya cocok cocoknya langsung min admin siap ok oke baik
        """,
    )
)
_RANKS = {
    "kasi": ("kepala", "seksi"),
    "kasie": ("kepala", "seksi"),
    "kasubag": ("kepala", "subbagian"),
    "kasubbag": ("kepala", "subbagian"),
    "kabid": ("kepala", "bidang"),
    "kabag": ("kepala", "bagian"),
    "kadis": ("kepala", "dinas"),
    "kaban": ("kepala", "badan"),
    "sekdis": ("sekretaris", "dinas"),
    "sekcam": ("sekretaris", "kecamatan"),
    "seklur": ("sekretaris", "kelurahan"),
    "asman": ("asisten", "manajer"),
    "kanit": ("kepala", "unit"),
}
_RANK_WORDS = frozenset(word for pair in _RANKS.values() for word in pair) | {"direktur"}
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """
        pt persero kantor kota bogor kabupaten cabang negeri agama balai besar loka wilayah area perum badan nasional
        pemerintah provinsi kementerian operator pengelola perusahaan umum kelas jawa barat jakarta dan dki university
        indonesia kebun raya jalan kesehatan pratama
        """,
    )
)


def find_external(directory: Directory, text: str) -> str | None:
    """The code of the outside agency that these words name and nothing else; None if none or several.

    A code, an abbreviation of the name, or its own words (`jasa marga`); courtesy and `kewenangan` around it do not
    matter. At most 200 characters are looked at.
    """
    words = [word for word in _WORD.findall(text[:_LIMIT].lower()) if word not in _FILLER]
    if not words:
        return None
    found = [agency.code for agency in directory.externals.values() if _names(agency.code, agency.name, words)]
    exact = [code for code in found if code.lower() in words]
    return exact[0] if len(exact) == 1 else found[0] if len(found) == 1 else None


def find_matter(directory: Directory, text: str) -> str | None:
    """The code of the one topic whose name or keyword is all that these words say beside courtesy and a place's name.

    `puskesmas sempur` is the topic of puskesmas, wherever it lies. At most 200 characters are looked at.
    """
    words = [word for word in _WORD.findall(text[:_LIMIT].lower()) if word not in _FILLER]
    found: dict[int, set[str]] = {}
    for topic in directory.topics.values():
        for phrase in (topic.code, topic.name, *topic.keywords):
            said = _WORD.findall(phrase.lower())
            at = next((n for n in range(len(words)) if said and words[n : n + len(said)] == said), None)
            if at is not None and _is_place(directory, words[:at] + words[at + len(said) :]):
                found.setdefault(len(said), set()).add(topic.code)
    best = found[max(found)] if found else set()
    return next(iter(best)) if len(best) == 1 else None


def _is_place(directory: Directory, words: list[str]) -> bool:
    """Whether the words, if any, all stand in one place's name, streets or landmarks."""
    left = set(words)
    return not left or any(
        left <= set(_WORD.findall(" ".join((place.name, *place.streets, *place.landmarks, *place.aliases)).lower()))
        for place in directory.places.values()
    )


def _names(code: str, name: str, words: list[str]) -> bool:
    """Whether each word belongs to the agency, and one of them to it alone."""
    short = {part.lower() for part in re.findall(r"\b[A-Z]{3,}\b", name)}
    spoken = set(_WORD.findall(name.lower()))
    own = {code.lower(), *short, *(word for word in spoken - _COMMON if len(word) > 3)}
    known = own | spoken
    return all(word in known for word in words) and any(word in own for word in words)


def find_chair(directory: Directory, text: str, units: Iterable[str] = ()) -> str | None:
    """The id of the one chair whose title these words name, in one of `units` if any are given; None if not just one.

    A rank must be said (kasi, kabid, kepala seksi, lurah); every other word must stand in the title.
    """
    words = _WORD.findall(text[:_LIMIT].lower())
    spelled = [part for word in words for part in _RANKS.get(word, (word,))]
    rank = [word for word in spelled if word in _RANK_WORDS and word != "kepala"]
    if not rank:
        return None
    within = set(units)
    left_off = _unit_words(directory, within) | _FILLER
    wanted = [word for word in spelled if word not in left_off and word not in _RANK_WORDS]
    if not wanted:
        return None
    found = [
        position.id
        for position in directory.positions.values()
        if (not within or position.unit in within) and _fits(position, rank, wanted)
    ]
    by_id = [one for one in found if within and set(words) - left_off <= set(one.split("."))]
    return found[0] if len(found) == 1 else by_id[0] if len(by_id) == 1 else None


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


def _fits(position: Position, rank: list[str], wanted: list[str]) -> bool:
    title = _WORD.findall(position.title.lower())
    title = title[1:] if title[:1] == ["kepala"] else title
    return title[: len(rank)] == rank and all(word in title for word in wanted)


def _unit_words(directory: Directory, units: set[str]) -> set[str]:
    """Words of the units' codes and short names, which a title need not repeat."""
    found: set[str] = set()
    for code in units:
        unit = directory.units[code]
        found.update(_WORD.findall(code.lower()))
        found.add(code.lower().removeprefix("dis").removeprefix("d"))
        found.add(code.lower().removeprefix("d"))
        for alias in unit.aliases:
            found.update(_WORD.findall(alias.lower()))
    return found
