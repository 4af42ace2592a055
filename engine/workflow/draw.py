"""Draws a table: as a Mermaid state diagram, and as an SVG picture with the states at work in one frame."""

from __future__ import annotations

from collections import Counter
from html import escape
from textwrap import wrap

from engine.workflow.table import BEFORE, OPEN, SAME, Workflow

Box = tuple[float, float, float, float]
Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]
"""A Bézier curve: from, two points that pull it, to."""
START = "[*]"
WIDTH, HEIGHT, GAP, ACROSS = 210.0, 60.0, 36.0, 430.0
"""A state's box, the gap below it and the distance between columns, in pixels."""
LINE = 13.0
LETTER = 6.0
"""The widest that a letter of a label is on the average, in pixels."""
ALONG = tuple(0.5 + step / 40 * side for step in range(18) for side in (1, -1))
"""Where along its arrow a label may stand, the middle first."""


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
    curves = [_curve(places[a], places[b]) for a, b in outer]
    parts += [_path(curve) for curve in curves]
    names = {info.name: info for info in workflow.states}
    for name, box in boxes.items():
        parts.append(_state(box, names[name].label if name in names else "surat baru", inner.get(name, ())))
    parts += _labels(curves, list(outer.values()), [*boxes.values()])
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
    top = y + (19 if events else HEIGHT / 2 + 4)
    text = f'<text x="{middle:.0f}" y="{top:.0f}" text-anchor="middle">{escape(label)}</text>'
    if events:
        lines = wrap("\u21aa " + ", ".join(events), 38, break_long_words=False)
        text += "".join(
            f'<text x="{middle:.0f}" y="{y + 36 + 12 * number:.0f}" text-anchor="middle" font-size="9" fill="#456">'
            f"{escape(line)}</text>"
            for number, line in enumerate(lines)
        )
    return _rect(box, "#fff", "#445", 8) + text


def _curve(a: Box, b: Box) -> Curve:
    """The way of an arrow from box to box."""
    forward = b[0] >= a[0]
    near = abs(b[0] - a[0]) < 1
    x1 = a[0] + a[2] if forward or near else a[0]
    x2 = b[0] if forward and not near else b[0] + b[2]
    y2 = b[1] + b[3] * (0.35 if forward else 0.7)
    y1 = min(max(y2, a[1] + 10), a[1] + a[3] - 10) if a[3] > HEIGHT else a[1] + a[3] * (0.35 if forward else 0.7)
    bend = 60.0 if near else (x2 - x1) / 2
    return (x1, y1), (x1 + bend, y1), (x2 + bend if near else x2 - bend, y2), (x2, y2)


def _path(curve: Curve) -> str:
    start, *rest = (f"{x:.0f} {y:.0f}" for x, y in curve)
    return f'<path d="M{start}C{" ".join(rest)}" fill="none" stroke="#778" marker-end="url(#head)"/>'


def _at(curve: Curve, t: float) -> Point:
    """The point of a curve at 0 (its begin) to 1 (its end)."""
    weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return (
        sum(w * x for w, (x, _) in zip(weights, curve, strict=True)),
        sum(w * y for w, (_, y) in zip(weights, curve, strict=True)),
    )


def _labels(curves: list[Curve], said: list[list[str]], boxes: list[Box]) -> list[str]:
    """Every arrow's events on its own line of flight, where they touch no box and no other label, and cross as few
    other arrows as can be.
    """
    taken = list(boxes)
    found: list[str] = []
    ways = [[_at(curve, step / 60) for step in range(61)] for curve in curves]
    # The large ones first, while there is room.
    for number in sorted(range(len(curves)), key=lambda n: -len(", ".join(said[n]))):
        lines = wrap(", ".join(said[number]), 24, break_long_words=False)
        wide, high = max(map(len, lines)) * LETTER, len(lines) * LINE
        others = [point for index, way in enumerate(ways) if index != number for point in way]
        stands: list[tuple[float, Box]] = []
        for t in ALONG:
            x, y = _at(curves[number], t)
            box = (x - wide / 2, y - high / 2, wide, high)
            touched = sum(_overlap(box, other) for other in taken)
            stands.append((touched * 100.0 + sum(_overlap(box, (*point, 0.0, 0.0)) for point in others), box))
        _, best = min(stands, key=lambda one: one[0])
        taken.append(best)
        found.append(_label(best, lines))
    return found


def _overlap(a: Box, b: Box) -> bool:
    """Whether two boxes touch, with a little room between them."""
    return a[0] - 4 < b[0] + b[2] and b[0] < a[0] + a[2] + 4 and a[1] - 2 < b[1] + b[3] and b[1] < a[1] + a[3] + 2


def _label(box: Box, lines: list[str]) -> str:
    x, y, w, _ = box
    return "".join(
        f'<text x="{x + w / 2:.0f}" y="{y + LINE * number + 10:.0f}" text-anchor="middle" font-size="10" fill="#223" '
        f'stroke="#fff" stroke-width="4" paint-order="stroke">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
