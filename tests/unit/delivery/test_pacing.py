"""However messages press, a pace lets through what it may, and wastes little of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bots.channels.port import Limits
from bots.delivery.pacing import UNLIMITED, Pace, in_all, in_room

START = datetime(2026, 11, 24, tzinfo=UTC)


def sent(pace: Pace, looks: list[float], most: int = 8) -> list[datetime]:
    """The moments at which something goes, where everything presses and somebody looks so often."""
    free_at, gone, now = START - timedelta(days=1), [], START
    for seconds in looks:
        now += timedelta(seconds=seconds)
        count = pace.free(free_at, now, most)
        if count:
            free_at = pace.after(free_at, now, count)
            gone += [now] * count
    return gone


@given(
    st.lists(st.floats(0, 3), max_size=200),
    st.floats(0.1, 50),
)
def test_no_second_has_more_than_it_may(looks: list[float], rate: float) -> None:
    """Whenever somebody looks; what the slack adds is made up for by the share that is left alone."""
    gone = sent(in_all(Limits(text=1, in_all_per_s=rate)), looks)
    for first in gone:
        assert sum(first <= at < first + timedelta(seconds=1) for at in gone) <= max(rate, 1) + 1


def test_nearly_all_of_what_it_may_is_used() -> None:
    """Where somebody looks often enough: 95% and more."""
    for rate, seconds in ((1, 60), (30, 10), (3_000, 1)):
        gone = sent(in_all(Limits(text=1, in_all_per_s=rate)), [0.001] * 1_000 * seconds)
        assert len(gone) >= 0.95 * rate * seconds


@given(st.lists(st.floats(0, 90), max_size=100), st.integers(1, 60))
def test_no_minute_of_a_group_has_more_than_it_may(looks: list[float], rate: int) -> None:
    """The burst included."""
    pace = in_room(Limits(text=1, group_per_min=rate), private=False)
    gone = sent(pace, looks, most=1)
    for first in gone:
        assert sum(first <= at < first + timedelta(seconds=60) for at in gone) <= rate


def test_what_has_no_limit_has_none() -> None:
    """As many as there is room for, each time."""
    none = Limits(text=1)
    assert in_all(none) == in_room(none, private=True) == in_room(none, private=False) == UNLIMITED
    assert len(sent(UNLIMITED, [0.0] * 10)) == 80


def test_a_private_room_is_slow_and_steady() -> None:
    """One a second, none early."""
    gone = sent(in_room(Limits(text=1, room_per_s=1), private=True), [0.1] * 100, most=1)
    assert all(later - earlier >= timedelta(seconds=1) for earlier, later in pairwise(gone))
    assert len(gone) == 10
