"""`sibadra serve`: the engine on a real mail estate, until it is told to stop."""

from __future__ import annotations

import argparse
import logging
import signal
import ssl
import threading
from types import FrameType
from typing import Any

from engine.errors import BadSetting
from engine.jobs import Job
from engine.local import Bells
from mail.commands.common import now, settings
from mail.logs import set_up
from mail.settings import Settings, listen_at

log = logging.getLogger("sibadra.serve")


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("serve", help="run the engine on the mail estate of the settings")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Receives, handles, sends and watches until SIGTERM or Ctrl-C; what is under way is finished first."""
    from mail.app import App
    from mail.collect import Collector, Source
    from mail.imap import Tokens, account_for
    from mail.observe import Watch
    from mail.receive import Intake, Limits, Listen

    found = settings(arguments)
    set_up(logging.DEBUG if arguments.verbose else _level(found), bool(found["log"]["json"]))
    app = App.open(found, now)
    table = found["intake"]
    listens: dict[str, Listen] = {}
    for name in ("smtp", "lmtp"):
        if table[name]:
            host, port = listen_at(str(found.file), name, table[name])
            listens[name] = Listen(host, port, cleartext=table["cleartext"])
    if not listens and not found.collect:
        mend = 'such as lmtp = "127.0.0.1:2424", or a [collect."aduan@..."] table'
        raise BadSetting(str(found.file), "intake", "neither smtp nor lmtp is set and nothing is collected", mend)
    bells: Bells | None = None

    def keep(mails: Any) -> None:
        app.keep(mails)
        if bells is not None:
            bells.wake()

    def keep_collected(mails: Any) -> None:
        app.keep_collected(mails)
        if bells is not None:
            bells.wake()

    sources = [
        Source(account_for(mailbox, way), app.addresses.accepts) for mailbox, way in sorted(found.collect.items())
    ]
    tokens = Tokens(found.tokens) if found.tokens else None
    collector = Collector(sources, keep_collected, now, tokens=tokens)
    intake = Intake(
        keep,
        app.addresses.accepts,
        now,
        smtp=listens.get("smtp"),
        lmtp=listens.get("lmtp"),
        limits=Limits(message=table["max_size"]),
        tls=_tls(found),
        hostname=table["domain"],
    )
    app.tools  # noqa: B018 - the model is loaded before the first mail comes
    bells = Bells(app.jobs(), now)
    watch = Watch(found, app.store, app.desk)
    looking = Bells(
        [Job("watch", lambda _: [0], lambda _, at: _look(watch, at), found["watch"]["every"])], now, "watch"
    )
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    intake.start()
    collector.start()
    bells.start()
    looking.start()
    for name in listens:
        log.info("listening for %s on port %d", name, getattr(intake, f"{name}_port"))
    bells.wake()
    ended.wait()
    intake.stop()
    collector.stop()
    looking.stop()
    bells.stop()
    watch.close()
    app.close()
    return 0


def _look(watch: Any, at: Any) -> None:
    watch.round(at)


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
