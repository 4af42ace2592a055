"""The new text of replies in HTML: the marks of each mail client, what agrees with the plain part, and bombs."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.message import Address, Message
from mail.read import read
from mail.reply.newtext import new_text


def message(html: str | None = None, plain: str | None = None, sender: str = "", text: str | None = None) -> Message:
    """A message with these bodies and nothing else."""
    return Message(
        message_id=None,
        subject="Re: Laporan",
        sender=Address(sender, "kasi@dinas.example") if sender else None,
        to=(),
        cc=(),
        reply_to=(),
        date=None,
        in_reply_to=(),
        references=(),
        headers=(),
        content_type="text/html",
        text=text if text is not None else plain or "",
        plain=plain,
        html=html,
        attachments=(),
    )


CORPUS = Path(__file__).parent / "corpus" / "quotes"
CLIENTS: dict[str, str] = tomllib.loads((CORPUS / "clients.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("client", CLIENTS)
def test_structure_tells_the_new_text(client: str) -> None:
    """By its client's marks alone an HTML reply gives the new text."""
    assert new_text(message(CLIENTS[client])) == "Sudah dicek"


def test_inline_answers_between_blockquotes_are_kept_in_order() -> None:
    """Answers between the quotes of one mail are all new."""
    html = (
        '<div>Berikut jawaban kami</div><div class="gmail_quote"><div class="gmail_attr">On 3 Aug 2026, X wrote:</div>'
        '<blockquote class="gmail_quote">satu?</blockquote></div><div>ya</div><blockquote class="gmail_quote">dua?'
        "</blockquote><div>tidak</div>"
    )
    assert new_text(message(html)).split() == ["Berikut", "jawaban", "kami", "ya", "tidak"]


def test_an_indented_paragraph_is_the_writers_own() -> None:
    """Gmail's indent button makes a blockquote that quotes nobody."""
    html = '<div>Rinciannya:</div><blockquote style="margin:0 0 0 40px;border:none"><div>dua titik</div></blockquote>'
    assert new_text(message(html)).split() == ["Rinciannya:", "dua", "titik"]


def test_an_answer_typed_into_the_signature_is_not_lost() -> None:
    """If the signature's element holds all that was typed, it is the answer."""
    html = '<div id="ms-outlook-mobile-signature">Sudah selesai tadi pagi<br>Dapatkan Outlook untuk iOS</div>'
    assert new_text(message(html)) == "Sudah selesai tadi pagi"


def test_structure_cuts_what_the_plain_part_cannot_tell() -> None:
    """Where the plain part has no mark of the quote the HTML's structure decides."""
    plain = "Sudah dicek\n\nlama sekali"
    html = '<div>Sudah dicek</div><blockquote type="cite">lama sekali</blockquote>'
    assert new_text(message(html, plain)) == "Sudah dicek"


def test_a_plain_part_of_its_own_is_not_lost() -> None:
    """Where HTML and plain part are two different texts the plain one is the answer, whatever the HTML's marks."""
    html = '<div>Newsletter</div><blockquote type="cite">lama</blockquote>'
    assert new_text(message(html, "Sudah kami tangani tadi pagi")) == "Sudah kami tangani tadi pagi"


def test_the_plain_parts_lines_are_kept_where_both_agree() -> None:
    """Where both parts say the same the lines are those that were typed."""
    assert new_text(message("<p>satu dua</p>", "satu\ndua")) == "satu\ndua"


def test_emphasis_marks_are_left_out_where_html_shows_bold() -> None:
    """The stars that a client puts around bold words in its plain part were not typed."""
    assert new_text(message("<b>PROSES</b><br>besok", "*PROSES*\nbesok")) == "PROSES\nbesok"


def test_lists_keep_their_numbers() -> None:
    """Numbered points of an answer keep their numbers, for a reply may speak of them."""
    assert new_text(message("<ol><li>keruk</li><li>angkut</li></ol>")) == "1. keruk\n2. angkut"


def test_hidden_text_and_styles_are_no_text() -> None:
    """Preheaders, styles and scripts show nothing, so they say nothing."""
    html = "<head><title>t</title></head><style>p{}</style><div style='display:none'>umpan</div><p>isi</p>"
    assert new_text(message(html)) == "isi"


def test_a_stub_of_a_plain_part_is_not_believed() -> None:
    """ "See the HTML version" is no answer."""
    assert new_text(message("<p>Sudah dicek</p>", "Please view this mail in HTML.")) == "Sudah dicek"


FORWARD = """---------- Forwarded message ---------
Dari: Warga <w@surel.example>
Date: Sen, 3 Agu 2026 pukul 10.12
Subject: Jalan
To: <l@kel.example>

Jalan rusak pak
"""
OUTLOOK_FORWARD = """Dari: Warga <w@surel.example>
Dikirim: Senin, 3 Agustus 2026 10:12
Kepada: l@kel.example
Subjek: Jalan

Jalan rusak pak
"""
APPLE_FORWARD = """Begin forwarded message:

> From: Warga <w@surel.example>
> Subject: Jalan
> Date: 3 August 2026
>
> Jalan rusak pak
"""
GMAIL_FORWARD = """<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>
From: W &lt;w@s.example&gt;<br>Date: Mon, 3 Aug 2026 at 10:12<br>Subject: Jalan<br>To: &lt;l@k.example&gt;<br></div>
<br>Jalan rusak pak</div>"""


