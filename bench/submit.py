"""How many letters a second go to a relay, beside smtplib with a connection for each.

The relay throws every mail away in a process of its own: Postfix's smtp-sink where it is installed, otherwise our own
door. Mixed letters, rounds in turn, medians:

    smtplib, a connection each   the reference
    smtplib, one connection      kept open, a command at a time
    ours                         kept open, MAIL, RCPT and DATA in one write
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import smtplib
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bench.mails import mixed
from mail.receive import Intake, Listen
from mail.submit import Outgoing, Relay, RelaySettings, Sent

REFERENCE = "smtplib, a connection each"
SENDER, RECIPIENT = "pantul+1@kota.example", "kasi@kota.example"


def sink() -> None:
    """A relay that throws everything away, until its standard input ends."""
    with Intake(lambda _: None, lambda _: True, lambda: datetime.now(UTC), smtp=Listen()) as door:
        print(door.smtp_port, flush=True)
        sys.stdin.read()


@contextmanager
def relay() -> Iterator[tuple[str, int]]:
    """The relay's name and port."""
    program = shutil.which("smtp-sink", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if program:
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = int(s.getsockname()[1])
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        command = [program, *user, f"127.0.0.1:{port}", "100"]
    else:
        port = 0
        command = [sys.executable, "-m", "bench.submit", "--sink"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout is not None and not port:
                port = int(process.stdout.readline())
            for _ in range(100):
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield ("smtp-sink" if program else "our door"), port
        finally:
            process.terminate()


def each(port: int, raws: list[bytes]) -> None:
    """The reference: connect, send one letter, quit."""
    for raw in raws:
        with smtplib.SMTP("127.0.0.1", port, "localhost") as smtp:
            smtp.sendmail(SENDER, [RECIPIENT], raw)


def kept(port: int, raws: list[bytes]) -> None:
    """smtplib over one connection."""
    with smtplib.SMTP("127.0.0.1", port, "localhost") as smtp:
        for raw in raws:
            smtp.sendmail(SENDER, [RECIPIENT], raw)


def ours(port: int, raws: list[bytes]) -> None:
    """Our relay connection."""
    with Relay(RelaySettings("127.0.0.1", port)) as connection:
        results = connection.send([Outgoing(SENDER, RECIPIENT, raw) for raw in raws])
    assert all(isinstance(one, Sent) for one in results)


def measure(letters: int, rounds: int) -> tuple[str, dict[str, float]]:
    """The relay's name, and letters a second of each way, median over the rounds."""
    ways: dict[str, Callable[[int, list[bytes]], None]] = {
        REFERENCE: each,
        "smtplib, one connection": kept,
        "ours": ours,
    }
    seen: dict[str, list[float]] = {name: [] for name in ways}
    with relay() as (kind, port):
        for turn in range(rounds):
            raws = mixed(turn, letters)
            for name, way in ways.items():
                begun = time.perf_counter()
                way(port, raws)
                seen[name].append(letters / (time.perf_counter() - begun))
    return kind, {name: statistics.median(values) for name, values in seen.items()}


def main() -> None:
    """Measure and print; with --json the last line is an object of the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--letters", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sink", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.sink:
        sink()
        return
    kind, rates = measure(options.letters, options.rounds)
    print(f"into {kind}")
    for name, rate in rates.items():
        print(f"{name:<28} {rate:7.0f} letters/s  {rate / rates[REFERENCE]:5.2f} of the reference")
    if options.json:
        ratio = rates["ours"] / rates[REFERENCE]
        print(json.dumps({"letters_per_second": rates, "reference": REFERENCE, "into": kind, "ratio": ratio}))


if __name__ == "__main__":
    main()
