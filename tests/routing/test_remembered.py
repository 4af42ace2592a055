"""What is said of a text is remembered, and what is remembered has an end."""

from __future__ import annotations

from engine.routing.remembered import Remembered


def test_a_text_is_asked_once() -> None:
    """The second time the same value comes back without the function."""
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    kept = Remembered(length)
    assert [kept["jalan"], kept["air"], kept["jalan"], kept[""]] == [5, 3, 5, 0]
    assert asked == ["jalan", "air", ""]


def test_long_texts_do_not_fill_the_memory() -> None:
    """Never more characters than allowed are kept, but for one text that is longer alone; answers stay right."""
    kept = Remembered(str.upper, most=100)
    for number in range(300):
        text = f"{number:030}"
        assert kept[text] == text.upper()
        assert sum(map(len, kept)) <= 100
    assert kept["a" * 500] == "A" * 500
    assert kept["b"] == "B"
    assert sum(map(len, kept)) <= 100
