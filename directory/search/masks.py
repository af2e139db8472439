"""Hours of the week as bits: a quick way to pass over what is certainly closed, never more than that.

Bit h of a mask is hour h of the week, Monday 00:00 local time first; three integers carry 56 bits
each, so that both databases can hold and compare them. Where the masks of rules and of a stretch
share no bit, `hours` says closed; where they do, it must be asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.search.rules import ALL_DAYS, DAY, EXCEPTION, FOREVER, Rule
from directory.search.walltime import minute_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from directory.search.query import When

Mask = tuple[int, int, int]

_WEEK = 168
_PART = (1 << 56) - 1
_FULL = (1 << _WEEK) - 1
_SPREAD = tuple(sum(1 << 24 * weekday for weekday in range(7) if days >> weekday & 1) for days in range(128))
"""Bits of weekdays -> the first hour of each of them, in a week."""
EVERY_HOUR: Mask = (_PART, _PART, _PART)


def week_mask(rules: Sequence[Rule], day: date | None = None) -> Mask:
    """Return the hours in which it may be open, or is not known to be closed, in some week.

    All hours where some day may be unknown. With `day`, only what holds from that day on counts, so
    that rules with a start in the past need not leave everything open.
    """
    first = 0 if day is None else day.toordinal()
    if not any(_lasting(rule, first) for rule in rules):
        return EVERY_HOUR
    bits = 0
    for rule in rules:
        if rule.until >= first - 1:
            bits |= _bits(rule)
    return _split(_wrapped(bits))


def stretch_mask(when: When, timezone: ZoneInfo) -> Mask:
    """Return the hours of the week that a moment or a stretch touches."""
    start = minute_of(when.start, timezone)
    end = start + 1
    if when.end > when.start:
        end = max(minute_of(when.end, timezone, up=True), end)
    if end - start >= 7 * DAY:
        return EVERY_HOUR
    first, last = start // 60, (end - 1) // 60
    offset = (first - 24) % _WEEK
    return _split(_wrapped(((1 << last - first + 1) - 1) << offset))


def _lasting(rule: Rule, first: int) -> bool:
    """Say whether a rule makes every day from the first on known."""
    forever = rule.since <= first and rule.until == FOREVER
    return forever and rule.kind < EXCEPTION and not rule.whole_day_doubt


def _bits(rule: Rule) -> int:
    """Return the hours a rule touches, in up to nine days from Monday on."""
    if rule.closes <= rule.opens:
        return 0
    first, last = rule.opens // 60, (rule.closes - 1) // 60
    hours = ((1 << last - first + 1) - 1) << first
    if last < 24 and not (rule.nths or rule.monthdays):
        return hours * _SPREAD[rule.days & ALL_DAYS]
    days = rule.days | rule.nths | rule.nths >> 7 | rule.nths >> 14 | rule.nths >> 21 | rule.nths >> 28
    days |= rule.nths >> 35 | rule.nths >> 42 | rule.nths >> 49 | rule.nths >> 56
    if rule.monthdays:
        days = ALL_DAYS
    bits = 0
    for weekday in range(7):
        if days >> weekday & 1:
            bits |= hours << 24 * weekday
    return bits


def _wrapped(bits: int) -> int:
    """Fold what runs past Sunday night into Monday."""
    return (bits | bits >> _WEEK) & _FULL


def _split(bits: int) -> Mask:
    return bits & _PART, bits >> 56 & _PART, bits >> 112
