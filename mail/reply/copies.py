"""To whom an official wants a copy sent besides: `teruskan ke dishub, tembusan satpol pp`, `ke dinkes cc bpbd`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.directory import Directory, find_chairs
from mail.reply.fold import fold, spell
from mail.reply.names import Names, mentions

_LINES, _LONG = 4, 200
_WORD = re.compile(
    r"[,;(\s]*\b(?:(?:dan|serta|dengan|dgn|mohon|tolong|tlg|beri(?:kan)?|kasih|kirim(?:kan)?|sekalian|juga|plus)\s+)*"
    r"(?:tembusan(?:nya)?|tembuskan|ditembuskan|tembusin|cc(?:in|kan)?)\b(?! (?:dari|surat|ini|itu))[ \t]*[:.]?[ \t]*"
    r"(?:(?:ke|kepada|kpd|k|untuk|utk|buat)\b[ \t]*)?([^.;!?\n]{2,120})",
    re.IGNORECASE,
)
_SAID_OTHERWISE = re.compile(
    r"\b(?:sudah|sdh|udah|udh|telah|tidak|tdk|tak|gak?|nggak|ngga|tanpa|jangan|jgn|belum|blm|menerima|terima|mendapat|"
    r"dapat|dpt|kami|saya|sebagai|hanya|cuma|di|perlu|usah|surat|dari|bukan)[\s-]*$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[,\s]*\b(?:teruskan|diteruskan|alihkan|disposisi\w*|mohon|tolong|agar|supaya|untuk|utk|karena|krn|biar|sehingga|"
    r"terima kasih|makasih|trims)\b.*$|[,\s]+(?:ya|aja|saja|pak|bu|min|dong)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Copies:
    """The `codes` (units, chairs, agencies) that get a copy, the words that say so, and the `text` without them."""

    codes: tuple[str, ...]
    words: str
    text: str


def copies(text: str, index: Names, directory: Directory) -> Copies:
    """Whom the first lines of an answer give a copy; nobody where they only speak of copies, or name none we know."""
    seen = 0
    start = 0
    for line in text.splitlines(keepends=True):
        found = _WORD.search(line) if line.strip() and len(line) <= _LONG and "?" not in line else None
        if found is not None and not _SAID_OTHERWISE.search(line[: found.start()]):
            whom = _ENDS.sub("", found[1])
            codes = _named(whom, index, directory)
            if codes:
                at, end = start + found.start(), start + found.start(1) + len(whom)
                return Copies(codes, text[at:end], f"{text[:at]}{text[end:]}".strip(" ,;"))
        seen += bool(line.strip())
        start += len(line)
        if seen >= _LINES:
            break
    return Copies((), "", text)


def _named(whom: str, index: Names, directory: Directory) -> tuple[str, ...]:
    plain = spell(fold(whom))
    units = tuple(dict.fromkeys(one.code for one in mentions(plain, index, fuzzy=True) if one.weight > 1))
    chair = find_chairs(directory, whom, tuple(code for code in units if code in directory.units))
    if chair.ranked and chair.sole is not None and len(units) < 2:
        return (chair.sole,)
    return units
