"""Which office an answer names as the right one: offices in the text, weighed by the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from mail.reply.names import Names, mentions

_OWNING = (
    r"(?:kewenangan|wewenang|ranah|tupoksi|tugas|bagian|urusan|tanggung ?jawab|domain|aset|milik|"
    r"kepunyaan|punya|bidang|wilayah|gawean|"
    r"kerjaan|porsi|otoritas|kendali|pengelolaan)(?:nya|na)?"
)
# Left of the office's name, nearest words last.
_LEFT: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern + rf"[^.?!]{{0,{gap}}}$"), weight)
    for pattern, gap, weight in (
        (
            r"\b(?:teruskan|diteruskan|meneruskan|terusin|diterusin|limpahkan|dilimpahkan|melimpahkan|alihkan|"
            r"dialihkan|pindahkan|dipindahkan|dipindah|oper|dioper|forward|lempar|dilempar|belokkan|"
            r"dibelokkan|serahkan|diserahkan|disposisikan|didisposisikan|digeser|kirim ulang|penerusan)\b",
            45,
            4.0,
        ),
        (
            r"\b(?:sampaikan|disampaikan|ditujukan|tujukan|diarahkan|arahkan|kami arahkan|tanyakan|ditanyakan|"
            r"laporkan|dilaporkan|kirim|dikirim|kirimi|koordinasikan|dikoordinasikan|surati|disurati|"
            r"menyurati|bersurat|diajukan|dilanjutkan|lanjutkan|membuat laporan)\b[^.?!]{0,25}\b(?:ke|kepada|"
            r"pada)\b",
            30,
            3.0,
        ),
        (r"\b(?:surati|disurati|menyurati|kabari|hubungi|menghubungi|kontak|telp|telepon)\b", 25, 2.5),
        (
            rf"\b{_OWNING}\b(?: (?:dari|oleh|ada di|di|pada|mutlak|penuh|sepenuhnya|teman-teman|rekan|tim|"
            rf"bapak|ibu|kawan-kawan|ada pada|ada|kantor|atau|itu|ini|mah|teh|pihak|dinas|tetangga|operator|"
            rf"yaitu|operatornya|,))*\s?",
            3,
            4.0,
        ),
        (
            r"\b(?:harusnya|seharusnya|mestinya|semestinya|sebaiknya|baiknya|lebih tepat(?:nya)?|tepatnya|"
            r"lebih pas|silakan|silahkan|mangga|sok|monggo|langsung|mohon|coba|kudunya|idealnya|harus|"
            r"hanya)\b[^.?!]{0,40}\b(?:ke|kepada|hubungi|menghubungi|di|kontak|oleh|lewat|melalui|via)\b",
            25,
            3.0,
        ),
        (
            r"\b(?:yang (?:menangani|berwenang|mengelola|ngurus|urus|mengurus|punya|pegang|megang|memegang|"
            r"mengurusi|bertugas|bertanggung jawab|nanganin|berhak|bisa jawab|tahu|nambal|memperbaiki|"
            r"mengatur|ngatur|menerbitkan)|ditangani|dikelola|diurus|mengurus(?:nya)?|diproses|diterbitkan|"
            r"pengelola(?:nya)?|pemilik(?:nya)?|dipegang|wewenangnya|(?:proses|eksekusi|penindakan|pengawasan|"
            r"penanganan|pengurusan|pembongkaran|penertiban|pengangkutan|perbaikan|lapor|aduan|laporan|"
            r"pelayanan|izin|pajak|urusan|pengadaan|koordinasi)(?:nya)?)\b(?: (?:oleh|di|ke|pada|ada|ya|itu|"
            r"mah|memang|harus|adalah|tetap|keluar|dari|lewat|soal \w+(?: \w+)?))*\s?",
            6,
            3.0,
        ),
        (
            r"\b(?:melainkan|tetapi|tapi)\b(?: (?:milik|punya|di|ke|oleh|itu|ini|ada|pada|kewenangan|tugas|"
            r"aset))*\s?",
            3,
            2.5,
        ),
        (r"\bagar\b(?: (?:saudara|sdr|bapak|ibu|segera|saudari|kasat|kepala|kadis|plt|plh|pj))*\s?", 2, 3.0),
        (r"\bdisposisi:?\b[^.?!]{0,12}", 3, 3.0),
        (r"\bmah\b(?: (?:ke|di|ya|ka|urusan|ranah))*\s?", 3, 2.6),
        (
            r"\b(?:itu|ini|adalah|jadi|merupakan|masuk(?:nya)?|larinya|lari|ranahnya|termasuk|statusnya|"
            r"status|jadinya|berada|ya)\b(?: (?:ke|di|mah|teh|memang|sudah|jalan|wilayah|pada|nya|bapak|punya|"
            r"tugasnya|uptdnya|uptd))*\s?",
            3,
            1.6,
        ),
        (r"\b(?:adanya|ada|alatnya|tersedia|dilayani) (?:di|pada|oleh)\b", 12, 2.0),
        (r"\boleh\b", 8, 2.0),
        (r"\b(?:lewat|melalui)\b", 14, 1.6),
        (r"\bke\b(?: (?:dinas|kantor|bapak|teman-teman|rekan|pihak|bidang|seksi|tim|upt|uptd|direksi))*\s?", 2, 1.5),
        (r"\bkepada\b", 25, 1.5),
    )
)
# Right of the name.
_RIGHT: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern), weight)
    for pattern, weight in (
        (
            r"^[^.?!]{0,12}\b(?:yang (?:menangani|berwenang|mengelola|ngurus|urus|mengurus|punya|pegang|"
            r"megang|nanganin)|yg punya)\b",
            3.0,
        ),
        (
            r"^[^.?!]{0,20}\b(?:bukan (?:kami|di kami|saya|kita|ranah kami|kewenangan kami|bagian kami|"
            r"tugas kami|dinas kami|sini|di sini|ke kami|ke sini))\b",
            3.0,
        ),
        (
            r"^,? (?:menindaklanjuti|menertibkan|mengecek|memfasilitasi|segera|untuk menindaklanjuti|"
            r"tindaklanjuti|untuk segera|menangani|agar|mohon|cek)\b",
            2.0,
        ),
        (r"^ (?:ya|aja|saja|langsung|atuh|pak|bapak|min)\b", 0.5),
        (r"^,? (?:itu|ini)? ?(?:kewenangan|ranah|tupoksi|tugas|urusan|bagian)(?:nya)?\b", 2.0),
    )
)
# Against it.
_AGAINST: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern), weight)
    for pattern, weight in (
        (
            rf"\b(?:bukan|bukannya|bukanlah|tidak masuk|tidak termasuk|di luar|tidak lagi|sanes)\b(?: (?:ke|di|"
            rf"lagi|{_OWNING}|milik|jalan|dari|untuk|oleh|pada|tugas|pihak|dinas))*\s?$",
            -9.0,
        ),
        (r"\bjangan\b(?! (?:lupa|lama))[^.?!,]{0,30}$", -9.0),
        (
            r"\b(?:koordinasi|berkoordinasi|koordinasikan|dikoordinasikan|bersama|bareng|dibantu|dengan|sama|"
            r"disaksikan|kerja ?sama|gabungan|rapat|bantuan|didampingi|pendampingan|dan|serta|kolaborasi|"
            r"sinergi)\b(?: (?:oleh|dengan|dari|bersama|pihak|bapak|ibu|tim|petugas|rekan|teman-teman|anggota|"
            r"kasi|dinas|kantor|warga|rt|rw|,))*\s?$",
            -3.0,
        ),
        (
            r"\b(?:kata|menurut|info|informasi|dari|surat|laporan|aduan|rekomendasi|izin|persetujuan|jawaban|"
            r"hasil|kabel|tiang|pipa|menunggu|nunggu|galian|proyek|pegawai|petugas|di depan|depan|belakang|"
            r"dekat|sebelah|samping|seberang|kantor|gedung|halaman|simpang|jembatan|jalan|petunjuk|data|tim|"
            r"selesai|wilayah|warga|dimohon|sdn|pegang|oknum|server)\b(?: (?:oleh|dari|milik|bapak|ibu|tim|"
            r"rekan|pihak|petugas|anggota))*\s?$",
            -2.0,
        ),
        (r"\b(?:tembusan|tembusannya|tembuskan|cc)\b[^.?!]{0,20}$", -6.0),
        (
            r"\b(?:tidak perlu|tidak jadi|batal|semula|tadinya|dikira|kami kira|saya kira|pindah tugas|mutasi|"
            r"dimutasi|dilantik)\b"
            r"[^.?!]{0,30}$",
            -6.0,
        ),
        (r"\b(?:yth|kepada yth)\b\.?(?: (?:bapak|ibu|kepala|admin|tim|pengelola))*\s?$", -4.0),
        (r"\bdi (?:kel|kelurahan|wilayah|kec|kecamatan|seluruh)?\s?$", -1.0),
    )
)
_HANDS_ON = re.compile(
    r"\b(?:mohon|tolong|harap|kami|silakan|minta|sudah|kiranya|agar)\b[^.?!]{0,30}\b(?:diteruskan|"
    r"teruskan|dialihkan|alihkan|dioper|oper|dilempar|lempar|"
    r"dipindah\w*|pindahkan|dilimpahkan|limpahkan|didisposisi\w*|forward|diarahkan|kirim ulang|"
    r"dikirim ulang|digeser|dibelokkan)\b"
    r"|\b(?:bukan (?:kami|di kami|kita|saya|bagian kami|ranah kami|kewenangan kami|tugas kami|"
    r"urusan kami|wilayah kami|aset kami|kelurahan|dinas|kecamatan|"
    r"puskesmas|satpol|bidang kami|seksi kami)|salah (?:disposisi|alamat|kirim|kamar)|ke sana|kesana|"
    r"kami (?:hanya|cuma)|tidak boleh (?:sentuh|menyentuh))\b"
)
_OTHERWISE = re.compile(
    r"^[^.?!]{0,25}\b(?:memang (?:kami|aset kami|tugas kami|bagian kami|urusan kami)|tapi kami|melainkan kami)\b"
    r"|^[^.?!]{0,12}\b(?:sudah|telah|kami|akan) (?:janji|dibantu|datang|merapat|ke lokasi)"
)


# A superior's letter to an office: the one addressed is to act.
_ORDER = re.compile(
    r"\b(?:laporkan|melaporkan|dilaporkan|laporan) (?:hasil\w* |perkembangan\w* )?(?:kepada|ke) (?:saya|kami)\b|"
    r"\b(?:mohon|agar|harap|tolong|untuk) (?:dapat )?(?:segera )?(?:ditindaklanjuti|ditindak lanjuti|"
    r"menindaklanjuti|tindaklanjuti|tindak lanjuti|"
    r"ditangani|diselesaikan|menyelesaikan|dijadikan perhatian)\b"
)
_ADDRESSEE = re.compile(
    r"\b(?:yth|kepada yth|kepada)\b\.?(?: (?:bapak|ibu|kepala|direktur|dirut|direksi|sdr|saudara|plt|plh|:))*\s?$"
)
_NEGATED = -5.0


@dataclass(frozen=True, slots=True)
class Aim:
    """An office with the weight that the words around it give it; from 2.5 on it is named as the right one."""

    code: str
    weight: float
    phrase: str


def aims(text: str, index: Names, own: str | None = None) -> list[Aim]:
    """The offices that a spelled text names as the right ones, the heaviest first; `own` is the writer's unit."""
    found: dict[str, Aim] = {}
    ordered = bool(_ORDER.search(text[:4000]))
    hands_on = 1.2 if _HANDS_ON.search(text[:4000]) else 0.0
    for mention in mentions(text, index):
        if mention.code == own:
            continue
        left = text[max(0, mention.start - 110) : mention.start]
        cut = max(left.rfind(". "), left.rfind("? "), left.rfind("! "), left.rfind("\n\n"))
        left = left[cut + 1 :].replace("\n", " ") if cut >= 0 else left.replace("\n", " ")
        right = text[mention.end : mention.end + 90].replace("\n", " ")
        weight = max((w for pattern, w in _LEFT if pattern.search(left)), default=0.0)
        weight += max((w for pattern, w in _RIGHT if pattern.search(right)), default=0.0)
        weight += min((w for pattern, w in _AGAINST if pattern.search(left)), default=0.0)
        if ordered and _ADDRESSEE.search(left):
            weight += 8.0
        if _OTHERWISE.search(right):
            weight -= 3.0
        weight += hands_on - (0.0 if mention.weight > 1 else 0.8)
        before = found.get(mention.code)
        total = weight + (max(0.0, before.weight) * 0.3 if before else 0.0)
        if before is None or total > before.weight:
            found[mention.code] = Aim(mention.code, total, text[mention.start : mention.end])
    if any(aim.weight < _NEGATED for aim in found.values()):  # "bukan X" beside another office points to the other
        found = {
            code: aim if aim.weight < _NEGATED else Aim(code, aim.weight + 1.5, aim.phrase)
            for code, aim in found.items()
        }
    return sorted(found.values(), key=lambda aim: -aim.weight)


