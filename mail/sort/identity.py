"""Is this mail an answer to one of our letters, and who speaks: told from addresses and references, without a database.

Three witnesses (RFC 5322 section 3.6.4, RFC 5233): a reply address of ours among the recipients, one of our Message-IDs
in In-Reply-To or References, our subject tag behind a reply mark. Proof of the sender's right is another matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from engine.directory import Directory
from engine.message import Envelope, Message
from engine.reading import Speaker

NUMBER = re.compile(r"\bC[-\s./]?(20\d\d)[-\s./]?0{0,3}(\d{3,6})\b", re.I)
_REPLY_MARK = re.compile(
    r"^\s{0,5}(?:\[[^\]]{0,40}\]\s{0,3})?(?:re|bls|balas|aw|antw|sv|tr|fwd?|fw|trs|terusan)\s{0,3}(?:\[\d+\])?\s{0,3}:",
    re.I,
)
_DETAIL = re.compile(r"[a-z]-?\d{4}-?\d{6,9}\b")  # a ticket's number leads every reply address of ours
_ASKS_DONE = re.compile(r"\b(?:dinyatakan selesai|mohon konfirmasi|said to be (?:done|solved))\b", re.I)
_ASKS = re.compile(r"\b(?:pertanyaan (?:tentang|mengenai|atas)|menunggu jawaban anda|(?:a )?question about)\b", re.I)
_FOR = re.compile(r"\bfor\s{1,5}<?([^\s<>;]{3,200})>?", re.I)


@dataclass(frozen=True, slots=True)
class Intake:
    """Where citizens write to: `local`@`domain`; replies come to `local`+something@`domain`."""

    local: str = "aduan"
    domain: str = "sibadra.kotabogor.example"

    def is_reply_address(self, address: str) -> bool:
        """Whether the address is one that only our letters carry."""
        name, _, domain = address.strip("<> ").lower().rpartition("@")
        base, _, detail = name.partition("+")
        return domain == self.domain and base == self.local and _DETAIL.match(detail) is not None

    def is_ours(self, message_id: str) -> bool:
        """Whether a Message-ID was made here."""
        return message_id.strip("<> ").lower().endswith(f"@{self.domain}")


def number_in(text: str) -> str | None:
    """The ticket number that a text names, as C-2026-000123, or None."""
    match = NUMBER.search(text[:20_000])
    return f"C-{match[1]}-{int(match[2]):06d}" if match else None


def reply_address(message: Message, envelope: Envelope | None, intake: Intake) -> str | None:
    """The reply address of ours that this mail came to, from the envelope, the delivery headers or the visible ones."""
    candidates: list[str] = list(envelope.recipients) if envelope else []
    for name in ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To"):
        candidates += [value.strip() for value in message.all_headers(name)[:5]]
    candidates += [each.address for each in (*message.to, *message.cc)]
    for value in message.all_headers("Received")[:10]:
        candidates += _FOR.findall(value[:1000])
    return next((each.strip("<> ") for each in candidates if intake.is_reply_address(each)), None)


def asked(message: Message) -> Literal["done", "question"] | None:
    """What our letter asked, by the heading that its answer still carries: whether it is done, or a question.

    The same word means another thing then: "sudah" confirms after the one and informs after the other.
    """
    if not _REPLY_MARK.match(message.subject):
        return None
    if _ASKS_DONE.search(message.subject):
        return "done"
    return "question" if _ASKS.search(message.subject) else None


def own_words(message: Message) -> Message:
    """The mail without a subject that is only our letter's heading sent back: that says nothing of the writer's."""
    ours = _REPLY_MARK.match(message.subject) and NUMBER.search(message.subject)
    return replace(message, subject="") if ours else message


def refers_to_us(message: Message, intake: Intake) -> bool:
    """Whether the mail answers a Message-ID of ours, or carries our ticket number behind a reply mark."""
    if any(intake.is_ours(each) for each in (*message.in_reply_to, *message.references)):
        return True
    return bool(_REPLY_MARK.match(message.subject) and NUMBER.search(message.subject))


def speaker(message: Message, directory: Directory) -> tuple[Speaker, str | None]:
    """Official with the unit's code if the sender's mailbox or its domain is the city's, else citizen."""
    if message.sender is None:
        return Speaker.CITIZEN, None
    mailboxes, domains = _known(directory)
    key = message.sender.key
    unit = mailboxes.get(key) or domains.get(key.rpartition("@")[2])
    return (Speaker.OFFICIAL, unit) if unit else (Speaker.CITIZEN, None)


def handed_on(message: Message, directory: Directory, own: str | None, intake: Intake) -> str | None:
    """The other unit that an official writes to while we get a copy: the matter is handed on to it; else None."""
    if any(each.key.rpartition("@")[2] == intake.domain for each in message.to):
        return None
    mailboxes, _ = _known(directory)
    units = {mailboxes[each.key] for each in message.to if each.key in mailboxes} - {own}
    return next(iter(units)) if len(units) == 1 else None


_kept: list[tuple[Directory, tuple[dict[str, str], dict[str, str]]]] = []


def _known(directory: Directory) -> tuple[dict[str, str], dict[str, str]]:
    """Mailbox to unit and domain to unit; kept for the directory used last."""
    if not _kept or _kept[0][0] is not directory:
        mailboxes = {each.mailbox.lower(): each.unit for each in directory.positions.values()}
        domains = {each.domain.lower(): each.code for each in directory.units.values() if each.domain}
        _kept[:] = [(directory, (mailboxes, domains))]
    return _kept[0][1]
