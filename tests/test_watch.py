"""Watching on a real Dovecot and on the sandbox's IMAP: what is observed, and that nothing is changed by it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from imapclient import IMAPClient

from mail.imap import Account, Client, Login, WayIn, account_for, connect
from mail.sandbox import Estate, Person
from mail.watch import Bookmark, Observed, Rules, Visit, Wanted, visit
from tests.dovecot import MASTER, PASSWORD, Dovecot, needs_dovecot

pytestmark = pytest.mark.real
KASI = "kasi@kota.test"
BELIEVE = Rules(at_once=-1)  # tests open letters within a second of their arrival


def raw(letter: int, subject: str = "Pengaduan") -> bytes:
    """A letter as our relay delivers it."""
    return (
        f"From: lapor@kota.test\r\nTo: {KASI}\r\nMessage-ID: <surat-{letter}@lapor.test>\r\n"
        f"Subject: {subject}\r\n\r\nJalan rusak.\r\n"
    ).encode()


def wanted(*letters: int, ago: float = 0) -> list[Wanted]:
    """Letters to look for, sent so many seconds ago."""
    return [Wanted(n, f"surat-{n}@lapor.test", datetime.now(UTC) - timedelta(seconds=ago)) for n in letters]


def facts(v: Visit) -> list[tuple[object, str, str, str | None]]:
    """Observations without their time."""
    return [(o.letter_id, str(o.what), o.folder, o.suspicious) for o in v.observations]


class Watched:
    """One mailbox, visited again and again as the watcher does, over a bookmark that goes through JSON."""

    def __init__(self, account: Account, rules: Rules = BELIEVE) -> None:
        self.account, self.rules = account, rules
        self.bookmark = Bookmark()
        self.now = datetime.now(UTC)
        self.last_login: datetime | None = None
        self.last: Visit | None = None
        self._client: Client | None = None

    def look(self, letters: list[Wanted], later: float = 60) -> list[tuple[object, str, str, str | None]]:
        """One visit, that many seconds of the city's time after the last one."""
        self.now += timedelta(seconds=later)
        self._client = self._client or connect(self.account)
        self._client.begin()
        self.last = visit(
            self._client,
            self.account.inbox,
            letters,
            self.bookmark,
            self.now,
            last_login=self.last_login,
            rules=self.rules,
        )
        self.bookmark = Bookmark.from_json(self.last.bookmark.to_json())
        assert self.bookmark == self.last.bookmark
        return facts(self.last)

    def forget_connection(self) -> None:
        """The next visit logs in anew."""
        assert self._client is not None
        self._client.close()
        self._client = None


class Server:
    """What the tests below need of a server, for Dovecot and the sandbox alike."""

    def __init__(self, port: int, password: str, put: object, way: WayIn) -> None:
        self.port, self.password, self.put, self.way = port, password, put, way

    def deliver(self, letter: int) -> None:
        """Put a letter into the inbox."""
        self.put(raw(letter))  # type: ignore[operator]

    @contextmanager
    def reader(self, folder: str = "INBOX") -> Iterator[IMAPClient]:
        """The official's mail program."""
        with IMAPClient("127.0.0.1", self.port, ssl=False) as client:
            client.login(KASI, self.password)
            client.select_folder(folder)
            yield client


