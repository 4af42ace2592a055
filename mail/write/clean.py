"""Takes out of a picture what tells who made it, where and with what; the picture itself stays as it is.

JPEG, PNG, GIF and WebP are walked by their own structure and only known, needed pieces are copied; anything else, and
anything that does not hold together, is not cleaned and gives None, so that it is not handed on.
"""

from __future__ import annotations

import hashlib
import struct
import zlib

from engine.message import Attachment

ORIENTATION = 0x0112
MAX_PIECES = 200_000
PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs acTL fcTL fdAT".split())
WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"))


def cleaned(file: Attachment, name: str) -> Attachment | None:
    """The file without its metadata and under another name, or None when that cannot be promised."""
    made = picture(file.content)
    if made is None:
        return None
    kind, content = made
    return Attachment(
        f"{name}.{kind}",
        "image/jpeg" if kind == "jpg" else f"image/{kind}",
        content,
        hashlib.sha256(content).hexdigest(),
    )


def picture(content: bytes) -> tuple[str, bytes] | None:
    """Kind (jpg, png, gif, webp) and bytes of a picture without metadata; told by its bytes, not by its name."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return "jpg", jpeg(content)
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return "png", png(content)
        if content[:6] in (b"GIF87a", b"GIF89a"):
            return "gif", gif(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return "webp", webp(content)
    except (ValueError, IndexError, struct.error):
        return None
    return None


def jpeg(content: bytes) -> bytes:
    """Without Exif, XMP, IPTC, comments and whatever follows the picture (ITU-T T.81 annex B). How it is turned is
    written anew, or it would lie on its side.
    """
    out, at, turned = [b"\xff\xd8"], 2, 1
    for _ in range(MAX_PIECES):
        if content[at] != 0xFF:
            raise ValueError("no marker where one must stand")
        while content[at] == 0xFF:
            at += 1
        marker = content[at]
        at += 1
        if marker == 0xD9:
            out.append(b"\xff\xd9")
            if turned != 1:
                out.insert(1, _turned(turned))
            return b"".join(out)
        if marker == 0x01 or 0xD0 <= marker <= 0xD8 or marker == 0:
            raise ValueError("a marker out of place")
        (length,) = struct.unpack_from(">H", content, at)
        piece = content[at : at + length]
        if length < 2 or len(piece) < length:
            raise ValueError("a piece is cut off")
        if marker == 0xE1 and piece[2:8] == b"Exif\0\0":
            turned = _orientation(piece[8:])
        # APP0 with JFIF and APP14 of Adobe say how the colours are meant; the others may say anything.
        wanted = not (0xE0 <= marker <= 0xEF or marker == 0xFE)
        if marker == 0xE0 and piece[2:7] == b"JFIF\0":
            # A JFIF header may carry a thumbnail: none is announced, none is kept.
            piece, wanted = b"\x00\x10" + piece[2:14] + b"\0\0", len(piece) >= 16
        if marker == 0xEE and piece[2:7] == b"Adobe":
            piece, wanted = b"\x00\x0e" + piece[2:14], len(piece) >= 14
        if wanted:
            out.append(bytes((0xFF, marker)) + piece)
        at += length
        if marker == 0xDA:
            end = _scan(content, at)
            out.append(content[at:end])
            at = end
    raise ValueError("too many pieces")


def _scan(content: bytes, at: int) -> int:
    """Where entropy-coded data ends: at a marker that is neither a stuffed zero nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise ValueError("the picture has no end")
        after = content[at + 1]
        if after == 0 or 0xD0 <= after <= 0xD7:
            at += 2
        elif after == 0xFF:
            at += 1
        else:
            return at


def _orientation(tiff: bytes) -> int:
    """The Orientation of a TIFF header's first directory, 1 to 8; 1 where it is not said or not sane."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 1
    (start,) = struct.unpack_from(order + "L", tiff, 4)
    if start + 2 > len(tiff):
        return 1
    (count,) = struct.unpack_from(order + "H", tiff, start)
    for index in range(min(count, 200)):
        entry = start + 2 + 12 * index
        if entry + 12 > len(tiff):
            break
        tag, kind = struct.unpack_from(order + "HH", tiff, entry)
        if tag == ORIENTATION and kind == 3:
            value = int(struct.unpack_from(order + "H", tiff, entry + 8)[0])
            return value if 1 <= value <= 8 else 1
    return 1


def _turned(value: int) -> bytes:
    """An Exif segment that says nothing but the Orientation."""
    tiff = b"MM\0*" + struct.pack(">LHHHLHHL", 8, 1, ORIENTATION, 3, 1, value, 0, 0)
    piece = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(piece) + 2) + piece


def png(content: bytes) -> bytes:
    """Without texts, times, Exif and whatever follows the end (W3C PNG section 5)."""
    out, at = [content[:8]], 8
    for _ in range(MAX_PIECES):
        length, kind = struct.unpack_from(">L4s", content, at)
        piece = content[at : at + 12 + length]
        if len(piece) < 12 + length:
            raise ValueError("a chunk is cut off")
        if struct.unpack_from(">L", piece, 8 + length)[0] != zlib.crc32(piece[4 : 8 + length]):
            raise ValueError("a chunk is damaged")
        if kind in PNG_KEPT:
            out.append(piece)
        if kind == b"IEND":
            return b"".join(out)
        at += 12 + length
    raise ValueError("too many chunks")


def gif(content: bytes) -> bytes:
    """Without comments, XMP and whatever follows the trailer; that it repeats is kept (GIF89a sections 17 to 27)."""
    at = 13 + (3 << ((content[10] & 7) + 1) if content[10] & 0x80 else 0)
    out = [content[:at]]
    for _ in range(MAX_PIECES):
        start = at
        if content[at] == 0x3B:
            return b"".join([*out, b";"])
        if content[at] == 0x21:
            label, at = content[at + 1], _blocks(content, at + 2)
            if label == 0xF9 or (label == 0xFF and content[start + 3 : start + 14] == b"NETSCAPE2.0"):
                out.append(content[start:at])
        elif content[at] == 0x2C:
            flags = content[at + 9]
            at += 10 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0) + 1
            at = _blocks(content, at)
            out.append(content[start:at])
        else:
            raise ValueError("an unknown block")
    raise ValueError("too many blocks")


def _blocks(content: bytes, at: int) -> int:
    """Behind a row of sub-blocks."""
    while content[at]:
        at += content[at] + 1
    return at + 1


def webp(content: bytes) -> bytes:
    """Without EXIF, XMP, colour profile and whatever follows the container (RFC 9649 section 2.7)."""
    end = min(len(content), 8 + int(struct.unpack_from("<L", content, 4)[0]))
    out, at = [b"WEBP"], 12
    for _ in range(MAX_PIECES):
        if at + 8 > end:
            break
        kind, length = struct.unpack_from("<4sL", content, at)
        padded = length + (length & 1)
        piece = bytearray(content[at : at + 8 + padded])
        if at + 8 + length > end:
            raise ValueError("a chunk is cut off")
        if kind == b"VP8X":
            piece[8] &= 0b0001_0010  # what is announced: only alpha and animation are left
        if kind in WEBP_KEPT:
            out.append(bytes(piece) + b"\0" * (8 + padded - len(piece)))
        at += 8 + padded
    whole = b"".join(out)
    if len(out) < 2:
        raise ValueError("no picture in it")
    return b"RIFF" + struct.pack("<L", len(whole)) + whole
