"""The national rule over Lebaran 2026, its dates counted on a wall calendar.

Ramadan hours (08.00 to 15.00, Fridays 15.30) hold until 20 March. Closed are 18 March (cuti bersama), 19 March (Nyepi),
20, 23 and 24 March (cuti bersama), 3 April, 1, 14 and 15 May (the last cuti bersama), 27 and 28 May, 1 and 16 June; the
city's own day, 3 June, is a working day. So after Friday 13 March they work on 16, 17, 25, 26, 27, 30, 31 March, on
1, 2, 6, 7, 8, 9, 10, 13, 14 April, and so on.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.calendar.working import JAKARTA
from engine.event import Commanded
from engine.reading import Status
from engine.routing.route import Confidential
from engine.ticket import ClockName, Ticket
from tests.world import City, day, route
from workflows.profiles import SP4N

FRIDAY = day(3, 13, 9)


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A city under the national rule, Friday before Lebaran."""
    return City.new(tmp_path / "city.db", SP4N, FRIDAY)


def local(at: datetime) -> datetime:
    """The city's wall clock."""
    return at.astimezone(JAKARTA)


def due(city: City, ticket: Ticket, clock: ClockName) -> datetime:
    """When a running clock of the ticket strikes."""
    (found,) = city.store.deadlines_of(ticket.id, (clock,), live=True)
    return local(found.due_at)


def wait_reading(city: City, ticket: Ticket, until: datetime) -> None:
    """Time passes; every official opens his letter within the hour and answers none."""
    opened = {letter.id for letter in city.letters(ticket) if letter.seen_at}
    while city.now < until:
        city.wait(min(city.now + timedelta(hours=1), until))
        for letter in city.letters(ticket):
            if letter.sent_at and letter.position and letter.id not in opened:
                opened.add(letter.id)
                city.open_letter(letter)


def climbed(city: City, ticket: Ticket) -> list[tuple[str, datetime]]:
    """Which rung was written to when: the clock's steps in the history."""
    steps = [one for one in city.store.history_of(ticket.id) if one.event == "climb"]
    return [(str(one.data["step"]), local(one.at)) for one in steps]


def test_the_whole_ladder(tmp_path: Path) -> None:
    """Unclear and left lying by the desk, then opened and left lying by everybody up to the mayor."""
    city = City.new(tmp_path / "city.db", SP4N, day(3, 9, 10))
    ticket = city.complain(route=route(None))
    city.wait(day(3, 13, 9))
    assert climbed(city, ticket) == [
        ("owner", day(3, 10, 15)),  # the desk is reminded after a working day
        ("superior", day(3, 12, 15)),  # verification: 10, 11, 12 March
    ]
    city.desk.handle(Commanded(city.now, ticket.id, "TERUSKAN dpupr.kasi.jalan", "operator"))
    city.post()
    assert due(city, ticket, ClockName.SETTLEMENT) == day(3, 27, 16, 30)  # simple: 16, 17, 25, 26, 27 March
    wait_reading(city, ticket, day(4, 14, 9))
    assert climbed(city, ticket)[2:] == [
        ("owner", day(3, 17, 15)),  # reminded: 16, 17 March; the letter waits for Lebaran to end
        ("superior", day(3, 25, 16)),  # first response: 16, 17, 25 March
        ("kepala", day(3, 30, 16)),  # written to on the 26th: 27, 30 March; takes over
        ("asisten", day(4, 2, 16)),  # 31 March; 1, 2 April
        ("sekda", day(4, 7, 16)),  # the 3rd is a holiday: 6, 7 April
        ("wawali", day(4, 9, 16)),
        ("walikota", day(4, 13, 16)),  # 10, 13 April
    ]
    ticket = city.ticket(ticket)
    assert ticket.holder == "dpupr.kepala"
    reminder = next(one for one in city.letters(ticket, "reminder") if one.position == "dpupr.kasi.jalan")
    assert local(reminder.not_before) == day(3, 25, 7, 30)
    mails = [one.position for one in city.letters(ticket, "escalation") if one.position and one.sent_at]
    assert mails == ["diskominfo.kabid.ikp", "dpupr.kabid.jalan", "dpupr.kepala"]  # above the head: on lists
    assert {"daily", "settlement"} <= city.clocks(ticket)
    ticket = city.answer(ticket, Status.IN_PROGRESS, promised=day(4, 20).date())
    wait_reading(city, ticket, day(4, 17, 9))
    assert climbed(city, ticket)[9:] == []


