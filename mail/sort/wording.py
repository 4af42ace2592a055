"""What citizens mean when they write without a letter of ours before them: asking after a report, thanking, or nothing.

Rules on folded text, each a small function that says yes or no. They lean to the complaint: a complaint taken for
thanks is lost on a citizen, thanks taken for a complaint costs an official one look.
"""

# ruff: noqa: E501  (a row of a table stays on one line)

from __future__ import annotations

import re
from functools import lru_cache

from engine.message import Message
from mail.reply.fold import fold, spell

from .identity import NUMBER

MOST = 6_000


@lru_cache(maxsize=16)  # one mail's subject and text are asked for by every rule
def folded(text: str) -> str:
    """Text as the rules see it: one spelling, lower case, single spaces."""
    return re.sub(r"\s+", " ", spell(fold(text[:MOST]))).strip()


# --- how does my report stand?

_EARLIER = re.compile(
    r"\b(?:laporan|aduan|pengaduan|keluhan|permohonan|usulan|surat|tiket|email|surel|usul)(?:nya|an)? (?:saya"
    r"|kami|kita|ini|itu|tersebut|yang (?:ini|itu|dulu|kemarin|lalu|sudah|pernah|saya|kami|tanggal|tgl|bulan"
    r"|minggu)|no\b|nomor|tanggal|tgl|kemarin|terdahulu|sebelumnya|bulan lalu|minggu lalu)"
    r"|\b(?:sudah|pernah|telah|kan|yang|waktu itu|dulu) (?:\S{1,15} ){0,3}?(?:lapor|melapor|melaporkan|mengadu"
    r"|mengadukan|kirim (?:email|laporan|aduan|surat)|mengirim(?:kan)? (?:email|laporan|aduan|surat)"
    r"|menyampaikan (?:laporan|aduan|pengaduan|keluhan))\b"
    r"|\b(?:lapor|melapor|melaporkan|mengadu|laporan|aduan) (?:\S{1,12} ){0,3}?(?:tgl|tanggal|kemarin|minggu lalu"
    r"|bulan lalu|hari (?:senin|selasa|rabu|kamis|jumat|sabtu|minggu) (?:lalu|kemarin)|sejak|dari)\b|\b(?:dapat"
    r"|dapet|diberi|dikasih|terima|memperoleh|mendapat|menerima) (?:\S{1,12} ){0,2}?(?:nomor|no|tiket)\b"
    r"|\b(?:dijawab|dibalas|jawaban(?:nya)?|balasan(?:nya)?|statusnya|di sistem"
    r"|katanya) (?:\S{1,20} ){0,5}?(?:diteruskan|ditindaklanjuti|diproses|dijadwalkan|dikerjakan|dicek|disurvei"
    r"|tunggu|selesai|menunggu)|\bno(?:mor)? ?(?:tiket|laporan|registrasi|aduan)|\b(?:melalui|lewat) (?:surel"
    r"|email|surat) (?:tanggal|tgl)|\bi (?:have )?(?:already )?(?:reported|wrote|asked|sent|complained)\b|\bmy (?:report|complaint|request|ticket)\b|\bterimakasih (?:atas )?(?:balasan|jawaban|info)nya"
)
_ASKS = re.compile(
    r"\b(?:sampai|sampe|nyampe|sejauh) ?(?:di ?)?mana\b|\bkelanjutan|\bperkembangan(?:nya)?\b|\bprogr?es(?:nya"
    r"|s)?\b|\bnasib(?:nya)?\b|\bstatus(?:nya)? (?:laporan|aduan|tiket|saya|terakhir|terkini|pengaduan|nya"
    r"|bagaimana)|\bbagaimana (?:\S{1,15} ){0,3}?(?:status|kelanjutan|tindak ?lanjut|perkembangan|kabar|hasil"
    r"|proses|laporan|aduan|nasib)|\b(?:status|kelanjutan|tindak ?lanjut|kabar|hasil|proses|laporan"
    r"|aduan)(?:nya)? (?:\S{1,15} ){0,3}?bagaimana"
    r"|\b(?:sudah|telah) (?:\S{1,25} ){0,4}?(?:apa |atau )?belum\b(?: (?:ya|pak|bu|min|kah)\b|\?| |$)"
    r"|\bapa(?:kah)? (?:\S{1,15} ){0,4}?(?:sudah|telah) (?:\S{1,8} ){0,2}?(?:di\w{4,}|ada|sampai|masuk|selesai"
    r"|dapat)|\bbelum (?:\S{1,15} ){0,3}?(?:kabar|jawaban|tanggapan|balasan|respon\w{0,2}|tindak ?lanjut\w{0,3}"
    r"|kepastian|kejelasan|perkembangan|progres\w{0,1}|hasil\w{0,3}|ada (?:yang|petugas|orang) (?:datang|ke))"
    r"|\b(?:menanyakan|tanya|nanya|bertanya|nanyain|mempertanyakan|konfirmasi|memastikan|mengecek|cek|menagih"
    r"|follow ?up|tindak ?lanjut\w{0,3}) (?:\S{1,15} ){0,4}?(?:laporan|aduan|pengaduan|keluhan|status"
    r"|perkembangan|kelanjutan|tindak ?lanjut|tiket|permohonan|surat|proses|nomor)|\b(?:laporan|aduan|tiket"
    r"|nomor) \S{1,25} (?:\S{1,15} ){0,2}?(?:bagaimana|apa kabar)|\bkapan (?:\S{1,15} ){0,3}?(?:dikerjakan"
    r"|ditindaklanjuti|diperbaiki|dijawab|diproses|datang|selesai|ada|realisasi\w{0,3}|ditangani|dieksekusi"
    r"|mulai)|\b(?:diteruskan|diproses|ditindaklanjuti|sampai) ?(?:ini )?(?:ke|di) ?mana"
    r"|\bkok (?:\S{1,15} ){0,3}?(?:masih|belum|tidak ada|sampai sekarang)|\b(?:mohon|minta|butuh|perlu|meminta"
    r"|memohon) (?:\S{1,15} ){0,3}?(?:informasi|info|kabar|kejelasan|kepastian|penjelasan|update|jawaban"
    r"|perkembangan|pembaruan)\b|\bupdate(?:nya)?\b|\bditindaklanjuti (?:atau|apa) (?:belum|tidak)"
    r"|\bkumaha (?:\S{1,15} ){0,3}?(?:laporan|aduan|kelanjutan)|\biraha\b|\bany (?:news|update|progress)|\bstatus of\b|\bwhere it stands|\bnot (?:yet )?(?:received|heard|had)|\bwhen will (?:it|you|they|someone|somebody)|\bwho is handling|\bestimasi(?:nya)? kapan|\bkapan kira"
)
_NEW_MATTER = re.compile(
    r"\b(?:hal|masalah|persoalan|soal|laporan) (?:lain|baru|berbeda)\b|\bbelum pernah (?:saya "
    r"|kami )?(?:di)?lapor|\b(?:mau|ingin|hendak|izin|bade|bermaksud"
    r"|akan) (?:\S{1,12} ){0,2}?(?:me)?lapor(?:kan)?\b(?! ulang| lagi| kembali)"
    r"|\bbersama (?:surat )?ini (?:\S{1,15} ){0,4}?(?:melaporkan|menyampaikan (?:keluhan|pengaduan|laporan|aduan"
    r"|permohonan))"
)
_OFFICE = (
    r"(?:pak |bapak |bu |ibu |ketua |kepala |kantor |dinas |petugas |pegawai |orang |pihak |loket ){0,3}(?:rt|rw|kelurahan"
    r"|lurah|kecamatan|camat|polisi|polsek|polres\w*|pln|pdam|tirta|dishub|dlh|dpupr|pupr|perkim|disperumkim|satpol|dinas"
    r"|dinsos|(?:dis)?dukcapil|capil|disdik|dinkes|bpbd|bpn|bpjs|dpmptsp|bkpsdm|telkom|puskesmas|rsud|rumah sakit|sekolah"
    r"|babinsa|damkar|pengelola|pengembang|developer|call ?center|loket|kantor|petugas|humas|desa|kades|satpam|mandor"
    r"|pemilik|yang punya|tetangga)\b"
)
_TOLD = (
    r"(?:lapor(?:kan|in|i)?|ngelapor\w{0,3}|melapor(?:kan)?|mengadu(?:kan)?|ngadu|(?:peng)?aduan|laporan|keluhan|bilang"
    r"|(?:di|me)nyampaikan|disampaikan|komplain|protes|bersurat|menghubungi)"
)
# A report that was passed on to an office (`laporan diteruskan ke dinas`) is one of ours.
_ELSEWHERE = re.compile(
    rf"\b{_TOLD} (?:(?!diterus|dilanjut|masuk|sampai|disposisi)\S{{1,12}} ){{0,3}}?(?:ke|kepada|ka|sama|lewat|pada) {_OFFICE}"
    # The one who should have acted stands right behind the word: `sudah lapor RW`.
    rf"|\b(?:sudah|telah|pernah|tos|geus) (?:\S{{1,12}} ){{0,2}}?(?:lapor|ngadu|mengadu|bilang) {_OFFICE}"
    rf"|\b{_OFFICE}(?: \S{{1,12}}){{0,3}}? (?:tidak|belum)(?: pernah| ada| juga)* (?:mem)?(?:balas|bales|respon|tanggap\w{{0,2}}"
    r"|gubris|jawab|menjawab|merespon|menanggapi)"
    r"|\btindak ?lanjuti (?:laporan|aduan|keluhan) (?:warga|tetangga|para|orang|masyarakat)\b(?![^.]* kami sampaikan)"
)
_HERE = re.compile(
    r"\b(?:\w*lapor\w*|\w*aduan\w*|\w*adu|\w*kirim\w*|surat|email|balasan|balesan|jawaban|tanda terima) (?:\S{1,15} ){0,3}?"
    r"(?:ke|kepada|di|dari|lewat|melalui|pada) (?:(?:si ?badra|sini|(?:email|surel|alamat)(?: ini| sini))\b|admin\b)"
)
_UNDONE = re.compile(
    r"\b(?:e-?ktp|ktp|kk|kartu keluarga|akta|akte|kia|kartu identitas anak|paspor|sertifikat|nib|imb|pbg|izin|ijin|surat pindah"
    r"|kis|bpjs|pkh|bansos|bantuan|pip|kip|meteran|skck|npwp|buku nikah|gaji|pensiun|beasiswa)(?:nya|na)? (?:\S{1,15} ){0,5}?"
    r"(?:belum|tidak|kapan|tacan)(?: (?:juga|kunjung|pernah|ada|kira-kira))* (?:jadi|selesai|keluar|terbit|cair|turun|dicetak"
    r"|dapat|beres|kelar|dikirim|diterima|aktif|ditandatangani|dipasang)\b"
)


