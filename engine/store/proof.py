"""Verifies the history's chain and what it binds, from the tables alone; each finding names the row and the fault."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

import peewee as pw

from engine.message import Envelope
from engine.store.chain import COLUMNS, GENESIS, REPORT, digest, link, parse_head, report, seal, sha256
from engine.store.sql import Quick
from engine.store.tables import EPOCH, json_of

NAMES = ", ".join(f'"{name}"' for name in (*COLUMNS, "previous", "hash"))
HISTORY = f'SELECT {NAMES} FROM "history" ORDER BY "id"'  # noqa: S608 - fixed names
ROW = f'SELECT {NAMES} FROM "history" WHERE "hash" = ?'  # noqa: S608 - the same
HEAD = """SELECT "value" FROM "counter" WHERE "name" = 'history'"""
MAILS = (
    'SELECT "id", "reverse_path", "recipients", "peer", "protocol", "received_at", "content", "sha256", "ticket" '
    'FROM "mail"'
)
LETTERS = (
    'SELECT "id", "ticket", "content", "relay_reply", "seen_how", "sent_at", "delivered_at", "seen_at", "bounced_at", '
    '"vanished_at", "auto_at", "kind", "position", "address", "message_id" FROM "letter"'
)
RULES = 'SELECT "version", "content" FROM "rules" ORDER BY "version"'
TICKETS = f'SELECT "id", "number", "state", "holder", {", ".join(REPORT)} FROM "ticket"'  # noqa: S608 - fixed names
HEAD_POLICY = policy.compat32
MOST = 1000
"""A table changed all over is as bad with a thousand lines as with a million."""
NEAR = 100
"""How far from its place a moved row is looked for where its neighbours do not tell."""
FACTS = {"sent": 5, "delivered": 6, "seen": 7, "bounced": 8, "vanished": 9, "automatic": 10}
"""The rows that set a letter's fact, and the column of LETTERS where the fact stands."""
GROUPED = {"grew": "by", "left": "number", "rejoined": "first"}
"""The rows that tie two tickets together, and the name in their data under which the other's number stands."""
REPEATED = ("vanished", "automatic")
"""Facts that may come more than once: the letter keeps the last."""


@dataclass(slots=True)
class Bound:
    """What the history says of the other tables, gathered on one pass over it."""

    mails: dict[int, dict[str, Any]] = field(default_factory=dict)
    letters: dict[tuple[str, int], tuple[int, dict[str, Any]]] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)
    holders: dict[int, str | None] = field(default_factory=dict)
    reports: dict[int, tuple[str, str]] = field(default_factory=dict)
    owners: dict[int, set[int]] = field(default_factory=dict)
    groups: dict[int, set[str]] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)


def broken(quick: Quick, anchor: str | None = None) -> Iterator[str]:
    """Every fault found, as lines, at most MOST of them; a table that cannot even be read is one of them."""
    try:
        for count, line in enumerate(_all(quick, anchor)):
            if count == MOST:
                yield "... and more"
                return
            yield line
    except (pw.DatabaseError, sqlite3.Error, ValueError, TypeError, OverflowError) as fault:
        yield f"history: cannot be read on, a table holds what was never written there ({fault})"


def _all(quick: Quick, anchor: str | None) -> Iterator[str]:
    bound = Bound()
    yield from _chain(quick, bound, anchor)
    yield from _mails(quick, bound)
    yield from _letters(quick, bound)
    yield from _tickets(quick, bound)
    yield from _rules(quick, bound)


def _chain(quick: Quick, bound: Bound, anchor: str | None) -> Iterator[str]:
    """The rows in their order: number, hash of the row before, own hash; then the end against the counter."""
    found = quick.first(HEAD)
    total, head = parse_head(found[0] if found else None)
    wanted, noted = parse_head(anchor) if anchor is not None else (0, GENESIS)
    anchored = wanted == 0
    last, number = GENESIS, 0
    for row in quick.stream(HISTORY):
        if row[0] != number + 1:
            yield _gap(number + 1, row[0] - 1)
        content = digest(row)
        if link(row[10], content) != row[11]:
            yield f"history row {row[0]}: {_what(quick, row)}"
        elif row[10] != last:
            yield f"history row {row[0]}: does not follow the row before it{_copied(quick, row)}"
        if row[0] == wanted and row[11] == noted:
            anchored = True
        last, number = row[11], row[0]
        _gather(bound, row)
    if total < 0:
        yield "history: the counter of its rows is damaged"
    elif number > total:
        first = f"row {total + 1}" if number == total + 1 else f"rows {total + 1} to {number}"
        yield f"history {first}: added, only {total} were told"
    elif number < total:
        yield f"{_gap(number + 1, total)} at the end"
    elif head != last:
        yield f"history: the counter does not name the hash of row {number}"
    if not anchored:
        yield f"history row {wanted}: is not the one whose hash was noted"


