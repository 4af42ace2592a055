"""Measures the second opinions, on danger and on wishes: rules, model and both on texts it did not see, and time.

    python -m bench.opinions

The rules were written without these texts too, but not without their like: judge both by mails of others.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    """Prints one line a figure."""
    import workflows.kota_bogor
    from engine.routing.confidential import confidential
    from engine.routing.model import Model
    from engine.routing.second import DANGER, WISH
    from engine.routing.urgency import CALM, URGENT, urgent

    folder = Path(next(iter(workflows.kota_bogor.__path__)))

    def danger(text: str, model: Model | None = None) -> str:
        return URGENT if urgent(text, model) else CALM

    def wish(text: str, model: Model | None = None) -> str:
        return confidential(text, model).level.value

    for opinion, said in ((DANGER, danger), (WISH, wish)):
        print(f"== {opinion.name}")
        _measure(folder, opinion.name, said)


def _measure(folder: Path, name: str, said: Callable[..., str]) -> None:
    import numpy as np

    from engine.directory import load
    from engine.routing.model import Model
    from engine.routing.second import OPINIONS, margins, texts, threshold
    from engine.routing.seed import load_labelled
    from engine.routing.train import cross_validate

    opinion = next(each for each in OPINIONS if each.name == name)
    labelled = texts(opinion, load(folder), folder)
    written = {text for text, _ in load_labelled(folder / name, opinion.labels | {opinion.resting})}
    trial = cross_validate(labelled, see=opinion.seen)
    limit = threshold(trial, opinion)
    truth = np.array([label for _, label in labelled])
    own = np.array([text in written for text, _ in labelled])
    rules = np.array([said(text) for text, _ in labelled])
    model = np.array([trial.labels[at] for at in trial.logits.argmax(axis=1)])
    model = np.where(margins(trial, opinion) > limit, model, opinion.resting)
    both = np.where(rules == opinion.resting, model, rules)
    print(f"threshold {limit:.2f}")
    for who, heard in (("rules", rules), ("model", model), ("both", both)):
        for kind, part in (("written for it", own), ("of the seed", ~own)):
            wanted = (truth != opinion.resting) & part
            found, right = wanted & (heard != opinion.resting), wanted & (heard == truth)
            false = (truth == opinion.resting) & part & (heard != opinion.resting)
            print(
                f"{who:6} {kind:15} found {found.sum():4} ({right.sum():4} as labelled) of {wanted.sum():4}, "
                f"false {false.sum():3} of {(part & ~wanted).sum():5}"
            )
    packaged = Model.load(folder / opinion.file)
    for who, second in (("rules", None), ("both", packaged)):
        began = time.process_time()
        for text, _ in labelled:
            said(text, second)
        print(f"{who:6} {1000 * (time.process_time() - began) / len(labelled):.2f} ms a text")


if __name__ == "__main__":
    main()
