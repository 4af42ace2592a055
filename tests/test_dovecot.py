"""The test server itself: what other tests rely on when they start a real Dovecot."""

from __future__ import annotations

import imaplib
import os
import pwd
import traceback
from pathlib import Path

import pytest

from tests.dovecot import MASTER, PASSWORD, Dovecot, needs_dovecot

pytestmark = [pytest.mark.real, needs_dovecot]

MAIL = b"From: a@luar.test\r\nTo: kasi@kota.test\r\nMessage-ID: <1@luar.test>\r\nSubject: jalan\r\n\r\nIsi.\r\n"


def imap(d: Dovecot, user: str, password: str = PASSWORD) -> imaplib.IMAP4:
    """A logged-in connection of the standard library's client."""
    connection = imaplib.IMAP4("127.0.0.1", d.imap_port)
    connection.login(user, password)
    return connection


def test_mail_is_delivered_and_survives_a_kill(tmp_path: Path) -> None:
    """A mail handed in by LMTP is in the inbox, for the user and the master, before and after a crash."""
    with Dovecot(tmp_path, ["kasi@kota.test", "kabid@kota.test"]) as d:
        d.deliver("kasi@kota.test", MAIL)
        for user, password in [("kasi@kota.test", PASSWORD), (f"kasi@kota.test*{MASTER[0]}", MASTER[1])]:
            assert imap(d, user, password).select("INBOX", readonly=True)[1] == [b"1"]
        d.kill()
        with pytest.raises(OSError, match="refused"):
            imap(d, "kasi@kota.test")
        d.restart()
        assert imap(d, "kasi@kota.test").select("INBOX", readonly=True)[1] == [b"1"]
        assert imap(d, "kabid@kota.test").select("INBOX", readonly=True)[1] == [b"0"]
        assert len(d.listing("kasi@kota.test")) == 1
        assert "messages=1" in d.doveadm("mailbox", "status", "-u", "kasi@kota.test", "messages", "INBOX")


def test_unknown_users_and_wrong_passwords_are_refused() -> None:
    """Mail to an unknown mailbox and a login with a wrong password fail."""
    with Dovecot(users={"kasi@kota.test": "lain"}) as d:
        with pytest.raises(OSError, match="5"):
            d.deliver("tidak.ada@kota.test", MAIL)
        with pytest.raises(imaplib.IMAP4.error):
            imap(d, "kasi@kota.test", PASSWORD)
        imap(d, "kasi@kota.test", "lain").logout()
        folder = d.folder
    assert not folder.exists()


def test_any_user_exists_with_a_static_password_and_reused_processes() -> None:
    """With a static password and processes that serve many logins, mailboxes need no list."""
    with Dovecot(static_password="sama", service_count=200) as d:
        d.deliver_many((f"u{i}@kota.test", MAIL) for i in range(20))
        for i in range(20):
            assert imap(d, f"u{i}@kota.test", "sama").select("INBOX", readonly=True)[1] == [b"1"]


def test_delegated_mailboxes_quota_and_tls() -> None:
    """A shared inbox shows below `Other Users/`, quota is reported, and IMAPS speaks TLS."""
    with Dovecot(users=["kasi@kota.test", "pantau@kota.test"], acl=True, quota="1M", tls=True) as d:
        d.deliver("kasi@kota.test", MAIL)
        d.doveadm("acl", "set", "-u", "kasi@kota.test", "INBOX", "user=pantau@kota.test", "lookup", "read")
        connection = imap(d, "pantau@kota.test")
        assert connection.select('"Other Users/kasi@kota.test"', readonly=True) == ("OK", [b"1"])
        assert b"STORAGE" in imap(d, "kasi@kota.test").getquotaroot("INBOX")[1][1][0]
        imaplib.IMAP4_SSL("127.0.0.1", d.imaps_port).login("kasi@kota.test", PASSWORD)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_it_also_runs_without_root() -> None:
    """An ordinary user can start it too, with the same mail and logins."""
    child = os.fork()  # not a fresh interpreter: it may lie where only root may read
    if child == 0:
        try:
            daemon = pwd.getpwnam("daemon")
            os.setgroups([])
            os.setgid(daemon.pw_gid)
            os.setuid(daemon.pw_uid)
            os.chdir("/")
            with Dovecot(users=["kasi@kota.test"]) as d:
                assert not d.root
                d.deliver("kasi@kota.test", MAIL)
                assert imap(d, "kasi@kota.test").select("INBOX", readonly=True)[1] == [b"1"]
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
