"""What is written behind /settings is read, or nothing is changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.people.choosing import Chosen, read
from bots.people.person import Settings
from directory.places.place import Kind, Place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("home SE24 9QJ", Chosen("home", "SE24 9QJ")),
        ("Home none", Chosen("home")),
        ("home", Chosen("home")),
        ("far 5 miles", Chosen("far", far_m=8_045)),
        ("far 2.5km", Chosen("far", far_m=2_500)),
        ("far 1 mile", Chosen("far", far_m=1_609)),
        ("far 3", Chosen("far", far_m=4_827)),
        ("far any", Chosen("far")),
        ("far 0 miles", Chosen("unclear")),
        ("far 900 miles", Chosen("unclear")),
        ("far away", Chosen("unclear")),
        ("language English", Chosen("language", language="en")),
        ("language Klingon", Chosen("unclear")),
        ("colour blue", Chosen("unclear")),
    ],
)
def test_settings_are_read(text: str, expected: Chosen) -> None:
    """As people write them."""
    assert read(text) == expected


@given(st.text(max_size=60))
def test_anything_may_be_written(text: str) -> None:
    """And is something, or unclear."""
    assert read(text).name in {"home", "far", "language", "unclear"}


def test_settings_survive_being_kept() -> None:
    """What can't be read of them is left out."""
    home = Place(name="SE24", kind=Kind.OUTCODE, lat=51.45, lon=-0.1, radius_m=900)
    chosen = Settings(home, 1_609, "en")
    assert Settings.from_json(chosen.to_json()) == chosen
    assert Settings.from_json('{"home": {"name": 3}, "far_m": -1, "language": 7}') == Settings()
