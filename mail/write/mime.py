"""Assembles a mail from prepared parts: headers that cannot be broken out of, bodies in base64, files byte for byte."""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from email.header import Header
from email.utils import encode_rfc2231

from engine.message import Attachment

ASCII = re.compile(r"[\x20-\x7e]*")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u0080-\u009f\u2028\u2029]+")
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,60}")
INERT = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "application/pdf", "text/plain"})
"""Types that a mail program may show; every other file travels as plain bytes, to be saved and not to be run."""


def header(name: str, value: str) -> bytes:
    """One header line, folded and encoded (RFC 5322, RFC 2047); no value can end its line."""
    value = CONTROL.sub(" ", value).strip()
    if ASCII.fullmatch(value) and len(name) + len(value) + 2 <= 76:
        return f"{name}: {value}\r\n".encode("ascii")
    if ASCII.fullmatch(value) and name in ("References", "Message-ID", "Reply-To", "To", "In-Reply-To"):
        return f"{name}: ".encode("ascii") + value.replace(" <", "\r\n <").encode("ascii") + b"\r\n"
    encoded = Header(value, "utf-8", header_name=name, maxlinelen=76).encode(linesep="\r\n")
    return f"{name}: {encoded}\r\n".encode("ascii")


def mailbox(name: str, address: str) -> str:
    """A display name and an address for a header, the name quoted or encoded (RFC 5322 section 3.4)."""
    name = CONTROL.sub(" ", name).strip()
    address = CONTROL.sub("", address).replace(" ", "")
    if not name:
        return address
    if ASCII.fullmatch(name):
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{Header(name, 'utf-8', maxlinelen=998).encode(linesep='')} <{address}>"


def base64_lines(content: bytes) -> bytes:
    """Base64 in lines of 76 characters, as RFC 2045 section 6.8 asks."""
    whole = binascii.b2a_base64(content, newline=False)
    return b"\r\n".join(whole[i : i + 76] for i in range(0, len(whole), 76)) + b"\r\n"


def text_part(kind: str, text: str) -> bytes:
    """A text part in UTF-8."""
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode("ascii") + base64_lines(text.replace("\r\n", "\n").encode("utf-8", "replace"))


def file_part(file: Attachment, number: int) -> bytes:
    """An attached file under a safe name and a type that runs nothing."""
    kind = file.type if file.type in INERT else "application/octet-stream"
    name = CONTROL.sub("", file.name.replace("/", "_").replace("\\", "_")).strip(". ") or f"lampiran-{number}"
    name = name[-120:]
    shown = f'filename="{name}"' if SAFE_NAME.fullmatch(name) else f"filename*={encode_rfc2231(name, 'utf-8')}"
    head = (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment;\r\n {shown}\r\n\r\n"
    )
    return head.encode("ascii") + base64_lines(file.content)


def multipart(subtype: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    """Parts under one boundary; base64 bodies hold no line that begins like it."""
    mark = boundary.encode("ascii")
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode("ascii")
    return head + b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + mark + b"--\r\n"
