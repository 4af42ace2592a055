"""The proof's own program finds what was changed in the file, also when the manifest was mended after it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mail.export.verify import MANIFEST
from tests.exported import Exported, unpacked, verified

Tamper = Callable[[Path], object]


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A proof with a task, its answer, the end, and another ticket's rows between."""
    city = Exported(tmp_path_factory.mktemp("city"))
    one = city.complain("Rina <rina@warga.example>", "Jalan berlubang", "Jl. Cibalagung Pasirkuda berlubang besar.")
    city.complain("Asep <asep@warga.example>", "Lampu jalan mati", "PJU di Gang Kelor mati sudah seminggu, gelap.")
    task = city.letters(one, "task")[0]
    city.opens(task)
    city.answers(task, "PROSES\nBesok ditambal.")
    city.waits(timedelta(days=1))
    city.answers(city.letters(one, "task")[0], "SELESAI\nSudah ditambal.")
    folder = tmp_path_factory.mktemp("proof")
    assert city.export(one, folder / "bukti.zip") == 0
    city.app.close()
    return unpacked(folder / "bukti.zip", folder / "isi")


def mend(folder: Path) -> None:
    """Makes the manifest fit again, as somebody would who changes a proof with care."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n" for p in files]
    (folder / MANIFEST).write_text("".join(lines))


def rows(folder: Path, change: Callable[[list[dict[str, object]]], object]) -> None:
    """Changes the rows of the history."""
    path = folder / "history.jsonl"
    found = [json.loads(line) for line in path.read_text().splitlines()]
    change(found)
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found))


def row(folder: Path, event: str, /, **changes: object) -> None:
    """Changes fields of the first row of an event."""

    def change(found: list[dict[str, object]]) -> None:
        next(one for one in found if one["event"] == event).update(changes)

    rows(folder, change)


def drop(folder: Path, event: str) -> None:
    """Takes the first row of an event out."""
    rows(folder, lambda found: found.remove(next(one for one in found if one["event"] == event)))


def hide(folder: Path, event: str) -> None:
    """Takes a row out and calls it another ticket's in the chain, as nobody else can disprove."""
    found = [json.loads(line) for line in (folder / "history.jsonl").read_text().splitlines()]
    number = next(one["row"] for one in found if one["event"] == event)
    drop(folder, event)
    chain = folder / "chain.txt"
    chain.write_text(
        "".join(line.replace(" *", "") if line.startswith(f"{number} ") else line for line in lines(chain))
    )


def lines(path: Path) -> list[str]:
    """A file's lines with their ends."""
    return path.read_text().splitlines(keepends=True)


def swap(path: Path, one: int, other: int) -> None:
    """Two lines change places."""
    found = lines(path)
    found[one], found[other] = found[other], found[one]
    path.write_text("".join(found))


def cut(path: Path, number: int) -> None:
    """A line is taken out."""
    found = lines(path)
    del found[number]
    path.write_text("".join(found))


def exchange(folder: Path, name: str) -> None:
    """Two mails or letters change names."""
    one, other = sorted((folder / name).iterdir())[:2]
    spare = folder / "spare"
    one.rename(spare)
    other.rename(one)
    spare.rename(other)


def first(folder: Path, name: str) -> Path:
    """The first mail or letter."""
    return min((folder / name).iterdir())


def append(path: Path, text: str) -> None:
    """More at the end of a file."""
    path.write_bytes(path.read_bytes() + text.encode())


def test_untouched(proof: Path) -> None:
    """An honest proof holds, alone and against the end that was noted."""
    status, said = verified(proof)
    assert status == 0, said
    number, head = lines(proof / "chain.txt")[-1].split()[1:]
    assert verified(proof, "--head", f"{number}:{head}")[0] == 0
    status, said = verified(proof, "--head", f"{number}:{'0' * 64}")
    assert status == 1
    assert "ujung yang dicatat" in said


FIELDS: dict[str, object] = {
    "row": 4000, "at": 1, "ticket": 77, "actor": "citizen", "event": "seen", "from": "done", "to": "closed", "mail": 5,
    "letter": 99, "data": "{}",
}  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_of_a_row(proof: Path, tmp_path: Path, field: str) -> None:
    """No field of a row can be changed unseen, whoever mends the manifest."""
    folder = shutil.copytree(proof, tmp_path / "p")
    row(folder, "delivered", **{field: FIELDS[field]})
    mend(folder)
    status, said = verified(folder)
    assert status == 1
    assert "history.jsonl: baris" in said


