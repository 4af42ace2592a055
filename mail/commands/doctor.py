"""`sibadra doctor`: tests the whole estate, each line ok or what is wrong and the mend; the status is for scripts."""

from __future__ import annotations

import argparse
import re
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from engine.errors import Permanent, Temporary
from mail.commands.common import now, settings
from mail.settings import Settings

if TYPE_CHECKING:
    from engine.store import Store
    from mail.imap import WayIn


SOON = 14
"""Days before its end at which a certificate should have been renewed long ago."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was tested, whether it is well, and what to do if not. `ok` None means it could not be tested."""

    what: str
    ok: bool | None
    text: str = ""


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser(
        "doctor", help="test relay, intake, mailboxes, clock, disk, database, workflows and rules"
    )
    parser.add_argument(
        "--loop",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help="send a test mail through relay and intake and wait for it",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Every test, whatever the others say; status 1 when anything is wrong."""
    found = settings(arguments)
    print(f"ok       settings: {found.file}")
    bad = 0
    for test in TESTS:
        try:
            findings = list(test(found))
        except Exception as fault:  # one broken test must not hide the others
            findings = [Finding(test.__name__.strip("_"), False, f"{type(fault).__name__}: {fault}")]
        bad += _print(findings)
    if arguments.loop:
        bad += _print(list(_loop(found, arguments.loop)))
    return 1 if bad else 0


def _print(findings: list[Finding]) -> int:
    for one in findings:
        mark = {True: "ok", False: "WRONG", None: "unknown"}[one.ok]
        print(f"{mark:<8} {one.what}{': ' + one.text if one.text else ''}")
    return sum(one.ok is False for one in findings)


def _mended(wrong: list[str], mend: str) -> str:
    """What is wrong, some of it, and what to do; nothing if nothing is."""
    return f"{'; '.join(wrong[:3])}; {mend}" if wrong else ""


def _ends(what: str, days: float) -> Finding:
    well = days > SOON
    return Finding(what, well, f"ends in {days:.0f} days" + ("" if well else "; renew it"))


def _city(found: Settings) -> Iterator[Finding]:
    from engine.calendar import load as load_calendar
    from mail.tables import directory_at

    directory = directory_at(found, now())
    yield Finding("directory", True, f"{len(directory.positions)} positions in {found.city}")
    desk = found["city"]["desk"]
    yield Finding(
        "triage desk",
        desk in directory.positions,
        f"{desk}" + ("" if desk in directory.positions else " is no position; set city.desk"),
    )
    calendar = load_calendar(found.city)
    for year in (now().year, now().year + 1):
        warnings = calendar.warnings(year)
        yield Finding(
            f"calendar {year}",
            not warnings if year == now().year else (None if warnings else True),
            "; ".join(warnings),
        )


def _database(found: Settings) -> Iterator[Finding]:
    from engine.store import Store

    if not found.database.exists():
        yield Finding("database", None, f"{found.database} is not there yet; `sibadra serve` makes it")
        return
    store = Store.sqlite(found.database)
    held = len(store.held_mails())
    yield Finding("database", True, str(found.database))
    yield Finding("held mails", held == 0, "" if not held else f"{held}; look with `sibadra mails held`")
    wrong = store.broken_links()
    yield Finding("history", not wrong, _mended(wrong, "see `sibadra audit verify`; restore a backup"))
    store.close()


def _disk(found: Settings) -> Iterator[Finding]:
    import shutil

    usage = shutil.disk_usage(found.folder)
    free = usage.free / 2**30
    yield Finding("disk", free > 1, f"{free:.1f} GiB free" + ("" if free > 1 else "; make room"))


def _clock(_found: Settings) -> Iterator[Finding]:
    year = datetime.now(UTC).year
    yield Finding("clock", year >= 2025, f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    try:
        with open("/run/systemd/timesync/synchronized", encoding="ascii"):
            yield Finding("time server", True)
    except OSError:
        yield Finding("time server", None, "not known here; see that NTP runs")


def _workflows(found: Settings) -> Iterator[Finding]:
    from mail.commands.directory import today
    from mail.commands.workflow import faults
    from mail.tables import folder_on

    for name, policies, wrong in faults([found.rules], folder_on(found, today())):
        held = ", ".join(one.version for one in policies)
        yield Finding(f"{name} workflow, rules {held}", not wrong, _mended(wrong, "see `sibadra workflow check`"))


def _relay(found: Settings) -> Iterator[Finding]:
    import smtplib

    from mail.submit import Security

    relay = found.relay
    name = f"relay {relay.host}:{relay.port}"
    try:
        context = ssl.create_default_context(cafile=relay.ca_file)
        if relay.protection is Security.TLS:
            client: smtplib.SMTP = smtplib.SMTP_SSL(relay.host, relay.port, timeout=20, context=context)
        else:
            client = smtplib.SMTP(relay.host, relay.port, timeout=20)
        with client:
            client.ehlo()
            if relay.protection is Security.STARTTLS:
                client.starttls(context=context)
                client.ehlo()
            if relay.user:
                client.login(relay.user, relay.password or "")
            yield Finding(name, True, f"{relay.protection}")
            yield from _certificate(name, client.sock)
    except (OSError, smtplib.SMTPException) as fault:
        yield Finding(name, False, f"{fault}; see host, port, security and user in [relay]")


def _certificate(name: str, sock: Any) -> Iterator[Finding]:
    if not isinstance(sock, ssl.SSLSocket):
        return
    ends = (sock.getpeercert() or {}).get("notAfter")
    if isinstance(ends, str):
        yield _ends(f"{name} certificate", (ssl.cert_time_to_seconds(ends) - time.time()) / 86400)


def _intake(found: Settings) -> Iterator[Finding]:
    import smtplib

    from mail.settings import listen_at

    for name, kind in (("smtp", smtplib.SMTP), ("lmtp", smtplib.LMTP)):
        text = found["intake"][name]
        if not text:
            continue
        host, port = listen_at(str(found.file), name, text)
        try:
            with kind(host, port, timeout=10) as client:
                code, _ = client.ehlo()
                yield Finding(f"intake {name} {text}", code == 250, "listening")
        except (OSError, smtplib.SMTPException) as fault:
            yield Finding(f"intake {name} {text}", False, f"{fault}; does `sibadra serve` run?")
    certificate = found["intake"]["certificate"]
    if certificate:
        days = _days_left((found.folder / certificate).read_bytes())
        yield _ends("intake certificate", days)


def _days_left(pem: bytes) -> float:
    from cryptography import x509

    return (x509.load_pem_x509_certificate(pem).not_valid_after_utc - datetime.now(UTC)).total_seconds() / 86400


def _mailboxes(found: Settings) -> Iterator[Finding]:
    from mail.tables import directory_at

    directory = directory_at(found, now())
    tried: set[str] = set()
    for position in directory.positions.values():
        name, way = found.way_named(position.mailbox)
        if name in tried:
            continue
        tried.add(name)
        if way is None:
            yield Finding(
                "mailboxes without a way in", None, f"such as {position.mailbox}: only receipts and replies are known"
            )
            continue
        yield from _way_in(found, f"IMAP {way.host}:{way.port} {way.login}", f"[imap.{name}]", position.mailbox, way)
    for mailbox, way in found.collect.items():
        yield from _way_in(found, f"collecting {mailbox}", f'[collect."{mailbox}"]', mailbox, way)


def _way_in(found: Settings, what: str, table: str, mailbox: str, way: WayIn) -> Iterator[Finding]:
    """One login and one look, and how long the server's certificate is good for."""
    from mail.imap import Refused, account_for, connect

    try:
        client = connect(account_for(mailbox, way), found.tokens)
    except Refused as fault:
        yield Finding(what, False, f"{fault} for {mailbox}; see login, user and secret in {table}")
        return
    except (Temporary, Permanent) as fault:
        yield Finding(what, False, f"{fault}; see host, port, tls, ca_file and token in {table}")
        return
    try:
        client.examine(account_for(mailbox, way).inbox)
        yield Finding(what, True, f"as {mailbox}")
    except (Temporary, Permanent) as fault:
        yield Finding(what, False, f"{fault}; see folder in {table} and the server's access rights (ACL)")
    finally:
        ends = client.certificate_ends
        client.close()
    if ends:
        yield _ends(f"{what} certificate", (ssl.cert_time_to_seconds(ends) - time.time()) / 86400)


RESERVED = (".example", ".test", ".invalid", ".localhost")
"""Names that no DNS knows (RFC 6761)."""


def _domain(found: Settings) -> Iterator[Finding]:
    import dns.exception
    import dns.resolver

    domain, selector = found["intake"]["domain"], found["intake"]["dkim_selector"]
    if domain.endswith(RESERVED):
        yield Finding(f"SPF, DKIM and DMARC of {domain}", None, "a name that no DNS knows")
        return
    if not selector:
        yield Finding(f"DKIM of {domain}", None, "name your relay's selector as intake.dkim_selector")
    dkim = ((f"{selector}._domainkey.{domain}", "v=DKIM1", "DKIM"),) if selector else ()
    for name, wanted, what in ((domain, "v=spf1", "SPF"), (f"_dmarc.{domain}", "v=DMARC1", "DMARC"), *dkim):
        mend = f"publish a TXT record at {name} that begins with {wanted}"
        try:
            records = [
                b"".join(r.strings).decode("ascii", "replace") for r in dns.resolver.resolve(name, "TXT", lifetime=5)
            ]
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            records = []
        except dns.exception.DNSException as fault:
            yield Finding(f"{what} of {domain}", None, f"DNS did not answer: {type(fault).__name__}")
            continue
        # RFC 6376 section 3.6.1: a key's record may leave its version out.
        there = any(r.startswith(wanted) or (what == "DKIM" and "p=" in r) for r in records)
        yield Finding(f"{what} of {domain}", there, "" if there else mend)


TESTS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _city, _workflows, _database, _disk, _clock, _relay, _intake, _mailboxes, _domain,
)  # fmt: skip