def told_elsewhere(message: Message, text: str) -> bool:
    """Whether it speaks of a report made to somebody else, or of a paper that is late, and of none made to us."""
    whole = f"{folded(message.subject)}. {folded(text)}"
    if NUMBER.search(message.subject) or NUMBER.search(text[:MOST]) or _HERE.search(whole):
        return False
    return bool(_ELSEWHERE.search(whole)) or (bool(_UNDONE.search(whole)) and not _EARLIER.search(whole))


def asks_status(message: Message, text: str, *, thread: bool) -> bool:
    """Whether it asks how an earlier report stands; `thread`: it answers a letter of ours (then `this` is the report)."""
    subject, body = folded(message.subject), folded(text)
    whole = f"{subject}. {body}"
    asks = len({match[0] for match in _ASKS.finditer(whole)})
    if not asks:
        return False
    earlier = len({match[0] for match in _EARLIER.finditer(whole)})
    named = bool(NUMBER.search(message.subject) or NUMBER.search(text[:MOST]))
    score = 2 * min(asks, 2) + min(earlier, 2) + (3 if named and not thread else 0) + (2 if thread else 0)
    if not (named or earlier or thread):
        return False
    if _ASKS.search(subject) and (named or earlier):
        score += 2
    score -= 2 * len(_ELSEWHERE.findall(whole)[:2]) * (not named)
    score -= 4 * bool(_NEW_MATTER.search(whole))
    score -= len(body) // 450
    return score >= 4


