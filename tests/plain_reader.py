"""A mail read by the standard library alone, so that tests of one part need no other part of the reading."""

from __future__ import annotations

import hashlib
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message as Parsed
from email.utils import getaddresses, parsedate_to_datetime

from engine.message import Address, Attachment, Message, Report
from mail.report.pieces import readable

_REPORTS = (
    "message/delivery-status",
    "message/disposition-notification",
    "message/feedback-report",
    "text/rfc822-headers",
    "message/rfc822",
)


def plain_read(raw: bytes) -> Message:
    """What the standard library makes of a mail; good enough for well-formed test mails."""
    parsed = message_from_bytes(raw)
    headers = tuple((name, _decoded(value)) for name, value in parsed.raw_items())
    first = {name.lower(): value for name, value in reversed(headers)}
    plain, html, attachments, reports = _parts(parsed)

    def addresses(name: str) -> tuple[Address, ...]:
        pairs = getaddresses([value for key, value in headers if key.lower() == name])
        return tuple(Address(shown, address) for shown, address in pairs if address)

    def ids(name: str) -> tuple[str, ...]:
        return tuple(word.strip("<>,") for word in first.get(name, "").split())

    sender = addresses("from")
    try:
        date = parsedate_to_datetime(str(parsed["date"])) if parsed["date"] else None
    except (ValueError, TypeError):
        date = None
    return Message(
        message_id=next(iter(ids("message-id")), None),
        subject=first.get("subject", ""),
        sender=sender[0] if sender else None,
        to=addresses("to"),
        cc=addresses("cc"),
        reply_to=addresses("reply-to"),
        date=date if date and date.tzinfo else None,
        in_reply_to=ids("in-reply-to"),
        references=ids("references"),
        headers=headers,
        content_type=parsed.get_content_type(),
        text=plain if plain is not None else readable(html or ""),
        plain=plain,
        html=html,
        attachments=tuple(attachments),
        reports=tuple(reports),
    )


def _parts(parsed: Parsed) -> tuple[str | None, str | None, list[Attachment], list[Report]]:
    plain, html = None, None
    attachments, reports = [], []
    waiting = [parsed]
    while waiting:
        part = waiting.pop(0)
        kind = part.get_content_type()
        if kind in _REPORTS:
            body = part.as_bytes().partition(b"\n\n")[2]
            reports.append(Report(kind, body))
        elif part.is_multipart():
            waiting[:0] = [each for each in part.get_payload() if isinstance(each, Parsed)]
        elif part.get_filename() or not kind.startswith("text/"):
            content = part.get_payload(decode=True) or b""
            content = content if isinstance(content, bytes) else b""
            name = part.get_filename() or ""
            attachments.append(Attachment(name, kind, content, hashlib.sha256(content).hexdigest()))
        else:
            text = _text(part)
            if kind == "text/html":
                html = html if html is not None else text
            else:
                plain = text if plain is None else plain + "\n" + text
    return plain, html, attachments, reports


def _text(part: Parsed) -> str:
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeError):
        return content.decode("latin-1")


def _decoded(value: object) -> str:
    written = str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        shown = str(make_header(decode_header(written)))
    except (LookupError, UnicodeError, ValueError):
        shown = written
    return " ".join(shown.split())
