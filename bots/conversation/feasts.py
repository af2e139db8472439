"""Days with a name of their own, and the date each falls on in a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning."""
    golden = year % 19
    century, rest = divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days)


FEASTS: dict[str, tuple[str, Callable[[int], date]]] = {
    "christmas eve": ("Christmas Eve", _fixed(12, 24)),
    "xmas eve": ("Christmas Eve", _fixed(12, 24)),
    "christmas day": ("Christmas Day", _fixed(12, 25)),
    "xmas day": ("Christmas Day", _fixed(12, 25)),
    "boxing day": ("Boxing Day", _fixed(12, 26)),
    "new year eve": ("New Year's Eve", _fixed(12, 31)),
    "nye": ("New Year's Eve", _fixed(12, 31)),
    "new year day": ("New Year's Day", _fixed(1, 1)),
    "good friday": ("Good Friday", _from_easter(-2)),
    "easter saturday": ("Easter Saturday", _from_easter(-1)),
    "easter sunday": ("Easter Sunday", _from_easter(0)),
    "easter monday": ("Easter Monday", _from_easter(1)),
    "halloween": ("Halloween", _fixed(10, 31)),
    "bonfire night": ("Bonfire Night", _fixed(11, 5)),
}
"""Folded name -> how it is said, and the date in a year."""
