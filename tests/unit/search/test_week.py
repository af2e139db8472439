"""The hours of a week as lines, and as bits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from directory.search.masks import EVERY_HOUR
from directory.search.opening import rules_of, stretch_mask, week, week_mask
from directory.search.query import When

LONDON = ZoneInfo("Europe/London")
SUNDAY = date(2026, 11, 22)


def row(byday: str, opens: str | None, closes: str | None, **more: Any) -> dict[str, Any]:
    """A schedule row, an example."""
    return {"freq": "WEEKLY", "byday": byday, "opens_at": opens, "closes_at": closes} | more


def hours_of(mask: tuple[int, int, int]) -> list[int]:
    """Return the hours of the week whose bits are set."""
    whole = mask[0] | mask[1] << 56 | mask[2] << 112
    return [hour for hour in range(168) if whole >> hour & 1]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            [row("TU,MO", "14:00", "17:00"), row("MO", "09:30", "13:00")],
            (("Monday", "09:30 to 13:00, 14:00 to 17:00"), ("Tuesday", "14:00 to 17:00")),
        ),
        ([row("MO", "09:00", "13:00"), row("MO", "13:00", "17:00")], (("Monday", "09:00 to 17:00"),)),
        ([row("SA", "20:00", "02:00")], (("Saturday", "20:00 to 02:00"),)),
        ([row("SA", "20:00", "23:59")], (("Saturday", "20:00 to midnight"),)),
        ([row("SU", "00:00", "23:59")], (("Sunday", "24 hours"),)),
        ([row("MO", "09:00", "17:00", valid_to=date(2026, 11, 21))], ()),
        ([row("MO", "09:00", "17:00", valid_from=date(2026, 11, 23))], (("Monday", "09:00 to 17:00"),)),
        ([row("MO", None, None)], ()),
        (
            [row("MO", "15:30", "17:00", notes="term time only")],
            (("Monday", "15:30 to 17:00 (check first)"),),
        ),
        (
            [row("MO", "10:00", "12:00", interval=2, dtstart=date(2026, 11, 9)), row("FR", "10:00", "12:00")],
            (("Friday", "10:00 to 12:00"), ("Monday, every 2 weeks", "10:00 to 12:00")),
        ),
        ([row("2MO,-1FR", "10:00", "12:00", freq="MONTHLY")],
         (("2nd Monday", "10:00 to 12:00"), ("last Friday", "10:00 to 12:00"))),
        ([row("", "10:00", "12:00", freq="MONTHLY", bymonthday="1,22,-1")],
         (("1st of the month", "10:00 to 12:00"), ("22nd of the month", "10:00 to 12:00"),
          ("last day of the month", "10:00 to 12:00"))),
    ],
)  # fmt: skip
def test_lines_of_a_week(rows: list[dict[str, Any]], lines: tuple[tuple[str, str], ...]) -> None:
    """Monday first, rows that touch as one, what is of the month behind."""
    assert week(rules_of(rows), SUNDAY) == lines


def test_summer_hours_give_way_to_winter_hours_within_the_coming_week() -> None:
    """Each weekday is shown as on its next date."""
    rows = [
        row("MO,FR", "09:00", "18:00", valid_to=date(2026, 11, 24)),
        row("MO,FR", "10:00", "16:00", valid_from=date(2026, 11, 25)),
    ]
    assert week(rules_of(rows), SUNDAY) == (("Monday", "09:00 to 18:00"), ("Friday", "10:00 to 16:00"))


def test_mask_of_weekly_hours() -> None:
    """Each hour touched; past midnight on Sunday is Monday."""
    assert hours_of(week_mask(rules_of([row("MO", "09:30", "13:00")]))) == [9, 10, 11, 12]
    assert hours_of(week_mask(rules_of([row("SU", "22:00", "01:30")]))) == [0, 1, 166, 167]
    assert hours_of(week_mask(rules_of([row("-1FR", "10:00", "11:00", freq="MONTHLY")]))) == [106]


def test_a_mask_covers_what_is_unknown() -> None:
    """No hours, hours without times, hours that end one day."""
    for rows in ([], [row("MO", None, None)], [row("MO", "09:00", "17:00", valid_to=date(2027, 1, 1))]):
        assert week_mask(rules_of(rows)) == EVERY_HOUR
    late = rules_of([row("MO", "09:00", "10:00", valid_from=date(2026, 1, 1))])
    assert week_mask(late) == EVERY_HOUR
    assert hours_of(week_mask(late, SUNDAY)) == [9]


def test_mask_of_a_moment_and_of_a_stretch() -> None:
    """In local hours; a week or more is every hour."""
    monday = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert hours_of(stretch_mask(When(monday, monday), LONDON)) == [9]
    assert hours_of(stretch_mask(When(monday, monday + timedelta(hours=2)), LONDON)) == [9, 10, 11]
    sunday = datetime(2026, 11, 22, 23, tzinfo=UTC)
    assert hours_of(stretch_mask(When(sunday, sunday + timedelta(hours=2)), LONDON)) == [0, 167]
    assert stretch_mask(When(monday, monday + timedelta(days=7)), LONDON) == EVERY_HOUR
    summer = datetime(2026, 7, 6, 8, tzinfo=UTC)
    assert hours_of(stretch_mask(When(summer, summer), LONDON)) == [9]