def test_an_answer_on_the_last_day_stops_it(city: City) -> None:
    """Answered a minute before closing time of the third working day, twelve days later: nobody above hears."""
    ticket = city.complain()
    wait_reading(city, ticket, day(3, 25, 15, 59))
    ticket = city.answer(ticket, Status.RECEIVED)
    city.wait(day(3, 31, 9))
    assert [step for step, _ in climbed(city, ticket)] == ["owner"]
    # Silence: 26, 27, 30, 31 March, 1 April.
    assert due(city, ticket, ClockName.SILENCE) == day(4, 1, 16)


@pytest.mark.parametrize(
    ("topic", "confidential", "until"),
    [
        ("JALAN-RUSAK", Confidential.NONE, day(3, 27, 16, 30)),  # simple: 5
        ("KTP", Confidential.NONE, day(4, 10, 16, 30)),  # no field check: 14
        ("KTP", Confidential.SECRET, day(6, 24, 16)),  # with field check, the inspectorate's: 60
    ],
    ids=["simple", "no field check", "with field check"],
)
def test_settlement(city: City, topic: str, confidential: Confidential, until: datetime) -> None:
    """The rule's last day by what the matter is: 5, 14 or 60 working days after Friday."""
    owner = "inspektorat.irban.khusus" if confidential is Confidential.SECRET else "dpupr.kasi.jalan"
    ticket = city.complain(route=route(owner, topic, confidential=confidential))
    assert due(city, ticket, ClockName.SETTLEMENT) == until


def test_a_silent_citizen(city: City) -> None:
    """Asked on Friday: reminded after five working days, closed after ten, and told that it can be opened again."""
    ticket = city.answer(city.complain(), Status.NEED_INFO, "Di depan nomor berapa?")
    assert due(city, ticket, ClockName.CITIZEN_SOON) == day(3, 27, 16, 30)
    assert due(city, ticket, ClockName.CITIZEN) == day(4, 6, 16)  # 30, 31 March; 1, 2, 6 April
    city.wait(day(4, 6, 15, 59))
    assert city.ticket(ticket).state == "need_info"
    city.wait(day(4, 6, 16))
    assert city.ticket(ticket).state == "closed"
    assert [one.kind for one in city.letters(ticket)][-3:] == ["question_reminder", "closed_silent", "closed_notice"]


def test_a_question_pauses_the_last_day(city: City) -> None:
    """Two of fourteen days are used when the citizen is asked; he answers after Lebaran and twelve are left."""
    ticket = city.complain(route=route("dpupr.kasi.jalan", "KTP"))
    city.wait(day(3, 17, 10))
    ticket = city.answer(ticket, Status.NEED_INFO, "Di mana?")
    city.wait(day(3, 26, 10))
    ticket = city.says(ticket, Status.COMMENT, "Di depan pasar.")
    assert due(city, ticket, ClockName.SETTLEMENT) == day(4, 14, 16)
    assert due(city, ticket, ClockName.UNANSWERED) == day(3, 30, 16)  # asked again on the 26th: 27, 30


def test_done_and_no_word(city: City) -> None:
    """Reported as done on Friday and never objected to: closed after ten working days."""
    ticket = city.answer(city.complain(), Status.DONE)
    assert due(city, ticket, ClockName.CONFIRMATION) == day(4, 6, 16)
    city.wait(day(4, 6, 16))
    assert city.ticket(ticket).state == "closed"
