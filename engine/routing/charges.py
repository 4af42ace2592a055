"""Hears which officials a report complains of or fears: `lurahnya sendiri terlibat`, `jangan sampai camat tahu`.

An official is complained of where he is the subject of wrongdoing or its agent (`dimintai uang sama pak
camat`), in the
words of engine.routing.wrongs. Who is greeted, asked, thanked or has been told already is complained of by nobody.
Apart from secrecy: here the writer need not ask for anything, the charge alone says whose desk the report must not
reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.routing import wrongs
from engine.routing.fold import tokens
from engine.routing.sentences import rejoined

_RANKS = frozenset(
    tuple(rank.split())
    for line in """
    lurah, camat, sekcam, seklur, sekel, sekmat, kadis, kaban, kabid, kasi, kasie, kasubag, kasubbag, kabag,
    kasat, kalak
    dirut, dirum, dirtek, dirops, direktur, direktur utama, direktur umum, direktur teknik, direktur
    operasional, direksi
    wadir, wakil direktur, manajer, manager, asman, asisten manajer, sekdis, sekban, sekda, inspektur, irban
    irbansus, inspektur pembantu, kauptd, kanit, kaunit, kasatpol, ketua tim, katim, subkoordinator, subkoor
    kepala, kepala dinas, kepala badan, kepala bidang, kepala seksi, kepala subbagian, kepala subbag, kepala bagian
    kepala kelurahan, kepala kecamatan, kepala uptd, kepala upt, kepala unit, kepala satuan, kepala pelaksana, ka sie
    kepala satpol, ka uptd, ka bid, kepala kantor, plt, plh, pj, staf ahli, asisten, sekretaris, sekretaris dinas
    sekretaris badan, sekretaris camat, sekretaris lurah, sekretaris kecamatan, sekretaris kelurahan, sekretaris daerah
    wali kota, walikota, wakil wali kota, wakil walikota, wawali
    """.strip().splitlines()
    for rank in line.strip().split(", ")
)
_LONGEST = 3
_KEPT = frozenset(("kasi", "kasie", "kabid", "kadis", "sie", "camat", "lurah", "kel", "kec", "jl"))
_TITLES = frozenset(
    ("bapak", "ibu", "bpk", "pa", "oknum", "si", "para", "sang", "seorang", "h", "hj", "drs", "dr", "nya")
)
_NO_RANK = {
    "kasi": frozenset(
        ("tau", "tahu", "uang", "duit", "saya", "kami", "info", "kabar", "lampu", "makan", "ke", "solusi")
    ),
    "kepala": frozenset(
        re.findall(
            r"\S+",
            """
        keluarga anak saya sekolah tata puskesmas desa dusun suku proyek toko cabang gudang stasiun rumah negara daerah
        sd smp sma paud tk adat ruangan regu rombongan kereta kami dia ibu bapak suami istri adik
        """,
        )
    ),
}
"""Words after which `kasi` is `kasih`, and `kepala` a part of the body or the head of something else."""
_PLACES = frozenset(
    re.findall(
        r"\S+",
        """
    kantor rumah ruang ruangan depan samping dekat belakang seberang sebelah balai gedung pagar halaman gang jalan jl
    rumdin pendopo eks ex mantan calon bakal cawalkot pilkada staf staff pegawai petugas ajudan bawahan anggota
    stempel ttd cap loket aula tingkat
    """,
    )
)
"""Before a rank these speak of a place, of a former holder or of his staff."""
_GREETED = frozenset(
    re.findall(r"\S+", "yth terhormat dear halo hai hallo assalamualaikum salam pagi siang sore malam wr wb punten")
)
_ONLY = frozenset(
    re.findall(
        r"\S+",
        """
    kepada hanya khusus cukup kecuali selain untuk menurut kata ke dari dengan sama tangan surat izin rekomendasi
    persetujuan tandatangan nomor hp wa kontak alamat jadwal nama jabatan calon bersama via
    """,
    )
)
_ASKED = frozenset(
    re.findall(
        r"\S+",
        "mohon tolong minta harap semoga agar supaya kiranya dimohon biar moga diharapkan mengharap berharap tulung",
    )
)
_TOLD = re.compile(
    r"\b(?:lapor|ngelapor|dilaporkan|laporan|mengadu|ngadu|bilang|sampaikan|disampaikan|menyampaikan|bersurat|surat|"
    r"usul|tanya|nanya|bertanya|menghadap|konfirmasi|koordinasi|tembusan|menemui|ketemu|hubungi|menghubungi|wa|"
    r"telepon|"
    r"telpon|diteruskan|teruskan|ditujukan|permohonan|proposal|izin|ijin|pamit|undang|mengundang|dibantu|bantuan)"
    r"(?: \w+){0,3}$"
)
_TO = frozenset(("ke", "kepada", "ka", "sama", "dengan", "lewat", "melalui", "pada", "via", "untuk", "buat", "oleh"))
_ASKING = frozenset(re.findall(r"\S+", "tolong mohon kapan bagaimana apakah punten izin dimohon harap bisa boleh"))
_PRAISED = re.compile(
    r"^(?:\w+ ){0,5}?(?:baik|sigap|cepat|ramah|membantu|hebat|salut|responsif|terima kasih|luar biasa|terbaik|peduli|"
    r"bilang|katanya|mengatakan|menyatakan|menyarankan|mengarahkan|menyampaikan|tahu|tau|datang|turun|meninjau|"
    r"menjanjikan|"
    r"berjanji|janji|mengundang|mengadakan|meresmikan|setempat|mengizinkan|menyetujui|menjawab|tanda tangan|"
    r"(?:sudah|telah|langsung) (?:turun|datang|meninjau|tahu|tau|cek|survei|dilapori|diberi tahu|menegur|"
    r"merespons?))\b"
)
_THANKS = re.compile(
    r"\b(?:terima kasih|makasih|hatur nuhun|nuhun|salut|bangga|apresiasi|sukses|selamat)(?: \w+){0,3}$"
)
_WITH = frozenset(
    re.findall(r"\S+", "dan sama dengan bareng bersama ke kepada dari serta oleh untuk plus ka para tiap setiap")
)
_OTHERS = frozenset(
    re.findall(
        r"\S+",
        """
    warga tetangga orang preman saya kami mereka rt rw anak sopir supir jukir pedagang ormas masyarakat pembeli tukang
    oknum pemilik dia ketua guru pemuda siswa penghuni pelanggan penumpang pengendara developer kontraktor
    """,
    )
)
"""Others who may be the subject of what follows an official."""
_AFTER, _NAME, _BEFORE = 14, 7, 9
_ENDS_NAME = frozenset(
    re.findall(
        r"\S+",
        """
    yang sering selalu suka sudah saya kami ini itu diduga telah karena untuk buat ke dari terus malah juga masih diam
    kalau saat waktu ternyata lagi , kepada terlibat dan kok bukan tidak pernah ada akan mau langsung dengan sama
    sendiri jangan tolong mohon setiap tiap agar supaya
    """,
    )
)
_NUMBERED = re.compile(r"\b((?:irban|inspektur pembantu|asisten)(?: wilayah)?) ?([1-4])\b")
_ROMAN = ("", "i", "ii", "iii", "iv")
_LIMIT = 12_000
_MOST = 8


@dataclass(frozen=True, slots=True)
class Charge:
    """An official complained of: the rank as written, up to seven words behind it, and the phrase that says so.

    `fear`: the writer asks that he hear nothing of it, or is afraid of him. `manner`: it is about how he behaves or
    works, and no wrongdoing. `bare`: he is only spoken of, and neither
    greeted, asked, told nor praised: who is it about, where the report is one of wrongdoing?
    """

    rank: str
    after: str
    phrase: str
    fear: bool = False
    manner: bool = False
    bare: bool = False


def charges(text: str, heads: frozenset[str] = frozenset()) -> tuple[Charge, ...]:
    """The officials that a text complains of or fears, at most eight; its first 12,000 characters are read.

    `heads` are one-word names of heads (`kadishub`).
    """
    return tuple(one for one in _read(text, heads) if not one.bare)[:_MOST]


def spoken_of(text: str, heads: frozenset[str] = frozenset()) -> tuple[Charge, ...]:
    """The officials that a text only speaks of, and does not greet, ask, praise or quote, at most eight."""
    return tuple(one for one in _read(text, heads) if one.bare)[:_MOST]


@lru_cache(maxsize=4)
def _read(text: str, heads: frozenset[str]) -> tuple[Charge, ...]:
    found: list[Charge] = []
    before: tuple[_Mention, ...] = ()
    for words in _clauses(text, heads):
        mentions = tuple(_mentions(words, heads))
        for one in mentions:
            found += _heard(one)
        if not mentions and len(before) == 1:  # `Kasi itu di loket. Dia minta uang.`
            found += _later(before[0], words)
        before = mentions
        found += _feared(words)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Mention:
    rank: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    titled: bool


def _clauses(text: str, heads: frozenset[str]) -> list[list[str]]:
    kept = _KEPT | heads
    joined = re.sub(r"\b(lurah|camat|kasi|kabid|kadis)n[ya]a?\b", r"\1", rejoined(text[:_LIMIT]).lower())
    joined = _NUMBERED.sub(lambda hit: f"{hit[1]} {_ROMAN[int(hit[2])]}", joined)  # any other number says nothing
    found: list[list[str]] = [[]]
    for word in tokens(joined, kept):
        if word == ".":
            found.append([])
        else:
            found[-1].append(word)
    return [words for words in found if words]


def _mentions(words: list[str], heads: frozenset[str]) -> Iterator[_Mention]:
    at = 0
    while at < len(words):
        count = next((n for n in range(_LONGEST, 0, -1) if tuple(words[at : at + n]) in _RANKS), 0)
        count = count or int(words[at] in heads)
        follows = words[at + count] if at + count < len(words) else ""
        if not count or follows in _NO_RANK.get(words[at], ()):
            at += 1
            continue
        end = at + count
        while end < len(words) and tuple(words[end : end + 1]) in _RANKS and words[at] in ("plt", "plh", "pj"):
            end += 1
        start = at
        while start and words[start - 1] in _TITLES:
            start -= 1
        if not (start and words[start - 1] in _PLACES):
            titled = start < at and "oknum" not in words[start:at]
            rest = tuple(words[end : end + _AFTER])
            yield _Mention(" ".join(words[at:end]), _name(rest), tuple(words[:start]), rest, titled)
        at = end


def _name(rest: tuple[str, ...]) -> str:
    """The words behind a rank that may say which it is: until one begins to tell of something."""
    hit = wrongs.WRONG.search(" ".join(rest))
    told = len(" ".join(rest)[: hit.start()].split()) if hit else len(rest)
    name = rest[: min(told, _NAME)]
    end = next((at for at, word in enumerate(name) if word in _ENDS_NAME), len(name))
    return " ".join(name[:end])


def _heard(one: _Mention) -> list[Charge]:
    before = " ".join(one.before[-_BEFORE:]).replace(",", " ,")
    charge = Charge(one.rank, one.name, "")
    if wrongs.BLAMED.search(before) or wrongs.NAMED.search(before):
        return [replace(charge, phrase=f"{before} {one.rank}")]
    if (hit := wrongs.AGENT.search(before)) is not None and not wrongs.DENIED.search(before[: hit.start()]):
        return [replace(charge, phrase=f"{hit[0]} {one.rank}", manner=wrongs.MANNER.search(hit[0]) is not None)]
    asked = bool(set(one.before[-3:]) & _ASKED)
    told = _TOLD.search(before) is not None and bool(set(one.before[-2:]) & _TO)
    greeted = bool(set(one.before[-3:]) & _GREETED)
    spoken_to = greeted or asked or _vocative(one)
    hit = _wrong(one, told, spoken_to)
    if hit is not None:
        return [replace(charge, phrase=f"{one.rank} {hit[0]}", manner=wrongs.MANNER.fullmatch(hit[0]) is not None)]
    clause = " ".join((*one.before, one.rank, *one.after))
    if not (spoken_to or told) and (paid := wrongs.PRICE.search(clause)) is not None:
        return [replace(charge, phrase=f"{one.rank} {paid[0]}")]
    thanked = _THANKS.search(before) or _PRAISED.match(" ".join(one.after)) or _cleared(" ".join(one.after))
    spoken_to = spoken_to or bool(one.before and one.before[-1] in _ONLY)
    if not (spoken_to or told or thanked or _TOLD.search(before)):
        return [replace(charge, phrase=f"{one.rank} {one.name}".strip(), bare=True)]
    return []


def _cleared(rest: str) -> bool:
    """Whether the wrongdoing that follows is denied, or done to him."""
    hit = wrongs.WRONG.search(rest)
    return hit is not None and bool(
        wrongs.SUFFERED.fullmatch(hit[0]) or wrongs.DENIED.search(rest[: hit.start()].rstrip())
    )


def _vocative(one: _Mention) -> bool:
    """Whether he is spoken to: `Pak Camat, tolong ...`."""
    if one.before and one.before[-1] != ",":
        return False
    name = one.name.split()
    follows = one.after[len(name) : len(name) + 1]
    if follows and follows[0] in _ASKING:
        return True
    return one.titled and (not follows or follows[0] == ",")


def _wrong(one: _Mention, told: bool, spoken_to: bool) -> re.Match[str] | None:
    """The wrongdoing of which he is the subject."""
    rest = " ".join(one.after)
    manner: re.Match[str] | None = None
    for hit in wrongs.WRONG.finditer(rest):
        between = rest[: hit.start()].split()
        if wrongs.DENIED.search(" ".join(between)) or wrongs.HELPS.search(" ".join(between)):
            return manner
        if _other(between, one.name):
            return manner
        victim = wrongs.SUFFERED.fullmatch(hit[0]) is not None
        turned = bool(set(between) & wrongs.TURN)
        if told and not turned:
            return manner
        if victim and not (told and turned):
            continue
        if spoken_to and "yang" not in between and not ("," in between and between[-1] == ","):
            return manner
        if wrongs.MANNER.fullmatch(hit[0]) is None:
            return hit
        manner = manner or hit
    return manner


def _other(between: list[str], name: str) -> bool:
    """Whether somebody else begins to act before the wrongdoing."""
    skip = len(name.split())
    for at, word in enumerate(between):
        last = between[at - 1] if at else ""
        goes_on = bool(between[at + 1 : at + 2]) and between[at + 1] in ("dan", "serta", "terus", "lalu", "sambil")
        another = word in _OTHERS and at >= skip and not goes_on
        ranked = (word,) in _RANKS and word not in ("kepala", "sekretaris", "asisten", "kasi")
        if (another or (ranked and at)) and last not in _WITH and last not in _TITLES:
            return True
        if ranked and last in _TITLES and (between[at - 2] if at > 1 else "") not in _WITH:
            return True
    return False


def _later(one: _Mention, words: list[str]) -> list[Charge]:
    """What the next sentence says of him: `Beliau minta uang`."""
    if words[0] not in ("dia", "beliau", "ia", "orangnya", "ybs", "bersangkutan", "oknum", "yang"):
        return []
    hit = _wrong(replace(one, after=tuple(words[1 : 1 + _AFTER]), name="", before=(), titled=False), False, False)
    return (
        [] if hit is None else [Charge(one.rank, one.name, hit[0], manner=wrongs.MANNER.fullmatch(hit[0]) is not None)]
    )


_RANK = "|".join(sorted((" ".join(rank) for rank in _RANKS if rank != ("kepala",)), key=len, reverse=True))
_TITLE = r"(?:(?:bapak|ibu|bpk|pa|oknum|si|para) )*"
_BEHIND = r"(?P<after>(?: [^\s,]+){0,4})"
_TELLS = r"(?:tahu|tau|dengar|denger|ketahuan|mengetahui|baca|membaca|terang|apal|nyaho)"
_NOT = r"(?:jangan|ulah|tong|tidak usah|mohon (?:untuk )?tidak)"
_FEARED = (
    re.compile(
        rf"\b(?:{_NOT}|takut|khawatir) (?:(?!tolong)\S+ ){{0,4}}?{_TITLE}(?P<rank>{_RANK})"
        r"(?P<after>(?: [^\s,]+){0,6}?)"
        rf"(?: \S+)? {_TELLS}\b"
    ),
    re.compile(
        rf"\b(?:{_NOT}|takut) (?:\S+ ){{0,2}}?(?:di)?(?:terus|sampai|kirim|kasih|lempar|lewat|disposisi|lapor|"
        rf"bilang|ketahu|"
        rf"bocor)\w* (?:\S+ ){{0,2}}?(?:ke|kepada|lewat|melalui|oleh|sama) {_TITLE}(?P<rank>{_RANK})\b{_BEHIND}"
    ),
    re.compile(rf"\b{_NOT} (?:\S+ ){{0,2}}?(?:lewat|melalui|via) {_TITLE}(?P<rank>{_RANK})\b{_BEHIND}"),
    re.compile(
        rf"\b(?:takut|segan|sungkan|diancam|diintimidasi|dendam|didatangi) (?:\S+ ){{0,2}}?(?:(?:sama|dengan|"
        rf"oleh|ke|kepada|"
        rf"pada) )?{_TITLE}(?P<rank>{_RANK})\b{_BEHIND}"
    ),
)


def _feared(words: list[str]) -> list[Charge]:
    clause = " ".join(words)
    hits = (pattern.search(clause) for pattern in _FEARED)
    return [Charge(hit["rank"], (hit["after"] or "").strip(), hit[0], fear=True) for hit in hits if hit is not None]
