"""The watch over the tables: two workers share the mailboxes, and what a killed one had claimed is taken over."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from engine.desk.letters import post_loose
from engine.event import Vanished
from engine.letter import Reader
from engine.ticket import ClockName
from mail.cli import main
from mail.imap import Account, WayIn, account_for
from mail.observe import AGE, StoreLedger
from mail.watch import Bookmark, Observed, Visit, Watcher, What
from tests.dovecot import MASTER, Dovecot, needs_dovecot
from tests.hostile_imap import HostileIMAP
from tests.world import City

ROOT = Path(__file__).parent.parent


def test_two_workers_one_killed(tmp_path: Path) -> None:
    """Neither gets the other's mailbox; a dead one's is taken over when its claim is old; each fact counts once."""
    city = City.new(tmp_path / "city.db")
    ticket = city.complain()
    task = city.letters(ticket, "task")[0]
    one, two = (StoreLedger(city.store, city.desk, 0) for _ in range(2))
    assert one.due(city.now) == [task.address]
    assert two.due(city.now) == []
    seen = Visit((Observed(task.id, What.SEEN, city.now, "INBOX"),), Bookmark())
    late = city.now + AGE + timedelta(seconds=1)
    assert two.due(late) == [task.address]  # the first has died with its claim
    assert [w.letter_id for w in (two.claim(task.address, late) or AssertionError).wanted] == [task.id]  # type: ignore[union-attr]
    two.keep(task.address, seen, late)
    one.keep(task.address, seen, late)  # it was only slow: its claim is another's now
    assert [e.event for e in city.store.history_of(ticket.id)].count("seen") == 1
    assert two.due(late) == []  # nothing is open there any more


def test_quiet_mailboxes_rest_until_their_next_visit(tmp_path: Path) -> None:
    """An unchanged visit ends the claim at the round's end, and the mailbox is due again after its rest."""
    city = City.new(tmp_path / "city.db")
    task = city.letters(city.complain(), "task")[0]
    ledger = StoreLedger(city.store, city.desk, 60)
    assert ledger.due(city.now) == [task.address]
    ledger.keep(task.address, Visit((), Bookmark(), unchanged=True), city.now)
    ledger.flush(city.now)
    assert StoreLedger(city.store, city.desk, 60).due(city.now + timedelta(seconds=30)) == []
    assert StoreLedger(city.store, city.desk, 60).due(city.now + timedelta(seconds=61)) == [task.address]


def test_mailboxes_left_alone_hold_up_nobody(tmp_path: Path) -> None:
    """Hundreds of mailboxes without a way in, or on a server that is down, take no turn from the others."""
    city = City.new(tmp_path / "city.db")
    post(city, [f"{n}@tanpa.test" for n in range(300)] + [f"{n}@mati.test" for n in range(300)] + ["a@hidup.test"])

    def way_in(mailbox: str) -> Account | None:
        if mailbox.endswith("@tanpa.test"):
            return None
        return account_for(mailbox, WayIn("127.0.0.1", ports[mailbox.partition("@")[2]], "none", secret="x"))

    now = city.now
    with HostileIMAP() as good:
        ports = {"mati.test": 1, "hidup.test": good.port}
        ledger = StoreLedger(city.store, city.desk, 60)
        with Watcher(ledger, way_in) as watcher:
            for _ in range(3):
                assert watcher.round(now).visited == 1
                ledger.flush(now)
                now += timedelta(seconds=60)
        assert len(StoreLedger(city.store, city.desk, 60).due(now)) == 601


WORKER = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from mail.imap import WayIn
from mail.imap import account_for
from mail.observe import StoreLedger
from mail.watch import Rules, Watcher
from tests.world import City
folder, port, start, master, secret = sys.argv[1:]
city = City.new(Path(folder) / "city.db")
way = WayIn("127.0.0.1", int(port), "none", "master", user=master, secret=secret)
now = datetime.fromisoformat(start)
with Watcher(StoreLedger(city.store, city.desk, 1), lambda m: account_for(m, way), rules=Rules(at_once=-1)) as watcher:
    while True:
        watcher.round(now)
        print(now.isoformat(), flush=True)
        now += timedelta(seconds=30)
