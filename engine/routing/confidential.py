"""Hears whether a citizen wants the name kept back, or everything; the words that say so are the reasons.

`anonymous` is somebody who fears neighbours, a teacher or an owner and does not want to be named. `secret` is an
insider who reports wrongdoing in an office, or who asks that the report itself be kept from the office it is about.
Rules come first; a small trained model is the second opinion on what they do not find.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.routing import secrecy
from engine.routing.features import features
from engine.routing.model import Model
from engine.routing.patterns import Phrases
from engine.routing.route import Confidential
from engine.routing.sentences import sentences

FILE = "confidential.npz"
"""File name of a city's second opinion on wishes, beside its tables."""
_UNNAMED = "keseluruhan isi surat"


@dataclass(frozen=True, slots=True)
class Heard:
    """The level asked for, and the phrases (plain words) that decided."""

    level: Confidential
    reasons: tuple[str, ...] = ()


def confidential(text: str, model: Model | None = None) -> Heard:
    """What the writer asks to be kept back, with the phrases that say so; never raises.

    Disclaimers below a signature, secrets that everybody knows and permission to be named are no wish. At most 12,000
    characters are read. Where the rules hear nothing `model` is asked, for wishes in words nobody thought of.
    """
    kept = _kept(text)
    heard = _ruled(kept)
    if model is None or heard.level is not Confidential.NONE:
        return heard
    known = model.known(_seen(kept))
    scores = model.scores(known)
    best = int(scores.argmax())
    level = Confidential(model.labels[best])
    if scores[best] - scores[model.labels.index(Confidential.NONE)] <= model.threshold or level is Confidential.NONE:
        return heard
    return Heard(level, tuple(model.evidence(known, (level,))[0]) or (_UNNAMED,))


def seen(text: str) -> dict[str, float]:
    """What the model sees of a mail."""
    return _seen(_kept(text))


def _seen(kept: list[str]) -> dict[str, float]:
    return features(" . ".join(kept).split())


def _kept(text: str) -> list[str]:
    """The mail's sentences without disclaimers."""
    return [s for s in sentences(text) if not secrecy.DISCLAIMER.search(s)]


def _ruled(kept: list[str]) -> Heard:
    whole = " . ".join(kept)
    wish = _first(secrecy.NAME_WISH, kept) or _any_order(kept)
    only = _first(secrecy.ONLY, [s for s in kept if not secrecy.NAME_KEPT.search(s)])
    fear = _first(secrecy.FEAR, kept) or _first(secrecy.SOFT_FEAR, [s for s in kept if secrecy.REPORTING.search(s)])
    soft = _first(secrecy.SOFT_WISH, kept)
    if not (wish or only or fear or soft):
        return Heard(Confidential.NONE)
    insider, wrong, proof = (p.search(whole) for p in (secrecy.INSIDER, secrecy.WRONG, secrecy.PROOF))
    if soft and insider and (wrong or proof):
        wish = wish or soft
    why = [w for w in (wish, only, fear) if w]
    # An insider who reports wrongdoing and wants to be kept out of it; two of three signs and a wish are enough.
    signs = [m.group() for m in (insider, wrong, proof) if m]
    if _first(secrecy.EXPLICIT, kept):
        return Heard(Confidential.SECRET, tuple(why + signs)[:5])
    if (only and (signs or wish or fear)) or ((wish or fear) and insider and (wrong or proof)):
        return Heard(Confidential.SECRET, tuple(why + signs)[:5])
    if wish and wrong and proof:
        return Heard(Confidential.SECRET, tuple(why + signs)[:5])
    if wish or fear:
        return Heard(Confidential.ANONYMOUS, tuple(why)[:5])
    return Heard(Confidential.NONE)


def _first(table: Phrases, kept: list[str]) -> str:
    """The first phrase in a sentence that is neither permission to be named nor about somebody else's secret."""
    for sentence in kept:
        match = table.search(sentence)
        if match and not secrecy.NONE.search(sentence) and not secrecy.OTHER.search(sentence):
            return match.group().strip()
    return ""


def _any_order(kept: list[str]) -> str:
    """The source spoken of in a sentence that asks for hiding it, however its words are ordered."""
    for sentence in kept:
        source = secrecy.SOURCE.search(sentence)
        told = source and secrecy.ASKING.search(sentence) and secrecy.KNOWN.search(sentence)
        if source and told and not any(p.search(sentence) for p in (secrecy.RECORDS, secrecy.NONE, secrecy.OTHER)):
            return source.group().strip()
    return ""
