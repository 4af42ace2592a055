"""How people behave in a played year: a TOML file of shares, times and weights, checked against the shipped default."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from engine.errors import BadSetting
from engine.reading import Status

POSITIVE = ("per_day", "leave_spell")
MOST = 100_000.0


@dataclass(frozen=True, slots=True)
class Behaviour:
    """The numbers of a behaviour file over the default's; `of_level` knows each level's own, `first` the weights."""

    complaints: dict[str, float]
    hours: tuple[float, ...]
    official: dict[str, float]
    first: dict[Status, float]
    levels: dict[str, dict[str, float]]
    superior: dict[str, float]
    desk: dict[str, float]
    citizen: dict[str, float]
    ratings: tuple[float, ...]

    def of_level(self, level: str) -> dict[str, float]:
        """An official's numbers by his level in the directory."""
        return self.levels.get(level, self.official)


def default_text() -> str:
    """The shipped behaviour file, with its comments."""
    return files("engine.simulate").joinpath("default.toml").read_text("utf-8")


def load(path: Path | None = None) -> Behaviour:
    """The behaviour of a file over the default, or the default. Raises BadSetting naming file, key and mend."""
    plain = tomllib.loads(default_text())
    if path is None:
        return _behaviour(plain)
    try:
        own = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise BadSetting(path.name, "(file)", f"no TOML: {wrong}", "mend that line") from None
    except UnicodeDecodeError:
        raise BadSetting(path.name, "(file)", "not UTF-8", "save it as UTF-8") from None
    _merge(path.name, "", plain, own)
    if not any(plain["official"]["first"].values()):
        raise BadSetting(path.name, "official.first", "all weights are 0", "at least one must be more")
    return _behaviour(plain)


def _merge(file: str, where: str, base: dict[str, Any], own: dict[str, Any]) -> None:
    """Puts the file's values over the default's, each checked by what stands there by default."""
    for key, value in own.items():
        name = f"{where}{key}"
        if key not in base:
            raise BadSetting(file, name, "unknown", f"known here: {', '.join(base)}")
        base[key] = _value(file, name, base[key], value)


def _value(file: str, name: str, base: Any, value: Any) -> Any:
    if isinstance(base, dict):
        if not isinstance(value, dict):
            raise BadSetting(file, name, "not a section", f"write [{name}]")
        if name == "level":
            for level, numbers in value.items():
                base[level] = _level(file, f"level.{level}", base.get(level, {}), numbers)
        else:
            _merge(file, f"{name}.", base, value)
        return base
    if isinstance(base, list):
        if not isinstance(value, list) or len(value) != len(base):
            raise BadSetting(file, name, f"not {len(base)} numbers", f"write {len(base)} numbers in [...]")
        numbers = [_number(file, name, "weight", one) for one in value]
        if not any(numbers):
            raise BadSetting(file, name, "all weights are 0", "at least one must be more")
        return numbers
    return _number(file, name, name.rpartition(".")[2], value)


def _level(file: str, name: str, base: dict[str, Any], value: Any) -> dict[str, Any]:
    known = {key for key, number in tomllib.loads(default_text())["official"].items() if not isinstance(number, dict)}
    if not isinstance(value, dict):
        raise BadSetting(file, name, "not a section", f"write [{name}]")
    for key in value:
        if key not in known:
            raise BadSetting(file, f"{name}.{key}", "unknown", f"known here: {', '.join(sorted(known))}")
    return base | {key: _number(file, f"{name}.{key}", key, number) for key, number in value.items()}


def _number(file: str, name: str, key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST:
        raise BadSetting(file, name, f"{value!r} is no number from 0 to {MOST:.0f}", "write a plain number")
    share = not key.endswith(("_hours", "_days", "_spread", "weight", "_spell", "per_day")) and not _weight(name)
    if share and value > 1:
        raise BadSetting(file, name, f"{value} is no share", "write a number from 0 to 1")
    if key in POSITIVE and value <= 0:
        raise BadSetting(file, name, f"{value} is too little", "write a number above 0")
    return float(value)


def _weight(name: str) -> bool:
    return name.startswith("official.first.")


def _behaviour(plain: dict[str, Any]) -> Behaviour:
    official = {key: float(value) for key, value in plain["official"].items() if key != "first"}
    return Behaviour(
        complaints={key: float(value) for key, value in plain["complaints"].items() if key != "hours"},
        hours=tuple(float(one) for one in plain["complaints"]["hours"]),
        official=official,
        first={Status(key): float(value) for key, value in plain["official"]["first"].items()},
        levels={level: official | numbers for level, numbers in plain["level"].items()},
        superior={key: float(value) for key, value in plain["superior"].items()},
        desk={key: float(value) for key, value in plain["desk"].items()},
        citizen={key: float(value) for key, value in plain["citizen"].items() if key != "ratings"},
        ratings=tuple(float(one) for one in plain["citizen"]["ratings"]),
    )
