"""Which of the words that spoke for a desk may be quoted to people: those that stand in the mail and mean something."""

from __future__ import annotations

import re
from collections.abc import Iterable

_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """
        ada adalah agar aja akan aku anda apa apakah atas atau baik bagaimana bahwa baru banyak bapak beberapa begini
        begitu belum bisa boleh buat bukan cepat cuma dalam dan dapat dari dengan depan dekat di dong dulu gak ga hal
        hanya hari harap harus hingga ibu ini itu jadi jangan juga kali kalau kami kan kapan karena ke kembali kemarin
        kenapa kepada kita kok lagi lah lain lalu lama langsung lebih maaf malam mana masih mau mohon nanti oleh orang
        pada padahal pagi pak para pas perlu pernah saja saat salah sama sampai sangat saya sebelah sebuah sedang segera
        sehingga sejak sekali sekarang selalu semua sering seminggu sini siang sore suka sudah supaya tadi tapi telah
        terima kasih terus tersebut tetapi tiap tiba tidak tolong untuk ya yang beres dibereskan dibantu bantu bantuan
        minggu bulan tahun lapor laporan laporkan masalah mengenai tentang warga rumah tempat sekitar lokasi daerah
        bogor kota selamat salam hormat terimakasih bantuannya perhatian perhatiannya mohonnya solusi solusinya
        """,
    )
)
_WORD = re.compile(r"[^\W_]+")


def quotable(phrases: Iterable[str], text: str) -> list[str]:
    """The phrases whose words stand in the text as it was written, and of which one at least names a matter."""
    standing = {word.lower() for word in _WORD.findall(text)}
    found = []
    for phrase in phrases:
        words = _WORD.findall(phrase.lower())
        if words and all(word in standing for word in words) and not all(word in _EMPTY for word in words):
            found.append(phrase)
    return found
