"""The day in a message, as people in Britain say it: "tomorrow", "on sat", "next tuesday", "this weekend"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bots.conversation import dates
from bots.conversation.day import WEEKDAY, WEEKDAYS, Day, Maker, Rule, full, say

_COUNT = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def find(text: str, today: date) -> Day | None:
    """Find the first rule that knows a day in the (folded) text."""
    for pattern, make in (*dates.RULES, *_RULES, dates.OF_MONTH):
        for found in pattern.finditer(text):
            day = make(found, today)
            if day is not None:
                return day
    return None


def _number(name: str) -> int:
    return next(number for number, day in enumerate(WEEKDAYS) if day.lower()[:2] == name[:2])


def _next(today: date, weekday: int) -> date:
    return today + timedelta((weekday - today.weekday()) % 7)


def _monday(today: date) -> date:
    return today + timedelta(7 - today.weekday())


def _relative(ahead: int) -> Maker:
    def make(found: re.Match[str], today: date) -> Day:
        day = today + timedelta(ahead)
        return Day(day, say(day, today), found.span())

    return make


def _weekday(found: re.Match[str], today: date) -> Day:
    name = found["day"]
    number = _number(name)
    which = found["which"]
    if which == "next":
        day = _monday(today) + timedelta(number)
        return Day(day, full(day), found.span())
    if found["week"]:
        day = _next(today, number) + timedelta(7)
        return Day(day, full(day), found.span())
    name = WEEKDAYS[number]
    if which == "every" or found["many"]:
        return Day(_next(today, number), f"on {name}s", found.span(), weekly=True, each=f"on {name}")
    return Day(_next(today, number), f"on {name}", found.span(), weekly=True)


def _weekend(found: re.Match[str], today: date) -> Day:
    if found["which"] == "next":
        day = _monday(today) + timedelta(5)
        return Day(day, f"next weekend, {full(day)[3:]}", found.span(), days=2)
    first, days = (today, 1) if today.weekday() == 6 else (_next(today, 5), 2)
    if found["many"] is not None:
        return Day(first, "at weekends", found.span(), days, weekly=True, each="on weekend")
    return Day(first, "this weekend", found.span(), days)


def _weekdays(found: re.Match[str], today: date) -> Day:
    first = today if today.weekday() < 5 else _monday(today)
    return Day(first, "on weekdays", found.span(), weekly=True, each="on weekday")


def _week(found: re.Match[str], today: date) -> Day:
    if found["which"] == "next":
        return Day(_monday(today), "next week", found.span(), days=7)
    return Day(today, "this week", found.span(), days=7 - today.weekday())


def _in_days(found: re.Match[str], today: date) -> Day:
    count = _COUNT.get(found["count"]) or int(found["count"])
    day = today + timedelta(count * (7 if found["unit"].startswith("week") else 1))
    return Day(day, say(day, today), found.span())


_RULES: tuple[Rule, ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (r"\b(?:the )?day after (?:tomorrow|tmrw)\b", _relative(2)),
        (r"\b(?:tomorr?ow|tommorow|tommorrow|tmrw|tmr|tmw|2moro|tomoz|tomos)\b", _relative(1)),
        (r"\b(?:a )?week (?:today|2day)\b", _relative(7)),
        (r"\b(?<!once )(?:in )?a fortnight(?:'?s? time| today)?\b", _relative(14)),
        (r"\b(?:today|2day)\b", _relative(0)),
        (rf"\b(?:a )?(?P<week>week) on (?P<day>{WEEKDAY})(?P<which>)(?P<many>)\b", _weekday),
        (
            (
                r"\b(?:(?:on|at|this|the)\s+)*sat(?:urdays?)?\s*(?:and|or|/|&|-|to|n)\s*sun(?:days?)?\b"
                r"(?P<which>this)?(?P<many>every)?"
            ),
            _weekend,
        ),
        (
            (
                r"\b(?:mon(?:day)?s?\s*(?:to|-)\s*fri(?:day)?s?|(?:on |in )?week ?days?|(?:during"
                r"|in) the week"
                r"|midweek)\b"
            ),
            _weekdays,
        ),
        (
            (
                r"\b(?:(?:on|at|over|this|the|for|every|(?P<which>next))\s+)*week ?end"
                r"(?P<many>s|(?= (?:morning|afternoon|evening|night)s))?\b"
            ),
            _weekend,
        ),
        (
            (
                rf"\b(?:(?:on|by|for|from|(?P<which>this|next|every|coming))\s+)*(?P<day>{WEEKDAY})"
                r"(?P<many>(?<=day)s|'s)?(?P<week>\s+week\b(?!end))?\b(?! (?:cream|lounger|bed|school)\b)"
            ),
            _weekday,
        ),
        (r"\b(?P<which>this|next)\s+week\b", _week),
        (
            (
                r"\b(?P<in>in )?(?P<count>a|one|two|three|four|five|six|\d{1,2}) (?P<unit>days?|weeks?)"
                r"(?(in)(?:'? time)?|(?:'? time| from now))\b"
            ),
            _in_days,
        ),
    )
)
