"""A city's own numbers: read from its settings, wrong ones named, shown, tried, and kept with each ticket."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from engine.calendar import Patience
from engine.errors import BadSetting
from engine.message import Envelope
from engine.policy import Policy
from engine.reading import Status
from engine.rules import changed, keep, numbers, unsound
from engine.store import Store
from engine.ticket import ClockName
from mail.app import App
from mail.cli import main
from mail.rules import Rules, example
from mail.settings import load, new_key
from tests.world import CALENDAR, DIRECTORY, City, day
from workflows.all import RULES, WORKFLOWS
from workflows.profiles import SIBADRA, SP4N

HEAD = '[intake]\ndomain = "sibadra.kotabogor.example"\n'
MAIL = (
    b"From: Rina <rina@example.com>\r\nTo: aduan@sibadra.kotabogor.example\r\nSubject: Jalan berlubang\r\n"
    b"Message-ID: <1@example.com>\r\n\r\nJalan di depan Pasar Devris berlubang, mohon ditambal.\r\n"
)
LEVELS = {position.level for position in DIRECTORY.positions.values()}


def rules(tmp_path: Path, text: str) -> Rules:
    """The rules of a settings file with this text."""
    path = tmp_path / "sibadra.toml"
    path.write_text(HEAD + text, "utf-8")
    return load(path, secrets=False).rules


def patience(words: str) -> Patience:
    """A patience of its words."""
    return Patience.parse(words)


TWO = """
[[rules]]
from = 2027-01-01
profile = "sp4n"
confirmation = "5 working days"
[[rules]]
from = 2026-12-01
basis = "Perwali 12/2026"
silence = "3 hari kerja"
reopen_days = 14
grown = [3, 9]
join_area = "36 hours"
[rules.unanswered]
kepala = "20 jam"
asisten = "30 hours since intake"
[rules.unread]
owner = "never"
[rules.settlement]
default = "10 working days"
JALAN-RUSAK = "60 working days"
[rules.lists_at]
walikota = ["07:30"]
[rules.per_day]
walikota = 1
[[rules]]
from = 2026-12-15
workflow = ["information", "emergency"]
citizen = "7 working days"
"""


def test_numbers_change_on_their_day(tmp_path: Path) -> None:
    """Each table changes what it names from its day on, whatever the order in the file; all else stays."""
    found = rules(tmp_path, TWO)
    old, middle, new = (found.on("complaint", day)[0] for day in (date(2026, 11, 30), date(2026, 12, 1), date.max))
    assert old == SIBADRA
    assert (middle.version, middle.valid_from) == ("sibadra-2026-12-01", date(2026, 12, 1))
    assert (middle.silence, middle.reopen_days, middle.grown) == (patience("3 working_days"), 14, (3, 9))
    assert middle.join_area == timedelta(hours=36)
    ladder = middle.ladder(ClockName.UNANSWERED)
    assert [step.to for step in ladder] == ["owner", "superior", "kepala", "asisten", "walikota"]
    assert (ladder[0].unread, ladder[2].unanswered, ladder[2].since) == (None, patience("20 hours"), "intake")
    assert (ladder[3].since, ladder[3].digest, ladder[2].takes_over) == ("intake", True, True)
    assert middle.settlement_of("JALAN-RUSAK", "biasa") == patience("60 working_days")
    assert middle.settlement_of("JALAN-LAIN", "biasa") == patience("10 working_days")
    assert (middle.mails_per_day("walikota"), middle.mails_per_day("kepala")) == (1, 5)
    assert [f"{hour:%H:%M}" for hour in middle.windows("walikota")] == ["07:30"]
    assert (new.version, new.confirmation, new.silence) == ("sp4n-2027-01-01", patience("5 working_days"), SP4N.silence)
    for workflow in ("information", "emergency"):
        assert found.on(workflow, date(2026, 12, 14))[0] == RULES[workflow][0]
        assert found.on(workflow, date(2026, 12, 15))[0].citizen == patience("7 working_days")


def test_each_number_says_where_it_is_from(tmp_path: Path) -> None:
    """The shipped rules, or the table of the settings with its decree."""
    _, origin = rules(tmp_path, TWO).on("complaint", date(2026, 12, 1))
    assert origin["citizen"] == "shipped, sibadra-2019"
    assert origin["silence"] == "sibadra.toml, rules[2026-12-01] (Perwali 12/2026)"
    assert origin["unanswered.kepala"] == origin["silence"]
    assert origin["unanswered.walikota"] == "shipped, sibadra-2019"


@pytest.mark.parametrize("profile", ["sibadra", "sp4n"])
def test_the_example_of_init_is_the_profile(tmp_path: Path, profile: str) -> None:
    """With its comment signs taken away, the example that init writes changes nothing but the day."""
    lines = [line.removeprefix("# ") for line in example(profile).split("#\n", 1)[1].splitlines()]
    policy, _ = rules(tmp_path, "\n".join(lines)).on("complaint", date(2027, 1, 1))
    shipped = {"sibadra": SIBADRA, "sp4n": SP4N}[profile]
    assert policy == replace(shipped, version=f"{profile}-2027-01-01", valid_from=date(2027, 1, 1))


@pytest.mark.parametrize("policy", [SIBADRA, SP4N, *(one for some in RULES.values() for one in some)])
def test_what_is_shown_can_be_written(policy: Policy) -> None:
    """Every number, written into the settings as the listing shows it, is the number it was."""
    table: dict[str, object] = {}
    for key, text in numbers(policy).items():
        name, dot, sub = key.partition(".")
        value: object = int(text) if text.isdigit() else float(text) if text.replace(".", "").isdigit() else text
        value = [int(one) for one in text.split(", ")] if name == "grown" else value
        value = text.split(", ") if name in ("lists_at", "emergency_positions") else value
        if dot:
            table.setdefault(name, {})[sub] = value  # type: ignore[index]
        else:
            table[name] = value
    assert changed(policy, table) == policy


DAY = "[[rules]]\nfrom = 2026-12-01\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rules]]\nsilence = '3 days'", r"rules\[1\]\.from: is missing; write from = 2026-12-01"),
        ("[[rules]]\nfrom = '2026-12-01'", r"rules\[1\]\.from: '2026-12-01' is no day"),
        ("[[rules]]\nfrom = 2026-12-01T08:00:00", r"rules\[1\]\.from: .* is no day"),
        ("[[rules]]\nfrom = 2019-01-01", r"rules\[2019-01-01\]\.from: is too early: sibadra-2019 holds"),
        (DAY + DAY, r"rules\[2026-12-01\]\.from: two tables change complaint from this day on"),
        (DAY + DAY + "workflow = ['emergency', 'complaint']", "two tables change complaint"),
        ("[rules]\nfrom = 2026-12-01", r"rules: is no list of tables; write \[\[rules\]\]"),
        (DAY + "silense = '3 days'", r"\.silense: is not known; use one of unanswered"),
        (DAY + "silence = '3 fortnights'", r"\.silence: '3 fortnights' is no wait; write it as"),
        (DAY + "silence = '-3 days'", r"\.silence: '-3 days' is no wait"),
        (DAY + "silence = '0 days'", r"\.silence: '0 days' waits for nothing; wait for at least 1"),
        (DAY + "silence = 3", r"\.silence: 3 is no wait"),
        (DAY + "reopen_days = -1", r"\.reopen_days: -1 is no whole number from 0"),
        (DAY + "reopen_days = '30 days'", r"\.reopen_days: '30 days' is no whole number"),
        (DAY + "max_hops = true", r"\.max_hops: True is no whole number"),
        (DAY + "grown = [9, 3]", r"\.grown: \[9, 3\] do not rise"),
        (DAY + "join_at = 1.5", r"\.join_at: 1.5 is no likeness"),
        (DAY + "join_at = 0.3", r"\.propose_at: 0.6 is above join_at 0.3"),
        (DAY + "join_area = '2 working days'", r"\.join_area: .* counts working time"),
        (DAY + "settlement = '3 days'", r"\.settlement: '3 days' is no table"),
        (DAY + "settlement = { parah = '3 days' }", r"\.settlement\.parah: is not known"),
        (DAY + "per_day = { walikota = 'dua' }", r"\.per_day\.walikota: 'dua' is no whole number"),
        (DAY + "lists_at = { default = ['8'] }", r"\.lists_at\.default: \['8'\] are no hours"),
        (DAY + "lists_at = { default = ['13:00', '08:00'] }", "do not rise"),
        (DAY + "unanswered = { kapala = '3 days' }", r"\.unanswered\.kapala: is no rung"),
        (DAY + "unread = { sekda = '3 days' }", r"\.unread\.sekda: is not on the ladder"),
        (DAY + "workflow = 'information'\ntriage = { owner = '3 days' }", r"\.triage: the information workflow has no"),
        (DAY + "workflow = 'informasi'", r"\.workflow: 'informasi' is no workflow"),
        (DAY + "workflow = 'emergency'\nprofile = 'sp4n'", r"\.profile: emergency has no profiles"),
        (DAY + "profile = 'lapor'", r"\.profile: 'lapor' is no profile; use one of sibadra, sp4n"),
        (DAY + "open_tickets = 1", r"\.open_tickets: 1 is neither true nor false"),
        (DAY + "emergency_positions = 'bpbd.kepala'", r"\.emergency_positions: 'bpbd.kepala' is no list"),
        (DAY + "basis = 12", r"\.basis: 12 is no text"),
        (
            DAY + "[rules.unanswered]\nowner='never'\nsuperior='never'\nkepala='never'\nwalikota='never'",
            r"\.unanswered: no rung is left",
        ),
    ],
)
def test_wrong_rules_are_named(tmp_path: Path, text: str, said: str) -> None:
    """A mistake in the rules is refused, naming file, table, field and mend."""
    with pytest.raises(BadSetting, match=said) as caught:
        rules(tmp_path, text)
    assert str(caught.value).startswith("sibadra.toml: rules")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"silence": "300 working days"}, "silence: 300 working days is longer than a year"),
        ({"undo": "600000 minutes"}, "undo: 600000 minutes is longer than a year"),
        ({"citizen_soon": "12 working days"}, "the reminder comes after the end"),
        ({"unanswered": {"superior": "2 working hours since intake"}}, "has passed before the rung below"),
        ({"unanswered": {"walikota": "never"}}, "unanswered: ends at kepala: what nobody answers never reaches"),
        ({"unread": {"owner": "2 working days"}}, "unread.owner: 2 working days is longer than the answer may take"),
        ({"settlement": {"JALAN-XX": "3 days"}}, "settlement.JALAN-XX: no such topic"),
        ({"per_day": {"raja": 3}}, "per_day.raja: no such level"),
        ({"unanswered": {"kepala": "250 working days", "walikota": "255 working days since letter"}}, "it never ends"),
    ],
)
def test_absurd_rules_are_found(table: dict[str, object], said: str) -> None:
    """What can be read and cannot be meant is a line of the check; the shipped rules have none."""
    today = date(2026, 11, 28)
    for policy in (SIBADRA, SP4N, *(one for some in RULES.values() for one in some)):
        assert unsound(policy, CALENDAR, today, DIRECTORY.topics, LEVELS) == []
    found = unsound(changed(SIBADRA, table), CALENDAR, today, DIRECTORY.topics, LEVELS)
    assert any(said in line for line in found), found


@pytest.mark.parametrize("name", ["complaint", "information", "emergency"])
def test_no_name_is_broken_at_eighty_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The list of numbers keeps each name and chair whole, and each line within the screen."""
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["workflow", "deadlines", name, "--on", "2026-12-05", "--profile", "sibadra"]) == 0
    shown = capsys.readouterr().out
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.splitlines() if line.startswith("│")]
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert all(len(row) == 4 for row in rows)
    assert main(["workflow", "deadlines", name, "--on", "2026-12-05", "--profile", "sibadra", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row[0] for row in rows if row[0]] == [one["number"] for one in told["numbers"]]
    assert any(row[1] == "inspektorat.irban.khusus" for row in rows)


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """check, deadlines, explain and simulate all speak of the rules of the settings."""
    place = tmp_path / "sibadra.toml"
    place.write_text(HEAD + TWO.replace("asisten", "sekda"), "utf-8")
    city = ["--config", str(place)]
    assert main([*city, "workflow", "check"]) == 0
    assert "sibadra-2026-12-01, sp4n-2027-01-01" in capsys.readouterr().out
    assert main([*city, "workflow", "deadlines", "--on", "2026-12-05", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"value": "3 working days", "from": "sibadra.toml, rules[2026-12-01] (Perwali 12/2026)"}.items() <= next(
        one for one in told["numbers"] if one["number"] == "silence"
    ).items()
    assert main([*city, "workflow", "deadlines", "--on", "2026-12-05"]) == 0
    assert "from 2027-01-01 on: sp4n-2027-01-01" in capsys.readouterr().out
    assert main([*city, "workflow", "explain", "--on", "2026-12-05"]) == 0
    assert "dimintai kabar sesudah 3 hari kerja" in capsys.readouterr().out
    assert main([*city, "simulate", "--days", "3", "--per-day", "3", "--json", "--against", "sibadra"]) == 0
    assert [one["profile"] for one in json.loads(capsys.readouterr().out)] == ["city", "sibadra"]
    place.write_text(HEAD + DAY + "unanswered = { walikota = 'never' }\n", "utf-8")
    assert main([*city, "workflow", "check"]) == 1
    assert "complaint: sibadra-2026-12-01: unanswered: ends at kepala" in capsys.readouterr().out
    place.write_text(HEAD + DAY + "silence = '0 days'\n", "utf-8")
    assert main([*city, "workflow", "check"]) == 2


def test_a_version_is_kept_as_it_was() -> None:
    """Same name, other numbers or another table: another version, and what was kept before stays readable as it was."""
    store = Store.memory()
    first = keep(store, {"complaint": (SIBADRA,)}, WORKFLOWS, day(8, 3))
    assert list(first.policies) == ["sibadra-2019"]
    newer = replace(SIBADRA, silence=patience("9 working_days"))
    second = keep(store, {"complaint": (newer,)}, WORKFLOWS, day(8, 4))
    (held,) = second.rules["complaint"]
    assert held.version.startswith("sibadra-2019-")
    assert second.policies["sibadra-2019"] == SIBADRA
    assert second.policies[held.version].silence == newer.silence
    shorter = replace(WORKFLOWS["complaint"], rows=WORKFLOWS["complaint"].rows[:-1])
    third = keep(store, {"complaint": (SIBADRA,)}, {"complaint": shorter}, day(8, 5))
    (held,) = third.rules["complaint"]
    assert third.tables["sibadra-2019"] == WORKFLOWS["complaint"]
    assert third.tables[held.version] == shorter
    again = keep(store, {"complaint": (SIBADRA,)}, WORKFLOWS, day(8, 6))
    assert again.rules["complaint"] == (SIBADRA,)
    told = [entry.data["version"] for _, entry in store.history_after(0) if entry.event == "rules"]
    assert len(told) == len(set(told)) == 3
    assert store.broken_links() == []


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        (
            """UPDATE "rules" SET "content" = REPLACE("content", '2 working_days', '9 working_days')""",
            "were changed after",
        ),
        ('DELETE FROM "rules"', "missing"),
        ("""INSERT INTO "rules" VALUES ('sibadra-1999', '{}', 0)""", "were never told to the history"),
    ],
)
def test_changed_rules_are_found(sql: str, line: str) -> None:
    """Whoever changes what a ticket is judged by, after the fact, is told by the audit."""
    store = Store.memory()
    keep(store, {"complaint": (SIBADRA,)}, WORKFLOWS, day(8, 3))
    assert store.broken_links() == []
    store._db.execute_sql(sql)
    (found,) = store.broken_links()
    assert found.startswith("rules sibadra-")
    assert line in found