_STATUS = re.compile(r"\W*status\W*", re.IGNORECASE)
_REPLY = re.compile(r"(?:\s*(?:re|bls|balas|fwd?)\s*:)+", re.IGNORECASE)
_SIGNED = 60  # letters that a name below a subject has


def only_status(message: Message, text: str) -> bool:
    """Whether the word STATUS, a number beside it or not, is the first line, or the subject of a mail without words."""
    first = next((line for line in text[:MOST].splitlines() if line.strip()), "")
    subject = _REPLY.sub("", message.subject, count=1)
    bare = [bool(_STATUS.fullmatch(NUMBER.sub(" ", line))) for line in (first, subject)]
    return bare[0] or (bare[1] and len(text.strip()) <= _SIGNED)


# --- thanks, and nothing else

_THANKS = re.compile(
    r"\b(?:terimakasih|(?:ber)?terima ?kasih|hatur nuhun|nuhun|makasih|thanks?|thank you|syukron|jazakall?ah|apresiasi"
    r"|salut|mantap|mantul|keren|jempol|bravo|hebat|alhamdulillah|puji tuhan|respek|bangga|puas|kudos|grateful|well done|great work|keep it up|appreciate|good job"
    r"|sukses selalu|pujian|memuji)\b"
)
_GOOD = re.compile(
    r"\b(?:sudah|telah|jadi|kembali|sekarang|akhirnya|lancar|selesai|beres|nyala|menyala|hurung|caang|bersih"
    r"|mulus|rapi|rapih|diperbaiki|diaspal|ditambal|diangkut|dipangkas|dibersihkan|dibenerin|dibetulkan|ditangani"
    r"|ditindaklanjuti|dijemput|ditolong|dibantu|cepat|sigap|tanggap|ramah|sopan|sabar|profesional|membantu"
    r"|bantuannya|pelayanan(?:nya)?|penanganan(?:nya)?|kerja keras(?:nya)?|kinerja(?:nya)?|respon(?:nya)?"
    r"|sehat selalu|berkah|semoga|dibalas allah|amin|aamiin|teladan|luar biasa|enak|nyaman|aman)\b|\b(?:repaired|fixed|helped|friendly|quick(?:ly)?|clean|safe again|great|wonderful|appreciate)\b"
)
_WANTS = re.compile(
    r"\b(?:tolong|mohon (?!maaf|diteruskan|disampaikan|sampaikan|diterima|doa|izin menyampaikan|ijin menyampaikan"
    r"|kiranya disampaikan)|minta (?!maaf)|harap(?:an)? (?:segera|dapat|bisa|agar|kami (?:agar|segera)"
    r"|saya (?:agar|segera))|diharapkan|kapan|kenapa|mengapa|bagaimana kalau|gimana|seharusnya|harusnya|segera"
    r"|ditindak|lapor(?:kan)?\b(?! (?:saya|kami|kemarin|minggu|bulan|waktu))|usul|saran)\b"
)
_BUT = re.compile(
    r"\b(?:tapi|cuma|hanya saja|sayang(?:nya)?|namun|akan tetapi|walau(?:pun)?|meski(?:pun)?|sekarang (?:ada"
    r"|malah|justru)|masalahnya)\b (?:\S{1,20} ){0,9}?(?:masih|belum|tidak|rusak|mati|bocor|lagi|kurang|malah|ada"
    r"|muncul|sebelah|yang)\b|\b(?:masih|tetap) (?:\S{1,12} ){0,2}?(?:rusak|mati|bocor|bolong|mampet|bau|gelap"
    r"|banjir|kotor|numpuk|menumpuk|macet|padam|berlubang|tersumbat)\b|\bbelum (?:ada|juga|pernah|di\w{4,}|nyala"
    r"|selesai|beres|datang)\b"
)
# A turn of speech, and what may come after it: trouble or a wish. Trouble that is gone ("tidak banjir lagi") is praise.
_TURN = re.compile(
    r"\b(?:tapi|(?:cuma|hanya)(?! (?:mau|ingin|pengen|pingin|bade|sekedar|sekadar|menyampaikan|bilang|dengar|denger))(?: saja)?|mung|ngan|sayang(?:nya)?|walau(?:pun)?|meski(?:pun)?|masalahnya|sekalian|selain itu"
    r"|(?:oh iya|oya|satu lagi|1 lagi)|(?:yang )?sekarang (?:jadi|malah|justru|ada|gantian|yang|mah)|ayeuna mah"
    r"|tinggal|kecuali|selebihnya|harapan kami|usul(?:an)?(?: saya| kami)?|saran(?: saya| kami)?)\b"
)
_GONE = re.compile(
    r"\b(?:tidak|tanpa|bebas|anti) (?:(?:pernah|ada|lagi|perlu|usah|harus|akan|sampai|ikut) ){0,2}(?:banjir|macet|gelap|bau|sieun|hariwang"
    r"|bocor|mampet|rusak|takut|khawatir|waswas|jatuh|kebanjiran|kehujanan|kepanasan|becek|berlubang|bolong|kotor|antre"
    r"|ribet|repot|tersandung|tersumbat|kekurangan|terlambat|masalah|kendala|pungutan|biaya|dipersulit|berbelit)(?: lagi)?"
    r"|\b(?:sudah|tidak) (?:bukan )?masalah lagi"
)
_TROUBLE = re.compile(
    r"\b(?:masih|belum|can|acan|tidak|rusak|mati|bocor|berlubang|bolong|lubang\w{0,3}|mampet|tersumbat|sumbat|nyumbat|bau|gelap|banjir"
    r"|kotor|keruh|menumpuk|numpuk|macet|padam|jatuh|hilang|patah|retak|bising|berisik|terkunci|kurang|masalah|ditinggal\w{0,3}"
    r"|penuh|susah|hese|lupas|ngelupas|mengelupas|licin|miring|pindah|sisa|ngebut|semrawut|liar|galak|mahal|jelek|ambles"
    r"|amblas|tolong|mohon (?!maaf)|minta (?!maaf)|kapan|kenapa|kok|ditambah|dipasang|diperbaiki|harusnya|semoga cepat"
    r"|kiruh|butek|coklat|butut|poek|ledok|leueur|heurin|menjuntai|merembes|longsor|tergenang|genangan|becek|debu|asap|parkir|serobot|menghalangi|nutup|menutup)\b"
)
_SCORN = re.compile(
    r"\bbaru (?!(?:\S{1,15} ){0,1}(?:nge)?lapor)(?:\S{1,15} ){0,3}?(?:sebulan|seminggu|sehari|sebentar|kemarin|\d+ (?:hari|minggu|bulan)|dua (?:hari|minggu"
    r"|bulan)) (?:\S{1,15} ){0,3}?(?:sudah|rusak|lagi)\b|\bdisuruh (?:balik|kembali|bolak|pulang|nunggu|menunggu)\b"
    r"|\b(?:balik|kembali) (?:lagi )?\d+ ?(?:x|kali)\b|\bpercuma\b|\bbaru (?:saja )?di\w{3,} (?:langsung|sudah|malah|kok) (?:\S{1,15} ){0,2}?(?:lagi|rusak|bolong|hancur)\b|\bkatanya (?:sudah )?(?:selesai|beres)\b"
)


