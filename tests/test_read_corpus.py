"""Each mail of the corpus shows one thing that parsers get wrong, and what is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mail.read import read

CORPUS = Path(__file__).parent / "corpus" / "read"
EXPECTED: dict[str, dict[str, Any]] = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_mail_of_the_corpus_reads_as_expected(name: str) -> None:
    """Every expected field of the mail is read exactly, and every expected warning given."""
    message = read((CORPUS / f"{name}.eml").read_bytes())
    expected = EXPECTED[name]
    got: dict[str, Any] = {
        "subject": message.subject,
        "sender": message.sender and [message.sender.name, message.sender.address],
        "to": [[address.name, address.address] for address in message.to],
        "text": message.text,
        "html": message.html,
        "message_id": message.message_id,
        "in_reply_to": list(message.in_reply_to),
        "references": list(message.references),
        "reports": [[report.type, report.content.decode("utf-8")] for report in message.reports],
        "attachments": [
            {"name": a.name, "type": a.type, "size": a.size, "sha256": a.sha256}
            | ({"content_id": a.content_id, "inline": a.inline} if a.content_id else {})
            for a in message.attachments
        ],
    }
    fields = expected.keys() - {"why", "warnings"}
    assert {field: got[field] for field in fields} == {field: expected[field] for field in fields}, expected["why"]
    for warning in expected.get("warnings", []):
        assert any(warning in given for given in message.warnings), message.warnings


def test_the_corpus_is_all_expected() -> None:
    """No mail lies in the folder without what is expected of it."""
    assert {path.stem for path in CORPUS.glob("*.eml")} == EXPECTED.keys()
