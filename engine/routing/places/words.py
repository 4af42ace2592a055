"""Text and names as the same tokens: abbreviations written out, titles dropped, old spellings made new."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from engine.routing.remembered import Remembered

LIMIT = 12_000
"""Characters that are read; the place of a complaint stands in its first pages."""

CANONICAL = {
    **dict.fromkeys(("jl", "jln", "jal", "jaln", "jlan", "jalan", "street"), "jalan"),
    **dict.fromkeys(("gg", "gng", "gang"), "gang"),
    **dict.fromkeys(("kel", "kelurahan", "klurahan", "kelurhan", "lurah", "keluarahan"), "kelurahan"),
    **dict.fromkeys(("kec", "kecamatan", "camat", "kecmatan"), "kecamatan"),
    **dict.fromkeys(("kp", "kmp", "kampung", "kampong", "kampoeng", "kmpng", "kampg"), "kampung"),
    **dict.fromkeys(
        ("perum", "prm", "perumahan", "prmhn", "komp", "komplek", "kompleks", "klaster", "cluster"), "perumahan"
    ),
    **dict.fromkeys(("ps", "psr", "pasar", "psar"), "pasar"),
    **dict.fromkeys(("sd", "sdn", "mi"), "sd"),
    **dict.fromkeys(("smp", "smpn"), "smp"),
    **dict.fromkeys(("sma", "sman", "smu", "smun"), "sma"),
    **dict.fromkeys(("smk", "smkn"), "smk"),
    **dict.fromkeys(("st", "stasiun", "stasion", "setasiun"), "stasiun"),
    **dict.fromkeys(("lap", "lapang", "lapangan"), "lapangan"),
    **dict.fromkeys(("term", "terminal"), "terminal"),
    **dict.fromkeys(("univ", "universitas"), "universitas"),
    **dict.fromkeys(("kb", "kbn", "kebon", "kebun"), "kebon"),
    **dict.fromkeys(("kd", "kdg", "kedung"), "kedung"),
    **dict.fromkeys(("gn", "gunung"), "gunung"),
    **dict.fromkeys(("pkm", "puskes", "puskesmas", "pusk"), "puskesmas"),
    **dict.fromkeys(("masjid", "mesjid", "msjd", "mesid"), "masjid"),
    **dict.fromkeys(("jembatan", "jmbtn", "jembtan", "sasak"), "jembatan"),
    **dict.fromkeys(("simpang", "persimpangan", "simpangan", "pertigaan", "perempatan", "prapatan", "smpg"), "simpang"),
    **dict.fromkeys(("situ", "setu"), "situ"),
    **dict.fromkeys(("bendung", "bendungan"), "bendung"),
    **dict.fromkeys(("alun", "alun2"), "alun"),
    **dict.fromkeys(("ciremai", "ceremai"), "ciremai"),
    **dict.fromkeys(("kelapa", "kalapa"), "kalapa"),
    **dict.fromkeys(("bbk", "bbkn", "babakan"), "babakan"),
    "tmn": "taman",
    "balaikota": "balai kota",
    "walikota": "wali kota",
    "kapt": "kapten",
    "soleh": "sholeh",
    "solih": "sholeh",
    "ahmad": "achmad",
    "akhmad": "achmad",
    "otista": "otista",
    "rs": "rs",
}


SHORTENED = frozenset(CANONICAL.values())
"""Words that people shorten, so that a full stop after one ends no sentence."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a table of words is best read."""
    return frozenset(text.split())


TITLES = word_set(
    """
    kh k h r rd ir dr prof hj jenderal jend jendral letjen mayjen brigjen kapten kol kolonel bpk
    """
)
_TOKEN = re.compile(r"[a-z0-9]+|\n[ \t]*\n|[.,;:!?()\n>-]")
_SCHOOLS = frozenset({"sd", "smp", "sma", "smk"})
_STATE = frozenset({"negeri", "negri", "n"})
_OLD = (("dj", "j"), ("tj", "c"), ("oe", "u"), ("sj", "sy"))
_GLUED = re.compile(
    r"(di|ke|jl|jln|gg|kel|kec|kp|rs|sd|sdn|smpn|sman|smkn|smp|sma|smk)(?=(jalan|jl|gang|pasar|kampung)|\d)"
)


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens in order; `stops[i]` is the punctuation that stands between token i-1 and i ("" if none)."""

    tokens: list[str]
    stops: list[str]


def fold(text: str) -> str:
    """Lower case, no accents, plain blanks."""
    folded = unicodedata.normalize("NFKD", text[:LIMIT]).lower()
    return "".join(c for c in folded if not unicodedata.combining(c)) if not folded.isascii() else folded


def words(text: str) -> Words:
    """The tokens of a text; abbreviations are written out, so that a name and its short form are the same."""
    tokens: list[str] = []
    stops: list[str] = []
    stop = ""
    for piece in _TOKEN.findall(fold(text)):
        if not piece[0].isalnum():
            stop += "\n\n" if piece[0] == "\n" and len(piece) > 1 else piece
            continue
        if piece in _STATE and tokens and tokens[-1] in _SCHOOLS:
            continue
        for token in _TOKENS_OF[piece]:
            tokens.append(token)
            stops.append(stop)
            stop = ""
    return Words(tokens, stops)


def _split(piece: str) -> tuple[str, ...]:
    known = CANONICAL.get(piece)
    if known is not None:
        return tuple(known.split(" "))
    if len(piece) > 3:
        match = _GLUED.match(piece)
        if match and (match[2] or piece[match.end() :].isdigit()):
            head, rest = match[1], piece[match.end() :]
            return (CANONICAL.get(head, head), *_split(rest))
        for old, new in _OLD:
            if old in piece:
                piece = piece.replace(old, new)
    return (piece,)


_TOKENS_OF = Remembered(_split)


def name_tokens(name: str) -> list[str]:
    """A name's tokens as they would stand in a text, without titles inside it."""
    tokens = words(name).tokens
    return [t for n, t in enumerate(tokens) if n == len(tokens) - 1 or t not in TITLES]
