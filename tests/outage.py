"""A day of a city's mail for the test of joining: an outage as its neighbours write of it, among everything else."""

# ruff: noqa: E501  (a mail stays on one line)

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

WATER = (
    "air mati {p} dari subuh, sampai sekarang belum nyala juga",
    "Selamat pagi. Aliran air Tirta Pakuan {p} tidak mengalir sejak jam 5 pagi. Mohon penjelasannya.",
    "min PDAM {p} mati ya? dr pagi ga ngocor sama sekali",
    "Assalamualaikum, punten bade naros, cai {p} teu ngocor ti isuk keneh. Iraha hurungna deui?",
    "AIR MATI TOTAL {p}!!! anak mau sekolah belum pada mandi, gimana ini pdam",
    "Dengan hormat, kami warga {p} menyampaikan bahwa pasokan air bersih terhenti sejak pagi tadi. Kami mohon segera ditangani.",
    "kran kering semua {p}, sejak tadi pagi jam setengah 5. ada perbaikan kah?",
    "Mau lapor, air ledeng {p} tiba2 mati tadi subuh. Tetangga satu gang sama semua.",
    "pak, aer paeh {p}. ti janari teu kaluar setetes oge",
    "Yth. Perumda Tirta Pakuan, sejak pukul 04.30 air {p} tidak keluar. Tidak ada pemberitahuan sebelumnya. Kapan normal kembali?",
    "air pam {p} mati lg, udh 4 jam blm nyala2. tolong min",
    "Tolong kirim mobil tangki {p}, air mati dari pagi dan banyak lansia.",
    "Apakah ada gangguan pipa? Air {p} mati sejak subuh, satu RW tidak kebagian.",
    "gmn ini airnya {p} ga keluar2 dr tadi pagi, mw wudhu aja ga bs",
    "Ngadu atuh pak, cai ledeng {p} pareum ti isuk, kumaha rek nyangu.",
    "Air {p} tidak mengalir hari ini. Tadi malam masih lancar, bangun subuh sudah kering.",
    "Lapor: air mati {p} sejak pagi ini. Warung saya tidak bisa buka.",
    "min tlg info, air {p} mati smpe jam brp? dari jam 5 pagi ga ada",
    "Hello, there is no water {p} since this morning. When will it be back?",
    "Saya pelanggan di {q}. Dari bangun tidur tadi pagi keran tidak mengeluarkan air sama sekali, sudah saya cek keran depan meteran juga kering.",
    "ini air kenapa ya {p} mati dr subuh? blm mandi mau kerja",
    "mohon maaf pak, aliran air {p} terhenti dari tadi subuh. Di rumah ada bayi.",
    "pdam mati {p} woy, bayar mah jalan terus",
    "Kepada Tirta Pakuan. Pagi ini seluruh rumah {p} tidak mendapat air. Biasanya pagi begini deras. Mohon dicek pipanya.",
    "Air nya ga ngalir {p} dari jam 4.30. Katanya ada pipa induk pecah, betul kah? Kapan selesai?",
    "kami sekeluarga {p} belum bisa masak krn air mati sejak tadi pagi",
    "tidak ada air {p} sejak dini hari, bak mandi sudah habis. Minta tangki air dong pak",
    "Ti subuh cai teu aya pisan {p}, tatanggi ge sami. Mugi enggal dipariksa.",
    "Mau tanya, {p} kok air matinya lama ya, tadi pagi jam 5 sudah mati sampai siang begini",
    "air tirta pakuan mati {p} dari pagi tadi, sudah telpon call center ga diangkat",
    "Laporan air mati. Lokasi: {q}. Waktu: pagi ini pukul 05.00 sampai sekarang. Terdampak: kurang lebih 40 rumah.",
    "bu/pak, di mesjid {p} ga ada air buat wudhu, mati dari subuh td",
    "Dari subuh air mati {p}, tolong jangan PHP, kami butuh kepastian",
    "sudah setengah hari air {p} mati min, minimal kasih pengumuman lah",
    "kenapa air {p} berhenti mengalir mulai pagi? Meteran tidak berputar sama sekali.",
    "Aliran PDAM {p} padam sejak shubuh. Usaha laundry saya berhenti total.",
    "cai tirta pakuan {p} teu ngalir ti janari, abdi teu tiasa mandian budak",
    "air tidak keluar {p} sejak jam 5, apa sedang ada perbaikan jaringan?",
    "Selamat siang, kapan air {p} hidup lagi ya? Mati dari pagi.",
    "tlng dong min, air d rumah mati dr subuh {p}",
)
SUBJECTS = (
    "Air mati",
    "air pdam",
    "Laporan",
    "Aliran air",
    "",
    "lapor min",
    "Gangguan air",
    "AIR MATI!!",
    "tanya",
    "Pengaduan",
)
GREETINGS = (
    "",
    "",
    "",
    "Selamat pagi. ",
    "pagi min, ",
    "Assalamualaikum wr wb. ",
    "Yth. Admin, ",
    "Sampurasun. ",
    "halo ",
)
CLOSINGS = (
    "",
    "",
    " Terima kasih.",
    " Mohon ditindaklanjuti.",
    " hatur nuhun",
    " makasih",
    " Tolong ya.",
    " trims",
    "\n\nHormat saya,\nWarga",
)
OTHER_WATER = (
    "Air di rumah saya {p} diputus karena katanya ada tunggakan, padahal sudah saya bayar. Tolong dipasang lagi.",
    "Sudah tiga bulan air {p} hanya nyala jam 1 malam. Kapan ada penambahan debit?",
    "air {p} tiap malem mati terus udh berbulan2 min, cape begadang nampung",
    "Air mati {p} sejak dua minggu lalu setelah ada galian, belum ada yang memperbaiki.",
    "Aliran air {p} kecil sekali sudah bertahun-tahun, hanya menetes.",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail of the day; `matter` names the event it belongs to, "" for none."""

    at: datetime
    sender: str
    subject: str
    text: str
    matter: str


@dataclass(frozen=True, slots=True)
class Area:
    """Where an outage is, as people call it; `asides` are its streets and corners."""

    name: str
    calls: tuple[str, ...]


BANTARJATI = Area(
    "bantarjati",
    ("di Bantarjati", "bantarjati", "di kel bantarjati", "di Jl. Bangbarung", "di bantarjati rw 05", "di Bantar jati kaum",
     "daerah Bantarjati", "di Kelurahan Bantarjati RT 02/05", "di jalan bangbarung raya", "di jln pandu raya"),
)  # fmt: skip
MULYAHARJA = Area(
    "mulyaharja",
    ("di Mulyaharja", "mulyaharja", "di kel. mulyaharja", "di Kelurahan Mulyaharja RT 01/03", "di mulyaharja rw 3",
     "daerah mulyaharja", "di Ciharashas Mulyaharja"),
)  # fmt: skip
ELSEWHERE = (
    "di Cimahpar", "di Kelurahan Semplak", "di pasir mulya", "di Rancamaya", "di Cilendek Barat", "di Sindangrasa", "di Ciparigi",
    "daerah Katulampa", "di Lawang Gintung", "di Bondongan",
)  # fmt: skip


def outage(area: Area, start: datetime, count: int, rng: random.Random, named: float = 0.8) -> list[Sent]:
    """`count` mails about one dead main within two hours; a share of `named` says where."""
    mails = []
    for number in range(count):
        call = rng.choice(area.calls) if rng.random() < named else ""
        text = rng.choice(WATER)
        bare = call.removeprefix("di ") or "rumah"
        text = text.format(p=call or rng.choice(("", "", "di rumah", "di tempat saya", "disini")), q=bare)
        text = (
            rng.choice(GREETINGS)
            + _typed(" ".join(text.split()).replace(" ,", ",").replace(" .", "."), rng)
            + rng.choice(CLOSINGS)
        )
        at = start + timedelta(minutes=120 * rng.random() ** 0.8)
        mails.append(Sent(at, f"{area.name}{number}@warga.example", rng.choice(SUBJECTS), text, area.name))
    return sorted(mails, key=lambda mail: mail.at)


def others(folder: Path, start: datetime, count: int, rng: random.Random) -> list[Sent]:
    """Mails about all other matters of the city, one matter each: the city's corpus, and dry taps of other kinds."""
    rows = [row for row in _corpus(folder) if row[0] not in ("AIR-MATI", "*")]
    places = rng.sample(ELSEWHERE, len(ELSEWHERE))
    texts = [template.format(p=place) for template, place in zip(OTHER_WATER * 2, places, strict=False)]
    texts += [text for _, _, text in rng.sample(rows, count - len(texts))]
    return [
        Sent(start + timedelta(minutes=120 * rng.random()), f"lain{number}@warga.example", "", text, "")
        for number, text in enumerate(texts)
    ]


def _corpus(folder: Path) -> list[list[str]]:
    kept = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
        kept += [row for row in rows if len(row) == 3 and row[1] not in ("cue", "opening", "closing")]
    return kept


def _typed(text: str, rng: random.Random) -> str:
    """The text as a thumb types it: now and then a letter lost, doubled or swapped."""
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) < 5 or not word.isalpha() or rng.random() > 0.06:
            continue
        where = rng.randrange(1, len(word) - 1)
        words[at] = rng.choice(
            (
                word[:where] + word[where + 1 :],
                word[:where] + word[where] + word[where:],
                word[: where - 1] + word[where] + word[where - 1] + word[where + 1 :],
            )
        )
    return " ".join(words)