# The wish that it go on as it does is part of the thanks.
_ONWARD = re.compile(
    r"\b(?:mohon|semoga|harap(?:an)?|tolong|kami harap|mudah-mudahan) (?:\S{1,20} ){0,8}?(?:dipertahankan|pertahankan"
    r"|dilanjutkan|diteruskan|terus (?:di\w{4,}|berjalan|begini|seperti)|ditingkatkan|ke depan|seperti ini|begini terus)"
    r"(?: (?:ke|di) \S{1,15} lain)?"
)


_HARD = re.compile(
    r"\b(?:berlubang|bolong|keropos|menjuntai|galak|kurang|kesel|tersumbat|mampet|nyumbat|mengelupas|ngelupas|ambles|amblas"
    r"|retak|patah|padam|bocor|menumpuk|numpuk|macet|bising|berisik|hilang|terpeleset|kepleset|terjatuh|condong|miring"
    r"|berserakan|tergenang|genangan|bau|rusak|mati|gelap|tolong|mohon (?!maaf|diterima|disampaikan)|minta (?!maaf)|kapan)\b"
)
_ASKED = re.compile(r"\b(?:tolong|mohon (?!maaf|diterima|disampaikan)|minta (?!maaf)|kapan)\b")
_BEFORE = re.compile(
    r"\b(?:dulu\w{0,3}|biasa\w{0,4}|tadinya|sebelumnya|sebelum|waktu|kemarin\w{0,3}|semalam|tadi|pernah|sejak|setelah|ketika"
    r"|saat|karena|walau\w{0,3}|meski\w{0,3}|yang (?:dulu|kemarin|tadi|rusak|mati|bocor|patah|mampet|padam|berlubang))\b"
)

