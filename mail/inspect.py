"""`sibadra inspect`: what the engine makes of a mail, as a page for people or as one JSON object a line.

Without a database, and thousands of files in one run: each is read, sorted, printed and forgotten. A file that cannot
be read gives a row with a warning and no kind, and the run goes on.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.errors import SibadraError
from engine.message import Address
from engine.reading import Answer, Bounce, Kind, Reading
from engine.routing.route import Route
from mail.page import page
from mail.sort import Tools, city_tools, understand

log = logging.getLogger(__name__)

MOST_BYTES = 60_000_000  # a file beyond this is looked at up to here, with a warning
AS = {"complaint": Kind.COMPLAINT, "reply": Kind.REPLY, "bounce": Kind.BOUNCE, "auto": Kind.AUTO}
MACHINES = (Kind.AUTO, Kind.BOUNCE, Kind.RECEIPT)


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds the command to a command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "inspect", help="what the engine makes of a mail", description=__doc__
    )
    _arguments(parser)
    parser.set_defaults(run=run)
    return parser


def run(args: argparse.Namespace) -> int:
    """Inspects every file named in `args.paths`; 0 if all could be read, 1 if one could not, 2 if none was found.

    What is not there or cannot be opened is one line on stderr; with --json it has a row too, so that rows match files.
    """
    tools = city_tools(getattr(args, "city", None))
    as_ = AS[args.as_] if args.as_ else None
    if isinstance(sys.stdout, io.TextIOWrapper):  # half a character in a mail must not end the run
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    seen = failed = 0
    for name, raw, warning in _mails(args.paths, sys.stdin.buffer):
        seen += 1
        row, reading = _inspected(name, raw, warning, tools, as_)
        failed += reading is None
        if raw is None:
            sys.stderr.write(f"{name}: {warning}\n")
        try:
            if raw is None and not args.json:
                continue
            if args.json:
                sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
            else:
                page(row, reading, sys.stdout)
        except BrokenPipeError:
            return 0
    if not seen:
        sys.stderr.write("tidak ada berkas .eml pada jalur itu\n")
        return 2
    return 1 if failed else 0


def row_of(name: str, reading: Reading, extra: Sequence[str] = ()) -> dict[str, Any]:
    """A Reading as the JSON object of one line, keys in their order."""
    message = reading.message
    return {
        "file": name,
        "kind": reading.kind.value,
        "subject": message.subject,
        "from": _address(message.sender),
        "to": [_address(each) for each in (*message.to, *message.cc)],
        "date": message.date.isoformat() if message.date else None,
        "message_id": message.message_id,
        "body": message.text,
        "text": reading.text,
        "attachments": [
            {"name": each.name, "type": each.type, "size": each.size, "sha256": each.sha256}
            for each in message.attachments
        ],
        "reply": _reply(reading.answer),
        "bounce": _bounce(reading.bounce),
        "auto": reading.automatic is not None or reading.kind in MACHINES,
        "route": _route(reading.route),
        "warnings": [*reading.warnings, *extra],
    }


def _inspected(
    name: str, raw: bytes | None, warning: str, tools: Tools, as_: Kind | None
) -> tuple[dict[str, Any], Reading | None]:
    extra = (warning,) if warning else ()
    if raw is None:
        return _unread(name, warning), None
    try:
        reading = understand(raw, None, tools=tools, as_=as_)
    except SibadraError as problem:
        return _unread(name, *extra, f"{type(problem).__name__}: {problem}"), None
    except Exception as problem:  # a fault of ours on one mail: said in its row, and the thousands behind it go on
        log.exception("inspect failed on %s", name)
        return _unread(name, *extra, f"kesalahan program: {type(problem).__name__}"), None
    return row_of(name, reading, extra), reading


def _unread(name: str, *warnings: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("kind", "subject", "from", "to", "date", "message_id", "body", "text", "attachments"))
    rest = {"reply": None, "bounce": None, "auto": False, "route": None, "warnings": list(warnings)}
    return {"file": name, **nothing, **rest, "to": [], "attachments": []}


def _address(address: Address | None) -> dict[str, str] | None:
    return {"name": address.name, "address": address.address} if address else None


def _reply(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {
        "status": answer.status.value,
        "target": answer.target,
        "promised": answer.promised.isoformat() if answer.promised else None,
        "explicit": answer.explicit,
        "confidence": round(answer.confidence, 3),
    }


def _bounce(bounce: Bounce | None) -> dict[str, Any] | None:
    if bounce is None:
        return None
    recipients = [failure.address for failure in bounce.failures]
    return {"recipients": recipients, "permanent": bounce.permanent, "code": bounce.code}


def _route(route: Route | None) -> dict[str, Any] | None:
    if route is None:
        return None
    return {
        "topic": route.topic,
        "unit": route.unit,
        "owner": route.owner,
        "place": route.place,
        "external": route.external,
        "urgent": route.urgent,
        "confidential": route.confidential.value,
        "triage": route.triage,
        "confidence": round(route.confidence, 3),
        "reasons": list(route.reasons),
    }


def _mails(paths: Sequence[Path], stdin: Any) -> Iterator[tuple[str, bytes | None, str]]:
    """Each file's name, bytes and a warning; one at a time, so that a folder of any size fits."""
    for path in paths:
        if str(path) == "-":
            yield "-", *_bounded(stdin.read(MOST_BYTES + 1))
        elif path.is_dir():
            for file in sorted(path.rglob("*.eml")):
                yield str(file), *_bytes_of(file)
        else:
            yield str(path), *_bytes_of(path)


def _bytes_of(path: Path) -> tuple[bytes | None, str]:
    try:
        with path.open("rb") as file:
            return _bounded(file.read(MOST_BYTES + 1))
    except OSError as problem:
        return None, f"berkas tidak terbaca: {problem.strerror}"


def _bounded(raw: bytes) -> tuple[bytes, str]:
    if len(raw) > MOST_BYTES:
        return raw[:MOST_BYTES], f"hanya {MOST_BYTES} byte pertama yang dibaca"
    return raw, ""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--as", dest="as_", choices=sorted(AS), help="examine every mail as this (reply: whoever sent it)"
    )
    parser.add_argument("--city", type=Path, help="folder with the city's tables (default: Kota Bogor)")
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="mail, folder of .eml files, or - for stdin"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command alone: `python -m mail.inspect`."""
    parser = argparse.ArgumentParser(prog="sibadra inspect", description=__doc__)
    _arguments(parser)
    return run(parser.parse_args(arguments))


if __name__ == "__main__":
    raise SystemExit(main())
