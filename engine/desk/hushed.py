"""What a desk's line says of secrecy beside an office: `inspektorat aja rahasiakan`, `ke dishub, samarkan namanya`."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.desk.intent import Intent
from engine.desk.world import World
from engine.ticket import Ticket

_SECRET = re.compile(
    r"[\s,;.]*\b(?:(?:dan|tolong|mohon|tapi|ini|harap|minta)\s+)*"
    r"(?:(?:di)?(?:rahasia(?:kan|in)|samar(?:kan|in))|rahasia)\b"
    r"(?:\s+(?:nama(?:nya)?|identitas(?:nya)?|pelapor(?:nya)?|aja|saja|ya|pak|bu|laporan(?:nya)?|ini))*",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:jangan|jgn|tidak|tdk|tak|gak?|nggak|ngga|bukan|perlu|usah|belum)\W*$", re.IGNORECASE)


def hush(text: str) -> tuple[bool, str]:
    """Whether the first line of a text asks for secrecy besides, and the text without those words."""
    first, mark, rest = text.strip().partition("\n")
    found = _SECRET.search(first[:200])
    if found is None or "?" in first or _DENIED.search(first[: found.start()]) or found.start() == 0:
        return False, text
    return True, f"{first[: found.start()]}{first[found.end() :]}".strip(" ,;.") + mark + rest


def hushed(world: World, ticket: Ticket, said: Intent, text: str) -> Intent:
    """What a desk asks for that wants it secret besides: RAHASIAKAN with the inspectorate, else SAMARKAN too."""
    inspectors = world.unit_of(world.policy_of(ticket).secret_position)
    if said.event == "route" and said.target is not None and world.unit_of(said.target) == inspectors:
        return Intent("conceal", None, said.named, reason=text)
    return replace(said, hidden=True)
