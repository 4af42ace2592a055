"""What our own relay found out about a mail's sender: DKIM, SPF and DMARC from its Authentication-Results (RFC 8601).

Anyone can write such a field into a mail. Ours is the topmost one with our relay's name, above the Received field of
the host that gave us the mail; all others are read over. A relay must delete fields in its own name that come in (RFC
8601 section 5); should it not, an own field below the topmost counts for nothing either. Fields are read from the raw
mail: once encoded words are decoded, an address in a comment could have become a result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

HEADER_OCTETS = 256 * 1024
FIELD_CHARACTERS = 16 * 1024
RESULTS = 50

_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]{0,20}:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)(?:\r?\n|\Z)")
_END = re.compile(rb"\r?\n\r?\n")
_RESULT = re.compile(r"([a-z][a-z0-9-]*)(?:/1)?=([a-z]+)")
_PROPERTY = re.compile(r"([a-z][a-z0-9-]*)\.([a-z][a-z0-9-]*)=(.*)", re.DOTALL)


class Verdict(StrEnum):
    """What a method says about the From domain. UNKNOWN: nothing, or about another domain, or it went wrong."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Trust:
    """What is known of who sent a mail. `checked` is False if our relay wrote nothing about it.

    `dkim` and `spf` count only where they are about the From domain or one it lies below; `dmarc` is the relay's own
    verdict, which knows more (organisational domains, the domain's policy).
    """

    domain: str
    checked: bool = False
    dkim: Verdict = Verdict.UNKNOWN
    spf: Verdict = Verdict.UNKNOWN
    dmarc: Verdict = Verdict.UNKNOWN

    @property
    def authentic(self) -> bool:
        """Whether the From domain itself stands for this mail."""
        if self.dmarc is not Verdict.UNKNOWN:
            return self.dmarc is Verdict.PASS
        return Verdict.PASS in {self.dkim, self.spf}

    @property
    def forged(self) -> bool:
        """Whether the From domain disowns this mail."""
        return self.dmarc is Verdict.FAIL


@dataclass(frozen=True, slots=True)
class MethodResult:
    """One result: method and result in lower case; properties such as `header.d`, one named twice left out."""

    method: str
    result: str
    properties: dict[str, str]


def authenticated(raw: bytes, authserv_id: str, sender: str, *, hops: int = 1, fields: int = 1) -> Trust:
    """The trust in `sender` (the From address) of a raw mail, by what the relay that calls itself `authserv_id` wrote.

    `hops` is how many Received fields our own hosts add, `fields` how many Authentication-Results our relay adds one
    under the other (one for each milter, if they write their own).
    """
    domain = sender.rpartition("@")[2].strip().rstrip(".").lower()
    results = _own_results(raw, authserv_id.lower(), hops, fields)
    if results is None or not domain:
        return Trust(domain)
    return Trust(
        domain,
        checked=True,
        dkim=_aligned(results, domain, "dkim", ("header.d", "header.i")),
        spf=_aligned(results, domain, "spf", ("smtp.mailfrom",)),
        dmarc=_dmarc(results, domain),
    )


def _own_results(raw: bytes, authserv_id: str, hops: int, fields: int) -> list[MethodResult] | None:
    """All results of our relay's fields; None if it wrote none."""
    found: list[MethodResult] | None = None
    received = taken = 0
    for name, value in header_fields(raw):
        if name == "received":
            received += 1
            if received > hops or taken:
                break
        elif name == "authentication-results":
            parsed = parse(value)
            if parsed is not None and parsed[0] == authserv_id:
                found = [*(found or []), *parsed[1]]
                taken += 1
                if taken == fields:
                    break
        elif taken:
            break
    return found


def _dmarc(results: list[MethodResult], domain: str) -> Verdict:
    # A result that does not name the From domain may be about another of several From addresses.
    mine = [one for one in results if one.method == "dmarc" and _domain(one.properties.get("header.from")) == domain]
    return _verdict(mine[:1])


def _aligned(results: list[MethodResult], domain: str, method: str, names: tuple[str, ...]) -> Verdict:
    mine = []
    for one in results:
        value = next((one.properties[name] for name in names if name in one.properties), None)
        signer = _domain(value)
        if one.method == method and "." in signer and (domain == signer or domain.endswith("." + signer)):
            mine.append(one)
    return _verdict(mine)


def _verdict(results: list[MethodResult]) -> Verdict:
    words = {one.result for one in results}
    if "pass" in words:
        return Verdict.PASS
    return Verdict.FAIL if "fail" in words else Verdict.UNKNOWN


def _domain(value: str | None) -> str:
    return (value or "").rpartition("@")[2].rstrip(".").lower()


def header_fields(raw: bytes) -> list[tuple[str, str]]:
    """Names (lower case) and unfolded raw values of a mail's header fields, in order; lines that are none end them."""
    head = raw[:HEADER_OCTETS]
    end = _END.search(head)
    head = head[: end.start()] if end else head
    found: list[tuple[str, str]] = []
    place = 0
    while field := _FIELD.match(head, place):
        value = field[2].replace(b"\r", b"").replace(b"\n", b"")
        found.append((field[1].decode("ascii").lower(), value.decode("utf-8", "replace").strip()))
        place = field.end()
    return found


def parse(value: str) -> tuple[str, list[MethodResult]] | None:
    """The authserv-id (lower case) and the results of one field (RFC 8601 section 2.2); None for anything else."""
    if len(value) > FIELD_CHARACTERS:
        return None
    statements = _statements(value)
    if not statements or not statements[0] or len(statements) > RESULTS:
        return None
    words = statements[0]
    if words[1:] not in ([], ["1"]):  # a version that is not ours to understand
        return None
    results: list[MethodResult] = []
    for statement in statements[1:]:
        found = _RESULT.fullmatch(statement[0].lower()) if statement else None
        if found:
            results.append(MethodResult(found[1], found[2], _properties(statement[1:])))
    return words[0].lower(), results


def _properties(words: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    twice: set[str] = set()
    for word in words:
        found = _PROPERTY.fullmatch(word)
        if found:
            name = f"{found[1]}.{found[2]}".lower()
            if name in values:
                twice.add(name)
            values[name] = found[3]
    return {name: value for name, value in values.items() if name not in twice}


def _statements(value: str) -> list[list[str]] | None:
    """The field cut at semicolons and white space; None if a quote or comment does not end. One pass, any nesting.

    Comments are white space; a quoted string is part of its word, whatever it holds.
    """
    statements: list[list[str]] = [[]]
    word: list[str] = []
    depth, quoted, escaped = 0, False, False
    for character in [*value, ";"]:
        if escaped:
            escaped = False
            if quoted:
                word.append(character)
        elif character == "\\" and (quoted or depth):
            escaped = True
        elif quoted:
            quoted = character != '"'
            if quoted:
                word.append(character)
        elif depth:
            depth += (character == "(") - (character == ")")
        elif character == '"':
            quoted = True
        elif character in "( \t;":
            if word:
                statements[-1].append("".join(word))
                word.clear()
            depth = int(character == "(")
            if character == ";":
                statements.append([])
        else:
            word.append(character)
    if quoted or depth:
        return None
    return [_joined(words) for words in statements[:-1]]


def _joined(words: list[str]) -> list[str]:
    """Words with the sign of equality put back between name and value where white space stood around it."""
    joined: list[str] = []
    for word in words:
        if joined and (word.startswith("=") or joined[-1].find("=") == len(joined[-1]) - 1):
            joined[-1] += word
        else:
            joined.append(word)
    return joined
