"""A reporter who wants to stay unnamed: no byte of what an office gets tells who it is, pictures included."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.message import Attachment
from engine.redact import Identity, redact
from engine.routing.route import Confidential
from engine.ticket import Ticket
from mail.address import Addresses
from mail.write import Writer, template_kinds
from mail.write.clean import picture
from mail.write.sample import CITIZEN, sample

ADDRESSES = Addresses(b"k" * 32, domain="sibadra.kotabogor.example")
SIGNED = "Lurah meminta uang.\n\nHormat saya,\nRina Kartika\n0812-3456-7890\nrina@warga.example"


def unnamed(text: str, ticket: Ticket) -> str:
    """As the engine takes names out."""
    return redact(text, Identity((ticket.citizen_name,), (ticket.citizen_address,)))


WRITER = Writer(ADDRESSES, redact=unnamed)


def exif(orientation: int = 6) -> bytes:
    """An Exif segment with an orientation, a GPS-like text and a name."""
    tiff = b"II*\0" + struct.pack("<LH", 8, 1) + struct.pack("<HHLHH", 0x0112, 3, 1, orientation, 0) + b"\0\0\0\0"
    piece = b"Exif\0\0" + tiff + b"GPS -6.5944,106.7892 Rina Kartika"
    return b"\xff\xe1" + struct.pack(">H", len(piece) + 2) + piece


def jpeg(*segments: bytes, tail: bytes = b"") -> bytes:
    """The smallest thing with a JPEG's structure: segments, a scan with stuffing and restarts, an end."""
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\x34\xff\xd0\x56"
    table = b"\xff\xdb\x00\x04\x00\x01"
    return b"\xff\xd8" + b"".join(segments) + table + scan + b"\xff\xd9" + tail


def chunk(kind: bytes, data: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def png(*extra: bytes) -> bytes:
    """A PNG of one pixel with more chunks."""
    head = chunk(b"IHDR", struct.pack(">LLBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    b"!\xfe\x04Rina\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;Rina di rumah"
)


def webp() -> bytes:
    """A WebP container with Exif and XMP."""

    def piece(kind: bytes, data: bytes) -> bytes:
        return kind + struct.pack("<L", len(data)) + data + b"\0" * (len(data) & 1)

    body = b"WEBP" + piece(b"VP8X", b"\x3c\0\0\0\0\0\0\0\0\0") + piece(b"VP8 ", b"gambar") + piece(b"EXIF", b"Rina")
    body += piece(b"XMP ", b"<Rina/>")
    return b"RIFF" + struct.pack("<L", len(body)) + body


@pytest.mark.parametrize("kind", sorted(template_kinds() - set(CITIZEN) - {"identity"}))
@pytest.mark.parametrize("confidential", [Confidential.ANONYMOUS, Confidential.SECRET])
def test_no_byte_to_an_office_names_the_reporter(kind: str, confidential: Confidential) -> None:
    """Neither in headers nor in text, HTML, file names or pictures, with the reporter's words everywhere."""
    made = sample(kind, ADDRESSES)
    ticket = made.ticket and replace(
        made.ticket,
        hide_from_agency=True,
        hide_from_public=confidential is Confidential.SECRET,
        subject="Laporan Rina Kartika",
        text=SIGNED,
        rating=None,
    )
    data = {**made.letter.data, "reasons": ["“Rina Kartika”"]}
    if ticket:  # a letter about no ticket hands on no reporter's words
        data |= {"note": SIGNED, "reason": SIGNED}
    data["candidates"] = [{"unit": "DISHUB", "name": "Dinas Perhubungan", "reasons": ["“Rina Kartika”"]}]
    files = [
        Attachment("KTP Rina.jpg", "image/jpeg", jpeg(exif()), "a"),
        Attachment("Rina.pdf", "application/pdf", b"%PDF-1.4 /Author (Rina Kartika)", "b"),
    ]
    written = WRITER.compose(replace(made.letter, data=data), ticket, files=files if ticket else ())
    message = message_from_bytes(written.raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    everything = written.raw + b"".join(part.get_payload(decode=True) or b"" for part in message.walk())
    assert b"Subject: " in everything
    for told in (b"Rina", b"Kartika", b"rina@", b"3456", b"GPS", b"PDF-1.4"):
        assert told not in everything
    if ticket:
        assert [file.get_filename() for file in message.iter_attachments()] == ["lampiran-1.jpg"]
        plain = message.get_body(("plain",))
        assert plain is not None
        flat = " ".join(plain.get_content().split())
        assert "Lampiran" not in flat or "1 berkas tidak disertakan demi kerahasiaan pelapor" in flat


def test_an_open_report_keeps_its_files() -> None:
    """Without a wish to stay unnamed, files go as they came."""
    made = sample("task", ADDRESSES)
    photo = Attachment("foto.jpg", "image/jpeg", jpeg(exif()), "a")
    message = message_from_bytes(WRITER.compose(made.letter, made.ticket, files=[photo]).raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert next(message.iter_attachments()).get_content() == photo.content


def test_citizens_own_letter_keeps_the_name() -> None:
    """The reporter is still greeted by name in letters to the reporter."""
    made = sample("receipt", ADDRESSES)
    assert made.ticket is not None
    secret = replace(made.ticket, hide_from_agency=True, hide_from_public=True)
    assert b"Rina Kartika" in WRITER.compose(made.letter, secret).raw


def test_jpeg_loses_metadata_and_keeps_the_picture() -> None:
    """Exif, XMP, comments and what follows the end go; tables and scan stay; how it is turned is said anew."""
    comment = b"\xff\xfe\x00\x06Rina"
    kind, content = picture(jpeg(exif(6), comment, tail=b"Rina di rumah")) or ("", b"")
    assert kind == "jpg"
    assert b"Rina" not in content
    assert b"GPS" not in content
    assert content.endswith(jpeg()[2:])
    assert content[2:4] == b"\xff\xe1"
    assert picture(content) == ("jpg", content)
    assert picture(jpeg(exif(1))) == ("jpg", jpeg())


def test_png_gif_and_webp_lose_metadata() -> None:
    """Only known pieces are copied."""
    assert picture(png(chunk(b"tEXt", b"Author\0Rina"), chunk(b"eXIf", b"GPS")) + b"Rina") == ("png", png())
    _, gif = picture(GIF) or ("", b"")
    assert b"NETSCAPE2.0" in gif
    assert b"Rina" not in gif
    assert gif.endswith(b";")
    _, web = picture(webp()) or ("", b"")
    assert b"gambar" in web
    assert b"Rina" not in web
    assert web[20] == 0b0001_0000
    assert struct.unpack("<L", web[4:8])[0] == len(web) - 8


@pytest.mark.parametrize("whole", [jpeg(exif()), png(chunk(b"tEXt", b"x")), GIF, webp()])
def test_a_damaged_picture_is_never_handed_on_with_metadata(whole: bytes) -> None:
    """Cut anywhere, a picture either gives None or still holds no name."""
    for end in range(len(whole)):
        made = picture(whole[:end])
        assert made is None or (b"Rina" not in made[1] and b"GPS" not in made[1])


@given(st.binary(max_size=300), st.sampled_from([jpeg(exif()), png(), GIF, webp(), b""]), st.integers(0, 200))
def test_hostile_pictures_raise_nothing(noise: bytes, whole: bytes, at: int) -> None:
    """Any bytes give a picture or None."""
    made = picture(whole[:at] + noise + whole[at:])
    assert made is None or made[0] in ("jpg", "png", "gif", "webp")
