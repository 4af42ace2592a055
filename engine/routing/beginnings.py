"""What a match of an expression may begin with: a cheap necessary condition, read off the expression itself.

It is a superset: look-arounds are taken as passed, repetition as any, and a place of which nothing is known as any
character. Understood is what the tables of phrases are written in: groups, alternatives, classes, `\\w`, `\\d`, `\\b`,
`^`, `$` and repetition. Letters of plain words stand for themselves.
"""

from __future__ import annotations

import re
from itertools import product

LENGTH = 3
"""Characters of a beginning; what a text lacks at its end counts as blanks."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789 -."
"""All that text of plain words is made of."""
_ANY = "*"
_TOKEN = re.compile(
    r"""
    \(\?(?:[:=!]|<[=!]) | [()|] | \[[^\]]*\] | \\. | [?*+] | \{[\d,]+\}
    | [^()|\[\]\\?*+{}^$]+(?![?*+{]) | .
    """,
    re.VERBOSE,
)
_REPEATS = "?*+{"
_NO_WIDTH = frozenset(("^", "$", r"\b", r"\B"))


def alternatives(expression: str) -> list[str]:
    """The parts of an expression between the `|` that stand in no group."""
    found, depth = [""], 0
    for token in _TOKEN.findall(expression):
        depth += token[0] == "("
        depth -= token == ")"
        if token == "|" and not depth:
            found.append("")
        else:
            found[-1] += token
    return found


def beginnings(expression: str) -> frozenset[str]:
    """Every string of `LENGTH` characters with which text may go on where a match begins."""
    heads = _heads(_TOKEN.findall(expression)[::-1])
    wild = (head.ljust(LENGTH, _ANY) for head in heads)
    spelt = (product(*(_ALPHABET if letter == _ANY else letter for letter in head)) for head in wild)
    return frozenset("".join(letters) for each in spelt for letters in each)


def _heads(left: list[str]) -> set[str]:
    """The heads of the alternatives up to the end of their group; `left` is what is unread, its next token last."""
    found: set[str] = set()
    here = {""}
    while left:
        token = left.pop()
        if token == ")":
            break
        if token == "|":
            found |= here
            here = {""}
            continue
        piece = _piece(token, left)
        if left and left[-1][0] in _REPEATS:
            left.pop()
            piece = {"", *piece, *_joined(piece, piece), *_joined(piece, _joined(piece, piece))}
        here = _joined(here, piece)
    return found | here


def _piece(token: str, left: list[str]) -> set[str]:
    """The heads of one token, or of the group that it opens."""
    if token[0] == "(":
        heads = _heads(left)
        return heads if token in ("(", "(?:") else {""}
    if token in _NO_WIDTH:
        return {""}
    if token[0] in "[\\.":
        return {_ANY}
    return {token[:LENGTH]}


def _joined(before: set[str], after: set[str]) -> set[str]:
    return {(a + b)[:LENGTH] for a in before for b in after}
