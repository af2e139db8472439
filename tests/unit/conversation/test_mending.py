"""Misspelt words: mended where one word is meant, left alone where they are real or it is not sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.conversation import mending, needs
from bots.conversation.data import build_lexicon

MENDED = {
    "foodbnak": "foodbank", "cildcare": "childcare", "dentel": "dental", "befrending": "befriending",
    "lonley": "lonely", "anxeity": "anxiety", "depresion": "depression", "swiming": "swimming",
    "bereavment": "bereavement", "gardning": "gardening", "docter": "doctor", "seperated": "separated",
    "recyling": "recycling", "homless": "homeless", "chior": "choir", "dauhgter": "daughter",
    "diabetis": "diabetes", "carrers": "carers", "volenteering": "volunteering", "anxity": "anxiety",
    "demensia": "dementia", "counsling": "counseling", "fysio": "physio", "pention": "pension",
    "addicshun": "addiction", "greif": "grief", "disibility": "disability", "accesible": "accessible",
    "imigration": "immigration", "sitizens": "citizens", "pharmasy": "pharmacy", "refudge": "refuge",
    "excersize": "exercise", "vetrans": "veterans", "dislexia": "dyslexia", "autisum": "autism",
    "brestfeeding": "breastfeeding", "wheelchiar": "wheelchair", "immunisashun": "immunisation",
    "domestik": "domestic", "cyling": "cycling", "runnning": "running", "suport": "support",
    "alchohol": "alcohol", "exercize": "exercise", "dimentia": "dementia", "vollunteer": "volunteer",
}  # fmt: skip
_LEFT = """
parrot spanner trumpet goldfish clarinet saxophone hamster plaster tortoise marmalade penguin
passport brothers granted parade marathon candles stables sewers slavery dating wallpaper window
dinner caution station fashion cushion mission winner planet rocket monster falconry origami bristol
peckham hackney lambeth cardiff swansea
message connection nibbles violent greek picture module runners planning certain convention
"""
LEFT = _LEFT.split()


@pytest.mark.parametrize(("word", "meant"), MENDED.items())
def test_mends_a_slip(word: str, meant: str) -> None:
    """One letter too many, too few, wrong or in the wrong place."""
    assert mending.mended(f"nearest {word} please") == f"nearest {meant} please"


@pytest.mark.parametrize("word", LEFT)
def test_leaves_real_words_and_names_alone(word: str) -> None:
    """A real word is never made into another need."""
    assert mending.mended(f"my {word} please") == f"my {word} please"


def test_leaves_names_of_places_alone() -> None:
    """What the place finder saw is no misspelt need."""
    text = "foodbnak in Librery"
    assert mending.mended(text, keep=[(12, 19)]) == "foodbank in Librery"


def test_leaves_the_directorys_own_words_alone() -> None:
    """A word that the directory itself uses is right as it stands."""
    assert mending.mended("swiming", own=lambda word: word == "swiming") == "swiming"


def test_leaves_what_may_be_two_words() -> None:
    """Two words that are equally near: it is not sure, so nothing is done."""
    assert mending.meant("zzzzzz") is None
    assert mending.meant("playy") is None


@given(st.text(max_size=200))
def test_takes_any_text(text: str) -> None:
    """Whatever is typed, nothing breaks, and what has no letters stays as it is."""
    assert isinstance(mending.mended(text), str)


def test_no_phrase_of_the_lexicon_is_mended() -> None:
    """What leads to a need as it stands is left alone."""
    phrases = [phrase for phrase, _ in build_lexicon.pairs()]
    assert [phrase for phrase in phrases if mending.mended(phrase) != phrase] == []
    assert needs.phrases(mending.mended("somewhere for my foodbnak"))[0].key == "food_bank"


@pytest.mark.parametrize("text", ["relaxing", "newborn", "creditors", "counsling", "churches"])
def test_knows_a_word_from_a_misspelt_place(text: str) -> None:
    """What is right, or a slip of a word of the lexicon, is no place; a name is no word."""
    assert mending.is_word(text)


@pytest.mark.parametrize("name", ["brixten", "bedfrod", "streetham", "hedingly", "headingly", "chapletown"])
def test_a_misspelt_place_is_no_word(name: str) -> None:
    """Nor is it mended into one."""
    assert not mending.is_word(name)
    assert mending.mended(name) == name
