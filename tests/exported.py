"""A city whose tickets are exported: the real engine from mail to letter, a relay that always says yes, no sockets."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from engine.event import Delivered, Seen
from engine.letter import Letter
from engine.message import Envelope
from engine.ticket import Ticket
from mail.app import App
from mail.cli import main
from mail.settings import load, new_key
from mail.submit import Outgoing
from mail.submit import Sent as Taken
from tests.world import MONDAY

DOMAIN = "sibadra.kotabogor.example"
INTAKE = f"aduan@{DOMAIN}"


class Yes:
    """A relay that takes everything."""

    def send(self, letters: Sequence[Outgoing]) -> list[Taken]:
        """Its reply names the recipient, as many do."""
        return [Taken(f"250 2.1.5 <{one.recipient}> queued") for one in letters]

    def close(self) -> None:
        """Nothing to close."""


@dataclass
class Exported:
    """The engine over a folder with settings and database, and what people write to it."""

    folder: Path
    now: datetime = MONDAY
    app: App = field(init=False)

    def __post_init__(self) -> None:
        new_key(self.folder / "sibadra.key")
        self.config = self.folder / "sibadra.toml"
        self.config.write_text(f'[intake]\ndomain = "{DOMAIN}"\nlmtp = "127.0.0.1:1"\n')
        self.app = App.open(load(self.config), lambda: self.now)
        self.app.__dict__["relay"] = Yes()

    def mail(self, raw: bytes, sender: str, to: str = INTAKE, peer: str = "192.0.2.77") -> None:
        """A mail comes in and all that follows at once happens."""
        self.app.keep([(Envelope(sender, (to,), self.now, peer, "smtp"), raw)])
        self.app.settle(self.now)

    def complain(self, sender: str, subject: str, text: str, file: str = "") -> Ticket:
        """A citizen's first mail; gives its ticket."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, INTAKE, subject
        message["Message-ID"] = f"<{hashlib.sha256(f'{sender}{subject}'.encode()).hexdigest()[:20]}@warga.example>"
        message.set_content(text)
        if file:
            message.add_attachment(b"\xff\xd8\xff\xe0 foto", maintype="image", subtype="jpeg", filename=file)
        self.mail(message.as_bytes(), message["From"].addresses[0].addr_spec)
        return self.app.store.tickets(limit=1)[0]

    def letters(self, ticket: Ticket, kind: str = "") -> list[Letter]:
        """The ticket's letters of a kind, oldest first."""
        return [one for one in self.app.store.letters_of(ticket.id) if not kind or one.kind == kind]

    def opens(self, letter: Letter, after: timedelta = timedelta(minutes=30)) -> None:
        r"""The letter is found in its mailbox, and later marked as `\Seen`."""
        self.app.desk.handle(Delivered(self.now, letter.id, "INBOX"))
        self.now += after
        self.app.desk.handle(Seen(self.now, letter.id, "imap"))

    def answers(self, letter: Letter, text: str, after: timedelta = timedelta(minutes=20)) -> None:
        """Whoever got a letter replies to it from its mailbox."""
        self.now += after
        raw = self.app.store.raw_letter(letter.id)
        assert raw is not None
        got = message_from_bytes(raw, policy=policy.default)
        to = got["Reply-To"].addresses[0].addr_spec
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = letter.address, to, f"Re: {got['Subject']}"
        message["In-Reply-To"], message["Message-ID"] = got["Message-ID"], f"<balas-{letter.id}@kantor.example>"
        message.set_content(text)
        self.mail(message.as_bytes(), letter.address, to, "198.51.100.5")

    def waits(self, span: timedelta) -> None:
        """Time passes, clocks strike."""
        end = self.now + span
        while self.now < end:
            times = [t for t in (self.app.store.next_due(), self.app.store.next_letter_at()) if t and t <= end]
            self.now = max([self.now, min(times)]) if times else end
            self.app.settle(self.now)

    def command(self, *words: str) -> int:
        """`sibadra ...`; gives its status."""
        return main(["--config", str(self.config), *words])

    def export(self, ticket: Ticket, file: Path, *more: str) -> int:
        """`sibadra ticket export`; gives its status."""
        return self.command("ticket", "export", ticket.number, str(file), *more)


def unpacked(file: Path, to: Path) -> Path:
    """The one folder inside a proof, unpacked."""
    with zipfile.ZipFile(file) as zipped:
        zipped.extractall(to)
    (folder,) = to.iterdir()
    return folder


def words_in(path: Path) -> str:
    """All that a file says, its encodings undone: a mail's headers and texts, a PDF's pages if pdftotext is there."""
    text = path.read_bytes().decode("utf-8", "replace")
    if path.suffix == ".eml":
        parts = message_from_bytes(path.read_bytes(), policy=policy.default).walk()
        text += "".join(str(part.get_content()) for part in parts if part.get_content_maintype() == "text")
    elif path.suffix == ".pdf" and shutil.which("pdftotext"):
        text += subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return text


def verified(folder: Path, *more: str) -> tuple[int, str]:
    """What the proof's own program says, run as a stranger runs it: alone, without our code."""
    ran = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py"), *more],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr
