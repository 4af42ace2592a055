"""Signed reply addresses, bounce addresses and Message-IDs of our letters: make, parse, verify, repair.

    aduan+c2026000123.1z.k3vq7m2hx5dpa4ne@domain    the Reply-To of one letter to one mailbox
    pantul+1z.k3vq7m2hx5dpa4ne@domain               the reverse-path of that letter (VERP)
    c2026000123.1z.8f3k2j1h.k3vq7m2hx5dpa4ne@domain its Message-ID

The last piece is a MAC: the first 80 bits of HMAC-SHA256 in base32, 16 characters, over purpose, ticket, letter and,
in a Reply-To, the mailbox the letter was sent to. So an address copied to another letter, ticket or purpose is worth
nothing, and whoever checks a Reply-To has to name the mailbox it was given to. Everything compares without case, as
mail systems change it on the way. Every local part we make is at most 64 octets (RFC 5321 section 4.5.3.1.1).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MAC_BYTES = 10  # 80 bits: guessing one by mail takes longer than the city stands
KEY_BYTES = 16
LOCAL_PART_OCTETS = 64
LOCAL_NAME = 19  # leaves room for the longest ticket, letter and MAC
ADDRESS_OCTETS = 320  # 64 + @ + 255: anything longer is no address (RFC 5321 section 4.5.3.1)

_TICKET = re.compile(r"([a-z])-?([0-9]{4})-?([0-9]{6,9})")
_REPLY = re.compile(r"([a-z][0-9]{10,13})\.([0-9a-z]{1,12})\.([a-z2-7]{16})")
_BOUNCE = re.compile(r"([0-9a-z]{1,12})\.([a-z2-7]{16})")
_MESSAGE_ID = re.compile(r"([a-z][0-9]{10,13})\.([0-9a-z]{1,12})\.([0-9a-z]{8})\.([a-z2-7]{16})")


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """A well-formed reply address: it claims a letter, and is worth nothing until `verify` has said yes."""

    ticket: str
    letter: int
    _verify: Callable[[str], bool] = field(repr=False, compare=False)

    def verify(self, mailbox: str) -> bool:
        """Whether we gave this address out in that letter of that ticket to that mailbox."""
        return self._verify(mailbox)


@dataclass(frozen=True, slots=True)
class BounceOf:
    """A bounce address that carries our signature: what comes to it is about this letter."""

    letter: int


@dataclass(frozen=True, slots=True)
class Intake:
    """The open intake address; `detail` is what stood after the plus and is no reply address ("" if nothing)."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class OurLetter:
    """A Message-ID that carries our signature."""

    ticket: str
    letter: int


@dataclass(frozen=True, slots=True)
class Known:
    """A letter that a mistyped reply address may have meant."""

    ticket: str
    letter: int
    mailbox: str


