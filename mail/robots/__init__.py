"""Mail that a machine wrote: how we know (RFC 3834 and the habits of the world), and what an absence note tells."""

from __future__ import annotations

from datetime import date, timedelta, timezone

from engine.message import Envelope, Message
from engine.reading import Automatic

from . import words
from .absence import facts
from .signs import Letter, found, newsletter, through_list

__all__ = ["answers", "automatic", "newsletter", "proven", "through_list"]

_WIB = timezone(timedelta(hours=7), "WIB")


def automatic(message: Message, envelope: Envelope | None, text: str) -> Automatic | None:
    """Why a machine must have written this and what its absence note says, or None for a person's mail.

    `text` is the sender's new text, so that phrases in quoted mail count for nothing. An absence typed by hand, with no
    other sign, is a person's. Never raises.
    """
    letter = _letter(message, envelope, text)
    signs = found(letter)
    if not signs:
        return None
    return _noted(letter, tuple(sign.reason for sign in signs), away=any(sign.answers for sign in signs))


def answers(message: Message, envelope: Envelope | None, text: str) -> bool:
    """Whether a machine answers or notifies us; False for people and for mail to many (newsletters, advertising)."""
    return any(sign.answers for sign in found(_letter(message, envelope, text)))


def proven(message: Message, envelope: Envelope | None, text: str) -> bool:
    """Whether it is a machine's answer by marks that no advertiser's mail carries, whatever its words."""
    return any(sign.proves for sign in found(_letter(message, envelope, text)))


def _letter(message: Message, envelope: Envelope | None, text: str) -> Letter:
    return Letter(message, envelope, text.replace("\u2019", "'"), through_list(message))


def _noted(letter: Letter, reasons: tuple[str, ...], *, away: bool) -> Automatic:
    subject = letter.message.subject[:200]
    absent = away and bool(words.ABSENT.search(letter.text[:3_000]) or words.ABSENT_SUBJECT.search(subject))
    if not absent:
        return Automatic(reasons)
    noted = facts(letter.text, _today(letter))
    return Automatic(
        reasons,
        absence=True,
        until=noted.until,
        back=noted.back,
        deputy=noted.deputy,
        deputy_as=noted.deputy_as,
        for_good=noted.for_good,
    )


def _today(letter: Letter) -> date | None:
    """The day of the mail in the city's zone."""
    moment = letter.message.date or (letter.envelope.received_at if letter.envelope else None)
    try:
        return moment.astimezone(_WIB).date() if moment else None
    except (OverflowError, ValueError):
        return None
