"""flanker's reading of a mail's structure, held against our own: two readers that differ mean an ambiguous mail.

flanker comes first in what it does well, telling the structure of a sound mail; but it scans characters, not bytes,
raises on some three in a hundred real mails, and guesses charsets without saying so. So it is given a skeleton (all
fields, no large body), within bounds, and its list of parts is compared with that of `split`. Bodies are cut, decoded
and named by our own code alone, since only that keeps an attachment's bytes exact.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from mail.read.split import Part, Tree

_MAX_SKELETON: Final = 60_000
_MAX_LINE: Final = 2_000
_MAX_PARTS: Final = 60
_MAX_BODY: Final = 2_000
_MAX_DEPTH: Final = 10


@lru_cache(maxsize=1)
def _scanner() -> Any:
    """flanker's scanner, imported at the first mail only; its grammar's complaints about itself are kept off stderr."""
    logging.getLogger("flanker").setLevel(logging.CRITICAL)
    from flanker.mime.message.scanner import scan

    return scan


def difference(tree: Tree) -> str:
    """What flanker sees otherwise in the structure of a mail, or "" where it agrees or is not asked."""
    skeleton = _skeleton(tree)
    if skeleton is None:
        return ""
    try:
        theirs = [kind.lower() for kind in _leaves(_scanner()(skeleton), 0)]
    except Exception as error:  # flanker lets IndexError, TypeError, RecursionError and more through on broken mail
        return f"flanker could not read the structure ({type(error).__name__}); it was read without it"
    ours = [part.type for part in _own_leaves(tree.root)]
    if theirs == ours:
        return ""
    return f"flanker reads {len(theirs)} parts otherwise than the {len(ours)} found here; these were kept"


def _skeleton(tree: Tree) -> str | None:
    """The mail with large and binary bodies left out, as characters one to a byte; None beyond the bounds."""
    pieces: list[bytes] = []
    size = 0
    for count, (part, piece) in enumerate(_pieces(tree, tree.root, 0)):
        size += len(piece)
        if size > _MAX_SKELETON or count > _MAX_PARTS or part is None or part.type == "multipart/digest":
            return None  # too much for a second reading, or a digest, whose default type flanker does not know
        pieces.append(piece)
    raw = b"".join(pieces)
    if max(map(len, raw.split(b"\n"))) > _MAX_LINE:
        return None
    return raw.decode("utf-8", "replace")


def _pieces(tree: Tree, part: Part, depth: int) -> Iterator[tuple[Part | None, bytes]]:
    if depth > _MAX_DEPTH or part.start - part.header_start > _MAX_SKELETON:
        yield None, b""
        return
    header = tree.raw[part.header_start : part.start]
    if not part.children:
        small = part.end - part.start <= _MAX_BODY and part.type.startswith("text/") and part.encoding != "base64"
        yield part, header + (tree.raw[part.start : part.end] if small else b"\n")
        return
    yield part, header
    delimiter = b"--" + part.params.get("boundary", "").encode("utf-8", "replace")
    for child in part.children:
        yield part, b"\n" + delimiter + b"\n"
        yield from _pieces(tree, child, depth + 1)
    yield part, b"\n" + delimiter + b"--\n"


def _leaves(part: Any, depth: int) -> Iterator[str]:
    kind = part.content_type
    if not kind.is_multipart() or depth > _MAX_DEPTH:
        yield str(kind)
        return
    for child in part.parts:
        yield from _leaves(child, depth + 1)


def _own_leaves(part: Part) -> Iterator[Part]:
    if not part.children:
        yield part
    for child in part.children:
        yield from _own_leaves(child)
