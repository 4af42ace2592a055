"""A connection that reads mailboxes and cannot change them: EXAMINE, STATUS, FETCH with PEEK, SEARCH, LIST; no more.

Every failure is one of four: Broken (the connection or server), Refused (this login), Denied (the server answers, but
not for this mailbox), NoFolder (this folder).
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from imapclient.datetime_util import parse_to_datetime
from imapclient.exceptions import IMAPClientError, LoginError
from imapclient.response_parser import parse_response

from engine.errors import Permanent, Temporary
from mail.imap.account import Account, Login, is_loopback
from mail.imap.tokens import Tokens
from mail.imap.wire import Leash, LeashedClient, Limits

MESSAGE_ID = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"
_MESSAGE_ID_KEY = b"BODY[HEADER.FIELDS"
_ID = re.compile(rb"<([^<>\s]{1,996})>")


class Broken(Temporary):
    """The connection or the server failed; another try may succeed, for other mailboxes as well as this one."""


class Refused(Temporary):
    """The server let nobody in by this login; other mailboxes of the server may work."""


class Denied(Temporary):
    """The server let us in but says NO for this mailbox: rights, a damaged index, or trouble that passes."""


class NoFolder(Temporary):
    """The folder is not there (any more)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder's state; `modseq` is 0 where the server counts no changes (RFC 7162)."""

    uidvalidity: int
    uidnext: int
    messages: int
    modseq: int


@dataclass(frozen=True, slots=True)
class Item:
    """What one FETCH response said of one message; what it did not say is None."""

    uid: int
    flags: frozenset[str] | None = None
    modseq: int = 0
    arrived: datetime | None = None
    message_id: str | None = None
    raw: bytes | None = field(default=None, repr=False)


