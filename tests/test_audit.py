"""Tampering with one row, in every way we could think of, is found and the row is named."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from engine.event import Bounced, Delivered, Seen
from engine.message import Envelope
from engine.reading import Status
from engine.store import Entry, Store, chain
from tests.post import Town
from tests.world import MONDAY, City, on

Tamper = Callable[[sqlite3.Connection], object]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a year's kinds of rows: mails kept, letters sent as bytes, seen, bounced, answered, closed."""
    path = tmp_path_factory.mktemp("audit") / "city.db"
    city = City.new(path)
    first = city.complain("Jalan depan pasar berlubang.")
    second = city.complain("Lampu jalan mati.", sender="budi@warga.example")
    for ticket in (first, second):
        for letter in city.letters(ticket):
            city.store.mark_letter(letter.id, content=f"letter {letter.id}".encode())
    # The world's relay has taken them already: say so again with their bytes in place.
    task = city.letters(first, "task")[0]
    city.desk.handle(Delivered(city.now, task.id, "INBOX"))
    city.desk.handle(Seen(city.now, task.id, "imap"))
    city.answer(first, Status.IN_PROGRESS, promised=on(8, 6))
    city.desk.handle(Bounced(city.now, None, city.letters(second, "task")[0].id, True, "5.1.1", "no such mailbox"))
    city.wait(timedelta(days=2))
    city.answer(first, Status.DONE, "Sudah ditambal.")
    city.says(first, Status.CONFIRMED, rating=5)
    city.store.close()
    return path


