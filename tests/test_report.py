"""Bounces of the world's mail systems, each with what must be read from it, and mails that only look like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from mail.report import bounce
from tests.plain_reader import plain_read

CORPUS = Path(__file__).parent / "corpus" / "reports" / "bounces.txt"


def _cases() -> list[tuple[str, str, bytes]]:
    cases = []
    for block in CORPUS.read_text(encoding="utf-8").split("@@ ")[1:]:
        title, _, mail = block.partition("\n")
        name, _, expected = title.partition(" | ")
        cases.append((name.strip(), expected.strip(), mail.encode("utf-8")))
    return cases


@pytest.mark.parametrize(
    ("name", "expected", "raw"), _cases(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_notice_is_read(name: str, expected: str, raw: bytes) -> None:
    """The failing recipients, the verdict and the code of a notice are those that its title gives."""
    found = bounce(raw, plain_read(raw), None)
    if expected == "none":
        assert found is None
        return
    assert found is not None
    said = "; ".join(
        f"{each.address} {'permanent' if each.permanent else 'temporary'} {each.code or '-'}" for each in found.failures
    )
    wanted = {part.strip() for part in expected.split(";")}
    assert {part.strip().removesuffix(" -") for part in said.split(";")} == {part.removesuffix(" -") for part in wanted}
