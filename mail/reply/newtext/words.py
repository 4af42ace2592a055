"""The vocabulary of quoting and signing, read once from the data files beside this one."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from importlib.resources import files

# Format characters that clients strew in: soft hyphen, zero width, direction marks, byte order mark.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def visible(text: str) -> str:
    """The text without format characters and without blanks around it; "" for a line that shows nothing."""
    return _UNSEEN.sub("", text).strip()


def fold(text: str) -> str:
    """Text for matching: NFC, case folded, every run of blanks of Unicode one space, format characters left out."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).casefold().replace("’", "'")
    return " ".join(text.split())


def any_of(phrases: Iterable[str]) -> str:
    """A regular expression for one of the phrases, folded, the longest first."""
    return "|".join(re.escape(p) for p in sorted({fold(p) for p in phrases}, key=len, reverse=True))


def table(name: str) -> dict[str, list[str]]:
    """The lists of one data file by name; lists within a section are named `section.list`."""
    rows = tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    flat: dict[str, list[str]] = {}
    for key, value in rows.items():
        if isinstance(value, dict):
            flat.update({f"{key}.{inner}": list(values) for inner, values in value.items()})
        else:
            flat[key] = list(value)
    return flat


QUOTES = table("words.toml")
LABELS = {fold(word): key[7:] for key, list_ in QUOTES.items() if key.startswith("labels.") for word in list_}
