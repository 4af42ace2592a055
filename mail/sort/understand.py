"""(Envelope, Message) -> Reading: the kind of a mail by a table of rules, first match wins, and the facts in it.

    receipt   a message disposition notification
    bounce    a mail system's notice of failed delivery
    machine   an absence note, an acknowledgement: never an answer
    empty     nothing to act on, and no answer to a letter of ours
    spam      advertising, phishing, newsletters; not what answers a letter of ours
    machine   any other mail of a machine
    answer    to a letter of ours: an official's is a reply; a citizen's may be thanks, a question how it stands or
              a new complaint, else it is a reply. It carries its Answer in every case.
    thanks, status, empty where a few words tell no matter, then complaint or external as its route says

Whoever acts on a Reading of kind thanks, status or complaint that carries an answer has both: the citizen answered a
letter of ours, and this is what it was about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from functools import cached_property

from engine.directory import Directory
from engine.message import Envelope, Message
from engine.reading import Answer, Automatic, Bounce, Kind, Reading, Receipt, Speaker, Status
from engine.routing.route import Confidential, Route
from mail.report import bounce, receipt
from mail.robots import answers, automatic, proven

from . import identity, wording
from .identity import Intake
from .kinds import judge
from .language import language
from .spam import spam_score

_AHEAD, _BEHIND = timedelta(hours=2), timedelta(days=2)  # a clock may be fast, a queue may be slow
_NO_GUESS = 0.2  # confidence below which routing knows no matter
_SELLS = 4.6  # lures beyond which a machine's mail is an advertisement
_WIB = timezone(timedelta(hours=7), "WIB")


@dataclass(frozen=True, slots=True)
class Tools:
    """What sorting is given: the city, and what reads a mail, cuts its new text, routes it, reads an answer."""

    directory: Directory
    read: Callable[[bytes], Message]
    new_text: Callable[[Message], str]
    route: Callable[[Message, str], Route]
    answer: Callable[..., Answer]
    intake: Intake = field(default_factory=Intake)
    closed: Callable[[int], frozenset[date]] = lambda _year: frozenset()


class Case:
    """One mail while it is sorted: what several rules ask is worked out once, when it is asked."""

    def __init__(self, raw: bytes, message: Message, envelope: Envelope | None, tools: Tools) -> None:
        self.raw, self.message, self.envelope, self.tools = raw, message, envelope, tools

    @cached_property
    def text(self) -> str:
        """The sender's new text."""
        return self.tools.new_text(self.message)

    @cached_property
    def bounce(self) -> Bounce | None:
        """The failures it reports."""
        return bounce(self.raw, self.message, self.envelope)

    @cached_property
    def receipt(self) -> Receipt | None:
        """The reading it confirms."""
        return receipt(self.message, self.envelope)

    @cached_property
    def automatic(self) -> Automatic | None:
        """Why a machine wrote it."""
        return automatic(self.message, self.envelope, self.text)

    @cached_property
    def machine_answers(self) -> bool:
        """Whether a machine answers us (and does not write to many)."""
        return self.automatic is not None and answers(self.message, self.envelope, self.text)

    @cached_property
    def to_reply_address(self) -> bool:
        """Whether it came to an address that only our letters carry."""
        return identity.reply_address(self.message, self.envelope, self.tools.intake) is not None

    @cached_property
    def answers_us(self) -> bool:
        """Whether it answers a letter of ours."""
        return self.to_reply_address or identity.refers_to_us(self.message, self.tools.intake)

    @cached_property
    def speaker(self) -> tuple[Speaker, str | None]:
        """Official (with unit) or citizen."""
        return identity.speaker(self.message, self.tools.directory)

    @cached_property
    def answer(self) -> Answer:
        """What it says as an answer."""
        who, unit = self.speaker
        sent = self._day()
        closed = self.tools.closed(sent.year) | self.tools.closed(sent.year + 1)
        said = self.tools.answer(
            self.text,
            speaker=who,
            sent=sent,
            directory=self.tools.directory,
            closed=closed,
            own=unit,
            asked=identity.asked(self.message),
        )
        if who is Speaker.CITIZEN or said.explicit:
            return said
        target = identity.handed_on(self.message, self.tools.directory, unit, self.tools.intake)
        if target is None:
            return said
        # What he orders the other unit to do by some day is that unit's work, no promise of his own.
        return replace(said, status=Status.FORWARDED, target=target, promised=None, evidence="Kepada: " + target)

    @cached_property
    def judged(self) -> Kind:
        """Spam, status, thanks or complaint by rules and words."""
        message = identity.own_words(self.message) if self.answers_us else self.message
        return judge(message, self.text, thread=self.answers_us)

    @cached_property
    def route(self) -> Route:
        """The desk it belongs on; a forwarded mail is routed by what was forwarded too."""
        return self.tools.route(self.message, self._matter())

    def _matter(self) -> str:
        whole = self.message.text.strip()
        forwarded = self.message.subject.lower().lstrip().startswith(("fwd:", "fw:", "trs:", "diteruskan:", "terusan:"))
        if not self.answers_us and (forwarded or len(self.text) < 20) and len(whole) > len(self.text):
            return f"{self.text}\n{whole}" if self.text not in whole else whole
        return self.text

    def _day(self) -> date:
        moment = self.message.date
        if self.envelope is not None:
            # A clock that is set wrong must not move a promise: the header counts only near the time of arrival.
            came = self.envelope.received_at
            near = moment is not None and -_AHEAD <= came - moment <= _BEHIND
            moment = moment if near else came
        try:
            return (moment or datetime(2026, 1, 1, tzinfo=_WIB)).astimezone(_WIB).date()
        except (OverflowError, ValueError):
            return date(2026, 1, 1)


