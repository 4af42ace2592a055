"""Intake by IMAP, for cities whose mail is hosted elsewhere: fetch, keep, and only then move out of the inbox.

A mail is known by the hash of its bytes: after a crash between keeping and moving, or with a new UIDVALIDITY, it comes
again, and `keep` stores it once. Only intake mailboxes of ours are opened for writing here, never an official's.
"""

from __future__ import annotations

import hashlib
import logging
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.errors import Permanent, Temporary
from engine.message import Envelope
from mail.imap import Account, Client, Tokens
from mail.imap.client import connect_as, guard
from mail.imap.wire import Limits
from mail.watch.pauses import pause

log = logging.getLogger(__name__)

BATCH = 25  # mails in one commit
BATCH_OCTETS = 20_000_000
LARGEST = 60_000_000  # octets; larger mails are put aside unread
LIMITS = Limits(seconds=600.0, silence=60.0, octets=400_000_000, literal=LARGEST + 1_000_000)
_HEADER = re.compile(rb"([!-9;-~]{1,70})[ \t]{0,9}:(.*)", re.DOTALL)
# Not the full grammar of RFC 5322: the standard library's parser recurses as deep as a hostile header wants.
_ADDRESS = re.compile(r"""[^\s<>,;:"'()@\\]{1,200}@[A-Za-z0-9.-]{1,250}""")
_TO_US = ("x-original-to", "envelope-to", "delivered-to", "to", "cc")


@dataclass(frozen=True, slots=True)
class Collected:
    """One fetched mail; `key` is the SHA-256 of its bytes, under which it is to be stored once."""

    key: str
    envelope: Envelope
    raw: bytes = field(repr=False)


Keep = Callable[[Sequence[Collected]], None]
"""Stores all, durably, leaving out keys that it has already, or raises; then all of them come again."""


@dataclass(frozen=True, slots=True)
class Source:
    """One intake mailbox. `ours` says which addresses in a mail's header are the city's; the mailbox's own always is.

    Kept mails go to the folder `done`, those too large to `aside`; both are made when missing.
    """

    account: Account
    ours: Callable[[str], bool]
    done: str = "Diterima"
    aside: str = "Terlalu besar"


@dataclass(slots=True)
class Tally:
    """What one collection did."""

    kept: int = 0
    aside: int = 0


class IntakeClient(Client):
    """A connection to an intake mailbox of ours, which may also move mails."""

    def select(self, folder: str) -> int:
        """Open for writing; the number of mails."""
        with guard():
            self._selected = folder
            return int(self._client.select_folder(folder)[b"EXISTS"])

    def make(self, folder: str) -> None:
        """Make a folder unless it is there."""
        if folder not in {name for name, _ in self.folders()}:
            with guard():
                self._client.create_folder(folder)

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """RFC822.SIZE of each."""
        with guard():
            got = self._client.fetch(list(uids), ["RFC822.SIZE"])
            return {int(uid): int(said[b"RFC822.SIZE"]) for uid, said in got.items() if b"RFC822.SIZE" in said}

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move by MOVE (RFC 6851) or, where that is missing, COPY and UID EXPUNGE (RFC 4315) of just these."""
        with guard():
            if self._client.has_capability("MOVE"):
                self._client.move(list(uids), folder)
                return
            self._client.copy(list(uids), folder)
            self._client.add_flags(list(uids), [b"\\Deleted"], silent=True)
            if self._client.has_capability("UIDPLUS"):
                self._client.uid_expunge(list(uids))
            else:
                # A plain EXPUNGE would take along what somebody else marked; \Deleted mails are skipped instead.
                log.debug("the server can expunge only everything: mails stay, marked as deleted")


def connect_intake(account: Account, tokens: Tokens | None = None, limits: Limits | None = None) -> IntakeClient:
    """Connect to an intake mailbox; errors as of mail.imap.connect."""
    return connect_as(IntakeClient, account, tokens, limits or LIMITS)


def collect(client: IntakeClient, source: Source, keep: Keep, now: Callable[[], datetime]) -> Tally:
    """Fetch, keep and move all that lies in the inbox. Raises the connection's errors and those of `keep`."""
    tally = Tally()
    client.begin()
    inbox = source.account.inbox
    client.select(inbox)
    waiting = client.search(["NOT", "DELETED"])
    if not waiting:
        return tally
    for folder in (source.done, source.aside):
        client.make(folder)
    sizes = client.sizes(waiting)
    large = [uid for uid in waiting if sizes.get(uid, 0) > LARGEST]
    if large:
        log.warning("%d mails are too large and were put aside", len(large))
        client.move(large, source.aside)
        tally.aside = len(large)
    for batch in _batches([uid for uid in waiting if uid not in set(large)], sizes):
        client.begin()
        got = client.fetch(batch, ("INTERNALDATE", "BODY.PEEK[]"))
        mails = {uid: item for uid, item in got.items() if uid in set(batch) and item.raw is not None}
        collected = []
        for item in mails.values():
            raw = item.raw or b""
            envelope = envelope_of(raw, source, item.arrived or now())
            collected.append(Collected(hashlib.sha256(raw).hexdigest(), envelope, raw))
        if collected:
            keep(collected)
            client.move(sorted(mails), source.done)
            tally.kept += len(collected)
    return tally


