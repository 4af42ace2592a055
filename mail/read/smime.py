"""The message inside an opaque S/MIME signature (RFC 8551, CMS SignedData of RFC 5652), found without verifying it.

A reader of BER that knows only what it needs: tag, length (also indefinite), and where the encapsulated content lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
_MAX_STEPS: Final = 20_000
_MAX_DEPTH: Final = 12


class _Broken(ValueError):
    """The bytes are not BER, or nest or spread beyond the bounds."""


def signed_content(data: bytes) -> bytes | None:
    """The content of a CMS SignedData in BER or DER, or None where there is none (detached, encrypted, broken)."""
    try:
        steps = [_MAX_STEPS]
        outer = _children(data, *_inside(data, 0, len(data)), steps)
        tag, start, end = next(outer)
        if tag != 0x06 or data[start:end] != _SIGNED_DATA:
            return None
        _, start, end = next(outer)  # [0] EXPLICIT
        _, start, end = next(_children(data, start, end, steps))  # SignedData
        for tag, part_start, part_end in _children(data, start, end, steps):
            if tag == 0x30:  # the first SEQUENCE is encapContentInfo
                fields = _children(data, part_start, part_end, steps)
                next(fields)
                _, content_start, content_end = next(fields)
                return b"".join(_octets(data, content_start, content_end, steps, 0))
    except (_Broken, StopIteration, IndexError):
        return None
    return None


def _inside(data: bytes, at: int, end: int) -> tuple[int, int]:
    tag, start, stop, _ = _element(data, at, end, 0, [_MAX_STEPS])
    if tag != 0x30:
        raise _Broken
    return start, stop


def _element(data: bytes, at: int, end: int, depth: int, steps: list[int]) -> tuple[int, int, int, int]:
    """Tag, start and end of the content, and where the next element begins."""
    steps[0] -= 1
    if steps[0] < 0 or depth > _MAX_DEPTH or at + 2 > end:
        raise _Broken
    tag = data[at]
    length = data[at + 1]
    start = at + 2
    if length == 0x80:
        inner = start
        while data[inner : inner + 2] != b"\0\0":
            _, _, _, inner = _element(data, inner, end, depth + 1, steps)
        return tag, start, inner, inner + 2
    if length > 0x80:
        size = length & 0x7F
        if size > 4:
            raise _Broken
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    if start + length > end:
        raise _Broken
    return tag, start, start + length, start + length


def _children(data: bytes, at: int, end: int, steps: list[int]) -> Iterator[tuple[int, int, int]]:
    while at < end:
        tag, start, stop, at = _element(data, at, end, 0, steps)
        yield tag, start, stop


def _octets(data: bytes, at: int, end: int, steps: list[int], depth: int) -> Iterator[bytes]:
    """The pieces of an OCTET STRING, primitive or constructed."""
    if depth > _MAX_DEPTH:
        raise _Broken
    for tag, start, stop in _children(data, at, end, steps):
        if tag == 0x04:
            yield data[start:stop]
        elif tag == 0x24:
            yield from _octets(data, start, stop, steps, depth + 1)
