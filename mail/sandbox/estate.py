"""The estate: accounts with their Maildirs, what the relay does with each recipient, and the threads that serve."""

from __future__ import annotations

import asyncio
import concurrent.futures
import json
import logging
import secrets
import smtplib
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType

from engine.errors import Permanent, Temporary
from engine.message import Envelope
from mail import receive
from mail.sandbox import answers, imap, maildir

log = logging.getLogger(__name__)

Intake = Callable[[Envelope, bytes], None]
"""Takes a mail to the city; after Permanent the sender gets a bounce, after any other error it is tried again."""


def _now() -> datetime:
    return datetime.now(UTC)


class Estate:
    """Relay, mailboxes and IMAP of a whole city on 127.0.0.1; a context manager.

    `accounts` maps each address to its password. Mail to `intake_domain`, or to an address that `is_intake` says yes
    to, goes to `intake`: a callable, or the port of an SMTP server (LMTP with `lmtp`) on 127.0.0.1. Other recipients
    without an account get 550. `bounces` maps an account to the SMTP reply of a mailbox that fails after the relay took
    the mail: its sender gets a delivery status notification. `away` maps an account to its absence note. `refuses` are
    accounts that the relay does not know. Ports 0 are free ones, kept for the next start; `retry` is the pause in
    seconds before a queued mail is tried again; `now` gives the time that stands in mails and file times. `bounces`,
    `away` and `refuses` may be changed while it runs.
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
        retry: float = 1.0,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.folder = folder
        self.accounts = {address.lower(): password for address, password in accounts.items()}
        self.bounces = {k.lower(): v for k, v in (bounces or {}).items()}
        self.away = {k.lower(): v for k, v in (away or {}).items()}
        self.refuses = {a.lower() for a in refuses}
        self.master, self.host, self.retry, self.now = master, host, retry, now
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
        listen = receive.Listen(port=self.smtp_port)
        self._relay = receive.Intake(self._keep, self.accepts, self.now, smtp=listen, hostname=self.host)
        try:
            self._relay.start()
        except OSError:
            self._stop_imap()
            raise
        self.smtp_port = self._relay.smtp_port
        ports.write_text(json.dumps([self.smtp_port, self.imap_port]))
        self._queue_thread = threading.Thread(target=self._work_queue, name="estate-queue", daemon=True)
        self._queue_thread.start()

    def stop(self) -> None:
        """Close every connection and both ports; mail stays in its folder."""
        if self._thread is None or self._loop is None:
            return
        self._stopping.set()
        self._wake.set()
        self._relay.stop(grace=2.0)
        self._stop_imap()
        self._queue_thread.join(10)

    def _stop_imap(self) -> None:
        if self._thread is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(self._ended.set)
            self._thread.join(10)
        self._thread = self._loop = None

    async def _serve(self, ready: concurrent.futures.Future[None]) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        try:
            callback = imap.server(self.folder / "mail", self.accounts, self.master)
            server = await asyncio.start_server(callback, "127.0.0.1", self.imap_port)
        except BaseException as e:
            ready.set_exception(e)
            return
        self.imap_port = server.sockets[0].getsockname()[1]
        ready.set_result(None)
        await self._ended.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    # -- the relay --------------------------------------------------------------------------------------------------

    def accepts(self, recipient: str) -> bool:
        """Whether the relay takes mail for the recipient; others get 550 at RCPT."""
        address = recipient.lower()
        return self.is_for_intake(address) or (address in self.accounts and address not in self.refuses)

    def is_for_intake(self, address: str) -> bool:
        """Whether mail to the address goes to the city's engine."""
        if self.intake is None or address.lower() in self.accounts:
            return False
        if self._is_intake is not None and self._is_intake(address):
            return True
        return self._intake_domain is not None and address.lower().endswith("@" + self._intake_domain.lower())

    def _keep(self, mails: Sequence[tuple[Envelope, bytes]]) -> None:
        for envelope, raw in mails:
            self.take(envelope, raw)

    def take(self, envelope: Envelope, raw: bytes) -> None:
        """Deliver one mail: at once where that is possible, else from the queue."""
        received = f"Received: from sender by {self.host} with ESMTP; {format_datetime(envelope.received_at)}\r\n"
        raw = received.encode() + maildir.crlf(raw)
        for_intake = tuple(r for r in envelope.recipients if self.is_for_intake(r))
        if for_intake and not self._to_intake(replace(envelope, recipients=for_intake), raw):
            self._enqueue(envelope.reverse_path, for_intake, raw)
        for recipient in dict.fromkeys(r.lower() for r in envelope.recipients if r not in for_intake):
            self._deliver(envelope.reverse_path, recipient, raw, envelope.received_at)

    def _to_intake(self, envelope: Envelope, raw: bytes) -> bool:
        """Hand over; False to try again later."""
        try:
            self._hand_over(envelope, raw)
        except Permanent as e:
            for recipient in envelope.recipients:
                self._bounce(envelope.reverse_path, recipient, f"550 5.7.1 {_one_line(e)}", raw, envelope.received_at)
        except Exception as e:  # whatever failed there, the mail must not be lost here
            log.warning("the intake failed: %s", type(e).__name__)
            return False
        return True

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
            self._bounce(reverse_path, recipient, reason, raw, at)
            return
        head = f"Return-Path: <{reverse_path}>\r\nDelivered-To: {recipient}\r\n".encode("utf-8", "surrogateescape")
        maildir.deliver(self.home(recipient), head + raw, at)
        note_text = self.away.get(recipient)
        # Once for each sender, as RFC 3834 section 2 asks; never to the null reverse-path.
        if note_text is not None and reverse_path and (recipient, reverse_path) not in self._answered:
            self._answered.add((recipient, reverse_path))
            reply = answers.absence(raw, recipient, reverse_path, note=note_text, host=self.host, at=at)
            self._enqueue("", (reverse_path,), reply)

    def _bounce(self, reverse_path: str, recipient: str, reason: str, raw: bytes, at: datetime) -> None:
        if reverse_path:  # a bounce of a bounce is never sent (RFC 5321 section 6.1)
            note = answers.bounce(raw, recipient, reverse_path, host=self.host, reason=reason, at=at)
            self._enqueue("", (reverse_path,), note)

    # -- the queue --------------------------------------------------------------------------------------------------

    def _enqueue(self, reverse_path: str, recipients: tuple[str, ...], raw: bytes) -> None:
        """Keep a mail until it is delivered, over restarts too."""
        path = self.folder / "queue" / secrets.token_hex(8)
        head = json.dumps([reverse_path, *recipients]).encode()
        path.with_suffix(".tmp").write_bytes(head + b"\n" + maildir.crlf(raw))
        path.with_suffix(".tmp").rename(path.with_suffix(".eml"))
        self._wake.set()

    def _work_queue(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            late = False
            for path in sorted((self.folder / "queue").glob("*.eml"), key=lambda p: p.stat().st_mtime):
                head, _, raw = path.read_bytes().partition(b"\n")
                reverse_path, *recipients = json.loads(head)
                late |= not self._again(path, Envelope(reverse_path, tuple(recipients), self.now()), raw)
            self._wake.wait(self.retry if late else 60.0)

    def _again(self, path: Path, envelope: Envelope, raw: bytes) -> bool:
        """Try a queued mail; whether it left the queue. Mail to nobody here, such as a forged sender, is dropped."""
        known = tuple(r for r in envelope.recipients if self.accepts(r))
        for_intake = tuple(r for r in known if self.is_for_intake(r))
        if for_intake and not self._to_intake(replace(envelope, recipients=for_intake), raw):
            return False
        for recipient in known:
            if recipient not in for_intake:
                self._deliver(envelope.reverse_path, recipient.lower(), raw, envelope.received_at)
        path.unlink(missing_ok=True)
        return True

    # -- looking in -------------------------------------------------------------------------------------------------

    def home(self, address: str) -> Path:
        """The Maildir of an account."""
        return maildir.home(self.folder / "mail", address)

    def mails(self, address: str) -> list[bytes]:
        """The raw mails in the inbox of an account, in order of delivery, without touching a flag."""
        return maildir.mails(self.home(address))


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
