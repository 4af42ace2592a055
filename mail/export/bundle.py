"""The proof of one ticket as a ZIP file: every file streamed in, its digest taken, the manifest last, times fixed.

Names inside are made of numbers alone, never of a stranger's words. The same tables give the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from engine.errors import SibadraError
from engine.letter import LetterState
from engine.store.chain import GENESIS
from mail.export import tables, words
from mail.export.case import Case, plain_json
from mail.export.page import page, readme
from mail.export.paper import paper
from mail.export.story import moments
from mail.export.verify import MANIFEST
from mail.page import KINDS

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the ZIP file: the oldest it can say, so that equal proofs are equal bytes."""
PERMISSIONS = 0o100644 << 16


class CannotExport(SibadraError):
    """The file cannot be written there."""


def check_target(file: Path) -> None:
    """Raises CannotExport where FILE could not be made: no folder, or something lies there already."""
    if not file.parent.is_dir():
        raise CannotExport(f"{file}: the folder {file.parent} does not exist")
    if os.path.lexists(file):
        raise CannotExport(f"{file}: exists already; choose another name, a proof is never overwritten")


def export(case: Case, file: Path) -> str:
    """Writes the proof, whole or not at all, readable for this user alone; gives the SHA-256 of its manifest."""
    check_target(file)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            seal = _write(case, Bundle(zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED), case.ticket.number))
            out.flush()
            os.fsync(out.fileno())
        _name(fresh, file)
    except FileExistsError:
        raise CannotExport(f"{file}: exists already; choose another name, a proof is never overwritten") from None
    except OSError as wrong:
        raise CannotExport(f"{file}: cannot be written: {wrong.strerror}") from None
    finally:
        fresh.unlink(missing_ok=True)
    return seal


def _name(fresh: Path, file: Path) -> None:
    """Gives the finished file its name, in one step; never over another file."""
    try:
        os.link(fresh, file)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no second names, as of a stick
        if os.path.lexists(file):
            raise FileExistsError(str(file)) from None
        fresh.rename(file)


class Bundle:
    """A ZIP file that remembers each file's digest; all lies in one folder with the ticket's number."""

    def __init__(self, zipped: zipfile.ZipFile, folder: str) -> None:
        self._zip = zipped
        self._folder = folder
        self.digests: dict[str, str] = {}

    def add(self, name: str, content: bytes | Iterable[bytes]) -> str:
        """Adds a file, whole or in pieces; gives its SHA-256."""
        info = zipfile.ZipInfo(f"{self._folder}/{name}", LONG_AGO)
        info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, PERMISSIONS, 3
        found = hashlib.sha256()
        with self._zip.open(info, "w") as out:
            for piece in (content,) if isinstance(content, bytes) else content:
                found.update(piece)
                out.write(piece)
        self.digests[name] = found.hexdigest()
        return self.digests[name]

    def close(self) -> str:
        """Adds the manifest, in the form of `sha256sum`; gives its own SHA-256."""
        lines = [f"{digest}  {name}\n" for name, digest in sorted(self.digests.items())]
        seal = self.add(MANIFEST, "".join(lines).encode())
        self._zip.close()
        return seal


def _write(case: Case, bundle: Bundle) -> str:
    told = moments(case)
    bundle.add("README.txt", readme(case))
    bundle.add("timeline.html", page(case, told))
    bundle.add("timeline.pdf", paper(case, told))
    bundle.add("mails.csv", tables.table(tables.MAILS, list(_mails(case, bundle))))
    bundle.add("letters.csv", tables.table(tables.LETTERS, list(_letters(case, bundle))))
    bundle.add("observations.csv", tables.observations(case))
    bundle.add("decisions.csv", tables.decisions(case, told))
    bundle.add("deadlines.csv", tables.deadlines(case))
    bundle.add("history.jsonl", (f"{plain_json(case.record(row))}\n".encode() for row in case.rows))
    bundle.add("chain.txt", _chain(case))
    bundle.add("verify.py", files("mail.export").joinpath("verify.py").read_bytes())
    return bundle.close()


def _mails(case: Case, bundle: Bundle) -> Iterator[tuple[object, ...]]:
    """Adds the bytes of each mail; gives its line of the table."""
    for mail in case.store.each_mail(case.ticket.id):
        why, name = case.kept_back.get(mail.id, ""), f"mails/mail-{mail.id:06d}.eml"
        e, kind, state = mail.envelope, KINDS.get(mail.kind, mail.kind), words.MAIL_STATES[mail.state]
        if why:
            yield mail.id, e.received_at, kind, state, "", "", "", "", "", why
            continue
        bundle.add(name, mail.raw)
        recipients = " ".join(e.recipients)
        yield mail.id, e.received_at, kind, state, e.reverse_path, recipients, e.peer, mail.sha256, name, ""


def _letters(case: Case, bundle: Bundle) -> Iterator[tuple[object, ...]]:
    """Adds the bytes of each letter as it was sent; gives its line of the table."""
    for one in case.letters.values():
        raw = case.store.raw_letter(one.id) if one.state is LetterState.SENT else None
        why, name, digest = case.letter_kept_back(one, raw), f"letters/letter-{one.id:06d}.eml", ""
        if raw is not None and not why:
            digest = bundle.add(name, raw)
        yield (
            one.id,
            words.LETTERS.get(one.kind, one.kind),
            case.reader(one),
            case.mailbox(one),
            one.message_id,
            words.LETTER_STATES[one.state],
            one.created_at,
            one.sent_at,
            case.relayed(one, one.relay_reply),
            one.delivered_at,
            one.seen_at,
            one.seen_how,
            one.answered_at,
            one.auto_at,
            one.bounced_at,
            case.relayed(one, one.error),
            digest,
            "" if why else name,
            why,
        )


def _chain(case: Case) -> Iterator[bytes]:
    """The links from the ticket's first row to the history's end: of other tickets' rows nothing but their digests."""
    ours = {row.id for row in case.rows}
    first = min(ours, default=1)
    number, last = first - 1, case.rows[0].previous if case.rows else GENESIS
    yield f"start {number} {last}\n".encode()
    for number, digest in case.store.digests(first):
        yield f"{number} {digest}{' *' if number in ours else ''}\n".encode()
    count, _, head = case.store.history_head().partition(":")
    yield f"end {count} {head}\n".encode()
