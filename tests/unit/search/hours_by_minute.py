"""A second, slow reading of schedule rows, minute by minute, to hold the real one against.

It knows only what the standard says (recurrences by `dateutil.rrule`), and none of the shortcuts.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import MONTHLY, WEEKLY, rrulestr

from directory.search.query import Openness

Row = dict[str, Any]

_FREQ = {"WEEKLY": WEEKLY, "MONTHLY": MONTHLY}
_LONG_AGO = date(2019, 12, 30)


def state_by_minute(rows: list[Row], moment: datetime) -> Openness:
    """Return the state at a local minute without a time zone."""
    known = False
    for back in (1, 0):
        day = moment.date() - timedelta(days=back)
        for row in rows:
            if not _in_force(row, day):
                continue
            known = known or back == 0
            opens, closes = _times(row, day)
            if opens <= moment < closes and happens(row, day):
                return Openness.OPEN
    return Openness.CLOSED if known else Openness.UNKNOWN


def happens(row: Row, day: date) -> bool:
    """Say whether a row's recurrence falls on a day, as iCalendar counts."""
    start = row.get("dtstart") or _LONG_AGO
    parts = [f"FREQ={row['freq']}", f"INTERVAL={row.get('interval') or 1}"]
    parts += [f"{name}={row[name.lower()]}" for name in ("BYDAY", "BYMONTHDAY") if row.get(name.lower())]
    rule = rrulestr(";".join(parts), dtstart=datetime.combine(start, time()))
    midnight = datetime.combine(day, time())
    return bool(rule.between(midnight, midnight, inc=True))


def _in_force(row: Row, day: date) -> bool:
    first = max(row.get("valid_from") or date.min, row.get("dtstart") or date.min)
    return bool(first <= day <= (row.get("valid_to") or date.max))


def _times(row: Row, day: date) -> tuple[datetime, datetime]:
    opens = datetime.combine(day, time.fromisoformat(row["opens_at"]))
    if row["closes_at"] in ("23:59", "24:00"):
        return opens, datetime.combine(day + timedelta(days=1), time())
    closes = datetime.combine(day, time.fromisoformat(row["closes_at"]))
    return opens, closes + timedelta(days=closes <= opens)
