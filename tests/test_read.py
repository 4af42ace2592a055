"""Reading: whatever bytes come in, a Message that says what the mail says, or Unreadable."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.errors import Unreadable
from engine.message import Address, Message
from mail.read import read

PIECES = st.sampled_from([
    b"From: ", b"Subject: ", b"Content-Type: ", b"multipart/mixed; boundary=a", b"multipart/alternative; boundary=a",
    b"text/plain; charset=", b"utf-7", b"iso-2022-jp", b"utf-16", b"ks_c_5601-1987", b"text/html", b"message/rfc822",
    b"application/ms-tnef", b"application/pkcs7-mime", b"multipart/report", b"message/delivery-status", b"\n--a\n",
    b"\n--a--\n", b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: quoted-printable\n",
    b"Content-Transfer-Encoding: x-uuencode\n", b"begin 644 x\n", b"Content-Disposition: attachment; filename=", b"\n",
    b"\r\n", b"\r", b" ", b"\t", b'"', b"(", b")", b"<", b">", b",", b";", b":", b"=", b"=?utf-8?q?", b"=?utf-7?b?",
    b"?=", b"*0*=utf-8''", b"%e2", b"+2AA-", b"\x1b$B", b"\x1b(B", b"\xff\xfe", b"\xe2\x80", b"\x81", b"\0", b"<div>",
    b"<br>", b"&#xD800;", b"<script>", b"\x78\x9f\x3e\x22", b"0\x80", b"format=flowed", b"Date: ", b"References: ",
    b"a", b"@", b"a@b.example", b"[", b"]", b"\\", b"To: ", b"Cc: ", b"Message-ID: ", b"'", b".",
])  # fmt: skip


def _storable(message: Message) -> None:
    texts = [message.subject, message.text, message.plain or "", message.html or "", message.content_type]
    texts += [str(message.headers), *message.warnings, *message.references, *(a.name for a in message.attachments)]
    for text in texts:
        text.encode("utf-8")
        assert "\0" not in text
    assert message.date is None or message.date.tzinfo is not None


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_message_or_unreadable(raw: bytes) -> None:
    """No other error, whatever the bytes."""
    try:
        _storable(read(raw))
    except Unreadable:
        assert not raw.strip(b" \t\r\n\0\x0b\x0c")


@given(st.lists(PIECES, max_size=60).map(b"".join))
@example(b"Content-Type: text/plain; charset=utf-7\n\n+2AA-")
@settings(max_examples=600, deadline=None)
def test_any_heap_of_pieces_of_mail_gives_a_message(raw: bytes) -> None:
    """No other error when the bytes are the words of the format in any order, and every text can be stored."""
    try:
        _storable(read(raw))
    except Unreadable:
        assert not raw.strip(b" \t\r\n\0\x0b\x0c")


@given(
    st.sampled_from([b"From", b"To", b"Subject", b"Date", b"Content-Type", b"Content-Disposition", b"References"]),
    st.lists(PIECES, max_size=25).map(lambda pieces: b"".join(pieces).replace(b"\n", b"\n ").replace(b"\r", b"\r ")),
)
@settings(max_examples=300, deadline=None)
def test_any_heap_of_pieces_in_one_field_gives_a_message(name: bytes, value: bytes) -> None:
    """The same within one field, where addresses, dates and parameters are read."""
    _storable(read(name + b": " + value + b"\n\nisi"))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff"))


@given(TEXT, TEXT.filter(str.strip), st.binary(max_size=300), st.sampled_from(["base64", "quoted-printable", "8bit"]))
@settings(max_examples=200, deadline=None)
def test_what_a_sound_program_writes_is_read_back(subject: str, text: str, content: bytes, encoding: str) -> None:
    """Subject, text and attachment of a well-made mail survive exactly."""
    mail = EmailMessage()
    mail["From"] = "Siti Aminah <siti@warga.example>"
    mail["Subject"] = " ".join(subject.split())
    mail.set_content(text + "\n", cte=encoding)
    mail.add_attachment(content, "application", "octet-stream", filename="bukti.bin")
    message = read(mail.as_bytes())
    assert " ".join(message.subject.split()) == " ".join(subject.split())
    assert message.text.rstrip("\n") == text.rstrip("\n")
    assert message.attachments[0].content == content
    assert message.attachments[0].sha256 == hashlib.sha256(content).hexdigest()


@given(
    st.lists(st.tuples(TEXT, st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.example", fullmatch=True)), min_size=1, max_size=5)
)
@settings(max_examples=100, deadline=None)
def test_addresses_a_sound_program_writes_are_read_back(people: list[tuple[str, str]]) -> None:
    """Names with commas, quotes and any script come back with their addresses."""
    from email.utils import formataddr

    names = [(" ".join(name.split()), address) for name, address in people]
    raw = "From: a@b.example\nTo: " + ",\n ".join(map(formataddr, names)) + "\n\nhalo\n"
    assert [(a.name, a.address) for a in read(raw.encode("ascii")).to] == names


@pytest.mark.parametrize("raw", [b"", b" \r\n\t\n", b"\0\0"])
def test_nothing_is_unreadable(raw: bytes) -> None:
    """White space alone is no mail."""
    with pytest.raises(Unreadable):
        read(raw)


def test_a_plain_mail_is_read() -> None:
    """Subject, sender, date and text of the simplest mail."""
    message = read(
        b"From: Siti <siti@warga.example>\r\nDate: Tue, 14 Jul 2026 06:12:44 +0700\r\n"
        b"Subject: Lampu mati\r\n\r\nJalan gelap.\r\n"
    )
    assert message.subject == "Lampu mati"
    assert message.sender == Address("Siti", "siti@warga.example")
    assert message.date == datetime(2026, 7, 14, 6, 12, 44, tzinfo=timezone(timedelta(hours=7)))
    assert message.text == "Jalan gelap.\n"
    assert message.warnings == ()


@pytest.mark.parametrize(
    "date", ["kemarin", "Tue, 99 Jul 2026", "1 Jan 99999 00:00:00 +0000", "Mon, 1 Jan 2026 25:61:00 +9999"]
)
def test_a_date_that_cannot_be_is_none(date: str) -> None:
    """A date that no calendar holds is left out, with a warning."""
    message = read(f"From: a@b.example\nDate: {date}\n\nx".encode())
    assert message.date is None
    assert message.warnings


def test_a_date_of_unknown_zone_is_utc() -> None:
    """-0000 (RFC 5322 section 3.3) says nothing of the zone: the time is UTC."""
    message = read(b"Date: Tue, 14 Jul 2026 06:12:44 -0000\n\nx")
    assert message.date == datetime(2026, 7, 14, 6, 12, 44, tzinfo=UTC)


def test_a_mail_without_any_header_is_text() -> None:
    """Words alone are a body."""
    message = read(b"Jalan rusak di Cibogor.\nTolong.\n")
    assert message.sender is None
    assert message.text == "Jalan rusak di Cibogor.\nTolong.\n"


def test_two_readers_that_differ_are_said() -> None:
    """A mail that flanker reads otherwise carries a warning; the text does not depend on it."""
    message = read(
        b"From: a@b.example\nContent-Type: multipart/mixed\n\n--x\nContent-Type: text/plain\n\nhalo\n--x--\n"
    )
    assert message.text == "halo"
    assert any("flanker" in warning for warning in message.warnings)
