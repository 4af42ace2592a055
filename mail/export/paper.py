"""The timeline as PDF, for printing: the same words as the page; the only file that knows fpdf2.

The embedded font knows Latin, Greek, Cyrillic, punctuation and signs. What it lacks (emoji, Arabic, Chinese) is drawn
as one ▯ for each run of such characters, and the last page says so: the whole text stands in timeline.html.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from importlib.resources import as_file, files

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from engine.store.tables import EPOCH
from mail.export import words
from mail.export.case import Case
from mail.export.page import CUT, clock, facts, fate, sent
from mail.export.story import LATE, LETTER, Moment
from mail.write.layout import shortened
from mail.write.words import day, moment

FONT = "DejaVu"
INK, SOFT, GREEN, RED, RAIL = (28, 39, 35), (86, 101, 94), (31, 111, 74), (179, 38, 30), (188, 216, 201)
MISSING = "▯"
NAMES = 42.0
"""Width in mm of the column of names."""
LEADING = 0.5
"""Height of a line in mm for each point of its letters."""


class Paper(FPDF):
    """An A4 page of ours: number and page at its foot."""

    def __init__(self, number: str) -> None:
        super().__init__(format="A4")
        self._number = number
        self.lacked = False
        for style, name in (("", "DejaVuSans"), ("B", "DejaVuSans-Bold")):
            with as_file(files("mail.export") / "fonts" / f"{name}.ttf") as path:
                self.add_font(FONT, style, path)
        cuts = [set(one.cmap) for one in self.fonts.values() if isinstance(one, TTFFont)]
        self.known = frozenset(map(chr, set.intersection(*cuts))) | {"\n"}
        self.set_margins(20, 18)
        self.set_auto_page_break(True, 20)
        self.alias_nb_pages()

    def footer(self) -> None:
        """The ticket's number and the page's."""
        self.set_y(-14)
        self.set_font(FONT, "", 8)
        self.set_text_color(*SOFT)
        self.cell(0, 5, f"Bukti {self._number}  ·  halaman {self.page_no()} dari {{nb}}", align="R")

    def say(
        self, text: str, size: float, colour: tuple[int, int, int] = INK, style: str = "", indent: float = 0
    ) -> None:
        """A paragraph of `size` points, `indent` mm from the left."""
        lines = self.broken(text, size, style, indent)
        self.set_text_color(*colour)
        for line in lines:
            self.set_x(self.l_margin + indent)
            self.cell(0, size * LEADING, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def broken(self, text: str, size: float, style: str = "", indent: float = 0) -> list[str]:
        """A paragraph's lines, broken at blanks, and within a word longer than a line.

        fpdf2 breaks lines itself, but measures each again with every letter: a proof of 200 pages took half a minute.
        """
        self.set_font(FONT, style, size)
        # A cell keeps a little room at either side.
        room = self.epw - indent - 2 * self.c_margin
        lines = []
        for paragraph in self.drawable(text).split("\n"):
            line, used = "", 0.0
            for word in re.findall(r" *[^ ]+", paragraph):
                wide = self.get_string_width(word)
                if used + wide > room and line:
                    lines.append(line)
                    line, used = "", 0.0
                    word = word.lstrip()  # noqa: PLW2901
                    wide = self.get_string_width(word)
                while wide > room:
                    count = max(1, int(len(word) * room / wide) - 1)
                    lines.append(word[:count])
                    word = word[count:]  # noqa: PLW2901
                    wide = self.get_string_width(word)
                line, used = line + word, used + wide
            lines.append(line)
        return lines

    def fact(self, name: str, value: str) -> None:
        """A name and its value beside it."""
        if self.will_page_break(6):
            self.add_page()
        self.set_font(FONT, "", 9)
        self.set_text_color(*SOFT)
        self.cell(NAMES, 5, name)
        self.say(value, 9.5, indent=NAMES)
        self.ln(0.8)

    def heading(self, text: str) -> None:
        """A heading that does not stand alone at the foot of a page."""
        if self.will_page_break(24):
            self.add_page()
        self.ln(4)
        self.say(text, 12, GREEN, "B")
        self.ln(1.5)

    def drawable(self, text: str) -> str:
        """A text without the characters that the font lacks, ▯ for each run of them."""
        text = unicodedata.normalize("NFC", text).replace("\t", "    ")
        if all(char in self.known for char in text):
            return text
        self.lacked = True
        marked = "".join(char if char in self.known else MISSING for char in text)
        return re.sub(f"{MISSING}(?:[ ]?{MISSING})*", MISSING, marked)


def paper(case: Case, told: Sequence[Moment]) -> bytes:
    """timeline.pdf."""
    pdf = Paper(case.ticket.number)
    last = case.rows[-1].entry.at if case.rows else EPOCH
    pdf.set_creation_date(last)
    pdf.set_title(f"Bukti {case.ticket.number}")
    pdf.set_lang("id")
    pdf.add_page()
    pdf.say(f"Si Badra  ·  {case.city}", 9, GREEN, "B")
    pdf.ln(1)
    pdf.say("Riwayat penanganan laporan", 16, INK, "B")
    pdf.ln(1)
    pdf.say(f"Semua waktu dalam WIB, sampai {moment(last)}.", 9, SOFT)
    if case.masked:
        pdf.ln(1)
        pdf.say(
            "Pelapor meminta identitasnya dirahasiakan. Nama, alamat, dan surat pelapor tidak disertakan; "
            "kutipan disamarkan.",
            9.5,
            RED,
            "B",
        )
    pdf.ln(3)
    for name, value in facts(case):
        pdf.fact(name, value)
    pdf.heading("Isi laporan")
    pdf.say(shortened(case.said(case.ticket.text), CUT) or "(tanpa teks)", 9.5)
    pdf.heading("Surat dan tandanya")
    for letter in sent(case):
        if pdf.will_page_break(12):
            pdf.add_page()
        pdf.say(f"Surat {letter.id}: {words.LETTERS.get(letter.kind, letter.kind)}, kepada {case.reader(letter)}", 9.5)
        pdf.say(
            "   ".join(f"{name} {at}".replace(" ", "\u00a0") for name, at in fate(letter)),
            8.5,
            GREEN if letter.seen_at else SOFT,
            indent=4,
        )
        pdf.ln(1.2)
    pdf.heading("Urutan kejadian")
    before = ""
    for one in told:
        on = day(one.at)
        if on != before:
            if pdf.will_page_break(20):
                pdf.add_page()
            pdf.ln(2)
            pdf.say(on, 10, SOFT, "B")
            pdf.ln(1)
            before = on
        _moment(pdf, one)
    pdf.ln(4)
    pdf.say(
        "“Dibuka” berarti surat itu bertanda sudah dibaca di kotak surat penerima pada waktu yang tertulis. Nomor "
        "baris menunjuk ke history.jsonl. Cara memeriksa keaslian berkas ini ada di README.txt.",
        8,
        SOFT,
    )
    if pdf.lacked:
        pdf.say(
            f"Tanda {MISSING} menggantikan gambar atau aksara yang tidak ada dalam huruf PDF ini; teks lengkapnya ada "
            "di timeline.html.",
            8,
            SOFT,
        )
    pdf.say(f"Ujung rantai riwayat: {case.store.history_head()}", 8, SOFT)
    return bytes(pdf.output())


def _moment(pdf: Paper, one: Moment) -> None:
    """A row of the timeline with its rail at the left, not torn apart where a page can hold it."""
    late = one.tone == LATE
    style = "" if one.tone == LETTER else "B"
    parts: list[tuple[str, float, tuple[int, int, int], str, float]] = [
        (f"{clock(one.at)}   {one.what}", 9.5, RED if late else INK, style, 4),
        ("  ·  ".join(filter(None, (one.who, f"baris {one.row}"))), 8, SOFT, "", 4),
        *((f"{name}: {value}", 8.5, INK, "", 4) for name, value in one.facts),
    ]
    if one.quote:
        parts.append((f"“{one.quote}”", 9, SOFT, "", 8))
    height = sum(size * LEADING * len(pdf.broken(text, size, style, indent)) for text, size, _, style, indent in parts)
    if pdf.will_page_break(height) and pdf.get_y() > pdf.t_margin + 20:
        pdf.add_page()
    start, page = pdf.get_y(), pdf.page_no()
    for part in parts:
        pdf.say(*part)
    if pdf.page_no() == page:
        pdf.set_draw_color(*(RED if late else RAIL))
        pdf.set_line_width(0.8)
        pdf.line(pdf.l_margin, start, pdf.l_margin, pdf.get_y())
    pdf.ln(2)
