"""Testing mandatory mailboxes on real servers, and the table of who has and opens one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mail.imap import Account, WayIn, account_for
from mail.sandbox import Estate
from mail.watch.check import Probe, check, check_all
from mail.watch.compliance import LetterRow, MailboxRow, compliance, of_unit
from tests.dovecot import PASSWORD, Dovecot, needs_dovecot
from tests.test_watch import raw

NOW = datetime(2025, 5, 12, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.real
@needs_dovecot
def test_each_mailbox_is_tested(tmp_path: Path) -> None:
    """Existing, opened, full, unknown, locked and unwatched mailboxes are told apart, and nothing is touched."""
    users = {f"{name}@kota.test": PASSWORD for name in ("baik", "baru", "penuh")}
    relay_knows = [*users, "terkunci@kota.test", "tanpa.imap@kota.test"]
    with (
        Dovecot(users=users, quota="20k") as d,
        Estate(tmp_path, dict.fromkeys(relay_knows, "x")) as relay,
    ):
        d.deliver("baik@kota.test", raw(1))
        d.deliver("baik@kota.test", raw(2))
        d.deliver("baru@kota.test", raw(1))
        d.deliver("penuh@kota.test", raw(1) + (b"x" * 60 + b"\r\n") * 310)
        d.doveadm("flags", "add", "-u", "baik@kota.test", "\\Seen", "mailbox", "INBOX", "uid", "1")
        before = {user: d.listing(user) for user in users}

        def way_in(mailbox: str) -> Account | None:
            way = WayIn("127.0.0.1", d.imap_port, "none", secret=PASSWORD)
            return None if mailbox.startswith("tanpa") else account_for(mailbox, way)

        boxes = [*relay_knows, "tidak.ada@kota.test"]
        results = {c.mailbox.split("@")[0]: c for c in check_all(boxes, way_in, ("127.0.0.1", relay.smtp_port))}
        assert list(results) == [b.split("@")[0] for b in boxes]
        good = results["baik"]
        assert (good.exists, good.accepts, good.reachable, good.unread, good.problems) == (True, True, True, 1, ())
        assert good.opened_until is not None
        assert good.quota is not None
        assert "belum pernah dibuka" in results["baru"].problems[0]
        assert any("hampir penuh" in p for p in results["penuh"].problems)
        assert (results["terkunci"].accepts, results["terkunci"].reachable) == (True, False)
        assert (results["tanpa.imap"].reachable, len(results["tanpa.imap"].problems)) == (None, 1)
        unknown = results["tidak.ada"]
        assert (unknown.exists, unknown.accepts, unknown.reachable) == (False, False, False)
        assert "550" in unknown.problems[0]
        assert {user: [n.rpartition("/")[2].rstrip(":2,") for n in d.listing(user)] for user in users} == {
            user: [n.rpartition("/")[2].rstrip(":2,") for n in names] for user, names in before.items()
        }


def test_servers_that_are_down_are_said_to_be() -> None:
    """A check of what cannot be reached ends soon and says so."""
    with Probe("127.0.0.1", 1) as probe:
        result = check("a@kota.test", account_for("a@kota.test", WayIn("127.0.0.1", 1, "none", secret="x")), probe)
    assert (result.exists, result.accepts, result.reachable) == (None, None, False)
    assert len(result.problems) == 2


def test_a_probe_uses_its_connection_again_and_survives_its_end(tmp_path: Path) -> None:
    """Many questions go over one connection; after the relay's restart the next question is answered too."""
    estate = Estate(tmp_path, {"ada@kota.test": "x"})
    with estate, Probe("127.0.0.1", estate.smtp_port) as probe:
        assert [probe.ask(a)[0] for a in ("ada@kota.test", "tidak@kota.test", "ada@kota.test")] == [250, 550, 250]
        estate.stop()
        assert probe.ask("ada@kota.test")[0] == 0
        estate.start()
        assert probe.ask("ada@kota.test")[0] == 250
    assert estate.mails("ada@kota.test") == []


