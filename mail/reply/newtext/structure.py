"""HTML of a reply as lines, each with what the mail client's own marks say of it: quoted, signature, or nothing.

lxml gives the page as a stream of events, so no tree is built. A page of more than `EVENTS`, or one that nests deeper
than `DEEP` outside of quoted mail, is a bomb or an export of something: it is read as bare text without structure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from lxml import etree

from mail.html import to_text
from mail.reply.newtext.headers import Page, find
from mail.reply.newtext.plain import Part
from mail.reply.newtext.words import table, visible

HUGE = 2_000_000  # characters
EVENTS = 60_000  # tags and runs of text
DEEP = 200  # open elements; libxml2 gives up at 256
RULE = "_" * 32  # how a horizontal rule is drawn, as Outlook draws it in text


class Role(Enum):
    """What an element is to the reader of a reply; WEAK is a blockquote that anyone may have made, LINED has a line on
    top as Outlook draws it over a header block, HEAD is Gmail's place for an attribution or a divider, BARE is a
    blockquote without any attribute, as old clients quote, THREAD holds Gmail's attribution and blockquote."""

    QUOTE = "quote"
    WEAK = "weak"
    SIGNATURE = "signature"
    AFTER = "after"
    HIDDEN = "hidden"
    LINED = "lined"
    HEAD = "head"
    BARE = "bare"
    THREAD = "thread"


Hint = Part | Role | None


@dataclass(frozen=True, slots=True)
class Marked:
    """The lines of a page with what structure says of each; `sure` if a client's own mark was found."""

    lines: tuple[str, ...]
    hints: tuple[Part | None, ...]
    sure: bool


_MARKS = {name: frozenset(values) for name, values in table("marks.toml").items()}
_QUOTES, _SIGNATURES, _AFTER = _MARKS["quotes"], _MARKS["signatures"], _MARKS["after"]
_SKIPPED, _BLOCKS, _SPACED = _MARKS["skipped"], _MARKS["blocks"], _MARKS["spaced"]
_PART = {
    Role.QUOTE: Part.QUOTED,
    Role.AFTER: Part.QUOTED,
    Role.HEAD: Part.QUOTED,
    Role.SIGNATURE: Part.SIGNATURE,
    Role.BARE: Part.QUOTED,
}

_FOREIGN_PREFIX = re.compile(r"^(?:x_){1,20}")
_NUMBERED = re.compile(r"^(?:v\d+)?(yahoo_quoted|replybody|reply-intro)[_\d]*$")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_EDGE = re.compile(r"border-left|margin\s*:\s*0(?:px)? 0(?:px)? 0(?:px)? 0?\.\d+ex")
_TOPPED = re.compile(r"border-top\s*:\s*(?:#?\w{3,12} )?solid\s*(?:#\w{6}|windowtext)|border-top-style\s*:\s*solid")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DATA_URI = re.compile(r"data:[a-z]{1,20}/[a-z0-9.+-]{1,40};base64,[A-Za-z0-9+/=\s%]{1000,}", re.IGNORECASE)
_VOID = frozenset(["br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr", "embed", "source"])


def read(html: str) -> Marked:
    """The lines of an HTML body and what its client's marks say of them; never raises."""
    if len(html) > 1000 and "data:" in html:
        html = _DATA_URI.sub("", html)
    html = html[:HUGE].replace("\0", "")
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, encoding="utf-8", recover=True, huge_tree=True)
    try:
        etree.fromstring(html.encode("utf-8", "replace"), parser)
    except _Enough:
        if not reader.quoting():
            return _bare(html)
    except (etree.LxmlError, ValueError, AssertionError):
        if not reader.lines:
            return _bare(html)
    reader.finish()
    return _settle(reader)


class _Enough(Exception):
    """The page nests too deep or has too many events."""


@dataclass(slots=True)
class _Open:
    """An element that is open: where its lines began, and what it is."""

    tag: str
    role: Role | None
    hint: Hint
    first: int


