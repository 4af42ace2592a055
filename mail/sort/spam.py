"""Advertising, phishing, chain profit and newsletters, told from complaints about them.

Two sums: what sells, lures or threatens, and what a citizen of this city writes. Who complains of online loans or
gambling writes the same nouns as who offers them, but says "I", "our lane", "please act"; the seller says "you", "click",
"contact us". The table holds phrase, weight; a phrase counts once.
"""

# ruff: noqa: E501  (a row of the table stays on one line)

from __future__ import annotations

import re
from functools import lru_cache

from engine.message import Message
from mail.robots import newsletter

from .wording import MOST, folded

_LURE: tuple[tuple[float, str], ...] = (
    # Offers and advertising
    (1.5, r"\bpromo\w{0,4}\b|\bdiskon\b|\bdiscount\b|\bcashback\b|\bflash ?sale\b|\bvoucher\b|\bbonus\b"),
    (
        1.5,
        r"\bgratis\b|\bfree\b|\btanpa (?:biaya|bunga|dp|ribet|agunan|jaminan|bi checking|survei|survey)\b|\b0 ?%"
        r"|\bbebas (?:biaya|bunga|ongkir)\b",
    ),
    (
        2.0,
        r"\b(?:kami|perusahaan|toko|pt|cv) (?:\S{1,20} ){0,5}?(?:menawarkan|menyediakan|menjual|melayani"
        r"|bergerak di bidang|adalah (?:perusahaan|distributor|produsen|penyedia|agen|supplier))"
        r"|\bperkenalkan(?:,)? (?:nama )?(?:kami|saya)? ?(?:dari )?(?:cv|pt|toko|lembaga|perusahaan)",
    ),
    (
        2.0,
        r"\b(?:surat )?penawaran (?:harga|kerja ?sama|produk|jasa|khusus|menarik|terbaik)|\bpricelist\b"
        r"|\bprice list\b|\bkatalog\b|\bbrosur\b|\bharga (?:khusus|spesial|mulai|promo|terjangkau|pabrik|grosir"
        r"|bersaing|nego)|\b(?:pengadaan|e-?katalog|lkpp|siplah) ",
    ),
    (
        1.5,
        r"\bjasa (?:\S{1,15} ){0,2}?(?:kami|terpercaya|profesional|murah|seo|website|pembuatan|sedot|pest|cuci"
        r"|angkut|renovasi)|\bsedot wc\b|\bgaransi\b|\bterpercaya\b|\bmurah\b|\bterlaris\b|\bready stock\b"
        r"|\bstok terbatas\b|\bsewa (?:genset|tenda|mobil|alat)",
    ),
    (
        2.5,
        r"\b(?:hubungi|wa|whatsapp|chat|telp|call|kontak|order|pesan|daftar|konsultasi)(?:\s|,"
        r"|:)(?:\S{1,15} ){0,3}?(?:kami|marketing|sekarang|segera|admin|via wa|langsung|di nomor|ke nomor"
        r"|hotline)|\bsiap (?:datang|melayani|kirim)\b|\binfo lebih lanjut\b|\bfast respon\w?\b",
    ),
    (
        3.0,
        r"\b(?:undangan|mengundang|mengikuti|menyelenggarakan|pendaftaran|peserta) (?:\S{1,20} ){0,8}?(?:bimtek"
        r"|bimbingan teknis|webinar|seminar|workshop|pelatihan|diklat|training|sertifikasi|in house)|\b(?:bimtek"
        r"|webinar|workshop|bimbingan teknis) (?:nasional|gratis|online|berbayar)"
        r"|\bkontribusi (?:\S{1,15} ){0,3}?rp|\bbiaya (?:pendaftaran|kontribusi|investasi)|\bearly ?bird\b"
        r"|\bkuota (?:terbatas|peserta)",
    ),
    (
        2.0,
        r"\b(?:rumah|kavling|apartemen|perumahan|hunian|cluster|klaster|properti|ruko)\b (?:\S{1,20} ){0,8}?(?:dp"
        r"|cicilan|kpr|mulai|dijual|subsidi|promo|harga)|\bcicilan (?:flat|ringan|mulai)|\bdp (?:mulai|hanya|0"
        r"|ringan)",
    ),
    # Loans, gambling, pills, profit
    (
        3.0,
        r"\b(?:pinjaman|dana|kredit|kta|gadai)\b (?:\S{1,15} ){0,4}?(?:cepat|tunai|online|cair|mudah|kilat|tanpa"
        r"|langsung|multiguna|bpkb|darurat|murah|hingga|sampai)|\bbunga (?:rendah|ringan|mulai|\d)"
        r"|\blangsung cair\b|\bcair (?:dalam|hari|\d)|\bacc (?:cepat|mudah)|\bplafon\b|\bpinjaman (?:pribadi"
        r"|usaha)|\b(?:loan|credit) (?:offer|approved)",
    ),
    (
        3.5,
        r"\bslot (?:gacor|online|88|resmi|thailand|deposit)|\bgacor\b|\bmaxwin\b|\brtp\b|\bscatter\b"
        r"|\bdepo(?:sit)? (?:pulsa|dana|10|5)|\bjackpot\b|\btogel\b (?:\S{1,15} ){0,4}?(?:online|terpercaya"
        r"|daftar|resmi)|\bbandar (?:\S{1,10} )?(?:resmi|terpercaya)|\bsitus (?:judi|slot|togel|resmi)"
        r"|\bnew member\b|\bwin ?rate\b|\blink alternatif\b|\bcasino\b|\bpoker online\b",
    ),
    (
        3.0,
        r"\bobat (?:kuat|pembesar|pelangsing|peninggi|perangsang|herbal)|\bviagra\b|\bcialis\b|\bpelangsing\b"
        r"|\bpembesar\b|\bkapsul\b|\bherbal\b (?:\S{1,15} ){0,5}?(?:ampuh|alami|khasiat|bpom)|\bkhasiat\b"
        r"|\btestimoni\b|\bpemutih\b|\bkolesterol\b (?:\S{1,15} ){0,5}?(?:turun|solusi)",
    ),
    (
        3.0,
        r"\b(?:investasi|trading|forex|bitcoin|kripto|crypto|usdt|ethereum|saham|robot trading|cuan"
        r"|passive income|penghasilan tambahan|kerja dari rumah|bisnis online|reseller|dropship|mlm"
        r"|member baru)\b (?:\S{1,15} ){0,8}?(?:profit|untung|keuntungan|hasil|modal|gabung|join|daftar|per hari"
        r"|perhari|per bulan|legal|aman|jutaan|rp|daily)|\bprofit (?:\d|harian|konsisten|pasti)"
        r"|\bguaranteed (?:return|profit)",
    ),
    # Lotteries, inheritances, blackmail
    (
        4.0,
        r"\b(?:pemenang|terpilih|memenangkan|menang) (?:\S{1,15} ){0,6}?(?:undian|hadiah|uang|mobil|lottery"
        r"|gebyar|kuis|doorprize)|\bundian\b (?:\S{1,15} ){0,8}?(?:hadiah|pemenang)|\bhadiah (?:uang|mobil|utama"
        r"|langsung|rp)|\b(?:you (?:have )?won|winner|lottery|jackpot prize|claim your prize)\b|\bpajak (?:hadiah"
        r"|undian)|\bbiaya administrasi\b (?:\S{1,15} ){0,4}?rp|\bcek (?:tunai|giro)\b",
    ),
    (
        4.0,
        r"\b(?:inheritance|next of kin|beneficiary|million (?:us )?dollars|fund transfer|deceased client|widow"
        r"|barrister|atm card|western union|consignment|business proposal|investment proposal"
        r"|warisan (?:\S{1,15} ){0,6}?(?:juta|miliar|dolar))\b|\bdonat(?:e|ion) of\b",
    ),
    (
        4.0,
        r"\b(?:i (?:have )?(?:hacked|recorded)|your (?:webcam|device|computer) (?:was|has been|is)"
        r"|bitcoin (?:wallet|address)|dompet bitcoin|merekam (?:anda|kamu|layar)|video (?:anda"
        r"|kamu) (?:\S{1,15} ){0,5}?(?:sebar|kirim|bocor)|meretas (?:akun|perangkat|ponsel)|sebarkan (?:video"
        r"|rekaman|foto))",
    ),
    # Phishing
    (
        3.0,
        r"\b(?:kuota|kapasitas|penyimpanan|storage|quota)\b (?:\S{1,20} ){0,8}?(?:penuh|habis|98|95|99|melebihi"
        r"|exceed|full|batas)|\b(?:kotak (?:surat|masuk|pos)|mailbox|akun (?:email|surel|anda|bapak)|webmail"
        r"|email anda|surel anda|your (?:mailbox|account|email|password))\b (?:\S{1,20} ){0,10}?(?:kedaluwarsa"
        r"|kadaluarsa|dinonaktif\w{0,3}|diblokir|ditutup|ditangguhkan|penuh|dihapus|ditolak|suspend\w{0,2}"
        r"|expire\w?|deactivat\w{0,3}|upgrade|verif\w{0,6}|verify|validasi|diperbarui|kuota)",
    ),
    (
        3.0,
        r"\b(?:verifikasi|validasi|konfirmasi|perbarui|update|pulihkan|amankan|aktifkan|verify|confirm|validate"
        r"|update) (?:\S{1,15} ){0,4}?(?:akun|data|kata sandi|password|email|surel|rekening|identitas|mailbox"
        r"|account|informasi|kartu)|\b(?:kata sandi|password|username|nama pengguna|pin|otp"
        r"|cvv)\b (?:\S{1,15} ){0,5}?(?:anda|bapak|kedaluwarsa|kadaluarsa|expire|masukkan|kirim|melalui|lama)"
        r"|\bmasuk dengan nama pengguna",
    ),
    (
        2.0,
        r"\bklik (?:di sini|disini|link|tautan|tombol|sekarang|untuk)|\bclick (?:here|below|the link)"
        r"|\b(?:melalui|lewat|buka|di|kunjungi) (?:tautan|link|url|laman) (?:berikut|ini|di bawah|dibawah)"
        r"|\bunduh (?:aplikasi|lampiran|dokumen|undangan|apk)|\b\w{3,30}\.apk\b|\bdalam (?:waktu )?(?:24|48|72"
        r"|1x24|2x24) jam\b (?:\S{1,15} ){0,8}?(?:akun|ditutup|hangus|dinonaktif|dihapus|ditolak|diblokir)"
        r"|\bhangus\b",
    ),
    (
        2.5,
        r"\b(?:invoice|faktur|tagihan|purchase order|po|quotation|rfq|resi|paket|kiriman|bukti transfer"
        r"|swift copy|remittance|payment)\b (?:\S{1,15} ){0,6}?(?:terlampir|attached|jatuh tempo|overdue|anda"
        r"|tertahan|gagal kirim|bea cukai|due|mt103|konfirmasi)|\bplease find (?:the )?attached\b|\bkindly\b",
    ),
    # Web services, lists
    (
        3.0,
        r"\bseo\b|\bbacklinks?\b|\b(?:halaman|page|ranking|peringkat|rank) (?:satu|pertama|1|one|first"
        r"|atas) (?:di |on |of )?google|\b(?:jasa|layanan|paket) (?:pembuatan )?(?:website|web|seo|aplikasi|iklan"
        r"|google ads|backup|hosting|domain)|\b(?:redesign|website design|web design|digital marketing|guest post"
        r"|domain authority|organic traffic|link building|app development|lead generation|email list"
        r"|database (?:email|kontak|nasabah))\b|\bfollowers?\b (?:\S{1,10} ){0,4}?(?:murah|instagram|tiktok|beli)",
    ),
    (
        3.0,
        r"\bberhenti (?:ber)?langganan\b|\bunsubscribe\b|\bopt[- ]?out\b|\bmenerima (?:email|surel"
        r"|pesan) ini karena\b|\bterdaftar sebagai (?:pelanggan|member|anggota)|\blihat (?:email"
        r"|versi) (?:ini )?(?:di|dalam) (?:browser|peramban|web)|\bview (?:this email )?in (?:your )?browser"
        r"|\bbaca selengkapnya\b|\bselengkapnya\s?:|\bnewsletter\b|\bbuletin\b|\bedisi (?:\S{1,10} )?(?:ini|bulan"
        r"|minggu|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|khusus"
        r"|\d)",
    ),
    (1.0, r"[★☎✅🔥💰🎁📞💸🚀💎👉➡️🎉]|!!!|\b100 ?%|\brp ?\d[\d.,]{3,}|\bjt\b|\b\d+ ?juta\b|https?://"),
    # Selling by private persons and small firms; agents, vendors, sign-in lures
    (
        2.0,
        r"\b(?:dijual|jual cepat|jual murah|disewakan|dikontrakkan|over kredit|take over)\b|\b(?:minat|berminat"
        r"|serius)\b (?:\S{1,12} ){0,2}?(?:hub|hubungi|wa|chat|call|pm)|\b(?:hub|wa|cp|telp|call"
        r"|hotline)\b\s?[:.]?\s?(?:\+62|62|08)\d"
        r"|\b(?:nego|cod|gratis ongkir|grosir|partai besar|per ?pcs|pcs|ready stok?|open (?:trip|order|po)"
        r"|dp (?:\d|rp)|booking fee|checkout|termurah|harga \d)\b",
    ),
    (
        2.0,
        r"\b(?:agen|vendor|distributor|supplier|produsen|konsultan|broker|marketing) (?:resmi|aplikasi|asuransi"
        r"|properti|terpercaya|kami|dari)|\b(?:mohon|bolehkah|izin|kesempatan|bersedia"
        r"|siap) (?:\S{1,12} ){0,4}?(?:presentasi|demo produk|audiensi produk)|\b(?:premi"
        r"|polis)\b (?:\S{1,12} ){0,4}?(?:mulai|murah|ringan)|\bpembiayaan\b (?:\S{1,12} ){0,4}?(?:invoice|spk"
        r"|proyek|hingga|sampai)|\bjasa (?:pengurusan|pembuatan|pengetikan|konsultasi|angkut)|\bpaket (?:umrah"
        r"|wisata|tour|hemat|promo|advertorial)",
    ),
    (
        2.5,
        r"\b(?:sign in|log ?in) (?:\S{1,12} ){0,3}?(?:with|to|using)\b|\bvoice ?(?:mail|message)\b"
        r"|\bsaldo gratis\b|\bklaim\b (?:\S{1,12} ){0,4}?(?:sekarang|sebelum|hadiah|saldo|bonus|klik)|\b(?:odds"
        r"|parlay|wd|withdraw|mix parlay|prediksi jitu)\b|\b(?:bagikan|sebarkan"
        r"|forward) (?:\S{1,12} ){0,3}?(?:\d+ (?:grup|teman|kontak))|\b(?:mahar|pelet|santet|pesugihan"
        r"|pengasihan)\b|\b(?:join|gabung|masuk) (?:\S{1,12} ){0,2}?(?:grup|group|channel|telegram)|\bairdrop\b"
        r"|\bwallet\b|\brekening panitia\b|\buang jaminan\b",
    ),
)
_CITIZEN: tuple[tuple[float, str], ...] = (
    (
        2.0,
        r"\b(?:saya|kami|aku) (?:\S{1,15} ){0,5}?(?:melapor\w{0,3}|lapor|mengadu\w{0,3}|laporkan|adukan"
        r"|mengeluh\w{0,3}|keluhkan|ngeluh|komplain|resah|terganggu|dirugikan|khawatir|keberatan|korban|tertipu"
        r"|ditipu|diteror|diancam)|\b(?:mau|ingin|izin|ijin|hendak|bade|bermaksud) (?:\S{1,8} ){0,2}?(?:lapor"
        r"|ngadu|ngelapor|ngeluh|melapor\w{0,3}|mengadu\w{0,3}|tanya|bertanya|nanya|menanyakan)|\bmengeluhkan\b"
        r"|\bpengaduan\b|\bmelaporkan\b",
    ),
    (
        2.5,
        r"\b(?:mohon|tolong|minta|agar|supaya|harap|kiranya) (?:\S{1,15} ){0,6}?(?:ditindak\w{0,8}"
        r"|ditertib\w{0,4}|dibongkar|diperbaiki|dicek|ditutup|dirazia|dicabut|diberantas|ditangkap|diusut"
        r"|dibersihkan|diblokir|diawasi|ditegur|diangkut|dipasang|ditangani|diperiksa|dibantu|bantuan\w{0,3}"
        r"|pencerahan|penertiban|penjelasan|perhatian)",
    ),
    (
        2.0,
        r"\bmeresahkan\b|\bmengganggu\b|\bwarga (?:sini|sekitar|kami|resah|banyak|jadi|pada)|\btetangga\b"
        r"|\banak saya\b|\bistri saya\b|\bsuami saya\b|\bibu saya\b|\borang ?tua saya\b|\brumah saya\b"
        r"|\bdepan rumah\b|\bgang kami\b|\blingkungan kami\b|\bkampung kami\b|\bkomplek kami\b",
    ),
    (
        1.5,
        r"\brt\.? ?0?\d{1,2}\b|\brw\.? ?0?\d{1,2}\b|\bkel(?:urahan|\.)? [a-z]{3,}|\bkec(?:amatan|\.)? [a-z]{3,}"
        r"|\b(?:jl|jln|jalan|gg|gang)\.? [a-z]{3,}",
    ),
    (
        1.0,
        r"\b(?:udah|sudah|telah) (?:\S{1,10} ){0,2}?(?:\d+|dua|tiga|empat|lima|enam|se\w{2,8}) ?(?:hari|minggu"
        r"|bulan|tahun|an)|\bsejak (?:\S{1,10} )?(?:kemarin|senin|selasa|rabu|kamis|jumat|sabtu|minggu|bulan"
        r"|tahun|tanggal|tgl|tadi)|\btadi (?:pagi|malam|siang|sore|subuh)|\bsemalam\b",
    ),
    (
        1.5,
        r"\b(?:rusak|mampet|bocor|banjir|padam|mati|berlubang|menumpuk|numpuk|bau|longsor|tumbang|macet|pungli"
        r"|diminta uang|dipungut|tidak dilayani|belum dapat|tidak dapat|ditolak loket)\b",
    ),
)
_LURES = tuple((weight, re.compile(pattern)) for weight, pattern in _LURE)
_CITIZENS = tuple((weight, re.compile(pattern)) for weight, pattern in _CITIZEN)


