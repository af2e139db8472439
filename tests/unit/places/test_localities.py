"""Neighbourhood names out of addresses. The addresses are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.places.atlas import Atlas
from directory.places.localities import Localities

ATLAS = Atlas()
HERE = (51.4436, -2.5937)


def learnt(*parts: str, count: int = 3, step: float = 0.001) -> dict[str, int]:
    """What is learnt where so many addresses in a row have these parts."""
    localities = Localities(ATLAS)
    for number in range(count):
        localities.add(parts, (HERE[0] + number * step, HERE[1]), f"{number} Example Street")
    return {found.name: found.count for found in localities.found()}


def test_a_name_in_three_addresses_close_together_is_learnt() -> None:
    """With its middle and reach."""
    assert learnt("Examplebridge", "Bristol") == {"Examplebridge": 3}


def test_two_addresses_have_to_be_at_two_points() -> None:
    """Two rooms of one building are one address, and that is learnt faintly."""
    assert learnt("Examplebridge", count=2) == {"Examplebridge": 2}
    assert learnt("Examplebridge", count=1) == {"Examplebridge": 1}


def test_far_apart_is_no_neighbourhood() -> None:
    """A name must be borne by a place."""
    assert learnt("Examplebridge", step=0.1) == {}


def test_an_ordinary_word_is_learnt_from_several_addresses_alone() -> None:
    """Waterloo is learnt; a single address with Hope in it teaches nothing."""
    assert learnt("Waterloo") == {"Waterloo": 3}
    assert learnt("Hope", count=1) == {}
    assert learnt("March") == {}


@pytest.mark.parametrize(
    "part",
    [
        "Bristol",
        "Example Street",
        "Example Community Centre",
        "Avon, Somerset",
        "London Borough of Lambeth",
        "12",
        "BS3 4AQ",
        "",
    ],
)
def test_what_is_something_else_is_not_learnt(part: str) -> None:
    """Streets, buildings, known towns, authorities and counties."""
    assert set(learnt(part)) <= {"Avon"}


def test_what_places_are_named_after_is_learnt_faintly() -> None:
    """From "Examplebridge Library" and "Carnegie Library (Exampleham Hill)"."""
    localities = Localities(ATLAS)
    localities.add_named("Examplebridge Library", HERE)
    localities.add_named("Central Library", HERE)
    localities.add_named("Carnegie Library (Exampleham Hill)", HERE)
    assert {found.name: found.count for found in localities.found()} == {
        "Examplebridge": 0,
        "Exampleham Hill": 0,
        "Carnegie": 0,
    }


@given(st.lists(st.one_of(st.none(), st.text(max_size=50)), max_size=5))
def test_any_address_can_be_read(parts: list[str | None]) -> None:
    """Foreign text never raises."""
    localities = Localities(ATLAS)
    for number in range(3):
        localities.add(parts, HERE, str(number))
        localities.add_named(parts[0] or "" if parts else "", HERE)
    localities.found()
