"""Tells a table and its deadlines in Indonesian prose, for a regulation's annex; every clause is made of a row."""

from __future__ import annotations

from engine.policy import SUPERVISION, Policy, Step
from engine.ticket import ClockName, Role
from engine.workflow.table import BEFORE, OPEN, SAME, Transition, Workflow

WHO = {
    Role.CITIZEN: "pelapor",
    Role.HOLDER: "pemegang tugas",
    Role.SUPERIOR: "atasan",
    Role.DESK: "meja verifikasi",
    Role.ROUTING: "sistem",
    Role.CLOCK: "sistem",
    Role.MACHINE: "sistem surel",
    Role.OTHER: "pihak lain",
}
READERS = {
    "citizen": "pelapor",
    "citizen_if_moved": "pelapor bila unitnya berganti",
    "holder": "pemegang tugas",
    "former": "pemegang tugas sebelumnya",
    "superior": "atasan pemegang tugas",
    "next_superior": "atasan, setiap kali satu jenjang lebih tinggi",
    "asker": "atasan yang bertanya",
    "head": "kepala unit",
    "desk": "meja verifikasi",
    "actor": "pengirim perintah",
    "copies": "unit tembusan",
}
CLOCKS = {
    ClockName.UNREAD: "surat belum dibuka",
    ClockName.UNANSWERED: "surat belum dijawab",
    ClockName.TRIAGE: "verifikasi",
    ClockName.PROMISE: "janji",
    ClockName.PROMISE_SOON: "pengingat janji",
    ClockName.SETTLEMENT: "penyelesaian",
    ClockName.SILENCE: "tanpa kabar",
    ClockName.CITIZEN_SOON: "pengingat pelapor",
    ClockName.CITIZEN: "jawaban pelapor",
    ClockName.CONFIRMATION: "konfirmasi",
    ClockName.DAILY: "daftar harian",
}
INTO = {"emergency": "keadaan darurat"}
HAPPENS = {
    "join": "laporan ternyata sama dengan laporan yang sudah ada",
    "accept": "pemegang tugas menyatakan permohonan diterima",
    "rejoin": "laporan yang digabung juga belum selesai dan laporan pertama sudah dibuka kembali",
    "raise": "laporan yang menyangkut keselamatan jiwa digabung ke laporan ini",
    "clear": "laporan kedua memperjelas laporan yang masih diverifikasi",
    "sure": "unit yang bertugas jelas dari isi laporan",
    "unsure": "unit yang bertugas belum jelas",
    "outside": "urusan itu kewenangan instansi lain",
    "inform": "pelapor menjawab pertanyaan",
    "add": "pelapor menambah keterangan",
    "confirm": "pelapor menyatakan masalahnya selesai",
    "dispute": "pelapor menyatakan masalahnya belum selesai",
    "rate_low": "pelapor memberi nilai 1 atau 2 tanpa keterangan",
    "withdraw": "pelapor mencabut laporannya",
    "comment": "ada catatan yang tidak mengubah keadaan",
    "respond": "pemegang tugas menjawab pertanyaan atasan",
    "seen": "surat dibuka",
    "automatic": "balasan otomatis diterima",
    "deputy": "balasan otomatis menyebut pengganti",
    "bounce": "surat tidak dapat disampaikan",
    "accused": "pelapor mengadukan pemegang tugas",
    "vacated": "jabatan pemegang tugas tidak ada lagi dalam direktori",
    "unassigned": "jabatan pemegang tugas dan semua atasannya tidak ada lagi dalam direktori",
    "climb": "surat tidak dibuka atau tidak dijawab sampai batas waktunya",
    "overdue:silence": "tidak ada kabar sejak laporan diterima petugas",
    "overdue:promise_soon": "tanggal yang dijanjikan sudah dekat",
    "overdue:promise": "tanggal yang dijanjikan lewat",
    "overdue:settlement": "batas penyelesaian lewat",
    "overdue:citizen_soon": "pelapor belum menjawab pertanyaan",
    "overdue:citizen": "pelapor tetap tidak menjawab pertanyaan",
    "overdue:confirmation": "pelapor tidak menyatakan keberatan sampai batas waktunya",
    "overdue:daily": "jenjang tertinggi sudah diberi tahu dan laporan belum dijawab",
}
WHEN = {
    "first hops": "bila laporan belum terlalu sering dipindahkan",
    "too many hops": "bila laporan sudah terlalu sering dipindahkan",
    "first dispute": "untuk pertama kali",
    "repeated dispute": "untuk kedua kali dan seterusnya",
    "disputes used up": "bila kesempatan keberatan sudah habis",
    "may reopen": "dalam tenggang keberatan",
    "may reopen, first": "dalam tenggang keberatan, untuk pertama kali",
    "not asked yet": "bila hal itu belum pernah ditanyakan",
    "sent back": "bila unit itu pernah memegang laporan ini",
    "at the desk": "selama laporan berada di meja verifikasi",
    "asked by the desk": "bila pertanyaannya dari meja verifikasi",
    "secret": "untuk laporan rahasia",
    "not secret": "untuk laporan yang tidak rahasia",
    "hidden": "bila nama pelapor disembunyikan",
    "secret, asked by the inspectorate": "untuk laporan rahasia di Inspektorat, bila penulisnya dari Inspektorat",
    "taken over": "bila pemegang tugas ialah atasan yang mengambilnya alih",
    "at the inspectorate": "bila laporan sudah di Inspektorat",
}
ASSIGNED = {
    "target": "tugas beralih kepada jabatan yang disebut",
    "desk": "tugas beralih kepada meja verifikasi",
    "actor": "tugas beralih kepada atasan yang menulisnya",
    "superior": "tugas beralih kepada atasan pemegang tugas",
    "asisten": "tugas beralih kepada asisten",
    "inspectorate": "tugas beralih kepada Inspektorat",
    "first": "tugas diberikan kepada unit yang menangani laporan pertama",
}
NEEDS = {"target": "tujuan", "reason": "alasan", "date": "tanggal", "ticket": "nomor laporan"}
TO = {
    "owner": "pemegang tugas diingatkan",
    "superior": "laporan disampaikan kepada atasan langsung",
    "kepala": "laporan disampaikan kepada kepala perangkat daerah",
    "induk": "laporan disampaikan kepada kepala perangkat daerah induk",
    "asisten": "laporan disampaikan kepada asisten",
    "sekda": "laporan disampaikan kepada sekretaris daerah",
    "wawali": "laporan disampaikan kepada wakil wali kota",
    "walikota": "laporan disampaikan kepada wali kota",
}
TOLD = {
    "sekda": "sekretaris daerah",
    "wawali": "wakil wali kota",
    "walikota": "wali kota",
    "below": "semua jabatan di bawahnya",
    "head": "kepala perangkat daerah",
    "desk": "meja verifikasi",
}


