"""Who says too much is asked to wait, and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bots.web.limits import MOST_KNOWN, Allowance, Visitors, household

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_so_many_at_once_and_then_one_each_so_often() -> None:
    visitors = Visitors(Allowance(at_once=3, each_s=2))
    waits = [visitors.wait_s("a", NOON) for _ in range(5)]
    assert waits == [0, 0, 0, 2, 2]
    assert visitors.wait_s("b", NOON) == 0
    assert visitors.wait_s("a", NOON + timedelta(seconds=2)) == 0
    assert visitors.wait_s("a", NOON + timedelta(seconds=3)) == 1
    assert visitors.wait_s("a", NOON + timedelta(minutes=1)) == 0


def test_who_was_quiet_longest_is_forgotten_first() -> None:
    """So that nobody can fill the memory."""
    visitors = Visitors(Allowance(at_once=1, each_s=1000))
    visitors.wait_s("first", NOON)
    for number in range(MOST_KNOWN):
        visitors.wait_s(str(number), NOON)
    assert visitors.wait_s("first", NOON) == 0
    assert visitors.wait_s(str(MOST_KNOWN - 1), NOON) > 0


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", ""),
        ("", ""),
    ],
)
def test_a_household_counts_as_one(address: str, counted: str) -> None:
    assert household(address) == counted