def _signed(store: Store, message_id: str, domain: str) -> Finding:
    """Whether the relay signs what we send."""
    row = store.t.mail.get(store.t.mail.message_id == message_id)
    head = bytes(row.content).partition(b"\r\n\r\n")[0].decode("utf-8", "replace").lower()
    ours = rf"^dkim-signature:[^:]*?\bd\s*=\s*{re.escape(domain.lower())}\b"
    signed = re.search(ours, head, re.MULTILINE) is not None
    return Finding("DKIM signature", signed, "" if signed else f"let the relay sign what comes from {domain}")


def _loop(found: Settings, seconds: float) -> Iterator[Finding]:
    """A real mail through the relay to our own address, and back into the tables by the intake; no ticket is made."""
    from email.utils import make_msgid

    from engine.store import Store
    from mail.address import Addresses
    from mail.submit import Outgoing, Relay, Sent

    intake = found["intake"]
    addresses = Addresses(
        found.keys, domain=intake["domain"], local=intake["local"], bounce_local=intake["bounce_local"]
    )
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = addresses.intake, addresses.intake, "Uji jalur surat"
    mail["Message-ID"] = make_msgid(domain=intake["domain"])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("Surat uji; tidak perlu dijawab.")
    relay = Relay(found.relay)
    result = relay.send([Outgoing("", addresses.intake, mail.as_bytes())])[0]
    relay.close()
    if not isinstance(result, Sent):
        yield Finding("loop", False, f"the relay said {result}")
        return
    store = Store.sqlite(found.database)
    wanted = str(mail["Message-ID"]).strip("<>")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if store.t.mail.select().where(store.t.mail.message_id == wanted).exists():
            yield Finding("loop", True, "a test mail came through relay, MX and intake")
            if intake["dkim_selector"]:
                yield _signed(store, wanted, intake["domain"])
            return
        time.sleep(0.5)
    yield Finding(
        "loop", False, f"the test mail did not come in within {seconds:.0f} s; see the MX's log and transport map"
    )
