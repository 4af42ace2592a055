"""A directory loads when its five files agree; each disagreement is named with file, row, field and mend."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from engine.directory import load
from engine.errors import BadData, Problem
from tests.directory.city import FILES, TOPICS, edit, write

KOTA_BOGOR = Path(__file__).parents[2] / "workflows" / "kota_bogor"


def problems(folder: Path) -> tuple[Problem, ...]:
    """What load complains about."""
    with pytest.raises(BadData) as caught:
        load(folder)
    return caught.value.problems


def test_the_packaged_city_loads() -> None:
    """The example city has no problem, and every unit has its head."""
    city = load(KOTA_BOGOR)
    assert (len(city.units), len(city.positions), len(city.topics), len(city.places)) == (121, 774, 107, 74)
    assert set(city.heads) == set(city.units)


def test_values_are_read(tmp_path: Path) -> None:
    """Lists, stand-ins and empty fields become values."""
    acting = edit("positions", "D,,,,true", ",plh. dishub.kasi,2026-08-01,2026-08-05,true")
    city = load(write(tmp_path, positions=acting))
    held = city.positions["dishub.kabid"]
    assert held.holder is None
    assert held.acting is not None
    assert (held.acting.kind, held.acting.position, held.acting.to) == ("Plh", "dishub.kasi", date(2026, 8, 5))
    assert city.topics["PARKIR"].cc == ("DPUPR", "PLN")
    assert city.places["KEL-MAWAR"].streets == ("Jl. Mawar", "Jl. Raya")


CASES = [
    ("positions", "dishub.kabid,kasi@", "dishub.kabidd,kasi@", 6, "reports_to"),
    ("positions", "dishub.kepala,kabid@", "dishub.kasi,kabid@", 5, "reports_to"),
    ("positions", "kepala@dpupr.kota.example", "KEPALA@dishub.kota.example", 7, "mailbox"),
    ("positions", "kasi@dishub.kota.example", "", 6, "mailbox"),
    ("positions", "kasi@dishub.kota.example", "kasi dishub", 6, "mailbox"),
    ("positions", "E,,,,true", "E,Pejabat X,,,true", 6, "acting"),
    ("positions", "E,,,,true", "E,Plt dishub.nihil,,,true", 6, "acting"),
    ("positions", "E,,,,true", "E,Plt dishub.kasi,,,true", 6, "acting"),
    ("positions", "E,,,,true", "E,Plt dishub.kabid,2026-02-30,,true", 6, "acting_from"),
    ("positions", "E,,,,true", "E,Plt dishub.kabid,2026-03-01,2026-02-01,true", 6, "acting_to"),
    ("positions", "E,,,,true", "E,,2026-02-01,,true", 6, "acting_from"),
    ("positions", "E,,,,true", "E,,,,mungkin", 6, "mandatory"),
    ("positions", "dishub.kasi,DISHUB", "dishub.kabid,DISHUB", 6, "id"),
    ("positions", "dishub.kasi,DISHUB", "dishub.kasi,DISHUP", 6, "unit"),
    (
        "positions",
        "dpupr.kepala,DPUPR,Kepala Dinas PUPR,kepala,setda.sekda",
        "dpupr.kepala,DPUPR,K,kepala,",
        7,
        "reports_to",
    ),
    ("positions", "Kepala Seksi Parkir", "Kepala\x07Seksi", 6, "title"),
    ("positions", "dishub.kasi,DISHUB", "DISHUB.kabid,DISHUB", 6, "id"),
    ("units", "KEL-MAWAR,Kelurahan Mawar,kelurahan,KEC-TENGAH", "KEL-MAWAR,M,kelurahan,KEC-X", 7, "parent"),
    ("units", "DISHUB,Dinas Perhubungan,dinas", "DISHUB,Dinas Perhubungan,kantor", 4, "kind"),
    ("units", "SETDA,Sekretariat Daerah", "PIMPINAN,Sekretariat Daerah", 3, "code"),
    ("units", "KEL-MAWAR,Kel", "DLH,Dinas Lain,dinas,SETDA,dlh.kota.example,,\nKEL-MAWAR,Kel", 7, "code"),
    ("units", "SETDA,Sekretariat Daerah,sekretariat,PIMPINAN", "SETDA,S,sekretariat,DISHUB", 3, "parent"),
    ("topics", "DISHUB,dishub.kasi", "DISHUB,", 2, "position"),
    ("topics", "DISHUB,dishub.kasi", "DPUPR,dishub.kasi", 2, "unit"),
    ("topics", "DISHUB,dishub.kasi", "DISHUB,dishub.nihil", 2, "position"),
    ("topics", "DPUPR;PLN", "DPUPR;TELKOM", 2, "cc"),
    ("topics", ",,kelurahan", ",,desa", 3, "by_place"),
    ("topics", ",,kelurahan", "DISHUB,,kelurahan", 3, "unit"),
    ("topics", "biasa,3", "gawat,3", 2, "severity"),
    ("topics", "biasa,3", "biasa,tiga", 2, "days_answer"),
    ("topics", "biasa,3", "biasa,0", 2, "days_answer"),
    ("external", "layanan@pln.example", "pln", 2, "contact_email"),
    ("external", "PLN,PT PLN", "DISHUB,PT PLN", 2, "code"),
    ("places", "Mawar,KEC-TENGAH", "Mawar,KEC-UTARA", 3, "kecamatan"),
    ("places", "KEL-MAWAR,Mawar", "KEL-MELATI,Melati", 3, "code"),
    ("places", "KEL-MAWAR,Mawar", "DISHUB,Mawar", 3, "code"),
    ("places", "Tengah,KEC-TENGAH", "Tengah,KEL-MAWAR", 2, "kecamatan"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[4]}-{case[2][:20]}")
def test_each_problem_is_named(tmp_path: Path, case: tuple[str, str, str, int, str]) -> None:
    """A wrong field is reported under its file, the row an editor shows, and its column, with a mend."""
    table, old, new, row, field = case
    found = problems(write(tmp_path, **{table: edit(table, old, new)}))
    assert (f"{table}.csv", row, field) in [(p.file, p.row, p.field) for p in found]
    assert all(p.wrong and p.mend for p in found)


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    """Three mistakes in two files are three problems of one error, in file order."""
    positions = edit("positions", "setda.sekda,kepala@dpupr", "setda.nihil,kepala@dpupr")
    topics = edit("topics", "PLN,parkir", "TELKOM,parkir").replace("biasa,3", "biasa,x")
    found = problems(write(tmp_path, positions=positions, topics=topics))
    assert [(p.file, p.row) for p in found] == [("positions.csv", 7), ("topics.csv", 2), ("topics.csv", 2)]


@pytest.mark.parametrize("table", sorted(FILES))
def test_a_missing_file_is_named(tmp_path: Path, table: str) -> None:
    """Without one of the five files the error names it."""
    write(tmp_path)
    (tmp_path / f"{table}.csv").unlink()
    assert (f"{table}.csv", 0) in [(p.file, p.row) for p in problems(tmp_path)]


@pytest.mark.parametrize("table", sorted(FILES))
def test_a_missing_column_is_named(tmp_path: Path, table: str) -> None:
    """A renamed key column is reported on line 1 under the name it should have."""
    key = FILES[table].split(",", 1)[0]
    changed = "x" + FILES[table]
    assert (f"{table}.csv", 1, key) in [(p.file, p.row, p.field) for p in problems(write(tmp_path, **{table: changed}))]


def test_not_utf8_is_named(tmp_path: Path) -> None:
    """A Latin-1 file is refused with the line of the first wrong byte."""
    write(tmp_path)
    (tmp_path / "units.csv").write_bytes(FILES["units"].replace("Dinas Perh", "Dinás Perh").encode("latin-1"))
    found = problems(tmp_path)
    assert [(p.file, p.row, p.field) for p in found] == [("units.csv", 4, "berkas")]
    assert "Din?s Perhubungan" in found[0].wrong


def test_a_byte_order_mark_and_crlf_are_taken(tmp_path: Path) -> None:
    """Spreadsheets write a BOM and CRLF; the file loads all the same."""
    write(tmp_path)
    (tmp_path / "units.csv").write_bytes(b"\xef\xbb\xbf" + FILES["units"].replace("\n", "\r\n").encode())
    assert "DISHUB" in load(tmp_path).units


def test_semicolons_of_an_indonesian_spreadsheet_are_taken(tmp_path: Path) -> None:
    """Where the comma is the decimal mark, spreadsheets separate with semicolons, and quote the lists in a field."""
    wanted = load(write(tmp_path))
    for table in FILES:
        path = tmp_path / f"{table}.csv"
        kept = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(kept)
    taken = load(tmp_path)
    assert (taken.positions, taken.topics, taken.places) == (wanted.positions, wanted.topics, wanted.places)


@pytest.mark.parametrize(
    "broken", ['PLN,"PT PLN,x', "PLN,PT PLN", "PLN,a,b,c,d,e,f", 'PLN,"a"b,c,d,e', "PLN,a\0,b,c,d"]
)
def test_broken_csv_is_a_problem_not_a_crash(tmp_path: Path, broken: str) -> None:
    """Open quotes, missing or surplus fields and NUL bytes are named with a row, never raised as another error."""
    header = FILES["external"].splitlines()[0]
    found = problems(write(tmp_path, external=f"{header}\n{broken}\n"))
    assert any(p.file == "external.csv" and p.row >= 2 for p in found)


def test_a_row_after_a_field_of_several_lines_keeps_its_line(tmp_path: Path) -> None:
    """A quoted line break moves the rows below it; the problem still names the line an editor shows."""
    text = FILES["external"].replace("Hubungi 123.", '"Hubungi\n123."') + "TOL,Jasa,salah,x,y\n"
    found = problems(write(tmp_path, external=text))
    assert [(p.row, p.field) for p in found] == [(4, "contact_email")]


def test_a_line_break_within_a_cell_is_a_space(tmp_path: Path) -> None:
    """A title of two lines in a spreadsheet cannot begin a second header in a mail."""
    text = edit("positions", "Kepala Seksi Parkir", '"Kepala Seksi\nBcc:  x@y.example"')
    assert load(write(tmp_path, positions=text)).positions["dishub.kasi"].title == "Kepala Seksi Bcc: x@y.example"


def test_an_unknown_superior_is_one_problem(tmp_path: Path) -> None:
    """The chair is not also counted as a second head of its unit, nor a head so written as missing."""
    for old, new in (("dishub.kabid,kasi@", "nihil,kasi@"), ("setda.sekda,kepala@dishub", "nihil,kepala@dishub")):
        found = problems(write(tmp_path, positions=edit("positions", old, new)))
        assert [(p.file, p.field) for p in found] == [("positions.csv", "reports_to")]


@pytest.mark.parametrize("content", ["", "\ufeff\n", TOPICS.splitlines()[0] + "\n"])
def test_an_empty_table_is_named_in_one_line(tmp_path: Path, content: str) -> None:
    """A file without text, or with its title line alone, is a table that somebody forgot to fill."""
    found = problems(write(tmp_path, topics=content))
    assert [(p.file, p.row, p.field) for p in found] == [("topics.csv", 0, "berkas")]


def test_an_open_quote_is_one_problem(tmp_path: Path) -> None:
    """What the quote swallowed is not reported row by row as missing."""
    found = problems(write(tmp_path, units=edit("units", "DISHUB,Dinas", 'DISHUB,"Dinas')))
    assert [(p.file, p.field) for p in found] == [("units.csv", "baris")]
    assert "tanda kutip" in found[0].mend


def test_a_separator_line_of_a_spreadsheet_is_named(tmp_path: Path) -> None:
    """`sep=;` above the title line is told as what it is."""
    found = problems(write(tmp_path, units="sep=;\n" + FILES["units"].replace(",", ";")))
    assert all("sep=" in p.mend for p in found)


def test_three_who_stand_in_for_each_other_are_one_problem(tmp_path: Path) -> None:
    """On a day that all three have in common; with days apart nobody is in a circle."""
    text = FILES["positions"]
    for name, other, days in (
        ("C", "dishub.kabid", "2026-08-01,2026-08-10"),
        ("D", "dishub.kasi", "2026-08-08,2026-08-20"),
        ("E", "dishub.kepala", "2026-08-10,"),
    ):
        text = text.replace(f"{name},,,,true", f"{name},Plh {other},{days},true")
    found = problems(write(tmp_path, positions=text))
    assert [(p.row, p.field) for p in found] == [(4, "acting")]
    assert "dishub.kepala -> dishub.kabid -> dishub.kasi -> dishub.kepala" in found[0].wrong
    assert load(write(tmp_path, positions=text.replace("2026-08-10,,", "2026-08-11,,")))


def test_an_empty_chair_stands_in_for_nobody(tmp_path: Path) -> None:
    """Letters would pass it over; unless somebody sits in for the stand-in."""
    text = edit("positions", "D,,,,true", "D,Plt dishub.kasi,,,true").replace("E,,,,true", ",,,,true")
    assert [(p.row, p.field) for p in problems(write(tmp_path, positions=text))] == [(5, "acting")]
    assert load(write(tmp_path, positions=text.replace("example,,,,,true", "example,,Plt setda.sekda,,,true")))


def test_a_loop_is_reported_once(tmp_path: Path) -> None:
    """Two chairs that report to each other are one problem, and loading ends."""
    text = edit("positions", "kepala,setda.sekda,kepala@dishub", "kepala,dishub.kasi,kepala@dishub")
    loops = [p for p in problems(write(tmp_path, positions=text)) if "lingkaran" in p.wrong]
    assert len(loops) == 1