def under(city: City, policies: tuple[Policy, ...], at: datetime) -> None:
    """The city lives by these complaint rules from now on, as its engine would start again."""
    book = keep(city.store, {**RULES, "complaint": policies}, WORKFLOWS, at)
    world = replace(city.desk.world, rules=book.rules, policies=book.policies, tables=book.tables)
    city.desk.world = world


def dated(table: dict[str, object], begins: date, *, open_tickets: bool = False) -> Policy:
    """The city's rules with some numbers changed from a day on."""
    changes = {"version": f"sibadra-{begins}", "valid_from": begins, "open_tickets": open_tickets}
    return replace(changed(SIBADRA, table), **changes)  # type: ignore[arg-type]


LATER = {"silence": "4 working days", "confirmation": "3 working days", "reopen_days": 7}


def test_a_ticket_keeps_the_rules_it_was_opened_under(tmp_path: Path) -> None:
    """Opened before the change it is asked for news after two working days, one opened after it after four."""
    city = City.new(tmp_path / "city.db")
    policies = (SIBADRA, dated(LATER, date(2026, 8, 4)))
    under(city, policies, city.now)
    old = city.answer(city.complain(), Status.RECEIVED)
    city.wait(day(8, 4))
    assert city.desk.renew(city.now) == []
    new = city.complain(text="Lampu jalan mati.", subject="Lampu mati")
    assert (city.ticket(old).rules, new.rules) == ("sibadra-2019", "sibadra-2026-08-04")
    new = city.answer(new, Status.RECEIVED)
    for ticket, days in ((old, 2), (new, 4)):
        (clock,) = city.store.deadlines_of(ticket.id, (ClockName.SILENCE,), live=True)
        assert clock.patience == Patience.parse(f"{days} working_days")
    under(city, (replace(SIBADRA, silence=patience("9 working_days")), policies[1]), city.now)
    assert city.desk.world.policy_of(old).silence == patience("2 working_days")  # the file was edited, not the ticket
    under(city, (SP4N,), city.now)
    assert city.desk.world.policy_of(city.ticket(old)) == SIBADRA  # and the city has dropped them altogether


