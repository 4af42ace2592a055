"""Many reports, one matter: finds the ticket that a new one belongs to, and keeps a joined group in order.

The first ticket is the group's main one: it alone has a holder and clocks. A joined ticket keeps its number, its thread
and its citizen, who hears what happens with the main one; `root` leads there. Joins never chain: what is joined to a
ticket that is itself joined, hangs on its root.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from engine.desk import letters
from engine.desk.world import World
from engine.directory import Directory
from engine.letter import LetterState
from engine.policy import Policy
from engine.routing.likeness import BURST, MANY, Traces, Verdict
from engine.routing.onset import LASTING
from engine.routing.route import Route
from engine.routing.trace import ALONE, AREA, CROWD, NET, Trace
from engine.store import Entry, Store
from engine.ticket import State, Ticket

JOINABLE = (
    State.TRIAGE,
    State.FORWARDED,
    State.ACCEPTED,
    State.IN_PROGRESS,
    State.NEED_INFO,
    State.POSTPONED,
)
"""States in which a ticket may become the main one: what is said to be done is not done for a new reporter."""
_LOOKED_AT = 200
_OF_UNIT = 60
_KEPT = 4_000
_CHOICES = 3
_LETTERS = 3
"""Mails to the holder about one matter, but for what he must answer anew."""
_PLACES = 3
"""Places of an event in which earlier reports are looked for: its kelurahan, and what its streets may lie in."""
_WAVERS, _WEIGHED = 0.05, 0.2
"""Probability from which another topic of the routing's is looked at as well, and where it is sure of an agency."""
_GROWN = tuple(sorted({round(MANY * 1.5**n) for n in range(14)}))
"""Sizes of a group at which earlier reports are looked at once more."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A ticket that a new one may belong to."""

    ticket: Ticket
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """`join` is the ticket that the new one is joined to by itself; `proposed` are for the desk, likeliest first."""

    join: Likely | None = None
    proposed: tuple[Likely, ...] = ()


NOTHING = Found()


@dataclass(frozen=True, slots=True)
class _Match:
    main: Ticket
    known: list[Trace]
    verdict: Verdict

    def elsewhere(self, other: _Match) -> bool:
        """Whether both groups say where they are, and share no place."""
        here, there = self._places(), other._places()
        return bool(here) and bool(there) and not here & there

    def _places(self) -> set[str]:
        return {place for one in self.known for place in (one.place, *one.around) if place}


class Same(Protocol):
    """Knows which open ticket a new one belongs to."""

    def __call__(self, ticket: Ticket, route: Route | None) -> Found:
        """What is known of the matter of a ticket that has just been opened."""
        ...

    def caught_up(self, main: Ticket) -> list[tuple[Ticket, Likely]]:
        """Earlier tickets that turn out to belong to `main`, now that it has grown."""
        ...


class Alone:
    """Knows of nothing: each ticket is a matter of its own."""

    def __call__(self, ticket: Ticket, route: Route | None) -> Found:  # noqa: ARG002 - the protocol's
        """Nothing is known."""
        return NOTHING

    def caught_up(self, main: Ticket) -> list[tuple[Ticket, Likely]]:  # noqa: ARG002 - the protocol's
        """Nothing is known."""
        return []


