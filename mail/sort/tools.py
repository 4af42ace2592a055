"""The tools of sorting put together for one city: its tables, the reader, the new text, the router, the answers."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import workflows.kota_bogor
from engine import calendar, directory
from engine.routing import Router
from mail.read import read
from mail.reply.answer import answer
from mail.reply.newtext import new_text

from .identity import Intake
from .understand import Tools

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
        new_text=lambda message: new_text(message, keep_forward=True),
        route=router(city).route,
        answer=answer,
        intake=intake or Intake(),
        closed=closed,
    )


def router(city: directory.Directory) -> Router:
    """The router with all that this installation knows."""
    return Router(city)
