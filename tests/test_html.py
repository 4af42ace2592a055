"""HTML to text: what a reader sees, line by line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.html import to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Satu</p><p>Dua</p>", "Satu\n\nDua"),
        ("<div>Satu</div><div><br></div><div>Dua<br></div><div>Tiga</div>", "Satu\n\nDua\nTiga"),
        ("Satu<br>Dua<br/>\nTiga", "Satu\nDua\nTiga"),
        ("  Jalan \n <b>rusak</b>  <i>parah</i>. ", "Jalan rusak parah."),
        ("<ul><li>Lampu<li>Jalan</ul><ol start=3><li>Air</li></ol>", "- Lampu\n- Jalan\n\n3. Air"),
        ("<table><tr><td>Nama</td><td>Siti</td></tr><tr><td>RT</td><td>3</td></tr></table>", "Nama Siti\nRT 3"),
        ("Lihat <a href='http://x.example/?a=1&b'>peta</a>.", "Lihat peta."),
        ("Foto: <img src=x alt='jalan rusak'><img width=1 alt=pelacak src=y>", "Foto: jalan rusak"),
        ("<head><title>T</title><style>p{}</style></head><script>alert('<p>')</script>Isi", "Isi"),
        ("<span style='display:none;font-size:0'>pratinjau <b>x</b></span>Isi<p hidden>y</p>", "Isi"),
        ("<div style='mso-hide:all'>pratinjau</div>Isi", "Isi"),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ("a&nbsp;b &lt;c&gt; &#8220;d&#8221; &eacute; &tidakada;", "a b <c> “d” é &tidakada;"),
        ("<!-- <p>x</p> -->Isi<!--[if mso]>y<![endif]-->", "Isi"),
        ("Isi\0 lagi", "Isi lagi"),
        ("<p>&nbsp;</p><p>Isi</p>", "Isi"),
        ("<font size=10>besar</font>", "besar"),
        ("<span style='font-size:0.9em'>kecil</span>", "kecil"),
        ("می‌خواهم", "می‌خواهم"),
        ("", ""),
        ("<", "<"),
    ],
)
def test_html_reads_as_it_shows(html: str, text: str) -> None:
    """Each piece of HTML gives the lines that a mail program shows."""
    assert to_text(html) == text


def test_a_picture_within_the_page_is_no_text() -> None:
    """A data: address of any length is neither text nor work."""
    assert to_text("Foto <img src='data:image/png;base64," + "A" * 500_000 + "'> ini") == "Foto ini"


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_rendered(html: str) -> None:
    """Whatever stands there, text comes out that can be stored."""
    to_text(html).encode("utf-8")


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div>", "<li>", "</ul>", "<ul>", "<pre>", "x", " ", "&#xD800;", "<td"]),
        max_size=60,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_heap_of_tags_keeps_its_words(tags: list[str]) -> None:
    """No word outside a tag is lost, however the tags are heaped."""
    html = "".join(tag for tag in tags if tag != "<td")
    assert to_text(html).count("x") == html.replace("#xD", "").count("x")
