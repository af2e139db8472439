"""How fast messages may go: a bucket says from when on the next one may, and moves on with each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bots.channels.port import Limits

_SHARE: Final = 0.97
"""Of what a platform allows in all; the rest is for what moves about on the way."""
_LATE: Final = timedelta(milliseconds=5)
"""What a program that looks up a little late may make up for."""
_GROUP_BURST: Final = 5
"""Messages that a group takes in one go: an answer in parts."""


@dataclass(frozen=True, slots=True)
class Pace:
    """One message in so long, and how far behind that one may fall and catch up."""

    interval: timedelta
    slack: timedelta = timedelta()

    def free(self, free_at: datetime, now: datetime, most: int) -> int:
        """How many may go now, `most` at most."""
        if free_at > now:
            return 0
        behind = min(now - free_at, self.slack)
        return min(most, 1 + int(behind / self.interval)) if self.interval else most

    def after(self, free_at: datetime | None, now: datetime, count: int = 1) -> datetime:
        """From when on the next may go, when so many have gone now."""
        earliest = now - self.slack
        return max(free_at or earliest, earliest) + count * self.interval


UNLIMITED: Final = Pace(timedelta())


def in_all(limits: Limits) -> Pace:
    """The pace of a whole channel."""
    if not limits.in_all_per_s:
        return UNLIMITED
    return Pace(timedelta(seconds=1 / (_SHARE * limits.in_all_per_s)), _LATE)


def in_room(limits: Limits, *, private: bool) -> Pace:
    """The pace of one room. In any minute a group gets what it may at most, the burst included."""
    if private:
        return Pace(timedelta(seconds=1 / limits.room_per_s)) if limits.room_per_s else UNLIMITED
    if not limits.group_per_min:
        return UNLIMITED
    burst = min(_GROUP_BURST, max(int(limits.group_per_min) // 2, 1))
    interval = timedelta(seconds=60 / max(limits.group_per_min - burst, 1))
    return Pace(interval, (burst - 1) * interval)
