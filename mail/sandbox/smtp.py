"""The sandbox relay's SMTP dialogue (RFC 5321), as small as a relay for trying out may be.

It knows nothing of mailboxes: `ask(recipient)` gives the reply to RCPT and `take(reverse_path, recipients, raw)` the
reply to the end of DATA, both run outside the event loop.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable

MAXIMUM = 50_000_000  # octets of one mail, announced as SIZE (RFC 1870)
_LINE = 65_536
_PATH = re.compile(r"(?:MAIL FROM|RCPT TO):\s*<([^<>\s]{0,320})>", re.IGNORECASE)

Ask = Callable[[str], str]
Take = Callable[[str, list[str], bytes], str]


def dialogue(
    host: str, ask: Ask, take: Take
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """A callback for `asyncio.start_server` (with `limit=LIMIT`)."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(600):
                await _serve(reader, writer, host, ask, take)
        except (OSError, EOFError, TimeoutError, ValueError):
            pass  # the peer went away, was silent, or sent a line without end
        finally:
            writer.close()

    return serve


LIMIT = _LINE * 4


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, ask: Ask, take: Take) -> None:
    def say(text: str) -> None:
        writer.write(text.encode("utf-8", "replace") + b"\r\n")

    reverse_path: str | None = None
    recipients: list[str] = []
    say(f"220 {host} ESMTP")
    while True:
        await writer.drain()
        line = (await reader.readline()).decode("utf-8", "surrogateescape")
        if not line.endswith("\n"):
            return
        verb = line.split(None, 1)[0].upper() if line.strip() else ""
        path = _PATH.match(line)
        if verb == "EHLO":
            say(f"250-{host}\r\n250-SIZE {MAXIMUM}\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8")
            say("250 ENHANCEDSTATUSCODES")
        elif verb in ("HELO", "NOOP"):
            say(f"250 {host}")
        elif verb == "RSET":
            reverse_path, recipients = None, []
            say("250 2.0.0 Ok")
        elif verb == "QUIT":
            say("221 2.0.0 Bye")
            await writer.drain()
            return
        elif verb == "MAIL" and path:
            reverse_path, recipients = path[1], []
            say("250 2.1.0 Ok")
        elif verb == "RCPT" and path and reverse_path is not None:
            reply = "452 4.5.3 Too many recipients" if len(recipients) >= 100 else await asyncio.to_thread(ask, path[1])
            if reply.startswith("250"):
                recipients.append(path[1])
            say(reply)
        elif verb == "DATA" and recipients and reverse_path is not None:
            say("354 End data with <CR><LF>.<CR><LF>")
            await writer.drain()
            raw = await _data(reader)
            say("552 5.3.4 Too big" if raw is None else await asyncio.to_thread(take, reverse_path, recipients, raw))
            reverse_path, recipients = None, []
        else:
            say(
                "503 5.5.1 Bad sequence of commands" if verb in ("MAIL", "RCPT", "DATA") else "500 5.5.2 Not understood"
            )


async def _data(reader: asyncio.StreamReader) -> bytes | None:
    """The mail up to the lone dot, dot-stuffing undone (RFC 5321 section 4.5.2); None when larger than the maximum."""
    lines: list[bytes] = []
    size = 0
    while (line := await reader.readline()) != b".\r\n":
        if not line.endswith(b"\n"):
            raise EOFError
        size += len(line)
        if size <= MAXIMUM:
            lines.append(line[1:] if line.startswith(b".") else line)
    return b"".join(lines) if size <= MAXIMUM else None
