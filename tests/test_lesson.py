"""What is learnt of decisions: quickly, visibly, not from nonsense; each with who, when, and which model it mends."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.reading import Kind, Status
from engine.routing import Model, open_router
from engine.routing.amend import amend
from engine.routing.decided import as_routed, examples, final
from engine.routing.keywords import UNCLEAR
from engine.routing.lesson import Lesson, learn
from engine.routing.router import MODEL
from engine.routing.seed import SEED, load_seed
from engine.routing.train import threshold, train, words_of
from mail.cli import main
from tests.test_learning import app, corrected, place
from tests.world import CITY, DIRECTORY, City, route

__all__ = ["place"]
BASE = Model.load(CITY / MODEL)
THREE = ("JALAN-RUSAK", "PARKIR", "PJU")
SMALL = replace(DIRECTORY, topics={code: DIRECTORY.topics[code] for code in THREE}, externals={})


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A fresh city on Monday 3 August 2026, nine o'clock."""
    return City.new(tmp_path / "sibadra.db")


def taught(*decided: tuple[str, str]) -> Lesson:
    """What the example city learns of these decisions."""
    return learn(DIRECTORY, CITY, decided)


def mails(count: int) -> list[tuple[str, str]]:
    """Texts of the seed, one or two at a time, as a city would get them, with their labels."""
    found = [each for each in load_seed(CITY / SEED, DIRECTORY).examples if each[1] != UNCLEAR]
    random.Random(7).shuffle(found)
    return [(f"Selamat pagi, mohon dibantu. {text} Terima kasih.", label) for text, label in found[:count]]


def test_one_decision_changes_the_route_of_a_like_mail() -> None:
    """The desk tells once whose racing pigeons are; the next such mail goes there by itself, others where they went."""
    like = "Merpati balap dilepas di jalan depan sekolah, anak saya kaget"
    other = "Pipa pecah di Jl. Bangka, air menyembur ke jalan"
    first = open_router(DIRECTORY, CITY)
    assert first.route_text("", like).triage
    lesson = taught(("Merpati balap dilepas di Jl. Bangka, pengendara kaget", "BISING"))
    assert lesson.doubts == ()
    second = open_router(DIRECTORY, CITY, lesson.model)
    found = second.route_text("", like)
    assert (found.topic, found.triage) == ("BISING", False)
    assert second.route_text("", other).topic == first.route_text("", other).topic == "AIR-BOCOR"
    assert found.model == lesson.model.version != first.version


def test_few_decisions_are_not_trained_with_the_whole_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes to fit everything anew for three decisions waits half a minute."""
    monkeypatch.setattr("engine.routing.lesson.tried", None)
    assert taught(*mails(3)).decided == 3


def test_amending_comes_close_to_training_anew() -> None:
    """A model amended by examples names what one trained of all at once names, and knows the new words."""
    matters = (("jalan berlubang", "A"), ("air mati", "B"), ("lampu padam", "C"))
    places = ("pasar", "sekolah", "kantor", "taman")
    old = [(f"{what} di {where}", label) for what, label in matters for where in places]
    new = [("gorong-gorong mampet di pasar", "A"), ("gorong-gorong mampet parah", "A"), ("tarif air mahal", "B")]
    whole = train([*old, *new], folds=0)
    amended = amend(train(old, folds=0), [words_of(text) for text, _ in new], [label for _, label in new], "x")
    for text, label in [*old, *new, ("gorong-gorong meluap", "A")]:
        for model in (whole, amended):
            assert model.labels[int(model.logits(words_of(text)).argmax())] == label
    assert amended.examples == len(old) + len(new)
    assert np.array_equal(amended.bias, train(old, folds=0).bias)


def test_the_model_of_the_seed_alone_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A city that changed its tables waits for it at the first training only, and again when they change."""
    folder, kept = small(tmp_path), tmp_path / "kept"
    first = learn(SMALL, folder, [], kept)
    assert [path.name for path in kept.iterdir()] == [f"seed-{first.model.version}.npz"]
    with monkeypatch.context() as nothing:
        nothing.setattr("engine.routing.lesson.tried", None)
        assert learn(SMALL, folder, [("mobil parkir", "PARKIR")], kept).decided == 1
        with pytest.raises(TypeError):
            learn(replace(SMALL, externals=DIRECTORY.externals), folder, [], kept)


