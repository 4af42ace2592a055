"""Reads one CSV file of the city into rows that know their line, and collects every problem on the way."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from engine.errors import Problem

# A city's largest table is under 1 MB; these bounds keep a wrong file from eating the machine.
MAX_BYTES = 20_000_000
MAX_ROWS = 100_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV file: `line` is where it starts as an editor counts, values are stripped.

    White space within a value is one space.
    """

    file: str
    line: int
    values: dict[str, str]
    problems: list[Problem] = field(repr=False)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def wrong(self, name: str, wrong: str, mend: str) -> None:
        """Note a problem with one field of this row."""
        self.problems.append(Problem(self.file, self.line, name, wrong, mend))

    def needed(self, *names: str) -> None:
        """Note a problem for each of these fields that is empty."""
        for name in names:
            if not self[name]:
                self.wrong(name, "kosong", "isi kolom ini")

    def several(self, name: str) -> tuple[str, ...]:
        """The values of a field in which `;` separates several, without empty ones."""
        return tuple(part for part in (piece.strip() for piece in self[name].split(";")) if part)

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """A value that must be one of a few words."""
        value = self[name]
        if value and value not in allowed:
            self.wrong(name, f"{value!r} tidak dikenal", f"pakai salah satu dari: {', '.join(allowed)}")
        return value

    def day(self, name: str) -> date | None:
        """An ISO date, or None if empty or wrong (which is noted)."""
        value = self[name]
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.wrong(name, f"{value!r} bukan tanggal", "tulis tanggal sebagai TTTT-BB-HH, misalnya 2026-08-17")
            return None

    def flag(self, name: str, default: bool) -> bool:
        """true or false; empty is the default."""
        value = self[name].lower()
        if value in ("", "true", "false"):
            return default if not value else value == "true"
        self.wrong(name, f"{self[name]!r} bukan true atau false", "tulis true atau false")
        return default

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number within bounds; wrong values are noted and give the least."""
        value = self[name]
        if value.isascii() and value.isdigit() and least <= int(value[:9]) <= most:
            return int(value[:9])
        self.wrong(name, f"{value!r} bukan bilangan dari {least} sampai {most}", "tulis bilangan bulat")
        return least


def rows(path: Path, columns: tuple[str, ...], problems: list[Problem]) -> Iterator[Row]:
    """The rows of a UTF-8 CSV file (RFC 4180) that has at least these columns; problems are added, never raised.

    A spreadsheet that runs in Indonesian writes semicolons for commas; a title line with no comma tells so.
    Rows with too few or too many fields are noted and left out; blank lines are skipped.
    """
    file = path.name
    text = _text(path, problems)
    if text is None:
        return
    if not text.strip():
        problems.append(Problem(file, 0, "berkas", "kosong", f"mulai dengan baris judul: {','.join(columns)}"))
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        header = [name.strip() for name in next(reader, [])]
        if not _header(file, header, columns, problems):
            return
        for count, values in enumerate(iter(lambda: _next(reader), None)):
            start, line = reader.line_num, reader.line_num + 1
            start -= sum(value.count("\n") for value in values)
            if count >= MAX_ROWS:
                problems.append(Problem(file, start, "baris", f"lebih dari {MAX_ROWS} baris", "bagi berkasnya"))
                return
            if not any(value.strip() for value in values):
                continue
            if len(values) != len(header):
                problems.append(
                    Problem(
                        file,
                        start,
                        "baris",
                        f"{len(values)} kolom, seharusnya {len(header)}",
                        "periksa koma; apit isi yang berkoma dengan tanda kutip",
                    )
                )
                continue
            # A line break within a cell is a space: names and titles stand in headers of mails.
            row = Row(file, start, {n: " ".join(v.split()) for n, v in zip(header, values, strict=True)}, problems)
            for name, value in row.values.items():
                if _CONTROL.search(value):
                    row.wrong(name, f"{value[:40]!r} berisi karakter kendali", "ketik ulang isi kolom ini")
            yield row
    except csv.Error as error:
        long = "field larger" in str(error)
        mend = "pendekkan kolom yang terlalu panjang" if long else "periksa tanda kutip di baris ini dan di atasnya"
        problems.append(Problem(file, max(line, reader.line_num), "baris", f"bukan CSV ({error})", mend))


def _delimiter(text: str) -> str:
    """The mark between the fields, by the title line."""
    title = text.partition("\n")[0]
    return ";" if ";" in title and "," not in title else ","


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    return next(reader, None)


def _text(path: Path, problems: list[Problem]) -> str | None:
    try:
        if path.stat().st_size > MAX_BYTES:
            problems.append(Problem(path.name, 0, "berkas", "terlalu besar", f"paling banyak {MAX_BYTES} byte"))
            return None
        raw = path.read_bytes()
    except OSError:
        problems.append(
            Problem(path.name, 0, "berkas", "tidak ada atau tidak terbaca", "letakkan berkas ini di folder")
        )
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        near = raw[max(0, error.start - 20) : error.start + 20].decode("ascii", "replace").splitlines()
        shown = next(part for part in near if "\ufffd" in part)
        wrong = f"bukan UTF-8, di dekat {shown.replace(chr(0xFFFD), '?')!r}"
        problems.append(Problem(path.name, line, "berkas", wrong, "simpan ulang sebagai CSV UTF-8"))
        return None


def _header(file: str, header: list[str], columns: tuple[str, ...], problems: list[Problem]) -> bool:
    missing = [name for name in columns if name not in header]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    hint = "tambahkan kolom ini di baris judul"
    if missing and len(header) == 1 and "\t" in header[0]:
        hint = "pisahkan kolom dengan koma, bukan tab"
    if missing and header and header[0].startswith("sep="):
        hint = "hapus baris sep= di atas baris judul"
    problems += [Problem(file, 1, name, "kolom tidak ada", hint) for name in missing]
    problems += [Problem(file, 1, name, "kolom ada dua kali", "hapus salah satu") for name in twice]
    return not missing and not twice
