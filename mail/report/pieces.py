"""The bytes of a mail as a short flat list of readable pieces, so that a report can be told from what it returns.

`mail.read` answers what a mail says; a bounce needs something else: which pieces are the notice itself and which lie
inside the mail that came back. This splitter never raises, opens nothing that is returned or forwarded, and looks at
the first `MOST_BYTES` only: a notice stands at the beginning, what it returns may be large.
"""

from __future__ import annotations

import binascii
import html
import quopri
import re
from base64 import b64decode
from dataclasses import dataclass, field

MOST_BYTES = 1_000_000
MOST_TEXT = 200_000  # characters kept of one piece
MOST_PIECES = 60
MOST_DEPTH = 6

_RETURNED = frozenset({"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"})
_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status", "message/feedback-report"})
_BREAKS = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?table|/?ul|/?ol|hr|/?blockquote)\b[^<>]{0,2000}>", re.I)
_HIDDEN = re.compile(r"<(style|script|head)\b")
_TAG = re.compile(r"<[^<>\s@][^<>@]{0,2000}>")
_PARAMETER = re.compile(r';\s{0,20}([A-Za-z-]{1,30})\s{0,5}=\s{0,5}(?:"([^"]{0,300})"|([^\s;"]{1,300}))')
_FOLD = re.compile(r"\r?\n[ \t]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One leaf of a mail. `text` is decoded and without markup; `returned` marks (part of) the mail that came back."""

    type: str
    text: str = field(repr=False)
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one mail in order; `type` and `report` (report-type) are of the mail itself."""

    type: str
    report: str
    headers: str = field(repr=False)
    all: tuple[Piece, ...] = ()

    def of(self, *types: str) -> tuple[Piece, ...]:
        """The pieces of these types that are not returned themselves."""
        return tuple(piece for piece in self.all if piece.type in types)

    @property
    def returned(self) -> str:
        """The text of the returned mail or of its headers, "" if there is none."""
        return next((piece.text for piece in self.all if piece.returned), "")


def take_apart(raw: bytes) -> Pieces:
    """The pieces of a mail; never raises, at most `MOST_PIECES`, nothing beyond the first `MOST_BYTES`."""
    head, body = _split(raw[:MOST_BYTES])
    media, parameters = _content_type(head)
    found: list[Piece] = []
    _walk(head, body, 0, found)
    return Pieces(media, parameters.get("report-type", "").lower(), head, tuple(found))


def field_of(head: str, name: str) -> str | None:
    """The first field of that name in a block of headers, unfolded and stripped, or None."""
    match = re.search(rf"(?im)^{re.escape(name)}[ \t]{{0,5}}:[ \t]*(.*(?:\r?\n[ \t]+\S.*)*)", head)
    return _FOLD.sub(" ", match[1]).strip() if match else None


def readable(markup: str) -> str:
    """HTML as plain text with a line for each block; crude on purpose, for phrases and addresses only."""
    markup = markup[:MOST_TEXT]
    kept, place = [], 0
    lower = markup.lower()
    for opening in _HIDDEN.finditer(lower):
        if opening.start() < place:
            continue
        end = lower.find(f"</{opening[1]}", opening.end())
        if end < 0:
            break
        kept.append(markup[place : opening.start()])
        place = end
    kept.append(markup[place:])
    return html.unescape(_TAG.sub("", _BREAKS.sub("\n", "".join(kept)))).replace("\xa0", " ")


def _walk(head: str, body: bytes, depth: int, found: list[Piece]) -> None:
    media, parameters = _content_type(head)
    if len(found) >= MOST_PIECES:
        return
    boundary = parameters.get("boundary", "")
    if media.startswith("multipart/") and boundary and depth < MOST_DEPTH:
        for part in _parts(body, boundary.encode("utf-8", "replace")):
            _walk(*_split(part), depth + 1, found)
        return
    if media.startswith(("text/", "message/", "multipart/")) or not media:
        text = _decoded(head, body, parameters.get("charset", ""))
        if media == "text/html":
            text = readable(text)
        found.append(Piece(media or "text/plain", text.replace("\r\n", "\n"), media in _RETURNED))


def _parts(body: bytes, boundary: bytes) -> list[bytes]:
    """What lies between the boundary lines; the preamble counts only if there is no boundary at all."""
    line = re.compile(rb"(?m)^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?$")
    marks = list(line.finditer(body))
    if not marks:
        return [b"\n" + body]
    parts = []
    for number, mark in enumerate(marks[:MOST_PIECES]):
        if mark[1]:
            break
        end = marks[number + 1].start() if number + 1 < len(marks) else len(body)
        parts.append(body[mark.end() : end].removeprefix(b"\r").removeprefix(b"\n"))
    return parts


def _split(raw: bytes) -> tuple[str, bytes]:
    """Headers as text and body as bytes; a part that begins with a blank line has no headers."""
    if raw[:1] == b"\n" or raw[:2] == b"\r\n":
        return "", raw
    match = re.search(rb"\r?\n[ \t]*\r?\n", raw)
    head, body = (raw[: match.start()], raw[match.end() :]) if match else (raw, b"")
    return head[:100_000].decode("utf-8", "replace"), body


def _content_type(head: str) -> tuple[str, dict[str, str]]:
    value = field_of(head, "Content-Type") or ""
    media = value.split(";", 1)[0].strip().lower()
    parameters = {match[1].lower(): match[2] or match[3] or "" for match in _PARAMETER.finditer(value[:4000])}
    return media if "/" in media else "", parameters


def _decoded(head: str, body: bytes, charset: str) -> str:
    encoding = (field_of(head, "Content-Transfer-Encoding") or "").strip().lower()
    if encoding == "base64":
        body = _base64(body)
    elif encoding == "quoted-printable":
        body = quopri.decodestring(body[: MOST_TEXT * 4])
    body = body[: MOST_TEXT * 4]
    for name in ("utf-8", charset, "cp1252"):
        try:
            return body.decode(name)[:MOST_TEXT]
        except (LookupError, UnicodeError, ValueError):
            continue
    return body.decode("latin-1")[:MOST_TEXT]


def _base64(body: bytes) -> bytes:
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body[: MOST_TEXT * 4])
    try:
        return b64decode(letters[: len(letters) // 4 * 4] + b"=" * 0)
    except (binascii.Error, ValueError):
        return body
