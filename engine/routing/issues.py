"""Several matters in one mail: numbered points and turns of speech (`selain itu`, `sekalian`) that open a new one, and
what may be another one by the way: points with dashes, a clause with `juga`, what follows a loose turn (`trus`, `btw`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

_NUMBERED = re.compile(r"(?m)^[ \t]*(?:\(?([1-9])[.)]|([a-h])[.)])[ \t]+(?=\S)")
# Begins with what is rare in a text, so that `re` skips to it; the turn itself is looked for only there, after so many
# blanks at most, as blank lines are edges themselves: all after each would cost time by the square.
_TURN = re.compile(
    r"[.!?,;\n)tT](?:(?<![tT])|(?<=\b[tT])(?i:e?rus))\s{0,99}+(?i:(?="
    r"(?:selain itu|selain dari itu|di samping itu|disamping itu|sekalian|skalian|sekaligus|oh iya|oiya|o iya|oya|ohya|"
    r"satu lagi|1 lagi|hal lain|hal kedua|yang kedua|yg kedua|yg ke ?2|tambahan|kemudian juga|"
    r"sama satu lagi|sama sekalian|dan juga|juga mohon|juga tolong|begitu juga|lain lagi|salajengna|sakalian)\b|"
    r"ke ?(?:dua|tiga|empat)\s?[,:]))"
)
_DASHED = re.compile(r"(?m)^[ \t]*[-*•–—·▪+>][ \t]*(?=[^\s\-*])")
_INLINE = re.compile(r"(?<![\w.])(?<!\bno )(?<!\brt )(?<!\brw )\(?([1-9])[.)][ \t]*(?=[A-Za-z])")
_ALSO = re.compile(r"\b(?:juga|jg|jugak|oge)\b", re.IGNORECASE)
_BEGINS = re.compile(r"[.,;!?\n]|\b(?:dan|serta|plus|trus|terus|lalu)\b", re.IGNORECASE)
_ENDS = re.compile(r"[.;!?\n]|,(?! ?\d)")
_MARK = r"\b(?:juga|jg|jugak|oge)\W+"
_FOLLOWS = re.compile(
    r"^\W*(?:saya|sy|kami|kita|warga|kalau|kalo|karena|sehingga|makanya|padahal|akibat\w*|sampai|sudah|udah|udh|sdh)\b|"
    rf"{_MARK}(?:jadi|ikut|ikutan|sampai|pernah|terjebak|kejebak|susah|sulit|terpaksa|terganggu|terhambat|telat|terlambat|"
    r"takut|khawatir|resah|terdampak|kena)\b|"
    rf"{_MARK}(?:sudah|udah|udh|sdh)\W+(?:\w+\W+)?(?:di)?(?:lapor|telp|telepon|hubungi|bilang)\w*|"
    r"\b(?:jadi|ikut|ikutan|sudah|udah) (?:juga|jg)\b",
    re.IGNORECASE,
)
"""A clause that tells a consequence, or of the writer, and no other matter."""
_RESULTS = re.compile(r"\W*(?:\w+\W+){0,2}(?:jadi|jd|sampai|sampe|akibat\w*|gara)\b", re.IGNORECASE)
_GOOD = r"(?:baik|bagus|cepat|cepet|ramah|aman|lancar|bersih|rapi|normal|beres|mulus|membantu|memuaskan|enak)"
_PRAISED = re.compile(
    rf"\b(?:ada|{_GOOD}|terima kasih|makasih)\W*$|{_MARK}(?:\w+\W+)?{_GOOD}\b|"
    rf"{_MARK}(?:tidak|tdk|ga|gak|nggak|teu)\W+(?:ke\w+an|kena|terdampak|bermasalah|(?:ada )?masalah)\b",
    re.IGNORECASE,
)
"""A clause in which nothing is wrong."""
_LOOSE = re.compile(
    r";\W{0,9}|[\s.,!?)]\W{0,9}\b(?:terus|trus|trs|btw|by the way|oh ?ya|oh ?iya|o ?iya|oya|sama|sm|plus|sekalian|"
    r"skalian|satu lagi|1 lagi|dan juga|dan jg|and also|tambah)\b\W{0,9}",
    re.IGNORECASE,
)
"""What may open another matter, and as often means `continuously`, `with` or `then`."""
_SENTENCE = re.compile(r"[!?;\n]|(?<!\bjl)(?<!\bgg)(?<!\bno)\.", re.IGNORECASE)
_STILL = re.compile(r"\b(?:terus|trus|trs)\b", re.IGNORECASE)
_ALWAYS = re.compile(r"\s+(?:terus|trus|trs)\s*[,.!?)]", re.IGNORECASE)
_JOINS = re.compile(r";|\b(?:sama|sm)\b", re.IGNORECASE)
_SETTLED = re.compile(r"\b(?:sudah|udah|udh|sdh|telah|bukan|asli|resmi|beres)\b", re.IGNORECASE)
_WRONG = re.compile(
    r"\b(?:rusak|mati|pareum|mampet|buntu|bolong|berlubang|lubang|bocor|padam|gelap|poek|miring|tumbang|numpuk|menumpuk|ngetem|"
    r"banjir|keruh|bau|macet|retak|ambles|ambrol|hilang|ilang|jebol|kotor|liar|bising|berisik|putus|patah|belum|blm|ga|gak|"
    r"nggak|tidak|tdk)\b",
    re.IGNORECASE,
)
"""What is said of a thing that is a matter: `sama` or `;` joins two only where each has its own trouble."""
_GOES_ON = re.compile(
    r"^(?:di|ke|dari|pada|dalam|sampai|sampe|sejak|dr|d|k|tiap|setiap|kalau|kalo|klo|karena|krn|gara|menerus|2an|an|sekali|"
    r"tanpa|dengan|dgn|sama|kaya|kayak|seperti|yang|yg|ini|itu|saja|aja|mana|rata|jadi|jd|akibatnya|ikut|gimana|"
    r"bagaimana|kapan|siapa|apa|kenapa|knp)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"^(?:\W*(?:(?:\(?[1-9]|\(?[a-h])[.)](?=\s)|(?:selain itu|selain dari itu|di ?samping itu|sekalian|skalian|"
    r"sekaligus|oh ?iya|oh ?ya|o ?iya|oya|btw|satu lagi|1 lagi|hal lain|(?:hal |yang |yg )?ke ?dua|tambahan|dan juga|"
    r"begitu juga|terus|trus|trs|plus|juga|jg|dan)\b)\W*)+",
    re.IGNORECASE,
)
_LED = re.compile(
    r"\b(?:terus|trus|trs|btw|oh ?ya|oh ?iya|sama|sm|plus|sekalian|skalian|satu lagi|dan juga|dan|tambah)\W*$",
    re.IGNORECASE,
)
_EDGE, _TAIL = " \t\r\n,;", 20
_FORM = re.compile(r"\s*[\w/ ]{2,24}:")
_BEFORE, _AFTER = 80, 120
_SHORT = 40
"""Words beyond which a mail is a story, in which loose turns lead on and open nothing."""
_LEAST = 3
"""Words below which a part is no matter of its own."""
_MOST = 8


def split(text: str) -> list[str]:
    """The parts of a mail that may be matters of their own, in order; one part when nothing divides it.

    What stands before the first numbered point is an opening and goes with it. At most eight parts.
    """
    marks = list(_NUMBERED.finditer(text))
    numbers = [m.group(1) or m.group(2) for m in marks]
    if len(marks) >= 2 and numbers[0] in ("1", "a"):
        edges = [0, *(m.start() for m in marks[1:]), len(text)]
        parts = [text[a:b] for a, b in pairwise(edges)]
        if _filled_in(text[mark.end() : mark.end() + 30] for mark in marks):
            return [text.strip()]
    else:
        parts = _TURN.split(f"\n{text}")
    kept: list[str] = []
    for part in parts:
        piece = part.strip()
        if len(piece.split()) >= _LEAST:
            kept.append(piece)
        elif kept and piece:
            kept[-1] = f"{kept[-1]} {piece}"
    return kept[:_MOST] or [text.strip()]


def asides(text: str) -> list[str]:
    """Pieces of the text that may be another matter by the way: points with dashes or numbers within a line, clauses
    with `juga`. Unlike the parts of `split` they alone decide nothing. At most eight, each of three words or more.
    """
    points = list(_DASHED.finditer(text))
    if len(points) < 2:
        points = _in_order(list(_INLINE.finditer(text)))
    if len(points) >= 2:
        edges = [*(point.end() for point in points), None]
        found = [_line(text[a:b]) for a, b in pairwise(edges)]
        if _filled_in(found):
            return []
    else:
        found = [clause for mark in _ALSO.finditer(text) if (clause := _clause(text, mark)) is not None]
    return [piece for piece in dict.fromkeys(found) if len(piece.split()) >= _LEAST][:_MOST]


def loose(text: str) -> list[tuple[int, int]]:
    """Where the parts of a short text begin and end that stand between loose turns, unless such a turn is an adverb of
    what stands before it. Like asides the parts decide nothing by themselves; at most nine.
    """
    if len(text.split()) > _SHORT:
        return [(0, len(text))]
    cuts = [mark for mark in _LOOSE.finditer(text) if _opens(text, mark)][:_MOST]
    edges = [0, *(at for mark in cuts for at in mark.span()), len(text)]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if text[a:b].strip()]


def _opens(text: str, mark: re.Match[str]) -> bool:
    """Whether a loose turn may open something, as far as the words around it tell."""
    before = _SENTENCE.split(text[: mark.start()])[-1]
    after = _SENTENCE.split(text[mark.end() :])[0]
    if _GOES_ON.match(after):
        return False
    if _STILL.search(mark[0]):  # `ngetem terus,` is `always`; of what comes next after another a few words are a result
        again = (more.start() for more in _STILL.finditer(after) if not _GOES_ON.match(after[more.end() :].lstrip()))
        return _ALWAYS.match(mark[0]) is None and len(after[: next(again, None)].split()) > _LEAST
    if _JOINS.search(mark[0]):
        told = len(after.split()) >= _LEAST and _SETTLED.search(before) is None
        return told and _WRONG.search(before) is not None and _WRONG.search(after) is not None
    return True


def follows(part: str) -> bool:
    """Whether a part tells a consequence of what was said, of the writer, or of nothing wrong."""
    return bool(_FOLLOWS.search(part) or _PRAISED.search(part) or _RESULTS.match(part))


def without_turn(part: str) -> str:
    """A part without the number or the turn of speech that opens it."""
    return _TURNS.sub("", part, count=1).strip() or part.strip()


def without(text: str, pieces: Iterable[str]) -> str:
    """A text without its further matters and the turns of speech that led to them."""
    for piece in pieces:
        text = text.replace(piece, "\n", 1)
    text = text.strip(_EDGE)
    return f"{text[:-_TAIL]}{_LED.sub('', text[-_TAIL:])}".strip(_EDGE)


def _in_order(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """The marks that count 1, 2, 3 ...; none if they do not."""
    return marks if [int(mark[1]) for mark in marks] == list(range(1, len(marks) + 1)) else []


def _line(point: str) -> str:
    """A point to its end: what stands in lines below the last one is no part of it."""
    return point.split("\n", 1)[0].strip() if "\n" in point.strip() else point.strip()


def _filled_in(points: Iterable[str]) -> bool:
    """Whether most of the points are lines of a form (`Alamat: ...`)."""
    said = [bool(_FORM.match(point)) for point in points]
    return sum(said) * 2 > len(said)


def _clause(text: str, mark: re.Match[str]) -> str | None:
    """The clause around a `juga`; None where it tells a consequence or of the writer himself."""
    start = max(0, mark.start() - _BEFORE)
    begins = [
        found.end() for found in _BEGINS.finditer(text, start, mark.start()) if text[found.end() : mark.start()].strip()
    ]
    if not begins:
        return None
    end = _ENDS.search(text, mark.end(), mark.end() + _AFTER)
    clause = text[begins[-1] : end.start() if end else mark.end() + _AFTER].strip()
    return None if _FOLLOWS.search(clause) or _PRAISED.search(clause) else clause
