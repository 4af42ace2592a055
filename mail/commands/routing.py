"""`sibadra routing report|retrain|undo|models|try`: how well mails find their desk, and learning from corrections."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from engine.calendar.working import JAKARTA
from engine.directory import Directory
from engine.errors import SibadraError
from engine.routing import Model
from engine.routing.decided import decisions, examples, ranker
from engine.routing.keywords import EXTERNAL
from engine.routing.report import Report, report, try_words
from engine.store import Store
from mail import models
from mail.commands.common import NotFound, now, settings, store
from mail.settings import Settings
from mail.tables import directory_at

FEW = 4000
"""Up to so many decisions the threshold is found with four folds, beyond with two: a minute is enough for 10,000."""
PACKAGED = "routing.npz"


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("routing", help="how well mails find their desk, and learning from corrections")
    what = parser.add_subparsers(dest="what", metavar="report|retrain|undo|models|try", required=True)
    told = what.add_parser("report", help="accuracy, confusion between units, share of triage by week")
    told.add_argument("--weeks", type=int, default=8, help="so many weeks back from the last mail (default: 8)")
    told.add_argument("--json", action="store_true", help="as one JSON object")
    told.set_defaults(run=show_report)
    train = what.add_parser("retrain", help="learn from the city's own decisions; a running engine takes it over")
    train.set_defaults(run=retrain)
    what.add_parser("undo", help="go back to the model before").set_defaults(run=undo)
    what.add_parser("models", help="the models so far").set_defaults(run=show_models)
    trial = what.add_parser("try", help="a topic's new words against all past mails, before they are taken")
    trial.add_argument("topic", help="such as AIR-MATI, or EXT:PLN")
    trial.add_argument("words", help='"word; two words; another"')
    trial.add_argument("--json", action="store_true", help="one object a phrase")
    trial.set_defaults(run=try_them)


def _local(at: datetime) -> datetime:
    return at.astimezone(JAKARTA)


def show_report(arguments: argparse.Namespace) -> int:
    """The figures of the last weeks: up to now, or up to the last mail where none has come for longer than that."""
    kept, weeks = store(settings(arguments, secrets=False)), timedelta(weeks=arguments.weeks)
    rows = kept.decisions(now() - weeks) or kept.decisions(_newest(kept) - weeks)
    found = report(decisions(rows, _local))
    if arguments.json:
        print(json.dumps(asdict(found) | {"shares": [week.triage_share for week in found.weeks]}, ensure_ascii=False))
        return 0
    for line in _told(found):
        print(line)
    return 0


def _newest(kept: Store) -> datetime:
    """When routing last decided, in a city that was played in another year as well; now if it never has."""
    return kept.last_decision() or now()


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
    """Trains, writes a new file, and brings it into use."""
    from engine.routing.learn import retrain as learn

    found = settings(arguments, secrets=False)
    tables = store(found)
    directory = directory_at(found, now())
    decided = _past(found, tables, directory)
    try:
        model = learn(directory, found.city, decided, folds=4 if len(decided) <= FEW else 2)
    except ValueError as error:
        raise SibadraError(f"{found.city}: nothing to train on ({error}); put a seed corpus into its seed/") from error
    path = models.keep(found, tables, model)
    print(f"{path.name}: {model.examples} examples, {len(decided)} decided here; threshold {model.threshold:.2f}")
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
    names = sorted(entry.name for entry in models.folder(found).glob("*.npz")) if models.folder(found).is_dir() else []
    for name in ("", *names):
        print(f"{'*' if name == used else ' '} {name or 'the first model of the city'}")
    return 0


def try_them(arguments: argparse.Namespace) -> int:
    """Each phrase: in how many past mails it stands, of this topic and of others."""
    found = settings(arguments, secrets=False)
    tables = store(found)
    directory = directory_at(found, now())
    label = arguments.topic.upper()
    if label not in directory.topics and label.removeprefix(EXTERNAL) not in directory.externals:
        raise NotFound(f"{arguments.topic}: no such topic; `topics.csv` lists them, agencies are EXT:CODE")
    words = [word.strip() for word in arguments.words.split(";") if word.strip()]
    for tried in try_words(label, words, _past(found, tables, directory)):
        if arguments.json:
            print(json.dumps(asdict(tried), ensure_ascii=False))
            continue
        print(f"{tried.words}: {tried.good} mails of {label}, {tried.bad} of others; not in {tried.missed} of {label}")
        for text in tried.examples:
            print(f"    other: {' '.join(text.split())[:100]}")
    return 0
