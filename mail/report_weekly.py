"""The weekly table of who opens the mandatory mailbox: from the tables to lines, and from lines to letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.calendar.working import JAKARTA
from engine.desk import Desk
from engine.desk.letters import post_loose
from engine.directory import Directory, addressee, head_of
from engine.directory.model import Position
from engine.letter import Letter, LetterState, Reader
from engine.store import Entry, Store
from mail.settings import Settings
from mail.watch.compliance import LetterRow, Line, MailboxRow, compliance, levels_of, of_unit, units_of

DAYS = 7
"""Days that one weekly table tells of."""
OPEN_WITHIN = timedelta(days=1)
"""When a letter without an unread clock of its own should be opened."""
BACK = timedelta(days=60)
"""How far back letters tell whether an account is opened at all, or exists."""
UNKNOWN = re.compile(r"\b5\.1\.[0-3]\b")
"""Enhanced status codes that say that there is no such mailbox (RFC 3463 section 3.2)."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LEVELS = {
    "walikota": "Wali Kota", "wawali": "Wakil Wali Kota", "sekda": "Sekretaris Daerah", "asisten": "Asisten",
    "stafahli": "Staf Ahli", "kepala": "Kepala Perangkat Daerah", "sekretaris": "Sekretaris", "kabid": "Kepala Bidang",
    "kabag": "Kepala Bagian", "kasi": "Kepala Seksi", "kasubag": "Kepala Subbagian", "irban": "Inspektur Pembantu",
    "camat": "Camat", "sekcam": "Sekretaris Kecamatan", "lurah": "Lurah", "seklur": "Sekretaris Lurah",
    "kauptd": "Kepala UPTD", "kaunit": "Kepala Unit", "direktur": "Direktur", "wadir": "Wakil Direktur",
    "manajer": "Manajer", "asman": "Asisten Manajer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the tables know of mandatory mailboxes and of the letters to them."""

    boxes: list[MailboxRow]
    letters: list[LetterRow]


def facts(store: Store, directory: Directory, settings: Settings, at: datetime, days: int) -> Facts:
    """The mandatory mailboxes and the letters to them, those before the last `days` too: they show who never opens."""
    since = at - max(BACK, timedelta(days=days))
    letters = [
        one
        for one in store.letters_to_officials(since)
        if one.state in (LetterState.SENT, LetterState.FAILED) and (one.sent_at or one.bounced_at) is not None
    ]
    opened: dict[str, datetime] = {}
    unknown: dict[str, bool] = {}
    for one in letters:
        if one.seen_at is not None:
            opened[one.address] = max(opened.get(one.address, one.seen_at), one.seen_at)
        if one.bounced_at is not None and UNKNOWN.search(one.error):
            unknown[one.address] = True
        elif one.delivered_at or one.seen_at or one.answered_at:
            unknown[one.address] = False  # the account was made meanwhile
    by_mailbox = {p.mailbox.lower(): p for p in directory.positions.values() if p.mandatory}
    tests, open_by = store.mailbox_tests(), store.open_by(since)
    boxes = []
    for mailbox, position in by_mailbox.items():
        test = tests.get(mailbox)
        times = [t for t in (opened.get(mailbox), test.opened_until if test else None) if t is not None]
        missing = unknown.get(mailbox, False) or (test is not None and test.there is False)
        watched = settings.way_to(mailbox) is not None
        boxes.append(MailboxRow(position.unit, position.level, mailbox, missing, watched, max(times, default=None)))
    rows = [_row(one, by_mailbox[one.address], open_by.get(one.id)) for one in letters if one.address in by_mailbox]
    return Facts(boxes, rows)


def lines_of(store: Store, directory: Directory, settings: Settings, at: datetime, days: int) -> list[Line]:
    """The table of the last days, by unit and level, the city last."""
    known = facts(store, directory, settings, at, days)
    return list(compliance(known.boxes, known.letters, at, days=days, since=at - timedelta(days=days)))


def _row(one: Letter, position: Position, open_by: datetime | None) -> LetterRow:
    sent = one.sent_at or one.created_at
    return LetterRow(
        position.unit,
        position.level,
        one.address,
        sent,
        open_by or sent + OPEN_WITHIN,
        one.seen_at,
        one.answered_at,
        one.bounced_at is not None,
    )


