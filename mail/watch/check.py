"""Testing the mandatory mailboxes: does the account exist, accept mail, let us read, and is it opened at all?

The relay is asked by RCPT without sending anything; the mailbox is opened read-only as the watcher does.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType

from engine.errors import Permanent, Temporary
from mail.imap import Account, Client, Refused, Tokens, connect
from mail.imap.wire import Limits

FULL = 0.9  # share of the quota from which a mailbox is about to refuse mail


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of one mailbox now; None is not known.

    `accepts` is the relay's word, `reachable` ours by IMAP, `opened_until` the arrival of the newest mail that is
    marked as read, `quota` used and allowed KiB. `problems` are sentences for people; none means all is well.
    """

    mailbox: str
    exists: bool | None = None
    accepts: bool | None = None
    reachable: bool | None = None
    opened_until: datetime | None = None
    unread: int | None = None
    quota: tuple[int, int] | None = None
    problems: tuple[str, ...] = ()


class Probe:
    """Asks one relay by RCPT whether it takes mail for an address, over one connection; nothing is ever sent.

    `reverse_path` "" is the null reverse-path: an answer that depends on the sender would not tell about the mailbox.
    """

    def __init__(self, host: str, port: int, reverse_path: str = "", timeout: float = 30.0) -> None:
        self._host, self._port, self._reverse_path, self._timeout = host, port, reverse_path, timeout
        self._relay: smtplib.SMTP | None = None

    def __enter__(self) -> Probe:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._relay is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._relay.quit()

    def ask(self, address: str) -> tuple[int, str]:
        """The relay's reply, code and text; code 0 if it could not be asked."""
        for fresh in (self._relay is None, True):
            try:
                if fresh:
                    self._relay = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
                    self._relay.ehlo_or_helo_if_needed()
                return self._once(address)
            except (smtplib.SMTPException, OSError, ValueError) as e:
                failed, self._relay = type(e).__name__, None
                if fresh:
                    break
        return 0, failed

    def _once(self, address: str) -> tuple[int, str]:
        relay = self._relay
        if relay is None:
            raise OSError
        code, text = relay.mail(self._reverse_path)
        if code < 400:
            code, text = relay.rcpt(address)
        if code == 421:
            raise smtplib.SMTPServerDisconnected("421")
        relay.rset()
        return code, " ".join(text.decode("utf-8", "replace").split())[:200]


def check(
    mailbox: str,
    account: Account | None,
    probe: Probe | None,
    *,
    tokens: Tokens | None = None,
    limits: Limits | None = None,
    connecting: Callable[[Account, Tokens | None, Limits], Client] = connect,
) -> Checked:
    """Test one mailbox; never raises. Without an account (no access by IMAP) only the relay is asked."""
    result, problems = Checked(mailbox), list[str]()
    if probe is not None:
        code, text = probe.ask(mailbox)
        if 200 <= code < 300:
            result = replace(result, exists=True, accepts=True)
        elif code >= 500:
            unknown = "5.1." in text or code == 550
            result = replace(result, accepts=False, exists=False if unknown else None)
            problems.append(f"surel ke alamat ini ditolak: {code} {text}")
        elif code >= 400:
            problems.append(f"server surel meminta coba lagi nanti: {code} {text}")
        else:
            problems.append("server surel tidak dapat dihubungi")
    if account is None:
        problems.append("tidak ada akses IMAP: hanya tanda terima baca dan balasan yang diketahui")
        return replace(result, problems=tuple(problems))
    try:
        client = connecting(account, tokens, limits or Limits(seconds=30.0, silence=15.0))
    except Refused:
        problems.append("masuk lewat IMAP ditolak: akun tidak ada atau kata sandi salah")
        return replace(result, reachable=False, problems=tuple(problems))
    except (Temporary, Permanent) as e:
        problems.append(f"server IMAP tidak dapat dihubungi: {type(e).__name__}")
        return replace(result, reachable=False, problems=tuple(problems))
    try:
        result = _inside(client, account, result)
    except (Temporary, Permanent) as e:
        problems.append(f"kotak masuk tidak dapat dibaca: {type(e).__name__}")
        result = replace(result, reachable=False)
    finally:
        client.close()
    if result.quota and result.quota[1] and result.quota[0] >= FULL * result.quota[1]:
        problems.append(f"kotak surel hampir penuh: {result.quota[0]} dari {result.quota[1]} KiB")
    if result.reachable and result.opened_until is None and result.unread:
        problems.append("belum pernah dibuka: semua surel belum dibaca")
    return replace(result, problems=tuple(problems))


def _inside(client: Client, account: Account, result: Checked) -> Checked:
    client.begin()
    client.examine(account.inbox)
    seen = client.search(["SEEN"])
    unread = len(client.search(["UNSEEN"]))
    last = client.fetch(seen[-1:], ("INTERNALDATE",))
    until = next((item.arrived for item in last.values() if item.arrived), None)
    with suppress(Temporary):
        result = replace(result, quota=client.quota(account.inbox))
    return replace(result, exists=True, reachable=True, opened_until=until, unread=unread)


def check_all(
    mailboxes: Iterable[str],
    way_in: Callable[[str], Account | None],
    relay: tuple[str, int] | None,
    *,
    tokens: Tokens | None = None,
    workers: int = 4,
) -> Iterator[Checked]:
    """Test many mailboxes, some at a time; each result comes as soon as it and those before it are there."""

    def one(mailbox: str) -> Checked:
        if relay is None:
            return check(mailbox, way_in(mailbox), None, tokens=tokens)
        with Probe(*relay) as probe:
            return check(mailbox, way_in(mailbox), probe, tokens=tokens)

    with ThreadPoolExecutor(workers, thread_name_prefix="check") as pool:
        yield from pool.map(one, mailboxes)
