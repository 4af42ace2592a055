"""The demo's people at their mail programs: they find the engine's letter in their inbox, open it, and answer it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime

from engine.letter import Letter
from mail.sandbox import Estate, Person


def open_letter(estate: Estate, letter: Letter) -> EmailMessage | None:
    r"""Opens a letter as a reader does (the server sets `\Seen`); None if it is not in the inbox."""
    person = Person(estate, letter.address)
    for mail in person.inbox():
        parsed = message_from_bytes(mail.raw, policy=policy.default)
        if str(parsed.get("Message-ID", "")).strip().strip("<>") == letter.message_id:
            person.open(mail.uid)
            return parsed
    return None


def answer(estate: Estate, letter: Letter, opened: EmailMessage, says: str, at: datetime) -> None:
    """Answers a letter from its mailbox, with the letter quoted below as mail programs do.

    The same answer to the same letter always has the same Message-ID, so a demo that is killed and started again may
    send it twice without anything happening twice.
    """
    reply = EmailMessage()
    reply["From"] = f"{letter.name} <{letter.address}>" if letter.name.isascii() else letter.address
    reply["To"] = str(opened.get("Reply-To") or opened["From"])
    reply["Subject"] = f"Re: {opened['Subject']}"
    reply["Date"] = format_datetime(at)
    digest = hashlib.sha256(f"{letter.message_id}\0{says}".encode()).hexdigest()[:32]
    reply["Message-ID"] = f"<{digest}@{letter.address.rpartition('@')[2]}>"
    reply["In-Reply-To"] = str(opened["Message-ID"])
    reply["References"] = str(opened["Message-ID"])
    body = opened.get_body(("plain",))
    quoted = body.get_content() if body is not None else ""
    lines = "\n".join(f"> {line}" for line in quoted.splitlines()[:40])
    when = at.strftime("%d/%m/%Y %H.%M")
    sender = opened["From"].addresses[0].addr_spec
    reply.set_content(f"{says}\n\nPada {when}, Si Badra Kota Bogor <{sender}> menulis:\n{lines}\n")
    Person(estate, letter.address).send(reply, to=None)
