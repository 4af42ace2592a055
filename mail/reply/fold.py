"""One spelling for many: text as officials and citizens type it, folded before it is matched, and cut into clauses."""

from __future__ import annotations

import re
import unicodedata

LIMIT = 20_000
"""Characters of an answer that are looked at; what stands beyond them decides nothing."""

_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009\u200a\u3000\t"), " ")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f"), None)
_QUOTES = {ord(c): "'" for c in "’‘`´ʼ"} | {ord(c): '"' for c in "“”„«»"} | {ord(c): "-" for c in "–—‐‑−"}
_TRANSLATE = _SPACES | _INVISIBLE | _QUOTES

# Typed form to the form the rules are written in. Only where the meaning is one; "lg" or "teh" would need context.
SPELLINGS: dict[str, str] = {
    form: word
    for word, forms in {
        "sudah": "udh udah dah sdh sudh uda udhh sdah sdh2 suda tos geus ges parantos atos enggeus",
        "tidak": "gk ga gak g ngga nggak enggak kagak tdk tak ndak ngak gag teu henteu nda engga tidk",
        "belum": "blm blom belom blum lom blon acan belm",
        "jangan": "jgn jangn ulah",
        "masih": "msh masi msih keneh",
        "lagi": "lg lgi deui",
        "tadi": "td tdi",
        "barusan": "brusan brsn",
        "sedang": "sdg sdang nuju keur sedeng",
        "akan": "akn bakal bade arek dek",
        "yang": "yg yng nu anu",
        "dengan": "dgn dg sareng",
        "bersama": "brsm brg bareng bareng2",
        "ke": "k ka",
        "dari": "dr dri ti tina",
        "di": "d dina",
        "untuk": "utk utuk buat bwt kanggo",
        "pada": "pd",
        "karena": "krn krna karna kerna kusabab krena kumargi",
        "kalau": "klo kl kalo klw lamun upami klau",
        "sebelum": "sblm sblum",
        "setelah": "stlh stelah stlah sesudah seusai selepas",
        "supaya": "spy",
        "tapi": "tp tpi tetapi namun cm2an ngan",
        "jadi": "jd jdi janten",
        "atau": "atw ato",
        "saya": "sy sya aku gw gue ane abdi",
        "kita": "kt",
        "kami": "kmi kaimi",
        "bapak": "bpk pak pa",
        "ibu": "bu",
        "orang": "org orng",
        "warga": "wrg",
        "tolong": "tlg tlong tulung",
        "mohon": "mhn mhon mohn moon",
        "terimakasih": "mksh makasi makasih trims tks tq thx trimakasih nuhun thanks trmksh tengkyu",
        "maaf": "mf maap ma'af punten hapunten",
        "balas": "bls",
        "bagaimana": "gmn gimana gmana kumaha",
        "kenapa": "knp napa naha mengapa",
        "kapan": "kpn iraha",
        "mana": "mn",
        "dimana": "dmn dmana",
        "apa": "ap naon",
        "kok": "koq ko",
        "hari": "hr dinten poe",
        "malam": "mlm malem wengi peuting",
        "jam": "jm",
        "bulan": "bln sasih",
        "minggu": "mgg mnggu",
        "kemarin": "kmrn kemaren kmren kamari kmarin",
        "sekarang": "skrg skrng skg ayeuna skrang",
        "besok": "bsk besuk esok isuk enjing isukan bsok",
        "tanggal": "tgl tggl tgl. tanggl",
        "nanti": "ntar nnti nti entar engke",
        "jalan": "jl jln",
        "gang": "gg",
        "kelurahan": "kel kelurahn",
        "kecamatan": "kec",
        "depan": "dpn",
        "dekat": "dkt deket",
        "nomor": "no nmr nomer",
        "lokasi": "lok tkp lks lksi",
        "petugas": "ptgs",
        "selesai": "selesei slesai selsai slesei sls slsai bérés rengse",
        "beres": "bers",
        "menunggu": "nunggu tunggu nungguan ngantosan",
        "tunggu": "tggu",
        "proses": "pros prosess prosses",
        "diproses": "diprosess",
        "laporan": "lapran lprn",
        "lampu": "lmp lampuu",
        "bisa": "bs tiasa tiyasa",
        "banget": "bgt bngt",
        "benar": "bener leres",
        "foto": "poto photo",
        "informasi": "info infonya inpo infox informasinya",
        "minta": "mnta mnt",
        "alhamdulillah": "alhamdulilah alhmdulillah hamdalah",
        "insyaallah": "insya inshaallah insyaalloh insyaa insyallah",
        "izin": "ijin idzin izn",
        "melaporkan": "melapor mlaporkan",
        "september": "sept",
        "november": "nopember",
        "februari": "pebruari",
        "cek": "chek ngecek mengecek ceki ricek check",
        "dicek": "dichek di-cek dcek dicheck",
        "sampai": "sampe smp smpe nepi dugi s.d s/d",
        "sama": "sm",
        "juga": "jg jga oge",
        "saja": "aja sj ae wae bae doang",
        "hanya": "cuma cuman cm cmn",
        "banyak": "bnyk byk",
        "tahun": "thn th taun",
        "bukan": "bkn sanes lain2",
        "rusak": "ruksak",
        "menyala": "nyala hurung nyalah",
        "ada": "aya",
        "tidakada": "gada gaada",
        "diperbaiki": "disaean dibenerin dibenarkan dibetulin dibetulkan didandanan dibebenah dibeberes",
        "dikerjakan": "dikerjain digarap digawean dipigawe",
        "teruskan": "terusken truskan teruskn terusin",
        "diteruskan": "diteruskeun diterusin ditruskan diteruskn",
        "petugasnya": "ptgsnya",
        "meluncur": "mluncur otw otewe luncur",
    }.items()
    for form in forms.split()
}

