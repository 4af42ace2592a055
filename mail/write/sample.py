"""One realistic letter of every kind, of a city that only plays: to look at and to try every template."""

# ruff: noqa: E501  (a row of data stays on one line)

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from engine.calendar.working import JAKARTA
from engine.letter import Letter, LetterState, Reader
from engine.routing.route import Confidential
from engine.ticket import Role, Ticket
from engine.workflow import Situation
from mail.address import Addresses
from mail.write.render import kinds
from workflows.complaint import COMPLAINT

NOW = datetime(2026, 8, 3, 9, 40, tzinfo=JAKARTA)
NUMBER = "C-2026-000123"
TEXT = (
    "Selamat pagi,\n\nJalan di depan Pasar Devris berlubang cukup dalam, kurang lebih 40 cm, sejak dua minggu lalu. "
    "Tadi malam ada pengendara motor yang jatuh. Kalau hujan lubangnya tertutup air sehingga tidak kelihatan.\n\n"
    "Lokasi: https://maps.example/?q=-6.5944,106.7892&contoh=tautan_yang_sangat_panjang_tanpa_spasi_sama_sekali\n\n"
    "Mohon segera ditambal. Terima kasih."
)
CITIZEN = (
    "ask_unsolved", "closed", "closed_final", "closed_silent", "correction", "done", "empty", "external", "forwarded", "joined",
    "noted", "question", "question_reminder", "receipt", "rejected", "reopened", "secret_goes_on", "split", "status",
    "status_many", "status_unknown", "thanks", "update", "withdrawn",
)  # fmt: skip
"""The kinds that citizens get; all others go to officials."""
DESK = ("triage", "not_understood", "absence_report", "bounce_report", "files_kept")
SUPERIOR = (
    "escalation",
    "postponed",
    "promise_broken_copy",
    "settlement_copy",
    "rejected_copy",
    "done_so",
    "superior_answer",
    "digest",
    "which",
    "compliance",
)
LOOSE = (
    "appointed",
    "not_appointed",
    "empty",
    "noted",
    "status_many",
    "status_unknown",
    "digest",
    "which",
    "compliance",
)
"""Letters that belong to no ticket."""
STATES = {
    "triage": "triage", "not_understood": "triage", "split": "triage", "question": "need_info",
    "question_reminder": "need_info", "done": "done", "update": "in_progress", "status": "in_progress",
    "postponed": "postponed", "closed": "closed", "closed_final": "closed", "closed_silent": "closed",
    "rejected": "rejected", "rejected_copy": "rejected", "external": "external", "withdrawn": "withdrawn",
    "joined": "joined", "thanks": "closed", "confirm_reading": "in_progress", "news": "accepted", "promise_soon": "in_progress",
    "promise_broken": "in_progress", "reopened": "in_progress", "disputed": "in_progress", "correction": "forwarded",
}  # fmt: skip
EVENTS = {
    "closed": "close", "closed_notice": "close", "update": "progress", "confirm_reading": "progress",
    "done_so": "remind", "done": "finish", "question": "ask", "rejected": "reject", "triage": "hand_over",
}  # fmt: skip
SAID = {
    "update": "Tim kami sudah di lokasi. Penambalan dikerjakan mulai hari ini.",
    "done": "Lubang sudah kami tambal dengan hotmix pada hari Kamis, foto terlampir.",
    "question": "Mohon kirim foto lubangnya dan sebutkan nomor rumah terdekat.",
    "closed": "Jalan ini sudah masuk pekerjaan pelebaran yang dimulai bulan ini.",
    "closed_notice": "Jalan ini sudah masuk pekerjaan pelebaran yang dimulai bulan ini.",
    "postponed": "Menunggu kiriman aspal dari pabrik.",
    "rejected": "Ruas jalan ini milik pribadi perumahan dan belum diserahkan kepada kota.",
    "rejected_copy": "Ruas jalan ini milik pribadi perumahan dan belum diserahkan kepada kota.",
    "triage": "Saluran di sisi jalan bukan tugas kami, mohon dicek ke unit lain.",
    "citizen_answer": "Nomor rumah terdekat 17, di seberang toko roti.",
    "citizen_comment": "Hari ini lubangnya bertambah satu di dekat halte.",
    "disputed": "Tambalannya sudah terkelupas lagi setelah hujan.",
    "superior_answer": "Alat berat sudah dipesan, datang besok pagi.",
    "superior_comment": "Apakah alat berat sudah dipesan? Mohon kabar hari ini.",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A letter with its ticket and the name of its place."""

    letter: Letter
    ticket: Ticket | None
    place: str


def samples(addresses: Addresses, language: str = "id") -> Iterator[Sample]:
    """One letter of each kind that has a template in the language."""
    for number, kind in enumerate(sorted(kinds(language)), 1):
        yield sample(kind, addresses, language, number)


def sample(kind: str, addresses: Addresses, language: str = "id", number: int = 7) -> Sample:
    """A realistic letter of one kind."""
    citizen = kind in CITIZEN
    reader = Reader.CITIZEN if citizen else Reader.DESK if kind in DESK else Reader.OFFICIAL
    state = STATES.get(kind, "forwarded")
    ticket = replace(_ticket(), state=state, language=language)
    data = _data(kind, state) | {"language": language}
    role = Role.DESK if reader is Reader.DESK else Role.SUPERIOR if kind in SUPERIOR else Role.HOLDER
    if not citizen:
        data["words"] = [[w.word, w.help, w.argument] for w in COMPLAINT.words_for(_situation(state), role)]
    name, address = _addressee(kind, reader)
    letter = Letter(
        id=number,
        ticket=None if kind in LOOSE else 1,
        kind=kind,
        reader=reader,
        position=None if citizen else "dpupr.kasi.jalan",
        address=address,
        name=name,
        message_id=addresses.message_id(NUMBER, number, random.Random(number)),
        rung=0,
        data=data,
        state=LetterState.QUEUED,
        created_at=NOW,
        not_before=NOW,
    )
    return Sample(letter, None if kind in LOOSE else ticket, "Kelurahan Babakan Pasar, Kecamatan Bogor Tengah")


def _addressee(kind: str, reader: Reader) -> tuple[str, str]:
    if reader is Reader.CITIZEN:
        return "Rina Kartika", "rina@warga.example"
    if reader is Reader.DESK:
        return "Kepala Seksi Layanan Aduan", "kasi.aduan@diskominfo.kotabogor.example"
    if kind in ("digest", "which", "compliance"):
        return "Wali Kota Bogor", "walikota@kotabogor.example"
    if kind in SUPERIOR:
        return "Kepala Bidang Bina Marga", "kabid.binamarga@dpupr.kotabogor.example"
    return "Kepala Seksi Pemeliharaan Jalan dan Jembatan", "kasi.jalan@dpupr.kotabogor.example"


def _ticket() -> Ticket:
    return Ticket(
        id=1,
        number=NUMBER,
        workflow="complaint",
        rules="sibadra-2019",
        state="forwarded",
        before=None,
        holder="dpupr.kasi.jalan",
        owner="dpupr.kasi.jalan",
        rung=0,
        step=0,
        topic="JALAN-RUSAK",
        unit="DPUPR",
        place="KEL-BABAKANPASAR",
        external=None,
        urgent=False,
        confidential=Confidential.NONE,
        subject="Jalan berlubang di depan Pasar Devris",
        text=TEXT,
        citizen_name="Rina Kartika",
        citizen_address="rina@warga.example",
        language="id",
        mail=1,
        opened_at=NOW,
        asked_at=NOW,
        changed_at=NOW,
        closed_at=None,
        hops=0,
        disputes=0,
        joined_to=None,
        promised=(NOW + timedelta(days=4)).date(),
        rating=5,
    )


def _situation(state: str) -> Situation:
    return Situation(
        state=state,
        before=None,
        hops=0,
        disputes=0,
        secret=False,
        sent_back=False,
        days_closed=0,
        max_hops=3,
        max_disputes=2,
        reopen_days=30,
    )


def _data(kind: str, state: str) -> dict[str, Any]:
    """What the desk hands a letter of this kind."""
    triage = state == "triage"
    said = SAID.get(kind, "")
    by = {"superior_comment": "Kepala Bidang Bina Marga"}.get(kind, "Kepala Seksi Pemeliharaan Jalan dan Jembatan")
    data: dict[str, Any] = {
        "at": NOW.isoformat(),
        "note": said,
        "reason": said,
        "state": state,
        "event": EVENTS.get(kind, ""),
        "office": "Dinas Komunikasi dan Informatika" if triage else "Dinas Pekerjaan Umum dan Penataan Ruang",
        "holder": "Kepala Seksi Layanan Aduan" if triage else "Kepala Seksi Pemeliharaan Jalan dan Jembatan",
        "former": "Kepala Seksi Drainase" if kind == "triage" else "",
        "by": by,
        "by_office": "Dinas Pekerjaan Umum dan Penataan Ruang",
        "promised": (NOW + timedelta(days=4)).date().isoformat() if kind in ("update", "postponed") else "",
        "settled_by": (NOW + timedelta(days=18)).isoformat(),
        "rule": {"confirmation": "10 working_days", "reopen_days": 30, "max_disputes": 2, "undo": "10 minutes"},
        "lists": 2,
        "answer_by": (NOW + timedelta(hours=6)).isoformat(),
        "mails": [],
    }
    return data | _more(kind)


def _more(kind: str) -> dict[str, Any]:
    """What only some kinds carry."""
    before = (NOW - timedelta(days=1)).isoformat()
    trail = [
        {"title": "Kepala Seksi Pemeliharaan Jalan dan Jembatan", "kind": "task", "since": before, "seen": "", "bounced": "", "absent": ""},
        {"title": "Kepala Seksi Pemeliharaan Jalan dan Jembatan", "kind": "reminder", "since": before, "seen": NOW.isoformat(), "bounced": "", "absent": ""},
    ]  # fmt: skip
    items = [
        {"number": NUMBER, "subject": "Jalan berlubang di depan Pasar Devris", "state": "forwarded", "holder": "Kepala Seksi Pemeliharaan Jalan dan Jembatan", "opened": before, "trail": trail},
        {"number": "C-2026-000118", "subject": "Lampu jalan mati", "state": "accepted", "holder": "Kepala Seksi Penerangan Jalan Umum", "opened": before},
        {"number": "C-2026-000101", "subject": "Dugaan pungutan liar", "state": "forwarded", "holder": "Inspektur Pembantu Khusus", "opened": before, "confidential": "secret"},
    ]  # fmt: skip
    candidates = [
        {"unit": "DPUPR", "owner": "dpupr.kasi.drainase", "external": "", "name": "Dinas Pekerjaan Umum dan Penataan Ruang", "title": "Kepala Seksi Drainase", "reasons": ["“berlubang” dan “hujan”"]},
        {"unit": "DISHUB", "owner": "", "external": "", "name": "Dinas Perhubungan", "title": "", "reasons": ["“pengendara motor”"]},
        {"unit": "", "owner": "", "external": "PLN", "name": "PT PLN (Persero) UP3 Bogor", "title": "", "reasons": []},
    ]  # fmt: skip
    steps = [
        {"at": before, "event": "sure", "state": "forwarded"},
        {"at": NOW.isoformat(), "event": "accept", "state": "accepted"},
        {"at": NOW.isoformat(), "event": "progress", "state": "in_progress"},
    ]
    more: dict[str, dict[str, Any]] = {
        "task": {"reasons": ["“jalan berlubang”: Dinas Pekerjaan Umum dan Penataan Ruang"]},
        "reminder": {"why": "unread"},
        "escalation": {"why": "unanswered", "trail": trail, "takes_over": False, "told": False},
        "triage": {"candidates": candidates},
        "incomplete": {"missing": ["reason", "date"], "named": ""},
        "status": {"steps": steps},
        "status_many": {"mine": items},
        "grown": {
            "reporters": 12,
            "others": [{"number": "C-2026-000131", "text": "Jalan depan pasar bolong lagi, tadi pagi ada yang jatuh."}],
        },
        "status_unknown": {"wanted": "C-2026-000999"},
        "joined": {"first": "C-2026-000098"},
        "external": {
            "external": "PT PLN (Persero) UP3 Bogor",
            "contact": "Listrik padam, meteran, dan kabel PLN ditangani PLN: hubungi 123 atau aplikasi PLN Mobile.",
            "contact_email": "layanan@pln.example",
        },
        "digest": {"items": items},
        "which": {"items": items, "note": "alihkan ke kasi jembatan aja"},
        "compliance": {
            "unit": "",
            "days": 7,
            "parts": [
                {
                    "title": "Per unit",
                    "accounts": [
                        ["Dinas Pekerjaan Umum dan Penataan Ruang", "23", "1", "1", "3", "0"],
                        ["Dinas Perhubungan", "11", "0", "0", "2", "11"],
                    ],
                    "letters": [
                        ["Dinas Perhubungan", "17", "71%", "3,0 jam", "26,5 jam"],
                        ["Dinas Pekerjaan Umum dan Penataan Ruang", "42", "93%", "1,2 jam", "8,0 jam"],
                    ],
                },
            ],
        },
        "bounce_report": {
            "title": "Kepala Seksi Pemeliharaan Jalan dan Jembatan",
            "mailbox": "kasi.jalan@dpupr.kotabogor.example",
            "code": "5.1.1",
            "diagnostic": "550 5.1.1 <kasi.jalan@dpupr.kotabogor.example>: Recipient address rejected: User unknown",
        },
        "absence_report": {
            "title": "Camat Bogor Timur",
            "mailbox": "camat@kecbogortimur.kotabogor.example",
            "until": "2026-08-14",
            "deputy": "Sekretaris Kecamatan",
            "deputy_as": "Plh.",
        },
    }
    return more.get(kind, {})