_SINCE = re.compile(r"\b(?:dari|sejak|mulai|ti) (?:kemarin|kamari|semalam|tadi|subuh|pagi|siang|sore|malam)\w{0,3}")
"""Since when trouble lasts: it is not gone."""


def turns_to_trouble(text: str) -> bool:
    """Whether thanks turn into a matter (`makasih, tapi jalannya bolong`), or are scorn (`hebat, sebulan sudah rusak`)."""
    plain = _GONE.sub(" ", _ONWARD.sub(" ", _BEFOREHAND.sub(" ", folded(text))))
    if _SCORN.search(plain):
        return True
    if any(_TROUBLE.search(plain, turn.end(), turn.end() + 140) for turn in _TURN.finditer(plain)):
        return True
    # A sentence of its own that tells of trouble and of nothing good or gone.
    return any(
        _HARD.search(said)
        and not (_BEFORE.search(_SINCE.sub(" ", said)) or _THANKS.search(said))
        and (_ASKED.search(said) or not _GOOD.search(said.replace(" jadi ", " ")))
        for said in re.split(r"[.!?;]", plain)
    )


_BEFOREHAND = re.compile(
    r"terimakasih (?:banyak )?(?:sebelum|sblm)\w{0,4}|(?:atas (?:perhatian|kerja ?sama|bantuan"
    r"|tanggapan)\w{0,4}[^.]{0,80}|demikian[^.]{0,80})terimakasih|terimakasih atas (?:perhatian|kerja ?sama"
    r"|waktu)[^.]{0,60}$"
)


