"""Measures joining: events in six kelurahan among 300 other mails, near misses in between.

    python -m bench.outages [--seeds 6] [--unseen]

Prints for each event how much of it is one group, what was wrongly taken into it, and the letters to its official.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path

from tests.outage import TOPICS, UNSEEN, WRITTEN, areas, near_misses, rest, written
from tests.test_matters import day, of_matter
from tests.world import CITY, DIRECTORY, MONDAY, City

HOURS = {"water": 9, "garbage": 9, "flood": 16, "pju": 19}


def main() -> None:
    """Prints one line an event, and the sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--unseen", action="store_true", help="texts and kelurahan that nothing was tuned on")
    told = parser.parse_args()
    seeds, folder = told.seeds, UNSEEN if told.unseen else WRITTEN
    known = sorted(areas(folder))
    total: Counter[str] = Counter()
    for kind in TOPICS:
        for seed in range(seeds):
            area = known[(seed + list(TOPICS).index(kind)) % len(known)]
            total.update(_measure(kind, area, seed, folder))
    print(f"joined {total['joined']} of {total['mails']}, wrongly joined {total['wrong']}")


def _measure(kind: str, area: str, seed: int, texts: Path) -> dict[str, int]:
    rng, start = random.Random(f"{kind}{area}{seed}"), MONDAY.replace(hour=HOURS[kind])
    count = min(60 if kind == "water" else 40, len((texts / f"{kind}.txt").read_text(encoding="utf-8").splitlines()))
    away = [p.name for p in DIRECTORY.places.values() if p.code.startswith("KEL-") and p.code != area]
    near = near_misses(kind, area, away, start, rng, texts)
    event = written(kind, area, start, count, rng, texts)
    mails = [*event, *near, *rest(kind, CITY / "seed", start, 300 - len(near), rng)]
    with tempfile.TemporaryDirectory() as folder:
        city = City.new(Path(folder) / "city.db")
        became = day(city, mails)
        first = max(city.store.tickets(), key=lambda ticket: city.store.reporters(ticket.id))
        group = [became[one.id].matter for one in (first, *city.store.joined(first.id))]
        told = Counter(one.position for one in of_matter(city, first) if one.position == first.holder)
    joined, wrong = group.count(kind), sum(matter != kind for matter in group)
    print(f"{kind:8} {area:20} {joined:3} of {count}, wrong {wrong}, letters to the official {sum(told.values())}")
    return {"joined": joined, "mails": count, "wrong": wrong}


if __name__ == "__main__":
    main()
