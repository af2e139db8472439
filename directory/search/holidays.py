"""Bank holidays by rule: days on which the usual hours may not hold.

Sources: Banking and Financial Dealings Act 1971 and the proclamations made under it; the dates moved
or added by proclamation since 2020 are listed. A guess is harmless here: all that follows from a bank
holiday is that the hours "may differ".
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND = "E", "W", "S", "N"
"""The nations, by the letter that local authority codes begin with."""
_EVERYWHERE = ENGLAND + WALES + SCOTLAND + NORTHERN_IRELAND
_NOT_SCOTLAND = ENGLAND + WALES + NORTHERN_IRELAND

_ADDED = {
    date(2022, 6, 3): _EVERYWHERE,  # Platinum Jubilee
    date(2022, 9, 19): _EVERYWHERE,  # State Funeral of Queen Elizabeth II
    date(2023, 5, 8): _EVERYWHERE,  # Coronation of King Charles III
    date(2026, 6, 15): SCOTLAND,  # the day after Scotland's first match of the World Cup
}
_MOVED = {
    date(2020, 5, 4): date(2020, 5, 8),  # VE Day, 75 years
    date(2022, 5, 30): date(2022, 6, 2),  # Platinum Jubilee
}


def bank_holidays(day: date, nation: str | None = None) -> bool:
    """Say whether a day is a bank holiday in a nation (`E`, `W`, `S`, `N`), or in any of them.

    Christmas, Boxing Day and New Year count on the day itself too where a weekday is given instead.
    """
    nations = _year(day.year).get(day)
    return nations is not None and (nation is None or nation in nations)


@lru_cache(maxsize=64)
def _year(year: int) -> dict[date, str]:
    found: dict[date, str] = {}
    for nation in _EVERYWHERE:
        for day in _of_nation(year, nation):
            found[day] = found.get(day, "") + nation
    return found


def _of_nation(year: int, nation: str) -> set[date]:
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    if nation == SCOTLAND:
        fixed += [date(year, 1, 2), date(year, 11, 30)]
    if nation == NORTHERN_IRELAND:
        fixed += [date(year, 3, 17), date(year, 7, 12)]
    days = _with_substitutes(sorted(fixed))
    days |= {_MOVED.get(day, day) for day in _movable(year, nation)}
    return days | {day for day, nations in _ADDED.items() if nation in nations and day.year == year}


def _movable(year: int, nation: str) -> set[date]:
    """Return those that follow Easter, or are a Monday by rule."""
    from dateutil.easter import easter  # noqa: PLC0415  # most questions need no year made

    sunday = easter(year)
    days = {sunday - timedelta(days=2), _monday(year, 5, 1), _monday(year, 6, 1) - timedelta(days=7)}
    if nation in _NOT_SCOTLAND:
        return days | {sunday + timedelta(days=1), _monday(year, 9, 1) - timedelta(days=7)}
    return days | {_monday(year, 8, 1)}


def _monday(year: int, month: int, day: int) -> date:
    """Return the first Monday from a date on."""
    start = date(year, month, day)
    return start + timedelta(days=-start.weekday() % 7)


def _with_substitutes(days: list[date]) -> set[date]:
    """Add, for each that falls on a weekend, the next weekday that is not a holiday already."""
    found = set(days)
    for day in days:
        instead = day
        while instead.weekday() >= 5 or (instead != day and instead in found):
            instead += timedelta(days=1)
        found.add(instead)
    return found
