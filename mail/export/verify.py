#!/usr/bin/env python3
"""Memeriksa berkas bukti ini: sidik setiap berkas, rantai riwayat, surat dan pengamatan. Hanya memerlukan Python 3.

This file is handed over inside each proof and runs there alone, with nothing but Python's standard library:
`python3 verify.py [--head N:HASH] [FOLDER]`. It ends with 0 when everything holds, with 1 when something does not.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

MANIFEST = "MANIFEST.sha256"
WIB = timezone(timedelta(hours=7))
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - older Pythons know no datetime.UTC
OBSERVED = ("sent", "delivered", "seen", "seen?", "vanished", "bounced", "automatic")


def sha256(content: bytes) -> str:
    """The digest in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def file_sha256(path: Path) -> str:
    """The digest of a file, read in pieces."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            found.update(piece)
    return found.hexdigest()


def canonical(value: object) -> bytes:
    """JSON as it is hashed: sorted keys, no blanks, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def manifest(folder: Path) -> Iterator[str]:
    """Every file is as it was, none is missing, none was added."""
    wanted: dict[str, str] = {}
    for line in (folder / MANIFEST).read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        wanted[name] = digest
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    for name in sorted(wanted):
        path = folder / name
        if name not in there:
            yield f"{name}: berkas hilang"
        elif path.is_symlink() or file_sha256(path) != wanted[name]:
            yield f"{name}: isi berkas berubah"
    for name in sorted(there - wanted.keys() - {MANIFEST}):
        yield f"{name}: berkas tambahan yang tidak tercantum dalam {MANIFEST}"