_CHOICE = re.compile(r"\b(?:atau|ataukah|apa|apakah|dan|sama|serta|maupun|atawa)\b|[/&+]")
_WITH = re.compile(r"\b(?:koordinasi\w*|berkoordinasi|bareng|bersama|dibantu|didampingi|kerja ?sama)\b")
_BETWEEN = 5
_HARD = -6.0
"""The weight of `bukan` before a name; beside another office it is told from a mere `dan` by it."""
_NAMED = -4.0
"""An office under this weight is named only to be denied."""


def offices(line: str, index: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The office a spelled line names, or all those between which it leaves the choice (`dishub atau satpol pp`); and
    the words by which they are called. Denied ones are left out.
    """
    apart = re.sub(r"(?<=[a-z])/(?=[a-z])", " / ", line) if not _glued(line, index) else line
    weights = {aim.code: aim.weight for aim in aims(apart, index)}
    found = list(mentions(apart, index))
    chosen: list[str] = []
    for before, after in pairwise(found):
        between = apart[before.end : after.start]
        denied = any(weights.get(one.code, 0.0) <= _HARD for one in (before, after))
        if _CHOICE.search(between) and not _WITH.search(between) and len(between.split()) <= _BETWEEN and not denied:
            chosen += [before.code, after.code]
    if not chosen:
        best = max(weights.values(), default=_NAMED)
        chosen = [one.code for one in found if weights.get(one.code, _NAMED) == best > _NAMED]
    codes = tuple(dict.fromkeys(chosen))
    said = " ".join(apart[one.start : one.end] for one in found if one.code in codes)
    return codes, tuple(dict.fromkeys(said.replace("-", " ").replace("/", " ").split()))


def _glued(line: str, index: Names) -> bool:
    """Whether a name in the line is written with a stroke of its own (atr/bpn)."""
    return any("/" in line[one.start : one.end] for one in mentions(line, index))