def test_a_ticket_keeps_its_table(tmp_path: Path) -> None:
    """A word that a newer program takes out of the table can still be written about a ticket opened before."""
    city = City.new(tmp_path / "city.db")
    under(city, (SIBADRA,), city.now)
    old = city.complain()
    table = WORKFLOWS["complaint"]
    newer = replace(table, rows=tuple(row for row in table.rows if row.event != "accept"))
    book = keep(city.store, {"complaint": (SIBADRA,)}, {**WORKFLOWS, "complaint": newer}, city.now)
    workflows = {**WORKFLOWS, "complaint": newer}
    rules_now = {**RULES, **book.rules}
    city.desk.world = replace(
        city.desk.world, rules=rules_now, policies=book.policies, tables=book.tables, workflows=workflows
    )
    new = city.complain(text="Lampu jalan mati.", subject="Lampu mati")
    assert city.answer(old, Status.RECEIVED).state == "accepted"
    assert city.answer(new, Status.RECEIVED).state == "forwarded"


def test_new_rules_for_open_tickets(tmp_path: Path) -> None:
    """Where the city says so, open tickets follow from the day on: told in the history, clocks gain the difference."""
    city = City.new(tmp_path / "city.db")
    more = {**LATER, "settlement": {"default": "20 working days"}, "unanswered": {"owner": "8 working hours"}}
    under(city, (SIBADRA, dated(more, date(2026, 8, 5), open_tickets=True)), city.now)
    asked, waiting = city.complain(), city.answer(city.complain(text="Lampu mati.", subject="Lampu"), Status.RECEIVED)
    closed = city.says(city.answer(city.complain(text="Got mampet.", subject="Got"), Status.DONE), Status.CONFIRMED)
    city.wait(day(8, 4, 17))
    assert city.desk.renew(city.now) == []
    (before,) = city.store.deadlines_of(waiting.id, (ClockName.SETTLEMENT,), live=True)
    city.wait(day(8, 5, 0))
    assert {one.id for one in city.desk.renew(city.now)} == {asked.id, waiting.id}
    assert city.desk.renew(city.now) == []
    assert city.ticket(closed).rules == "sibadra-2019"
    assert city.ticket(waiting).rules == "sibadra-2026-08-05"
    (told,) = [entry for entry in city.store.history_of(waiting.id) if entry.event == "rules"]
    assert told.data == {"from": "sibadra-2019", "to": "sibadra-2026-08-05"}
    (after,) = city.store.deadlines_of(waiting.id, (ClockName.SETTLEMENT,), live=True)
    assert CALENDAR.working_days(before.due_at.date(), after.due_at.date()) == 6
    (silence,) = city.store.deadlines_of(waiting.id, (ClockName.SILENCE,), live=True)
    assert silence.due_at == day(8, 7, 16, 30)  # Monday's acceptance, four working days, Friday's closing time
    assert city.store.broken_links() == []


