"""Which of the words that look like a place is one, beside what says a need."""

from __future__ import annotations

import pytest

from bots.conversation import reading, whereabouts
from directory.places.place import Kind, Mention, Place
from directory.search.vocabulary import Vocabulary

SOMEWHERE = Place("Somewhere", Kind.SETTLEMENT, 52.1, -0.4, 500)


def mention(message: str, words: str, *, exact: bool = True, introduced: bool = False) -> Mention:
    """Words of a message as the place finder hands them on."""
    start = message.index(words)
    return Mention(start, start + len(words), words, (SOMEWHERE,), introduced, exact)


@pytest.mark.parametrize(
    ("message", "words", "need", "chosen"),
    [
        ("food queens park bedford", "queens park bedford", "park", True),
        ("help Leeds City Council area", "Leeds City Council", "City Council", True),
        ("rugby club", "rugby", "rugby club", False),
        ("park", "park", "park", False),
    ],
)
def test_a_need_within_a_longer_name_is_part_of_it(message: str, words: str, need: str, chosen: bool) -> None:  # noqa: FBT001
    """A name within a longer need is not: the Rugby of a rugby club."""
    start = message.index(need)
    found = whereabouts.choose([mention(message, words)], (), [(start, start + len(need))])
    assert (found is not None) is chosen


@pytest.mark.parametrize(
    ("word", "introduced", "kept"),
    [
        ("brixten", False, True),
        ("relaxing", False, False),
        ("relaxing", True, True),
        ("google", False, False),
    ],
)
def test_a_word_is_no_misspelt_place(word: str, introduced: bool, kept: bool) -> None:  # noqa: FBT001
    """Unless "in" or "near" stands before it."""
    mentions = [mention(f"group {word}", word, exact=False, introduced=introduced)]
    assert (reading.likely(mentions, Vocabulary({})) == mentions) is kept


def test_a_word_of_the_directory_is_no_misspelt_place() -> None:
    """Its terms are right as they stand."""
    mentions = [mention("group brixten", "brixten", exact=False)]
    assert reading.likely(mentions, Vocabulary({"brixten dancing": 1})) == []
