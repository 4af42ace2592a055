"""Stories of the complaint workflow, each a line of the table told by what people do."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.policy import Policy
from engine.reading import Kind, Status
from engine.routing.route import Confidential
from engine.ticket import ClockName
from engine.workflow import problems
from tests.world import CITIZEN, City, day, on, route
from workflows.complaint import COMPLAINT
from workflows.profiles import SIBADRA, SP4N


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A fresh city on Monday 3 August 2026, nine o'clock."""
    return City.new(tmp_path / "city.db")


def test_table_is_sound() -> None:
    """The table has no unreachable state, no dead end, no unknown name."""
    kinds = {letter.kind for row in COMPLAINT.rows for letter in row.letters}
    assert problems(COMPLAINT, kinds) == []


def test_sure_complaint_reaches_its_owner(city: City) -> None:
    """A sure complaint is forwarded at once: receipt to the citizen, task to the kasi, clocks running."""
    ticket = city.complain()
    assert (ticket.state, ticket.holder, ticket.number) == ("forwarded", "dpupr.kasi.jalan", "C-2026-000001")
    assert city.kinds(ticket) == ["receipt>citizen", "task>dpupr.kasi.jalan"]
    assert city.clocks(ticket) == {"unread", "unanswered", "settlement"}


def test_answered_and_confirmed(city: City) -> None:
    """Accepted, in work, done, confirmed: each tells the citizen, and nothing runs at the end."""
    ticket = city.complain()
    ticket = city.answer(ticket, Status.RECEIVED)
    assert (ticket.state, city.clocks(ticket)) == ("accepted", {"settlement", "silence"})
    ticket = city.answer(ticket, Status.IN_PROGRESS, promised=on(8, 6))
    assert (ticket.state, ticket.promised) == ("in_progress", on(8, 6))
    assert city.clocks(ticket) == {"settlement", "promise", "promise_soon"}
    ticket = city.answer(ticket, Status.DONE, "Sudah ditambal.")
    assert (ticket.state, city.clocks(ticket)) == ("done", {"confirmation"})
    ticket = city.says(ticket, Status.CONFIRMED, rating=5)
    assert (ticket.state, ticket.rating, city.clocks(ticket)) == ("closed", 5, set())


@pytest.mark.parametrize(
    ("policy", "soon"), [(SIBADRA, day(8, 6, 11)), (SP4N, day(8, 5, 7, 30))], ids=["sibadra", "sp4n"]
)
def test_a_promise_is_reminded_as_long_before_as_the_rules_say(tmp_path: Path, policy: Policy, soon: datetime) -> None:
    """Four working hours, or a working day, before the promised day ends."""
    city = City.new(tmp_path / "city.db", policy)
    ticket = city.answer(city.complain(), Status.IN_PROGRESS, promised=on(8, 6))
    (clock,) = city.store.deadlines_of(ticket.id, (ClockName.PROMISE_SOON,), live=True)
    assert clock.due_at == soon


def test_silence_climbs_to_the_top(city: City) -> None:
    """Never opened, never answered: reminder, kabid, head at 24 h (takes over), mayor at 48 h, then a daily list."""
    ticket = city.complain()
    city.wait(timedelta(hours=50))
    ticket = city.ticket(ticket)
    mails = [one for one in city.letters(ticket) if one.kind in ("reminder", "escalation") and one.sent_at]
    chain = [(one.kind, one.position) for one in mails]
    assert chain == [
        ("reminder", "dpupr.kasi.jalan"),
        ("escalation", "dpupr.kabid.jalan"),
        ("escalation", "dpupr.kepala"),
        ("escalation", "pimpinan.walikota"),
        ("escalation", "setda.sekda"),
        ("escalation", "pimpinan.wawali"),
    ]
    assert ticket.holder == "dpupr.kepala"
    assert "daily" in city.clocks(ticket)


def test_an_answer_stops_the_ladder(city: City) -> None:
    """The kabid's answer at rung 1 stops it; nobody higher hears of it."""
    ticket = city.complain()
    city.wait(day(8, 4, 8, 0))
    escalation = city.letters(ticket, "escalation")[0]
    ticket = city.answer(ticket, Status.IN_PROGRESS, letter=escalation, promised=on(8, 7))
    city.wait(day(8, 6))
    assert len(city.letters(ticket, "escalation")) == 1
    assert city.ticket(ticket).rung == 0


def test_seen_stops_only_the_unread_clock(city: City) -> None:
    """Opening the letter stops unread; unanswered goes on."""
    ticket = city.complain()
    city.open_letter(city.letters(ticket, "task")[0])
    assert city.clocks(ticket) == {"unanswered", "settlement"}


def test_unsure_goes_to_triage_and_is_routed_by_mail(city: City) -> None:
    """The desk names the unit in one line; the head of the unit or its chair gets the task."""
    ticket = city.complain(route=route(None))
    assert (ticket.state, ticket.holder) == ("triage", "diskominfo.kasi.aduan")
    ticket = city.answer(ticket, Status.FORWARDED, "TERUSKAN DISHUB", target="DISHUB")
    assert (ticket.state, ticket.holder) == ("forwarded", "dishub.kepala")


