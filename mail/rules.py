"""The dated rules of the settings, `[[rules]]`: each table changes numbers of a workflow's rules from a day on.

They build on one another: what a table does not name stays as the one before left it, the first changes the shipped
rules (for complaints the profile of `[city]`). A table with `profile` begins anew with that profile's numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from engine.errors import BadSetting
from engine.policy import Policy
from engine.rules import SAID, WrongNumber, changed, numbers
from workflows.all import RULES, WORKFLOWS
from workflows.profiles import PROFILES

COMPLAINT = "complaint"
OWN = ("from", "workflow", "profile", "basis", "open_tickets")
"""What a table says beside its numbers."""


@dataclass(frozen=True)
class Rules:
    """The rules of each workflow, oldest first; `origins[workflow][i]` says where each number of the i-th is from."""

    policies: dict[str, tuple[Policy, ...]]
    origins: dict[str, tuple[dict[str, str], ...]] = field(repr=False, default_factory=dict)

    def on(self, workflow: str, day: date) -> tuple[Policy, dict[str, str]]:
        """The rules that hold for what is opened on a day, and the origin of each number."""
        begun = [i for i, policy in enumerate(self.policies[workflow]) if policy.valid_from <= day]
        at = begun[-1] if begun else 0
        return self.policies[workflow][at], self.origins[workflow][at]

    def since(self, workflow: str, day: date) -> tuple[Policy, ...]:
        """The rules that hold on a day, and all that hold after it."""
        return (self.on(workflow, day)[0], *(one for one in self.policies[workflow] if one.valid_from > day))


def shipped(profile: str) -> Rules:
    """The rules without any change by the city."""
    policies = {COMPLAINT: (PROFILES[profile],), **RULES}
    origins = {
        name: tuple(dict.fromkeys(numbers(one), f"shipped, {one.version}") for one in some)
        for name, some in policies.items()
    }
    return Rules(policies, origins)


def read(file: str, given: Any, profile: str) -> Rules:
    """The rules of the settings' `[[rules]]`. Raises BadSetting naming file, table, field and mend."""
    if not isinstance(given, list) or not all(isinstance(table, dict) for table in given):
        raise BadSetting(file, "rules", "is no list of tables", "write [[rules]] with two brackets before each")
    rules = shipped(profile)
    found: dict[tuple[date, str], dict[str, Any]] = {}
    for number, table in enumerate(given, 1):
        begins = _from(file, number, table)
        for workflow in _workflows(file, begins, table):
            if (begins, workflow) in found:
                wrong = f"two tables change {workflow} from this day on"
                raise BadSetting(file, f"rules[{begins}].from", wrong, "make one of them, or give one another day")
            found[begins, workflow] = table
    for (begins, workflow), table in sorted(found.items(), key=lambda item: item[0]):
        policies, origins = rules.policies[workflow], rules.origins[workflow]
        if begins <= policies[-1].valid_from:
            wrong = f"{policies[-1].version} holds from {policies[-1].valid_from} on"
            raise BadSetting(file, f"rules[{begins}].from", f"is too early: {wrong}", "name a later day")
        policy, origin = _next(file, begins, workflow, table, policies[-1], origins[-1])
        rules.policies[workflow], rules.origins[workflow] = (*policies, policy), (*origins, origin)
    return rules


def _from(file: str, number: int, table: Mapping[str, Any]) -> date:
    begins = table.get("from")
    if begins is None:
        raise BadSetting(file, f"rules[{number}].from", "is missing", "write from = 2026-12-01, the first day it holds")
    if not isinstance(begins, date) or isinstance(begins, datetime):
        raise BadSetting(file, f"rules[{number}].from", f"{begins!r} is no day", "write it as 2026-12-01, no quotes")
    return begins


def _workflows(file: str, begins: date, table: Mapping[str, Any]) -> list[str]:
    given = table.get("workflow", COMPLAINT)
    names = given if isinstance(given, list) else [given]
    for name in names:
        if name not in WORKFLOWS:
            mend = f"use one of {', '.join(WORKFLOWS)}"
            raise BadSetting(file, f"rules[{begins}].workflow", f"{name!r} is no workflow", mend)
    return names


