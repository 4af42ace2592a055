"""`ticket export`: everything of one ticket is in the file, readable and checkable, and nothing of others."""

from __future__ import annotations

import csv
import json
import re
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from engine.letter import numbers_on
from engine.message import Envelope
from engine.store import Store
from engine.ticket import Ticket
from mail.export import words
from mail.write import template_kinds
from tests.exported import Exported, unpacked, verified, words_in

HOSTILE = "../../etc/passwd <script>alert(1)</script> \"'><img src=http://x.example/a> jalan berlubang 🕳️ طريق"
TEXT = (
    "=cmd|' /C calc'!A0 Jl. Cibalagung Pasirkuda berlubang besar depan warung, motor sudah jatuh.\n"
    "<iframe src=//x.example></iframe> \x1b[31m \u202e terbalik 🕳️🕳️ شارع 道路\n"
    f"{'sangatpanjangtanpaspasi' * 40}"
)
NAMES = ("Kirana Widyastuti", "kirana.widya@warga.example", "0812-9988-7766")


@dataclass
class Story:
    """Two tickets: one with hostile words and a whole life, one whose reporter is to stay unnamed."""

    city: Exported
    open: Ticket
    secret: Ticket


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A citizen's complaint from the first mail to the last, another's secret one among it."""
    city = Exported(tmp_path_factory.mktemp("city"))
    one = city.complain("Rina Kartika <rina@warga.example>", HOSTILE, TEXT, "../../../tmp/foto.jpg")
    name, address, phone = NAMES
    secret = city.complain(
        f"{name} <{address}>",
        "Pungli di kelurahan, mohon nama saya dirahasiakan",
        "Saya lapor pungutan liar: petugas kelurahan Babakan Pasar meminta uang Rp 500.000 untuk surat pindah. "
        f"Mohon identitas saya dirahasiakan, saya takut dibalas.\n\nHormat saya,\n{name}\nHP {phone}\n",
    )
    task = city.letters(one, "task") or city.letters(one, "triage")
    city.opens(task[0])
    if task[0].kind == "triage":
        city.answers(task[0], "TERUSKAN dpupr.kasi.jalan")
        task = city.letters(one, "task")
        city.opens(task[0])
    city.answers(task[0], "PROSES\nRegu tambal jalan berangkat besok pagi.")
    hidden = (city.letters(secret, "task") or city.letters(secret, "triage"))[0]
    city.opens(hidden)
    city.answers(hidden, "PROSES\nKami periksa minggu ini.")
    city.command("ticket", "hide", secret.number, "--public", "on", "--reason", "terlapor sekantor")
    city.answers(hidden, "LIHAT IDENTITAS untuk panggilan klarifikasi")
    assert [one.kind for one in city.letters(secret)].count("identity") == 1
    assert city.letters(secret, "identity")[0].sent_at
    city.answers(city.letters(secret, "identity")[0], f"CATATAN\nSdri. {name} akan kami hubungi.")
    city.waits(timedelta(days=2))
    city.answers(city.letters(one, "task")[0], "SELESAI\nLubang sudah ditutup aspal.")
    city.waits(timedelta(hours=1))
    city.answers(city.letters(one, "done")[0], "Sudah bagus, terima kasih. 5")
    found = [city.app.store.ticket(each.id) for each in (one, secret)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].state == "closed"
    assert found[1].secret
    yield Story(city, *found)
    city.app.close()


@pytest.fixture(scope="module")
def proof(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The open ticket's proof, unpacked."""
    folder = tmp_path_factory.mktemp("proof")
    assert story.city.export(story.open, folder / "bukti.zip") == 0
    return unpacked(folder / "bukti.zip", folder / "isi")


