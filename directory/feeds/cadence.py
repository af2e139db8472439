"""How often a feed is to be read: the operator's choice, kept with the feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from directory.feeds.tables import feed

if TYPE_CHECKING:
    from directory.store.engine import Store

CADENCES: Final = ("daily", "weekly", "never")


async def set_cadence(store: Store, feed_id: int, cadence: str) -> None:
    """Keep the cadence of a feed: one of `CADENCES`."""
    if cadence not in CADENCES:
        raise ValueError(cadence)
    async with store.begin() as connection:
        await connection.execute(sa.update(feed).where(feed.c.id == feed_id).values(cadence=cadence))
