"""Plots of played years as plain SVG: horizontal bars, one colour a profile, readable in any browser and printable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

COLOURS = ("#0f766e", "#d97706", "#4338ca", "#be123c")
LABEL, BAR, RIGHT, ROW, TOP = 350, 440, 90, 18, 64
Bars = list[tuple[str, list[float | None]]]


def bars(title: str, unit: str, names: Sequence[str], rows: Bars) -> str:
    """Bars under a title: for each row a label and one value per name; None is drawn as a dash."""
    most = max((value for _, values in rows for value in values if value is not None), default=0) or 1.0
    block = ROW * len(names) + 10
    height = TOP + block * len(rows) + 16
    width = LABEL + BAR + RIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="system-ui, sans-serif" font-size="12" fill="#1f2937">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="26" font-size="16" font-weight="600">{escape(title)}</text>',
    ]
    x = 16.0
    for index, name in enumerate(names):
        colour = COLOURS[index % len(COLOURS)]
        parts.append(f'<rect x="{x:.0f}" y="38" width="11" height="11" rx="2" fill="{colour}"/>')
        parts.append(f'<text x="{x + 16:.0f}" y="48">{escape(name)}</text>')
        x += 34 + 7.5 * len(name)
    parts.append(f'<text x="{width - 16}" y="48" text-anchor="end" fill="#6b7280">{escape(unit)}</text>')
    for number, (label, values) in enumerate(rows):
        y = TOP + number * block
        middle = y + ROW * len(names) / 2 + 4
        parts.append(f'<text x="{LABEL - 10}" y="{middle:.0f}" text-anchor="end">{escape(_short(label))}</text>')
        for index, value in enumerate(values):
            top = y + index * ROW
            colour = COLOURS[index % len(COLOURS)]
            length = max(1.0, BAR * (value or 0) / most)
            if value is not None:
                parts.append(
                    f'<rect x="{LABEL}" y="{top + 2}" width="{length:.1f}" height="{ROW - 4}" rx="2" fill="{colour}"/>'
                )
            shown = "–" if value is None else f"{value:g}"
            parts.append(
                f'<text x="{LABEL + (length if value is not None else 0) + 6:.1f}" y="{top + 13}">{shown}</text>'
            )
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _short(label: str) -> str:
    return label if len(label) <= 46 else label[:44].rstrip() + " …"


def plots(years: Sequence[dict[str, Any]]) -> dict[str, str]:
    """All plots of one or several years, by file name."""
    names = [str(year["profile"]) for year in years]
    return {
        "load.svg": bars(
            "Tasks per position (the twenty busiest)",
            "tasks",
            names,
            _rows(years, lambda year: {row["title"]: row["tasks"] for row in year["positions"]}, 20),
        ),
        "in-time.svg": bars("Answered within", "% of complaints", names, _rows(years, _within)),
        "escalations.svg": bars(
            "Steps up the ladder", "steps", names, _rows(years, lambda year: dict(year["escalations"]))
        ),
        "leaders.svg": bars(
            "Mails per leader and working day",
            "mails a day",
            names,
            _rows(years, lambda year: {row["title"]: row["mails_per_day"] for row in year["leaders"]}, 20),
        ),
        "hours.svg": bars("Median hours", "hours by the clock", names, _rows(years, _hours)),
        "states.svg": bars(
            "Where the complaints stand at the end", "tickets", names, _rows(years, lambda year: dict(year["states"]))
        ),
    }


def write(folder: Path, years: Sequence[dict[str, Any]]) -> list[Path]:
    """Writes all plots into a folder, made if it is not there; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in plots(years).items():
        (folder / name).write_text(text, "utf-8")
        written.append(folder / name)
    return written


def _within(year: dict[str, Any]) -> dict[str, float | None]:
    shares = {"in time (before any superior)": year["answered_in_time"], **year["answered_within"]}
    return {name: None if share is None else round(100 * share, 1) for name, share in shares.items()}


def _hours(year: dict[str, Any]) -> dict[str, float | None]:
    return {"to open": year["hours_to_open"], "to answer": year["hours_to_answer"]}


def _rows(
    years: Sequence[dict[str, Any]], values: Callable[[dict[str, Any]], dict[str, Any]], limit: int | None = None
) -> Bars:
    """One row for each label of any year, in the order of the first year, then of the others."""
    found = [values(year) for year in years]
    labels = list(dict.fromkeys(label for each in found for label in list(each)[:limit]))[:limit]
    return [(label, [each.get(label) for each in found]) for label in labels]
