"""A real Postfix (Debian's package) for tests: the city's MX and relay on a free port, in a temporary folder.

    with Postfix(engine_lmtp=intake.lmtp_port, dovecot_lmtp=dovecot.lmtp_port, domains=["kota.test"]) as p:
        smtplib.SMTP("127.0.0.1", p.port).sendmail(...)

What goes to the intake's addresses of `intake` (`aduan@`, `aduan+...@`, `pantul+...@`) is handed to the engine by LMTP;
any other local part there is refused at RCPT. What goes to `domains` is handed to Dovecot by LMTP, and bounces if
Dovecot knows no such mailbox. What goes anywhere else bounces. Postfix wants to be started by root and drops to its own
user; elsewhere the tests that need it are skipped.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pytest

PATH = "/usr/sbin:/usr/local/sbin:/usr/bin:/bin:" + os.environ.get("PATH", "")
BINARY = shutil.which("postfix", path=PATH)
REASON = (
    "postfix is not installed" if BINARY is None else "postfix can be started by root only" if os.geteuid() != 0 else ""
)
needs_postfix = pytest.mark.skipif(bool(REASON), reason=REASON or "postfix is there")

# Every service outside a chroot: the temporary folder holds no copies of /etc.
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

MAIN = """
compatibility_level = 3.6
mail_owner = {owner}
setgid_group = postdrop
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mx.{intake}
myorigin = {intake}
mydestination =
local_recipient_maps =
local_transport = error:5.1.1 no local mailboxes here
alias_maps =
alias_database =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
disable_dns_lookups = yes
smtp_host_lookup = native
lmtp_host_lookup = native
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions = reject_unlisted_recipient, permit_mynetworks, reject
recipient_delimiter = +
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = regexp:{folder}/recipients
virtual_transport = {mailboxes}
transport_maps = regexp:{folder}/transport
default_transport = error:5.1.2 no such domain in this test
message_size_limit = 52428800
mailbox_size_limit = 0
virtual_mailbox_limit = 0
notify_classes =
in_flow_delay = 0
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_error_sleep_time = 0
smtpd_peername_lookup = no
smtpd_tls_security_level = none
smtp_tls_security_level = none
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
{extra}
"""


def free_port() -> int:
    """A port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Postfix:
    """One running Postfix; use it as a context manager.

    `engine_lmtp` is the intake's LMTP port on this machine, `dovecot_lmtp` a port there, (host, port), or the path of a
    socket; None for none (mail to it waits in the queue). `intake` is the intake's own domain. `extra` ends main.cf.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        engine_lmtp: int | None = None,
        dovecot_lmtp: int | tuple[str, int] | Path | None = None,
        domains: Sequence[str] = (),
        intake: str = "lapor.kota.test",
        local: str = "aduan",
        bounce_local: str = "pantul",
        extra: str = "",
    ) -> None:
        # Postfix's user has to walk down to it, and sockets below it need a short path: always a folder of our own.
        self.folder = Path(tempfile.mkdtemp(prefix="postfix-"))
        self.kept_log = folder / "postfix.log" if folder else None
        self.engine_lmtp, self.dovecot_lmtp = engine_lmtp, dovecot_lmtp
        self.domains, self.intake = tuple(domains), intake
        self.ours = (local, bounce_local)
        self.extra = extra
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Postfix:
        try:
            self.start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.stop()
        finally:
            self._remove()

    def start(self) -> None:
        """Write the configuration, start, and wait until it greets; the port stays the same over restarts."""
        self._write()
        self._process = subprocess.Popen(
            self._command("start-fg"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "stderr").open("ab"),
            start_new_session=True,
            cwd=self.folder,
        )
        end = time.monotonic() + 30
        while not self._greets():
            if self._process.poll() is not None or time.monotonic() > end:
                stderr = (self.folder / "stderr").read_text(errors="replace")
                self.stop()
                raise RuntimeError(f"postfix did not come up:\n{stderr}\n{self.log}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it as an administrator would: the master it wrote down in its own folder, and its children."""
        if self._process is None:
            return
        process, self._process = self._process, None
        if process.poll() is None:
            subprocess.run(self._command("stop"), check=False, capture_output=True, timeout=30)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)

    def restart(self) -> None:
        """Stop and start again on the same port and queue."""
        self.stop()
        self.start()

    def flush(self) -> None:
        """Try everything that waits in the queue now."""
        subprocess.run(["/usr/sbin/postqueue", "-c", str(self._etc), "-f"], check=True, capture_output=True, timeout=30)

    def queue(self) -> list[str]:
        """What waits in the queue, a line of JSON each."""
        command = ["/usr/sbin/postqueue", "-c", str(self._etc), "-j"]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=30)
        return done.stdout.splitlines()

    def await_empty(self, seconds: float = 20.0) -> None:
        """Wait until everything has been delivered or bounced; TimeoutError with the log if it is not."""
        end = time.monotonic() + seconds
        while waiting := self.queue():
            if time.monotonic() > end:
                raise TimeoutError("\n".join(waiting) + "\n" + self.log)
            time.sleep(0.05)

    @property
    def log(self) -> str:
        """What it logged."""
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    @property
    def _etc(self) -> Path:
        return self.folder / "etc"

    def _command(self, action: str) -> list[str]:
        assert BINARY is not None
        return [BINARY, "-c", str(self._etc), action]

    def _greets(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as s:
                return s.recv(3) == b"220"
        except OSError:
            return False

    def _remove(self) -> None:
        if self.kept_log:
            self.kept_log.write_text(self.log)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self) -> None:
        owner = pwd.getpwnam("postfix")
        self.folder.chmod(0o755)
        for name in ("etc", "queue", "data"):
            (self.folder / name).mkdir(exist_ok=True)
        os.chown(self.folder / "data", owner.pw_uid, owner.pw_gid)
        ours = f"^({'|'.join(map(re.escape, self.ours))})(\\+[^@]*)?@{re.escape(self.intake)}$"
        elsewhere = f"if !/@{re.escape(self.intake)}$/\n/./ ok\nendif\n"
        (self.folder / "recipients").write_text(f"/{ours}/ ok\n{elsewhere}")
        engine = f"/{ours}/ lmtp:inet:[127.0.0.1]:{self.engine_lmtp}\n" if self.engine_lmtp else ""
        (self.folder / "transport").write_text(engine)
        self._etc.joinpath("master.cf").write_text(MASTER.format(port=self.port))
        self._etc.joinpath("main.cf").write_text(
            MAIN.format(
                owner=owner.pw_name,
                folder=self.folder,
                intake=self.intake,
                domains=" ".join([*self.domains, self.intake]),
                mailboxes=self._mailboxes(),
                extra=self.extra,
            )
        )

    def _mailboxes(self) -> str:
        match self.dovecot_lmtp:
            case None:
                return "retry:4.3.0 no mailboxes in this test"
            case Path() as path:
                return f"lmtp:unix:{path}"
            case (str() as host, int() as port):
                return f"lmtp:inet:[{host}]:{port}"
            case port:
                return f"lmtp:inet:[127.0.0.1]:{port}"
