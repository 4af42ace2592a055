"""A mail as plain values: the SMTP envelope (RFC 5321) and the message it carried (RFC 5322), already decoded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the SMTP or LMTP dialogue said, RFC 5321 only; nothing in it comes from the message's headers.

    `reverse_path` is "" for the null reverse-path `<>` (RFC 5321 section 4.5.5). `received_at` is aware.
    """

    reverse_path: str
    recipients: tuple[str, ...]
    received_at: datetime
    peer: str = ""
    protocol: str = "smtp"


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox of RFC 5322 section 3.4: decoded display name ("" if none) and addr-spec as written."""

    name: str
    address: str

    @property
    def key(self) -> str:
        """The address for comparing: lower case (local parts that differ in case only are one mailbox here)."""
        return self.address.lower()

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attached file; `content` is exact, byte for byte, after the transfer encoding is undone.

    `name` is the decoded file name without any path ("" if none); `type` is lower case, such as `image/jpeg`.
    `content_id` is the Content-ID without angle brackets if the HTML may show it inline.
    """

    name: str
    type: str
    content: bytes = field(repr=False)
    sha256: str
    inline: bool = False
    content_id: str = ""

    @property
    def size(self) -> int:
        """Size in bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Report:
    """A machine-readable part: message/delivery-status (RFC 3464), message/disposition-notification (RFC 8098),
    text/rfc822-headers, or the returned message/rfc822; `content` is the part's decoded body."""

    type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """A decoded message. Message-IDs are kept without angle brackets; times are aware or None.

    `text` is the whole readable body (HTML rendered to text where there is no usable plain part), `html` the decoded
    HTML part if there is one, `plain` the decoded text/plain part if there is one. `headers` are in order, decoded and
    unfolded; names as written. `warnings` say what had to be guessed or repaired while reading.
    """

    message_id: str | None
    subject: str
    sender: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    date: datetime | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    content_type: str
    text: str = field(repr=False)
    plain: str | None = field(repr=False)
    html: str | None = field(repr=False)
    attachments: tuple[Attachment, ...]
    reports: tuple[Report, ...] = ()
    warnings: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first header of that name, case-insensitive, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def all_headers(self, name: str) -> tuple[str, ...]:
        """All headers of that name in order, case-insensitive."""
        wanted = name.lower()
        return tuple(value for key, value in self.headers if key.lower() == wanted)
