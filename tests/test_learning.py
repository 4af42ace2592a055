"""What people decide is kept, told, learnt from and undone, by the commands of `sibadra routing`; new directories."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from engine.reading import Status
from engine.routing import open_router
from engine.routing.decided import decisions, examples, label_of
from engine.routing.report import report
from engine.store import Store
from mail.app import App
from mail.cli import main
from mail.settings import check, new_key
from tests.world import CITY, DIRECTORY, MONDAY, City, route


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A fresh city on Monday 3 August 2026, nine o'clock."""
    return City.new(tmp_path / "sibadra.db")


def corrected(city: City) -> None:
    """Three routed mails: one right, one handed over, one that the desk routed."""
    right = city.complain("Jalan aspal berlubang di Jl. Ceremai.")
    city.answer(right, Status.DONE, "Sudah ditambal.")
    wrong = city.complain("Parkir liar di Jl. Suryakencana menutup jalan.", sender="b@warga.example")
    city.answer(wrong, Status.FORWARDED, "TERUSKAN DISHUB", target="dishub.kasi.parkir")
    unsure = city.complain("Lampu jalan padam di Jl. Ahmad Yani.", route=route(None), sender="c@warga.example")
    city.answer(unsure, Status.FORWARDED, "TERUSKAN DISPERUMKIM", target="disperumkim.kasi.pju")


def test_decisions_are_kept_and_counted(city: City) -> None:
    """Accuracy is of what was routed alone and is settled; triage is a share of all."""
    corrected(city)
    rows = city.store.decisions()
    found = report(decisions(rows, lambda at: at))
    assert (found.mails, found.triaged, found.settled, found.right) == (3, 1, 2, 1)
    assert ("DPUPR", "DISHUB", 1) in found.confusion


def test_decisions_become_examples(city: City) -> None:
    """Each decided ticket is a text with the topic of its new owner."""
    corrected(city)
    texts = {t.id: f"{t.subject}\n{t.text}" for t in city.store.tickets()}
    found = examples(DIRECTORY, city.store.decisions(), texts.get, lambda _text: [])
    assert sorted(label for _, label in found) == ["JALAN-RUSAK", "PARKIR", "PJU"]


def test_label_of_a_unit_is_the_likeliest_of_its_topics() -> None:
    """A unit alone has many topics: the model's order decides; an agency is itself; nonsense is nothing."""
    row = {"unit": "DISHUB", "owner": "dishub.kepala", "external": None, "topic": None}
    assert label_of(DIRECTORY, row, ["PJU", "PARKIR", "MACET"]) == "PARKIR"
    assert label_of(DIRECTORY, row, []) is None
    assert label_of(DIRECTORY, {**row, "unit": None, "external": "PLN"}, []) == "EXT:PLN"
    assert label_of(DIRECTORY, {**row, "unit": "TIDAK-ADA"}, ["PARKIR"]) is None


@pytest.fixture
def place(tmp_path: Path, city: City) -> Path:
    """Settings over the city's database, with a small city whose model is quickly trained."""
    own = tmp_path / "kota"
    own.mkdir()
    for table in CITY.glob("*.csv"):
        shutil.copyfile(table, own / table.name)
    (own / "seed").mkdir()
    lines = ["label\tregister\ttext"]
    for label, text in (
        ("JALAN-RUSAK", "jalan aspal berlubang"),
        ("PARKIR", "parkir liar"),
        ("PJU", "lampu jalan padam"),
    ):
        lines += [f"{label}\tplain\t{text} di depan toko nomor {n}" for n in range(6)]
    (own / "seed" / "kecil.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "sibadra.toml").write_text(
        '[city]\nfolder = "kota"\n[intake]\ndomain = "sibadra.kotabogor.example"\nlmtp = "127.0.0.1:1"\n'
        '[relay]\nhost = "127.0.0.1"\nport = 1\n',
        encoding="utf-8",
    )
    new_key(tmp_path / "sibadra.key")
    return tmp_path / "sibadra.toml"


def app(place: Path, city: City) -> App:
    """An engine over the same database."""
    given = {
        "city": {"folder": "kota"},
        "intake": {"domain": "sibadra.kotabogor.example", "lmtp": "127.0.0.1:1"},
        "relay": {"host": "127.0.0.1", "port": 1},
    }
    return App.open(check(given, place), lambda: city.now)


