"""What every decision of the desk may look at: the tables, the city's data and rules, and nothing that changes by
itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from random import Random

from engine.calendar import Calendar
from engine.calendar.working import JAKARTA
from engine.directory import LEADERS, Addressee, Directory, barred, head_of, is_above, ladder
from engine.policy import Policy, policy_on
from engine.routing.confidential import Heard, confidential
from engine.routing.route import Route
from engine.store import Store
from engine.ticket import Role, State, Ticket
from engine.workflow import Situation, Workflow

GENERAL = "complaint"
OwnerIn = Callable[[str, str, str], str | None]
Routed = Callable[[str, str], Route | None]


def nobody_in(_unit: str, _subject: str, _text: str) -> str | None:
    """The owner inside a unit when nothing knows better: the head will do."""
    return None


def unrouted(_subject: str, _text: str) -> Route | None:
    """Where a text belongs when nothing knows better."""
    return None


@dataclass(frozen=True)
class World:
    """The desk's surroundings.

    `name_letter(ticket number, letter id)` makes a Message-ID; `owner_in(unit, subject, text)` names the chair inside a
    unit that a matter belongs to, or None for its head. `wish(text)` hears what a writer wants kept back,
    `routed(subject, text)` what a text is about. `rules` are a workflow's dated rules, the newest that has begun holds
    for new tickets; a workflow without any follows `policy`.
    `policies` and `tables` are the rules and the tables that tickets may have been opened under, by version.
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
    wish: Callable[[str], Heard] = confidential
    routed: Routed = unrouted
    rules: dict[str, tuple[Policy, ...]] = field(default_factory=dict)
    tables: dict[str, Workflow] = field(default_factory=dict)

    def workflow_of(self, ticket: Ticket) -> Workflow:
        """The table under which the ticket was opened; today's if no other was kept."""
        return self.tables.get(ticket.rules) or self.workflows[ticket.workflow]

    def policy_of(self, ticket: Ticket) -> Policy:
        """The rules under which the ticket was opened; those of its workflow if the city has dropped them."""
        return self.policies.get(ticket.rules) or self.rules_for(ticket.workflow, ticket.opened_at)

    def chosen(self, route: Route | None, sure: bool) -> Workflow:
        """The workflow that a new matter follows: the first that takes it. A topic that routing is unsure of decides
        nothing; that somebody is in danger does so also where nobody knows yet whose it is.
        """
        topic = self.directory.topics.get(route.topic or "") if route and sure else None
        code, severity = (topic.code, topic.severity) if topic else ("", "")
        for workflow in self.workflows.values():
            if not workflow.takes or (route and workflow.follows(code, severity, route.urgent)):
                return workflow
        return next(iter(self.workflows.values()))

    def rules_for(self, workflow: str, at: datetime) -> Policy:
        """The rules that a new ticket of a workflow gets."""
        own = self.rules.get(workflow)
        return policy_on(own, self.day(at)) if own else self.policy

    def general(self, at: datetime) -> Policy:
        """The rules of whatever belongs to no ticket, as of that day: those of complaints."""
        return self.rules_for(GENERAL, at)

    def known(self, position: str | None, ticket: Ticket) -> str:
        """A chair of today's directory: the one named, else the head of the ticket's unit, else the desk."""
        if position in self.directory.positions:
            return position or self.desk
        head = head_of(self.directory, ticket.unit or "")
        return head.id if head else self.desk

    def rungs(self, ticket: Ticket, at: datetime) -> tuple[Addressee, ...]:
        """The ladder that the ticket climbs, from whoever owes the answer to the top, as of that day."""
        foot = self.desk if self.in_triage(ticket) else self.known(ticket.owner or ticket.holder, ticket)
        return self.ladder(ticket, foot, at)

    def ladder(self, ticket: Ticket, foot: str, at: datetime) -> tuple[Addressee, ...]:
        """The ladder above a chair as of that day, without whom the ticket accuses."""
        rungs = ladder(self.directory, foot, self.day(at))
        free = tuple(rung for rung in rungs if not self.barred(ticket, rung.position, rung.mailbox))
        return free or rungs[-1:]

    def inspectorate(self, ticket: Ticket) -> str:
        """The unit that secret reports go to by the ticket's rules."""
        return self.unit_of(self.policy_of(ticket).secret_position)

    def barred(self, ticket: Ticket, position: str | None, mailbox: str = "") -> bool:
        """Whether the ticket accuses whoever sits on that chair or reads that mailbox, or somebody above him."""
        if not ticket.reported:
            return False
        return barred(self.directory, ticket.reported, self.inspectorate(ticket), position or "", mailbox)

    def inspector(self, ticket: Ticket, at: datetime) -> str:
        """The chair that examines a secret report: the inspectorate's, or the first above that is not accused."""
        return self.ladder(ticket, self.known(self.policy_of(ticket).secret_position, ticket), at)[0].position

    def inspected(self, ticket: Ticket, at: datetime) -> bool:
        """Whether the inspectorate holds it, or who stands in for one there whom it accuses; never the accused."""
        if self.barred(ticket, ticket.holder):
            return False
        if self.unit_of(ticket.holder) == self.inspectorate(ticket):
            return True
        return bool(ticket.reported) and ticket.holder == self.inspector(ticket, at)

    def stands_at(self, ticket: Ticket, rungs: tuple[Addressee, ...]) -> int:
        """The rung the ticket has reached, at least that of its holder."""
        held = [i for i, rung in enumerate(rungs) if ticket.holder in (rung.position, rung.asked)]
        return min(max([ticket.rung, *held[:1]]), len(rungs) - 1)

    def day(self, at: datetime) -> date:
        """The city's calendar day."""
        return at.astimezone(JAKARTA).date()

    def title(self, position: str | None) -> str:
        """How a chair is called; the code itself where the directory does not know it any more."""
        found = self.directory.positions.get(position or "")
        return found.title if found else position or ""

    def unit_of(self, position: str | None) -> str:
        """The code of a chair's office; empty where the directory does not know it."""
        found = self.directory.positions.get(position or "")
        return found.unit if found else ""

    def unit_name(self, position: str | None) -> str:
        """The office of a chair, for people."""
        found = self.directory.positions.get(position or "")
        return self.directory.units[found.unit].name if found else ""

    def inspects(self, ticket: Ticket, position: str | None) -> bool:
        """Whether that chair examines the report: the inspectorate's or the holder's, and not one that it accuses."""
        if position is None or self.barred(ticket, position):
            return False
        return position == ticket.holder or self.unit_of(position) == self.inspectorate(ticket)

    def situation(
        self,
        ticket: Ticket,
        at: datetime,
        sent_back: bool = False,
        against: str | None = None,
        by: str | None = None,
    ) -> Situation:
        """What the table's conditions may look at; `against` is whom the ticket is about to accuse besides, `by` the
        chair that writes.
        """
        accusing = replace(ticket, reported=(*ticket.reported, against)) if against else ticket
        policy = self.policy_of(ticket)
        return Situation(
            state=ticket.state,
            before=ticket.before,
            hops=ticket.hops,
            disputes=ticket.disputes,
            secret=ticket.secret,
            hidden=ticket.hide_from_agency,
            inspected=self.inspected(accusing, at),
            inspector=self.inspects(ticket, by),
            sent_back=sent_back,
            asked_low=ticket.state in (State.DONE, State.CLOSED)
            and self.store.last_letter(ticket.id, ("ask_unsolved",)) is not None,
            took_over=self.took_over(ticket, by),
            days_closed=(at - ticket.closed_at).days if ticket.closed_at else 0,
            max_hops=policy.max_hops,
            max_disputes=policy.max_disputes,
            reopen_days=policy.reopen_days,
        )

    def leads(self, ticket: Ticket) -> bool:
        """Whether its holder leads other offices: what he passes on is an order to one of them, no hand-over."""
        holder = self.directory.positions.get(ticket.holder or "")
        return holder is not None and holder.level in LEADERS

    def took_over(self, ticket: Ticket, by: str | None) -> bool:
        """Whether that chair holds the matter as a superior: by SAYA TANGANI, by the clock from who owes the answer
        below, or as a leader above the offices, whom it reached because they handed it around.
        """
        if by is None or by != ticket.holder or by not in self.directory.superiors:
            return False
        if self.leads(ticket):
            return True
        if ticket.owner != by and ticket.owner and is_above(self.directory, by, ticket.owner):
            return True
        return any(entry.event == "take" for entry in self.store.history_of(ticket.id, by))

    def role_words(self, ticket: Ticket, role: Role, at: datetime, by: str | None = None) -> list[list[str]]:
        """The words this role may write now from that chair, as [word, help, argument]."""
        words = self.workflow_of(ticket).words_for(self.situation(ticket, at, by=by), role)
        return [[word.word, word.help, word.argument] for word in words]

    def at_desk(self, ticket: Ticket) -> bool:
        """Whether the desk has it, or has asked the citizen about it."""
        return self.in_triage(ticket) or (ticket.state == State.NEED_INFO and ticket.before == State.TRIAGE)

    def in_triage(self, ticket: Ticket) -> bool:
        """Whether the desk holds it."""
        return ticket.state == State.TRIAGE
