"""The two switches of a ticket, and each look at who wrote it: every change and every look is a row of the history."""

from __future__ import annotations

from engine.desk import letters
from engine.desk.charged import charged
from engine.desk.moves import Given, apart, context, move
from engine.desk.world import World
from engine.errors import NotAllowed
from engine.event import Hidden, KeptBack, Looked, Replied
from engine.letter import Reader
from engine.routing.route import Confidential
from engine.store import Entry
from engine.ticket import Role, Ticket


def looked(world: World, event: Looked) -> Ticket:
    """Notes who was shown the reporter and why. Raises NotAllowed without a reason."""
    ticket = _ticket(world, event)
    _tell(world, ticket, event, "look", {})
    return ticket


def hide(world: World, event: Hidden) -> Ticket:
    """Sets the switches that are given; one that stands so already changes nothing and tells nothing."""
    ticket = _ticket(world, event)
    wanted = {"hide_from_public": event.public, "hide_from_agency": event.agency}
    changes = {name: on for name, on in wanted.items() if on is not None and on != getattr(ticket, name)}
    if not changes:
        return ticket
    _tell(world, ticket, event, "hide", changes)
    hidden = world.store.change(ticket, **changes)
    if changes.get("hide_from_public"):
        apart(world, hidden, event.at)
    return hidden


def wished(world: World, ticket: Ticket, event: Replied) -> Ticket:
    """A reporter who asks in a later mail to stay unnamed is hidden from then on, that mail included."""
    heard = world.wish(event.reading.text)
    if ticket.hide_from_agency or heard.level is Confidential.NONE:
        return ticket
    public = True if heard.level is Confidential.SECRET else None
    return hide(world, Hidden(event.at, ticket.id, "citizen", ", ".join(heard.reasons), public=public, agency=True))


def accusing(world: World, ticket: Ticket, event: Replied) -> Ticket:
    """A reporter who complains of an official, or fears one, in a later mail: that mail and all that follow pass him
    by, and where he or one of his holds the matter, it is taken from them unheard and the desk decides.
    """
    store = world.store
    about, heard = charged(world.directory, event.reading.text, ticket)
    new = tuple(one for one in about if one not in ticket.reported)
    if ticket.secret or not new:
        return ticket
    if any(charge.fear for charge in heard) and not ticket.hide_from_agency:
        ticket = hide(world, Hidden(event.at, ticket.id, "citizen", heard[0].phrase, agency=True))
    ticket = store.change(ticket, reported=(*ticket.reported, *new))
    data = {"reported": list(ticket.reported), "reasons": [charge.phrase for charge in heard]}
    store.tell(Entry(event.at, ticket.id, "engine", "charge", ticket.state, ticket.state, data=data))
    letters.withhold(world, ticket)
    known = world.workflow_of(ticket).allowed(world.situation(ticket, event.at), Role.MACHINE)
    if "accused" not in known or not world.barred(ticket, ticket.holder):
        return ticket
    return move(world, ticket, "accused", Role.MACHINE, event.at, Given(actor_position="engine"))


def kept_back(world: World, event: KeptBack) -> None:
    """Tells the desk, once for each of the reporter's mails, that files of it were not handed on."""
    store = world.store
    letter = store.letter(event.letter)
    ticket = store.ticket(letter.ticket) if letter is not None and letter.ticket else None
    if letter is None or ticket is None:
        return
    given = letter.data.get("mails")
    mails = sorted({ticket.mail, *(given if isinstance(given, list) else ())})
    if any(e.event == "kept_back" and e.data.get("mails") == mails for e in store.history_of(ticket.id)):
        return
    data = {"files": event.files, "mails": mails}
    store.tell(Entry(event.at, ticket.id, "engine", "kept_back", letter=letter.id, data=data))
    if letter.reader is not Reader.DESK:  # its own letter says so
        about = context(world, ticket, event.at, Given()) | {"files": event.files, "title": letter.name}
        letters.write(world, ticket, "files_kept", "desk", event.at, about)


def _ticket(world: World, event: Looked | Hidden) -> Ticket:
    ticket = world.store.ticket(event.ticket)
    if ticket is None:
        raise KeyError(f"no ticket {event.ticket}")
    if not event.reason.strip():
        raise NotAllowed("say why: a reason is kept in the history")
    return ticket


def _tell(world: World, ticket: Ticket, event: Looked | Hidden, name: str, data: dict[str, bool]) -> None:
    said = {"reason": event.reason.strip(), **data}
    world.store.tell(Entry(event.at, ticket.id, event.clerk, name, ticket.state, ticket.state, data=said))
