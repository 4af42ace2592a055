"""Assembles a mail from prepared parts: headers that cannot be broken out of, readable bodies, files byte for byte."""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from email.utils import encode_rfc2231

from engine.message import Attachment

ASCII = re.compile(r"[\x20-\x7e]*")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u0080-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
"""What ends a line or turns its direction: neither belongs into a header or a file's name."""
UNENCODABLE = re.compile(r"[\ud800-\udfff]")
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,60}")
INERT = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "application/pdf", "text/plain"})
"""Types that a mail program may show; every other file travels as plain bytes, to be saved and not to be run."""
WORD = 45
"""Octets in one encoded word: with its frame it stays under the 75 characters of RFC 2047 section 2."""
FILE_NAME = 120
QP = b"quoted-printable"
LINE = 900
"""Octets of a line that goes out as it is; RFC 5322 section 2.1.1 allows 998."""
VALUE = 2000
"""Characters of a header's value; whatever is longer was never a subject or a name."""


def header(name: str, value: str) -> bytes:
    """One header line of free text, folded and encoded (RFC 5322, RFC 2047); no value can end its line."""
    value = CONTROL.sub(" ", value[:VALUE]).strip()
    if ASCII.fullmatch(value) and "=?" not in value:
        if len(name) + len(value) + 2 <= 76:
            return f"{name}: {value}\r\n".encode("ascii")
        folded = _folded(value, 76 - len(name) - 2)
        if folded is not None:
            return f"{name}: {folded}\r\n".encode("ascii")
    return f"{name}: {encoded(value, len(name) + 2)}\r\n".encode("ascii")


def structured(name: str, value: str) -> bytes:
    """One header of addresses or ids, folded before each `<` and encoded word; its value must be ASCII already."""
    safe = CONTROL.sub("", value).encode("ascii", "ignore").decode("ascii")
    if len(name) + len(safe) + 2 > 76:
        safe = safe.replace(" <", "\r\n <").replace("?= =?", "?=\r\n =?")
    return f"{name}: {safe}\r\n".encode("ascii")


def encoded(value: str, used: int = 0) -> str:
    """The value as encoded words in UTF-8, one a line, none cutting a character (RFC 2047 section 5); `used` columns of
    the first line are taken.
    """
    words: list[str] = []
    start, room = 0, WORD - used * 3 // 4
    for index, character in enumerate(value):
        width = 1 if character < "\x80" else len(character.encode("utf-8", "replace"))
        if width > room:
            words.append(value[start:index])
            start, room = index, WORD
        room -= width
    words.append(value[start:])
    packed = (binascii.b2a_base64(word.encode("utf-8", "replace"), newline=False).decode("ascii") for word in words)
    return "\r\n ".join(f"=?utf-8?b?{one}?=" for one in packed)


def mailbox(name: str, address: str) -> str:
    """A display name and an address for a header, the name quoted or encoded (RFC 5322 section 3.4)."""
    name = CONTROL.sub(" ", name[:VALUE]).strip()
    address = CONTROL.sub("", address).replace(" ", "").replace("<", "").replace(">", "")
    if not name:
        return address
    if ASCII.fullmatch(name) and len(name) <= 60 and "=?" not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{encoded(name[:120])} <{address}>"


def text_part(kind: str, text: str) -> bytes:
    """A text part in UTF-8 that stays readable in the raw mail: as it is where it may be, else in quoted-printable
    (RFC 2045 sections 2.7 and 6.7). HTML names what is not ASCII by its number; with too long a line it goes in base64.
    """
    lines = text.encode("ascii", "xmlcharrefreplace") if kind == "html" else text.encode("utf-8", "replace")
    lines = b"\r\n".join(lines.splitlines()) + b"\r\n"
    encoding = b"7bit"
    if not lines.isascii() or b"\0" in lines or max(map(len, lines.split(b"\r\n"))) > LINE:
        # Quoted-printable is slow and long for the many signs of equality of HTML.
        encoding, lines = (b"base64", base64_lines(lines)) if kind == "html" else (QP, binascii.b2a_qp(lines))
    head = b"Content-Type: text/" + kind.encode("ascii") + b"; charset=utf-8\r\nContent-Transfer-Encoding: "
    return head + encoding + b"\r\n\r\n" + lines


def file_part(file: Attachment, number: int) -> bytes:
    """An attached file under a safe name and a type that runs nothing."""
    kind = file.type if file.type in INERT else "application/octet-stream"
    name = file_name(file, number)
    shown = f'filename="{name}"' if SAFE_NAME.fullmatch(name) else _long_name(name)
    head = (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment;\r\n {shown}\r\n\r\n"
    )
    return head.encode("ascii") + base64_lines(file.content)


def file_name(file: Attachment, number: int) -> str:
    """A name to save the file under: no path, no control characters, its end kept when it is too long."""
    plain = UNENCODABLE.sub("_", CONTROL.sub("", file.name.replace("/", "_").replace("\\", "_")))
    return plain.strip("._ ")[-FILE_NAME:] or f"lampiran-{number}"


def base64_lines(content: bytes) -> bytes:
    """Base64 in lines of 76 characters, as RFC 2045 section 6.8 asks."""
    whole = binascii.b2a_base64(content, newline=False)
    return b"\r\n".join(whole[i : i + 76] for i in range(0, len(whole), 76)) + b"\r\n"


def multipart(subtype: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    """Parts under one boundary, which no text can know before the letter is written: it comes of our signed id."""
    mark = boundary.encode("ascii")
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode("ascii")
    return head + b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + mark + b"--\r\n"


def _folded(value: str, first: int) -> str | None:
    """ASCII text folded at single blanks; None where a word is too long for a line."""
    lines: list[str] = []
    room, current = first, ""
    for word in value.split(" "):
        if len(word) > 70:
            return None
        if not current:
            current = word
        elif len(current) + 1 + len(word) <= room:
            current += " " + word
        else:
            lines.append(current)
            current, room = word, 75
    lines.append(current)
    return "\r\n ".join(lines) if all(line.strip() for line in lines) else None


def _long_name(name: str) -> str:
    """A file name in RFC 2231, cut into numbered pieces that fit a line (section 3)."""
    coded = encode_rfc2231(name, "utf-8")
    if len(coded) <= 60:
        return f"filename*={coded}"
    pieces: list[str] = []
    while coded:
        end = 60
        # A %XX must not be torn apart.
        while end > 57 and "%" in coded[end - 2 : end]:
            end -= 1
        pieces.append(coded[:end])
        coded = coded[end:]
    return ";\r\n ".join(f"filename*{number}*={piece}" for number, piece in enumerate(pieces))
