"""What an official's prose says of who has the matter: handed to his own people, told upstairs, meant, not his.

The trained weights read `sudah kami teruskan` as a deed done and an office's name as whom to hand on to. Whose hands
the matter is in by such words is a matter of grammar, and read by these rules instead.
"""

from __future__ import annotations

import re
from enum import StrEnum

from mail.reply.facts import facts
from mail.reply.fold import sentences


class Hands(StrEnum):
    """In whose hands the matter is by an answer's words."""

    OWN = "own people have it"
    ABOVE = "told upstairs"
    MEANT = "may be handed on one day"
    OTHERS = "another office is said to have it"
    NOT_OURS = "not ours"


_READ = 4_000
_GIVE = (
    r"(?:di|me)?(?:teruskan|sampaikan|disposisikan|disposisi|limpahkan|serahkan|tugaskan|perintahkan|instruksikan|"
    r"arahkan|informasikan|kirim|kirimkan|oper|alihkan)|meneruskan|menyampaikan|menyerahkan|menugaskan|mengalihkan"
)
_TELL = (
    r"(?:di)?(?:sampaikan|laporkan|lapor|konsultasikan|tanyakan|naikkan|ajukan|bicarakan|informasikan|koordinasikan|"
    r"teruskan)|melaporkan|menyampaikan|berkonsultasi|meneruskan|menghadap"
)
_TO = r"(?:ke|kepada|pada|sama|dengan)"
_DID = r"(?:sudah|telah|tadi|kemarin|barusan|baru saja|saya|kami|kita|langsung)"
_TITLED = r"(?:(?:bapak|ibu|para|rekan|rekan-rekan|teman-teman|tim|seluruh|semua)\s+)*"
_PEOPLE = (
    r"(?:mandor|uptd?|regu|tim|petugas|staf|staff|anggota|pelaksana|orang lapangan|lapangan|anak buah|satgas|korlap|"
    r"koordinator|pengawas|teknisi|operator|kru|tukang|pekerja|personel|personil|pasukan|bawahan|jajaran|admin|"
    r"bagian teknis|bagian lapangan)"
)
_BOSSES = (
    r"(?:pimpinan|atasan|bos|boss|kabid|kadis|kaban|kabag|kasubag|kepala (?:dinas|bidang|badan|bagian|kantor|seksi)|"
    r"kepala|sekdis|sekretaris|sekban|direksi|dirut|direktur|beliau)"
)
_ONE = r"(?:\s+[\w'-]+)"
_GIVEN = re.compile(
    rf"\b{_DID}\b{_ONE}{{0,3}}?\s+(?:(?:di)?(?:teruskan|terusin|disposisikan|disposisi|limpahkan|tembuskan)|meneruskan)\b"
)
_DOWN = re.compile(
    rf"\b{_DID}\b{_ONE}{{0,3}}?\s+(?:{_GIVE})\b(?:\s+(?!ke\b|kepada\b)[\w'-]+){{0,3}}\s+{_TO}\s+{_TITLED}{_PEOPLE}\b"
)
_UP = re.compile(
    rf"\b(?:{_DID}|akan|nanti|mau|izin|dulu)\b(?:\s+[\w'-]+){{0,3}}?\s+(?:{_TELL})\b(?:\s+[\w'-]+){{0,3}}?\s+{_TO}\s+"
    rf"(?:{_TITLED}){_BOSSES}\b"
)
_IF = r"(?:kalau|jika|bila|apabila|bilamana|seandainya|andaikata|sekiranya|jikalau|misalnya|kecuali)"
_AHEAD = r"(?:akan|nanti|rencana|rencananya|mau|hendak|bakal|berencana|mungkin)"
_ON = (
    r"(?:(?:di)?(?:teruskan|terusin|limpahkan|alihkan|oper|serahkan|disposisikan|pindahkan|lempar)|meneruskan|"
    r"melimpahkan|mengalihkan|menyerahkan)"
)
_MEANT = re.compile(
    rf"\b{_AHEAD}\b(?:\s+[\w'-]+){{0,3}}?\s+{_ON}\b|\b{_IF}\b[^.;?\n]{{0,50}}\b{_ON}\b|\b{_ON}\b[^.;?\n]{{0,60}}\b{_IF}\b"
)
_OWNED = re.compile(
    r"\b(?:kewenangan|wewenang|ranah|tupoksi|milik|punya|aset|domain|urusan|tanggung ?jawab|bagian)(?:nya)?\b"
)
"""Who names an office as the right one hands on at once, whatever he means to do besides."""
_NOW = re.compile(r"\b(?:mohon|tolong|harap|silakan|silahkan|minta|agar|kiranya)\b")
_OTHERS = re.compile(
    r"\b(?:sudah|telah|sedang|tengah|lagi|masih)\b(?:\s+(?:\w+)){0,2}?\s+"
    r"(?!diterus|dialih|dilimpah|dioper|disampai|didispos|disposis|dikirim|dipindah|diserah|dilempar|dilapor|disurat|"
    r"diarah|digeser|dibelok|dijelas|ditembus)"
    r"(?:di[a-z]{4,}|(?:di)?(?:tangani|kerjakan|handle))(?:\s+(?:oleh|sama|tim|petugas|anggota|rekan|teman-teman))*\s*$"
)
_NO_NOUN = (
    r"(?:maksud\w*|berarti|karena|hanya|cuma|sekadar|salah\w*|kesalahan|keinginan|kehendak|kemauan|niat|kelalaian|"
    r"soal|masalah|janji\w*|warga|penduduk|pegawai|petugas|anggota|pelanggan|pasien|siswa|peserta|staf|tim|orang|"
    r"tidak|belum|mau|lagi|saja|pertama|sekali|untuk|berdasarkan)"
)
_PRIVATE = r"(?:pribadi|privat|perorangan|perdata|pekarangan|swasta|antarwarga|antar warga|keluarga)"
"""What no office at all has to do with: there a refusal is one on the merits."""
_US = r"(?:kami|kita|saya)"
_NOT_US = (
    rf"\b(?:bukan|bukanlah|sanes)\s+(?:di|ke|punya|milik|pada|dari|untuk|tugas)?\s*(?:{_US}\b(?!\s+(?:tidak|mau|yang "
    rf"(?:salah|merusak)|menolak|tolak))|sini\b(?! (?:lokasi|tempat)))"
)
_NOT_OUR_THING = rf"\b(?:bukan|bukanlah|sanes)\s+(?!{_NO_NOUN}\b)[a-z-]+(?:\s+(?!{_NO_NOUN}\b|ke\b)[a-z-]+)?\s+{_US}\b"
_NOT_DOING = (
    rf"\b(?:{_US}|seksi {_US}|bidang {_US}|dinas {_US})\s+(?:memang\s+)?tidak\s+(?:menangani|mengurus|ngurus|urus|"
    r"mengelola|membidangi|membawahi|memegang|pegang|mengampu|ngurusin|menangani|nanganin)\b|"
    rf"\btidak\s+{_US}\s+(?:tangani|urus|kelola|bidangi|pegang)\b"
)
_NEXT_DOOR = (
    r"\b(?:urusan|kewenangan|bagian|tugas|ranah|wilayah|pekerjaan|kerjaan|bidang|tupoksi|punya|milik|gawean|masuk)(?:nya)?"
    r"\s+(?:di\s+|ke\s+)?(?:(?:seksi|bidang|dinas|bagian|kantor|unit|uptd?|kelurahan|kecamatan|instansi|opd|wilayah|"
    r"kasi|kabid)\s+)?(?:sebelah|lain|tetangga)\b"
)
_NOT_OURS = re.compile(
    rf"{_NOT_US}|{_NOT_OUR_THING}|{_NOT_DOING}|{_NEXT_DOOR}|\bsalah (?:alamat|kirim|kamar|disposisi)\b"
)
_ANYWAY = re.compile(
    rf"\b(?:tapi|tetapi|namun|tetap|sementara ini|walau\w*|meski\w*)\b[^.;?\n]{{0,60}}\b(?:bantu|dibantu|turun|"
    rf"kerjakan|tangani|bersihkan|koordinasi\w*)\b|\b{_PRIVATE}\b|\b(?:bukan|tidak)\b[^.\n]{{0,60}}\?"
)


