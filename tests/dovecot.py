"""A real Dovecot (Debian's package) for tests: IMAP and LMTP on free ports of 127.0.0.1, in a temporary folder.

    with Dovecot(users=["kasi@kota.test"]) as d:
        d.deliver("kasi@kota.test", b"Subject: ...")
        imaplib.IMAP4("127.0.0.1", d.imap_port).login("kasi@kota.test", d.passwords["kasi@kota.test"])

It works as root (mail processes run as `mail_user`, because Dovecot refuses uid 0) and as an ordinary user. Mail lies
at `d.maildir(user)`; everything is started in a process group of its own and ended by that group's id.
"""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType

import pytest

PATH = "/usr/sbin:/usr/local/sbin:/usr/bin:/bin:" + os.environ.get("PATH", "")
BINARY = shutil.which("dovecot", path=PATH)
needs_dovecot = pytest.mark.skipif(BINARY is None, reason="dovecot is not installed")

PASSWORD = "rahasia"
MASTER = ("pengawas", "kunci-pengawas")

# Folders of a mailbox with the special uses that Debian's 15-mailboxes.conf gives them; Archive is what mail programs
# of officials use. `auto = create` so that a move needs no CREATE in each test.
FOLDERS = """
namespace inbox {
  inbox = yes
  separator = /
  mailbox Archive {
    auto = create
    special_use = \\Archive
  }
  mailbox Drafts {
    special_use = \\Drafts
  }
  mailbox Junk {
    special_use = \\Junk
  }
  mailbox Sent {
    special_use = \\Sent
  }
  mailbox Trash {
    auto = create
    special_use = \\Trash
  }
}
"""


