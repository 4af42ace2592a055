"""Draws a table: as a Mermaid state diagram, and as an SVG picture with the states at work in one frame."""

from __future__ import annotations

from collections import Counter
from html import escape

from engine.workflow.table import BEFORE, OPEN, SAME, Workflow

Box = tuple[float, float, float, float]
START = "[*]"
WIDTH, HEIGHT, GAP, ACROSS = 190.0, 46.0, 34.0, 330.0
"""A state's box, the gap below it and the distance between columns, in pixels."""
LINE = 13.0


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
                    name = START if source in workflow.start else source
                    events = found.setdefault((name, row.to), [])
                    if row.event not in events:
                        events.append(row.event)
    return found


def diagram(workflow: Workflow) -> str:
    """The table as a Mermaid state diagram; rows that stay in a state are left out."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {info.name}: {info.label}" for info in workflow.states]
    lines += [f"    {source} --> {target}: {', '.join(events)}" for (source, target), events in edges(workflow).items()]
    lines += [f"    {info.name} --> {START}" for info in workflow.states if not info.open]
    return "\n".join(lines) + "\n"


def svg(workflow: Workflow) -> str:
    """The table as an SVG picture: the states an office works in share a frame, arrows from the frame hold for each.

    What leads from one of them to another stands in the target's box; the picture needs no font but the reader's own.
    """
    group = _group(workflow)
    columns = _columns(workflow, group)
    boxes, width, height = _places(columns)
    frame = _frame(boxes, group)
    inner, outer = _arrows(workflow, group)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="{escape(workflow.title)}">',
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#445"/></marker></defs>',
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>',
        f'<text x="20" y="26" font-size="17" font-weight="bold">{escape(workflow.title)}</text>',
    ]
    if frame:
        parts.append(_rect(frame, "#f4f7fb", "#9ab", 14))
    places = boxes | ({"(group)": frame} if frame else {})
    shown = [_arrow(places[a], places[b], events, index) for index, ((a, b), events) in enumerate(outer.items())]
    parts += [line for line, _ in shown] + [label for _, label in shown]
    names = {info.name: info for info in workflow.states}
    for name, box in boxes.items():
        parts.append(_state(box, names[name].label if name in names else "surat baru", inner.get(name, ())))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _group(workflow: Workflow) -> tuple[str, ...]:
    """The states that most rows speak of together."""
    counted = Counter(row.states for row in workflow.rows if len(row.states) > 2)
    return counted.most_common(1)[0][0] if counted else ()


def _columns(workflow: Workflow, group: tuple[str, ...]) -> list[list[str]]:
    names = [info.name for info in workflow.states]
    after = [n for n in names if n not in group and workflow.is_open(n) and _from(workflow, n, group)]
    before = [n for n in names if n not in group and workflow.is_open(n) and n not in after]
    ends = [n for n in names if not workflow.is_open(n)]
    return [column for column in ([START], before, list(group), after, ends) if column]


def _from(workflow: Workflow, name: str, group: tuple[str, ...]) -> bool:
    """Whether a state is reached from the group only: it comes after it."""
    sources = {source for (source, target) in edges(workflow) if target == name}
    return bool(sources) and sources <= set(group)


def _places(columns: list[list[str]]) -> tuple[dict[str, Box], float, float]:
    tall = max(len(column) for column in columns)
    height = 90 + tall * (HEIGHT + GAP) * 1.25
    boxes: dict[str, Box] = {}
    for number, column in enumerate(columns):
        step = (height - 90) / len(column)
        for place, name in enumerate(column):
            # A lone state stands off the middle, so that its arrows do not run along those of the frame.
            aside = (-1) ** number * HEIGHT * 1.1 if len(column) == 1 else 0.0
            boxes[name] = (30 + number * ACROSS, 60 + step * (place + 0.5) - HEIGHT / 2 + aside, WIDTH, HEIGHT)
    return boxes, 160 + (len(columns) - 1) * ACROSS + WIDTH, height


def _frame(boxes: dict[str, Box], group: tuple[str, ...]) -> Box | None:
    inside = [boxes[name] for name in group if name in boxes]
    if not inside:
        return None
    left, top = min(b[0] for b in inside) - 16, min(b[1] for b in inside) - 16
    bottom = max(b[1] + b[3] for b in inside) + 16
    return left, top, WIDTH + 32, bottom - top


def _arrows(
    workflow: Workflow, group: tuple[str, ...]
) -> tuple[dict[str, tuple[str, ...]], dict[tuple[str, str], list[str]]]:
    """What stands inside the target's box (moves within the frame), and the arrows; an arrow that most states of the
    frame share starts at the frame.
    """
    inner: dict[str, dict[str, None]] = {}
    outer: dict[tuple[str, str], list[str]] = {}
    for (source, target), events in edges(workflow).items():
        if source in group and target in group:
            inner.setdefault(target, {}).update(dict.fromkeys(events))
            continue
        start = "(group)" if source in group else source
        shown = outer.setdefault((start, target), [])
        shown += [event for event in events if event not in shown]
    return {name: tuple(events) for name, events in inner.items()}, outer


def _rect(box: Box, fill: str, stroke: str, radius: int) -> str:
    x, y, w, h = box
    place = f'x="{x:.0f}" y="{y:.0f}" width="{w:.0f}" height="{h:.0f}"'
    return f'<rect {place} rx="{radius}" fill="{fill}" stroke="{stroke}"/>'


def _state(box: Box, label: str, events: tuple[str, ...]) -> str:
    x, y, w, _ = box
    middle = x + w / 2
    text = f'<text x="{middle:.0f}" y="{y + (19 if events else 28):.0f}" text-anchor="middle">{escape(label)}</text>'
    if events:
        said = ", ".join(events)
        said = said if len(said) < 40 else said[:38] + "…"
        text += (
            f'<text x="{middle:.0f}" y="{y + 36:.0f}" text-anchor="middle" font-size="9" fill="#456">'
            f"&#8618; {escape(said)}</text>"
        )
    return _rect(box, "#fff", "#445", 8) + text


def _arrow(a: Box, b: Box, events: list[str], index: int) -> tuple[str, str]:
    """A curve from box to box, and its label; labels of several arrows are set apart along their curves."""
    forward = b[0] >= a[0]
    near = abs(b[0] - a[0]) < 1
    x1 = a[0] + a[2] if forward or near else a[0]
    x2 = b[0] if forward and not near else b[0] + b[2]
    y2 = b[1] + b[3] * (0.35 if forward else 0.7)
    y1 = min(max(y2, a[1] + 10), a[1] + a[3] - 10) if a[3] > HEIGHT else a[1] + a[3] * (0.35 if forward else 0.7)
    bend = 60.0 if near else (x2 - x1) / 2
    back = x2 + bend if near else x2 - bend
    path = f"M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} {back:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    t = (0.42, 0.5, 0.58)[index % 3]
    x = x1 + (x2 - x1) * t + (40 if near else 0)
    y = y1 + (y2 - y1) * (3 * t * t - 2 * t**3)
    lines = [", ".join(events[i : i + 3]) for i in range(0, len(events), 3)]
    top = y - LINE * (len(lines) - 1) / 2 + 3
    text = "".join(
        f'<text x="{x:.0f}" y="{top + LINE * n:.0f}" text-anchor="middle" font-size="10" fill="#223" stroke="#fff" '
        f'stroke-width="3" paint-order="stroke">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    return f'<path d="{path}" fill="none" stroke="#778" marker-end="url(#head)"/>', text
