"""Checks of single fields that say when: dates, moments, times of day, and the parts of a recurrence.

Times of day are local wall-clock times: a zone or offset behind them is dropped, since publishers
write one from habit, winter and summer alike. A moment without a zone is taken as UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from directory.hsds.fields import Unusable, text

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_CLOCK: Final = re.compile(
    r"(?:\d{4}-\d\d-\d\d[T ])?"
    r"(?P<hour>\d{1,2})[:.]?(?P<minute>(?<=[:.])\d\d|(?<=\d\d)\d\d)?(?P<rest>:\d\d(?:\.\d{1,9})?)?"
    r"\s*(?:(?P<half>[ap])\.?m\.?|(?P<zone>Z|[+-]\d\d(?::?\d\d)?))?",
    re.IGNORECASE | re.ASCII,
)
_DAY: Final = re.compile(r"(?P<nth>[+-]?[1-5])?\s*(?P<day>[A-Z]+)")
_DAY_NAMES: Final = {
    **{day: day for day in DAYS},
    **dict(zip(("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"), DAYS, strict=True)),
    **dict(zip(("TUES", "WEDS", "THUR", "THURS"), ("TU", "WE", "TH", "TH"), strict=True)),
    **dict(
        zip(("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"), DAYS, strict=True)
    ),
}
_CLOCKS: Final = frozenset(f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60))
_FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY"})
_WORDS: Final = {"noon": "12:00", "midday": "12:00", "12 noon": "12:00", "midnight": "00:00"}


def day(value: object) -> date | None:
    """A date written as ISO 8601 has it; of a timestamp the date."""
    found = _written(value, "not_a_date")
    if found is None:
        return None
    try:
        return date.fromisoformat(found[:10] if found[10:11] in {"T", " "} else found)
    except ValueError as error:
        raise Unusable("not_a_date") from error


def moment(value: object) -> str | None:
    """An ISO 8601 timestamp as `2026-01-31T12:00:00.000000Z`, so that text sorts as time does."""
    found = _written(value, "not_a_date")
    if found is None:
        return None
    try:
        read = datetime.fromisoformat(found)
        read = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unusable("not_a_date") from error
    return read.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def opening_time(value: object) -> str | None:
    """A time of day as `HH:MM`."""
    if type(value) is str and value in _CLOCKS:
        return value
    found = closing_time(value)
    if found == "24:00":
        raise Unusable("not_a_time")
    return found


def closing_time(value: object) -> str | None:
    """A time of day as `HH:MM`, with 24:00 for the end of the day."""
    if type(value) is str and value in _CLOCKS:
        return value
    found = _written(value, "not_a_time")
    return None if found is None else _clock(found)


def days(value: object) -> str | None:
    """Days of the week as iCalendar writes them: `MO,TH`, `2MO`, `-1FR`."""
    found = _written(value, "not_days")
    return None if found is None else _days(found)


def month_days(value: object) -> str | None:
    """Days of the month, `1,15,-1`."""
    return _numbers(value, 31)


def year_days(value: object) -> str | None:
    """Days of the year, `1,-1`."""
    return _numbers(value, 366)


def weeks(value: object) -> str | None:
    """Weeks of the year, `1,-1`."""
    return _numbers(value, 53)


def frequency(value: object) -> str | None:
    """WEEKLY or MONTHLY, the two of the profile, or DAILY, which can mean one thing only."""
    if type(value) is str and value in _FREQUENCIES:
        return value
    found = _written(value, "unknown_frequency")
    if found is None:
        return None
    if found.upper() not in _FREQUENCIES:
        raise Unusable("unknown_frequency")
    return found.upper()


def times(value: object) -> int | None:
    """A count of one or more: an `interval` or a `count`."""
    if type(value) is int and 1 <= value <= 9999:
        return value
    found = text(value)
    if found is None:
        return None
    whole = found.removesuffix(".0")
    if not (whole.isascii() and whole.isdigit() and 1 <= len(whole) <= 4 and int(whole) >= 1):
        raise Unusable("not_a_count")
    return int(whole)


def _written(value: object, reason: str) -> str | None:
    """Text of a length that a time may have."""
    if not isinstance(value, str):
        raise Unusable(reason)
    if len(value) > 200:
        raise Unusable(reason)
    return value.strip() or None


@lru_cache(maxsize=4096)
def _clock(found: str) -> str:
    found = _WORDS.get(found.lower(), found)
    match = _CLOCK.fullmatch(found)
    if not match or (match["minute"] is None and (match["half"] is None or match["rest"])):
        raise Unusable("not_a_time")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise Unusable("not_a_time")
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise Unusable("not_a_time")
    return f"{hour:02}:{minute:02}"


@lru_cache(maxsize=4096)
def _days(found: str) -> str:
    parts = [part for part in re.split(r"[,;&]|\band\b", found.upper(), flags=re.IGNORECASE) if part.strip()]
    if len(parts) == 1 and " " in parts[0].strip():
        parts = parts[0].split()
    kept = [_day(part.strip()) for part in parts]
    if not kept:
        raise Unusable("not_days")
    return ",".join(dict.fromkeys(kept))


def _day(part: str) -> str:
    match = _DAY.fullmatch(part)
    name = match and (_DAY_NAMES.get(match["day"]) or _DAY_NAMES.get(match["day"].removesuffix("S")))
    if not match or not name:
        raise Unusable("not_days")
    return f"{(match['nth'] or '').removeprefix('+')}{name}"


def _numbers(value: object, most: int) -> str | None:
    """A list of whole numbers from 1 to `most`, or as far from the end."""
    found = text(value)
    if found is None:
        return None
    kept = [part.strip() for part in found.split(",")]
    if len(kept) > most or not all(re.fullmatch(r"[+-]?\d{1,3}", part, re.ASCII) for part in kept):
        raise Unusable("not_days")
    if not all(1 <= abs(int(part)) <= most for part in kept):
        raise Unusable("not_days")
    return ",".join(str(int(part)) for part in kept)
