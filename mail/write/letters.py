"""Puts a letter together: who reads it, what it may say, its two forms, its files, its headers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from email.utils import format_datetime

from engine.calendar.working import JAKARTA
from engine.desk import letters
from engine.letter import Letter, Reader
from engine.message import Attachment
from engine.ticket import Ticket
from mail.address import Addresses
from mail.write import mime, render
from mail.write.clean import cleaned
from mail.write.layout import size
from mail.write.tongue import Tongue
from mail.write.values import Line, deciding, hidden, mailto, plain, values, veiled

BLANK = re.compile(r"\n{3,}")
ANSWERS = frozenset(
    {
        "receipt", "external", "status", "status_many", "status_unknown", "empty", "noted", "comment_noted",
        "not_allowed", "incomplete", "not_yours", "not_understood", "confirm_reading", "done_so", "ask_unsolved",
        "appointed", "not_appointed",
    }
)  # fmt: skip
"""Letters that answer a mail by themselves (Auto-Submitted: auto-replied, RFC 3834 section 5)."""
NO_BOUNCE = ANSWERS - {"receipt", "external", "confirm_reading"}
"""Letters whose bounce nobody wants: the null reverse-path."""
WHOLE = frozenset(letters.WHOLE) | {"identity"}
"""Letters that tell somebody new the whole matter: the files of the citizen's mails go along."""
CARRIES = WHOLE | {
    "citizen_answer", "citizen_comment", "closed", "disputed", "done", "postponed", "question", "rejected",
    "rejected_copy", "superior_answer", "superior_comment", "update",
}  # fmt: skip
"""Letters that hand on the files of the mail that called them forth; the others only speak of it."""
MAX_FILES = 20 * 1024 * 1024
"""Bytes of files that one letter carries; beyond it they stay in the tables and the letter says so."""
MAX_COUNT = 50
NAMED = 3
"""Files that a letter names; of more it says how many."""
NAME = 60
"""Characters of a citizen's name in a salutation."""


@dataclass(frozen=True, slots=True)
class City:
    """What the city is called in its letters, and what to call where somebody is in danger ("": no such number)."""

    name: str = "Kota Bogor"
    team: str = "Tim Si Badra, Pemerintah Kota Bogor"
    sender: str = "Si Badra Kota Bogor"
    emergency_number: str = "112"

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> City:
        """The city of the section [city] of the settings."""
        return cls(**{one.name: settings[one.name] for one in fields(cls)})


@dataclass(frozen=True, slots=True)
class Written:
    """A mail ready for the relay; `closed` files were left out because they may tell who the reporter is."""

    raw: bytes = field(repr=False)
    reverse_path: str
    recipient: str
    closed: int = 0


def template_kinds() -> frozenset[str]:
    """The kinds of letters that have a template."""
    return render.kinds("id")


def _plain(text: str, _ticket: Ticket) -> str:
    return text