"""


@pytest.mark.real
@needs_dovecot
@pytest.mark.timeout(180)
def test_two_processes_one_killed_in_its_round(tmp_path: Path) -> None:
    """Two processes on one database; one dies by SIGKILL amid its visits: each fact is told once, and none is lost."""
    city = City.new(tmp_path / "city.db")
    boxes = [f"pejabat{n}@kota.test" for n in range(120)]
    letters = post(city, boxes * 2)
    with Dovecot(static_password="x") as d:
        d.deliver_many((box, f"Message-ID: <{message_id}>\r\n\r\nSurat.\r\n".encode()) for box, message_id in letters)
        for box in boxes:
            d.doveadm("flags", "add", "-u", box, "\\Seen", "mailbox", "INBOX", "1")

        def worker(start: timedelta) -> subprocess.Popen[bytes]:
            words = [str(tmp_path), str(d.imap_port), (city.now + start).isoformat(), *MASTER]
            return subprocess.Popen([sys.executable, "-c", WORKER, *words], cwd=ROOT, stdout=subprocess.DEVNULL)

        def facts() -> Counter[tuple[int | None, str]]:
            return Counter((e.letter, e.event) for _, e in city.store.history_after(0) if e.actor == "watch")

        first = worker(timedelta())
        second = None
        try:
            until(lambda: len(facts()) > 10)
            second = worker(timedelta())
            first.kill()
            assert first.wait(10) == -signal.SIGKILL
            assert 10 < len(facts()) < 360
            until(lambda: len(facts()) == 360, 90)
            time.sleep(1)  # the survivor goes on for some rounds more
        finally:
            for process in (first, second):
                if process is not None:
                    process.kill()
                    process.wait(10)
        assert set(facts().values()) == {1}
        assert Counter(event for _, event in facts()) == {"delivered": 240, "seen": 120}


def until(true: Callable[[], bool], seconds: float = 40) -> None:
    """Wait for another process."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_letter_expunged_and_put_back_is_still_looked_for(tmp_path: Path) -> None:
    """A letter once reported as gone stays wanted: seen later, it is told as seen."""
    city = City.new(tmp_path / "city.db")
    task = city.letters(city.complain(), "task")[0]
    city.desk.handle(Vanished(city.now, task.id))
    ledger = StoreLedger(city.store, city.desk, 0)
    assert ledger.due(city.now) == [task.address]
    ledger.keep(task.address, Visit((Observed(task.id, What.SEEN, city.now, "INBOX"),), Bookmark()), city.now)
    assert (city.store.letter(task.id) or task).seen_at == city.now


def post(city: City, boxes: Sequence[str]) -> list[tuple[str, str]]:
    """Letters that were sent to these mailboxes: their addresses and Message-IDs."""
    with city.store.transaction():
        for box in boxes:
            post_loose(city.desk.world, box, "Pejabat", "digest", city.now, {}, reader=Reader.OFFICIAL)
        city.post()
    return [(one.address, one.message_id) for one in city.sent]


def test_a_mark_in_doubt_is_shown_and_a_real_one_is_believed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A doubted mark leaves the clock running and stands in the ticket's story; a later real one ends it."""
    assert main(["init", str(tmp_path)]) == 0
    city = City.new(tmp_path / "sibadra.db")
    ticket = city.complain()
    task = city.letters(ticket, "task")[0]

    def told() -> tuple[str, str]:
        capsys.readouterr()
        assert main(["--config", str(tmp_path / "sibadra.toml"), "ticket", "show", ticket.number]) == 0
        clocks = city.store.deadlines_of(ticket.id, (ClockName.UNREAD,))
        return capsys.readouterr().out, clocks[0].state

    ledger = StoreLedger(city.store, city.desk, 0)
    for doubt, running in (("in_bulk", True), (None, False)):
        assert ledger.due(city.now) == [task.address]
        seen = Observed(task.id, What.SEEN, city.now, "INBOX", doubt)
        ledger.keep(task.address, Visit((seen,), Bookmark()), city.now)
        shown, state = told()
        assert ("not believed: in one stroke with many others" in shown) is running
        assert (state == "running") is running
    assert ledger.due(city.now) == []
