"""Hostile and broken mails through the real intake: refused with a reason or kept, and the next mail is handled."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from mail.app import App
from mail.receive import Intake, Limits, Listen
from mail.settings import check, new_key
from tests.world import MONDAY

TO = "aduan@sibadra.kotabogor.example"
GOOD = (
    b"From: Rina <rina@warga.example>\r\nSubject: Pipa bocor\r\nMessage-ID: <baik@warga.example>\r\n\r\n"
    b"Pipa PDAM bocor di Jl. Cibalagung, air muncrat terus.\r\n"
)


class Engine:
    """An app with its intake, without a relay."""

    def __init__(self, folder: Path) -> None:
        new_key(folder / "sibadra.key")
        settings = check(
            {"intake": {"domain": "sibadra.kotabogor.example", "smtp": "127.0.0.1:0"}}, folder / "sibadra.toml"
        )
        self.app = App.open(settings, self.now)
        limits = Limits(message=settings["intake"]["max_size"])
        self.intake = Intake(self.app.keep, self.app.addresses.accepts, self.now, smtp=Listen(), limits=limits)

    @staticmethod
    def now() -> datetime:
        """Always the same Monday."""
        return MONDAY

    def send(self, raw: bytes) -> int:
        """The SMTP reply to DATA."""
        with smtplib.SMTP("127.0.0.1", self.intake.smtp_port, timeout=60) as client:
            try:
                client.sendmail("rina@warga.example", [TO], raw)
            except smtplib.SMTPResponseException as refused:
                return refused.smtp_code
        return 250

    def handle(self) -> None:
        """Handles all that came."""
        while mails := self.app.store.new_mails(100):
            self.app.handle([mail.id for mail in mails], MONDAY)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine on a free port."""
    made = Engine(tmp_path)
    made.intake.start()
    yield made
    made.intake.stop(grace=0)
    made.app.close()


HEAD = b"From: Rina <rina@warga.example>\r\nSubject: laporan\r\nMessage-ID: <x@warga.example>\r\n"
NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(500))
BAD = {
    "not a mail": b"\x01\x02\x03 this is no mail at all\r\n" * 3,
    "no bytes": b"",
    "only blank lines": b"\r\n\r\n\r\n",
    "NUL bytes": HEAD + b"\r\nJalan\x00 rusak \x00\x00\r\n",
    "10,000 headers": HEAD + b"".join(b"X-Panjang-%d: ya\r\n" % i for i in range(10_000)) + b"\r\nJalan rusak\r\n",
    "unknown charset": HEAD + b"Content-Type: text/plain; charset=x-tidak-ada\r\n\r\nJalan rusak \xff\xfe\r\n",
    "path as file name": HEAD
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nJalan rusak\r\n--b\r\n"
    + b"Content-Type: image/png\r\n"
    + b'Content-Disposition: attachment; filename="../../etc/passwd"\r\n\r\nPNG\r\n--b--\r\n',
    "deep nesting": HEAD + NESTED,
    "no sender": b"Subject: laporan\r\n\r\nJalan rusak berlubang\r\n",
    "sender of garbage": b"From: (((((\r\nSubject: =?utf-8?b?####?=\r\n\r\nJalan rusak\r\n",
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_mail_is_kept_or_refused_and_the_next_is_handled(engine: Engine, name: str) -> None:
    """Either a 5xx, or the mail is in the tables, handled or held; and the good mail behind it becomes a ticket."""
    code = engine.send(BAD[name])
    assert code == 250 or 500 <= code < 600
    assert engine.send(GOOD) == 250
    engine.handle()
    rows = list(engine.app.store.t.mail.select().dicts())
    assert len(rows) == (2 if code == 250 else 1)
    assert {row["state"] for row in rows} <= {"handled", "held"}
    if code == 250:
        assert bytes(rows[0]["content"]).startswith(BAD[name][:20])
    assert engine.app.store.tickets()[0].subject == "Pipa bocor"


def test_sixty_megabytes_are_refused_with_552(engine: Engine) -> None:
    """Announced or not, a mail over the limit is refused with 552, and the next one is handled."""
    line = b"x" * 998 + b"\r\n"
    big = HEAD + b"\r\n" + line * (60 * 1024 * 1024 // len(line))
    assert engine.send(big) == 552
    with socket.create_connection(("127.0.0.1", engine.intake.smtp_port), timeout=60) as client:
        file = client.makefile("rwb")
        for command in (b"HELO x", b"MAIL FROM:<a@b.example>", b"RCPT TO:<" + TO.encode() + b">", b"DATA"):
            file.readline()
            file.write(command + b"\r\n")
            file.flush()
        assert file.readline().startswith(b"354")
        try:
            file.write(big + b".\r\n")
            file.flush()
            answer = file.readline()
        except ConnectionError:
            answer = b"552 the connection was cut"
        assert answer[:3] == b"552"
    assert engine.send(GOOD) == 250
    engine.handle()
    assert len(engine.app.store.tickets()) == 1


def test_held_mail_is_handled_after_the_mend(engine: Engine) -> None:
    """A mail that our own fault held is put back and becomes a ticket."""
    engine.send(GOOD)
    tools = engine.app.tools

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    from dataclasses import replace

    engine.app.__dict__["tools"] = replace(tools, new_text=broken)
    engine.handle()
    held = engine.app.store.held_mails()
    assert [mail.error for mail in held] == ["ZeroDivisionError: "]
    engine.app.__dict__["tools"] = tools
    engine.app.retry(held[0].id)
    engine.handle()
    assert len(engine.app.store.tickets()) == 1