TAMPERED: dict[str, tuple[Tamper, str]] = {
    "time told otherwise": (lambda f: row(f, "seen", time="2026-08-03T00:00:00+07:00"), "bukan waktu yang dirantai"),
    "missing row": (lambda f: drop(f, "seen"), "hilang"),
    "missing step": (lambda f: hide(f, "progress"), "ada langkah yang hilang"),
    "missing letter's row": (lambda f: hide(f, "sent"), "tidak disebut dalam riwayat"),
    "missing mail's row": (lambda f: hide(f, "kept"), "tidak disebut dalam riwayat"),
    "missing observation": (lambda f: hide(f, "seen"), "tidak sesuai dengan riwayat"),
    "reordered rows": (lambda f: swap(f / "history.jsonl", 2, 3), "tidak pada urutannya"),
    "copied row": (lambda f: rows(f, lambda r: r.append(r[2])), "tidak pada urutannya"),
    "no rows": (lambda f: (f / "history.jsonl").write_text(""), "hilang"),
    "broken row": (lambda f: append(f / "history.jsonl", '{"row":'), "tidak dapat dibaca"),
    "changed digest of another's row": (
        lambda f: (f / "chain.txt").write_text(
            "".join(
                line[:-2] + ("0" if line[-2] != "0" else "1") + "\n" if i == 12 else line
                for i, line in enumerate(lines(f / "chain.txt"))
            )
        ),
        "rantai: ujungnya tidak sesuai",
    ),
    "missing link": (lambda f: cut(f / "chain.txt", 6), "rantai: baris"),
    "reordered links": (lambda f: swap(f / "chain.txt", 5, 6), "rantai: baris"),
    "cut end": (lambda f: cut(f / "chain.txt", -2), "rantai: ujungnya tidak sesuai"),
    "no end": (lambda f: cut(f / "chain.txt", -1), "rantai: ujungnya tidak sesuai"),
    "changed mail": (lambda f: append(first(f, "mails"), "x"), "bukan yang dicatat dalam riwayat"),
    "exchanged mails": (lambda f: exchange(f, "mails"), "bukan yang dicatat dalam riwayat"),
    "missing mail": (lambda f: first(f, "mails").unlink(), "hilang"),
    "added mail": (lambda f: (f / "mails" / "mail-000099.eml").write_text("x"), "tidak disebut dalam riwayat"),
    "changed letter": (lambda f: append(first(f, "letters"), "x"), "bukan yang dicatat dalam riwayat"),
    "exchanged letters": (lambda f: exchange(f, "letters"), "bukan yang dicatat dalam riwayat"),
    "missing letter": (lambda f: first(f, "letters").unlink(), "hilang"),
    "changed observation": (
        lambda f: (f / "observations.csv").write_text(
            (f / "observations.csv").read_text("utf-8-sig").replace(",seen,", ",sent,"), "utf-8-sig"
        ),
        "observations.csv: baris",
    ),
    "observation cut": (lambda f: cut(f / "observations.csv", -1), "observations.csv: baris"),
}


@pytest.mark.parametrize("kind", TAMPERED)
@pytest.mark.parametrize("mended", [False, True], ids=["", "mended"])
def test_tampered(proof: Path, tmp_path: Path, kind: str, mended: bool) -> None:
    """Each kind is found and named; without mending the manifest the file is named too."""
    folder = shutil.copytree(proof, tmp_path / "p")
    tamper, wanted = TAMPERED[kind]
    tamper(folder)
    if mended:
        mend(folder)
    status, said = verified(folder)
    assert status == 1, said
    assert wanted in said
    assert "Traceback" not in said
    assert mended or "isi berkas berubah" in said or "berkas hilang" in said or "berkas tambahan" in said


@pytest.mark.parametrize("name", ["timeline.html", "timeline.pdf", "README.txt", "letters.csv", "deadlines.csv"])
def test_every_file_is_in_the_manifest(proof: Path, tmp_path: Path, name: str) -> None:
    """A changed, missing or added file is found by the manifest."""
    folder = shutil.copytree(proof, tmp_path / "p")
    append(folder / name, " ")
    assert f"{name}: isi berkas berubah" in verified(folder)[1]
    (folder / name).unlink()
    (folder / f"{name}.lama").touch()
    said = verified(folder)[1]
    assert f"{name}: berkas hilang" in said
    assert f"{name}.lama: berkas tambahan" in said


def test_no_proof(tmp_path: Path) -> None:
    """Run elsewhere it says so."""
    from mail.export import verify

    (tmp_path / "verify.py").write_bytes(Path(verify.__file__).read_bytes())
    status, said = verified(tmp_path)
    assert status == 2
    assert "bukan berkas bukti" in said
