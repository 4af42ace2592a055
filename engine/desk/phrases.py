"""What the desk writes on a phone where a command word would do: `ini spam, tolak aja`, `tanya dong alamatnya`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Means(StrEnum):
    """What a line means that names no office."""

    REFUSE = "reject"
    ASK = "ask"
    SAME = "join"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a line means, and what it says besides: the reason of a refusal, the question to the citizen."""

    means: Means
    rest: str = ""


_SOFT = (
    r"(?:pak|bu|bpk|bapak|ibu|min|admin|mas|mbak|kak|ya|yah|yaa|dong|donk|aja|ajah|saja|sj|dulu|dl|deh|dah|nih|ini|mah|"
    r"sih|tolong|tlg|mohon|coba|cb|ok|oke|siap|kalo|kalau|atuh|euy|lah|kayaknya|kyknya|sepertinya|mungkin|jadi|makanya|"
    r"mending|sebaiknya|lebih baik|langsung|lgsg|laporannya|laporan|aduannya|aduan|tiketnya|tiket|yg|yang|itu)"
)
_LEAD = rf"^\W*(?:{_SOFT}\b\W*)*"
_CLAUSE = rf"^[^?]{{1,80}}[,.;]\s*(?:{_SOFT}\b\W*)*"
_TRAIL = rf"\W*(?:\b{_SOFT}\b\W*)*$"
_VERB = r"(?:di|kita )?(?:tolak|tutup|abaikan|hapus|arsipkan|buang|skip|reject)(?:in|kan|lah)?"
_BECAUSE = r"(?:karena|krn|karna|soalnya|sebab|alasan(?:nya)?)"
_REFUSED = (
    re.compile(rf"{_LEAD}(?:di)?tolak(?:in|kan|lah)?\b\W*(?:{_SOFT}\b\W*|{_BECAUSE}\b\W*)*(.*)$", re.IGNORECASE),
    re.compile(
        rf"{_LEAD}{_VERB}\b(?:\s+{_SOFT}\b)*\s*(?:$|[,.;:!–-]+\s*(?:{_BECAUSE}\b\W*)?(.*)|{_BECAUSE}\b\W*(.*))$",
        re.IGNORECASE,
    ),
    re.compile(rf"^(.{{2,150}}?)\W+(?:{_SOFT}\b\W*)*{_VERB}{_TRAIL}", re.IGNORECASE),
)
_WORTHLESS = re.compile(
    rf"{_LEAD}(?:(?:cuma|cm|hanya|ternyata)\b\W*)?((?:spam|iseng|hoaks|hoax|iklan|promosi|penipuan|salah kirim|tes|"
    rf"test|ngetes|nyoba|palsu|bukan (?:aduan|pengaduan|keluhan|laporan))){_TRAIL}",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:jangan|jgn|tidak|tdk|gak?|nggak|ngga|bukan|belum|blm|kenapa|knp|kok)\b\W*(?:\w+\W+)?$", re.I
)
_ASKED = re.compile(
    rf"(?:{_LEAD}|{_CLAUSE})(?:di)?(?:tanya(?:in|kan|kn|i)?|konfirmasi(?:in|kan)?|klarifikasi(?:kan)?)\b(.*)$",
    re.IGNORECASE,
)
_WANTED = re.compile(
    rf"(?:{_LEAD}|{_CLAUSE})(?:di)?(?:minta(?:in|kan)?|perlu|butuh)\b\W*(?:{_SOFT}\b\W*)*"
    r"((?:foto|alamat|lokasi|titik|patokan|nomor|"
    r"no\b|nama|data|detail|detil|keterangan|share ?lo[ck]|maps|bukti|identitas|info|kronologi|video)\w*.*)$",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(
    rf"^\W*(?:(?:{_SOFT}|ke|kepada|kpd|sama|pada|si|lagi|pelapor|pelapornya|warga|warganya|orangnya|pengirim(?:nya)?|"
    rf"pengadu(?:nya)?|ybs|yang bersangkutan)\b\W*)*",
    re.IGNORECASE,
)
_SAME = frozenset(("sama", "dobel", "double", "dobelan", "duplikat", "gabung", "gabungkan", "gabungin", "digabung"))
_BEFORE = frozenset(("tadi", "td", "barusan", "kemarin", "kmrn", "sebelumnya", "atas", "lama", "lagi", "satunya"))
_AROUND = frozenset(
    re.findall(
        r"\w+",
        """
        yang yg dengan dgn dg sm di ke itu ini pagi siang sore malam aja saja sj pak bu min ya dong mah kok udah sudah
        udh ada pernah masuk dilaporkan laporan aduan tiket kayak seperti persis isinya satu hari laporannya aduannya
        """,
    )
)
_URGENT = re.compile(
    r"(?<!gawat )\b(?:urgent|urgen|darurat|mendesak|emergency|genting|gawat(?! darurat)|prioritas(?:kan|in)?)\b",
    re.IGNORECASE,
)
_HURRY = re.compile(
    rf"\b(?:{_SOFT}|cepat|cepet|cepetan|segera|secepatnya|sangat|banget|bgt|asap|didahulukan|dahulukan|duluan|"
    r"penanganan|ditangani|harus|perlu|kategori|termasuk|sifatnya)\b",
    re.IGNORECASE,
)
_OF_US = re.compile(
    r"\bke ?mana\b|\bsiapa (?:yang|yg|sih|ya)\b|\b(?:dinas|unit|bidang|opd|bagian|instansi|kewenangan|ranah|urusan) "
    r"(?:mana|siapa|apa)\b|\bmaksud(?:nya)?\b|"
    r"\b(?:gimana|gmn|bagaimana|bgmn|apa)(?: (?:ini|ya|nih|dong|sih|pak|bu))*\W*$|"
    r"\b(?:bukan|kan|nggak|ga|gak|betul|benar|boleh)(?:kah)? (?:ya|sih|nih)\b\W*\?|\b(?:betul|benar|boleh)kah\b",
    re.IGNORECASE,
)
_MOST = 200


def phrase(line: str) -> Phrase | None:
    """What a line of the desk's means besides an office's name, or None; its first 200 characters are read."""
    text = line.strip()[:_MOST]
    if "?" in text and _OF_US.search(text):
        return Phrase(Means.QUESTION)
    words = re.findall(r"[a-z]+", text.lower())
    if set(words) & _SAME and all(w in _SAME | _BEFORE | _AROUND for w in words):
        return Phrase(Means.SAME)
    asked = _ASKED.match(text)
    if asked is not None:
        return Phrase(Means.ASK, _question(_OF_WHOM.sub("", asked[1], count=1)))
    wanted = _WANTED.match(text)
    if wanted is not None:
        return Phrase(Means.ASK, f"Mohon {wanted[1].strip(' .!')}.")
    return None if "?" in text else _refusal(text)


def _refusal(text: str) -> Phrase | None:
    worthless = _WORTHLESS.match(text)
    if worthless is not None:
        return Phrase(Means.REFUSE, worthless[1])
    for pattern in _REFUSED:
        found = pattern.match(text)
        if found is None:
            continue
        reason = next((group for group in found.groups() if group), "").strip(" ,.:;-–!")
        if _DENIED.search(found[1] or "") and pattern is _REFUSED[-1]:
            return None
        return Phrase(Means.REFUSE, reason)
    return None


def _question(rest: str) -> str:
    """A question as it goes to the citizen: `alamatnya` is asked as `Alamatnya?`"""
    said = rest.strip(" ,.:;-–!")
    return f"{said[0].upper()}{said[1:]}{'' if said.endswith('?') else '?'}" if said else ""


def urged(line: str) -> tuple[bool, str]:
    """Whether a line says that the matter is urgent, and what else it says."""
    found = _URGENT.search(line[:_MOST])
    if found is None or "?" in line or _DENIED.search(line[: found.start()]):
        return False, line
    left = f"{line[: found.start()]} {line[found.end() :]}"
    return True, "" if not re.search(r"\w", _HURRY.sub(" ", left)) else left.strip(" ,.:;!-–")
