"""Tables of phrases find what their one expression finds, though few phrases are tried at each word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import workflows.kota_bogor
from engine.routing import danger, secrecy
from engine.routing.beginnings import alternatives, beginnings
from engine.routing.patterns import Phrases, patterns
from engine.routing.sentences import sentences

CITY = Path(next(iter(workflows.kota_bogor.__path__)))
PLAIN = "abcdefghijklmnopqrstuvwxyz0 -"
TABLES = {
    f"{module.__name__}.{name}": table
    for module in (danger, secrecy)
    for name, table in vars(module).items()
    if isinstance(table, Phrases)
}


def spans(table: Phrases | re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where the matches stand."""
    return [match.span() for match in table.finditer(text)]


def agrees(table: Phrases, whole: re.Pattern[str], text: str) -> None:
    """The table and its one expression say the same of a text."""
    found = spans(whole, text)
    assert spans(table, text) == found
    assert bool(table.search(text)) is bool(found)
    assert table.sub(" ", text) == whole.sub(" ", text)


def phrase(table: Phrases) -> st.SearchStrategy[str]:
    """What a line of the table describes, often a match, and words around it."""
    lines = alternatives(table.expression.removeprefix(r"\b(?:").removesuffix(r")\b"))
    said = st.sampled_from(lines).flatmap(lambda line: st.from_regex(re.compile(line), fullmatch=True, alphabet=PLAIN))
    around = st.sampled_from(("", "saya ", "tidak ", "ada-", "0 "))
    return st.tuples(around, said, around).map("".join)


@pytest.fixture(scope="module")
def written() -> list[str]:
    """Sentences of the example city's texts."""
    lines = [line for path in sorted(CITY.glob("*/*.tsv")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [sentence for line in lines[::15] for sentence in sentences(line)]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_finds_what_its_expression_finds(name: str, written: list[str]) -> None:
    """The same matches at the same places, in the texts of a city."""
    table = TABLES[name]
    whole = re.compile(table.expression)
    for text in written:
        agrees(table, whole, text)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_finds_every_phrase_that_its_lines_describe(name: str) -> None:
    """Texts drawn from the expression itself are found at the same places: no beginning is missing."""
    table = TABLES[name]
    whole = re.compile(table.expression)

    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(phrase(table))
    def drawn(text: str) -> None:
        agrees(table, whole, text)

    drawn()


def test_the_first_line_that_fits_is_taken_whatever_it_begins_with() -> None:
    """At one place the earlier line wins, between places the one further left, as in one expression."""
    table = patterns("(?:api|air) besar\napi <2>besar\nair|banjir air")
    for text in ("api yang besar", "ada air besar", "banjir air besar", "api", "bukan-air", ""):
        assert spans(table, text) == spans(re.compile(table.expression), text)


@pytest.mark.parametrize(
    ("expression", "some", "none"),
    [
        ("(?:ke|ter)?bakar", {"keb", "ter", "bak"}, {"kel", "api"}),
        ("(?!jangan)(?:di )?(?<!x)aku", {"di ", "aku"}, {"jan"}),
        ("rt", {"rt ", "rt-"}, {"r t"}),
        (r"0 \w{2,4}", {"0 a", "0 0"}, {"00 "}),
        (r"tong (?:di)?|^ab+a$", {"ton", "aba", "abb"}, {"ab "}),
    ],
)
def test_beginnings_hold_all_that_a_match_can_begin_with(expression: str, some: set[str], none: set[str]) -> None:
    """Optional parts may be missing, look-arounds take no room, what is unknown may be anything."""
    found = beginnings(expression)
    assert some <= found
    assert not none & found


def test_alternatives_are_split_outside_groups_only() -> None:
    """What stands in a group or a class stays together."""
    assert alternatives(r"a (?:b|c)|[|]d|(?!e|f)g") == [r"a (?:b|c)", "[|]d", "(?!e|f)g"]
