"""A played year: the same for the same seed, honest about people, and made by the real desk."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from xml.etree import ElementTree

import pytest

from engine.calendar.working import JAKARTA
from engine.errors import BadSetting
from engine.simulate import Behaviour, City, default_text, load, simulate
from engine.simulate.plots import bars, plots
from engine.simulate.tables import Aloud
from mail.cli import main
from tests.world import CALENDAR, DIRECTORY
from workflows.complaint import COMPLAINT
from workflows.emergency import EMERGENCY, EMERGENCY_RULES
from workflows.profiles import PROFILES

TABLES = {one.name: one for one in (EMERGENCY, COMPLAINT)}
KOTA = City(DIRECTORY, CALENDAR, TABLES, PROFILES, "diskominfo.kasi.aduan", {EMERGENCY.name: (EMERGENCY_RULES,)})
START = datetime(2026, 1, 5, tzinfo=JAKARTA)


def year(behaviour: Behaviour, profile: str = "sibadra", **more: Any) -> dict[str, Any]:
    """A short year."""
    values = {"start": START, "days": 20, "per_day": 5.0, "seed": 7, **more}
    return simulate(KOTA, profile, behaviour, **values)


class Proved(Aloud):
    """Real tables whose chain is verified before they are thrown away."""

    broken: ClassVar[list[str]] = ["(not verified)"]

    def close(self) -> None:
        """Verifies, then closes."""
        Proved.broken = self.broken_links()
        super().close()


def behaviour(tmp_path: Path, text: str) -> Behaviour:
    """The behaviour of a file with this text."""
    path = tmp_path / "people.toml"
    path.write_text(text, "utf-8")
    return load(path)


EAGER = """
[complaints]
sure = 1
wrong = 0
external = 0
secret = 0
urgent = 0
[official]
opens = 1
opens_hours = 0.5
opens_spread = 0
phone = 1
answers = 1
answers_hours = 0.5
answers_spread = 0
per_day = 1000
vague = 0
misread = 0
promises = 0
forgets = 0
finish_days = 1
leave_days = 0
bounce = 0
[official.first]
received = 0
in_progress = 0
need_info = 0
postponed = 0
rejected = 0
forwarded = 0
done = 1
[level.kepala]
opens = 1
opens_hours = 0.5
[level.camat]
opens = 1
opens_hours = 0.5
[citizen]
confirms = 1
disputes = 0
withdraws = 0
adds = 0
"""


def test_same_seed_gives_the_same_year() -> None:
    """Two plays with one seed agree in every figure; another seed does not."""
    first, second = year(load()), year(load())
    assert first == second
    assert year(load(), seed=8) != first


def test_memory_and_tables_agree() -> None:
    """A year answered from memory is the year that the tables alone would give, figure by figure."""
    assert year(load(), days=40) == year(load(), days=40, tables=Aloud)


def test_both_profiles_get_the_same_complaints() -> None:
    """Whatever the rules are, the same complaints come in, and the rules make a difference."""
    city, nation = year(load()), year(load(), "sp4n")
    assert city["tickets"] == nation["tickets"]
    assert city["escalations"] != nation["escalations"]


def test_the_history_of_a_played_year_holds() -> None:
    """All that the desk did is in the chain, and tables and chain agree: no false alarm, whatever people do."""
    year(load(), days=60, tables=Proved)
    assert Proved.broken == []


def test_perfect_people_need_no_ladder(tmp_path: Path) -> None:
    """Who reads and answers within the hour in office hours is never escalated, and citizens confirm."""
    figures = year(behaviour(tmp_path, EAGER), "sp4n")
    assert sum(figures["escalations"].values()) == 0
    assert figures["answered_in_time"] == 1.0
    assert figures["states"]["closed"] > 0.8 * figures["tickets"]
    assert figures["ratings"] != {str(stars): 0 for stars in range(1, 6)}


def test_nobody_reads_and_everything_climbs(tmp_path: Path) -> None:
    """Where no letter is ever opened, every complaint climbs to the top and none is answered."""
    text = "[official]\nopens = 0\nnudged = 0\n[complaints]\nsure = 1\nexternal = 0\n"
    text += "[citizen]\nwithdraws = 0\n[desk]\nopens = 0\n"
    levels = "".join(f"[level.{name}]\nopens = 0\n" for name in ("kepala", "camat", "asisten", "sekda", "wawali"))
    figures = year(behaviour(tmp_path, f"{text}{levels}[level.walikota]\nopens = 0\n"))
    assert figures["seen"] == 0
    assert figures["hours_to_answer"] is None
    assert figures["answered_in_time"] in (0, None)
    assert figures["escalations"]["walikota"] > 0


def test_broken_promises_are_counted(tmp_path: Path) -> None:
    """Who promises and never keeps it is asked on the promised day."""
    text = EAGER.replace("done = 1", "done = 0\nin_progress = 1").replace("in_progress = 0\n", "")
    text = text.replace("promises = 0", "promises = 1\nkeeps = 0\npromise_days = 2")
    figures = year(behaviour(tmp_path, text))
    assert figures["promises"]["given"] > 0
    assert figures["promises"]["broken"] > 0


def test_bounces_and_leave_are_felt(tmp_path: Path) -> None:
    """Mailboxes that fail bounce, and their letters climb."""
    figures = year(behaviour(tmp_path, "[official]\nbounce = 1\nbounce_days = 300\n"), days=60)
    assert figures["bounced"] > 0
    assert figures["seen"] < year(load(), days=60)["seen"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[official]\nopenz = 1\n", "official.openz"),
        ("[official]\nopens = 1.5\n", "official.opens"),
        ("[official]\nopens = -1\n", "official.opens"),
        ("[official]\nopens = 'x'\n", "official.opens"),
        ("[official]\nopens = true\n", "official.opens"),
        ("[official]\nopens = nan\n", "official.opens"),
        ("[official]\nper_day = 0\n", "official.per_day"),
        ("[official]\nleave_spell = 0\n", "official.leave_spell"),
        ("[citizen]\nratings = [1, 2]\n", "citizen.ratings"),
        ("[citizen]\nratings = [0, 0, 0, 0, 0]\n", "citizen.ratings"),
        ("[official.first]\ndone = -1\n", "official.first.done"),
        (
            "[official.first]\nreceived=0\nin_progress=0\ndone=0\nneed_info=0\npostponed=0\nrejected=0\nforwarded=0",
            "first",
        ),
        ("[level]\nkasi = 3\n", "level.kasi"),
        ("[level.kasi]\nfoo = 3\n", "level.kasi.foo"),
        ("official = 3\n", "official"),
        ("[nobody]\nx = 1\n", "nobody"),
        ("[official\n", "(file)"),
    ],
)
def test_wrong_behaviour_is_named(tmp_path: Path, text: str, key: str) -> None:
    """A wrong line of a behaviour file is refused with file and key."""
    with pytest.raises(BadSetting, match=r"people\.toml") as caught:
        behaviour(tmp_path, text)
    assert key in str(caught.value)


def test_default_is_its_own_example(tmp_path: Path) -> None:
    """The shipped file, saved and loaded, is the default."""
    assert behaviour(tmp_path, default_text()) == load()
    assert behaviour(tmp_path, "") == load()


def test_plots_are_svg_and_escape() -> None:
    """Every plot is well-formed XML, whatever a title says."""
    text = bars("<b>&", "x", ["a<b"], [("Kepala & <Seksi>", [1.0]), ("nobody", [None])])
    assert ElementTree.fromstring(text).tag.endswith("svg")  # noqa: S314 - our own text
    for plot in plots([year(load()), year(load(), "sp4n")]).values():
        assert ElementTree.fromstring(plot).tag.endswith("svg")  # noqa: S314 - the same


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command plays, shows a table or JSON, and writes its plots."""
    assert main(["simulate", "--days", "5", "--per-day", "4", "--plots", str(tmp_path / "plots")]) == 0
    shown = capsys.readouterr()
    assert "answered in time" in shown.out
    assert len(list((tmp_path / "plots").glob("*.svg"))) == 6
    assert main(["simulate", "--days", "5", "--per-day", "4", "--json", "--against", "sp4n"]) == 0
    first, timed = capsys.readouterr()
    both = json.loads(first)
    assert "played in" in timed
    assert main(["simulate", "--days", "5", "--per-day", "4", "--json", "--against", "sp4n"]) == 0
    assert capsys.readouterr().out == first
    assert [one["profile"] for one in both] == ["sibadra", "sp4n"]
    assert main(["simulate", "--days", "0"]) == 2
    assert main(["simulate", "--print-behaviour"]) == 0
    assert "[official]" in capsys.readouterr().out
