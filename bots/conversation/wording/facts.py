"""Single facts of a service in English, each from one field of its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bots.conversation.languages import NAMES
from bots.conversation.wording.hours import since

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from directory.search.query import Hit

METRES_IN_A_MILE = 1609.344
_ACCESS = {
    "wheelchair": "wheelchair access",
    "step_free": "no steps",
    "hearing_loop": "hearing loop",
    "parking": "parking",
    "accessible_toilet": "accessible toilet",
    "bsl": "British Sign Language",
}


def distance(hit: Hit, *, rough: bool = False, within: bool = False) -> str:
    """How far away: "0.4 miles away"; from the middle of a wide place only about; within an area nothing."""
    if hit.distance_m is None:
        return f"Covers {hit.area}" if hit.area else "No place to go to is given"
    if within:
        return ""
    miles = hit.distance_m / METRES_IN_A_MILE
    if miles < 0.1:
        return "Very near" if rough else "Very near, under 0.1 miles away"
    said = f"{miles:.0f}" if miles >= 10 else f"{miles:.1f}"
    return f"{'About ' if rough else ''}{said} {'mile' if said == '1.0' else 'miles'} away"


def cost(hit: Hit) -> str:
    """What it costs, never guessed."""
    if hit.cost == "free":
        return "free"
    if hit.cost_text:
        return f"cost: {hit.cost_text}".rstrip(".")
    return "you have to pay" if hit.cost == "paid" else "cost not stated"


def ages(hit: Hit) -> str:
    """For which ages."""
    low, high = hit.minimum_age, hit.maximum_age
    if low and high is not None:
        return f"{low:g} to {high:g}"
    if low:
        return f"{low:g} and over"
    return f"up to {high:g}" if high is not None else "not stated"


def languages(hit: Hit) -> str:
    """Which languages are spoken, by name where the record gives a code."""
    return ", ".join(NAMES.get(language, language) for language in hit.languages) or "not stated"


def access(hit: Hit) -> str:
    """What access there is."""
    listed = ", ".join(_ACCESS.get(item, item.replace("_", " ")) for item in hit.access)
    return listed or (hit.access_text or "not stated").rstrip(".")


def week(hit: Hit) -> list[str]:
    """Hours as a week, a line a day."""
    return [f"{day}: {times}" for day, times in hit.week]


def address(hit: Hit) -> str:
    """Where it is."""
    street = (hit.address or "").removeprefix(f"{hit.name}, ")
    parts = [part for part in (street, hit.postcode) if part]
    return ", ".join(parts) or ("Address not given" if hit.distance_m is not None else "")


def map_url(hit: Hit) -> str:
    """A map with a mark at the place, where its point is known."""
    if hit.lat is None or hit.lon is None:
        return ""
    at = f"{hit.lat:.5f}", f"{hit.lon:.5f}"
    return f"https://www.openstreetmap.org/?mlat={at[0]}&mlon={at[1]}#map=17/{at[0]}/{at[1]}"


def map_line(hit: Hit) -> str:
    """A link to a map, where its point is known."""
    url = map_url(hit)
    return f"Map {url}" if url else ""


def contact(hit: Hit) -> str:
    """How to reach it."""
    parts = [
        f"Phone {hit.phone}" if hit.phone else "",
        f"Web {hit.url}" if hit.url else "",
    ]
    if not any(parts) and hit.email:
        parts = [f"E-mail {hit.email}"]
    return ". ".join(part for part in parts if part) or "Phone and web not given"


def confirmed(hit: Hit, now: datetime, timezone: ZoneInfo) -> str:
    """When somebody last checked that this is true."""
    if hit.assured_date is None:
        return "Nobody has confirmed this"
    return f"Confirmed {since(hit.assured_date, now.astimezone(timezone).date())}"
