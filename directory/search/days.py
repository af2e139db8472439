"""What rules say of one day, and of a stretch of days, as spans of minutes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from directory.search.rules import DAY, DOUBTFUL, EXCEPTION, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence


class Span(NamedTuple):
    """Minutes, end exclusive, on a line on which a day has 1440 of them and ordinal 0 starts at 0."""

    start: int
    end: int
    sure: bool


def spans_of(rules: Sequence[Rule], ordinal: int) -> tuple[list[Span], bool]:
    """Return the spans that belong to a day, and whether all its other minutes are known to be closed."""
    spans: list[Span] = []
    known = excepted = False
    bit = 1 << (ordinal + 6) % 7
    midnight = ordinal * DAY
    for rule in rules:
        opens, closes, days, kind, since, until, every, _, nths, monthdays = rule
        if not since <= ordinal <= until:
            continue
        if kind >= EXCEPTION:
            excepted = True
            continue
        if not known:
            known = kind != DOUBTFUL or closes - opens < DAY
        if not (days & bit or ((nths or monthdays) and _in_month(rule, ordinal))):
            continue
        if every == 1 or _counted(rule, ordinal):
            spans.append(Span(midnight + opens, midnight + closes, kind != DOUBTFUL))
    return (_exceptional(rules, ordinal), True) if excepted else (spans, known)


def _exceptional(rules: Sequence[Rule], ordinal: int) -> list[Span]:
    """Return the spans that holiday rows give a day instead of its usual ones."""
    midnight = ordinal * DAY
    return [
        Span(midnight + rule.opens, midnight + rule.closes, not rule.kind & DOUBTFUL)
        for rule in rules
        if rule.kind >= EXCEPTION and rule.since <= ordinal <= rule.until and rule.closes > rule.opens
    ]


def _in_month(rule: Rule, ordinal: int) -> bool:
    """Say whether a day is one of the rule's nth weekdays or days of the month."""
    day = date.fromordinal(ordinal)
    left = _month_length(day.year, day.month) - day.day
    if rule.monthdays and rule.monthdays & (1 << day.day - 1 | 1 << 31 + left):
        return True
    weekday = (ordinal + 6) % 7
    nth, last = (day.day - 1) // 7, left // 7
    wanted = 1 << 7 * nth + weekday
    if last < 4:
        wanted |= 1 << 7 * (5 + last) + weekday
    return bool(rule.nths & wanted)


def _month_length(year: int, month: int) -> int:
    if month == 12:
        return 31
    return date(year, month + 1, 1).toordinal() - date(year, month, 1).toordinal()


def _counted(rule: Rule, ordinal: int) -> bool:
    """Say whether the week or month of a day is one that an interval counts."""
    if rule.days:
        weeks = (ordinal - 1) // 7 - (rule.anchor - 1) // 7
        return weeks % rule.every == 0
    day, anchor = date.fromordinal(ordinal), date.fromordinal(rule.anchor)
    return ((day.year - anchor.year) * 12 + day.month - anchor.month) % rule.every == 0
