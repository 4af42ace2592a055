"""Watching mailboxes: delivered? seen? moved? Without ever changing a flag."""

from mail.watch.facts import Bookmark, Doubt, Found, LetterId, Mark, Observed, Visit, Wanted, What
from mail.watch.visit import Rules, visit

__all__ = [
    "Bookmark",
    "Doubt",
    "Found",
    "LetterId",
    "Mark",
    "Observed",
    "Rules",
    "Visit",
    "Wanted",
    "What",
    "visit",
]
