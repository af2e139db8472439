"""The time in a message: what it means, how it is said back, and which characters said it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as wall
from typing import TYPE_CHECKING

from bots.conversation import asides, days
from bots.conversation import clock as clocks
from bots.conversation.day import Day, say
from bots.conversation.state import NOW
from bots.conversation.words import Span, blank, folded
from directory.search.query import When

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bots.conversation.clock import Clock

_NOW = re.compile(
    r"\b(?:(?:is )?open (?:right )?now|right now|just now|(?:at|for) the moment|at the minute|currently"
    r"|still open|now|rn)\b(?! then\b)"
)
_OPEN = re.compile(
    r"(?<!\bto )(?<!\bdare )(?<!\bdarent )(?<!\bdaren't )(?<!\bcant )(?<!\bcan't )(?<!\bwont )(?<!\bwon't )"
    r"\bopen\b(?! (?:mic|door|access|air|day|space|evening|learning|university|source|to|water|minded|up"
    r"|them|it|my|his|her|the|a|an|letters?|post|mail|envelopes?|bills?|jars?|tins?|cans?|bottles?|wounds?|plan|prison)\b)"
)
_OPEN_BEFORE = re.compile(r"\b(?:that is |that's |thats )?open(?:ing)?(?: late| early)?\s+$")
_HINT = re.compile(
    r"\b(?:in \d{1,2} (?:days?|weeks?|months?)|\d{1,2} (?:days?|weeks?|months?)(?:'? time| from)"
    r"|(?:first|last|second|third) \w+day|week after next|day after)\b"
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time that was asked about."""

    when: When
    phrase: str
    """How it is said back: "on Saturday", "this evening"; `now` for this moment."""
    spans: tuple[Span, ...]


def find(text: str, now: datetime, timezone: ZoneInfo) -> Time | None:
    """Find the time in a cleaned text. `now` is aware; the answer is in `timezone`."""
    local = now.astimezone(timezone)
    low = folded(text)
    low = blank(low, asides.find(low))
    day = days.find(low, local.date())
    rest = blank(low, [day.span]) if day else low
    clock = clocks.find(rest, day_known=day is not None)
    if day or clock:
        return _together(day, clock, local, low)
    if found := _NOW.search(low) or _OPEN.search(low):
        return Time(When(local, local), NOW, (found.span(),))
    return _by_dateparser(low, local) if _HINT.search(low) else None


def _together(day: Day | None, clock: Clock | None, local: datetime, low: str) -> Time:
    """Lay day and time of day together; what has passed moves on where it comes round again."""
    spans = tuple(_with_open(part.span, low) for part in (day, clock) if part)
    today = local.date()
    first = day.first if day else today
    when = _stretch(first, day.days if day else 1, clock, local)
    if _passed(when, local):
        if day is None and clock and not clock.today:
            first = today + timedelta(1)
            day = None if clock.many else Day(first, "tomorrow", clock.span)
        elif day and (day.weekly or day.days > 1):
            first = _again(day, first)
        when = _stretch(first, day.days if day else 1, clock, local)
    return Time(_from_now(when, local), _phrase(day, clock), spans)


def _with_open(span: Span, low: str) -> Span:
    """The "open" before "on Saturday" belongs to the time."""
    before = _OPEN_BEFORE.search(low, 0, span[0])
    return (before.start(), span[1]) if before else span


def _again(day: Day, first: date) -> date:
    """The next time that day comes round."""
    if day.each == "on weekday":
        return first + timedelta(3 if first.weekday() == 4 else 1)
    if day.days > 1:
        return first + timedelta(1)
    return first + timedelta(6 if day.each == "on weekend" else 7)


def _stretch(first: date, count: int, clock: Clock | None, local: datetime) -> When:
    """The time meant, on that day."""
    if clock is None:
        return When(_at(first, 0, local), _at(first + timedelta(count), 0, local))
    return When(_at(first, clock.since, local), _at(first, clock.until, local))


def _at(day: date, minutes: int, local: datetime) -> datetime:
    """Make an aware moment of a day and minutes after midnight."""
    days_on, minutes = divmod(minutes, clocks.DAY)
    return datetime.combine(day + timedelta(days_on), wall(minutes // 60, minutes % 60), tzinfo=local.tzinfo)


def _passed(when: When, local: datetime) -> bool:
    """Whether it lies behind us."""
    return when.end < local if when.end == when.start else when.end <= local


def _from_now(when: When, local: datetime) -> When:
    """Of a stretch that has begun, only what is still to come is of use."""
    return When(local, when.end) if when.start < local < when.end else when


def _phrase(day: Day | None, clock: Clock | None) -> str:
    """Say it back."""
    if clock is None:
        return day.phrase if day else NOW
    if clock.part is None:
        return f"{day.phrase if day else 'today'} {clock.phrase}"
    if day is None or day.phrase == "today":
        return _part_today(clock)
    if day.each or (clock.many and day.weekly):
        return f"{day.each or day.phrase} {clock.part}s"
    return f"{day.phrase} in the {clock.part}" if day.days > 1 else f"{day.phrase} {clock.part}"


def _part_today(clock: Clock) -> str:
    if clock.many:
        return f"in the {clock.part}"
    return "tonight" if clock.part == "night" else f"this {clock.part}"


def _by_dateparser(text: str, local: datetime) -> Time | None:
    """What the grammar does not know; a millisecond or two, and only where a date is hinted at."""
    from dateparser.search import search_dates  # noqa: PLC0415 - a quarter of a second to load

    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": local.replace(tzinfo=None),
    }
    hint = _HINT.search(text)
    if hint is None:
        return None
    start, end = max(0, hint.start() - 20), min(len(text), hint.end() + 20)
    for said, found in search_dates(text[start:end], languages=["en"], settings=settings) or ():
        if found.date() >= local.date() and len(said) > 3:
            at = text.find(said, start)
            when = When(_at(found.date(), 0, local), _at(found.date() + timedelta(1), 0, local))
            return Time(_from_now(when, local), say(found.date(), local.date()), ((at, at + len(said)),))
    return None