TOPICS = {
    "water": "AIR-MATI",
    "pju": "PJU",
    "flood": "BANJIR",
    "garbage": "SAMPAH-ANGKUT",
    "landslide": "BENCANA",
    "trafficlight": "APILL",
    "strike": "ANGKOT",
    "smoke": "PENCEMARAN",
    "watermain": "AIR-MATI",
}
"""The events of `tests/outages/`, one text a line, and their topics."""
WRITTEN = Path(__file__).parent / "outages"
UNSEEN = WRITTEN / "unseen"
"""The same of four other kelurahan, written without looking at the code: measured, then only what it joined wrongly mended."""
MORE = WRITTEN / "more"
"""Three events more, for tuning."""
MORE_UNSEEN = MORE / "unseen"
"""Three events more of which nothing but the numbers is ever looked at."""


def kinds(folder: Path) -> list[str]:
    """The events that a folder has texts of."""
    return [kind for kind in TOPICS if (folder / f"{kind}.txt").exists()]


def areas(folder: Path = WRITTEN) -> dict[str, list[str]]:
    """How the neighbours of some kelurahan call where they are: by name, street, estate or landmark."""
    found: dict[str, list[str]] = {}
    with (folder / "areas.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["area"], []).append(row["place"])
    return found


def written(
    kind: str, area: str, start: datetime, count: int, rng: random.Random, folder: Path = WRITTEN
) -> list[Sent]:
    """`count` different mails about one event within two hours, none like another, typed by thumb."""
    lines = (folder / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    places = areas(folder)[area]
    mails = []
    for number, line in enumerate(rng.sample(lines, count)):
        subject, text = line.split(" | ", 1)
        place = rng.choice(places)
        subject, text = subject.format(p=place), _typed(text.format(p=place), rng)
        at = start + timedelta(minutes=120 * rng.random() ** 0.8)
        mails.append(Sent(at, f"{kind}{number}@warga.example", "" if "(" in subject else subject, text, kind))
    return mails


def near_misses(
    kind: str, area: str, elsewhere: list[str], start: datetime, rng: random.Random, folder: Path = WRITTEN
) -> list[Sent]:
    """The neighbours' other troubles in the same two hours, and the event's kind in other kelurahan, thrice each."""
    places = areas(folder)[area]
    lines = (folder / "near.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ", 2) for line in lines if not line.startswith("#")]
    mails = []
    for again in range(3):
        for number, (topic, subject, text) in enumerate(rows):
            away = "{q}" in text
            if again and not away:
                continue
            q = rng.choice(elsewhere)
            filled = _typed(text.format(p=rng.choice(places), q=q), rng)
            at = start + timedelta(minutes=120 * rng.random())
            sender = f"dekat{again}.{number}@warga.example"
            mails.append(Sent(at, sender, subject, filled, f"{topic}@{q}" if away else f"{kind} {number}"))
    return mails


def rest(kind: str, folder: Path, start: datetime, count: int, rng: random.Random) -> list[Sent]:
    """`count` mails of all other topics, from the city's corpus, each a matter of its own."""
    rows = [row for row in _corpus(folder) if row[0] not in (TOPICS[kind], "*")]
    return [
        Sent(start + timedelta(minutes=120 * rng.random()), f"lain{number}@warga.example", "", text, f"lain {number}")
        for number, (_, _, text) in enumerate(rng.sample(rows, count))
    ]
