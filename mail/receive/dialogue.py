"""One SMTP or LMTP connection: aiosmtpd's protocol with its own command loop, and bodies taken whole.

Taken from aiosmtpd: the life of a connection, STARTTLS, MAIL and RCPT with their parameters. Replaced, and why:

- the DATA loop: it walks line by line (four times the time on mails with photos) and refuses lines over 1,001 octets;
- the command loop: it takes a lone LF for a line end and forgets a mail whose client has half-closed;
- the parsing of addresses: it runs the parser of message headers on each command;
- EHLO: PIPELINING and ENHANCEDSTATUSCODES are missing, which LMTP requires (RFC 2033 section 5).
"""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from aiosmtpd import smtp

from engine.message import Envelope
from mail.hosts import loopback
from mail.receive.body import Body
from mail.receive.keeper import Keeper

log = logging.getLogger(__name__)
# aiosmtpd writes addresses at INFO; addresses of citizens are for DEBUG only.
logging.getLogger("mail.log").setLevel(logging.ERROR)

PIECE = 1 << 20
COMMAND_OCTETS = 2048  # RFC 5321 section 4.5.3.1.4 asks for 512 and lets extensions add to it
BOGUS_COMMANDS = 5
USEFUL = frozenset({"MAIL", "RCPT", "DATA"})

