"""Outlook's winmail.dat opened (MS-OXTNEF): the files and the body in it, within bounds, damage named.

An own reader because the kept one (tnefparse 1.4) believes every count in the stream: four bytes make it loop four
thousand million times. Here each count is held against the bytes that are left before anything is done.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mail.read import charset

_SIGNATURE: Final = b"\x78\x9f\x3e\x22"
_MAX_ATTRIBUTES: Final = 5_000
_MAX_FILES: Final = 200
_MAX_PROPERTIES: Final = 20_000

_BODY: Final = 0x800C
_ATTACH_DATA: Final = 0x800F
_ATTACH_TITLE: Final = 0x8010
_ATTACH_BEGIN: Final = 0x9002
_MESSAGE_PROPERTIES: Final = 0x9003
_ATTACH_PROPERTIES: Final = 0x9005
_CODE_PAGE: Final = 0x9007

_PR_BODY: Final = 0x1000
_PR_RTF: Final = 0x1009
_PR_HTML: Final = 0x1013
_PR_ATTACH_DATA: Final = 0x3701
_PR_ATTACH_NAME: Final = 0x3704
_PR_ATTACH_LONG_NAME: Final = 0x3707
_PR_DISPLAY_NAME: Final = 0x3001
_PR_CODE_PAGE: Final = 0x3FDE
_NAMES: Final = (_PR_ATTACH_LONG_NAME, _PR_ATTACH_NAME, _PR_DISPLAY_NAME)

_FIXED: Final = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8}
_FIXED_OTHERS: Final = {0x0040: 8, 0x0048: 16}
_SIZED: Final = frozenset({0x000D, 0x001E, 0x001F, 0x0102})
_UNICODE: Final = 0x001F
_OBJECT: Final = 0x000D
_PAGES: Final = {65001: "utf-8", 20127: "us-ascii", 28591: "latin-1", 20866: "koi8-r"}
_MULTI: Final = 0x1000


class _Broken(ValueError):
    """The stream says more than it holds."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a winmail.dat held: (name, content) of each file, the body as HTML or plain text, and what went wrong.

    `rtf` says that there is a body in RTF, which is not read: the mail around it nearly always has the same text.
    """

    files: tuple[tuple[str, bytes], ...] = ()
    plain: str = ""
    html: str = ""
    rtf: bool = False
    warning: str = ""


@dataclass(slots=True)
class _File:
    name: str = ""
    content: bytes = b""


def open_tnef(data: bytes) -> Opened:
    """The content of a TNEF stream; never raises; what stands before any damage is kept."""
    if data[:4] != _SIGNATURE:
        return Opened(warning="winmail.dat is no TNEF stream")
    files: list[_File] = []
    plain = html = ""
    warning = ""
    rtf = False
    page = "cp1252"
    try:
        for attribute, value in _attributes(data):
            if attribute == _CODE_PAGE and len(value) >= 4:
                page = _page(value) or page
            elif attribute == _BODY:
                plain = plain or _text(value, page)
            elif attribute == _MESSAGE_PROPERTIES:
                found = dict(_properties(value))
                page = _page(_bytes(found.get(_PR_CODE_PAGE))) or page
                plain = plain or _string(found.get(_PR_BODY), page)
                html = html or _string(found.get(_PR_HTML), page)
                rtf = rtf or _PR_RTF in found
            elif attribute == _ATTACH_BEGIN:
                if len(files) >= _MAX_FILES:
                    break
                files.append(_File())
            elif files:
                _fill(files[-1], attribute, value, page)
    except _Broken:
        warning = "winmail.dat is damaged"
    named = tuple((file.name, file.content) for file in files if file.content or file.name)
    return Opened(named, plain, html, rtf, warning)


def _fill(file: _File, attribute: int, value: bytes, page: str) -> None:
    if attribute == _ATTACH_DATA:
        file.content = value
    elif attribute == _ATTACH_TITLE:
        file.name = file.name or _text(value, page)
    elif attribute == _ATTACH_PROPERTIES:
        found = dict(_properties(value))
        content = _bytes(found.get(_PR_ATTACH_DATA))
        if content and (not file.content or content[:4] == _SIGNATURE):  # an attached item is a TNEF stream itself
            file.content = content
        names = [_string(found.get(tag), page) for tag in _NAMES]
        file.name = names[0] or names[1] or file.name or names[2]


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every attribute: level (1 byte), id and type (2 each), length (4), value, checksum (2)."""
    at = 6
    for _ in range(_MAX_ATTRIBUTES):
        if at + 11 > len(data):
            return
        attribute, _, length = struct.unpack_from("<HHI", data, at + 1)
        start = at + 9
        if length > len(data) - start:
            raise _Broken
        yield attribute, data[start : start + length]
        at = start + length + 2
    raise _Broken


def _properties(data: bytes) -> Iterator[tuple[int, str | bytes]]:
    """The MAPI properties of an encapsulated list that matter here, by tag."""
    at = 4
    left = [_MAX_PROPERTIES]
    for _ in range(min(_number(data, 0), _MAX_PROPERTIES)):
        if at + 4 > len(data):
            return
        kind, tag = struct.unpack_from("<HH", data, at)
        at += 4
        if tag >= 0x8000:
            at = _past_name(data, at)
        values, at = _values(data, at, kind, left)
        if not values:
            continue
        if kind & ~_MULTI == _UNICODE:
            yield tag, _text(values[0], "utf-16-le")
        else:
            yield tag, values[0][16:] if kind == _OBJECT else values[0]  # an object begins with its interface's GUID


def _past_name(data: bytes, at: int) -> int:
    """Past the GUID and the number or name of a named property."""
    kind = _number(data, at + 16)
    if kind == 0:
        return at + 24
    length = _number(data, at + 20)
    return _within(data, at + 24 + length + (-length % 4))


def _values(data: bytes, at: int, kind: int, left: list[int]) -> tuple[list[bytes], int]:
    base = kind & ~_MULTI
    fixed = _FIXED.get(base) or _FIXED_OTHERS.get(base)
    count = 1
    if kind & _MULTI or base in _SIZED:
        count = _number(data, at)
        at += 4
    left[0] -= count
    if left[0] < 0 or (fixed is None and base not in _SIZED):
        raise _Broken
    values: list[bytes] = []
    for _ in range(count):
        if fixed is None:
            length = _number(data, at)
            at += 4
            values.append(data[at : at + length])
            at = _within(data, at + length + (-length % 4))
        else:
            values.append(data[at : at + fixed])
            at = _within(data, at + fixed)
    return values, at


def _number(data: bytes, at: int) -> int:
    if at + 4 > len(data):
        raise _Broken
    number: int = struct.unpack_from("<I", data, at)[0]
    return number


def _within(data: bytes, at: int) -> int:
    if at > len(data) + 3:  # the padding of the last value may be missing
        raise _Broken
    return at


def _page(value: bytes) -> str:
    """Python's name of a Windows code page number, "" if there is none."""
    if len(value) < 4:
        return ""
    number = struct.unpack_from("<I", value)[0]
    return charset.known(_PAGES.get(number, f"cp{number}")) or ""


def _bytes(value: str | bytes | None) -> bytes:
    return value if isinstance(value, bytes) else b""


def _string(value: str | bytes | None, page: str) -> str:
    if isinstance(value, bytes):
        return _text(value, page)
    return value or ""


def _text(value: bytes, page: str) -> str:
    if page == "utf-16-le":
        return charset.whole(value.decode("utf-16-le", "replace")).partition("\0")[0]
    return charset.decode(value.partition(b"\0")[0], page)[0]
