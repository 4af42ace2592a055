"""A ticket's rows as moments that a person can read: when, what, by whom, and the words and facts of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.letter import numbers_on
from engine.store import Told
from engine.workflow.explain import CLOCKS, TO
from mail.export import words
from mail.export.case import Case
from mail.write.layout import shortened
from mail.write.values import plain
from mail.write.words import day

CUT = "[… dipotong; selengkapnya ada di history.jsonl]"
OPENED, LATE, LETTER, DECIDED = "opened", "late", "letter", "decided"
TONES = {
    "seen": OPENED, "climb": LATE, "bounced": LATE, "vanished": LATE, "seen?": LATE, "look": LATE,
    "sent": LETTER, "delivered": LETTER, "letter": LETTER, "digest": LETTER, "automatic": LETTER, "withheld": LETTER,
    "kept": LETTER,
}  # fmt: skip


MACHINES = frozenset({"engine", "watch", "clock", "machine"})
"""Actors of whom nothing need be said beside what they did."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One row of the timeline. `facts` are pairs of a name and a value; `quote` are a person's own words.

    `who` is "" where the engine itself did it; `holder` is whose task the matter is from then on, "" where the row does
    not say.
    """

    row: int
    at: datetime
    what: str
    who: str
    tone: str
    holder: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    quote: str = ""


def moments(case: Case) -> list[Moment]:
    """The timeline, oldest first; a letter is told when it is sent, a mail when it is handled, each once."""
    handled = {row.entry.mail for row in case.rows if row.entry.mail and row.entry.event != "kept"}
    sent = {row.entry.letter for row in case.rows if row.entry.event == "sent"}
    told: list[Moment] = []
    holder = ""
    for row in case.rows:
        e = row.entry
        if (e.event == "kept" and e.mail in handled) or (e.event in ("letter", "digest") and e.letter in sent):
            continue
        one = _moment(case, row, holder)
        holder = one.holder or holder
        told.append(one)
    return told


def _moment(case: Case, row: Told, before: str) -> Moment:
    e = row.entry
    data = plain(case.shown(row))
    what = words.EVENTS.get(e.event, e.event.replace("_", " "))
    if e.event == "climb" and data.get("step") == "owner":
        what = words.REMINDED
    letter = case.letters.get(e.letter or 0)
    if letter is not None and e.event in words.OF_LETTERS:
        kind = words.LETTERS.get(letter.kind, letter.kind)
        what = f"{words.OF_LETTERS[e.event].format(number=letter.id)}: {kind}, kepada {_clean(case.reader(letter))}"
    late = e.event.startswith("overdue:") and not e.event.endswith("_soon")
    tone = TONES.get(e.event, LATE if late else DECIDED)
    holder = _clean(case.chair(str(data.get("holder") or "")))
    facts = tuple((name, value) for name, value in _facts(case, row, data, holder if holder != before else "") if value)
    note = str(data.get("note") or "").strip()
    quote = "" if note == str(plain(case.said(case.ticket.text))).strip() else shortened(note, CUT)
    who = "" if e.actor in MACHINES else _clean(case.who(e.actor))
    return Moment(row.id, e.at, what, who, tone, holder, facts, quote)


def _facts(case: Case, row: Told, data: dict[str, object], holder: str) -> Iterator[tuple[str, str]]:
    e = row.entry
    if e.letter is not None and e.event not in words.OF_LETTERS:
        yield "Menjawab surat", f"no. {e.letter}"
    letter = case.letters.get(e.letter or 0)
    if e.event in ("letter", "digest") and letter is not None:
        yield "Surat itu", case.unsent(letter)
    if e.event == "sent" and letter is not None and letter.ticket is None:
        count = len(numbers_on(letter))
        yield "Isi daftar", f"{count} laporan, termasuk laporan ini" if count > 1 else "laporan ini saja"
    if e.mail is not None:
        yield "Surat masuk", f"no. {e.mail}"
    if e.to_state and e.from_state != e.to_state:
        yield "Keadaan", f"{case.state(e.from_state)} → {case.state(e.to_state)}"
    yield "Pemegang tugas", holder
    if data.get("target") and data.get("target") != data.get("holder"):
        yield "Dituju", case.chair(str(data["target"]))
    yield "Alasan", "; ".join(_strings(data.get("reasons"))) or str(data.get("reason") or "")
    why = str(data.get("why") or "")
    if e.event == "climb":
        yield "Sebab", words.WHY.get(why) or CLOCKS.get(why, why)  # type: ignore[call-overload]
        yield "Langkah", TO.get(str(data.get("step")), str(data.get("step")))
    elif e.event != "withheld":
        yield "Sebab", why
    for name, what in (
        ("hide_from_public", "Tersembunyi dari umum"),
        ("hide_from_agency", "Pelapor tersembunyi dari unit"),
    ):
        if name in data:
            yield what, "ya" if data[name] else "tidak"
    if data.get("date"):
        yield "Tanggal yang disebut", day(str(data["date"]))
    yield "Laporan lain", str(data.get("number") or data.get("by") or "")
    yield "Jawaban server surat", str(data.get("reply") or "")
    yield "Folder", str(data.get("folder") or "")
    if data.get("how"):
        yield "Bukti", words.HOW.get(str(data["how"]), str(data["how"]))
    if data.get("doubt"):
        yield "Diragukan karena", words.DOUBTS.get(str(data["doubt"]), str(data["doubt"]))
    if e.event == "bounced":
        lasting = "tetap" if data.get("permanent") else "sementara"
        yield "Kegagalan", f"{lasting}, {data.get('code') or 'tanpa kode'}: {data.get('diagnostic') or ''}".rstrip(": ")
    if e.event == "automatic":
        yield "Tidak di tempat", "ya" if data.get("absence") else ""
        yield "Sampai", day(str(data["until"])) if data.get("until") else ""
        yield "Pengganti", str(data.get("deputy") or "")
    if e.event == "kept":
        yield "SHA-256", str(data.get("sha256") or "")


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _clean(text: str) -> str:
    """A name on one line without control characters."""
    return " ".join(str(plain(text)).split())