class Matters:
    """Finds the matter of a new ticket among the open ones of its topic and office; never looks through all."""

    def __init__(self, store: Store, directory: Directory, policy: Policy) -> None:
        self._store, self._policy = store, policy
        self._traces = Traces(directory)
        self._read: OrderedDict[tuple[object, ...], Trace] = OrderedDict()

    def __call__(self, ticket: Ticket, route: Route | None) -> Found:
        """What the city's thresholds say of a ticket that has just been opened. Secret ones stay alone."""
        return self._find(ticket, _thought_of(route), route is not None and route.triage)

    def _find(self, ticket: Ticket, chances: Mapping[str, float], unsure: bool) -> Found:
        if ticket.hide_from_public:
            return NOTHING
        new = self._trace(ticket, chances, unsure)
        groups = self._groups(ticket, new)
        traces = [[self._trace(one) for one in group] for group in groups]
        beside = _beside(new, traces)
        found: list[_Match] = []
        for group, known in zip(groups, traces, strict=True):
            verdict = self._traces.compare(new, known, beside)
            if verdict.score >= self._policy.propose_at and (verdict.worth or not verdict.barred):
                found.append(_Match(group[0], known, verdict))
        found.sort(key=lambda match: (bool(match.verdict.barred), -match.verdict.score, match.main.id))
        judged = self._judge(new, found)
        # What goes to an agency outside, or to no topic, may belong to an event but is not worth a person's question.
        return judged if ticket.topic else Found(judged.join)

    def caught_up(self, main: Ticket) -> list[tuple[Ticket, Likely]]:
        """Earlier reports that stand alone because too little was known, and now belong to `main` by themselves.

        Looked for only when a group has just become an event or a large one. Those that somebody has acted on are left,
        and so are those that another office holds.
        """
        group = [main, *members(self._store, main)]
        traces = [self._trace(one) for one in group]
        recent = sum(main.changed_at - one.opened_at <= BURST for one in group)
        net = self._traces.reach(main.topic) in (NET, CROWD) and len(group) == 2
        if not net and (len(group) not in _GROWN or recent < MANY):
            return []
        since = max(one.opened_at for one in group) - BURST
        found = []
        for one in self._alone(main, traces, since):
            remembered = _remembered(self._store, one)
            if not self._likely(self._traces.compare(self._trace(one, *remembered), traces, len(traces))):
                continue
            again = self._find(one, *remembered).join
            if again is not None and again.ticket.id == main.id:
                found.append((one, replace(again, reasons=(*again.reasons, f"jelas sesudah {len(traces)} laporan"))))
        return found

    def _likely(self, verdict: Verdict) -> bool:
        return verdict.score >= self._policy.join_at and not verdict.barred

    def _alone(self, main: Ticket, group: Sequence[Trace], since: datetime) -> list[Ticket]:
        """Open tickets of the topic and places since then that nobody has acted on, in the desk's hands or the same
        office's, oldest first.
        """
        states = (State.TRIAGE, State.FORWARDED)
        near = self._store.lately(states, since, _LOOKED_AT, topic=main.topic)
        places = Counter(one.place for one in group if one.place)
        for place, _ in places.most_common(_PLACES):
            near += self._store.lately((State.TRIAGE,), since, _LOOKED_AT, place=place)
        kept = {one.id: one for one in near if one.id != main.id and not one.hide_from_public}
        return [
            one
            for _, one in sorted(kept.items())
            if (one.state == State.TRIAGE or one.holder == main.holder)
            and 2 * len(members(self._store, one)) < len(group)
            and _untouched(self._store, one)
        ]

    def _judge(self, new: Trace, found: list[_Match]) -> Found:
        """Joins the best if no bar is against it; what names no place only where no second one goes on elsewhere."""
        if not found:
            return NOTHING
        best, *rest = [match.verdict for match in found]
        if self._likely(best):
            rivals = [
                m for m, verdict in zip(found[1:], rest, strict=True) if not verdict.barred and m.elsewhere(found[0])
            ]
            if new.place is not None or new.spots or not rivals:
                return Found(Likely(found[0].main, best.score, best.reasons))
        return Found(None, tuple(Likely(m.main, m.verdict.score, m.verdict.reasons) for m in found[:_CHOICES]))

    def _groups(self, ticket: Ticket, new: Trace) -> list[list[Ticket]]:
        """Open tickets that were opened lately with what is joined to them, each main ticket first."""
        reach = self._traces.reach(ticket.topic)
        since = ticket.opened_at - (self._policy.join_area if reach == AREA else self._policy.join_spot)
        states = (*JOINABLE, State.JOINED)
        near: list[Ticket] = []
        for topic in sorted({new.topic or "", *new.chances, *new.hints} - {""}):
            near += self._store.lately(states, since, _LOOKED_AT, topic=topic)
        if ticket.unit and reach != ALONE:
            near += self._store.lately(states, since, _OF_UNIT, unit=ticket.unit)
        # An event of any topic has reports that were joined already: it is found by its place.
        for place in sorted({new.place or "", *new.around} - {""})[:_PLACES]:
            near += self._store.lately((State.JOINED,), ticket.opened_at - BURST, _OF_UNIT, place=place)
        groups: dict[int, list[Ticket]] = {}
        for one in sorted({t.id: t for t in near}.values(), key=lambda t: t.id):
            if not one.hide_from_public and ticket.id not in (one.id, one.joined_to):
                groups.setdefault(one.joined_to or one.id, []).append(one)
        return [whole for root, members in groups.items() if (whole := self._whole(root, members))]

    def _whole(self, root: int, members: list[Ticket]) -> list[Ticket]:
        """The main ticket and all that is joined to it: those that look like the new one are not what it is about."""
        main = next((one for one in members if one.id == root), None) or self._store.ticket(root)
        if main is None or main.state not in JOINABLE or main.hide_from_public:
            return []
        if any(one.joined_to for one in members):
            members = [one for one in self._store.joined(root, State.JOINED)[-_OF_UNIT:] if not one.hide_from_public]
        return [main, *(one for one in members if one.id != root)]

    def _trace(self, ticket: Ticket, chances: Mapping[str, float] | None = None, unsure: bool = False) -> Trace:
        key = (ticket.id, ticket.topic, ticket.place, ticket.hide_from_agency)
        found = self._read.get(key)
        if found is None:
            if not chances and not unsure and ticket.state == State.TRIAGE:
                chances, unsure = _remembered(self._store, ticket)
            found = self._read[key] = self._traces.of(
                ticket.subject,
                ticket.text,
                ticket.topic,
                ticket.place,
                "" if ticket.hide_from_agency else ticket.citizen_address,  # "the same reporter" would name him
                ticket.opened_at,
                chances,
                unsure,
            )
            while len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return found


