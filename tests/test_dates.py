"""Dates and promises: every row of the city's date table, and what is no promise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.reply.dates import dates, working_days_on
from mail.reply.fold import fold, sentences, spell
from mail.reply.promise import promised

SENT = date(2026, 8, 5)  # a Wednesday
CLOSED = frozenset({date(2026, 8, 17), date(2026, 8, 25), date(2026, 12, 24), date(2026, 12, 25)})

AHEAD = """
hari ini|08-05
nanti sore|08-05
malam ini|08-05
besok|08-06
bsk pagi|08-06
esok hari|08-06
isuk|08-06
lusa|08-07
paling lambat Jumat|08-07
Jumat ini|08-07
sebelum Jumat|08-07
Senin depan|08-10
hari Senin|08-10
Rabu|08-12
Kamis depan|08-06
Kamis minggu depan|08-13
minggu depan|08-14
pekan depan|08-14
mgg dpn|08-14
akhir minggu ini|08-07
akhir pekan ini|08-07
minggu ini|08-07
hari Minggu|08-09
Minggu pagi|08-09
Minggu, 9/8|08-09
H+3|08-08
H + 2|08-07
3 hari|08-08
dalam tiga hari|08-08
3x24 jam|08-08
2 hari kerja|08-07
5 hari kerja|08-12
7 (tujuh) hari kerja|08-14
1-2 hari lagi|08-07
1-2 hari ini|08-07
dua atau tiga hari|08-08
dua mingguan lagi|08-19
seminggu|08-12
sebulan|09-05
tiga bulan ke depan|11-05
tgl 7|08-07
tgl 3|09-03
tgl. 12|08-12
tgl 20 bulan depan|09-20
7/8|08-07
s/d 20/8|08-20
07-08-2026|08-07
7 Agt|08-07
10 s.d. 12 Agustus|08-12
Senin s.d. Rabu|08-12
Senin, 10 Agustus 2026 pukul 09.00|08-10
akhir bulan|08-31
bulan ini|08-31
Agustus|08-31
bulan depan|09-30
awal bulan depan|09-05
pertengahan Desember|12-15
awal Oktober|10-05
akhir September|09-30
minggu kedua September|09-14
triwulan III|09-30
TW 3|09-30
triwulan I|2027-03-31
semester II|12-31
akhir tahun|12-31
Maret 2027|2027-03-31
besok kalau cuaca mendukung|08-06
insya Allah lusa|08-07
jum'at sore|08-07
"""

NONE = """
awal tahun
awal tahun depan
tahun depan
2027
APBD 2027
anggaran perubahan
secepatnya
segera
dalam waktu dekat
nanti
setelah Lebaran
setelah hujan reda
kalau material datang
kemarin
tadi pagi
sejak tgl 3
surat tgl 1 Agustus
hari Sabtu kemarin
Selasa lalu
setiap hari Senin
sudah 3 hari
RT 03/07
24/7
Sabtu, 1 Agustus 2026
3 hari yang lalu
"""


def found(text: str) -> date | None:
    """The latest date found in a phrase."""
    return max((each.day for each in dates(spell(fold(text)), SENT, CLOSED)), default=None)


@pytest.mark.parametrize("row", AHEAD.strip().splitlines())
def test_an_expression_is_the_day_of_the_table(row: str) -> None:
    """Each way of writing a day means the day that the city's table gives it."""
    text, day = row.split("|")
    assert found(text) == date.fromisoformat(day if len(day) > 5 else f"2026-{day}")


@pytest.mark.parametrize("text", NONE.strip().splitlines())
def test_vague_and_past_expressions_are_no_day(text: str) -> None:
    """What is vague, past, a habit, an address or a budget year gives no date."""
    assert found(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("survei besok, selesai akhir bulan", date(2026, 8, 31)),
        ("target selesai Jumat, laporan foto kami kirim Senin", date(2026, 8, 7)),
        ("mohon warga melengkapi paling lambat Jumat", None),
        ("PLN janji besok", None),
        ("kami sudah ke sana hari Senin", None),
        ("Hari Senin kami ke sana", date(2026, 8, 10)),
        ("Alat berat masih di lokasi lain, Jumat baru bisa", date(2026, 8, 7)),
        ("Pengukuran tanggal 20 Juli 2026 sudah lewat, hasilnya H+2", date(2026, 8, 7)),
        ("saya cuti sampai hari Jumat", None),
    ],
)
def test_only_the_offices_own_finishing_day_is_promised(text: str, day: date | None) -> None:
    """Of several dates the finishing counts; deadlines of others and days gone by are no promise."""
    assert promised(sentences(spell(fold(text))), SENT, CLOSED) == day


def test_working_days_leave_out_holidays() -> None:
    """Five working days from 11 August 2026 end on the 19th, because of the 17th."""
    assert working_days_on(date(2026, 8, 11), 5, CLOSED) == date(2026, 8, 19)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789/-.+ hxtgl jamariminggubulan"), max_size=80), st.dates())
def test_whatever_stands_there_no_day_lies_before_the_mail(text: str, sent: date) -> None:
    """Any string gives only days on or after the mail's, and never raises."""
    assert all(each.day >= sent for each in dates(text, sent))
