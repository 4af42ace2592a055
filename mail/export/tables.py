"""The proof's tables as CSV for people with a spreadsheet: mails, letters, observations, decisions, deadlines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from engine.calendar.working import JAKARTA
from engine.workflow.explain import CLOCKS
from mail.export import words
from mail.export.case import Case
from mail.export.story import Moment
from mail.write.values import plain

OBSERVED = ("sent", "delivered", "seen", "seen?", "vanished", "bounced", "automatic")
"""Rows of the history that tell what became of a letter."""
MAILS = (
    "no",
    "diterima",
    "jenis",
    "keadaan",
    "pengirim_amplop",
    "penerima_amplop",
    "asal",
    "sha256",
    "berkas",
    "tidak_disertakan",
)
LETTERS = (
    "no", "jenis", "kepada", "kotak_surat", "message_id", "keadaan", "dibuat", "dikirim", "jawaban_server", "ditemukan",
    "dibuka", "bukti_dibuka", "dijawab", "balasan_mesin", "gagal", "galat", "sha256", "berkas", "tidak_disertakan",
)  # fmt: skip
OBSERVATIONS = ("baris", "waktu", "surat", "peristiwa", "arti", "kotak_surat", "keterangan")
DECISIONS = ("baris", "waktu", "oleh", "jabatan", "peristiwa", "arti", "dari", "ke", "pemegang", "alasan", "kata")
DEADLINES = ("batas", "surat", "lama", "mulai", "jatuh_tempo", "keadaan", "berakhir")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file in UTF-8 with a byte order mark, so that spreadsheets read it right."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: object) -> str:
    """A value as text; what a spreadsheet would run as a formula begins with an apostrophe."""
    text = moment(value) if isinstance(value, datetime) else "" if value is None else str(plain(str(value)))
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def moment(at: datetime | None) -> str:
    """A time in the city's zone to the second, with the zone; nothing for nothing."""
    return at.astimezone(JAKARTA).isoformat(" ", "seconds") if at else ""


def observations(case: Case) -> bytes:
    r"""What was seen of each letter: taken by the relay, found in its mailbox, `\Seen`, bounced."""
    rows = []
    for row in case.rows:
        e, data = row.entry, case.shown(row)
        letter = case.letters.get(e.letter or 0)
        if e.event not in OBSERVED:
            continue
        told = [str(data[name]) for name in ("reply", "folder", "how", "doubt", "code", "diagnostic") if data.get(name)]
        rows.append(
            (
                row.id,
                e.at,
                e.letter,
                e.event,
                words.EVENTS[e.event],
                case.mailbox(letter) if letter else "",
                "; ".join(told),
            )
        )
    return table(OBSERVATIONS, rows)


def decisions(case: Case, told: Sequence[Moment]) -> bytes:
    """Who did or decided what, with the reasons and the words."""
    known = {row.id: row for row in case.rows}
    rows = []
    for one in told:
        e = known[one.row].entry
        if e.event in OBSERVED or e.event in ("letter", "digest", "kept"):
            continue
        facts = dict(one.facts)
        why = facts.get("Alasan") or facts.get("Sebab") or ""
        rows.append(
            (one.row, one.at, e.actor, one.who, e.event, one.what, e.from_state, e.to_state, one.holder, why, one.quote)
        )
    return table(DECISIONS, rows)


def deadlines(case: Case) -> bytes:
    """The ticket's clocks: since when, until when, met or missed."""
    return table(
        DEADLINES,
        (
            (
                CLOCKS[d.clock],
                d.letter,
                d.patience.indonesian(),
                d.started_at,
                d.due_at,
                words.CLOCK_STATES[d.state],
                d.ended_at,
            )
            for d in case.store.deadlines_of(case.ticket.id)
        ),
    )
