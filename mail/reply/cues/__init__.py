"""Cues of an official's prose, a table: what a clause says (work done, work to come, waiting, asking, refusing)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mail.reply.cues.table import TABLE
from mail.reply.fold import clauses

COMPILED = tuple((name, re.compile(pattern)) for name, pattern in TABLE)

_CONDITION = re.compile(
    r"^(?:kalau|jika|apabila|bila|bilamana|setelah|begitu|sebelum|sesudah|supaya|agar|selama|asal|"
    r"andai|ketika|saat akan|untuk)\b"
)
_AHEAD = re.compile(
    r"<day>|\b(?:akan|nanti|segera|rencana\w*|direncanakan|target\w*|ditargetkan|insyaallah|mau|besok|"
    r"lusa|minggu depan|bulan depan|menyusul|"
    r"estimasi|perkiraan|paling lambat|selambatnya|selambat-lambatnya|diharapkan|semoga|mudah-mudahan|"
    r"diusahakan|diupayakan|harapan)\b"
)
_ASKS = re.compile(
    r"\?$|\b(?:apa|siapa|berapa|brp|kapan|dimana|di mana|yang mana|sebelah mana|mananya|sabaraha|"
    r"bagaimana)(?: (?:ya|bapak|ibu|min|kak|bang|namanya|nya|itu))*$"
    r"|\b(?:tidak|bukan|atau [a-z]+|mana|kah|apa) (?:ya|bapak|ibu|min|kak)$|^(?:apakah|apa|bagaimana|"
    r"berapa|siapa|kapan|dimana|di mana|bisakah|bolehkah) \w+ \w+"
    r"|\b(?:nya|mana|apa) (?:apa|mana|berapa) ya\b|\batau [a-z]+(?: [a-z]+)?(?: ya)?$"
)
_NEGATED = re.compile(r"\b(?:belum|tidak|bukan|tanpa|jangan|tidakada)\b")
_BY_THEM = re.compile(r"\b(?:katanya|kata|dikira|konon|menurut warga|info warga)\b")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue found: its name with the clause's tense (`worked+ahead`), the sentence's number and the words."""

    name: str
    tense: str
    sentence: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues of a text, its sentences, and how many of them ask."""

    found: tuple[Cue, ...]
    sentences: tuple[str, ...]
    questions: int


def tense(clause: str) -> str:
    """What the clause's frame makes of its verb: `if` (condition), `asked`, `not`, `ahead` or `plain`."""
    if clause.endswith("?") or _BY_THEM.search(clause):
        return "asked"
    if _CONDITION.match(clause):
        return "if"
    if _AHEAD.search(clause):
        return "ahead"
    if _NEGATED.search(clause):
        return "not"
    return "plain"


def cues(masked: Sequence[str]) -> Cues:
    """The cues in spelled sentences (own dates masked), clause by clause; at most 60 sentences of 600 characters."""
    found: list[Cue] = []
    kept = tuple(sentence[:600] for sentence in masked[:60])
    for number, sentence in enumerate(kept):
        asks = bool(_ASKS.search(sentence))
        for clause in clauses(sentence)[:30]:
            frame = "asked" if asks else tense(clause)
            for name, pattern in COMPILED:
                match = pattern.search(clause)
                if match:
                    found.append(Cue(name, frame, number, match[0]))
    return Cues(tuple(found), kept, sum(bool(_ASKS.search(sentence)) for sentence in kept))
