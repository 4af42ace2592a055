"""Which spot of a street a complaint means: house numbers, what stands beside it, rt, rw and block; lanes of its name.

Pure, on folded text. Two that name one street and different spots of it are two matters; what says less differs in
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.routing.places.words import word_set

_NUMBER = re.compile(
    r"(?<!hp )(?<!wa )(?<!telp )(?<!telepon )(?<!laporan )(?<!tiket )(?<!aduan )(?<!meter )(?<!pelanggan )(?<!angkot )"
    r"(?<!trayek )\b(?:no|nomor|nomer|nmr)\.?\s*(\d{1,4})(?![\d./-]*\d)"
)
_BESIDE = re.compile(
    r"\b(?:depan|dpn|dekat|deket|dkt|samping|sebelah|seberang|sebrang|sbrg|belakang|payuneun|hareupeun|gigireun"
    r"|deukeut|caket|tukangeun)(?:nya|na)?\s+([a-z0-9'-]+(?: [a-z0-9'-]+){0,3})"
)
_ENDS = word_set(
    """
    jalan jl jln gang gg no nomor rt rw kel kelurahan kec kecamatan di d ke dari yang yg dan sudah udah sdh belum masih
    msh ada sejak dari karena tapi sampai tidak ga gak mau lagi juga itu ini tersebut minta tolong mohon bikin buat arah
    """
)
_PLAIN = word_set(
    """
    rumah rmh imah bumi saya sy aku kami kita warga pak bu bapak ibu haji sini situ sana dalam luar kanan kiri ujung
    tetangga tempat lokasi pintu masuk keluar pagar sekali banget
    """
)
_KINDS = word_set(
    """
    toko warung ruko kios kantor masjid mesjid mushola musholla mushala gereja sekolah sd sdn smp smpn sma sman smk tk
    paud pasar bank atm apotek klinik rs hotel restoran cafe kafe bengkel pos makan perumahan komplek minimarket taman
    """
)
_ALIKE = {"mesjid": "masjid", "musholla": "mushola", "mushala": "mushola", "sdn": "sd", "smpn": "smp", "sman": "sma"}
_PART = re.compile(r"\b(rt|rw|blok)\.?\s*(?:no\.?\s*)?0*([a-z]?\d{1,3}|[a-z])\b(?:\s*/\s*(?:rw\.?\s*)?0*(\d{1,3}))?")
_LANE = re.compile(r"\b(?:gang|gg)\.?\s+([a-z][a-z'-]{2,})")
_STREET = re.compile(r"\b(?:jalan|jl|jln)\.?\s+([a-z][a-z'-]{2,})")
_NEIGHBOURS = 4
"""House numbers that differ by so much may have the same lamp or hole before them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """`numbers` of houses; `parts` are rt, rw and block by kind; `marks` the words of what stands beside it; `lanes`
    the names that are said of a gang alone.
    """

    numbers: frozenset[int] = frozenset()
    parts: frozenset[tuple[str, str]] = frozenset()
    marks: frozenset[str] = frozenset()
    lanes: frozenset[str] = frozenset()


def spot(folded: str) -> Spot:
    """What a folded text says of the spot."""
    parts: set[tuple[str, str]] = set()
    for match in _PART.finditer(folded):
        parts.add((match[1], match[2]))
        if match[1] == "rt" and match[3]:
            parts.add(("rw", match[3]))
    marks = {word for match in _BESIDE.finditer(folded) for word in _mark(match[1].split())}
    return Spot(
        numbers=frozenset(int(match[1]) for match in _NUMBER.finditer(folded)),
        parts=frozenset(parts),
        marks=frozenset(marks),
        lanes=frozenset(_LANE.findall(folded)) - frozenset(_STREET.findall(folded)),
    )


def _mark(words: list[str]) -> list[str]:
    """The words of a landmark, without what only a neighbour understands ("rumah saya")."""
    end = next((at for at, word in enumerate(words) if word in _ENDS), len(words))
    return [_ALIKE.get(word, word) for word in words[: min(end, 3)] if word not in _PLAIN]


def apart(new: Spot, known: Iterable[Spot]) -> bool:
    """Whether the new one says by number, rt, rw or block that it lies elsewhere than all the known ones."""
    known = list(known)
    for kind in ("rt", "rw", "blok"):
        mine = {part for part in new.parts if part[0] == kind}
        theirs = [{part for part in one.parts if part[0] == kind} for one in known]
        if mine and all(theirs) and not any(mine & their for their in theirs):
            return True
    return bool(new.numbers) and all(one.numbers and not _neighbours(new.numbers, one.numbers) for one in known)


def beside_another(new: Spot, known: Iterable[Spot]) -> bool:
    """Whether the new one names another landmark than all the known ones do."""
    return bool(new.marks) and all(one.marks and _differ(new.marks, one.marks) for one in known)


def _neighbours(mine: frozenset[int], theirs: frozenset[int]) -> bool:
    return any(abs(one - other) <= _NEIGHBOURS for one in mine for other in theirs)


def _differ(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """No word in common; or both are called by a name, and by different ones ("toko kue", "toko roti")."""
    called, also = mine - _KINDS, theirs - _KINDS
    return not mine & theirs or bool(called and also and not called & also)