def _next(
    file: str, begins: date, workflow: str, table: Mapping[str, Any], policy: Policy, origin: dict[str, str]
) -> tuple[Policy, dict[str, str]]:
    """The policy from this day on, and where its numbers are from."""
    where = f"rules[{begins}]"
    basis, open_tickets = table.get("basis", ""), table.get("open_tickets", False)
    if not isinstance(basis, str):
        raise BadSetting(
            file, f"{where}.basis", f"{basis!r} is no text", 'name the decree in quotes: "Perwali 12/2026"'
        )
    if not isinstance(open_tickets, bool):
        raise BadSetting(file, f"{where}.open_tickets", f"{open_tickets!r} is neither true nor false", "write true")
    profile = table.get("profile")
    if profile is not None:
        if workflow != COMPLAINT:
            raise BadSetting(file, f"{where}.profile", f"{workflow} has no profiles", "leave it out")
        if profile not in PROFILES:
            mend = f"use one of {', '.join(PROFILES)}"
            raise BadSetting(file, f"{where}.profile", f"{profile!r} is no profile", mend)
        policy = PROFILES[profile]
        origin = dict.fromkeys(numbers(policy), f"{file}, {where}: profile {profile}")
    try:
        new = changed(policy, {key: value for key, value in table.items() if key not in OWN})
    except WrongNumber as wrong:
        raise BadSetting(file, f"{where}.{wrong.key}", wrong.wrong, wrong.mend) from None
    before, after = numbers(policy), numbers(new)
    here = f"{file}, {where}" + (f" ({basis})" if basis else "")
    named = {f"{key}.{name}" for key, value in table.items() if isinstance(value, dict) for name in value} | set(table)
    origin = {key: here if key in named or before.get(key) != text else origin[key] for key, text in after.items()}
    version = f"{new.name}-{begins.isoformat()}"
    return replace(new, version=version, valid_from=begins, open_tickets=open_tickets), origin


INTRODUCTION = """\
# The city's own numbers, from a day on. Take the # away from [[rules]], from, and the lines that change; what is not
# named stays as it is. The next change is one more [[rules]] with a later day. Tickets keep the rules of the day they
# were opened, unless open_tickets = true. `sibadra workflow deadlines` shows which numbers hold, `sibadra workflow
# check` what is wrong with them, `sibadra simulate --profile city` what they would do.
# Waits: minutes, hours, days (by the clock), working hours, working days; or menit, jam, hari, jam kerja, hari kerja.
# "24 hours since intake" counts from the complaint, "never" takes a rung off the ladder.
"""


def example(profile: str) -> str:
    """A commented `[[rules]]` for a settings file, with every number as the profile has it."""
    written = numbers(PROFILES[profile])
    lines = [
        *INTRODUCTION.splitlines(),
        "#",
        "# [[rules]]",
        "# from = 2027-01-01",
        '# basis = "Perwali 12/2026"       # the decree, shown beside the numbers',
        '# workflow = "complaint"          # or "information", "emergency", or several: ["complaint", "emergency"]',
        f'# profile = "{profile}"            # begin anew with the numbers of a shipped profile',
        "# open_tickets = false",
    ]
    tables: dict[str, list[str]] = {}
    for key, text in written.items():
        table, dot, name = key.partition(".")
        if dot:
            tables.setdefault(table, []).append(f"# {name} = {_toml(table, text)}")
        else:
            lines.append(f"# {key} = {_toml(key, text)}".ljust(40) + f" # {SAID[key]}")
    for table, rows in tables.items():
        lines += ["#", f"# [rules.{table}]".ljust(40) + f" # {SAID[table]}", *rows]
    return "\n".join(lines) + "\n"


def _toml(key: str, text: str) -> str:
    """A number as TOML."""
    if key == "grown":
        return f"[{text}]"
    if key in ("lists_at", "emergency_positions"):
        return "[" + ", ".join(f'"{one}"' for one in text.split(", ") if one != "-") + "]"
    return text if text.replace(".", "").isdigit() else f'"{text}"'
