"""A real Cyrus (Debian's packages) for tests: IMAP on a free port of 127.0.0.1, in a temporary folder.

Its package cannot stand beside Dovecot's on one machine, so `deploy/install-servers programs` unpacks it below
build/cyrus without installing it.
"""

from __future__ import annotations

import contextlib
import imaplib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

import pytest

from tests.dovecot import free_port

ROOT = Path(os.environ.get("SIBADRA_CYRUS", Path(__file__).parent.parent / "build" / "cyrus"))
MASTER = ROOT / "usr/lib/cyrus/bin/master"
needs_cyrus = pytest.mark.skipif(not MASTER.exists(), reason="cyrus is not unpacked")
ADMIN = ("cyrus", "kunci-cyrus")
PROXY = ("sibadra", "kunci-wakil")
PASSWORD = "rahasia"
DOMAIN = "kota.test"


class Cyrus:
    """One running Cyrus with a proxy user and these mailboxes; use it as a context manager."""

    def __init__(self, users: list[str]) -> None:
        self.users, self.port = users, free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="cyrus-"))
        libraries = f"{ROOT}/usr/lib/x86_64-linux-gnu:{ROOT}/lib/x86_64-linux-gnu"
        self.environment = {"LD_LIBRARY_PATH": libraries, "PATH": f"{MASTER.parent}:{os.environ['PATH']}"}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Cyrus:
        try:
            self._write()
            with (self.folder / "out").open("wb") as out:
                self._process = subprocess.Popen(
                    [MASTER, "-D", *self._files()],
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                )
            with self.admin() as admin:
                for user in self.users:
                    assert admin.create(f"user/{user}")[0] == "OK"
                    assert admin.setacl(f"user/{user}", ADMIN[0], "lrswipkxtecda")[0] == "OK"
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(5)
        shutil.rmtree(self.folder, ignore_errors=True)

    def login(self, user: str, password: str) -> imaplib.IMAP4:
        """A logged-in connection; waits for the server to come up."""
        end = time.monotonic() + 20
        while True:
            with contextlib.suppress(OSError, imaplib.IMAP4.abort):
                client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
                client.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
                return client
            assert time.monotonic() < end, (self.folder / "out").read_text()
            time.sleep(0.1)

    def admin(self) -> imaplib.IMAP4:
        """The administrator's connection."""
        return self.login(*ADMIN)

    def deliver(self, user: str, mail: bytes) -> None:
        """Put a mail into an inbox."""
        with self.admin() as admin:
            assert admin.append(f"user/{user}", "", "", mail)[0] == "OK"

    def _files(self) -> list[str]:
        f = self.folder
        return ["-C", f"{f}/imapd.conf", "-M", f"{f}/cyrus.conf", "-p", f"{f}/run/pid"]

    def _write(self) -> None:
        f = self.folder
        me = "mail" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        for name in ("conf", "spool", "run/proc", "run/lock"):
            (f / name).mkdir(parents=True)
        sockets = "".join(f"{name}socket: {f}/run/{name}\n" for name in ("lmtp", "idle", "notify"))
        (f / "imapd.conf").write_text(
            f"configdirectory: {f}/conf\npartition-default: {f}/spool\ndefaultpartition: default\n"
            f"cyrus_user: {me}\nadmins: {ADMIN[0]}\nproxyservers: {PROXY[0]}\nallowplaintext: yes\n"
            f"sasl_mech_list: PLAIN\nsasl_pwcheck_method: auxprop\nsasl_auxprop_plugin: sasldb\n"
            f"sasl_sasldb_path: {f}/sasldb2\nunixhierarchysep: yes\naltnamespace: yes\nvirtdomains: userid\n"
            f"defaultdomain: {DOMAIN}\nservername: {DOMAIN}\nproc_path: {f}/run/proc\nmboxname_lockpath: {f}/run/lock\n"
            f"{sockets}"
        )
        programs, listen = MASTER.parent, f'listen="127.0.0.1:{self.port}" proto="tcp4"'
        (f / "cyrus.conf").write_text(
            f'START {{\n  recover cmd="{programs}/ctl_cyrusdb -C {f}/imapd.conf -r"\n}}\n'
            f'SERVICES {{\n  imap cmd="{programs}/imapd -C {f}/imapd.conf" {listen}\n}}\n'
            "EVENTS {\n}\n"
        )
        for name, password in (ADMIN, PROXY, *((u.partition("@")[0], PASSWORD) for u in self.users)):
            subprocess.run(
                [ROOT / "usr/sbin/saslpasswd2", "-p", "-c", "-u", DOMAIN, "-f", f / "sasldb2", name],
                input=password.encode(),
                env=self.environment,
                check=True,
                capture_output=True,
            )
        if os.geteuid() == 0:
            for path in (f, *f.rglob("*")):
                shutil.chown(path, me)
