"""Percentiles, and ways measured in turn."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.measure import interleaved, one, percentile, spread
from tests.bench.report import at_most, within


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1), (0.5, 50), (0.99, 99), (1.0, 100)], ids=["least", "p50", "p99", "most"]
)
def test_a_percentile_is_one_of_the_values(share: float, expected: float) -> None:
    """Of 1 to 100, in whatever order, p50 is 50 and p99 is 99."""
    assert percentile([*range(100, 0, -1)], share) == expected


def test_the_percentiles_of_one_value_are_that_value() -> None:
    """A single measurement is its own median and its own 99th percentile."""
    assert spread([7.0]) == one(7.0)


@given(st.lists(st.floats(allow_nan=False), min_size=1), st.floats(min_value=0, max_value=1))
def test_at_least_the_share_does_not_exceed_the_percentile(values: list[float], share: float) -> None:
    """Nearest rank: never fewer values at or below it than the share says."""
    found = percentile(values, share)
    assert found in values
    assert sum(1 for value in values if value <= found) >= share * len(values)


async def test_ways_are_measured_in_turn_after_warming_up() -> None:
    """A B A B, each over the same cases, plain and async alike; what warms up is not counted."""
    calls: list[str] = []

    async def first(case: int) -> None:
        await asyncio.sleep(0)
        calls.append(f"A{case}")

    def second(case: int) -> None:
        calls.append(f"B{case}")

    taken = await interleaved([1, 2, 3], first, second, warm=[0], block=2)
    assert calls == ["A0", "B0", "A1", "A2", "B1", "B2", "A3", "B3"]
    assert [len(times) for times in taken] == [3, 3]
    assert all(time >= 0 for times in taken for time in times)


def test_a_target_counts_the_floor_and_the_allowance() -> None:
    """Twice the floor plus a fifth is met at the limit, and missed above it."""
    assert at_most("", "", one(2.25), one(1.0), times=2, plus=0.25).met
    assert not at_most("", "", one(2.5), one(1.0), times=2, plus=0.25).met
    assert within("", "", one(120), 120, unit="MB").target == "≤ 120 MB"