def small(tmp_path: Path) -> Path:
    """A folder with a seed of three topics."""
    (tmp_path / SEED).mkdir()
    lines = ["label\tregister\ttext"]
    for label, text in (("JALAN-RUSAK", "aspal berlubang"), ("PARKIR", "parkir liar"), ("PJU", "lampu jalan padam")):
        lines += [f"{label}\tplain\t{text} di depan toko {n}" for n in range(6)]
    (tmp_path / SEED / "a.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_good_decisions_raise_no_doubt() -> None:
    """Sixty mails decided as they should be."""
    lesson = taught(*mails(60))
    assert lesson.doubts == ()
    assert lesson.judged == 60
    assert lesson.after >= 0.9
    assert lesson.seed_after >= lesson.seed_before - 0.005


def test_decisions_that_all_name_one_office_are_doubted() -> None:
    """Somebody sends everything to one desk."""
    lesson = taught(*[(text, "PKL") for text, _ in mails(60)])
    assert any("60 of 60 decisions name SATPOLPP" in doubt for doubt in lesson.doubts)


def test_decisions_without_a_pattern_are_doubted() -> None:
    """Labels drawn by lot can be learnt by heart, and the figure of what was not seen tells."""
    draw = random.Random(1)
    lesson = taught(*[(text, draw.choice(BASE.labels[1:])) for text, _ in mails(60)])
    assert any("no pattern" in doubt for doubt in lesson.doubts)


def test_easy_decisions_do_not_send_everything_to_the_desk() -> None:
    """A model that is nearly certain of all past mails still routes the next of which it is as sure as is asked for."""
    assert threshold(np.full(200, 0.99999)) == 0.98
    assert threshold(np.array([0.999] * 50 + [0.9] + [0.1] * 5)) == 0.9


def test_many_decisions_are_doubted_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Also where all is trained anew, the figures are of decisions that were held out."""
    monkeypatch.setattr("engine.routing.lesson.FEW", 10)
    folder = small(tmp_path)
    matters = ("aspal berlubang", "parkir liar", "lampu jalan padam")
    texts = [f"{what} di rumah nomor {n}" for n in range(10) for what in matters]
    kept = tmp_path / "kept"
    lesson = learn(SMALL, folder, [(text, "PJU") for text in texts], kept)
    assert lesson.judged == 30
    assert any("decisions name DISPERUMKIM" in doubt for doubt in lesson.doubts)
    honest = [(text, THREE[at % 3]) for at, text in enumerate(texts)]
    assert learn(SMALL, folder, honest, kept).doubts == ()


def test_a_doubted_model_is_not_taken_unless_forced(
    place: Path, city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    """The figures stand on the screen, nothing is kept, and --force keeps it."""
    for n in range(24):
        ticket = city.complain(f"Jalan aspal berlubang di gang nomor {n}.", sender=f"w{n}@warga.example")
        city.answer(ticket, Status.FORWARDED, "TERUSKAN DISHUB", target="dishub.kasi.parkir")
    command = ["--config", str(place), "routing", "retrain"]
    assert main(command) == 2
    told = capsys.readouterr()
    assert "24 decisions" in told.out
    assert "24 of 24 decisions name DISHUB" in told.err
    assert not list(place.parent.glob("sibadra.models/0*"))
    assert main([*command, "--force"]) == 0
    assert len(list(place.parent.glob("sibadra.models/0*"))) == 1


def test_a_damaged_model_file_stops_no_mail(place: Path, city: City, capsys: pytest.CaptureFixture[str]) -> None:
    """The city's first model serves until the next training, which needs no sound file."""
    corrected(city)
    command = ["--config", str(place), "routing", "retrain"]
    assert main(command) == 0
    path = next(place.parent.glob("sibadra.models/0*"))
    path.write_bytes(path.read_bytes()[:100])
    running = app(place, city)
    assert running.router.version == "keywords"
    assert main(command) == 0
    running.refresh(city.now)
    assert running.router.version != "keywords"
    running.close()


def test_a_decision_tells_who_when_and_which_model_it_mends(city: City) -> None:
    """Of the official who forwards, the desk that routes, and the desk after a hand-back."""
    ticket = city.complain("Parkir liar di Jl. Suryakencana.", route=route(model="abc123"))
    city.answer(ticket, Status.FORWARDED, "TERUSKAN DISHUB", target="dishub.kasi.parkir")
    city.answer(ticket, Status.REJECTED, "Bukan kewenangan kami", target=None)
    rows = [row for row in city.store.decisions() if row["by"] != "routing"]
    assert rows[0]["by"] == "dpupr.kasi.jalan"
    assert rows[0]["at"] == city.now
    assert {row["model"] for row in rows} == {"abc123"}


def test_what_the_desk_says_after_a_citizen_objects_is_the_example(city: City) -> None:
    """He writes that it is not the agency's; the desk routes it; the example is the desk's."""
    ticket = city.complain(
        "Lampu jalan padam di Jl. Ahmad Yani.", kind=Kind.EXTERNAL, route=route(None, external="PLN", triage=False)
    )
    assert city.ticket(ticket).state == "external"
    city.says(ticket, Status.DISPUTED, "Ini lampu jalan umum, bukan PLN.")
    city.answer(ticket, Status.FORWARDED, "TERUSKAN DISPERUMKIM", target="disperumkim.kasi.pju")
    texts = {one.id: one.text for one in city.store.tickets()}
    found = examples(DIRECTORY, city.store.decisions(), texts.get, lambda _text: [])
    assert [label for _, label in found] == ["PJU"]


def test_a_decision_that_was_taken_back_is_no_example(city: City) -> None:
    """An official's prose was read as done, he takes it back: nobody has decided, and the mail counts as routed."""
    ticket = city.complain("Jalan aspal berlubang di Jl. Ceremai.")
    city.answer(ticket, Status.DONE, "sudah dicek pak", explicit=False)
    assert final(city.store.decisions()) is not None
    assert city.answer(ticket, Status.COMMENT, "KELIRU", command="KELIRU").state == "forwarded"
    assert final(city.store.decisions()) is None
    texts = {one.id: one.text for one in city.store.tickets()}
    assert [label for _, label in as_routed(city.store.decisions(), texts.get)] == ["JALAN-RUSAK"]


def test_words_are_tried_on_all_past_mails(place: Path, city: City, capsys: pytest.CaptureFixture[str]) -> None:
    """Also on what nobody corrected; an agency goes by its code; whoever is hidden is shown by number alone."""
    city.complain("Jalan aspal berlubang di Jl. Ceremai.")
    city.complain("Rahasiakan: jalan di gang kami rusak.", sender="b@warga.example")
    hidden = city.store.tickets()[0]
    city.store.change(hidden, hide_from_agency=True)
    command = ["--config", str(place), "routing", "try"]
    assert main([*command, "JALAN-RUSAK", "aspal"]) == 0
    told = capsys.readouterr().out
    assert "0 past mails as people decided, 2 as they were routed" in told
    assert "aspal: 1 mails of JALAN-RUSAK, 0 of others; not in 1" in told
    assert main([*command, "pln", "jalan"]) == 0
    told = capsys.readouterr().out
    assert "jalan: 0 mails of EXT:PLN, 2 of others" in told
    assert f"other: {hidden.number}\n" in told
    assert "gang kami" not in told


@pytest.mark.parametrize("weeks", ["0", "-1", "99999999", "dua"])
def test_a_count_of_weeks_that_is_none_is_told_so(place: Path, weeks: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Before a date overflows."""
    with pytest.raises(SystemExit):
        main(["--config", str(place), "routing", "report", "--weeks", weeks])
    assert "is no number of weeks" in capsys.readouterr().err
