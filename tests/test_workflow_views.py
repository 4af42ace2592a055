"""The drawings and the prose of each table say what its rows say."""

from __future__ import annotations

import pytest
from lxml import etree

from engine.ticket import ClockName
from engine.workflow import CONDITIONS, explain, svg
from engine.workflow.explain import ASSIGNED, CLOCKS, HAPPENS, NEEDS, READERS, TO, TOLD, WHEN, clause
from mail.cli import main
from workflows.all import POLICIES, WORKFLOWS


@pytest.mark.parametrize("name", WORKFLOWS)
def test_picture_shows_every_state_once(name: str) -> None:
    """The SVG is well-formed, names each state, and nothing lies outside it."""
    workflow = WORKFLOWS[name]
    root = etree.fromstring(svg(workflow).encode())
    texts = [node.text for node in root.iter("{*}text")]
    for info in workflow.states:
        assert texts.count(info.label) == 1
    _, _, width, height = (float(part) for part in root.get("viewBox").split())
    for box in root.iter("{*}rect"):
        assert float(box.get("x", 0)) + float(box.get("width")) <= width
        assert float(box.get("y", 0)) + float(box.get("height")) <= height


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_label_can_be_read(name: str) -> None:
    """No line of an arrow's label touches a state's box or another label, and no event is cut short."""
    root = etree.fromstring(svg(WORKFLOWS[name]).encode())
    states = [box for box in root.iter("{*}rect") if box.get("rx") == "8"]
    boxes = [[float(box.get(key)) for key in ("x", "y", "width", "height")] for box in states]
    lines = []
    for text in root.iter("{*}text"):
        assert "…" not in text.text
        if text.get("font-size") == "10":
            wide = len(text.text) * 5.5
            lines.append([float(text.get("x")) - wide / 2, float(text.get("y")) - 9, wide, 11.0])
    assert lines
    for number, (x, y, w, h) in enumerate(lines):
        for left, top, wide, high in [*boxes, *lines[:number]]:
            assert x >= left + wide or left >= x + w or y >= top + high or top >= y + h


@pytest.mark.parametrize("name", WORKFLOWS)
def test_prose_has_a_clause_for_every_row(name: str) -> None:
    """Each row is a clause of its own, in Indonesian, without a word of the table's code."""
    workflow = WORKFLOWS[name]
    told = explain(workflow)
    clauses = [clause(workflow, row) for row in workflow.rows]
    assert len(set(clauses)) == len(clauses)
    assert all(one in told for one in clauses)
    codes = {row.event for row in workflow.rows} | set(CONDITIONS) - {"", "secret"} | {c.value for c in ClockName}
    codes -= {"add", "ask", "triage", "silence", "promise", "citizen", "daily"}
    assert not [code for code in codes if f" {code} " in told or f"({code})" in told]


def test_every_name_has_its_words() -> None:
    """Events without a word of command, conditions, readers, clocks and steps have Indonesian words."""
    for workflow in WORKFLOWS.values():
        spoken = {word.event for word in workflow.words}
        for row in workflow.rows:
            assert row.event in HAPPENS or row.event in spoken
            assert row.when in WHEN or not row.when
            assert row.assign in ASSIGNED or not row.assign
            assert {letter.to for letter in row.letters} <= set(READERS)
            assert set(row.needs) <= set(NEEDS)
    assert set(CLOCKS) == set(ClockName)
    for policy in POLICIES.values():
        for steps in policy.ladders.values():
            assert {step.to for step in steps} <= set(TO)
            assert {level for step in steps for level in step.tell} <= set(TOLD)


def test_the_commands_run(capsys: pytest.CaptureFixture[str]) -> None:
    """check finds nothing, draw gives Mermaid or SVG, explain the annex with its deadlines."""
    assert main(["workflow", "check"]) == 0
    assert capsys.readouterr().out.count(": ok: ") == len(WORKFLOWS)
    assert main(["workflow", "draw", "emergency", "--svg"]) == 0
    assert capsys.readouterr().out.startswith("<svg")
    assert main(["workflow", "explain", "--profile", "sp4n"]) == 0
    told = capsys.readouterr().out
    assert "C. Batas waktu (aturan sp4n-2018" in told
    assert "5 hari kerja" in told
