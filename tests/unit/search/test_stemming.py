"""Words meet in their stems, and nothing but letters and digits is left of what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.stemming import asked, stem, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("library", "libraries"), ("swim", "swimming"), ("debt", "debts"), ("bereavement", "bereaved"),
        ("gardening", "gardens"), ("housing", "house"), ("exercise", "exercises"), ("walked", "walking"),
        ("Café", "cafes"), ("children", "children's"), ("advice", "advices"), ("activity", "activities"),
    ],
)  # fmt: skip
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    """Plural and singular, doing and done."""
    assert stems(one) == stems(other)


@pytest.mark.parametrize(("one", "other"), [("news", "new york"), ("universe", "uni"), ("bus", "bush")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    """Stemming is not cutting short."""
    assert stems(one) != stems(other)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("caresses", "caress"), ("ponies", "poni"), ("agreed", "agre"), ("plastered", "plaster"),
        ("hopping", "hop"), ("falling", "fall"), ("filing", "file"), ("happy", "happi"), ("sky", "sky"),
        ("relational", "relat"), ("adoption", "adopt"), ("controlling", "control"), ("24", "24"),
        ("as", "as"), ("gŵyl", "gŵyl"),
    ],
)  # fmt: skip
def test_stems_follow_the_porter_rules(word: str, expected: str) -> None:
    """Cases from the description of the algorithm."""
    assert stem(word) == expected


@given(st.text())
def test_stems_are_letters_and_digits_alone(text: str) -> None:
    """So that no engine can read an operator in them."""
    assert all(part.isalnum() and part == part.casefold() for part in asked((text,)))


def test_what_is_asked_has_a_limit() -> None:
    """Twelve words, each once, of those that are as long as words are."""
    assert len(asked(tuple(f"word{number}" for number in range(50)))) == 12
    assert asked(("same", "Same", "same")) == ("same",)
    assert asked(("a" * 4096,)) == ()
