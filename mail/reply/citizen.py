"""The rules for citizens' answers: confirmed, disputed, information given, withdrawn, or a mere comment; and the rating."""

# ruff: noqa: E501  (a row of a table stays on one line)

from __future__ import annotations

import re
from typing import Literal

from engine.reading import Status
from mail.reply.fold import sentences

Asked = Literal["done", "question"]

_FIXED = (
    r"(?:menyala|nyala|hidup|normal|lancar|bersih|beres|selesai|rampung|kelar|tuntas|aman|kering|surut|terang|rapi|mulus|rata|jadi|aktif|"
    r"berfungsi|diperbaiki|dikerjakan|diangkut|ditambal|diganti|dipasang|dibersihkan|dikeruk|dipotong|dipangkas|ditangani|ditebang|dikuras|"
    r"diaspal|dicor|ditertibkan|dibongkar|disemprot|dicabut|diangkat|datang|ada perubahan|enak|baik|bagus|baikan|oke|ok|ngocor|mengalir|ngalir|"
    r"bening|jernih|diterima|terima|keluar|sampai|cair|dibuka|ditutup|dapat|bisa|sesuai|benar|dirapikan|diurus|diselesaikan|adem|tenang|kosong|"
    r"hilang|sembuh|dievakuasi|tertib|sepi|dijemput|dicetak)"
)
_BROKEN = (
    r"(?:bolong|rusak|mati|gelap|bocor|banjir|macet|bau|numpuk|menumpuk|mampet|tersumbat|kotor|keruh|berantakan|begitu|gitu|sama|seperti (?:dulu|biasa|"
    r"semula|kemarin)|kayak gitu|parah|jelek|ngocor terus|padam|kedip|berlubang|bergelombang|berisik|bising|ada (?:lagi|yang)|retak|miring|tergenang|becek|"
    r"liar|parkir|ngetem|jualan|mangkal|antri|antre|ditagih|tersendat|seret|netes|kecil|butek|pareum|poek|butut|ledok|kuning|nongkrong|ngumpul|buka|narik)"
)

