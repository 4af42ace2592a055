"""English as the letters to citizens use it; letters to officials are in Indonesian always."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from engine.calendar import Patience
from mail.write.tongue import Tongue, When, day_of, local

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
CITIZEN = {
    "triage": "being verified by us",
    "forwarded": "passed on to the office in charge",
    "accepted": "received by the office in charge",
    "in_progress": "being worked on",
    "need_info": "waiting for your answer",
    "postponed": "postponed",
    "done": "reported as solved, waiting for your confirmation",
    "closed": "closed",
    "rejected": "one that we cannot follow up at present",
    "external": "a matter of another authority",
    "withdrawn": "withdrawn",
    "joined": "joined with an earlier report of the same matter",
}


def day(value: When) -> str:
    """Friday, 7 August 2026; nothing for nothing."""
    if not value:
        return ""
    on = day_of(value)
    return f"{DAYS[on.weekday()]}, {on.day} {MONTHS[on.month - 1]} {on.year}"


def moment(value: datetime | str) -> str:
    """Friday, 7 August 2026 at 16:00 WIB; nothing for nothing."""
    if not value:
        return ""
    at = local(value)
    return f"{day(at)} at {at.hour:02}:{at.minute:02} WIB"


def wait(value: str) -> str:
    """3 working days; nothing for nothing."""
    return Patience.parse(value).english() if value else ""


def citizen(name: str) -> str:
    """The salutation of a citizen."""
    return f"Dear {name}," if name else "Dear Sir or Madam,"


ENGLISH = Tongue(
    code="en",
    day=day,
    moment=moment,
    wait=wait,
    to_citizen=citizen,
    closing_citizen="Thank you.",
    citizen=CITIZEN,
    official=CITIZEN,
    ratings=("very dissatisfied", "dissatisfied", "fair", "satisfied", "very satisfied"),
    say={
        "press": "Reply to this letter in your own words, or press one of these:",
        "write": "Reply to this letter in your own words, or write one of these words on the first line:",
        "also": "You may also answer:",
        "part": "This part of your mail",
        "first_told": "We find no earlier report of this from this e-mail address, so we take your mail as a new one. "
        "If you reported from another address, send STATUS from that address to ask how it stands.",
        "earlier": "Earlier news",
        "undated": "the date named there is no promise",
        "rate": "How do you rate what was done?",
        "rate_write": "Just write the number",
        "cut": "[… shortened; the rest is kept in our system]",
        "no_text": "(no text; see the attachments)",
        "files": "{count} attached ({names})",
        "kept": "{count} left out because they exceed the size of a letter ({size}); they are kept in our system",
        "closed": "{count} left out to protect the reporter; they are kept in our system",
        "number": "Number",
        "matter": "Matter",
        "received": "Received",
        "place": "Place",
        "limit": "Due by rule",
        "attachments": "Attached",
        "now": "Now",
    },
)

REQUEST_CITIZEN = {
    "forwarded": "received by the information officer",
    "in_progress": "being prepared",
    "need_info": "waiting for your answer",
    "postponed": "extended",
    "done": "answered, waiting for your confirmation",
    "closed": "closed",
    "rejected": "one that we cannot grant at present",
    "withdrawn": "withdrawn",
}
ENGLISH_REQUESTS = replace(
    ENGLISH,
    workflow="information",
    citizen=REQUEST_CITIZEN,
    official=REQUEST_CITIZEN,
    swapped={"report": "request for information", "reports": "requests for information"},
)
"""Requests for information."""
ENGLISH = replace(ENGLISH, others={ENGLISH_REQUESTS.workflow: ENGLISH_REQUESTS})
