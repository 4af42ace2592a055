"""Dates in a folded Indonesian text, each resolved against the day of the mail and the working week."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mail.reply.dates.grammar import FULL, RULES, working_days_on

__all__ = ["Found", "dates", "working_days_on"]


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression at [start, end) of the text. `firm` means that it lies ahead whatever the verb says
    (`besok`, `H+3`, `akhir bulan`); one that is not firm (`hari Senin`, `7 Agustus`, `3 hari`) may tell of the past."""

    start: int
    end: int
    day: date
    phrase: str
    firm: bool


LONGEST = 2_000
"""Characters of one sentence in which dates are looked for."""

_COMPILED = tuple((re.compile(r"(?<![\w/.+])(?:" + pattern + r")"), rule, firm) for pattern, rule, firm in RULES)

# Left or right of an expression, these say that it is no day ahead: past, habit, address, age, budget.
_NOT_LEFT = re.compile(
    r"(?:\b(?:siap|siaga|buka|jaga|layanan|beroperasi|terjadwal|piket|operasional|dijaga|melayani|aktif)\s?$)|"
    r"(?:\brt ?\.?|\brw ?\.?|\bno\.?|\bnomor|\bblok|\bsejak|\bsemenjak|\bsetiap|\btiap|\bper|\bselama|"
    r"\bsurat(?: kami| saudara)? ?|\bpos|"
    r"\bsudah(?: hampir| sekitar| lebih dari| berjalan)?|\bdari(?: hari| tanggal)?|\bsetelah|\btahan|"
    r"\bperda|\bhampir|\bpasal|\btahun anggaran|"
    r"\bta|\bapbd|\bedisi|\bkm|\bsmp|\bsdn|\bsman|\bsejak hari|\bsejak tanggal|\busia|\bumur|\bhut ri|"
    r"\bkenapa|\bsatu|\bdi)\s?$"
)
_NOT_RIGHT = re.compile(
    r"(?: (?:yang )?(?:lalu|lewat|silam|kemarin|tadi|sekali|berturut-turut|terakhir(?! (?:juli|"
    r"agustus)))\b|(?:-an)? sekali\b|"
    r" (?:kemarin|sebelumnya)\b|\s?(?:%|inch|inci|meter|cm|mm|kg|orang|titik|rumah|kali)\b|/\d)"
)
# After a full date ahead, `lalu` is "then".
_THEN = re.compile(r" lalu\b")
_PAST_DAY = re.compile(r"(?:kemarin|tadi|barusan)\s?$")


def dates(text: str, sent: date, closed: frozenset[date] = frozenset(), past: bool = False) -> list[Found]:
    """All date expressions of a folded and spelled text that may lie ahead, in order, without overlaps.

    `sent` is the mail's own day in the city's zone, `closed` the holidays and cuti bersama that are no working days.
    Days before `sent` are left out unless `past`; the conventions are the city's (next such weekday, Friday of next
    week).
    """
    text = text[:LONGEST]
    taken: list[Found] = []
    used = bytearray(len(text) + 1)
    for pattern, rule, firm in _COMPILED:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(used[start:end]):
                continue
            used[start:end] = b"\1" * (end - start)
            left, right = text[max(0, start - 30) : start], text[end : end + 20]
            if (
                (_NOT_RIGHT.match(right) and not (rule in FULL and _THEN.match(right)))
                or _PAST_DAY.search(left)
                or (not firm and _NOT_LEFT.search(left))
            ):
                continue
            try:
                day = rule(match.groups(), sent, closed)
            except (OverflowError, ValueError):
                continue
            if day is not None and (past or day >= sent):
                taken.append(Found(start, end, day, match[0].strip(), firm))
    return sorted(taken, key=lambda found: found.start)
