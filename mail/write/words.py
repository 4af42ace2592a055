"""How dates, states and long texts stand in an Indonesian letter, and the filters that the templates use."""

from __future__ import annotations

import textwrap
from datetime import date, datetime

from engine.calendar.working import JAKARTA
from workflows.complaint import STATES

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
WIDTH = 72
LONG = 4000
"""Characters of a citizen's text that a letter quotes; the whole mail is in the tables."""
LABELS = {info.name: info.label for info in STATES}
MEANT = {
    "accept": "laporan diterima, akan dilihat",
    "progress": "sedang dikerjakan",
    "finish": "sudah selesai",
    "reject": "tidak dapat dipenuhi",
    "decline": "bukan kewenangan unit ini",
    "hand_over": "diteruskan ke unit lain",
    "ask": "pertanyaan kepada pelapor",
    "postpone": "ditunda",
    "take": "diambil alih",
    "reassign": "dialihkan",
    "route": "diarahkan",
    "outside": "kewenangan instansi lain",
    "remind": "pemegang tugas diingatkan",
    "close": "ditutup",
    "undo": "dibatalkan",
}
MISSING = {"reason": "alasan", "date": "tanggal", "target": "unit atau jabatan yang dituju", "ticket": "nomor laporan"}
KINDS = {
    "task": "surat tugas", "reminder": "pengingat", "escalation": "disampaikan ke atasan",
    "triage": "permintaan verifikasi", "news": "permintaan kabar",
}  # fmt: skip


def _time(value: datetime | str) -> datetime:
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.astimezone(JAKARTA)


def day(value: datetime | date | str) -> str:
    """Jumat, 7 Agustus 2026."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        value = (value.astimezone(JAKARTA) if value.tzinfo else value).date()
    return f"{DAYS[value.weekday()]}, {value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | str) -> str:
    """Jumat, 7 Agustus 2026 pukul 16.00 WIB."""
    at = _time(value)
    return f"{day(at)} pukul {at:%H.%M} WIB"


def state(name: str) -> str:
    """A state's label for people, in the middle of a sentence."""
    label = LABELS.get(name, name)
    return label[:1].lower() + label[1:]


def lower_first(text: str) -> str:
    """The text as it continues a sentence."""
    return text[:1].lower() + text[1:]


def wrap(text: str) -> str:
    """A paragraph of a plain text letter."""
    lines = (textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in text.splitlines())
    return "\n".join(lines)


def indented(text: str) -> str:
    """A quotation, set in by four."""
    wrapped = "\n".join(wrap(line) if len(line) > WIDTH - 4 else line for line in text.splitlines())
    return textwrap.indent(wrapped, "    ")


def pad(text: str, width: int) -> str:
    """Filled up to a column; at least two blanks follow."""
    return text.ljust(width) if len(text) < width - 1 else text + "  "


def hang(text: str, indent: int) -> str:
    """A text that goes on in its own column."""
    flat = " ".join(text.split())
    return textwrap.fill(
        flat, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent, break_long_words=False
    )[indent:]


def shortened(text: str) -> str:
    """A long text cut at a word, saying so."""
    text = text.strip()
    return text if len(text) <= LONG else text[:LONG].rsplit(" ", 1)[0] + " […dipotong]"


FILTERS = {
    "day": day, "moment": moment, "state": state, "wrap": wrap, "indented": indented, "pad": pad, "hang": hang,
    "lower_first": lower_first,
}  # fmt: skip