def explain(workflow: Workflow, policy: Policy | None = None) -> str:
    """The table as numbered clauses in Indonesian, and the policy's deadlines after them."""
    lines = [workflow.title, "=" * len(workflow.title), "", "A. Keadaan", ""]
    for number, info in enumerate(workflow.states, 1):
        lines.append(f"   {number}. {info.label}{'' if info.open else ' (akhir)'}.")
    lines += ["", "B. Ketentuan", ""]
    for number, row in enumerate(workflow.rows, 1):
        lines.append(f"   {number}. {clause(workflow, row)}")
    if policy is not None:
        lines += ["", f"C. Batas waktu (aturan {policy.version}, berlaku sejak {policy.valid_from:%d-%m-%Y})", ""]
        lines += [f"   {number}. {line}" for number, line in enumerate(_deadlines(policy), 1)]
    return "\n".join(lines) + "\n"


def clause(workflow: Workflow, row: Transition) -> str:
    """One row as a sentence or three."""
    labels = {info.name: info.label for info in workflow.states}
    given = [labels[state] for state in row.states if state in labels]
    where = "Dalam semua keadaan yang terbuka" if OPEN in row.states else "Dalam keadaan " + _or(given)
    if not given and OPEN not in row.states:
        where = "Untuk surat baru"
    said = f"{where}, apabila {_happens(workflow, row)}"
    if row.when:
        said += f" ({WHEN.get(row.when, row.when)})"
    to = {SAME: "keadaan tidak berubah", BEFORE: "laporan kembali ke keadaan sebelumnya"}.get(row.to)
    parts = [to or f"keadaan menjadi {labels.get(row.to, row.to)}"]
    if row.into:
        parts.append(f"sejak itu berlaku alur {INTO.get(row.into, row.into)}")
    if row.assign:
        parts.append(ASSIGNED.get(row.assign, row.assign))
    readers = list(dict.fromkeys(READERS.get(letter.to, letter.to) for letter in row.letters))
    if readers:
        parts.append(f"surat dikirim kepada {_and(readers)}")
    return f"{said}, {'; '.join(parts)}.{_turned(row)}"


