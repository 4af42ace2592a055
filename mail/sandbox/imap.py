"""The sandbox's IMAP server: pymap over Maildirs, with the accounts given by the estate instead of password files.

pymap's Maildir backend reads users from files and its own proxy authorisation does not work; here the login is ours:
an account's password, or the master's for any account (`account*master`, or SASL PLAIN with an authorization identity).
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from mailbox import MaildirMessage
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.maildir import Config, FilterSet, Login, Session
from pymap.backend.maildir import Identity as FileIdentity
from pymap.backend.maildir.io import FileWriteable
from pymap.backend.maildir.layout import MaildirLayout
from pymap.backend.maildir.mailbox import MailboxSet, Maildir
from pymap.concurrent import Subsystem
from pymap.exceptions import AuthorizationFailure, InvalidAuth
from pymap.imap import IMAPServer
from pymap.user import UserMetadata
from pysasl.creds.server import ServerCredentials
from pysasl.hashing import Cleartext

from mail.sandbox import maildir

FOLDERS = ("Archive", "Sent", "Trash")


def _write_beside(self: Any) -> None:
    """Replace the file atomically through a temporary one in the same folder.

    pymap makes it in the system's temporary folder, and a rename from there fails when that is another file system.
    """
    target = self.get_file(self.path)
    with NamedTemporaryFile("w", delete=False, dir=os.path.dirname(target)) as temporary:
        self.write(temporary)
    os.rename(temporary.name, target)
    self._touched = False


FileWriteable.file_write = _write_beside  # type: ignore[method-assign]


class _Maildir(Maildir):
    """Gives and copies a mail's own bytes; pymap would parse it and write it anew, and copy the flags only."""

    def iterkeys(self) -> Iterator[str]:
        # pymap numbers mails as they come from here, and a folder's listing has no order: the names have.
        yield from sorted(super().iterkeys())

    def get_message(self, key: str) -> bytes:  # type: ignore[override]
        return maildir.crlf(Path(self._join(self._lookup(key))).read_bytes())

    def get_message_metadata(self, key: str) -> MaildirMessage:
        message = super().get_message_metadata(key)
        message.source = (self, key)  # type: ignore[attr-defined]
        return message

    def _dump_message(self, message: Any, target: Any, mangle_from_: bool = False) -> None:
        source: tuple[_Maildir, str] | None = getattr(message, "source", None)
        if source is None:
            super()._dump_message(message, target, mangle_from_)
        else:
            target.write(source[0].get_message(source[1]))


class _Config(Config):
    """pymap's settings; its own greeting asks the DNS for this host's name, which may take seconds."""

    @property
    def greeting(self) -> bytes:
        return b"IMAP4rev1 ready"


class _Identity(FileIdentity):
    """One account whose Maildir lies in the estate."""

    @asynccontextmanager
    async def new_session(self) -> AsyncIterator[Session]:
        path = maildir.home(Path(self.config.base_dir), self.name)
        for name in ("", *FOLDERS):
            folder = path / f".{name}" if name else path
            if not (folder / "cur").is_dir():
                maildir.create(folder)
                if name:
                    (folder / "maildirfolder").touch()
        layout = MaildirLayout.get(str(path), "++", _Maildir)
        yield Session(
            self.name, self.config, MailboxSet(_Maildir(str(path), create=False), layout), FilterSet(str(path))
        )


class _Login(Login):
    """Passwords from the estate; the master may act for any account."""

    def __init__(self, config: Config, accounts: Mapping[str, str], master: tuple[str, str] | None) -> None:
        super().__init__(config)
        self._accounts, self._master = accounts, master

    async def authenticate(self, credentials: ServerCredentials) -> _Identity:
        name, _, master = credentials.authcid.partition("*")
        is_master = self._master is not None and self._master[0] in (name, master)
        password = self._master[1] if is_master and self._master else self._accounts.get(name.lower())
        known = UserMetadata(self.config, credentials.authcid, password=password)
        if (master and not is_master) or not credentials.verify(known):
            raise InvalidAuth()
        return _Identity(self.config, self.tokens, name.lower(), None, {"admin"} if is_master else set())

    async def authorize(self, authenticated: Any, authzid: str) -> _Identity:
        wanted = authzid.partition("*")[0].lower()
        if wanted not in self._accounts or (wanted != authenticated.name and "admin" not in authenticated.roles):
            raise AuthorizationFailure()
        return _Identity(self.config, self.tokens, wanted, None, authenticated.roles)


def server(root: Path, accounts: Mapping[str, str], master: tuple[str, str] | None) -> Callable[..., Any]:
    """A callback for `asyncio.start_server`, through pymap's proxy protocol reader (which finds the peer)."""
    arguments = Namespace(passlib_cfg=None, proxy_protocol=None)
    config = _Config(
        arguments,
        base_dir=str(root),
        layout="++",
        colon=None,
        host=None,
        port=0,
        tls_enabled=False,
        hash_context=Cleartext(),
        subsystem=Subsystem.for_asyncio(),
        invalid_user_sleep=0.0,
    )
    config.apply_context()
    return ProxyProtocolReader(config.proxy_protocol).get_callback(IMAPServer(_Login(config, accounts, master), config))