def hands(plain: str, before: str = "") -> tuple[Hands, str] | None:
    """In whose hands a spelled answer says that the matter is, and the words that say so; None where it does not.

    `before` is what stands left of the office it names, "" for none. What says besides that it is done, or that the
    office helps all the same, is none of these.
    """
    text = " ".join(plain[:_READ].split())
    denied = not_ours(plain)
    if denied:
        return Hands.NOT_OURS, denied
    above = _UP.search(text)
    if above is not None and not _done(text, above):
        return Hands.ABOVE, above[0]
    meant = _MEANT.search(text)
    plainly = _NOW.search(text) or _OWNED.search(text)
    if meant is not None and not plainly:
        return Hands.MEANT, meant[0]
    others = _OTHERS.search(" ".join(before.split()))
    if others is not None and not plainly:
        return Hands.OTHERS, others[0].strip()
    down = _DOWN.search(text) or _GIVEN.search(text)
    if down is not None and not _done(text, down):
        return Hands.OWN, down[0]
    return None


def not_ours(plain: str) -> str:
    """The words by which an official says that the matter is not his office's; "" where he does not."""
    text = " ".join(plain[:_READ].split())
    found = _NOT_OURS.search(text)
    return "" if found is None or _ANYWAY.search(text) else found[0]


def to_own(phrase: str) -> bool:
    """Whether a phrase of `hands` names the people it was given to, and does not only say that it was given on."""
    return _DOWN.search(phrase) is not None


def _done(text: str, given: re.Match[str]) -> bool:
    """Whether the words beside those of the handing say that it is finished."""
    rest = f"{text[: given.start()]} . {text[given.end() :]}"
    return bool(facts(list(sentences(rest))).keys() & {"finished", "close"})