def _gap(first: int, last: int) -> str:
    if first > last:
        return f"history row {last + 1}: a number that is out of order"
    return f"history row {first}: missing" if first == last else f"history rows {first} to {last}: missing"


def _what(quick: Quick, row: Sequence[Any]) -> str:
    """What is wrong with a row whose hash does not fit: it stands in another's place, or it was changed."""
    behind = [int(one[0]) + 1 for one in quick.rows('SELECT "id" FROM "history" WHERE "hash" = ?', (row[10],))]
    before = [int(one[0]) - 1 for one in quick.rows('SELECT "id" FROM "history" WHERE "previous" = ?', (row[11],))]
    for number in (1, *behind, *before, *range(row[0] - NEAR, row[0] + NEAR)):
        if number != row[0] and link(row[10], digest((number, *row[1:]))) == row[11]:
            return f"moved or copied here from row {number}"
    return "changed"


def _copied(quick: Quick, row: Sequence[Any]) -> str:
    twins = [one[0] for one in quick.rows(ROW, (row[11],)) if one[0] != row[0]]
    return f", a copy of row {twins[0]}" if twins else ""


def _gather(bound: Bound, row: Sequence[Any]) -> None:
    """Remembers what a row says of mails, letters and tickets."""
    event = row[4]
    if event == "kept":
        bound.mails[row[7]] = _told(row[9]) | {"at": row[1]}
    elif event == "rules" and row[2] is None:
        data = _told(row[9])
        bound.rules[str(data.get("version"))] = str(data.get("sha256"))
    elif event in FACTS and row[8] is not None:
        data = _told(row[9])
        # A mailbox that is full for a while is no bounced letter, and a doubted look is no look.
        if (event != "bounced" or data.get("permanent")) and (
            event in REPEATED or (event, row[8]) not in bound.letters
        ):
            bound.letters[event, row[8]] = (row[1], data)
    elif event == "letter" and row[8] is not None:
        bound.letters[event, row[8]] = (row[2] or 0, _told(row[9]))
    if row[2] is not None:
        _gather_ticket(bound, row, row[2])


def _gather_ticket(bound: Bound, row: Sequence[Any], ticket: int) -> None:
    if row[6]:
        bound.states[ticket] = row[6]
    if row[7] is not None:
        bound.owners.setdefault(row[7], set()).add(ticket)
    data = _told(row[9])
    if row[4] in GROUPED:
        bound.groups.setdefault(ticket, set()).add(str(data.get(GROUPED[row[4]])))
    if row[4] == "undo":  # back to a holder that the row does not name
        bound.holders.pop(ticket, None)
    elif "holder" in data and row[6]:
        bound.holders[ticket] = data["holder"]
    if "report" in data:
        bound.reports[ticket] = (str(data["report"]), str(data.get("mail_sha256")))


def _told(text: str) -> dict[str, Any]:
    """A row's data; what is no JSON object any more (its hash has told that already) says nothing."""
    try:
        data = json_of(text)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _mails(quick: Quick, bound: Bound) -> Iterator[str]:
    left = dict(bound.mails)
    numbers = dict(quick.rows('SELECT "id", "number" FROM "ticket"'))

    def elsewhere(mail: int, ticket: int | None) -> bool:
        """Whether no row that came of the mail is about its ticket, or about one that was joined with it."""
        owners = bound.owners.get(mail)
        return owners is not None and not any(
            one == ticket
            or numbers.get(one) in bound.groups.get(ticket or 0, ())
            or numbers.get(ticket) in bound.groups.get(one, ())
            for one in owners
        )

    for row in quick.stream(f'{MAILS} ORDER BY "id"'):
        told = left.pop(row[0], None)
        if told is None:
            yield f"mail {row[0]}: was never told to the history"
            continue
        found = seal(_envelope(row), _bytes(row[6]))
        if found["sha256"] != told.get("sha256"):
            yield f"mail {row[0]}: its bytes are not those that came in"
        elif found["envelope"] != told.get("envelope"):
            yield f"mail {row[0]}: its envelope was changed"
        elif row[5] != told["at"]:
            yield f"mail {row[0]}: came in at another time than was told"
        elif row[7] != told.get("sha256"):
            yield f"mail {row[0]}: its digest is not that of what came in"
        elif elsewhere(row[0], row[8]):
            yield f"mail {row[0]}: belongs to another ticket in the history"
    for number in left:
        yield f"mail {number}: missing"


