"""The estate: accounts with their Maildirs, what the relay does with each recipient, and the threads that serve."""

from __future__ import annotations

import asyncio
import concurrent.futures
import json
import logging
import secrets
import smtplib
import threading
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType

from engine.errors import Permanent, Temporary
from engine.message import Envelope
from mail.sandbox import answers, imap, maildir, smtp

log = logging.getLogger(__name__)

Intake = Callable[[Envelope, bytes], None]
"""Takes a mail to the city; raises Temporary (451, the sender tries again) or Permanent (550)."""


def _now() -> datetime:
    return datetime.now(UTC)


class Estate:
    """Relay, mailboxes and IMAP of a whole city on 127.0.0.1; a context manager.

    `accounts` maps each address to its password. Mail to `intake_domain`, or to an address that `is_intake` says yes
    to, goes to `intake`: a callable, or the port of an SMTP server (LMTP with `lmtp`) on 127.0.0.1. Other recipients
    without an account get 550. `bounces` maps an account to the SMTP reply of a mailbox that fails after the relay took
    the mail: its sender gets a delivery status notification. `away` maps an account to its absence note. `refuses` are
    accounts that the relay does not know. `smtp_port` and `imap_port` 0 take free ports, and the ports are kept for the
    next start. `now` gives the time that stands in mails and file times. `bounces`, `away` and `refuses` may be changed
    while it runs.
    """

    def __init__(
        self,
        folder: Path,
        accounts: Mapping[str, str],
        intake: Intake | int | None = None,
        *,
        lmtp: bool = False,
        intake_domain: str | None = None,
        is_intake: Callable[[str], bool] | None = None,
        bounces: Mapping[str, str] | None = None,
        away: Mapping[str, str] | None = None,
        refuses: Collection[str] = (),
        master: tuple[str, str] | None = None,
        smtp_port: int = 0,
        imap_port: int = 0,
        host: str = "relay.test",
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.folder = folder
        self.accounts = {address.lower(): password for address, password in accounts.items()}
        self.bounces = {k.lower(): v for k, v in (bounces or {}).items()}
        self.away = {k.lower(): v for k, v in (away or {}).items()}
        self.refuses = {a.lower() for a in refuses}
        self.master, self.host, self.now = master, host, now
        self.intake, self._lmtp = intake, lmtp
        self._intake_domain, self._is_intake = intake_domain, is_intake
        self.smtp_port, self.imap_port = smtp_port, imap_port
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._answered: set[tuple[str, str]] = set()
        self._wake, self._stopping = threading.Event(), threading.Event()

    # -- life -------------------------------------------------------------------------------------------------------

    def __enter__(self) -> Estate:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Listen; returns when both ports answer. Raises OSError when a given port is taken."""
        for name in ("mail", "queue"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        ports = self.folder / "ports.json"
        if ports.exists() and not (self.smtp_port or self.imap_port):
            self.smtp_port, self.imap_port = json.loads(ports.read_text())
        for lock in (self.folder / "mail").glob("*/*/**/dovecot-uidlist.lock"):
            lock.unlink(missing_ok=True)  # left by a process that was killed; it would block for ten minutes
        self._stopping.clear()
        ready: concurrent.futures.Future[None] = concurrent.futures.Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), name="estate", daemon=True)
        self._thread.start()
        ready.result(30)
        ports.write_text(json.dumps([self.smtp_port, self.imap_port]))
        self._queue_thread = threading.Thread(target=self._work_queue, name="estate-queue", daemon=True)
        self._queue_thread.start()

    def stop(self) -> None:
        """Close every connection and both ports; mail stays in its folder."""
        if self._thread is None or self._loop is None:
            return
        self._stopping.set()
        self._wake.set()
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(10)
        self._queue_thread.join(10)
        self._thread = self._loop = None

    async def _serve(self, ready: concurrent.futures.Future[None]) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        try:
            smtp_server = await self._listen(smtp.dialogue(self.host, self.ask, self.take), self.smtp_port)
            imap_callback = imap.server(self.folder / "mail", self.accounts, self.master)
            imap_server = await self._listen(imap_callback, self.imap_port)
        except BaseException as e:
            ready.set_exception(e)
            return
        self.smtp_port = smtp_server.sockets[0].getsockname()[1]
        self.imap_port = imap_server.sockets[0].getsockname()[1]
        ready.set_result(None)
        await self._ended.wait()
        smtp_server.close()
        imap_server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    async def _listen(self, callback: Callable[..., object], port: int) -> asyncio.Server:
        return await asyncio.start_server(callback, "127.0.0.1", port, limit=smtp.LIMIT)  # type: ignore[arg-type]

    # -- the relay --------------------------------------------------------------------------------------------------

    def ask(self, recipient: str) -> str:
        """The relay's reply to RCPT."""
        address = recipient.lower()
        if self.is_for_intake(address) or (address in self.accounts and address not in self.refuses):
            return "250 2.1.5 Ok"
        return f"550 5.1.1 <{recipient}>: Recipient address rejected: User unknown"

    def is_for_intake(self, address: str) -> bool:
        """Whether mail to the address goes to the city's engine."""
        if self.intake is None or address.lower() in self.accounts:
            return False
        if self._is_intake is not None and self._is_intake(address):
            return True
        return self._intake_domain is not None and address.lower().endswith("@" + self._intake_domain.lower())

    def take(self, reverse_path: str, recipients: list[str], raw: bytes) -> str:
        """Deliver one mail and give the reply to DATA; the intake first, because only it may ask for another try."""
        at = self.now()
        received = f"Received: from sender by {self.host} with ESMTP; {format_datetime(at)}\r\n".encode()
        raw = received + maildir.crlf(raw)
        for_intake = tuple(r for r in recipients if self.is_for_intake(r))
        if for_intake:
            try:
                self._hand_over(Envelope(reverse_path, for_intake, at, "127.0.0.1", "smtp"), raw)
            except Permanent as e:
                return f"550 5.7.1 {_one_line(e)}"
            except Exception as e:  # whatever failed there, the sender must try again
                log.warning("intake failed: %s", type(e).__name__)
                return f"451 4.3.0 {_one_line(e)}"
        for recipient in dict.fromkeys(r.lower() for r in recipients if r not in for_intake):
            self._deliver(reverse_path, recipient, raw, at)
        return f"250 2.0.0 Ok: queued as {secrets.token_hex(5).upper()}"

    def _hand_over(self, envelope: Envelope, raw: bytes) -> None:
        if callable(self.intake):
            self.intake(envelope, raw)
        elif self.intake is not None:
            kind = smtplib.LMTP if self._lmtp else smtplib.SMTP
            try:
                with kind("127.0.0.1", self.intake, timeout=60) as connection:
                    refused = connection.sendmail(envelope.reverse_path, list(envelope.recipients), raw)
            except smtplib.SMTPResponseException as e:
                error = Permanent if e.smtp_code >= 500 else Temporary
                raise error(f"intake said {e.smtp_code}") from e
            except smtplib.SMTPRecipientsRefused as e:
                refused = e.recipients
            if refused:
                worst = max(code for code, _ in refused.values())
                raise (Permanent if worst >= 500 else Temporary)(f"intake said {worst}")

    def _deliver(self, reverse_path: str, recipient: str, raw: bytes, at: datetime) -> None:
        reason = self.bounces.get(recipient)
        if reason is not None:
            if reverse_path:  # a bounce of a bounce is never sent (RFC 5321 section 6.1)
                note = answers.bounce(raw, recipient, reverse_path, host=self.host, reason=reason, at=at)
                self._enqueue(reverse_path, note)
            return
        head = f"Return-Path: <{reverse_path}>\r\nDelivered-To: {recipient}\r\n".encode("utf-8", "surrogateescape")
        maildir.deliver(self.home(recipient), head + raw, at)
        note_text = self.away.get(recipient)
        # Once for each sender, as RFC 3834 section 2 asks; never to the null reverse-path.
        if note_text is not None and reverse_path and (recipient, reverse_path) not in self._answered:
            self._answered.add((recipient, reverse_path))
            reply = answers.absence(raw, recipient, reverse_path, note=note_text, host=self.host, at=at)
            self._enqueue(reverse_path, reply)

    # -- what the estate itself sends -------------------------------------------------------------------------------

    def _enqueue(self, recipient: str, raw: bytes) -> None:
        """Keep a mail of the mail system itself until it is delivered, over restarts too."""
        path = self.folder / "queue" / secrets.token_hex(8)
        path.with_suffix(".tmp").write_bytes(recipient.encode("utf-8", "surrogateescape") + b"\n" + raw)
        path.with_suffix(".tmp").rename(path.with_suffix(".eml"))
        self._wake.set()

    def _work_queue(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            waiting = sorted((self.folder / "queue").glob("*.eml"), key=lambda p: p.stat().st_mtime)
            for path in waiting:
                recipient, _, raw = path.read_bytes().partition(b"\n")
                address = recipient.decode("utf-8", "surrogateescape")
                reply = self.take("", [address], raw) if self.ask(address).startswith("250") else "550"
                if not reply.startswith("4"):
                    path.unlink()
            self._wake.wait(1.0 if any((self.folder / "queue").glob("*.eml")) else 60.0)

    # -- looking in -------------------------------------------------------------------------------------------------

    def home(self, address: str) -> Path:
        """The Maildir of an account."""
        return maildir.home(self.folder / "mail", address)

    def mails(self, address: str) -> list[bytes]:
        """The raw mails in the inbox of an account, in order of delivery, without touching a flag."""
        return maildir.mails(self.home(address))


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
