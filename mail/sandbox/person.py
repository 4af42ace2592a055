"""A person of the sandbox at a mail program: reads the inbox by IMAP, opens, moves, and sends by SMTP."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from imapclient import IMAPClient

from mail.sandbox import maildir
from mail.sandbox.estate import Estate


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as a mail program shows it."""

    uid: int
    seen: bool
    raw: bytes = field(repr=False)


class Person:
    """One account's owner; each call is a connection of its own, as short as a look into the mailbox."""

    def __init__(self, estate: Estate, address: str) -> None:
        self.estate, self.address = estate, address

    def inbox(self, folder: str = "INBOX") -> list[Mail]:
        """Every mail of the folder, without opening one."""
        with self._connect() as client:
            client.select_folder(folder, readonly=True)
            found: dict[int, dict[bytes, Any]] = client.fetch(client.search("ALL"), ["FLAGS", "BODY.PEEK[]"])
            return [Mail(uid, b"\\Seen" in data[b"FLAGS"], data[b"BODY[]"]) for uid, data in sorted(found.items())]

    def open(self, uid: int, folder: str = "INBOX") -> bytes:
        """Open a mail as a reader does: its body is fetched, and the server sets `\\Seen`."""
        with self._connect() as client:
            client.select_folder(folder)
            raw: bytes = client.fetch([uid], ["BODY[]"])[uid][b"BODY[]"]
            client.add_flags([uid], [b"\\Seen"])
            return raw

    def move(self, uid: int, to: str, folder: str = "INBOX") -> None:
        """Move a mail to another folder, such as Archive."""
        with self._connect() as client:
            client.select_folder(folder)
            client.move([uid], to)

    def delete(self, uid: int, folder: str = "INBOX") -> None:
        """Delete a mail for good."""
        with self._connect() as client:
            client.select_folder(folder)
            client.delete_messages([uid])
            client.expunge()

    def send(self, message: EmailMessage | bytes, to: str | None = None) -> None:
        """Send a mail through the relay; raises smtplib's errors when it is refused."""
        with smtplib.SMTP("127.0.0.1", self.estate.smtp_port, timeout=60) as relay:
            if isinstance(message, EmailMessage):
                relay.send_message(message, self.address, to)
            else:
                relay.sendmail(self.address, [to or ""], maildir.crlf(message))

    def _connect(self) -> IMAPClient:
        client = IMAPClient("127.0.0.1", self.estate.imap_port, ssl=False, timeout=60)
        client.login(self.address, self.estate.accounts[self.address.lower()])
        return client
