"""HTML to the text a reader sees: HTML in, plain lines out, bounded in depth, events and size.

lxml (libxml2) does the parsing, as a stream of events, so no tree is built and no nesting can exhaust the stack:
of the kept libraries it alone stayed linear on a megabyte of unclosed `<div>` (lexbor took a minute and a half,
html2text half a second), and it is the fastest on ordinary mail. What is laid out here is meant for mail: table cells
stay in reading order (a layout table is no grid of columns), what the sender hid (preheaders) stays hidden.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

_MAX_CHARS: Final = 2_000_000
"""Characters of HTML read at most; what stands beyond is not rendered."""
_MAX_EVENTS: Final = 50_000
"""Tags and runs of text followed one by one; the rest is only freed of its tags."""
_MAX_DEPTH: Final = 200
"""Below this depth (libxml2 itself gives up at 256) tags are stripped instead of followed."""

_UNSEEN: Final = frozenset({"head", "script", "style", "title", "template", "object", "applet", "svg", "math", "audio"})
_PARAGRAPH: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre"})
_BLOCK: Final = _PARAGRAPH | frozenset(
    {
        "html",
        "body",
        "div",
        "li",
        "tr",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "section",
        "article",
        "header",
        "footer",
        "nav",
        "main",
        "aside",
        "address",
        "center",
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "dt",
        "dd",
        "option",
        "legend",
        "details",
        "summary",
    }
)
_VOID: Final = frozenset({"br", "img", "hr", "input", "meta", "link", "base", "wbr", "col", "area", "embed", "source"})

_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)"
    r"|max-height\s*:\s*0(?:px|pt)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_DATA_URI: Final = re.compile(r"data:[a-z]{1,20}/[a-z0-9.+-]{1,40};base64,[A-Za-z0-9+/=\s%]{1000,}", re.IGNORECASE)
_UNSEEN_SPAN: Final = re.compile(r"<(script|style|head)\b", re.IGNORECASE)
_TAG: Final = re.compile(r"<(?:(/?)([A-Za-z][A-Za-z0-9]{0,20})[^<>]{0,5000}>|!--)")
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad\u034f"))  # never the joiners: scripts need them


class _Enough(Exception):
    """The bound of events or of depth is reached; what is left is stripped of its tags."""


class _Page:
    """The events of one HTML document written down as lines (a parser target as lxml defines it)."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.events = 0
        self.depth = 0
        self.unseen: list[int] = []
        self.pre = 0
        self.lists: list[int] = []
        self.newlines = 2  # line ends written since the last visible character; 2 at the top: nothing to separate
        self.space = False  # a collapsed blank waits for the next visible character

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count()
        if tag == "br":
            if not self.unseen:
                self._line()
            return
        if tag == "img":
            if not self.unseen:
                self._image(attributes)
            return
        if tag in _VOID:
            if tag == "hr" and not self.unseen:
                self._fresh(1)
            return
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise _Enough
        if self.unseen:
            return
        style = attributes.get("style")
        if tag in _UNSEEN or "hidden" in attributes or (style and _HIDDEN.search(style[:2000])):
            self.unseen.append(self.depth)
        elif tag in _BLOCK:
            self._fresh(2 if tag in _PARAGRAPH and not self.lists else 1)
            self._block(tag, attributes)
        elif tag in ("td", "th"):
            self.space = True

    def _block(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "pre":
            self.pre += 1
        elif tag in ("ul", "ol"):
            start = attributes.get("start", "1")
            self.lists.append((int(start) if start.isdecimal() and len(start) < 6 else 1) if tag == "ol" else 0)
        elif tag == "li":
            number = self.lists[-1] if self.lists else 0
            if number:
                self.lists[-1] += 1
            self._write(f"{number}. " if number else "- ")

    def end(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self.unseen:
            if self.unseen[-1] == self.depth:
                self.unseen.pop()
            self.depth -= 1
            return
        self.depth -= 1
        if tag in _BLOCK:
            if tag == "pre" and self.pre:
                self.pre -= 1
            elif tag in ("ul", "ol") and self.lists:
                self.lists.pop()
            self._fresh(2 if tag in _PARAGRAPH and not self.lists else 1)
        elif tag in ("td", "th"):
            self.space = True

    def data(self, text: str) -> None:
        self._count()
        if self.unseen:
            return
        if self.pre:
            self._write(text)
            return
        folded = _SPACE.sub(" ", text)
        if folded[:1] == " ":
            self.space = True
            folded = folded[1:]
        if not folded:
            return
        trailing = folded[-1] == " "
        self._write(folded[:-1] if trailing else folded)
        self.space = trailing

    def close(self) -> str:
        return "".join(self.out)

    def _count(self) -> None:
        self.events += 1
        if self.events > _MAX_EVENTS:
            raise _Enough

    def _image(self, attributes: dict[str, str]) -> None:
        style = attributes.get("style")
        if attributes.get("width") in ("0", "1") or (style and _HIDDEN.search(style[:2000])):
            return
        alt = _SPACE.sub(" ", attributes.get("alt", "")[:2000]).strip()
        if alt:
            self._write(alt)

    def _write(self, text: str) -> None:
        if self.space and not self.newlines:
            self.out.append(" ")
        self.space = False
        self.out.append(text)
        self.newlines = len(text) - len(text.rstrip("\n"))

    def _line(self) -> None:
        self.out.append("\n")
        self.newlines += 1
        self.space = False

    def _fresh(self, wanted: int) -> None:
        """Ends the line; with 2, leaves an empty one between."""
        self.space = False
        while self.newlines < wanted:
            self._line()


def to_text(html: str) -> str:
    """The visible text of an HTML body, lines ended by LF; never raises, linear in the size of `html`.

    Scripts, styles and hidden elements are left out, links keep their text, images their `alt`.
    """
    if len(html) > 1000 and "data:" in html:
        html = _DATA_URI.sub("", html)
    html = html[:_MAX_CHARS].replace("\0", "")
    page = _Page()
    parser = etree.HTMLParser(target=page, encoding="utf-8", recover=True, huge_tree=True)
    try:
        text = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except (_Enough, etree.LxmlError, ValueError, AssertionError):
        text = None
    if not isinstance(text, str) or (not text.strip() and page.depth > _MAX_DEPTH // 2):
        text = _stripped(html)
    return _tidy(text)


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").translate(_INVISIBLE)
    lines: list[str] = []
    for line in text.split("\n"):
        bare = line.rstrip()
        if bare or (lines and lines[-1]):
            lines.append(bare)
    return "\n".join(lines).strip("\n")


def _stripped(html: str) -> str:
    """The text between tags, for HTML nested or fragmented beyond what a reader would follow."""
    from html import unescape

    out: list[str] = []
    at = 0
    while match := _TAG.search(html, at):
        out.append(_SPACE.sub(" ", html[at : match.start()]))
        at = match.end()
        tag = (match.group(2) or "").lower()
        if not tag:
            close = html.find("-->", at)
            at = len(html) if close < 0 else close + 3
        elif not match.group(1) and tag in ("script", "style", "head"):
            close_tag = re.compile(f"</{tag}", re.IGNORECASE).search(html, at)
            at = close_tag.start() if close_tag else at
            if not close_tag and tag != "head":
                at = len(html)
        elif tag in _BLOCK or tag == "br":
            out.append("\n")
    out.append(_SPACE.sub(" ", html[at:]))
    return unescape("".join(out))
