"""The weekly table: from letters and tests of mailboxes to the mails that sekda, wakil wali kota and heads get."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

from engine.event import Bounced, Seen
from engine.letter import Letter
from engine.store import MailboxTest
from engine.ticket import ClockName
from mail import report_weekly
from mail.address import Addresses
from mail.checkup import Daily
from mail.settings import Settings, check, new_key
from mail.write import Writer
from tests.world import DIRECTORY, City, route

DOMAIN = "sibadra.kotabogor.example"
WAY = {"host": "127.0.0.1", "port": 1, "tls": "none", "secret": "x"}


def settings(folder: Path) -> Settings:
    """A city in which one domain alone gives us access by IMAP."""
    new_key(folder / "sibadra.key")
    given = {"intake": {"domain": DOMAIN, "lmtp": "127.0.0.1:1"}, "imap": {"dpupr.kotabogor.example": WAY}}
    return check(given, folder / "sibadra.toml")


def a_fortnight(city: City) -> list[Letter]:
    """Letters to two offices: one in time, one late, one bounced, and one that nobody opens for nine days."""
    letters = []
    other = next(p.id for p in DIRECTORY.positions.values() if p.unit == "DISHUB" and p.level == "kasi")
    for n, owner in enumerate(("dpupr.kasi.jalan", "dpupr.kasi.jalan", other, other)):
        who, what = f"warga{n}.{city.now:%d}@warga.example", f"T{n}-{city.now:%d}"  # or they would be one matter
        ticket = city.complain(f"Laporan nomor {n}", sender=who, route=route(owner, topic=what))
        letters.append(city.letters(ticket, "task")[0])
    return letters


def test_the_weekly_letters(tmp_path: Path) -> None:
    """Accounts missing, bouncing and not opened, letters in time, both medians: by unit, by level and in all."""
    city, found = City.new(tmp_path / "city.db"), settings(tmp_path)
    ignored, *_ = a_fortnight(city)
    city.now += timedelta(days=9)
    opened, late, bounced, _ = a_fortnight(city)
    desk = city.desk
    due = city.store.open_by(city.now - timedelta(days=1))[late.id]
    assert due == next(d.due_at for d in city.store.deadlines_of(late.ticket or 0, (ClockName.UNREAD,)))
    desk.handle(Seen(city.now + timedelta(hours=2), opened.id, "imap"))
    desk.handle(Seen(due + timedelta(hours=1), late.id, "imap"))
    desk.handle(Bounced(city.now, None, bounced.id, True, "5.1.1", "550 5.1.1 User unknown"))
    city.store.keep_test(MailboxTest("walikota@kotabogor.example", city.now, False, None, None))
    at = city.now + timedelta(days=4)
    lines = {(x.unit, x.level): x for x in report_weekly.lines_of(city.store, DIRECTORY, found, at, 7)}
    unit = DIRECTORY.positions[opened.position or ""].unit
    level = DIRECTORY.positions[opened.position or ""].level
    line = lines[unit, level]
    assert (line.unwatched, line.opened_in_time, line.opened_late) == (0, 1, 1)
    assert line.median_open is not None
    assert line.unopened_accounts == 0  # it was opened two days ago, though an older letter was ignored
    other = DIRECTORY.positions[bounced.position or ""]
    assert (lines[other.unit, other.level].missing, lines[other.unit, other.level].bouncing) == (1, 1)
    assert lines[other.unit, other.level].unwatched > 0
    assert lines["PIMPINAN", "walikota"].missing == 1
    assert lines["", ""].missing == 2
    assert ignored.seen_at is None

    told = report_weekly.send(desk, found, at)
    letters = [x for x in city.store.letters_to_officials(at - timedelta(days=1)) if x.kind == "compliance"]
    assert told == len(letters) > 3
    to = [x.position for x in letters]
    assert to[:2] == ["setda.sekda", "pimpinan.wawali"]
    writer = Writer(Addresses(b"k" * 32, domain=DOMAIN))
    mails = [message_from_bytes(writer.compose(x, None).raw, policy=policy.default) for x in letters]
    for form in ("plain", "html"):
        body = mails[0].get_body((form,))
        assert body is not None
        text = body.get_content()
        for word in ("Tidak ada", "Memantul", "Tak dibuka", "Tepat waktu", "Median jawab", "50%", "Wali Kota", "jam"):
            assert word in text
        assert DIRECTORY.units[unit].name in text
    own = next(m for m, x in zip(mails, letters, strict=True) if x.data["unit"] == DIRECTORY.units[unit].name)
    body = own.get_body(("plain",))
    assert body is not None
    assert all(len(line) <= 76 for line in body.get_content().splitlines())
    assert "Per unit" not in body.get_content()
    assert not report_weekly.due(city.store, found, at)


def test_accounts_that_nobody_opens_are_counted(tmp_path: Path) -> None:
    """A letter of more than a week ago that was never opened makes its account one; a mail read since then does not."""
    city, found = City.new(tmp_path / "city.db"), settings(tmp_path)
    task = city.letters(city.complain(), "task")[0]
    at = city.now + timedelta(days=9)

    def unopened() -> int:
        return report_weekly.lines_of(city.store, DIRECTORY, found, at, 7)[-1].unopened_accounts

    before = unopened()
    assert before >= 1
    city.store.keep_test(MailboxTest(task.address, at, True, True, at - timedelta(days=1)))
    assert unopened() == before - 1


def test_mailboxes_are_tested_once_a_day(tmp_path: Path) -> None:
    """The day's test is due once, early in the morning of the city."""
    city, found = City.new(tmp_path / "city.db"), settings(tmp_path)
    daily = Daily(found, city.store, lambda: DIRECTORY)
    assert daily.due(city.now)
    city.store.keep_test(MailboxTest("a@kota.test", city.now, True, True, None))
    assert not daily.due(city.now + timedelta(hours=12))
    assert not daily.due(city.now.replace(hour=4) + timedelta(days=1))
    assert daily.due(city.now.replace(hour=5) + timedelta(days=1))