def free_port() -> int:
    """A port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _traversable(folder: Path) -> bool:
    """Whether any user may walk down to the folder (pytest's own temporary folders are 0700)."""
    return all(p.stat().st_mode & 0o001 for p in [folder, *folder.parents])


class Dovecot:
    """One running Dovecot; use it as a context manager.

    `users` are addresses (all with `PASSWORD`) or a mapping of address to password. `static_password` makes every user
    exist, with that password, instead of the passwd-file (for thousands of mailboxes). `master` is (name, password) of
    the master user, None for none. `service_count` is how many logins one process serves (None is Debian's default, a
    process per login). `acl` adds the shared namespace `Other Users/`. `quota` is a rule such as "1M". `tls` adds IMAPS
    with a self-signed certificate at `ca_file`. `oauth2` is the text of an oauth2 passdb. `extra` is appended as it is.
    """

    def __init__(
        self,
        folder: Path | None = None,
        users: Iterable[str] | Mapping[str, str] = (),
        *,
        static_password: str | None = None,
        master: tuple[str, str] | None = MASTER,
        service_count: int | None = None,
        acl: bool = False,
        quota: str | None = None,
        tls: bool = False,
        oauth2: str | None = None,
        extra: str = "",
        mail_user: str = "nobody",
    ) -> None:
        self.passwords = dict(users) if isinstance(users, Mapping) else dict.fromkeys(users, PASSWORD)
        self.static_password = static_password
        self.master = master
        self.service_count = service_count
        self.acl, self.quota, self.tls, self.oauth2, self.extra = acl, quota, tls, oauth2, extra
        self.root = os.geteuid() == 0
        self.mail_user = mail_user if self.root else pwd.getpwuid(os.geteuid()).pw_name
        # Unix sockets lie below it: the path must be short, and the mail user must be able to walk to it.
        self._own = folder is None or len(str(folder)) > 60 or (self.root and not _traversable(folder))
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-")) if self._own or folder is None else folder
        self.imap_port = self.lmtp_port = self.imaps_port = 0
        self._process: subprocess.Popen[bytes] | None = None

    # -- life -------------------------------------------------------------------------------------------------------

    def __enter__(self) -> Dovecot:
        try:
            self.start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.stop()
        finally:
            self._remove()

    def start(self) -> None:
        """Write the configuration, start, and wait until both ports greet; ports stay the same over restarts."""
        assert BINARY is not None
        self.imap_port = self.imap_port or free_port()
        self.lmtp_port = self.lmtp_port or free_port()
        self.imaps_port = self.imaps_port or (free_port() if self.tls else 0)
        self._write()
        self._process = subprocess.Popen(
            [BINARY, "-F", "-c", str(self.config_file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "stderr").open("ab"),
            start_new_session=True,
            cwd=self.folder,
        )
        for port in (self.imap_port, self.lmtp_port):
            self._await(port)

    def stop(self) -> None:
        """End it in order, as an administrator would; what does not end within 5 s is killed."""
        if self._process is None:
            return
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        self.kill()

    def kill(self) -> None:
        """A crash: SIGKILL to the server and each of its processes; connections break."""
        if self._process is None:
            return
        process, self._process = self._process, None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)

    def restart(self) -> None:
        """Stop (if it runs) and start again on the same ports and mail."""
        self.stop()
        self.start()

    # -- use --------------------------------------------------------------------------------------------------------

    def deliver(self, user: str, raw: bytes, sender: str = "pengirim@luar.test") -> None:
        """Deliver one mail by LMTP; raises smtplib's errors if it is refused."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [user], raw)

    def deliver_many(self, mails: Iterable[tuple[str, bytes]], sender: str = "pengirim@luar.test") -> None:
        """Deliver (user, raw) one after another on one LMTP connection."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
            for user, raw in mails:
                lmtp.sendmail(sender, [user], raw)

    def doveadm(self, *arguments: str) -> str:
        """Run doveadm against this server and give its output; an exit status other than 0 raises."""
        program = shutil.which("doveadm", path=PATH) or "doveadm"
        done = subprocess.run(
            [program, "-c", str(self.config_file), *arguments], capture_output=True, text=True, timeout=60, check=False
        )
        if done.returncode:
            raise RuntimeError(f"doveadm {' '.join(arguments)}: {done.returncode}: {done.stderr}")
        return done.stdout

    def maildir(self, user: str) -> Path:
        """The Maildir of a user (INBOX); folders lie below it as `.Archive`."""
        local, _, domain = user.partition("@")
        return self.folder / "mail" / domain / local / "Maildir"

    def listing(self, user: str) -> list[str]:
        """Each message file below the Maildir with its flags in the name, sorted: what a STORE would change."""
        root = self.maildir(user)
        return sorted(
            str(p.relative_to(root)) for p in root.rglob("*") if p.is_file() and p.parent.name in ("cur", "new")
        )

    @property
    def config_file(self) -> Path:
        """The configuration in use."""
        return self.folder / "dovecot.conf"

    @property
    def ca_file(self) -> Path:
        """The certificate a client must trust (with `tls`)."""
        return self.folder / "cert.pem"

    @property
    def log(self) -> str:
        """What the server logged."""
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    # -- inside -----------------------------------------------------------------------------------------------------

    def _await(self, port: int) -> None:
        end = time.monotonic() + 20
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=5) as s:
                    if s.recv(10):
                        return
            except OSError:
                pass
            ended = self._process is not None and self._process.poll() is not None
            if ended or time.monotonic() > end:
                stderr = (self.folder / "stderr").read_text(errors="replace")
                self.kill()
                raise RuntimeError(f"dovecot did not come up:\n{stderr}\n{self.log}")
            time.sleep(0.02)

    def _remove(self) -> None:
        if self._own:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self) -> None:
        f = self.folder
        f.chmod(0o755)
        account = pwd.getpwnam(self.mail_user)
        mail = f / "mail"
        mail.mkdir(exist_ok=True)
        if self.root:
            os.chown(mail, account.pw_uid, account.pw_gid)
        lines = "".join(f"{user}:{{PLAIN}}{password}::::::\n" for user, password in self.passwords.items())
        self._secret(f / "users", lines)
        if self.master:
            self._secret(f / "masters", f"{self.master[0]}:{{PLAIN}}{self.master[1]}::::::\n")
        if self.oauth2:
            self._secret(f / "oauth2", self.oauth2)
        if self.tls:
            self._certificate()
        self.config_file.write_text(self._config(account))

    @staticmethod
    def _secret(path: Path, text: str) -> None:
        path.write_text(text)
        path.chmod(0o644)  # auth runs as its own user; the whole folder is a test's

    def _certificate(self) -> None:
        command = (
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
        )
        files = ["-keyout", str(self.folder / "key.pem"), "-out", str(self.ca_file)]
        names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
        subprocess.run([*command.split(), *files, *names], check=True, capture_output=True)
        (self.folder / "key.pem").chmod(0o644)

    def _config(self, account: pwd.struct_passwd) -> str:
        f, group = self.folder, grp.getgrgid(account.pw_gid).gr_name
        me = self.mail_user
        plugins = ["acl"] * self.acl + ["quota"] * bool(self.quota)
        imap_plugins = ["imap_acl"] * self.acl + ["imap_quota"] * bool(self.quota)
        per_process = "" if self.service_count is None else f"service_count = {self.service_count}"
        rootless = "" if self.root else f"default_login_user = {me}\ndefault_internal_user = {me}\n"
        rootless += "" if self.root else f"default_internal_group = {group}\n"
        chroot = "" if self.root else "chroot ="
        mail = f"maildir:{f}/mail/%d/%n/Maildir"
        parts = [
            f"base_dir = {f}/run\nstate_dir = {f}/state\nlog_path = {f}/log\ninstance_name = test\n",
            "protocols = imap lmtp\nlisten = 127.0.0.1\nauth_verbose = yes\nauth_failure_delay = 0\n",
            "disable_plaintext_auth = no\nlogin_trusted_networks = 127.0.0.0/8\nfirst_valid_uid = 1\n",
            "mail_fsync = never\n",
            f"auth_mechanisms = plain login{' xoauth2 oauthbearer' if self.oauth2 else ''}\n{rootless}",
            f"mail_location = {mail}\nmail_plugins = {' '.join(plugins)}\n{FOLDERS}",
            # A watcher that keeps a connection per mailbox needs as many processes as mailboxes.
            "default_process_limit = 3000\ndefault_client_limit = 6000\nmail_max_userip_connections = 100\n",
            f"service imap-login {{\n  {chroot}\n  {per_process}\n"
            f"  inet_listener imap {{\n    port = {self.imap_port}\n  }}\n"
            f"  inet_listener imaps {{\n    port = {self.imaps_port}\n    ssl = {'yes' if self.tls else 'no'}\n"
            "  }\n}\n",
            f"service imap {{\n  {per_process}\n  process_limit = 3000\n}}\n",
            f"service lmtp {{\n  user = {me}\n  inet_listener lmtp {{\n    address = 127.0.0.1\n"
            f"    port = {self.lmtp_port}\n  }}\n}}\n",
            f"service anvil {{\n  {chroot}\n  client_limit = 12000\n"
            # No growing delay after wrong passwords: tests give many on purpose.
            "  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}\n"
            f"service auth {{\n  client_limit = 12000\n}}\n",
            "service stats {\n  client_limit = 12000\n}\n",
            f"protocol imap {{\n  mail_plugins = {' '.join(plugins + imap_plugins)}\n}}\n",
            f"userdb {{\n  driver = static\n  args = uid={account.pw_uid} gid={account.pw_gid} home={f}/mail/%d/%n"
            f"{' allow_all_users=yes' if self.static_password is not None else ''}\n}}\n",
        ]
        if self.master:
            parts.append("auth_master_user_separator = *\n")
            parts.append(f"passdb {{\n  driver = passwd-file\n  args = {f}/masters\n  master = yes\n}}\n")
        if self.oauth2:
            parts.append(f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {f}/oauth2\n}}\n")
        if self.static_password is not None:
            parts.append(f"passdb {{\n  driver = static\n  args = password={self.static_password}\n}}\n")
        else:
            parts.append(f"passdb {{\n  driver = passwd-file\n  args = username_format=%u {f}/users\n}}\n")
        if self.tls:
            parts.append(f"ssl = yes\nssl_cert = <{self.ca_file}\nssl_key = <{f}/key.pem\n")
        else:
            parts.append("ssl = no\n")
        if self.acl:
            # acl_user: else a master user has only the rights that ACLs give to the master's own name.
            parts.append(
                "namespace others {\n  type = shared\n  separator = /\n  prefix = Other Users/%%u/\n"
                f"  location = maildir:{f}/mail/%%d/%%n/Maildir:INDEXPVT=~/shared/%%u\n  list = children\n"
                f"  subscriptions = no\n}}\nplugin {{\n  acl = vfile\n  acl_user = %u\n"
                f"  acl_shared_dict = file:{f}/mail/shared\n}}\n"
            )
        if self.quota:
            parts.append(f"plugin {{\n  quota = maildir:User quota\n  quota_rule = *:storage={self.quota}\n}}\n")
        return "".join(parts) + self.extra
