"""The model: trained of examples, kept in a file, current with the seed it came with; the figures of its decisions."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import workflows.kota_bogor
from engine.directory import load
from engine.errors import BadData
from engine.routing import open_router
from engine.routing.features import features, ruled_out
from engine.routing.fold import tokens
from engine.routing.keywords import UNCLEAR
from engine.routing.learn import packaged_version
from engine.routing.model import Model
from engine.routing.report import Decision, report, try_words
from engine.routing.router import MODEL
from engine.routing.seed import SEED, Seed, labels, load_seed
from engine.routing.train import cross_validate, train

CITY = Path(next(iter(workflows.kota_bogor.__path__)))
EXAMPLES = [
    ("air mati sejak kemarin", "AIR"),
    ("air tidak mengalir sama sekali", "AIR"),
    ("keran kering, air tidak keluar", "AIR"),
    ("jalan berlubang di depan pasar", "JALAN"),
    ("lubang besar di jalan raya", "JALAN"),
    ("jalan rusak dan aspal berlubang", "JALAN"),
]


def best(model: Model, text: str) -> str:
    """The likeliest label of a text."""
    return model.labels[int(model.logits(features(tokens(text))).argmax())]


def test_a_model_learns_its_examples_and_survives_its_file(tmp_path: Path) -> None:
    """What is saved and loaded again decides the same, and keeps its version and threshold."""
    model = train(EXAMPLES, folds=2)
    model.save(tmp_path / "m.npz")
    again = Model.load(tmp_path / "m.npz")
    for text in ("air kok tidak keluar ya", "ada lubang di jalan"):
        assert best(model, text) == best(again, text)
    assert best(again, "air kok tidak keluar ya") == "AIR"
    assert (again.version, again.threshold, again.examples) == (model.version, model.threshold, 6)
    assert [path.name for path in tmp_path.iterdir()] == ["m.npz"]


def test_words_are_read_as_their_features() -> None:
    """Looking words up gives the rows, values and words that their features give, marks and denials with them."""
    model = train([(f"{text}, bukan lampu", label) for text, label in EXAMPLES], folds=0)
    for text in ("air air kok tidak keluar 2 hari. jalan", "bukan lampu, lubang besar", "", "tidak dikenal"):
        words = tokens(text)
        for marks in ((), ("jalan rusak", "=unknown")):
            read, known = model.read(words, marks), model.known(features(words) | dict.fromkeys(marks, 1.0))
            assert [part.tolist() for part in read] == [part.tolist() for part in known]
            assert model.evidence(read, model.labels) == model.evidence(known, model.labels)
        assert set(model.evidence(read, ("AIR",))[0]) <= set(words) | {"air air", "tidak keluar", "jalan rusak"}


def test_the_version_follows_the_data_not_its_order() -> None:
    """The same examples in another order are the same version; one more example is another."""
    same = train(reversed(EXAMPLES), folds=0)
    other = train([*EXAMPLES, ("jalan amblas", "JALAN")], folds=0)
    assert train(EXAMPLES, folds=0).version == same.version != other.version


def test_one_label_is_no_model() -> None:
    """A model needs two labels to tell apart."""
    with pytest.raises(ValueError, match="two labels"):
        train(EXAMPLES[:3])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x00" * 5000])
def test_a_damaged_model_file_is_named(tmp_path: Path, content: bytes) -> None:
    """A foreign or broken file is BadData that says what to do, never another error."""
    path = tmp_path / "routing.npz"
    path.write_bytes(content)
    with pytest.raises(BadData, match="train it again"):
        Model.load(path)


def test_cross_validation_never_shows_a_model_the_text_it_judges() -> None:
    """With labels that only the text itself could tell, unseen texts are judged no better than by chance."""
    odd = [(f"kata{n} unik{n}", "A" if n % 2 else "B") for n in range(40)]
    trial = cross_validate(odd, folds=4)
    right = sum(trial.labels[i] == truth for i, truth in zip(trial.logits.argmax(axis=1), trial.truth, strict=True))
    assert right <= 30


def test_what_the_citizen_rules_out_is_no_word_for_it() -> None:
    """`bukan` denies up to the pause or turn; `bukan cuma` denies nothing."""
    words = tokens("ini bukan lampu jalan, tapi listrik rumah")
    assert [word for word, denied in zip(words, ruled_out(words), strict=True) if denied] == ["lampu", "jalan"]
    assert not any(ruled_out(tokens("bukan cuma lampu jalan yang mati")))


def test_the_packaged_model_is_current() -> None:
    """The model beside the city's tables was trained of the seed as it stands, and is small."""
    assert Model.load(CITY / MODEL).version == packaged_version(load(CITY), CITY)
    assert (CITY / MODEL).stat().st_size < 5_000_000


