"""Bank holidays against the dates that were published for the nations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from directory.search.holidays import bank_holidays

PUBLISHED = {
    ("E", 2020): "0101 0410 0413 0508 0525 0831 1225 1228",
    ("E", 2021): "0101 0402 0405 0503 0531 0830 1227 1228",
    ("E", 2022): "0103 0415 0418 0502 0602 0603 0829 0919 1226 1227",
    ("E", 2023): "0102 0407 0410 0501 0508 0529 0828 1225 1226",
    ("W", 2026): "0101 0403 0406 0504 0525 0831 1225 1228",
    ("S", 2022): "0103 0104 0415 0502 0602 0603 0801 0919 1130 1226 1227",
    ("S", 2023): "0102 0103 0407 0501 0508 0529 0807 1130 1225 1226",
    ("S", 2026): "0101 0102 0403 0504 0525 0615 0803 1130 1225 1228",
    ("N", 2025): "0101 0317 0418 0421 0505 0526 0714 0825 1225 1226",
}


@pytest.mark.parametrize(("nation", "year"), PUBLISHED)
def test_weekdays_are_those_published(nation: str, year: int) -> None:
    """Substitute days, days moved and days added once among them."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    found = [f"{day:%m%d}" for day in days if day.weekday() < 5 and bank_holidays(day, nation)]
    assert " ".join(found) == PUBLISHED[nation, year]


def test_the_day_itself_counts_on_a_weekend_too() -> None:
    """Christmas Day 2027 is a Saturday: doors are shut on it and on the Monday."""
    assert bank_holidays(date(2027, 12, 25), "E")
    assert bank_holidays(date(2027, 12, 27), "E")


def test_without_a_nation_any_of_them_counts() -> None:
    """St Andrew's Day, the Twelfth, and a plain day."""
    assert bank_holidays(date(2026, 11, 30))
    assert bank_holidays(date(2026, 7, 13))
    assert not bank_holidays(date(2026, 7, 13), "E")
    assert not bank_holidays(date(2026, 11, 20))


def test_every_year_to_2040_has_them() -> None:
    """Eight in England, or more."""
    for year in range(2020, 2041):
        days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
        assert sum(bank_holidays(day, "E") and day.weekday() < 5 for day in days) >= 8