class Client:
    """One logged-in connection; not for two threads at once. Made by `connect`."""

    def __init__(self, client: LeashedClient, leash: Leash) -> None:
        self._client, self._leash = client, leash
        capabilities = {c.decode("ascii", "replace").upper() for c in client.capabilities()}
        self.condstore = "CONDSTORE" in capabilities or "QRESYNC" in capabilities
        self.can_unselect = "UNSELECT" in capabilities
        self.can_idle = "IDLE" in capabilities
        self.can_quota = "QUOTA" in capabilities
        self._selected: str | None = None

    def begin(self) -> None:
        """A new visit: the deadline and the allowance of bytes start afresh, and nothing is left of the last one."""
        self._leash.renew()
        self._client._imap.untagged_responses.clear()

    def status(self, folder: str) -> Opened | None:
        """The folder's state without opening it; None if this server cannot say so reliably."""
        if not self.condstore or (self._selected is not None and not self.can_unselect):
            return None
        with guard():
            if self._selected is not None:  # STATUS of the selected mailbox may be stale (RFC 3501 section 6.3.10)
                self._client.unselect_folder()
                self._selected = None
            wanted = ["UIDVALIDITY", "UIDNEXT", "MESSAGES", "HIGHESTMODSEQ"]
            try:
                numbers = self._client.status(folder, wanted)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as e:
                raise self._why(folder, e) from e
            return Opened(*numbers)

    def examine(self, folder: str) -> Opened:
        """Open the folder read-only; its state at that moment."""
        with guard():
            self._selected = None
            try:
                answer = self._client.examine(folder, condstore=self.condstore)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as e:
                raise self._why(folder, e) from e
            if answer.get(b"READ-WRITE"):
                raise Broken("the server opened a folder for writing although it was asked not to")
            self._selected = folder
            return Opened(
                int(answer[b"UIDVALIDITY"]),
                int(answer.get(b"UIDNEXT", 0)),
                int(answer[b"EXISTS"]),
                int(answer.get(b"HIGHESTMODSEQ", 0)),
            )

    def fetch(
        self, uids: str | Sequence[int], items: Sequence[str] = ("FLAGS",), *, changed_since: int = 0
    ) -> dict[int, Item]:
        """What the server says of these UIDs (numbers, or a set such as `7:*`); BODY only with PEEK.

        Responses without a UID are news of other messages and are left out: IMAPClient would take the sequence number
        for a UID and so another message's flags for this one's.
        """
        names = " ".join(items)
        if re.search(r"BODY\[|RFC822(?!\.SIZE)", names):
            raise ValueError("only BODY.PEEK leaves a mail unread")
        which = uids if isinstance(uids, str) else _set(uids)
        if not which:
            return {}
        with guard():
            extra = [f"(CHANGEDSINCE {changed_since})"] if changed_since else []
            imap = self._client._imap
            imap.untagged_responses.pop("FETCH", None)
            kind, data = imap.uid("FETCH", which, f"(UID {names})", *extra)
            if kind != "OK":
                raise Denied("FETCH was refused")
            return _items(data)

    def search(self, criteria: Sequence[Any]) -> list[int]:
        """UIDs of the open folder, ascending."""
        with guard():
            return sorted({int(uid) for uid in self._client.search(list(criteria))})

    def folders(self, below: str = "") -> list[tuple[str, frozenset[str]]]:
        """Folders that can be opened, with attributes in lower case; with `below`, that one and those below it."""
        with guard():
            found = []
            for flags, delimiter, name in self._client.list_folders():
                attributes = frozenset(bytes(f).decode("ascii", "replace").lower() for f in flags)
                separator = (delimiter or b"/").decode("ascii", "replace")
                if below and name != below and not name.startswith(below + separator):
                    continue
                if not attributes & {"\\noselect", "\\nonexistent"}:
                    found.append((name, attributes))
            return found

    def quota(self, folder: str) -> tuple[int, int] | None:
        """Used and allowed KiB (RFC 9208), None where the server tells none."""
        if not self.can_quota:
            return None
        with guard():
            _, quotas = self._client.get_quota_root(folder)
            for quota in quotas:
                if str(_text(quota.resource)).upper() == "STORAGE":
                    return int(quota.usage), int(quota.limit)
            return None

    def idle(self, seconds: float) -> bool:
        """Wait for news of the open folder (RFC 2177) for at most so long; whether there was any."""
        with guard():
            self._leash.deadline += seconds
            return self._client.wait_for_news(seconds)

    @property
    def certificate_ends(self) -> str | None:
        """When the server's certificate ends, in the words of `ssl`; None without TLS."""
        ends = None
        if isinstance(self._client._imap.sock, ssl.SSLSocket):
            ends = (self._client._imap.sock.getpeercert() or {}).get("notAfter")
        return ends if isinstance(ends, str) else None

    def close(self) -> None:
        """Log out; never raises, and does not wait long."""
        with suppress(Exception):
            self._leash.deadline = min(self._leash.deadline, _soon())
            self._client.logout()
        self.abort()

    def abort(self) -> None:
        """Break the connection at once, from any thread."""
        self._leash.abort()
        with suppress(Exception):
            self._client._imap.sock.close()

    def _why(self, folder: str, error: Exception) -> Exception:
        """NoFolder only if the server's list confirms it: NO has many reasons, and most pass."""
        try:
            listed = {name for name, _ in self.folders()}
        except Temporary as e:
            return e
        # An inbox is always there; a list without any folder proves nothing.
        if folder.upper() != "INBOX" and listed and folder not in listed:
            return NoFolder(f"no folder {folder!r}")
        return Denied(_short(error))


C = TypeVar("C", bound=Client)


def connect(account: Account, tokens: Tokens | None = None, limits: Limits | None = None) -> Client:
    """A connection that can only read; see `connect_as`."""
    return connect_as(Client, account, tokens, limits)


def connect_as(kind: type[C], account: Account, tokens: Tokens | None, limits: Limits | None) -> C:
    """Connect and log in; TLS is verified against `ca_file` or the system's authorities.

    Raises Broken (server), Refused (login), Temporary or Permanent of the token endpoint.
    """
    way = account.way
    if way.tls == "none" and not is_loopback(way.host):
        raise Permanent("a login without TLS is allowed on this machine only")
    leash = Leash(limits or Limits())
    leash.renew()
    with guard():
        context = ssl.create_default_context(cafile=way.ca_file) if way.tls != "none" else None
        try:
            client = LeashedClient(way.host, way.port, leash, context if way.tls == "tls" else None)
            if way.tls == "starttls":
                client.starttls(context)
            _log_in(client, account, tokens)
            return kind(client, leash)
        except BaseException:
            leash.abort()
            if leash.socket is not None:
                leash.socket.close()
            raise


