"""Is this mail a mail system's notice of failed or delayed delivery, and of which recipients?

Where a format exists it is read (RFC 3464, X-Failed-Recipients); only then come the words. A notice in words needs a
mail system as its writer, or a subject, a sentence and a shape that only mail systems write: a person who forwards a
bounce, or tells of one, is a person.
"""

from __future__ import annotations

import re
from enum import IntEnum

from engine.message import Envelope, Message
from engine.reading import Bounce, Failure

from . import address, notice, phrases
from .delivery import Delivery, looks_like_status, read_status
from .detectors import flufl
from .pieces import Pieces, take_apart
from .returned import Returned, read_returned, split_notice

MOST_NOTICE = 20_000  # characters of a notice that are looked at for phrases

_REPORT = ("message/delivery-status", "message/global-delivery-status")
_ANSWERED = re.compile(
    r"^\s{0,5}(?:re|aw|antw|sv|vs|bls|balas|fwd?|fw|wg|trs|terusan|enc|rv|tr|i|r)\s{0,3}(?:\[\d+\])?\s{0,3}:", re.I
)
_ROBOT_SUBJECT = re.compile(
    r"^(?:automatic reply|auto(?:-|\s)?(?:matic )?(?:reply|response|resp)|out of (?:the )?office|balasan otomatis"
    r"|jawaban otomatis"
    r"|abwesenheit|automatische antwort|réponse automatique|risposta automatica|respuesta automática"
    r"|resposta automática"
    r"|read:|dibaca:|not read:|tidak dibaca:|gelesen:|please confirm|confirm)",
    re.I,
)


class Writer(IntEnum):
    """How surely a mail system wrote this: not at all, perhaps, without a return path, under a system's name."""

    PERSON = 0
    PERHAPS = 1
    NULL_PATH = 2
    SYSTEM = 3


def bounce(raw: bytes, message: Message, envelope: Envelope | None = None) -> Bounce | None:
    """The failures that a delivery status notification reports, or None if the mail is no such notice.

    RFC 3464 first (`delayed` is a temporary failure, `delivered`, `relayed` and `expanded` are none), then
    X-Failed-Recipients, then free text. Never raises.
    """
    writer = _writer(message, envelope)
    subject = _folded(message.subject)[:300]
    says_failure = bool(phrases.SUBJECT.match(subject))
    is_report = message.content_type.startswith("multipart/report") or any(r.type in _REPORT for r in message.reports)
    if not (is_report or writer is not Writer.PERSON or says_failure):
        return None
    pieces = take_apart(raw)
    delivery = _delivery(pieces, trusted=writer >= Writer.NULL_PATH)
    text, returned = _notice(pieces)
    message_id = returned.message_id or (delivery.message_id if delivery else None) or _answered(message, writer)
    if delivery and delivery.failures:
        return _result(delivery.failures, message_id)
    folded = _folded(text[:MOST_NOTICE])
    if not _is_notice(message, pieces, delivery, writer, subject, folded):
        return None
    ours = _ours(message, envelope)
    failures = _failures(raw, message, text, returned, ours)
    reported = delivery is not None and delivery.failed > 0
    named_only = not failures and not _machine_mailbox(message) and not null_path(message, envelope)
    if not reported and (named_only or not _believed(writer, says_failure, folded, failures, returned)):
        return None
    if phrases.DELAY.search(folded[:6000]) or phrases.DELAY.search(subject):
        failures = tuple(
            Failure(
                each.address, each.permanent and bool(each.code and each.code[0] == "5"), each.code, each.diagnostic
            )
            for each in failures
        )
    return _result(failures, message_id, folded)


def _writer(message: Message, envelope: Envelope | None) -> Writer:
    name = _folded(message.sender.name if message.sender else message.header("From") or "")
    local = message.sender.key.partition("@")[0] if message.sender else ""
    sure = (
        message.header("X-Failed-Recipients") is not None or message.header("X-MS-Exchange-Message-Is-Ndr") is not None
    )
    if sure or (address.is_machine(f"{local}@x") and not re.match(r"no|do|bounce|root|listserv", local)):
        return Writer.SYSTEM
    if phrases.SYSTEM_NAME.search(name[:200]):
        return Writer.SYSTEM
    if null_path(message, envelope):
        return Writer.NULL_PATH
    if not local or phrases.SYSTEM_LOCAL.match(local):
        return Writer.PERHAPS
    submitted = (message.header("Auto-Submitted") or "no").strip().lower()
    return Writer.PERSON if submitted.startswith("no") else Writer.PERHAPS


def _machine_mailbox(message: Message) -> bool:
    """Whether more than a display name, which any swindler may choose, tells of a mail system."""
    local = message.sender.key.partition("@")[0] if message.sender else ""
    marked = ("X-Failed-Recipients", "X-MS-Exchange-Message-Is-Ndr")
    return address.is_machine(f"{local}@x") or any(message.header(name) is not None for name in marked)


def null_path(message: Message, envelope: Envelope | None) -> bool:
    """Whether the mail came with the null reverse-path `<>` (RFC 5321 section 4.5.5), by envelope or Return-Path."""
    if envelope is not None:
        return not envelope.reverse_path.strip("<> ")
    path = message.header("Return-Path")
    return path is not None and not path.strip("<> \t") and "<" in path


