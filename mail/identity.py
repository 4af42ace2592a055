"""Who wrote a ticket, gathered from all that the reporter sent, and the ticket's mails as they may be shown without it.

The one place that says what counts as the reporter's identity: letters, the command line and exports all mask by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.directory import Directory
from engine.errors import Unreadable
from engine.message import Message
from engine.redact import Identity, gathered, redact
from engine.store import Mail, Store
from engine.ticket import Ticket
from mail.read import read


@dataclass(frozen=True, slots=True)
class MaskedMail:
    """A mail without who wrote it: its headers are left out, `files` are only counted by type, never named."""

    id: int
    received_at: datetime
    kind: str
    subject: str
    text: str
    files: tuple[str, ...]


def identity_of(store: Store, ticket: Ticket, directory: Directory) -> Identity:
    """What the ticket and every mail of its citizen tell of the reporter."""
    own = ticket.citizen_address.lower()
    names, addresses, texts = [ticket.citizen_name], [ticket.citizen_address], [ticket.subject, ticket.text]
    for mail in store.each_mail(ticket.id):
        message = _read(mail)
        if message is None or message.sender is None or (message.sender.key != own and mail.id != ticket.mail):
            continue
        senders = (message.sender, *message.reply_to)
        names += [one.name for one in senders]
        addresses += [one.address for one in senders]
        texts += [message.subject, message.plain or "", message.text]
    known = Identity(_once(names), _once(addresses), places=_places(directory))
    return gathered(known, dict.fromkeys(texts))


def masked(mail: Mail, identity: Identity) -> MaskedMail:
    """A mail as it may be shown or exported when its reporter is hidden; one that cannot be read has no text."""
    message = _read(mail)
    if message is None:
        return MaskedMail(mail.id, mail.envelope.received_at, mail.kind, "", "", ())
    files = tuple(file.type for file in message.attachments)
    subject, text = redact(message.subject, identity), redact(message.text, identity)
    return MaskedMail(mail.id, mail.envelope.received_at, mail.kind, subject, text, files)


def masked_data(value: Any, identity: Identity) -> Any:
    """Plain values of a history row or letter, every text in them without the reporter."""
    if isinstance(value, str):
        return redact(value, identity)
    if isinstance(value, Mapping):
        return {key: masked_data(one, identity) for key, one in value.items()}
    return [masked_data(one, identity) for one in value] if isinstance(value, list | tuple) else value


def _places(directory: Directory) -> frozenset[str]:
    """Words of the city's places and offices, in lower case, that are no part of a signed name."""
    named = [place.name for place in directory.places.values()] + [unit.name for unit in directory.units.values()]
    return frozenset(word for name in named for word in name.lower().split())


def _read(mail: Mail) -> Message | None:
    try:
        return read(mail.raw)
    except Unreadable:
        return None


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in found if one))
