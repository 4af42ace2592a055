"""The new text of a reply: what the sender wrote now, without quoted mail, signature, footers and disclaimers.

The HTML's structure tells what is quoted better than any pattern; the plain part keeps the lines as they were typed.
Where both say the same the plain part's lines are given, where they differ the one that knows more.
"""

from __future__ import annotations

import re

from engine.message import Message
from mail.reply.newtext import structure
from mail.reply.newtext.plain import Part, Parts, cut, cut_lines, tidy
from mail.reply.newtext.words import visible

__all__ = ["Part", "Parts", "cut", "new_text"]

LIMIT = 2_000_000  # characters of a body that are looked at; nobody types more

_LETTERS = re.compile(r"[^\W_]+")


def new_text(message: Message, keep_forward: bool = False) -> str:
    """The sender's new text: top, bottom and inline answers in order, runs of blank lines as one; "" if there is none.

    `keep_forward`: of a mail that only forwards another without a word of the sender's own, give the forwarded mail's
    text (a first complaint may come so). Never raises on any text.
    """
    sender = message.sender.name if message.sender else ""
    plain = message.plain if message.plain and visible(message.plain[:LIMIT]) else None
    text = (plain if plain is not None else "" if message.html else message.text)[:LIMIT]
    typed = cut(text, sender)
    found = typed.new
    if message.html:
        marked = structure.read(message.html[: LIMIT * 2])
        shown, sure = _structured(marked, sender)
        found = _agree(found, shown, sure) if plain is not None else shown
        if plain is None:
            typed = cut("\n".join(marked.lines), sender)
    if found or not keep_forward:
        return found
    return _forwarded(typed)


def _structured(marked: structure.Marked, sender: str) -> tuple[str, bool]:
    """The new text by structure and patterns, and whether structure knew something."""
    parts = cut_lines(marked.lines, marked.hints, sender)
    shown = _without_rules(parts)
    if not shown and Part.SIGNATURE in marked.hints:  # an answer typed inside the signature's element
        hints = [None if hint is Part.SIGNATURE else hint for hint in marked.hints]
        shown = _without_rules(cut_lines(marked.lines, hints, sender))
    return shown, marked.sure


def _without_rules(parts: Parts) -> str:
    kept = zip(parts.lines, parts.labels, strict=True)
    return tidy([line for line, label in kept if label is Part.NEW and line != structure.RULE])


def _agree(typed: str, shown: str, sure: bool) -> str:
    """Of the plain part's and the HTML part's new text the one to believe."""
    a, b = _LETTERS.findall(typed), _LETTERS.findall(shown)
    if a == b:
        emphasis = re.search(r"(?:^|\s)[*_]\S[^*_\n]{0,200}[*_](?=\s|[.,!?:;]|$)", typed)
        return shown if emphasis and not re.search(r"[*_]", shown) else typed
    if not a:
        return shown if sure else typed
    if not b:
        return typed if not sure else shown
    if sure and len(b) < len(a):
        return shown
    if len(a) < len(b) and _within(a, b):
        return typed
    return shown if sure else typed


def _within(a: list[str], b: list[str]) -> bool:
    """Whether the words of a stand in b in order."""
    rest = iter(b)
    return all(word in rest for word in a)


def _forwarded(parts: Parts) -> str:
    """The text of the forwarded mail, if the parts hold one."""
    if parts.forward is None:
        return ""
    inner = [re.sub(r"^\s{0,3}>\s?", "", line) for line in parts.lines[parts.forward :]]
    return cut("\n".join(inner)).new
