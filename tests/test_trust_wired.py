"""A reply whose sender's domain disowns it commands nothing, though it came to a signed address."""

from __future__ import annotations

from pathlib import Path

from engine.message import Envelope
from engine.reading import Answer, Kind, Reading, Status
from mail.address import Addresses
from mail.event import event_of
from tests.world import City, message


def test_forged_reply_is_not_signed(tmp_path: Path) -> None:
    """The same mail is a command when nothing speaks against it, and a comment when our relay calls it forged."""
    addresses = Addresses(b"k" * 32, domain="sibadra.kotabogor.example")
    city = City.new(tmp_path / "city.db")
    ticket = city.complain()
    task = city.letters(ticket, "task")[0]
    to = addresses.reply(ticket.number, task.id, task.address)
    mail = city.store.mail(city.store.keep([(Envelope(task.address, (to,), city.now), b"raw")])[0])
    assert mail is not None
    reading = Reading(Kind.REPLY, message(task.address), "SELESAI", answer=Answer(Status.DONE, explicit=True))
    for forged, state in ((True, "forwarded"), (False, "done")):
        city.desk.handle(event_of(city.store, addresses, mail, reading, city.now, forged=forged))
        assert city.ticket(ticket).state == state
