"""`sibadra serve`: the engine on a real mail estate, until it is told to stop."""

from __future__ import annotations

import argparse
import logging
import signal
import ssl
import threading
from collections.abc import Sequence
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING, Any

from engine.errors import BadSetting
from engine.jobs import Job
from engine.local import Bells
from mail.commands.common import now, settings
from mail.logs import set_up
from mail.settings import Settings, listen_at

if TYPE_CHECKING:
    from engine.message import Envelope
    from mail.app import App
    from mail.checkup import Daily
    from mail.collect import Collected, Collector
    from mail.observe import Watch
    from mail.receive import Intake

log = logging.getLogger("sibadra.serve")


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("serve", help="run the engine on the mail estate of the settings")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Receives, handles, sends and watches until SIGTERM or Ctrl-C; what is under way is finished first."""
    from mail.app import App
    from mail.checkup import Daily
    from mail.observe import Watch

    found = settings(arguments)
    set_up(logging.DEBUG if arguments.verbose else _level(found), bool(found["log"]["json"]))
    app = App.open(found, now)
    app.tools  # noqa: B018 - the models are loaded before the first mail comes
    bells = Bells(app.jobs(), now)

    def news() -> None:
        looking.wake()

    watch = Watch(found, app.store, app.desk, news=news)
    looking = Bells(
        [Job("watch", lambda _: [0], lambda _, at: _look(watch, at), found["watch"]["every"])], now, "watch"
    )
    daily = Daily(found, app.store, lambda: app.directory)
    testing = Bells([Job("mailboxes", daily.due, lambda _, at: _test(daily, at), 600)], now, "mailboxes")
    intake, collector = _intake(found, app, bells), _collector(found, app, bells)
    if intake is None and not found.collect:
        mend = 'such as lmtp = "127.0.0.1:2424", or a [collect."aduan@..."] table'
        raise BadSetting(str(found.file), "intake", "neither smtp nor lmtp is set and nothing is collected", mend)
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    for part in (intake, collector, bells, looking, testing):
        if part is not None:
            part.start()
    bells.wake()
    log.info("serving")
    ended.wait()
    testing.stop(1)
    for part in (intake, collector, looking, bells):
        if part is not None:
            part.stop()
    watch.close()
    app.close()
    return 0


def _intake(found: Settings, app: App, bells: Bells) -> Intake | None:
    """The doors for SMTP and LMTP; what comes in rings the bells at once."""
    from mail.receive import Intake, Limits, Listen

    table = found["intake"]
    listens: dict[str, Listen] = {}
    for name in ("smtp", "lmtp"):
        if table[name]:
            host, port = listen_at(str(found.file), name, table[name])
            listens[name] = Listen(host, port, cleartext=table["cleartext"])
    if not listens:
        return None

    def keep(mails: Sequence[tuple[Envelope, bytes]]) -> None:
        app.keep(mails)
        bells.wake()

    return Intake(
        keep,
        app.addresses.accepts,
        now,
        smtp=listens.get("smtp"),
        lmtp=listens.get("lmtp"),
        limits=Limits(message=table["max_size"]),
        tls=_tls(found),
        hostname=table["domain"],
    )


def _collector(found: Settings, app: App, bells: Bells) -> Collector:
    """Intake by IMAP from mailboxes that are hosted elsewhere."""
    from mail.collect import Collector, Source
    from mail.imap import account_for

    def keep(mails: Sequence[Collected]) -> None:
        app.keep_collected(mails)
        bells.wake()

    sources = [
        Source(account_for(mailbox, way), app.addresses.accepts) for mailbox, way in sorted(found.collect.items())
    ]
    return Collector(sources, keep, now, tokens=found.tokens)


def _look(watch: Watch, at: datetime) -> None:
    watch.round(at)


def _test(daily: Daily, at: datetime) -> None:
    bad = daily.run(at)
    if bad:
        log.warning("%d mandatory mailboxes have a problem; see `sibadra mailbox check`", bad)


def _level(found: Settings) -> int:
    level = logging.getLevelName(str(found["log"]["level"]).upper())
    if not isinstance(level, int):
        raise BadSetting(str(found.file), "log.level", f"{found['log']['level']!r} is not known", "use info or debug")
    return level


def _tls(found: Settings) -> ssl.SSLContext | None:
    table = found["intake"]
    if not table["certificate"]:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    key = table["certificate_key"] or None
    try:
        context.load_cert_chain(found.folder / table["certificate"], found.folder / key if key else None)
    except (OSError, ssl.SSLError) as wrong:
        raise BadSetting(str(found.file), "intake.certificate", f"cannot be used: {wrong}", "name a PEM file") from None
    return context