@pytest.fixture(params=[pytest.param("dovecot", marks=needs_dovecot), "sandbox"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """Two servers: one counts changes (CONDSTORE), one does not."""
    if request.param == "dovecot":
        with Dovecot(users=[KASI]) as d:
            way = WayIn("127.0.0.1", d.imap_port, "none", Login.MASTER, user=MASTER[0], secret=MASTER[1])
            yield Server(d.imap_port, PASSWORD, lambda m: d.deliver(KASI, m), way)
    else:
        with Estate(tmp_path, {KASI: PASSWORD}, master=MASTER) as e:
            way = WayIn("127.0.0.1", e.imap_port, "none", Login.MASTER, user=MASTER[0], secret=MASTER[1])
            yield Server(e.imap_port, PASSWORD, lambda m: Person(e, KASI).send(m, KASI), way)


def test_delivered_seen_answered(server: Server) -> None:
    """A letter is delivered when it lies in the inbox, seen when the official opens it, answered when flagged so."""
    letters = wanted(1, 2)
    box = Watched(account_for(KASI, server.way))
    assert box.look(letters) == []
    server.deliver(1)
    server.deliver(7)
    assert box.look(letters) == [(1, "delivered", "INBOX", None)]
    assert box.look(letters) == []
    server.deliver(2)
    with server.reader() as client:
        client.add_flags([1], [b"\\Seen"])
    assert sorted(box.look(letters)) == [(1, "seen", "INBOX", None), (2, "delivered", "INBOX", None)]
    with server.reader() as client:
        client.add_flags([1], [b"\\Answered"])
        client.add_flags([3], [b"\\Seen"])
        client.remove_flags([1], [b"\\Seen"])
    assert sorted(box.look(letters)) == [(1, "answered_flag", "INBOX", None), (2, "seen", "INBOX", None)]
    box.forget_connection()
    assert box.look(letters) == []


def test_moved_is_not_seen_and_seen_there_is(server: Server) -> None:
    """A letter moved to another folder is moved, not seen; opened there it is seen, with that folder's name."""
    letters = wanted(1)
    box = Watched(account_for(KASI, server.way))
    server.deliver(1)
    assert box.look(letters) == [(1, "delivered", "INBOX", None)]
    with server.reader() as client:
        client.move([1], "Archive")
    assert box.look(letters) == [(1, "moved", "Archive", None)]
    assert box.look(letters) == []
    with server.reader("Archive") as client:
        client.add_flags(client.search("ALL"), [b"\\Seen"])
    assert box.look(letters) == [(1, "seen", "Archive", None)]
    with server.reader("Archive") as client:
        client.move(client.search("ALL"), "INBOX")
    assert box.look(letters) == [(1, "moved", "INBOX", None)]


def test_two_letters_that_change_places(server: Server) -> None:
    """Letters that swap folders between two visits are both found."""
    letters = wanted(1, 2)
    box = Watched(account_for(KASI, server.way))
    server.deliver(1)
    with server.reader() as client:  # a server numbers what it finds at a visit, in no order of its own
        assert client.search() == [1]
    server.deliver(2)
    with server.reader() as client:
        client.move([2], "Archive")
    box.look(letters)
    assert sorted(box.look(letters, later=300)) == [(2, "delivered", "Archive", None)]
    with server.reader() as client:
        client.move([1], "Archive")
    with server.reader("Archive") as client:
        client.move([1], "INBOX")
    assert sorted(box.look(letters)) == [(1, "moved", "Archive", None), (2, "moved", "INBOX", None)]


def test_expunged_is_its_own_fact_and_may_end(server: Server) -> None:
    """A deleted letter is expunged, once; put back it is looked at again."""
    letters = wanted(1)
    box = Watched(account_for(KASI, server.way))
    server.deliver(1)
    box.look(letters)
    with server.reader() as client:
        client.delete_messages([1])
        client.expunge()
    assert box.look(letters) == [(1, "expunged", "INBOX", None)]
    assert box.look(letters) == []
    server.deliver(1)
    assert box.look(letters) == []
    with server.reader() as client:
        client.add_flags(client.search("ALL"), [b"\\Seen"])
    assert box.look(letters) == [(1, "seen", "INBOX", None)]


def test_delivered_straight_into_another_folder(server: Server) -> None:
    """A letter that a filter put elsewhere is found there after a while."""
    letters = wanted(1)
    box = Watched(account_for(KASI, server.way))
    server.deliver(1)
    with server.reader() as client:
        client.move([1], "Trash")
    assert box.look(letters) == []
    assert box.look(letters, later=600) == [(1, "delivered", "Trash", None)]


def test_a_letter_asked_for_after_its_arrival_was_passed(server: Server) -> None:
    """A letter that lay in the inbox before it was wanted is found although the mailbox has not changed since."""
    box = Watched(account_for(KASI, server.way))
    first, second = wanted(1, 2, ago=30)
    server.deliver(1)
    server.deliver(2)
    assert box.look([first]) == [(1, "delivered", "INBOX", None)]
    assert box.look([first, second]) == [(2, "delivered", "INBOX", None)]


def test_the_doubts(server: Server) -> None:
    """Seen within seconds of arrival, in one stroke with many, or without a login is marked as doubtful."""
    letters = wanted(1, 2, 3)
    box = Watched(account_for(KASI, server.way), Rules(at_once=5, bulk=10))
    server.deliver(1)
    with server.reader() as client:
        client.add_flags([1], [b"\\Seen"])
    box.now = datetime.now(UTC)
    assert box.look(letters, later=0) == [(1, "delivered", "INBOX", None), (1, "seen", "INBOX", "at_once")]
    server.deliver(2)
    assert box.look(letters) == [(2, "delivered", "INBOX", None)]
    box.last_login = datetime.now(UTC) - timedelta(days=3)
    with server.reader() as client:
        client.add_flags([2], [b"\\Seen"])
    assert box.look(letters) == [(2, "seen", "INBOX", "no_login")]
    assert box.look(letters) == []
    box.last_login = datetime.now(UTC) + timedelta(seconds=100)
    with server.reader() as client:
        client.add_flags([2], [b"\\Flagged"])
    assert box.look(letters) == [(2, "seen", "INBOX", None)]


def test_a_few_letters_opened_one_by_one_are_believed(server: Server) -> None:
    """Fewer than a bulk, in whatever haste, is a person."""
    letters = wanted(*range(9))
    box = Watched(account_for(KASI, server.way))
    for n in range(9):
        server.deliver(n)
    box.look(letters)
    with server.reader() as client:
        client.add_flags(client.search("ALL"), [b"\\Seen"])
    assert {o.suspicious for o in _seen(box, letters)} == {None}


def test_mark_all_read_is_doubted(server: Server) -> None:
    """Many letters marked at once are not believed, until one is marked unread and opened again."""
    letters = wanted(*range(12))
    box = Watched(account_for(KASI, server.way))
    for n in range(12):
        server.deliver(n)
    box.look(letters)
    with server.reader() as client:
        client.add_flags(client.search("ALL"), [b"\\Seen"])
    box.now -= timedelta(seconds=55)  # the next visit is five seconds after the last
    seen = _seen(box, letters)
    assert [o.suspicious for o in seen] == ["in_bulk"] * 12
    with server.reader() as client:
        [first] = client.search(
            ["HEADER", "Message-ID", "surat-0@lapor.test"]
        )  # letters a moment apart may change place
        client.remove_flags([first], [b"\\Seen"])
    assert box.look(letters) == []
    with server.reader() as client:
        client.add_flags([first], [b"\\Seen"])
    assert box.look(letters) == [(0, "seen", "INBOX", None)]


def _seen(box: Watched, letters: list[Wanted]) -> list[Observed]:
    box.look(letters)
    assert box.last is not None
    return [o for o in box.last.observations if o.what == "seen"]


@needs_dovecot
def test_one_letter_among_many_marked_in_one_stroke_is_doubted() -> None:
    """With CONDSTORE a single letter of ours is doubted when the same stroke marked ten other mails."""
    with Dovecot(users=[KASI]) as d:
        way = WayIn("127.0.0.1", d.imap_port, "none", secret=PASSWORD)
        box, letters = Watched(account_for(KASI, way)), wanted(500, 501)
        d.deliver_many((KASI, raw(n)) for n in (*range(15), 500, 501))
        box.look(letters)
        with IMAPClient("127.0.0.1", d.imap_port, ssl=False) as client:
            client.login(KASI, PASSWORD)
            client.select_folder("INBOX")
            client.add_flags([17], [b"\\Seen"])
            client.add_flags(range(1, 17), [b"\\Seen"])
        assert sorted(box.look(letters, 3600)) == [(500, "seen", "INBOX", "in_bulk"), (501, "seen", "INBOX", None)]


@needs_dovecot
def test_nothing_is_changed_and_unchanged_rounds_are_short(tmp_path: Path) -> None:
    """Twenty visits leave each file's name and bytes as they are; where nothing changed, one STATUS is all."""
    with Dovecot(users=[KASI]) as d:
        d.deliver_many((KASI, raw(n)) for n in range(400))
        d.doveadm("flags", "add", "-u", KASI, "\\Seen $Label", "mailbox", "INBOX", "uid", "5:20")
        before = d.listing(KASI)
        content = {name: (d.maildir(KASI) / name).read_bytes() for name in before}
        box = Watched(account_for(KASI, WayIn("127.0.0.1", d.imap_port, "none", secret=PASSWORD)))
        letters = wanted(3, 300, 10, 999)
        assert sorted(box.look(letters)) == [
            (3, "delivered", "INBOX", None),
            (10, "delivered", "INBOX", None),
            (10, "seen", "INBOX", "in_bulk"),
            (300, "delivered", "INBOX", None),
        ]
        for _ in range(10):
            assert box.look(letters, later=700) == []
        for _ in range(10):
            assert box.look(letters[:3]) == []
            assert box.last is not None
            assert box.last.unchanged
        assert d.listing(KASI) == before
        assert {name: (d.maildir(KASI) / name).read_bytes() for name in before} == content


@needs_dovecot
def test_uidvalidity_changes_and_the_letter_is_found_again() -> None:
    """When every UID is new the letters are found by Message-ID, nothing is reported twice, nothing is missed."""
    with Dovecot(users=[KASI]) as d:
        box = Watched(account_for(KASI, WayIn("127.0.0.1", d.imap_port, "none", secret=PASSWORD)))
        letters = wanted(1, 2)
        d.deliver_many((KASI, raw(n)) for n in (1, 9, 2))
        assert len(box.look(letters)) == 2
        old = box.bookmark.marks[0].uidvalidity
        box.forget_connection()
        for name in d.maildir(KASI).glob("dovecot*"):
            name.unlink()
        d.doveadm("mailbox", "update", "-u", KASI, "--uid-validity", str(old + 5), "INBOX")
        d.doveadm(
            "flags", "add", "-u", KASI, "\\Seen", "mailbox", "INBOX", "header", "message-id", "surat-9@lapor.test"
        )
        assert box.look(letters) == []
        assert box.bookmark.marks[0].uidvalidity != old
        d.doveadm(
            "flags", "add", "-u", KASI, "\\Seen", "mailbox", "INBOX", "header", "message-id", "surat-2@lapor.test"
        )
        assert box.look(letters) == [(2, "seen", "INBOX", None)]


@needs_dovecot
def test_many_letters_are_asked_for_their_changes_only() -> None:
    """With many open letters in one mailbox only changes are fetched, and a missing one is still noticed."""
    with Dovecot(users=[KASI]) as d:
        box = Watched(account_for(KASI, WayIn("127.0.0.1", d.imap_port, "none", secret=PASSWORD)))
        letters = wanted(*range(60))
        d.deliver_many((KASI, raw(n)) for n in range(60))
        assert len(box.look(letters)) == 60
        d.doveadm("flags", "add", "-u", KASI, "\\Seen", "mailbox", "INBOX", "uid", "7")
        d.doveadm("expunge", "-u", KASI, "mailbox", "INBOX", "uid", "30")
        seen, gone = box.look(letters)
        assert seen[1:] == ("seen", "INBOX", None)
        assert gone[1:] == ("expunged", "INBOX", None)
