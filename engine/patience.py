"""How long the city waits: an amount of working time or clock time, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Span(StrEnum):
    """The unit of a wait. Minutes and hours run round the clock; the working ones only while offices are open."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Patience:
    """An amount of a unit, such as 8 working hours."""

    amount: float
    unit: Span

    def __str__(self) -> str:
        return f"{self.amount:g} {self.unit.value}"
