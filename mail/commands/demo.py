"""`sibadra demo`: a whole city on this machine, three days in a minute, and then yours to try with a mail program."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from engine.errors import SibadraError

if TYPE_CHECKING:
    from mail.demo.play import Stage


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("demo", help="play a whole city on this machine, then try it yourself")
    parser.add_argument("--dir", type=Path, default=Path("demo"), help="where its files lie (default: demo)")
    parser.add_argument("--exit", action="store_true", help="end when the play is over")
    parser.add_argument("--json", action="store_true", help="make the last line the tickets as JSON")
    parser.add_argument("--pace", type=float, default=None, help="seconds to pause after each line shown")
    parser.set_defaults(run=run)


class Over(BaseException):
    """Somebody asked for the end; no handler of ordinary faults may take it for one, what was begun is rolled back."""


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise Over("ended")


def run(arguments: argparse.Namespace) -> int:
    """Plays, shows the table, and stays up until Ctrl-C unless told to end."""
    from mail.demo.play import Stage
    from mail.demo.show import Show

    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    pace = arguments.pace if arguments.pace is not None else 0.0 if arguments.exit else 0.15
    logging.getLogger("sibadra").setLevel(logging.ERROR)
    lock = _only_one(arguments.dir)
    stage = Stage(arguments.dir)
    show = Show(sys.stdout, pace)
    try:
        stage.start()
        show.title(stage)
        stage.play(lambda at: show.news(stage.app.store, stage.app.desk.world, at))
        show.table(stage.app.store, stage.app.desk.world)
        if not arguments.exit:
            show.invitation(stage)
            _stay(stage, show)
    except Over:
        show.line("Ended; start it again with the same --dir and it goes on.")
    finally:
        tickets = _tickets(stage) if hasattr(stage, "app") else []
        stage.stop()
        os.close(lock)
    if arguments.json:
        print(json.dumps({"tickets": tickets}))
    return 0


def _only_one(folder: Path) -> int:
    """Two demos over the same files would be two clocks in one city."""
    import fcntl

    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise SibadraError(f"another demo runs in {folder}; end it or choose another --dir") from None
    return handle


def _tickets(stage: Stage) -> list[dict[str, object]]:
    return [
        {"number": t.number, "state": t.state, "rung": t.rung, "holder": t.holder}
        for t in reversed(stage.app.store.tickets())
    ]


def _stay(stage: Stage, show: Any) -> None:
    """From here on the city's clock runs by itself, and mails of a real person are handled as they come."""
    stage.clock.run()
    last = datetime.min.replace(tzinfo=stage.clock.now().tzinfo)
    while True:
        at = stage.clock.now()
        busy = stage.app.settle(at)
        if busy or (at - last).total_seconds() > 3:
            stage.watch.round(at)
            last = at
        show.news(stage.app.store, stage.app.desk.world, at)
        stage.clock.keep()
        time.sleep(0.3)
