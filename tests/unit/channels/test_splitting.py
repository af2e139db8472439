"""A long text is cut where a reader would, loses no word, and fits."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from bots.channels.splitting import split


@given(st.text(max_size=400), st.integers(1, 60))
def test_every_part_fits_and_nothing_is_lost(text: str, most: int) -> None:
    """But the spaces at the cuts."""
    parts = split(text, most)
    assert all(0 < len(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.text(alphabet="ab<&> \n", max_size=300), st.integers(5, 40))
def test_what_is_escaped_afterwards_still_fits(text: str, most: int) -> None:
    """The platform's own measure counts, and no escape is cut."""
    assert all(len(escape(part)) <= most for part in split(text, most, lambda part: len(escape(part))))


def test_between_paragraphs_else_lines_else_words() -> None:
    """In this order."""
    assert split("one two\n\nthree four", 14) == ["one two", "three four"]
    assert split("one two\nthree four", 14) == ["one two", "three four"]
    assert split("one two three", 9) == ["one two", "three"]
    assert split("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_a_short_text_is_one_and_an_empty_one_none() -> None:
    """Nothing to cut."""
    assert split("one", 10) == ["one"]
    assert split(" \n ", 10) == []
