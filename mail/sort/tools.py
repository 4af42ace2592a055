"""The tools of sorting put together for one city: its tables, the reader, the new text, the router, the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import workflows.kota_bogor
from engine import calendar, directory
from engine.message import Message
from engine.routing import Model, Router, open_router
from mail.read import read
from mail.reply.answer import answer
from mail.reply.newtext import new_text

from .identity import Intake
from .understand import Tools

MOST_BODY = 300_000  # characters
_CLOSED = ("nasional", "cuti_bersama")


def city_tools(folder: Path | None = None, *, intake: Intake | None = None) -> Tools:
    """Sorting for the city whose tables lie in `folder` (default: the packaged example city). Raises BadData."""
    folder = folder or Path(next(iter(workflows.kota_bogor.__path__)))
    city = directory.load(folder)
    days = calendar.load(folder)

    @cache
    def closed(year: int) -> frozenset[date]:
        return frozenset(each.day for each in days.holidays_of(year) if each.kind in _CLOSED)

    return Tools(
        directory=city,
        read=read,
        new_text=_new_text,
        route=router(city, folder=folder).route,
        answer=answer,
        intake=intake or Intake(),
        closed=closed,
    )


def _new_text(message: Message) -> str:
    """The new text of a mail: looked for in its first `MOST_BODY` characters, where whatever was typed stands."""
    if len(message.text) > MOST_BODY or len(message.html or "") > MOST_BODY:
        message = replace(
            message,
            text=message.text[:MOST_BODY],
            plain=None if message.plain is None else message.plain[:MOST_BODY],
            html=None if message.html is None else message.html[:MOST_BODY],
        )
    return new_text(message, keep_forward=True)


def router(city: directory.Directory, model: Model | None = None, folder: Path | None = None) -> Router:
    """The router of a city whose tables lie in `folder` (default: the example city), with its packaged model."""
    return open_router(city, folder or Path(next(iter(workflows.kota_bogor.__path__))), model)
