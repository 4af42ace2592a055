"""The tables: every row the engine keeps, and nothing that can be computed from another row."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import peewee as pw

SCHEMA = 2
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


# Made once: json.dumps makes a new encoder for each value that is not written in its own default way.
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def instant(value: int) -> datetime:
    """The aware time in UTC of so many microseconds since 1970."""
    return EPOCH + timedelta(microseconds=value)


def moment(value: int | datetime | None) -> datetime | None:
    """What an aggregate over times gave: a number where the database kept it bare, or the field's own value."""
    return instant(value) if isinstance(value, int) else value


def json_text(value: object) -> str:
    """Canonical JSON: sorted keys, no blanks."""
    return _JSON(value)


def json_of(text: str | None) -> Any:
    """What the JSON says; an empty dict for nothing."""
    return json.loads(text) if text else {}


class InstantField(pw.BigIntegerField):
    """An aware datetime kept as microseconds since 1970 UTC, so that order and index are those of time."""

    def db_value(self, value: datetime | int | None) -> int | None:
        """Microseconds; a naive datetime is refused."""
        if value is None or isinstance(value, int):
            return value
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the tables")
        return (value - EPOCH) // MICROSECOND

    def python_value(self, value: int | None) -> datetime | None:
        """An aware datetime in UTC."""
        return None if value is None else instant(value)


class DayField(pw.CharField):
    """A calendar day kept as ISO text."""

    def db_value(self, value: date | str | None) -> str | None:
        """YYYY-MM-DD."""
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: str | None) -> date | None:
        """A date."""
        return date.fromisoformat(value) if value else None


class CodesField(pw.CharField):
    """A few codes without blanks, kept as words of one text."""

    def db_value(self, value: tuple[str, ...] | str) -> str:
        """The codes with a blank between them."""
        return value if isinstance(value, str) else " ".join(value)

    def python_value(self, value: str | None) -> tuple[str, ...]:
        """The codes."""
        return tuple((value or "").split())


class JsonField(pw.TextField):
    """A small value kept as JSON text with sorted keys."""

    def db_value(self, value: object) -> str:
        """Canonical JSON."""
        return json_text(value)

    def python_value(self, value: str | None) -> Any:
        """What the JSON says; an empty dict for nothing."""
        return json_of(value)


@dataclass(frozen=True)
class Tables:
    """The model classes bound to one database."""

    mail: Any
    ticket: Any
    letter: Any
    deadline: Any
    history: Any
    counter: Any
    bookmark: Any
    visit: Any
    account: Any
    decision: Any
    acting: Any
    rules: Any

    def all(self) -> list[Any]:
        """Every table, in the order in which they can be created."""
        return [
            self.ticket,
            self.mail,
            self.letter,
            self.deadline,
            self.history,
            self.counter,
            self.bookmark,
            self.visit,
            self.account,
            self.decision,
            self.acting,
            self.rules,
        ]


