"""HTML of a reply as lines, each with what the mail client's own marks say of it: quoted, signature, or nothing.

The parse is the HTML5 one (selectolax); the walk is a loop, so nesting costs no stack. A page nested deeper than
`DEEP`, or longer than `HUGE` characters, is a bomb or an export of something: it is read as bare text.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from enum import Enum
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mail.reply.newtext.headers import Page, find
from mail.reply.newtext.plain import Part
from mail.reply.newtext.words import table, visible

HUGE = 4_000_000  # characters
DEEP = 1_500  # open elements; the parser's time grows with the square of it
RULE = "_" * 32  # how a horizontal rule is drawn, as Outlook draws it in text


class Role(Enum):
    """What an element is to the reader of a reply; WEAK is a blockquote that anyone may have made."""

    QUOTE = "quote"
    WEAK = "weak"
    SIGNATURE = "signature"
    AFTER = "after"
    HIDDEN = "hidden"


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
_PART = {Role.QUOTE: Part.QUOTED, Role.AFTER: Part.QUOTED, Role.SIGNATURE: Part.SIGNATURE}

_FOREIGN_PREFIX = re.compile(r"^(?:x_){1,20}")
_NUMBERED = re.compile(r"^(?:v\d+)?(yahoo_quoted|replybody|reply-intro)[_\d]*$")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_EDGE = re.compile(r"border-left|margin\s*:\s*0(?:px)? 0(?:px)? 0(?:px)? 0?\.\d+ex")
_TOPPED = re.compile(r"border-top\s*:\s*(?:#?\w{3,12} )?solid\s*(?:#\w{6}|windowtext)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,12})")
_UNCLOSED = frozenset(
    ["br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr", "p", "li", "td", "tr", "th"]
)


def read(html: str) -> Marked:
    """The lines of an HTML body and what its client's marks say of them; never raises."""
    if len(html) > HUGE or _deep(html):
        return _bare(html)
    root = LexborHTMLParser(html).body
    if root is None:
        return _bare(html)
    reader = _Reader()
    walk = _walk(root)
    try:
        entering, node = next(walk)
        while True:
            descend = reader.enter(node) if entering else reader.leave(node)
            entering, node = walk.send(descend)
    except StopIteration:
        reader.end()
    return _settle(reader)


def _walk(root: LexborNode) -> Generator[tuple[bool, LexborNode], bool, None]:
    """Each element on the way in (True) and, if the caller sends True back, on the way out (False)."""
    open_: list[LexborNode] = []
    node: LexborNode | None = root
    while node is not None:
        descend = yield True, node
        if descend and node.child is not None:
            open_.append(node)
            node = node.child
            continue
        if descend:
            yield False, node
        while node.next is None or not open_:
            if not open_:
                return
            node = open_.pop()
            yield False, node
        node = node.next


@dataclass(slots=True)
class _Reader:
    """The lines as they grow, with what is open around them."""

    lines: list[str] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    sure: bool = False
    now: str = ""
    hint: Hint = None
    gap: bool = False
    after: bool = False
    roles: list[Hint] = field(default_factory=lambda: [None])
    counters: list[int | None] = field(default_factory=list)
    preformatted: int = 0

    def here(self) -> Hint:
        """What holds for the text at this place."""
        return Part.QUOTED if self.after else self.roles[-1]

    def enter(self, node: LexborNode) -> bool:
        """Take an element in; whether to go into it."""
        tag = node.tag or ""
        if tag == "-text":
            self.text(node.text_content or "")
        elif tag == "br":
            self.newline()
        elif tag == "hr":
            self.rule(node)
        elif tag == "img":
            alt = node.attributes.get("alt") or ""
            if len(alt) <= 4 and not alt.isascii():  # an emoji that the client drew as a picture
                self.write(alt)
        elif tag[:1].isalpha() and tag not in _SKIPPED:
            return self.open(node, tag)
        return False

    def open(self, node: LexborNode, tag: str) -> bool:
        """Take in an element that holds others, unless it is hidden."""
        role = _role(node, tag)
        if role is Role.HIDDEN:
            return False
        self.sure = self.sure or role in _PART
        if tag in _SPACED:
            self.blank()
        elif tag in _BLOCKS:
            self.end()
        self.after = self.after or role is Role.AFTER
        around = self.roles[-1]
        self.roles.append(around if around is Part.QUOTED or role is None else _PART.get(role, role))
        self.preformatted += tag == "pre"
        if tag in {"ol", "ul"}:
            self.counters.append(0 if tag == "ol" else None)
        elif tag == "li":
            count = self.counters[-1] if self.counters else None
            if count is not None:
                self.counters[-1] = count = count + 1
            self.write("- " if count is None else f"{count}. ")
        return True

    def leave(self, node: LexborNode) -> bool:
        """Leave an element."""
        tag = node.tag or ""
        if tag in _SPACED:
            self.blank()
        elif tag in _BLOCKS:
            self.end()
        elif tag in {"td", "th"}:
            self.now += " "
        if tag in {"ol", "ul"}:
            self.counters.pop()
        self.preformatted -= tag == "pre"
        self.roles.pop()
        return False

    def text(self, text: str) -> None:
        """Take in text; blanks are folded unless the text is preformatted."""
        if not self.preformatted:
            folded = re.sub(r"[ \t\r\n\f]+", " ", text)
            self.write(folded if self.now else folded.lstrip(" "))
            return
        for n, piece in enumerate(text.replace("\r\n", "\n").split("\n")):
            if n:
                self.newline()
            self.write(piece)

    def write(self, text: str) -> None:
        """Add to the present line; text with another role begins a line of its own."""
        shows = bool(visible(text))
        if shows and self.here() is not self.hint and visible(self.now):
            self.end()
        if shows and not visible(self.now):
            self.hint = self.here()
        self.now += text

    def rule(self, node: LexborNode) -> None:
        """Draw a horizontal rule."""
        self.end()
        if _names(node) & _AFTER:
            self.after = self.sure = True
        self.write(RULE)
        self.end()

    def newline(self) -> None:
        """A line break: ends the line, or leaves a blank one."""
        if self.now.strip():
            self.end()
        else:
            self.blank()

    def end(self) -> None:
        """End the present line, if it shows anything."""
        if self.now.strip():
            self.lines.append(self.now.strip())
            self.hints.append(self.hint)
            self.gap = False
        self.now = ""

    def blank(self) -> None:
        """End the present line and leave one blank line below it."""
        self.end()
        if self.lines and not self.gap:
            self.lines.append("")
            self.hints.append(self.here())
            self.gap = True


