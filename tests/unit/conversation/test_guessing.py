"""What is most likely meant where nothing is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.conversation import guessing, lexicon
from bots.conversation.data import build_lexicon
from bots.conversation.needs import phrases, wanted
from bots.conversation.words import clean
from directory.search.stemming import stems
from directory.search.vocabulary import Vocabulary

MEANT = """
alcohol_drugs | downing a bottle of vodka every night and shaking in the morning
energy_bills | wrapped in blankets because the meter has run out
bereavement | my husband died and i miss him and cant stop crying
dementia | dad keeps forgetting my name and gets muddled
debt | more letters about money i owe and i hide them in a drawer
jobs | laid off at the warehouse and my cv is ten years old
"""


@pytest.mark.parametrize("row", MEANT.strip().splitlines())
def test_a_need_is_guessed_from_all_the_words_together(row: str) -> None:
    """None of these says the name of what is needed."""
    need, text = row.split(" | ")
    assert guessing.guess(text, {})[0].need == need


@pytest.mark.parametrize("text", ["", "the of and", "xyzzy plugh", "12 34"])
def test_nothing_is_guessed_from_nothing(text: str) -> None:
    """Small words, numbers and unknown words say nothing."""
    assert guessing.guess(text, {}) == []


def test_what_a_phrase_names_counts_for_more_than_single_words() -> None:
    """The named need comes first though the words lean elsewhere."""
    assert guessing.guess("kettle biscuits", {"games": 30.0})[0].need == "games"


def test_guesses_share_one_whole() -> None:
    """The likeliest few of all needs."""
    likely = [one.likely for one in guessing.guess("lonely and skint", {})]
    assert 0.5 < sum(likely) <= 1.0


def test_a_record_is_known_by_how_it_sounds() -> None:
    """It names neither food nor a bank."""
    parts = [stems("Tins, pasta and nappies handed over without questions")]
    assert guessing.resembles(parts)[0].need in {"food_bank", "baby_bank"}


def test_a_phrase_in_passing_gives_way_to_what_the_whole_message_says() -> None:
    """The need named by one word is kept as one that may be meant."""
    text = clean("cant stop betting on the football and spent the rent on the slots")
    found = wanted(phrases(text), text, Vocabulary({}))
    assert found.ids[0] == "gambling"


@given(st.text(max_size=300))
def test_any_text_can_be_guessed_about(text: str) -> None:
    """Likeliest first, and nothing outside of 0 and 1."""
    likely = [one.likely for one in guessing.guess(clean(text), {})]
    assert likely == sorted(likely, reverse=True)
    assert all(0 <= one <= 1 for one in likely)


@pytest.mark.parametrize("name", ["said.txt", "described.txt"])
def test_every_line_leads_to_a_need_of_the_lexicon(name: str) -> None:
    """And has something to say about it."""
    for line in lexicon.lines(name):
        need, _, said = line.partition(": ")
        assert need in lexicon.needs(), line
        assert all(sentence.strip() for sentence in said.split(" | ")), line


def test_the_counts_are_those_of_the_readable_files() -> None:
    """After a change run python -m bots.conversation.data.build_lexicon."""
    guesses = build_lexicon.GUESSES.read_text("utf-8") == build_lexicon.counts(build_lexicon.typed())
    likenesses = build_lexicon.LIKENESSES.read_text("utf-8") == build_lexicon.counts(
        build_lexicon.described()
    )
    assert (guesses, likenesses) == (True, True)


def test_what_is_mostly_unknown_is_not_guessed_at() -> None:
    """One word of three says too little."""
    assert guessing.guess("xyzzy plugh lessons", {}) == []


def test_needs_that_are_alike_are_needs() -> None:
    """In pairs, each once."""
    pairs = [tuple(sorted(group.split())) for group in lexicon.data("alike.toml")["groups"]]
    assert len(set(pairs)) == len(pairs)
    assert {need for pair in pairs for need in pair} <= lexicon.needs().keys()
    assert "toddler_group" in lexicon.alike()["baby_group"]