def test_retrain_is_taken_over_and_undone(place: Path, city: City, capsys: pytest.CaptureFixture[str]) -> None:
    """A running engine uses the new model before the next mail, and the old one again after undo; files are kept."""
    corrected(city)
    running = app(place, city)
    assert running.router.version == "keywords"
    for _ in range(2):
        assert main(["--config", str(place), "routing", "retrain"]) == 0
    running.refresh(city.now)
    first, second = sorted(entry.name for entry in (place.parent / "sibadra.models").glob("0*"))
    assert running.router.version == second.split("-")[1].removesuffix(".npz")
    assert running.tools.route == running.router.route
    assert main(["--config", str(place), "routing", "undo"]) == 0
    assert main(["--config", str(place), "routing", "models"]) == 0
    assert f"* {first}" in capsys.readouterr().out
    assert main(["--config", str(place), "routing", "undo"]) == 0
    running.refresh(city.now)
    assert running.router.version == "keywords"
    assert main(["--config", str(place), "routing", "undo"]) == 2
    running.close()


def test_report_and_try_at_the_command_line(place: Path, city: City, capsys: pytest.CaptureFixture[str]) -> None:
    """The figures as JSON; a topic's new word against past mails, right and wrong."""
    city.now = MONDAY
    corrected(city)
    assert main(["--config", str(place), "routing", "report", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["mails"], told["right"], told["weeks"][0]["week"]) == (3, 1, 32)
    assert main(["--config", str(place), "routing", "report"]) == 0
    assert "2026-W32" in capsys.readouterr().out
    assert main(["--config", str(place), "routing", "try", "PARKIR", "parkir liar; jalan", "--json"]) == 0
    tried = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["words"], one["good"], one["bad"]) for one in tried] == [("parkir liar", 1, 0), ("jalan", 1, 2)]
    assert main(["--config", str(place), "routing", "try", "TIDAK-ADA", "x"]) == 2


def without(folder: Path, *positions: str) -> Path:
    """A copy of the tables without some chairs; what reported to them reports to the chair above."""
    new = folder.parent / "baru"
    shutil.copytree(CITY, new, ignore=shutil.ignore_patterns("seed", "*.npz"))
    lines = (new / "positions.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.split(",")[0] not in positions]
    (new / "positions.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    topics = (new / "topics.csv").read_text(encoding="utf-8")
    for position in positions:
        topics = topics.replace(position, "dpupr.kasi.jembatan")
    (new / "topics.csv").write_text(topics, encoding="utf-8")
    return new


def test_import_shows_and_takes_from_a_day_on(place: Path, city: City, capsys: pytest.CaptureFixture[str]) -> None:
    """The diff and the orphans first; nothing without a yes; from its day on the running engine passes tickets on."""
    ticket = city.complain()
    new = without(place, "dpupr.kasi.jalan")
    running = app(place, city)
    command = ["--config", str(place), "directory", "import", str(new), "--from", "2026-08-05"]
    assert main(command) == 1
    shown = capsys.readouterr().out
    assert "- positions.csv dpupr.kasi.jalan" in shown
    assert f"! {ticket.number}: dpupr.kasi.jalan is gone, goes to dpupr.kabid.jalan" in shown
    assert not (place.parent / "sibadra.city").exists()
    assert main([*command, "--yes"]) == 0
    running.refresh(city.now)
    assert city.ticket(ticket).holder == "dpupr.kasi.jalan"
    running.refresh(city.now + timedelta(days=2))
    assert (city.ticket(ticket).state, city.ticket(ticket).holder) == ("forwarded", "dpupr.kabid.jalan")
    assert "dpupr.kasi.jalan" not in running.directory.positions
    running.close()
    # An engine that was down on that day passes on at its first event.
    city.store.change(city.ticket(ticket), holder="dpupr.kasi.jalan", owner="dpupr.kasi.jalan")
    city.now += timedelta(days=3)
    again = app(place, city)
    again.refresh(city.now)
    assert city.ticket(ticket).holder == "dpupr.kabid.jalan"
    again.close()
    assert main(["--config", str(place), "directory", "versions"]) == 0
    assert "from 2026-08-05" in capsys.readouterr().out


def test_import_refuses_tables_without_the_desk(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables that lack the chair of the desk, or that do not hold together, are not taken."""
    new = without(place, "diskominfo.kasi.aduan")
    assert main(["--config", str(place), "directory", "import", str(new), "--yes"]) == 2
    (new / "units.csv").write_text("code,name\n", encoding="utf-8")
    assert main(["--config", str(place), "directory", "import", str(new), "--yes"]) == 2
    assert "units.csv" in capsys.readouterr().err


def test_a_new_city_knows_the_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`init` brings the seed and its model along; without a seed, retrain says so in one line."""
    assert main(["init", str(tmp_path)]) == 0
    city = tmp_path / "city"
    assert open_router(DIRECTORY, city).route_text("", "kran di rumah kering dari subuh").topic == "AIR-MATI"
    assert not list(city.glob("**/*.py"))
    shutil.rmtree(city / "seed")
    Store.sqlite(tmp_path / "sibadra.db").close()
    assert main(["--config", str(tmp_path / "sibadra.toml"), "routing", "retrain"]) != 0
    assert "seed" in capsys.readouterr().err
