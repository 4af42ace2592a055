"""What every decision of the desk may look at: the tables, the city's data and rules, and nothing that changes by
itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from engine.calendar import Calendar, Patience, Unit
from engine.calendar.working import JAKARTA
from engine.directory import Directory
from engine.policy import Policy
from engine.routing.route import Confidential
from engine.store import Store
from engine.ticket import Role, State, Ticket
from engine.workflow import Situation, Workflow

OwnerIn = Callable[[str, str, str], str | None]


def nobody_in(_unit: str, _subject: str, _text: str) -> str | None:
    """The owner inside a unit when nothing knows better: the head will do."""
    return None


@dataclass(frozen=True)
class World:
    """The desk's surroundings.

    `name_letter(ticket number, letter id)` makes a Message-ID; `owner_in(unit, subject, text)` names the chair inside a
    unit that a matter belongs to, or None for its head. `undo` is how long a status read from free prose is kept back
    from the citizen, so that the official can still take it back.
    """

    store: Store
    directory: Directory
    calendar: Calendar
    workflows: dict[str, Workflow]
    policies: dict[str, Policy]
    policy: Policy
    desk: str
    name_letter: Callable[[str, int], str]
    rng: Random
    owner_in: OwnerIn = nobody_in
    undo: Patience = field(default=Patience(10, Unit.MINUTES))

    def workflow_of(self, ticket: Ticket) -> Workflow:
        """The table that this ticket follows."""
        return self.workflows[ticket.workflow]

    def policy_of(self, ticket: Ticket) -> Policy:
        """The rules under which the ticket was opened; today's if the city has dropped those."""
        return self.policies.get(ticket.rules, self.policy)

    def day(self, at: datetime) -> date:
        """The city's calendar day."""
        return at.astimezone(JAKARTA).date()

    def title(self, position: str | None) -> str:
        """How a chair is called; the code itself where the directory does not know it any more."""
        found = self.directory.positions.get(position or "")
        return found.title if found else position or ""

    def unit_name(self, position: str | None) -> str:
        """The office of a chair, for people."""
        found = self.directory.positions.get(position or "")
        return self.directory.units[found.unit].name if found else ""

    def situation(self, ticket: Ticket, at: datetime, sent_back: bool = False) -> Situation:
        """What the table's conditions may look at."""
        policy = self.policy_of(ticket)
        return Situation(
            state=ticket.state,
            before=ticket.before,
            hops=ticket.hops,
            disputes=ticket.disputes,
            secret=ticket.confidential is Confidential.SECRET,
            sent_back=sent_back,
            days_closed=(at - ticket.closed_at).days if ticket.closed_at else 0,
            max_hops=policy.max_hops,
            max_disputes=policy.max_disputes,
            reopen_days=policy.reopen_days,
        )

    def role_words(self, ticket: Ticket, role: Role, at: datetime) -> list[list[str]]:
        """The words this role may write now, as [word, help, argument]."""
        words = self.workflow_of(ticket).words_for(self.situation(ticket, at), role)
        return [[word.word, word.help, word.argument] for word in words]

    def in_triage(self, ticket: Ticket) -> bool:
        """Whether the desk holds it."""
        return ticket.state == State.TRIAGE
