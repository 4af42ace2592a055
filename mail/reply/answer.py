"""What a reply says: `answer` makes an Answer of the new text, from a command word or from free prose."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from engine.calendar import Calendar
from engine.calendar.week import CLOSED_KINDS
from engine.directory import Directory
from engine.reading import Answer, Speaker, Status
from mail.reply import citizen
from mail.reply.command import Command, Takes, command, standin_of, target_of
from mail.reply.copies import copies
from mail.reply.features import of_citizen, of_official
from mail.reply.fold import LIMIT, fold, sentences, spell
from mail.reply.handed import Hands, hands, not_ours, to_own
from mail.reply.model import best, model, reason, weigh
from mail.reply.names import Names, names
from mail.reply.promise import gone, missed, plan
from mail.reply.target import aims, offices

_DONE_BUT_SLOW = 0.9
"""The confidence of a confirmation that complains of the time only."""
_NO_AIM = -4.0
"""An office under this weight is named only to be denied."""
_DUTY = re.compile(
    r"\b(?:bukan|di ?luar|tidak (?:termasuk|masuk)|tidakada|tidak punya|tidak memiliki|sanes)\b[^.,;?]{0,25}"
    r"\b(?:kewenangan|wewenang|ranah|tupoksi|tugas|bagian|urusan|tanggung jawab|domain|aset|milik|wilayah|bidang)\w*|"
    r"\bsalah (?:alamat|kirim|kamar|disposisi)\b|\bbukan (?:kami|kita)\b|\btidak berwenang\b"
)
_COPY = re.compile(r"\b(?:tembus|ditembus|cc)", re.IGNORECASE)
_LINE = 300
_BY_RULE = 0.8
"""The least confidence of what was read by a rule of grammar."""
_SHORT = 30
"""Words up to which an answer is about one thing."""
_BEGUN = frozenset({Status.RECEIVED, Status.IN_PROGRESS})
_SETTLED = frozenset({Status.DONE, Status.REJECTED, Status.COMMENT})
_index: dict[int, tuple[Directory, Names]] = {}


def index_of(directory: Directory) -> Names:
    """The directory's names, kept for the last few directories (a city reloads its own seldom)."""
    kept = _index.get(id(directory))
    if kept is None or kept[0] is not directory:
        if len(_index) > 3:
            _index.clear()
        kept = _index[id(directory)] = (directory, names(directory))
    return kept[1]


def closed_days(calendar: Calendar, sent: date) -> frozenset[date]:
    """The holidays and cuti bersama of the mail's year and the next, which are no working days."""
    years = (sent.year, min(sent.year + 1, 9999))
    return frozenset(h.day for year in years for h in calendar.holidays_of(year) if h.kind in CLOSED_KINDS)


def answer(
    text: str,
    *,
    speaker: Speaker,
    sent: date,
    directory: Directory,
    closed: frozenset[date] = frozenset(),
    own: str | None = None,
    asked: citizen.Asked | None = None,
) -> Answer:
    """What `text` (new text without quotes and signature) says; never raises, whatever the text.

    `sent` is the mail's day in the city's zone; `closed` its holidays and cuti bersama; `own` the writer's unit, which
    is no target; `asked` what our letter asked a citizen (whether it is done, or a question).
    """
    if speaker is Speaker.CITIZEN:
        said = command(text, "citizen")
        return _of_citizen(text, spell(fold(text)), said, asked)
    index = index_of(directory)
    wanted = copies(text[:LIMIT], index, directory) if _COPY.search(text[:LIMIT]) else None
    if wanted is None or not wanted.codes:
        return _said(text, sent, index, closed, own)
    rest = wanted.text + text[LIMIT:]
    return replace(_said(rest, sent, index, closed, own), copies=wanted.codes, copied=wanted.words)


def _said(text: str, sent: date, index: Names, closed: frozenset[date], own: str | None) -> Answer:
    """What an official's text says, by its command word or in prose."""
    said = command(text, "official")
    plain = spell(fold(text))
    named = _offices(said, plain, index)
    if said is not None and said.status is not None:
        target, plain = _aimed(text, said, index, own)
        planned = plan(sentences(plain), sent, closed)
        slip = None
        if planned.day is None and said.takes is Takes.DATE:
            slip = gone(sentences(plain), sent)
        elif planned.day is None and said.status in _BEGUN:
            slip = missed(sentences(spell(fold(said.argument))), sent) or gone(sentences(plain), sent)
        handed = said.status is Status.FORWARDED
        day = None if said.status in _SETTLED else planned.ours if handed else planned.day or slip
        sure = said.status is not Status.FORWARDED or target is not None
        return Answer(
            said.status,
            target,
            day,
            True,
            0.99 if sure else 0.6,
            said.written,
            command=said.name,
            argument=said.argument,
            duty=said.name == "BUKAN KEWENANGAN",
            offices=named[0],
            called=named[1],
        )
    if said is not None:
        target = target_of(said.argument, index) if said.takes in (Takes.UNIT, Takes.EXTERNAL) else None
        lent = standin_of(said.argument, sent) if said.takes is Takes.STANDIN else None
        day = lent.until if lent else None
        return Answer(
            Status.COMMENT,
            target,
            day,
            True,
            0.99,
            said.written,
            command=said.name,
            argument=said.argument,
            offices=named[0],
            called=named[1],
        )
    return replace(_of_official(plain, sent, index, closed, own), offices=named[0], called=named[1])


