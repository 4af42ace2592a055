"""Raw bytes to a tree of MIME parts (RFC 2045, 2046) that only point into them: bounded in depth, parts and headers.

The tree is what no lenient parser gives: where each body begins and ends in the very bytes that came, so that an
attachment is exact and a photograph is never walked line by line. Boundaries are looked for with one search each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from mail.read import transfer, words

MAX_DEPTH: Final = 60
MAX_PARTS: Final = 1000
MAX_HEADERS: Final = 10_000
_MAX_FIELD: Final = 100_000
"""Bytes of one field that are read; no honest one comes near."""
_MAX_HEADER: Final = 1_000_000
"""Bytes of one header that are read."""
_MAX_MENDED: Final = 20
_MAX_DELIMITERS: Final = 100_000
_MAX_JUNK: Final = 200
_END_OF_HEADER: Final = re.compile(rb"\n[ \t]*\r*\n")
_MAX_PROLOGUE: Final = 20

_FIELD: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
_BLANK: Final = re.compile(rb"[ \t]*\r*(?:\n|\Z)")
_INDENT: Final = re.compile(rb"[ \t]+")
_MBOX_LINE: Final = re.compile(rb">?From (?![ \t]*:)")
_PARAMETER: Final = re.compile(rb"[A-Za-z][A-Za-z0-9*-]{0,40}=[^\n]{1,500}")
_WELL_KNOWN: Final = re.compile(
    rb"(?:from|to|cc|bcc|subject|date|message-id|mime-version|content-[a-z-]{2,40}|received|return-path|reply-to|sender"
    rb"|x-[a-z0-9-]{1,60}|delivered-to|references|in-reply-to|importance|priority|list-[a-z-]{1,40}|errors-to"
    rb"|dkim-signature|precedence|status|lines|organization|user-agent)[ \t]*:",
    re.IGNORECASE,
)
_GUESS_BOUNDARY: Final = re.compile(rb"^--([^\s][^\r\n]{0,100}?)[ \t]*\r?\nContent-[A-Za-z-]{2,40}:", re.MULTILINE)
_CONTENT: Final = frozenset({"content-type", "content-disposition", "content-transfer-encoding", "content-id"})
_TYPE: Final = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,100}\Z")


@dataclass(slots=True)
class Part:
    """One entity: its raw fields, what its Content- fields say, and where its body stands in the raw bytes."""

    fields: list[tuple[str, bytes]]
    start: int
    end: int
    type: str = "text/plain"
    params: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    disposition_params: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    content_id: str = ""
    children: list[Part] = field(default_factory=list)
    typed: bool = False
    header_start: int = 0

    @property
    def is_multipart(self) -> bool:
        """True where the body was split into parts; a multipart without any is a leaf."""
        return bool(self.children)


@dataclass(slots=True)
class Tree:
    """The root part of a mail, the bytes it points into, and what had to be guessed."""

    raw: bytes
    root: Part
    warnings: list[str]


def split(raw: bytes) -> Tree:
    """The part tree of a mail; never raises. Bare CR line ends are read only where there is no LF at all."""
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    warnings: list[str] = []
    splitter = _Splitter(raw, warnings)
    root = splitter.entity(_skip_prologue(raw), len(raw), "text/plain", 0)
    return Tree(raw, root, warnings)


def _skip_prologue(raw: bytes) -> int:
    """Past a byte order mark, empty lines and an mbox `From ` line before the first field."""
    at = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    for _ in range(_MAX_PROLOGUE):
        if _MBOX_LINE.match(raw, at):  # `From : a@b` is a field of old (RFC 5322 section 4.5)
            at = _line_end(raw, at)
        elif (blank := _BLANK.match(raw, at)) and blank.end() > at and blank.end() < len(raw):
            at = blank.end()
        else:
            break
    indent = _INDENT.match(raw, at)
    if indent and _WELL_KNOWN.match(raw, indent.end()):
        at = indent.end()
    if at and not _FIELD.match(raw, at):
        return 0
    return at


def _line_end(raw: bytes, at: int) -> int:
    newline = raw.find(b"\n", at)
    return len(raw) if newline < 0 else newline + 1


class _Splitter:
    """The count of parts and the warnings, shared by all levels of one mail."""

    def __init__(self, raw: bytes, warnings: list[str]) -> None:
        self.raw = raw
        self.warnings = warnings
        self.parts = 0

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)

    def entity(self, start: int, end: int, default: str, depth: int) -> Part:
        """The entity in raw[start:end]: its fields, then its parts or its body."""
        self.parts += 1
        fields, body = self._fields(start, end)
        part = Part(fields, min(body, end), end, default, header_start=start)
        self._describe(part, default)
        if part.type.startswith("multipart/"):
            if depth >= MAX_DEPTH:
                self.warn(f"parts nested deeper than {MAX_DEPTH} were left unread")
            else:
                self._multipart(part, depth)
        return part

    def _fields(self, start: int, end: int) -> tuple[list[tuple[str, bytes]], int]:
        raw = self.raw
        fields: list[tuple[str, bytes]] = []
        at = start
        mended = junk = 0
        while at < end:
            match = _FIELD.match(raw, at, end)
            if match:
                if len(fields) < MAX_HEADERS and at - start < _MAX_HEADER:
                    fields.append((match.group(1).decode("ascii"), self._bounded(match.group(2))))
                else:
                    self.warn(f"more than {MAX_HEADERS} header fields or {_MAX_HEADER} bytes: the rest was left out")
                    blank = _END_OF_HEADER.search(raw, at, end)
                    return fields, blank.end() if blank else end
                at = match.end()
                continue
            blank = _BLANK.match(raw, at, end)
            if blank:
                return fields, blank.end()
            if mended < _MAX_MENDED and self._continues(fields, at, end):
                mended += 1
                at = min(_line_end(raw, at), end)
                continue
            after = self._past_junk(at, end, bool(fields)) if junk < _MAX_JUNK else -1
            junk += 1
            if after < 0:
                if fields:
                    self.warn("no empty line between header and body")
                return fields, at
            self.warn("a line in the header is no field")
            at = after
        return fields, end

    def _bounded(self, value: bytes) -> bytes:
        if len(value) <= _MAX_FIELD:
            return value
        self.warn(f"a header field longer than {_MAX_FIELD} bytes was cut")
        return value[:_MAX_FIELD]

    def _continues(self, fields: list[tuple[str, bytes]], at: int, end: int) -> bool:
        """Takes a parameter line that lost its indent (`name="..."` after `...;`) into the field before it."""
        if not fields or not fields[-1][1].rstrip().endswith(b";") or not _PARAMETER.match(self.raw, at, end):
            return False
        name, value = fields[-1]
        fields[-1] = (name, value + b"\n " + self.raw[at : min(_line_end(self.raw, at), end)])
        self.warn("a parameter line without its indent was taken into the field before it")
        return True

    def _past_junk(self, at: int, end: int, seen: bool) -> int:
        """Where fields go on behind a line that is none, or -1 where the body begins without an empty line."""
        raw = self.raw
        if not seen:
            indent = _INDENT.match(raw, at, end)
            return indent.end() if indent and _WELL_KNOWN.match(raw, indent.end(), end) else -1
        if _MBOX_LINE.match(raw, at):
            return _line_end(raw, at)
        probe = at
        for _ in range(4):
            line_end = min(_line_end(raw, probe), end)
            if raw.startswith(b"--", probe) or _BLANK.match(raw, probe, end):
                return -1
            if _WELL_KNOWN.match(raw, probe, end):
                return probe
            probe = line_end
            if probe >= end:
                return -1
        return -1

    def _describe(self, part: Part, default: str) -> None:
        seen: set[str] = set()
        for name, raw in part.fields:
            lower = name.lower()
            if lower not in _CONTENT or lower in seen:
                continue
            value = words.unfold(raw[:20_000])
            if lower == "content-type":
                kind, params = words.parameters(value)
                if not _TYPE.match(kind):
                    kind = self._mended(kind, default)
                    if not kind:
                        continue
                part.type, part.params, part.typed = kind, params, True
            elif lower == "content-disposition":
                part.disposition, part.disposition_params = words.parameters(value)
            elif lower == "content-transfer-encoding":
                part.encoding = transfer.encoding_of(value)
            else:
                part.content_id = value.strip().strip("<>").strip()
            seen.add(lower)

    def _mended(self, kind: str, default: str) -> str:
        """RFC 2045 section 5.2: a type that cannot be read is text/plain."""
        if kind in ("text", "plain", "text/"):
            return "text/plain"
        if kind in ("html", "text/html,"):
            return "text/html"
        if kind in ("multipart", "multipart/"):
            return "multipart/mixed"
        cut = re.match(r"[a-z0-9.+-]{1,80}/[a-z0-9.+-]{1,100}", kind)
        if cut:
            return cut.group()
        if kind:
            self.warn("a content type could not be read")
        return "" if not kind or "/" not in default else default

    def _multipart(self, part: Part, depth: int) -> None:
        boundary = part.params.get("boundary", "").rstrip()
        raw = self.raw
        spans: list[tuple[int, int]] = []
        if boundary:
            spans = self._spans(part, boundary.encode("utf-8", "surrogateescape"))
        if not spans:
            guess = _GUESS_BOUNDARY.search(raw, part.start, min(part.end, part.start + 200_000))
            if guess:
                self.warn("the multipart's boundary was missing or wrong and was guessed")
                spans = self._spans(part, guess.group(1).rstrip())
            else:
                self.warn("a multipart without any boundary was read as text")
        default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
        for start, end in spans:
            if self.parts >= MAX_PARTS:
                self.warn(f"more than {MAX_PARTS} parts: the rest was left unread")
                break
            part.children.append(self.entity(start, end, default, depth + 1))

    def _spans(self, part: Part, boundary: bytes) -> list[tuple[int, int]]:
        """Where the parts between the delimiter lines of `boundary` begin and end (RFC 2046 section 5.1.1)."""
        raw, stop = self.raw, part.end
        delimiter = b"--" + boundary
        spans: list[tuple[int, int]] = []
        opened = -1
        seen = 0
        at = part.start if raw.startswith(delimiter, part.start, stop) else -1
        if at < 0:
            found = raw.find(b"\n" + delimiter, part.start, stop)
            at = found + 1 if found >= 0 else -1
        while at >= 0:
            tail = at + len(delimiter)
            newline = raw.find(b"\n", tail, stop)
            line_end = stop if newline < 0 else newline
            seen += 1
            if seen > _MAX_DELIMITERS:
                self.warn("too many lines that look like boundaries: the rest was left unread")
                break
            rest = raw[tail : min(line_end, tail + 100)].strip(b" \t\r")
            if rest in (b"", b"--"):
                if opened >= 0:
                    spans.append((opened, self._before(at, opened)))
                    opened = -1
                if rest:
                    return spans
                opened = min(line_end + 1, stop)
                if len(spans) > MAX_PARTS:
                    break
            found = raw.find(b"\n" + delimiter, tail - 1 if line_end < tail else line_end, stop)
            at = found + 1 if found >= 0 else -1
        if opened >= 0:
            if opened < stop or not spans:
                spans.append((opened, stop))
            self.warn("a multipart was not closed")
        return spans

    def _before(self, at: int, opened: int) -> int:
        """The end of the body before the delimiter at `at`: the line end belongs to the delimiter."""
        end = at
        if end > opened and self.raw[end - 1 : end] == b"\n":
            end -= 1
            if end > opened and self.raw[end - 1 : end] == b"\r":
                end -= 1
        return end
