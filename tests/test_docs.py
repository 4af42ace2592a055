"""The guides for administrators say what is so."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from engine.rules import SAID
from mail.imap.account import _KEYS, Login
from mail.imap.tokens import _SECRETS
from mail.settings import KEYS, check, new_key

GUIDE = Path(__file__).parent.parent / "docs" / "mailboxes.md"
BLOCKS = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_the_settings_of_the_guide_are_settings(number: int, tmp_path: Path) -> None:
    """Each example is taken as it stands, its secrets in files beside the settings, whatever the working directory."""
    given = tomllib.loads(BLOCKS[number])
    if "collect" in given:
        given["token"] = tomllib.loads(next(b for b in BLOCKS if "[token.google]" in b))["token"]
    for table in (t for section in ("imap", "token", "collect") for t in given.get(section, {}).values()):
        for name in (str(value) for key, value in table.items() if key.endswith("_file")):
            (tmp_path / name).write_text("rahasia")
            (tmp_path / name).chmod(0o600)
    new_key(tmp_path / "sibadra.key")
    given |= {"intake": {"domain": "kota.example"}}
    found = check(given, tmp_path / "sibadra.toml")
    assert "rahasia" not in repr((found.ways, found.tokens, found.collect))


def test_every_key_and_way_in_is_told() -> None:
    """No key of a way in, no login, no grant and no setting of the watch is missing."""
    text = GUIDE.read_text(encoding="utf-8")
    for word in (*_KEYS, *map(str, Login), *_SECRETS, *KEYS["watch"]):
        assert word in text, word


def test_the_guide_to_rules_is_so(tmp_path: Path) -> None:
    """Its example is a settings file that holds together, and no number of the rules is missing."""
    text = (GUIDE.parent / "rules.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    given = tomllib.loads(block) | {"intake": {"domain": "kota.example"}}
    policy, _ = check(given, tmp_path / "sibadra.toml", secrets=False).rules.on("complaint", date(2027, 1, 1))
    assert policy.promise_max_days == 45
    for key in SAID:
        assert f"`{key}`" in text or f"`[rules.{key}]`" in text, key
