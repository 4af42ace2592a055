"""An official's real mail program opens the letter, and the watcher notes it: mutt on a terminal, and doveadm."""

from __future__ import annotations

import os
import pty
import select
import shutil
import time
from pathlib import Path

import pytest

from mail.imap import Login, WayIn, account_for
from tests.dovecot import MASTER, PASSWORD, Dovecot, needs_dovecot
from tests.test_watch import Watched, raw, wanted

KASI = "kasi@kota.test"
MUTT = shutil.which("mutt")
pytestmark = [pytest.mark.real, needs_dovecot]


class Terminal:
    """A program on a terminal of its own, that can be looked at and typed to."""

    def __init__(self, arguments: list[str], home: Path) -> None:
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            environment = {"HOME": str(home), "TERM": "vt100", "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
            os.execve(arguments[0], arguments, environment)  # noqa: S606
        self.screen = ""

    def until(self, text: str, seconds: float = 20.0) -> None:
        """Read what the program writes until the text appears."""
        end = time.monotonic() + seconds
        while text not in self.screen:
            assert time.monotonic() < end, self.screen[-2000:]
            if select.select([self.master], [], [], 0.1)[0]:
                try:
                    self.screen += os.read(self.master, 65536).decode("utf-8", "replace")
                except OSError:  # the program ended
                    break
        assert text in self.screen, self.screen[-2000:]
        self.screen = ""

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.master, keys.encode())

    def end(self) -> None:
        """Wait for the program's end, or end it."""
        end = time.monotonic() + 5
        while time.monotonic() < end:
            if select.select([self.master], [], [], 0.05)[0]:
                try:
                    os.read(self.master, 65536)
                except OSError:
                    break
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                os.close(self.master)
                return
        os.close(self.master)
        os.waitpid(self.pid, 0)


@pytest.mark.skipif(MUTT is None, reason="mutt is not installed")
def test_opened_in_mutt(tmp_path: Path) -> None:
    """Listing the inbox in mutt is not seen; opening the second letter there makes that one seen."""
    (tmp_path / "Mail").mkdir()
    (tmp_path / ".muttrc").write_text(
        f'set imap_user="{KASI}"\nset imap_pass="{PASSWORD}"\nset ssl_starttls=no\nset ssl_force_tls=no\n'
        "set sort=mailbox-order\nset pager_index_lines=0\nset mark_old=no\nset quit=yes\nunset help\n"
    )
    with Dovecot(users=[KASI]) as d:
        d.deliver(KASI, raw(1, "Surat pertama"))
        d.deliver(KASI, raw(2, "Surat kedua"))
        way = WayIn("127.0.0.1", d.imap_port, "none", Login.MASTER, user=MASTER[0], secret=MASTER[1])
        box, letters = Watched(account_for(KASI, way)), wanted(1, 2)
        assert {f[1] for f in box.look(letters)} == {"delivered"}
        mutt = Terminal(
            [str(MUTT), "-n", "-F", str(tmp_path / ".muttrc"), "-f", f"imap://127.0.0.1:{d.imap_port}/INBOX"], tmp_path
        )
        try:
            mutt.until("Surat kedua")
            assert box.look(letters) == []
            mutt.type("2\r")
            mutt.type("\r")
            mutt.until("Jalan rusak.")
            mutt.type("qq")
        finally:
            mutt.end()
        assert box.look(letters) == [(2, "seen", "INBOX", None)]


def test_marked_by_doveadm() -> None:
    """What the server's own tool marks as read is seen too."""
    with Dovecot(users=[KASI]) as d:
        d.deliver(KASI, raw(1))
        box, letters = Watched(account_for(KASI, WayIn("127.0.0.1", d.imap_port, "none", secret=PASSWORD))), wanted(1)
        box.look(letters)
        d.doveadm("fetch", "-u", KASI, "text", "mailbox", "INBOX", "all")
        assert box.look(letters) == []
        d.doveadm("flags", "add", "-u", KASI, "\\Seen", "mailbox", "INBOX", "all")
        assert box.look(letters) == [(1, "seen", "INBOX", None)]