_REPEAT = re.compile(r"([a-hj-z])\1{2,}")
_STRETCH = re.compile(r"[^\S\n]{2,}")


def fold(text: str) -> str:
    """Lower case, accents gone, one kind of space and quote, stretched letters shortened; line breaks are kept."""
    text = text[:LIMIT].replace("\r\n", "\n").replace("\r", "\n").translate(_TRANSLATE)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return _STRETCH.sub(" ", _REPEAT.sub(r"\1", text))


_GLUED = re.compile(r"(?<=[a-z]{3})([.!?])(?=[a-z]{3})")
_DI = re.compile(
    r"\bdi (?=(?:kerja|perbaik|pasang|angkut|bersih|ganti|tambal|cek|survei|tinjau|proses|lanjut|"
    r"tindak|terus|tunda|"
    r"usul|anggar|terima|tolak|potong|keruk|kuras|tebang|pangkas|limpah|alih|disposisi|jadwal|cat|"
    r"aspal|cor|semprot|"
    r"tertib|tutup|selesai|benar|betul|laksana|segel|robohkan|evakuasi|kirim|cetak|terbit))"
)
_UNTIL = re.compile(r"\bs\.\s?d\.?(?=\s|\d)|\bs/d\b|\bhingga\b|\bsd\b(?= *(?:tgl|tanggal|\d))")
_MODE = re.compile(r"\binsyaallah allah\b|\bin syaallah\b")
_NUMBER_TWO = re.compile(r"\b([a-z]{3,})2(nya)?\b")


def _plain(token: str) -> str:
    word = SPELLINGS.get(token)
    if word is not None:
        return word
    return token


def spell(text: str) -> str:
    """Folded text with the spellings of phones and of Sundanese made one (`blm` to `belum`); line breaks are kept."""
    text = _UNTIL.sub("sampai ", _GLUED.sub(r"\1 ", text))
    text = _NUMBER_TWO.sub(lambda m: f"{m[1]}-{m[1]}{m[2] or ''}", text)
    words = []
    for piece in _PIECES.split(text):
        words.append(_plain(piece) if piece and piece[0].isalnum() else piece)
    text = "".join(words)
    text = _MODE.sub("insyaallah", text).replace("tidak belum", "belum").replace("tidak ada", "tidakada")
    text = text.replace("terima kasih", "terimakasih").replace("in sya allah", "insyaallah")
    return _DI.sub("di", text)


_PIECES = re.compile(r"([a-z0-9]+(?:['/][a-z0-9]+)*)")

# A stop that ends no sentence: numbers (23.10), titles and short forms before a stop.
_ABBREVIATED = (
    "jl|jln|gg|no|yth|bpk|ibu|sdr|sdri|dr|drs|ir|hj|h|st|kel|kec|rt|rw|s|d|a|n|u|b|tgl|pkl|jam|hal|"
    "dll|dsb|dst|plt|plh|pj|"
    "ttd|tel|telp|hp|kp|perum|komp|blok|jend|kh|mr|prof|m|nip|bp|sbg|kol|kav|p|pt|cv|ps"
)
_STOP = re.compile(r"(?<![ .(])\.(?=\s)|\.{2,}|[!?]+|;|\n+|(?<=\S)\.$|:(?=\s*\n)")
_SHORT = re.compile(rf"(?:^|[\s(])(?:{_ABBREVIATED})$")
_NUMBERING = re.compile(r"\s*\d{1,2}$")


def sentences(text: str) -> list[str]:
    """Cut folded text where sentences end; the closing `?` stays with its sentence. A soft line break does not cut."""
    found: list[str] = []
    start = 0
    for stop in _STOP.finditer(text):
        piece = text[start : stop.start()]
        mark = stop[0]
        if mark == "." and (_SHORT.search(piece[-12:]) or _NUMBERING.fullmatch(piece[:12])):
            continue
        if mark.startswith("\n") and len(mark) == 1 and _soft(text, stop.start(), stop.end()):
            continue
        piece = " ".join(piece.split())
        if piece:
            found.append(piece + (" ?" if "?" in mark else " !" if "!" in mark else ""))
        elif found and "?" in mark and not found[-1].endswith("?"):
            found[-1] += " ?"
        start = stop.end()
    rest = " ".join(text[start:].split())
    if rest:
        found.append(rest)
    return found


def _soft(text: str, start: int, end: int) -> bool:
    """Whether a single line break only wraps a long line (mail clients fold at about 76 columns)."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - 200) : start]
    following = text[end : end + 40].lstrip(" ")
    if len(line.strip()) < 45 or not following:
        return False
    return not re.match(r"[-*•]|\d{1,2}[.)]\s|[a-z]\.\s", following)


_CLAUSE = re.compile(
    r"\s*[,()]\s*|\s+-\s+|\s*/\s+|:\s+|"
    r"\s+(?=(?:tapi|tetapi|namun|sedangkan|sementara itu|hanya saja|cuma|sehingga|karena|sebab|"
    r"soalnya|kalau|jika|apabila|bila|"
    r"setelah|begitu|supaya|agar|sambil|meskipun|walaupun|meski|walau|padahal|melainkan|terus|lalu|"
    r"kemudian|selanjutnya|"
    r"jadi|makanya|maka|dan akan|dan sudah|dan telah|dan sedang|dan mohon|serta akan|baru akan)\b)"
)


def clauses(sentence: str) -> list[str]:
    """Cut a folded sentence at commas, brackets and the words that begin a clause; the word stays with its clause."""
    return [piece for piece in (part.strip() for part in _CLAUSE.split(sentence)) if piece]
