"""Letters made fit for the wire."""

from __future__ import annotations

import email

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Permanent
from mail.submit.wire import dotted, fit, too_long

lines = st.lists(st.sampled_from([0, 1, 5, 500, 997, 998, 999, 1000, 1001, 2500]), max_size=8)


@given(lines, st.booleans())
def test_long_lines_are_found_by_leaping(sizes: list[int], ended: bool) -> None:
    """The leaping search finds a line over 998 octets exactly when one of the lines is."""
    raw = b"\r\n".join(b"x" * size for size in sizes) + b"\r\n" * ended
    assert too_long(raw) is any(size > 998 for size in sizes)


@given(st.binary(max_size=300), st.booleans())
def test_whatever_is_sent_is_fit_or_refused(raw: bytes, eight_bit: bool) -> None:
    """Any bytes become lines within the limits, ended by CR LF, or raise Permanent."""
    try:
        made = fit(raw, eight_bit=eight_bit)
    except Permanent:
        return
    assert made.endswith(b"\r\n")
    assert made.count(b"\r\n") == made.count(b"\n") == made.count(b"\r")
    assert not too_long(made)
    assert eight_bit or made.isascii()


@given(st.lists(st.sampled_from([b"..", b".", b"a.", b"", b".a"]), max_size=6))
def test_dots_are_doubled(parts: list[bytes]) -> None:
    """Over the wire no line but the last is a single dot, and taking one dot off each line gives the letter back."""
    raw = b"".join(part + b"\r\n" for part in parts)
    *wire, end = dotted(raw).split(b"\r\n")[:-1]
    assert end == b"."
    assert b"." not in wire
    assert b"".join(line.removeprefix(b".") + b"\r\n" for line in wire) == raw


@pytest.mark.parametrize("content", ["é" * 600, "kata " * 400, "a\n" * 10 + "é"])
def test_what_was_recoded_reads_the_same(content: str) -> None:
    """Base64 holds the same words, in a part among parts, and the parts that were fit are left alone."""
    head = 'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nbiasa\n'
    part = "--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    made = fit(f"{head}{part}{content}\n--b--\n".encode(), eight_bit=False)
    first, second = list(email.message_from_bytes(made).walk())[1:]
    assert first.get_payload() == "biasa"
    decoded = second.get_payload(decode=True)
    assert isinstance(decoded, bytes)
    assert decoded.decode().replace("\r\n", "\n") == content
