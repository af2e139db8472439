"""The hours of a week as lines to show: what is in force in the seven days from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from directory.search.rules import DAY, DOUBTFUL, EXCEPTION, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NTHS = ("1st", "2nd", "3rd", "4th", "5th", "last", "2nd last", "3rd last", "4th last")


def week(rules: Sequence[Rule], day: date) -> tuple[tuple[str, str], ...]:
    """Return the days with hours, Monday first, each rule as it stands on that weekday's next date.

    Behind the weekdays come those of a month ("2nd Monday") and of every so many weeks. Hours that
    are not sure end in "(check first)"; a rule that gives no hours is left out.
    """
    today = day.toordinal()
    lines: dict[str, list[Rule]] = {}
    for weekday, name in enumerate(_NAMES):
        ordinal = today + (weekday - (today + 6)) % 7
        for rule in _usual(rules, ordinal):
            if rule.days >> weekday & 1:
                lines.setdefault(_every(name, rule.every, "weeks"), []).append(rule)
    ordered = sorted(lines, key=lambda label: label not in _NAMES)
    monthly = _monthly(_usual(rules, today))
    return tuple(
        (label, _times(found)) for label, found in [*((each, lines[each]) for each in ordered), *monthly]
    )


def _usual(rules: Sequence[Rule], ordinal: int) -> list[Rule]:
    return [
        rule
        for rule in rules
        if rule.since <= ordinal <= rule.until and rule.kind < EXCEPTION and not rule.whole_day_doubt
    ]


def _monthly(rules: Sequence[Rule]) -> list[tuple[str, list[Rule]]]:
    lines: dict[str, list[Rule]] = {}
    for rule in [each for each in rules if each.nths or each.monthdays]:
        for bit in range(63):
            if rule.nths >> bit & 1:
                label = f"{_NTHS[bit // 7]} {_NAMES[bit % 7]}"
                lines.setdefault(_every(label, rule.every, "months"), []).append(rule)
        for bit in range(62):
            if rule.monthdays >> bit & 1:
                lines.setdefault(_every(_monthday(bit), rule.every, "months"), []).append(rule)
    return list(lines.items())


def _monthday(bit: int) -> str:
    if bit < 31:
        return f"{_nth(bit + 1)} of the month"
    return "last day of the month" if bit == 31 else f"{_nth(bit - 30)} last day of the month"


def _nth(number: int) -> str:
    if number in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _every(label: str, every: int, unit: str) -> str:
    return label if every == 1 else f"{label}, every {every} {unit}"


def _times(rules: Iterable[Rule]) -> str:
    """Write the hours of one line in order, those that touch or overlap as one."""
    spans: list[tuple[int, int, bool]] = []
    for opens, closes, doubt in sorted((rule.opens, rule.closes, rule.kind == DOUBTFUL) for rule in rules):
        if spans and opens <= spans[-1][1] and doubt == spans[-1][2]:
            spans[-1] = (spans[-1][0], max(closes, spans[-1][1]), doubt)
        else:
            spans.append((opens, closes, doubt))
    return ", ".join(_span(*span) for span in spans)


def _span(opens: int, closes: int, doubt: bool) -> str:  # noqa: FBT001  # a field of the tuple, in its order
    text = "24 hours" if opens == 0 and closes == DAY else f"{_clock(opens)} to {_clock(closes)}"
    return f"{text} (check first)" if doubt else text


def _clock(minutes: int) -> str:
    if minutes == DAY:
        return "midnight"
    return f"{minutes % DAY // 60:02}:{minutes % 60:02}"
