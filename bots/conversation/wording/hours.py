"""Opening hours in English: "Open now until 16:00", "Opens Thursday 10:00", "Hours not given"."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bots.conversation.day import MONTHS, WEEKDAYS
from directory.search.query import Hit, Openness, When

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def hours(hit: Hit, when: When | None, now: datetime, timezone: ZoneInfo) -> str:
    """Say whether it is open at the time asked about, or now."""
    facts = hit.hours
    if facts.state is Openness.UNKNOWN:
        return (
            f"Hours, as they write: {hit.hours_text.rstrip('.')}." if hit.hours_text else "Hours not given."
        )
    now = now.astimezone(timezone)
    opens = facts.opens_at.astimezone(timezone) if facts.opens_at else None
    closes = facts.closes_at.astimezone(timezone) if facts.closes_at else None
    asked = when is not None and not when.start <= now <= when.end
    if facts.state is Openness.CLOSED:
        said = "Closed then" if asked or _later(when, now) else "Closed now"
        said += f". Opens {_moment(opens, now)}" if opens else ""
    elif opens and opens > now and not (when and opens <= when.start):
        said = f"Open {_moment(opens, now)}{_until(opens, closes)}"
    else:
        said = f"Open {'then' if asked else 'now'}"
        said += f" until {_clock(closes)}" if closes else ""
    return f"{said}. Hours may differ: bank holiday." if facts.may_differ else f"{said}."


def since(day: date, today: date) -> str:
    """How long ago: "3 weeks ago"."""
    gone = (today - day).days
    if gone <= 0:
        return "today"
    if gone == 1:
        return "yesterday"
    if gone < 14:
        return f"{gone} days ago"
    if gone < 60:
        return f"{gone // 7} weeks ago"
    if gone < 730:
        return f"{gone // 30} months ago"
    return f"{gone // 365} years ago"


def _later(when: When | None, now: datetime) -> bool:
    """Whether a stretch was asked about that goes on after now."""
    return when is not None and when.end > now


def _clock(moment: datetime) -> str:
    return "midnight" if moment.hour == moment.minute == 0 else f"{moment:%H:%M}"


def _until(opens: datetime, closes: datetime | None) -> str:
    return f" to {_clock(closes)}" if closes and closes > opens else ""


def _moment(moment: datetime, now: datetime) -> str:
    """A moment, seen from now: "today 10:00", "Thursday 10:00", "Monday 7 December 10:00"."""
    ahead = (moment.date() - now.date()).days
    if ahead == 0:
        return f"today {_clock(moment)}"
    if ahead == 1:
        return f"tomorrow {_clock(moment)}"
    day = WEEKDAYS[moment.weekday()]
    if timedelta(0) < moment - now and ahead < 7:
        return f"{day} {_clock(moment)}"
    return f"{day} {moment.day} {MONTHS[moment.month - 1]} {_clock(moment)}"
