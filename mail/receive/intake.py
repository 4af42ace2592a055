"""The intake: a thread with a loop that listens for SMTP and LMTP until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Self

from engine.errors import BadSetting
from mail.hosts import loopback
from mail.receive.dialogue import Dialogue, Door, Limits, LocalDialogue
from mail.receive.keeper import Keep, Keeper

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listen:
    """Where to listen; port 0 takes a free one. `cleartext` allows other hosts than this one without a certificate.

    `stray` takes mails that hold a lone CR or LF: only for a local relay that hands on whatever it was given, and that
    has guarded against smuggling itself.
    """

    host: str = "127.0.0.1"
    port: int = 0
    cleartext: bool = False
    stray: bool = False


class Intake:
    """Receives mail and hands it to `keep`, all that came together in one call of one writer thread.

    `keep` stores all it is given, durably, or raises: then those clients hear 451 and come again. `accepts` says
    whether an envelope recipient is ours (asked at RCPT, in the loop's thread, so it has to be quick). `now` gives an
    aware time. `smtp` and `lmtp` are where to listen, or None. With `tls`, STARTTLS is offered. Raises BadSetting where
    another host could connect without a certificate being there, unless that is allowed.
    """

    def __init__(
        self,
        keep: Keep,
        accepts: Callable[[str], bool],
        now: Callable[[], datetime],
        *,
        smtp: Listen | None = None,
        lmtp: Listen | None = None,
        limits: Limits | None = None,
        tls: ssl.SSLContext | None = None,
        hostname: str = "localhost",
    ) -> None:
        for name, listen in (("smtp", smtp), ("lmtp", lmtp)):
            if listen and not loopback(listen.host) and not listen.cleartext and tls is None:
                raise BadSetting(
                    "receive",
                    name,
                    f"{listen.host} is open to other hosts without TLS",
                    "set a certificate or cleartext",
                )
        self._keeper = Keeper(keep)
        self._accepts = accepts
        self._now = now
        self._listens = {Dialogue: smtp, LocalDialogue: lmtp}
        self._limits = limits or Limits()
        self._tls = tls
        self._hostname = hostname
        self._ports: dict[type[Dialogue], int] = {}
        self._ready = threading.Event()
        self._fault: Exception | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._grace = 0.0
        self._thread = threading.Thread(target=self._run, name="intake", daemon=True)

    @property
    def smtp_port(self) -> int:
        """The port on which SMTP is spoken. KeyError if none or not started."""
        return self._ports[Dialogue]

    @property
    def lmtp_port(self) -> int:
        """The port on which LMTP is spoken. KeyError if none or not started."""
        return self._ports[LocalDialogue]

    def start(self) -> None:
        """Listen; returns when clients can connect. Raises OSError when a port cannot be had."""
        self._keeper.start()
        self._thread.start()
        self._ready.wait()
        if self._fault is not None:
            self._thread.join()
            self._keeper.stop()
            raise self._fault

    def stop(self, grace: float = 30.0) -> None:
        """Take no new client, let mails under way finish for at most `grace` seconds, keep them, and end."""
        self._grace = grace
        loop, stopping = self._loop, self._stopping
        if loop is None or stopping is None or not self._thread.is_alive():
            return
        loop.call_soon_threadsafe(stopping.set)
        self._thread.join()
        self._keeper.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.stop(grace=0.0 if kind else 30.0)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as fault:
            self._fault = fault
            log.error("the intake ended: %s", type(fault).__name__)
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        loop = self._loop = asyncio.get_running_loop()
        stopping = self._stopping = asyncio.Event()
        door = Door(
            keeper=self._keeper,
            accepts=self._accepts,
            now=self._now,
            limits=self._limits,
            tls=self._tls,
            hostname=self._hostname,
        )
        door.empty.set()
        servers: list[asyncio.Server] = []
        try:
            for kind, listen in self._listens.items():
                if listen:
                    made = partial(kind, door, listen.stray, loop)
                    servers.append(await loop.create_server(made, listen.host, listen.port, backlog=128))
                    self._ports[kind] = servers[-1].sockets[0].getsockname()[1]
            self._ready.set()
            await stopping.wait()
        finally:
            for server in servers:
                server.close()
        for dialogue in list(door.live):
            dialogue.leave()
        try:
            await asyncio.wait_for(door.empty.wait(), self._grace)
        except TimeoutError:
            log.warning("%d connections were cut off", len(door.live))
            for dialogue in list(door.live):
                dialogue.cut_off()
            await asyncio.sleep(0)
