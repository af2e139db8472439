"""Whether an example entry is open at a time, by arithmetic of its own.

The set has to be able to find the program's own reading of hours wrong, so nothing of it is used here.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TERM_ENDS: Final = date(2026, 12, 18)
"""The last school day of the autumn term in the example areas."""

_LINE: Final = re.compile(
    r"(?P<days>\S+)(?: every (?P<weeks>\d) weeks from (?P<start>\S+))? "
    r"(?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)(?: \((?P<remark>.+)\))?"
)


def open_at(hours: list[str], moment: datetime) -> bool | None:
    """Whether it is open at a moment; None where the hours do not say."""
    spans = _spans(hours, moment.date()) + _spans(hours, moment.date() - timedelta(days=1))
    if any(opens <= moment < closes for opens, closes in spans):
        return True
    return None if _silent(hours, moment.date()) else False


def open_on(hours: list[str], day: date) -> bool | None:
    """Whether it opens at all on a day; None where the hours do not say."""
    if _spans(hours, day):
        return True
    return None if _silent(hours, day) else False


def _silent(hours: list[str], day: date) -> bool:
    """No hours at all, or some that no rule can say."""
    if not hours:
        return True
    return any(_LINE.fullmatch(line) is None for line in hours) or (
        day > TERM_ENDS and any("Term time" in line for line in hours)
    )


def _spans(hours: list[str], day: date) -> list[tuple[datetime, datetime]]:
    spans = []
    for line in hours:
        found = _LINE.fullmatch(line)
        if found is None or not _falls(found, day):
            continue
        opens = datetime.fromisoformat(f"{day}T{found['opens']}")
        closes = datetime.fromisoformat(f"{day}T{found['closes']}")
        spans.append((opens, closes if closes > opens else closes + timedelta(days=1)))
    return spans


def _falls(found: re.Match[str], day: date) -> bool:
    if "Term time" in (found["remark"] or "") and day > TERM_ENDS:
        return False
    if found["start"]:
        start = date.fromisoformat(found["start"])
        weeks = (day - timedelta(days=day.weekday()) - (start - timedelta(days=start.weekday()))).days // 7
        if weeks % int(found["weeks"]):
            return False
    return any(_is_day(part, day) for part in found["days"].split(","))


def _is_day(written: str, day: date) -> bool:
    name = DAYS[day.weekday()]
    if "-" in written[1:] and written[:2] in DAYS:
        first, last = (DAYS.index(part) for part in written.split("-"))
        return first <= day.weekday() <= last
    if not written.endswith(name):
        return False
    nth = written[:-2]
    if not nth:
        return True
    if nth == "-1":
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == int(nth)
