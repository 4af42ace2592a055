"""The new text of a reply: what the sender wrote now, without quoted mail, signature, footers and disclaimers.

The HTML's structure tells what is quoted better than any pattern; the plain part keeps the lines as they were typed.
Where both say the same the plain part's lines are given, where they differ the one that knows more.
"""

from __future__ import annotations

import re

from engine.message import Message
from mail.read.body import is_stub
from mail.reply.newtext import structure
from mail.reply.newtext.plain import Part, Parts, cut, cut_lines, tidy
from mail.reply.newtext.words import visible

__all__ = ["Part", "Parts", "cut", "new_text"]

LIMIT = 2_000_000  # characters of a body that are looked at; nobody types more

_LETTERS = re.compile(r"[^\W_]+")
_EMPHASIS = re.compile(r"(?:^|\s)[*_]\S[^*_\n]{0,200}[*_](?=\s|[.,!?:;]|$)")


def new_text(message: Message, keep_forward: bool = False) -> str:
    """The sender's new text: top, bottom and inline answers in order, runs of blank lines as one; "" if there is none.

    `keep_forward`: of a mail that only forwards another without a word of the sender's own, give the forwarded mail's
    text (a first complaint may come so). Never raises on any text.
    """
    sender = message.sender.name if message.sender else ""
    plain = message.plain
    if plain is not None and message.html and is_stub(plain[:LIMIT]):
        plain = None
    body = message.text[:LIMIT]
    found: str | None = None
    if message.html and (plain is None or visible(body) == visible(plain[:LIMIT])):
        marked = structure.read(message.html)
        found = _structured(marked, sender)
        body = plain[:LIMIT] if plain is not None else "\n".join(marked.lines)
        if plain is not None:
            found = _agree(cut(body, sender).new, found, marked)
    # several parts one after the other: structure knows only some of what is read
    if found is None:
        found = cut(body, sender).new
    return found or (_forwarded(cut(body, sender)) if keep_forward else "")


def _structured(marked: structure.Marked, sender: str) -> str:
    """The new text by structure and patterns; a hint that would leave nothing of the mail is not believed."""
    for unbelieved in ((), (Part.SIGNATURE,)) if marked.sure else ((), (Part.SIGNATURE, Part.QUOTED)):
        hints = [None if hint in unbelieved else hint for hint in marked.hints]
        parts = cut_lines(marked.lines, hints, sender)
        kept = zip(parts.lines, parts.labels, strict=True)
        shown = tidy([line for line, label in kept if label is Part.NEW and line != structure.RULE])
        if shown:
            return shown
    return ""


def _agree(typed: str, shown: str, marked: structure.Marked) -> str:
    """Of the plain part's and the HTML part's new text the one to believe."""
    a, b = _LETTERS.findall(typed), _LETTERS.findall(shown)
    if a == b:
        return shown if _EMPHASIS.search(typed) and not re.search(r"[*_]", shown) else typed
    if not marked.sure or not a:
        return typed or shown
    told = set(_LETTERS.findall(" ".join(marked.lines)))
    if sum(word not in told for word in a) > len(a) * 0.3:  # the parts are two texts, not one
        return typed
    return typed if len(a) < len(b) and _within(a, b) else shown or typed


def _within(a: list[str], b: list[str]) -> bool:
    """Whether the words of a stand in b in order."""
    rest = iter(b)
    return all(word in rest for word in a)


def _forwarded(parts: Parts) -> str:
    """The text of the forwarded mail, if the parts hold one (or one forwarded within it)."""
    for _ in range(3):
        if parts.forward is None:
            return ""
        parts = cut("\n".join(re.sub(r"^\s{0,3}>\s?", "", line) for line in parts.lines[parts.forward :]))
        if parts.new:
            return parts.new
    return ""
