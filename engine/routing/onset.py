"""When and how widely a complaint says its trouble began: fresh, lasting, over or to come, one lamp or all."""

from __future__ import annotations

import re

FRESH, LASTING, OVER, COMING, UNSAID = "fresh", "lasting", "over", "coming", ""
_NUMBER = r"(?:\d+|dua|tiga|empat|lima|enam|tujuh|delapan|beberapa|ber|se)"
_SPAN = r"(?:minggu|mgg|mnggu|bulan|bln|tahun|thn|taun)"
_EACH = r"(?:tiap|setiap|unggal)[- ]"
_LASTING = re.compile(
    rf"\b(?:{_NUMBER}[- ]?{_SPAN}(?:an)?"
    rf"|{_EACH}(?:hari|malam|malem|pagi|siang|sore|kali|hujan|minggu|jam|weekend|akhir pekan)"
    rf"|{_SPAN} (?:lalu|kemarin|kmrn|kamari)"
    r"|selalu|sering|dari dulu|sejak dulu"
    r"|sudah lama|udah lama|udh lama|sdh lama|berbulan|bertahun|berminggu|menahun|langganan banjir)\b"
)
_BESIDE = re.compile(
    r"\b(?:anak|bayi|balita|cucu|orok|umur|usia|hamil|lahir)\w*\b[^.,;!?\n]{0,20}?"
    rf"\b{_NUMBER}[- ]?{_SPAN}\b"
    r"|\b(?:bayar|iuran|tagihan|rekening|lancar|normal|nyala|biasanya)\w*[- ]?\d?\b[^.,;!?\n]{0,15}?"
    rf"\b{_EACH}\w+"
    r"|\b(?:padahal|biasanya)\b[^.,;!?\n]{0,20}?\b(?:kemarin|kemaren|kmrn|kamari)\b"
    r"|\b(?:kemarin|kemaren|kmrn|kamari)\b[^.,;!?\n]{0,20}?\b(?:masih|msh|normal|nyala|hidup|hurung|lancar|ngalir"
    r"|mengalir|terang|baik|lapor|melapor|telepon|telpon|telp)\w*\b"
)
"""A child's age, what is paid each month and what used to run each day say nothing of the trouble; nor does that it ran
yesterday, or was reported then."""
_FRESH = re.compile(
    r"\b(?:barusan|baru saja|baru aja|mendadak|tiba-tiba|ujug-ujug|semalam|semalem|hari ini"
    r"|malam ini|pagi ini|siang ini|sore ini|bangun tidur"
    r"|subuh|janari|tadi(?: pagi| siang| malam| malem| sore)?"
    r"|(?:dari|sejak|dr|sjk|ti|mulai) (?:tadi|pagi|isuk|siang|sore|jam|pukul|pkl|semalam|kemarin|kmrn|kamari|peuting)"
    r"|(?:\d+|se|sa|dua|tiga|empat) ?jam)\b"
)
_HABIT = re.compile(rf"\b(?:{_EACH}(?:hari|malam|malem|pagi|sore|kali|hujan|minggu)|selalu|sering|langganan banjir)\b")
_NOW = re.compile(
    r"(?<!sampai )(?<!sampe )(?<!smpe )(?<!smp )\b(?:sekarang|skrg|skrang|saat ini|detik ini"
    r"|(?:malam|malem|sore|siang|pagi|hari|subuh|enjing|wengi) (?:ini|ieu)|ayeuna)\b"
)
_BEFORE = re.compile(
    rf"\b(?:{_SPAN} (?:lalu|kemarin|kemaren|kmrn|kamari)|(?:kemarin|kemaren|kmrn|kamari)(?: lusa)?|pernah)\b"
)
_SINCE = re.compile(r"\b(?:sejak|semenjak|dari|dr|sjk|ti|mulai|since)\b[^.,;!?\n]*$")
_NEAR = 24
"""Letters before a day in which the word may stand that makes it a beginning ("sejak hari Senin minggu lalu")."""
_WIDE = re.compile(
    r"\b(?:semua(?:nya)?|smua|seluruh|total|serentak|serempak|sepanjang|berjamaah|sadaya(?:na)?|kabeh|blackout"
    r"|gelap gulita|mongkleng|all|(?:satu|1) (?:ruas|rt|rw|gang|kampung|komplek|blok)|se-?(?:rt|rw|gang|komplek|blok)"
    r"|(?:ber)?puluhan|\d{1,3} (?:tiang|titik|lampu))\b"
)
_SINGLE = re.compile(
    r"\b(?:(?:satu|1|sebuah|hiji) (?:buah )?(?:lampu|tiang|titik|pju)|lampu(?:nya)? (?:satu|1)"
    r"|kedip(?![-\w]* kuning)\w*)\b"
)


_DAY_TO_COME = (
    r"(?:besok|bsk|esok|lusa|isukan|pageto|(?:minggu|mgg|pekan|bulan|bln) depan|nanti (?:malam|malem|sore|siang))"
)
_WILL = r"(?:akan|bakal|mau|rencana(?:nya)?|dijadwalkan|jadwal(?:nya)?|rek|bade)"
_TROUBLE = r"(?:di|pe)?(?:mati|padam|tutup|putus|hentikan|stop|pareum|paeh|libur)(?:kan|in|an)?"
_COMING = re.compile(
    rf"\b{_DAY_TO_COME}\b[^.;!\n]{{0,40}}?\b(?:{_WILL}\b|{_TROUBLE}\b)"
    rf"|\b{_WILL}\s+(?:ada\s+)?(?:\w+\s+)?{_TROUBLE}\b"
)


def onset(folded: str) -> str:
    """`fresh` for what began today or yesterday, `lasting` for weeks and habits, `over` for what was, `coming` for what
    is only announced, "" where nothing is said.

    A habit that is told because it happens again now is no bar: "tiap hujan begini, sekarang masuk rumah"; nor is what
    was before: "pagi ini longsor lagi, tahun lalu juga".
    """
    told = _BESIDE.sub(" ", folded)
    if _NOW.search(told):
        told = _HABIT.sub(" ", _before(told))
    elif not _FRESH.search(told) and _before(told) != told:
        return OVER
    if _COMING.search(told) and not _FRESH.search(told):
        return COMING
    return LASTING if _LASTING.search(told) else FRESH if _FRESH.search(told) else UNSAID


def _before(told: str) -> str:
    """The text without what was: a day that is over, unless the trouble is said to go on since then."""
    return _BEFORE.sub(lambda at: at[0] if _SINCE.search(told[max(0, at.start() - _NEAR) : at.start()]) else " ", told)


def wide(folded: str) -> bool:
    """Whether the whole street, block or kampung is said to be without."""
    return _WIDE.search(folded) is not None and not single(folded)


def single(folded: str) -> bool:
    """Whether one lamp or pole is meant."""
    return _SINGLE.search(folded) is not None