# name, pattern over a spelled sentence
TABLE: tuple[tuple[str, str], ...] = (
    ("fixed", rf"\b(?:sudah|telah|alhamdulillah|akhirnya|kembali|sekarang|semua)\b[^.]{{0,40}}\b{_FIXED}\b"),
    ("fixed_again", rf"\b{_FIXED} (?:lagi|kembali|semua|banget|jaya)\b"),
    ("yes_done", r"^(?:sudah|betul sudah|iya sudah|ya sudah|muhun sudah|sudah (?:ya|bapak|ibu|min|kak|beres|oke))\b"),
    ("happy", r"\b(?:puas|senang|seneng|mantap|mantul|top|keren|bagus|hebat|luar biasa|salut|apresiasi|responsif|gercep|gerak cepat|cepat|lega|bangga|memuaskan|joss|jos|sip|good|great|nice|terbaik|oke banget|sae)\b"),
    ("thanks", r"\bterimakasih\b"),
    ("praise_god", r"\balhamdulillah\b"),
    ("not_bad", r"\b(?:tidak (?:jelek|buruk|ada (?:keluhan|masalah)|masalah|mengecewakan|bau lagi|bocor lagi|banjir lagi|gelap lagi|mati lagi|macet lagi|numpuk lagi|bolong lagi|ada lagi)|tidakada (?:lagi|keluhan|masalah|genangan|bau|yang)|sudah tidak (?:bau|bocor|banjir|gelap|macet|numpuk|bising|berisik|ada|rusak|tergenang|keruh|mampet|bolong|becek)|tidak [a-z]+ lagi)\b"),
    ("close_it", r"\b(?:silakan|boleh|bisa|tolong)\b[^.]{0,20}\b(?:ditutup|tutup)\b"),
    ("thumbs", r"👍|👌|😊|😁|🥰|❤|🎉|😍|🤩|💯"),
    ("not_yet", r"\bbelum\b"),
    ("nobody", r"\b(?:tidakada|belum ada|tidak ada|tidak)\b[^.]{0,20}\b(?:yang|petugas|orang|tim|perubahan|tindakan|tindak lanjut|hasil|kabar|respon|datang|dateng|muncul|perbaikan|kelihatan|nongol)\b"),
    ("still", rf"\b(?:masih|tetap|tetep|malah|makin|tambah|tambah parah|lagi-lagi|balik lagi|kembali lagi|lagi)\b[^.]{{0,30}}\b{_BROKEN}\b"),
    ("broken_again", rf"\b{_BROKEN}\b[^.]{{0,12}}\b(?:lagi|terus|keneh|juga)\b"),
    ("but", r"\btapi\b|\bpadahal\b|\bcuma\b|\bhanya\b|\bdoang\b"),
    ("only", r"\b(?:hanya|cuma|doang|saja)\b[^.]{0,30}\b(?:di\w+|sebagian|separuh|satu|sebentar|sehari|seminggu|foto|tanah|batu|puing|difoto|lihat|ditambal|disapu)\b|\bsebagian\b|\bsetengah\b|\basal(?:-asalan)?\b|\bformalitas\b|\bseadanya\b"),
    ("lie", r"\b(?:bohong|boong|dusta|hoax|hoaks|tipu|ngibul|omdo|omong kosong|php|pencitraan|ngarang|fitnah|foto lama|foto orang|bukan (?:di )?(?:tempat|lokasi|jalan|gang|foto)|katanya|ngakunya|apanya|mana (?:buktinya|ada)|darimana|dari mana|apa yang selesai|beres (?:apa|dari)|janji doang|laporan palsu)\b"),
    ("unhappy", r"\b(?:tidak puas|kecewa|kurang puas|tidak sesuai|mengecewakan|tidak becus|percuma|cape|capek|bosan|payah|parah|lambat|lelet|jelek|buruk|kesal|sia-sia|tidak guna|tidak berguna|tidak ditanggapi|tidak setuju|keberatan|tidak terima|nihil|nol|sama saja|sarua|muak|ampun|gagal|asal tutup|dibiarkan|diabaikan|dicuekin|males|zonk)\b"),
    ("why_closed", r"\b(?:kok|kenapa|mengapa|masa|masak|lho|loh|lah)\b[^.]{0,30}\b(?:ditutup|selesai|beres|begitu|ditolak|closed|tutup|dinyatakan|dianggap)\b"),
    ("reopen", r"\b(?:buka (?:lagi|kembali)|dibuka (?:lagi|kembali)|jangan ditutup|jangan dulu ditutup|lapor(?:kan)? (?:lagi|ulang)|cek (?:lagi|ulang)|dicek (?:lagi|ulang)|ulangi|diulang|kerjakan ulang|dikerjakan ulang|tindak lanjuti lagi|tolong dicek|datang lagi)\b"),
    ("angry", r"😡|🤬|😠|👎|😤|🙄|😒|😩"),
    ("sarcasm", r"\b(?:hebat|luar biasa|bagus|mantap|salut|keren|canggih)\b[^.]{0,25}\b(?:bulan|minggu|tahun|kali|baru|masih|tapi|cuma|belum|sekali ya kerja|ya kerja)\b"),
    ("question_mark", r"\?\s*$"),
    ("when", r"\b(?:kapan|berapa lama|sampai kapan|bagaimana (?:kelanjutan|perkembangan|kabar)|ada kabar|sudah sampai mana|estimasinya|progresnya|gimana)\b"),
    ("will_wait", r"\b(?:ditunggu|saya tunggu|kami tunggu|menunggu|baik|ok|oke|siap|noted|nanti saya|belum sempat|akan saya|saya cek dulu|nanti dicek|saya lihat dulu|semoga|mudah-mudahan|mohon kabar|kabari|sip)\b"),
    ("later", r"\b(?:belum sempat|nanti (?:saya|sore|malam|pulang|kalau)|besok saya|lagi di luar kota|sedang di luar kota|belum bisa cek|belum lihat|belum tahu|belum ngecek|saya tanya dulu|nanti dikabari|nanti saya)\b"),
    ("place", r"\b(?:rt|rw|jalan|gang|blok|nomor|sebelah|samping|depan|belakang|seberang|dekat|pertigaan|perempatan|patokan\w*|rumah|komplek|perum|masjid|mesjid|mushola|warung|alfa\w*|indomaret|sekolah|sdn|jembatan|kelurahan|lokasinya|alamatnya|posisi|titik|koordinat|arah|masuk dari|lurus|mentok|belok|kiri|kanan|tikungan|cat|pagar|tiang|kos|toko|apotek|simpang)\b"),
    ("numbers", r"\b\d{6,}\b|\b08\d{2}[- ]?\d{3,}|\b[a-z]{1,2} ?\d{3,4} ?[a-z]{1,3}\b|-?\d{1,3}[.,]\d{4,}"),
    ("number_word", r"\b(?:nomor (?:pelanggan|meter|hp|kk|wa|rumah|antrian|registrasi|telepon)|nik|nop|id pelanggan|kk|nopel|noreg|plat|platnya|nama(?:nya)?|atas nama|a\.n)\b"),
    ("attached", r"\b(?:foto|video|gambar|terlampir|lampiran\w*|shareloc|share ?loc|link|maps|peta|ktp|bukti|struk|screenshot|berkas)\w*\b[^.]{0,30}\b(?:terlampir|lampirkan|saya kirim|kirim|ini|berikut|di bawah|dibawah|susulkan|saya (?:kasih|sertakan|foto))|\b(?:terlampir|ini (?:foto|shareloc|lokasi|nomor|video|link|alamat|datanya)|berikut)\b|https?://"),
    ("times", r"\b(?:tiap|setiap|sejak|dari|mulai|sekitar|kira-kira|kadang|biasanya|sering|seringnya|jam \d|pukul \d|subuh|magrib|isya|dini hari)\b"),
    ("yes", r"^(?:iya|ya|betul|benar|muhun|bukan|tidak|enya)\b(?! (?:puas|sudah|belum))"),
    ("withdraw", r"\b(?:cabut|dicabut|mencabut|batal|batalkan|dibatalkan|membatalkan|tidak jadi|gajadi|gak jadi|urung|tarik (?:kembali )?laporan|menarik (?:kembali )?(?:laporan|aduan|pengaduan)|hapus (?:saja )?laporan|abaikan|diabaikan saja|salah kirim|salah alamat|salah lapor|keliru|dianggap (?:tidak|selesai saja)|anggap (?:saja )?(?:tidak|gak)|tidak usah (?:dilanjut|diproses|ditindak|repot|dikerjakan|diurus)|tidak perlu (?:dilanjut|diproses|ditindak|lagi)\w*|damai|berdamai|kekeluargaan|minta maaf|sudah ketemu|ternyata (?:ada|ketemu|salah|keselip|saya)|lupakan)\b"),
)  # fmt: skip
COMPILED = tuple((name, re.compile(pattern)) for name, pattern in TABLE)

