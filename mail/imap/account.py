"""How to get into one mailbox: server, TLS, login and the folder that is its inbox; from the settings of a domain."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from engine.errors import BadSetting


class Login(StrEnum):
    """Ways to log in.

    password    the mailbox's own name and password
    master      LOGIN as `mailbox*master` with the master's password (Dovecot, auth_master_user_separator)
    authzid     SASL PLAIN as the master with the mailbox as authorization identity (RFC 4616; Dovecot, Cyrus)
                (for both: where Dovecot's ACL plugin is on, it needs `acl_user = %u`, else the master may read nothing)
    delegated   an account of ours to which the mailboxes are delegated by ACL (RFC 4314)
    xoauth2     a bearer token by XOAUTH2 (Google Workspace, Microsoft 365)
    oauthbearer a bearer token by OAUTHBEARER (RFC 7628)
    """

    PASSWORD = "password"
    MASTER = "master"
    AUTHZID = "authzid"
    DELEGATED = "delegated"
    XOAUTH2 = "xoauth2"
    OAUTHBEARER = "oauthbearer"


@dataclass(frozen=True, slots=True)
class WayIn:
    """How the mailboxes of a domain (or one mailbox) are reached.

    `tls` is "tls" (implicit, port 993), "starttls" or "none"; "none" only for this machine. `user` is the master's or
    our delegated account's name. `username` is what the mailbox is called at login; `{mailbox}`, `{local}` and
    `{domain}` in it stand for the address and its parts, and in `folder` too: the inbox, for delegated mailboxes
    such as `Other Users/{mailbox}`. `secret` is the password; `token` names the token source of the settings.
    """

    host: str
    port: int = 993
    tls: str = "tls"
    login: Login = Login.PASSWORD
    username: str = "{mailbox}"
    user: str = ""
    secret: str = field(default="", repr=False)
    token: str = ""
    folder: str = "INBOX"
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A way in, made ready for one mailbox; `key` names the connection that serves it."""

    mailbox: str
    way: WayIn
    username: str
    inbox: str

    @property
    def server(self) -> str:
        """Host and port: what a budget of connections and a pause after failures belong to."""
        return f"{self.way.host}:{self.way.port}"

    @property
    def key(self) -> tuple[str, str, str]:
        """Accounts with the same key may share a connection."""
        return self.server, self.way.login, self.way.user if self.way.login is Login.DELEGATED else self.username


def account_for(mailbox: str, way: WayIn) -> Account:
    """Fill the mailbox into a way in."""
    names = {"{mailbox}": mailbox, "{local}": mailbox.partition("@")[0], "{domain}": mailbox.partition("@")[2]}
    username, inbox = way.username, way.folder
    for name, value in names.items():
        username, inbox = username.replace(name, value), inbox.replace(name, value)
    return Account(mailbox, way, username, inbox)


def is_loopback(host: str) -> bool:
    """Whether the host is this machine, where mail does not cross a wire."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_KEYS = (
    *("host", "port", "tls", "ca_file", "folder"),
    *("login", "username", "user", "secret", "secret_file", "secret_env", "token"),
)
_NEEDS = {
    Login.PASSWORD: (),
    Login.MASTER: ("user",),
    Login.AUTHZID: ("user",),
    Login.DELEGATED: ("user", "folder"),
    Login.XOAUTH2: ("token",),
    Login.OAUTHBEARER: ("token",),
}


def way_from_settings(
    settings: Mapping[str, object], file: str, key: str, environ: Mapping[str, str] = os.environ
) -> WayIn:
    """Check one `[imap.<domain>]` table and read its secret from a file or the environment; raises BadSetting."""

    def bad(name: str, wrong: str, mend: str) -> BadSetting:
        return BadSetting(file, f"{key}.{name}", wrong, mend)

    for name in settings:
        if name not in _KEYS:
            raise bad(name, "is not known", f"use one of {', '.join(_KEYS)}")
    text = {name: str(value) for name, value in settings.items()}
    if not text.get("host"):
        raise bad("host", "is missing", "name the IMAP server, such as imap.kotabogor.go.id")
    try:
        login = Login(text.get("login", "password"))
    except ValueError:
        raise bad("login", f"{text['login']!r} is not a way in", f"use one of {', '.join(Login)}") from None
    tls = text.get("tls", "tls")
    if tls not in ("tls", "starttls", "none"):
        raise bad("tls", f"{tls!r} is not known", "use tls, starttls or none")
    if tls == "none" and not is_loopback(text["host"]):
        raise bad("tls", "passwords would cross the network readable", "use tls or starttls")
    port = text.get("port", "993" if tls == "tls" else "143")
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise bad("port", f"{port!r} is not a port", "use 993 for tls, 143 for starttls")
    for name in _NEEDS[login]:
        if not text.get(name):
            raise bad(name, f"is missing for login = {login}", "see the ways in of the guide for administrators")
    way = WayIn(
        text["host"],
        int(port),
        tls,
        login,
        text.get("username", "{mailbox}"),
        text.get("user", ""),
        token=text.get("token", ""),
        folder=text.get("folder", "INBOX"),
        ca_file=text.get("ca_file"),
    )
    if login in (Login.XOAUTH2, Login.OAUTHBEARER):
        return way
    return replace(way, secret=read_secret(text, "secret", environ, bad))


def read_secret(
    text: Mapping[str, str], name: str, environ: Mapping[str, str], bad: Callable[[str, str, str], BadSetting]
) -> str:
    """The secret `name` from `name_file`, `name_env` or, last, `name` itself; raises what `bad` makes."""
    in_file, in_environment = f"{name}_file", f"{name}_env"
    if in_file in text:
        try:
            path = Path(text[in_file])
            if path.stat().st_mode & 0o077:
                raise bad(in_file, f"others may read {path}", f"chmod 600 {path}")
            return path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeError) as e:
            why = f"{path} cannot be read"
            raise bad(in_file, why, "write the secret alone into that file, for this user only") from e
    if in_environment in text:
        if text[in_environment] not in environ:
            raise bad(in_environment, f"{text[in_environment]} is not set", "set it for the service")
        return environ[text[in_environment]]
    if name in text:
        return text[name]
    raise bad(in_file, "is missing", f"name a file ({in_file}) or variable ({in_environment}) that holds the secret")
