"""The history's chain: each row carries a hash over the row before it, its own number, and all that it says.

Three steps, so that a row can be shown to somebody who may not read all of it and the chain can still be checked:

    data digest   sha256 of the row's data as its JSON text stands in the table
    digest        sha256 of the JSON list [id, at, ticket, actor, event, from, to, mail, letter, data digest]
    hash          sha256 of "previous hash:digest"

`at` counts microseconds since 1970 UTC. A row that may not be shown is handed over as its digest alone, data that may
not be shown as the data digest. A raw mail is bound by the row `kept`, a letter as it was sent by the row `sent`:
their data name its sha256. A row that came of a mail names that mail's, so that nobody who has the data digest alone
can try out what was said, or by whom; a ticket's first row names a digest of what the ticket says of its report.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from engine.message import Envelope

GENESIS = "0" * 64
COLUMNS = ("id", "at", "ticket", "actor", "event", "from_state", "to_state", "mail", "letter", "data")
"""The columns a hash covers, in its order; `data` enters by its digest."""


def sha256(content: bytes) -> str:
    """The digest in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""JSON as it is hashed: sorted keys, no blanks, letters as they are."""


def digest(row: Sequence[Any]) -> str:
    """The digest of a row given in the order of COLUMNS, its data as the JSON text that stands in the table."""
    return sha256(canonical([*row[:9], sha256(str(row[9]).encode())]).encode())


def link(previous: str, content: str) -> str:
    """The hash of a row with this digest behind a row with that hash."""
    return sha256(f"{previous}:{content}".encode())


def head(count: int, last: str) -> str:
    """The chain's end as one line: how many rows, and the hash of the last."""
    return f"{count}:{last}"


def parse_head(text: str | None) -> tuple[int, str]:
    """Number and hash of the last row; nothing told yet is row 0. A damaged line is row -1, which fits no chain."""
    if text is None:
        return 0, GENESIS
    count, _, last = text.partition(":")
    return (int(count), last) if count.isascii() and count.isdigit() and len(count) < 19 else (-1, last)


def seal(envelope: Envelope, raw: bytes) -> dict[str, object]:
    """What the history keeps of an incoming mail: the digest of its bytes, and one of its envelope with them.

    The envelope's digest covers the mail's own, so that nobody can guess an address from it.
    """
    content = sha256(raw)
    said = [
        content,
        envelope.reverse_path,
        list(envelope.recipients),
        envelope.peer,
        envelope.protocol,
    ]
    return {"sha256": content, "size": len(raw), "envelope": sha256(canonical(said).encode())}


REPORT = ("mail", "number", "workflow", "opened_at", "subject", "text", "citizen_name", "citizen_address")
"""What a ticket says of its report, from its first row on to its end."""


def report(content: str, ticket: Sequence[Any]) -> str:
    """The digest of a ticket's columns REPORT, over the digest of its mail's bytes: nobody can guess a name from it."""
    return sha256(canonical([content, *ticket]).encode())