@dataclass(slots=True)
class _Reader:
    """The lines of a page as they grow, and what is open around them (a parser target as lxml defines it)."""

    lines: list[str] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    sure: bool = False
    now: list[str] = field(default_factory=list)
    shows: bool = False  # whether the present line holds anything visible
    hint: Hint = None
    gap: bool = False
    after: bool = False
    hidden: int = 0
    events: int = 0
    preformatted: int = 0
    open: list[_Open] = field(default_factory=list)
    counters: list[int | None] = field(default_factory=list)

    def here(self) -> Hint:
        """What holds for text at this place."""
        return Part.QUOTED if self.after else self.open[-1].hint if self.open else None

    def quoting(self) -> bool:
        """Whether this place is in quoted mail."""
        return self.here() is Part.QUOTED

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.count()
        if tag in _VOID:
            if not self.hidden:
                self.void(tag, attributes)
            return
        role = None if self.hidden else _role(tag, attributes)
        self.open.append(_Open(tag, role, self.here(), len(self.lines)))
        if len(self.open) > DEEP:
            raise _Enough
        if self.hidden or role is Role.HIDDEN or tag in _SKIPPED:
            self.hidden += 1
            return
        if tag in _SPACED:
            self.blank()
        elif tag in _BLOCKS:
            self.end_line()
        self.open[-1].first = len(self.lines)
        self.sure = self.sure or (role in _PART and role is not Role.BARE)
        self.after = self.after or role is Role.AFTER
        if role is not None and not self.quoting():
            self.open[-1].hint = _PART.get(role, role if role is Role.WEAK else self.here())
        if tag == "blockquote" and role is Role.QUOTE:
            self.attribute()
        self.preformatted += tag == "pre"
        if tag in {"ol", "ul"}:
            self.counters.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.item()

    def attribute(self) -> None:
        """A quote begins: what stands above it in Gmail's element is its attribution, in whatever language."""
        thread = next((element for element in reversed(self.open[-6:-1]) if element.role is Role.THREAD), None)
        if thread is None:
            return
        thread.role = None
        above = [i for i in range(thread.first, len(self.lines)) if self.lines[i] and self.hints[i] is None]
        if len(above) <= 3 and not any(self.lines[i].startswith("-") for i in above):
            for i in above:
                self.hints[i] = Part.QUOTED

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _VOID or not self.open:
            return
        closed = self.open.pop()
        if self.hidden:
            self.hidden -= 1
            return
        if tag in _SPACED:
            self.blank()
        elif tag in _BLOCKS:
            self.end_line()
        elif tag in {"td", "th"}:
            self.now.append(" ")
        if tag in {"ol", "ul"} and self.counters:
            self.counters.pop()
        self.preformatted -= tag == "pre"
        if closed.role is Role.LINED and _heads("\n".join(self.lines[closed.first :])):
            self.after = self.sure = True
            self.hints[closed.first :] = [Part.QUOTED] * (len(self.lines) - closed.first)
        if closed.role is Role.HEAD and any(line.startswith("-") for line in self.lines[closed.first :][:1]):
            # the divider of a forwarded mail, which the patterns of text tell better
            self.hints[closed.first :] = [closed.hint if self.after else None] * (len(self.lines) - closed.first)

    def data(self, text: str) -> None:
        """Text; blanks are folded unless it is preformatted."""
        self.count()
        if self.hidden:
            return
        if not self.preformatted:
            folded = _SPACE.sub(" ", text)
            self.write(folded if self.now else folded.lstrip(" "))
            return
        for n, piece in enumerate(text.replace("\r\n", "\n").split("\n")):
            if n:
                self.newline()
            self.write(piece)

    def close(self) -> None:
        """The page ends."""

    def finish(self) -> None:
        """End the last line."""
        self.end_line()

    def count(self) -> None:
        """Hold the page to its bound of events."""
        self.events += 1
        if self.events > EVENTS:
            raise _Enough

    def void(self, tag: str, attributes: dict[str, str]) -> None:
        """A break, a rule or a picture."""
        if tag == "br":
            self.newline()
        elif tag == "hr":
            self.end_line()
            if _names(attributes) & _AFTER:
                self.after = self.sure = True
            self.write(RULE)
            self.end_line()
        elif tag == "img":
            alt = attributes.get("alt", "")
            if len(alt) <= 4 and not alt.isascii():  # an emoji that the client drew as a picture
                self.write(alt)

    def item(self) -> None:
        """Number or mark an item of a list."""
        count = self.counters[-1] if self.counters else None
        if count is not None:
            self.counters[-1] = count = count + 1
        self.write("- " if count is None else f"{count}. ")

    def write(self, text: str) -> None:
        """Add to the present line; text with another hint begins a line of its own."""
        if visible(text):
            if self.shows and self.here() is not self.hint:
                self.end_line()
            if not self.shows:
                self.hint = self.here()
                self.shows = True
        self.now.append(text)

    def newline(self) -> None:
        """A line break: ends the line, or leaves a blank one."""
        if self.shows:
            self.end_line()
        else:
            self.blank()

    def end_line(self) -> None:
        """End the present line, if it shows anything."""
        if self.shows:
            self.lines.append("".join(self.now).strip())
            self.hints.append(self.hint)
            self.gap = False
        self.now.clear()
        self.shows = False

    def blank(self) -> None:
        """End the present line and leave one blank line below it."""
        self.end_line()
        if self.lines and not self.gap:
            self.lines.append("")
            self.hints.append(self.here())
            self.gap = True


