"""`sibadra letters preview`: a city can look at every letter before any is sent."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from mail.cli import main
from mail.write.render import kinds


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_is_written_as_mail_page_and_text(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One .eml, .html and .txt for each kind and an index that links them all."""
    monkeypatch.chdir(tmp_path)
    assert main(["letters", "preview", "surat", "--language", language]) == 0
    assert str(len(kinds(language))) in capsys.readouterr().out
    index = (tmp_path / "surat" / "index.html").read_text(encoding="utf-8")
    for kind in kinds(language):
        message = message_from_bytes((tmp_path / "surat" / f"{kind}.eml").read_bytes(), policy=policy.default)
        page = (tmp_path / "surat" / f"{kind}.html").read_text(encoding="utf-8")
        assert str(message["Subject"]) in page.replace("&#39;", "'")
        assert (tmp_path / "surat" / f"{kind}.txt").stat().st_size > 100
        assert f'href="{kind}.html"' in index
