"""Trains the small model of kinds from texts with labels, and measures it by cross-validation; needs numpy alone.

    python -m mail.sort.train FOLDER_OF_COMPLAINTS   writes data/kinds.npz beside the texts it learned from

The texts of `data/texts.tsv` (kind, subject, text) were written for this; the folder holds more complaints (columns
label, register, text), as the router learns from, so that the model has seen what a city is told. Each complaint is
also shown with a closing thanks or with a report made elsewhere, each question after a report with the trouble it was
about: what is common to two kinds must not decide.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from engine.message import Address, Message
from engine.routing.model import Floats, Model

from . import kinds
from .kinds import LABELS, PATH

signs = cache(kinds.signs)  # the same text is met in every fold

TEXTS = Path(__file__).parent / "data" / "texts.tsv"
_SOMEBODY = Address("", "warga@surel.example")
FRAMES = "bingkai"  # greetings and closings, no complaints
PRAISE = "APRESIASI"  # the router's label of thanks
_CLOSINGS = (
    "Terima kasih.",
    "Hatur nuhun.",
    "Terima kasih sebelumnya.",
    "makasih min",
    "Atas perhatiannya kami ucapkan terima kasih.",
    "nuhun pak 🙏",
    "Demikian, terima kasih.",
    "mohon ditindaklanjuti, terima kasih banyak",
    "Semoga sehat selalu.",
    "makasih ya pak",
)
_ELSEWHERE = (
    "Sudah lapor ke Pak RT tapi tidak ada tindak lanjut.",
    "saya udah lapor kelurahan blm ada tanggapan",
    "Sudah berkali-kali kami sampaikan ke dinas, belum ada jawaban.",
    "Kapan diperbaiki?",
    "sudah telepon call center dua kali, katanya akan dicek",
    "Sudah 4x lapor tidak ada respon!!!",
    "mau sampai kapan begini terus?",
    "Mohon kejelasannya.",
    "Bagaimana ini pak?",
    "Dulu pernah diperbaiki tapi rusak lagi.",
    "Sampai sekarang belum ada petugas yang datang.",
    "sudah lapor RW ga ada kabar",
    "udah saya laporin ke dinasnya ga ada hasil",
    "Pengaduan saya ke kelurahan tidak pernah dibalas.",
    "Gimana kabarnya?",
    "petugasnya ga pernah bales laporan saya",
    "Tolong ditindaklanjuti laporan warga ini.",
    "kok lama banget ya ga ada tindak lanjut",
)


def read_texts(path: Path = TEXTS) -> list[tuple[str, str, str]]:
    """(kind, subject, text) of each row."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line]
    return [(row[0], row[1], row[2] if len(row) > 2 else "") for row in rows]