def _log_in(client: LeashedClient, account: Account, tokens: Tokens | None) -> None:
    way, name = account.way, account.username
    try:
        match way.login:
            case Login.PASSWORD:
                _plain(client, name, way.secret)
            case Login.MASTER:
                _plain(client, f"{name}*{way.user}", way.secret)
            case Login.DELEGATED:
                _plain(client, way.user, way.secret)
            case Login.AUTHZID:
                client.plain_login(way.user, way.secret, name)
            case Login.XOAUTH2 | Login.OAUTHBEARER:
                if tokens is None:
                    raise Permanent("this way in needs a token source")
                try:
                    _bearer(client, way.login, name, tokens.token(way.token, name))
                except LoginError as e:
                    if isinstance(e.__context__, imaplib.IMAP4.abort):
                        raise
                    # The kept token may have been withdrawn before its end: one fresh one, no more.
                    _bearer(client, way.login, name, tokens.token(way.token, name, fresh=True))
    except LoginError as e:
        told = str(e).upper()
        passing = any(code in told for code in ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]"))
        if passing or isinstance(e.__context__, imaplib.IMAP4.abort):
            raise Broken("the server cannot log in anybody now") from None
        raise Refused("the login was refused") from None


def _plain(client: LeashedClient, name: str, password: str) -> None:
    if (name + password).isascii():
        client.login(client._imap._quote(name), password)
    else:
        client.plain_login(name, password)


def _bearer(client: LeashedClient, login: Login, name: str, token: str) -> None:
    if login is Login.XOAUTH2:
        client.oauth2_login(name, token)
    else:
        client.oauthbearer_login(name, token)


def _items(data: Sequence[Any]) -> dict[int, Item]:
    found: dict[int, Item] = {}
    if not data or data == [None]:
        return found
    tokens = iter(parse_response([part for part in data if part is not None]))
    for _sequence, pairs in zip(tokens, tokens, strict=False):
        if not isinstance(pairs, tuple) or len(pairs) % 2:
            raise Broken("a FETCH response that cannot be read")
        said = {bytes(key).upper(): value for key, value in zip(pairs[::2], pairs[1::2], strict=True)}
        if not isinstance(said.get(b"UID"), int):
            continue
        item = _item(said)
        old = found.get(item.uid)
        found[item.uid] = item if old is None else _merged(old, item)
    return found


def _item(said: dict[bytes, Any]) -> Item:
    flags = said.get(b"FLAGS")
    header = next((value for key, value in said.items() if key.startswith(_MESSAGE_ID_KEY)), None)
    match = _ID.search(header) if isinstance(header, bytes) else None
    modseq = said.get(b"MODSEQ")
    date = said.get(b"INTERNALDATE")
    arrived = None
    if isinstance(date, bytes):
        with suppress(ValueError):
            arrived = parse_to_datetime(date, normalise=False)
    return Item(
        uid=said[b"UID"],
        flags=None if flags is None else frozenset(str(_text(f)).lower() for f in flags),
        modseq=int(modseq[0]) if isinstance(modseq, tuple) and modseq else 0,
        arrived=arrived,
        message_id=match[1].decode("utf-8", "surrogateescape") if match else None,
        raw=said.get(b"BODY[]"),
    )


def _merged(old: Item, new: Item) -> Item:
    return Item(
        old.uid,
        new.flags if new.flags is not None else old.flags,
        max(old.modseq, new.modseq),
        new.arrived or old.arrived,
        new.message_id or old.message_id,
        new.raw if new.raw is not None else old.raw,
    )


def _set(uids: Sequence[int]) -> str:
    """A sequence set with runs, so that many UIDs make a short line."""
    parts: list[str] = []
    start = last = 0
    for uid in [*sorted(set(uids)), 0]:
        if start and uid == last + 1:
            last = uid
            continue
        if start:
            parts.append(str(start) if start == last else f"{start}:{last}")
        start = last = uid
    return ",".join(parts)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _short(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:120]}"


def _soon() -> float:
    import time

    return time.monotonic() + 2.0


@contextmanager
def guard() -> Iterator[None]:
    """Turn whatever a hostile or broken server can cause into Broken; programming errors of ours stay visible."""
    try:
        yield
    except (Temporary, Permanent):
        raise
    except (imaplib.IMAP4.abort, OSError, EOFError) as e:
        raise Broken(_short(e)) from e
    except (imaplib.IMAP4.error, IMAPClientError) as e:
        raise Denied(_short(e)) from e
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError) as e:
        # The parsers of imaplib and IMAPClient raise these on nonsense.
        raise Broken(f"the server's answer cannot be read: {_short(e)}") from e
