"""A door that is killed: every mail whose client heard 250 is in the table."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.receiving import TO, Talk

SERVER = """
import sqlite3, sys, threading
from datetime import UTC, datetime
from mail.receive import Intake, Listen

def keep(mails):
    with sqlite3.connect(sys.argv[1]) as database:
        database.execute("PRAGMA synchronous=FULL")
        database.executemany("INSERT INTO mail VALUES (?)", [(raw,) for _, raw in mails])

with Intake(keep, lambda _: True, lambda: datetime.now(UTC), smtp=Listen()) as door:
    print(door.smtp_port, flush=True)
    threading.Event().wait()
"""


@pytest.mark.parametrize("after", [1, 40])
def test_nothing_acknowledged_is_lost(tmp_path: Path, after: int) -> None:
    """Six clients send while the door is killed without warning; what was acknowledged is there, each once."""
    path = tmp_path / "mail.db"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE mail (raw BLOB)")
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(path)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    port = int(server.stdout.readline())
    heard: list[bytes] = []

    def send(client: int) -> None:
        try:
            talk = Talk(port)
            for number in range(10_000):
                raw = b"N: %d-%d\r\n\r\nisi\r\n" % (client, number)
                talk.say(f"MAIL FROM:<a@b.example>\r\nRCPT TO:<{TO}>\r\nDATA\r\n".encode() + raw + b".\r\n")
                codes = [talk.reply()[:3] for _ in range(4)]
                if codes[3] != "250":
                    return
                heard.append(raw)
        except OSError:
            return

    clients = [threading.Thread(target=send, args=(number,)) for number in range(6)]
    for thread in clients:
        thread.start()
    end = time.monotonic() + 30
    while len(heard) < after and time.monotonic() < end:
        time.sleep(0.001)
    server.send_signal(signal.SIGKILL)
    server.wait(10)
    for thread in clients:
        thread.join(20)
    with sqlite3.connect(path) as database:
        stored = [row[0] for row in database.execute("SELECT raw FROM mail")]
    assert len(heard) >= after
    assert set(heard) <= set(stored)
    assert len(stored) == len(set(stored))
