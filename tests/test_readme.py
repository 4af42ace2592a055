"""The README tells what is true: its diagram is the table's, its dependencies are those of setup.cfg."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

from engine.workflow import diagram
from workflows.complaint import COMPLAINT

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_diagram_is_current() -> None:
    """The diagram between the marks is what the table draws (mend: paste the output of `sibadra workflow draw`)."""
    found = re.search(r"```mermaid\n(.*?)```", README, re.DOTALL)
    assert found is not None
    assert found[1] == diagram(COMPLAINT)


def test_every_dependency_has_its_reason() -> None:
    """Each package that setup.cfg installs stands in the README's table, and no other."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    wanted = {re.split(r"[ <>=\[;]", line)[0] for line in config["options"]["install_requires"].split("\n") if line}
    told = set(re.findall(r"^\| ([a-z0-9_.-]+) \|", README, re.MULTILINE)) - {"package"}
    assert told == wanted
