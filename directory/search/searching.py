"""What answers questions: one port, an adapter for each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from directory.search.query import Found, Query
    from directory.search.vocabulary import Vocabulary
    from directory.store.engine import Store


class Searcher(Protocol):
    """Answers questions from the projection."""

    async def near(self, query: Query) -> Found:
        """What there is for a question, nearest and best first."""

    async def vocabulary(self) -> Vocabulary:
        """The terms known: `match(words)` leads from "library" to "library services"."""

    async def covers(self, points: Sequence[tuple[float, float]], metres: float) -> tuple[bool, ...]:
        """Whether there is anything at all so near each point (latitude and longitude)."""

    async def close(self) -> None:
        """Let go of connections and threads."""


def searcher(store: Store, timezone: ZoneInfo) -> Searcher:
    """The searcher for a store; nothing is opened before the first question."""
    if store.path is not None:
        from directory.search.sqlite import SqliteSearcher  # noqa: PLC0415  # one engine is used

        return SqliteSearcher(store.path, timezone)
    from directory.search.postgres import PostgresSearcher  # noqa: PLC0415

    return PostgresSearcher(store, timezone)
