"""The body of a mail as it follows DATA (RFC 5321 section 4.1.1.4), taken in pieces of any size; knows no socket.

Bytes are collected whole and searched with the searches of `bytearray`, not walked line by line: on mails with photos
that is what the time goes into. Only CR LF . CR LF ends a body; a lone CR or LF is noticed and never ends anything, so
no second mail can be smuggled in behind an end that other servers see and we do not.
"""

from __future__ import annotations

END = b"\r\n.\r\n"
DOT = b"\r\n."
TAIL = len(END) - 1  # the end may have begun in this many octets


class Body:
    """Collects one body of at most `limit` octets; what is beyond is read over to the end, but not held."""

    __slots__ = ("_buffer", "_dots", "_judged", "_limit", "dropped", "octets", "stray")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        # The line end of the DATA command itself may be the first half of the end: a body may be empty.
        self._buffer = bytearray(b"\r\n")
        self._judged = 2
        self._dots = 0
        self.octets = 0  # of the message, transparency undone; exact once the end has come
        self.stray = False
        self.dropped = False

    @property
    def held(self) -> int:
        """Octets now in memory."""
        return len(self._buffer)

    @property
    def too_big(self) -> bool:
        """Whether the message has more octets than the limit; doubled dots and the end are free (RFC 1870)."""
        return self.octets > self._limit

    def feed(self, data: bytes) -> bytes | None:
        """Take a piece; None while the end has not come, then what stood behind it (the next commands, often b"")."""
        buffer = self._buffer
        before = len(buffer)
        buffer += data
        # Most bodies have no line that starts with a dot but the last: one search finds that out, and their end.
        dot = buffer.find(DOT, max(0, before - TAIL))
        found = buffer.find(END, dot) if dot >= 0 else -1
        if found < 0:
            self._count(before, len(buffer), dots=dot >= 0)
            # Up to two octets of an end cut in two may have been counted as the message's.
            if self.dropped or self.octets > self._limit + 2:
                self.drop()
            return None
        rest = bytes(buffer[found + len(END) :])
        del buffer[found + 2 :]
        if self.dropped:
            self.octets += max(0, len(buffer) - before)
            return rest
        self._count(before, len(buffer), dots=dot != found)
        self._dots = self._dots and buffer.count(DOT)
        self.octets = len(buffer) - 2 - self._dots
        return rest

    def drop(self) -> None:
        """Let go of what is held, but for the few octets in which the end may have begun."""
        self.dropped = True
        del self._buffer[:-TAIL]

    def content(self) -> bytes:
        """The message with transparency undone (RFC 5321 section 4.5.2); only after the end, and if not dropped."""
        if self._dots:
            # Each line that starts with a dot loses it; the buffer starts with a line end, so the first line may too.
            return bytes(self._buffer.replace(DOT, b"\r\n"))[2:]
        return bytes(memoryview(self._buffer)[2:])

    def _count(self, start: int, end: int, *, dots: bool) -> None:
        """Account for the octets from `start` to `end`; a dot belongs to the piece in which it stands."""
        buffer = self._buffer
        doubled = buffer.count(DOT, max(0, start - 2), end) if dots else 0
        self._dots += doubled
        self.octets += max(0, end - start) - doubled
        # A CR at the end of the piece may be half of a pair: it is judged with the next octet.
        last = end - 1 if buffer.endswith(b"\r") else end
        if not self.dropped and not self.stray and last > self._judged:
            pairs = buffer.count(b"\r\n", self._judged, last)
            self.stray = not pairs == buffer.count(b"\n", self._judged, last) == buffer.count(b"\r", self._judged, last)
            self._judged = last
