"""From a stored mail and what was read in it to the event of the desk: our own signed addresses say what it answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from engine.event import Automated, Bounced, Event, Received, Replied, Seen
from engine.letter import Letter
from engine.reading import Kind, Reading
from engine.store import Mail, Store
from engine.ticket import Ticket, find_number
from mail.address import Addresses, BounceOf, Intake, Known, ReplyTo


def answered_letter(store: Store, addresses: Addresses, recipients: Iterable[str]) -> tuple[Letter | None, bool]:
    """The letter that a mail to these envelope recipients answers, and whether our signature for its mailbox holds."""
    for recipient in recipients:
        claim = addresses.parse(recipient)
        if isinstance(claim, Intake) and claim.detail:
            claim = _repaired(store, addresses, recipient, claim.detail)
        if isinstance(claim, ReplyTo):
            letter = store.letter(claim.letter)
            if letter is not None and claim.verify(letter.address):
                return letter, True
    return None, False


def _repaired(store: Store, addresses: Addresses, recipient: str, detail: str) -> ReplyTo | None:
    """A reply address with one slip in it, if it can mean only one letter of the ticket it names."""
    number = find_number(detail)
    ticket = store.ticket_by_number(number) if number else None
    if ticket is None:
        return None
    known = [Known(ticket.number, letter.id, letter.address) for letter in store.letters_of(ticket.id)]
    found = addresses.repair(recipient, known)
    if found is None:
        return None
    claim = addresses.parse(addresses.reply(found.ticket, found.letter, found.mailbox))
    return claim if isinstance(claim, ReplyTo) else None


def bounced_letter(addresses: Addresses, recipients: Iterable[str]) -> int | None:
    """The letter whose own signed bounce address this mail came to."""
    for recipient in recipients:
        claim = addresses.parse(recipient)
        if isinstance(claim, BounceOf):
            return claim.letter
    return None


def event_of(
    store: Store, addresses: Addresses, mail: Mail, reading: Reading, at: datetime, *, forged: bool = False
) -> Event:
    """What has happened. A bounce counts only at a bounce address of ours; anything else a machine sends is a fact.

    `forged` is our own relay's word that the sender's domain disowns this mail: then our signature proves nothing.
    """
    recipients = mail.envelope.recipients
    bounced = bounced_letter(addresses, recipients)
    if bounced is not None and store.letter(bounced) is None:
        return Automated(at, mail.id, reading, None)  # a letter of another life of the database
    if bounced is not None:
        if reading.bounce is not None:
            first = reading.bounce.failures[0] if reading.bounce.failures else None
            diagnostic = first.diagnostic if first else ""
            return Bounced(at, mail.id, bounced, reading.bounce.permanent, reading.bounce.code or "", diagnostic)
        return Automated(at, mail.id, reading, bounced)
    letter, signed = answered_letter(store, addresses, recipients)
    if reading.kind is Kind.RECEIPT and reading.receipt is not None:
        if letter is not None and reading.receipt.displayed:
            return Seen(at, letter.id, "receipt")
        return Automated(at, mail.id, reading, letter.id if letter else None)
    if reading.kind in (Kind.AUTO, Kind.BOUNCE):
        return Automated(at, mail.id, reading, letter.id if letter else None)
    sender = reading.message.sender.key if reading.message.sender else ""
    if letter is not None and letter.ticket is not None:
        return Replied(at, mail.id, reading, letter.ticket, letter.id, signed and not forged, sender)
    return _by_witnesses(store, addresses, mail, reading, at, sender)


LISTS = ("digest", "which")
"""Letters about several reports, whose answers are about none of them until one is named."""


def _concerned(store: Store, ticket: Ticket, sender: str) -> bool:
    """Whether it is the ticket's citizen, or an official whom a letter about it was written to."""
    return sender in (ticket.citizen_address.lower(), *(letter.address for letter in store.letters_of(ticket.id)))


def _by_witnesses(store: Store, addresses: Addresses, mail: Mail, reading: Reading, at: datetime, sender: str) -> Event:
    """No signed address: the Message-ID it answers and the number in its subject are witnesses, never authority."""
    message = reading.message
    for message_id in (*message.in_reply_to, *reversed(message.references)):
        ours = addresses.letter_of(message_id)
        letter = store.letter(ours.letter) if ours else None
        if letter is not None and letter.ticket is not None:
            return Replied(at, mail.id, reading, letter.ticket, letter.id, False, sender)
        if letter is not None and letter.kind in LISTS and letter.address == sender:
            return Received(at, mail.id, reading, answers=letter.id)
    number = find_number(message.subject)
    ticket = store.ticket_by_number(number) if number else None
    if ticket is not None and reading.kind is not Kind.STATUS and _concerned(store, ticket, sender):
        return Replied(at, mail.id, reading, ticket.id, None, False, sender)
    return Received(at, mail.id, reading)