class Writer:
    """Composes letters. `redact(text, ticket)` takes what names the reporter out of what an office gets to read."""

    def __init__(
        self, addresses: Addresses, city: City | None = None, redact: Callable[[str, Ticket], str] = _plain
    ) -> None:
        self._addresses = addresses
        self._city = city or City()
        self._redact = redact
        self._from = mime.structured("From", mime.mailbox(self._city.sender, addresses.intake))

    def compose(
        self,
        letter: Letter,
        ticket: Ticket | None,
        *,
        files: Sequence[Attachment] = (),
        previous: Sequence[str] = (),
        place: str = "",
        receipt: bool = False,
    ) -> Written:
        """The mail of a letter. Pure: the same letter gives the same bytes.

        `files` are handed on, `previous` are the Message-IDs of earlier letters in the thread, `place` is how the place
        is called; `receipt` asks for a read receipt (RFC 8098) at the letter's own signed address. Of a confidential
        ticket an office gets only pictures, without their metadata and names.
        """
        citizen = letter.reader is Reader.CITIZEN
        if ticket is not None:
            told = {name: plain(getattr(ticket, name)) for name in ("subject", "citizen_name", "citizen_address")}
            ticket = replace(ticket, **told)
        tongue = render.tongue_of(letter.kind, _language(letter, ticket), ticket.workflow if ticket else "")
        reply_to = self._addresses.intake
        if ticket is not None:
            reply_to = self._addresses.reply(ticket.number, letter.id, letter.address)
        secret = hidden(letter, ticket)
        fitting, attached, closed = _fitting(files, tongue, secret=secret)
        if secret and ticket is not None:
            letter, ticket = veiled(letter, ticket, self._redact)
        link = mailto(reply_to, f"[{ticket.number}] {ticket.subject}" if ticket else self._city.name)
        lines = self._lines(letter)
        named = values(letter, ticket, tongue, link, place, attached, self._city.name, lines)
        named["call"] = self._city.emergency_number
        text, heading = render.body("text", tongue, letter.kind, named)
        rich, _ = render.body("html", tongue, letter.kind, named)
        subject = self._subject(heading, ticket)
        salutation = _salutation(letter, tongue)
        closing = tongue.closing_citizen if citizen else "Hormat kami,"
        text = BLANK.sub("\n\n", text).strip("\n")
        frame = {
            "salutation": salutation,
            "closing": closing,
            "team": self._city.team,
            "city": self._city.name,
            "number": ticket.number if ticket else "",
            "language": tongue.code,
            "subject": subject,
            "preview": " ".join(text[:300].split())[:140],
        }
        whole = f"{salutation}\n\n{text}\n\n{closing}\n{self._city.team}\n"
        body = _body(letter, whole, render.page(tongue, rich, frame), fitting)
        head = self._head(letter, subject, reply_to, previous, tongue)
        if receipt and ticket is not None:
            head = mime.structured("Disposition-Notification-To", reply_to) + head
        reverse_path = "" if letter.kind in NO_BOUNCE else self._addresses.bounce(letter.id)
        return Written(head + body, reverse_path, letter.address, closed)

    def _lines(self, letter: Letter) -> list[Line]:
        """The lines of a list, each with the signed address at which this reader answers it."""
        found = []
        for item in plain(letter.data)["items"] or ():
            number, line = str(item["number"]), item["letter"]
            to = self._addresses.reply(number, int(line), letter.address) if line else ""
            link = mailto(to, f"[{number}]")
            rows = [link(str(word), "", str(why), str(argument)) for word, why, argument in item["words"] or ()]
            found.append(Line(item, deciding(rows) or rows, to) if to else Line(item, [], ""))
        return found

    def _subject(self, heading: str, ticket: Ticket | None) -> str:
        """Ticket number, what is wanted, the matter."""
        if ticket is None:
            return heading or self._city.name
        return f"[{ticket.number}] {heading}: {ticket.subject}" if heading else f"[{ticket.number}] {ticket.subject}"

    def _head(self, letter: Letter, subject: str, reply_to: str, previous: Sequence[str], tongue: Tongue) -> bytes:
        citizen = letter.reader is Reader.CITIZEN
        lines = [
            self._from,
            mime.structured("To", mime.mailbox(letter.name if citizen else "", letter.address)),
            mime.header("Subject", subject),
            mime.structured("Date", format_datetime(letter.not_before.astimezone(JAKARTA))),
            mime.structured("Message-ID", f"<{letter.message_id}>"),
            mime.structured("Reply-To", reply_to),
            mime.structured("Auto-Submitted", "auto-replied" if letter.kind in ANSWERS else "auto-generated"),
            mime.structured("Content-Language", tongue.code),
        ]
        if citizen:
            # A citizen's absence note tells us nothing; an official's does, so it is not suppressed there.
            lines.append(b"X-Auto-Response-Suppress: All\r\n")
        if previous:
            lines.append(mime.structured("In-Reply-To", f"<{previous[-1]}>"))
            lines.append(mime.structured("References", " ".join(f"<{one}>" for one in previous[-10:])))
        lines.append(b"MIME-Version: 1.0\r\n")
        return b"".join(lines)


def _language(letter: Letter, ticket: Ticket | None) -> str:
    """Officials are written to in Indonesian; a citizen in the ticket's language, or the one that the mail was in."""
    if letter.reader is not Reader.CITIZEN:
        return "id"
    return ticket.language if ticket else str(letter.data.get("language", "id"))


def _salutation(letter: Letter, tongue: Tongue) -> str:
    """An official by the chair, a citizen by name; what is no name (an address, digits) is none."""
    name = " ".join(mime.CONTROL.sub(" ", letter.name).split())
    if letter.reader is not Reader.CITIZEN:
        return f"Yth. {name}" if name else "Yth. Bapak/Ibu"
    name = name.strip("'\"`<>.,;: ")[:NAME].rstrip()
    is_name = any(c.isalpha() for c in name) and not any(c in name for c in "@/<>{}\\|") and "://" not in name
    return tongue.to_citizen(name) if is_name else tongue.worded(tongue.to_citizen(""))


def _fitting(given: Sequence[Attachment], tongue: Tongue, *, secret: bool) -> tuple[list[Attachment], str, int]:
    """The files that go along, a line that says so and what was left out and why, and how many tell too much."""
    if not given:
        return [], "", 0
    kept: list[Attachment] = []
    names: list[str] = []
    large, closed, total = [], 0, 0
    for number, file in enumerate(given, 1):
        one = cleaned(file, f"lampiran-{number}") if secret else file
        if one is None:
            closed += 1
        elif total + one.size > MAX_FILES or len(kept) >= MAX_COUNT:
            large.append(one.size)
        else:
            total += one.size
            kept.append(one)
            names.append(f"{mime.file_name(one, number)[-40:]}, {size(one.size)}")
    say, said = tongue.say, []
    if kept:
        shown = "; ".join(names[:NAMED]) + ("; …" if len(names) > NAMED else "")
        said.append(say["files"].format(count=len(kept), names=shown))
    if large:
        said.append(say["kept"].format(count=len(large), size=size(sum(large))))
    if closed:
        said.append(say["closed"].format(count=closed))
    return kept, "; ".join(said), closed


def _body(letter: Letter, plain: str, rich: str, files: Sequence[Attachment]) -> bytes:
    boundary = hashlib.sha256(letter.message_id.encode()).hexdigest()[:24]  # unknown until the letter is out
    both = mime.multipart(
        "alternative", f"=_a{boundary}", [mime.text_part("plain", plain), mime.text_part("html", rich)]
    )
    if not files:
        return both
    parts = [mime.file_part(file, number) for number, file in enumerate(files, 1)]
    return mime.multipart("mixed", f"=_m{boundary}", [both, *parts])