def table(path: Path) -> list[dict[str, str]]:
    """A CSV file's lines."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_all_of_the_ticket_is_in_it(story: Story, proof: Path) -> None:
    """Each mail and each letter byte for byte, each observation with its time, each decision with its words."""
    store = story.city.app.store
    mails = {f"mail-{mail.id:06d}.eml": mail.raw for mail in store.mails_of(story.open.id)}
    assert len(mails) >= 4
    assert {path.name: path.read_bytes() for path in (proof / "mails").iterdir()} == mails
    sent = [one for one in store.letters_of(story.open.id) if one.sent_at]
    letters = {f"letter-{one.id:06d}.eml": store.raw_letter(one.id) for one in sent}
    assert {path.name: path.read_bytes() for path in (proof / "letters").iterdir()} == letters
    lines = {int(line["no"]): line for line in table(proof / "letters.csv")}
    assert all(lines[one.id]["jawaban_server"] == one.relay_reply for one in sent)
    seen = [line for line in table(proof / "observations.csv") if line["peristiwa"] == "seen"]
    opened = [one for one in sent if one.seen_at]
    assert {(line["surat"], line["kotak_surat"]) for line in seen} >= {(str(o.id), o.address) for o in opened}
    done = next(line for line in table(proof / "decisions.csv") if line["peristiwa"] == "finish")
    assert "Lubang sudah ditutup aspal" in done["kata"]
    assert "Seksi" in done["oleh"] or "Seksi" in done["jabatan"]
    rows = [json.loads(line) for line in (proof / "history.jsonl").read_text().splitlines()]
    assert [row["row"] for row in rows] == [row.id for row in store.told_of(story.open.id)]


def test_it_holds(proof: Path) -> None:
    """The proof's own program finds nothing wrong, and `sha256sum` neither."""
    assert verified(proof)[0] == 0
    checked = subprocess.run(
        ["sha256sum", "--quiet", "-c", "MANIFEST.sha256"], cwd=proof, capture_output=True, check=False
    )
    assert checked.returncode == 0


def test_nothing_of_another_ticket_is_in_it(proof: Path) -> None:
    """Of other tickets' rows only digests are there: no name, no number, no word."""
    for path in proof.rglob("*"):
        if path.is_file():
            text = words_in(path)
            assert not [word for word in ("C-2026-000002", "Kirana", "Pungli") if word in text], path
    lines = (proof / "chain.txt").read_text().splitlines()
    assert all(re.fullmatch(r"(start|end)? ?\d+ [0-9a-f]{64}( \*)?", line) for line in lines)


def test_the_same_tables_give_the_same_bytes(story: Story, tmp_path: Path) -> None:
    """Two exports are one, whoever makes the second."""
    for name in ("a.zip", "b.zip"):
        assert story.city.export(story.open, tmp_path / name) == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert stat.S_IMODE((tmp_path / "a.zip").stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "b.zip"}


def test_names_inside_are_numbers(story: Story, tmp_path: Path) -> None:
    """A hostile subject or file name reaches no name in the ZIP file."""
    story.city.export(story.open, tmp_path / "a.zip")
    fine = re.compile(r"C-2026-\d{6}/(mails/mail-\d{6}\.eml|letters/letter-\d{6}\.eml|[A-Za-z]+\.[a-z0-9]+)")
    with zipfile.ZipFile(tmp_path / "a.zip") as zipped:
        assert all(fine.fullmatch(name) for name in zipped.namelist())
        assert zipped.testzip() is None


