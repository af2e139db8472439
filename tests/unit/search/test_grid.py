"""Cells cover what they must: no place in a ring is ever missed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search import grid

LATS = st.floats(49, 61)
LONS = st.floats(-8.5, 2)
RINGS_M = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_500_000)
BEARINGS = st.floats(0, 2 * math.pi)


@given(LATS, LONS, BEARINGS, st.sampled_from(RINGS_M), st.floats(0, 1))
def test_whatever_lies_within_a_ring_lies_in_its_box_and_under_its_tokens(
    lat: float, lon: float, bearing: float, ring: int, share: float
) -> None:
    """Measured flat about the point asked about, as the engines do."""
    tall, wide = grid.scales(lat)
    other_lat = lat + ring * share * math.cos(bearing) / tall
    other_lon = lon + ring * share * math.sin(bearing) / wide
    box = grid.box(lat, lon, ring)
    row, column = grid.row_of(other_lat), grid.column_of(other_lon)
    assert box.first_row <= row <= box.last_row
    assert box.first_column <= column <= box.last_column
    tokens = grid.tokens_around(box)
    assert not tokens or set(tokens) & set(grid.tokens_of(row, column))


@given(LATS, LONS, st.sampled_from(RINGS_M[:5]))
def test_a_ring_up_to_a_hundred_kilometres_has_few_tokens(lat: float, lon: float, ring: int) -> None:
    """All of one level."""
    tokens = grid.tokens_around(grid.box(lat, lon, ring))
    assert 1 <= len(tokens) <= 16
    assert len({token[:2] for token in tokens}) == 1


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        ((51.5, -0.1), (51.5, -0.1), 0),
        ((51.5007, -0.1246), (51.5138, -0.0984), 2325),
        ((51.5, -0.1), (55.95, -3.19), 535_000),
    ],
)
def test_distances_are_in_metres(one: tuple[float, float], other: tuple[float, float], metres: int) -> None:
    """Right to a hundredth, across the country."""
    assert grid.distance(*one, *other) == pytest.approx(metres, rel=0.01)
    assert grid.distance(*one, *other) == pytest.approx(grid.distance(*other, *one))


@given(st.integers(0, 2**16 - 1), st.integers(0, 2**16 - 1))
def test_the_order_of_places_keeps_the_cells_of_a_token_together(row: int, column: int) -> None:
    """A cell of any level is one unbroken run of numbers."""
    number = grid.place_order(row, column)
    for shift in grid.LEVEL_SHIFTS:
        first = grid.place_order(row >> shift << shift, column >> shift << shift)
        assert first <= number < first + 4**shift
