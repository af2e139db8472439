"""A directory and a gazetteer in memory: enough of both for a conversation to be tested without I/O."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from directory.places.place import Kind, Mention, Place
from directory.search.query import Found, Hit, Hours, Openness, Query, Reach, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

FAR_M = 30_000


def place(name: str, lat: float, lon: float, **more: object) -> Place:
    """An example place; a settlement unless told otherwise."""
    found = Place(name=name, kind=Kind.SETTLEMENT, lat=lat, lon=lon, radius_m=2_000)
    return replace(found, **more)  # type: ignore[arg-type]


def hit(service_id: str, name: str, **more: object) -> Hit:
    """An example record with nothing known of it but what is given."""
    bare = Hit(
        feed_id=1,
        service_id=service_id,
        service_at_location_id=f"{service_id}-at",
        name=name,
        organization=None,
        description="",
        reach=Reach.PLACE,
        distance_m=None,
        lat=None,
        lon=None,
        address=None,
        postcode=None,
        hours=Hours(Openness.UNKNOWN),
        week=(),
        hours_text=None,
        cost="unknown",
        cost_text=None,
        phone=None,
        email=None,
        url=None,
        minimum_age=None,
        maximum_age=None,
        access=(),
        access_text=None,
        languages=(),
        terms=(),
        eligibility=None,
        area=None,
        alert=None,
        assured_date=None,
        last_modified=None,
        score=0.0,
        parts={"fit": 1.0, "distance": 1.0, "open": 0.6, "freshness": 0.6},
    )
    return replace(bare, **more)  # type: ignore[arg-type]


class Words:
    """A vocabulary of the terms given: one leads to it when all asked words are among its own."""

    def __init__(self, terms: Sequence[str], *, is_sorted: bool = False) -> None:
        self.terms = terms
        self.is_sorted = is_sorted

    def match(self, words: Sequence[str], /) -> tuple[str, ...]:
        """Terms that have all the words."""
        return tuple(term for term in self.terms if words and all(word in term for word in words))


@dataclass
class FakeSearch:
    """Records in memory; remembers what it was asked."""

    hits: Sequence[Hit] = ()
    terms: Sequence[str] = ()
    asked: list[Query] = field(default_factory=list)

    async def near(self, query: Query, /) -> Found:
        """Match by term or by words, and sort by distance; far ones are further."""
        self.asked.append(query)
        fits = [one for one in self.hits if _fits(one, query)]
        placed = [_measured(one, query.where) for one in fits if one.reach is Reach.PLACE and query.where]
        placed.sort(key=lambda one: one.distance_m or 0)
        near = [one for one in placed if (one.distance_m or 0) <= FAR_M]
        further = [] if near else placed
        page = slice(query.offset, query.offset + query.limit)
        apart = [one for one in fits if one.reach is not Reach.PLACE] if query.offset == 0 else []
        more = len(near) > query.offset + query.limit
        return Found(tuple(near[page]), tuple(further[page]), tuple(apart[: query.limit]), more=more)

    async def covers(self, points: Sequence[tuple[float, float]], metres: float, /) -> tuple[bool, ...]:
        """Whether a record is so near."""
        places = [Where(lat, lon) for lat, lon in points]
        away = [[_measured(one, where).distance_m for one in self.hits] for where in places]
        return tuple(any(one is not None and one <= metres for one in each) for each in away)

    async def vocabulary(self) -> Words:
        """The terms."""
        return Words(self.terms)


@dataclass
class FakePlaces:
    """A handful of places, found by their exact names in any case."""

    known: Sequence[Place] = ()

    def authority(self, code: str, /) -> Place | None:
        """The known authority of that code."""
        return next((one for one in self.known if one.kind is Kind.AUTHORITY and one.lad == code), None)

    async def find(self, text: str, /, near: tuple[float, float] | None = None) -> tuple[Place, ...]:
        """Places of that name."""
        del near
        return tuple(one for one in self.known if one.name.lower() == text.strip().lower())

    async def scan(self, message: str, /, near: tuple[float, float] | None = None) -> list[Mention]:
        """Known names anywhere, and whatever stands after "near"."""
        mentions = []
        for name in dict.fromkeys(one.name for one in self.known):
            for found in re.finditer(
                rf"(\b(?:near|in|around) )?\b{re.escape(name)}\b", message, re.IGNORECASE
            ):
                start = found.end() - len(name)
                places = await self.find(name, near=near)
                mentions.append(
                    Mention(
                        start, found.end(), message[start : found.end()], places, bool(found[1]), exact=True
                    )
                )
        if not mentions and (after := re.search(r"\bnear (\S.*)", message)):
            mentions.append(Mention(after.start(1), after.end(1), after[1], (), introduced=True, exact=False))
        return mentions


def _fits(one: Hit, query: Query) -> bool:
    text = f"{one.name} {one.description}".lower()
    return not query.needs or any(
        set(need.terms) & set(one.terms)
        or any(way and all(word in text for word in way) for way in (need.words, *need.others))
        for need in query.needs
    )


def _measured(one: Hit, where: Where | None) -> Hit:
    if where is None or one.lat is None or one.lon is None:
        return one
    north = (one.lat - where.lat) * 111_195
    east = (one.lon - where.lon) * 111_195 * math.cos(math.radians(where.lat))
    return replace(one, distance_m=round(math.hypot(north, east)))
