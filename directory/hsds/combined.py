"""Checks over several fields of one row, after each field has passed on its own.

Each clears the columns that can't be used together, and gives back which and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from directory.hsds.record import Row

Cleared = tuple[tuple[str, str], ...]
"""Pairs of a column and the reason for which it was left out."""

_DECIDE_WHEN: Final = frozenset(
    {
        *("valid_from", "valid_to", "dtstart", "until", "count", "freq", "interval"),
        *("byday", "byweekno", "bymonthday", "byyearday"),
    }
)


def coordinates(row: Row, unusable: Collection[str]) -> Cleared:
    """Keep a point only where both numbers can be one; a wrong point is worse than the postcode's."""
    north, east = row["latitude"], row["longitude"]
    if north is None and east is None:
        return ()
    reason = _point_trouble(north, east)
    if reason:
        row["latitude"] = row["longitude"] = None
    if not reason or (reason == "half_a_point" and unusable):
        return ()
    return (("longitude" if north is None else "latitude", reason),)


def _point_trouble(north: object, east: object) -> str:
    if not isinstance(north, float) or not isinstance(east, float):
        return "half_a_point"
    if north == 0 and east == 0:
        return "coordinates_zero"
    if -9 <= north <= 3 and 49 <= east <= 61:  # the British Isles, the wrong way round
        return "coordinates_swapped"
    return ""


def ages(row: Row, _: Collection[str]) -> Cleared:
    """Leave out a range of ages that ends before it begins."""
    lowest, highest = row["minimum_age"], row["maximum_age"]
    if isinstance(lowest, float) and isinstance(highest, float) and lowest > highest:
        row["minimum_age"] = row["maximum_age"] = None
        return (("minimum_age", "ages_crossed"), ("maximum_age", "ages_crossed"))
    return ()


def recurrence(row: Row, unusable: Collection[str]) -> Cleared:
    """Leave hours open at the end where what says on which days can't be read.

    Without the unreadable part the row would claim more days than its publisher meant; without a
    closing time it says "may be open", which is true.
    """
    if unusable and not _DECIDE_WHEN.isdisjoint(unusable):
        row["closes_at"] = None
    return ()
