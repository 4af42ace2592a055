"""The demo as a person starts it: it plays to its end, and killed anywhere it goes on where it was."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
WANTED = {"closed", "in_progress", "triage"}


def start(folder: Path, *more: str) -> subprocess.Popen[str]:
    """A demo in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "mail.cli", "demo", "--exit", "--json", "--dir", str(folder), *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(demo: subprocess.Popen[str], seconds: float = 90) -> list[dict[str, Any]]:
    """Waits for the end and gives the tickets of the last line."""
    out, err = demo.communicate(timeout=seconds)
    assert demo.returncode == 0, err[-3000:]
    found: list[dict[str, Any]] = json.loads(out.strip().splitlines()[-1])["tickets"]
    return found


def sound(folder: Path, tickets: list[dict[str, Any]]) -> None:
    """Nothing lost, nothing twice: a ticket a complaint, each rung climbed once, the history's chain whole."""
    base = sqlite3.connect(folder / "sibadra.db")
    states = dict(base.execute("SELECT state, count(*) FROM mail GROUP BY state").fetchall())
    assert set(states) <= {"handled", "duplicate"}, states
    told = base.execute("SELECT subject, mail, text FROM ticket").fetchall()
    assert (
        len(set(told)) == len(told) == len(tickets)
    )  # a mail with two matters is two reports, each with its own text and subject
    assert len({subject for subject, *_ in told}) == len(told) > len({mail for _, mail, _ in told})
    climbs = base.execute("SELECT ticket, data FROM history WHERE event = 'climb'").fetchall()
    rungs: dict[tuple[int, str], int] = {}
    for ticket, data in climbs:
        told = json.loads(data)
        if told["step"] != "owner":
            rungs[(ticket, f"{told['step']} {told['rung']}")] = (
                rungs.get((ticket, f"{told['step']} {told['rung']}"), 0) + 1
            )
    top = {key: count for key, count in rungs.items() if key[1].startswith("walikota")}
    assert top
    assert all(count == 1 for count in top.values()), top
    twice = base.execute("SELECT ticket, kind, position, created_at FROM letter WHERE kind = 'escalation'").fetchall()
    assert len(twice) == len(set(twice))
    base.close()
    from engine.store import Store

    store = Store.sqlite(folder / "sibadra.db")
    assert store.broken_links() == []
    store.close()


def test_plays_to_its_end(tmp_path: Path) -> None:
    """One ticket at least is confirmed, in progress, at the top, in triage; and a second start changes nothing."""
    tickets = finished(start(tmp_path))
    assert {one["state"] for one in tickets} >= WANTED
    assert any(one["state"] == "forwarded" and one["rung"] >= 4 for one in tickets)
    sound(tmp_path, tickets)
    assert finished(start(tmp_path)) == tickets


@pytest.mark.parametrize("seed", range(3))
def test_killed_anywhere_it_goes_on(tmp_path: Path, seed: int) -> None:
    """Killed again and again at random moments, the demo ends with as many tickets as without, each once."""
    rng = random.Random(seed)
    for _ in range(5):
        demo = start(tmp_path)
        time.sleep(rng.uniform(1.5, 4.5))
        os.killpg(demo.pid, signal.SIGKILL)
        demo.communicate(timeout=30)
    tickets = finished(start(tmp_path))
    assert {one["state"] for one in tickets} >= WANTED
    sound(tmp_path, tickets)


def test_two_over_the_same_files_are_refused(tmp_path: Path) -> None:
    """A second demo over the same files says so in one line and leaves the first alone."""
    first = start(tmp_path)
    time.sleep(1.5)
    second = start(tmp_path)
    _, err = second.communicate(timeout=30)
    assert second.returncode == 2
    assert "another demo runs" in err
    assert len(err.strip().splitlines()) == 1
    finished(first)


def test_ends_cleanly_on_interrupt(tmp_path: Path) -> None:
    """Ctrl-C ends it with status 0 and no traceback."""
    demo = subprocess.Popen(
        [sys.executable, "-m", "mail.cli", "demo", "--dir", str(tmp_path), "--pace", "0.05"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(4)
    demo.send_signal(signal.SIGINT)
    _, err = demo.communicate(timeout=30)
    assert demo.returncode == 0, err[-2000:]
    assert "Traceback" not in err
