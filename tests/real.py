"""A city on real parts: Postfix as MX and relay, Dovecot's mailboxes, the engine between them, a clock to move."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from types import TracebackType

from imapclient import IMAPClient

from engine.letter import Letter
from engine.message import Envelope
from engine.ticket import Ticket
from mail.app import App
from mail.observe import Watch
from mail.receive import Intake, Listen
from mail.settings import check, new_key
from tests.dovecot import PASSWORD, Dovecot
from tests.post import pressed
from tests.postfix import Postfix
from tests.world import MONDAY

DOMAIN = "sibadra.kotabogor.example"
CITIZEN = "rina@warga.example"


class RealCity:
    """Use as a context manager; `boxes` are the officials' mailboxes that exist in Dovecot beside the citizen's.

    `city` is the folder of its tables, the packaged example if none is given.
    """

    def __init__(
        self,
        folder: Path,
        boxes: Sequence[str],
        citizens: Sequence[str] = (CITIZEN,),
        profile: str = "sibadra",
        *,
        watched: bool = True,
        city: Path | None = None,
    ) -> None:
        self.watched, self.city = watched, city
        self.folder, self.now, self.profile = folder, MONDAY, profile
        self.users = [*boxes, *citizens]
        self.ticks = 0

    def __enter__(self) -> RealCity:
        folder = self.folder
        new_key(folder / "sibadra.key")
        self.dovecot = Dovecot(users=self.users)
        self.dovecot.__enter__()
        self.app = self._app(1)
        self.intake = Intake(
            self._keep,
            self._accepts,
            lambda: self.now,
            lmtp=Listen(),
        )
        self.intake.start()
        domains = sorted({user.rpartition("@")[2] for user in self.users} | {"dpupr.kotabogor.example"})
        self.postfix = Postfix(
            folder,
            engine_lmtp=self.intake.lmtp_port,
            dovecot_lmtp=self.dovecot.lmtp_port,
            domains=domains,
            intake=DOMAIN,
        )
        self.postfix.__enter__()
        self.app.close()
        self.app = self._app(self.postfix.port)
        self.watch = Watch(self.app.settings, self.app.store, self.app.desk, every=0)
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.watch.close()
        self.intake.stop(grace=1)
        self.app.close()
        self.postfix.__exit__(kind, fault, at)
        self.dovecot.__exit__(kind, fault, at)

    def _app(self, relay: int) -> App:
        given = {
            "city": {"profile": self.profile} | ({"folder": str(self.city)} if self.city else {}),
            "intake": {"domain": DOMAIN, "lmtp": "127.0.0.1:1"},
            "relay": {"host": "127.0.0.1", "port": relay},
            "imap": {}
            if not self.watched
            else {
                "default": {
                    "host": "127.0.0.1",
                    "port": self.dovecot.imap_port,
                    "tls": "none",
                    "secret": PASSWORD,
                }
            },
        }
        return App.open(check(given, self.folder / "sibadra.toml"), lambda: self.now)

    # The app is opened again once the relay's port is known: the intake must not hold the first one.
    def _keep(self, mails: Sequence[tuple[Envelope, bytes]]) -> None:
        self.app.keep(mails)

    def _accepts(self, recipient: str) -> bool:
        return self.app.addresses.accepts(recipient)

    # The engine

    def settle(self) -> None:
        """Everything that can happen now happens."""
        self.app.settle(self.now)
        self.watch.round(self.now)
        self.app.settle(self.now)

    def until(self, true: Callable[[], bool], what: str, seconds: float = 20) -> None:
        """Waits for real mail to travel, at most so many seconds of the machine's time."""
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, f"{what} did not happen:\n{self.postfix.log[-3000:]}"
            time.sleep(0.05)
            self.settle()

    def wait(self, until: datetime | timedelta) -> None:
        """Moves the clock on, striking each deadline at its time."""
        end = self.now + until if isinstance(until, timedelta) else until
        while True:
            times = [
                t for t in (self.app.store.next_due(), self.app.store.next_letter_at()) if t is not None and t <= end
            ]
            if not times:
                break
            self.now = max(self.now, min(times))
            self.settle()
        self.now = end
        self.settle()

    def tickets(self) -> list[Ticket]:
        """All tickets, oldest first."""
        return list(reversed(self.app.store.tickets()))

    def letters(self, ticket: Ticket, kind: str) -> list[Letter]:
        """A ticket's letters of a kind."""
        return [one for one in self.app.store.letters_of(ticket.id) if one.kind == kind]

    # The people

    def send(
        self,
        sender: str,
        text: str,
        subject: str = "Laporan",
        to: str = f"aduan@{DOMAIN}",
        attach: tuple[str, bytes] | None = None,
        **headers: str,
    ) -> str:
        """A mail into Postfix by SMTP; gives its Message-ID."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail["Date"] = format_datetime(self.now)
        mail["Message-ID"] = headers.pop("message_id", None) or make_msgid(domain=sender.rpartition("@")[2])
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        if attach is not None:
            mail.add_attachment(attach[1], maintype="image", subtype="jpeg", filename=attach[0])
        with smtplib.SMTP("127.0.0.1", self.postfix.port, timeout=30) as client:
            client.sendmail(sender, [to], mail.as_bytes(policy=policy.SMTP))
        return str(mail["Message-ID"]).strip("<>")

    def inbox(self, user: str) -> list[EmailMessage]:
        """What lies in a mailbox, without opening anything."""
        with self._imap(user) as client:
            client.select_folder("INBOX", readonly=True)
            found = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
            return [message_from_bytes(data[b"BODY[]"], policy=policy.default) for _, data in sorted(found.items())]

    def find(self, user: str, words: str) -> EmailMessage:
        """The newest mail of a mailbox whose subject holds these words; waits for it to arrive."""
        self.until(lambda: any(words in str(m["Subject"]) for m in self.inbox(user)), f"{words!r} in {user}")
        return [m for m in self.inbox(user) if words in str(m["Subject"])][-1]

    def open(self, user: str, mail: EmailMessage) -> None:
        r"""The user opens a mail: FETCH BODY[] sets \Seen."""
        with self._imap(user) as client:
            client.select_folder("INBOX")
            uid = client.search(["HEADER", "Message-ID", str(mail["Message-ID"])])
            client.fetch(uid, ["BODY[]"])

    def reply(self, user: str, mail: EmailMessage, text: str) -> None:
        """The user answers a mail, quoting it below."""
        body = mail.get_body(("plain",))
        quoted = "\n".join(f"> {line}" for line in (body.get_content() if body else "").splitlines())
        text = f"{text}\n\nPada Sen, 3 Agu 2026 pukul 09.12 Si Badra Kota Bogor <aduan@{DOMAIN}> menulis:\n\n{quoted}\n"
        before = len(self.app.store.new_mails(1000)), self._count()
        self.send(user, text, f"Re: {mail['Subject']}", to=str(mail["Reply-To"]), In_Reply_To=str(mail["Message-ID"]))
        self.until(lambda: self._count() > before[1], f"the reply of {user} being handled")

    def press(self, user: str, mail: EmailMessage, word: str, more: str = "") -> None:
        """The user presses a button of the letter as it stands there."""
        before = self._count()
        self.send(user, *pressed(mail, word, more))
        self.until(lambda: self._count() > before, f"the button {word} of {user} being handled")

    def _count(self) -> int:
        return int(self.app.store.t.mail.select().where(self.app.store.t.mail.state != "new").count())

    def _imap(self, user: str) -> IMAPClient:
        client = IMAPClient("127.0.0.1", self.dovecot.imap_port, ssl=False, timeout=30)
        client.login(user, PASSWORD)
        return client