def read_complaints(folder: Path, *, praise: bool = False) -> list[str]:
    """The longer texts of every table in the folder (with `praise` those of thanks); single cues are no mails."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        if path.stem == FRAMES:
            continue
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            if len(cells) >= 3 and cells[1] != "cue" and len(cells[2]) > 15 and (cells[0] == PRAISE) is praise:
                found.append(cells[2])
    return found


def mixed(
    rows: Sequence[tuple[str, str, str]], complaints: Sequence[str], rng: random.Random
) -> Iterator[tuple[str, str, str]]:
    """The rows and complaints, and what is made of them so that common words do not decide."""
    for kind, subject, text in rows:
        if kind not in LABELS:
            continue
        yield kind, subject, text
        yield kind, "", f"{subject}. {text}" if rng.random() < 0.5 else text
        if kind == "status" and complaints:
            trouble = rng.choice(complaints).split(".")[0][:150]
            yield kind, subject, f"{text} {trouble}."
    for text in complaints:
        subject = " ".join(text.split()[: rng.randrange(5)])
        yield "complaint", subject, text
        draw = rng.random()
        if draw < 0.3:
            yield "complaint", "", f"{text} {rng.choice(_CLOSINGS)}"
        elif draw < 0.6:
            yield (
                "complaint",
                rng.choice(("lapor", "laporan", "aduan", "mohon bantuan")),
                f"{text} {rng.choice(_ELSEWHERE)}",
            )


def train(rows: Sequence[tuple[str, str, str]], rounds: int = 120, decay: float = 1e-4) -> Model:
    """A softmax regression on unit vectors of weighted features; every kind weighs the same as every other."""
    found = [signs(subject, text) for _, subject, text in rows]
    counts: dict[str, int] = {}
    for each in found:
        for name in each:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= 3 or name.startswith("@"))
    vocabulary = {name: at for at, name in enumerate(names)}
    idf = np.array([np.log(1 + len(rows) / counts[name]) for name in names], dtype=np.float32)
    matrix = np.zeros((len(rows), len(names)), dtype=np.float32)
    for line, each in enumerate(found):
        for name, value in each.items():
            if name in vocabulary:
                matrix[line, vocabulary[name]] = value * idf[vocabulary[name]]
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6)
    wanted = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
    for line, (kind, _, _) in enumerate(rows):
        wanted[line, LABELS.index(kind)] = 1
    weight = (1.0 / np.maximum(wanted.sum(axis=0), 1))[wanted.argmax(axis=1)][:, None]
    weight = (weight / weight.sum()).astype(np.float32)
    return _packed(_descended(matrix, wanted, weight, rounds, decay), vocabulary, idf, len(rows))


def _descended(matrix: Floats, wanted: Floats, weight: Floats, rounds: int, decay: float) -> tuple[Floats, Floats]:
    """Adam on the whole batch: a few hundred steps on a few thousand texts take seconds."""
    shape = (matrix.shape[1] + 1, wanted.shape[1])
    weights = np.zeros(shape, dtype=np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, rounds + 1):
        logits = matrix @ weights[:-1] + weights[-1]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        error = (powers / powers.sum(axis=1, keepdims=True) - wanted) * weight
        slope = np.vstack([matrix.T @ error + decay * weights[:-1], error.sum(axis=0, keepdims=True)])
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope * slope
        weights -= 0.15 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights[:-1], weights[-1]


def _packed(weights: tuple[Floats, Floats], vocabulary: dict[str, int], idf: Floats, examples: int) -> Model:
    rows, bias = weights
    scale = (np.abs(rows).max(axis=0) / 127).astype(np.float32) + np.float32(1e-9)
    small = np.clip(np.round(rows / scale), -127, 127).astype(np.int8)
    return Model(LABELS, vocabulary, idf, small, scale, bias.astype(np.float32), 1.0, 0.5, "kinds-1", examples)


def cross_validated(
    rows: Sequence[tuple[str, str, str]], complaints: Sequence[str], folds: int = 5, seed: int = 7
) -> list[tuple[str, str, str, dict[str, float]]]:
    """(kind, subject, text, probabilities) of every row, judged by a model that has not seen it."""
    rng = random.Random(seed)
    mine = [row for row in rows if row[0] in LABELS]
    rng.shuffle(mine)
    others = list(complaints)
    rng.shuffle(others)
    judged = []
    for fold in range(folds):
        held = mine[fold::folds]
        model = train(
            list(
                mixed(
                    [r for i, r in enumerate(mine) if i % folds != fold],
                    [t for i, t in enumerate(others) if i % folds != fold],
                    rng,
                )
            )
        )
        for kind, subject, text in [*held, *(("complaint", "", text) for text in others[fold::folds])]:
            judged.append((kind, subject, text, chances(model, subject, text)))
    return judged


def chances(model: Model, subject: str, text: str) -> dict[str, float]:
    """Kind to probability."""
    logits = model.logits(signs(subject, text))
    powers = np.exp(logits - logits.max())
    return dict(zip(model.labels, (powers / powers.sum()).tolist(), strict=True))


def _kind(subject: str, text: str, said: dict[str, float]) -> str:
    """What sorting makes of a mail that consists of subject and text alone."""
    message = Message(
        None, subject, _SOMEBODY, (_SOMEBODY,), (), (), None, (), (), (), "text/plain", text, text, None, ()
    )
    return kinds.decided(message, text, said).value


def main(arguments: Sequence[str]) -> int:
    """Measures, trains on all and writes the model."""
    folder = Path(arguments[0])
    rows, complaints = read_texts(), read_complaints(folder)
    rows += [("thanks", "", text) for text in read_complaints(folder, praise=True)]
    judged = [] if "--no-measure" in arguments else cross_validated(rows, complaints)
    for label in LABELS:
        of = [_kind(subject, text, said) == kind for kind, subject, text, said in judged if kind == label]
        if of:
            sys.stdout.write(f"{label:10} {sum(of) / len(of):6.1%} of {len(of)}\n")
    train(list(mixed(rows, complaints, random.Random(7)))).save(PATH)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
