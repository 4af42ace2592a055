"""Runs jobs on one machine: `schedule` rings the bells, one thread works, a failing job never stops the others."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

import schedule

from engine.jobs import Job

log = logging.getLogger("sibadra.jobs")


class Bells:
    """One thread that rings each job's bell in turn. `wake()` rings all of them at once (a mail has come in)."""

    def __init__(self, jobs: Sequence[Job], now: Callable[[], datetime], name: str = "jobs") -> None:
        self._jobs = tuple(jobs)
        self._now = now
        self._scheduler = schedule.Scheduler()
        for job in self._jobs:
            self._scheduler.every(max(1, round(job.every))).seconds.do(self.ring, job)
        self._stopping = threading.Event()
        self._awake = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begins ringing."""
        self._thread.start()

    def stop(self, timeout: float = 30.0) -> None:
        """Ends after the job under way."""
        self._stopping.set()
        self._awake.set()
        self._thread.join(timeout)

    def wake(self) -> None:
        """Something has come in: do not wait for the next bell."""
        self._awake.set()

    def ring(self, job: Job) -> int:
        """One bell; a fault is logged and the job is tried again at its next bell."""
        try:
            return job.ring(self._now())
        except Exception:
            log.exception("job failed", extra={"job": job.name})
            return 0

    def _run(self) -> None:
        while not self._stopping.is_set():
            pause = max(0.05, min(1.0, self._scheduler.idle_seconds or 0.05))
            if self._awake.wait(pause):
                self._awake.clear()
                if not self._stopping.is_set():
                    for job in self._jobs:
                        self.ring(job)
            self._scheduler.run_pending()
