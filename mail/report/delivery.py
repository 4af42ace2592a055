"""Delivery status notifications in machine form: message/delivery-status (RFC 3464), read as mail systems write it.

Tolerant: fields in any order or case, folded, doubled or missing; addresses without a type; several recipients without
blank lines between them. What was delivered, relayed or expanded (section 2.3.3) is no failure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.reading import Failure

from . import address, verdict

MOST_RECIPIENTS = 200

_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,40})[ \t]{0,5}:[ \t]*(.*)$")
_RECIPIENT_FIELDS = ("original-recipient", "final-recipient", "x-actual-recipient")
_NO_FAILURE = ("delivered", "relayed", "expanded", "deliverable", "success")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a delivery-status part says: the failures, of how many recipients it told, how many of them failed.

    More may have failed than `failures` holds: some systems leave the address out.
    """

    failures: tuple[Failure, ...]
    recipients: int
    failed: int
    message_id: str | None = None


def read_status(text: str) -> Delivery:
    """The failures in one delivery-status part; several blocks for one recipient count once, the failing one first."""
    blocks = _blocks(text)
    failures: dict[str, Failure] = {}
    told, failed = 0, 0
    message_id = None
    for block in blocks[: MOST_RECIPIENTS * 2]:
        message_id = message_id or block.get("x-original-message-id") or block.get("original-message-id")
        if not any(name in block for name in (*_RECIPIENT_FIELDS, "action", "status")):
            continue
        if "reporting-mta" in block and not any(name in block for name in _RECIPIENT_FIELDS):
            continue
        told += 1
        if not _failing(block):
            continue
        failed += 1
        failure = _failure(block)
        if failure and len(failures) < MOST_RECIPIENTS:
            key = failure.address.lower()
            if key not in failures or failure.permanent:
                failures[key] = failure
    message_id = message_id.strip().strip("<>") if message_id else None
    return Delivery(tuple(failures.values()), told, failed, message_id)


def looks_like_status(text: str) -> bool:
    """Whether a text holds the fields of a delivery status that lost its own part."""
    return bool(
        re.search(r"(?im)^(?:final|original)-recipient[ \t]{0,5}:", text)
        and re.search(r"(?im)^(?:action|status)[ \t]{0,5}:", text)
    )


def _blocks(text: str) -> list[dict[str, str]]:
    """Blocks of fields; a second Final-Recipient begins a new block even where the blank line was lost."""
    blocks: list[dict[str, str]] = [{}]
    name = ""
    for line in text[:200_000].split("\n"):
        stripped = line.rstrip("\r \t")
        if not stripped:
            if blocks[-1]:
                blocks.append({})
            name = ""
        elif line[:1] in " \t" and name:
            if len(blocks[-1][name]) < 4000:
                blocks[-1][name] += " " + stripped.strip()
        elif match := _FIELD.match(stripped):
            name = match[1].lower()
            if name in blocks[-1]:
                if name in ("final-recipient", "action"):
                    blocks.append({})
                else:
                    name = ""
                    continue
            blocks[-1][name] = match[2].strip()
        else:
            name = name if name in blocks[-1] else ""
            if name == "diagnostic-code" and len(blocks[-1][name]) < 4000:  # unfolded by a careless relay
                blocks[-1][name] += " " + stripped.strip()
    return [block for block in blocks if block]


def _failing(block: dict[str, str]) -> bool:
    """Whether a recipient's block tells of a failure or delay: by its action, else by its codes."""
    action = block.get("action", "").strip().lower()
    if action:
        return not action.startswith(_NO_FAILURE)
    status = block.get("status", "").strip()
    return not status.startswith("2") and verdict.codes(status, block.get("diagnostic-code", "")) is not None


def _failure(block: dict[str, str]) -> Failure | None:
    action = block.get("action", "").strip().lower()
    status = block.get("status", "")
    diagnostic = block.get("diagnostic-code", "")
    code = verdict.codes(status, diagnostic)
    recipient = _recipient(block)
    if not recipient:
        return None
    delayed = action.startswith(("delay", "warn"))
    permanent = not delayed and verdict.is_permanent(code, diagnostic or status)
    return Failure(recipient, permanent, code, re.sub(r"\s+", " ", diagnostic)[:500])


def _recipient(block: dict[str, str]) -> str:
    """The address we wrote to if it is known (section 2.3.1), else the last one the mail was sent on to."""
    for name in _RECIPIENT_FIELDS:
        found = address.typed(block.get(name, ""))
        if found and "." in found.rpartition("@")[2]:
            return found
    for name in _RECIPIENT_FIELDS:
        if found := address.typed(block.get(name, "")):
            return found
    inside = address.addresses_in(block.get("diagnostic-code", ""))
    if inside:
        return inside[0]
    return ""
