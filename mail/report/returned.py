"""The mail that came back: where it begins in a notice, and who wrote to whom in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import address
from .pieces import field_of

# Lines after which mail systems put the mail that came back, as they stand in the sources and manuals of those systems.
_BEGINS = re.compile(
    r"^[\s>*=_.|-]{0,80}(?:"
    r"below this line is (?:a|the) (?:copy|original)|this is a copy of (?:the|your) (?:message|headers)"
    r"|original message"
    r"(?: follows| attached| headers| header| details)?\b[\s:.]{0,9}[-=_*]{0,60}$|(?:the )?(?:original|returned"
    r"|undelivered|unsent|rejected|failed) "
    r"(?:e-?mail )?(?:message|mail)s?\s(?:headers?\s)?(?:follows?|below|attached|begins?|is attached)?"
    r"|returned (?:message|mail)|unsent message"
    r"|unsent message follows|message (?:headers?|text|body|contents?) follows"
    r"|(?:the )?(?:message )?headers? (?:of the|follow)"
    r"|included (?:below )?is a copy|a copy of (?:the|your) (?:original )?message|-- the header"
    r"|start of (?:returned )?message"
    r"|your (?:original )?message (?:follows|reads|was|is (?:included|attached) below)|old message|(?:begin"
    r"|start) forwarded message"
    r"|the following is (?:a copy|the original)|(?:first|last) part of (?:the )?(?:original|message)"
    r"|transcript of (?:the )?(?:original|message)"
    r"|pesan asli|salinan pesan|isi pesan|nachricht|ursprüngliche|message (?:d'origine|original)|mensaje original"
    r"|mensagem original"
    r"|messaggio originale|исходное сообщение|原始邮件|原邮件|元のメッセージ"
    r")",
    re.I,
)
_HEADER = re.compile(
    r"^(?:Received|Return-Path|Delivered-To|DKIM-Signature|Message-ID|MIME-Version|X-[A-Za-z-]{2,40}|From|To|Subject"
    r"|Date|Content-Type|Reply-To|Cc|Sender):\s",
    re.I,
)
_SURE = re.compile(r"^(?:Received: (?:from|by|\()|Return-Path: ?<|DKIM-Signature: |Message-ID: ?<)", re.I)


@dataclass(frozen=True, slots=True)
class Returned:
    """Addresses as written in the mail that came back; empty where it (or the field) is missing."""

    message_id: str | None
    senders: tuple[str, ...]
    recipients: tuple[str, ...]


def split_notice(text: str) -> tuple[str, str]:
    """The notice proper and, where it is pasted below, the mail that came back."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:3000]):
        if len(line) > 300 or number == 0:
            continue
        if _SURE.match(line) and sum(bool(_HEADER.match(other[:100])) for other in lines[number : number + 12]) >= 3:
            return "\n".join(lines[:number]), "\n".join(lines[number:])
        if _BEGINS.match(line):
            below = lines[number + 1 : number + 12]
            headers = sum(bool(_HEADER.match(other[:100].lstrip("> \t"))) for other in below)
            if headers >= 2:
                rest = [other.removeprefix("> ") for other in lines[number + 1 :]]
                while rest and not _HEADER.match(rest[0][:100]):
                    rest.pop(0)
                return "\n".join(lines[:number]), "\n".join(rest)
    return text, ""


def read_returned(text: str) -> Returned:
    """Who wrote to whom in a returned mail or its headers; never raises."""
    head = re.split(r"\n[ \t]*\r?\n", text.lstrip("\r\n")[:60_000], maxsplit=1)[0]
    identity = field_of(head, "Message-ID") or ""
    match = re.search(r"<([^<>\s]{3,300})>", identity)
    senders: list[str] = []
    for name in ("From", "Sender", "Return-Path", "Reply-To", "X-Sender"):
        senders += address.addresses_in(field_of(head, name) or "")
    recipients: list[str] = []
    for name in ("To", "Cc", "Bcc", "X-Rcpt-To", "X-Original-To", "Delivered-To", "Apparently-To", "Envelope-To"):
        recipients += address.addresses_in(field_of(head, name) or "")
    return Returned(
        match[1] if match else identity.strip("<> ") or None,
        tuple(dict.fromkeys(item.lower() for item in senders)),
        tuple(dict.fromkeys(recipients)),
    )
