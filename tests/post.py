"""The whole engine in memory: raw mails in, raw mails out into mailboxes, buttons pressed as they stand in a letter.

Beside tests/world.py, which hands events to the desk, here nothing is handed but bytes; beside tests/real.py no server
runs, so that a whole complaint costs a second.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from html import unescape
from pathlib import Path
from typing import cast
from urllib.parse import parse_qs, unquote, urlsplit

from engine.errors import Permanent, Temporary
from engine.letter import Letter
from engine.message import Envelope
from engine.ticket import Ticket
from mail.app import App
from mail.settings import check, new_key
from mail.submit import Outgoing, Relay, Sent
from tests.world import MONDAY, bells

DOMAIN = "sibadra.kotabogor.example"
CITIZEN = "rina@warga.example"
LINK = re.compile(r'href="(mailto:[^"]+)"')


class Post:
    """Stands for the relay: each mailbox is a list of mails; those in `dead` are refused for good."""

    def __init__(self) -> None:
        self.boxes: dict[str, list[EmailMessage]] = defaultdict(list)
        self.dead: set[str] = set()

    def send(self, outgoing: Sequence[Outgoing]) -> list[Sent | Temporary | Permanent]:
        """Delivers or refuses each letter."""
        return [self._one(letter) for letter in outgoing]

    def _one(self, letter: Outgoing) -> Sent | Permanent:
        if letter.recipient in self.dead:
            return Permanent("550 5.1.1 no such user")
        mail = message_from_bytes(letter.raw, policy=policy.default)
        self.boxes[letter.recipient].append(cast(EmailMessage, mail))
        return Sent("250 2.0.0 Ok")

    def close(self) -> None:
        """Nothing is open."""


class Town:
    """A city's engine over a fresh database; the test moves its clock."""

    def __init__(self, folder: Path, profile: str = "sibadra", at: datetime = MONDAY) -> None:
        new_key(folder / "sibadra.key")
        given = {
            "city": {"profile": profile},
            "intake": {"domain": DOMAIN, "lmtp": "127.0.0.1:1"},
            "relay": {"host": "127.0.0.1", "port": 1},
        }
        self.now, self.post = at, Post()
        self.app = App.open(check(given, folder / "sibadra.toml"), lambda: self.now)
        self.app.store._db.execute_sql("PRAGMA synchronous = OFF")
        self.app.relay = cast(Relay, self.post)

    def wait(self, until: datetime | timedelta) -> None:
        """Moves the clock on, striking each deadline at its time."""
        end = self.now + until if isinstance(until, timedelta) else until
        while times := [one for one in bells(self.app.store, self.now) if one <= end]:
            self.now = max(self.now, min(times))
            self.app.settle(self.now)
        self.now = end
        for _ in range(2):  # a list that is written now is sent at the next bell
            self.app.settle(self.now)

    # The people

    def send(
        self,
        sender: str,
        text: str,
        subject: str = "Laporan",
        to: str = f"aduan@{DOMAIN}",
        attach: tuple[str, bytes] | None = None,
        **headers: str,
    ) -> None:
        """A mail into the intake, a minute later; all that follows from it at once happens."""
        self.now += timedelta(minutes=1)
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail["Date"], mail["Message-ID"] = format_datetime(self.now), make_msgid(domain=sender.rpartition("@")[2])
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        if attach is not None:
            mail.add_attachment(attach[1], maintype="image", subtype="jpeg", filename=attach[0])
        self.app.keep([(Envelope(sender, (to,), self.now), mail.as_bytes(policy=policy.SMTP))])
        self.app.settle(self.now)
        assert not self.app.store.held_mails()

    def reply(
        self, user: str, mail: EmailMessage, text: str, to: str = "", attach: tuple[str, bytes] | None = None
    ) -> None:
        """The user answers a mail, quoting it below."""
        quoted = "\n".join(f"> {line}" for line in words(mail).splitlines())
        text = f"{text}\n\nPada Sen, 3 Agu 2026 pukul 09.12 Si Badra Kota Bogor <aduan@{DOMAIN}> menulis:\n\n{quoted}\n"
        to = to or str(mail["Reply-To"])
        self.send(user, text, f"Re: {mail['Subject']}", to, attach, In_Reply_To=str(mail["Message-ID"]))

    def press(self, user: str, mail: EmailMessage, word: str, more: str = "") -> None:
        """The user presses a button of a letter and sends what his program opens, `more` written behind the word."""
        self.send(user, *pressed(mail, word, more))

    def inbox(self, user: str) -> list[EmailMessage]:
        """The mails of a mailbox, oldest first."""
        return self.post.boxes[user]

    def find(self, user: str, said: str) -> EmailMessage:
        """The newest mail of a mailbox whose subject holds these words."""
        found = [mail for mail in self.inbox(user) if said in str(mail["Subject"])]
        assert found, f"{said!r} is not in {user}: {[str(mail['Subject']) for mail in self.inbox(user)]}"
        return found[-1]

    # What came of it

    def tickets(self) -> list[Ticket]:
        """All tickets, oldest first."""
        return list(reversed(self.app.store.tickets()))

    def letters(self, ticket: Ticket, kind: str) -> list[Letter]:
        """A ticket's letters of a kind."""
        return [one for one in self.app.store.letters_of(ticket.id) if one.kind == kind]


def pressed(mail: EmailMessage, word: str, more: str = "") -> tuple[str, str, str]:
    """Text, subject and recipient of what a mail program makes of the link behind a button, `more` written behind it.

    A link names recipient, subject and first line (RFC 6068); the program quotes nothing and knows no thread.
    """
    links = [urlsplit(unescape(link)) for link in LINK.findall(html(mail))]
    ready = {parse_qs(link.query)["body"][0]: link for link in links}
    body = next((body for body in ready if body.split("\r\n")[0].strip() == word), None)
    assert body is not None, f"no button {word}: {list(ready)}"
    link = ready[body]
    first, _, rest = body.partition("\r\n")
    text = f"{first}{more}\n{rest}" if first.endswith(" ") else f"{first}\n{more}\n{rest}"
    return text, parse_qs(link.query)["subject"][0], unquote(link.path)


def words(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html(mail: EmailMessage) -> str:
    """The HTML of a mail."""
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())
