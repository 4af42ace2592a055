"""winmail.dat: files and text come out, counts that lie do no harm."""

from __future__ import annotations

import base64
import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.read import read
from mail.read.tnef import open_tnef

PHOTO = bytes(range(256))


def _attribute(level: int, attribute: int, value: bytes) -> bytes:
    checksum = sum(value) & 0xFFFF
    return struct.pack("<BHHI", level, attribute, 6, len(value)) + value + struct.pack("<H", checksum)


def _sized(kind: int, tag: int, value: bytes) -> bytes:
    padded = value + b"\0" * (-len(value) % 4)
    return struct.pack("<HHII", kind, tag, 1, len(value)) + padded


def _stream(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


def _list(*properties: bytes) -> bytes:
    return struct.pack("<I", len(properties)) + b"".join(properties)


WHOLE = _stream(
    _attribute(1, 0x9007, struct.pack("<II", 1252, 0)),
    _attribute(
        1, 0x9003, _list(struct.pack("<HHI", 0x0003, 0x3FDE, 1252), _sized(0x0102, 0x1013, b"<p>Jalan caf\xe9</p>"))
    ),
    _attribute(2, 0x9002, b"\0" * 14),
    _attribute(2, 0x8010, b"FOTO~1.JPG\0"),
    _attribute(2, 0x800F, PHOTO),
    _attribute(2, 0x9005, _list(_sized(0x001F, 0x3707, "foto “jalan”.jpg\0".encode("utf-16-le")))),
)


def _mail(tnef: bytes, text: str = "") -> bytes:
    return (
        "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n"
        f"--q\nContent-Type: text/plain\n\n{text}\n"
        "--q\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
        f"{base64.encodebytes(tnef).decode()}\n--q--\n"
    ).encode()


def test_files_in_winmail_dat_are_attachments() -> None:
    """The stream stays attached, its files follow under their long names, byte for byte."""
    message = read(_mail(WHOLE, "Lihat foto."))
    assert [(a.name, a.type) for a in message.attachments] == [
        ("winmail.dat", "application/ms-tnef"),
        ("foto “jalan”.jpg", "image/jpeg"),
    ]
    assert message.attachments[1].content == PHOTO
    assert message.text == "Lihat foto."


def test_the_text_in_winmail_dat_stands_in_for_a_missing_one() -> None:
    """A mail that says nothing outside its winmail.dat is read from inside."""
    assert read(_mail(WHOLE)).text.strip() == "Jalan café"


@pytest.mark.parametrize(
    "tnef",
    [
        _stream(_attribute(1, 0x9003, struct.pack("<I", 0xFFFFFFFF))),
        _stream(_attribute(1, 0x9003, struct.pack("<IHHI", 1, 0x1003, 0x1000, 0xFFFFFFFF))),
        _stream(_attribute(1, 0x9003, struct.pack("<IHHI", 1, 0x001E, 0x1000, 0xFFFFFFFF))),
        _stream(
            _attribute(
                1, 0x9003, struct.pack("<IHH", 1, 0x0003, 0x8001) + b"\0" * 16 + struct.pack("<II", 1, 0xFFFFFFFF)
            )
        ),
        _stream(struct.pack("<BHHI", 1, 0x800C, 6, 0xFFFFFFFF)),
        _stream(b"\x01\x0c\x80\x06\x00\x00\x00\x00\x00\x00\x00" * 100_000),
        _stream(_attribute(2, 0x9002, b"") * 100_000),
    ],
)
def test_counts_that_lie_do_no_harm(tnef: bytes) -> None:
    """A count or length beyond the bytes that are there ends the reading at once."""
    start = time.process_time()
    open_tnef(tnef)
    assert time.process_time() - start < 0.5


def test_what_stands_before_the_damage_is_kept() -> None:
    """A stream cut short gives the files before the cut, and says so."""
    opened = open_tnef(WHOLE + b"\x02\x0f\x80\x06\x00\xff\xff\xff\x00xyz")
    assert opened.files == (("foto “jalan”.jpg", PHOTO),)
    assert opened.warning


@given(st.integers(0, len(WHOLE)), st.binary(max_size=8))
@settings(max_examples=300, deadline=None)
def test_any_damage_is_survived(at: int, junk: bytes) -> None:
    """Whatever bytes stand where, no error comes out."""
    open_tnef(WHOLE[:at] + junk + WHOLE[at + len(junk) :])
    open_tnef(WHOLE[:at] + junk)
