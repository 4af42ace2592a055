"""The signs of citizens' answers, a table: what is solved, what is not, what is told, taken back; and the rating."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from engine.reading import Status
from mail.reply.fold import sentences

Asked = Literal["done", "question"]
_UNSOLVED = frozenset(
    (
        "not_yet",
        "nobody",
        "still",
        "broken_again",
        "never",
        "if_only",
        "only",
        "lie",
        "why_closed",
        "reopen",
        "when",
        "later",
    )
)

_FIXED = (
    r"(?:menyala|nyala|hidup|normal|lancar|bersih|beres|selesai|rampung|kelar|tuntas|aman|kering|"
    r"surut|terang|rapi|mulus|rata|jadi|aktif|"
    r"berfungsi|diperbaiki|dikerjakan|diangkut|ditambal|diganti|dipasang|dibersihkan|dikeruk|dipotong|"
    r"dipangkas|ditangani|ditebang|dikuras|"
    r"diaspal|dicor|ditertibkan|dibongkar|disemprot|dicabut|diangkat|datang|ada perubahan|enak|baik|"
    r"bagus|baikan|oke|ok|ngocor|mengalir|ngalir|"
    r"bening|jernih|diterima|terima|keluar|sampai|cair|dibuka|ditutup|dapat|bisa|sesuai|benar|"
    r"dirapikan|diurus|diselesaikan|adem|tenang|kosong|"
    r"hilang|sembuh|dievakuasi|tertib|sepi|dijemput|dicetak)"
)
_BROKEN = (
    r"(?:bolong|rusak|mati|gelap|bocor|banjir|macet|bau|numpuk|menumpuk|mampet|tersumbat|kotor|keruh|"
    r"berantakan|begitu|gitu|sama|seperti (?:dulu|biasa|"
    r"semula|kemarin)|kayak gitu|parah|jelek|ngocor terus|padam|kedip|berlubang|bergelombang|berisik|"
    r"bising|ada (?:lagi|yang)|retak|miring|tergenang|becek|"
    r"liar|parkir|ngetem|jualan|mangkal|antri|antre|ditagih|tersendat|seret|netes|kecil|butek|pareum|"
    r"poek|butut|ledok|kuning|nongkrong|ngumpul|buka|narik)"
)

# name, pattern over a spelled sentence
TABLE: tuple[tuple[str, str], ...] = (
    ("fixed", rf"\b(?:sudah|telah|alhamdulillah|akhirnya|kembali|sekarang|semua)\b[^.]{{0,40}}\b{_FIXED}\b"),
    ("fixed_again", rf"\b{_FIXED} (?:lagi|kembali|semua|banget|jaya)\b"),
    ("yes_done", r"^(?:sudah|betul sudah|iya sudah|ya sudah|muhun sudah|sudah (?:ya|bapak|ibu|min|kak|beres|oke))\b"),
    (
        "happy",
        r"\b(?:puas|senang|seneng|mantap|mantul|top|keren|bagus|hebat|luar biasa|salut|apresiasi|"
        r"responsif|gercep|gerak cepat|cepat|lega|bangga|memuaskan|joss|jos|sip|good|great|nice|terbaik|"
        r"oke banget|sae)\b",
    ),
    ("thanks", r"\bterimakasih\b"),
    ("praise_god", r"\balhamdulillah\b"),
    (
        "not_bad",
        r"\b(?:tidak (?:jelek|buruk|ada (?:keluhan|masalah)|masalah|mengecewakan|bau lagi|bocor lagi|"
        r"banjir lagi|gelap lagi|mati lagi|macet lagi|numpuk lagi|bolong lagi|ada lagi)|tidakada (?:lagi|"
        r"keluhan|masalah|genangan|bau|yang)|sudah tidak (?:bau|bocor|banjir|gelap|macet|numpuk|bising|"
        r"berisik|ada|rusak|tergenang|keruh|mampet|bolong|becek)|tidak [a-z]+ lagi)\b",
    ),
    ("close_it", r"\b(?:silakan|boleh|bisa|tolong)\b[^.]{0,20}\b(?:ditutup|tutup)\b"),
    ("thumbs", r"👍|👌|😊|😁|🥰|❤|🎉|😍|🤩|💯"),
    ("not_yet", r"\bbelum\b"),
    (
        "nobody",
        r"\b(?:tidakada|belum ada|tidak ada|tidak)\b[^.]{0,20}\b(?:yang|petugas|orang|tim|perubahan|"
        r"tindakan|tindak lanjut|hasil|kabar|respon|datang|dateng|muncul|perbaikan|kelihatan|nongol)\b",
    ),
    (
        "still",
        rf"\b(?:masih|tetap|tetep|malah|makin|tambah|tambah parah|lagi-lagi|balik lagi|kembali lagi|"
        rf"lagi)\b[^.]{{0,30}}\b{_BROKEN}\b",
    ),
    ("broken_again", rf"\b{_BROKEN}\b[^.]{{0,12}}\b(?:lagi|terus|keneh|juga)\b"),
    (
        "never",
        r"\b(?:tidak pernah|boro-boro|mana ada|tidak juga|juga belum|belum juga|tidak kunjung|"
        r"belum merasakan|menurut siapa|bukan (?:beres|selesai|normal|itu namanya)|tidak menjawab|"
        r"tidak sesuai|jauh dari|sayang\w*|geuning|angger|kebalik|sepihak|malah|nyatanya|kenyataan\w*|"
        r"eh (?:sekarang|malah|ternyata))\b",
    ),
    (
        "if_only",
        r"\b(?:semoga|moga|mudah-mudahan|tinggal menunggu|kalau sudah|nanti kalau|ditunggu|diantos|"
        r"belum (?:saya|tahu|tau|bisa memastikan|sempat)|dikabari|perkembangan\w*|di luar kota)\b",
    ),
    (
        "how_much",
        r"\b\d+ ?(?:meter|cm|m|tahun|th|kali|orang|rumah|biji|jam|persen)\b|\b(?:warna\w*|diameter|"
        r"ukuran\w*|tinggi\w*|merk|umur\w*|sejak|biasanya|dari arah|persis|kira-kira|nama saya|namanya|"
        r"yang saya maksud)\b",
    ),
    ("but", r"\btapi\b|\bpadahal\b|\bcuma\b|\bhanya\b|\bdoang\b"),
    (
        "only",
        r"\b(?:hanya|cuma|doang|saja)\b[^.]{0,30}\b(?:di\w+|sebagian|separuh|satu|sebentar|sehari|"
        r"seminggu|foto|tanah|batu|puing|difoto|lihat|ditambal|disapu)\b|\bsebagian\b|\bsetengah\b|"
        r"\basal(?:-asalan)?\b|\bformalitas\b|\bseadanya\b",
    ),
    (
        "lie",
        r"\b(?:bohong|boong|dusta|hoax|hoaks|tipu|ngibul|omdo|omong kosong|php|pencitraan|ngarang|fitnah|"
        r"foto lama|foto orang|bukan (?:di )?(?:tempat|lokasi|jalan|gang|foto)|katanya|ngakunya|apanya|"
        r"mana (?:buktinya|ada)|darimana|dari mana|apa yang selesai|beres (?:apa|dari)|janji doang|"
        r"laporan palsu)\b",
    ),
    (
        "unhappy",
        r"\b(?:tidak puas|kecewa|kurang puas|tidak sesuai|mengecewakan|tidak becus|percuma|cape|capek|"
        r"bosan|payah|parah|lambat|lelet|jelek|buruk|kesal|sia-sia|tidak guna|tidak berguna|"
        r"tidak ditanggapi|tidak setuju|keberatan|tidak terima|nihil|nol|sama saja|sarua|muak|ampun|gagal|"
        r"asal tutup|dibiarkan|diabaikan|dicuekin|males|zonk)\b",
    ),
    (
        "why_closed",
        r"\b(?:kok|kenapa|mengapa|masa|masak|lho|loh|lah)\b[^.]{0,30}\b(?:ditutup|selesai|beres|begitu|"
        r"ditolak|closed|tutup|dinyatakan|dianggap)\b",
    ),
    (
        "reopen",
        r"\b(?:buka (?:lagi|kembali)|dibuka (?:lagi|kembali)|jangan ditutup|jangan dulu ditutup|"
        r"lapor(?:kan)? (?:lagi|ulang)|cek (?:lagi|ulang)|dicek (?:lagi|ulang)|ulangi|diulang|"
        r"kerjakan ulang|dikerjakan ulang|tindak lanjuti lagi|tolong dicek|datang lagi)\b",
    ),
    ("angry", r"😡|🤬|😠|👎|😤|🙄|😒|😩"),
    (
        "sarcasm",
        r"\b(?:hebat|luar biasa|bagus|mantap|salut|keren|canggih)\b[^.]{0,25}\b(?:bulan|minggu|tahun|kali|"
        r"baru|masih|tapi|cuma|belum|sekali ya kerja|ya kerja)\b",
    ),
    ("question_mark", r"\?\s*$"),
    (
        "when",
        r"\b(?:kapan|berapa lama|sampai kapan|bagaimana (?:kelanjutan|perkembangan|kabar)|ada kabar|"
        r"sudah sampai mana|estimasinya|progresnya|gimana)\b",
    ),
    (
        "will_wait",
        r"\b(?:ditunggu|saya tunggu|kami tunggu|menunggu|baik|ok|oke|siap|noted|nanti saya|belum sempat|"
        r"akan saya|saya cek dulu|nanti dicek|saya lihat dulu|semoga|mudah-mudahan|mohon kabar|kabari|"
        r"sip)\b",
    ),
    (
        "later",
        r"\b(?:belum sempat|nanti (?:saya|sore|malam|pulang|kalau)|besok saya|lagi di luar kota|"
        r"sedang di luar kota|belum bisa cek|belum lihat|belum tahu|belum ngecek|saya tanya dulu|"
        r"nanti dikabari|nanti saya)\b",
    ),
    (
        "place",
        r"\b(?:rt|rw|jalan|gang|blok|nomor|sebelah|samping|depan|belakang|seberang|dekat|pertigaan|"
        r"perempatan|patokan\w*|rumah|komplek|perum|masjid|mesjid|mushola|warung|alfa\w*|indomaret|"
        r"sekolah|sdn|jembatan|kelurahan|lokasinya|alamatnya|posisi|titik|koordinat|arah|masuk dari|lurus|"
        r"mentok|belok|kiri|kanan|tikungan|cat|pagar|tiang|kos|toko|apotek|simpang)\b",
    ),
    ("numbers", r"\b\d{6,}\b|\b08\d{2}[- ]?\d{3,}|\b[a-z]{1,2} ?\d{3,4} ?[a-z]{1,3}\b|-?\d{1,3}[.,]\d{4,}"),
    (
        "number_word",
        r"\b(?:nomor (?:pelanggan|meter|hp|kk|wa|rumah|antrian|registrasi|telepon)|nik|nop|id pelanggan|"
        r"kk|nopel|noreg|plat|platnya|nama(?:nya)?|atas nama|a\.n)\b",
    ),
    (
        "attached",
        r"\b(?:foto|video|gambar|terlampir|lampiran\w*|shareloc|share ?loc|link|maps|peta|ktp|bukti|struk|"
        r"screenshot|berkas)\w*\b[^.]{0,30}\b(?:terlampir|lampirkan|saya kirim|kirim|ini|berikut|di bawah|"
        r"dibawah|susulkan|saya (?:kasih|sertakan|foto))|\b(?:terlampir|ini (?:foto|shareloc|lokasi|nomor|"
        r"video|link|alamat|datanya)|berikut)\b|https?://",
    ),
    (
        "times",
        r"\b(?:tiap|setiap|sejak|dari|mulai|sekitar|kira-kira|kadang|biasanya|sering|seringnya|jam \d|"
        r"pukul \d|subuh|magrib|isya|dini hari)\b",
    ),
    ("yes", r"^(?:iya|ya|betul|benar|muhun|bukan|tidak|enya)\b(?! (?:puas|sudah|belum))"),
    (
        "withdraw",
        r"\b(?:cabut|dicabut|mencabut|cancel|di-cancel|dihapus|hapus|hentikan|dihentikan|stop|"
        r"tidak (?:usah |perlu |akan |mau |ingin )?(?:di|me|mem|per)?(?:lanjut|panjang)\w*|(?:saya|"
        r"kami) tarik|ditarik|kesalahan saya|salah (?:saya|sendiri|paham)|iseng|typo|pulang sendiri|"
        r"sudah ikhlas|batal|batalkan|dibatalkan|membatalkan|tidak jadi|gajadi|gak jadi|urung|"
        r"tarik (?:kembali )?laporan|menarik (?:kembali )?(?:laporan|aduan|pengaduan)|"
        r"hapus (?:saja )?laporan|abaikan|diabaikan saja|salah kirim|salah alamat|salah lapor|keliru|"
        r"dianggap (?:tidak|selesai saja)|anggap (?:saja )?(?:tidak|gak)|tidak usah (?:dilanjut|diproses|"
        r"ditindak|repot|dikerjakan|diurus)|tidak perlu (?:dilanjut|diproses|ditindak|lagi)\w*|damai|"
        r"berdamai|kekeluargaan|minta maaf|sudah ketemu|ternyata (?:ada|ketemu|salah|keselip|saya)|"
        r"lupakan)\b",
    ),
)
COMPILED = tuple((name, re.compile(pattern)) for name, pattern in TABLE)

_DIGIT = re.compile(
    r"^\W*(?:(?:nilai|rating|skor|bintang|poin|angka|kepuasan|saya (?:kasih|beri)|kasih|beri|sudah|beres|selesai|cukup|"
    r"(?:sangat |kurang |tidak )?(?:puas|kecewa))(?:nya)?\W{0,3}){0,3}([1-5]|satu|dua|tiga|empat|lima)"
    r"(?:\s?(?:/\s?5|dari 5|bintang))?\W*$"
)
_NUMBERS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5}
_DIGIT_IN = re.compile(
    r"\b(?:nilai|rating|skor|bintang|poin|score|rate|kasih|beri|kepuasan)(?:nya)?\W{0,3}(?:dari saya |"
    r"saya |angka |bintang |nilai )?([1-5])\b(?![.,:/-]\d)|\b([1-5]) ?(?:/ ?5|dari (?:5|lima)|"
    r"bintang)\b"
)
_STARS = re.compile(r"[⭐★🌟]\ufe0f?")
_WORDS = (
    (
        re.compile(
            r"\b(?:sangat tidak puas|tidak puas sama sekali|sangat kecewa|sangat mengecewakan)\b|" r"\bbintang satu\b"
        ),
        1,
    ),
    (re.compile(r"\b(?:tidak puas|kurang puas|kecewa)\b|\bbintang dua\b"), 2),
    (re.compile(r"\b(?:cukup puas|lumayan|biasa saja|cukup(?:lah)?$)\b|\bbintang tiga\b"), 3),
    (re.compile(r"\b(?:sangat puas|puas (?:banget|sekali|pisan)|bintang lima)\b"), 5),
    (re.compile(r"\bpuas\b|\bbintang empat\b"), 4),
)


def rating(raw: str, text: str) -> int | None:
    """1 to 5 where the citizen gave one: a lone digit, `nilai 4`, stars or the city's words; None otherwise."""
    stars = len(_STARS.findall(raw[:400]))
    if stars:
        return min(stars, 5)
    for line in text.split("\n", 8)[:8]:
        match = _DIGIT.match(line[:60])
        if match:
            return _NUMBERS.get(match[1]) or int(match[1])
    match = _DIGIT_IN.search(text[:600])
    if match:
        return int(match[1] or match[2])
    return next((value for pattern, value in _WORDS if pattern.search(text[:600])), None)