def _delivery(pieces: Pieces, *, trusted: bool) -> Delivery | None:
    """What the machine-readable part says; believed in a multipart/report or from a mail system only."""
    parts = [piece.text for piece in pieces.of(*_REPORT)]
    if not parts or not (trusted or pieces.type == "multipart/report" or pieces.type in _REPORT):
        if not trusted:
            return None
        parts = [
            p.text for p in pieces.all if not p.returned and p.type in ("text/plain", "") and looks_like_status(p.text)
        ]
        if not parts:
            return None
        parts = [split_notice(text)[0] for text in parts]
        parts = [
            re.sub(r"(?im)\A.*?(?=^(?:original-recipient|final-recipient)\s?:)", "", text, flags=re.S) for text in parts
        ]
    read = [read_status(text) for text in parts]
    failures: dict[str, Failure] = {}
    for each in read:
        for failure in each.failures:
            failures.setdefault(failure.address.lower(), failure)
    return Delivery(
        tuple(failures.values()),
        sum(each.recipients for each in read),
        sum(each.failed for each in read),
        next((each.message_id for each in read if each.message_id), None),
    )


def _notice(pieces: Pieces) -> tuple[str, Returned]:
    """The notice in words, without the mail that came back, and what is known of that mail."""
    plain = [piece.text for piece in pieces.of("text/plain", "") if piece.text.strip()]
    texts = plain or [piece.text for piece in pieces.of("text/html")]
    if plain and len("".join(plain)) < 40:
        texts = plain + [piece.text for piece in pieces.of("text/html")]
    parts, below = [], ""
    for text in texts:
        own, rest = split_notice(text)
        parts.append(own)
        if rest:
            below = below or rest
            break
    return "\n".join(parts), read_returned(pieces.returned or below)


def _is_notice(
    message: Message, pieces: Pieces, delivery: Delivery | None, writer: Writer, subject: str, folded: str
) -> bool:
    """Whether words may be believed at all: not from lists, absence notes, receipts, or tidings of success."""
    if pieces.of("message/feedback-report"):
        return False
    if pieces.of("message/disposition-notification", "message/global-disposition-notification"):
        return "automatically rejected" in folded or "secara otomatis ditolak" in folded
    if delivery and delivery.recipients:  # it tells of recipients: did none of them fail?
        return delivery.failed > 0
    if _ROBOT_SUBJECT.match(subject):
        return False
    if phrases.SUCCESS.search(subject) or (
        phrases.SUCCESS.search(folded[:600]) and not phrases.FAILURE.search(folded[:600])
    ):
        return False
    listed = any(message.header(name) for name in ("List-Unsubscribe", "List-Post", "List-Id", "Mailing-List"))
    if listed and writer < Writer.SYSTEM:
        return False
    if listed and not phrases.SUBJECT.match(subject):
        return False
    return writer >= Writer.NULL_PATH or not _ANSWERED.match(subject)


def _believed(writer: Writer, subject: bool, folded: str, failures: tuple[Failure, ...], returned: Returned) -> bool:
    """The table of what is enough: the less sure the writer, the more the words must say."""
    phrase = bool(phrases.FAILURE.search(folded[:6000]) or phrases.DELAY.search(folded[:6000]))
    coded = any(failure.code for failure in failures)
    came_back = bool(returned.message_id or returned.recipients)
    if writer is Writer.SYSTEM:
        return (subject or phrase) and (bool(failures) or (subject and phrase))
    if writer is Writer.NULL_PATH:
        return (subject and (phrase or bool(failures))) or (phrase and bool(failures) and (coded or came_back))
    return subject and phrase and bool(failures) and (coded or came_back)


def _failures(raw: bytes, message: Message, text: str, returned: Returned, ours: frozenset[str]) -> tuple[Failure, ...]:
    """From the surest source to the least: header, shape of the lines, flufl.bounce, sentences, the returned mail."""
    named = address.addresses_in((message.header("X-Failed-Recipients") or "")[:10_000])
    if named:
        return notice.about(text, tuple(named))
    if found := notice.by_shape(text, returned, ours):
        return found
    temporary, permanent = flufl(raw, ours | frozenset(returned.senders))
    if temporary or permanent:
        return notice.about(text, temporary + permanent)
    if found := notice.by_words(text, returned, ours):
        return found
    others = tuple(each for each in returned.recipients if each.lower() not in ours | frozenset(returned.senders))
    return notice.about(text, others) if len(others) == 1 else ()


def _ours(message: Message, envelope: Envelope | None) -> frozenset[str]:
    """Addresses that this notice came to or from: never a failing recipient."""
    own = {each.key for each in (*message.to, *message.cc)}
    if message.sender:
        own.add(message.sender.key)
    if envelope:
        own.update(each.lower() for each in envelope.recipients)
    for name in ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"):
        own.update(
            each.lower() for value in message.all_headers(name)[:5] for each in address.addresses_in(value[:500])
        )
    return frozenset(own)


def _answered(message: Message, writer: Writer) -> str | None:
    """Some systems return nothing but name our mail in In-Reply-To (Gmail, Exchange)."""
    return message.in_reply_to[0] if writer is not Writer.PERSON and message.in_reply_to else None


def _result(failures: tuple[Failure, ...], message_id: str | None, folded: str = "") -> Bounce:
    permanent = any(failure.permanent for failure in failures) if failures else not phrases.DELAY.search(folded[:6000])
    code = next((each.code for each in failures if each.code and each.permanent == permanent), None)
    return Bounce(failures, permanent, code, message_id)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u2019", "'").lower()).strip()
