"""Intake by IMAP: never lost, never twice, whatever dies in between."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mail import collect as module
from mail.collect import Collected, Collector, IntakeClient, Source, collect, connect_intake, envelope_of
from mail.imap import WayIn, account_for
from tests.dovecot import PASSWORD, Dovecot, needs_dovecot

LAPOR = "lapor@kota.test"


def complaint(n: int, size: int = 500) -> bytes:
    """A citizen's mail."""
    return (
        f"From: warga{n}@luar.test\r\nTo: Lapor <lapor+a.b@kota.test>\r\nMessage-ID: <{n}@luar.test>\r\n"
        f"Subject: Pengaduan {n}\r\n\r\n{'x' * size}\r\n"
    ).encode()


def source(d: Dovecot) -> Source:
    """The intake mailbox of a test server."""
    way = WayIn("127.0.0.1", d.imap_port, "none", secret=PASSWORD)
    return Source(account_for(LAPOR, way), lambda a: a.endswith("@kota.test"))


def now() -> datetime:
    """The time, where a mail tells none."""
    return datetime.now(UTC)


class Table:
    """A table of received mails, as the engine has one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self.open() as db:
            db.execute("CREATE TABLE IF NOT EXISTS mail (key TEXT PRIMARY KEY, reverse_path, recipient, raw BLOB)")

    def open(self) -> sqlite3.Connection:
        """A connection; a process or thread of its own needs its own."""
        return sqlite3.connect(self.path, timeout=30)

    def keep(self, mails: Sequence[Collected]) -> None:
        """Store each key once."""
        with self.open() as db:
            db.executemany(
                "INSERT OR IGNORE INTO mail VALUES (?, ?, ?, ?)",
                [(m.key, m.envelope.reverse_path, m.envelope.recipients[0], m.raw) for m in mails],
            )

    def rows(self) -> list[tuple[object, ...]]:
        """All of them."""
        with self.open() as db:
            return db.execute("SELECT * FROM mail").fetchall()


def count(d: Dovecot, folder: str) -> int:
    """Mails in a folder, told by the server."""
    return int(d.doveadm("mailbox", "status", "-u", LAPOR, "messages", folder).split("messages=")[1])


@pytest.mark.real
@needs_dovecot
def test_mails_are_kept_then_moved(tmp_path: Path) -> None:
    """Each mail is kept with its envelope and bytes, then lies in the folder for kept mails, unread."""
    table = Table(tmp_path / "db")
    with Dovecot(users=[LAPOR]) as d:
        client = connect_intake(source(d).account)
        assert collect(client, source(d), table.keep, now).kept == 0
        d.deliver_many(((LAPOR, complaint(n)) for n in range(60)), sender="warga@luar.test")
        assert collect(client, source(d), table.keep, now).kept == 60
        assert (count(d, "INBOX"), count(d, "Diterima")) == (0, 60)
        assert not any("S" in name.partition(":2,")[2] for name in d.listing(LAPOR))
        rows = table.rows()
        assert len(rows) == 60
        assert {(r[1], r[2]) for r in rows} == {("warga@luar.test", "lapor+a.b@kota.test")}
        assert any(bytes(r[3]).endswith(complaint(59)) for r in rows)  # type: ignore[call-overload]
        client.close()


@pytest.mark.real
@needs_dovecot
def test_what_could_not_be_kept_stays(tmp_path: Path) -> None:
    """When keeping fails nothing is moved, and the next try keeps it, over a new UIDVALIDITY too."""
    table, failing = Table(tmp_path / "db"), [True]

    def keep(mails: Sequence[Collected]) -> None:
        table.keep(mails)
        if failing:
            raise OSError("after the commit, before the move")

    with Dovecot(users=[LAPOR]) as d:
        d.deliver_many((LAPOR, complaint(n)) for n in range(10))
        client = connect_intake(source(d).account)
        with pytest.raises(OSError, match="after the commit"):
            collect(client, source(d), keep, now)
        client.close()
        assert (count(d, "INBOX"), len(table.rows())) == (10, 10)
        d.doveadm("mailbox", "update", "-u", LAPOR, "--uid-validity", "99", "INBOX")
        failing.clear()
        assert collect(connect_intake(source(d).account), source(d), keep, now).kept == 10
        assert (count(d, "INBOX"), count(d, "Diterima"), len(table.rows())) == (0, 10, 10)


@pytest.mark.real
@needs_dovecot
def test_a_thousand_mails_killed_fifty_times(tmp_path: Path) -> None:
    """A collector killed at random moments, again and again, keeps each of a thousand mails once."""
    table, chance = Table(tmp_path / "db"), random.Random(7)
    fork = multiprocessing.get_context("fork")

    def work() -> None:
        collect(connect_intake(where.account), where, table.keep, now)

    with Dovecot(users=[LAPOR]) as d:
        where = source(d)
        d.deliver_many((LAPOR, complaint(n)) for n in range(1000))
        for _ in range(50):
            process = fork.Process(target=work)
            process.start()
            time.sleep(chance.uniform(0.005, 0.12))
            process.kill()
            process.join(10)
        assert count(d, "INBOX") > 0 or len(table.rows()) == 1000
        work()
        assert (count(d, "INBOX"), len(table.rows())) == (0, 1000)
        assert {bytes(r[3]).split(b"Message-ID: <")[1].split(b"@")[0] for r in table.rows()} == {  # type: ignore[call-overload]
            str(n).encode() for n in range(1000)
        }


@pytest.mark.real
@needs_dovecot
def test_the_collector_hears_news_and_survives_a_crash_of_the_server(tmp_path: Path) -> None:
    """News come within moments by IDLE; after the server crashed and came back, collecting goes on."""
    table = Table(tmp_path / "db")
    with Dovecot(users=[LAPOR]) as d, Collector([source(d)], table.keep, now, poll=20, first_pause=0.1):
        time.sleep(0.5)
        d.deliver(LAPOR, complaint(1))
        until(lambda: len(table.rows()) == 1)
        d.kill()
        d.start()
        d.deliver(LAPOR, complaint(2))
        until(lambda: len(table.rows()) == 2)


def until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait for other threads, less than the collector's poll."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.real
@needs_dovecot
def test_a_mail_that_is_too_large_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A huge mail is not fetched: it lies in a folder of its own, and the others are kept."""
    monkeypatch.setattr(module, "LARGEST", 100_000)
    table = Table(tmp_path / "db")
    with Dovecot(users=[LAPOR]) as d:
        d.deliver_many([(LAPOR, complaint(1)), (LAPOR, complaint(2, 900) + b"y\r\n" * 50_000), (LAPOR, complaint(3))])
        done = collect(connect_intake(source(d).account), source(d), table.keep, now)
        assert (done.kept, done.aside) == (2, 1)
        assert (count(d, "INBOX"), count(d, "Terlalu besar")) == (0, 1)


