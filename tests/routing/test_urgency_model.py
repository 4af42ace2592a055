"""The second opinion on danger: it hears what no rule names, stays silent at near misses, and is current."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import workflows.kota_bogor
from engine.directory import load
from engine.errors import BadData
from engine.routing import open_router
from engine.routing.model import Model
from engine.routing.second import DANGER, margins, opinion_version, texts, threshold
from engine.routing.seed import SEED, load_labelled, load_seed
from engine.routing.train import Trial, cross_validate
from engine.routing.urgency import CALM, URGENT, seen, urgent

CITY = Path(next(iter(workflows.kota_bogor.__path__)))
LABELS = frozenset((CALM, URGENT))


@pytest.fixture(scope="module")
def alarm() -> Model:
    """The example city's packaged model of danger."""
    return Model.load(CITY / DANGER.file)


def test_the_packaged_model_is_current(alarm: Model) -> None:
    """It was trained of the texts as they stand, knows its two labels, and is small."""
    assert alarm.version == opinion_version(DANGER, load(CITY), CITY)
    assert set(alarm.labels) == LABELS
    assert (CITY / DANGER.file).stat().st_size < 1_000_000


def test_the_texts_are_many_and_of_every_register() -> None:
    """At least 600 urgent and 600 near misses, each text once, in every register; the seed's are marked once each."""
    own = load_labelled(CITY / DANGER.name, LABELS)
    counts = Counter(label for _, label in own)
    assert min(counts[URGENT], counts[CALM]) >= 600
    seed = load_seed(CITY / SEED, load(CITY))
    everything = [text.casefold() for text, _ in (*own, *seed.examples)]
    assert len(set(everything)) == len(everything)
    marks = Counter(mark for marks in seed.marks.values() for mark in marks)
    assert {"urgent", "unsure"} <= marks.keys()
    assert len(texts(DANGER, load(CITY), CITY)) == len(everything) - marks["unsure"]


def test_texts_not_seen_are_heard() -> None:
    """By cross-validation: the model finds many that the rules miss, and one calm text in a hundred is called urgent.

    The texts written for it are the hard ones: the rules alone hear about half of the urgent.
    """
    labelled = texts(DANGER, load(CITY), CITY)
    trial = cross_validate(labelled, see=seen)
    wanted = np.array([label == URGENT for _, label in labelled])
    model = margins(trial, DANGER) > threshold(trial, DANGER)
    rules = np.array([bool(urgent(text)) for text, _ in labelled])
    assert (model & wanted).sum() >= 0.65 * wanted.sum()
    assert ((model | rules) & wanted).sum() >= (rules & wanted).sum() + 120
    assert (model & ~wanted).sum() <= 0.01 * (~wanted).sum() + 1


MISSED = [
    "ada bapak-bapak terkapar di trotoar, mulutnya berbusa dan matanya melotot",
    "plafon kelas runtuh waktu pelajaran, dua siswa dibawa ke puskesmas, sisanya masih menggantung",
    "bapak tua tergolek di depan pasar, napasnya tinggal satu-satu",
]


@pytest.mark.parametrize("text", MISSED)
def test_the_router_asks_it(text: str) -> None:
    """What the model hears makes the route urgent."""
    assert open_router(load(CITY), CITY).route_text("lapor", text).urgent


@pytest.mark.parametrize(
    "text",
    [
        "harga gas naik terus, warung saya mau tutup",
        "dulu jembatan ini pernah putus, sekarang sudah bagus, tinggal dicat",
        "mohon dijadwalkan pelatihan memadamkan api untuk karang taruna",
        "tolong segera, ktp anak saya sudah tiga bulan belum jadi",
        "kabel wifi semrawut, mohon dirapikan",
        "terima kasih petugas yang mengevakuasi tawon",
    ],
)
def test_near_misses_stay_calm(alarm: Model, text: str) -> None:
    """A cry, a figure of speech, the past and thanks call nobody out of bed."""
    assert not urgent(f"lapor\n{text}", alarm) or urgent(f"lapor\n{text}")


def test_what_is_called_no_emergency_is_none(alarm: Model) -> None:
    """The rules' denial holds for the model too."""
    text = "ada bapak-bapak terkapar di trotoar, mulutnya berbusa dan matanya melotot"
    assert urgent(f"lapor\n{text}", alarm)
    assert not urgent(f"lapor\n{text}. Bukan keadaan darurat, ini soal film di layar taman.", alarm)


def test_the_words_that_spoke_are_told(alarm: Model) -> None:
    """A reason is a word of the mail, never a letter group or a mark of the rules."""
    for text in MISSED:
        reasons = urgent(f"lapor\n{text}", alarm).reasons
        assert reasons
        assert not any(reason[0] in "~#!=" for reason in reasons)


def test_the_threshold_is_the_share_of_false_alarms() -> None:
    """Of a hundred calm texts the one that looks most urgent is above it, and no other."""
    logits = np.array([[0.0, n / 10] for n in range(100)] + [[0.0, 99.0]], dtype=np.float32)
    trial = Trial((CALM, URGENT), (CALM,) * 100 + (URGENT,), logits, (1,) * 101)
    limit = threshold(trial, DANGER)
    assert (margins(trial, DANGER)[:100] > limit).sum() == 1


def test_a_bad_row_is_named(tmp_path: Path) -> None:
    """A label that is none of the two, and a seed's mark that is no mark, are told with their row and mend."""
    (tmp_path / "x.tsv").write_text("label\tregister\ttext\ngawat\tplain\tapi\n", encoding="utf-8")
    with pytest.raises(BadData, match="use one of calm, urgent"):
        load_labelled(tmp_path, LABELS)
    (tmp_path / "x.tsv").write_text("label\tregister\ttext\n?\tplain\tapi\tgawat\n", encoding="utf-8")
    with pytest.raises(BadData, match="use urgent or"):
        load_seed(tmp_path)