def records(folder: Path) -> list[dict[str, Any]]:
    """The ticket's rows of the history, in the order of the file."""
    lines = (folder / "history.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def row_digest(record: dict[str, Any]) -> str:
    """A row's digest, from all that it says; data that is kept back enters by its own digest."""
    data = record["data_sha256"] if "data_sha256" in record else sha256(record["data"].encode())
    names = ("row", "at", "ticket", "actor", "event", "from", "to", "mail", "letter")
    return sha256(canonical([*(record[name] for name in names), data]))


def chain(folder: Path, rows: list[dict[str, Any]], head: str) -> Iterator[str]:
    """Every row of the whole history by its digest, ours by what they say; link after link to the end."""
    ours = {record["row"]: record for record in rows}
    left, number, last, end = set(ours), 0, "", ""
    noted, _, wanted = head.partition(":")
    met = not head
    with (folder / "chain.txt").open(encoding="utf-8") as file:
        for line in file:
            word, name, *rest = line.split()
            if word == "start":
                number, last = int(name), rest[0]
            elif word == "end":
                end = f"{name}:{rest[0]}"
            else:
                if int(word) != number + 1:
                    yield f"rantai: baris {number + 1} hilang atau urutannya berubah"
                number = int(word)
                last = sha256(f"{last}:{name}".encode())
                if rest:
                    left.discard(number)
                    yield from _own(ours.get(number), number, name)
            if str(number) == noted:
                met = met or last == wanted
    if end != f"{number}:{last}":
        yield "rantai: ujungnya tidak sesuai; ada baris yang berubah, hilang, atau bertukar tempat"
    for number in sorted(left):
        yield f"history.jsonl: baris {number} tidak termasuk dalam rantai"
    if not met:
        yield f"rantai: tidak memuat ujung yang dicatat, baris {noted}"


def _own(record: dict[str, Any] | None, number: int, digest: str) -> Iterator[str]:
    if record is None:
        yield f"history.jsonl: baris {number} hilang"
    elif row_digest(record) != digest:
        yield f"history.jsonl: baris {number} berubah"


def order(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The rows stand in their order, and each step begins where the one before it ended."""
    before, state = 0, ""
    for record in rows:
        if record["row"] <= before:
            yield f"history.jsonl: baris {record['row']} tidak pada urutannya"
        before = record["row"]
        at = EPOCH + timedelta(microseconds=record["at"])
        if datetime.fromisoformat(record["time"]) != at:
            yield f"history.jsonl: baris {record['row']}: waktu yang tertulis bukan waktu yang dirantai"
        if record["from"] and state and record["from"] != state:
            yield f"history.jsonl: sebelum baris {record['row']} ada langkah yang hilang ({state} ke {record['from']})"
        state = record["to"] or state


def contents(folder: Path, rows: list[dict[str, Any]]) -> Iterator[str]:
    """Mails and letters are the ones whose digests the history names."""
    for event, kind, name in (("kept", "mail", "mails"), ("sent", "letter", "letters")):
        told = {
            record[kind]: json.loads(record["data"]) for record in rows if record["event"] == event and "data" in record
        }
        listed = {int(line["no"]): line for line in table(folder / f"{name}.csv")}
        for path in sorted((folder / name).glob("*.eml")):
            number = int(path.stem.rpartition("-")[2])
            if number not in told:
                yield f"{name}/{path.name}: tidak disebut dalam riwayat"
            elif file_sha256(path) != told[number].get("sha256"):
                yield f"{name}/{path.name}: bukan yang dicatat dalam riwayat"
        for number in sorted(told):
            line = listed.get(number)
            if line is None:
                yield f"{name}.csv: nomor {number} hilang"
            elif not line["tidak_disertakan"] and not (folder / name / f"{kind}-{number:06d}.eml").exists():
                yield f"{name}/{kind}-{number:06d}.eml: hilang"


def observed(folder: Path, rows: list[dict[str, Any]]) -> Iterator[str]:
    """The table of observations tells what the history tells."""
    told = {str(record["row"]): record for record in rows if record["event"] in OBSERVED}
    for line in table(folder / "observations.csv"):
        record = told.pop(line["baris"], None)
        at = (EPOCH + timedelta(microseconds=record["at"])).astimezone(WIB) if record else EPOCH
        found = (line["surat"], line["peristiwa"], line["waktu"])
        if record is None or found != (str(record["letter"]), record["event"], at.isoformat(" ", "seconds")):
            yield f"observations.csv: baris {line['baris']} tidak sesuai dengan riwayat"
    for number in told:
        yield f"observations.csv: baris {number} hilang"


def left_out(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What the proof itself says is not in it, and why."""
    for name in ("mails", "letters"):
        for line in table(folder / f"{name}.csv"):
            if line["tidak_disertakan"]:
                yield name, line["no"], line["tidak_disertakan"]


def table(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def findings(folder: Path, head: str = "") -> Iterator[str]:
    """Everything that does not hold, a line each; what cannot be read is one of them."""
    steps: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: manifest(folder),
        lambda: chain(folder, records(folder), head),
        lambda: order(records(folder)),
        lambda: contents(folder, records(folder)),
        lambda: observed(folder, records(folder)),
    )
    for step in steps:
        try:
            yield from step()
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError) as fault:
            yield f"tidak dapat dibaca: {type(fault).__name__}: {fault}"


def main() -> int:
    """Prints what was found."""
    parser = argparse.ArgumentParser(description="Memeriksa berkas bukti.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(os.path.abspath(__file__)).parent)
    parser.add_argument("--head", default="", metavar="N:HASH", help="ujung rantai yang pernah dicatat di tempat lain")
    arguments = parser.parse_args()
    if not (arguments.folder / MANIFEST).is_file():
        print(f"{arguments.folder}: bukan berkas bukti, {MANIFEST} tidak ada", file=sys.stderr)
        return 2
    wrong = list(findings(arguments.folder, arguments.head))
    for line in wrong:
        print(f"TIDAK SESUAI  {line}")
    if not wrong:
        count = len(records(arguments.folder))
        print(f"SESUAI  {count} baris riwayat, semua surat dan berkas seperti saat dibuat")
        for name, number, why in left_out(arguments.folder):
            print(f"tidak disertakan: {name} {number}, {why}")
        print(f"sidik {MANIFEST}: {file_sha256(arguments.folder / MANIFEST)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status)
