"""Bodies, cut into pieces anywhere: the same mail, the same judgement, the same rest."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.receive.body import Body

pieces_of_wire = st.lists(
    st.sampled_from(
        [b"\r\n", b"\r\n.", b"\r\n..", b".", b"\r", b"\n", b"\n.\n", b"\n.\r\n", b"\r.\r\n", b"a", b"\0", b"\xff"]
    )
)


def fed(wire: bytes, cuts: list[int], limit: int = 10**6) -> tuple[Body, bytes]:
    """A body fed with the wire's bytes, cut at the places; the wire must hold the end."""
    body = Body(limit)
    places = sorted({min(cut, len(wire)) for cut in cuts} | {len(wire)})
    start = 0
    for place in places:
        rest = body.feed(wire[start:place])
        start = place
        if rest is not None:
            return body, rest + wire[start:]
    raise AssertionError("the end was not seen")


def by_the_book(wire: bytes) -> tuple[bytes, bytes, bool]:
    """Content, rest and whether a lone CR or LF is in it, read octet by octet as RFC 5321 section 4.5.2 says it."""
    end = (b"\r\n" + wire).index(b"\r\n.\r\n")
    content, rest = wire[:end], wire[end + 3 :]
    stray = bool(re.search(rb"\r(?!\n)|(?<!\r)\n", content))
    return re.sub(rb"(?:(?<=\r\n)|\A)\.", b"", content), rest, stray


@given(pieces_of_wire, pieces_of_wire, st.lists(st.integers(0, 60)))
def test_cut_anywhere_it_is_the_same_body(before: list[bytes], after: list[bytes], cuts: list[int]) -> None:
    """Content, size, rest and stray line ends are what the book says, however the wire is cut."""
    wire = b"".join(before) + b"\r\n.\r\n" + b"".join(after)
    content, rest, stray = by_the_book(wire)
    body, left = fed(wire, cuts)
    assert (body.content(), left, body.stray) == (content, rest, stray)
    assert body.octets == len(content)
    assert not body.dropped


@given(st.integers(0, 40), st.lists(st.integers(0, 60)))
def test_the_limit_is_kept_to_the_octet(size: int, cuts: list[int]) -> None:
    """A message of the limit's size passes and one octet more does not, however the wire is cut."""
    line = b"." * size + b"\r\n"
    wire = b"." + line + b".\r\n" if size else line + b".\r\n"
    assert not fed(wire, cuts, limit=size + 2)[0].too_big
    assert fed(wire, cuts, limit=size + 1)[0].too_big


def test_no_more_than_the_limit_is_held() -> None:
    """What comes beyond the limit is not held, and the end behind it is still seen."""
    body = Body(1000)
    for _ in range(500):
        assert body.feed(b"x" * 998 + b"\r\n") is None
        assert body.held <= 1000 + 1000
    assert body.too_big
    assert body.held < 10
    assert body.feed(b".\r\nNOOP\r\n") == b"NOOP\r\n"
    assert body.too_big


@pytest.mark.parametrize(
    "end",
    [
        b"\n.\n",
        b"\n.\r\n",
        b"\r\n.\n",
        b"\r.\r",
        b"\r\n.\r",
        b"\r.\r\n",
        b"\r\n\x00.\r\n",
        b"\r\r\n.\r\r\n",
        b"\n\n.\r\n",
    ],
)
def test_no_other_end_ends_a_body(end: bytes) -> None:
    """Each sequence that some server takes for the end is content here, and noticed when a line end stands alone."""
    smuggled = b"Subject: satu\r\n\r\nisi" + end + b"MAIL FROM:<x@jahat.example>\r\nRCPT TO:<aduan@kota.example>\r\n"
    body, rest = fed(smuggled + b".\r\n", [])
    assert b"MAIL FROM" in body.content()
    assert rest == b""
    assert body.stray or b"\0" in end
