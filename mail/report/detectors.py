"""flufl.bounce, kept for the rare formats it knows, behind a guard: it never raises here and never sees a long line.

Its detectors raise on a From that is empty or 8-bit, search every line with backtracking patterns, and now and then
name the writer of the returned mail as the failing recipient; so the mail is trimmed first and the findings checked.
"""

from __future__ import annotations

import logging
import re
from email import message_from_bytes

from flufl.bounce import all_failures

from . import address

MOST_BYTES = 24_000
MOST_LINES = 700
_BLANK = re.compile(rb"\n(?:[ \t]{0,80}\n){2,}")
_LONG_WORD = re.compile(rb"\S{120}")

log = logging.getLogger(__name__)
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)


def flufl(raw: bytes, barred: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(temporary, permanent) addresses that flufl.bounce finds, without those in `barred` (lower case)."""
    try:
        temporary, permanent = all_failures(message_from_bytes(_tame(raw)))
    except Exception as problem:  # a third party's parser on hostile bytes: whatever it raises means "found nothing"
        log.debug("flufl.bounce gave up: %s", type(problem).__name__)
        return (), ()
    return _checked(temporary, barred), _checked(permanent, barred)


def _tame(raw: bytes) -> bytes:
    """The beginning of the mail with a plain From and no word that is longer than any address."""
    start = _LONG_WORD.sub(lambda match: match[0] + b" ", raw[:MOST_BYTES])
    start = b"\n".join(_BLANK.sub(b"\n\n", start.replace(b"\r\n", b"\n")).split(b"\n", MOST_LINES)[:MOST_LINES])
    head, gap, body = start.partition(b"\n\n")
    sender = re.search(rb"(?im)^from:[ \t]*([^\r\n]*)", head)
    if sender is None or not sender[1].strip():
        head = b"From: mailer-daemon@localhost\n" + re.sub(rb"(?im)^from:[^\r\n]*\r?\n", b"", head)
    return head.decode("ascii", "replace").replace("\ufffd", "?").encode("ascii") + gap + body


def _checked(found: frozenset[bytes], barred: frozenset[str]) -> tuple[str, ...]:
    plain = (address.plain(item.decode("ascii", "replace")) for item in sorted(found))
    return tuple(item for item in plain if item and item.lower() not in barred and not address.is_machine(item))
