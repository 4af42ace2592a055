"""Makes a Directory of the city's five CSV files, or raises BadData with every problem found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from engine.directory.check import Lines, check
from engine.directory.model import Acting, Directory, External, Place, Position, Topic, Unit
from engine.errors import BadData, Problem
from engine.table import Row, rows

UNIT_KINDS = (
    "pimpinan",
    "sekretariat",
    "dinas",
    "badan",
    "inspektorat",
    "bagian",
    "rsud",
    "bumd",
    "kecamatan",
    "kelurahan",
)
SEVERITIES = ("biasa", "cepat", "darurat")
BY_PLACE = ("", "kelurahan", "kecamatan")
REACHES = ("sendiri", "ramai", "titik", "jaringan", "wilayah")

_COLUMNS = {
    "units": ("code", "name", "kind", "parent", "domain"),
    "positions": (
        *("id", "unit", "title", "level", "reports_to", "mailbox", "holder"),
        *("acting", "acting_from", "acting_to", "mandatory"),
    ),
    "topics": (
        *("code", "name", "description", "unit", "position", "by_place"),
        *("cc", "keywords", "severity", "days_answer"),
    ),
    "external": ("code", "name", "contact_email", "contact_note", "keywords"),
    "places": ("code", "name", "kecamatan", "streets", "landmarks", "aliases"),
}
_NEVER_EMPTY = ("units", "positions", "topics")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_ACTING = re.compile(r"(Plt|Plh)\.?\s+(\S{1,80})", re.IGNORECASE)


def load(folder: Path) -> Directory:
    """The directory in units.csv, positions.csv, topics.csv, external.csv and places.csv of this folder.

    Raises BadData with all problems (file, row, field, what is wrong, the mend) if there is any.
    """
    problems: list[Problem] = []
    lines = Lines()
    directory = Directory(
        units={row["code"]: _unit(row) for row in _table(folder, "units", "code", lines, problems)},
        positions={row["id"]: _position(row) for row in _table(folder, "positions", "id", lines, problems)},
        topics={row["code"]: _topic(row) for row in _table(folder, "topics", "code", lines, problems)},
        externals={row["code"]: _external(row) for row in _table(folder, "external", "code", lines, problems)},
        places={row["code"]: _place(row) for row in _table(folder, "places", "code", lines, problems)},
    )
    # A file or a row that could not be read leaves the others without what they name; that is one fault, not hundreds.
    if not any(problem.field in ("berkas", "baris") or problem.row == 1 for problem in problems):
        problems += check(directory, lines)
    if problems:
        raise BadData(sorted(problems, key=lambda p: (list(_COLUMNS).index(p.file.removesuffix(".csv")), p.row)))
    return directory


def _table(folder: Path, name: str, key: str, lines: Lines, problems: list[Problem]) -> Iterator[Row]:
    """The rows of one file with a usable key that has not been seen before; the rest are noted."""
    seen = lines.of(name)
    before = len(problems)
    folded: dict[str, int] = {}
    for row in rows(folder / f"{name}.csv", _COLUMNS[name], problems):
        value = row[key]
        if not _KEY.fullmatch(value):
            row.wrong(key, f"{value!r} bukan kunci", "huruf, angka, titik dan tanda hubung saja, tanpa spasi")
        elif value.lower() in folded:
            wrong = f"{value!r} sudah ada di baris {folded[value.lower()]}"
            row.wrong(key, wrong, "hapus salah satu atau beri kunci lain; huruf besar dan kecil sama saja")
        else:
            seen[value] = folded[value.lower()] = row.line
            yield row
    if not seen and name in _NEVER_EMPTY and len(problems) == before:
        problems.append(Problem(f"{name}.csv", 0, "berkas", "tidak berisi satu baris pun", "isi tabel ini"))


def _unit(row: Row) -> Unit:
    row.needed("name", "kind")
    return Unit(
        code=row["code"],
        name=row["name"],
        kind=row.choice("kind", UNIT_KINDS),
        parent=row["parent"] or None,
        domain=row["domain"].lower(),
        note=row["note"],
        aliases=row.several("aliases"),
    )


def _position(row: Row) -> Position:
    row.needed("unit", "title", "level", "mailbox")
    if row["mailbox"] and not _MAILBOX.fullmatch(row["mailbox"]):
        row.wrong("mailbox", f"{row['mailbox']!r} bukan alamat surel", "tulis sebagai nama@domain")
    return Position(
        id=row["id"],
        unit=row["unit"],
        title=row["title"],
        level=row["level"],
        reports_to=row["reports_to"] or None,
        mailbox=row["mailbox"],
        holder=row["holder"] or None,
        acting=_acting(row),
        mandatory=row.flag("mandatory", True),
    )


def _acting(row: Row) -> Acting | None:
    first, last = row.day("acting_from"), row.day("acting_to")
    if not row["acting"]:
        for name in ("acting_from", "acting_to"):
            if row[name]:
                row.wrong(name, "tanggal tanpa acting", "isi acting dengan Plt ID atau Plh ID, atau hapus tanggalnya")
        return None
    match = _ACTING.fullmatch(row["acting"])
    if not match:
        row.wrong("acting", f"{row['acting']!r} tidak terbaca", "tulis Plt ID atau Plh ID, misalnya Plt dlh.sekretaris")
        return None
    if first and last and last < first:
        row.wrong("acting_to", f"{last} sebelum {first}", "acting_to tidak boleh sebelum acting_from")
    return Acting(match[1].capitalize(), match[2], first, last)


def _topic(row: Row) -> Topic:
    row.needed("name", "severity", "days_answer")
    return Topic(
        code=row["code"],
        name=row["name"],
        description=row["description"],
        unit=row["unit"] or None,
        position=row["position"] or None,
        by_place=row.choice("by_place", BY_PLACE) or None,
        cc=row.several("cc"),
        keywords=row.several("keywords"),
        severity=row.choice("severity", SEVERITIES),
        days_answer=row.whole("days_answer", 1, 365) if row["days_answer"] else 1,
        reach=row.choice("reach", REACHES) or "titik",
    )


def _external(row: Row) -> External:
    row.needed("name", "contact_note")
    if row["contact_email"] and not _MAILBOX.fullmatch(row["contact_email"]):
        row.wrong("contact_email", f"{row['contact_email']!r} bukan alamat surel", "tulis sebagai nama@domain")
    return External(row["code"], row["name"], row["contact_email"], row["contact_note"], row.several("keywords"))


def _place(row: Row) -> Place:
    row.needed("name", "kecamatan")
    return Place(
        code=row["code"],
        name=row["name"],
        kecamatan=row["kecamatan"],
        streets=row.several("streets"),
        landmarks=row.several("landmarks"),
        aliases=row.several("aliases"),
    )
