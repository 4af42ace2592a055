"""When each account logged in last, from the file that Dovecot's last_login plugin writes (dict `file:`)."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from pathlib import Path

log = logging.getLogger(__name__)

LARGEST = 50_000_000  # octets of such a file


class Logins:
    """The file's times by mailbox; read again when it has changed. A file that cannot be read tells nothing.

    Pairs of lines: a key such as `shared/last-login/kasi@kota.test`, and seconds since 1970.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state: tuple[int, int] | None = None
        self._times: dict[str, int] = {}
        self._lock = threading.Lock()

    def last(self, mailbox: str) -> datetime | None:
        """The last login of a mailbox's owner; None if it is not known."""
        with self._lock:
            self._refresh()
            found = self._times.get(mailbox.lower())
        return None if found is None else datetime.fromtimestamp(found, UTC)

    def _refresh(self) -> None:
        try:
            told = self._path.stat()
            state = (told.st_mtime_ns, told.st_size)
            if state == self._state:
                return
            with self._path.open("rb") as file:
                lines = file.read(LARGEST).decode("utf-8", "replace").split("\n")
        except OSError as fault:
            log.warning("the times of logins cannot be read: %s", type(fault).__name__)
            self._times, self._state = {}, None
            return
        pairs = zip(lines[::2], lines[1::2], strict=False)
        self._times = {
            key.rpartition("/")[2].lower(): int(value) for key, value in pairs if value.isdecimal() and len(value) < 12
        }
        self._state = state
