"""Is it open then: one three-valued answer for every use, filter and badge alike.

What is not known is never counted as closed and never as open. The semantics, with their reasons,
stand in docs/decisions/0003-opening-hours.md.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from directory.search.days import Span, spans_of
from directory.search.holidays import bank_holidays
from directory.search.masks import stretch_mask, week_mask
from directory.search.query import Hours, Openness, When
from directory.search.rules import ALL_DAYS, DAY, EXCEPTION, Rule, pack, unpack
from directory.search.schedules import hours_text, rules_of
from directory.search.walltime import minute_of, moment_of
from directory.search.week import week

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

__all__ = [
    "Rule",
    "bank_holidays",
    "hours",
    "hours_text",
    "pack",
    "rules_of",
    "stretch_mask",
    "unpack",
    "week",
    "week_mask",
]

_AHEAD = 14
"""Days looked ahead for the next opening."""
_ENDLESS = 8 * DAY
"""Open for longer than this in one go is round the clock: it has no closing time to tell."""
_UNKNOWN = Hours(Openness.UNKNOWN)


def hours(
    rules: Sequence[Rule],
    when: When,
    *,
    now: datetime,  # noqa: ARG001  # hours are judged at the time asked about; kept for the interface
    timezone: ZoneInfo,
    holidays: Callable[[date], bool] = bank_holidays,
) -> Hours:
    """Say whether it is open at a moment, or at some moment of a stretch; times come back local."""
    if not rules:
        return _UNKNOWN
    start = minute_of(when.start, timezone)
    moment = when.end <= when.start
    end = start + 1 if moment else max(minute_of(when.end, timezone, up=True), start + 1)
    spans, known = _spans_between(rules, start, end)
    sure = [span for span in spans if span.sure]
    if sure:
        first = min(sure)
        opened = max(first.start, start)
        closed = _closing(rules, first)
        return Hours(
            Openness.OPEN,
            None
            if moment
            else when.start.astimezone(timezone)
            if opened == start
            else moment_of(opened, timezone),
            None if closed is None else moment_of(closed, timezone),
            may_differ=_may_differ(rules, holidays, opened, opened + 1),
        )
    if spans or not known:
        return _UNKNOWN
    opens = _next_opening(rules, end)
    return Hours(
        Openness.CLOSED,
        None if opens is None else moment_of(opens, timezone),
        may_differ=_may_differ(rules, holidays, start, end),
    )


def _spans_between(rules: Sequence[Rule], start: int, end: int) -> tuple[list[Span], bool]:
    """Return the spans that meet a stretch of minutes, and whether the rest of it is known closed."""
    today = start // DAY
    spans, known = spans_of(rules, today)
    for ordinal in range(today + 1, (end - 1) // DAY + 1):
        more, known_too = spans_of(rules, ordinal)
        spans += more
        known = known and known_too
    if any(rule.closes > DAY for rule in rules):
        spans += spans_of(rules, today - 1)[0]
    return [span for span in spans if span.start < end and span.end > start], known


def _closing(rules: Sequence[Rule], span: Span) -> int | None:
    """Return when an opening ends, over all that touches it; None where it never does, or may go on."""
    end = span.end
    while end - span.start < _ENDLESS:
        spans, known = _spans_between(rules, end, end + 1)
        if not spans:
            return end if known or end - span.start < DAY else None
        further = max((each.end for each in spans if each.sure), default=None)
        if further is None:
            return None
        end = further
    return None


def _next_opening(rules: Sequence[Rule], end: int) -> int | None:
    """Return the first sure opening from a minute on."""
    today = end // DAY
    weekdays = 0
    for rule in rules:
        weekdays |= ALL_DAYS if rule.nths or rule.monthdays else rule.days
    for ordinal in range(today, today + _AHEAD + 1):
        if not weekdays >> (ordinal + 6) % 7 & 1:
            continue
        starts = [span.start for span in spans_of(rules, ordinal)[0] if span.sure and span.start >= end]
        if starts:
            first = min(starts)
            return first if first <= end + _AHEAD * DAY else None
    return None


def _may_differ(rules: Sequence[Rule], holidays: Callable[[date], bool], start: int, end: int) -> bool:
    """Say whether the stretch touches a bank holiday for which the publisher gave no hours."""
    for ordinal in range(start // DAY, (end - 1) // DAY + 1):
        if holidays(date.fromordinal(ordinal)) and not any(
            rule.kind >= EXCEPTION and rule.since <= ordinal <= rule.until for rule in rules
        ):
            return True
    return False