def only_thanks(message: Message, text: str) -> bool:
    """Whether it thanks for what was done and wants nothing: thanks as a closing phrase is no thanks."""
    subject, body = folded(message.subject), _ONWARD.sub(" ", folded(text))
    whole = (
        f"{subject}. {_BEFOREHAND.sub(' ', body)}"
        if not message.subject.lower().startswith(("re:", "bls:"))
        else _BEFOREHAND.sub(" ", body)
    )
    thanked = len(_THANKS.findall(whole))
    if not thanked:
        return False
    if _BUT.search(whole) or _NEW_MATTER.search(whole):
        return False
    wants = len(_WANTS.findall(whole))
    good = len(set(_GOOD.findall(whole)))
    early = bool(_THANKS.search(whole[:160]))
    score = min(thanked, 3) + min(good, 4) + early - 3 * wants - whole.count("?") * 2
    return score >= 3 or (score >= 1 and len(body) < 80 and early)


# --- nothing to act on

_COURTESY = frozenset(
    word
    for line in (
        "assalamualaikum assalamu alaikum wr wb warahmatullahi wabarakatuh ass asswrwb aslm salam selamat pagi",
        "siang sore malam malem met halo hallo hai hi hello permisi punten sampurasun wilujeng enjing sonten dear",
        "yth yang terhormat kepada admin mimin min pak bu bapak ibu bpk kang teh gan kak sis bro om tim si badra",
        "sibadra kota bogor pemkot pemerintah wali walikota dengan hormat terima kasih terimakasih makasih mksh tks",
        "thanks nuhun hatur tolong mohon dibantu bantu bantuan bantuannya ya yah dong deh nih lapor laporan melapor",
        "pelaporan aduan pengaduan keluhan komplain complain report test tes testing cek coba ini itu ada foto",
        "photo gambar video terlampir lampiran berikut dan di ke saya mau ingin izin ijin tanya nanya bertanya info",
        "informasi penting urgent segera p ok oke siap baik iya re fwd fw bls trs no subject tanpa subjek judul",
        "untitled img wa dsc vid pict image whatsapp screenshot untuk dari a i u dapat bisa apakah email surel isi",
        "pesan dikirim sent from my kirim perihal hal kami foto2 fotonya videonya warga masyarakat rakyat",
    )
    for word in line.split()
)
_FILE_NAME = re.compile(
    r"^(?:img|dsc|pxl|vid|wa|photo|foto|image|screenshot|document|scan|received|inbound|fb_img|signal|picsart"
    r"|whatsapp image|p|c360)?[-_ .]?\d[\d\-_ .()ATat]{4,}.{0,30}$",
    re.I,
)
_NO_SUBJECT = re.compile(
    r"^\W*(?:tidak ada|tanpa|belum ada|no|without|empty) (?:subjek|subject|judul|perihal)\W*$", re.I
)
_ATTACHED_LETTER = re.compile(r"(?:pdf|msword|officedocument|opendocument|rtf)", re.I)