def test_a_shorter_number_leaves_a_day(tmp_path: Path) -> None:
    """What a shorter rule has used up does not strike overnight: a working day is left, never more than before."""
    city = City.new(tmp_path / "city.db")
    less = {"settlement": {"default": "2 working days"}, "silence": "1 working day"}
    under(city, (SIBADRA, dated(less, date(2026, 8, 12), open_tickets=True)), city.now)
    ticket = city.answer(city.complain(), Status.IN_PROGRESS, promised=date(2026, 8, 20))
    city.wait(day(8, 12, 0))
    city.desk.renew(city.now)
    (clock,) = city.store.deadlines_of(ticket.id, (ClockName.SETTLEMENT,), live=True)
    assert clock.due_at.date() == date(2026, 8, 13)
    (promise,) = city.store.deadlines_of(ticket.id, (ClockName.PROMISE,), live=True)
    assert promise.due_at.date() == date(2026, 8, 20)  # what was promised to the citizen stays promised


def test_a_longer_ladder_goes_on_above_what_was_climbed(tmp_path: Path) -> None:
    """Under sp4n from one day to the next: nobody is written to twice, the chairs between are not passed over."""
    city = City.new(tmp_path / "city.db")
    national = replace(SP4N, version="sp4n-2026-08-05", valid_from=date(2026, 8, 5), open_tickets=True)
    under(city, (SIBADRA, national), city.now)
    ticket = city.complain()
    city.wait(day(8, 4, 20))
    assert city.ticket(ticket).step == 3  # reminder, superior, head
    city.wait(day(8, 5, 0))
    city.desk.renew(city.now)
    moved = city.ticket(ticket)
    assert national.ladder(ClockName.UNANSWERED)[moved.step].to == "induk"
    city.wait(timedelta(days=30))
    chairs = [
        one.position
        for one in city.store.letters_of(ticket.id)
        if one.kind == "escalation" and not one.data.get("told") and one.data["why"] != "daily"
    ]
    assert len(chairs) == len(set(chairs))
    assert chairs[-1] == "pimpinan.walikota"