def _envelope(row: Sequence[Any]) -> Envelope:
    try:
        recipients = tuple(json_of(row[2]))
    except (ValueError, TypeError):
        recipients = ("(damaged)",)
    return Envelope(row[1], recipients, EPOCH, row[3], row[4])


def _letters(quick: Quick, bound: Bound) -> Iterator[str]:
    left = dict(bound.letters)
    for row in quick.stream(f'{LETTERS} ORDER BY "id"'):
        yield from _addressed(row, left.pop(("letter", row[0]), None))
        for event, column in FACTS.items():
            told = left.pop((event, row[0]), None)
            if told is None:
                if row[column] is not None:
                    yield f"letter {row[0]}: {event} in the table, not in the history"
                continue
            at, data = told
            if row[column] is None:
                yield f"letter {row[0]}: {event} in the history, not in the table"
            elif row[column] != at:
                yield f"letter {row[0]}: {event} at another time than the history says"
            elif event == "sent":
                yield from _sent(row, data)
            elif event == "seen" and row[4] != data.get("how", ""):
                yield f"letter {row[0]}: how it was seen is not what the history says"
    for event, number in left:
        yield f"letter {number}: missing, but {'written' if event == 'letter' else event} in the history"


def _addressed(row: Sequence[Any], told: tuple[int, dict[str, Any]] | None) -> Iterator[str]:
    """Kind, chair and ticket of a letter as they were told when it was written; mailbox and Message-ID as in its head,
    whose bytes the history binds.
    """
    if told is not None:
        ticket, data = told
        if (row[1] or 0, row[11], row[12] or "") != (ticket, data.get("kind"), data.get("position", "")):
            yield f"letter {row[0]}: is not of the kind, to the chair, or about the ticket that the history says"
    if row[2] is None or row[5] is None:
        return
    head = message_from_bytes(_bytes(row[2]).partition(b"\r\n\r\n")[0], policy=HEAD_POLICY)
    for name, value in (("To", row[13]), ("Message-ID", row[14])):
        if head[name] is not None and str(value).lower() not in str(head[name]).lower():
            yield f"letter {row[0]}: its {name} is another than that of the letter as sent"


def _bytes(value: Any) -> bytes:
    """A blob as it should be, or the text that somebody put in its place."""
    return value.encode() if isinstance(value, str) else bytes(value)


def _sent(row: Sequence[Any], data: dict[str, Any]) -> Iterator[str]:
    content = sha256(_bytes(row[2])) if row[2] is not None else None
    if content != data.get("sha256"):
        yield f"letter {row[0]}: its bytes are not those that were sent"
    if str(row[3])[:300] != data.get("reply", ""):
        yield f"letter {row[0]}: the relay's reply is not what the history says"


def _tickets(quick: Quick, bound: Bound) -> Iterator[str]:
    left = dict(bound.states)
    for number, name, state, holder, *said in quick.stream(f'{TICKETS} ORDER BY "id"'):
        told = left.pop(number, None)
        if told is not None and told != state:
            yield f"ticket {name}: is {state}, but the history ends with {told}"
        if number in bound.holders and bound.holders[number] != holder:
            yield f"ticket {name}: is held by {holder}, but the history ends with {bound.holders[number]}"
        if number in bound.reports:
            wanted, content = bound.reports[number]
            if report(content, said) != wanted:
                yield f"ticket {name}: what it says of the report is not what was told when it was opened"
    for number in left:
        yield f"ticket {number}: missing, but in the history"


def _rules(quick: Quick, bound: Bound) -> Iterator[str]:
    """The versions of the rules: tickets are judged by them, so they are what they were when they began to hold."""
    left = dict(bound.rules)
    for version, content in quick.stream(RULES):
        told = left.pop(version, None)
        if told is None:
            yield f"rules {version}: were never told to the history"
        elif sha256(_bytes(content)) != told:
            yield f"rules {version}: were changed after they were kept"
    for version in left:
        yield f"rules {version}: missing"


__all__ = ["broken"]
