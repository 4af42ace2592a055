"""The settings file sibadra.toml: read, checked key by key; what is wrong is told with file, key and mend."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import BadSetting
from mail.imap import Tokens, WayIn, source_from_settings, way_from_settings
from mail.rules import Rules, shipped
from mail.rules import read as dated
from mail.submit import RelaySettings, Security
from workflows.profiles import PROFILES

PACKAGED = Path(__file__).parent.parent / "workflows"
DEFAULT_WAY = "default"

KEYS: dict[str, dict[str, Any]] = {
    "city": {
        "folder": "kota_bogor",
        "name": "Kota Bogor",
        "team": "Tim Si Badra, Pemerintah Kota Bogor",
        "sender": "Si Badra Kota Bogor",
        "profile": "sibadra",
        "desk": "diskominfo.kasi.aduan",
        "emergency_number": "112",
    },
    "intake": {
        "domain": "",
        "local": "aduan",
        "bounce_local": "pantul",
        "smtp": "",
        "lmtp": "",
        "max_size": 52_428_800,
        "certificate": "",
        "certificate_key": "",
        "cleartext": False,
        "dkim_selector": "",
        "authserv_id": "",
    },
    "report": {"weekday": "mon", "to": "setda.sekda pimpinan.wawali"},
    "relay": {
        "host": "127.0.0.1",
        "port": 25,
        "security": "",
        "user": "",
        "password_file": "",
        "password_env": "",
        "ca_file": "",
    },
    "store": {"path": "sibadra.db"},
    "secrets": {"key_file": "sibadra.key"},
    "watch": {"every": 60, "connections": 200, "workers": 4, "listen": 20, "receipts": True, "last_login": ""},
    "jobs": {"handle": 1, "deadlines": 10, "send": 2, "digest": 300},
    "log": {"level": "info", "json": False},
}


NAMED = ("imap", "token", "collect")
"""Sections with a table for each name: ways into mailboxes, sources of tokens, intake mailboxes to collect from."""
DATED = "rules"
"""The tables that change numbers of the rules from a day on."""


@dataclass(frozen=True, repr=False)
class Settings:
    """The checked settings; `values[section][key]` for plain ones, `ways` how to get into the mailboxes of a domain,
    `tokens` the bearer tokens some of them need, `rules` the deadlines and limits of each workflow by day."""

    file: Path
    values: dict[str, dict[str, Any]]
    ways: dict[str, WayIn]
    relay: RelaySettings
    collect: dict[str, WayIn]
    keys: tuple[bytes, ...] = field(repr=False)
    tokens: Tokens = field(repr=False, default_factory=lambda: Tokens({}))
    rules: Rules = field(repr=False, default_factory=lambda: shipped(KEYS["city"]["profile"]))

    def __getitem__(self, section: str) -> dict[str, Any]:
        return self.values[section]

    @property
    def folder(self) -> Path:
        """Where the settings lie; relative paths begin here."""
        return self.file.parent

    @property
    def city(self) -> Path:
        """The folder with the city's tables: a path, or the name of a packaged city."""
        return _city(self.file, self.values["city"]["folder"])

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / str(self.values["store"]["path"])

    def __repr__(self) -> str:
        return f"Settings({self.file})"

    def way_to(self, mailbox: str) -> WayIn | None:
        """How a mailbox is reached: by its own address, its domain, or the default; None where the city gives none."""
        return self.way_named(mailbox)[1]

    def way_named(self, mailbox: str) -> tuple[str, WayIn | None]:
        """The same with the name of its table; "" without one."""
        for name in (mailbox.lower(), mailbox.rpartition("@")[2].lower(), DEFAULT_WAY):
            if name in self.ways:
                return name, self.ways[name]
        return "", None


def load(path: Path, environ: Mapping[str, str] = os.environ, *, secrets: bool = True) -> Settings:
    """Reads and checks a settings file. Raises BadSetting with file, key and mend.

    Without `secrets` the keys, passwords and ways into mailboxes are left out: enough to look into the tables.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadSetting(str(path), "(file)", "is not there", "write one with `sibadra init`") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadSetting(str(path), "(file)", f"is no TOML: {wrong}", "mend that line") from None
    return check(given, path, environ, secrets=secrets)


def check(
    given: dict[str, Any], path: Path, environ: Mapping[str, str] = os.environ, *, secrets: bool = True
) -> Settings:
    """Checks settings that were read from `path`."""
    file = str(path)
    values = {section: dict(keys) for section, keys in KEYS.items()}
    for section, table in given.items():
        if section in (*NAMED, DATED):
            continue
        if section not in KEYS:
            raise BadSetting(file, section, "is not known", f"use one of {', '.join((*KEYS, *NAMED, DATED))}")
        if not isinstance(table, dict):
            raise BadSetting(file, section, "is no table", f"write [{section}]")
        for key, value in table.items():
            values[section][key] = _checked(file, section, key, value)
    _sense(file, path, values)
    rules = dated(path.name, given.get(DATED, []), values["city"]["profile"])
    if not secrets:
        relay = RelaySettings(host=values["relay"]["host"], port=values["relay"]["port"])
        return Settings(path, values, {}, relay, {}, (), rules=rules)
    tokens = {
        name: source_from_settings(_from(path, table), file, f"token.{name}", environ)
        for name, table in _named(file, given, "token")
    }
    ways = {name.lower(): _way(file, path, "imap", name, table, environ) for name, table in _named(file, given, "imap")}
    collect = {
        name.lower(): _way(file, path, "collect", name, table, environ)
        for name, table in _named(file, given, "collect")
    }
    for section, found in (("imap", ways), ("collect", collect)):
        for name, way in found.items():
            if way.token and way.token not in tokens:
                wrong = f"no [token.{way.token}] is there"
                raise BadSetting(file, f"{section}.{name}.token", wrong, "write that table")
    relay = _relay(file, path, values["relay"], environ)
    return Settings(path, values, ways, relay, collect, _keys(file, path, values), Tokens(tokens), rules)


def _named(file: str, given: dict[str, Any], section: str) -> list[tuple[str, dict[str, Any]]]:
    """The tables of a section that holds one for each name."""
    found = given.get(section, {})
    if not isinstance(found, dict) or not all(isinstance(table, dict) for table in found.values()):
        raise BadSetting(file, section, "holds something that is no table", f"write [{section}.NAME]")
    return list(found.items())


def _way(file: str, path: Path, section: str, name: str, table: dict[str, Any], environ: Mapping[str, str]) -> WayIn:
    """A way into mailboxes; files are named from the settings' folder."""
    return way_from_settings(_from(path, table), file, f"{section}.{name}", environ)


