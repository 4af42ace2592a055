"""`sibadra inspect`: rows in order, folders, stdin, bad files, pages."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from mail import inspect

KEYS = [
    *("file", "kind", "subject", "from", "to", "date", "message_id", "body", "text", "attachments"),
    *("reply", "bounce", "auto", "route", "warnings"),
]
ROUTE = [
    *("topic", "unit", "owner", "place", "external", "urgent", "confidential"),
    *("triage", "confidence", "reasons"),
]
MAIL = (
    "From: Budi <budi@surel.example>\nTo: aduan@sibadra.kotabogor.example\nDate: Mon, 3 Aug 2026 10:00:00 +0700\n"
    "Message-ID: <a1@surel.example>\nSubject: lampu\nContent-Type: text/plain; charset=utf-8\n\n"
    "Lampu jalan mati di Jl. Ardio \x1b[31m sejak Senin.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two mails, one in a folder below, and a file that is no mail."""
    (tmp_path / "b.eml").write_text(MAIL, encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.eml").write_text(MAIL.replace("lampu", "pju"), encoding="utf-8")
    (tmp_path / "catatan.txt").write_text("bukan surat", encoding="utf-8")
    return tmp_path


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """The objects printed."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_row_has_the_keys_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a mail, keys in the documented order, route and addresses as objects."""
    assert inspect.main(["--json", str(folder / "b.eml")]) == 0
    (row,) = rows(capsys)
    assert list(row) == KEYS
    assert row["from"] == {"name": "Budi", "address": "budi@surel.example"}
    assert row["date"] == "2026-08-03T10:00:00+07:00"
    assert row["message_id"] == "a1@surel.example"
    assert isinstance(row["route"], dict)
    assert list(row["route"]) == ROUTE
    assert row["reply"] is None
    assert row["bounce"] is None
    assert row["auto"] is False


def test_folder_is_walked_sorted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only .eml files, in the order of their paths."""
    assert inspect.main(["--json", str(folder)]) == 0
    assert [Path(str(row["file"])).name for row in rows(capsys)] == ["b.eml", "a.eml"]


def test_stdin_is_a_path(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`-` reads one mail from standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(MAIL.encode())))
    assert inspect.main(["--json", "-"]) == 0
    assert rows(capsys)[0]["file"] == "-"


def test_missing_file_is_one_line_on_stderr(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json nothing is printed of it but that line, and the exit status tells of it."""
    assert inspect.main([str(folder / "tidak-ada.eml")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "tidak-ada.eml" in said.err


def test_missing_file_is_a_row_with_a_warning(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read does not stop the run; the exit status tells of it."""
    assert inspect.main(["--json", str(folder / "tidak-ada.eml"), str(folder / "b.eml")]) == 1
    first, second = rows(capsys)
    assert first["kind"] is None
    assert first["warnings"]
    assert list(first) == KEYS
    assert second["kind"] is not None


def test_empty_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to inspect is status 2 and a sentence on standard error."""
    assert inspect.main(["--json", str(tmp_path)]) == 2
    assert ".eml" in capsys.readouterr().err


def test_as_reply_reads_an_answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--as reply` gives status, target, promise, explicit and confidence whoever sent the mail."""
    assert inspect.main(["--json", "--as", "reply", str(folder / "b.eml")]) == 0
    (row,) = rows(capsys)
    assert row["kind"] == "reply"
    assert isinstance(row["reply"], dict)
    assert list(row["reply"]) == ["status", "target", "promised", "explicit", "confidence"]


def test_page_is_text_without_control_codes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page for people names the kind in Indonesian and passes no escape sequence of the mail on."""
    assert inspect.main([str(folder / "b.eml")]) == 0
    page = capsys.readouterr().out
    assert "pengaduan" in page
    assert "\x1b[31m" not in page


def test_fault_on_one_mail_does_not_stop_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault of the program is said in the mail's row and the next mail is inspected."""
    real, calls = inspect.understand, []

    def faulty(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise RecursionError
        return real(*args, **kwargs)

    monkeypatch.setattr(inspect, "understand", faulty)
    assert inspect.main(["--json", str(folder)]) == 1
    first, second = rows(capsys)
    assert first["warnings"] == ["kesalahan program: RecursionError"]
    assert second["kind"] == "complaint"
