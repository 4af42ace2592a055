"""The watch over the tables: two workers share the mailboxes, and what a killed one had claimed is taken over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from mail.observe import AGE, StoreLedger
from mail.watch import Bookmark, Observed, Visit, What
from tests.world import City


def test_two_workers_one_killed(tmp_path: Path) -> None:
    """Neither gets the other's mailbox; a dead one's is taken over when its claim is old; each fact counts once."""
    city = City.new(tmp_path / "city.db")
    ticket = city.complain()
    task = city.letters(ticket, "task")[0]
    one, two = (StoreLedger(city.store, city.desk, 0) for _ in range(2))
    assert one.due(city.now) == [task.address]
    assert two.due(city.now) == []
    seen = Visit((Observed(task.id, What.SEEN, city.now, "INBOX"),), Bookmark())
    late = city.now + AGE + timedelta(seconds=1)
    assert two.due(late) == [task.address]  # the first has died with its claim
    assert [w.letter_id for w in (two.claim(task.address, late) or AssertionError).wanted] == [task.id]  # type: ignore[union-attr]
    two.keep(task.address, seen, late)
    one.keep(task.address, seen, late)  # it was only slow: its claim is another's now
    assert [e.event for e in city.store.history_of(ticket.id)].count("seen") == 1
    assert two.due(late) == []  # nothing is open there any more


def test_quiet_mailboxes_rest_until_their_next_visit(tmp_path: Path) -> None:
    """An unchanged visit ends the claim at the round's end, and the mailbox is due again after its rest."""
    city = City.new(tmp_path / "city.db")
    task = city.letters(city.complain(), "task")[0]
    ledger = StoreLedger(city.store, city.desk, 60)
    assert ledger.due(city.now) == [task.address]
    ledger.keep(task.address, Visit((), Bookmark(), unchanged=True), city.now)
    ledger.flush(city.now)
    assert StoreLedger(city.store, city.desk, 60).due(city.now + timedelta(seconds=30)) == []
    assert StoreLedger(city.store, city.desk, 60).due(city.now + timedelta(seconds=61)) == [task.address]
