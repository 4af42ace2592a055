"""How well answers are read, and the training of the weights: five-fold cross-validation on the labelled corpus.

`python -m bench.answers` measures, `python -m bench.answers train` writes mail/reply/data/{official,citizen}.json.
Training needs scikit-learn; reading answers does not.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.directory import load
from engine.reading import Speaker
from mail.reply.features import of_citizen, of_official
from mail.reply.fold import fold, spell
from mail.reply.names import names

HERE = Path(__file__).resolve().parent.parent
CORPUS = HERE / "mail" / "reply" / "data" / "answers.tsv"
CITY = HERE / "workflows" / "kota_bogor"
STRENGTH = {Speaker.OFFICIAL: 1.0, Speaker.CITIZEN: 1.0}  # C of the regression, by cross-validation
SMALL = 0.03  # a feature whose weights all lie below this is left out of the file


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row of the corpus; `promised` and `target` are "" where there is none."""

    speaker: Speaker
    status: str
    sent: date
    promised: str
    target: str
    text: str


def corpus() -> Iterator[Labelled]:
    """The labelled answers; `\\n` in the file's text stands for a line break."""
    with CORPUS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            sent = date.fromisoformat(row["sent"])
            text = row["text"].replace("\\n", "\n")
            yield Labelled(Speaker(row["speaker"]), row["status"], sent, row["promised"], row["target"], text)


def closed_days() -> frozenset[date]:
    """The packaged city's holidays and cuti bersama."""
    with (CITY / "holidays.csv").open(encoding="utf-8") as file:
        return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(file) if row["kind"] != "kota")


def seen(rows: list[Labelled]) -> list[dict[str, float]]:
    """The features of each row."""
    index, closed = names(load(CITY)), closed_days()
    found = []
    for row in rows:
        plain = spell(fold(row.text))
        if row.speaker is Speaker.OFFICIAL:
            found.append(of_official(plain, row.sent, index, closed).values)
        else:
            found.append(of_citizen(row.text, plain).values)
    return found


def main(argv: list[str]) -> None:
    """Measure, or train and write the weights."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import classification_report
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    for speaker in Speaker:
        rows = [row for row in corpus() if row.speaker is speaker]
        start = time.perf_counter()
        values, wanted = seen(rows), [row.status for row in rows]
        each = (time.perf_counter() - start) / len(rows) * 1000
        learner = make_pipeline(DictVectorizer(), LogisticRegression(C=STRENGTH[speaker], max_iter=600))
        if "train" not in argv:
            folds = StratifiedKFold(5, shuffle=True, random_state=7)
            got = cross_val_predict(learner, values, wanted, cv=folds)
            right = sum(a == b for a, b in zip(got, wanted, strict=True)) / len(rows)
            print(f"{speaker}: {len(rows)} answers, {right:.1%} right in five folds, {each:.2f} ms each")
            print(classification_report(wanted, got, digits=3, zero_division=0))
            continue
        learner.fit(values, wanted)
        vectorizer, regression = learner[0], learner[1]
        weights = {
            str(name): [round(float(w), 3) for w in column]
            for name, column in zip(vectorizer.get_feature_names_out(), regression.coef_.T, strict=True)
            if max(abs(column)) >= SMALL
        }
        data = {
            "statuses": [str(status) for status in regression.classes_],
            "bias": [round(float(b), 3) for b in regression.intercept_],
            "weights": weights,
        }
        path = CORPUS.parent / f"{speaker}.json"
        path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        print(f"{path.name}: {len(weights)} features, {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
