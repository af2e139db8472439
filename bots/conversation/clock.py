"""The time of day in a message: "after 5pm", "at 10:30", "half past six", "in the evening"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.conversation.words import Span

DAY = 24 * 60

PARTS = {
    "morning": (6 * 60, 12 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "evening": (18 * 60, DAY),
    "night": (18 * 60, DAY),
    "lunchtime": (12 * 60, 14 * 60),
}
"""Parts of the day, in minutes after midnight."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment (`until` equals `since`) or a stretch within a day, in minutes after midnight."""

    since: int
    until: int
    phrase: str
    """What follows the day: "after 17:00", "at 10:30"; for a part of the day its name."""
    span: Span
    part: str | None = None
    today: bool = False
    """It was said with "this", or as "tonight"."""
    many: bool = False
    """Every one of them: "evenings"."""


def find(text: str, *, day_known: bool) -> Clock | None:
    """Find the first rule that knows a time of day in the (folded) text, the day blanked out."""
    for pattern, make in _RULES:
        for found in pattern.finditer(text):
            clock = make(found, day_known=day_known)
            if clock is not None:
                return clock
    return None


def say(minutes: int) -> str:
    """Say a time of day: "17:00"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _minutes(hour: str, minute: str | None, half: str | None, *, late: int = 7) -> int | None:
    """Minutes after midnight; a bare hour up to `late` is one in the afternoon."""
    hours, minutes = int(hour), int(minute or 0)
    if hours > 24 or minutes > 59 or (half and not 1 <= hours <= 12):
        return None
    if half:
        hours = hours % 12 + (12 if half.startswith("p") else 0)
    elif 1 <= hours <= late and not hour.startswith("0"):
        hours += 12
    total = hours * 60 + minutes
    return total if total <= DAY else None


def _between(found: re.Match[str], *, day_known: bool) -> Clock | None:
    half = found["h1"] or (found["h2"] if int(found["a"]) <= int(found["b"]) else None)
    if not (
        found["intro"] or found["h2"] or found["m1"] or found["m2"] or (day_known and int(found["b"]) < 13)
    ):
        return None
    since, until = _minutes(found["a"], found["m1"], half), _minutes(found["b"], found["m2"], found["h2"])
    if since is None or until is None or until <= since:
        return None
    return Clock(since, until, f"between {say(since)} and {say(until)}", found.span())


def _after(found: re.Match[str], *, day_known: bool) -> Clock | None:
    del day_known
    since = _minutes(found["a"], found["m1"], found["h1"], late=8)
    if since is None or since >= DAY or _counted(found):
        return None
    return Clock(since, DAY, f"after {say(since)}", found.span())


def _before(found: re.Match[str], *, day_known: bool) -> Clock | None:
    del day_known
    until = _minutes(found["a"], found["m1"], found["h1"], late=6)
    if not until or _counted(found):
        return None
    return Clock(0, until, f"before {say(until)}", found.span())


def _counted(found: re.Match[str]) -> bool:
    """Whether a bare number counts something rather: "after 2 operations"."""
    return not (found["m1"] or found["h1"]) and _ENDS.match(found.string, found.end()) is None


def _at(found: re.Match[str], *, day_known: bool) -> Clock | None:
    del day_known
    if not (found["m1"] or found["h1"]) and int(found["a"]) > 12:
        return None  # an age: "pregnant at 16"
    moment = _minutes(found["a"], found["m1"], found["h1"])
    return None if moment is None or moment >= DAY else _moment(moment, found)


def _moment(minutes: int, found: re.Match[str]) -> Clock:
    return Clock(minutes, minutes, f"at {say(minutes)}", found.span())


_HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def _past(found: re.Match[str], *, day_known: bool) -> Clock | None:
    del day_known
    hour = found["hour"]
    number = str(_HOURS.index(hour) + 1) if hour in _HOURS else hour
    full = _minutes(number, None, found["h1"])
    if full is None:
        return None
    ahead = {"half": 30, "half past": 30, "quarter past": 15, "quarter to": -15}[found["which"]]
    return _moment((full + ahead) % DAY, found)


def _noon(found: re.Match[str], *, day_known: bool) -> Clock:
    del day_known
    return _moment(12 * 60, found)


def _part(found: re.Match[str], *, day_known: bool) -> Clock | None:
    intro, name, many = found["intro"], found["part"], bool(found["many"])
    if not (intro or many or day_known):
        return None
    since, until = PARTS[name]
    today = bool(intro and intro.startswith("this"))
    return Clock(since, until, name, found.span(), part=name, today=today, many=many)


def _tonight(found: re.Match[str], *, day_known: bool) -> Clock:
    del day_known
    return Clock(*PARTS["night"], "tonight", found.span(), part="night", today=True)


def _half_day(found: re.Match[str], *, day_known: bool) -> Clock | None:
    part = "morning" if found["half"] == "am" else "afternoon"
    return Clock(*PARTS[part], part, found.span("half"), part=part) if day_known else None


def _lunch(found: re.Match[str], *, day_known: bool) -> Clock:
    del day_known
    return Clock(*PARTS["lunchtime"], "at lunchtime", found.span())


def _after_work(found: re.Match[str], *, day_known: bool) -> Clock:
    del day_known
    return Clock(17 * 60, DAY, "after 17:00", found.span())


def _late(found: re.Match[str], *, day_known: bool) -> Clock:
    del day_known
    return Clock(18 * 60, DAY, "after 18:00", found.span())


def _time(number: int) -> str:
    """A pattern for a time of day; `number` tells its groups from another's."""
    letter = "ab"[number - 1]
    half = rf"(?:\s?(?P<h{number}>am|pm|a\.m\.|p\.m\.))"
    return rf"(?P<{letter}>\d{{1,2}})(?:[:.](?P<m{number}>\d{{2}}))?(?:{half}|\s?o'?clock|(?![\d:./%]))"


