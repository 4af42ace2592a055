"""Hostile names, subjects and texts: no header is injected, no markup comes alive, no line is too long."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.message import Attachment
from mail.address import Addresses
from mail.write import Writer, mime, template_kinds
from mail.write.layout import fill, hang, indented, wrap
from mail.write.sample import sample

ADDRESSES = Addresses(b"k" * 32, domain="sibadra.kotabogor.example")
WRITER = Writer(ADDRESSES)
KNOWN = {
    "from", "to", "subject", "date", "message-id", "reply-to", "auto-submitted", "content-language",
    "x-auto-response-suppress", "mime-version", "content-type",
}  # fmt: skip
NASTY = st.sampled_from(
    ["\r\nBcc: semua@kota.example\r\n\r\n", "<script>alert(1)</script>", '" onclick="x', "=?utf-8?q?Bcc?=", "{{ 7*7 }}",
     "\u202egnp.exe", "\0", "\x1b[2J", "--=_a", "&amp;", "%s%n", "a" * 3000, "\ud800", "]]>", "\n.\n", "'><img src=x>"]
)  # fmt: skip
HOSTILE = st.lists(st.one_of(NASTY, st.text(max_size=40)), max_size=6).map("".join)
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "div", "table", "tr", "th", "td", "p", "h2", "br", "span", "a",
    "strong",
}  # fmt: skip


class Strict(HTMLParser):
    """Refuses every tag and attribute that our kit does not write, and every link that is no answer to us."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Only the kit's own."""
        assert tag in ALLOWED
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in ("src", "srcset", "action")
            if name == "href":
                assert (value or "").startswith("mailto:aduan")


@settings(max_examples=150, deadline=None)
@given(kind=st.sampled_from(sorted(template_kinds())), one=HOSTILE, two=HOSTILE, three=HOSTILE, file=HOSTILE)
def test_nothing_hostile_gets_out_of_its_place(kind: str, one: str, two: str, three: str, file: str) -> None:
    """Whatever strangers write, the letter has our headers, our markup, our structure and lines within the limit."""
    made = sample(kind, ADDRESSES)
    ticket = made.ticket and replace(made.ticket, subject=one, text=two, citizen_name=three)
    hostile = dict.fromkeys(("note", "reason", "named", "diagnostic", "wanted", "deputy", "contact"), two)
    data = {**made.letter.data, **hostile, "reasons": [one], "words": [[one[:20], two, three]]}
    files = [Attachment(file, file[:50], b"x", "x")]
    raw = WRITER.compose(replace(made.letter, data=data, name=three), ticket, files=files).raw
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert {name.lower() for name in message} <= KNOWN
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    parts = [part.get_content_type() for part in message.walk()]
    assert parts[:4] == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html"]
    assert len(parts) == 5
    assert not any(part.defects for part in message.walk())
    rich = message.get_body(("html",))
    assert rich is not None
    Strict(convert_charrefs=True).feed(rich.get_content())
    for part in message.walk():
        if part.get_content_maintype() == "text":
            assert not set(part.get_content()) & set("\0\x1b\u202e")


@given(name=st.sampled_from(["Subject", "To"]), value=st.text(max_size=300))
def test_a_header_is_one_header(name: str, value: str) -> None:
    """Any value comes back as one header, the same but for control characters and blanks at its ends."""
    raw = mime.header(name, value)
    assert raw.endswith(b"\r\n")
    lines = raw[:-2].split(b"\r\n")
    assert all(line.startswith(b" ") and line.strip() for line in lines[1:])
    assert all(len(line) <= 78 for line in lines)
    if name == "Subject":
        said = str(message_from_bytes(raw + b"\r\n", policy=policy.default)["Subject"])
        wanted = mime.CONTROL.sub(" ", value).encode("utf-8", "replace").decode()
        assert " ".join(said.split()) == " ".join(wanted.split())


@given(st.text(max_size=200), st.integers(5, 80))
def test_filling_keeps_every_word(text: str, width: int) -> None:
    """Lines are within the width unless one word alone is longer, and no word is lost or torn."""
    line = " ".join(text.split())
    lines = fill(line, width)
    assert " ".join(lines).split() == line.split()
    assert all(len(one) <= width or " " not in one for one in lines)


@given(st.text(max_size=300))
def test_layout_is_stable(text: str) -> None:
    """Wrapping what is wrapped changes nothing; a quotation has no two empty lines in a row."""
    assert wrap(wrap(text)) == wrap(text)
    assert "\n\n\n" not in indented(text)
    assert hang(text, 10).split() == text.split()


@pytest.mark.parametrize("name", ["gnp\u202eexe", "a\0b", "a\x1bb"])
def test_the_letter_of_identity_has_a_clean_name(name: str) -> None:
    """Nothing in a reporter's display name turns the inspector's letter around."""
    made = sample("identity", ADDRESSES)
    assert made.ticket is not None
    raw = WRITER.compose(made.letter, replace(made.ticket, citizen_name=name)).raw
    message = message_from_bytes(raw, policy=policy.default)
    for part in message.walk():
        if part.get_content_maintype() == "text":
            assert not set(part.get_content()) & set("\0\x1b\u202e")