def _offices(said: Command | None, plain: str, index: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The offices that a command's argument names, or the first line of prose."""
    if said is not None:
        takes = said.takes in (Takes.UNIT, Takes.EXTERNAL)
        return offices(spell(said.argument), index) if takes else ((), ())
    line = next((line for line in plain.split("\n") if line.strip()), "")
    return offices(line[:_LINE], index)


def _aimed(text: str, said: Command, index: Names, own: str | None) -> tuple[str | None, str]:
    """The office a command hands on to (in its line, else in the prose below), and the spelled rest of the mail."""
    below = text.replace("\r", "").split("\n")[said.line + 1 :]
    plain = spell(fold("\n".join([said.argument, *below])))
    if said.status is not Status.FORWARDED:
        return None, plain
    target = target_of(said.argument, index) if said.argument else None
    if target is None:
        named = aims(plain, index, own)
        target = named[0].code if named and named[0].weight > 0 else target_of(plain[:300], index)
    return target, plain


def _of_official(plain: str, sent: date, index: Names, closed: frozenset[date], own: str | None) -> Answer:
    seen = of_official(plain, sent, index, closed, own)
    known = model(Speaker.OFFICIAL)
    odds = weigh(known, seen.values)
    if not plain.strip():
        odds = {Status.COMMENT: 0.0}
    status, confidence = best(odds)
    target = seen.aims[0].code if status is Status.FORWARDED and seen.aims and seen.aims[0].weight > _NO_AIM else None
    evidence = reason(known, seen.values, status, seen.phrases)
    ruled = _in_hands(plain, status, target, seen.aims[0].phrase if target else "")
    if ruled is not None:
        (status, evidence), target, confidence = ruled, None, max(confidence, _BY_RULE)
    day = None if status in _SETTLED else seen.ours if status is Status.FORWARDED else seen.day
    duty = status is Status.REJECTED and bool(_DUTY.search(plain[:4000]) or not_ours(plain))
    return Answer(status, target, day, False, confidence, evidence, duty=duty)


def _in_hands(plain: str, status: Status, target: str | None, named: str) -> tuple[Status, str] | None:
    """What an answer says whose words tell who has the matter, where that is something else than was weighed."""
    found = hands(plain, plain[: plain.find(named)] if named else "")
    if found is None:
        return None
    who, words = found
    short = len(plain.split()) <= _SHORT and "?" not in plain
    if who is Hands.NOT_OURS and (status is Status.COMMENT or (status is Status.FORWARDED and target is None)):
        return (Status.REJECTED, words) if short else None
    if who in (Hands.ABOVE, Hands.MEANT, Hands.OTHERS) and status in (Status.FORWARDED, Status.DONE):
        return Status.COMMENT, words
    lost = status is Status.DONE or (status is Status.FORWARDED and target is None)
    if who is Hands.OWN and (lost or (status is Status.COMMENT and short and to_own(words))):
        return Status.RECEIVED, words
    return None


def _of_citizen(text: str, plain: str, said: Command | None, asked: citizen.Asked | None) -> Answer:
    seen = of_citizen(text, plain)
    if said is not None and said.status is not None:
        return Answer(
            said.status, None, None, True, 0.97, said.written, seen.rating, command=said.name, argument=said.argument
        )
    if said is not None:  # STATUS: a wish, and no word on the matter
        return Answer(Status.COMMENT, None, None, True, 0.99, said.written, command=said.name, argument=said.argument)
    known = model(Speaker.CITIZEN)
    odds = citizen.asked_for(weigh(known, seen.values), asked)
    if not plain.strip():
        odds = {Status.COMMENT: 0.0}
    status, confidence = best(odds)
    evidence = reason(known, seen.values, status, seen.phrases)
    slow = citizen.done_but_slow(plain, (name.removeprefix("s:") for name in seen.phrases))
    if slow and asked != "question" and status is not Status.CONFIRMED:
        status, confidence, evidence = Status.CONFIRMED, _DONE_BUT_SLOW, slow
    return Answer(status, None, None, False, confidence, evidence, seen.rating)
