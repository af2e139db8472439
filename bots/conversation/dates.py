"""Dates in a message: "1/12", "2 december", "the 5th", "christmas eve"."""

from __future__ import annotations

import re
from datetime import date

from bots.conversation.day import MONTHS, WEEKDAY, Day, Rule, full, say
from bots.conversation.feasts import FEASTS

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"


def _made(found: re.Match[str], today: date, year: int | None, month: int, day: int) -> Day | None:
    """Make a date; without a year the next one of that name is meant."""
    for candidate in (year,) if year else range(today.year, today.year + 5):
        try:
            made = date(candidate, month, day)
        except ValueError:
            continue
        if year or made >= today:
            return Day(
                made, say(made, today) if (made - today).days < 2 else _dated(made, today), found.span()
            )
    return None


def _dated(day: date, today: date) -> str:
    if day < today:
        return f"on {day.day} {MONTHS[day.month - 1]} {day.year}"
    return full(day) + (f" {day.year}" if (day - today).days > 180 else "")


def _named_date(found: re.Match[str], today: date) -> Day | None:
    month = next(number for number, name in enumerate(MONTHS, 1) if name.lower()[:3] == found["month"][:3])
    year = found["year"]
    return _made(found, today, int(year) if year else None, month, int(found["day"]))


def _numbers(found: re.Match[str], today: date) -> Day | None:
    year = found["year"]
    full = int(year) + (2000 if len(year) == 2 else 0) if year else None
    return _made(found, today, full, int(found["month"]), int(found["day"]))


def _of_month(found: re.Match[str], today: date) -> Day | None:
    for ahead in range(3):
        month = today.month - 1 + ahead
        try:
            made = date(today.year + month // 12, month % 12 + 1, int(found["day"]))
        except ValueError:
            continue
        if made >= today:
            return Day(made, _dated(made, today), found.span())
    return None


def _feast(found: re.Match[str], today: date) -> Day | None:
    name = " ".join(found["feast"].replace("'", "").replace("years", "year").split())
    label, on = FEASTS[name]
    day = next(made for year in range(today.year, today.year + 3) if (made := on(year)) >= today)
    return Day(day, f"on {label}", found.span())


RULES: tuple[Rule, ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (
            (
                r"\b(?:on |for )?(?P<feast>christmas eve|christmas day|xmas eve|xmas day|boxing day"
                r"|new year'?s eve|nye|new year'?s day|good friday|easter sunday|easter monday"
                r"|easter saturday"
                r"|hallowe'?en|bonfire night)\b"
            ),
            _feast,
        ),
        (r"\b(?P<year>20\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)\b", _numbers),
        (
            r"(?<![\d/])(?:on )?(?!24/7)(?P<day>\d\d?)[/.](?P<month>\d\d?)[/.](?P<year>20\d\d|\d\d)(?![\d/])",
            _numbers,
        ),
        (r"(?<![\d/])(?:on )?(?!24/7|1/2\b)(?P<day>\d\d?)/(?P<month>\d\d?)(?P<year>)(?![\d/])", _numbers),
        (
            (
                rf"\b(?:on )?(?:{WEEKDAY}\s+)?(?:the )?(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?:of )?"
                rf"(?P<month>{_MONTH})\b{_YEAR}"
            ),
            _named_date,
        ),
        (
            (
                rf"\b(?:on )?(?:{WEEKDAY}\s+)?(?P<month>{_MONTH})\s+(?:the )?(?P<day>\d\d?)(?:st|nd|rd|th)?\b"
                rf"(?![:.]\d|\s*(?:am|pm)\b){_YEAR}"
            ),
            _named_date,
        ),
    )
)
"""Tried before a weekday is looked for: "wednesday 2 december" is that date."""

OF_MONTH: Rule = (
    re.compile(
        r"\b(?:on )?the (?P<day>\d\d?)(?:st|nd|rd|th)\b"
        r"(?=\s*(?:$|[^\w\s]|(?:of|at|in|near|for|and|or|please|pls|from|after|before|around|morning|afternoon"
        r"|evening|next|this|if|open)\b|[a-z]{1,2}\d))"
    ),
    _of_month,
)
"""Tried last: "the 5th"."""
