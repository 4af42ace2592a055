"""Plays the demo's cases: moves the city's clock from event to event, and lets everything happen over real sockets."""

from __future__ import annotations

import json
import logging
import random
import smtplib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from engine.letter import Letter, LetterState, Reader
from engine.ticket import Ticket
from mail.app import App
from mail.demo.cases import CASES, LENGTH, Act, Case
from mail.demo.clock import START, CityClock
from mail.demo.people import answer, open_letter
from mail.observe import Watch
from mail.receive import Intake, Limits, Listen
from mail.sandbox import Estate
from mail.settings import Settings, check, new_key

log = logging.getLogger("sibadra.demo")

DOMAIN = "sibadra.kotabogor.example"
PASSWORD = "badra"
GONE = "550 5.2.1 mailbox disabled for this recipient"
ASKING = ("task", "triage", "reminder", "escalation", "citizen_answer", "news", "disputed")
AWAY = "Terima kasih atas email Anda. Saya sedang cuti sampai dengan Jumat, 7 Agustus 2026 dan tidak membuka email."
News = Callable[[datetime], None]


@dataclass
class Progress:
    """How far the script has come, kept on the disk: what was sent, each case's next act and since when."""

    path: Path
    sent: list[str] = field(default_factory=list)
    acts: dict[str, int] = field(default_factory=dict)
    since: dict[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, path: Path) -> Progress:
        """What the file says, or a beginning."""
        kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
        return cls(path, **kept)

    def save(self) -> None:
        """Writes it in one stroke."""
        fresh = self.path.with_suffix(".tmp")
        fresh.write_text(json.dumps({"sent": self.sent, "acts": self.acts, "since": self.since}))
        fresh.replace(self.path)


