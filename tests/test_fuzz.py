"""The fuzz targets of read, reply, report and sort, for make soak: minutes of inputs grown by the code they reach."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.soak
@pytest.mark.parametrize("target", ["read.py", "understand.py"])
def test_minutes_of_grown_inputs_find_nothing(target: str, tmp_path: Path) -> None:
    """No input raises anything but Unreadable (SIBADRA_FUZZ_SECONDS sets how long; 120 if unset)."""
    pytest.importorskip("atheris")
    seconds = int(os.environ.get("SIBADRA_FUZZ_SECONDS", "120"))
    run = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "fuzz" / target), f"-max_total_time={seconds}"],
        cwd=tmp_path,
        capture_output=True,
        timeout=seconds + 120,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:].decode("utf-8", "replace")
