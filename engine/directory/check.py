"""What must hold between the rows of a directory: superiors, heads, mailboxes, owners, copies, stand-ins, places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from engine.directory.model import Directory, Position
from engine.errors import Problem


@dataclass(frozen=True, slots=True)
class Lines:
    """The line on which each key of each file stands, so that a problem can name it."""

    tables: dict[str, dict[str, int]] = field(default_factory=dict)

    def of(self, table: str) -> dict[str, int]:
        """Key to line of one file (without `.csv`); filled while the file is read."""
        return self.tables.setdefault(table, {})


def check(directory: Directory, lines: Lines) -> list[Problem]:
    """Every problem between the rows of this directory; a reference into an empty table is reported once a row."""
    return [
        *_units(directory, lines),
        *_positions(directory, lines),
        *_loops(directory, lines),
        *_acting(directory, lines),
        *_topics(directory, lines),
        *_places(directory, lines),
    ]


def _units(directory: Directory, lines: Lines) -> Iterator[Problem]:
    line = lines.of("units")
    heads: dict[str, list[str]] = {}
    for position in directory.positions.values():
        above = directory.positions.get(position.reports_to or "")
        if above.unit != position.unit if above else position.reports_to is None:
            heads.setdefault(position.unit, []).append(position.id)
    # Whose superior is not known is told so at his own row, and may be the head that seems to be missing.
    unclear = {p.unit for p in directory.positions.values() if p.reports_to and p.reports_to not in directory.positions}
    for unit in directory.units.values():
        at = line.get(unit.code, 0)
        if unit.parent is not None and unit.parent not in directory.units:
            yield Problem("units.csv", at, "parent", f"{unit.parent!r} tidak ada", "pakai code dari units.csv")
        found = heads.get(unit.code, [])
        if not found and unit.code not in unclear:
            mend = "tambahkan jabatan di positions.csv yang atasannya di luar unit ini"
            yield Problem("units.csv", at, "code", f"{unit.code} tidak punya kepala", mend)
        elif len(found) > 1:
            mend = "satu saja jabatan yang atasannya di luar unit; periksa reports_to"
            wrong = f"{unit.code} punya {len(found)} kepala: {', '.join(found[:5])}"
            yield Problem("units.csv", at, "code", wrong, mend)
    yield from _circles({u.code: u.parent for u in directory.units.values()}, "units.csv", "parent", line)


def _positions(directory: Directory, lines: Lines) -> Iterator[Problem]:
    line = lines.of("positions")
    used: dict[str, str] = {}
    tops: list[Position] = []
    for position in directory.positions.values():
        at = line.get(position.id, 0)
        if position.unit and position.unit not in directory.units:
            yield Problem("positions.csv", at, "unit", f"{position.unit!r} tidak ada", "pakai code dari units.csv")
        if position.reports_to is None:
            tops.append(position)
        elif position.reports_to not in directory.positions:
            wrong = f"atasan {position.reports_to!r} tidak ada"
            yield Problem("positions.csv", at, "reports_to", wrong, "pakai id dari positions.csv")
        address = position.mailbox.lower()
        if address and address in used:
            wrong = f"{address} juga milik {used[address]} (baris {line.get(used[address], 0)})"
            yield Problem("positions.csv", at, "mailbox", wrong, "satu alamat hanya untuk satu jabatan")
        used.setdefault(address, position.id)
    for extra in tops[1:]:
        wrong = f"kosong, padahal {tops[0].id} sudah menjadi puncak"
        yield Problem("positions.csv", line.get(extra.id, 0), "reports_to", wrong, "isi id atasannya")


def _loops(directory: Directory, lines: Lines) -> Iterator[Problem]:
    above = {p.id: p.reports_to for p in directory.positions.values()}
    yield from _circles(above, "positions.csv", "reports_to", lines.of("positions"))


def _circles(above: dict[str, str | None], file: str, name: str, line: dict[str, int]) -> Iterator[Problem]:
    """One problem for each circle of parents, at its first row; linear in the rows."""
    done: set[str] = set()
    for start in above:
        path: dict[str, int] = {}
        current: str | None = start
        while current is not None and current in above and current not in done and current not in path:
            path[current] = len(path)
            current = above[current]
        if current is not None and current in path:
            circle = [key for key, place in path.items() if place >= path[current]]
            first = min(circle, key=lambda key: line.get(key, 0))
            shown = " -> ".join([*circle[:6], "..." if len(circle) > 6 else circle[0]])
            yield Problem(file, line.get(first, 0), name, f"lingkaran: {shown}", "putuskan lingkaran ini")
        done.update(path)


def _acting(directory: Directory, lines: Lines) -> Iterator[Problem]:
    line = lines.of("positions")
    for position in directory.positions.values():
        acting = position.acting
        if acting is None:
            continue
        at = line.get(position.id, 0)
        if acting.position not in directory.positions:
            wrong = f"{acting.position!r} tidak ada"
            yield Problem("positions.csv", at, "acting", wrong, "pakai id dari positions.csv")
        elif acting.position == position.id:
            yield Problem("positions.csv", at, "acting", "menunjuk dirinya sendiri", "pakai id jabatan lain")
        elif (circle := _stand_ins(directory, position)) and at == min(line.get(one, 0) for one in circle):
            wrong = f"saling menggantikan pada hari yang sama: {' -> '.join([*circle[:6], circle[0]])}"
            yield Problem("positions.csv", at, "acting", wrong, "ubah salah satu atau tanggalnya")
        elif directory.positions[acting.position].holder is None and not directory.positions[acting.position].acting:
            wrong = f"{acting.position} sendiri kosong"
            yield Problem("positions.csv", at, "acting", wrong, "pilih jabatan yang terisi, atau kosongkan acting")


def _stand_ins(directory: Directory, position: Position) -> list[str]:
    """The chairs that on one same day stand in for each other in a circle that begins at this one; empty if none do."""
    circle: list[str] = []
    current: Position | None = position
    first, last = date.min, date.max
    while current is not None and current.acting is not None and current.id not in circle:
        circle.append(current.id)
        first, last = max(first, current.acting.from_ or first), min(last, current.acting.to or last)
        current = directory.positions.get(current.acting.position)
    return circle if current is position and first <= last else []


def _topics(directory: Directory, lines: Lines) -> Iterator[Problem]:
    line = lines.of("topics")
    for topic in directory.topics.values():
        at = line.get(topic.code, 0)
        owner = directory.positions.get(topic.position or "")
        if topic.by_place:
            for name, value in (("unit", topic.unit), ("position", topic.position)):
                if value:
                    yield Problem("topics.csv", at, name, "harus kosong bila by_place diisi", "kosongkan")
        elif topic.position is None:
            mend = "isi id jabatan, atau by_place kelurahan/kecamatan"
            yield Problem("topics.csv", at, "position", "topik tanpa penanggung jawab", mend)
        elif owner is None:
            yield Problem("topics.csv", at, "position", f"{topic.position!r} tidak ada", "pakai id dari positions.csv")
        elif owner.unit != topic.unit:
            wrong = f"{topic.position} milik {owner.unit}, bukan {topic.unit or '(kosong)'}"
            yield Problem("topics.csv", at, "unit", wrong, "samakan unit dengan unit jabatannya")
        if topic.unit and topic.unit not in directory.units:
            yield Problem("topics.csv", at, "unit", f"{topic.unit!r} tidak ada", "pakai code dari units.csv")
        for code in topic.cc:
            if code not in directory.units and code not in directory.externals:
                mend = "pakai code dari units.csv atau external.csv"
                yield Problem("topics.csv", at, "cc", f"{code!r} tidak ada", mend)
    for code in directory.externals:
        if code in directory.units:
            at = lines.of("external").get(code, 0)
            yield Problem("external.csv", at, "code", f"{code!r} juga ada di units.csv", "beri code lain")


def _places(directory: Directory, lines: Lines) -> Iterator[Problem]:
    line = lines.of("places")
    for place in directory.places.values():
        at = line.get(place.code, 0)
        unit = directory.units.get(place.code)
        if unit is None:
            yield Problem("places.csv", at, "code", f"{place.code!r} bukan unit", "pakai code dari units.csv")
        elif unit.kind not in ("kelurahan", "kecamatan"):
            mend = "hanya kelurahan dan kecamatan yang menjadi tempat"
            yield Problem("places.csv", at, "code", f"{place.code} berjenis {unit.kind}", mend)
        over = directory.units.get(place.kecamatan)
        if place.kecamatan and (over is None or over.kind != "kecamatan"):
            wrong = f"{place.kecamatan!r} bukan kecamatan"
            yield Problem("places.csv", at, "kecamatan", wrong, "pakai code kecamatan dari units.csv")
        elif unit is not None and unit.kind == "kecamatan" and place.kecamatan != place.code:
            yield Problem("places.csv", at, "kecamatan", "kecamatan harus menunjuk dirinya", f"tulis {place.code}")
    if any(topic.by_place == "kelurahan" for topic in directory.topics.values()):
        units, at_unit = directory.units.values(), lines.of("units")
        for unit in (u for u in units if u.kind == "kelurahan" and u.code not in directory.places):
            mend = "tambahkan barisnya di places.csv"
            yield Problem("units.csv", at_unit.get(unit.code, 0), "code", f"{unit.code} tidak ada di places.csv", mend)
