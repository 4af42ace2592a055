"""Keeps every version of the rules that has held, deadlines and table together, so that a ticket's own stay readable.

A version's name says profile and day. The same name with other numbers, or with a table that a newer program has
changed, is another version: it gets a mark of its content behind its name, and tickets keep the one they were opened
under.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from cattrs import BaseValidationError, Converter

from engine.calendar import Patience
from engine.policy import Policy
from engine.store import Entry, Store
from engine.store.tables import json_of, json_text
from engine.workflow import CONDITIONS, Workflow

log = logging.getLogger("sibadra.rules")

_CONVERTER = Converter()
_CONVERTER.register_unstructure_hook(Patience, str)
_CONVERTER.register_structure_hook(Patience, lambda value, _: Patience.parse(value))
for _kind in (date, time):
    _CONVERTER.register_unstructure_hook(_kind, lambda value: value.isoformat())
    _CONVERTER.register_structure_hook(_kind, lambda value, kind: kind.fromisoformat(value))
_CONVERTER.register_unstructure_hook(timedelta, timedelta.total_seconds)
_CONVERTER.register_structure_hook(timedelta, lambda value, _: timedelta(seconds=value))


@dataclass(frozen=True)
class Book:
    """The rules a city lives by: `rules` the dated ones of each workflow, and by version all that tickets may have."""

    rules: dict[str, tuple[Policy, ...]]
    policies: dict[str, Policy] = field(repr=False)
    tables: dict[str, Workflow] = field(repr=False)


def keep(
    store: Store, rules: Mapping[str, tuple[Policy, ...]], workflows: Mapping[str, Workflow], at: datetime
) -> Book:
    """The book of rules, each version kept in the tables and told in the history when it is first seen."""
    named: dict[str, tuple[Policy, ...]] = {}
    with store.transaction():  # also for reading: two programs that start at once keep a version once
        kept = store.kept_rules()
        for workflow, dated in rules.items():
            named[workflow] = tuple(_kept(store, kept, one, workflows[workflow], at) for one in dated)
    policies: dict[str, Policy] = {}
    tables: dict[str, Workflow] = {}
    for version, content in kept.items():
        read = _read(version, content)
        if read is not None:
            policies[version], tables[version] = read
    for workflow, held in named.items():  # what holds now is never held back by what could not be read
        policies |= {one.version: one for one in held}
        tables |= {one.version: workflows[workflow] for one in held}
    return Book(named, policies, tables)


def _kept(store: Store, kept: dict[str, Any], policy: Policy, workflow: Workflow, at: datetime) -> Policy:
    """The policy under the name of its version, which is new if anything in it is."""
    content = _content(policy, workflow)
    mark = hashlib.sha256(json_text(content).encode()).hexdigest()
    if kept.get(policy.version, content) != content:
        policy = replace(policy, version=f"{policy.version}-{mark[:8]}")
    if policy.version not in kept:
        kept[policy.version] = content
        store.keep_rules(policy.version, content, at)
        store.tell(Entry(at, None, "engine", "rules", data={"version": policy.version, "sha256": mark}))
    return policy


def _content(policy: Policy, workflow: Workflow) -> dict[str, Any]:
    """Deadlines and table as plain values; the name is no part of what it names."""
    plain = {"policy": replace(policy, version=""), "table": workflow}
    content: dict[str, Any] = json_of(json_text(_CONVERTER.unstructure(plain)))
    return content


def _read(version: str, content: Any) -> tuple[Policy, Workflow] | None:
    """A kept version; None, and said so, for one that this program cannot follow any more."""
    try:
        policy = _CONVERTER.structure(content["policy"], Policy)
        table = _CONVERTER.structure(content["table"], Workflow)
    except (BaseValidationError, KeyError, TypeError, ValueError):
        log.exception("rules cannot be read, tickets follow today's", extra={"rules": version})
        return None
    unknown = {row.when for row in table.rows} - set(CONDITIONS)
    if unknown:
        log.error("rules know conditions that are gone, tickets follow today's", extra={"rules": version})
        return None
    return replace(policy, version=version), table
