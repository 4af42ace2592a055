"""Leaves out what a complaint only gives thanks for: `makasih pohonnya sudah dipangkas, tapi got mampet`."""

from __future__ import annotations

import re

_THANKS = re.compile(
    r"(?i)\b(?:(?:ber)?terima ?kasih|makasih|makasi|mksh|trims|thanks|tq|tks|nuhun|apresiasi|salut|mantap"
    r"|alhamdulillah|jempol)\b"
)
_DONE = re.compile(
    r"(?i)\b(?:sudah|udah|udh|sdh|dah|tos|geus|telah|berkat|cepat|cepet|gercep|bagus|"
    r"atas (?:perbaikan|penanganan|pemasangan|pengangkutan|pembangunan|bantuan|pengerukan|pemangkasan)\w{0,3})\b"
)
_MENDED = re.compile(
    r"(?i)\b(?:sudah|udah|udh|sdh|tos|geus|telah) (?:di\w{4,}|nyala|menyala|hurung|lancar|bersih|mulus|beres|selesai"
    r"|normal|ngalir|mengalir|ngocor|dateng|datang|rapi)\b"
)
_WANTS = re.compile(
    r"(?i)\b(?:mohon|tolong|tlg|minta|belum|blm|tidak|ga|gak|masih|mati|rusak|padam|gelap|bocor"
    r"|mampet|numpuk|menumpuk|bolong|berlubang|sebelumnya)\b"
)
_EDGE = re.compile(
    r"(?i)(?<=[.!?;\n])\s*|[,;]?\s+(?=(?:tapi|tp|tpi|tetapi|namun|cuma|cuman|hanya saja|akan tetapi|mung|ngan|sayang"
    r"|sayangnya|sekalian|skalian|selain itu)\b)"
)
_HEAD = 16
"""Characters within which a sentence that begins with thanks says so."""
_LEAST = 4
"""Words that must remain for the rest to be a matter of its own."""


def without_thanks(text: str) -> str:
    """The text without sentences that thank for something done; the whole text where little else would remain.

    Time is linear in the length; never raises.
    """
    if not _THANKS.search(text) or not _DONE.search(text):
        return text
    kept = [piece for piece in _EDGE.split(text) if piece and not _only_thanks(piece)]
    rest = " ".join(kept)
    return rest if len(rest.split()) >= _LEAST else text


def _only_thanks(piece: str) -> bool:
    """Whether a sentence thanks for what was done: thanks at its head, or after the word of what is mended."""
    thanks = _THANKS.search(piece)
    if not thanks or _WANTS.search(piece):
        return False
    return bool(_DONE.search(piece)) if thanks.start() < _HEAD else bool(_MENDED.search(piece))
