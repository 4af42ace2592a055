"""The connection to the city's relay: kept open, pipelined, TLS verified; one bad letter never stops the next.

smtplib greets, starts TLS and logs in; on top of it MAIL, RCPT and DATA go out in one write where the relay offers
PIPELINING (RFC 2920), which nearly doubles what a connection for each letter carries.
"""

from __future__ import annotations

import logging
import smtplib
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Self

from engine.errors import BadSetting, Permanent, Temporary
from mail.hosts import loopback
from mail.submit import wire

log = logging.getLogger(__name__)

REPLY_CHARACTERS = 1000
# These say that our settings are wrong, not the letter: it waits until they are mended (RFC 4954 section 6, RFC 3207).
SETTINGS_WRONG = frozenset({500, 502, 503, 530, 534, 535, 538})


class Security(StrEnum):
    """How the connection is protected; there is no falling back from one to a lesser one."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RelaySettings:
    """Where letters go. `security` None means STARTTLS, TLS on port 465, and none to this machine itself.

    `ca_file` holds the authority that signed the relay's certificate, if the system does not know it. Times in seconds;
    `timeout` is for each step, the answer to a whole body may take ten times that (RFC 5321 section 4.5.3.2).
    """

    host: str
    port: int = 25
    security: Security | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    name: str = "localhost"
    timeout: float = 60.0

    @property
    def protection(self) -> Security:
        """The protection that is in force."""
        if self.security is not None:
            return self.security
        if self.port == smtplib.SMTP_SSL_PORT:
            return Security.TLS
        return Security.NONE if loopback(self.host) else Security.STARTTLS


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One letter to one recipient; `reverse_path` "" is the null one."""

    reverse_path: str
    recipient: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """The relay has taken the letter; `reply` is what it said, with its queue id."""

    reply: str


Result = Sent | Temporary | Permanent


class _Broken(Exception):
    """The connection is of no more use; the text says why. `dotted` if the whole body had gone out."""

    def __init__(self, why: str, dotted: bool = False) -> None:
        super().__init__(why)
        self.dotted = dotted


