"""Undoing a transfer encoding (RFC 2045 section 6): bytes in, exact bytes out, damage repaired and named, no error."""

from __future__ import annotations

import binascii
import re
from typing import Final

_NOT_BASE64: Final = bytes(
    sorted(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
)
_BASE64_AND_BLANKS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n\x0b\x0c"
_MAX_RUNS: Final = 1_000
_MAX_DAMAGED: Final = 1_000
_PROSE: Final = re.compile(rb"\s*(?:[A-Za-z,.'!?-]{1,20} {1,3}){4}")
_BLANKS: Final = b" \t\r\n\x0b\x0c"
_BASE64_LINE: Final = re.compile(rb"[A-Za-z0-9+/=]+\Z")
_UU_BEGIN: Final = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ?([^\r\n]{0,255})\r?$", re.MULTILINE)
_SOFT_BREAK: Final = re.compile(rb"=[ \t]+(?=\r?\n)")


def encoding_of(header: str) -> str:
    """The encoding that a Content-Transfer-Encoding means: base64, quoted-printable, uuencode or "" (identity)."""
    name = header.strip().strip("\"'").lower()
    if name.startswith("base64") or name in ("base-64", "b"):
        return "base64"
    if name.startswith(("quoted", "qp")):
        return "quoted-printable"
    if name.startswith(("x-uue", "uue", "x-uu", "uu")):
        return "uuencode"
    return ""


def decode(body: bytes, encoding: str) -> tuple[bytes, str]:
    """The content of a body in `encoding` (as `encoding_of` names it), and what was repaired ("" if nothing)."""
    if encoding == "base64":
        return base64(body)
    if encoding == "quoted-printable":
        return quoted_printable(body)
    if encoding == "uuencode":
        return uuencode(body)
    return body, ""


def base64(body: bytes) -> tuple[bytes, str]:
    """RFC 2045 section 6.8: foreign characters ignored, missing padding added, several padded runs joined."""
    if len(body.translate(None, _BASE64_AND_BLANKS)) * 20 > len(body) or _PROSE.match(body):
        return body, "the body is not base64 as it says"
    pad = body.find(b"=")
    if pad < 0 or not body[pad:].strip(b"=" + _BLANKS):
        try:
            return binascii.a2b_base64(body), ""
        except binascii.Error:
            return repaired(body)
    if not body[:pad].translate(None, _BLANKS):
        return b"", "base64 damaged"
    return _runs(body) if body.count(b"=") <= _MAX_RUNS else repaired(body)


def _runs(body: bytes) -> tuple[bytes, str]:
    """Padding before the end: encoded pieces put together, or text appended by a list server, which is left out."""
    out: list[bytes] = []
    warning = ""
    run: list[bytes] = []
    for line in body.split(b"\n"):
        bare = line.strip(_BLANKS)
        if not bare:
            continue
        if not _BASE64_LINE.match(bare):
            if run or not out:
                run.append(bare)
                continue
            warning = "text after the base64 was left out"
            break
        run.append(bare)
        if bare.endswith(b"="):
            out.append(repaired(b"".join(run))[0])
            run = []
    if run:
        data, warning = repaired(b"".join(run))
        out.append(data)
    return b"".join(out), warning


def repaired(body: bytes) -> tuple[bytes, str]:
    """Whatever base64 there is among foreign characters, piece by padded piece."""
    if body.count(b"=") > _MAX_RUNS:
        body = body.translate(None, b"=")
    pieces = [piece for piece in body.translate(None, _NOT_BASE64).split(b"=") if piece]
    out: list[bytes] = []
    for piece in pieces:
        rest = len(piece) % 4
        whole = piece[:-1] if rest == 1 else piece
        out.append(binascii.a2b_base64(whole + b"=" * (-len(whole) % 4)))
    return b"".join(out), "base64 damaged"


def quoted_printable(body: bytes) -> tuple[bytes, str]:
    """RFC 2045 section 6.7; a broken escape stays as written, blanks after a soft break are dropped."""
    if b"= " in body or b"=\t" in body:
        body = _SOFT_BREAK.sub(b"=", body)
    return binascii.a2b_qp(body), ""


def uuencode(body: bytes) -> tuple[bytes, str]:
    """The first file of a uuencoded body; lines that cannot be decoded are taken as far as they go."""
    begin = _UU_BEGIN.search(body)
    if not begin:
        return body, "uuencode without its begin line"
    out: list[bytes] = []
    warning = ""
    damaged = 0
    for line in body[begin.end() :].lstrip(b"\r\n").split(b"\n"):
        bare = line.rstrip(b"\r")
        if not bare:
            continue
        if bare[0] == 0x60 or bare.rstrip() == b"end":  # a backtick is the length 0
            break
        need = 1 + (((bare[0] - 32) & 63) * 4 + 2) // 3
        try:
            out.append(binascii.a2b_uu(bare[: need + (-(need - 1) % 4)]))
        except binascii.Error:
            warning = "uuencode damaged"
            damaged += 1
            if damaged > _MAX_DAMAGED:
                break
    return b"".join(out), warning