def _from(path: Path, table: dict[str, Any]) -> dict[str, Any]:
    """A table whose files are named from the settings' folder."""
    return {key: str(path.parent / str(value)) if key.endswith("_file") else value for key, value in table.items()}


def _checked(file: str, section: str, key: str, value: Any) -> Any:
    known = KEYS[section]
    if key not in known:
        raise BadSetting(file, f"{section}.{key}", "is not known", f"use one of {', '.join(known)}")
    wanted = type(known[key])
    if type(value) is not wanted:
        names = {str: "a text in quotes", int: "a whole number", bool: "true or false"}
        raise BadSetting(file, f"{section}.{key}", f"{value!r} is not {names[wanted]}", f"such as {known[key]!r}")
    return value


def _sense(file: str, path: Path, values: dict[str, dict[str, Any]]) -> None:
    city, intake = values["city"], values["intake"]
    if city["profile"] not in PROFILES:
        raise BadSetting(
            file, "city.profile", f"{city['profile']!r} is no profile", f"use one of {', '.join(PROFILES)}"
        )
    if not _city(path, city["folder"]).is_dir():
        raise BadSetting(file, "city.folder", f"{city['folder']!r} is no folder", "name the folder with units.csv")
    if (number := city["emergency_number"]) and not number.isdecimal():
        raise BadSetting(
            file, "city.emergency_number", f"{number!r} is no number to call", 'digits alone, such as "112"'
        )
    if "." not in intake["domain"]:
        raise BadSetting(
            file, "intake.domain", f"{intake['domain']!r} is no domain", "the domain that citizens write to"
        )
    for key in ("smtp", "lmtp"):
        if intake[key]:
            listen_at(file, key, intake[key])
    for section, key, least in (("intake", "max_size", 65_536), ("watch", "every", 1), ("watch", "workers", 1)):
        if values[section][key] < least:
            raise BadSetting(file, f"{section}.{key}", f"{values[section][key]} is too small", f"at least {least}")


def listen_at(file: str, key: str, text: str) -> tuple[str, int]:
    """Host and port of "127.0.0.1:2525"."""
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdigit() or int(port) > 65_535:
        raise BadSetting(file, f"intake.{key}", f"{text!r} is no host and port", 'such as "127.0.0.1:2525"')
    return host.strip("[]"), int(port)


def _city(path: Path, folder: str) -> Path:
    own = path.parent / folder
    return own if own.is_dir() else PACKAGED / folder


def _relay(file: str, path: Path, table: dict[str, Any], environ: Mapping[str, str]) -> RelaySettings:
    security = None
    if table["security"]:
        try:
            security = Security(table["security"])
        except ValueError:
            raise BadSetting(
                file, "relay.security", f"{table['security']!r} is not known", f"use one of {', '.join(Security)}"
            ) from None
    password = None
    if table["password_env"]:
        password = environ.get(table["password_env"])
        if password is None:
            raise BadSetting(file, "relay.password_env", f"{table['password_env']} is not set", "export it")
    elif table["password_file"]:
        password = secret_file(file, "relay.password_file", path.parent / table["password_file"]).decode().strip()
    return RelaySettings(
        host=table["host"],
        port=table["port"],
        security=security,
        user=table["user"] or None,
        password=password,
        ca_file=table["ca_file"] or None,
    )


def secret_file(file: str, key: str, path: Path) -> bytes:
    """A secret's bytes; refused when others may read the file."""
    try:
        mode = path.stat().st_mode
        content = path.read_bytes()
    except OSError as wrong:
        raise BadSetting(
            file, key, f"{path} cannot be read: {wrong.strerror}", "make it readable for this user"
        ) from None
    if mode & 0o077:
        raise BadSetting(file, key, f"others may read {path}", f"chmod 600 {path}")
    return content


def _keys(file: str, path: Path, values: dict[str, dict[str, Any]]) -> tuple[bytes, ...]:
    """The keys that sign our addresses, one a line, the first signs."""
    content = secret_file(file, "secrets.key_file", path.parent / values["secrets"]["key_file"])
    keys = tuple(line.strip() for line in content.splitlines() if line.strip())
    if not keys or any(len(key) < 32 for key in keys):
        raise BadSetting(
            file, "secrets.key_file", "a key is shorter than 32 characters", "make one with `sibadra init`"
        )
    return keys


def new_key(path: Path) -> None:
    """Writes a fresh signing key that only this user may read; an existing one is left alone."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32) + "\n")
