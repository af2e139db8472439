"""Reads the short way in which the example lists write opening hours, so that the lists stay readable.

`TU,FR 10:00-13:00`, `MO-FR 09:00-17:00`, `2TU 14:00-16:00` (second Tuesday), `-1TH 18:00-20:00` (last
Thursday), `TH every 2 weeks from 2026-01-08 18:30-20:00`, each with a remark behind it in brackets; a
remark alone for what no rule can say.
"""

from __future__ import annotations

import re
from typing import Any

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_LINE = re.compile(
    r"(?:(?P<days>\S+)"
    r"(?: every (?P<interval>\d) weeks from (?P<start>\d{4}-\d\d-\d\d))?"
    r" (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d))?"
    r" ?(?:\((?P<remark>.+)\))?"
)


def schedule(line: str) -> dict[str, Any]:
    """The HSDS schedule of one line, without its id; ValueError where the line is not understood."""
    found = _LINE.fullmatch(line)
    if found is None or not line:
        raise ValueError(line)
    row: dict[str, Any] = {}
    if found["days"]:
        row |= _recurrence(found["days"], found["interval"], found["start"])
        row |= {"opens_at": found["opens"], "closes_at": found["closes"]}
    if found["remark"]:
        row["description"] = found["remark"]
    return row


def _recurrence(days: str, interval: str | None, start: str | None) -> dict[str, Any]:
    parts = [part for written in days.split(",") for part in _spread(written)]
    monthly = any(part not in DAYS for part in parts)
    row: dict[str, Any] = {"freq": "MONTHLY" if monthly else "WEEKLY", "byday": ",".join(parts)}
    if not monthly:
        row["interval"] = int(interval or 1)
    return row | ({"dtstart": start} if start else {})


def _spread(written: str) -> list[str]:
    """`MO-FR` as its five days; anything else as it stands."""
    first, dash, last = written.partition("-")
    if not (dash and first in DAYS):
        return [written]
    return list(DAYS[DAYS.index(first) : DAYS.index(last) + 1])
