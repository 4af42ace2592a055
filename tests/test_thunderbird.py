"""An official opens letters in Thunderbird, on a screen that nobody sees; the watcher notes each, and only those."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from mail.imap import Login, WayIn, account_for
from mail.watch import Wanted
from tests.dovecot import MASTER, PASSWORD, Dovecot, needs_dovecot
from tests.test_watch import Watched, raw, wanted

KASI = "kasi@kota.test"
MISSING = [name for name in ("thunderbird", "Xvfb", "xdotool") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.real,
    pytest.mark.soak,
    pytest.mark.timeout(180),
    needs_dovecot,
    pytest.mark.skipif(bool(MISSING), reason=f"{', '.join(MISSING)}: not installed"),
]


def profile(folder: Path, port: int) -> None:
    """A profile with one account and nothing that asks questions at the first start."""
    server, identity = "mail.server.server1", "mail.identity.id1"
    settings: dict[str, object] = {
        "mail.accountmanager.accounts": "account1",
        "mail.accountmanager.defaultaccount": "account1",
        "mail.account.account1.identities": "id1",
        "mail.account.account1.server": "server1",
        f"{identity}.fullName": "Kepala Seksi",
        f"{identity}.useremail": KASI,
        f"{identity}.valid": True,
        f"{server}.type": "imap",
        f"{server}.hostname": "127.0.0.1",
        f"{server}.port": port,
        f"{server}.userName": KASI,
        f"{server}.name": KASI,
        f"{server}.socketType": 0,
        f"{server}.authMethod": 3,
        f"{server}.login_at_startup": True,
        f"{server}.check_new_mail": True,
        "app.donation.eoy.version.viewed": 999,
        "app.update.enabled": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
        "extensions.update.enabled": False,
        "mail.provider.suppress_dialog_on_startup": True,
        "mail.rights.version": 1,
        "mail.shell.checkDefaultClient": False,
        "mail.spotlight.firstRunDone": True,
        "mailnews.start_page.enabled": False,
        "mailnews.start_page_override.mstone": "ignore",
        "network.proxy.type": 0,
    }
    folder.mkdir()
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items())
    (folder / "prefs.js").write_text("".join(lines))


class Screen:
    """A display of its own; keys go to the window that has the focus."""

    def __init__(self, display: str, home: Path) -> None:
        self.environment = {
            "DISPLAY": display,
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "MOZ_DISABLE_CONTENT_SANDBOX": "1",
            "NO_AT_BRIDGE": "1",
        }

    def do(self, *words: str) -> str:
        """One command of xdotool; what it says."""
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def focus(self, title: str) -> bool:
        """Give a window the focus, if it is there."""
        found = self.do("search", "--onlyvisible", "--name", title).split()
        if found:
            self.do("windowfocus", "--sync", found[0])
        return bool(found)


@contextmanager
def screen(home: Path) -> Iterator[Screen]:
    """A display without a screen, on a free number."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield Screen(f":{told.readline().strip()}", home)
    finally:
        end(server)


def end(process: subprocess.Popen[bytes]) -> None:
    """End it, in order if it will."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
        return
    process.kill()
    process.wait(10)


def until(true: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait for another program."""
    end_ = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end_, what
        time.sleep(0.3)


def opened(x: Screen, box: Watched, letters: list[Wanted]) -> list[object]:
    """What the watcher notes when the next unread mail is shown; the key is pressed again until the list is there."""
    for _ in range(15):
        x.focus(f"{KASI}.*Thunderbird")
        x.do("key", "n")
        for _ in range(12):
            time.sleep(0.3)
            if seen := box.look(letters):
                return list(seen)
    return []


def test_opened_in_thunderbird(tmp_path: Path) -> None:
    """Fetching and listing the inbox is not seen; each letter is when it is shown, one after the other."""
    with Dovecot(users=[KASI]) as d, screen(tmp_path) as x:
        for n in (1, 2):
            d.deliver(KASI, raw(n, f"Surat {n}"))
        way = WayIn("127.0.0.1", d.imap_port, "none", Login.MASTER, user=MASTER[0], secret=MASTER[1])
        box, letters = Watched(account_for(KASI, way)), wanted(1, 2)
        assert {f[1] for f in box.look(letters)} == {"delivered"}
        profile(tmp_path / "profile", d.imap_port)
        program = subprocess.Popen(
            ["thunderbird", "--no-remote", "--profile", str(tmp_path / "profile")],
            env=x.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            until(lambda: x.focus("assword"), "no window asked for the password")
            x.do("type", PASSWORD)
            x.do("key", "Return")
            until(lambda: x.focus(f"Inbox.*{KASI}"), "the inbox did not open")
            time.sleep(3)  # it fetches the headers, and shows nothing by itself
            assert box.look(letters) == []
            for n in (1, 2):
                assert opened(x, box, letters) == [(n, "seen", "INBOX", None)]
        finally:
            end(program)