_DIGIT = re.compile(
    r"^\W*(?:(?:nilai|rating|skor|bintang|poin|angka|kepuasan|saya (?:kasih|beri)|kasih|beri)\W{0,3}){0,3}([1-5])(?:\s?(?:/\s?5|dari 5|bintang))?\W*$"
)
_DIGIT_IN = re.compile(
    r"\b(?:nilai|rating|skor|bintang|poin|score|rate|kasih|beri|kepuasan)(?:nya)?\W{0,3}(?:dari saya |saya |angka |bintang |nilai )?([1-5])\b(?![.,:/-]\d)|\b([1-5]) ?(?:/ ?5|dari (?:5|lima)|bintang)\b"
)
_STARS = re.compile(r"[⭐★🌟]\ufe0f?")
_WORDS = (
    (re.compile(r"\b(?:sangat tidak puas|tidak puas sama sekali|sangat kecewa|sangat mengecewakan)\b|\bbintang satu\b"), 1),
    (re.compile(r"\b(?:tidak puas|kurang puas|kecewa)\b|\bbintang dua\b"), 2),
    (re.compile(r"\b(?:cukup puas|lumayan|biasa saja|cukup(?:lah)?$)\b|\bbintang tiga\b"), 3),
    (re.compile(r"\b(?:sangat puas|puas (?:banget|sekali|pisan)|bintang lima)\b"), 5),
    (re.compile(r"\bpuas\b|\bbintang empat\b"), 4),
)  # fmt: skip


def rating(raw: str, text: str) -> int | None:
    """1 to 5 where the citizen gave one: a lone digit, `nilai 4`, stars or the city's words; None otherwise."""
    stars = len(_STARS.findall(raw[:400]))
    if stars:
        return min(stars, 5)
    for line in text.split("\n", 8)[:8]:
        match = _DIGIT.match(line[:60])
        if match:
            return int(match[1])
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


def asked_for(odds: dict[Status, float], asked: Asked | None) -> dict[Status, float]:
    """The log odds sharpened by what our letter asked: `sudah` answers "is it done?", and informs where we asked else."""
    shift: dict[Status, float] = {}
    if asked == "question":
        shift = {Status.INFO: 1.5, Status.CONFIRMED: -1.0}
    elif asked == "done":
        shift = {Status.CONFIRMED: 0.5, Status.DISPUTED: 0.5, Status.INFO: -1.5}
    return {status: weight + shift.get(status, 0.0) for status, weight in odds.items()}
