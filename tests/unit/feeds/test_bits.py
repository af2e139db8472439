"""A set of numbers as bits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from directory.feeds.bits import Bits


@given(st.sets(st.integers(0, 20_000)), st.sets(st.integers(0, 20_000)))
def test_as_a_set(numbers: set[int], more: set[int]) -> None:
    """It holds what was put in, counts each once, and comes back as it was stored."""
    bits = Bits()
    for number in [*numbers, *numbers]:
        bits.add(number)
    assert bits.count == len(numbers)
    assert all((number in bits) == (number in numbers) for number in numbers | more)
    again = Bits(bits.pack(more))
    assert again.count == len(numbers | more)
    assert all(number in again for number in numbers | more)
    assert bits.count == len(numbers)
