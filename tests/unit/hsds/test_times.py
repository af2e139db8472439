"""Dates, times of day and recurrences as they are written in the field."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hsds import times
from directory.hsds.fields import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("09:30", "09:30"),
        ("9:30", "09:30"),
        ("09:30:00", "09:30"),
        ("09:30:00.000", "09:30"),
        ("09:30:00Z", "09:30"),
        ("09:30+01:00", "09:30"),
        ("2026-01-31T09:30:00", "09:30"),
        ("9.30am", "09:30"),
        ("9.30 pm", "21:30"),
        ("9 a.m.", "09:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("0930", "09:30"),
        ("Noon", "12:00"),
        ("midnight", "00:00"),
        (" 17:00 ", "17:00"),
        ("", None),
    ],
)
def test_a_time_that_can_be_read_in_one_way_is_used(written: str, expected: str | None) -> None:
    assert times.opening_time(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        *(
            "9",
            "930",
            "25:00",
            "24:01",
            "9:60",
            "9:5",
            "13pm",
            "0pm",
            "late",
            "9:30 to 10",
            "09:30:",
            "\u0669:30",
        ),
        *(930, None, ["09:30"], {}, True, "1" * 500),
    ],
)
def test_a_time_that_can_not_be_read_is_left_out(written: object) -> None:
    with pytest.raises(Unusable, match="not_a_time"):
        times.closing_time(written)


def test_the_end_of_the_day_is_a_time_to_close_and_none_to_open() -> None:
    assert times.closing_time("24:00") == "24:00"
    with pytest.raises(Unusable, match="not_a_time"):
        times.opening_time("24:00")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31T23:59:59Z", date(2026, 1, 31)),
        ("2026-01-31 00:00:00", date(2026, 1, 31)),
        ("", None),
    ],
)
def test_a_date_is_read_with_or_without_a_time(written: str, expected: date | None) -> None:
    assert times.day(written) == expected


@pytest.mark.parametrize("written", ["31/01/2026", "2026-02-30", "soon", 20260131, [], "2026"])
def test_a_date_that_could_be_another_is_left_out(written: object) -> None:
    with pytest.raises(Unusable, match="not_a_date"):
        times.day(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-02-01T10:30:45.123Z", "2026-02-01T10:30:45.123000Z"),
        ("2026-07-01T10:30:45+01:00", "2026-07-01T09:30:45.000000Z"),
        ("2026-02-01T10:30:45", "2026-02-01T10:30:45.000000Z"),
        ("2026-02-01", "2026-02-01T00:00:00.000000Z"),
    ],
)
def test_a_moment_is_written_in_utc(written: str, expected: str) -> None:
    assert times.moment(written) == expected


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00+23:00", "yesterday", 1738363845])
def test_a_moment_that_can_not_be_read_is_left_out(written: object) -> None:
    with pytest.raises(Unusable, match="not_a_date"):
        times.moment(written)


@given(st.datetimes(), st.datetimes())
def test_moments_sort_as_text(one: datetime, other: datetime) -> None:
    written = [str(times.moment(moment.isoformat())) for moment in (one, other)]
    assert (written[0] < written[1]) == (one < other)


@pytest.mark.parametrize(
    ("check", "written", "expected"),
    [
        (times.days, "MO,TU", "MO,TU"),
        (times.days, "mo, we ,fr", "MO,WE,FR"),
        (times.days, "Monday, Tuesdays & Weds", "MO,TU,WE"),
        (times.days, "Monday and Thurs", "MO,TH"),
        (times.days, "MO TU WE", "MO,TU,WE"),
        (times.days, "2MO,-1FR,+3 TU", "2MO,-1FR,3TU"),
        (times.days, "MO,MO", "MO"),
        (times.month_days, "1,15,-1", "1,15,-1"),
        (times.month_days, 15, "15"),
        (times.weeks, "53", "53"),
        (times.year_days, "-366", "-366"),
        (times.frequency, "weekly", "WEEKLY"),
        (times.times, "2", 2),
        (times.times, 2.0, 2),
        (times.times, 1, 1),
    ],
)
def test_the_parts_of_a_recurrence_are_written_as_icalendar_does(
    check: Callable[[object], object], written: object, expected: object
) -> None:
    assert check(written) == expected


@pytest.mark.parametrize(
    ("check", "written", "reason"),
    [
        (times.days, "MO-FR", "not_days"),
        (times.days, "weekdays", "not_days"),
        (times.days, "9MO", "not_days"),
        (times.days, ",", "not_days"),
        (times.days, ["MO"], "not_days"),
        (times.month_days, "0", "not_days"),
        (times.month_days, "32", "not_days"),
        (times.month_days, "first", "not_days"),
        (times.frequency, "FORTNIGHTLY", "unknown_frequency"),
        (times.frequency, 1, "unknown_frequency"),
        (times.times, 0, "not_a_count"),
        (times.times, -1, "not_a_count"),
        (times.times, 1.5, "not_a_count"),
        (times.times, "often", "not_a_count"),
        (times.times, 10**9, "not_a_count"),
    ],
)
def test_a_recurrence_that_can_not_be_read_is_left_out(
    check: Callable[[object], object], written: object, reason: str
) -> None:
    with pytest.raises(Unusable, match=reason):
        check(written)
