"""Reading: whatever bytes come in, a Message that says what the mail says, or Unreadable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Unreadable
from engine.message import Address
from mail.read import read


def test_a_plain_mail_is_read() -> None:
    """Subject, sender, date and text of the simplest mail."""
    message = read(b"From: Siti <siti@warga.example>\r\nSubject: Lampu mati\r\n\r\nJalan gelap.\r\n")
    assert message.subject == "Lampu mati"
    assert message.sender == Address("Siti", "siti@warga.example")
    assert message.text == "Jalan gelap.\n"


@pytest.mark.parametrize("raw", [b"", b" \r\n\t\n", b"\0\0"])
def test_nothing_is_unreadable(raw: bytes) -> None:
    """White space alone is no mail."""
    with pytest.raises(Unreadable):
        read(raw)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_message_or_unreadable(raw: bytes) -> None:
    """No other error, whatever the bytes."""
    try:
        message = read(raw)
    except Unreadable:
        return
    (message.subject + message.text + str(message.headers)).encode("utf-8")