def test_rules_run_out_of_nothing(tmp_path: Path) -> None:
    """A letter's clock that was renewed strikes once, and the ticket is never left without a clock."""
    city = City.new(tmp_path / "city.db")
    under(city, (SIBADRA, dated(LATER, date(2026, 8, 4), open_tickets=True)), city.now)
    ticket = city.complain()
    for hour in range(0, 72, 3):
        city.wait(day(8, 3, 10) + timedelta(hours=hour))
        city.desk.renew(city.now)
        assert city.clocks(ticket)
    assert not [one for one in city.sent if one.kind == "reminder"][1:]


def test_the_engine_turns_over_at_midnight(tmp_path: Path) -> None:
    """A running engine takes rules into use on their day, and open tickets over where the city says so."""
    (tmp_path / "sibadra.toml").write_text(
        HEAD + "[[rules]]\nfrom = 2026-08-04\nopen_tickets = true\nsilence = '4 working days'\n", "utf-8"
    )
    new_key(tmp_path / "sibadra.key")
    clock = [day(8, 3, 23)]
    app = App.open(load(tmp_path / "sibadra.toml"), lambda: clock[0], random.Random(1))
    try:
        app.keep([(Envelope("rina@example.com", ("aduan@sibadra.kotabogor.example",), clock[0]), MAIL)])
        app.settle(clock[0])
        (ticket,) = app.store.tickets()
        assert ticket.rules == "sibadra-2019"
        clock[0] = day(8, 4, 1)
        app.settle(clock[0])
        (ticket,) = app.store.tickets()
        assert ticket.rules == "sibadra-2026-08-04"
        assert app.desk.world.policy.silence == patience("4 working_days")
        assert [e.event for e in app.store.history_of(ticket.id)].count("rules") == 1
    finally:
        app.close()