def signs(raw: str, text: str) -> tuple[dict[str, str], int | None]:
    """The signs of the table with the words that showed each, and the rating; `raw` keeps the stars and faces."""
    found: dict[str, str] = {}
    for sentence in sentences(text)[:40]:
        for name, pattern in COMPILED:
            match = pattern.search(sentence[:600])
            if match is not None:
                found[name] = match[0].strip()
    return found, rating(raw, text)


_DONE = re.compile(
    rf"^\W*(?:(?:iya|ya|betul|alhamdulillah|memang|akhirnya)\W+){{0,3}}(?:sudah|telah)"
    rf"(?: (?:di\w+|{_FIXED}|ada|ya|bapak|ibu|min|kak|sih|memang)){{0,4}}\W*"
    r"(?:$|[,.;!]|\b(?:tapi|cuma|hanya|meski\w*|walau\w*)\b)"
)
_SLOW = re.compile(
    r"\b(?:lama|lelet|lambat|telat|terlambat|lamban|kelamaan|menunggu|nunggu|tunggu|prosesnya|pelayanan\w*|respon\w*|"
    r"kurang (?:cepat|ramah|tanggap)|tidak ramah|berkali-kali)\b"
)


def done_but_slow(text: str, found: Iterable[str]) -> str:
    """The words that say it is done where the rest of a spelled answer complains of the time or the service only;
    empty otherwise. `found` are its signs: one that says what is left undone outweighs them.
    """
    match = _DONE.match(text[:200])
    if match is None or _UNSOLVED.intersection(found) or not _SLOW.search(text[match.end() : 400]):
        return ""
    return match[0].strip(" ,.;!")


def asked_for(odds: dict[Status, float], asked: Asked | None) -> dict[Status, float]:
    """The log odds sharpened by what our letter asked: `sudah` confirms after "is it done?", else it informs."""
    shift: dict[Status, float] = {}
    if asked == "question":
        shift = {Status.INFO: 1.5, Status.CONFIRMED: -1.0}
    elif asked == "done":
        shift = {Status.CONFIRMED: 0.5, Status.DISPUTED: 0.5, Status.INFO: -1.5}
    return {status: weight + shift.get(status, 0.0) for status, weight in odds.items()}
