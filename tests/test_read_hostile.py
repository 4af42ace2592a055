"""Mail made to hurt a reader: each is read within a second of processor time, and something readable is kept."""

from __future__ import annotations

import time

import pytest

from engine.errors import Unreadable
from mail.read import read

HEAD = b"From: a@b.example\nSubject: x\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=a\n\n"
PAGE = HEAD + b"Content-Type: text/html\n\n"
BASE64 = HEAD + b"Content-Transfer-Encoding: base64\n\n"
MEGA = 1_000_000
LIMIT = 1.0
"""Seconds of processor time."""


def _deep(levels: int) -> bytes:
    return (
        HEAD
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(levels))
        + b"\nx"
    )


HOSTILE: dict[str, bytes] = {
    "5,000 levels": _deep(5000),
    "20,000 multiparts of one boundary": MIXED + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 20_000,
    "50,000 parts": MIXED + b"--a\n\nx\n" * 50_000,
    "3,000 mails in one another": (HEAD + b"Content-Type: message/rfc822\n\n") * 3_000,
    "20,000 forwarded mails": MIXED + b"--a\nContent-Type: message/rfc822\n\nFrom: x@y\n\nhi\n" * 20_000,
    "10,000 fields": b"X-A: =?utf-8?q?a?=\n" * 10_000 + b"\nhi",
    "300,000 fields": b"a: b\n" * 300_000 + b"\nhi",
    "a body of one line": HEAD + b"\n" + b"x" * MEGA,
    "a subject of one line": b"Subject: " + b"x " * (MEGA // 2) + b"\n\nhi",
    "a line without a colon": b"From: a@b\n" + b"x" * MEGA + b"\n\nhi",
    "300,000 folds": b"Subject: a\n" + b" x\n" * 300_000 + b"\nhi",
    "50,000 lines that are no field": HEAD + b"junk\nTo: x\n" * 50_000 + b"\nhi",
    "200,000 lost indents": HEAD + b"Content-Type: a;\n" + b"a=b;\n" * 200_000,
    "words begun": b"Subject: " + b"=?a?q?" * 150_000 + b"\n\nhi",
    "words broken": b"Subject: " + b"=?utf-8?q?=ff?= " * 70_000 + b"\n\nhi",
    "comments open": b"From: " + b"(" * MEGA + b"\n\nhi",
    "comments closed": b"From: " + b"(" * 400_000 + b")" * 400_000 + b" a@b\n\nhi",
    "quotes": b"From: " + b'"' * MEGA + b"\n\nhi",
    "brackets": b"From: " + b"<" * MEGA + b"\n\nhi",
    "commas": b"From: " + b"a," * (MEGA // 2) + b"\n\nhi",
    "colons": b"From: " + b"a:" * (MEGA // 2) + b";\n\nhi",
    "backslashes": b"From: " + b"\\" * MEGA + b"\n\nhi",
    "blanks": b"From: a" + b" " * MEGA + b"@b\n\nhi",
    "parameters": b"Content-Type: text/plain; " + b"a=b; " * 100_000 + b"\n\nhi",
    "continuations": b"Content-Type: text/plain; "
    + b"".join(b"name*%d*=%%41; " % i for i in range(50_000)) + b"\n\nhi",
    "references": b"References: " + b"<a@b> " * 150_000 + b"\n\nhi",
    "a date": b"Date: " + b"(" * MEGA + b"\n\nhi",
    "nested div": PAGE + b"<div>" * 200_000,
    "nested tables": PAGE + b"<table><tr><td>" * 60_000,
    "bold letters": PAGE + b"<b>x" * 250_000,
    "line breaks": PAGE + b"<br>" * 250_000,
    "less than": PAGE + b"<" * MEGA,
    "meta": PAGE + b"\xff" + b"<meta " * 200_000,
    "a style": PAGE + b"<p style='display:" + b" " * MEGA + b"'>x",
    "900 pages": MIXED
    + b"".join(b"--a\nContent-Type: text/html\n\n<p>" + b"abc" * 300 + b"%d</p>\n" % i for i in range(900)),
    "padding": BASE64 + b"A=\n" * 300_000,
    "junk in base64": BASE64 + b"AAAA!" * (MEGA // 5),
    "soft breaks": HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"= " * (MEGA // 2),
    "uuencode": HEAD + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n" + b"MAAAA\n" * 150_000,
    "begin lines": HEAD + b"Content-Transfer-Encoding: x-uuencode\n\n" + b"begin 644 x\n" * 80_000,
    "flowed": HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 300_000,
    "dashes": MIXED + b"--\n" * 300_000,
    "almost boundaries": MIXED + b"--a x\n" * 200_000,
    "escapes": HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\n\n" + b"\x1b$B!\x1b(B" * 120_000,
    "surrogates": HEAD + b"Content-Type: text/plain; charset=utf-7\n\n" + b"+2AA-" * 200_000,
    "punycode": HEAD + b"Content-Type: text/plain; charset=punycode\n\n" + b"a-" * MEGA,
    "undeclared": HEAD + b"\n" + b"\xff\xfa" * MEGA,
    "rich text": HEAD + b"Content-Type: text/enriched\n\n" + b"<param>" * 140_000,
    "winmail.dat": HEAD + b"Content-Type: application/ms-tnef\n\n\x78\x9f\x3e\x22" + b"\x01" * MEGA,
    "nested BER": HEAD + b"Content-Type: application/pkcs7-mime\n\n" + b"\x30\x80" * MEGA,
    "flat BER": HEAD + b"Content-Type: application/pkcs7-mime\n\n\x30\x84\x00\x0f\xff\xff" + b"\x30\x00" * MEGA,
    "NUL": b"\0" * MEGA + b"a",
    "empty lines": b"\n" * MEGA + b"From: x@y\n\nhi",
    "From lines": b"From \n" * 200_000 + b"\nhi",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_is_read_in_time(name: str) -> None:
    """Reading it ends within the limit, with a Message."""
    read(HEAD + b"\nwarm")
    start = time.process_time()
    message = read(HOSTILE[name])
    assert time.process_time() - start < LIMIT
    assert isinstance(message.text, str)


def test_a_bomb_of_tags_keeps_its_words() -> None:
    """Where nesting goes beyond the bound the text is kept, only the layout is lost."""
    assert "Jalan rusak" in read(PAGE + b"<div>" * 5_000 + b"Jalan rusak").text


def test_parts_beyond_the_bound_are_said() -> None:
    """What was left unread is a warning, not silence."""
    assert any("left unread" in warning for warning in read(HOSTILE["50,000 parts"]).warnings)


def test_an_attached_mail_nested_too_deep_is_still_attached() -> None:
    """The outermost attached mail is kept whole however deep it goes."""
    raw = HOSTILE["3,000 mails in one another"]
    (attachment,) = read(raw).attachments
    assert raw.endswith(attachment.content)


def test_only_unreadable_is_raised_for_nothing() -> None:
    """A megabyte of white space is Unreadable at once."""
    with pytest.raises(Unreadable):
        read(b" \n" * 500_000)
