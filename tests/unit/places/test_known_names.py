"""Neighbourhoods learnt from addresses, within sentences. The learnt places are made up of real names."""

from __future__ import annotations

import pytest

from directory.places.atlas import Atlas, Entry
from directory.places.mending import Mending
from directory.places.place import Kind, Place
from directory.places.scanning import Scanner
from directory.places.sentence import Sentence

ATLAS = Atlas()
BEDFORD, LEEDS, LAMBETH = "E06000055", "E08000035", "E09000022"


def learnt(name: str, lad: str, lat: float, lon: float, people: int = 2_000) -> tuple[str, tuple[Entry, ...]]:
    """One neighbourhood as it is held; with 1 person for one address, with none for a mere namesake."""
    place = Place(name, Kind.SETTLEMENT, lat, lon, 500, lad, ATLAS.authorities[lad].name)
    return name.lower(), (Entry(place, people),)


LEARNT = dict(
    [
        learnt("Headingley", LEEDS, 53.82, -1.58),
        learnt("Hyde Park", LEEDS, 53.81, -1.57),
        learnt("Chapeltown", LEEDS, 53.82, -1.54),
        learnt("Queens Park", BEDFORD, 52.13, -0.48),
        learnt("Waterloo", LAMBETH, 51.50, -0.11),
        learnt("Cross Gates", LEEDS, 53.80, -1.44, people=1),
        learnt("Wixams", BEDFORD, 52.09, -0.46, people=1),
        learnt("Sparks", BEDFORD, 52.10, -0.42, people=0),
    ]
)
SCANNER = Scanner(ATLAS, Mending(tuple({**dict.fromkeys(ATLAS.keys()), **LEARNT})), LEARNT)

MEANT = {
    "book club Headingley": (LEEDS, "headingley"),
    "anxity group headingly": (LEEDS, "headingly"),
    "choir hedingly tomorrow": (LEEDS, "hedingly"),
    "in leeds headingley": (LEEDS, "leeds headingley"),
    "queens park bedford food": (BEDFORD, "queens park bedford"),
    "bedford queens park": (BEDFORD, "bedford queens park"),
    "cant afford them hyde park leeds": (LEEDS, "hyde park leeds"),
    "waterloo london acting group": (LAMBETH, "waterloo london"),
    "men's shed cross gates": (LEEDS, "cross gates"),
    "choir headingly leeds": (LEEDS, "headingly leeds"),
    "volenteering kenington london": ("E09000028", "kenington london"),
    "food in chapletown leeds": (LEEDS, "chapletown leeds"),
    "walking leeds": (LEEDS, "leeds"),
    "wixams babies": (BEDFORD, "wixams"),
    "babies in wixams on friday": (BEDFORD, "wixams"),
    "sparks bedford": (BEDFORD, "sparks bedford"),
}


@pytest.mark.parametrize(("message", "lad", "words"), [(text, *meant) for text, meant in MEANT.items()])
def test_a_neighbourhood_is_found_alone_or_by_its_town(message: str, lad: str, words: str) -> None:
    """With its town it is the one there; a misspelt one is mended where it is well known."""
    sentence = Sentence(message)
    (span,) = SCANNER.spans(sentence)
    assert " ".join(sentence.keys[span.first : span.end]) == words
    assert {entry.place.lad for entry in span.entries} == {lad}


@pytest.mark.parametrize("message", ["what sparks joy", "is wixams nice then", "a cross gates tonight thing"])
def test_what_little_speaks_for_needs_more_to_count(message: str) -> None:
    """A name of one address counts at an edge or after "in"; what one place is named after, after "in"."""
    assert SCANNER.spans(Sentence(message)) == []


@pytest.mark.parametrize(("message", "choices"), [("library chapeltown", 2), ("choir hyde park", 2)])
def test_namesakes_are_not_guessed_at(message: str, choices: int) -> None:
    """One in the tables and one learnt: both are handed back."""
    (span,) = SCANNER.spans(Sentence(message))
    assert len(span.entries) == choices
