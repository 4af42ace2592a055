"""Structured logs: one line an event, with ticket and message ids as fields, never a citizen's text or address."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

FIELDS = ("event", "ticket", "letter", "mail", "job", "fault", "server")


class Line(logging.Formatter):
    """time level logger: message key=value ..., or the same as JSON."""

    def __init__(self, as_json: bool = False) -> None:
        super().__init__()
        self._json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """One line; a traceback is folded into it."""
        fields = {name: getattr(record, name) for name in FIELDS if getattr(record, name, None) is not None}
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        text = record.getMessage()
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info).replace("\n", " | ")
        if self._json:
            return json.dumps({"at": at, "level": record.levelname, "logger": record.name, "text": text, **fields})
        tail = "".join(f" {name}={value}" for name, value in fields.items())
        return f"{at} {record.levelname} {record.name}: {text}{tail}"


def set_up(level: int, as_json: bool = False) -> None:
    """Logs to standard error; the libraries' own chatter only when it is a warning."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line(as_json))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(level, logging.WARNING) if level > logging.DEBUG else level)
    logging.getLogger("sibadra").setLevel(level)
    for noisy in ("flanker", "pymap", "imapclient", "schedule", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
