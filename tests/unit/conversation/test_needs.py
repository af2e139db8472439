"""From everyday words to needs: the lexicon's data, and what is left when it knows nothing."""

from __future__ import annotations

import pytest

from bots.conversation import needs
from bots.conversation.state import Wanted
from directory.search.query import Need
from tests.fakes.directory import Words

SAID: list[tuple[str, tuple[str, ...]]] = [
    ("food bank", ("food_bank",)),
    ("foodbanks", ("food_bank",)),
    ("cant afford to eat this week", ("food_bank",)),
    ("somewhere to borrow some books", ("library",)),
    ("nearest libary please", ("library",)),
    ("my mum is lonely", ("befriending",)),
    ("she has no friends", ("befriending",)),
    ("men's shed", ("mens_shed",)),
    ("mens sheds", ("mens_shed",)),
    ("i keep falling over", ("falls",)),
    ("somewhere warm to sit", ("warm_space",)),
    ("bailiffs are coming", ("debt",)),
    ("stay and play", ("toddler_group",)),
    ("join a choir", ("choir",)),
    ("help with my universal credit", ("universal_credit",)),
    ("learn english", ("learn_english",)),
    ("my dad keeps forgetting things", ("dementia",)),
    ("debt and a food bank", ("debt", "food_bank")),
    ("community garden", ("gardening",)),
    ("bereaved by suicide", ("bereavement",)),
    ("blue badge", ("blue_badge",)),
    ("chair yoga", ("yoga",)),
]


@pytest.mark.parametrize(("text", "ids"), SAID)
def test_hears_a_need(text: str, ids: tuple[str, ...]) -> None:
    """Everyday words lead to the need."""
    assert needs.wanted(needs.phrases(text), text, Words(())).ids == ids


def test_keeps_the_words_that_lead_to_no_need() -> None:
    """What the lexicon does not know is searched for as it stands, small words left out."""
    text = "is there a falconry club for me please"
    assert needs.wanted(needs.phrases(text), text, Words(())) == Wanted(words=("falconry", "club"))


def test_of_many_words_keeps_those_that_the_directory_knows() -> None:
    """A long story is searched for by the words that the directory itself uses."""
    text = "quokkas xylographed seventeen zeppelins, quaffing yttrium beside ostriches and origami"
    assert needs.wanted((), text, Words(("origami",))).words == ("origami",)


def test_asks_by_terms_and_words() -> None:
    """A need is asked for by the lexicon's terms, by the directory's own, and by words."""
    (need,) = needs.asked(Wanted(("library",)), Words(("mobile library",)))
    assert need.words == ("library",)
    assert {"library services", "mobile library"} <= set(need.terms)


def test_passes_over_a_need_that_is_no_more() -> None:
    """A conversation kept from an older lexicon may name a need that is gone."""
    assert needs.asked(Wanted(("gone",)), Words(())) == ()
    assert needs.label(Wanted(("gone",))) is None


@pytest.mark.parametrize(
    ("wanted", "label"),
    [
        (Wanted(("library",)), "Libraries"),
        (Wanted(("library", "choir")), "Libraries and choirs and singing"),
        (Wanted(("library", "lgbt")), "Libraries and LGBT+ groups"),
        (Wanted(words=("chess", "club")), "chess club"),
    ],
)
def test_says_a_need_back(wanted: Wanted, label: str) -> None:
    """Needs are said by their labels, words as they were typed."""
    assert needs.label(wanted) == label


def test_asks_by_every_way_in_which_a_description_may_say_it() -> None:
    """Terms and ways are one need, so that what was found by either stands in one list."""
    for vocabulary in (Words(()), Words(("food bank",))):
        (need,) = needs.asked(Wanted(("food_bank",)), vocabulary)
        assert "food bank" in need.terms
        assert need.words == ("food", "bank")
        assert {("foodbank",), ("food", "parcel"), ("emergency", "food")} <= set(need.others)


def test_asks_for_what_was_sorted_into_the_need() -> None:
    """What may be meant as well is asked for less surely, what is alike last; free words as ever."""
    vocabulary = Words(("food bank",), is_sorted=True)
    assert needs.asked(Wanted(("food_bank",), perhaps=("cooking",)), vocabulary) == (
        Need(
            ("need:food_bank",),
            hints=("need:~food_bank", "need:cooking"),
            loose=("need:?food_bank", "need:~cooking", "need:food_pantry"),
        ),
    )
    assert needs.asked(Wanted(words=("chess",)), vocabulary) == (Need((), ("chess",)),)


def test_falls_back_on_wider_needs() -> None:
    """Where there is no chess there may be a social club."""
    assert needs.broader(Wanted(("games",))) == (Wanted(("social_clubs",)),)
    assert needs.broader(Wanted(words=("falconry",))) == ()


def test_hears_both_meanings_of_an_ambiguous_phrase() -> None:
    """What may mean two things is looked for as both."""
    assert needs.wanted(needs.phrases("talking therapy"), "", Words(())).ids == (
        "counselling",
        "mental_health",
    )
