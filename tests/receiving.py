"""What tests of the doors share: a keep that remembers, a client that says bytes, doors on free ports."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from engine.message import Envelope
from mail.receive import Intake, Limits, Listen

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MAIL = b"From: a@b.example\r\nSubject: Jalan rusak\r\n\r\nMohon diperbaiki.\r\n"
TO = "aduan@lapor.kota.example"


class Kept:
    """What was kept, call by call; `gate` holds a call back, `fail` makes it raise."""

    def __init__(self) -> None:
        self.calls: list[list[tuple[Envelope, bytes]]] = []
        self.threads: set[str] = set()
        self.fail = False
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()

    def __call__(self, mails: Sequence[tuple[Envelope, bytes]]) -> None:
        self.entered.set()
        assert self.gate.wait(20)
        self.threads.add(threading.current_thread().name)
        if self.fail:
            raise OSError("disk full")
        self.calls.append(list(mails))

    @property
    def mails(self) -> list[tuple[Envelope, bytes]]:
        """All mails kept, in order."""
        return [mail for call in self.calls for mail in call]


class Talk:
    """A client that says bytes and reads replies."""

    def __init__(self, port: int, greet: str = "EHLO saya") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.lines = self.socket.makefile("rb")
        self.reply()
        if greet:
            self.offers = self.ask(greet)

    def say(self, data: bytes) -> None:
        """Send without waiting."""
        self.socket.sendall(data)

    def reply(self) -> str:
        """One whole reply; "" at the end of the connection."""
        text = ""
        while line := self.lines.readline().decode():
            text += line
            if line[3:4] != "-":
                break
        return text

    def ask(self, command: str) -> str:
        """Send a command and read its reply."""
        self.say(command.encode() + b"\r\n")
        return self.reply()

    def begin(self, *recipients: str, sender: str = "warga@rumah.example") -> None:
        """MAIL, RCPT and DATA, all accepted."""
        assert self.ask(f"MAIL FROM:<{sender}>").startswith("250 2")
        for recipient in recipients or (TO,):
            assert self.ask(f"RCPT TO:<{recipient}>").startswith("250 2")
        assert self.ask("DATA").startswith("354")

    def deliver(self, raw: bytes, *recipients: str) -> str:
        """Send one mail and read the (first) reply to its body."""
        self.begin(*recipients)
        self.say(raw + b".\r\n")
        return self.reply()

    def close(self) -> None:
        """Drop the connection."""
        self.lines.close()
        self.socket.close()


Open = Callable[..., tuple[Intake, Kept]]


def doors() -> Iterator[Open]:
    """Opens intakes on free ports and closes them at the end."""
    opened: list[Intake] = []

    def make(limits: Limits | None = None, *, stray: bool = False) -> tuple[Intake, Kept]:
        kept = Kept()
        one = Intake(
            kept,
            lambda address: address.lower().endswith("@lapor.kota.example"),
            lambda: AT,
            smtp=Listen(),
            lmtp=Listen(stray=stray),
            limits=limits,
            hostname="mx.lapor.kota.example",
        )
        one.start()
        opened.append(one)
        return one, kept

    yield make
    for one in opened:
        one.stop(grace=0.0)
