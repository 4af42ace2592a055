"""Many mailboxes: hostile and dying servers, pauses, budgets, kept connections, and no flag ever changed."""

from __future__ import annotations

import gc
import re
import threading
import time
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest

from mail.imap import Account, Login, WayIn, account_for
from mail.imap.wire import Limits
from mail.watch import MemoryLedger, Pauses, Rules, Task, Wanted, Watcher
from mail.watch.pauses import pause
from tests.dovecot import MASTER, Dovecot, needs_dovecot
from tests.hostile_imap import MODES, HostileIMAP
from tests.test_watch import raw

NOW = datetime(2025, 5, 5, 3, 0, tzinfo=UTC)
SHORT = Limits(seconds=1.5, silence=1.0, octets=2_000_000, literal=200_000)
BELIEVE = Rules(at_once=-1)


def letter(n: int, sent: datetime = NOW) -> Wanted:
    """An open letter."""
    return Wanted(n, f"surat-{n}@lapor.test", sent)


def at(port: int, mailbox: str = "kasi@kota.test") -> Account:
    """The way into a mailbox of a server of this test."""
    return account_for(mailbox, WayIn("127.0.0.1", port, "none", secret="x"))


def seen(ledger: MemoryLedger, mailbox: str = "kasi@kota.test") -> list[object]:
    """Letters reported as seen, in order, as often as they were."""
    return [o.letter_id for o in ledger.observed.get(mailbox, []) if o.what == "seen"]


def only_reading(commands: list[str]) -> bool:
    """Whether every command leaves mailboxes as they are."""
    allowed = re.compile(
        r"\S+ (LOGIN|LOGOUT|CAPABILITY|EXAMINE|STATUS|UNSELECT|LIST|UID SEARCH|UID FETCH) ?", re.IGNORECASE
    )
    return all(allowed.match(c) and "BODY[" not in c.upper() for c in commands if " " in c)


@pytest.mark.parametrize("mode", MODES)
def test_whatever_a_server_does_no_seen_is_wrong_and_none_is_missed(mode: str) -> None:
    """While a server misbehaves nothing unseen is reported; once it behaves, each seen letter is, exactly once."""
    ledger, now = MemoryLedger(), NOW
    ledger.watch("kasi@kota.test", [letter(n) for n in range(1, 6)])
    with HostileIMAP() as server:
        watcher = Watcher(ledger, lambda _: at(server.port), limits=SHORT, pauses=Pauses(1, 2), rules=BELIEVE)
        with watcher:

            def rounds(count: int) -> None:
                nonlocal now
                for _ in range(count):
                    now += timedelta(seconds=60)
                    watcher.round(now, patience=5)

            for n in (1, 2, 90, 91, 3):
                server.add(f"surat-{n}@lapor.test")
            rounds(2)
            server.mode = mode
            server.see("surat-2@lapor.test")
            server.see("surat-90@lapor.test")
            server.add("surat-4@lapor.test")
            rounds(3)
            assert set(seen(ledger)) <= {2}
            server.mode = ""
            server.see("surat-4@lapor.test")
            now += timedelta(hours=1)
            rounds(2)
            assert sorted(seen(ledger)) == [2, 4]
            delivered = [o.letter_id for o in ledger.observed["kasi@kota.test"] if o.what == "delivered"]
            assert sorted(delivered) == [1, 2, 3, 4]
        assert only_reading(server.commands)


