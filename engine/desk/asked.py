"""What a question how a report stands says beside the question: a matter nobody here knows yet, or the asker's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.reading import Reading
from engine.routing.fold import STOPS, tokens
from engine.routing.route import Route
from engine.ticket import NUMBER, Ticket

_REPLIES = re.compile(r"^(?:\s*(?:re|bls|balas)\s*:)+", re.IGNORECASE)
_WORDS = 3
"""Words of its own with which a question tells a matter; one is enough where routing knows the desk by it."""
_REAL = 0.5
"""Probability from which a route is more than a guess."""
_SURE = 0.9
_ALIKE = 0.3
"""Share of a question's own words that stand in a report, from which it may be about that one."""
_SHORT = 20
"""Words beyond which an impatient mail tells more than that its writer waits."""
_WAITS = re.compile(
    r"\b(?:kok|kapan|kpn|bel(?:u|o)m|blm|blom|masih|msh|lama|lm|gimana|gmn|bagaimana|sampai sekarang|teu acan|tacan|"
    r"iraha|kumaha|still|when)\b",
    re.IGNORECASE,
)
_COMMON = frozenset(
    word
    for line in (
        "assalamualaikum wr wb selamat pagi siang sore malam halo hai permisi punten hello good morning dear sir",
        "madam yth terhormat dengan hormat admin min bapak ibu saudara kepala tim dinas pemkot kota bogor si badra",
        "sibadra kominfo diskominfo saya kami kita aku abdi warga i we my our your you me us anda kalian bu pak",
        "kak kang mas mbak laporan lapor melapor melaporkan dilaporkan laporin pelapor aduan pengaduan mengadu",
        "keluhan komplain tiket nomor no registrasi surat email surel pesan usulan permohonan report ticket",
        "complaint request number subject re status kabar perkembangan kelanjutan lanjutan kelanjutannya progres",
        "progress update nasib proses prosesnya hasil hasilnya jawaban jawabannya balasan tanggapan respon respons",
        "informasi info kejelasan kepastian penjelasan news tindak lanjut tindaklanjut tindaklanjuti",
        "menindaklanjuti ditindaklanjuti tindakan follow up tagih janji dijanjikan sudah telah belum masih sedang",
        "akan bisa boleh dapat mau ingin hanya cuma saja juga lagi pernah tetap terus baru sampai mana sejauh",
        "bagaimana gimana kapan kenapa mengapa kok apa apakah siapa berapa kah mohon tolong minta bantu dibantu",
        "terima kasih terimakasih makasih nuhun hatur thanks thank please maaf sebelumnya atas perhatian",
        "perhatiannya ini itu yang tersebut di ke dari pada dan atau ya yah dong deh sih nih tuh lah loh lho kan",
        "pun oleh untuk untuknya tentang mengenai soal terkait perihal karena kalau jika agar supaya tapi tetapi",
        "namun padahal soalnya maka jadi ada adanya tidak bukan tanpa satu dua tiga minggu pekan bulan tahun hari",
        "jam kemarin tadi sekarang lalu depan tanggal tgl senin selasa rabu kamis jumat sabtu januari februari",
        "maret april mei juni juli agustus september oktober november desember lama sekali banget lebih dulu waktu",
        "sejak saat ketika awal akhir kira hampir tanya nanya menanyakan bertanya ditanya ditanyakan nanyain cek",
        "ngecek mengecek dicek dicekin konfirmasi memastikan tahu pengen lihat kirim dikirim mengirim terkirim",
        "masuk diterima menerima dibaca kebaca baca dijawab jawab dibalas balas direspon ditanggapi diproses",
        "diteruskan diterusin ditangani dikerjakan selesai dikabari kabari mengabari ngabarin kabarin diberi",
        "dikasih kata katanya dibilang bilang disuruh tunggu menunggu nunggu ditunggu petugas orang pihak",
        "pemerintah nama sama hal lain semua seperti begitu gitu begini aja mohonnya the a an is are was has have",
        "had of to in on for it and or not any what when where who how about still yet last ago week weeks month",
        "months day days could would can do does did tell know anything something received heard answer anybody",
        "somebody handling test tes p ok oke baik siap 0 x kali woi mulu gua gue pa sampe nyampe tau datang",
        "kembali mendapat memperoleh bersama sampaikan disampaikan menyampaikan ucapkan demikian bahwa sehari",
        "seminggu sebulan setahun hingga dalam kerja pertama kedua terakhir melalui lewat ulang bade naroskeun",
        "tacan kelanjutanna kelanjutanana kehilangan hilang lupa since sent been will there said",
    )
    for word in line.split()
)


def own_words(text: str) -> list[str]:
    """The plain words of a text that are more than asking, waiting and courtesy, each once."""
    said = (
        word for word in tokens(NUMBER.sub(" ", text)) if word not in STOPS and word not in _COMMON and len(word) > 1
    )
    return [word for word in dict.fromkeys(said) if word.removesuffix("nya") not in _COMMON]


def tells_matter(reading: Reading) -> bool:
    """Whether a question tells what it is about, so that it can be worked on where no earlier report is known."""
    words = own_words(f"{_subject(reading)}\n{reading.text}")
    return len(words) >= _WORDS or (bool(words) and reading.route is not None and _chance(reading.route) >= _REAL)


def tells_another(reading: Reading, mine: Sequence[Ticket]) -> bool:
    """Whether a question is plainly about another matter and place than all of the asker's reports."""
    route = reading.route
    if route is None or route.triage or route.confidence < _SURE or not (route.owner or route.external):
        return False
    words = own_words(f"{_subject(reading)}\n{reading.text}")
    return bool(words) and all(_apart(route, words, ticket) for ticket in mine)


def waits_for(reading: Reading, live: Sequence[Ticket]) -> Ticket | None:
    """The one of the asker's open reports that a short impatient mail of his is about, which says nothing new of it.

    It names that report's matter, no other place, and either answers its subject or says that it lasts.
    """
    route, message = reading.route, reading.message
    if route is None or route.urgent or route.issues or message.attachments or len(reading.text.split()) > _SHORT:
        return None
    if not _WAITS.search(reading.text):
        return None
    about = [one for one in live if one.topic == route.topic and (route.place is None or route.place == one.place)]
    if route.topic is None or len(about) != 1:
        return None
    named = _subject(reading)
    answers = message.subject.strip() != named
    same = named.casefold() == _REPLIES.sub("", about[0].subject).strip().casefold()
    return about[0] if answers or same or not own_words(named) else None


def _subject(reading: Reading) -> str:
    return _REPLIES.sub("", reading.message.subject).strip()


def _chance(route: Route) -> float:
    return route.confidence if route.topic or route.external else 0.0


def _apart(route: Route, words: Sequence[str], ticket: Ticket) -> bool:
    """Whether a report is of another matter, office and place; of one that nobody has placed yet that is not known."""
    if not (ticket.topic or ticket.external) or ticket.topic == route.topic or ticket.unit == route.unit is not None:
        return False
    if route.external and ticket.external == route.external:
        return False
    if route.place is not None and route.place == ticket.place:
        return False
    known = set(tokens(f"{ticket.subject}\n{ticket.text}"))
    return sum(word in known for word in words) < _ALIKE * len(words)