def test_a_bare_forward_gives_its_text_only_when_asked() -> None:
    """Of a first complaint that is only a forwarded mail the forwarded text counts; of a reply nothing does."""
    assert new_text(message(plain=FORWARD)) == ""
    assert new_text(message(plain=FORWARD), keep_forward=True) == "Jalan rusak pak"


def test_a_word_of_ones_own_stands_before_a_forward() -> None:
    """Who forwards with a word of their own has said that word."""
    assert new_text(message(plain="Mohon dibantu\n\n" + FORWARD), keep_forward=True) == "Mohon dibantu"


def test_a_forward_in_html_or_in_marks() -> None:
    """A forward is found by the block that Outlook writes, by Apple's line and in Gmail's HTML."""
    for mail in (message(plain=OUTLOOK_FORWARD), message(plain=APPLE_FORWARD), message(GMAIL_FORWARD)):
        assert new_text(mail, keep_forward=True) == "Jalan rusak pak"


def test_the_senders_name_tells_a_closing_name() -> None:
    """The display name of the writer under the text is a signature, however it is written."""
    assert new_text(message(plain="sudah pak\n\ndewi", sender="Dewi Contoh")) == "sudah pak"


def test_several_parts_are_read_as_one_text() -> None:
    """A mail of several text parts is read from all of them, not from its HTML alone."""
    assert new_text(message("<p>dua</p>", "satu", text="satu\ndua")) == "satu\ndua"


RAW = b"""From: Siti Contoh <siti@dinas.example>\r
To: aduan@sibadra.example\r
Subject: Re: Laporan\r
MIME-Version: 1.0\r
Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\r
Content-Transfer-Encoding: 8bit\r
\r
Sudah kami cek, besok dikerjakan sampai  \r
selesai.\r
\r
-- \r
Siti\r
\r
On 03/08/26 10:12, Si Badra wrote:\r
> lama\r
"""


def test_a_mail_as_it_comes_over_the_wire() -> None:
    """From bytes to the new text: flowed lines are joined, signature and quote are gone."""
    assert new_text(read(RAW)) == "Sudah kami cek, besok dikerjakan sampai selesai."


BOMBS = {
    "nested quotes": "<blockquote>" * 5_000 + "x",
    "nested cites under a text": "<p>halo</p>" + '<blockquote type="cite">' * 5_000 + "x",
    "nested divisions": "<div>" * 200_000 + "x",
    "tables": "<table><tr><td>" * 60_000,
    "broken emphasis": "<b><p></b>" * 100_000,
    "open tags": "<a" * 500_000,
    "angles": "<" * 1_000_000,
    "comments": "<!--" * 250_000,
    "attributes": "<div " + "a=1 " * 250_000,
    "classes": '<div class="' + "x_" * 400_000 + '">halo</div>',
    "style": '<div style="' + "border-top:" * 80_000 + '">halo</div>',
    "breaks": "<br>" * 250_000,
    "items": "<ul><li>" * 120_000,
    "entities": "&lt;" * 250_000,
    "headers": "<div>Dari: a@b.example</div>" * 40_000,
    "paragraphs": "<p>halo kami</p>" * 60_000,
    "lines on top": '<div style="border-top:solid #E1E1E1">' * 150 + "From: a@b 2026:::" + "</div>" * 150,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_end_in_good_time(bomb: str) -> None:
    """A megabyte of hostile HTML costs no more than seconds on a slow machine, and raises nothing."""
    start = time.perf_counter()
    new_text(message(BOMBS[bomb]), keep_forward=True)
    assert time.perf_counter() - start < 2.5


def test_text_over_a_deep_quote_is_kept() -> None:
    """What stands above five thousand nested quotes is still the answer."""
    assert new_text(message(BOMBS["nested cites under a text"])) == "halo"


TAGS = ["div", "/div", "blockquote", "/blockquote", "br", "p", "hr", "ol", "li", "/ol", "pre", "/pre", "td", "!--", "b"]
MARKS = [
    '<div class="gmail_attr">',
    '<div id="divRplyFwdMsg">',
    '<div style="border-top:solid #E1E1E1">',
    "<blockquote type=cite>",
]
WORDS = ["kami cek\n", "Dari: a@b.c", "&nbsp;", "> q", "-- ", "\ufeff", "-->"]
PIECES = st.lists(st.sampled_from([f"<{tag}>" for tag in TAGS] + MARKS + WORDS), max_size=40)


@given(PIECES, st.one_of(st.none(), st.text(max_size=60)), st.booleans())
def test_nothing_raises(pieces: list[str], plain: str | None, forward: bool) -> None:
    """Whatever the HTML and the plain part hold, a text comes back."""
    assert isinstance(new_text(message("".join(pieces), plain), keep_forward=forward), str)


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_raises(html: str, plain: str) -> None:
    """Not even lone surrogates and NUL do harm."""
    assert isinstance(new_text(message(html, plain), keep_forward=True), str)