class Tags(HTMLParser):
    """Which elements and attributes a page really has."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remembers them."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_the_page_is_safe_and_alone(proof: Path) -> None:
    """No script, no frame, no picture, no address from elsewhere; the hostile words stand there as text."""
    text = (proof / "timeline.html").read_text()
    found = Tags()
    found.feed(text)
    assert not found.tags & {"script", "iframe", "img", "link", "object", "embed", "form", "base", "a"}
    assert not {name for name in found.attributes if name.startswith("on")} | (found.attributes & {"src", "href"})
    assert "url(" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "default-src" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "Regu tambal jalan berangkat besok pagi." in text
    assert re.search(r"Surat \d+ dibuka: surat tugas, kepada Kepala Seksi", text)


def test_a_spreadsheet_runs_nothing(proof: Path) -> None:
    """No cell of a table begins a formula."""
    for path in proof.glob("*.csv"):
        for line in table(path):
            assert not any(value[:1] in ("=", "+", "-", "@") for value in line.values()), path


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_printed_page_tells_the_same(proof: Path) -> None:
    """The PDF's text holds the story; what its font lacks is a mark that the last page explains."""
    text = subprocess.run(
        ["pdftotext", "-layout", str(proof / "timeline.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    flat = " ".join(text.split())
    for word in ("Riwayat penanganan laporan", "Regu tambal jalan berangkat besok pagi.", "dibuka", "Ujung rantai"):
        assert word in flat
    assert "<script>alert(1)</script>" in flat
    assert "▯" in flat
    assert "menggantikan gambar atau aksara" in flat


def test_a_secret_ticket_is_masked(story: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a reason no byte tells who reported; the chain can still be checked, and nothing is written."""
    store = story.city.app.store
    before = store.history_head()
    assert story.city.export(story.secret, tmp_path / "a.zip") == 0
    assert "--reason" in capsys.readouterr().out
    assert store.history_head() == before
    folder = unpacked(tmp_path / "a.zip", tmp_path / "isi")
    assert verified(folder)[0] == 0
    for path in folder.rglob("*"):
        if path.is_file():
            text = words_in(path)
            for word in ("Kirana", "Widyastuti", "kirana.widya", "9988-7766", "192.0.2.77"):
                assert word not in text, (path, word)
    mails = table(folder / "mails.csv")
    # The citizen's, two answers of the office, and one of it that names the reporter.
    assert [bool(line["tidak_disertakan"]) for line in mails] == [True, False, False, True]
    letters = {line["jenis"]: line for line in table(folder / "letters.csv")}
    assert letters["surat tugas"]["berkas"]
    assert letters["identitas pelapor"]["tidak_disertakan"]
    first = json.loads((folder / "history.jsonl").read_text().splitlines()[0])
    assert first["event"] == "kept"
    assert "data" not in first
    assert first["masked"] == {}
    # Whoever fills a name into the masked words cannot find out by the digest that it is the right one.
    rows = [json.loads(line) for line in (folder / "history.jsonl").read_text().splitlines()]
    told = store.told_of(story.secret.id)
    said = [row for row in told if row.entry.mail is not None and row.entry.data.get("note")]
    assert {row.id for row in said} <= {row["row"] for row in rows if "data_sha256" in row}
    assert all(len(str(row.entry.data["mail_sha256"])) == 64 for row in said)
    assert not any(name in str(row.get("masked")) for row in rows for name in ("mail_sha256", "report"))
    assert "dirahasiakan" in (folder / "README.txt").read_text().lower()
    assert "Kami periksa minggu ini." in (folder / "timeline.html").read_text()


def test_a_look_is_told(story: Story, tmp_path: Path) -> None:
    """With a reason the secret ticket is whole, and who looked and why stands in history and proof."""
    city = story.city
    assert city.export(story.secret, tmp_path / "a.zip", "--reason", "permintaan Inspektorat", "--clerk", "sari") == 0
    last = city.app.store.history_of(story.secret.id)[-1]
    assert (last.event, last.actor, last.data["reason"]) == ("look", "sari", "permintaan Inspektorat")
    folder = unpacked(tmp_path / "a.zip", tmp_path / "isi")
    assert verified(folder)[0] == 0
    assert NAMES[1].encode() in (folder / "mails" / f"mail-{story.secret.mail:06d}.eml").read_bytes()
    text = (folder / "timeline.html").read_text()
    assert "permintaan Inspektorat" in text
    assert NAMES[0] in text
    assert city.app.store.broken_links() == []


def test_a_look_wants_a_reason(story: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty reason is none: one line, nothing made, nothing told."""
    before = story.city.app.store.history_head()
    assert story.city.export(story.secret, tmp_path / "a.zip", "--reason", "  ") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "a.zip").exists()
    assert story.city.app.store.history_head() == before


def test_wrong_calls(story: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No folder, a file that is there, a number that is not: one line each, and nothing is made or harmed."""
    there = tmp_path / "ada.zip"
    there.write_text("lama")
    assert story.city.export(story.open, there) == 2
    assert story.city.export(story.open, tmp_path / "tidak" / "ada.zip") == 2
    (tmp_path / "hilang.zip").symlink_to(tmp_path / "entah")
    assert story.city.export(story.open, tmp_path / "hilang.zip") == 2
    assert story.city.export(replace(story.open, number="C-2026-999999"), tmp_path / "c.zip") == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert there.read_text() == "lama"
    assert {path.name for path in tmp_path.iterdir()} == {"ada.zip", "hilang.zip"}


def test_a_joined_ticket_names_the_leading_one(tmp_path: Path) -> None:
    """The proof of a joined report says where the handling is told."""
    city = Exported(tmp_path)
    text = "Air PDAM mati total di Jalan Pajajaran Bantarjati sejak subuh, satu RW tidak dapat air sama sekali."
    first = city.complain("Asep <asep@warga.example>", "Air PDAM mati Bantarjati", text)
    second = city.complain("Euis <euis@warga.example>", "Air PDAM mati di Bantarjati", text)
    assert second.joined_to == first.id
    assert city.export(second, tmp_path / "b.zip") == 0
    folder = unpacked(tmp_path / "b.zip", tmp_path / "isi")
    assert first.number in (folder / "README.txt").read_text()
    assert first.number in (folder / "timeline.html").read_text()
    city.app.close()


def test_what_was_told_on_a_list_is_proved_too(tmp_path: Path) -> None:
    """A list that names the ticket: when it went and was opened is told, its other lines are not."""
    city = Exported(tmp_path)
    one = city.complain("Asep <asep@warga.example>", "Jalan berlubang", "Jl. Cibalagung Pasirkuda berlubang besar.")
    city.complain("Euis <euis@warga.example>", "Poli gigi tutup", "Poli gigi Puskesmas Gang Kelor tutup terus.")
    other = city.complain("Ujang <ujang@warga.example>", "Aspal retak", "Aspal jalan di Katulampa retak dan berlubang.")
    assert other.owner == one.owner
    city.waits(timedelta(days=3))
    lists = [x for x in city.app.store.lists_naming(one.number, one.opened_at) if len(numbers_on(x)) > 1]
    assert lists
    city.opens(lists[0])
    assert city.export(one, tmp_path / "a.zip") == 0
    folder = unpacked(tmp_path / "a.zip", tmp_path / "isi")
    status, said = verified(folder)
    assert status == 0, said
    assert f"tidak disertakan: letters {lists[0].id}, daftar memuat laporan lain" in said
    seen = [line for line in table(folder / "observations.csv") if line["surat"] == str(lists[0].id)]
    assert [line["peristiwa"] for line in seen] == ["sent", "delivered", "seen"]
    written = {line["tidak_disertakan"] for line in table(folder / "letters.csv")}
    assert any(why.startswith("disampaikan dalam daftar, surat") for why in written)
    for path in folder.rglob("*"):
        if path.is_file():
            text = words_in(path)
            assert not [word for word in (other.number, "Katulampa", "Poli gigi") if word in text], path
    city.app.close()


def test_the_tables_stand_still_while_they_are_read(story: Story) -> None:
    """Who writes while a proof is made neither waits nor gets into it."""
    store, other = story.city.app.store, Store.sqlite(story.city.folder / "sibadra.db")
    with store.view():
        before = store.history_head()
        with ThreadPoolExecutor(1) as one:
            one.submit(other.keep, [(Envelope("", (), story.city.now), b"baru")]).result(timeout=10)
        assert store.history_head() == before
    assert store.history_head() != before
    other.close()


def test_every_letter_and_event_has_its_name() -> None:
    """No kind of letter is told by its file name, no row that the tables can bring by its English one."""
    from workflows.all import WORKFLOWS

    assert template_kinds() <= words.LETTERS.keys()
    events = {row.event for workflow in WORKFLOWS.values() for row in workflow.rows}
    assert events - {"seen", "automatic", "bounce", "status"} <= words.EVENTS.keys()
