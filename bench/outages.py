"""Measures joining: events in six kelurahan among 300 other mails, near misses in between.

    python -m bench.outages [--seeds 6] [--texts seen|unseen|more|more-unseen]

Prints for each event how much of it is one group, what was wrongly taken into it, the letters to its official about the
group and about the whole event, and the milliseconds that finding the matter of a mail took.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from engine.desk.matter import Found, Likely, Same
from engine.letter import LetterState
from engine.routing.route import Route
from engine.ticket import Ticket
from tests.outage import (
    MORE,
    MORE_UNSEEN,
    UNSEEN,
    WRITTEN,
    areas,
    kinds,
    near_misses,
    rest,
    written,
)
from tests.test_matters import day
from tests.world import CITY, DIRECTORY, MONDAY, City

HOURS = {"flood": 16, "pju": 19, "smoke": 13, "landslide": 6, "trafficlight": 7, "strike": 7, "watermain": 7}
"""The hour at which an event begins; nine o'clock for the others."""
TEXTS = {"seen": WRITTEN, "unseen": UNSEEN, "more": MORE, "more-unseen": MORE_UNSEEN}


class Timed:
    """Counts the seconds that finding the matters of new mails takes."""

    def __init__(self, same: Same) -> None:
        self._same = same
        self.spent: list[float] = []

    def __call__(self, ticket: Ticket, route: Route | None) -> Found:
        """The same."""
        begun = time.perf_counter()
        found = self._same(ticket, route)
        self.spent.append(time.perf_counter() - begun)
        return found

    def caught_up(self, main: Ticket) -> list[tuple[Ticket, Likely]]:
        """The same; belongs to the last mail."""
        begun = time.perf_counter()
        found = self._same.caught_up(main)
        self.spent[-1] += time.perf_counter() - begun
        return found


def main() -> None:
    """Prints one line an event, and the sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--texts", choices=sorted(TEXTS), default="seen", help="only seen and more are tuned on")
    told = parser.parse_args()
    folder = TEXTS[told.texts]
    known = sorted(areas(folder))
    total: Counter[str] = Counter()
    spent: list[float] = []
    for number, kind in enumerate(kinds(folder)):
        for seed in range(told.seeds):
            total.update(_measure(kind, known[(seed + number) % len(known)], seed, folder, spent))
    spent.sort()
    print(
        f"joined {total['joined']} of {total['mails']} ({total['joined'] / total['mails']:.1%}), "
        f"wrongly joined {total['wrong']}, events of 95 % {total['good']} of {total['events']}, "
        f"finding {1000 * sum(spent) / len(spent):.1f} ms a mail, "
        f"99 of 100 in {1000 * spent[len(spent) * 99 // 100]:.1f} ms"
    )


def _measure(kind: str, area: str, seed: int, texts: Path, spent: list[float]) -> dict[str, int]:
    rng, start = random.Random(f"{kind}{area}{seed}"), MONDAY.replace(hour=HOURS.get(kind, 9))
    count = min(
        40 if kind in ("pju", "garbage") else 60, len((texts / f"{kind}.txt").read_text(encoding="utf-8").splitlines())
    )
    away = [p.name for p in DIRECTORY.places.values() if p.code.startswith("KEL-") and p.code != area]
    near = near_misses(kind, area, away, start, rng, texts)
    event = written(kind, area, start, count, rng, texts)
    mails = [*event, *near, *rest(kind, CITY / "seed", start, 300 - len(near), rng)]
    with tempfile.TemporaryDirectory() as folder:
        city = City.new(Path(folder) / "city.db")
        timed = Timed(city.desk.same)
        city.desk.same = timed
        became = {number: mail.matter for number, mail in day(city, mails).items()}
        mine = [ticket for ticket in city.store.tickets() if became.get(ticket.id) == kind]
        mains = Counter(ticket.joined_to or ticket.id for ticket in mine)
        groups = {main: {main, *(one.id for one in city.store.joined(main))} for main in mains}
        first = mains.most_common(1)[0][0]
        holder = next(ticket.holder for ticket in city.store.tickets() if ticket.id == first)
        about = sum(_mails(city, ticket, holder) for ticket in city.store.tickets() if ticket.id in groups[first])
        whole = sum(_mails(city, ticket, holder) for ticket in mine)
    joined = mains[first]
    # What a mail of the event says besides is a ticket of its own, and none of the bench's.
    wrong = sum(became.get(number, kind) != kind for group in groups.values() for number in group)
    spent += timed.spent
    mark = " *" if joined < 0.95 * count or wrong or whole > 3 else ""
    print(f"{kind:12} {area:20} {joined:3} of {count}, wrong {wrong}, letters to the official {about} ({whole}){mark}")
    return {"joined": joined, "mails": count, "wrong": wrong, "good": joined >= 0.95 * count, "events": 1}


def _mails(city: City, ticket: Ticket, holder: str | None) -> int:
    """The letters that a chair got about a ticket, but copies and lines of its list."""
    told = [letter for letter in city.letters(ticket) if letter.position == holder and letter.kind != "copy"]
    return sum(letter.state is not LetterState.DIGEST for letter in told)


if __name__ == "__main__":
    main()
