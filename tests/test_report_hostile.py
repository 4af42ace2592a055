"""Reports and robots on hostile bytes: nothing is raised, and no line is long enough to hang on."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mail.report import bounce, receipt
from mail.robots import automatic
from tests.plain_reader import plain_read

HEAD = (
    b"From: Mail Delivery Subsystem <MAILER-DAEMON@x.example>\nTo: aduan@sibadra.kotabogor.example\n"
    b"Subject: Undelivered Mail Returned to Sender\nReturn-Path: <>\n"
)
WORDS = [
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
    b"Content-Type: message/delivery-status\n",
    b"Content-Transfer-Encoding: base64\n",
    b"\n--b\n",
    b"\n--b--\n",
    b"Final-Recipient: rfc822; a@b.example\n",
    b"Original-Recipient: ;;;<@@>\n",
    b"Action: failed\n",
    b"Status: 5.1.1\n",
    b"<a@b.example>: 550 5.1.1 unknown user\n",
    b"could not be delivered\n",
    b"--- Below this line is a copy of the message.\n",
    b"From: \xff\xfe\n",
    b"\n\n",
    b"Disposition: ;;\n",
    b"Saya sedang cuti sampai dengan 31 ",
    b"Plh. Kepala Bidang, Ani <ani@b.example> ",
    b"I am out of the office until 99/99/9999, please contact ",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.binary(max_size=60)), max_size=25), st.booleans())
def test_no_bytes_raise(pieces: list[bytes], daemon: bool) -> None:
    """Whatever the bytes, reading a report or looking for a machine raises nothing."""
    raw = (HEAD if daemon else b"") + b"".join(pieces)
    message = plain_read(HEAD + b"\nisi")
    bounce(raw, message, None)
    receipt(message, None)
    automatic(message, None, raw.decode("utf-8", "replace"))


LONG = {
    "letters": b"a" * 1_000_000,
    "dots": b"a." * 500_000,
    "at signs": b"a@" * 500_000,
    "addresses": b"a@b.example " * 80_000,
    "blanks": b" " * 1_000_000,
    "angle brackets": b"<" * 1_000_000,
    "tags": b"<p <p " * 160_000,
    "digits": b"5.1.1" * 200_000,
    "colons": b": " * 500_000,
    "stars": b"*-*-" * 250_000,
    "commas": b"to,to, " * 140_000,
    "lines of one letter": b"a\n" * 500_000,
    "lines of one address": b"a@b.example\n" * 80_000,
    "failed to": b"failed to deliver mail to " * 40_000,
    "mailbox": b"mailbox x " * 100_000,
    "until": b"sampai dengan hari senin " * 40_000,
    "script": b"<script>" * 120_000,
}


@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
@pytest.mark.parametrize("kind", [b"text/plain", b"text/html", b"message/delivery-status"])
def test_a_megabyte_on_one_line_takes_no_second(body: bytes, kind: bytes) -> None:
    """Work is linear: a megabyte of any pattern is done with in a second."""
    raw = HEAD + b"Content-Type: " + kind + b"\n\n" + body
    message = plain_read(HEAD + b"Content-Type: text/plain\n\n" + body)
    begin = time.process_time()
    bounce(raw, message, None)
    receipt(message, None)
    automatic(message, None, message.text)
    assert time.process_time() - begin < 1.0
