"""A day as it is spoken of: what the rules for days and for dates both give."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.conversation.words import Span

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or several in a row."""

    first: date
    phrase: str
    span: Span
    days: int = 1
    weekly: bool = False
    """It comes round each week: where the time named has passed, the next one is meant."""
    each: str | None = None
    """How it is said with a part of the day where every one of them is meant: "on Monday {part}s"."""


Maker = Callable[[re.Match[str], date], "Day | None"]
"""Makes a day of what a pattern found, and today's date; None where there is no such day."""

Rule = tuple[re.Pattern[str], Maker]

WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nes(?:day)?)?|we[dn]d?s?n?e?sday|thu(?:r(?:s(?:day)?)?)?"
    r"|fri(?:day)?|sat(?:[ue]rday)?|sun(?:day)?)"
)
"""A pattern for the name of a weekday, also shortened or misspelt."""


def say(day: date, today: date) -> str:
    """Say a date: with its weekday alone within the week, else in full."""
    ahead = (day - today).days
    if 0 <= ahead < 2:
        return "tomorrow" if ahead else "today"
    if 2 <= ahead < 7:
        return f"on {WEEKDAYS[day.weekday()]}"
    year = f" {day.year}" if day.year != today.year and ahead > 180 else ""
    return f"on {WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def full(day: date) -> str:
    """Say a date in full: "on Tuesday 1 December"."""
    return f"on {WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
