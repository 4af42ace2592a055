"""Renders a letter from its template and puts the mail together; the only place that knows jinja2."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

from engine.calendar.working import JAKARTA
from engine.letter import Letter, Reader
from engine.message import Attachment
from engine.routing.route import Confidential
from engine.ticket import Ticket
from mail.address import Addresses
from mail.write import mime, words

BLANK = re.compile(r"\n{3,}")
ANSWERS = frozenset(
    {
        "receipt", "external", "status", "status_unknown", "empty", "noted", "comment_noted", "not_allowed",
        "incomplete", "not_yours", "not_understood", "confirm_reading", "done_so",
    }
)  # fmt: skip
"""Letters that answer a mail by themselves (Auto-Submitted: auto-replied, RFC 3834 section 5)."""
NO_BOUNCE = ANSWERS - {"receipt", "external", "confirm_reading"}
"""Letters whose bounce nobody wants: the null reverse-path."""
MAX_FILES = 20 * 1024 * 1024
"""Bytes of files that one letter carries; beyond it they stay in the tables and the letter says so."""


@dataclass(frozen=True, slots=True)
class City:
    """What the city is called in its letters."""

    name: str = "Kota Bogor"
    team: str = "Tim Si Badra, Pemerintah Kota Bogor"
    sender: str = "Si Badra Kota Bogor"


@dataclass(frozen=True, slots=True)
class Written:
    """A mail ready for the relay."""

    raw: bytes = field(repr=False)
    reverse_path: str
    recipient: str


def template_kinds() -> frozenset[str]:
    """The kinds of letters that have a template."""
    return frozenset(
        entry.name.removesuffix(".j2")
        for entry in files("templates").joinpath("id").iterdir()
        if entry.name.endswith(".j2")
    )


def _plain(text: str, _ticket: Ticket) -> str:
    return text


class Writer:
    """Composes letters. `redact(text, ticket)` takes what names the reporter out of what an agency gets to read."""

    def __init__(
        self, addresses: Addresses, city: City | None = None, redact: Callable[[str, Ticket], str] = _plain
    ) -> None:
        self._addresses = addresses
        self._city = city or City()
        self._redact = redact
        self._text = _environment("text", autoescape=False)
        self._html = _environment("html", autoescape=True)

    def compose(
        self,
        letter: Letter,
        ticket: Ticket | None,
        *,
        files: Sequence[Attachment] = (),
        previous: Sequence[str] = (),
        place: str = "",
    ) -> Written:
        """The mail of a letter. Pure: the same letter gives the same bytes.

        `files` are handed on, `previous` are the Message-IDs of earlier letters in the thread, `place` is how the place
        is called.
        """
        reply_to = self._reply_to(letter, ticket)
        values = self._values(letter, ticket, place)
        subject = self._subject(ticket)
        link = self._link(reply_to, subject)
        text, heading = self._render(self._text, "text", letter, values, link)
        html, _ = self._render(self._html, "html", letter, values, link)
        subject = self._headline(heading, ticket, subject)
        frame = {
            "salutation": self._salutation(letter),
            "closing": "Hormat kami," if letter.reader is not Reader.CITIZEN else "Terima kasih.",
            "team": self._city.team,
            "city": self._city.name,
            "number": ticket.number if ticket else "",
            "language": "id",
            "subject": subject,
            "preview": " ".join(text.split())[:140],
        }
        plain = self._text.get_template("kit/letter.text.j2").render({**frame, "body": text})
        frame["body"] = Markup(html)  # noqa: S704 - rendered with autoescape
        rich = self._html.get_template("kit/letter.html.j2").render(frame)
        body = self._body(letter, BLANK.sub("\n\n", plain).strip() + "\n", rich, self._fitting(files))
        head = self._head(letter, subject, reply_to, previous)
        reverse_path = "" if letter.kind in NO_BOUNCE else self._addresses.bounce(letter.id)
        return Written(head + b"MIME-Version: 1.0\r\n" + body, reverse_path, letter.address)

    def _reply_to(self, letter: Letter, ticket: Ticket | None) -> str:
        if ticket is None:
            return self._addresses.intake
        return self._addresses.reply(ticket.number, letter.id, letter.address)

    def _values(self, letter: Letter, ticket: Ticket | None, place: str) -> dict[str, Any]:
        data: dict[str, Any] = dict(letter.data)
        data.setdefault("words", [])
        for name in ("event", "why", "answer_by", "settled_by", "former", "note", "reason", "by", "promised", "named"):
            data.setdefault(name, "")
        for name in ("told", "takes_over"):
            data.setdefault(name, False)
        for name in ("earlier", "reasons", "steps", "trail", "candidates"):
            data.setdefault(name, [])
        agency = letter.reader is not Reader.CITIZEN
        note, report = str(data["note"] or ""), ticket.text if ticket else ""
        if agency and ticket is not None and ticket.confidential is not Confidential.NONE:
            note, report = self._redact(note, ticket), self._redact(report, ticket)
            data["note"] = note
        event = str(data["event"])
        return {
            "d": data,
            "t": ticket,
            "place": place,
            "city": self._city.name,
            "note": words.shortened(note),
            "report": words.shortened(report) or "(tanpa teks; lihat lampiran)",
            "label": words.LABELS.get(str(data.get("state", "")), ""),
            "meant": words.MEANT.get(event, event),
            "missing": " dan ".join(words.MISSING.get(m, m) for m in data.get("missing", [])),
            "steps": _steps(data),
            "trail": _trail(data),
            "choices": _choices(data),
        }

    def _subject(self, ticket: Ticket | None) -> str:
        return f"[{ticket.number}] {ticket.subject}" if ticket else self._city.name

    def _headline(self, heading: str, ticket: Ticket | None, subject: str) -> str:
        if ticket is None:
            return heading or subject
        return f"[{ticket.number}] {heading}: {ticket.subject}" if heading else subject

    def _link(self, reply_to: str, subject: str) -> Callable[..., str]:
        """Makes the mailto link that puts a word into an answer."""

        def mailto(word: str, argument: str = "") -> str:
            body = f"{word} <{argument}>\r\n" if argument else f"{word}\r\n"
            return f"mailto:{quote(reply_to)}?subject={quote('Re: ' + subject)}&body={quote(body)}"

        return mailto

    def _render(
        self,
        environment: jinja2.Environment,
        kit: str,
        letter: Letter,
        values: dict[str, Any],
        link: Callable[..., str],
    ) -> tuple[str, str]:
        """A letter's body and its heading; the link stands in the environment of this one rendering."""
        tools = _kit(environment, kit, link)
        module = environment.get_template(f"id/{letter.kind}.j2").make_module({**values, "k": tools})
        return str(module), str(getattr(module, "subject", ""))

    def _salutation(self, letter: Letter) -> str:
        if letter.reader is not Reader.CITIZEN:
            return f"Yth. {letter.name}"
        name = " ".join(mime.CONTROL.sub(" ", letter.name).split())[:60]
        return f"Yth. Bapak/Ibu {name}" if name and "@" not in name else "Yth. Pelapor"

    def _fitting(self, given: Sequence[Attachment]) -> list[Attachment]:
        kept, size = [], 0
        for file in given:
            size += file.size
            if size <= MAX_FILES:
                kept.append(file)
        return kept

    def _body(self, letter: Letter, plain: str, rich: str, files: Sequence[Attachment]) -> bytes:
        boundary = hashlib.sha256(letter.message_id.encode()).hexdigest()[:24]
        both = mime.multipart(
            "alternative", f"=_a{boundary}", [mime.text_part("plain", plain), mime.text_part("html", rich)]
        )
        if not files:
            return both
        parts = [mime.file_part(file, number) for number, file in enumerate(files, 1)]
        return mime.multipart("mixed", f"=_m{boundary}", [both, *parts])

    def _head(self, letter: Letter, subject: str, reply_to: str, previous: Sequence[str]) -> bytes:
        to_name = letter.name if letter.reader is Reader.CITIZEN else ""
        lines = [
            mime.header("From", mime.mailbox(self._city.sender, self._addresses.intake)),
            mime.header("To", mime.mailbox(to_name, letter.address)),
            mime.header("Subject", subject),
            mime.header("Date", format_datetime(letter.not_before.astimezone(JAKARTA))),
            mime.header("Message-ID", f"<{letter.message_id}>"),
            mime.header("Reply-To", reply_to),
            mime.header("Auto-Submitted", "auto-replied" if letter.kind in ANSWERS else "auto-generated"),
            mime.header("Content-Language", "id"),
        ]
        if letter.reader is Reader.CITIZEN:
            # A citizen's absence note tells us nothing; an official's does, so it is not suppressed there.
            lines.append(mime.header("X-Auto-Response-Suppress", "All"))
        if previous:
            lines.append(mime.header("In-Reply-To", f"<{previous[-1]}>"))
            lines.append(mime.header("References", " ".join(f"<{one}>" for one in previous[-10:])))
        return b"".join(lines)


