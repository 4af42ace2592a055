"""How many mails a second the SMTP door takes, beside aiosmtpd's own DATA loop that throws every mail away.

The same client in a process of its own, 8 connections, mixed mails, rounds in turn, medians:

    aiosmtpd, discarded         the reference: nothing is kept
    ours, discarded             what the dialogue alone costs
    ours, a commit a group      SQLite, WAL, synchronous FULL: durable before the 250
    ours, a commit a mail       the same without sharing

`--sync 5` lets each commit take 5 ms more, as on a common disk: there the number of commits is what counts.
"""

from __future__ import annotations

import argparse
import json
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.controller import Controller

from bench.mails import mixed
from engine.message import Envelope
from mail.receive import Intake, Limits, Listen

DISTINCT = 100
REFERENCE = "aiosmtpd, discarded"


def client(port: int, connections: int, mails: int, seed: int) -> float:
    """Send the mails over that many connections; the seconds it took. MAIL, RCPT and DATA go in one write."""
    raws = [raw.replace(b"\r\n.", b"\r\n..") + b".\r\n" for raw in mixed(seed, min(DISTINCT, mails))]
    start = threading.Barrier(connections + 1)

    def run(mine: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as s:
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            lines = s.makefile("rb")
            lines.readline()
            s.sendall(b"EHLO bench\r\n")
            while lines.readline()[3:4] == b"-":
                pass
            start.wait()
            for number in range(mine, mails, connections):
                s.sendall(b"MAIL FROM:<a@b.example>\r\nRCPT TO:<aduan@lapor.kota.example>\r\nDATA\r\n")
                for _ in range(3):
                    lines.readline()
                s.sendall(raws[number % len(raws)])
                reply = lines.readline()
                assert reply.startswith(b"250"), reply

    threads = [threading.Thread(target=run, args=(mine,)) for mine in range(connections)]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


class Discard:
    """aiosmtpd's handler that keeps nothing."""

    async def handle_DATA(self, *_: object) -> str:
        """Take the mail and forget it."""
        return "250 OK"


@contextmanager
def aiosmtpd_alone() -> Iterator[int]:
    """aiosmtpd as it comes, with its own DATA loop; the port."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = int(s.getsockname()[1])
    controller = Controller(Discard(), hostname="127.0.0.1", port=port, data_size_limit=50 * 2**20)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


class Table:
    """Keeps mails in SQLite, a commit a group or a commit a mail; `sync` is seconds added to each commit."""

    def __init__(self, path: Path, *, shared: bool, sync: float) -> None:
        self.path, self.shared, self.sync = path, shared, sync
        self.database: sqlite3.Connection | None = None
        self.groups = 0

    def __call__(self, mails: Sequence[tuple[Envelope, bytes]]) -> None:
        if self.database is None:
            self.database = sqlite3.connect(self.path, isolation_level=None)
            self.database.executescript(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "CREATE TABLE mail (id INTEGER PRIMARY KEY, sender TEXT, raw BLOB)"
            )
        for group in [mails] if self.shared else [[mail] for mail in mails]:
            self.groups += 1
            self.database.execute("BEGIN IMMEDIATE")
            self.database.executemany(
                "INSERT INTO mail (sender, raw) VALUES (?, ?)", [(one.reverse_path, raw) for one, raw in group]
            )
            self.database.execute("COMMIT")
            if self.sync:
                time.sleep(self.sync)


@contextmanager
def ours(keep: Callable[[Sequence[tuple[Envelope, bytes]]], None]) -> Iterator[int]:
    """Our door; the port."""
    with Intake(keep, lambda _: True, lambda: datetime.now(UTC), smtp=Listen(), limits=Limits()) as door:
        yield door.smtp_port


def measure(connections: int, mails: int, rounds: int, sync: float) -> dict[str, float]:
    """Mails a second of each way, median over the rounds."""
    seen: dict[str, list[float]] = {}
    for turn in range(rounds):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            ways = {
                REFERENCE: aiosmtpd_alone(),
                "ours, discarded": ours(lambda _: None),
                "ours, a commit a group": ours(Table(Path(folder) / "group.db", shared=True, sync=sync)),
                "ours, a commit a mail": ours(Table(Path(folder) / "mail.db", shared=False, sync=sync)),
            }
            for name, way in ways.items():
                with way as port:
                    command = [sys.executable, "-m", "bench.receive", "--client", str(port)]
                    command += ["--connections", str(connections), "--mails", str(mails), "--seed", str(turn)]
                    done = subprocess.run(command, check=True, capture_output=True, text=True)
                seen.setdefault(name, []).append(mails / float(done.stdout))
    return {name: statistics.median(values) for name, values in seen.items()}


def main() -> None:
    """Measure and print; with --json the last line is an object of the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sync", type=float, default=0.0, help="milliseconds added to each commit")
    parser.add_argument("--client", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.client:
        print(client(options.client, options.connections, options.mails, options.seed))
        return
    rates = measure(options.connections, options.mails, options.rounds, options.sync / 1000)
    for name, rate in rates.items():
        print(f"{name:<26} {rate:7.0f} mails/s  {rate / rates[REFERENCE]:5.2f} of the reference")
    if options.json:
        ratio = rates["ours, a commit a group"] / rates[REFERENCE]
        print(json.dumps({"mails_per_second": rates, "reference": REFERENCE, "ratio": ratio}))


if __name__ == "__main__":
    main()
