"""The measurement of watching runs, small, and ends with the line that is read by machines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dovecot import needs_dovecot


@pytest.mark.real
@needs_dovecot
def test_the_measurement_runs_and_unchanged_rounds_are_cheap() -> None:
    """With few mailboxes it measures all three shares; an unchanged round is far below a full one even then."""
    command = [sys.executable, "bench/watch.py", "--mailboxes", "25", "--repeat", "1", "--json"]
    done = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, timeout=120, check=False)
    assert done.returncode in (0, 1), done.stderr
    shares = json.loads(done.stdout.decode().splitlines()[-1])
    assert set(shares) >= {"round", "unchanged", "unchanged_reuse"}
    assert 0 < shares["unchanged"] < shares["round"]
