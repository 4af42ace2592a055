"""Header values to characters: unfolding (RFC 5322 section 2.2.3), encoded words (RFC 2047), parameters (RFC 2231).

Written for what arrives rather than for what is allowed: encoded words with blanks in them, inside quotes, glued to
text or cut within a character; raw 8-bit values; file names without quotes. Every function is linear in its input.
"""

from __future__ import annotations

import binascii
import re
from typing import Final
from urllib.parse import unquote_to_bytes

from mail.read import charset, transfer

_FOLD: Final = re.compile(r"[\r\n]+([ \t])[ \t]*|[\r\n\0]+")
_WORD_START: Final = re.compile(r"=\?([^?\s=]{1,60})\?\s?([BbQq])\s?\?")
_Q_ESCAPE: Final = re.compile(rb"=([0-9A-Fa-f]{2})")
_FULL_TYPE: Final = re.compile(r"[A-Za-z]{1,40}/[A-Za-z0-9.+-]{1,100}\Z")
_NEXT: Final = re.compile(r"[ \t]+([A-Za-z][A-Za-z0-9*-]{0,60}[ \t]{0,9}=)")
_KNOWN: Final = re.compile(
    r"[ \t]((?:charset|name|filename|boundary|format|delsp|type|start|protocol|micalg|report-type|smime-type|size"
    r"|server|site|mode|id|access-type|creation-date|modification-date|read-date)(?:\*\d{0,3}\*?)?[ \t]?=[^ \t])",
    re.IGNORECASE,
)
"""A parameter that follows another without a semicolon; only names that mail uses, since file names hold anything."""
_MAX_PARAMETERS: Final = 100
_EXTENDED: Final = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?\Z")


def unfold(raw: bytes, label: str | None = None) -> str:
    """A raw field body on one line as characters; 8-bit values by `charset.decode` with the mail's own label."""
    raw = raw.strip(b" \t\r\n\0")
    text = raw.decode("ascii") if raw.isascii() else charset.decode(raw, label)[0]
    if "\n" in text or "\r" in text or "\0" in text:
        text = _FOLD.sub(lambda fold: " " if fold.group(1) else "", text)
    return text


def decode(value: str) -> str:
    """An unfolded value with its encoded words decoded; blanks between two encoded words are dropped (RFC 2047 6.2)."""
    if "=?" not in value:
        return value
    out: list[str] = []
    run: list[tuple[str, bytes]] = []
    at = 0
    for start, end, label, data in words(value):
        between = value[at:start]
        if not (run and not between.strip()):
            out.append(_joined(run))
            run = []
            out.append(between)
        run.append((label, data))
        at = end
    out.append(_joined(run))
    out.append(value[at:])
    return "".join(out).replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\0", "")


def words(value: str) -> list[tuple[int, int, str, bytes]]:
    """Every encoded word of `value`: where it starts and ends, its charset label and its bytes."""
    found: list[tuple[int, int, str, bytes]] = []
    at = 0
    while match := _WORD_START.search(value, at):
        close = value.find("?=", match.end())
        if close < 0:
            break
        text = value[match.end() : close]
        nested = _WORD_START.search(text)
        if nested:  # the first was never closed
            at = match.end() + nested.start()
            continue
        data = _b(text) if match.group(2) in "Bb" else _q(text)
        at = close + 2
        if data is not None:
            found.append((match.start(), at, match.group(1).split("*")[0], data))
    return found


def _b(text: str) -> bytes | None:
    raw = text.encode("ascii", "ignore")
    try:
        if len(raw) % 4 == 0:
            return binascii.a2b_base64(raw, strict_mode=True)
    except binascii.Error:
        pass
    data, _ = transfer.repaired(raw)  # a word says itself what it is: stray characters are ignored
    return data if data or not raw.strip() else None


def _q(text: str) -> bytes:
    raw = text.replace("_", " ").encode("utf-8", "replace")
    return _Q_ESCAPE.sub(lambda match: bytes((int(match.group(1), 16),)), raw)


def _joined(run: list[tuple[str, bytes]]) -> str:
    """Neighbouring words as text; words of one charset that do not decode alone were cut within a character."""
    out: list[str] = []
    at = 0
    while at < len(run):
        label = run[at][0].lower()
        until = at + 1
        while until < len(run) and run[until][0].lower() == label:
            until += 1
        pieces = [data for _, data in run[at:until]]
        texts = [_alone(piece, label) for piece in pieces]
        if any(text is None for text in texts):
            out.append(_guessed(b"".join(pieces), label))
        else:
            out.extend(text for text in texts if text is not None)
        at = until
    return "".join(out)


def _alone(data: bytes, label: str) -> str | None:
    codec = charset.known(label)
    if codec is None or (codec == "ascii" and not data.isascii()):
        return None
    if codec in ("iso8859-1", "iso8859-9") or codec.startswith("iso2022_jp"):
        return charset.as_labelled(data, codec)
    try:
        return charset.whole(data.decode(codec))
    except UnicodeError:
        return None


