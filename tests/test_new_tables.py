"""New tables of the city: checked with the settings, imported from a day on, looked up, taken back; renamed chairs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.directory import Directory
from engine.reading import Status
from engine.routing.learn import seed_of
from mail.app import App
from mail.cli import MOST, main
from mail.commands import directory as command
from mail.settings import load
from tests.world import DIRECTORY, MONDAY, City

TODAY = date(2026, 8, 3)
Run = Callable[..., str]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What `init` writes, on Monday 3 August 2026."""
    monkeypatch.setattr(command, "now", lambda: MONDAY)
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    return tmp_path


@pytest.fixture
def run(place: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """One command, its status and what it wrote."""

    def one(*words: str, status: int = 0) -> str:
        capsys.readouterr()
        assert main(words) == status
        told = capsys.readouterr()
        return told.out + told.err

    return one


def changed(place: Path, name: str, table: str, old: str, new: str) -> str:
    """A copy of the city's folder with one piece of a table replaced."""
    folder = shutil.copytree(place / "city", place / name, ignore=shutil.ignore_patterns("seed", "urgency", "*.npz"))
    text = (folder / table).read_text(encoding="utf-8")
    assert old in text
    (folder / table).write_text(text.replace(old, new), encoding="utf-8")
    return str(folder)


HOLDER = '"Dede Rahmat, S.T."'


def test_working_time_is_checked_too(place: Path, run: Run) -> None:
    """A day that no calendar has, in holidays.csv, is found before the engine starts."""
    path = place / "city" / "holidays.csv"
    path.write_text(path.read_text(encoding="utf-8") + "31/02/2026,Libur,kota,x\n", encoding="utf-8")
    assert "holidays.csv:84: date: '31/02/2026' bukan tanggal" in run("directory", "check", status=2)
    shutil.copytree(place / "city", place / "lain")
    assert "holidays.csv:84" in run("directory", "--city", str(place / "lain"), "check", status=2)


def test_a_mailbox_that_is_our_own_intake_is_refused(place: Path, run: Run) -> None:
    """A task sent there would come in as a complaint."""
    path = place / "city" / "positions.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kasi.jalan@dpupr.kotabogor", "Aduan+1@sibadra.kotabogor"), encoding="utf-8")
    assert "dpupr.kasi.jalan: mailbox" in run("directory", "check", status=2)


def test_thousands_of_problems_are_told_on_one_screen(place: Path, run: Run) -> None:
    """The first hundred, and how many more there are."""
    path = place / "city" / "positions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",true,", ",mungkin,"), encoding="utf-8")
    lines = run("directory", "check", status=2).splitlines()
    assert len(lines) == MOST + 1
    assert lines[-1] == f"... and {len(DIRECTORY.positions) - MOST} more"