def _happens(workflow: Workflow, row: Transition) -> str:
    words = [w.word for w in workflow.words if w.event == row.event and set(w.by) & set(row.by)]
    people = {Role.CITIZEN, Role.HOLDER, Role.SUPERIOR, Role.DESK}
    if words and set(row.by) & people:
        needs = _and([NEEDS.get(need, need) for need in row.needs])
        with_ = f" dengan menyebut {needs}" if needs else ""
        return f"{_or([WHO[role] for role in row.by])} menulis {' atau '.join(dict.fromkeys(words))}{with_}"
    return HAPPENS.get(row.event, row.event)


def _turned(row: Transition) -> str:
    said = ""
    if row.stop:
        every = len(row.stop) == len(ClockName)
        said += f" Batas waktu {'semuanya' if every else _and([CLOCKS[c] for c in row.stop])} berhenti."
    if row.pause:
        said += f" Batas waktu {_and([CLOCKS[c] for c in row.pause])} ditangguhkan."
    if row.resume:
        said += f" Batas waktu yang ditangguhkan ({_and([CLOCKS[c] for c in row.resume])}) berjalan lagi."
    if row.start:
        said += f" Batas waktu {_and([CLOCKS[c] for c in row.start])} mulai berjalan."
    return said


def _deadlines(policy: Policy) -> list[str]:
    lines = []
    for clock, steps in policy.ladders.items():
        about = "surat verifikasi" if clock is ClockName.TRIAGE else "surat tugas"
        lines += [_step(about, step) for step in steps]
    for severity, patience in policy.settlement.items():
        kind = "laporan lain"
        if severity == SUPERVISION:
            kind = "laporan berkadar pengawasan"
        elif severity:
            kind = f"laporan {'bertopik' if severity.isupper() else 'bertingkat'} {severity}"
        lines.append(f"Penyelesaian {kind}: {patience.indonesian()}.")
    lines += [
        f"Siapa pun yang terakhir disurati mendapat sekurang-kurangnya {policy.respite.indonesian()} sebelum jenjang "
        "yang dihitung sejak laporan masuk disurati.",
        f"Tanpa kabar setelah laporan diterima petugas: dimintai kabar sesudah {policy.silence.indonesian()}.",
        f"Tanggal yang dijanjikan: paling lama {policy.promise_max_days} hari.",
        f"Jawaban pelapor atas pertanyaan: diingatkan sesudah {policy.citizen_soon.indonesian()}, "
        f"ditutup sesudah {policy.citizen.indonesian()}.",
        f"Konfirmasi pelapor: {policy.confirmation.indonesian()}.",
        f"Keberatan: paling banyak {policy.max_disputes} kali, paling lama {policy.reopen_days} hari sesudah ditutup.",
        f"Pengingat dan penyampaian kepada satu orang: paling banyak {policy.mails_per_day('')} surat sehari, "
        "selebihnya dalam satu daftar.",
    ]
    return lines


def _step(about: str, step: Step) -> str:
    since = " sejak laporan masuk" if step.since == "intake" else ""
    waits = [f"tidak dijawab dalam {step.unanswered.indonesian()}{since}"]
    if step.unread is not None:
        waits.insert(0, f"tidak dibuka dalam {step.unread.indonesian()}")
    said = f"Apabila {about} {' atau '.join(waits)}, {TO.get(step.to, step.to)}"
    if step.takes_over:
        said += " yang sejak itu memegang tugas"
    if step.digest:
        said += " dalam daftar"
    if step.tell:
        said += f", dan {_and([TOLD.get(level, level) for level in step.tell])} diberi tahu"
    return said + "."


def _and(words: list[str]) -> str:
    return " dan ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _or(words: list[str]) -> str:
    return " atau ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