class Stage:
    """The engine, its intake and the mail estate of a whole city, all on free ports of this machine."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.clock = CityClock(folder / "clock.json")
        new_key(folder / "sibadra.key")
        first = App.open(self._settings(1, 1), self.clock.now)
        people = {_sender(case.raw): PASSWORD for case in CASES}
        boxes = {position.mailbox: PASSWORD for position in first.directory.positions.values()}
        first.close()
        self.intake: Intake | None = None
        self.estate = Estate(
            folder / "estate", {**boxes, **people}, intake_domain=DOMAIN, host=f"mail.{DOMAIN}", now=self.clock.now
        )
        self.progress = Progress.at(folder / "progress.json")

    def _settings(self, relay: int, imap: int) -> Settings:
        given = {
            "intake": {"domain": DOMAIN, "smtp": "127.0.0.1:0"},
            "relay": {"host": "127.0.0.1", "port": relay},
            "imap": {"default": {"host": "127.0.0.1", "port": imap, "tls": "none", "secret": PASSWORD}},
        }
        return check(given, self.folder / "sibadra.toml")

    def start(self) -> None:
        """Opens every port; the mail that waited from the last run goes on its way."""
        boot = App.open(self._settings(1, 1), self.clock.now)
        limits = Limits(message=boot.settings["intake"]["max_size"])
        self.intake = Intake(
            self._keep, boot.addresses.accepts, self.clock.now, smtp=Listen(), limits=limits, hostname=DOMAIN
        )
        self._boot = boot
        self.intake.start()
        self.estate.intake = self.intake.smtp_port
        self.estate.start()
        ports = self._settings(self.estate.smtp_port, self.estate.imap_port)
        self.app = App.open(ports, self.clock.now, random.Random())
        self.watch = Watch(self.app.settings, self.app.store, self.app.desk, every=0)
        for case in CASES:
            if case.mailbox:
                self._trouble(case)

    def _keep(self, mails: Any) -> None:
        self._boot.keep(mails)

    def stop(self) -> None:
        """Closes everything; the files stay."""
        for name in ("watch", "app", "_boot"):
            if name in self.__dict__:
                getattr(self, name).close()
        self.estate.stop()
        if self.intake is not None:
            self.intake.stop(5)

    def _trouble(self, case: Case) -> None:
        """The owner's mailbox of this case bounces or answers by itself, once the owner is known."""
        ticket = self.ticket_of(case)
        owner = self.app.directory.positions.get(ticket.owner or "") if ticket else None
        if owner is None:
            route = self.app.router.route_text(*_words(case.raw))
            owner = self.app.directory.positions.get(route.owner or "")
        if owner is not None and case.mailbox == "bounces":
            self.estate.bounces[owner.mailbox] = GONE
        elif owner is not None:
            self.estate.away[owner.mailbox] = AWAY

    # The play

    def play(self, news: News, until: datetime | None = None) -> None:
        """Moves from event to event until the script's end; safe to be killed anywhere and called again."""
        end = until or START + LENGTH
        self.round(news)
        while True:
            times = [t for t in (self._next_script(), self.app.store.next_due(), self.app.store.next_letter_at()) if t]
            upcoming = min((t for t in times if t <= end), default=None)
            if upcoming is None:
                break
            self.clock.move(max(self.clock.now(), upcoming))
            self._script(news)
            self.round(news)
        self.clock.move(end)
        self.round(news)

    def round(self, news: News) -> None:
        """Everything that can happen at this moment happens: mails are handled, letters sent, mailboxes looked at."""
        at = self.clock.now()
        for _ in range(20):
            busy = self.app.settle(at)
            busy += self._quiet()
            busy += self.watch.round(at)
            news(at)
            if not busy:
                return

    def _quiet(self) -> int:
        """Waits for what the estate itself has under way (bounces, absence notes) to come in."""
        queue = self.estate.folder / "queue"
        waited = 0
        while any(queue.glob("*.eml")) and waited < 200:
            time.sleep(0.02)
            waited += 1
        return waited

    def _next_script(self) -> datetime | None:
        times = [START + case.at for case in CASES if case.file not in self.progress.sent]
        times += [due for case in CASES if (due := self._act_due(case)) is not None]
        return min(times, default=None)

    def _act_due(self, case: Case) -> datetime | None:
        """When the next act of a case falls due, if its letter is there."""
        if case.file not in self.progress.sent:
            return None
        index = self.progress.acts.get(case.file, 0)
        if index >= len(case.acts):
            return None
        since = datetime.fromisoformat(self.progress.since[case.file])
        due = since + case.acts[index].after
        letter = self._letter_for(case, case.acts[index])
        if letter is None:
            return None
        # Nobody answers in the second in which a letter arrives; who does is taken for a machine.
        return max(due, (letter.sent_at or due) + timedelta(minutes=4))

    def _script(self, news: News) -> None:
        at = self.clock.now()
        for case in CASES:
            if case.file not in self.progress.sent and START + case.at <= at:
                self._send(case)
                self.progress.sent.append(case.file)
                self.progress.since[case.file] = at.isoformat()
                self.progress.save()
                self.round(news)
        for case in CASES:
            due = self._act_due(case)
            if due is not None and due <= at:
                self._perform(case, case.acts[self.progress.acts.get(case.file, 0)], at)
                self.progress.acts[case.file] = self.progress.acts.get(case.file, 0) + 1
                self.progress.since[case.file] = at.isoformat()
                self.progress.save()
                self.round(news)

    def _send(self, case: Case) -> None:
        with smtplib.SMTP("127.0.0.1", self.estate.smtp_port, timeout=60) as relay:
            relay.sendmail(_sender(case.raw), [f"aduan@{DOMAIN}"], case.raw)

    def _perform(self, case: Case, act: Act, at: datetime) -> None:
        letter = self._letter_for(case, act)
        opened = open_letter(self.estate, letter) if letter else None
        if letter is not None and opened is not None and act.says:
            self.watch.round(at)
            answer(self.estate, letter, opened, act.says, at)

    def _letter_for(self, case: Case, act: Act) -> Letter | None:
        """The newest sent letter to the one who acts."""
        ticket = self.ticket_of(case)
        if ticket is None:
            return None
        letters = [one for one in self.app.store.letters_of(ticket.id) if one.state is LetterState.SENT]
        if act.who == "citizen":
            asked = ("question", "done", "update")
            fitting = [one for one in letters if one.reader is Reader.CITIZEN and one.kind in asked]
        elif act.who == "superior":
            fitting = [one for one in letters if one.kind == "escalation"]
        else:
            fitting = [one for one in letters if one.position == ticket.holder and one.kind in ASKING]
        return fitting[-1] if fitting else None

    def ticket_of(self, case: Case) -> Ticket | None:
        """The ticket that a case's mail became."""
        message_id = str(message_from_bytes(case.raw, policy=policy.default)["Message-ID"]).strip().strip("<>")
        mail = self.app.store.earlier_mail(message_id, 0)
        return self.app.store.ticket(mail.ticket) if mail and mail.ticket else None


def _sender(raw: bytes) -> str:
    return parseaddr(str(message_from_bytes(raw, policy=policy.default)["From"]))[1]


def _words(raw: bytes) -> tuple[str, str]:
    """Subject and text of a script's mail."""
    from mail.read import read

    message = read(raw)
    return message.subject, message.text
