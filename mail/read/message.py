"""Header and body of a mail put together as a Message; the only error is Unreadable."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from engine.errors import Unreadable
from engine.message import Address, Message
from mail.read import body, flank, people, split, words

_MAX_IDS: Final = 1000
_ID: Final = re.compile(r"<([^<>]{1,2000})>")
_SPACES: Final = re.compile(r"\s+")
_MAX_FORWARDS: Final = 3
_DATE: Final = re.compile(r"[\w\s,:+./()-]{6,120}", re.ASCII)


def read(raw: bytes) -> Message:
    """The mail in `raw`, decoded.

    Raises Unreadable where there is nothing but white space. Anything else gives a Message; what had to be guessed or
    repaired stands in its `warnings`.
    """
    if not raw.strip(b" \t\r\n\0\x0b\x0c"):
        raise Unreadable("the mail is empty")
    return _message(raw, 0)


def _message(raw: bytes, depth: int) -> Message:
    tree = split.split(raw)
    content = body.gather(tree)
    label = tree.root.params.get("charset")
    fields = [(name, words.unfold(value, label)) for name, value in tree.root.fields]
    first: dict[str, str] = {}
    for name, value in fields:
        first.setdefault(name.lower(), value)
    warnings = content.warnings
    if not depth and (difference := flank.difference(tree)):
        warnings.append(difference)
    senders = people.addresses(first.get("from", ""))
    if len(senders) > 1:
        warnings.append("several authors in From: the first was taken")
    text = content.text()
    if not text.strip() and content.inner:
        text = _forwarded(content.inner, depth, warnings) or text
    return Message(
        message_id=_message_id(first.get("message-id")),
        subject=words.decode(first.get("subject", "")).strip(),
        sender=senders[0] if senders else None,
        to=_people(fields, "to"),
        cc=_people(fields, "cc"),
        reply_to=_people(fields, "reply-to"),
        date=_date(first.get("date"), warnings),
        in_reply_to=_ids(first.get("in-reply-to")),
        references=_ids(first.get("references")),
        headers=tuple((name, words.decode(value) if "=?" in value else value) for name, value in fields),
        content_type=tree.root.type,
        text=text,
        plain=content.plain,
        html=content.html,
        attachments=tuple(content.attachments),
        reports=tuple(content.reports),
        warnings=tuple(warnings),
    )


def _forwarded(inner: list[bytes], depth: int, warnings: list[str]) -> str:
    """The text of mails forwarded as attachments, for a mail that says nothing of its own."""
    if depth >= _MAX_FORWARDS:
        return ""
    texts = [_message(raw, depth + 1).text for raw in inner if raw.strip()]
    text = body.join(texts)
    if text.strip():
        warnings.append("the text is that of the forwarded mail")
    return text


def _people(fields: list[tuple[str, str]], wanted: str) -> tuple[Address, ...]:
    found = [people.addresses(value) for name, value in fields if name.lower() == wanted]
    if len(found) == 1:
        return found[0]
    return tuple(address for addresses in found for address in addresses)


def _message_id(value: str | None) -> str | None:
    ids = _ids(value)
    return ids[0] if ids else None


def _ids(value: str | None) -> tuple[str, ...]:
    """Message-IDs of RFC 5322 section 3.6.4 without angle brackets; bare ones where no brackets are used at all."""
    if not value:
        return ()
    found = [_SPACES.sub("", match) for match in _ID.findall(value)[:_MAX_IDS]]
    if found:
        return tuple(id_ for id_ in found if id_)
    if "<" in value:
        value = value.replace("<", " ").replace(">", " ")
    tokens = value.split()
    if len(tokens) == 1:
        return (tokens[0],)
    return tuple(token for token in tokens[:_MAX_IDS] if "@" in token and len(token) < 1000)


def _date(value: str | None, warnings: list[str]) -> datetime | None:
    """RFC 5322 section 3.3; a date without a known zone is taken as UTC."""
    if not value:
        return None
    try:
        date = parsedate_to_datetime(value[:200])
        if date.tzinfo is None:
            date = date.replace(tzinfo=UTC)
        date.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        warnings.append("the date could not be read")
        return None
    return date
