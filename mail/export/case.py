"""What a proof is made of: one ticket with its rows, letters and mails as they stand in the tables, masked or whole.

A ticket whose reporter is hidden from the agency is masked: the reporter's own mails and the letters to him stay out,
every text is redacted, and of a row of the history that may hold such words only the digest of its data is handed over,
so that the chain can still be checked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import Any

from engine.calendar.working import JAKARTA
from engine.desk.climb import ON_A_LIST
from engine.directory import Directory
from engine.letter import Letter, LetterState, Reader, numbers_on
from engine.redact import Identity, redact
from engine.store import Mail, Store, Told
from engine.store.chain import sha256
from engine.ticket import Ticket
from engine.workflow import Workflow
from mail.export import words
from mail.identity import masked_data
from mail.write.words import OFFICIAL

FACTS = frozenset(
    {
        "absence", "back", "by", "code", "confidence", "confidence_route", "date", "doubt", "explicit", "first",
        "folder", "hide_from_agency", "hide_from_public", "holder", "how", "kind", "likeness", "lines", "model",
        "number", "permanent", "position", "raised_by", "rung", "size", "step", "target", "ticket", "undo", "until",
        "what",
    }
)  # fmt: skip
"""Data of a row that never holds a person's words, an address, or a digest from which one could be guessed."""

UNGUESSABLE = frozenset({"mail_sha256", "report"})
"""Data of a row that keep its digest from being guessed, as long as they are not handed over with it."""


