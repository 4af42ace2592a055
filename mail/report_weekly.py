"""The weekly table of who opens the mandatory mailbox: from the tables to lines, and from lines to letters."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from engine.calendar.working import JAKARTA
from engine.desk import Desk
from engine.desk.letters import post_loose
from engine.directory import Directory, addressee, head_of
from engine.letter import Letter, LetterState, Reader
from engine.store import Entry, Store
from mail.settings import Settings
from mail.watch.compliance import LetterRow, Line, MailboxRow, compliance, of_unit

OPEN_WITHIN = timedelta(days=1)
"""The rule: a letter is opened on the working day after it came at the latest; shown as in time within a day."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def lines_of(store: Store, directory: Directory, settings: Settings, at: datetime, days: int) -> list[Line]:
    """The table of the last days, by unit and level, the city last."""
    since = at - timedelta(days=days)
    letters = [
        one for one in store.letters_to_officials(since) if one.sent_at is not None and one.state is LetterState.SENT
    ]
    opened: dict[str, datetime] = {}
    for one in letters:
        if one.seen_at is not None:
            opened[one.address] = max(opened.get(one.address, one.seen_at), one.seen_at)
    by_mailbox = {p.mailbox.lower(): p for p in directory.positions.values()}
    boxes = [
        MailboxRow(
            p.unit,
            p.level,
            p.mailbox.lower(),
            False,
            settings.way_to(p.mailbox) is not None,
            opened.get(p.mailbox.lower()),
        )
        for p in directory.positions.values()
        if p.mandatory
    ]
    rows = [
        _row(one, by_mailbox[one.address].unit, by_mailbox[one.address].level)
        for one in letters
        if one.address in by_mailbox
    ]
    return list(compliance(boxes, rows, at, days=days))


def _row(one: Letter, unit: str, level: str) -> LetterRow:
    sent = one.sent_at or one.created_at
    return LetterRow(
        unit, level, one.address, sent, sent + OPEN_WITHIN, one.seen_at, one.answered_at, one.bounced_at is not None
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
    lines = lines_of(world.store, world.directory, settings, at, 7)
    told = 0
    with world.store.transaction():
        world.store.set_counter("weekly report", f"{local.isocalendar().year}-{local.isocalendar().week}")
        for position in str(settings["report"]["to"]).split():
            told += _post(desk, position, _by_unit(world.directory, lines), at, "")
        for unit in {line.unit for line in lines if line.letters and line.unit}:
            head = head_of(world.directory, unit)
            if head is not None:
                told += _post(desk, head.id, [_told(line, line.level) for line in of_unit(lines, unit)], at, unit)
        world.store.tell(Entry(at, None, "engine", "weekly report", data={"letters": told}))
    return told


def _by_unit(directory: Directory, lines: list[Line]) -> list[dict[str, object]]:
    """One row a unit that had letters, the one that opens least first, and the city's."""
    units: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.unit and line.letters:
            units[line.unit].append(line)
    rows = []
    for unit, parts in units.items():
        judged = sum(p.opened_in_time + p.opened_late + p.not_opened for p in parts)
        in_time = sum(p.opened_in_time for p in parts)
        share = in_time / judged if judged else None
        name = directory.units[unit].name if unit in directory.units else unit
        letters = sum(p.letters for p in parts)
        rows.append((share if share is not None else 2.0, {"name": name, "letters": letters, "share": _percent(share)}))
    rows.sort(key=lambda row: (row[0], str(row[1]["name"])))
    return [row for _, row in rows] + [_told(line, "Seluruh kota") for line in lines if not line.unit]


def _told(line: Line, name: str) -> dict[str, object]:
    return {
        "name": name,
        "letters": line.letters,
        "share": _percent(line.share_in_time),
        "open": _hours(line.median_open),
    }


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _post(desk: Desk, position: str, rows: list[dict[str, object]], at: datetime, unit: str) -> int:
    world = desk.world
    if position not in world.directory.positions or not rows:
        return 0
    who = addressee(world.directory, position, world.day(at))
    name = world.directory.units[unit].name if unit in world.directory.units else ""
    data = {"rows": rows, "unit": name, "day": world.day(at).isoformat()}
    post_loose(world, who.mailbox, who.title, "compliance", at, data, reader=Reader.OFFICIAL, position=who.position)
    return 1
