"""Reading `byday`, `bymonthday`, `opens_at` and the words beside them, once for each distinct text.

Feeds hold few distinct values in many rows, so all that takes a regular expression is cached.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from directory.search.rules import ALL_DAYS, DAY

_LONGEST_NIGHT = 18 * 60
"""Past midnight for longer than this is more likely a slip (05:00 for 17:00) than an opening."""
_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_PART = re.compile(r"([+-]?\d)?\s*(MO|TU|WE|TH|FR|SA|SU)[A-Z]*")
_TIME = re.compile(r"\s*(\d\d?):([0-5]\d)")
_CLOSED = re.compile(r"\W*(?:we (?:are|'re) )?closed(?: all day)?\W*", re.IGNORECASE)
_DOUBT = re.compile(
    r"\bterm[- ]?times?\b|\bin term\b|\bterm only\b|\bschool holidays?\b|\bhalf[- ]terms?\b"
    r"|\bby (?:prior )?(?:appointment|arrangement)|\bappointments? only\b"
    r"|(?<!no )\bappointments? (?:is |are )?(?:needed|required|necessary|essential)"
    r"|\bfortnight|\bevery (?:other|second|third|two|three|2|3) \w+|\balternat(?:e|ing)\b|\bbi-?weekly\b"
    r"|\b(?:summer|winter)(?: \w+)? only\b|\bseasonal(?:ly)?\b|\bweather permitting\b"
    r"|\b(?:hours|times) (?:may )?vary\b|\bsubject to\b",
    re.IGNORECASE,
)
_ORDINAL = r"(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last)"
_NTH_IN_WORDS = re.compile(
    rf"\b{_ORDINAL}(?:(?:,| and| &| or) {_ORDINAL})* (?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)


class Span(NamedTuple):
    """Minutes after local midnight, and whether they are the publisher's own."""

    opens: int
    closes: int
    doubtful: bool


class Pattern(NamedTuple):
    """The days of `Rule.days`, `Rule.nths` and `Rule.monthdays`, and whether they are clear."""

    days: int
    nths: int
    monthdays: int
    doubtful: bool


@lru_cache(maxsize=4096)
def span(opens_at: str | None, closes_at: str | None) -> Span:
    """Read both times of a row; a missing one leaves doubt up to the edge of the day."""
    opens, closes = _minutes(opens_at), _minutes(closes_at)
    if opens is None or closes is None:
        return Span(opens or 0, closes or DAY, doubtful=True)
    if closes == DAY - 1:
        closes = DAY
    if opens == closes or opens >= DAY:
        return Span(0, DAY, doubtful=True)
    if closes > opens:
        return Span(opens, closes, doubtful=False)
    return Span(opens, closes + DAY, doubtful=closes + DAY - opens > _LONGEST_NIGHT)


@lru_cache(maxsize=4096)
def pattern(freq: str, byday: str | None, bymonthday: str | None) -> Pattern:
    """Read which days a row means; what a row leaves ambiguous is doubtful on every day it may mean."""
    days, nths, readable = _byday(byday or "")
    monthdays, readable_too = _bymonthday(bymonthday or "")
    if not (readable and readable_too):
        return Pattern(ALL_DAYS, 0, 0, doubtful=True)
    if freq == "DAILY" and not (days or nths or monthdays):
        return Pattern(ALL_DAYS, 0, 0, doubtful=False)
    kinds = bool(days) + bool(nths) + bool(monthdays)
    allowed = ("WEEKLY", "DAILY", "") if days else ("MONTHLY", "")
    return Pattern(days, nths, monthdays, doubtful=kinds > 1 or (kinds == 1 and freq not in allowed))


@lru_cache(maxsize=4096)
def doubtful(text: str, *, weekly: bool) -> bool:
    """Say whether words beside the hours make them less than sure: "term time only", "by appointment"."""
    return bool(_DOUBT.search(text)) or (weekly and bool(_NTH_IN_WORDS.search(text)))


@lru_cache(maxsize=1024)
def says_closed(text: str) -> bool:
    """Say whether the whole of a text is that it is closed."""
    return bool(_CLOSED.fullmatch(text))


def _minutes(text: str | None) -> int | None:
    """Read HH:MM (seconds and an offset behind it are left alone), up to 24:00."""
    match = _TIME.match(text) if text else None
    if match is None:
        return None
    minutes = int(match[1]) * 60 + int(match[2])
    return minutes if minutes <= DAY else None


def _byday(text: str) -> tuple[int, int, bool]:
    days = nths = 0
    for part in filter(None, re.split(r"[\s,;]*[,;][\s,;]*|\s+(?=[+\-\dA-Z])", text.strip().upper())):
        match = _PART.fullmatch(part)
        if match is None:
            return 0, 0, False
        weekday, nth = _WEEKDAYS[match[2]], int(match[1] or 0)
        if nth == 0:
            days |= 1 << weekday
        elif -4 <= nth <= 5:
            nths |= 1 << 7 * ((nth if nth > 0 else 5 - nth) - 1) + weekday
        else:
            return 0, 0, False
    return days, nths, True


def _bymonthday(text: str) -> tuple[int, bool]:
    monthdays = 0
    for part in filter(None, re.split(r"[\s,;]+", text)):
        number = int(part) if re.fullmatch(r"[+-]?\d{1,2}", part) else 0
        if not 1 <= abs(number) <= 31:
            return 0, False
        monthdays |= 1 << (number - 1 if number > 0 else 30 - number)
    return monthdays, True