def cleared_up(store: Store, main: Ticket) -> bool:
    """Whether a ticket only waits for the desk to name an office, which its joined reports name by now.

    One that may itself be the same as another waits until it is an event of its own.
    """
    if main.state != State.TRIAGE or (entry := _untouched(store, main)) is None:
        return False
    return not entry.data.get("same") or len(members(store, main)) >= MANY


def _untouched(store: Store, ticket: Ticket) -> Entry | None:
    """How the ticket came before the desk, if nobody has decided anything since."""
    moves = [
        e
        for e in store.history_of(ticket.id)
        if e.to_state and e.event not in ("grew", "climb", "joined_comment", "raise")
    ]
    return moves[0] if len(moves) == 1 and moves[0].event in ("unsure", "sure") else None


def _thought_of(route: Route | None) -> dict[str, float]:
    """The topics that routing thought of with their probabilities; where it is sure of an agency outside, only those it
    seriously weighed.
    """
    if route is None:
        return {}
    least = _WEIGHED if route.external and not route.unit and not route.triage else _WAVERS
    return _chances((c.topic, c.probability) for c in route.candidates if c.probability >= least)


def _remembered(store: Store, ticket: Ticket) -> tuple[dict[str, float], bool]:
    """The same as routing said when the ticket came, and whether it left the choice to the desk."""
    entry = _untouched(store, ticket)
    told = entry.data if entry else {}
    pairs = ((c.get("topic"), float(c.get("probability", 0))) for c in told.get("candidates", ()))
    return _chances(pair for pair in pairs if pair[1] >= _WAVERS), bool(told.get("unsure"))


def _chances(pairs: Iterable[tuple[str | None, float]]) -> dict[str, float]:
    """Two chairs of one topic are one topic with both chances; "" stands for all agencies outside."""
    found: dict[str, float] = {}
    for topic, chance in pairs:
        found[topic or ""] = found.get(topic or "", 0.0) + chance
    return found


def _beside(new: Trace, groups: Iterable[Iterable[Trace]]) -> int:
    """How many reports of the topic came lately from the same place, in whatever groups."""
    same = [
        one
        for group in groups
        for one in group
        if new.place and one.place == new.place and one.topic == new.topic and abs(new.at - one.at) <= BURST
    ]
    return sum(not one.single and one.onset != LASTING for one in same)


def proposals(world: World, found: Iterable[Likely]) -> list[dict[str, Any]]:
    """What the desk's letter shows of tickets that may be the same matter."""
    return [
        {
            "number": one.ticket.number,
            "subject": "" if one.ticket.hide_from_agency else one.ticket.subject,
            "holder": world.title(one.ticket.holder),
            "score": one.score,
            "reasons": list(one.reasons),
        }
        for one in found
    ]


