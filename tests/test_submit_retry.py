"""When a failed letter is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from mail.submit import GIVE_UP, next_attempt

CREATED = datetime(2026, 3, 2, tzinfo=UTC)


@given(st.integers(0, 2**32))
def test_it_ends_after_five_days_with_a_bounded_number_of_attempts(seed: int) -> None:
    """Played through, every letter is tried first within minutes, then rarely, last at five days, and then no more."""
    rng, now = Random(seed), CREATED
    waits: list[timedelta] = []
    while (wait := next_attempt(CREATED, now, len(waits) + 1, rng)) is not None:
        waits.append(wait)
        now += wait
    assert now == CREATED + GIVE_UP
    assert 30 <= len(waits) <= 50
    assert waits[0] <= timedelta(minutes=2)
    assert max(waits) <= timedelta(hours=4.8)
    assert min(waits[:-1]) >= timedelta(seconds=48)


def test_letters_that_failed_together_come_back_apart() -> None:
    """The same failure of many letters gives as many different delays."""
    rng = Random(7)
    assert len({next_attempt(CREATED, CREATED, 3, rng) for _ in range(100)}) == 100


@given(st.integers(-5, 10**6), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_any_past_has_a_future_or_none(attempts: int, age: timedelta) -> None:
    """However many attempts and however old: a positive delay within the five days, or None after them."""
    wait = next_attempt(CREATED, CREATED + age, attempts, Random(1))
    if age >= GIVE_UP:
        assert wait is None
    else:
        assert wait is not None
        assert timedelta(0) < wait <= GIVE_UP - age