def letter(mailbox: str, sent: float, opened: float | None, answered: float | None = None, **more: bool) -> LetterRow:
    """A letter sent so many hours ago, opened and answered so many hours after; to be opened within 24 hours."""
    at = NOW - sent * HOUR
    return LetterRow(
        unit=mailbox.split(".")[1],
        level=mailbox.split(".", maxsplit=1)[0],
        mailbox=mailbox,
        sent_at=at,
        open_by=at + 24 * HOUR,
        opened_at=None if opened is None else at + opened * HOUR,
        answered_at=None if answered is None else at + answered * HOUR,
        **more,
    )


def box(mailbox: str, **more: object) -> MailboxRow:
    """A mailbox named level.unit.number."""
    return MailboxRow(mailbox.split(".")[1], mailbox.split(".", maxsplit=1)[0], mailbox, **more)  # type: ignore[arg-type]


def test_the_table_counts_accounts_and_letters() -> None:
    """Each unit and level has its line, the last line is the whole city, and every letter is counted once."""
    boxes = [
        box("kasi.PUPR.1", last_opened=NOW - HOUR),
        box("kasi.PUPR.2"),
        box("kabid.PUPR.1", missing=True),
        box("kasi.DLH.1", watched=False),
    ]
    letters = [
        letter("kasi.PUPR.1", 300, 2, 10),
        letter("kasi.PUPR.1", 100, 30, 50),
        letter("kasi.PUPR.1", 3, None),
        letter("kasi.PUPR.2", 200, None),
        letter("kabid.PUPR.1", 50, None, bounced=True),
        letter("kasi.DLH.1", 40, 4),
    ]
    lines = compliance(boxes, letters, NOW)
    assert [(line.unit, line.level) for line in lines] == [
        ("DLH", "kasi"),
        ("PUPR", "kabid"),
        ("PUPR", "kasi"),
        ("", ""),
    ]
    kasi = lines[2]
    assert (kasi.accounts, kasi.missing, kasi.bouncing, kasi.unopened_accounts, kasi.unwatched) == (2, 0, 0, 1, 0)
    assert (kasi.letters, kasi.opened_in_time, kasi.opened_late, kasi.not_yet_due, kasi.not_opened) == (4, 1, 1, 1, 1)
    assert (kasi.median_open, kasi.median_answer) == (16 * HOUR, 30 * HOUR)
    assert kasi.share_in_time == pytest.approx(1 / 3)
    kabid, city = lines[1], lines[-1]
    assert (kabid.missing, kabid.bouncing, kabid.letters, kabid.not_opened, kabid.share_in_time) == (1, 1, 1, 0, None)
    assert (city.accounts, city.unwatched, city.letters, city.opened_in_time) == (4, 1, 6, 2)
    assert of_unit(lines, "DLH") == (lines[0],)


def test_an_account_opened_elsewhere_or_without_old_letters_is_not_idle() -> None:
    """An account counts as not opened only with a letter older than the days and no sign of use since."""
    boxes = [box("kasi.A.1"), box("kasi.A.2", last_opened=NOW - 24 * HOUR), box("kasi.A.3")]
    letters = [letter("kasi.A.1", 24, None), letter("kasi.A.2", 400, None), letter("kasi.A.3", 400, 1)]
    assert compliance(boxes, letters, NOW)[0].unopened_accounts == 0
    assert compliance(boxes, letters, NOW, days=1)[0].unopened_accounts == 2


def test_time_is_counted_as_the_city_wishes_and_nothing_is_an_empty_table() -> None:
    """The given measure of time is used for the medians; without rows there is one line of zeros."""
    half = compliance([], [letter("kasi.A.1", 40, 4)], NOW, elapsed=lambda a, b: (b - a) / 2)
    assert half[0].median_open == 2 * HOUR
    (empty,) = compliance([], [], NOW)
    assert (empty.accounts, empty.letters, empty.median_open, empty.share_in_time) == (0, 0, None, None)