_NOT_AGE = r"(?!\s?-?\s?(?:years?|yrs?|yo|months?|minutes?|mins?|miles?|people|to \d|s\b|\+|%))"
_END = r"(?=\s*(?:$|[,.?!|)]|(?:on|in|near|for|and|or|today|tomorrow|please|around)\b))"

_ENDS = re.compile(
    r"\s*(?:$|[^\w\s]|(?:on|in|near|for|and|n|or|but|if|that|then|this|these|to|till|til|at|by|cos|because|as|so|i|we"
    r"|every|each|around|please|pls|plz|today|tonight|tomorrow|close|only|club|group|open|weekdays?"
    r"|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*|[a-z]{1,2}\d\w*)\b)"
)
"""What may follow a bare hour."""

Maker = Callable[..., Clock | None]
_RULES: tuple[tuple[re.Pattern[str], Maker], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (r"\b(?:tonight|tonite|2night|2nite)\b", _tonight),
        (
            (
                rf"(?<![\w/.-])(?P<intro>between |from )?{_time(1)}\s?(?:-|\u2013|to|and|til|till|until)\s?"
                rf"{_time(2)}\b{_NOT_AGE}"
            ),
            _between,
        ),
        (
            (
                r"\b(?:at |around |about )?(?P<which>half past|half|quarter past|quarter to)\s+"
                rf"(?P<hour>\d{{1,2}}|{'|'.join(_HOURS)})(?:\s?(?P<h1>am|pm))?\b(?! ?(?:term|price))"
            ),
            _past,
        ),
        (rf"\b(?:after|from|past|later than|any ?time after) {_time(1)}{_NOT_AGE}", _after),
        (rf"\b(?:before|by|until|till|til|earlier than) {_time(1)}{_NOT_AGE}", _before),
        (rf"(?:\bat |@ ?){_time(1)}{_NOT_AGE}{_END}", _at),
        (
            r"(?<![\w/.:-])(?:\b(?:at|around|about) )?(?P<a>\d{1,2})(?:[:.](?P<m1>\d{2}))?\s?(?P<h1>am|pm)\b",
            _at,
        ),
        (r"(?<![\w/.:-])(?:\b(?:at|around|about) )?(?P<a>\d{1,2}):(?P<m1>\d{2})(?P<h1>)(?![\w:])", _at),
        (r"\b(?:at )?(?:noon|midday|mid-day)\b", _noon),
        (r"\b(?:at |over |during )?(?:lunch ?time|lunch hour)s?\b(?! (?:club|group))", _lunch),
        (r"\bafter work\b", _after_work),
        (r"\b(?:open late|late opening|late night opening|opens late)\b", _late),
        (
            (
                r"\b(?:(?P<intro>this|in the|during the|at|of an) )?(?:early |late )?"
                r"(?P<part>morning|afternoon|evening|night)(?P<many>s)?\b(?! (?:class|shelter"
                r"|school|course|club))"
            ),
            _part,
        ),
        (r"\|\s?(?P<half>am|pm)\b", _half_day),
    )
)
