"""How a service reaches people: a place to go to, an area it covers, or online and by telephone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from directory.search.query import Reach

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = Mapping[str, object]

_REMOTE = re.compile(
    r"\b(?:online|phone|telephone|virtual(?:ly)?|remote(?:ly)?|video|zoom|teams|e-?mail|web ?chat)\b"
)
_HOME = re.compile(
    r"\bhome[- ]visits?\b|\b(?:your|their|people's|own|client's|clients') (?:own )?homes?\b"
    r"|\bwe come to you\b|\boutreach\b"
)
_VENUE = re.compile(
    r"\bvenue\b|\bin[- ]person\b|\bface[- ]to[- ]face\b|\bat (?:our|the)\b|\bdrop[- ]?in\b|\bvisit us\b"
)
_ONLINE_TEXT = re.compile(
    r"\b(?:online|virtual|remote)(?: and (?:phone|telephone))? (?:only|service|support|course|courses"
    r"|classes|sessions?|group|chat"
    r"|counselling|forum|community|meetings?|platform)\b|\b(?:via|on|over|by|through) (?:zoom"
    r"|microsoft teams|video call|skype)\b"
    r"|\b(?:tele)?phone (?:help|advice |support )?line\b|\bhelpline\b|\b(?:by|over the) (?:tele)?phone\b"
    r"|\bweb ?chat\b|\btext service\b"
)
_HOME_TEXT = re.compile(
    r"\bhome[- ]visit|\bin (?:your|their|people's|the client's|clients') (?:own )?homes?\b|\b(?:come"
    r"|comes|came) to (?:you|your)\b"
    r"|\bvisits? (?:you|people) (?:at|in)\b|\b(?:delivered|delivery|deliver) to (?:your|the) (?:door"
    r"|home)|\bat[- ]home service\b"
)

_HINTS = (
    "online",
    "virtual",
    "remote",
    "phone",
    "helpline",
    "zoom",
    "teams",
    "video",
    "skype",
    "chat",
    "text service",
    "home",
    "to you",
    "door",
    "visit",
)


def reach(
    service: Row,
    locations: Sequence[Row],
    service_areas: Sequence[Row],
    texts: Sequence[str] = (),
    attending: Sequence[str] = (),
) -> Reach:
    """Return how it reaches people at these locations (those of one offer, or none).

    `PLACE` means that there is somewhere to go to; whether that can be found on the map is the
    caller's to see (else `UNPLACED`). `attending` are the `attending_type` of its schedules.
    """
    how = _attending(service, attending)
    physical = [row for row in locations if row.get("location_type") not in ("virtual", "postal")]
    if physical:
        return Reach.AREA if how is Reach.AREA else Reach.PLACE
    if any(row.get("location_type") == "virtual" for row in locations) or how is Reach.ONLINE:
        return Reach.ONLINE
    if how is Reach.AREA:
        return Reach.AREA
    return _from_texts(texts, areas=bool(service_areas))


def _attending(service: Row, attending: Sequence[str]) -> Reach | None:
    """Read the ways of attending; only where they leave no other way do they tell."""
    own = service.get("attending_type")
    stated = " ".join(str(each) for each in (own, *attending) if each).casefold()
    if not stated or _VENUE.search(stated):
        return None
    if _HOME.search(stated):
        return Reach.AREA
    return Reach.ONLINE if _REMOTE.search(stated) else None


def _from_texts(texts: Sequence[str], *, areas: bool) -> Reach:
    """Read the words of a service that names no location."""
    whole = "\n".join(texts).casefold()[:8000]
    if not whole or not any(hint in whole for hint in _HINTS):
        return Reach.AREA if areas else Reach.UNPLACED
    if _HOME_TEXT.search(whole):
        return Reach.AREA
    if _ONLINE_TEXT.search(whole):
        return Reach.ONLINE
    return Reach.AREA if areas else Reach.UNPLACED
