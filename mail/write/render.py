"""Renders a letter's template, in text or HTML and in its language; the only file that knows jinja2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup, escape

from mail.write import layout
from mail.write.english import ENGLISH
from mail.write.tongue import Tongue
from mail.write.values import Row
from mail.write.words import INDONESIAN

TONGUES = {tongue.code: tongue for tongue in (INDONESIAN, ENGLISH)}
NOTE_LINE = 38
"""Characters of a button's note that stand on one line."""


@lru_cache(maxsize=4)
def kinds(code: str) -> frozenset[str]:
    """The kinds of letters that have a template in this language."""
    return frozenset(
        entry.name.removesuffix(".j2")
        for entry in files("templates").joinpath(code).iterdir()
        if entry.name.endswith(".j2")
    )


def tongue_of(kind: str, language: str) -> Tongue:
    """The language a letter is written in: the wanted one where there is a template, else Indonesian."""
    wanted = TONGUES.get(language[:2].lower(), INDONESIAN)
    return wanted if kind in kinds(wanted.code) else INDONESIAN


def body(form: str, tongue: Tongue, kind: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """A letter's body and its heading, which the template sets as `subject`."""
    module = _template(form, tongue.code, f"{tongue.code}/{kind}.j2").make_module(
        {**values, "k": _kit(form, tongue.code)}
    )
    return str(module), str(module.subject)  # type: ignore[attr-defined]


def page(tongue: Tongue, rich: str, frame: Mapping[str, Any]) -> str:
    """The whole HTML letter around its body."""
    inner = Markup(rich)  # noqa: S704 - rendered with autoescape
    return _template("html", tongue.code, "kit/letter.html.j2").render({**frame, "body": inner})


def document(form: str, name: str, values: Mapping[str, Any]) -> str:
    """A template of templates/proof that is no letter: a page for a browser, or a plain text."""
    return _template(form, INDONESIAN.code, f"proof/{name}").render(values)


@lru_cache(maxsize=512)
def _template(form: str, code: str, name: str) -> jinja2.Template:
    return _environment(form, code).get_template(name)


@lru_cache(maxsize=8)
def _kit(form: str, code: str) -> Any:
    """The kit's macros; they hold no letter's data, so that one copy serves all."""
    return _template(form, code, f"kit/{form}.j2").module


@lru_cache(maxsize=8)
def _environment(form: str, code: str) -> jinja2.Environment:
    tongue = TONGUES[code]
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("templates", ""),
        autoescape=form == "html",  # noqa: S701 - the text form is no markup
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters.update(
        day=tongue.day,
        moment=tongue.moment,
        wrap=layout.wrap,
        indented=layout.indented,
        pad=layout.pad,
        right=layout.right,
        hang=layout.hang,
        lines=_lines,
        height=_height,
    )
    environment.globals.update(say=tongue.say, ratings=tongue.ratings, entry=layout.entry)
    return environment


def _lines(value: object) -> Markup:
    """Escaped text with its line breaks."""
    text = str(value)
    if "\n" not in text and "\r" not in text:
        return escape(text)
    return Markup("<br>").join(escape(line) for line in text.splitlines())


def _height(rows: Sequence[Row]) -> int:
    """The height in px inside a row of buttons, so that two beside each other are equal: one or two lines of note."""
    longest = max(len(row.note) for row in rows)
    return 22 if not longest else 44 if longest <= NOTE_LINE else 66
