"""What is asked of the directory, and what comes back: values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from directory.search.late import Late

if TYPE_CHECKING:
    from datetime import date, datetime


class Openness(StrEnum):
    """Three-valued: what is not known is never counted as closed, and never as open."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Reach(StrEnum):
    """How a service reaches people."""

    PLACE = "place"
    """Somewhere to go to, at a known point."""
    AREA = "area"
    """It comes to you, or covers an area."""
    ONLINE = "online"
    """Online or by telephone."""
    UNPLACED = "unplaced"
    """Somewhere to go to, but nobody gave a place that can be found."""


@dataclass(frozen=True, slots=True)
class When:
    """A moment (`end` equals `start`) or a stretch of time; both aware, end exclusive."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Where:
    """Around which point to look. With `lad`, only within that local authority, exactly."""

    lat: float
    lon: float
    radius_m: int = 0
    """How far the place itself reaches: everything within counts as near."""
    lad: str | None = None
    """Restrict to this authority's area."""
    home_lad: str | None = None
    """The authority the point lies in: whose area-wide services count."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing looked for: a service with one of the terms, or whose text has all the words of one way."""

    terms: tuple[str, ...] = ()
    """Names of taxonomy terms, normalised (`directory.search.text.normalise`)."""
    words: tuple[str, ...] = ()
    """Free words, as typed, without stop words."""
    others: tuple[tuple[str, ...], ...] = ()
    """Other ways to say it, each of words that must all be there; at most forty count."""
    hints: tuple[str, ...] = ()
    """Names of terms that speak for it less surely than `terms`."""
    loose: tuple[str, ...] = ()
    """Names of terms that hardly speak for it: what has them is shown where nothing fits better."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the person asked for besides. None or empty: not asked."""

    free: bool = False
    age: tuple[int, int] | None = None
    """Whole years, both ends inclusive: a service fits when its range meets this one, or gives none."""
    language: str | None = None
    """ISO 639-1 code."""
    wheelchair: bool = False
    access: tuple[str, ...] = ()
    """Further access wishes: `step_free`, `hearing_loop`, `parking`, `accessible_toilet`, `bsl`."""
    gender: str | None = None
    """`women` or `men`."""
    online: bool = False
    no_referral: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A whole question to the directory."""

    now: datetime
    where: Where | None = None
    needs: tuple[Need, ...] = ()
    when: When | None = None
    conditions: Conditions = field(default_factory=Conditions)
    limit: int = 3
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hours:
    """What can be said of a service's hours at the moment or stretch asked about."""

    state: Openness
    opens_at: datetime | None = None
    """When it next opens (closed), or opened first within the stretch (open)."""
    closes_at: datetime | None = None
    """When it closes (open)."""
    may_differ: bool = False
    """A bank holiday: the usual hours may not hold."""


@dataclass(frozen=True, slots=True)
class Hit(Late):
    """One service at one location: facts only, each a field of a record.

    Those that a search found are read from their cards when a field is first asked for.
    """

    feed_id: int
    service_id: str
    service_at_location_id: str | None
    name: str
    organization: str | None
    description: str
    """Plain text, markup removed, at most 500 characters."""
    reach: Reach
    distance_m: int | None
    lat: float | None
    lon: float | None
    address: str | None
    """One line, without the postcode."""
    postcode: str | None
    hours: Hours
    week: tuple[tuple[str, str], ...]
    """Hours as a week in force now: ("Monday", "09:30 to 13:00, 14:00 to 17:00"), days with hours only."""
    hours_text: str | None
    """What the publisher wrote about the hours, where it gave no times."""
    cost: str
    """`free`, `paid` or `unknown`."""
    cost_text: str | None
    phone: str | None
    email: str | None
    url: str | None
    minimum_age: float | None
    maximum_age: float | None
    access: tuple[str, ...]
    """What it is known to have: `wheelchair`, `step_free`, …"""
    access_text: str | None
    languages: tuple[str, ...]
    terms: tuple[str, ...]
    eligibility: str | None
    area: str | None
    alert: str | None
    assured_date: date | None
    last_modified: str | None
    score: float
    parts: dict[str, float]
    """The parts of the score, each 0 to 1: `fit`, `distance`, `open`, `freshness`."""
    also: tuple[tuple[int, str], ...] = ()
    """(feed_id, service_id) of the same service as another feed publishes it."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query."""

    hits: tuple[Hit, ...] = ()
    """Near, best first."""
    further: tuple[Hit, ...] = ()
    """Where nothing is near: the nearest there is."""
    apart: tuple[Hit, ...] = ()
    """Comes to you, covers the area, online, or without a place that could be found."""
    more: bool = False
    """There are further hits behind these."""
