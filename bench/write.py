"""What writing a letter costs, beside the same letter put together with the standard library's EmailMessage.

The reference gets the text and the page ready-made: it pays for headers, encoding and bytes only, and renders nothing.
Rounds in turn, medians, milliseconds a letter: `python bench/write.py [--json] [--rounds N]`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engine.message import Attachment
from mail.address import Addresses
from mail.write import Writer
from mail.write.sample import Sample, sample

KINDS = ("task", "receipt", "escalation", "triage", "done", "update")
ADDRESSES = Addresses(b"a key for measuring only", domain="sibadra.kotabogor.example")
WRITER = Writer(ADDRESSES)
PHOTO = Attachment("foto.jpg", "image/jpeg", bytes(range(256)) * 4000, "x")


def ours(one: Sample, files: tuple[Attachment, ...] = ()) -> bytes:
    """The letter from its template."""
    return WRITER.compose(one.letter, one.ticket, files=files, place=one.place).raw


def reference(one: Sample, files: tuple[Attachment, ...] = ()) -> Callable[[], bytes]:
    """The same letter by EmailMessage, its text and page ready before the clock runs."""
    made = message_from_bytes(ours(one), policy=policy.default)
    plain, rich = (part.get_content() for part in made.walk() if part.get_content_maintype() == "text")
    heads = [(name, str(value)) for name, value in made.items() if name.lower() not in ("mime-version", "content-type")]

    def build() -> bytes:
        message = EmailMessage(policy=policy.SMTP)
        for name, value in heads:
            message[name] = value
        message.set_content(plain)
        message.add_alternative(rich, subtype="html")
        for file in files:
            main, _, sub = file.type.partition("/")
            message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
        return message.as_bytes()

    return build


def clock(work: Callable[[], bytes], times: int) -> float:
    """Milliseconds a call."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times * 1000


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """Each case: ours, the reference, and how many times faster."""
    cases: dict[str, tuple[Callable[[], bytes], Callable[[], bytes], int]] = {}
    for kind in KINDS:
        one = sample(kind, ADDRESSES)
        cases[kind] = (lambda one=one: ours(one)), reference(one), 20  # type: ignore[misc]
    task = sample("task", ADDRESSES)
    cases["task with 1 MB"] = (lambda: ours(task, (PHOTO,))), reference(task, (PHOTO,)), 2
    for mine, theirs, _ in cases.values():
        mine(), theirs()
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, (mine, theirs, count) in cases.items():
            times[name].append((clock(mine, count), clock(theirs, count)))
    found = {}
    for name, pairs in times.items():
        mine_ms = statistics.median(pair[0] for pair in pairs)
        theirs_ms = statistics.median(pair[1] for pair in pairs)
        ratio = statistics.median(pair[1] / pair[0] for pair in pairs)
        found[name] = {"ms": round(mine_ms, 3), "reference_ms": round(theirs_ms, 3), "ratio": round(ratio, 2)}
    return found


def main() -> None:
    """Prints a table, and with --json the same as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    found = measure(arguments.rounds)
    print(f"{'letter':16}{'ours ms':>9}{'EmailMessage ms':>17}{'times faster':>14}")
    for name, row in found.items():
        print(f"{name:16}{row['ms']:9.3f}{row['reference_ms']:17.3f}{row['ratio']:14.2f}")
    if arguments.json:
        print(json.dumps({"write": found}))


if __name__ == "__main__":
    main()
