"""What a complaint wants of its matter: what has fallen, what is asked for, what is objected to."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FALLEN = re.compile(
    r"\b(?:tumbang|roboh|rubuh|ambruk|ambrol|patah|jebol|pecah|putus|longsor|terbakar|kebakaran|meledak|menimpa|nimpa"
    r"|ketimpa|tertimpa|rungkad|runtuh)\b"
)
_FEARED = re.compile(
    r"\b(?:takut|khawatir|kuatir|bisa|bakal|akan|rawan|sebelum|hampir|nyaris|mau|potensi|berpotensi|jangan sampai|sieun"
    r"|bisi)\s+(?:\w+\s+){0,2}?$"
)
_CHANGED = r"(?:pangkas|tebang|rapikan|rapihkan|relokasi|pindah|ganti|tambah|cat|perlebar|lebar|tinggi)(?:kan|in)?"
_WISH = re.compile(
    r"\b(?:minta|mohon|harap|tolong|usul|ingin|pengen|bisa|agar|supaya)\b[^.;!?\n]{0,40}?"
    rf"\b(?:di{_CHANGED}|pangkas|tebang)\b"
)
_DONE_TO = r"(?:gusur|tertib|relokasi|pindah|bongkar|usir|larang|tebang)(?:kan|in|an)?"
_OBJECTS = re.compile(
    r"\b(?:keberatan|menolak|tolak|(?:tidak|ga|gak|tdk|nggak|kurang) setuju|jangan)\b[^.;!?\n]{0,30}?"
    rf"\b(?:di|peng|pen|pem)?{_DONE_TO}\b"
)
_PARTY = re.compile(
    r"\b(?:kami|saya|sebagai|kita)\s+(?:para\s+|sebagai\s+|adalah\s+|selaku\s+)?"
    r"(?:pedagang|juru parkir|jukir|tukang parkir|sopir|supir|pkl|pengusaha|penjual|pengelola)\b"
)
_SUFFERS = re.compile(rf"\bdi{_DONE_TO}\b")


@dataclass(frozen=True, slots=True)
class Stance:
    """`fallen`: it tells of what has come down or burst; `wish`: it asks for what changes a thing that stands;
    `objects`: it speaks for those against whom others complain.
    """

    fallen: bool = False
    wish: bool = False
    objects: bool = False


def stance(folded: str) -> Stance:
    """What a folded text wants; what is only feared has not fallen."""
    fallen = any(not _FEARED.search(folded[max(0, at.start() - 40) : at.start()]) for at in _FALLEN.finditer(folded))
    party = _PARTY.search(folded) is not None and _SUFFERS.search(folded) is not None
    return Stance(fallen, _WISH.search(folded) is not None, party or _OBJECTS.search(folded) is not None)


def opposed(new: Stance, known: Stance) -> bool:
    """Whether one speaks against what the other asks for."""
    return new.objects != known.objects


def asks_else(new: Stance, known: Stance) -> bool:
    """Whether one asks for a change of what stands, and the other tells of a fall."""
    return (new.wish and not new.fallen and known.fallen) or (known.wish and not known.fallen and new.fallen)
