"""Workflows as tables: the rows and their lookup, what is wrong with a table, its drawings and its prose."""

from __future__ import annotations

from engine.workflow.check import problems
from engine.workflow.draw import diagram, svg
from engine.workflow.explain import explain
from engine.workflow.table import (
    BEFORE,
    CONDITIONS,
    OPEN,
    SAME,
    Situation,
    StateInfo,
    Transition,
    Word,
    Workflow,
    Write,
)

__all__ = [
    "BEFORE",
    "CONDITIONS",
    "OPEN",
    "SAME",
    "Situation",
    "StateInfo",
    "Transition",
    "Word",
    "Workflow",
    "Write",
    "diagram",
    "explain",
    "problems",
    "svg",
]
