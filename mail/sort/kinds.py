"""A small trained model of kinds (complaint, status, thanks, spam): words weigh where the rules are silent."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from engine.message import Message
from engine.reading import Kind
from engine.routing.fold import tokens
from engine.routing.model import Model

from . import spam, wording

LABELS = ("complaint", "status", "thanks", "spam")
PATH = Path(__file__).parent / "data" / "kinds.npz"
MOST = 3_000  # characters of a text that are weighed


def signs(subject: str, text: str) -> dict[str, float]:
    """What the model sees: words, pairs, stems and letter groups, and which rules spoke (`@rule`)."""
    found = _words(tokens(f"{subject[:300]}\n{text[:MOST]}"))
    for name in (*wording.spoken(subject, text), *spam.spoken(subject, text)):
        found["@" + name] = 2.0
    return found


def judge(message: Message, text: str, *, thread: bool = False) -> Kind:
    """Spam, status, thanks or complaint: what rules and words say together; in doubt a complaint. Never raises.

    `thread`: the mail answers a letter of ours, so `this report` is a report.
    """
    return decided(message, text, chances(message.subject, text), thread=thread)


def decided(message: Message, text: str, said: dict[str, float], *, thread: bool = False) -> Kind:
    """The same for given probabilities; the numbers were chosen by cross-validation (`python -m mail.sort.train`)."""
    lures = spam.spam_score(message, text)
    if lures + 7 * said["spam"] >= 4.6 and (said["spam"] >= 0.3 or lures >= 5):
        return Kind.SPAM
    if said["spam"] >= 0.55 and lures > -1:
        return Kind.SPAM
    if wording.tells_new_matter(text):
        return Kind.COMPLAINT
    asks = wording.asks_status(message, text, thread=thread)
    elsewhere = not thread and wording.told_elsewhere(message, text)
    if not elsewhere and (said["status"] > (0.25 if asks else 0.5) or (asks and thread)):
        return Kind.STATUS
    if wording.turns_to_trouble(text):
        return Kind.COMPLAINT
    # A long story that praises on its way is seldom thanks: there the rules must agree or the words be sure.
    if said["thanks"] > (0.22 if wording.only_thanks(message, text) else 0.45 if len(text) < 400 else 0.7):
        return Kind.THANKS
    return Kind.COMPLAINT


def chances(subject: str, text: str) -> dict[str, float]:
    """Kind to probability, by the packaged model."""
    model = _model()
    logits = model.logits(signs(subject, text))
    powers = np.exp(logits - logits.max())
    return dict(zip(model.labels, (powers / powers.sum()).tolist(), strict=True))


def _words(words: list[str]) -> dict[str, float]:
    """Each word, each pair of neighbours, and groups of four letters: the model's own, as it was trained."""
    found: dict[str, float] = {}
    before = ""
    for word in words:
        if word == ".":
            before = ""
            continue
        found[word] = 1.0
        if before:
            found[f"{before} {word}"] = 1.0
        before = word
        edged = f"<{word}>"
        for at in range(len(edged) - 3):
            found["#" + edged[at : at + 4]] = 1.0
    return found


@cache
def _model() -> Model:
    return Model.load(PATH)
