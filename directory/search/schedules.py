"""From HSDS `schedule` and `holiday_schedule` rows to rules; doubt is kept where a row is ambiguous.

The decisions (what is doubt, what is closed) stand in docs/decisions/0003-opening-hours.md.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from directory.search import recurrence
from directory.search.rules import ALL_DAYS, DOUBTFUL, EXCEPTION, FOREVER, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = Mapping[str, object]

_LONGEST = 1000
"""Characters of a field that are read."""


def rules_of(schedules: Sequence[Row], holidays: Sequence[Row] = ()) -> tuple[Rule, ...]:
    """Return the rules of `schedule` and `holiday_schedule` rows; a row that tells nothing gives none."""
    found = [rule for row in schedules if (rule := _rule(_said(row))) is not None]
    if holidays:
        found += [rule for row in holidays if (rule := _exception(row)) is not None]
    return tuple(found)


def hours_text(schedules: Sequence[Row]) -> str | None:
    """Return what the publisher wrote about the hours, each text once, or None."""
    texts = [str(row.get(column) or "").strip() for row in schedules for column in ("description", "notes")]
    return "; ".join(dict.fromkeys(filter(None, texts))) or None


class _Said(NamedTuple):
    """What is read of a `schedule` row."""

    dtstart: date | None
    valid_from: date | None
    valid_to: date | None
    until: date | None
    times: int | None
    opens_at: str | None
    closes_at: str | None
    freq: str | None
    byday: str | None
    bymonthday: str | None
    interval: int | None
    description: str | None
    notes: str | None


_SHORT = tuple("count" if field == "times" else field for field in _Said._fields[:-2])


def _said(row: Row) -> _Said:
    get = row.get
    short: Any = map(get, _SHORT)  # bounded by the checks of the reader
    return _Said._make([*short, _text(get("description")), _text(get("notes"))])


@lru_cache(maxsize=8_192)
def _rule(said: _Said) -> Rule | None:
    """Read one row; feeds hold few distinct ones."""
    start = _ordinal(said.dtstart, 0)
    since, until = _ordinal(said.valid_from, 0), _ordinal(said.valid_to, FOREVER)
    until = min(until, _ordinal(said.until, FOREVER))
    opens_at, closes_at = said.opens_at or None, said.closes_at or None
    opens, closes, doubt = recurrence.span(opens_at, closes_at)
    freq = (said.freq or "").upper()
    days, nths, monthdays, unclear = recurrence.pattern(freq, said.byday or None, said.bymonthday or None)
    if opens_at is None and closes_at is None:
        dated = days or nths or monthdays or start
        if not dated or recurrence.says_closed(said.description or ""):
            return None  # no times: no day either, or closed on it
    if not (days or nths or monthdays):
        days, monthdays, since, until, unclear = _undated(freq, start, since, until)
    every = said.interval
    if every not in (None, 1):
        unclear = unclear or not _counts(every, start, freq, days=days)
    if said.times is not None:
        last = _last_of(said.times, start, days) if every in (None, 1) and not (nths or monthdays) else 0
        until, unclear = min(until, last or FOREVER), unclear or not last
    doubt = doubt or unclear or _words_doubt(said, weekly=bool(days))
    if doubt or not isinstance(every, int) or every == 1:
        return Rule(opens, closes, days, int(doubt), max(since, start), until, 1, 0, nths, monthdays)
    return Rule(opens, closes, days, 0, max(since, start), until, every, start, nths, monthdays)


def _undated(freq: str, start: int, since: int, until: int) -> tuple[int, int, int, int, bool]:
    """Return days, monthdays, since, until and doubt of a row that names no day."""
    weekday = 1 << (start + 6) % 7
    if not start:
        return ALL_DAYS, 0, since, until, bool(freq) or since != until
    if freq == "WEEKLY":
        return weekday, 0, since, until, False
    if freq == "MONTHLY":
        return weekday, 1 << date.fromordinal(start).day - 1, since, until, True
    if not freq and until in (FOREVER, start):
        return ALL_DAYS, 0, start, start, False
    return ALL_DAYS, 0, since, until, True


def _counts(every: object, start: int, freq: str, *, days: int) -> bool:
    """Say whether it is clear which weeks or months an interval means: it must have a start."""
    if not isinstance(every, int) or every < 1 or not start:
        return False
    return freq in (("WEEKLY", "") if days else ("MONTHLY", ""))


def _last_of(count: int, start: int, days: int) -> int:
    """The date of the last of so many times, on some weekdays from a date on; 0 where it is not clear."""
    offsets = sorted((weekday - (start + 6)) % 7 for weekday in range(7) if days >> weekday & 1)
    if not start or not offsets:
        return 0
    weeks, place = divmod(count - 1, len(offsets))
    return start + 7 * weeks + offsets[place]


def _words_doubt(said: _Said, *, weekly: bool) -> bool:
    return bool(
        (said.description and recurrence.doubtful(said.description, weekly=weekly))
        or (said.notes and recurrence.doubtful(said.notes, weekly=weekly)),
    )


def _exception(row: Row) -> Rule | None:
    """Read a `holiday_schedule` row (HSDS 1, ORUK 1): closed on some dates, or other hours on them."""
    first = _ordinal(row.get("start_date"), 0) or _ordinal(row.get("valid_from"), 0)
    last = _ordinal(row.get("end_date"), 0) or _ordinal(row.get("valid_to"), 0) or first
    if not first:
        return None
    if row.get("closed") in (True, 1, "true", "True"):
        return Rule(0, 0, ALL_DAYS, EXCEPTION, first, last)
    opens_at = _text(row.get("opens_at")) or _text(row.get("open_at"))
    opens, closes, doubt = recurrence.span(opens_at, _text(row.get("closes_at")))
    return Rule(opens, closes, ALL_DAYS, EXCEPTION | (DOUBTFUL if doubt else 0), first, last)


def _ordinal(value: object, missing: int) -> int:
    return value.toordinal() if isinstance(value, date) else missing


def _text(value: object) -> str | None:
    """Return a text, of a length that may be kept in a cache."""
    return value[:_LONGEST] if isinstance(value, str) and value else None
