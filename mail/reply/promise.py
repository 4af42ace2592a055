"""The day that the office itself promises: which of the dates in an answer is its own, and the one of the finishing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from mail.reply.dates import Found, dates

_FINISH = re.compile(
    r"\b(?:selesai|rampung|beres|kelar|tuntas|hasil\w*|jadi|terpasang|kepasang|normal|aman|dijawab|"
    r"jawab|jawaban|terbit|dicetak|cetak|"
    r"permanen|hotmix|pemasangan|pelaksanaan|dilaksanakan|dikerjakan|pengerjaan|target\w*|ditargetkan|"
    r"nyala|menyala|rapi|bersih|lancar|"
    r"kabari|dikabari|laporkan|dilaporkan)\b"
)
# Who else may be bound by a date: the citizen, another office, a supplier.
_ASKED = re.compile(
    r"\b(?:mohon(?! (?:izin|maaf|waktu|sabar|bersabar|pengertian|maklum|dimaklumi|arahan|ditunggu))|"
    r"harap|silakan|silahkan|kiranya|tolong|agar|diharapkan|dimohon|minta)\b[^.?!]{0,60}\b(?:pelapor|"
    r"pemohon|warga|bapak|ibu|"
    r"yang bersangkutan|ybs|kakak|mengirim\w*|dikirim\w*|kirim\w*|melengkapi|dilengkapi|lengkapi|"
    r"menyerahkan|serahkan|mendaftar|daftar|"
    r"melaporkan|laporkan|menyampaikan|disampaikan|datang|membawa|menghubungi|hubungi|menindaklanjuti|"
    r"tindaklanjuti|balas|membalas|"
    r"jawab|dijawab|menjawab|ditunggu|menunggu|diambil|mengambil|ambil)\b"
)
_AWAITED = re.compile(
    r"\b(?:ditunggu|kami tunggu|batas (?:waktu|akhir)|tenggat|deadline|pendaftaran|"
    r"(?:men)?daftar lagi|bisa diambil|dapat diambil|silakan)\b"
)
_THEIRS = re.compile(
    r"\b(?:mereka|dia|beliau|pln|pdam|dishub|dlh|perkim|pupr|dpupr|satpol(?: pp)?|provinsi|bbws\w*|"
    r"balai|pusat|penyedia|vendor|kontraktor|"
    r"pemborong|rekanan|pabrik|supplier|distributor|pengembang|developer|pemilik\w*|operator\w*|"
    r"provider|telkom|kementerian|polisi|polres|"
    r"polresta|pemkab|pemprov|perajin|pihak \w+)\b[^.?!]{0,30}\b(?:janji\w*|dijanjikan|bilang|info\w*|"
    r"menyampaikan|akan|menjanjikan|"
    r"menyanggupi|sanggup|merencanakan|menjadwalkan|katanya|jadwalkan|mau|berencana)\b|"
    r"\b(?:janji(?:nya)?|dijanjikan|menjanjikan|sanggup(?:nya)?|katanya|kata) (?:dari |"
    r"oleh )?(?:mereka|pln|pdam|dishub|dlh|perkim|pupr|provinsi|"
    r"balai|vendor|penyedia|pemilik|dia|operator|provider|pihak)\b"
)
_ORDERED = re.compile(
    r"\b(?:dibalas|dijawab|jawabannya|balasannya)(?: bahwa)? (?:akan|masuk|katanya|nanti|baru)\b|"
    r"\b(?:dijanjikan|dijanjiin)\b(?!.{0,80}\bkami\b)|"
    r"\b(?:laporkan|melaporkan|laporan|disampaikan|sampaikan)\b[^.?!]{0,30}\b(?:kepada|ke) (?:saya|"
    r"kami)\b|\b(?:wajib|harus|agar|supaya|diminta)\b[^.?!]{0,20}"
    r"\b(?:melaporkan|menyelesaikan|menindaklanjuti|melapor)\b|\bdiberi waktu\b"
)
_OUR_STEP = re.compile(r"\b(?:sehingga|baru|lalu|kemudian|setelah itu|kami|pemasangan)\b")
_PAST = re.compile(r"\b(?:sudah|telah|tadi|kemarin|barusan|sejak|dahulu|sebelumnya|pernah|waktu itu)\b")
_PAPER = re.compile(
    r"\b(?:dijadwalkan|jadwalkan|terjadwal|diagendakan|agendakan|direncanakan|rencanakan|disiapkan|"
    r"sepakat|disepakati|janji|menyanggupi|"
    r"pesan|dipesan|masuk jadwal|diplot|ditargetkan|pasti|bisa|siap)\b"
)
_AHEAD = re.compile(
    r"\b(?:akan|nanti|rencana\w*|target\w*|ditargetkan|insyaallah|mau|paling lambat|paling lama|"
    r"paling cepat|selambat\w*|maksimal|"
    r"diperkirakan|perkiraan|estimasi|menyusul|baru|dijadwalkan|kami (?:ke|cek|survei|kerjakan|jawab|"
    r"kabari|sampaikan|laporkan|tinjau)|"
    r"mulai|dilanjut\w*|lanjut|selesai|sampai|sisanya)\b"
)
_ABSENT = re.compile(
    r"\b(?:cuti|diklat|dinas luar|pelatihan|bimtek|umrah|(?:ibadah|naik) haji|izin sakit|(?:saya|"
    r"sedang|lagi) sakit|rapat di|kembali (?:bertugas|masuk|ngantor))\b"
)
_EVENT = re.compile(
    r"\b(?:nomor|sk|perda|perwali|surat|pengukuran|perekaman|laporan|pengaduan|hasil (?:ukur|rapat)|"
    r"musrenbang|tahun anggaran)\b[^,]{0,40}$"
)
_LENGTH = re.compile(r"(?:\d|hari|jam|minggu|pekan|bulan|sebulan|seminggu|sepekan)")
_CLAUSE = re.compile(r"[,;()]|\b(?:tapi|sedangkan|sehingga|karena|soalnya|padahal|lalu|kemudian)\b")
_BUSY = re.compile(
    r"\b(?:dipakai|dipake|dipinjam|bertugas|penuh|ada acara|persiapan|fokus|sibuk|libur|kosong|" r"rusak)\b"
)


def _around(sentence: str, found: Found) -> str:
    """The clause of a sentence in which the expression stands."""
    start, end = 0, len(sentence)
    for cut in _CLAUSE.finditer(sentence):
        if cut.end() <= found.start:
            start = cut.start()
        elif cut.start() >= found.end:
            end = cut.start()
            break
    return sentence[start:end]


def _own(sentence: str, found: Found) -> bool:
    """Whether this date is a promise of the writing office."""
    clause = _around(sentence, found)
    left = sentence[: found.start]
    if _ASKED.search(clause) or (_AWAITED.search(clause) and not _OUR_STEP.search(clause)):
        return False
    if _ASKED.search(left[-120:]) and not re.search(r"[,;]", left[-40:]) and "kami" not in clause:
        return False
    if _THEIRS.search(clause) or _ORDERED.search(clause):
        return False
    if _ABSENT.search(clause):
        return False
    if found.firm:
        return not (_BUSY.search(clause) and not re.search(r"\b(?:baru|bisa|akan)\b", clause) and "sampai" in clause)
    if _EVENT.search(left[-60:]) and not (_AHEAD.search(clause) or _PAPER.search(clause)):
        return False
    head = clause[: max(0, clause.find(found.phrase))]
    if _PAST.search(head) and not _PAPER.search(head) and not _AHEAD.search(clause):
        return False
    after = clause[clause.find(found.phrase) + len(found.phrase) :]
    if re.search(r"^\s*(?:\w+ ){0,2}(?:kemarin|tadi|lalu)\b", after):
        return False
    if sentence.endswith("?"):
        return False
    return not (_BUSY.search(clause) and re.search(r"\b(?:karena|soalnya|sampai)\b", clause) and "baru" not in clause)


_SENTENCES, _LONG = 60, 1_000
_OURS = re.compile(r"^(?!.*\b(?:sudah|telah|tadi|kemarin) (?:kami|saya|kita)\b).*\b(?:kami|saya|kita)\b")
DAY, TODAY = "<day>", "<today>"
"""What stands for a date of the office's own in a masked sentence."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The sentences with the office's own dates ahead masked (`<day>`, `<today>`), and the day that is promised.

    `ours` is the last day in a clause that says who acts (`kami`): what counts where the matter is handed on.
    """

    sentences: tuple[str, ...]
    day: date | None
    ours: date | None = None


def plan(sentences: Iterable[str], sent: date, closed: frozenset[date] = frozenset()) -> Plan:
    """Find what the writing office promises in an answer's spelled sentences.

    Of several dates the one of the finishing counts, else the last; the day is None where nothing of the office's own
    is dated. `sent` is the mail's day, `closed` the days that are no working days besides Saturday and Sunday.
    """
    finishing: list[date] = []
    others: list[date] = []
    masked: list[str] = []
    ours: list[date] = []
    for whole in islice(sentences, _SENTENCES):
        sentence = whole[:_LONG]
        parts: list[str] = []
        last = 0
        for found in dates(sentence, sent, closed):
            if not _own(sentence, found):
                continue
            clause = _around(sentence, found)
            (finishing if _FINISH.search(clause) else others).append(found.day)
            if _OURS.search(clause):
                ours.append(found.day)
            parts += [sentence[last : found.start], DAY if found.day > sent else TODAY]
            last = found.end
        masked.append("".join([*parts, sentence[last:]]))
    best = finishing or others
    return Plan(tuple(masked), max(best) if best else None, max(ours) if ours else None)


_UNTIL = re.compile(r"\b(?:sampai(?: dengan)?|hingga|s\.? ?/? ?d\.?|ke|menjadi) ?(?:tanggal |hari )?$")


_SET = re.compile(
    r"(?:^|\b(?:selesai|rampung|beres|tuntas|kelar|target\w*|ditargetkan|paling (?:lambat|lama))(?: pada)?) ?"
    r"(?:tanggal |hari )?$"
)


def gone(sentences: Iterable[str], sent: date) -> date | None:
    """The day before `sent` until which an answer's spelled sentences put something off, or None."""
    return _before(sentences, sent, _UNTIL)


def missed(sentences: Iterable[str], sent: date) -> date | None:
    """The day before `sent` for which spelled sentences set the end of the work, or None; no day of what was done."""
    return _before(sentences, sent, _SET)


def _before(sentences: Iterable[str], sent: date, lead: re.Pattern[str]) -> date | None:
    for whole in islice(sentences, _SENTENCES):
        for found in dates(whole[:_LONG], sent, past=True):
            left = whole[: found.start]
            if found.day < sent and lead.search(left) and (lead is _UNTIL or not _PAST.search(whole)):
                return found.day
    return None


def promised(sentences: Iterable[str], sent: date, closed: frozenset[date] = frozenset()) -> date | None:
    """The promised day in an answer's spelled sentences, or None."""
    return plan(sentences, sent, closed).day
