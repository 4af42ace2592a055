"""The timeline as a page that needs nothing but itself, and the words that explain the proof."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from engine.calendar.working import JAKARTA
from engine.letter import Letter
from mail.export import words
from mail.export.case import Case
from mail.export.story import Moment
from mail.write.layout import shortened
from mail.write.render import document
from mail.write.values import plain
from mail.write.words import day, moment

CUT = "[… dipotong; selengkapnya ada di folder mails]"
HIDDEN = "(dirahasiakan)"


def page(case: Case, told: Sequence[Moment]) -> bytes:
    """timeline.html."""
    return document("html", "timeline.html.j2", _values(case, told)).encode()


def readme(case: Case) -> bytes:
    """README.txt."""
    values = _values(case, ()) | {"leading": case.leading(), "letters": [], "count": len(case.rows)}
    return f"{document('text', 'readme.j2', values)}\n".encode()


def _values(case: Case, told: Sequence[Moment]) -> dict[str, object]:
    ticket = case.ticket
    return {
        "number": ticket.number,
        "city": case.city,
        "masked": case.masked,
        "head": case.store.history_head(),
        "until": moment(case.rows[-1].entry.at) if case.rows else "",
        "facts": facts(case),
        "report": shortened(case.said(ticket.text), CUT),
        "letters": [(one.id, words.LETTERS.get(one.kind, one.kind), case.reader(one), fate(one)) for one in sent(case)],
        "days": [(name, [(clock(one.at), one) for one in some]) for name, some in groupby(told, lambda m: day(m.at))],
    }


def facts(case: Case) -> list[tuple[str, str]]:
    """What the proof is about, as rows; empty values are left out."""
    ticket = case.ticket
    place = case.directory.places.get(ticket.place or "")
    topic = case.directory.topics.get(ticket.topic or "")
    joined = ", ".join(one.number for one in case.store.joined(ticket.id))
    reporter = HIDDEN if case.masked else f"{ticket.citizen_name} <{ticket.citizen_address}>".strip()
    rows = [
        ("Nomor", ticket.number),
        ("Perihal", case.said(ticket.subject)),
        ("Pelapor", reporter),
        ("Diterima", moment(ticket.opened_at)),
        ("Keadaan", case.state(ticket.state)),
        ("Pemegang tugas", case.chair(ticket.holder)),
        ("Penanggung jawab", case.chair(ticket.owner)),
        ("Pokok", topic.name if topic else ticket.topic or ""),
        ("Tempat", place.name if place else ticket.place or ""),
        ("Instansi lain", case.chair(ticket.external)),
        ("Mendesak", "ya" if ticket.urgent else ""),
        (
            "Digabung dengan",
            f"{case.leading()} (laporan utama; bukti penanganannya ada di sana)" if case.leading() else "",
        ),
        ("Laporan yang digabung", joined),
        ("Ditutup", moment(ticket.closed_at) if ticket.closed_at else ""),
        ("Sifat", "tidak untuk umum" if ticket.hide_from_public else ""),
        ("Nilai pelapor", f"{ticket.rating} dari 5" if ticket.rating else ""),
        ("Aturan", ticket.rules),
    ]
    return [(name, " ".join(str(plain(value)).split())) for name, value in rows if value]


def sent(case: Case) -> list[Letter]:
    """The letters that the relay has taken, oldest first."""
    return [one for one in case.letters.values() if one.sent_at]


def fate(letter: Letter) -> list[tuple[str, str]]:
    """What became of a letter: each fact and its time."""
    times: list[tuple[str, datetime | None]] = [
        ("dikirim", letter.sent_at),
        ("ditemukan", letter.delivered_at),
        ("dibuka", letter.seen_at),
        ("dijawab", letter.answered_at),
        ("balasan mesin", letter.auto_at),
        ("gagal", letter.bounced_at),
    ]
    return [(name, short(at)) for name, at in times if at]


def clock(at: datetime) -> str:
    """16.00, by the city's clock."""
    return f"{at.astimezone(JAKARTA):%H.%M}"


def short(at: datetime) -> str:
    """07-08-2026 16.00, by the city's clock."""
    return f"{at.astimezone(JAKARTA):%d-%m-%Y %H.%M}"
