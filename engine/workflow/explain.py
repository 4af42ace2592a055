"""Tells a table in Indonesian prose, for a regulation's annex."""

from __future__ import annotations

from engine.workflow.table import Workflow


def explain(workflow: Workflow) -> str:
    """The table as numbered clauses."""
    return workflow.title