@pytest.fixture(scope="module")
def sealed(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same story where each letter's bytes were in the table before it was sent."""
    path = tmp_path_factory.mktemp("sealed") / "city.db"
    city = City.new(path)
    plain = city.store.write_letter

    def with_bytes(new):  # type: ignore[no-untyped-def]
        letter = plain(new)
        city.store.mark_letter(letter.id, content=f"letter {letter.id}".encode())
        return letter

    city.store.write_letter = with_bytes  # type: ignore[method-assign]
    first = city.complain("Jalan depan pasar berlubang.")
    second = city.complain("Lampu jalan mati.", sender="budi@warga.example")
    task = city.letters(first, "task")[0]
    city.desk.handle(Delivered(city.now, task.id, "INBOX"))
    city.desk.handle(Seen(city.now, task.id, "imap"))
    city.answer(first, Status.IN_PROGRESS, promised=on(8, 6))
    city.desk.handle(Bounced(city.now, None, city.letters(second, "task")[0].id, True, "5.1.1", "no such mailbox"))
    city.wait(timedelta(days=2))
    city.answer(first, Status.DONE, "Sudah ditambal.")
    city.says(first, Status.CONFIRMED, rating=5)
    city.store.close()
    return path


def findings(path: Path, tamper: Tamper | None, tmp: Path, anchor: str | None = None) -> list[str]:
    """What verify says after somebody with the database in hand did this."""
    copy = tmp / "copy.db"
    source = sqlite3.connect(path)
    target = sqlite3.connect(copy)
    source.backup(target)
    source.close()
    if tamper is not None:
        tamper(target)
        target.commit()
    target.close()
    store = Store.sqlite(copy)
    found = store.broken_links(anchor)
    store.close()
    shutil.rmtree(tmp, ignore_errors=True)
    return found


def _count(path: Path) -> int:
    with sqlite3.connect(path) as db:
        return int(db.execute("SELECT COUNT(*) FROM history").fetchone()[0])


def test_untouched_holds(sealed: Path, tmp_path: Path) -> None:
    """An honest database has no finding."""
    assert findings(sealed, None, tmp_path) == []


COLUMNS = {
    "at": "at + 1", "ticket": "COALESCE(ticket, 0) + 1", "id": "id + 1000",
    "actor": "actor || 'x'", "event": "event || 'x'",
    "from_state": "from_state || 'x'", "to_state": "to_state || 'x'", "mail": "COALESCE(mail, 0) + 1",
    "letter": "COALESCE(letter, 0) + 1", "data": "REPLACE(data, '{', '{ ')", "previous": "previous || '0'",
    "hash": "REPLACE(REPLACE(hash, 'a', '#'), '0', 'a')",
}  # fmt: skip


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_changed_field(sealed: Path, tmp_path: Path, column: str, place: str) -> None:
    """Each column of the first, a middle and the last row: the change is found and the row is named."""
    count = _count(sealed)
    row = {"first": 1, "middle": count // 2, "last": count}[place]
    sql = f"UPDATE history SET {column} = {COLUMNS[column]} WHERE id = {row}"  # noqa: S608
    found = findings(sealed, lambda db: db.execute(sql), tmp_path)
    if column == "id":
        assert f"history row {row + 1000}: moved or copied here from row {row}" in found
    else:
        assert f"history row {row}: changed" in found


@pytest.mark.parametrize("value", ["x'ff'", "CAST(x'ff' AS TEXT)", "NULL", "1.5", "'{'", "'[]'", "'9' || ?1"])
@pytest.mark.parametrize("column", ["at", "ticket", "actor", "data", "hash", "previous"])
def test_changed_to_nonsense(sealed: Path, tmp_path: Path, column: str, value: str) -> None:
    """Values of another type, broken text and broken JSON are findings, never a crash."""

    def tamper(db: sqlite3.Connection) -> None:
        db.execute("PRAGMA ignore_check_constraints = 1")
        sql = f"UPDATE OR IGNORE history SET {column} = {value} WHERE event = 'sent'"  # noqa: S608
        if db.execute(sql, ("9" * 30,) if "?1" in value else ()).rowcount == 0:
            db.execute("DELETE FROM history WHERE id = 1")  # the schema itself forbids that value

    assert findings(sealed, tamper, tmp_path)


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_missing_row(sealed: Path, tmp_path: Path, place: str) -> None:
    """A row taken out is missed by its number, at either end too."""
    count = _count(sealed)
    row = {"first": 1, "middle": count // 2, "last": count}[place]
    found = findings(sealed, lambda db: db.execute("DELETE FROM history WHERE id = ?", (row,)), tmp_path)
    assert any(line.startswith(f"history row {row}: missing") for line in found)


def test_all_rows_missing(sealed: Path, tmp_path: Path) -> None:
    """An emptied history is missed whole."""
    found = findings(sealed, lambda db: db.execute("DELETE FROM history"), tmp_path)
    assert f"history rows 1 to {_count(sealed)}: missing at the end" in found


def test_closed_gap(sealed: Path, tmp_path: Path) -> None:
    """A row taken out and its successors moved down, so that no number is missing."""
    count = _count(sealed)

    def tamper(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM history WHERE id = 5")
        for row in range(6, count + 1):
            db.execute("UPDATE history SET id = ? WHERE id = ?", (row - 1, row))

    found = findings(sealed, tamper, tmp_path)
    assert "history row 5: moved or copied here from row 6" in found
    assert f"history row {count}: missing at the end" in found


@pytest.mark.parametrize(("one", "other"), [(1, 2), (4, 5), (3, 9), (1, -1), (-2, -1)])
def test_reordered(sealed: Path, tmp_path: Path, one: int, other: int) -> None:
    """Two rows that changed places are both named, with where they came from."""
    count = _count(sealed)
    one, other = (each if each > 0 else count + 1 + each for each in (one, other))

    def tamper(db: sqlite3.Connection) -> None:
        for before, after in ((one, 0), (other, one), (0, other)):
            db.execute("UPDATE history SET id = ? WHERE id = ?", (after, before))

    found = findings(sealed, tamper, tmp_path)
    assert f"history row {one}: moved or copied here from row {other}" in found
    assert f"history row {other}: moved or copied here from row {one}" in found


COPY = (
    "INSERT INTO history (id, at, ticket, actor, event, from_state, to_state, mail, letter, data, previous, hash) "
    "SELECT {id}, at, ticket, actor, event, from_state, to_state, mail, letter, data, previous, hash FROM history "
    "WHERE id = {row}"
)


@pytest.mark.parametrize("row", [1, 7, -1])
def test_duplicated(sealed: Path, tmp_path: Path, row: int) -> None:
    """A copy of a row at the end is named as a copy."""
    count = _count(sealed)
    row = row if row > 0 else count + 1 + row
    found = findings(sealed, lambda db: db.execute(COPY.format(id=count + 1, row=row)), tmp_path)
    assert f"history row {count + 1}: moved or copied here from row {row}" in found
    assert f"history row {count + 1}: added, only {count} were told" in found


@pytest.mark.parametrize("number", [0, -3])
def test_inserted_before_the_first(sealed: Path, tmp_path: Path, number: int) -> None:
    """A row put in front of the first is found by its number."""
    found = findings(sealed, lambda db: db.execute(COPY.format(id=number, row=2)), tmp_path)
    assert f"history row {number}: a number that is out of order" in found


def test_inserted_and_well_made(sealed: Path, tmp_path: Path) -> None:
    """A row added at the end with a right hash is more than the counter knows."""
    count = _count(sealed)

    def tamper(db: sqlite3.Connection) -> None:
        before = db.execute("SELECT value FROM counter WHERE name = 'history'").fetchone()
        path = Path(db.execute("PRAGMA database_list").fetchone()[2])
        db.commit()
        store = Store.sqlite(path)
        with store.transaction():
            store.tell(Entry(MONDAY, 1, "x", "comment"))
        store.close()
        db.execute("UPDATE counter SET value = ? WHERE name = 'history'", before)

    assert findings(sealed, tamper, tmp_path) == [f"history row {count + 1}: added, only {count} were told"]


@pytest.mark.parametrize(
    "value", ["'1' || value", "SUBSTR(value, 1, LENGTH(value) - 1) || 'g'", "'x'", "''", "'999:' || value"]
)
def test_counter_edited(sealed: Path, tmp_path: Path, value: str) -> None:
    """The counter is checked against the rows as the rows against the counter."""
    sql = f"UPDATE counter SET value = {value} WHERE name = 'history'"  # noqa: S608
    assert findings(sealed, lambda db: db.execute(sql), tmp_path)


def test_counter_missing(sealed: Path, tmp_path: Path) -> None:
    """Without the counter every row is one too many."""
    found = findings(sealed, lambda db: db.execute("DELETE FROM counter WHERE name = 'history'"), tmp_path)
    assert found == [f"history rows 1 to {_count(sealed)}: added, only 0 were told"]


def rehash(db: sqlite3.Connection, row: int) -> str:
    """Gives a row the hash that fits what it says and stands behind its predecessor, as whoever knows the rule can."""
    found = db.execute(f"SELECT {', '.join(chain.COLUMNS)} FROM history WHERE id = ?", (row,)).fetchone()  # noqa: S608
    before = db.execute("SELECT hash FROM history WHERE id = ?", (row - 1,)).fetchone()
    previous = before[0] if before else chain.GENESIS
    made = chain.link(previous, chain.digest(found))
    db.execute("UPDATE history SET previous = ?, hash = ? WHERE id = ?", (previous, made, row))
    return made


@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in ("id", "previous", "hash")])
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_changed_with_a_new_hash(sealed: Path, tmp_path: Path, column: str, place: str) -> None:
    """A row that was changed and hashed anew is betrayed by the row behind it, the last one by the counter."""
    count = _count(sealed)
    row = {"first": 1, "middle": count // 2, "last": count}[place]

    def tamper(db: sqlite3.Connection) -> None:
        db.execute(f"UPDATE history SET {column} = {COLUMNS[column]} WHERE id = {row}")  # noqa: S608
        rehash(db, row)

    wanted = (
        f"history: the counter does not name the hash of row {count}"
        if place == "last"
        else f"history row {row + 1}: does not follow the row before it"
    )
    assert wanted in findings(sealed, tamper, tmp_path)


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_all_hashed_anew_needs_the_noted_end(sealed: Path, tmp_path: Path, place: str) -> None:
    """Who changes a row and hashes all that follow it anew, the counter too, is found by the end noted elsewhere."""
    store = Store.sqlite(sealed)
    noted, count = store.history_head(), _count(sealed)
    store.close()
    changed = {"first": 1, "middle": count // 2, "last": count}[place]

    def tamper(db: sqlite3.Connection) -> None:
        db.execute("UPDATE history SET actor = 'citizen' WHERE id = ?", (changed,))
        for row in range(changed, count + 1):
            last = rehash(db, row)
        db.execute("UPDATE counter SET value = ? WHERE name = 'history'", (f"{count}:{last}",))

    for anchor, wanted in ((None, []), (noted, [f"history row {count}: is not the one whose hash was noted"])):
        folder = tmp_path / str(anchor is None)
        folder.mkdir()
        assert findings(sealed, tamper, folder, anchor) == wanted


def test_cut_with_its_counter_needs_the_noted_end(sealed: Path, tmp_path: Path) -> None:
    """Who cuts off the end and mends the counter is found by the end that was noted elsewhere."""
    store = Store.sqlite(sealed)
    noted, count = store.history_head(), _count(sealed)
    store.close()

    def tamper(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM history WHERE id = ?", (count,))
        last = db.execute("SELECT hash FROM history WHERE id = ?", (count - 1,)).fetchone()[0]
        db.execute("UPDATE counter SET value = ? WHERE name = 'history'", (f"{count - 1}:{last}",))

    found = findings(sealed, tamper, tmp_path / "a", noted) if (tmp_path / "a").mkdir() is None else []
    assert f"history row {count}: is not the one whose hash was noted" in found
    assert findings(sealed, None, tmp_path, noted) == []


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("UPDATE mail SET content = content || 'x' WHERE id = 2", "mail 2: its bytes are not those that came in"),
        ("UPDATE mail SET content = x'' WHERE id = 1", "mail 1: its bytes are not those that came in"),
        ("UPDATE mail SET reverse_path = 'a@b.example' WHERE id = 2", "mail 2: its envelope was changed"),
        ("UPDATE mail SET recipients = '[]' WHERE id = 2", "mail 2: its envelope was changed"),
        ("UPDATE mail SET peer = '192.0.2.1' WHERE id = 2", "mail 2: its envelope was changed"),
        ("UPDATE mail SET received_at = received_at + 1 WHERE id = 2", "mail 2: came in at another time than was told"),
        ("DELETE FROM mail WHERE id = 2", "mail 2: missing"),
        (
            "INSERT INTO mail "
            "(id, received_at, reverse_path, recipients, peer, protocol, content, sha256, state, kind, error) "
            "SELECT 99, received_at, reverse_path, recipients, peer, protocol, content, sha256, state, kind, error "
            "FROM mail WHERE id = 1",
            "mail 99: was never told to the history",
        ),
        (
            "UPDATE letter SET content = content || 'x' WHERE id = 2",
            "letter 2: its bytes are not those that were sent",
        ),
        ("UPDATE letter SET content = NULL WHERE id = 2", "letter 2: its bytes are not those that were sent"),
        (
            "UPDATE letter SET relay_reply = 'x' WHERE id = 2",
            "letter 2: the relay's reply is not what the history says",
        ),
        (
            "UPDATE letter SET sent_at = sent_at - 1 WHERE id = 2",
            "letter 2: sent at another time than the history says",
        ),
        (
            "UPDATE letter SET seen_at = seen_at - 1 WHERE id = 2",
            "letter 2: seen at another time than the history says",
        ),
        ("UPDATE letter SET seen_at = NULL WHERE id = 2", "letter 2: seen in the history, not in the table"),
        ("UPDATE letter SET seen_how = 'x' WHERE id = 2", "letter 2: how it was seen is not what the history says"),
        ("UPDATE letter SET seen_at = sent_at WHERE id = 4", "letter 4: seen in the table, not in the history"),
        ("UPDATE letter SET delivered_at = NULL WHERE id = 2", "letter 2: delivered in the history, not in the table"),
        ("UPDATE letter SET bounced_at = NULL WHERE id = 4", "letter 4: bounced in the history, not in the table"),
        ("DELETE FROM letter WHERE id = 2", "letter 2: missing, but sent in the history"),
        ("UPDATE ticket SET state = 'forwarded' WHERE id = 1", "ticket C-2026-000001: is forwarded, but the history"),
        ("DELETE FROM ticket WHERE id = 1", "ticket 1: missing, but in the history"),
        ("UPDATE ticket SET text = 'Terima kasih.' WHERE id = 2", "ticket C-2026-000002: what it says of the report"),
        ("UPDATE ticket SET subject = 'Pujian' WHERE id = 2", "ticket C-2026-000002: what it says of the report"),
        ("UPDATE ticket SET citizen_name = 'Lain' WHERE id = 2", "ticket C-2026-000002: what it says of the report"),
        (
            "UPDATE ticket SET citizen_address = 'lain@x.example' WHERE id = 2",
            "ticket C-2026-000002: what it says of the report",
        ),
        (
            "UPDATE ticket SET opened_at = opened_at + 1 WHERE id = 2",
            "ticket C-2026-000002: what it says of the report",
        ),
        ("UPDATE ticket SET workflow = 'information' WHERE id = 2", "ticket C-2026-000002: what it says of the report"),
        ("UPDATE ticket SET mail = 1 WHERE id = 2", "ticket C-2026-000002: what it says of the report"),
        ("UPDATE ticket SET number = 'C-2026-000009' WHERE id = 2", "ticket C-2026-000009: what it says of the report"),
        (
            "UPDATE ticket SET holder = 'dlh.kepala' WHERE id = 2",
            "ticket C-2026-000002: is held by dlh.kepala, but",
        ),
        ("UPDATE mail SET sha256 = 'x' WHERE id = 2", "mail 2: its digest is not that of what came in"),
        ("UPDATE mail SET ticket = NULL WHERE id = 2", "mail 2: belongs to another ticket in the history"),
        ("UPDATE mail SET ticket = 2 WHERE id = 1", "mail 1: belongs to another ticket in the history"),
        ("UPDATE letter SET kind = 'copy' WHERE id = 2", "letter 2: is not of the kind, to the chair, or about"),
        (
            "UPDATE letter SET position = 'dpupr.kepala' WHERE id = 2",
            "letter 2: is not of the kind, to the chair, or about",
        ),
        ("UPDATE letter SET ticket = 2 WHERE id = 2", "letter 2: is not of the kind, to the chair, or about"),
    ],
)
def test_what_the_history_binds(sealed: Path, tmp_path: Path, sql: str, line: str) -> None:
    """Raw mails, envelopes, letters as sent, what was observed of them, and a ticket's state are bound by the chain."""
    found = findings(sealed, lambda db: db.execute(sql), tmp_path)
    assert any(one.startswith(line) for one in found)


def test_a_letter_whose_bytes_came_later_is_found(story: Path, tmp_path: Path) -> None:
    """Bytes put into the table after the letter was sent were not told, and are not believed."""
    assert "letter 1: its bytes are not those that were sent" in findings(story, None, tmp_path)


def test_hundred_thousand_rows_take_seconds(tmp_path: Path) -> None:
    """A long chain is verified in a few seconds, and telling a row stays cheap."""
    store = Store.sqlite(tmp_path / "long.db")
    count = 100_000
    start = time.perf_counter()
    with store.transaction():
        for number in range(count):
            store.tell(Entry(MONDAY, number // 30, "engine", "letter", data={"kind": "task", "position": "a.b"}))
    told = time.perf_counter() - start
    start = time.perf_counter()
    assert store.broken_links() == []
    verified = time.perf_counter() - start
    store.close()
    assert verified < 10
    assert told < 60


def test_keep_tells_each_mail(tmp_path: Path) -> None:
    """Mails are bound from the moment they are kept, before anybody has read them."""
    store = Store.sqlite(tmp_path / "kept.db")
    store.keep([(Envelope("", ("a@b.example",), MONDAY), b"one"), (Envelope("", (), MONDAY), b"two")])
    assert [(entry.event, entry.mail) for _, entry in store.history_after(0)] == [("kept", 1), ("kept", 2)]
    assert store.broken_links() == []


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("UPDATE letter SET address = 'orang@lain.example' WHERE kind = 'task'", "To"),
        ("UPDATE letter SET message_id = 'lain@sibadra.kotabogor.example' WHERE kind = 'task'", "Message-ID"),
    ],
)
def test_where_a_letter_went_is_as_in_its_head(tmp_path: Path, sql: str, name: str) -> None:
    """Mailbox and Message-ID in the table are those of the letter as it was sent."""
    town = Town(tmp_path)
    town.send("rina@warga.example", "Jalan aspal di depan Pasar Anyar berlubang, mohon ditambal.")
    town.app.close()
    (tmp_path / "copy").mkdir()
    found = findings(tmp_path / "sibadra.db", lambda db: db.execute(sql), tmp_path / "copy")
    assert [one.partition(": ")[2] for one in found] == [f"its {name} is another than that of the letter as sent"]
