"""What the people of a played year decide: whether they open, whether they answer, what they say and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from engine.calendar.working import JAKARTA
from engine.directory import Directory
from engine.letter import Letter
from engine.reading import Answer, Status
from engine.simulate.behaviour import Behaviour
from engine.simulate.complaints import Complaint
from engine.simulate.people import Pace, Person
from engine.ticket import Ticket

ASKING = (
    "task", "reminder", "citizen_answer", "disputed", "news", "promise_broken", "settlement", "escalation",
    "superior_comment",
)  # fmt: skip
"""Letters to the holder that want an answer of him."""
SILENCES = ("escalation", "promise_broken_copy", "settlement_copy")
"""Letters to a superior about somebody else's silence."""
WORDS = {
    Status.RECEIVED: ("TERIMA", "Sudah kami terima, akan kami lihat ke lokasi."),
    Status.IN_PROGRESS: ("PROSES", "Sedang kami kerjakan di lapangan."),
    Status.DONE: ("SELESAI", "Alhamdulillah sudah selesai dikerjakan."),
    Status.NEED_INFO: ("TANYA\nMohon patokannya di mana?", "Mohon info, patokannya di sebelah mana ya?"),
    Status.POSTPONED: ("TUNDA\nmenunggu material", "Mohon maaf kami tunda dulu, material belum datang."),
    Status.REJECTED: ("TOLAK\nlahan milik pribadi", "Tidak dapat kami penuhi karena lahan milik pribadi."),
    Status.FORWARDED: ("TERUSKAN", "Ini tugas dinas lain, mohon diteruskan."),
    Status.COMMENT: ("", "Siap, terima kasih informasinya."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody writes; `states` are those in which he still would, `slip` a misreading to be taken back."""

    answer: Answer
    text: str
    states: tuple[str, ...] = ()
    slip: bool = False


@dataclass(frozen=True, slots=True)
class Minds:
    """Draws decisions from a behaviour."""

    behaviour: Behaviour
    directory: Directory
    pace: Pace
    rng: Random

    def _yes(self, share: float) -> bool:
        return self.rng.random() < share

    # Officials

    def opens(self, person: Person, at: datetime, nudges: int) -> datetime | None:
        """When he opens a letter, if he does; each earlier letter about the same makes it likelier."""
        if not self._yes(_nudged(person.numbers["opens"], person.numbers["nudged"], nudges)):
            return None
        return self.pace.opening(person, at)

    def answers(self, person: Person, at: datetime, nudges: int) -> datetime | None:
        """When he answers what he has opened, if he does."""
        if not self._yes(_nudged(person.numbers["answers"], person.numbers["nudged"], nudges)):
            return None
        return self.pace.answering(person, at)

    @staticmethod
    def asks(letter: Letter) -> bool:
        """Whether a letter wants an answer of its holder."""
        return letter.kind in ASKING

    def holder_says(self, ticket: Ticket, complaint: Complaint, at: datetime) -> Said:
        """The holder's answer: to a matter that is not his, to a new one, or to one he has had before."""
        numbers = self.behaviour.of_level(self._level(ticket.holder))
        if self._yes(numbers["vague"]):
            return Said(Answer(Status.COMMENT, confidence=0.2), WORDS[Status.COMMENT][1])
        foreign = complaint.owner != ticket.owner and ticket.rung == 0 and not ticket.secret
        if foreign and ticket.state == "forwarded":
            return self._not_mine(numbers, complaint)
        first = self.behaviour.first
        status = self.rng.choices(list(first), weights=list(first.values()))[0]
        if ticket.state != "forwarded" and status in (Status.RECEIVED, Status.REJECTED, Status.FORWARDED):
            status = Status.IN_PROGRESS
        if status is Status.FORWARDED:
            return self._not_mine(numbers, complaint)
        promised = None
        if status is Status.POSTPONED or (
            status in (Status.RECEIVED, Status.IN_PROGRESS) and self._yes(numbers["promises"])
        ):
            promised = self._day(at, self.pace.amount(numbers["promise_days"], numbers["promise_spread"]))
        explicit = not self._yes(numbers["prose"])
        slip = not explicit and self._yes(numbers["misread"])
        if slip:
            status, promised = Status.DONE, None
        answer = Answer(status, promised=promised, explicit=explicit, confidence=1.0 if explicit else 0.8)
        return Said(answer, WORDS[status][0 if explicit else 1], slip=slip)

    def _not_mine(self, numbers: dict[str, float], complaint: Complaint) -> Said:
        """Hands a matter on to whom it concerns, if he knows, else only away from himself."""
        if complaint.owner is not None and self._yes(numbers["knows"]):
            answer = Answer(Status.FORWARDED, target=complaint.owner, explicit=True, confidence=1.0)
            return Said(answer, f"TERUSKAN {complaint.owner}")
        return Said(Answer(Status.REJECTED, explicit=True, confidence=1.0, duty=True), "BUKAN KEWENANGAN")

    def works_until(self, ticket: Ticket, person: Person, answer: Answer, at: datetime) -> datetime | None:
        """When he says that it is done; None when he forgets, so that somebody must ask."""
        if ticket.state not in ("accepted", "in_progress", "postponed"):
            return None
        numbers = person.numbers
        if answer.promised is not None:
            calendar = self.pace.calendar
            if self._yes(numbers["keeps"]):
                day = calendar.add_working_days(answer.promised, 0)
                due = calendar.closing(day if day == answer.promised else calendar.add_working_days(day, -1))
                return max(at, due - timedelta(hours=24 * self.rng.random() ** 2))
            if self._yes(numbers["forgets"]):
                return None
            late = calendar.closing(calendar.add_working_days(answer.promised, 0))
            return self.pace.working(late, 7.5 * self.pace.amount(numbers["late_days"], numbers["finish_spread"]))
        if self._yes(numbers["forgets"]):
            return None
        hours = 7.5 * self.pace.amount(numbers["finish_days"], numbers["finish_spread"])
        return self.pace.present(person, self.pace.working(at, hours))

    @staticmethod
    def finished() -> Said:
        """That it is done."""
        return Said(Answer(Status.DONE, explicit=True, confidence=1.0), WORDS[Status.DONE][0])

    @staticmethod
    def takes_back() -> Said:
        """That he was misread."""
        return Said(Answer(Status.COMMENT, explicit=True, confidence=1.0, command="KELIRU"), "KELIRU")

    def superior(self, letter: Letter) -> Said | None:
        """What a superior does who reads of a silence."""
        if letter.kind not in SILENCES:
            return None
        drawn = self.rng.random()
        for name, said in _SUPERIOR.items():
            share = self.behaviour.superior[name]
            if drawn < share:
                return said
            drawn -= share
        return None

    def calls(self) -> bool:
        """Whether a superior calls somebody about a line on his list."""
        return self._yes(self.behaviour.superior["calls"])

    def called(self, person: Person, at: datetime) -> datetime:
        """When somebody who was called answers."""
        return self.pace.answering(person, at)

    # The desk

    def desk_opens(self, at: datetime) -> datetime | None:
        """When the desk opens a letter, by the clock: it works in shifts."""
        desk = self.behaviour.desk
        if not self._yes(desk["opens"]):
            return None
        return at + timedelta(hours=self.pace.amount(desk["opens_hours"], desk["opens_spread"]))

    def desk_answers(self, at: datetime) -> datetime | None:
        """When the desk answers."""
        desk = self.behaviour.desk
        if not self._yes(desk["answers"]):
            return None
        return at + timedelta(hours=self.pace.amount(desk["answers_hours"], desk["answers_spread"]))

    def desk_says(self, complaint: Complaint) -> Said:
        """Where the desk sends it."""
        desk = self.behaviour.desk
        if self._yes(desk["asks"]):
            return Said(Answer(Status.NEED_INFO, explicit=True, argument="Di mana?"), "TANYA Di mana?")
        if self._yes(desk["rejects"]):
            return Said(Answer(Status.REJECTED, explicit=True, argument="bukan aduan"), "TOLAK bukan aduan")
        if complaint.external is not None:
            return Said(
                Answer(Status.FORWARDED, target=complaint.external, explicit=True, command="EKSTERNAL"),
                f"EKSTERNAL {complaint.external}",
            )
        owner = complaint.owner
        if not self._yes(desk["right"]):
            owner = self.rng.choice(list(self.directory.topics.values())).position or owner
        return Said(Answer(Status.FORWARDED, target=owner, explicit=True, argument=owner or ""), f"TERUSKAN {owner}")

    # Citizens

    def later_from_citizen(self, at: datetime) -> Iterator[tuple[datetime, Said]]:
        """What a citizen writes by himself after his complaint."""
        citizen = self.behaviour.citizen
        if self._yes(citizen["adds"]):
            states = ("forwarded", "accepted", "in_progress", "postponed", "triage")
            yield self._soon(at), Said(Answer(Status.COMMENT), "Tambahan: makin parah.", states)
        if self._yes(citizen["withdraws"]):
            states = ("forwarded", "accepted", "in_progress", "postponed", "need_info")
            answer = Answer(Status.WITHDRAWN, explicit=True, confidence=1.0)
            yield self._soon(at), Said(answer, "CABUT", states)

    def _soon(self, at: datetime) -> datetime:
        return _awake(at + timedelta(days=self.rng.expovariate(1 / 3)))

    def citizen_reads(self, letter: Letter, at: datetime) -> Iterator[tuple[datetime, Said]]:
        """What a citizen answers to a letter, if anything."""
        citizen = self.behaviour.citizen
        if letter.kind == "question" and self._yes(citizen["answers"]):
            when = self.pace.amount(citizen["answers_hours"], citizen["answers_spread"])
            yield _awake(at + timedelta(hours=when)), Said(Answer(Status.INFO), "Di depan SDN.", ("need_info",))
        elif letter.kind == "done":
            drawn = self.rng.random()
            judged = _awake(at + timedelta(hours=self.pace.amount(citizen["judges_hours"], citizen["judges_spread"])))
            if drawn < citizen["confirms"]:
                rating = self.rng.choices(range(1, 6), weights=self.behaviour.ratings)[0]
                yield judged, Said(Answer(Status.CONFIRMED, explicit=True, rating=rating), "SUDAH", ("done",))
            elif drawn < citizen["confirms"] + citizen["disputes"]:
                yield judged, Said(Answer(Status.DISPUTED, explicit=True), "BELUM, masih sama.", ("done",))
        elif letter.kind == "rejected" and self._yes(citizen["objects"]):
            yield self._soon(at), Said(Answer(Status.DISPUTED, explicit=True), "BELUM, keberatan.", ("rejected",))

    def _level(self, position: str | None) -> str:
        found = self.directory.positions.get(position or "")
        return found.level if found else ""

    def _day(self, at: datetime, days: float) -> date:
        day = at.astimezone(JAKARTA).date() + timedelta(days=max(1, round(days)))
        return self.pace.calendar.add_working_days(day, 0)


_SUPERIOR = {
    "remind": Said(Answer(Status.COMMENT, explicit=True, confidence=1.0, command="INGATKAN"), "INGATKAN"),
    "take": Said(Answer(Status.COMMENT, explicit=True, confidence=1.0, command="SAYA TANGANI"), "SAYA TANGANI"),
    "answer": Said(Answer(Status.IN_PROGRESS, explicit=True, confidence=1.0), "PROSES"),
    "ask": Said(Answer(Status.COMMENT, confidence=0.3), "Bagaimana ini, kapan dikerjakan?"),
    "close": Said(
        Answer(Status.COMMENT, explicit=True, confidence=1.0, command="TUTUP", argument="ganda"), "TUTUP ganda"
    ),
}


def _nudged(share: float, factor: float, nudges: int) -> float:
    """A share that comes nearer to 1 with each nudge."""
    return 1 - (1 - share) * (1 - factor) ** min(nudges, 8)


def _awake(at: datetime) -> datetime:
    """Citizens write from six in the morning to eleven at night."""
    local = at.astimezone(JAKARTA)
    if local.hour >= 23:
        return local.replace(hour=6) + timedelta(days=1)
    return local.replace(hour=6) if local.hour < 6 else local