def test_the_seed_covers_the_city() -> None:
    """Every topic and agency has examples in several registers, no text stands twice, and there are enough."""
    directory = load(CITY)
    seed = load_seed(CITY / SEED, directory)
    counts = Counter(label for _, label in seed.examples)
    assert set(counts) == labels(directory) | {UNCLEAR}
    assert min(counts.values()) >= 8
    assert len(seed.examples) >= 2_000
    assert len({text.casefold() for text, _ in seed.examples}) == len(seed.examples)


def test_a_bad_seed_row_is_named(tmp_path: Path) -> None:
    """File, row and field of a wrong label or register are told."""
    (tmp_path / "x.tsv").write_text("label\tregister\ttext\nAPA\tplain\tair\nKTP\tneat\tktp\n", encoding="utf-8")
    with pytest.raises(BadData) as caught:
        load_seed(tmp_path, load(CITY))
    assert [(p.file, p.row, p.field) for p in caught.value.problems] == [
        ("x.tsv", 2, "label"),
        ("x.tsv", 3, "register"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("min selokan dpn rumah mampet, bau bgt, airnya ga jalan", "DRAINASE"),
        ("Punten pak, lampu jalan di payuneun mushola pareum, poek pisan", "PJU"),
        ("rekening air saya bulan ini melonjak tiga kali lipat padahal rumah kosong", "AIR-TAGIHAN"),
        ("The rubbish in our street has not been collected for two weeks", "SAMPAH-ANGKUT"),
        ("SMAN di dekat rumah menarik uang gedung dua juta lewat komite", "PEMPROVJABAR"),
        ("listrik rumah padam sejak magrib, bukan lampu jalan", "PLN"),
        ("jalan berlubang di Ciomas, kec. Ciomas, tolong diaspal", "PEMKABBOGOR"),
    ],
)
def test_the_packaged_router_knows_the_language(text: str, wanted: str) -> None:
    """Slang, Sundanese, English, denials, and matters of other authorities find their desk."""
    route = open_router(load(CITY), CITY).route_text("", text)
    assert wanted in (route.topic, route.external)
    assert route.reasons
    assert len(route.candidates) == 3


def test_two_matters_of_two_desks_are_seen() -> None:
    """The first matter names the desk, the other is an issue that can be routed by itself."""
    router = open_router(load(CITY), CITY)
    text = "1. Sampah di komplek kami tidak diangkut dua minggu.\n2. Lampu jalan di gerbang mati semua, gelap."
    route = router.route_text("dua hal", text)
    assert route.topic == "SAMPAH-ANGKUT"
    assert [other.topic for other in route.further] == ["PJU"]


def test_the_report_counts_what_was_routed_alone() -> None:
    """Accuracy leaves out open and hand-routed mails; confusion and weeks count as they fell."""
    rows = [
        Decision(date(2026, 8, 3), "DPUPR", "DPUPR", False, "a"),
        Decision(date(2026, 8, 4), "DPUPR", "DISPERUMKIM", False, "a"),
        Decision(date(2026, 8, 4), "DLH", "DPUPR", True, "a"),
        Decision(date(2026, 8, 11), "DLH", None, False, "b"),
    ]
    told = report(rows)
    assert (told.mails, told.triaged, told.settled, told.right, told.accuracy) == (4, 1, 2, 1, 0.5)
    assert told.confusion == (("DPUPR", "DISPERUMKIM", 1), ("DLH", "DPUPR", 1))
    assert [(w.week, w.mails, w.accuracy) for w in told.weeks] == [(32, 3, 0.5), (33, 1, None)]
    assert told.models == (("a", 3, 0.5), ("b", 1, None))
    assert report([]).accuracy is None


def test_words_are_tried_on_past_mails() -> None:
    """A phrase tells how often it would have been right, wrong and missed, and shows a wrong one."""
    past = [("got mampet di gang", "GOT"), ("jalan bolong, got mampet", "JALAN"), ("selokan bau", "GOT")]
    tried = try_words("GOT", ["got mampet"], past)[0]
    assert (tried.good, tried.bad, tried.missed) == (1, 1, 1)
    assert tried.examples == ("jalan bolong, got mampet",)


def test_a_seed_alone_is_enough() -> None:
    """A new city without a single mail of its own trains of its seed."""
    assert best(train([], Seed(tuple(EXAMPLES), cues=(("air mati", "AIR"),)), folds=0), "air mati") == "AIR"
