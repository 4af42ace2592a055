"""What watching costs on a real Dovecot with many mailboxes, against the least that IMAPClient could do.

    python bench/watch.py [--mailboxes 1000] [--letters 3] [--repeat 2] [--json]

The bare loop logs in (master user), examines, fetches the flags of the same UIDs and logs out, mailbox after mailbox.
`round` is a round of ours that finds every letter and reads its flags, logging in everywhere; `known` one in which the
letters' places are known already; `unchanged` one on kept connections in which nothing changed; each as a share of the
bare loop in the same run. `unchanged_reuse` is the same where Dovecot serves 200 logins with one process, against the
bare loop there. Both loops use one process on the same cores as the server. The least of `--repeat` runs counts.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from imapclient import IMAPClient

from mail.imap import Account, Login, WayIn, account_for
from mail.watch import MemoryLedger, Wanted, Watcher
from tests.dovecot import MASTER, Dovecot

DOMAIN = "kota.test"
TARGETS = {"round": 1.1, "unchanged": 0.1, "unchanged_reuse": 0.3}


def letter(n: int, size: int = 3000) -> bytes:
    """A letter of ordinary size."""
    text = "Jalan di depan pasar rusak parah dan sudah lama tidak diperbaiki.\r\n"
    return (
        f"From: lapor@{DOMAIN}\r\nTo: pejabat@{DOMAIN}\r\nSubject: Pengaduan {n}\r\n"
        f"Message-ID: <surat-{n}@lapor.test>\r\n"
        f"Date: Mon, 5 May 2025 09:00:00 +0700\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + text
        * (size // len(text))
    ).encode()


def address(n: int) -> str:
    """The mailbox with that number."""
    return f"pejabat{n}@{DOMAIN}"


def bare(port: int, mailboxes: list[str], uids: list[int]) -> float:
    """Seconds for the bare loop."""
    start = time.perf_counter()
    for mailbox in mailboxes:
        client = IMAPClient("127.0.0.1", port, ssl=False)
        client.login(f"{mailbox}*{MASTER[0]}", MASTER[1])
        client.select_folder("INBOX", readonly=True)
        flags = client.fetch(uids, ["FLAGS"])
        assert len(flags) == len(uids)
        client.logout()
    return time.perf_counter() - start


class Estate:
    """One Dovecot full of letters, and watchers over it."""

    def __init__(self, dovecot: Dovecot, mailboxes: int, letters: int, keep: int) -> None:
        self.dovecot, self.keep = dovecot, keep
        self.mailboxes = [address(n) for n in range(mailboxes)]
        self.uids = list(range(1, letters + 1))
        sent = datetime.now(UTC) - timedelta(hours=1)
        self.wanted = [Wanted(n, f"surat-{n}@lapor.test", sent) for n in range(letters)]
        self.now = datetime.now(UTC)
        dovecot.deliver_many((m, letter(n)) for m in self.mailboxes for n in range(letters))
        way = WayIn("127.0.0.1", dovecot.imap_port, "none", Login.MASTER, user=MASTER[0], secret=MASTER[1])
        self.accounts: dict[str, Account] = {m: account_for(m, way) for m in self.mailboxes}

    def watcher(self, ledger: MemoryLedger) -> Watcher:
        """A watcher without connections."""
        return Watcher(ledger, self.accounts.__getitem__, keep=self.keep)

    def ledger(self) -> MemoryLedger:
        """A ledger that knows no letter's place."""
        ledger = MemoryLedger()
        for mailbox in self.mailboxes:
            ledger.watch(mailbox, self.wanted)
        return ledger

    def settle(self) -> None:
        """Wait until the server has ended the sessions of the last measurement, which would slow down the next."""
        end = time.monotonic() + 20
        while len(self.dovecot.doveadm("who").splitlines()) > 1 and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(0.5)

    def timed(self, watcher: Watcher, expected: Callable[[int, int, int], bool]) -> float:
        """Seconds for one round, which must have visited every mailbox and seen what is expected."""
        self.now += timedelta(seconds=60)
        start = time.perf_counter()
        done = watcher.round(self.now, patience=600)
        taken = time.perf_counter() - start
        assert done.visited == len(self.mailboxes), done
        assert expected(done.unchanged, done.observed, done.failed), done
        return taken


def measure(estate: Estate, repeat: int) -> dict[str, float]:
    """Milliseconds a mailbox for each kind of round, the least of some runs taken in turn."""
    count, letters = len(estate.mailboxes), len(estate.uids)
    best: dict[str, float] = {}

    def note(name: str, seconds: float) -> None:
        best[name] = min(best.get(name, 1e9), seconds / count * 1000)

    bare(estate.dovecot.imap_port, estate.mailboxes[: max(1, count // 10)], estate.uids)
    for _ in range(repeat):
        estate.settle()
        note("bare", bare(estate.dovecot.imap_port, estate.mailboxes, estate.uids))
        estate.settle()
        ledger = estate.ledger()
        with estate.watcher(ledger) as watcher:
            note("round", estate.timed(watcher, lambda _u, seen, _f: seen == count * letters))
            note("unchanged", estate.timed(watcher, lambda unchanged, seen, _f: unchanged == count and seen == 0))
            note("unchanged", estate.timed(watcher, lambda unchanged, seen, _f: unchanged == count and seen == 0))
        estate.settle()
        with estate.watcher(ledger) as watcher:
            note("known", estate.timed(watcher, lambda _u, seen, _f: seen == 0))
    return best


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; the exit status is 0 if every target is met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mailboxes", type=int, default=1000)
    parser.add_argument("--letters", type=int, default=3)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--keep", type=int, default=0, help="connections kept at most (default: all)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    shares: dict[str, float] = {}
    for name, service_count in (("", None), ("_reuse", 200)):
        with Dovecot(static_password="x", service_count=service_count) as dovecot:
            estate = Estate(dovecot, options.mailboxes, options.letters, options.keep or options.mailboxes)
            best = measure(estate, options.repeat)
        print(f"service_count {service_count or 'of Debian'}, ms a mailbox:", end=" ")
        print(", ".join(f"{kind} {value:.2f}" for kind, value in best.items()))
        for kind in ("round", "known", "unchanged"):
            shares[kind + name] = round(best[kind] / best["bare"], 3)
    for kind, share in shares.items():
        target = TARGETS.get(kind)
        print(f"{kind:16} {share:6.3f} of the bare loop" + (f"   (at most {target})" if target else ""))
    if options.json:
        print(json.dumps(shares))
    return 0 if all(shares[kind] <= target for kind, target in TARGETS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