@dataclass(frozen=True)
class Case:
    """One ticket to be proved; `city` is how the city is called. With `identity`, what names the reporter is masked."""

    store: Store
    ticket: Ticket
    directory: Directory
    workflow: Workflow
    city: str
    identity: Identity | None
    rows: tuple[Told, ...]
    letters: dict[int, Letter]
    kept_back: dict[int, str]
    """Why the bytes of a mail are not handed over, by its id."""

    @classmethod
    def of(
        cls,
        store: Store,
        ticket: Ticket,
        directory: Directory,
        workflow: Workflow,
        city: str,
        identity: Identity | None = None,
    ) -> Case:
        """Reads the ticket's rows and letters, without the bytes of its mails."""
        lists = store.lists_naming(ticket.number, ticket.opened_at)
        own = [row for row in store.told_of(ticket.id) if row.entry.ticket in (None, ticket.id)]
        of_lists = store.told_loose([one.id for one in lists]) if lists else []
        rows = tuple({row.id: row for row in sorted([*own, *of_lists], key=lambda row: row.id)}.values())
        written = sorted([*store.letters_of(ticket.id), *lists], key=lambda one: one.id)
        letters = {letter.id: letter for letter in written}
        case = cls(store, ticket, directory, workflow, city, identity, rows, letters, {})
        for mail in store.each_mail(ticket.id) if identity else ():
            if case._is_reporters(mail):
                case.kept_back[mail.id] = words.MASKED
        return case

    @property
    def masked(self) -> bool:
        """Whether anything is kept back."""
        return self.identity is not None

    def said(self, text: str) -> str:
        """A person's words as this proof may show them."""
        return redact(text, self.identity) if self.identity and text else text

    def shown(self, row: Told) -> dict[str, Any]:
        """A row's data as this proof may show it."""
        if self.identity is None or not self._may_name(row):
            return row.entry.data
        if row.entry.event == "kept":
            return {}
        return {
            name: value if name in FACTS else masked_data(value, self.identity)
            for name, value in row.entry.data.items()
            if name not in UNGUESSABLE
        }

    def record(self, row: Told) -> dict[str, Any]:
        """A row as it is handed over: whole with the JSON text of its data, or with that text's digest alone."""
        e = row.entry
        record: dict[str, Any] = {
            "row": row.id,
            "at": row.micros,
            "time": e.at.astimezone(JAKARTA).isoformat(),
            "ticket": e.ticket,
            "actor": e.actor,
            "event": e.event,
            "from": e.from_state,
            "to": e.to_state,
            "mail": e.mail,
            "letter": e.letter,
        }
        if self._may_name(row):
            return record | {"data_sha256": sha256(row.text.encode()), "masked": self.shown(row)}
        return record | {"data": row.text}

    def _may_name(self, row: Told) -> bool:
        """Whether a row's data may tell who the reporter is."""
        e = row.entry
        if not self.masked or FACTS.issuperset(e.data):
            return False
        if e.event == "kept":
            return e.mail in self.kept_back
        letter = self.letters.get(e.letter or 0)
        return not (e.event == "sent" and letter is not None and letter.reader is not Reader.CITIZEN)

    def _is_reporters(self, mail: Mail) -> bool:
        """Whether a mail is not plainly an office's answer that leaves the reporter unnamed."""
        letter = self.letters.get(mail.letter or 0)
        actors = {row.entry.actor for row in self.rows if row.entry.mail == mail.id and row.entry.event != "kept"}
        office = bool(actors) and actors <= self.directory.positions.keys()
        return letter is None or letter.reader is Reader.CITIZEN or not office or self._names(mail.raw)

    def letter_kept_back(self, letter: Letter, raw: bytes | None) -> str:
        """Why a letter's bytes are not handed over; "" when they are."""
        if raw is None:
            return words.UNSAVED if letter.state is LetterState.SENT else self.unsent(letter)
        if set(numbers_on(letter)) - {self.ticket.number}:
            return words.OTHERS
        return words.MASKED if self.masked and (letter.reader is Reader.CITIZEN or self._names(raw)) else ""

    def unsent(self, letter: Letter) -> str:
        """What became of a letter that did not go out by itself; "" for one that did."""
        if letter.state is LetterState.SENT:
            return ""
        if letter.error == ON_A_LIST:
            later = (one for one in self.letters.values() if one.ticket is None and one.created_at >= letter.created_at)
            on = next((one for one in later if one.address == letter.address), None)
            if on is not None:
                return f"disampaikan dalam daftar, surat {on.id}"
        return words.LETTER_STATES[letter.state]

    def relayed(self, letter: Letter, text: str) -> str:
        """What a mail system said of a letter, without the reporter's address."""
        return self.said(text) if letter.reader is Reader.CITIZEN else text

    def _names(self, raw: bytes) -> bool:
        """Whether a mail's headers or texts hold the reporter's address or name; what cannot be read holds them."""
        told = self.identity or Identity()
        known = [one.casefold() for one in (*told.addresses, *told.names, *told.phones) if len(one.strip()) > 2]
        try:
            message = message_from_bytes(raw, policy=policy.default)
            texts = [str(value) for _, value in message.items()]
            texts += [str(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text"]
        except Exception:  # the standard library's parser has many ways to fail on a stranger's mail
            return True
        whole = " ".join(" ".join(texts).casefold().split())
        return any(one in whole for one in known)

    def who(self, actor: str) -> str:
        """Who did it: a chair's title, a party, or a clerk's name."""
        position = self.directory.positions.get(actor)
        return position.title if position else words.ACTORS.get(actor, actor)

    def chair(self, position: str | None) -> str:
        """A chair's title, another authority's name, or the id of one that the directory no longer knows."""
        known = position or ""
        if known in self.directory.externals:
            return self.directory.externals[known].name
        return self.directory.positions[known].title if known in self.directory.positions else known

    def reader(self, letter: Letter) -> str:
        """To whom a letter is written."""
        if letter.reader is Reader.CITIZEN:
            return "pelapor"
        return self.chair(letter.position) or letter.name or letter.address

    def mailbox(self, letter: Letter) -> str:
        """The mailbox a letter is bound to, as this proof may show it."""
        return "" if self.masked and letter.reader is Reader.CITIZEN else letter.address

    def state(self, name: str) -> str:
        """A state as officials read it; one that only the ticket's own table knows by its label there."""
        labels = {info.name: info.label for info in self.workflow.states} | dict.fromkeys(self.workflow.start, "baru")
        return OFFICIAL.get(name) or labels.get(name, name)

    def leading(self) -> str:
        """The number of the ticket that this one is joined to; "" when it stands for itself."""
        found = self.store.ticket(self.ticket.joined_to) if self.ticket.joined_to else None
        return found.number if found else ""


def plain_json(value: object) -> str:
    """JSON on one line, letters as they are, keys in their order."""
    return json.dumps(value, ensure_ascii=False)
