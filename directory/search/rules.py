"""When something is open, as a few numbers: made from schedule rows once, read at every question.

A `Rule` is one schedule row reduced to what deciding needs, and is a plain tuple of integers so that
a thousand candidates can be unpacked and judged while somebody waits. What a row leaves open is
carried as doubt, never rounded to open or closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DAY = 1440
"""Minutes in a day."""
ALL_DAYS = 0b1111111
FOREVER = 9_999_999
"""An ordinal later than any date: a rule without an end."""

DOUBTFUL = 1
"""Bit of `Rule.kind`: within these hours it may be open; outside them it is not."""
EXCEPTION = 2
"""Bit of `Rule.kind`: these hours stand instead of the usual ones on the dates `since` to `until`."""


class Rule(NamedTuple):
    """One span of opening and the days it happens on; dates are ordinals (`date.toordinal`)."""

    opens: int
    """Minutes after local midnight of the day it belongs to."""
    closes: int
    """Minutes after the same midnight: over 1440 past the next one. Equal to `opens`: not open at all."""
    days: int = 0
    """Weekdays it happens on each week: bit 0 is Monday."""
    kind: int = 0
    since: int = 0
    until: int = FOREVER
    """Both inclusive; outside them the rule says nothing."""
    every: int = 1
    """Every how many weeks (or months, where `nths` or `monthdays` is set), counted from `anchor`."""
    anchor: int = 0
    nths: int = 0
    """Weekdays of a month: bit 7 * (n - 1) + weekday for the nth, 7 * (4 + n) + weekday for the nth last."""
    monthdays: int = 0
    """Days of a month: bit n - 1 for the nth, bit 30 + n for the nth last."""

    @property
    def whole_day_doubt(self) -> bool:
        """Whether all it tells is that it may be open on these days."""
        return self.kind == DOUBTFUL and self.opens == 0 and self.closes >= DAY


_DEFAULTS: tuple[Any, ...] = (None, None, 0, 0, 0, FOREVER, 1, 0, 0, 0)


def pack(rules: Iterable[Rule]) -> list[list[int]]:
    """Return lists for JSON; what a rule leaves at its default is cut from the end."""
    return [_trimmed(rule) for rule in rules]


def unpack(packed: Sequence[Sequence[int]]) -> tuple[Rule, ...]:
    """Return the rules that `pack` was given."""
    return tuple([Rule(*item) for item in packed])


def _trimmed(rule: Rule) -> list[int]:
    if rule.days and rule[3:] == _DEFAULTS[3:]:
        return list(rule[:3])  # hours on weekdays: nearly all there are
    values = list(rule)
    while values[-1] == _DEFAULTS[len(values) - 1]:
        values.pop()
    return values