def shown(line: Line | None) -> dict[str, object]:
    """A line's figures as the tables show them."""
    if line is None:
        return {}
    share = line.share_in_time
    return {
        "accounts": line.accounts,
        "missing": line.missing,
        "bouncing": line.bouncing,
        "not opened": line.unopened_accounts,
        "no access": line.unwatched,
        "letters": line.letters,
        "in time": "" if share is None else f"{share:.0%}",
        "median open": _hours(line.median_open),
        "median answer": _hours(line.median_answer),
    }


def _hours(span: timedelta | None) -> str:
    return "" if span is None else f"{span.total_seconds() / 3600:.1f} jam".replace(".", ",")


def due(store: Store, settings: Settings, at: datetime) -> bool:
    """Whether this week's table is still to be sent: once, on its weekday, after opening."""
    local = at.astimezone(JAKARTA)
    week = f"{local.isocalendar().year}-{local.isocalendar().week}"
    wanted = WEEKDAYS.index(str(settings["report"]["weekday"]))
    return local.weekday() >= wanted and local.hour >= 8 and store.counter("weekly report") != week


def send(desk: Desk, settings: Settings, at: datetime) -> int:
    """Writes the table to the chairs of the settings, and to each head the own unit's; gives how many letters."""
    world = desk.world
    local = at.astimezone(JAKARTA)
    since = at - timedelta(days=DAYS)
    known = facts(world.store, world.directory, settings, at, DAYS)
    lines = compliance(known.boxes, known.letters, at, days=DAYS, since=since)
    units = units_of(known.boxes, known.letters, at, days=DAYS, since=since)
    levels = levels_of(known.boxes, known.letters, at, days=DAYS, since=since)
    told = 0
    with world.store.transaction():
        world.store.set_counter("weekly report", f"{local.isocalendar().year}-{local.isocalendar().week}")
        city = [
            part("seluruh kota", [("Seluruh kota", lines[-1])]),
            part("per jenjang", [(_level(line.level), line) for line in _worst_first(levels)]),
            part("per unit", [(_name(world.directory, line.unit), line) for line in _worst_first(units)]),
        ]
        for position in str(settings["report"]["to"]).split():
            told += _post(desk, position, city, at, "")
        for line in units:
            head = head_of(world.directory, line.unit) if line.unit and _worth(line) else None
            if head is not None:
                own = [(_level(one.level), one) for one in _worst_first(of_unit(lines, line.unit))]
                told += _post(desk, head.id, [part("per jenjang", own)], at, line.unit)
        world.store.tell(Entry(at, None, "engine", "weekly report", data={"letters": told}))
    return told


def part(title: str, lines: Sequence[tuple[str, Line]]) -> dict[str, object]:
    """Two grids of a letter: what the accounts of each named line are like, and how its letters fared."""
    return {
        "title": title,
        "accounts": [
            [name, *map(str, (x.accounts, x.missing, x.bouncing, x.unopened_accounts, x.unwatched))]
            for name, x in lines
            if x.accounts
        ],
        "letters": [
            [
                name,
                str(x.letters),
                _percent(x.share_in_time),
                _hours(x.median_open) or "-",
                _hours(x.median_answer) or "-",
            ]
            for name, x in lines
            if x.letters
        ],
    }


def _worth(line: Line) -> bool:
    """Whether a line has anything to tell."""
    return bool(line.letters or line.missing or line.bouncing or line.unopened_accounts)


def _worst_first(lines: Sequence[Line]) -> list[Line]:
    """Lines that have anything to tell: most accounts in trouble first, then the least share in time."""

    def order(line: Line) -> tuple[int, float, str]:
        trouble = line.missing + line.bouncing + line.unopened_accounts
        share = line.share_in_time
        return -trouble, 2.0 if share is None else share, line.unit + line.level

    return sorted((line for line in lines if _worth(line)), key=order)


def _name(directory: Directory, unit: str) -> str:
    return directory.units[unit].name if unit in directory.units else unit


def _level(level: str) -> str:
    return LEVELS.get(level, level.capitalize())


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _post(desk: Desk, position: str, parts: list[dict[str, object]], at: datetime, unit: str) -> int:
    world = desk.world
    if position not in world.directory.positions:
        return 0
    who = addressee(world.directory, position, world.day(at))
    name = _name(world.directory, unit) if unit else ""
    data = {"parts": parts, "unit": name, "days": DAYS, "day": world.day(at).isoformat()}
    post_loose(world, who.mailbox, who.title, "compliance", at, data, reader=Reader.OFFICIAL, position=who.position)
    return 1