def _names(attributes: dict[str, str]) -> set[str]:
    """The class, id and data-marker of an element, as `marks.toml` writes them."""
    told = " ".join(attributes.get(key) or "" for key in ("class", "id", "data-marker"))[:1000].lower()
    names = {_FOREIGN_PREFIX.sub("", word) for word in told.split()}
    return names | {m[1] for m in map(_NUMBERED.match, names) if m}


def _role(tag: str, attributes: dict[str, str]) -> Role | None:
    if not attributes:
        return Role.BARE if tag == "blockquote" else None
    style = (attributes.get("style") or "").lower()[:1000]
    if "hidden" in attributes or _HIDING.search(style):
        return Role.HIDDEN
    names = _names(attributes)
    if names & _AFTER:
        return Role.AFTER
    if tag == "div" and _TOPPED.search(style):
        return Role.LINED
    if tag == "blockquote":
        cited = (attributes.get("type") or "").lower() == "cite" or "cite" in attributes
        named = any("quote" in name or "cite" in name for name in names)
        return Role.QUOTE if cited or named or _EDGE.search(style) else Role.WEAK
    if "gmail_attr" in names:
        return Role.HEAD
    if names & _QUOTES or (tag == "div" and attributes.get("name") in ("quote", "quoted-content")):  # GMX, WEB.DE
        return Role.QUOTE
    if "gmail_quote" in names:
        return Role.THREAD
    if names & _SIGNATURES or attributes.get("data-smartmail") == "gmail_signature":
        return Role.SIGNATURE
    return None


def _heads(text: str) -> bool:
    """Whether an element with a line on top holds a header block and is no design."""
    return text.count(":") >= 3 and ("@" in text or bool(re.search(r"\d{4}", text))) and len(text) < 1500


def _bare(html: str) -> Marked:
    """The text of a page without structure: nothing is known of the lines."""
    lines = tuple(to_text(html).split("\n"))
    return Marked(lines, (None,) * len(lines), sure=False)


def _settle(reader: _Reader) -> Marked:
    """A plain blockquote is a quote only under an attribution; else it is the writer's own paragraph."""
    lines = reader.lines
    hints: list[Part | None] = []
    page: Page | None = None
    quoting = False
    for i, hint in enumerate(reader.hints):
        if hint is not Role.WEAK:
            quoting = False
            hints.append(hint if isinstance(hint, Part) else None)
            continue
        if not quoting and lines[i]:
            page = page or Page.of(lines)
            heads = (find(page, k) for k in range(max(0, i - 6), i))
            quoting = any(head is not None and i - 1 <= head.end <= i for head in heads)
        hints.append(Part.QUOTED if quoting else None)
    return Marked(tuple(lines), tuple(hints), reader.sure)