class Addresses:
    """Makes and reads the addresses of one intake domain.

    `keys` are secrets of at least 16 bytes; the first signs, all of them verify, so a key is changed by putting the new
    one in front and dropping the old one when no letter signed with it is open. Raises ValueError for a short key, none
    at all, or local names too long for an address.
    """

    def __init__(
        self, keys: bytes | Sequence[bytes], *, domain: str, local: str = "aduan", bounce_local: str = "pantul"
    ) -> None:
        self._keys = (keys,) if isinstance(keys, bytes) else tuple(keys)
        if not self._keys or any(len(key) < KEY_BYTES for key in self._keys):
            raise ValueError(f"every address key needs at least {KEY_BYTES} bytes, and there must be one")
        self.domain = domain.lower()
        self.local = local.lower()
        self.bounce_local = bounce_local.lower()
        if max(len(self.local), len(self.bounce_local)) > LOCAL_NAME or self.local == self.bounce_local:
            raise ValueError("the intake's and the bounces' local names must differ and be short")

    @property
    def intake(self) -> str:
        """The open address that citizens write to."""
        return f"{self.local}@{self.domain}"

    def reply(self, ticket: str, letter: int, mailbox: str) -> str:
        """The Reply-To of a letter, good only for the mailbox it is sent to. ValueError for a malformed ticket."""
        return f"{self._reply_local(ticket, letter, mailbox)}@{self.domain}"

    def bounce(self, letter: int) -> str:
        """The reverse-path of a letter (VERP), so that a bounce names the letter whatever its text says."""
        number = base36(letter)
        return f"{self.bounce_local}+{number}.{_mac(self._keys[0], 'bounce', number)}@{self.domain}"

    def message_id(self, ticket: str, letter: int, rng: Random) -> str:
        """A Message-ID for a letter, without angle brackets; fix it before sending, as each call gives another."""
        name, number = compact(ticket), base36(letter)
        salt = "".join(rng.choice(DIGITS) for _ in range(8))
        return f"{name}.{number}.{salt}.{_mac(self._keys[0], 'message-id', name, number, salt)}@{self.domain}"

    def parse(self, recipient: str) -> ReplyTo | BounceOf | Intake | None:
        """What an envelope recipient means to us; None where it is not ours, or is a forged or damaged bounce address.

        A damaged reply address is an `Intake` with a detail: the mail is taken, and `repair` may tell what was meant.
        """
        local, domain = _split(recipient)
        if domain != self.domain:
            return None
        base, plus, detail = local.partition("+")
        if base == self.bounce_local:
            found = _BOUNCE.fullmatch(detail)
            if found and self._signed(found[2], "bounce", found[1]):
                return BounceOf(int(found[1], 36))
            return None
        if base != self.local:
            return None
        found = _REPLY.fullmatch(detail) if plus else None
        if not found:
            return Intake(detail)
        name, number, mac = found[1], found[2], found[3]
        return ReplyTo(
            spelled_out(name), int(number, 36), lambda mailbox: self._signed(mac, "reply", name, number, _key(mailbox))
        )

    def accepts(self, recipient: str) -> bool:
        """Whether mail for this envelope recipient is ours to take: the predicate for RCPT."""
        return self.parse(recipient) is not None

    def repair(self, local_part: str, known: Iterable[Known]) -> Known | None:
        """The one known letter whose reply address is a single slip away from what was typed.

        One character wrong, missing, too many, or two neighbours swapped; None if no letter or more than one fits.
        """
        typed = local_part.partition("@")[0].lower()
        if len(typed) > LOCAL_PART_OCTETS + 1:
            return None
        fits: set[Known] = set()
        for one in known:
            ours = (self._reply_local(one.ticket, one.letter, one.mailbox, key) for key in self._keys)
            if any(one_slip(typed, local) for local in ours):
                fits.add(one)
        return fits.pop() if len(fits) == 1 else None

    def letter_of(self, message_id: str) -> OurLetter | None:
        """The letter that a Message-ID of ours belongs to; None for anyone else's and for forged ones."""
        local, domain = _split(message_id.strip("<> \t\r\n"))
        found = _MESSAGE_ID.fullmatch(local)
        if domain != self.domain or not found:
            return None
        if not self._signed(found[4], "message-id", found[1], found[2], found[3]):
            return None
        return OurLetter(spelled_out(found[1]), int(found[2], 36))

    def _reply_local(self, ticket: str, letter: int, mailbox: str, key: bytes | None = None) -> str:
        name, number = compact(ticket), base36(letter)
        return f"{self.local}+{name}.{number}.{_mac(key or self._keys[0], 'reply', name, number, _key(mailbox))}"

    def _signed(self, mac: str, *pieces: str) -> bool:
        # No early exit: the time taken must not tell which key, or how much of the MAC, was right.
        good = False
        for key in self._keys:
            good |= hmac.compare_digest(_mac(key, *pieces).encode(), mac.encode())
        return good


def compact(ticket: str) -> str:
    """A ticket's number as it stands in addresses: C-2026-000123 is c2026000123. ValueError if it is none."""
    found = _TICKET.fullmatch(ticket.lower())
    if not found:
        raise ValueError(f"not a ticket number: {ticket[:40]!r}")
    return "".join(found.groups())


def spelled_out(name: str) -> str:
    """The opposite of `compact`: c2026000123 is C-2026-000123. ValueError if it is no ticket number."""
    found = _TICKET.fullmatch(name.lower())
    if not found:
        raise ValueError(f"not a ticket number: {name[:40]!r}")
    return f"{found[1].upper()}-{found[2]}-{found[3]}"


def base36(number: int) -> str:
    """A positive number in digits and lower-case letters, up to 12 of them; `int(text, 36)` reads it."""
    if not 0 < number < 36**12:
        raise ValueError(f"not a letter's number: {number}")
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text


def one_slip(one: str, other: str) -> bool:
    """Whether two texts are equal or one slip apart: a character wrong, missing, too many, or two swapped."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    swapped = one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
    return swapped or one[start + 1 :] == other[start + 1 :]


def _mac(key: bytes, *pieces: str) -> str:
    # NUL between the pieces: no two different lists of pieces may become the same text.
    text = "\0".join(piece.replace("\0", "") for piece in pieces).encode("utf-8", "surrogateescape")
    digest = hmac.digest(key, text, hashlib.sha256)
    return base64.b32encode(digest[:MAC_BYTES]).decode("ascii").lower()


def _key(mailbox: str) -> str:
    return mailbox.strip().lower()


def _split(address: str) -> tuple[str, str]:
    """Local part and domain in lower case, both "" for what cannot be an address."""
    if len(address) > ADDRESS_OCTETS:
        return "", ""
    local, _, domain = address.strip().lower().rpartition("@")
    return local, domain.rstrip(".")