def _guessed(data: bytes, label: str) -> str:
    codec = charset.known(label)
    if codec is not None and codec != "ascii":
        text = charset.as_labelled(data, codec)
        if text is not None:
            return text
    return charset.decode(data, label)[0]


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """A value and its parameters (RFC 2045 section 5.1, RFC 2231): (lower-case value, {lower-case name: text})."""
    head, rest = _value(value)
    if not rest:
        return head, {}
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, text in _pairs(rest):
        extended = _EXTENDED.match(name)
        if not extended or "*" not in name:
            plain.setdefault(name, text)
            continue
        number = int(extended.group(2) or 0)
        pieces.setdefault(extended.group(1), {}).setdefault(number, (bool(extended.group(3)), text))
    result = {name: decode(text) if "=?" in text else text for name, text in plain.items()}
    for name, numbered in pieces.items():
        joined = _continued(numbered)
        if joined or name not in result:
            result[name] = joined
    return head, result


def _value(value: str) -> tuple[str, str]:
    """What stands before the first parameter, without comments and blanks; and the rest."""
    semicolon = value.find(";")
    head = value if semicolon < 0 else value[:semicolon]
    rest = "" if semicolon < 0 else value[semicolon + 1 :]
    if "(" in head:
        head = re.sub(r"\([^()]*\)", " ", head)
    fields = head.split(None, 1)
    if len(fields) == 2 and "=" in fields[1]:  # the semicolon was forgotten
        return fields[0].strip("\"'").lower(), f"{fields[1]};{rest}"
    if fields and _FULL_TYPE.match(fields[0]):  # another field was glued to it
        return fields[0].lower(), rest
    return head.strip().strip("\"'").replace(" ", "").lower(), rest


def _pairs(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text) and len(found) < _MAX_PARAMETERS:
        equals = text.find("=", at)
        if equals < 0:
            break
        name = text[at:equals]
        at = equals + 1
        if ";" in name:
            name = name[name.rindex(";") + 1 :]
        if "(" in name:
            name = re.sub(r"\([^()]*\)", "", name)
        name = name.strip().strip("\"'").lower()
        while at < len(text) and text[at] in " \t":
            at += 1
        if text[at : at + 1] == '"':
            content, at = _quoted(text, at + 1)
        else:
            content, at = _bare(text, at)
            if "(" in content and "name" not in name and name != "boundary":
                content = re.sub(r"\([^()]*\)", "", content).strip()
        if name:
            found.append((name, content))
    return found


def _quoted(text: str, at: int) -> tuple[str, int]:
    """A quoted string from after its opening quote; backslashes escape quotes and themselves only (Windows paths)."""
    out: list[str] = []
    start = at
    while at < len(text):
        char = text[at]
        if char == "\\" and text[at + 1 : at + 2] in ('"', "\\"):
            out.append(text[start:at])
            out.append(text[at + 1])
            at += 2
            start = at
        elif char == '"':
            out.append(text[start:at])
            next_one = _NEXT.match(text, at + 1)
            if next_one:  # the semicolon was forgotten
                return "".join(out), next_one.start(1)
            semicolon = text.find(";", at)
            return "".join(out), len(text) if semicolon < 0 else semicolon + 1
        else:
            at += 1
    out.append(text[start:])
    return "".join(out), len(text)


def _bare(text: str, at: int) -> tuple[str, int]:
    """An unquoted value: up to the semicolon, blanks included; an encoded word in it may hold semicolons."""
    search = at
    while word := _WORD_START.match(text, search):
        close = text.find("?=", word.end())
        if close < 0:
            break
        search = close + 2
        while search < len(text) and text[search] in " \t":
            search += 1
    semicolon = text.find(";", search)
    end = len(text) if semicolon < 0 else semicolon
    forgotten = _KNOWN.search(text, search, end)
    if forgotten:
        return text[at : forgotten.start()].strip(), forgotten.start(1)
    content = text[at:end].strip()
    return content.strip("\"'") if content[:1] in ("'", '"') else content, end + 1


def _continued(numbered: dict[int, tuple[bool, str]]) -> str:
    """RFC 2231 sections 3 and 4: continuations in order, percent-decoded where marked, in the first one's charset."""
    label = "utf-8"
    data = bytearray()
    raw = False
    for position, number in enumerate(sorted(numbered)):
        encoded, text = numbered[number]
        if encoded:
            if position == 0 and text.count("'") >= 2:
                label, _, text = text.split("'", 2)
            data += unquote_to_bytes(text)
        else:
            raw = raw or "=?" in text
            data += text.encode("utf-8", "surrogateescape")
    bytes_ = bytes(data)
    codec = charset.known(label or "utf-8") or "utf-8"
    text = charset.as_labelled(bytes_, codec) or charset.decode(bytes_, label)[0]
    return decode(text) if raw else text