def envelope_of(raw: bytes, source: Source, at: datetime) -> Envelope:
    """The envelope as far as the header of a delivered mail still tells it (RFC 5321 section 4.4).

    Our signed addresses stand in one of the headers that name recipients; where none does, it is the mailbox itself.
    """
    reverse_path, recipients = "", dict[str, None]()
    for name, value in _headers(raw):
        if name == "return-path" and not reverse_path:
            match = re.search(r"<([^<>\s]{0,320})>", value)
            reverse_path = match[1] if match else ""
        elif name in _TO_US:
            for address in _ADDRESS.findall(value[:20_000]):
                if source.ours(address):
                    recipients[address] = None
    # `lapor+x@kota` arrives in `lapor@kota`, which is then named too: only the signed address says what it is about.
    bases = {re.sub(r"\+[^@]*@", "@", r.lower()) for r in recipients if "+" in r.partition("@")[0]}
    named = tuple(r for r in recipients if r.lower() not in bases)
    return Envelope(reverse_path, named[:100] or (source.account.mailbox,), at, "", "imap")


def _headers(raw: bytes) -> Iterator[tuple[str, str]]:
    """Names in lower case and unfolded values of the first 200 header fields."""
    lines: list[bytes] = []
    for line in raw[:200_000].splitlines()[:3000]:
        if not line:
            break
        if line[:1] in b" \t" and lines:
            lines[-1] += b" " + line.strip()
        else:
            lines.append(line)
    for line in lines[:200]:
        match = _HEADER.fullmatch(line)
        if match:
            yield match[1].decode("ascii").lower(), match[2].decode("utf-8", "replace").strip()


def _batches(uids: Sequence[int], sizes: dict[int, int]) -> Iterator[list[int]]:
    batch: list[int] = []
    octets = 0
    for uid in uids:
        size = sizes.get(uid, LARGEST)
        if batch and (len(batch) >= BATCH or octets + size > BATCH_OCTETS):
            yield batch
            batch, octets = [], 0
        batch.append(uid)
        octets += size
    if batch:
        yield batch


class Collector:
    """Collects from several intake mailboxes until stopped, a thread for each, with growing pauses after failures.

    News come by IDLE where the server offers it; the inbox is looked through every `poll` seconds in any case.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        keep: Keep,
        now: Callable[[], datetime],
        *,
        tokens: Tokens | None = None,
        poll: float = 60.0,
        first_pause: float = 5.0,
        connecting: Callable[[Account, Tokens | None], IntakeClient] = connect_intake,
    ) -> None:
        self._sources, self._keep, self._now, self._tokens = sources, keep, now, tokens
        self._poll, self._first_pause, self._connecting = poll, first_pause, connecting
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._clients: dict[int, IntakeClient] = {}

    def start(self) -> None:
        """Begin to collect."""
        for number, source in enumerate(self._sources):
            thread = threading.Thread(target=self._run, args=(number, source), name=f"collect {number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Break off: what is not yet moved comes again at the next start."""
        self._stop.set()
        for client in list(self._clients.values()):
            client.abort()
        for thread in self._threads:
            thread.join(10)

    def __enter__(self) -> Collector:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self, number: int, source: Source) -> None:
        failures = 0
        while not self._stop.is_set():
            try:
                client = self._clients[number] = self._connecting(source.account, self._tokens)
                try:
                    while not self._stop.is_set():
                        collect(client, source, self._keep, self._now)
                        failures = 0
                        if not client.can_idle:
                            self._stop.wait(self._poll)
                        else:
                            client.begin()
                            client.idle(self._poll)
                finally:
                    client.abort()
                    self._clients.pop(number, None)
            except (Temporary, Permanent) as e:
                failures += 1
                if not self._stop.is_set():
                    log.warning("collecting at %s failed: %s", source.account.server, type(e).__name__)
            except Exception:
                failures += 1
                log.exception("collecting failed for a reason that is ours")
            self._stop.wait(pause(failures, self._first_pause))
