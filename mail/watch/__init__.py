"""Watching mailboxes: delivered? seen? moved? Without ever changing a flag."""

from mail.watch.facts import Bookmark, Doubt, Found, LetterId, Mark, Observed, Visit, Wanted, What
from mail.watch.ledger import Ledger, MemoryLedger, Task
from mail.watch.pauses import Pauses
from mail.watch.visit import Rules, visit
from mail.watch.watcher import Round, Watcher

__all__ = [
    "Bookmark",
    "Doubt",
    "Found",
    "Ledger",
    "LetterId",
    "Mark",
    "MemoryLedger",
    "Observed",
    "Pauses",
    "Round",
    "Rules",
    "Task",
    "Visit",
    "Wanted",
    "Watcher",
    "What",
    "visit",
]