def says_nothing(message: Message, text: str) -> bool:
    """Whether neither text nor subject tells what it is about, and no letter is attached that might (a photo does not)."""
    if content_words(text) or content_words(_subject(message.subject)):
        return False
    if any(_ATTACHED_LETTER.search(each.type) for each in message.attachments):
        return False
    return not any(content_words(_stem(each.name)) >= 2 for each in message.attachments)


_LAUGHS = re.compile(r"\b(?:(?:ha|he|hi|wk|xi){2,}[hk]?)\b")
_WHEN = re.compile(r"\bkapan\b")
_JOKE = 3


def may_jest(message: Message, text: str) -> bool:
    """Whether a mail has a few words and none of trouble or a wish; where routing knows no matter either it tells none."""
    whole = f"{_subject(message.subject)} {text}"
    few = content_words(whole) <= _JOKE and not message.attachments and not re.search(r"\d", whole)
    return few and _TROUBLE.search(_WHEN.sub(" ", folded(whole))) is None


def content_words(text: str) -> int:
    """How many words of a text are more than greeting, courtesy and form."""
    words = re.findall(r"[^\W\d_][^\W_]{0,40}", _LAUGHS.sub(" ", fold(text[:MOST]).lower()))
    return sum(1 for word in words if len(word) > 1 and word not in _COURTESY)


def _subject(subject: str) -> str:
    plain = re.sub(
        r"^(?:\s{0,3}(?:re|fwd?|fw|bls|balas|trs|terusan)\s{0,3}:)+", "", subject.strip(), flags=re.I
    ).strip()
    return (
        ""
        if _FILE_NAME.match(plain)
        or _NO_SUBJECT.match(plain)  # what a mail program writes in place of one
        or re.search(r"\.(?:jpe?g|png|heic|mp4|pdf|docx?|webp|mov)$", plain, re.I)
        else plain
    )


def _stem(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return "" if _FILE_NAME.match(stem) else re.sub(r"[_\-.]", " ", stem)


def tells_new_matter(text: str) -> bool:
    """Whether somebody who answers us says that he now reports something else."""
    plain = folded(text)
    return len(plain) > 120 and bool(_NEW_MATTER.search(plain))


def spoken(subject: str, text: str) -> list[str]:
    """The names of the rules that speak in a text, for the model that weighs them with the words."""
    whole = f"{folded(subject)}. {folded(text)}"
    tables = (
        ("earlier", _EARLIER),
        ("asks", _ASKS),
        ("new", _NEW_MATTER),
        ("elsewhere", _ELSEWHERE),
        ("thanks", _THANKS),
        ("good", _GOOD),
        ("wants", _WANTS),
        ("but", _BUT),
    )
    found = [name for name, pattern in tables if pattern.search(whole)]
    if NUMBER.search(f"{subject} {text[:MOST]}"):
        found.append("number")
    if _THANKS.search(whole[:120]):
        found.append("thanks first")
    if "?" in text:
        found.append("question")
    return found