_NOT_IN_COMMANDS = re.compile(rb"[\r\n\0]")
_ATOMS = r'[^\s<>@"\x00-\x1f\x7f]{1,256}'
_QUOTED = r'"(?:[^"\\\x00-\x1f\x7f]|\\[^\x00-\x1f\x7f]){0,256}"'
# Path and parameters of RFC 5321 section 4.1.2. A source route is read over (appendix C); long local parts exist.
_PATH = re.compile(rf"\s?<(?:@[^:<>\s]{{1,255}}:)?({_ATOMS}|{_QUOTED})(@[^\s<>@\x00-\x1f\x7f]{{1,255}})?>(?: +(.*))?")
_HAS_CODE = re.compile(r"\d{3}[ -][245]\.\d{1,3}\.\d{1,3} ")
# Enhanced codes (RFC 3463, RFC 2034) for the replies that aiosmtpd words.
_CODES = {
    "221": "2.0.0",
    "250": "2.0.0",
    "252": "2.5.0",
    "451": "4.3.0",
    "454": "4.7.0",
    "500": "5.5.2",
    "501": "5.5.4",
    "502": "5.5.1",
    "503": "5.5.1",
    "552": "5.3.4",
    "553": "5.1.3",
    "555": "5.5.4",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one connection, and all together, may ask for; sizes in octets, times in seconds."""

    message: int = 50 * 2**20
    recipients: int = 100
    connections: int = 100
    from_one: int = 20  # connections of one other host; this machine's own relay is not counted
    errors: int = 20
    idling: int = 100  # commands that bring no mail on, since the last mail
    idle: float = 300.0  # RFC 5321 section 4.5.3.2.7
    body: float = 1800.0
    held: int = 256 * 2**20


@dataclass(slots=True, kw_only=True)
class Door:
    """What all connections of one intake share; touched by the loop's thread only."""

    keeper: Keeper
    accepts: Callable[[str], bool]
    now: Callable[[], datetime]
    limits: Limits
    tls: ssl.SSLContext | None
    hostname: str
    live: set[Dialogue] = field(default_factory=set)
    held: int = 0
    empty: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_RCPT(
        self, _server: smtp.SMTP, _session: smtp.Session, envelope: smtp.Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse one recipient: the only thing that is asked before the body."""
        if len(envelope.rcpt_tos) >= self.limits.recipients:
            return "452 4.5.3 Too many recipients"
        try:
            if not self.accepts(address):
                return "550 5.1.1 No such mailbox here"
        except Exception as fault:
            log.error("a recipient could not be checked: %s", type(fault).__name__)
            return "451 4.3.0 The recipient cannot be checked now"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Recipient accepted"


class Dialogue(smtp.SMTP):
    """One SMTP connection."""

    kind = "smtp"
    line_length_limit = 4 * COMMAND_OCTETS  # the reader's; bodies are not read by line

    def __init__(self, door: Door, stray: bool, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            door,
            data_size_limit=door.limits.message,
            enable_SMTPUTF8=True,
            hostname=door.hostname,
            ident=self.kind.upper(),
            tls_context=door.tls,
            timeout=door.limits.idle,
            loop=loop,
        )
        # aiosmtpd shares one table of limits among all connections and adds to it at each EHLO.
        self.command_size_limits = defaultdict(lambda: COMMAND_OCTETS)
        self.command_size_limit = COMMAND_OCTETS
        for unwanted in ("AUTH", "EXPN", "HELP"):
            self._smtp_methods.pop(unwanted, None)
        self._door = door
        self._stray = stray
        self._errors = 0
        self._idled = 0
        self._keeping = False
        self._leaving = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there, or (the same one) has finished its TLS handshake."""
        super().connection_made(transport)
        self._door.live.add(self)
        self._door.empty.clear()

    def connection_lost(self, error: Exception | None) -> None:
        """The client is gone; what was handed to the keeper is kept all the same."""
        self._door.live.discard(self)
        if not self._door.live:
            self._door.empty.set()
        super().connection_lost(error)

    def eof_received(self) -> bool | None:
        """The client says no more, but may still want to hear the answers to what it said (not over TLS)."""
        self._reader.feed_eof()
        return self._tls_protocol is None

    def leave(self) -> None:
        """End the connection as soon as no mail is under way on it."""
        self._leaving = True
        if self.envelope is None or self.envelope.mail_from is None:
            self._hang_up("421 4.3.2 Closing down, come again")

    def _hang_up(self, last_words: str) -> None:
        if self.transport is not None:
            self._writer.write(last_words.encode() + b"\r\n")
            self.transport.close()

    def cut_off(self) -> None:
        """End the connection now, whatever is under way on it."""
        if self.transport is not None:
            self._writer.transport.abort()

    def _timeout_cb(self) -> None:
        if self._keeping:
            self._reset_timeout()
        else:
            self._hang_up("421 4.4.2 Nothing was heard for too long")

    async def push(self, status: str | bytes) -> None:
        """Send one reply, with an enhanced code, and count the refusals."""
        text = status if isinstance(status, str) else status.decode("utf-8", "replace")
        code = _CODES.get(text[:3])
        if code and not _HAS_CODE.match(text):
            text = f"{text[:4]}{code} {text[4:]}"
        self._writer.write(text.encode("utf-8", "replace") + b"\r\n")
        await self._writer.drain()
        if text[0] in "45":
            self._errors += 1
            if self._errors > self._door.limits.errors:
                self._hang_up("421 4.7.0 Too many errors")

    async def _handle_client(self) -> None:
        try:
            if self._crowded():
                self._hang_up("421 4.7.0 Too many connections, come again")
                return
            await self.push(f"220 {self.hostname} {self.__ident__}")
            while self.transport is not None and not self.transport.is_closing():
                await self._one_command()
        except (asyncio.IncompleteReadError, ConnectionError):
            log.debug("a client left")
        except smtp.TLSSetupException as fault:
            log.info("a TLS handshake failed")
            self.connection_lost(fault)  # the transport says it only of connections that were made
        except Exception as fault:
            log.error("a connection broke: %s", type(fault).__name__)
            log.debug("a connection broke", exc_info=fault)
            self._hang_up("421 4.3.0 Something is wrong here, come again")
        finally:
            if self.transport is not None:
                self.transport.close()

    @property
    def peer(self) -> str:
        """The client's address without its port."""
        return str(self.session.peer[0]) if self.session and self.session.peer else ""

    def _crowded(self) -> bool:
        limits, live = self._door.limits, self._door.live
        if len(live) > limits.connections:
            return True
        return not loopback(self.peer) and sum(one.peer == self.peer for one in live) > limits.from_one

    async def _one_command(self) -> None:
        try:
            line = (await self._reader.readuntil(b"\r\n"))[:-2]
        except asyncio.LimitOverrunError as overrun:
            await self._read_over(overrun.consumed)
            line = b" " * (COMMAND_OCTETS + 1)
        self._reset_timeout()
        if _NOT_IN_COMMANDS.search(line):
            # A lone line end in a command is a second command for someone: nothing after it can be trusted.
            self._hang_up("500 5.5.2 A lone CR or LF or a NUL has no place in a command")
            return
        if len(line) > COMMAND_OCTETS:
            await self.push("500 5.5.2 The command is too long")
            return
        try:
            word, _, argument = line.decode("utf-8").partition(" ")
        except UnicodeDecodeError:
            await self.push("500 5.5.2 The command is no UTF-8")
            return
        word = word.upper()
        self._idled = 0 if word == "DATA" else self._idled + (word not in USEFUL)
        if self._idled > self._door.limits.idling:
            self._hang_up("421 4.7.0 No mail came for too many commands")
            return
        method = self._smtp_methods.get(word)
        if method is None:
            self._errors += max(0, self._door.limits.errors // BOGUS_COMMANDS - 1)
            await self.push("500 5.5.1 No such command")
            return
        await method(argument.strip() or None)

    async def _read_over(self, octets: int) -> None:
        """Read to the end of a line that is too long, holding none of it."""
        while True:
            await self._reader.readexactly(octets)
            try:
                await self._reader.readuntil(b"\r\n")
            except asyncio.LimitOverrunError as overrun:
                octets = overrun.consumed
            else:
                return

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """Address and parameters of MAIL or RCPT; `<>` stands for the null reverse-path, as aiosmtpd has it."""
        if arg.lstrip().startswith("<>"):
            return "<>", arg.lstrip()[2:].strip()
        found = _PATH.fullmatch(arg)
        if not found or (found[2] is None and found[1].lower() != "postmaster"):  # RFC 5321 section 4.1.1.3
            return None, None
        return found[1] + (found[2] or ""), found[3] or ""

    async def smtp_EHLO(self, hostname: str | None) -> None:
        """Greet, and say what we can do."""
        if not hostname:
            await self.push("501 5.5.4 Name yourself")
            return
        self.envelope = self._create_envelope()
        if self.session is not None:
            self.session.extended_smtp = True
            self.session.host_name = hostname
        offers = [self.hostname, "PIPELINING", f"SIZE {self.data_size_limit}", "8BITMIME", "SMTPUTF8"]
        offers.append("ENHANCEDSTATUSCODES")
        if self.tls_context and not self._tls_protocol:
            offers.append("STARTTLS")
        lines = [f"250-{offer}" for offer in offers[:-1]] + [f"250 {offers[-1]}"]
        self._writer.write("\r\n".join(lines).encode() + b"\r\n")

    async def smtp_RCPT(self, arg: str | None) -> None:
        """Take a recipient; the null path is none."""
        if arg is not None and arg.upper().startswith("TO:") and arg[3:].lstrip().startswith("<>"):
            await self.push("553 5.1.3 A recipient has a name")
            return
        await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str | None) -> None:
        """Take a body whole, hand it to the keeper, and answer when it is kept."""
        envelope = self.envelope
        if arg:
            await self.push("501 5.5.4 DATA stands alone")
            return
        if envelope is None or not envelope.rcpt_tos:
            await self.push("503 5.5.1 Name a recipient first")
            return
        if self._door.held > self._door.limits.held:
            await self.push("452 4.3.1 Too much at once, come again")
            return
        await self.push("354 End with a dot on a line of its own")
        body = Body(self._door.limits.message)
        try:
            refusal = await self._take(body)
            if refusal is None:
                self._keeping = True
                kept = await self._door.keeper.put(self._said(envelope), body.content())
                refusal = None if kept else "451 4.3.0 The mail could not be stored, come again"
        finally:
            self._keeping = False
            self._door.held -= body.held
        self.envelope = self._create_envelope()
        await self._answer_data(refusal, envelope.rcpt_tos)
        if self._leaving:
            self._hang_up("421 4.3.2 Closing down, come again")

    def _said(self, envelope: smtp.Envelope) -> Envelope:
        """The dialogue so far as our value."""
        sender = "" if envelope.mail_from in {None, "<>"} else str(envelope.mail_from)
        return Envelope(sender, tuple(dict.fromkeys(envelope.rcpt_tos)), self._door.now(), self.peer, self.kind)

    async def _take(self, body: Body) -> str | None:
        """Read a body to its end; the reply that refuses it, or None."""
        door, limits = self._door, self._door.limits
        end = self.loop.time() + limits.body
        rest: bytes | None = None
        full = False
        while rest is None:
            piece = await self._reader.read(PIECE)
            if not piece:
                raise asyncio.IncompleteReadError(b"", None)
            left = end - self.loop.time()
            if left <= 0:
                self._hang_up("421 4.4.2 The body takes too long")
                raise asyncio.IncompleteReadError(b"", None)
            self._reset_timeout(min(limits.idle, left))
            before = body.held
            rest = body.feed(piece)
            door.held += body.held - before
            if door.held > limits.held and not body.dropped:
                full, before = True, body.held
                body.drop()
                door.held += body.held - before
        self._reset_timeout()
        if rest:
            # Commands may follow a body in the same packet (RFC 2920 section 3.1). All that the reader had was taken,
            # and nothing has run since, so what is put back is in its place.
            self._reader.feed_data(rest)
        if body.too_big:
            return f"552 5.3.4 The mail is too big: at most {limits.message} octets"
        if full:
            return "452 4.3.1 Too much at once, come again"
        if body.stray and not self._stray:
            return "550 5.6.0 A lone CR or LF has no place in a mail (RFC 5321 section 2.3.8)"
        return None

    async def _answer_data(self, refusal: str | None, _recipients: list[str]) -> None:
        await self.push(refusal or "250 2.0.0 The mail is kept")


class LocalDialogue(Dialogue):
    """One LMTP connection: LHLO greets, and DATA is answered once for each recipient taken (RFC 2033 section 4.2)."""

    kind = "lmtp"

    async def smtp_LHLO(self, hostname: str | None) -> None:
        """Greet, and say what we can do."""
        await super().smtp_EHLO(hostname)

    async def smtp_EHLO(self, _hostname: str | None) -> None:
        """No LMTP command."""
        await self.push("500 5.5.1 This is LMTP: say LHLO")

    async def smtp_HELO(self, _hostname: str | None) -> None:
        """No LMTP command."""
        await self.push("500 5.5.1 This is LMTP: say LHLO")

    async def _answer_data(self, refusal: str | None, recipients: list[str]) -> None:
        reply = (refusal or "250 2.0.0 The mail is kept").encode() + b"\r\n"
        self._writer.write(reply * len(recipients))
        await self._writer.drain()
