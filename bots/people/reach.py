"""How far somebody goes, laid over the search: what is beyond is no longer near."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from directory.search.query import Found, Hit, Query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bots.conversation.ports import Search, Vocabulary

_LOOKED_AT: Final = 60
"""Of those near, how many are measured."""


@dataclass(frozen=True, slots=True)
class Within:
    """A search that keeps within a distance; of a place with some extent, from its edge."""

    search: Search
    most_m: int

    async def near(self, query: Query, /) -> Found:
        """Answer a question: near is what is not too far, and where there is none the nearest is further."""
        if query.where is None:
            return await self.search.near(query)
        found = await self.search.near(replace(query, offset=0, limit=query.offset + _LOOKED_AT))
        most = self.most_m + query.where.radius_m
        near = [hit for hit in found.hits if (hit.distance_m or 0) <= most]
        page = slice(query.offset, query.offset + query.limit)
        beyond = () if near else sorted((*found.hits, *found.further), key=_distance)[page]
        more = len(near) > query.offset + query.limit
        return Found(tuple(near[page]), tuple(beyond), found.apart[: query.limit], more=more)

    async def covers(self, points: Sequence[tuple[float, float]], metres: float, /) -> tuple[bool, ...]:
        """Whether there is anything at all so near each point."""
        return await self.search.covers(points, metres)

    async def vocabulary(self) -> Vocabulary:
        """The words known now."""
        return await self.search.vocabulary()


def _distance(hit: Hit) -> int:
    return hit.distance_m or 0