def test_a_bad_server_delays_nobody() -> None:
    """While servers hang, drip and refuse, the mailboxes of a good one are visited in every round, quickly."""
    ledger, now = MemoryLedger(), NOW
    with HostileIMAP() as hangs, HostileIMAP() as drips, HostileIMAP() as good:
        hangs.mode, drips.mode = "hang_greeting", "drip"
        ports = {"hangs": hangs.port, "drips": drips.port, "good": good.port, "down": 1}
        for server in ports:
            for n in range(20):
                ledger.watch(f"{n}@{server}", [letter(n)])
        good.add("surat-1@lapor.test")
        limits = Limits(seconds=3.0, silence=2.0)
        with Watcher(ledger, lambda m: at(ports[m.split("@")[1]], m), limits=limits, per_server=2) as watcher:
            for _ in range(3):
                now += timedelta(seconds=60)
                start = time.monotonic()
                done = watcher.round(now, patience=1.5)
                assert time.monotonic() - start < 2.5
                assert done.visited == 20
        assert [o.what for o in ledger.observed["1@good"]] == ["delivered"]


def test_pauses_grow_and_end() -> None:
    """A server that is down is tried at growing pauses, with one probe, and at once as usual when it is back."""
    assert [pause(n) for n in (0, 1, 2, 3, 10)] == [0, 30, 60, 120, 1800]
    ledger, now, tries = MemoryLedger(), NOW, []
    for n in range(10):
        ledger.watch(f"{n}@kota.test", [letter(n)])
    with HostileIMAP() as server:
        server.mode = "bye"
        with Watcher(ledger, lambda m: at(server.port, m), limits=SHORT, per_server=1) as watcher:
            for _ in range(30):
                now += timedelta(seconds=30)
                before = len(server.commands)
                watcher.round(now, patience=5)
                tries.append(sum("LOGIN" in c for c in server.commands[before:]))
            assert tries[0] == 1
            assert sum(tries) <= 6
            server.mode = ""
            now += timedelta(hours=1)
            assert watcher.round(now, patience=5).visited == 10


def test_connections_are_bounded_and_used_again() -> None:
    """At most as many connections as allowed are kept, those are used in the next round, and others are logged out."""
    ledger, now = MemoryLedger(), NOW
    for n in range(12):
        ledger.watch(f"{n}@kota.test", [letter(n)])
    with HostileIMAP() as server:
        server.add("surat-1@lapor.test")
        with Watcher(ledger, lambda m: at(server.port, m), limits=SHORT, keep=5) as watcher:
            for round_ in range(3):
                now += timedelta(seconds=60)
                before = len(server.commands)
                assert watcher.round(now, patience=5).visited == 12
                assert watcher.kept == 5
                logins = sum(" LOGIN " in c for c in server.commands[before:])
                assert logins == (12 if round_ == 0 else 7)


def test_two_watchers_and_one_dies() -> None:
    """Two workers share a ledger; one is ended in the middle of its visits: every observation is kept once."""
    ledger, now = MemoryLedger(), NOW
    boxes = [f"{n}@kota.test" for n in range(30)]
    with HostileIMAP() as server:
        for n in range(3):
            server.add(f"surat-{n}@lapor.test")
            server.see(f"surat-{n}@lapor.test")
        for box in boxes:
            ledger.watch(box, [letter(n) for n in range(3)])
        first = Watcher(ledger, lambda m: at(server.port, m), limits=SHORT, pauses=Pauses(1, 2), rules=BELIEVE)
        second = Watcher(ledger, lambda m: at(server.port, m), limits=SHORT, pauses=Pauses(1, 2), rules=BELIEVE)
        both = [threading.Thread(target=w.round, args=(now,)) for w in (first, second)]
        for thread in both:
            thread.start()
        first.close()
        for thread in both:
            thread.join(10)
        second.round(now + timedelta(seconds=60))
        second.close()
    for box in boxes:
        assert sorted((o.letter_id, str(o.what)) for o in ledger.observed[box]) == [
            (n, what) for n in range(3) for what in ("delivered", "seen")
        ]


def settle() -> None:
    """Drop what Python keeps for a while: cycles, and patterns, of which imaplib makes one a connection."""
    gc.collect()
    re.purge()


