"""Comparing two directories, finding an office by what people call it, and showing one as a tree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.directory import Directory, diff, find_units, load, tree
from tests.directory.city import write
from tests.directory.test_load import KOTA_BOGOR

DAY = date(2026, 8, 3)


@pytest.fixture(scope="module")
def bogor() -> Directory:
    """The example city."""
    return load(KOTA_BOGOR)


def test_nothing_changed(bogor: Directory) -> None:
    """A directory does not differ from itself loaded again."""
    assert diff(bogor, load(KOTA_BOGOR)) == ()


def test_each_change_is_told(tmp_path: Path) -> None:
    """Added and removed rows and each changed field are named, old and new."""
    old = load(write(tmp_path))
    positions = {k: v for k, v in old.positions.items() if k != "dishub.kasi"}
    positions["dpupr.kepala"] = replace(positions["dpupr.kepala"], holder=None, mailbox="baru@dpupr.kota.example")
    positions["dpupr.kabid"] = replace(
        old.positions["dishub.kabid"], id="dpupr.kabid", mailbox="kabid@dpupr.kota.example"
    )
    new = Directory(old.units, positions, old.topics, old.externals, old.places)
    assert [str(change) for change in diff(old, new)] == [
        "- positions.csv dishub.kasi",
        "+ positions.csv dpupr.kabid",
        "~ positions.csv dpupr.kepala: mailbox: kepala@dpupr.kota.example -> baru@dpupr.kota.example",
        "~ positions.csv dpupr.kepala: holder: F -> (kosong)",
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DISHUB", "DISHUB"),
        ("dishub", "DISHUB"),
        ("PUPR", "DPUPR"),
        ("Dinas Perhubungan", "DISHUB"),
        ("dinas perhubungan kota bogor", "DISHUB"),
        ("perhubungan", "DISHUB"),
        ("Kel. Sempur", "KEL-SEMPUR"),
        ("kelurahan sempur", "KEL-SEMPUR"),
        ("Kec. Bogor Tengah", "KEC-BOGORTENGAH"),
        ("satpol pp", "SATPOLPP"),
        ("dukcapil", "DISDUKCAPIL"),
        ("lingkungan hidup", "DLH"),
        ("Tirta Pakuan", "TIRTAPAKUAN"),
        ("perumkim", "DISPERUMKIM"),
        ("bagian hukum", "BAG-HUKUM"),
        ("PDAM", "TIRTAPAKUAN"),
        ("dinas pu", "DPUPR"),
        ("pol pp", "SATPOLPP"),
        ("perkim", "DISPERUMKIM"),
        ("pemadam", "DAMKAR"),
        ("Dishub, mohon dicek karena ini lampu lalu lintas", "DISHUB"),
        ("ke Kel. Sempur ya pak", "KEL-SEMPUR"),
    ],
)
def test_an_office_is_found_by_what_people_call_it(bogor: Directory, name: str, code: str) -> None:
    """Codes, names and short names lead to one office."""
    assert [unit.code for unit in find_units(bogor, name)] == [code]


@pytest.mark.parametrize("name", ["", "dinas", "di", "...", "kota bogor", "x" * 10_000, "mohon dicek dulu ke lokasi"])
def test_no_office_is_found_in_nothing(bogor: Directory, name: str) -> None:
    """Filler and noise find nothing."""
    assert find_units(bogor, name) == ()


def test_the_tree_tells_who_reads_for_an_empty_chair(bogor: Directory) -> None:
    """A stand-in with his days and whether they have come; a vacancy without one with the chair above."""
    head = next(line for line in tree(bogor, "DKPP", date(2026, 11, 30)) if "(dkpp.kepala)" in line)
    assert "Plh. dkpp.sekretaris 2026-12-01 s.d. 2026-12-14 (belum mulai)" in head
    assert "dibaca" not in head
    head = next(line for line in tree(bogor, "DKPP", date(2026, 12, 14)) if "(dkpp.kepala)" in line)
    assert "2026-12-14, dibaca dkpp.sekretaris" in head
    head = next(line for line in tree(bogor, "DISPORA", date(2027, 2, 1)) if "(dispora.kepala)" in line)
    assert "kosong, Plt. dispora.sekretaris 2026-08-03 s.d. 2027-01-31 (sudah berakhir), dibaca setda.asisten.1" in head


def test_the_tree_shows_every_chair_of_the_unit(bogor: Directory) -> None:
    """Each position of the unit stands in the tree once, below its superior."""
    text = "\n".join(tree(bogor, "DPUPR", DAY))
    for position in bogor.positions.values():
        assert text.count(f"({position.id})") == (1 if position.unit == "DPUPR" else 0)
    assert "Kelurahan Sempur (KEL-SEMPUR)" in "\n".join(tree(bogor, "KEC-BOGORTENGAH", DAY))
