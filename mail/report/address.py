"""Addresses as they stand in notices: found in text, made plain, and told apart from the machine's own."""

from __future__ import annotations

import re

# An address ends where white space or a bracket begins, so each letter is looked at once (linear on any line).
_ADDRESS = re.compile(
    r"""(?<![^\s<>()\[\],;:"@&|])([^\s<>()\[\],;:"@&|]{1,64})@(\[?[\w](?:[\w.-]{0,250}[\w])?\]?)""", re.UNICODE
)
_PREFIX = re.compile(r"^(?:smtp|rfc822|mailto|addr|address|to|rcpt)[=:]", re.I)
_XTEXT = re.compile(r"\+([0-9A-F]{2})")
_MACHINE = re.compile(
    r"^(?:mailer[-_.]?daemon|mail[-_.]?daemon|post-?master|postmaster[-_+.].*|abuse|hostmaster|mdaemon|daemon"
    r"|no-?reply|do-?not-?reply|noreply[-_+.].*|bounces?|bounce[-+=].*|root|listserv)$"
)


def addresses_in(text: str) -> list[str]:
    """Every address in `text` in order, each once (compared without case)."""
    seen: dict[str, str] = {}
    for match in _ADDRESS.finditer(text):
        address = plain(f"{match[1]}@{match[2]}")
        if address:
            seen.setdefault(address.lower(), address)
    return list(seen.values())


def plain(written: str) -> str:
    """An address without brackets, quotes, `rfc822;` and other dress; "" if nothing with an @ is left."""
    value = written.strip()
    if "<" in value and ">" in value[value.find("<") :]:
        value = value[value.find("<") + 1 : value.find(">", value.find("<"))]
    value = value.strip().strip("<>\"'`*.,;:()[] \t")
    while prefix := _PREFIX.match(value):
        value = value[prefix.end() :]
    value = value.strip("'\"`<>")
    if value.startswith("@") and ":" in value:  # a source route of RFC 5321 section 4.1.1.3
        value = value.rpartition(":")[2]
    local, at, domain = value.rpartition("@")
    if not at or not local or not domain or len(value) > 254 or any(ch.isspace() for ch in value):
        return ""
    return value


def typed(value: str) -> str:
    """The address of an RFC 3464 field `type; address` (section 2.3.1), with xtext of RFC 3461 section 4 undone."""
    kind, semicolon, rest = value.partition(";")
    written = rest if semicolon and "@" not in kind else value
    written = re.sub(r"\([^()]{0,200}\)\s*$", "", written.strip())
    address = plain(written)
    if not address and semicolon:
        address = plain(value)
    decoded = _XTEXT.sub(lambda match: chr(int(match[1], 16)), address)
    # Only the codes that xtext must encode are undone: a plus address such as aduan+C4@x must stay what it is.
    return decoded if "+3D" in address or "+2B" in address else address


def is_machine(address: str) -> bool:
    """Whether the local part is a mail system's own, such as MAILER-DAEMON or postmaster (RFC 2142)."""
    return bool(_MACHINE.match(address.partition("@")[0].lower()))
