"""`sibadra ...`: finds the command, runs it, and turns every expected error into one line and a status."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from engine.errors import BadData, SibadraError
from mail.logs import set_up

COMMANDS = (
    "demo",
    "init",
    "serve",
    "ticket",
    "mails",
    "who",
    "directory",
    "routing",
    "workflow",
    "audit",
    "simulate",
    "letters",
    "mailbox",
    "doctor",
    "inspect",
)
MOST = 100
"""So many problems of the city's tables are shown at once."""


def parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser with the given commands; one command alone starts much faster than all of them."""
    top = argparse.ArgumentParser(prog="sibadra", description="Email-centric workflow engine for a city's complaints.")
    top.add_argument("--config", type=Path, default=Path("sibadra.toml"), help="settings file (default: sibadra.toml)")
    top.add_argument("--verbose", action="store_true", help="log more")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in names:
        import_module("mail.inspect" if name == "inspect" else f"mail.commands.{name}").add_parser(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; 0 for success, 1 for what it found wrong, 2 for a wrong call or setting."""
    words = list(sys.argv[1:] if argv is None else argv)
    named = [word for word in words if word in COMMANDS][:1]
    arguments = parser(named or COMMANDS).parse_args(words)
    set_up(logging.DEBUG if arguments.verbose else logging.WARNING)
    try:
        return int(arguments.run(arguments))
    except BadData as wrong:
        for problem in wrong.problems[:MOST]:
            print(problem, file=sys.stderr)
        if len(wrong.problems) > MOST:
            print(f"... and {len(wrong.problems) - MOST} more", file=sys.stderr)
        return 2
    except SibadraError as wrong:
        print(f"sibadra: {wrong}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as wrong:
        print(f"sibadra: {wrong.strerror or wrong}: {wrong.filename or ''}".rstrip(": "), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
