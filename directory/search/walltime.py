"""Between instants and the minutes that a clock on the wall shows.

Hours are written in local time, and twice a year the local clock jumps. One rule serves both jumps:
a time of day is reached at the first instant when the clock shows it or more. So a time that is
skipped in spring is reached at the jump, and one that is shown twice in autumn the first time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from directory.search.rules import DAY

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


def minute_of(moment: datetime, timezone: ZoneInfo, *, up: bool = False) -> int:
    """Return the latest minute the local clock has shown by then, since ordinal 0; `up` rounds up."""
    local = moment.astimezone(timezone)
    if local.fold:
        local = _last_shown(local)
        return _line(local) + up
    return _line(local) + (up and (local.second > 0 or local.microsecond > 0))


def moment_of(minute: int, timezone: ZoneInfo) -> datetime:
    """Return the first instant when the local clock shows that minute, or a later one."""
    ordinal, rest = divmod(minute, DAY)
    local = datetime.fromordinal(ordinal).replace(hour=rest // 60, minute=rest % 60, tzinfo=timezone)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        while _skipped(local):
            local += _MINUTE
    return local


def _line(local: datetime) -> int:
    return local.toordinal() * DAY + local.hour * 60 + local.minute


def _last_shown(local: datetime) -> datetime:
    """Return the last minute that the clock showed before it was put back, given a time after that."""
    later = local.replace(fold=0)
    while later.utcoffset() != later.replace(fold=1).utcoffset():
        later += _MINUTE
    return later - _MINUTE


def _skipped(local: datetime) -> bool:
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    return (there_and_back.hour, there_and_back.minute) != (local.hour, local.minute)