def test_desk_may_name_a_chair(city: City) -> None:
    """A bare position id routes the ticket."""
    ticket = city.complain(route=route(None))
    ticket = city.answer(ticket, Status.COMMENT, "dishub.kasi.parkir", explicit=False)
    assert (ticket.state, ticket.holder) == ("forwarded", "dishub.kasi.parkir")


def test_question_and_answer(city: City) -> None:
    """A question pauses settlement and starts the citizen's clock; the answer starts unanswered anew."""
    ticket = city.complain()
    ticket = city.answer(ticket, Status.NEED_INFO, "Patokannya di mana?")
    assert (ticket.state, city.clocks(ticket)) == ("need_info", {"citizen", "citizen_soon"})
    ticket = city.says(ticket, Status.INFO, "Depan SDN.")
    assert (ticket.state, city.clocks(ticket)) == ("forwarded", {"unread", "unanswered", "settlement"})


def test_silent_citizen_is_told_and_closed(city: City) -> None:
    """No answer to a question: one reminder, then closed with a letter."""
    ticket = city.complain()
    city.answer(ticket, Status.NEED_INFO, "Patokannya di mana?")
    city.wait(timedelta(days=20))
    assert city.ticket(ticket).state == "closed"
    assert [k for k in city.kinds(ticket) if k.startswith(("question", "closed"))] == [
        "question>citizen", "question_reminder>citizen", "closed_silent>citizen", "closed_notice>dpupr.kasi.jalan",
    ]  # fmt: skip


def test_postpone_needs_reason_and_date(city: City) -> None:
    """Without a date nothing stops and the official is told what is missing."""
    ticket = city.complain()
    ticket = city.answer(ticket, Status.POSTPONED, "TUNDA\nmenunggu material")
    assert ticket.state == "forwarded"
    assert city.kinds(ticket)[-1] == "incomplete>dpupr.kasi.jalan"
    ticket = city.answer(ticket, Status.POSTPONED, "TUNDA\nmenunggu material", promised=on(8, 20))
    assert ticket.state == "postponed"
    assert city.letters(ticket, "postponed")[0].position == "dpupr.kabid.jalan"


def test_hand_over_moves_the_task(city: City) -> None:
    """Another unit's task moves with a new unanswered clock while settlement goes on."""
    ticket = city.complain()
    before = [d for d in city.store.deadlines_of(ticket.id, live=True) if d.clock == "settlement"]
    ticket = city.answer(ticket, Status.FORWARDED, "TERUSKAN DISHUB", target="DISHUB")
    after = [d for d in city.store.deadlines_of(ticket.id, live=True) if d.clock == "settlement"]
    assert (ticket.holder, ticket.hops) == ("dishub.kepala", 1)
    assert before == after


def test_third_hop_goes_to_the_asisten(city: City) -> None:
    """Handed around three times it goes to the asisten."""
    ticket = city.complain()
    for unit in ("DISHUB", "SATPOLPP", "DLH"):
        ticket = city.answer(ticket, Status.FORWARDED, f"TERUSKAN {unit}", target=unit)
    assert ticket.holder is not None
    assert ticket.holder.startswith("setda.asisten")


def test_not_our_duty_goes_back_to_the_desk(city: City) -> None:
    """A refusal for lack of authority goes to triage; the citizen hears nothing yet."""
    ticket = city.complain()
    ticket = city.answer(ticket, Status.REJECTED, "BUKAN KEWENANGAN", duty=True)
    assert (ticket.state, ticket.holder) == ("triage", "diskominfo.kasi.aduan")
    assert city.kinds(ticket)[-2:] == ["triage>diskominfo.kasi.aduan", "handed_over>dpupr.kasi.jalan"]


def test_dispute_reopens_then_climbs_then_ends(city: City) -> None:
    """First the same holder, then his superior, then an end letter."""
    ticket = city.complain()
    city.answer(ticket, Status.DONE)
    ticket = city.says(ticket, Status.DISPUTED, "Masih bolong.")
    assert (ticket.state, ticket.holder, ticket.disputes) == ("in_progress", "dpupr.kasi.jalan", 1)
    city.answer(ticket, Status.DONE)
    ticket = city.says(ticket, Status.DISPUTED, "Masih bolong.")
    assert (ticket.holder, ticket.disputes) == ("dpupr.kabid.jalan", 2)
    city.answer(ticket, Status.DONE)
    ticket = city.says(ticket, Status.DISPUTED, "Masih bolong.")
    assert ticket.state == "closed"
    assert "closed_final>citizen" in city.kinds(ticket)


def test_stranger_and_former_holder_cannot_command(city: City) -> None:
    """Without our signature, from another mailbox or after the task has moved on, a command is a comment."""
    ticket = city.complain()
    task = city.letters(ticket, "task")[0]
    assert city.answer(ticket, Status.DONE, letter=task, signed=False).state == "forwarded"
    assert (
        city.answer(ticket, Status.DONE, letter=task, sender="kasi.parkir@dishub.kotabogor.example").state
        == "forwarded"
    )
    city.answer(ticket, Status.FORWARDED, target="DISHUB", letter=task)
    ticket = city.answer(ticket, Status.DONE, letter=task)
    assert ticket.state == "forwarded"
    assert city.kinds(ticket)[-1] == "not_yours>dpupr.kasi.jalan"