def tables(database: pw.Database) -> Tables:
    """Model classes for one database; several stores can live in one process."""

    class Base(pw.Model):
        class Meta:
            legacy_table_names = False

    Base._meta.set_database(database)

    class Ticket(Base):
        number = pw.CharField(unique=True)
        workflow = pw.CharField()
        rules = pw.CharField()
        state = pw.CharField(index=True)
        before = pw.CharField(null=True)
        holder = pw.CharField(null=True, index=True)
        owner = pw.CharField(null=True)
        rung = pw.IntegerField(default=0)
        step = pw.IntegerField(default=0)
        topic = pw.CharField(null=True)
        unit = pw.CharField(null=True)
        place = pw.CharField(null=True)
        external = pw.CharField(null=True)
        urgent = pw.BooleanField(default=False)
        confidential = pw.CharField(default="none")
        subject = pw.TextField()
        text = pw.TextField()
        citizen_name = pw.TextField()
        citizen_address = pw.TextField(index=True)
        language = pw.CharField(default="id")
        mail = pw.IntegerField()
        opened_at = InstantField(index=True)
        asked_at = InstantField()
        changed_at = InstantField()
        closed_at = InstantField(null=True)
        hops = pw.IntegerField(default=0)
        disputes = pw.IntegerField(default=0)
        joined_to = pw.IntegerField(null=True, index=True)
        promised = DayField(null=True)
        rating = pw.IntegerField(null=True)
        hide_from_public = pw.BooleanField(default=False)
        hide_from_agency = pw.BooleanField(default=False)
        reported = CodesField(default="")

        class Meta:
            indexes = ((("topic", "opened_at"), False), (("unit", "opened_at"), False))

    class Mail(Base):
        received_at = InstantField()
        reverse_path = pw.TextField()
        recipients = JsonField()
        peer = pw.TextField(default="")
        protocol = pw.CharField(default="smtp")
        content = pw.BlobField()
        sha256 = pw.CharField(index=True)
        message_id = pw.TextField(null=True, index=True)
        state = pw.CharField(default="new", index=True)  # new, handled, held, duplicate
        kind = pw.CharField(default="")
        error = pw.TextField(default="")
        ticket = pw.IntegerField(null=True, index=True)
        letter = pw.IntegerField(null=True)
        handled_at = InstantField(null=True)

    class Letter(Base):
        ticket = pw.IntegerField(null=True, index=True)
        kind = pw.CharField()
        reader = pw.CharField()
        position = pw.CharField(null=True)
        address = pw.TextField()
        name = pw.TextField(default="")
        message_id = pw.TextField(unique=True)
        rung = pw.IntegerField(default=0)
        data = JsonField()
        state = pw.CharField(default="queued")
        created_at = InstantField()
        not_before = InstantField()
        attempts = pw.IntegerField(default=0)
        next_attempt = InstantField(null=True)
        sent_at = InstantField(null=True)
        relay_reply = pw.TextField(default="")
        delivered_at = InstantField(null=True)
        seen_at = InstantField(null=True)
        seen_how = pw.TextField(default="")
        answered_at = InstantField(null=True)
        bounced_at = InstantField(null=True)
        auto_at = InstantField(null=True)
        vanished_at = InstantField(null=True)
        error = pw.TextField(default="")
        content = pw.BlobField(null=True)  # as sent: kept as proof

        class Meta:
            indexes = (
                (("state", "next_attempt"), False),
                (("address", "created_at"), False),
                (("address", "not_before"), False),
                (("seen_at", "sent_at"), False),
            )

    class Deadline(Base):
        ticket = pw.IntegerField()
        letter = pw.IntegerField(null=True)
        clock = pw.CharField()
        patience = pw.CharField()
        state = pw.CharField(default="running")  # running, paused, met, missed, void
        started_at = InstantField()
        due_at = InstantField()
        paused_at = InstantField(null=True)
        ended_at = InstantField(null=True)

        class Meta:
            indexes = ((("state", "due_at"), False), (("ticket", "clock"), False))

    class History(Base):
        at = InstantField()
        ticket = pw.IntegerField(null=True, index=True)
        actor = pw.TextField()
        event = pw.CharField()
        from_state = pw.CharField(default="")
        to_state = pw.CharField(default="")
        mail = pw.IntegerField(null=True)
        letter = pw.IntegerField(null=True)
        data = JsonField()
        previous = pw.CharField()
        hash = pw.CharField()

    class Counter(Base):
        name = pw.CharField(primary_key=True)
        value = pw.TextField()

    class Bookmark(Base):
        mailbox = pw.TextField(primary_key=True)
        data = JsonField()

    class Visit(Base):
        mailbox = pw.TextField(primary_key=True)
        next_at = InstantField(index=True)
        failures = pw.IntegerField(default=0)
        claimed_by = pw.TextField(default="")
        claimed_until = InstantField(null=True)
        last_ok = InstantField(null=True)
        error = pw.TextField(default="")

    class Account(Base):
        mailbox = pw.TextField(primary_key=True)
        checked_at = InstantField()
        there = pw.BooleanField(null=True)
        reachable = pw.BooleanField(null=True)
        opened_until = InstantField(null=True)

    class Decision(Base):
        at = InstantField(index=True)
        ticket = pw.IntegerField(index=True)
        by = pw.CharField()
        said = JsonField()
        topic = pw.CharField(null=True)
        unit = pw.CharField(null=True)
        owner = pw.CharField(null=True)
        external = pw.CharField(null=True)
        model = pw.CharField(default="")

    class Acting(Base):
        position = pw.CharField(index=True)
        kind = pw.CharField()
        deputy = pw.CharField(null=True)
        start = DayField()
        until = DayField()
        by = pw.CharField()
        at = InstantField()

    class Rules(Base):
        version = pw.CharField(primary_key=True)
        content = JsonField()  # deadlines and table: what tickets of this version follow
        kept_at = InstantField()

    return Tables(Mail, Ticket, Letter, Deadline, History, Counter, Bookmark, Visit, Account, Decision, Acting, Rules)
