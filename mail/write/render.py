"""Renders a letter's template, in text or HTML and in its language; the only file that knows jinja2."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup, escape

from mail.write import layout
from mail.write.english import ENGLISH, ENGLISH_REQUESTS
from mail.write.tongue import Tongue
from mail.write.values import Row
from mail.write.words import INDONESIAN, REQUESTS

TONGUES = {(one.code, one.workflow): one for one in (INDONESIAN, ENGLISH, REQUESTS, ENGLISH_REQUESTS)}
LITERAL = re.compile(r'"[^"\n]*"')
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


def tongue_of(kind: str, language: str, workflow: str = "") -> Tongue:
    """The language a letter is written in: the wanted one where there is a template, else Indonesian.

    In the words of its workflow, if that has any of its own.
    """
    wanted = language[:2].lower()
    code = wanted if (wanted, "") in TONGUES and kind in kinds(wanted) else INDONESIAN.code
    return TONGUES.get((code, workflow)) or TONGUES[code, ""]


def body(form: str, tongue: Tongue, kind: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """A letter's body and its heading, which the template sets as `subject`."""
    template = _template(form, tongue.code, f"{tongue.code}/{kind}.j2", tongue.workflow)
    module = template.make_module({**values, "k": _kit(form, tongue.code)})
    return str(module), str(module.subject)  # type: ignore[attr-defined]


def page(tongue: Tongue, rich: str, frame: Mapping[str, Any]) -> str:
    """The whole HTML letter around its body."""
    inner = Markup(rich)  # noqa: S704 - rendered with autoescape
    return _template("html", tongue.code, "kit/letter.html.j2").render({**frame, "body": inner})


def document(form: str, name: str, values: Mapping[str, Any]) -> str:
    """A template of templates/proof that is no letter: a page for a browser, or a plain text."""
    return _template(form, INDONESIAN.code, f"proof/{name}").render(values)


@lru_cache(maxsize=512)
def _template(form: str, code: str, name: str, workflow: str = "") -> jinja2.Template:
    return _environment(form, code, workflow).get_template(name)


def _loader(tongue: Tongue) -> jinja2.BaseLoader:
    """The templates; for a workflow of its own words its own one of a kind, else the general one in its words."""
    shipped = jinja2.PackageLoader("templates", "")
    if not tongue.workflow:
        return shipped
    environment = jinja2.Environment()  # noqa: S701 - it only finds sources

    def load(name: str) -> str:
        folder, _, kind = name.partition("/")
        try:
            return shipped.get_source(environment, f"{folder}/{tongue.workflow}/{kind}")[0]
        except jinja2.TemplateNotFound:
            source = shipped.get_source(environment, name)[0]
            return LITERAL.sub(lambda found: tongue.worded(found[0]), source)

    return jinja2.FunctionLoader(load)


@lru_cache(maxsize=8)
def _kit(form: str, code: str) -> Any:
    """The kit's macros; they hold no letter's data, so that one copy serves all."""
    return _template(form, code, f"kit/{form}.j2").module


@lru_cache(maxsize=8)
def _environment(form: str, code: str, workflow: str) -> jinja2.Environment:
    tongue = TONGUES[code, workflow]
    environment = jinja2.Environment(
        loader=_loader(tongue),
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
        wait=tongue.wait,
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