def test_superior_takes_over(city: City) -> None:
    """SAYA TANGANI makes the kabid the holder and tells the kasi."""
    ticket = city.complain()
    city.wait(day(8, 4, 8, 0))
    escalation = city.letters(ticket, "escalation")[0]
    ticket = city.answer(ticket, Status.COMMENT, "SAYA TANGANI", letter=escalation, command="SAYA TANGANI")
    assert (ticket.state, ticket.holder) == ("accepted", "dpupr.kabid.jalan")
    assert "handed_over>dpupr.kasi.jalan" in city.kinds(ticket)


def test_prose_is_confirmed_and_can_be_undone(city: City) -> None:
    """What was read from prose is told to the official; KELIRU takes it back before the citizen hears of it."""
    ticket = city.complain()
    ticket = city.answer(ticket, Status.DONE, "sudah beres pak", explicit=False)
    assert ticket.state == "done"
    assert city.kinds(ticket)[-1] == "confirm_reading>dpupr.kasi.jalan"
    ticket = city.answer(ticket, Status.COMMENT, "KELIRU", command="KELIRU")
    assert ticket.state == "forwarded"
    assert "done>citizen" not in city.kinds(ticket)
    assert "unanswered" in city.clocks(ticket)


def test_a_hand_over_read_from_prose_can_be_undone(city: City) -> None:
    """The letter that confirms the reading offers KELIRU to who has the task no longer; the other office is told."""
    ticket = city.complain()
    city.answer(ticket, Status.FORWARDED, "kayaknya dishub", explicit=False, target="dishub.kasi.parkir")
    offered = city.letters(ticket, "confirm_reading")[-1]
    ticket = city.answer(ticket, Status.COMMENT, "KELIRU", letter=offered, command="KELIRU")
    assert (ticket.state, ticket.holder) == ("forwarded", "dpupr.kasi.jalan")
    assert city.kinds(ticket)[-1] == "handed_over>dishub.kasi.parkir"
    assert "unanswered" in city.clocks(ticket)
    # Once the other has acted it is his.
    ticket = city.complain("Parkir liar di trotoar Jl. Merdeka.", sender="b@warga.example")
    city.answer(ticket, Status.FORWARDED, "kayaknya dishub", explicit=False, target="dishub.kasi.parkir")
    offered = city.letters(ticket, "confirm_reading")[-1]
    city.answer(ticket, Status.DONE, "Sudah kami tertibkan.")
    ticket = city.answer(ticket, Status.COMMENT, "KELIRU", letter=offered, command="KELIRU")
    assert (ticket.state, ticket.holder) == ("done", "dishub.kasi.parkir")
    assert city.kinds(ticket)[-1] == "not_yours>dpupr.kasi.jalan"


def test_secret_report_goes_to_the_inspectorate(city: City) -> None:
    """A secret report never goes through the office reported."""
    ticket = city.complain(route=route("dpupr.kasi.jalan", confidential=Confidential.SECRET))
    assert ticket.holder == "inspektorat.irban.khusus"


def test_same_mail_twice_is_one_ticket(city: City) -> None:
    """The same Message-ID from the same sender is one ticket."""
    first = city.complain(message_id="a@b")
    assert city.complain(message_id="a@b").id == first.id
    assert len(city.store.tickets()) == 1


def test_status_only_to_its_own_citizen(city: City) -> None:
    """A stranger who names the number learns nothing."""
    ticket = city.complain()
    from engine.event import Received
    from engine.reading import Reading
    from tests.world import message

    for sender in (CITIZEN, "lain@warga.example"):
        mail = city._mail(sender)
        text = f"Bagaimana laporan {ticket.number}?"
        city.desk.handle(Received(city.now, mail, Reading(Kind.STATUS, message(sender, "status", text), text)))
    city.post()
    loose = [one for one in city.sent if one.kind.startswith("status")]
    assert [(one.kind, one.address) for one in loose] == [
        ("status", CITIZEN), ("status_unknown", "lain@warga.example"),
    ]  # fmt: skip


def test_history_chain_holds_and_shows_tampering(city: City) -> None:
    """The chain verifies, and any changed row is found."""
    ticket = city.complain()
    city.answer(ticket, Status.DONE)
    assert city.store.broken_links() == []
    table = city.store.t.history
    table.update(actor="x").where(table.id == 2).execute()
    assert city.store.broken_links() == ["history row 2: changed"]


def test_desk_answers_its_own_matter_as_any_office(city: City) -> None:
    """Praise belongs to the desk's own chair: its letter offers an office's words, and its answer finishes it."""
    ticket = city.complain(route=route("diskominfo.kasi.aduan", "APRESIASI"))
    words = [word[0] for word in city.letters(ticket, "task")[0].data["words"]]  # type: ignore[index,union-attr]
    assert "SELESAI" in words
    ticket = city.answer(ticket, Status.DONE, "Terima kasih kembali.")
    assert ticket.state == "done"