class Relay:
    """Sends letters over one connection that is kept; for one thread at a time.

    Raises BadSetting for settings that would send a password in the clear to another machine.
    """

    def __init__(self, settings: RelaySettings) -> None:
        if settings.user and settings.protection is Security.NONE and not loopback(settings.host):
            raise BadSetting("relay", "security", "the password would go in the clear", 'set "starttls" or "tls"')
        self._settings = settings
        self._smtp: smtplib.SMTP | None = None
        self._open_transaction = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Say QUIT and close; the next letter opens again."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                log.debug("the relay did not answer QUIT")
        self._drop()

    def send(self, outgoing: Sequence[Outgoing]) -> list[Result]:
        """Send letters in order; each one's fate, in order. Temporary and Permanent hold the relay's reply as text."""
        results: list[Result] = []
        for letter in outgoing:
            result, reachable = self._send(letter)
            results.append(result)
            if not reachable:
                # The rest would only wait for the same timeouts.
                results.extend(Temporary(str(result)) for _ in outgoing[len(results) :])
                break
        return results

    def _send(self, letter: Outgoing) -> tuple[Result, bool]:
        """The letter's fate, and whether the relay can be reached; a broken connection is opened again once."""
        why = ""
        for _ in range(2):
            try:
                smtp = self._smtp or self._connect()
            except Temporary as fault:
                return fault, False
            try:
                return Sent(self._transact(smtp, letter)), True
            except (Temporary, Permanent) as fault:
                return fault, True
            except _Broken as fault:
                self._drop()
                why = str(fault)
                if fault.dotted:
                    # The relay may have it: to send it again at once would be to send it twice.
                    break
        return Temporary(why), True

    def _connect(self) -> smtplib.SMTP:
        """Open, protect and log in. Raises Temporary, whatever it was: no letter is to blame."""
        settings = self._settings
        smtp: smtplib.SMTP | None = None
        try:
            if settings.protection is Security.TLS:
                smtp = smtplib.SMTP_SSL(
                    settings.host, settings.port, settings.name, timeout=settings.timeout, context=self._context()
                )
            else:
                smtp = smtplib.SMTP(settings.host, settings.port, settings.name, timeout=settings.timeout)
            self._smtp = smtp
            # The last piece of a body must not wait for the acknowledgement of the one before it.
            if smtp.sock is not None:
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            smtp.ehlo_or_helo_if_needed()
            if settings.protection is Security.STARTTLS:
                smtp.starttls(context=self._context())
                smtp.ehlo()
            if settings.user:
                smtp.login(settings.user, settings.password or "")
        except smtplib.SMTPResponseException as fault:
            self._drop()
            log.error("the relay %s refused us with %s", settings.host, fault.smtp_code)
            raise Temporary(_said(fault.smtp_code, fault.smtp_error)) from fault
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            self._drop()
            log.error("no connection to the relay %s: %s", settings.host, type(fault).__name__)
            raise Temporary(f"no connection to the relay: {fault}"[:REPLY_CHARACTERS]) from fault
        self._open_transaction = False
        return smtp

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._settings.ca_file)

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def _transact(self, smtp: smtplib.SMTP, letter: Outgoing) -> str:
        """One letter over an open connection; the relay's reply. Raises Temporary, Permanent or _Broken."""
        utf8 = smtp.has_extn("smtputf8")
        eight_bit = smtp.has_extn("8bitmime")
        recipient = wire.path(letter.recipient, utf8=utf8)
        if not recipient:
            raise Permanent("553 5.1.3 not an address")
        sender = wire.path(letter.reverse_path, utf8=utf8)
        raw = wire.fit(letter.raw, eight_bit=eight_bit)
        most = smtp.esmtp_features.get("size", "") if smtp.has_extn("size") else ""
        if most.isdigit() and 0 < int(most) < len(raw):
            raise Permanent(f"552 5.3.4 the relay takes at most {most} octets, the letter has {len(raw)}")
        mail = f"MAIL FROM:<{sender}>"
        if most.isdigit():
            mail += f" SIZE={len(raw)}"
        if eight_bit and not raw.isascii():
            mail += " BODY=8BITMIME"
        if utf8 and not (sender.isascii() and recipient.isascii() and raw.partition(b"\r\n\r\n")[0].isascii()):
            mail += " SMTPUTF8"
        self._envelope(smtp, mail, f"RCPT TO:<{recipient}>")
        return self._body(smtp, wire.dotted(raw))

    def _envelope(self, smtp: smtplib.SMTP, mail: str, rcpt: str) -> None:
        """MAIL, RCPT and DATA up to the 354, in one write if the relay takes that."""
        commands = [mail, rcpt, "DATA"]
        if self._open_transaction:
            commands.insert(0, "RSET")
        self._open_transaction = True
        replies: list[tuple[int, bytes]] = []
        if smtp.has_extn("pipelining"):
            _say(smtp, "".join(f"{command}\r\n" for command in commands).encode())
            replies = [_hear(smtp) for _ in commands]
        else:
            for command in commands:
                _say(smtp, f"{command}\r\n".encode())
                replies.append(_hear(smtp))
                if replies[-1][0] >= 400:
                    break
        taken = len(replies) == len(commands) and replies[-1][0] == 354
        refused = next((reply for reply in replies if reply[0] >= 400), None)
        if refused is not None:
            if taken:
                # DATA was taken although a command before it was not: it has to be ended (RFC 2920 section 3.1).
                _say(smtp, b".\r\n")
                _hear(smtp)
            raise _failure(*refused)
        if not taken:
            raise _Broken(f"unexpected: {_said(*replies[-1])}")

    def _body(self, smtp: smtplib.SMTP, data: bytes) -> str:
        """The body and its end; the relay's reply when it has taken the letter."""
        _say(smtp, data)
        if smtp.sock is not None:
            smtp.sock.settimeout(self._settings.timeout * 10)
        code, text = _hear(smtp, dotted=True)
        if smtp.sock is not None:
            smtp.sock.settimeout(self._settings.timeout)
        self._open_transaction = False
        if code >= 400:
            raise _failure(code, text)
        return _said(code, text)


def _say(smtp: smtplib.SMTP, data: bytes) -> None:
    try:
        smtp.send(data)
    except (smtplib.SMTPException, OSError) as fault:
        raise _Broken(f"the connection to the relay broke: {fault}") from fault


def _hear(smtp: smtplib.SMTP, *, dotted: bool = False) -> tuple[int, bytes]:
    """One reply. Raises _Broken when there is none, and for 421, after which the relay hangs up (RFC 5321 3.8)."""
    try:
        code, text = smtp.getreply()
    except (smtplib.SMTPException, OSError) as fault:
        raise _Broken(f"the connection to the relay broke: {fault}"[:REPLY_CHARACTERS], dotted) from fault
    if code == 421 or not 200 <= code < 600:
        raise _Broken(_said(code, text))
    return code, text


def _said(code: int, text: bytes | str) -> str:
    """A reply as one line of text of bounded length."""
    words = text if isinstance(text, str) else text.decode("utf-8", "replace")
    return f"{code} {' '.join(words.split())}"[:REPLY_CHARACTERS]


def _failure(code: int, text: bytes) -> Temporary | Permanent:
    if code < 500 or code in SETTINGS_WRONG:
        return Temporary(_said(code, text))
    return Permanent(_said(code, text))
