"""How the citizen of a joined report says that it is another matter: by denial, another place, what is his own."""

from __future__ import annotations

import re

from engine.directory.model import Topic
from engine.routing.fold import tokens

_NOUN = (
    r"(?:masalah|laporan|aduan|keluhan|kejadian|kasus|perkara|perkawis|lokasi|tempat|alamat|urusan|jalan|rumah|punya)"
)
_MATTER = rf"{_NOUN}(?:nya|na)?"
_MINE = r"(?:saya|sy|aku|gw|gue|kami|kita|abdi|tempat saya|di sini)"
_THAT = r"(?:itu|eta|ini|ieu|tersebut)"
_NOT = r"(?:bukan|tidak|tdk|gak|ga|ngga|nggak|enggak|bkn|sanes|teu|henteu|hteu)"
_DIFFERENT = re.compile(
    "|".join(
        (
            rf"\b{_MATTER}\s+(?:(?:dari|yang|yg|di|milik)\s+)?{_MINE}?\s*(?:{_THAT}|mah|teh)?\s*(?:memang\s+|jelas\s+|sangat\s+)?"
            rf"(?:berbeda|beda|benten|bukan (?:yang )?(?:itu|sama))\b",
            rf"\b{_NOUN}(?:nya|na|\s+{_MINE}|\s+{_THAT})\s+(?:mah\s+|teh\s+|memang\s+|jelas\s+)*lain\b",
            rf"\b(?:beda|berbeda|lain|benten)\s+(?:(?:dengan|sama|dari|dgn)\s+)?{_MATTER}",
            rf"\b{_NOT}\s+(?:masalah|laporan|hal|kasus|lokasi|tempat|jalan)?\s*yang\s+sama\b",
            rf"\b{_NOT}\s+(?:sama|sarua)\b(?!\s+(?:sekali|pisan))",
            rf"\b{_THAT}\s+(?:mah\s+|teh\s+|jelas\s+|kan\s+)*(?:beda|berbeda|benten)\b"
            r"(?!\s+(?:(?:sama|dengan|dari)\s+)?(?:yang\s+)?(?:di)?janji)",
            rf"\b(?:bukan|bkn|sanes)\s+(?:punya|milik|nu|anu|gaduh)\s+{_MINE}\b",
            r"\b(?:lho|loh|kok|ko|kenapa|knp|naha|kunaon|why)\b[^.?!\n]{0,20}?\b(?:di)?(?:gabung|campur|satu(?:kan|in)|sama(?:kan|in)"
            r"|merged|joined)(?:kan|in|keun)?\b",
            r"\b(?:bukan|bkn|sanes)\s+(?:(?:yang|yg|nu)\s+)?(?:itu|eta|ieu)\b|\blain\s+(?:eta|ieu)\b",
            rf"\b(?:bukan|bkn|sanes)\s+(?:masalah|laporan|aduan|keluhan|kasus)\s+(?:{_THAT}|{_MINE})\b",
            rf"\b(?:laporan|aduan|keluhan|masalah)\w*\s+{_MINE}\s+(?:{_THAT}\s+|mah\s+|teh\s+)?(?:bukan|bkn|sanes)\b"
            r"(?!\s+(?:pertama|cuma|hanya|sekali|main|baru))",
            rf"\b{_NOT}\s+(?:ada|aya)\s+(?:hubungan|kaitan|sangkut)|^\W*{_NOT}\s+nyambung\b",
            r"\b(?:salah|keliru)\s+(?:di)?(?:gabung|satukan)|\bjangan\s+(?:di)?(?:gabung|satukan|samakan|samain|campur)",
            r"\b(?:di)?(?:gabung|satu|sama)(?:kan|in)\b[^.!\n]{0,40}\b(?:beda|berbeda|lain|benten)\b",
            rf"^\W*(?:keliru|salah)\b[^.!\n]{{0,40}}\b{_NOUN}\b",
            r"\b(?:lokasi|tempat|alamat)(?:nya|na)?\s+(?:saya\s+|kami\s+)?(?:bukan|sanes)\s+di\b",
            r"(?:^\W*|[.!?]\s*)(?:beda|berbeda|benten|pisah(?:kan)?)\b",
            r"\b(?:different|another|other)\s+(?:problem|matter|issue|case|place|location)\b",
            r"\b(?:not|isn't)\s+(?:my|the same)\s+(?:problem|report|matter|issue|complaint)\b",
            r"\b(?:mine|my (?:report|problem|complaint|issue))\s+is\s+(?:different|not|about|another)\b",
        )
    ),
    re.IGNORECASE,
)
_DENIED = re.compile(
    rf"\b(?:bukan|bkn|sanes|{_NOT}\s+(?:me)?lapor(?:kan|in)?)\s+"
    r"(?:(?:soal|tentang|mengenai|masalah|perkara|urusan|gangguan)\s+)?([^.,;!?\n]{3,60})",
    re.IGNORECASE,
)
"""What a citizen says that his report is not about."""
_ELSEWHERE = re.compile(
    rf"\b(?:rumah|rmh|tempat|tmpt|lokasi|alamat|imah|bumi|laporan|masalah|punya)(?:nya|na|\s+{_MINE})?\s+(?:{_THAT}\s+|mah\s+|teh\s+)*"
    r"(?:ada\s+|berada\s+|letaknya\s+|adanya\s+)?(?:di|d|kelurahan|kel)\s+(?!sini|situ|sana|mana)(?![^.!?\n]*\b(?:juga|jg|oge)\b)",
    re.IGNORECASE,
)
"""Where a citizen says that what he means lies; that it is the same elsewhere too is no other place."""
_OWN = re.compile(rf"\b(?:{_MINE}|my|mine|our)\b", re.IGNORECASE)
_READ = 2_000


def says_different(text: str) -> bool:
    """Whether a citizen says that his report is not what it was joined to; the first 2,000 characters are read."""
    return _DIFFERENT.search(" ".join(text[:_READ].split())) is not None


def denies(text: str, topic: Topic | None) -> bool:
    """Whether a citizen says that he did not write of what the others did ("bukan banjir pak, got saya mampet")."""
    keys = [tokens(phrase) for phrase in topic.keywords] if topic else []
    for match in _DENIED.finditer(text[:_READ]):
        said = tokens(match[1])
        if any(said[: len(key)] == key and said[len(key) : len(key) + 1] != ["biasa"] for key in keys if key):
            return True
    return False


def elsewhere(text: str) -> bool:
    """Whether a citizen says where his own matter lies ("rumah saya di Cimahpar")."""
    return _ELSEWHERE.search(" ".join(text[:_READ].split())) is not None


def his_own(text: str) -> bool:
    """Whether a citizen speaks of what is his ("meteran ibu saya")."""
    return _OWN.search(text[:_READ]) is not None
