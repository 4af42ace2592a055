"""Indonesian as the letters use it: dates, states in a sentence to a citizen or an official, salutations, phrases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from engine.calendar import Patience
from mail.write.tongue import Tongue, When, day_of, local

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
MEANT = {
    "accept": "laporan diterima dan akan dilihat",
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
    "join": "digabung dengan laporan lain",
    "split": "dipisahkan dari laporan lain",
    "remind": "pemegang tugas diingatkan",
    "close": "ditutup",
    "undo": "dibatalkan",
    "veil": "disamarkan",
    "conceal": "dirahasiakan",
    "urge": "laporan mendesak",
    "copy": "tembusan dikirim",
    "look": "permintaan identitas pelapor",
}
"""What an answer was understood to mean."""
MISSING = {
    "reason": "alasan", "date": "tanggal", "target": "unit atau jabatan yang dituju", "ticket": "nomor laporan",
    "agency": "nama instansi di luar Pemerintah Kota, misalnya EKSTERNAL PLN",
}  # fmt: skip
KINDS = {
    "task": "surat tugas", "reminder": "pengingat", "escalation": "disampaikan kepada atasan",
    "triage": "permintaan verifikasi", "news": "permintaan kabar",
}  # fmt: skip
"""Letters as a trail names them."""
CITIZEN = {
    "triage": "sedang kami verifikasi",
    "forwarded": "sudah diteruskan kepada unit yang menangani",
    "accepted": "sudah diterima unit yang menangani",
    "in_progress": "sedang dikerjakan",
    "need_info": "menunggu jawaban Anda",
    "postponed": "ditunda",
    "done": "dinyatakan selesai, menunggu konfirmasi Anda",
    "closed": "sudah ditutup",
    "rejected": "belum dapat kami tindak lanjuti",
    "external": "menjadi kewenangan instansi lain",
    "withdrawn": "dicabut",
    "joined": "digabung dengan laporan yang sama",
}
OFFICIAL = {
    "triage": "menunggu verifikasi",
    "forwarded": "menunggu jawaban unit yang bertugas",
    "accepted": "diterima unit yang bertugas",
    "in_progress": "sedang dikerjakan",
    "need_info": "menunggu jawaban pelapor",
    "postponed": "ditunda",
    "done": "dinyatakan selesai, menunggu konfirmasi pelapor",
    "closed": "ditutup",
    "rejected": "tidak dapat ditindaklanjuti",
    "external": "kewenangan instansi lain",
    "withdrawn": "dicabut pelapor",
    "joined": "digabung dengan laporan lain",
}


def day(value: When) -> str:
    """Jumat, 7 Agustus 2026; nothing for nothing."""
    if not value:
        return ""
    on = day_of(value)
    return f"{DAYS[on.weekday()]}, {on.day} {MONTHS[on.month - 1]} {on.year}"


def moment(value: datetime | str) -> str:
    """Jumat, 7 Agustus 2026 pukul 16.00 WIB; nothing for nothing."""
    if not value:
        return ""
    at = local(value)
    return f"{day(at)} pukul {at.hour:02}.{at.minute:02} WIB"


def wait(value: str) -> str:
    """3 hari kerja; nothing for nothing."""
    return Patience.parse(value).indonesian() if value else ""


def citizen(name: str) -> str:
    """The salutation of a citizen, whose sex we do not know; "" for one without a name."""
    return f"Yth. Bapak/Ibu {name}" if name else "Yth. Pelapor"


INDONESIAN = Tongue(
    code="id",
    day=day,
    moment=moment,
    wait=wait,
    to_citizen=citizen,
    closing_citizen="Terima kasih.",
    citizen=CITIZEN,
    official=OFFICIAL,
    ratings=("sangat tidak puas", "tidak puas", "cukup", "puas", "sangat puas"),
    say={
        "press": "Balas surat ini dengan kalimat biasa, atau tekan salah satu:",
        "write": "Balas surat ini dengan kalimat biasa, atau tulis salah satu kata berikut pada baris pertama:",
        "also": "Dapat juga dijawab:",
        "part": "Bagian surat Anda",
        "first_told": "Dari alamat surel ini belum ada laporan tentang hal tersebut, sehingga surat Anda kami catat "
        "sebagai laporan baru. Bila Anda sudah melapor dari alamat surel lain, tanyakan perkembangannya dengan "
        "mengirim STATUS dari alamat itu.",
        "earlier": "Kabar sebelumnya",
        "undated": "tanggal yang disebut petugas bukan janji",
        "rate": "Berapa nilai Anda untuk penanganan ini?",
        "rate_write": "Tulis angkanya saja",
        "cut": "[… dipotong; selengkapnya tersimpan di sistem]",
        "no_text": "(tanpa teks; lihat lampiran)",
        "files": "{count} berkas ({names})",
        "kept": "{count} berkas tidak disertakan karena melebihi batas ukuran surat ({size}) dan tersimpan di sistem",
        "closed": "{count} berkas tidak disertakan demi kerahasiaan pelapor dan tersimpan di sistem",
        "number": "Nomor",
        "matter": "Perihal",
        "received": "Diterima",
        "place": "Tempat",
        "limit": "Batas aturan",
        "attachments": "Lampiran",
        "now": "Keadaan",
    },
)

REQUEST_CITIZEN = {
    "forwarded": "sudah diterima PPID",
    "in_progress": "sedang disiapkan",
    "need_info": "menunggu kelengkapan dari Anda",
    "postponed": "diperpanjang waktunya",
    "done": "sudah dijawab, menunggu konfirmasi Anda",
    "closed": "sudah selesai",
    "rejected": "belum dapat kami penuhi",
    "withdrawn": "dicabut",
}
REQUEST_OFFICIAL = {
    "forwarded": "menunggu jawaban PPID",
    "in_progress": "sedang disiapkan",
    "need_info": "menunggu kelengkapan dari pemohon",
    "postponed": "diperpanjang waktunya",
    "done": "sudah dijawab, menunggu konfirmasi pemohon",
    "closed": "selesai",
    "rejected": "ditolak dengan alasan",
    "withdrawn": "dicabut pemohon",
}
REQUESTS = replace(
    INDONESIAN,
    workflow="information",
    citizen=REQUEST_CITIZEN,
    official=REQUEST_OFFICIAL,
    swapped={
        "laporan warga": "permohonan informasi dari warga",
        "laporan": "permohonan informasi",
        "laporannya": "permohonan informasinya",
        "pelapor": "pemohon",
        "dilaporkan": "dimohon",
    },
)
"""Requests for information, in the law's words."""
INDONESIAN = replace(INDONESIAN, others={REQUESTS.workflow: REQUESTS})
