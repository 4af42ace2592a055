"""`sibadra routing report|retrain|undo|models|try`: how well mails find their desk, and learning from corrections."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from engine.calendar.working import JAKARTA
from engine.directory import Directory
from engine.errors import SibadraError
from engine.routing import Model
from engine.routing.decided import as_routed, decisions, examples, ranker
from engine.routing.keywords import EXTERNAL
from engine.routing.report import Report, report, try_words
from engine.routing.seed import labels
from engine.store import Store
from mail import models
from mail.commands.common import NotFound, now, settings, store
from mail.settings import Settings
from mail.tables import directory_at

MOST_WEEKS = 520
PACKAGED = "routing.npz"


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("routing", help="how well mails find their desk, and learning from corrections")
    what = parser.add_subparsers(dest="what", metavar="report|retrain|undo|models|try", required=True)
    told = what.add_parser("report", help="accuracy, confusion between units, share of triage by week")
    told.add_argument("--weeks", type=_weeks, default=8, help="so many weeks back from the last mail (default: 8)")
    told.add_argument("--json", action="store_true", help="as one JSON object")
    told.set_defaults(run=show_report)
    train = what.add_parser("retrain", help="learn from the city's own decisions; a running engine takes it over")
    train.add_argument("--force", action="store_true", help="take the new model though its figures speak against it")
    train.set_defaults(run=retrain)
    what.add_parser("undo", help="go back to the model before").set_defaults(run=undo)
    what.add_parser("models", help="the models so far").set_defaults(run=show_models)
    trial = what.add_parser("try", help="a topic's new words against all past mails, before they are taken")
    trial.add_argument("topic", help="such as AIR-MATI, or EXT:PLN")
    trial.add_argument("words", help='"word; two words; another"')
    trial.add_argument("--json", action="store_true", help="one object a phrase")
    trial.set_defaults(run=try_them)


def _weeks(text: str) -> int:
    """A count of weeks, up to ten years of them."""
    if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MOST_WEEKS and len(text) < 4:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no number of weeks from 1 to {MOST_WEEKS}")


def _local(at: datetime) -> datetime:
    return at.astimezone(JAKARTA)


def show_report(arguments: argparse.Namespace) -> int:
    """The figures of the last weeks: up to now, or up to the last mail where none has come for longer than that."""
    every = decisions(store(settings(arguments, secrets=False)).decisions(), _local)
    weeks, today = timedelta(weeks=arguments.weeks), _local(now()).date()
    newest = max((one.day for one in every), default=today)
    end = today if newest > today - weeks else newest  # a city may have been played in another year
    found = report(one for one in every if one.day > end - weeks)
    if arguments.json:
        print(json.dumps(asdict(found) | {"shares": [week.triage_share for week in found.weeks]}, ensure_ascii=False))
        return 0
    for line in _told(found):
        print(line)
    return 0


def _told(found: Report) -> list[str]:
    lines = [
        f"mails {found.mails}, sent to triage {found.triaged} ({_percent(found.triaged, found.mails)})",
        f"routed alone and settled {found.settled}, right {found.right} ({_percent(found.right, found.settled)})",
        "",
        "week      mails  triage  settled  right",
    ]
    lines += [
        f"{week.year}-W{week.week:02}  {week.mails:5}  {_percent(week.triaged, week.mails):>6}  {week.settled:7}  "
        f"{_percent(week.right, week.settled):>5}"
        for week in found.weeks
    ]
    if found.confusion:
        lines += ["", "said -> decided (most first)"]
        lines += [f"{said or 'nothing':16} -> {final:16} {count}" for said, final, count in found.confusion[:15]]
    if found.models:
        lines += ["", "model           mails  right"]
        lines += [
            f"{name or 'keywords':14}  {count:5}  {'-' if share is None else f'{100 * share:.1f} %'}"
            for name, count, share in found.models
        ]
    return lines


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _past(found: Settings, tables: Store, directory: Directory) -> list[tuple[str, str]]:
    """Every past mail that a person has decided about, as (text, label)."""
    rank = ranker(_model(found, tables))
    return examples(directory, tables.decisions(), _text_of(tables), rank)


def _text_of(tables: Store) -> Callable[[int], str | None]:
    def text(number: int) -> str | None:
        ticket = tables.ticket(number)
        return f"{ticket.subject}\n{ticket.text}" if ticket else None

    return text


def _model(found: Settings, tables: Store) -> Model | None:
    used = models.load_model(found, models.current(tables))
    first = found.city / PACKAGED
    return used or (Model.load(first) if first.exists() else None)


def retrain(arguments: argparse.Namespace) -> int:
    """Trains, tells the figures, and brings the new model into use unless they speak against it."""
    from engine.routing.lesson import learn

    found = settings(arguments, secrets=False)
    tables = store(found)
    directory = directory_at(found, now())
    decided = _past(found, tables, directory)
    try:
        lesson = learn(directory, found.city, decided, models.folder(found))
    except ValueError as error:
        raise SibadraError(f"{found.city}: nothing to train on ({error}); put a seed corpus into its seed/") from error
    print(f"{lesson.decided} decisions; of the seed's texts {lesson.seed_before:.1%} found their office, now "
          f"{lesson.seed_after:.1%}")  # fmt: skip
    if lesson.judged:
        print(f"of {lesson.judged} decisions that it had not seen: {lesson.before:.1%} before, {lesson.after:.1%} now")
    for doubt in lesson.doubts:
        print(f"! {doubt}", file=sys.stderr)
    if lesson.doubts and not arguments.force:
        raise SibadraError("not taken; look into the decisions with `sibadra routing report`, or add --force")
    path = models.keep(found, tables, lesson.model)
    print(f"{path.name}: {lesson.model.examples} examples; threshold {lesson.model.threshold:.2f}")
    print("A running engine takes it over before the next mail; `sibadra routing undo` goes back.")
    return 0


def undo(arguments: argparse.Namespace) -> int:
    """The model before is in use again; no file is taken away."""
    name = models.undo(store(settings(arguments, secrets=False)))
    print(f"in use: {name or 'the first model of the city'}")
    return 0


def show_models(arguments: argparse.Namespace) -> int:
    """One line a model, the one in use marked."""
    found = settings(arguments, secrets=False)
    used = models.current(store(found))
    for name in ("", *models.every(found)):
        print(f"{'*' if name == used else ' '} {name or 'the first model of the city'}")
    return 0


def try_them(arguments: argparse.Namespace) -> int:
    """Each phrase: in how many past mails it stands, of this topic and of others."""
    found = settings(arguments, secrets=False)
    tables = store(found)
    directory = directory_at(found, now())
    label = arguments.topic.upper()
    if label not in directory.topics:
        label = EXTERNAL + label.removeprefix(EXTERNAL)
    if label not in labels(directory):
        raise NotFound(f"{arguments.topic}: no such topic; `topics.csv` lists them, agencies are EXT:CODE")
    words = [word.strip() for word in arguments.words.split(";") if word.strip()]
    decided = _past(found, tables, directory)
    routed = as_routed(tables.decisions(), _text_of(tables))
    shown = _shown(tables, {row["ticket"] for row in tables.decisions()})
    if not arguments.json:
        print(f"{len(decided)} past mails as people decided, {len(routed)} as they were routed")
    for found_words in try_words(label, words, decided + routed):
        tried = replace(found_words, examples=tuple(shown.get(text, "") for text in found_words.examples))
        if arguments.json:
            print(json.dumps(asdict(tried), ensure_ascii=False))
            continue
        print(f"{tried.words}: {tried.good} mails of {label}, {tried.bad} of others; not in {tried.missed} of {label}")
        for text in tried.examples:
            print(f"    other: {text}")
    return 0


def _shown(tables: Store, numbers: Iterable[int]) -> dict[str, str]:
    """How each past text is shown: number and beginning, the number alone where the reporter is hidden."""
    shown = {}
    for ticket in filter(None, map(tables.ticket, numbers)):
        text = f"{ticket.subject}\n{ticket.text}"
        hidden = ticket.secret or ticket.hide_from_public or ticket.hide_from_agency
        shown[text] = ticket.number if hidden else f"{ticket.number} {' '.join(text.split())[:100]}"
    return shown