@pytest.mark.parametrize("many", [300, pytest.param(10_000, marks=[pytest.mark.soak, pytest.mark.timeout(1800)])])
def test_memory_stays_flat(many: int) -> None:
    """Many rounds over kept connections, with news in between, take no more memory than the first ones."""
    ledger, now = MemoryLedger(), NOW
    with HostileIMAP() as server:
        server.add("surat-1@lapor.test")
        ledger.watch("kasi@kota.test", [letter(1)])
        with Watcher(ledger, lambda _: at(server.port), limits=SHORT) as watcher:

            def rounds(count: int) -> None:
                nonlocal now
                for n in range(count):
                    now += timedelta(seconds=60)
                    if n % 10 == 0:
                        server.mode = "junk"
                    watcher.round(now, patience=5)
                    server.mode = ""
                    server.commands.clear()

            rounds(50)
            tracemalloc.start()
            try:
                rounds(50)
                settle()
                before = tracemalloc.get_traced_memory()[0]
                rounds(many)
                settle()
                grown = tracemalloc.get_traced_memory()[0] - before
            finally:
                tracemalloc.stop()
        assert grown < 200_000


def test_each_worker_leaves_the_ledger() -> None:
    """Every thread that used the ledger says so at its end, so that it can close its own connection."""

    class Left(MemoryLedger):
        def __init__(self) -> None:
            super().__init__()
            self.users: set[int] = set()
            self.left: list[int] = []

        def claim(self, mailbox: str, now: datetime) -> Task | None:
            self.users.add(threading.get_ident())
            return super().claim(mailbox, now)

        def leave(self) -> None:
            self.left.append(threading.get_ident())

    ledger = Left()
    with HostileIMAP() as server:
        for n in range(20):
            ledger.watch(f"{n}@kota.test", [letter(n)])
        with Watcher(ledger, lambda m: at(server.port, m), limits=SHORT) as watcher:
            watcher.round(NOW)
    assert ledger.users
    assert set(ledger.left) >= ledger.users


@pytest.mark.real
@needs_dovecot
def test_dovecot_killed_and_restarted_and_no_flag_changed() -> None:
    """Over crashes of a real server each opened letter is reported once, and every mail is as its owner left it."""
    boxes = [f"pejabat{n}@kota.test" for n in range(8)]
    ledger, now = MemoryLedger(), datetime.now(UTC)
    with Dovecot(users=boxes) as d:
        way = WayIn("127.0.0.1", d.imap_port, "none", Login.MASTER, user=MASTER[0], secret=MASTER[1])
        for box in boxes:
            ledger.watch(box, [letter(n, now) for n in range(4)])
        d.deliver_many((box, raw(n)) for box in boxes for n in range(4))
        limits = Limits(seconds=10, silence=5)
        with Watcher(
            ledger, lambda m: account_for(m, way), limits=limits, pauses=Pauses(1, 2), rules=BELIEVE
        ) as watcher:
            for turn in range(4):
                now += timedelta(seconds=60)
                working = threading.Thread(target=watcher.round, args=(now, 20))
                working.start()
                if turn % 2:
                    d.kill()
                working.join(25)
                assert not working.is_alive()
                if turn % 2:
                    d.start()
                d.doveadm("flags", "add", "-u", boxes[turn], "\\Seen", "mailbox", "INBOX", "uid", str(turn + 1))
            before = {box: d.listing(box) for box in boxes}
            content = {box: [(d.maildir(box) / name).read_bytes() for name in before[box]] for box in boxes}
            for _ in range(3):
                now += timedelta(seconds=60)
                assert watcher.round(now, 20).visited == len(boxes)
            assert {box: d.listing(box) for box in boxes} == before
            assert {box: [(d.maildir(box) / name).read_bytes() for name in before[box]] for box in boxes} == content
    for turn, box in enumerate(boxes):
        assert seen(ledger, box) == ([turn] if turn < 4 else [])
        assert sum(o.what == "delivered" for o in ledger.observed[box]) == 4
