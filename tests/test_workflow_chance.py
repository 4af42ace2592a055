"""Whatever happens in whatever order: a clock and one holder while open, no command from who may not, no flood."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chance import Chance
from workflows.profiles import PROFILES


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("seed", [3, 11])
def test_what_always_holds(tmp_path: Path, profile: str, seed: int) -> None:
    """A few hundred random events at each profile break no rule."""
    Chance(seed, tmp_path / "city.db", PROFILES[profile]).run(400)


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("profile", PROFILES)
def test_a_hundred_thousand_events(tmp_path: Path, profile: str) -> None:
    """Fifty cities of two thousand events each break no rule."""
    for seed in range(50):
        Chance(1000 + seed, tmp_path / f"{seed}.db", PROFILES[profile]).run(2000)
