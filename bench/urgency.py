"""Measures how danger is heard: rules, model and both, on texts that the model did not see, and its time a mail.

    python -m bench.urgency

The rules were written without these texts too, but not without their like: judge both by mails of others.
"""

from __future__ import annotations

import time
from pathlib import Path


def main() -> None:
    """Prints one line a figure."""
    import numpy as np

    import workflows.kota_bogor
    from engine.directory import load
    from engine.routing.learn_urgency import TEXTS, alarm_texts, margins, threshold
    from engine.routing.model import Model
    from engine.routing.router import ALARM
    from engine.routing.seed import load_labelled
    from engine.routing.train import cross_validate
    from engine.routing.urgency import CALM, URGENT, seen, urgent

    folder = Path(next(iter(workflows.kota_bogor.__path__)))
    texts = alarm_texts(load(folder), folder)
    written = {text for text, _ in load_labelled(folder / TEXTS, frozenset((CALM, URGENT)))}
    trial = cross_validate(texts, see=seen)
    limit = threshold(trial)
    wanted = np.array([label == URGENT for _, label in texts])
    own = np.array([text in written for text, _ in texts])
    rules = np.array([bool(urgent(text)) for text, _ in texts])
    model = margins(trial) > limit
    print(f"threshold {limit:.2f}")
    for name, said in (("rules", rules), ("model", model), ("both", rules | model)):
        for kind, part in (("written for it", own), ("of the seed", ~own)):
            found, false = said & wanted & part, said & ~wanted & part
            print(
                f"{name:6} {kind:15} found {found.sum():4} of {(wanted & part).sum():4}, "
                f"false {false.sum():3} of {(~wanted & part).sum():5}"
            )
    alarm = Model.load(folder / ALARM)
    for name, opinion in (("rules", None), ("both", alarm)):
        began = time.process_time()
        for text, _ in texts:
            urgent(text, opinion)
        print(f"{name:6} {1000 * (time.process_time() - began) / len(texts):.2f} ms a text")


if __name__ == "__main__":
    main()
