"""The features of an answer that the trained weights know: facts, cues with tense, offices, a date, words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from mail.reply import citizen
from mail.reply.cues import Cues, cues
from mail.reply.facts import facts, of_facts
from mail.reply.fold import sentences
from mail.reply.names import Names, mentions
from mail.reply.promise import plan
from mail.reply.target import Aim, aims

_TOKEN = re.compile(r"<[a-z]+>|[a-z][a-z'-]*|\d+|[?!%]|[👍👌🙏😡👎⭐]")
_SUFFIX = re.compile(r"(?<=[a-z]{4})(?:nya|kah|lah|na)$")
_BEFORE = re.compile(r"^(?:di|meng|meny|men|mem|me|ter|ber|be|peng|peny|pen|pem|pe|ke|se|ng|ny)(?=[a-z]{4})")
_AFTER = re.compile(r"(?<=[a-z]{3})(?:kan|keun|nya|an|in|i|kah|lah|na)$")
_WORDS = 160
OFFICE = "<office>"


@dataclass(frozen=True, slots=True)
class Features:
    """What was seen in one answer: the values, the phrase behind each of them that has one, and the facts found."""

    values: dict[str, float]
    phrases: dict[str, str]
    aims: tuple[Aim, ...] = ()
    day: date | None = None
    ours: date | None = None
    rating: int | None = None


def of_official(
    plain: str, sent: date, index: Names, closed: frozenset[date] = frozenset(), own: str | None = None
) -> Features:
    """The features of an official's spelled answer."""
    planned = plan(sentences(plain), sent, closed)
    signs = cues(planned.sentences)
    known = facts(planned.sentences)
    named = aims(plain, index, own)
    text = "\n".join(planned.sentences)
    text = _masked(text, ((found.start, found.end) for found in mentions(text, index) if found.weight > 1))
    values = _of_cues(signs, planned.day is not None)
    values |= of_facts(known, len(planned.sentences)) | _of_aims(named) | _of_words(text)
    phrases = {f"c:{cue.name}": cue.phrase for cue in signs.found}
    phrases |= {f"s:{name}": phrase for name, (_, phrase) in known.items()}
    if named:
        phrases |= {f"a:{step}": named[0].phrase for step in (2, 3, 4)}
    return Features(values, phrases, tuple(named), planned.day, planned.ours)


def of_citizen(raw: str, plain: str) -> Features:
    """The features of a citizen's answer; `raw` keeps the stars and faces, `plain` is spelled."""
    known, rating = citizen.signs(raw, plain)
    names = sorted(known)
    values = {f"s:{name}": 1.0 for name in names} | _of_words(plain)
    values |= {f"p:{a}&{b}": 0.5 for i, a in enumerate(names) for b in names[i + 1 :]}
    if len(names) < 2:
        values[f"o:{names[0] if names else 'none'}"] = 0.7
    if rating is not None:
        values["g:good" if rating > 3 else "g:bad" if rating < 3 else "g:fair"] = 2.0
    return Features(values, {f"s:{name}": phrase for name, phrase in known.items()}, rating=rating)


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Offices' names made one word, so that one office teaches about all."""
    parts: list[str] = []
    last = 0
    for start, end in spans:
        parts += [text[last:start], OFFICE]
        last = end
    return "".join([*parts, text[last:]])


def _of_words(text: str) -> dict[str, float]:
    """Words, their roots and pairs of words, weighed by the answer's length so that long mails do not shout."""
    tokens = ["^"]
    for match in _TOKEN.finditer(text):
        word = match[0]
        tokens.append("0" if word[0].isdigit() else _SUFFIX.sub("", word))
        if len(tokens) > _WORDS:
            break
    tokens.append("$")
    found: dict[str, float] = {}
    unit = round(1.0 / (len(tokens) - 1) ** 0.5, 4)
    for token in tokens[1:-1]:
        found[f"w:{token}"] = min(found.get(f"w:{token}", 0.0) + unit, 3 * unit)
        found[f"r:{_root(token)}"] = unit
    for first, second in pairwise(tokens):
        found[f"b:{first} {second}"] = unit
    return found


def _root(word: str) -> str:
    """What is left of a word without its affixes, roughly: `memperbaiki` and `diperbaiki` are one."""
    return _AFTER.sub("", _AFTER.sub("", _BEFORE.sub("", word)))


def _of_cues(signs: Cues, dated: bool) -> dict[str, float]:
    """Each cue, with its tense, with and without a promised day, and in the last sentence that has any."""
    found: dict[str, float] = {f"d:{dated}": 1.0}
    last = max((cue.sentence for cue in signs.found), default=0)
    for cue in signs.found:
        found[f"c:{cue.name}"] = 1.0
        found[f"c:{cue.name}+{cue.tense}"] = 1.0
        found[f"x:{cue.name}+{dated}"] = 0.7
        if cue.sentence == last and last > 0:
            found[f"l:{cue.name}"] = 0.7
    if signs.questions:
        found["q:any"] = 1.0
        found["q:last" if signs.sentences[-1].endswith("?") else "q:not last"] = 1.0
        if signs.questions == len(signs.sentences):
            found["q:all"] = 1.0
    size = sum(len(sentence.split()) for sentence in signs.sentences)
    step = next((limit for limit in (2, 6, 14, 30) if size <= limit), 31)
    return found | {f"n:{step}": 1.0}


def _of_aims(found: list[Aim]) -> dict[str, float]:
    """How plainly an office is named as the right one, in steps."""
    if not found:
        return {"a:none": 1.0}
    best = found[0].weight
    steps = [f"a:{step}" for step in (-2, 0, 1, 2, 3, 4) if best >= step]
    return dict.fromkeys([*steps, "a:some"], 1.0) | {"a:weight": max(-3.0, min(best, 6.0)) / 3.0}
