"""Maildirs of the sandbox: where a mailbox lies, how a mail is put there, and the raw bytes back.

Written as maildir(5) says: into tmp/, then renamed into new/. Lines end in CRLF, as IMAP will show them.
"""

from __future__ import annotations

import itertools
import os
import re
import socket
from datetime import datetime
from pathlib import Path

_BARE = re.compile(rb"\r?\n|\r")
_UNSAFE = re.compile(r"[^a-z0-9.+_@=-]")
_counter = itertools.count()


def home(root: Path, address: str) -> Path:
    """The Maildir of an address below `root`; characters that a file system might misread are written as `=xx`."""
    safe = _UNSAFE.sub(lambda m: "=" + m[0].encode().hex(), address.lower()).lstrip(".")
    local, _, domain = safe.rpartition("@")
    return root / (domain.strip(".") or "local") / (local.strip(".") or "=")


def crlf(raw: bytes) -> bytes:
    """The same mail with every line ended by CRLF (RFC 5322 section 2.1)."""
    return _BARE.sub(b"\r\n", raw)


def create(path: Path) -> None:
    """Make the three folders of a Maildir if they are not there."""
    for name in ("tmp", "new", "cur"):
        (path / name).mkdir(parents=True, exist_ok=True)


def deliver(path: Path, raw: bytes, at: datetime) -> str:
    """Put one mail into new/ and return its file name; `at` becomes IMAP's INTERNALDATE."""
    create(path)
    name = f"{at.timestamp():.0f}.M{at.microsecond:06}P{os.getpid()}Q{next(_counter):08}.{socket.gethostname()}"
    temporary = path / "tmp" / name
    temporary.write_bytes(crlf(raw))
    os.utime(temporary, (at.timestamp(), at.timestamp()))
    temporary.rename(path / "new" / name)
    return name


def mails(path: Path) -> list[bytes]:
    """The raw mails of a Maildir's inbox in the order of delivery, whatever their flags."""
    files = [p for folder in ("new", "cur") if (path / folder).is_dir() for p in (path / folder).iterdir()]
    return [p.read_bytes() for p in sorted(files, key=lambda p: (p.stat().st_mtime, p.name.partition(":")[0]))]
