"""Says whether life or safety is at stake now, with the words that say so; `segera` and `URGENT` alone say nothing.

Rules come first: they know time, fear and denial. A small trained model is the second opinion on what they do not
find, for the words nobody thought of; it sees the mail's words and what the rules make of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from engine.routing import danger
from engine.routing.features import features
from engine.routing.model import Known, Model
from engine.routing.patterns import Phrases
from engine.routing.sentences import LIMIT, sentences

FILE = "urgency.npz"
"""File name of a city's second opinion on danger, beside its tables."""
CALM = "calm"
URGENT = "urgent"
"""The model's two labels."""
_UNNAMED = "keseluruhan isi surat"

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


_MARKS = tuple(each.name for each in fields(_Told) if each.name != "harm")
_HARMS = tuple(each.name for each in fields(_Harm))
# Words that may stand between a fear or a denial and what is feared.
_REACH = 45


def urgent(text: str, model: Model | None = None) -> Urgency:
    """Whether somebody is in danger now, or a hazard has just hurt or nearly hurt somebody; never raises.

    A chronic nuisance, a fear, something long past and what is denied are not urgent. The first line is the subject.
    At most 12,000 characters are read. The rules say so, or `model` is surer than its threshold; what the mail itself
    calls no emergency is none to either.
    """
    plain, told = _told(text)
    reasons = [reason for at in range(len(told)) if (reason := _reason(told, at))]
    if reasons and _calm(plain):
        return Urgency(False, ("dinyatakan tidak darurat",))
    if reasons or model is None:
        return Urgency(bool(reasons), tuple(dict.fromkeys(reasons))[:4])
    known = model.read(_words(plain), _marks(told))
    if margin(model, known) <= model.threshold or _calm(plain):
        return Urgency(False)
    return Urgency(True, tuple(model.evidence(known, (URGENT,))[0]) or (_UNNAMED,))


def margin(model: Model, known: Known) -> float:
    """By how much the model's logit of `urgent` is above that of `calm`."""
    scores = model.scores(known)
    return float(scores[model.labels.index(URGENT)] - scores[model.labels.index(CALM)])


def seen(text: str) -> dict[str, float]:
    """What the model sees of a mail: its words without those of danger in another sense, and the rules' marks."""
    plain, told = _told(text)
    return features(_words(plain)) | dict.fromkeys(_marks(told), 1.0)


def _words(plain: list[str]) -> list[str]:
    return " . ".join(plain).split()


def _marks(told: list[_Told]) -> list[str]:
    """What the rules make of the sentences, as features."""
    found: list[str] = []
    for each in told:
        for name in _MARKS:
            if getattr(each, name):
                found.append(f"={name}")
                if each.harm:
                    found.append(f"=harm {name}")
        found += [f"={name}" for name in _HARMS if getattr(each.harm, name)]
    return found


def _told(text: str) -> tuple[list[str], list[_Told]]:
    """The mail's sentences without words of danger in other senses, and what each tells."""
    plain = [danger.NOT_DANGER.sub(" ", sentence) for sentence in sentences(text)]
    # A forwarded chat carries the time of each line itself: it tells what goes on.
    chat = bool(_CHAT.search(text[:LIMIT]))
    return plain, [_placed(_harm(sentence), sentence, chat) for sentence in plain]


def _calm(plain: list[str]) -> bool:
    return any(danger.CALM.search(sentence) for sentence in plain)


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


def _first(table: Phrases, text: str) -> str:
    """The first match that is neither denied nor only feared."""
    for match in table.finditer(text):
        before = text[max(0, match.start() - _REACH) : match.start()]
        # The phrase's own first word may end the fear: "kalau" + "ada kebakaran".
        first = match.group().split(" ", 1)[0]
        if not danger.NEGATED.search(before) and not danger.FEAR.search(before + first):
            return match.group().strip()
    return ""
