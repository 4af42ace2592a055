"""The bytes below IMAPClient: reading within a time, within a size, whatever the server sends.

imaplib waits for each read on its own, so a server that sends one byte a second holds it for ever, and a literal is as
large as the server says. Here a whole visit has a deadline and an allowance of bytes, and a literal a maximum.
"""

from __future__ import annotations

import select
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from imapclient import IMAPClient
from imapclient.imap4 import IMAP4WithTimeout


@dataclass(slots=True)
class Limits:
    """`seconds` and `octets` for one visit (connecting too), `silence` between two reads, `literal` for one literal."""

    seconds: float = 60.0
    silence: float = 30.0
    octets: int = 32_000_000
    literal: int = 4_000_000


@dataclass(slots=True)
class Leash:
    """What is left of the present visit; `abort` may be called from another thread."""

    limits: Limits
    deadline: float = 0.0
    taken: int = 0
    socket: socket.socket | None = field(default=None, repr=False)

    def renew(self) -> None:
        """A new visit begins."""
        self.deadline, self.taken = time.monotonic() + self.limits.seconds, 0

    def left(self) -> float:
        """Seconds left, or TimeoutError."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the server was too slow")
        return left

    def abort(self) -> None:
        """Break the connection: whoever reads gets an error at once."""
        if self.socket is not None:
            try:
                self.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                self.socket.close()


class Wire(IMAP4WithTimeout):  # type: ignore[misc]
    """imaplib's connection with a leash; with a context it speaks TLS from the first byte."""

    def __init__(self, host: str, port: int, leash: Leash, context: ssl.SSLContext | None) -> None:
        self._leash, self._context = leash, context
        self._buffer = bytearray()
        super().__init__(host, port, min(leash.limits.silence, leash.left()))

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        plain: socket.socket = super()._create_socket(timeout)
        # IMAPClient writes some commands in two pieces; the second would wait for the server's delayed acknowledgement.
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._leash.socket = plain
        if self._context is None:
            return plain
        self._leash.socket = wrapped = self._handshake(plain, self._context)
        return wrapped

    def _handshake(self, plain: socket.socket, context: ssl.SSLContext) -> ssl.SSLSocket:
        # A handshake reads in small steps, each with its own timeout: only another thread can end a slow one.
        timer = threading.Timer(self._leash.left(), self._leash.abort)
        timer.daemon = True
        timer.start()
        try:
            return context.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        finally:
            timer.cancel()

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> Any:
        """Begin TLS within the leash."""
        self.sock.settimeout(min(self._leash.limits.silence, self._leash.left()))
        timer = threading.Timer(self._leash.left(), self._leash.abort)
        timer.daemon = True
        timer.start()
        try:
            answer = super().starttls(ssl_context)
        finally:
            timer.cancel()
        self._leash.socket = self.sock
        return answer

    def _get_capabilities(self) -> None:
        # The greeting names them in most cases (RFC 3501 section 7.1), which saves a round trip a connection.
        greeted = self.untagged_responses.pop("CAPABILITY", None)
        if self._tls_established:
            # What was said before the handshake is not trusted, nor what was sent ahead of it (RFC 3501 section 6.2.1).
            self._buffer.clear()
            super()._get_capabilities()
        elif greeted:
            self.capabilities = tuple(bytes(greeted[-1]).decode("ascii", "replace").upper().split())
        else:
            super()._get_capabilities()

    def wait(self, seconds: float) -> bool:
        """Whether there is something to read within the given time."""
        if self._buffer or (isinstance(self.sock, ssl.SSLSocket) and self.sock.pending()):
            return True
        poll = select.poll()
        poll.register(self.sock, select.POLLIN | select.POLLERR | select.POLLHUP)
        return bool(poll.poll(max(seconds, 0.0) * 1000))

    def _fill(self) -> bool:
        self.sock.settimeout(min(self._leash.limits.silence, self._leash.left()))
        data = self.sock.recv(65_536)
        self._leash.taken += len(data)
        if self._leash.taken > self._leash.limits.octets:
            raise self.abort("the server sent too much")
        self._buffer += data
        return bool(data)

    def readline(self) -> bytes:
        """One line with its end; what came so far if the connection ends."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > self._leash.limits.literal:
                raise self.abort("the server sent a line without end")
            if not self._fill():
                end = len(self._buffer) - 1
                break
        return self._take(end + 1)

    def read(self, size: int) -> bytes:
        """A literal's octets; fewer if the connection ends."""
        if size > self._leash.limits.literal:
            raise self.abort("the server announced a literal that is too large")
        while len(self._buffer) < size:
            if not self._fill():
                raise self.abort("the connection ended inside a literal")
        return self._take(size)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken


class LeashedClient(IMAPClient):  # type: ignore[misc]
    """IMAPClient on such a connection."""

    def __init__(self, host: str, port: int, leash: Leash, context: ssl.SSLContext | None) -> None:
        self._leash, self._context = leash, context
        super().__init__(host, port, ssl=False)
        self.ssl = context is not None
        self.normalise_times = False
        # IMAPClient makes imaplib log every line, secrets in part; a watcher's log must not hold mail.
        self._imap.debug = 0

    def _create_IMAP4(self) -> Wire:
        return Wire(self.host, self.port, self._leash, self._context)

    def examine(self, folder: str, *, condstore: bool) -> dict[bytes, Any]:
        """EXAMINE, with CONDSTORE where offered (RFC 7162 section 3.1.8): else a server need not tell HIGHESTMODSEQ."""
        imap = self._imap
        imap.untagged_responses.clear()
        imap.is_readonly = True
        extra = ["(CONDSTORE)"] if condstore else []
        kind, data = imap._simple_command("EXAMINE", self._normalise_folder(folder), *extra)
        imap.state = "SELECTED" if kind == "OK" else "AUTH"
        self._checkok("examine", kind, data)
        answer: dict[bytes, Any] = self._process_select_response(imap.untagged_responses)
        return answer

    def status(self, folder: str, items: Sequence[str]) -> list[int]:
        """STATUS as numbers in the order asked for; KeyError for one that was not told.

        It is what an unchanged mailbox costs, so only the answer's last parenthesis is read, not its whole grammar.
        """
        imap = self._imap
        imap.untagged_responses.pop("STATUS", None)
        kind, data = imap._simple_command("STATUS", self._normalise_folder(folder), f"({' '.join(items)})")
        self._checkok("status", kind, data)
        told = (imap.untagged_responses.pop("STATUS", None) or [b""])[-1]
        words = bytes(told).rpartition(b"(")[2].rstrip(b") ").upper().split()
        numbers = dict(zip(words[::2], words[1::2], strict=False))
        return [int(numbers[item.encode()]) for item in items]

    def wait_for_news(self, seconds: float) -> bool:
        """IDLE until the open folder changes or the time is over; whether it changed.

        IMAPClient's own `idle_check` reads without blocking, which this wire does not do.
        """
        self.idle()
        end, news = time.monotonic() + seconds, False
        while not news and (left := end - time.monotonic()) > 0 and self._imap.wait(left):
            line = self._imap._get_line().upper()
            if line.startswith(b"* BYE"):
                raise self._imap.abort("the server said BYE")
            news = any(word in line.split(b" ", 3) for word in (b"EXISTS", b"EXPUNGE", b"FETCH", b"VANISHED"))
        self.idle_done()
        return news

    def _set_read_timeout(self) -> None:
        """The leash sets it before each read."""
