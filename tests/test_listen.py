"""Quick news by IDLE from a few mailboxes, and the times of logins, on a real Dovecot."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from imapclient import IMAPClient

from mail.imap import Account, Login, WayIn, account_for
from mail.observe import Watch
from mail.settings import check, new_key
from mail.watch.listen import Listener
from mail.watch.logins import Logins
from tests.dovecot import MASTER, PASSWORD, Dovecot, needs_dovecot
from tests.test_watch import Watched, raw, wanted
from tests.world import City, route

KASI, LURAH, CAMAT = "kasi@kota.test", "lurah@kota.test", "camat@kota.test"


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for other threads."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.real
@needs_dovecot
def test_news_of_a_few_mailboxes_are_heard_at_once() -> None:
    """As many as allowed are listened to, changes are heard in moments, after a crash again, and none when it ends."""
    heard: list[str] = []
    with Dovecot(users=[KASI, LURAH, CAMAT]) as d:
        way = WayIn("127.0.0.1", d.imap_port, "none", Login.MASTER, user=MASTER[0], secret=MASTER[1])

        def way_in(mailbox: str) -> Account | None:
            return account_for(mailbox, way) if mailbox != "tanpa@kota.test" else None

        listener = Listener(way_in, heard.append, most=2, first_pause=0.2)
        try:
            listener.listen(["tanpa@kota.test", KASI, LURAH, CAMAT])
            assert listener.mailboxes == [KASI, LURAH]
            until(lambda: set(heard) == {KASI, LURAH})
            time.sleep(0.5)
            heard.clear()
            d.deliver(KASI, raw(1))
            d.deliver(CAMAT, raw(1))
            until(lambda: heard == [KASI], 5)
            time.sleep(2.2)
            d.doveadm("flags", "add", "-u", KASI, "\\Seen", "mailbox", "INBOX", "all")
            until(lambda: heard == [KASI, KASI], 5)
            d.kill()
            d.start()
            heard.clear()
            until(lambda: set(heard) == {KASI, LURAH})
            listener.listen([CAMAT])
            until(lambda: CAMAT in heard)
            until(lambda: KASI not in d.doveadm("who"))
        finally:
            listener.close()
        until(lambda: "@" not in d.doveadm("who"))
        assert not any(name.endswith("S") and "T" in name for name in d.listing(KASI))


@pytest.mark.real
@needs_dovecot
def test_an_awaited_letter_is_known_as_opened_without_waiting_for_the_round(tmp_path: Path) -> None:
    """With an hour between two looks, news of the mailbox bring the next look at once."""
    city = City.new(tmp_path / "city.db", at=datetime.now(UTC) - timedelta(hours=2))
    task = city.letters(city.complain(), "task")[0]
    new_key(tmp_path / "sibadra.key")
    with Dovecot(users=[task.address]) as d:
        given = {
            "intake": {"domain": "kota.example", "lmtp": "127.0.0.1:1"},
            "watch": {"every": 3600},
            "imap": {"default": {"host": "127.0.0.1", "port": d.imap_port, "tls": "none", "secret": PASSWORD}},
        }
        rung: list[None] = []
        watch = Watch(check(given, tmp_path / "sibadra.toml"), city.store, city.desk, news=lambda: rung.append(None))
        try:
            d.deliver(task.address, f"Message-ID: <{task.message_id}>\r\n\r\nSurat.\r\n".encode())
            assert watch.round(city.now) == 1
            until(lambda: bool(rung))
            watch.round(city.now)
            time.sleep(2.5)
            rung.clear()
            with IMAPClient("127.0.0.1", d.imap_port, ssl=False) as client:
                client.login(task.address, PASSWORD)
                client.select_folder("INBOX")
                client.fetch([1], ["BODY[]"])
            until(lambda: bool(rung))
            assert watch.round(city.now + timedelta(seconds=90)) == 1
            assert (city.store.letter(task.id) or task).seen_how == "imap"
            assert city.store.awaited_most(city.now - timedelta(days=1), 20) == []
        finally:
            watch.close()


def test_urgent_letters_are_awaited_most(tmp_path: Path) -> None:
    """The mailbox of an urgent ticket comes first, then those of the newest letters, as many as asked for."""
    city = City.new(tmp_path / "city.db")
    city.complain("Lubang besar membahayakan", route=route("dpupr.kasi.jalan", urgent=True))
    for n, owner in enumerate(("dpupr.kasi.jembatan", "dpupr.kasi.pedestrian")):
        city.now += timedelta(minutes=5)
        city.complain(f"{n} hal lain sama sekali", sender=f"warga{n}@w.example", route=route(owner, topic=f"T{n}"))
    since = city.now - timedelta(days=1)
    found = city.store.awaited_most(since, 10)
    assert [one.partition("@")[0] for one in found if one.startswith("kasi.")] == [
        "kasi.jalan",
        "kasi.pedestrian",
        "kasi.jembatan",
    ]
    assert city.store.awaited_most(since, 2) == found[:2]


@pytest.mark.real
@needs_dovecot
def test_seen_while_its_owner_was_away_is_doubted() -> None:
    """Dovecot's own times of logins: ours as master do not count, an old one is a doubt, a new one ends it."""
    folder = Path(tempfile.mkdtemp(prefix="logins-"))
    folder.chmod(0o777)  # Dovecot writes it as the mail user
    file = folder / "logins"
    extra = (
        "protocol imap {\n  mail_plugins = $mail_plugins last_login\n}\n"
        f"plugin {{\n  last_login_dict = file:{file}\n  last_login_key = last-login/%{{auth_user}}\n}}\n"
    )
    with Dovecot(users=[KASI], extra=extra) as d:
        d.deliver(KASI, raw(1))
        logins = Logins(file)
        way = WayIn("127.0.0.1", d.imap_port, "none", Login.MASTER, user=MASTER[0], secret=MASTER[1])
        box, letters = Watched(account_for(KASI, way)), wanted(1)
        assert logins.last(KASI) is None
        assert box.look(letters) == [(1, "delivered", "INBOX", None)]
        until(file.exists)
        assert logins.last(KASI) is None
        old = int(time.time()) - 3 * 86_400
        file.write_text(f"shared/last-login/{KASI}\n{old}\n")
        file.chmod(0o666)
        box.last_login = logins.last(KASI)
        assert box.last_login == datetime.fromtimestamp(old, UTC)
        d.doveadm("flags", "add", "-u", KASI, "\\Seen", "mailbox", "INBOX", "all")
        assert box.look(letters) == [(1, "seen", "INBOX", "no_login")]
        with IMAPClient("127.0.0.1", d.imap_port, ssl=False) as client:
            client.login(KASI, PASSWORD)
            client.select_folder("INBOX")
            client.add_flags([1], [b"\\Flagged"])
        until(lambda: (logins.last(KASI) or box.last_login or box.now) > box.now - timedelta(days=1))
        box.last_login = logins.last(KASI)
        assert box.look(letters) == [(1, "seen", "INBOX", None)]


def test_a_file_of_logins_that_lies_or_is_not_there_tells_nothing(tmp_path: Path) -> None:
    """Nonsense in the file is left out, a missing file is no fault, and it is read again when it changes."""
    file = tmp_path / "logins"
    logins = Logins(file)
    assert logins.last(KASI) is None
    file.write_bytes(b"shared/last-login/Kasi@kota.test\n1700000000\nx\n99999999999999\n\xff\nabc\nlast")
    assert logins.last(KASI) == datetime.fromtimestamp(1_700_000_000, UTC)
    assert logins.last("x") is None
    os.utime(file, ns=(1, 1))
    file.unlink()
    assert logins.last(KASI) is None
