"""Plain text of a reply cut into the sender's new lines, quoted lines and signature lines; pure and linear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from mail.reply.newtext import headers, signature
from mail.reply.newtext.headers import FAR, Mark, Page
from mail.reply.newtext.words import visible


class Part(Enum):
    """Whose line it is: the sender's own words, somebody's earlier words, or a signature, footer or disclaimer."""

    NEW = "new"
    QUOTED = "quoted"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines of a text, each with its part. `forward` is the first line of a forwarded mail's own text, or None."""

    lines: tuple[str, ...]
    labels: tuple[Part, ...]
    forward: int | None = None

    def of(self, part: Part) -> str:
        """The lines of one part as text: runs of blank lines become one, none stand at the ends."""
        return tidy([line for line, label in zip(self.lines, self.labels, strict=True) if label is part])

    @property
    def new(self) -> str:
        """The sender's own words."""
        return self.of(Part.NEW)

    @property
    def quoted(self) -> str:
        """What was written before, with its headers."""
        return self.of(Part.QUOTED)

    @property
    def signature(self) -> str:
        """Signatures, footers and disclaimers."""
        return self.of(Part.SIGNATURE)


_LAZY_VERB = re.compile(r"^\W*[^\W\d_]{3,12}(?:\(a\))?\s?[:：]\W*$")
_COUNT = re.compile(r"^\s{0,3}>=?\s?\d")
_ARROWS = re.compile(r"^\s*>{2,}.{1,200}<{2,}\s*$")  # ">>> here <<<" is drawn, not quoted
_BAR = re.compile(r"^\s?\|(?:\s|$)")
_MIDLINE = re.compile(
    r"[.!?)\]\w]\s{1,4}(?P<head>(?:On|Pada(?: tanggal)?|Am|Le|El|Op|Il giorno|Em) [^\W\d_]{2,10}"
    r"[.,]{0,2} .{6,260}@.{2,120}:\s*)$"
)
# A link that a client broke: its ">" alone opens the next line and is no quote mark.
_OPEN_LINK = re.compile(r"<[^<>]{1,2000}$")


# What may hang unseen at a line's end: blanks, zero width characters, the byte order mark.
ENDS = " \t\r\n\f\v\u00a0\u202f\u200b\u200c\u200d\u200e\u200f\ufeff"


def tidy(lines: Sequence[str]) -> str:
    """Lines as text: blanks at line ends go, runs of blank lines become one, none stand at the ends."""
    kept: list[str] = []
    for line in lines:
        shown = line.rstrip(ENDS) if visible(line) else ""
        if shown or (kept and kept[-1]):
            kept.append(shown)
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join(kept)


def split(text: str) -> list[str]:
    """The lines of a text; CRLF, CR and LF end a line, an attribution glued to a sentence starts one of its own."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        glued = _MIDLINE.search(line) if 20 < len(line) < 1500 and line.rstrip().endswith(":") else None
        if glued and headers.find(Page.of([glued["head"]]), 0):
            lines += [line[: glued.start("head")], glued["head"]]
        else:
            lines.append(line)
    return lines


def cut(text: str, sender: str = "") -> Parts:
    """Cut a plain text. `sender` is the writer's display name, if known: it helps to tell a closing name from a word.

    Never raises; every line of the result is a line of the text (or a part of one, where a client glued two).
    """
    return cut_lines(split(text), sender=sender)


def cut_lines(lines: Sequence[str], hints: Sequence[Part | None] = (), sender: str = "") -> Parts:
    """Cut lines of which some are known already (`hints`, by HTML structure): a hint other than None is kept."""
    page = Page.of(lines, frozenset(i for i, hint in enumerate(hints) if hint is Part.QUOTED))
    known: list[Part | None] = list(hints) if hints else [None] * len(lines)
    labels, forward = _quotes(page, known)
    labels = [Part.SIGNATURE if hint is Part.SIGNATURE else label for hint, label in zip(known, labels, strict=True)]
    for i in signature.find(page, [label is Part.NEW for label in labels[:FAR]], sender):
        labels[i] = Part.SIGNATURE
    return Parts(page.lines, tuple(labels), forward)


def _marked(page: Page, known: Sequence[Part | None]) -> list[bool]:
    """Which lines carry a quote mark or are known as quoted."""
    lines = page.lines
    marked = [
        hint is Part.QUOTED or (hint is None and headers.is_quoted(line))
        for line, hint in zip(lines, known, strict=True)
    ]
    initials = [i for i, m in enumerate(marked) if m and known[i] is None and lines[i].lstrip()[:1].isalpha()]
    if len(initials) < 2:  # "A> b" once is somebody's arrow
        for i in initials:
            marked[i] = False
    for i in range(1, len(lines)):
        if (
            marked[i]
            and known[i] is None
            and lines[i].strip() == ">"
            and not marked[i - 1]
            and _OPEN_LINK.search(lines[i - 1][-2000:])
        ):
            marked[i] = False
    for i, line in enumerate(lines):
        if marked[i] and known[i] is None and _ARROWS.match(line[:300]):
            marked[i] = False
    if sum(marked) == 1:
        i = marked.index(True)
        if known[i] is None and (_COUNT.match(lines[i]) or lines[i].startswith(">From ")):
            marked[i] = False
    return marked


def _lazy(page: Page, marked: Sequence[bool], i: int) -> bool:
    """Whether line i is the tail of a quoted line that was wrapped without a new mark."""
    if not (0 < i < len(page.lines) - 1 and marked[i - 1] and marked[i + 1]) or page.blank(i):
        return False
    above, line = visible(page.lines[i - 1]), visible(page.lines[i])
    if _LAZY_VERB.match(line):
        return True
    return len(above) >= 66 and len(line) < 60 and line[:1].islower() and above[-1:] not in ".!?:;>"


def _quotes(page: Page, known: Sequence[Part | None]) -> tuple[list[Part], int | None]:
    lines = page.lines
    marked = _marked(page, known)
    labels = [Part.NEW] * len(lines)
    forward: int | None = None
    own = False
    i = 0
    while i < len(lines):
        if marked[i] or _lazy(page, marked, i):
            labels[i] = Part.QUOTED
            i += 1
            continue
        header = headers.find(page, i, top=not own) if known[i] is None and i < FAR else None
        if header is None:
            own = own or not page.blank(i)
            i += 1
            continue
        start = _rule_above(page, i)
        labels[start : header.end] = [Part.QUOTED] * (header.end - start)
        if header.mark is Mark.FORWARD or (header.mark is Mark.BLOCK and not own):
            forward = header.end if forward is None else forward
        below = page.next(header.end, reach=8)
        if below < len(lines) and not header.inline and (marked[below] or _barred(page, below, marked)):
            i = header.end
            continue
        labels[start:] = [Part.QUOTED] * (len(lines) - start)
        break
    return labels, forward


def _rule_above(page: Page, i: int) -> int:
    """The line from which a header at line i takes the rule drawn above it along."""
    for k in (i - 1, i - 2):
        if k >= 0 and headers.is_rule(page.lines[k]):
            return k
        if k < 0 or not page.blank(k):
            break
    return i


def _barred(page: Page, below: int, marked: list[bool]) -> bool:
    """Whether the quote is drawn with bars at the left; marks all such lines."""
    if not (_BAR.match(page.lines[below]) and below + 1 < len(page.lines) and _BAR.match(page.lines[below + 1])):
        return False
    for k in range(below, len(page.lines)):
        marked[k] = marked[k] or bool(_BAR.match(page.lines[k]))
    return True
