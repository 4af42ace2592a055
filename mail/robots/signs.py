"""The signs that a machine wrote a mail, as one table read top to bottom.

A sure sign is enough. The others count when two agree that `AGREE` names: what a person types by hand (an absence, a
word of thanks with a ticket number) is one sign alone and leaves the mail a person's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from engine.message import Envelope, Message
from mail.report.bounce import null_path
from mail.report.phrases import SYSTEM_NAME

from . import words

MOST_TEXT = 6_000  # characters of the new text that are looked at


class Mark(StrEnum):
    """What a sign marks; only pairs of `AGREE` add up."""

    SURE = "enough alone"
    RULE = "a rule of the mailbox"
    MANY = "sent to many, or by a program"
    SERVICE = "sender is a service"
    AWAY_SUBJECT = "subject of an absence"
    AWAY_TEXT = "text of an absence"
    AWAY_ANSWER = "absence, said in answer to a mail"
    DESK_SUBJECT = "subject of an acknowledgement"
    DESK_TEXT = "text of an acknowledgement"


AGREE = (
    (Mark.AWAY_SUBJECT, Mark.AWAY_ANSWER),
    (Mark.AWAY_SUBJECT, Mark.RULE),
    (Mark.AWAY_TEXT, Mark.RULE),
    (Mark.DESK_SUBJECT, Mark.DESK_TEXT),
    (Mark.DESK_SUBJECT, Mark.SERVICE),
    (Mark.DESK_SUBJECT, Mark.MANY),
    (Mark.DESK_TEXT, Mark.SERVICE),
    (Mark.DESK_TEXT, Mark.MANY),
    (Mark.SERVICE, Mark.MANY),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the signs look at."""

    message: Message
    envelope: Envelope | None
    text: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: its name (as a reason), what it marks, and the question it asks."""

    reason: str
    mark: Mark
    holds: Callable[[Letter], bool]
    answers: bool = False  # it marks an answer or a notice to us, not mail to many
    proves: bool = False  # it marks a machine's answer and no advertiser's mail, whatever the words


def through_list(message: Message) -> bool:
    """Whether the mail came through a discussion list: then bulk marks say nothing about its writer (RFC 2369)."""
    post = message.header("List-Post")
    if post is not None and not post.strip().lower().startswith("no"):
        return True
    names = (
        "Mailing-List",
        "X-Mailing-List",
        "X-BeenThere",
        "X-Mailman-Version",
        "X-Mailer-List",
        "X-ML-Name",
        "X-Listname",
        "X-List",
        "X-Yahoo-Profile",
        "X-Google-Group-Id",
        "X-Listprocessor-Version",
        "X-Sequence",
    )
    if any(message.header(name) is not None for name in names):
        return True
    if "list" in (message.header("Precedence") or "").lower():
        return True
    paths = (
        message.header("Sender"),
        message.header("Errors-To"),
        message.header("Return-Path"),
        message.header("X-Sender"),
    )
    return any(
        re.match(
            r"[\s<\"]{0,5}(?:owner-[\w.-]{2,64}|[\w.-]{2,64}-(?:owner|bounces|admin|errors|request"
            r"|return)(?:[+-][^@\s]{0,100})?)@",
            path[:200],
            re.I,
        )
        for path in paths
        if path
    )


def newsletter(message: Message) -> bool:
    """Whether it is mail to many that one can leave (List-Unsubscribe, RFC 2369 and 8058) and no discussion list."""
    if message.header("List-Unsubscribe") is None and message.header("List-Unsubscribe-Post") is None:
        campaign = any(
            re.match(r"x-(?:campaign|mc-user|mailer-campaign|csa-complaints|newsletter)", k, re.I)
            for k, _ in message.headers
        )
        return campaign and not through_list(message)
    return not through_list(message)


def _auto_replied(letter: Letter) -> bool:
    """RFC 3834 section 5: `auto-replied`, which only answers carry."""
    return any(value.strip().lower().startswith("auto-replied") for value in _submitted(letter))


def _submitted(letter: Letter) -> tuple[str, ...]:
    return letter.message.all_headers("Auto-Submitted")[:5]


def _auto_submitted(letter: Letter) -> bool:
    """RFC 3834 section 5: anything but `no`, comments and parameters aside."""
    return any(value.strip() and not re.match(r"no\b", value.strip(), re.I) for value in _submitted(letter))


def _named_header(letter: Letter) -> bool:
    """X-Autoreply and its many cousins; X-Auto-Response-Suppress asks for silence and says nothing about the writer."""
    for name, value in letter.message.headers:
        low = name.lower()
        if (
            re.match(r"^(?:x-)?(?:[a-z0-9-]{0,30}-)?auto-?(?:matic-?)?(?:repl|respon[ds]|answer|generat|notif)", low)
            and "suppress" not in low
        ):
            if value.strip().lower() not in ("no", "false", "0", "none", ""):
                return True
        elif low in _MACHINE_HEADERS and value.strip().lower() not in ("no", "false", "0"):
            return True
    return False


_MACHINE_HEADERS = frozenset(
    (
        *("x-vacation", "x-cron-env", "x-list-administrivia", "x-fc-machinegenerated", "x-machine-generated"),
        *("x-jira-fingerprint", "x-bugzilla-reason", "x-bugzilla-type", "x-github-reason", "x-gitlab-project"),
        *("x-redmine-host", "x-trac-project", "x-facebook-notify", "x-linkedin-class", "x-linkedin-template"),
        *("x-notification-type", "x-servicenow-generated", "x-nagios-notification", "x-mailbot", "x-robot"),
        *("x-otrs-loop", "x-rt-loop-prevention", "x-launchpad-notification-type", "x-moodle-originating-script"),
    )
)


def _precedence(*kinds: str) -> Callable[[Letter], bool]:
    def holds(letter: Letter) -> bool:
        said = [letter.message.header(name) or "" for name in ("Precedence", "X-Precedence")]
        return any(re.sub(r"[\s_-]", "", value.lower()) in kinds for value in said)

    return holds


def _exchange_agent(letter: Letter) -> bool:
    source = letter.message.header("X-MS-Exchange-Generated-Message-Source") or ""
    return "agent" in source.lower()


def _class_nine(letter: Letter) -> bool:
    """Kerio and Outlook mark absence notes by message class."""
    said = [
        letter.message.header(name) or "" for name in ("X-POST-MessageClass", "X-MessageClass", "X-MS-Message-Class")
    ]
    return any(re.search(r"autorespond|oof|\.rules\.", value, re.I) for value in said)


def _header(name: str) -> Callable[[Letter], bool]:
    return lambda letter: letter.message.header(name) is not None


def _autoresponder(letter: Letter) -> bool:
    return any("autoresponder" in value.lower() for value in letter.message.all_headers("Delivered-To"))


def _report(letter: Letter) -> bool:
    return letter.message.content_type.startswith("multipart/report")


def _null_path(letter: Letter) -> bool:
    return null_path(letter.message, letter.envelope) and not letter.listed


def _sieve_id(letter: Letter) -> bool:
    return bool(
        re.match(r"(?:dovecot-sieve|vacation|auto-?reply|autoresponse)[-._]", letter.message.message_id or "", re.I)
    )


def _system_name(letter: Letter) -> bool:
    sender = letter.message.sender
    if sender is None or letter.listed:
        return False
    local = sender.key.partition("@")[0]
    return bool(re.match(r"mailer-?daemon|mail-?daemon|mdaemon$", local)) or bool(
        SYSTEM_NAME.search(sender.name.lower()[:100])
        and re.match(r"postmaster|mail|daemon|system|microsoftexchange", local)
    )


def _noreply(letter: Letter) -> bool:
    sender = letter.message.sender
    return bool(sender and words.MACHINE_LOCAL.match(sender.key.partition("@")[0][:80]))


def _bulk_sender(letter: Letter) -> bool:
    sender = letter.message.sender
    return bool(sender and words.BULK_LOCAL.match(sender.key.partition("@")[0][:80]))


def _mailer(letter: Letter) -> bool:
    said = [letter.message.header(name) or "" for name in ("X-Mailer", "User-Agent", "X-Mailer-Info")]
    return any(words.MACHINE_MAILER.search(value[:200]) for value in said)


def _many(letter: Letter) -> bool:
    """Marks of mass mailing (Feedback-ID, senders' services)."""
    wanted = re.compile(
        r"^(?:feedback-id|x-sg-eid|x-ses-outgoing|x-mailgun-sid|x-mc-user|x-campaign\w{0,10}|x-csa-complaints"
        r"|x-mandrill-user|x-pm-message-id|x-report-abuse(?:-to)?|x-abuse(?:-reports-to)?|x-mailer-recptid"
        r"|x-rpcampaign|x-job|x-delivery-context|x-msfbl|x-mailin-eid|x-mj-mid)$",
        re.I,
    )
    return any(wanted.match(name) for name, _ in letter.message.headers)


def _reply_line(letter: Letter) -> bool:
    """A desk's line to reply above, at the top of its own mail; it is cut from the new text like a quote's header."""
    return bool(words.REPLY_LINE.match(letter.message.text[:300]))


def _subject(pattern: re.Pattern[str]) -> Callable[[Letter], bool]:
    return lambda letter: bool(pattern.search(letter.message.subject.strip()[:200].replace("\u2019", "'")))


def _says(pattern: re.Pattern[str], most: int = MOST_TEXT) -> Callable[[Letter], bool]:
    return lambda letter: bool(pattern.search(letter.text[:most]))


def _away_answer(letter: Letter) -> bool:
    """An absence that speaks of the mail it answers, or stands in an answer, or asks other machines for silence."""
    text = letter.text[:1500]
    if not words.ABSENT.search(text):
        return False
    suppressed = letter.message.header("X-Auto-Response-Suppress") is not None
    return bool(suppressed or letter.message.in_reply_to or letter.message.references or words.ANSWERS.search(text))


def _ticket(letter: Letter) -> bool:
    """A desk's own subject; what a person answers to (`Re: [#12] ...`) is not the desk's any more."""
    subject = letter.message.subject.strip()[:200]
    return bool(words.TICKET_SUBJECT.search(subject)) and not re.match(
        r"(?:re|bls|balas|aw|fwd?|trs)\s?:", subject, re.I
    )


SIGNS = (
    Sign("Auto-Submitted: auto-replied (RFC 3834)", Mark.SURE, _auto_replied, answers=True, proves=True),
    Sign("Auto-Submitted (RFC 3834)", Mark.SURE, _auto_submitted, answers=True),
    Sign("X-Autoreply or a header like it", Mark.SURE, _named_header, answers=True, proves=True),
    Sign("Precedence: auto_reply", Mark.SURE, _precedence("autoreply", "autoresponse"), answers=True, proves=True),
    Sign("Exchange rules agent", Mark.SURE, _exchange_agent, answers=True, proves=True),
    Sign("message class of an absence note", Mark.SURE, _class_nine, answers=True, proves=True),
    Sign("Delivered-To: autoresponder", Mark.SURE, _autoresponder, answers=True),
    Sign("multipart/report", Mark.SURE, _report, answers=True, proves=True),
    Sign("null reverse-path (RFC 5321)", Mark.SURE, _null_path, answers=True),
    Sign("Message-ID of an autoresponder", Mark.SURE, _sieve_id, answers=True, proves=True),
    Sign("sender is a mail system", Mark.SURE, _system_name, answers=True),
    Sign("subject of an automatic answer", Mark.SURE, _subject(words.SURE_SUBJECT), answers=True, proves=True),
    Sign("says that it is automatic", Mark.SURE, _says(words.SELF), answers=True),
    Sign("says in a sentence that it is automatic", Mark.SURE, _says(words.SELF_LATER, 1500), answers=True),
    Sign("line to reply above", Mark.SURE, _reply_line, answers=True),
    Sign("sender takes no answer", Mark.SURE, _noreply),
    Sign("mail to many (List-Unsubscribe)", Mark.SURE, lambda letter: newsletter(letter.message)),
    Sign("Precedence: bulk", Mark.SURE, lambda letter: not letter.listed and _precedence("bulk", "junk")(letter)),
    Sign("Exchange inbox rule", Mark.RULE, _header("X-MS-Exchange-Inbox-Rules-Loop"), answers=True),
    Sign("mass mailing service", Mark.MANY, _many),
    Sign("program that sends mail", Mark.MANY, _mailer),
    Sign("sender is a service", Mark.SERVICE, _bulk_sender),
    Sign("subject of an absence", Mark.AWAY_SUBJECT, _subject(words.ABSENT_SUBJECT), answers=True),
    Sign("subject begins with Auto:", Mark.AWAY_SUBJECT, _subject(words.AUTO_SUBJECT), answers=True),
    Sign("subject of an acknowledgement", Mark.DESK_SUBJECT, _ticket, answers=True),
    Sign("text of an acknowledgement", Mark.DESK_TEXT, _says(words.RECEIVED, 1500), answers=True),
    Sign("absence, said in answer to a mail", Mark.AWAY_ANSWER, _away_answer, answers=True),
    Sign("text of an absence", Mark.AWAY_TEXT, _says(words.ABSENT, 1500), answers=True),
)


def found(letter: Letter) -> tuple[Sign, ...]:
    """The signs that hold if they decide: one is sure, or two agree; else none."""
    holding = tuple(sign for sign in SIGNS if sign.holds(letter))
    marks = {sign.mark for sign in holding}
    if Mark.SURE in marks or any(one in marks and other in marks for one, other in AGREE):
        return holding
    return ()