def _receipt(case: Case) -> Kind | None:
    return Kind.RECEIPT if case.receipt else None


def _bounce(case: Case) -> Kind | None:
    return Kind.BOUNCE if case.bounce else None


def _machine_answer(case: Case) -> Kind | None:
    """Words that sell make an advertisement of it only where no mark proves the answer of a machine."""
    if not case.machine_answers:
        return None
    if case.answers_us or case.judged is not Kind.SPAM or proven(case.message, case.envelope, case.text):
        return Kind.AUTO
    return Kind.AUTO if spam_score(case.message, case.text) < _SELLS else None


def _spam(case: Case) -> Kind | None:
    if case.answers_us or case.speaker[0] is Speaker.OFFICIAL:
        return None
    return Kind.SPAM if case.judged is Kind.SPAM else None


def _machine(case: Case) -> Kind | None:
    return Kind.AUTO if case.automatic else None


def _answer(case: Case) -> Kind | None:
    if not case.answers_us:
        return None
    if case.speaker[0] is Speaker.OFFICIAL or case.answer.explicit or case.answer.status is Status.WITHDRAWN:
        return Kind.REPLY
    if case.judged in (Kind.STATUS, Kind.THANKS):
        return case.judged
    return _complaint(case) if wording.tells_new_matter(case.text) else Kind.REPLY


def _empty(case: Case) -> Kind | None:
    """Before spam: where there is nothing to weigh the words of a file's name must not decide."""
    if case.answers_us or case.automatic:
        return None
    return Kind.EMPTY if wording.says_nothing(case.message, case.text) else None


def _asks_or_thanks(case: Case) -> Kind | None:
    if wording.only_status(case.message, case.text):
        return Kind.STATUS
    return case.judged if case.judged in (Kind.STATUS, Kind.THANKS) else None


def _jest(case: Case) -> Kind | None:
    """A few words in which neither rules nor routing find a matter: who wrote them is asked for it."""
    if case.answers_us or case.speaker[0] is Speaker.OFFICIAL or not wording.may_jest(case.message, case.text):
        return None
    route = case.route
    told = route.place or route.urgent or route.confidential is not Confidential.NONE or route.confidence >= _NO_GUESS
    return None if told else Kind.EMPTY


def _complaint(case: Case) -> Kind:
    return Kind.EXTERNAL if case.route.external and not case.route.unit else Kind.COMPLAINT


RULES: tuple[Callable[[Case], Kind | None], ...] = (
    _receipt,
    _bounce,
    _machine_answer,
    _empty,
    _spam,
    _machine,
    _answer,
    _asks_or_thanks,
    _jest,
    _complaint,
)


def _as_told(case: Case, as_: Kind | None) -> Kind | None:
    if as_ is Kind.BOUNCE:
        return _bounce(case)
    if as_ is Kind.AUTO:
        return _machine(case)
    if as_ is Kind.RECEIPT:
        return _receipt(case)
    return _complaint(case) if as_ is Kind.COMPLAINT else as_


def understand(raw: bytes, envelope: Envelope | None = None, *, tools: Tools, as_: Kind | None = None) -> Reading:
    """What a mail is and says. Raises Unreadable where no message can be made of the bytes, nothing else.

    `as_` says what to examine it as: REPLY reads it as an answer whoever sent it, COMPLAINT routes it. BOUNCE and AUTO
    ask that question first and alone, and if the mail is no such thing it is what the rules say: what is not there is
    never made up.
    """
    message = tools.read(raw)
    case = Case(raw, message, envelope, tools)
    kind = _as_told(case, as_) or next(kind for rule in RULES if (kind := rule(case)) is not None)
    tongue = language(case.text if case.text.strip() else message.subject)
    reading = Reading(kind, message, case.text, warnings=message.warnings, language=tongue)
    if kind is Kind.BOUNCE:
        return replace(reading, bounce=case.bounce, automatic=case.automatic)
    if kind is Kind.RECEIPT:
        return replace(reading, receipt=case.receipt, automatic=case.automatic)
    if kind is Kind.AUTO:
        return replace(reading, automatic=case.automatic)
    if kind is Kind.REPLY:
        return replace(reading, answer=case.answer, automatic=case.automatic)
    routed = kind in (Kind.COMPLAINT, Kind.EXTERNAL, Kind.STATUS, Kind.THANKS)
    return replace(
        reading,
        answer=case.answer if case.answers_us and as_ is None and kind is not Kind.SPAM else None,
        automatic=case.automatic,
        route=case.route if routed else None,
    )