def test_a_day_that_is_none_is_told_so(place: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Not in the words of the language the program is written in."""
    for words in (["directory", "import", "x", "--from", "31/02/2026"], ["who", "dpupr.kepala", "--on", "2026-02-31"]):
        with pytest.raises(SystemExit):
            main(words)
        assert "is no day; write it as YYYY-MM-DD" in capsys.readouterr().err


def test_a_unit_is_shown_by_what_people_call_it(place: Path, run: Run) -> None:
    """Its code or a name; several or none are told."""
    assert "dishub.kepala" in run("directory", "show", "Dinas Perhubungan")
    assert "units.csv lists them" in run("directory", "show", "nihil", status=2)


def test_an_import_is_taken_back_by_the_line_it_ends_with(place: Path, run: Run) -> None:
    """The same day again is an import of its own: all of them are kept, and `who` follows the last."""
    new = changed(place, "kosong", "positions.csv", HOLDER, "")
    told = run("directory", "import", new, "--from", "2026-08-05", "--yes").splitlines()
    assert "Dede Rahmat, S.T. -> (kosong)" in told[0]
    assert "pejabat  : kosong" in run("who", "dpupr.kasi.jalan", "--on", "2026-08-05")
    assert "pejabat  : Dede" in run("who", "dpupr.kasi.jalan", "--on", "2026-08-04")
    back = told[-1].removeprefix("To go back: sibadra ").split()
    assert "(kosong) -> Dede Rahmat, S.T." in run(*back, "--yes")
    assert "pejabat  : Dede" in run("who", "dpupr.kasi.jalan", "--on", "2026-08-05")
    listed = run("directory", "versions").splitlines()
    assert listed[1].endswith("2026-08-05  (replaced)")
    assert listed[2].endswith("2026-08-05.2")
    assert "nothing changes" in run("directory", "import", "city", "--from", "2026-08-05", "--yes")


def test_an_import_says_when_later_tables_end_it(place: Path, run: Run) -> None:
    """A change of today is gone when tables begin that were imported before it."""
    run("directory", "import", changed(place, "a", "positions.csv", HOLDER, ""), "--from", "2026-09-01", "--yes")
    new = changed(place, "b", "positions.csv", '"Oman Saepudin, S.T."', "Pengganti")
    told = run("directory", "import", new, "--yes")
    assert "! 1 of these changes end on 2026-09-01" in told
    assert "--from 2026-09-01" in told


def test_words_that_were_imported_are_learnt_by_the_training_after(place: Path, run: Run) -> None:
    """An import says so; a holder's name is nothing to learn."""
    new = changed(place, "a", "topics.csv", ";ledeng mati;", ";ledeng mati;selang kempes;")
    assert "`sibadra routing retrain`, on 2026-08-05 or later" in run(
        "directory", "import", new, "--from", "2026-08-05", "--yes"
    )
    other = changed(place, "b", "positions.csv", HOLDER, "")
    assert "retrain" not in run("directory", "import", other, "--from", "2026-08-04", "--yes")


def test_an_import_says_that_holidays_are_not_part_of_it(place: Path, run: Run) -> None:
    """They hold from the settings' folder, whatever lies beside the new tables."""
    new = changed(place, "a", "positions.csv", HOLDER, "")
    assert "holidays.csv" not in run("directory", "import", new, status=1)
    (Path(new) / "holidays.csv").write_text("date,name,kind,basis\n", encoding="utf-8")
    assert "! holidays.csv is not imported" in run("directory", "import", new, status=1)


def test_tables_without_what_the_rules_of_jurisdiction_name_are_refused(place: Path, run: Run) -> None:
    """Once taken, no mail could be routed: the row of jurisdiction.tsv goes first."""
    new = Path(changed(place, "a", "external.csv", "PEMKABBOGOR,", "KABUPATEN,"))
    told = run("directory", "import", str(new), "--yes", status=2)
    assert "jurisdiction.tsv:6: external: 'PEMKABBOGOR' is no agency" in told
    rules = place / "city" / "jurisdiction.tsv"
    rules.write_text(rules.read_text(encoding="utf-8").replace("PEMKABBOGOR", "?"), encoding="utf-8")
    assert "holds from" in run("directory", "import", str(new), "--yes")


def test_a_city_without_a_topic_of_the_seed_still_learns(place: Path) -> None:
    """The seed's texts of it are left out, and the model does not name it."""
    city = replace(DIRECTORY, topics={code: one for code, one in DIRECTORY.topics.items() if code != "PKL"})
    seed = seed_of(city, place / "city")
    whole = seed_of(DIRECTORY, place / "city")
    assert {label for _, label in whole.examples} - {label for _, label in seed.examples} == {"PKL"}
    assert "PKL" not in {label for _, label in seed.cues}


def test_a_running_engine_takes_a_second_import_of_the_day(place: Path, run: Run) -> None:
    """As it takes the first."""
    app = App.open(load(place / "sibadra.toml", secrets=False), lambda: MONDAY)
    for name in ("Satu", "Dua"):
        new = changed(place, name, "positions.csv", HOLDER, name)
        run("directory", "import", new, "--from", str(TODAY), "--yes")
        app.refresh(MONDAY)
        assert app.directory.positions["dpupr.kasi.jalan"].holder == name
    app.close()


def without(*units: str) -> Directory:
    """The directory without some units, all their chairs and topics."""
    return Directory(
        {code: unit for code, unit in DIRECTORY.units.items() if code not in units},
        {one.id: one for one in DIRECTORY.positions.values() if one.unit not in units},
        {one.code: one for one in DIRECTORY.topics.values() if one.unit not in units},
        DIRECTORY.externals,
        DIRECTORY.places,
    )


def test_a_renamed_chair_keeps_its_tickets(tmp_path: Path) -> None:
    """Who has the mailbox has the matter, and his answer to the letter that he got before still counts."""
    city = City.new(tmp_path / "s.db")
    ticket = city.complain()
    old = next(one for one in city.letters(ticket) if one.position == "dpupr.kasi.jalan")
    positions = dict(DIRECTORY.positions)
    positions["dpupr.kasi.jalankota"] = replace(positions.pop("dpupr.kasi.jalan"), id="dpupr.kasi.jalankota")
    city.desk.adopt(replace(DIRECTORY, positions=positions), city.now)
    city.post()
    assert city.ticket(ticket).holder == "dpupr.kasi.jalankota"
    assert city.answer(ticket, Status.DONE, "Sudah ditambal.", letter=old).state == "done"


def test_tickets_outlive_their_office(tmp_path: Path) -> None:
    """Open, done and asked ones of an office that is gone: no clock and no answer stumbles over it in two months."""
    city = City.new(tmp_path / "s.db")
    waiting = city.complain()
    done = city.complain("Trotoar pecah di Jl. Merdeka.", sender="b@warga.example")
    city.answer(done, Status.DONE, "Beres.")
    asked = city.complain("Aspal mengelupas di Jl. Ceremai.", sender="c@warga.example")
    city.answer(asked, Status.NEED_INFO, "Di mana tepatnya?")
    city.desk.adopt(without("DPUPR"), city.now)
    city.post()
    assert {city.ticket(one).holder for one in (waiting, done, asked)} == {"setda.asisten.2"}
    assert city.says(done, Status.DISPUTED, "Belum beres.").state == "in_progress"
    city.says(asked, Status.COMMENT, "Di depan nomor 5.")
    city.wait(timedelta(days=60))
    assert {city.ticket(one).holder for one in (waiting, done, asked)} == {"setda.sekda"}
