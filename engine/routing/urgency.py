"""Says whether life or safety is at stake now, with the words that say so; `segera` and `URGENT` alone say nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.routing import danger
from engine.routing.sentences import LIMIT, sentences

_CHAT = re.compile(r"\[\d{1,2}[/.]\d{1,2}[^\]\n]{0,24}\] ?[^\n:]{1,40}:")


@dataclass(frozen=True, slots=True)
class Urgency:
    """Whether the mail is urgent, and the phrases that decided (plain words, in the order found)."""

    urgent: bool
    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.urgent


@dataclass(frozen=True, slots=True)
class _Harm:
    """The phrases of danger in one sentence: by itself, if it is now, somebody hurt, treatment that cannot wait."""

    strong: str
    medium: str
    victim: str
    lifeline: str
    serious: bool
    broken: bool
    deadly: bool

    def __bool__(self) -> bool:
        return bool(self.strong or self.medium or self.victim or self.lifeline)


@dataclass(frozen=True, slots=True)
class _Told:
    """One sentence's harm, and how the sentence is placed in time."""

    harm: _Harm
    now: bool
    fresh: bool
    pressing: bool
    yesterday: bool
    past: bool
    chronic: bool
    refused: bool
    soon: bool


# Words that may stand between a fear or a denial and what is feared.
_REACH = 45


def urgent(text: str) -> Urgency:
    """Whether somebody is in danger now, or a hazard has just hurt or nearly hurt somebody; never raises.

    A chronic nuisance, a fear, something long past and what is denied are not urgent. The first line is the subject.
    At most 12,000 characters are read.
    """
    plain = [danger.NOT_DANGER.sub(" ", sentence) for sentence in sentences(text)]
    found = [_harm(sentence) for sentence in plain]
    if not any(found):
        return Urgency(False)
    # A forwarded chat carries the time of each line itself: it tells what goes on.
    chat = bool(_CHAT.search(text[:LIMIT]))
    told = [_placed(harm, sentence, chat) for harm, sentence in zip(found, plain, strict=True)]
    reasons = [reason for at in range(len(told)) if (reason := _reason(told, at))]
    if reasons and any(danger.CALM.search(sentence) for sentence in plain):
        return Urgency(False, ("dinyatakan tidak darurat",))
    return Urgency(bool(reasons), tuple(dict.fromkeys(reasons))[:4])


def _reason(told: list[_Told], at: int) -> str:
    """The phrase that makes this sentence urgent among its neighbours, or nothing."""
    here, near = told[at], told[max(0, at - 2) : at + 3]
    if here.harm.lifeline and any(t.refused for t in near) and any(t.soon for t in near):
        return here.harm.lifeline
    lasting = here.harm.deadly or (here.harm.strong and here.now)
    if not here.fresh and (here.past or (here.chronic and not lasting)):
        return ""
    if here.harm.strong:
        return here.harm.strong
    if (
        here.harm.medium
        and (here.fresh or not here.chronic)
        and (here.now or any(t.pressing for t in told[at : at + 3]))
    ):
        return here.harm.medium
    now = here.now or (any(t.fresh for t in told[max(0, at - 2) : at]) and not here.yesterday)
    if here.harm.victim and (now or here.harm.broken or (here.harm.serious and here.yesterday)):
        return here.harm.victim
    return ""


def _harm(sentence: str) -> _Harm:
    victim = _first(danger.VICTIM, sentence) or _first(danger.NEARLY, sentence)
    lifeline = danger.LIFELINE.search(sentence)
    strong = _first(danger.STRONG, sentence)
    return _Harm(
        strong=strong,
        medium=_first(danger.MEDIUM, sentence),
        victim=victim,
        lifeline=lifeline.group() if lifeline else "",
        serious=bool(victim) and bool(danger.SERIOUS.search(sentence)),
        deadly=bool(danger.DEADLY.search(strong)),
        broken=bool(victim) and bool(danger.BROKEN.search(sentence)),
    )


def _placed(harm: _Harm, sentence: str, chat: bool) -> _Told:
    fresh = chat or bool(danger.FRESH.search(sentence))
    return _Told(
        harm,
        now=fresh or bool(danger.NOW.search(sentence)),
        fresh=fresh,
        pressing=bool(danger.PRESSING.search(sentence)),
        yesterday=bool(danger.YESTERDAY.search(sentence)),
        past=bool(danger.PAST.search(sentence)),
        chronic=bool(danger.CHRONIC.search(sentence)),
        refused=bool(danger.REFUSED.search(sentence)),
        soon=bool(danger.SOON.search(sentence)),
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    """The first match that is neither denied nor only feared."""
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - _REACH) : match.start()]
        # The phrase's own first word may end the fear: "kalau" + "ada kebakaran".
        first = match.group().split(" ", 1)[0]
        if not danger.NEGATED.search(before) and not danger.FEAR.search(before + first):
            return match.group().strip()
    return ""
