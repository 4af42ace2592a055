"""One writer thread that keeps mails in groups: what came while the last group was being committed is the next one."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence

from engine.message import Envelope

log = logging.getLogger(__name__)

Keep = Callable[[Sequence[tuple[Envelope, bytes]]], None]
Waiting = tuple[Envelope, bytes, "asyncio.Future[bool]"]

MOST_MAILS = 200  # in one commit: enough to share its cost, few enough that nobody waits long
MOST_OCTETS = 32 * 2**20


class Keeper:
    """Calls `keep` with all mails that wait; each mail's future is True when `keep` returned, False when it raised.

    `keep` must store all it is given or nothing, and return only when it would survive a power cut. It runs in this
    thread alone, one call at a time.
    """

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._waiting: deque[Waiting] = deque()
        self._bell = threading.Condition()
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Keep what still waits, then end the thread."""
        with self._bell:
            self._ending = True
            self._bell.notify()
        self._thread.join()

    def put(self, envelope: Envelope, raw: bytes) -> asyncio.Future[bool]:
        """Hand a mail over, from a coroutine; the future tells its loop whether it is kept."""
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        with self._bell:
            self._waiting.append((envelope, raw, answer))
            self._bell.notify()
        return answer

    def _run(self) -> None:
        while group := self._next():
            try:
                self._keep([(envelope, raw) for envelope, raw, _ in group])
            except Exception as fault:
                # The text of an exception may hold a citizen's words: only its kind is for everyone.
                log.error("%d mails could not be kept: %s", len(group), type(fault).__name__)
                log.debug("keep raised", exc_info=fault)
                _answer(group, kept=False)
            else:
                _answer(group, kept=True)

    def _next(self) -> list[Waiting]:
        """The mails that wait, within bounds; waits for the first, and is empty only at the end."""
        with self._bell:
            while not self._waiting and not self._ending:
                self._bell.wait()
            group: list[Waiting] = []
            octets = 0
            while self._waiting and len(group) < MOST_MAILS and octets < MOST_OCTETS:
                group.append(self._waiting.popleft())
                octets += len(group[-1][1])
            return group


def _answer(group: list[Waiting], *, kept: bool) -> None:
    def tell() -> None:
        for _, _, answer in group:
            if not answer.done():  # its client may have gone meanwhile
                answer.set_result(kept)

    try:
        group[0][2].get_loop().call_soon_threadsafe(tell)
    except RuntimeError:
        log.warning("%d mails were decided after the door had closed", len(group))