def _names(node: LexborNode) -> set[str]:
    """The class, id and data-marker of an element, as `marks.toml` writes them."""
    attributes = node.attributes
    told = " ".join(attributes.get(key) or "" for key in ("class", "id", "data-marker"))[:1000].lower()
    names = {_FOREIGN_PREFIX.sub("", word) for word in told.split()}
    return names | {m[1] for m in map(_NUMBERED.match, names) if m}


def _role(node: LexborNode, tag: str) -> Role | None:
    attributes = node.attributes
    if not attributes:
        return Role.WEAK if tag == "blockquote" else None
    style = (attributes.get("style") or "").lower()[:1000]
    if "hidden" in attributes or _HIDING.search(style):
        return Role.HIDDEN
    names = _names(node)
    if names & _AFTER or (tag == "div" and _TOPPED.search(style) and _heads(node)):
        return Role.AFTER
    if tag == "blockquote":
        cited = (attributes.get("type") or "").lower() == "cite" or "cite" in attributes
        named = any("quote" in name or "cite" in name for name in names)
        return Role.QUOTE if cited or named or _EDGE.search(style) else Role.WEAK
    if "gmail_attr" in names and _opening(node).lstrip().startswith("-"):
        return None  # the divider of a forwarded mail, which the patterns of text tell better
    if names & _QUOTES:
        return Role.QUOTE
    if names & _SIGNATURES or attributes.get("data-smartmail") == "gmail_signature":
        return Role.SIGNATURE
    return None


def _opening(node: LexborNode) -> str:
    """The first text in an element, enough to see how it begins."""
    told = ""
    for entering, inner in _texts(node):
        if entering:
            told += inner.text_content or ""
        if len(told) > 600:
            break
    return told[:600]


def _texts(node: LexborNode) -> Iterator[tuple[bool, LexborNode]]:
    """The text nodes of an element, at most 200 nodes on."""
    for n, inner in enumerate(node.traverse(include_text=True)):
        if n > 200:
            return
        yield inner.tag == "-text", inner


def _heads(node: LexborNode) -> bool:
    """Whether an element with a line on top holds a header block and is no design."""
    text = _opening(node)
    return text.count(":") >= 3 and ("@" in text or bool(re.search(r"\d{4}", text))) and len(text) < 600


def _deep(html: str) -> bool:
    """Whether elements nest deeper than the parser can take in good time; counted without parsing."""
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _UNCLOSED:
            depth = max(0, depth + (-1 if match[1] else 1))
            if depth > DEEP:
                return True
    return False


def _bare(html: str) -> Marked:
    """The text of a page that is not worth parsing: tags are cut out, nothing is known of the lines."""
    text = re.sub(r"(?i)<(?:br|/p|/div|/tr|/li)\b[^<>]{0,500}>", "\n", html[:HUGE])
    text = unescape(re.sub(r"<[^<>]{1,5000}>", " ", text))
    lines = tuple(" ".join(line.split()) for line in text.split("\n"))
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