def spam_score(message: Message, text: str) -> float:
    """The sum of lures less what a citizen writes: 4 and more is spam even without the model. Never raises."""
    lures, citizen = _speaking(message.subject, text)
    return (
        sum(_LURES[number][0] for number in lures)
        + _outside(message)
        - 0.9 * sum(_CITIZENS[number][0] for number in citizen)
    )


def _outside(message: Message) -> float:
    """What the headers add: mass mailing, a reply that goes elsewhere, nobody in To, a bulk mailer, night of a server."""
    score = 0.0
    if newsletter(message):
        score += 4.0
    if (message.header("Precedence") or "").strip().lower() == "bulk" and message.header("List-Post") is None:
        score += 1.0
    domain = message.sender.key.rpartition("@")[2] if message.sender else ""
    if message.reply_to and message.reply_to[0].key.rpartition("@")[2] != domain:
        score += 1.5
    if not message.to or any("undisclosed" in value.lower() for value in message.all_headers("To")[:2]):
        score += 1.0
    local = message.sender.key.partition("@")[0] if message.sender else ""
    if re.match(
        r"(?:marketing|promo\w{0,4}|sales|info|newsletter|buletin|no-?reply|noreply|penawaran|iklan|cs|admin|offer)\b",
        local,
    ):
        score += 1.0
    mailer = f"{message.header('X-Mailer') or ''} {message.header('User-Agent') or ''}".lower()
    if re.search(r"phpmailer|swiftmailer|mass|bulk|leaf ?php|sendblaster|turbo-?mailer|the bat|gammadyne", mailer):
        score += 1.5
    if message.header("Feedback-ID") or message.header("X-Campaign"):
        score += 1.0
    return score


def spoken(subject: str, text: str) -> list[str]:
    """The rows of the tables that speak in a text, for the model that weighs them with the words."""
    lures, citizen = _speaking(subject, text)
    return [*(f"lure {number}" for number in lures), *(f"citizen {number}" for number in citizen)]


@lru_cache(maxsize=4)  # the sum and the model ask for the same mail
def _speaking(subject: str, text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    whole = f"{folded(subject[:300])} . {folded(text)} {subject[:300].lower()} {text[:MOST].lower()}"
    lures = tuple(number for number, (_, pattern) in enumerate(_LURES) if pattern.search(whole))
    return lures, tuple(number for number, (_, pattern) in enumerate(_CITIZENS) if pattern.search(whole))
