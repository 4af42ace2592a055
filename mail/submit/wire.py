"""A letter's bytes and addresses made fit for a relay: line ends, long lines, 8-bit text, doubled dots; pure."""

from __future__ import annotations

import email
import re
from email.encoders import encode_base64
from email.message import Message
from email.policy import compat32

from engine.errors import Permanent

LINE_OCTETS = 998  # RFC 5321 section 4.5.3.1.6, without the line end
_LINE_END = re.compile(rb"\r\n|\r|\n")
_NOT_IN_PATH = re.compile(r"[\x00-\x20<>\x7f]")


def fit(raw: bytes, *, eight_bit: bool) -> bytes:
    """The letter with CR LF ends, no line over 998 octets and, unless `eight_bit`, no octet over 127.

    Parts that need it become base64; bytes that are fit already come back unchanged. Raises Permanent if headers are
    what does not fit.
    """
    if not raw.count(b"\r\n") == raw.count(b"\n") == raw.count(b"\r"):
        raw = _LINE_END.sub(b"\r\n", raw)
    if not raw.endswith(b"\r\n"):
        raw += b"\r\n"
    if _fits(raw, eight_bit):
        return raw
    message = email.message_from_bytes(raw, policy=compat32)
    for part in message.walk():
        if not part.is_multipart() and not _fits(_written(part), eight_bit):
            _to_base64(part)
    raw = message.as_bytes(policy=compat32.clone(linesep="\r\n", max_line_length=0))
    if not raw.endswith(b"\r\n"):
        raw += b"\r\n"
    if not _fits(raw, eight_bit):
        raise Permanent("554 5.6.0 the letter has lines too long, or 8-bit headers, for this relay")
    return raw


def dotted(raw: bytes) -> bytes:
    """The body as it goes over the wire after DATA: dots doubled and the end put on (RFC 5321 section 4.5.2)."""
    if raw.startswith(b"."):
        raw = b"." + raw
    if b"\r\n." in raw:
        raw = raw.replace(b"\r\n.", b"\r\n..")
    return raw + b".\r\n"


def path(address: str, *, utf8: bool) -> str:
    """An address for MAIL or RCPT; without SMTPUTF8 its domain is put into IDNA. Raises Permanent if it cannot be said.

    "" is the null reverse-path.
    """
    if _NOT_IN_PATH.search(address) or len(address) > 320:
        raise Permanent("553 5.1.3 not an address")
    if utf8 or address.isascii():
        return address
    local, at, domain = address.rpartition("@")
    try:
        spelled = local + at + domain.encode("idna").decode("ascii")
    except UnicodeError as fault:
        raise Permanent("553 5.1.3 not a domain") from fault
    if not local.isascii():
        raise Permanent("553 5.6.7 the relay does not speak SMTPUTF8")
    return spelled


def _fits(raw: bytes, eight_bit: bool) -> bool:
    return (eight_bit or raw.isascii()) and not too_long(raw)


def too_long(raw: bytes) -> bool:
    """Whether a line has more than 998 octets before its CR LF; leaps from line end to line end."""
    start, reach = 0, LINE_OCTETS + 2
    while len(raw) - start > LINE_OCTETS:
        end = raw.rfind(b"\r\n", start, start + reach)
        if end < 0:
            return True
        start = end + 2
    return False


def _written(part: Message) -> bytes:
    """A leaf's body as it is written, its transfer encoding not undone."""
    payload = part.get_payload()
    return _LINE_END.sub(b"\r\n", payload.encode("utf-8", "surrogateescape")) if isinstance(payload, str) else b""


def _to_base64(part: Message) -> None:
    content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        del part["Content-Transfer-Encoding"]
        part.set_payload(content)
        encode_base64(part)
