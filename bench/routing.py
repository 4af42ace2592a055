"""Measures the router: start, memory, time a mail, cross-validation on the seed, and retraining with many mails.

    python -m bench.routing [--mails 10000] [--folds 5]

Times are processor time, a mail's the least of three, so that a busy machine does not blur them; memory is the whole
process before training.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from pathlib import Path

WORDS = 70
"""Length of a made-up past mail, the median of real ones."""
LONG = 200


def main() -> None:
    """Prints one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()

    start = time.process_time()
    import workflows.kota_bogor
    from engine.directory import load
    from engine.routing import open_router

    folder = Path(next(iter(workflows.kota_bogor.__path__)))
    directory = load(folder)
    router = open_router(directory, folder)
    router.route_text("", "jalan rusak")
    print(f"start                {time.process_time() - start:8.2f} s")
    print(f"memory               {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")

    from engine.routing.learn import desk_of
    from engine.routing.lesson import learn
    from engine.routing.seed import SEED, load_seed

    seed = load_seed(folder / SEED, directory)
    mails = _mails(list(seed.examples), args.mails)
    for words in (WORDS, LONG):
        times = [float("inf")] * 300
        for _ in range(3):
            for at, (text, _label) in enumerate(_mails(list(seed.examples), 300, words)):
                began = time.process_time()
                router.route_text("", text)
                times[at] = min(times[at], (time.process_time() - began) * 1000)
        print(f"{words:3} words, median    {statistics.median(times):8.2f} ms")
        print(f"{words:3} words, 95 of 100 {sorted(times)[len(times) * 95 // 100]:8.2f} ms")

    _accuracy(seed, desk_of(directory), args.folds)
    began = time.process_time()
    model = learn(directory, folder, mails).model
    print(f"retrain              {time.process_time() - began:8.1f} s with {model.examples} texts")


def _mails(examples: list[tuple[str, str]], count: int, words: int = WORDS) -> list[tuple[str, str]]:
    """Texts as long as mails: an example, filled up with its label's others in another order each time."""
    by_label: dict[str, list[str]] = {}
    for text, label in examples:
        by_label.setdefault(label, []).append(text)
    mails = []
    for number in range(count):
        text, label = examples[number % len(examples)]
        kin = by_label[label]
        at = number
        while len(text.split()) < words:
            at += 1 + number // len(examples)
            text = f"{text} {kin[at % len(kin)]}"
        mails.append((text, label))
    return mails


def _accuracy(seed: object, desk: object, folds: int) -> None:
    import numpy as np

    from engine.routing.train import calibrate, cross_validate, desk_confidence

    trial = cross_validate([], seed, folds)  # type: ignore[arg-type]
    temperature, threshold = calibrate(trial, desk)  # type: ignore[arg-type]
    for least in (0, 20, 40, 50, 60):
        rows = [at for at, words in enumerate(trial.words) if words >= least]
        logits = trial.logits[rows].astype(np.float64) / temperature
        truth = [trial.truth[at] for at in rows]
        sure, right = desk_confidence(trial.labels, logits, truth, desk)  # type: ignore[arg-type]
        alone = sure >= threshold
        topic = np.mean([trial.labels[i] == want for i, want in zip(logits.argmax(axis=1), truth, strict=True)])
        print(
            f"cross-validated, {least:2}+ words ({len(rows):4}): topic {topic:.1%}, unit {right.mean():.1%}, "
            f"to triage {1 - alone.mean():.1%}, right alone {right[alone].mean():.1%}"
        )


if __name__ == "__main__":
    main()