@pytest.mark.real
@needs_dovecot
def test_servers_without_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where MOVE is missing, mails are copied and exactly those expunged."""
    table = Table(tmp_path / "db")
    without = "IMAP4rev1 UIDPLUS UNSELECT CONDSTORE IDLE"
    with Dovecot(users=[LAPOR], extra=f"protocol imap {{\n  imap_capability = {without}\n}}\n") as d:
        d.deliver_many((LAPOR, complaint(n)) for n in range(3))
        client = connect_intake(source(d).account)
        assert isinstance(client, IntakeClient)
        assert collect(client, source(d), table.keep, now).kept == 3
        assert (count(d, "INBOX"), count(d, "Diterima")) == (0, 3)


@pytest.mark.parametrize(
    ("header", "reverse_path", "recipients"),
    [
        (b"Return-Path: <a@b.test>\nTo: x@luar.test, Kota <lapor+t@kota.test>", "a@b.test", ("lapor+t@kota.test",)),
        (
            b"Return-Path: <>\nDelivered-To: lapor@kota.test\nTo: lapor+t@kota.test",
            "",
            ("lapor+t@kota.test",),
        ),
        (b"Delivered-To: lapor@kota.test\nTo: lapor@kota.test, aduan@kota.test", "", (LAPOR, "aduan@kota.test")),
        (b"To:\n\tlapor+t@kota.test", "", ("lapor+t@kota.test",)),
        (b"To: undisclosed-recipients:;", "", (LAPOR,)),
        (b"\xff\xfe: x\nTo: \xff <>", "", (LAPOR,)),
        (b"", "", (LAPOR,)),
        (b"To: " + b"(" * 5000 + b"\nCc: lapor+c@kota.test", "", ("lapor+c@kota.test",)),
    ],
)
def test_the_envelope_is_read_from_the_header(header: bytes, reverse_path: str, recipients: tuple[str, ...]) -> None:
    """Return-Path and the city's addresses among the recipients are the envelope; else it is the mailbox's own."""
    where = Source(account_for(LAPOR, WayIn("h")), lambda a: a.endswith("@kota.test"))
    for raw in (
        header + b"\n\nTo: lapor+x@kota.test\n",
        header.replace(b"\n", b"\r\n") + b"\r\n\r\nTo: lapor+x@kota.test",
    ):
        got = envelope_of(raw, where, now())
        assert (got.reverse_path, got.recipients) == (reverse_path, recipients)


def test_headers_without_end_take_no_time() -> None:
    """Hostile headers are read up to a bound."""
    where = Source(account_for(LAPOR, WayIn("h")), lambda a: a.endswith("@kota.test"))
    for raw in (b"A" * 5_000_000, b"To: a@b\n" * 500_000, b"To: a\n b" * 300_000, b"To: " + b"a@kota.test," * 100_000):
        before = time.monotonic()
        envelope_of(raw, where, now())
        assert time.monotonic() - before < 2
