"""Hears which officials a report complains of or fears: `lurahnya sendiri terlibat`, `jangan sampai camat tahu`.

What a citizen tells an official, asks of him or has told him already is no charge. Apart from secrecy: here the writer
need not ask for anything, the charge alone says whose desk the report must not reach.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.routing.fold import fold

_RANK = (
    r"(?P<rank>lurah|camat|sekcam|seklur|kadis|kepala dinas|kaban|kepala badan|kabid|kepala bidang|kasie?|"
    r"kepala seksi|kasubbag|kasubag|kabag|dirut|direktur(?: utama| teknik| umum)?|manajer|sekdis|"
    r"sekretaris (?:dinas|camat|lurah|kecamatan|kelurahan)|kepala (?:satpol|upt|uptd|kelurahan|kecamatan)|"
    r"kasatpol(?: pp)?|sekda|wali ?kota)(?:nya|na)?\b"
)
_TITLE = r"(?:(?:pak|bu|bapak|ibu|bpk|oknum|si|para)\W+)*"
_NAMED = r"(?P<after>(?:[^\w.,]+(?!tolong|mohon|agar|supaya|minta tolong|sudah (?:saya|kami))\w+){0,7}?)"
_MONEY = (
    r"(?:uang|duit|jatah|setoran|bayaran|imbalan|fee|sogokan|amplop|komisi|bagian|pungutan|upeti|bayar|rp|"
    r"\d+ ?(?:ribu|rb|juta|jt|k\b|000|\.\d{3}))"
)
_WRONG = (
    r"(?:terlibat|bermain\b|main (?:mata|proyek|uang|belakang|duit)|ikut main|(?:me)?minta\w*\W+(?:\w+\W+){0,2}?"
    + _MONEY
    + "|"
    r"memungut|mungut|pungli|korupsi|korup\b|(?:me|n)?(?:ne|te)rima\W+" + _MONEY + r"|terima suap|menerima suap|"
    r"(?:mem|nge)?(?:bekingi|bekingin|beking|backingi|backing|backup)\b|melindungi|kongkalikong|bersekongkol|"
    r"menyalahgunakan|memotong|motong|menyunat|nyunat|menilep|nilep|menggelapkan|marah\b|marah-marah|membentak|bentak|"
    r"mengancam|ngancam|ngancem|mengintimidasi|mengusir|kasar\b|arogan|sombong|judes|jutek|jarang (?:masuk|ada|ngantor|"
    r"di (?:kantor|tempat))|(?:tidak|tdk|ga|gak|nggak|ngga|teu) pernah (?:masuk|ada|ngantor|di (?:kantor|tempat))|"
    r"pilih kasih|nepotisme|mempersulit|memihak|berpihak|selingkuh|mabuk|menjual|memeras|meres\b|melecehkan|memaksa)"
)
_MANNER = re.compile(
    r"\b(?:marah|marah-marah|membentak|bentak|kasar|arogan|arogansi|sombong|judes|jutek|jarang|pernah|mempersulit|"
    r"kelakuan|perilaku|prilaku|sikap|mengeluhkan)\b"
)
_TELLS = r"(?:tahu|tau|dengar|denger|ketahuan|mengetahui|baca|membaca|terang|apal|nyaho)"
_NOT = r"(?:jangan|jgn|jangn|ulah|tong|tidak usah|ga usah|gak usah|mohon (?:untuk )?tidak)"
_ACCUSED = (
    re.compile(rf"\b{_RANK}{_NAMED}[^\w.,]+{_WRONG}"),
    re.compile(
        r"\b(?:kelakuan|perilaku|prilaku|sikap|ulah|tindakan|oknum|arogansi|melaporkan|mengadukan|mengeluhkan|"
        rf"(?:aduan|laporan|keluhan|pengaduan) (?:tentang|terhadap|soal))\W+{_TITLE}{_RANK}"
        r"(?P<after>(?:[^\w.]+\w+){0,4})"
    ),
)
_FEARED = (
    re.compile(
        rf"\b(?:{_NOT}|takut|khawatir)\W+(?:(?!tolong)\w+\W+){{0,4}}?{_TITLE}{_RANK}{_NAMED}[^\w.]+(?:\w+\W+){{0,1}}?{_TELLS}\b"
    ),
    re.compile(
        rf"\b(?:{_NOT}|takut)\W+(?:\w+\W+){{0,2}}?(?:di)?(?:terus|sampai|kirim|kasih|lempar|lewat|disposisi|lapor|bilang|"
        rf"ketahu|bocor)\w*\W+(?:\w+\W+){{0,2}}?(?:ke|kepada|lewat|melalui|oleh|sama)\W+{_TITLE}{_RANK}"
        r"(?P<after>(?:[^\w.]+\w+){0,3})"
    ),
    re.compile(
        rf"\b{_NOT}\W+(?:\w+\W+){{0,2}}?(?:lewat|melalui|via)\W+{_TITLE}{_RANK}(?P<after>(?:[^\w.]+\w+){{0,3}})"
    ),
    re.compile(
        rf"\b(?:takut|segan|sungkan|diancam|diintimidasi|dendam|didatangi)\W+(?:\w+\W+){{0,2}}?(?:sama|dengan|oleh|ke|kepada|"
        rf"pada)?\W*{_TITLE}{_RANK}(?P<after>(?:[^\w.]+\w+){{0,3}})"
    ),
)
_LIMIT = 12_000
_MOST = 5


@dataclass(frozen=True, slots=True)
class Charge:
    """An official complained of: the rank as written, up to six words behind it, and the phrase that says so.

    `fear`: the writer asks that he hear nothing of it, or is afraid of him.
    """

    rank: str
    after: str
    phrase: str
    fear: bool = False

    @property
    def manner(self) -> bool:
        """Whether it is about how he behaves, and no wrongdoing or fear."""
        return not self.fear and _MANNER.search(self.phrase) is not None


def charges(text: str) -> tuple[Charge, ...]:
    """The officials that a text complains of or fears, at most five; its first 12,000 characters are read."""
    found: list[Charge] = []
    for sentence in re.split(r"[.!?;\n]+\s", f"{fold(text[:_LIMIT])}\n "):
        for fear, patterns in ((False, _ACCUSED), (True, _FEARED)):
            for pattern in patterns:
                if (hit := pattern.search(sentence)) is not None:
                    after = " ".join((hit["after"] or "").split())
                    found.append(Charge(hit["rank"], after, hit[0].strip(), fear))
    return tuple(dict.fromkeys(found))[:_MOST]