@lru_cache(maxsize=8)
def _environment(_kit_name: str, *, autoescape: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("templates", ""),
        autoescape=autoescape,  # noqa: S701 - the text form is no markup
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        cache_size=400,
    )
    environment.filters.update(words.FILTERS)
    environment.filters["lines"] = _lines
    return environment


def _lines(text: str) -> Markup:
    """Escaped text with its line breaks."""
    return Markup("<br>").join(escape(line) for line in str(text).splitlines())


def _kit(environment: jinja2.Environment, name: str, link: Callable[..., str]) -> Any:
    """The kit's macros with this letter's links."""
    if name == "text":
        return environment.get_template("kit/text.j2").module
    return environment.get_template("kit/html.j2").make_module({"mailto": link})


def _steps(data: dict[str, Any]) -> list[tuple[str, str]]:
    steps = data.get("steps", [])
    return [(words.moment(step["at"]), words.LABELS.get(step["state"], step["state"])) for step in steps]


def _trail(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Who left what since when, in words."""
    told = []
    for step in data.get("trail", []):
        what = words.KINDS.get(step["kind"], step["kind"])
        if step["bounced"]:
            fate = "kotak surat menolak"
        elif step["seen"]:
            fate = f"dibuka {words.moment(step['seen'])}, belum dijawab"
        else:
            fate = "belum dibuka"
        if step["absent"]:
            fate += ", balasan otomatis tidak di tempat"
        told.append((words.moment(step["since"]), f"{step['title']}: {what}, {fate}"))
    return told


def _choices(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The triage desk's buttons: label, the word to write, why."""
    choices = []
    for one in data.get("candidates", []):
        why = "; ".join(one.get("reasons", []))[:160]
        if one.get("external"):
            choices.append((one["name"], f"EKSTERNAL {one['external']}", why or "instansi di luar kota"))
        elif one.get("owner") or one.get("unit"):
            label = f"{one['name']}: {one['title']}" if one.get("title") else one["name"]
            choices.append((label, f"TERUSKAN {one.get('owner') or one['unit']}", why))
    return choices
