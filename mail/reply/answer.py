"""What a reply says: `answer` makes an Answer of the new text, from a command word or from free prose."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from engine.directory import Directory
from engine.reading import Answer, Speaker, Status
from mail.reply import citizen, official
from mail.reply.command import Command, command, target_of
from mail.reply.cues import cues
from mail.reply.fold import fold, sentences, spell
from mail.reply.names import Names, names
from mail.reply.promise import promised
from mail.reply.target import aims

_AIM = 2.5
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
    said = command(text, "citizen" if speaker is Speaker.CITIZEN else "official")
    plain = spell(fold(text))
    if speaker is Speaker.CITIZEN:
        return _of_citizen(text, plain, said, asked)
    index = index_of(directory)
    if said is not None and said.status is not None:
        target, plain = _aimed(text, said, index, own)
        settled = said.status in _SETTLED or (said.status is Status.FORWARDED and not _kept(plain))
        day = None if settled else promised(sentences(plain), sent, closed)
        sure = said.status is not Status.FORWARDED or target is not None
        return Answer(said.status, target, day, True, 0.99 if sure else 0.6, said.written)
    return _of_official(plain, sent, index, closed, own)


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


def _kept(plain: str) -> bool:
    """Whether the office that hands on promises something of its own besides."""
    return any(word in plain for word in ("sementara kami", "kami bantu", "dari kami", "kami tetap", "kami kabari"))


def _of_official(plain: str, sent: date, index: Names, closed: frozenset[date], own: str | None) -> Answer:
    signs = cues(plain)
    named = aims(plain, index, own)
    day = promised(signs.sentences, sent, closed)
    total, phrases = official.scores(signs, named, day is not None)
    status, confidence = _best(total)
    target = named[0].code if status is Status.FORWARDED and named and named[0].weight > 0 else None
    if status in _SETTLED or (status is Status.FORWARDED and day and not _kept(plain)):
        day = None
    return Answer(status, target, day, False, confidence, phrases.get(status, ""))


def _of_citizen(text: str, plain: str, said: Command | None, asked: citizen.Asked | None) -> Answer:
    total, phrases, given = citizen.scores(text, plain, asked)
    if said is not None and said.status is not None:
        return Answer(said.status, None, None, True, 0.97, said.written, given)
    status, confidence = _best(total)
    return Answer(status, None, None, False, confidence, phrases.get(status, ""), given)


def _best(total: Mapping[Status, float]) -> tuple[Status, float]:
    """The heaviest status and its share among all, as if the weights were log odds."""
    status = max(total, key=lambda key: total[key])
    top = total[status]
    return status, round(1.0 / sum(math.exp(max(-30.0, weight - top)) for weight in total.values()), 3)