def root(store: Store, ticket: Ticket | None) -> Ticket | None:
    """The main ticket of a group; the ticket itself when it is joined to none."""
    seen: set[int] = set()
    while ticket is not None and ticket.state == State.JOINED and ticket.joined_to and ticket.id not in seen:
        seen.add(ticket.id)
        ticket = store.ticket(ticket.joined_to)
    return ticket


def joinable(store: Store, ticket: Ticket, number: str | None) -> int | None:
    """The id of the open main ticket that a number leads to; None if there is none, or it is this ticket's own."""
    main = root(store, store.ticket_by_number(number) if number else None)
    own = root(store, ticket)
    if main is None or main.state not in JOINABLE or main.id == ticket.id or (own and main.id == own.id != ticket.id):
        return None
    return None if main.secret or ticket.secret else main.id


def members(store: Store, ticket: Ticket) -> list[Ticket]:
    """The tickets that are joined to this one now, oldest first."""
    return store.joined(ticket.id, State.JOINED)


def joined(world: World, ticket: Ticket, at: datetime, data: Callable[[Ticket], dict[str, Any]]) -> None:
    """After a join: what hung on the ticket hangs on its new main one, whose holder hears when the matter has grown.

    `data(main)` is what its letter may say beside the ticket.
    """
    store = world.store
    main = store.ticket(ticket.joined_to or 0)
    if main is None:
        return
    for one in store.joined(ticket.id):
        store.change(one, joined_to=main.id)
        store.tell(Entry(at, one.id, "engine", "rejoined", one.state, one.state, data={"first": main.number}))
    store.tell(Entry(at, main.id, "engine", "grew", main.state, main.state, data={"by": ticket.number}))
    told(world, main, at, data)


def left(world: World, before: Ticket, ticket: Ticket, why: str, at: datetime) -> None:
    """After a report was taken out of its group: the main ticket's history says so."""
    main = world.store.ticket(before.joined_to or 0)
    if main is not None:
        data = {"number": ticket.number, "why": why}
        world.store.tell(Entry(at, main.id, "engine", "left", main.state, main.state, data=data))


def told(world: World, main: Ticket, at: datetime, data: Callable[[Ticket], dict[str, Any]]) -> None:
    """One letter to the holder for each size of the policy, so that forty reports are no forty mails.

    At most `_LETTERS` mails, those about reports that stood alone at first among them, and the last is kept for danger:
    what is left of the growth comes as a line on his list.
    """
    count = world.store.reporters(main.id)
    if main.holder is None:
        return
    sizes = [size for size in world.policy_of(main).grown if size <= count]
    if not sizes:
        return
    before = world.store.last_letter(main.id, ("grown", "task", "triage", "reminder", "escalation"), main.holder)
    known = before.data.get("reporters") if before else None
    if isinstance(known, int) and known >= sizes[-1]:
        return
    about = data(main) | {"others": others(world.store, main)}
    letters.write(world, main, "grown", "holder", at, about, digest=enough(world, main))


def enough(world: World, main: Ticket, also: tuple[str, ...] = ()) -> bool:
    """Whether this holder has had letters enough about the matter: its own, and those about reports that stood alone
    before, or do so still. `also` are kinds that count beside tasks and growth.
    """
    group = (main, *members(world.store, main))
    places = {one.place for one in group if one.place}
    alone = world.store.lately((State.FORWARDED,), main.opened_at - BURST, _OF_UNIT, topic=main.topic)
    near = (one for one in alone if one.place in places and one.holder == main.holder and one.id != main.id)
    about = (*group, *near)
    told = [letter for one in about for letter in world.store.letters_of(one.id) if letter.position == main.holder]
    mails = [one for one in told if one.state not in (LetterState.VOID, LetterState.DIGEST)]
    return sum(one.kind in ("task", "triage", "grown", *also) for one in mails) >= _LETTERS - (not main.urgent)


def others(store: Store, main: Ticket, most: int = 10) -> list[dict[str, str]]:
    """The newest reports that were joined, by number and first words: enough to see one that does not belong."""
    return [
        {"number": one.number, "text": "" if one.hide_from_agency else " ".join(one.text.split())[:120]}
        for one in reversed(members(store, main)[-most:])
    ]
