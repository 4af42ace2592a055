"""When and how widely a complaint says its trouble began: fresh or lasting, one lamp or the whole street."""

from __future__ import annotations

import re

FRESH, LASTING, UNSAID = "fresh", "lasting", ""
_NUMBER = r"(?:\d+|dua|tiga|empat|lima|enam|tujuh|delapan|beberapa|ber|se)"
_SPAN = r"(?:minggu|mgg|mnggu|bulan|bln|tahun|thn|taun)"
_EACH = r"(?:tiap|setiap|unggal)[- ]"
_LASTING = re.compile(
    rf"\b(?:{_NUMBER}[- ]?{_SPAN}(?:an)?"
    rf"|{_EACH}(?:hari|malam|malem|pagi|sore|kali|hujan|minggu|bulan)"
    rf"|{_SPAN} (?:lalu|kemarin|kmrn|kamari)"
    r"|selalu|sering|dari dulu|sejak dulu"
    r"|sudah lama|udah lama|udh lama|sdh lama|berbulan|bertahun|berminggu|menahun|langganan banjir)\b"
)
_BESIDE = re.compile(
    r"\b(?:anak|bayi|balita|cucu|orok|umur|usia|hamil|lahir)\w*\b[^.,;!?\n]{0,20}?"
    rf"\b{_NUMBER}[- ]?{_SPAN}\b"
    r"|\b(?:bayar|iuran|tagihan|rekening|lancar|normal|nyala|biasanya)\w*[- ]?\d?\b[^.,;!?\n]{0,15}?"
    rf"\b{_EACH}\w+"
)
"""A child's age, what is paid each month and what used to run each day say nothing of the trouble."""
_FRESH = re.compile(
    r"\b(?:barusan|baru saja|baru aja|mendadak|tiba-tiba|ujug-ujug|semalam|semalem|hari ini"
    r"|malam ini|pagi ini|siang ini|sore ini|bangun tidur"
    r"|subuh|janari|tadi(?: pagi| siang| malam| malem| sore)?"
    r"|(?:dari|sejak|dr|sjk|ti|mulai) (?:tadi|pagi|isuk|siang|sore|jam|pukul|pkl|semalam|kemarin|kmrn|kamari|peuting)"
    r"|(?:\d+|se|sa|dua|tiga|empat) ?jam)\b"
)
_HABIT = re.compile(rf"\b(?:{_EACH}(?:hari|malam|malem|pagi|sore|kali|hujan|minggu)|selalu|sering|langganan banjir)\b")
_NOW = re.compile(r"\b(?:sekarang|skrg|skrang|saat ini|detik ini|malam ini|sore ini|hari ini)\b")
_WIDE = re.compile(
    r"\b(?:semua(?:nya)?|smua|seluruh|total|serentak|serempak|sepanjang|berjamaah|sadaya(?:na)?|kabeh|blackout"
    r"|gelap gulita|mongkleng|all|(?:satu|1) (?:ruas|rt|rw|gang|kampung|komplek|blok)|se-?(?:rt|rw|gang|komplek|blok)"
    r"|(?:ber)?puluhan|\d{1,3} (?:tiang|titik|lampu))\b"
)
_SINGLE = re.compile(
    r"\b(?:(?:satu|1|sebuah|hiji) (?:buah )?(?:lampu|tiang|titik|pju)|lampu(?:nya)? (?:satu|1)|kedip\w*)\b"
)


def onset(folded: str) -> str:
    """`fresh` for what began today or yesterday, `lasting` for weeks and habits, "" where nothing is said.

    A habit that is told because it happens again now is no bar: "tiap hujan begini, sekarang masuk rumah".
    """
    told = _BESIDE.sub(" ", folded)
    if _NOW.search(told):
        told = _HABIT.sub(" ", told)
    return LASTING if _LASTING.search(told) else FRESH if _FRESH.search(told) else UNSAID


def wide(folded: str) -> bool:
    """Whether the whole street, block or kampung is said to be without."""
    return _WIDE.search(folded) is not None and not single(folded)


def single(folded: str) -> bool:
    """Whether one lamp or pole is meant."""
    return _SINGLE.search(folded) is not None
