"""What the store can tell of how the program fares: what waits, how notices fared, how old feeds are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bots.delivery.listing import counts
from bots.delivery.tables import event
from directory.feeds.tables import feed
from directory.store.engine import StoreError
from directory.store.upgrade import version
from directory.store.writing import look

if TYPE_CHECKING:
    from datetime import datetime

    from bots.web.measures import Measures
    from directory.store.engine import Store


async def figures(store: Store, measures: Measures, now: datetime) -> bytes:
    """All figures as text: those of this process, and those of the store."""

    def read(connection: sa.Connection) -> tuple[dict[tuple[str, str], int], int, dict[int, float]]:
        waiting = sa.select(sa.func.count()).where(event.c.settled.is_(None))
        read_at = sa.select(feed.c.id, feed.c.last_finished).where(feed.c.last_finished.is_not(None))
        return (
            counts(connection),
            connection.scalar(waiting) or 0,
            {key: (now - at).total_seconds() for key, at in connection.execute(read_at)},
        )

    return measures.exposition(*await look(store, read))


async def ready(store: Store) -> dict[str, bool]:
    """Whether the store can be reached, and is of this program's version."""
    try:
        found = await version(store)
    except StoreError:
        return {"store": False}
    return {"store": True, "version": found.state == "same"}
