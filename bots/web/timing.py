"""A search that is timed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bots.web.measures import Measures
    from directory.search.query import Found, Query
    from directory.search.searching import Searcher
    from directory.search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Timed:
    """The searcher that it is given, with a clock beside it."""

    search: Searcher
    measures: Measures

    async def near(self, query: Query) -> Found:
        """As the searcher does."""
        with self.measures.search_seconds.time():
            return await self.search.near(query)

    async def vocabulary(self) -> Vocabulary:
        """As the searcher does."""
        return await self.search.vocabulary()

    async def covers(self, points: Sequence[tuple[float, float]], metres: float) -> tuple[bool, ...]:
        """As the searcher does."""
        return await self.search.covers(points, metres)

    async def close(self) -> None:
        """As the searcher does."""
        await self.search.close()
