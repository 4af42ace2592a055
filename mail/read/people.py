"""Address fields (RFC 5322 section 3.4) to addresses: undecoded field text in, people out, in one linear pass.

Encoded words are decoded only after the field is cut, so a comma inside one never splits a name; comments nest without
recursion; groups yield their members; what is not an address is kept as a name with an empty address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from engine.message import Address
from mail.read import words

_MAX_ADDRESSES: Final = 5000
_MAX_CHARS: Final = 500_000
_WORD: Final = re.compile(r"=\?[^?\s]{1,60}\?[BbQq]\?[^?]{0,2000}\?=")
_PLAIN: Final = re.compile(r"[^\"(),:;<>\\=\[]+")
_SIMPLE: Final = re.compile(
    r'(?:"([^"\\<>]{0,200})"|([A-Za-z0-9 ._\'-]{0,200}?)) ?<([^\s<>@"(),;:]{1,64}@[^\s<>@"(),;:]{1,255})>\Z'
)
_LONE: Final = re.compile(r"[^\s<>@\"(),;:\[\]\\=]{1,64}@[A-Za-z0-9.-]{1,255}\Z")
_SPACES: Final = re.compile(r"\s+")
_EMPTY_BRACKETS: Final = re.compile(r"[\[(]mailto:\s{0,9}[\])]", re.IGNORECASE)
_QUOTED_LOCAL: Final = re.compile(r'\s{0,5}"(?:[^"\\]|\\.){0,200}"@')
_BARE_ADDRESS: Final = re.compile(r"[^\s<>@\"'(),;:\[\]]{1,64}@[^\s<>@\"'(),;:\[\]]{1,255}")


@dataclass(slots=True)
class _Mailbox:
    """One mailbox while its pieces are read: words of the phrase, comments, what stood in angle brackets."""

    phrase: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angle: str | None = None
    behind: int = 0  # how many words of the phrase stood before the angle bracket

    def is_empty(self) -> bool:
        return self.angle is None and not "".join(self.phrase).strip() and not self.comments


def addresses(value: str) -> tuple[Address, ...]:
    """The mailboxes of an unfolded, undecoded address field, in order; never raises."""
    value = value.strip()
    if not value:
        return ()
    simple = _SIMPLE.match(value)
    if simple and "=?" not in value:
        return (Address((simple.group(1) or simple.group(2) or "").strip(), simple.group(3)),)
    if _LONE.match(value):
        return (Address("", value),)
    boxes = _joined(_boxes(value[:_MAX_CHARS]))
    return tuple(found for box in boxes if (found := _address(box)) is not None)


def _boxes(value: str) -> list[_Mailbox]:
    boxes: list[_Mailbox] = []
    box = _Mailbox()
    at = 0
    in_group = False
    last_semicolon = value.rfind(";")
    while at < len(value) and len(boxes) < _MAX_ADDRESSES:
        char = value[at]
        if char == "=" and (word := _WORD.match(value, at)):
            box.phrase.append(word.group())
            at = word.end()
        elif char == '"':
            text, at = _delimited(value, at, '"')
            box.phrase.append(f'"{text}"' if value[at : at + 1] == "@" and box.angle is None else text)
        elif char == "(":
            text, at = _comment(value, at)
            box.comments.append(text)
        elif char == "<":
            if box.angle and "@" in box.angle and "".join(box.phrase[box.behind :]).strip():  # the comma was forgotten
                boxes.append(box)
                box = _Mailbox(phrase=box.phrase[box.behind :])
                del boxes[-1].phrase[boxes[-1].behind :]
            box.angle, at = _angle(value, at, box.angle)
            box.behind = len(box.phrase)
        elif char == "[":
            close = value.find("]", at)
            close = len(value) - 1 if close < 0 else close
            box.phrase.append(value[at : close + 1])
            at = close + 1
        elif char in ",;":
            boxes.append(box)
            box = _Mailbox()
            in_group = in_group and char != ";"
            at += 1
        elif char == ":" and not in_group and at < last_semicolon and box.angle is None and not _is_scheme(box):
            box = _Mailbox()  # what stood before is the group's name
            in_group = True
            at += 1
        elif char == "\\" and at + 1 < len(value):
            box.phrase.append(value[at + 1])
            at += 2
        elif match := _PLAIN.match(value, at):
            box.phrase.append(match.group())
            at = match.end()
        else:
            if char not in ">)":
                box.phrase.append(char)
            at += 1
    boxes.append(box)
    return [box for box in boxes if not box.is_empty()]


def _is_scheme(box: _Mailbox) -> bool:
    return "".join(box.phrase).strip().lower() in ("mailto", "smtp", "http", "https")


def _delimited(value: str, at: int, end: str) -> tuple[str, int]:
    """A quoted string from its opening quote; one that is never closed ends before the next address."""
    out: list[str] = []
    start = at + 1
    scan = start
    while scan < len(value):
        char = value[scan]
        if char == "\\" and scan + 1 < len(value):
            out.append(value[start:scan])
            out.append(value[scan + 1])
            scan += 2
            start = scan
        elif char == end:
            out.append(value[start:scan])
            return "".join(out), scan + 1
        else:
            scan += 1
    angle = value.find("<", at)
    if angle > 0:
        return value[at + 1 : angle].strip(), angle
    return value[at + 1 :], len(value)


def _comment(value: str, at: int) -> tuple[str, int]:
    """A comment from its opening parenthesis, nested ones inside it; one that is never closed is one character."""
    depth = 0
    scan = at
    out: list[str] = []
    while scan < len(value):
        char = value[scan]
        if char == "\\" and scan + 1 < len(value):
            out.append(value[scan + 1])
            scan += 2
            continue
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return "".join(out[1:]), scan + 1
        out.append(char)
        scan += 1
    angle = value.find("<", at)
    if angle > 0:
        return value[at + 1 : angle], angle
    return value[at + 1 :], len(value)


def _angle(value: str, at: int, before: str | None) -> tuple[str | None, int]:
    local = _QUOTED_LOCAL.match(value, at + 1)
    close = value.find(">", local.end() - 1 if local else at)
    comma = value.find(",", at)
    if close < 0:
        close = len(value) if comma < 0 else comma
        inner, after = value[at + 1 : close], close
    else:
        inner, after = value[at + 1 : close], close + 1
    if "<" in inner and not local:  # `<<a@b>>` or `Name <x <a@b>`
        inner = inner[inner.rindex("<") + 1 :]
    return (before if before and "@" not in inner else inner), after


def _joined(boxes: list[_Mailbox]) -> list[_Mailbox]:
    """`Doe, John <a@b>` without quotes: a piece that is only a name belongs to the mailbox behind it."""
    out: list[_Mailbox] = []
    for box in boxes:
        last = out[-1] if out else None
        if (
            last is not None
            and last.angle is None
            and not last.comments
            and box.angle is not None
            and "@" not in "".join(last.phrase)
            and " at " not in "".join(last.phrase)
        ):
            box.phrase = [*last.phrase, ", ", *box.phrase]
            out[-1] = box
        else:
            out.append(box)
    return out


def _address(box: _Mailbox) -> Address | None:
    phrase = "".join(box.phrase)
    comment = words.decode(" ".join(box.comments)).strip()
    if box.angle is not None:
        name = _name(phrase) or comment
        address = _spec(box.angle)
        if not address and (found := _BARE_ADDRESS.search(name)):
            return Address("", found.group())
        return Address(name, address) if name or address or box.angle == "" else None
    text = phrase.strip()
    if text.lower().startswith("mailto:"):
        text = text[7:]
    if "@" in text:
        if " " not in text or text.startswith('"'):
            return Address(comment, text)
        if (compact := re.sub(r"\s*([@.])\s*", r"\1", text)) and " " not in compact:
            return Address(comment, compact)
        if found := _BARE_ADDRESS.search(text):
            name = _name(text[: found.start()] + " " + text[found.end() :])
            return Address(name or comment, found.group())
    decoded = words.decode(text)
    if decoded != text and (found := _BARE_ADDRESS.search(decoded)):
        return Address(_name(decoded[: found.start()].rstrip("<") + decoded[found.end() :].lstrip(">")), found.group())
    if not decoded:
        return Address(comment, "") if comment else None
    if " " not in decoded and decoded == text:
        return Address(comment, decoded)  # a local part alone: MAILER-DAEMON, root
    return Address(_SPACES.sub(" ", decoded).strip(), "")


def _name(phrase: str) -> str:
    decoded = words.decode(phrase.strip())
    text = _SPACES.sub(" ", _EMPTY_BRACKETS.sub("", decoded) or decoded).strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].strip()
    return text


def _spec(angle: str) -> str:
    """An addr-spec from between angle brackets: without route (RFC 5322 4.4), comments, blanks and mailto."""
    text = angle.strip()
    if "=?" in text:
        text = words.decode(text).strip()
    if text.startswith("@") and ":" in text:
        text = text[text.rindex(":") + 1 :].strip()
    if text.lower().startswith(("mailto:", "smtp:")):
        text = text[text.index(":") + 1 :]
    if "(" in text:
        text = re.sub(r"\([^()]*\)", "", text).strip()
    if " " in text and not text.startswith('"'):
        text = _SPACES.sub("", text)
    return text.strip("'") if "@" in text else text
