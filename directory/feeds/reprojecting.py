"""Projects services again from the HSDS rows: all of them, or those whose shared objects changed."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from directory.feeds.presenting import composed
from directory.store.at_once import write_at_once
from directory.store.lists import among, listed
from directory.store.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.hsds.record import Row
    from directory.search.offer import Offer
    from directory.search.projection import Projector
    from directory.store.engine import Store

    Offers = Callable[[Mapping[str, Sequence[Row]]], Sequence[Offer]]

_CHUNK: Final = 100


async def rebuild(
    store: Store,
    projector: Projector,
    offers: Offers,
    *,
    on_progress: Callable[[int], None] | None = None,
) -> int:
    """Project every service; the projection must be empty. Give back how many services there were."""
    select = sa.text(
        f"SELECT service_key FROM service WHERE service_key > :last ORDER BY service_key LIMIT {_CHUNK}"
    )
    last = count = 0
    while keys := await _keys(store, select, {"last": last}):
        await write_at_once(
            store, partial(_project, projector=projector, offers=offers, keys=keys, fresh=True)
        )
        last = keys[-1]
        count += len(keys)
        if on_progress is not None:
            on_progress(count)
        await asyncio.sleep(0)
    await projector.settle()
    return count


async def refresh_stale(store: Store, projector: Projector, offers: Offers, feed_id: int) -> None:
    """Project who carries an object that changed hands, and say that this was done."""
    stale = sa.text("SELECT key FROM shared WHERE feed_id = :feed_id AND stale LIMIT 1")
    carriers = sa.text(
        "SELECT service_key FROM carrier WHERE shared_key = :shared_key AND service_key > :last "
        f"ORDER BY service_key LIMIT {_CHUNK}"
    )
    while found := await _keys(store, stale, {"feed_id": feed_id}):
        last = 0
        while keys := await _keys(store, carriers, {"shared_key": found[0], "last": last}):
            await write_at_once(store, partial(_project, projector=projector, offers=offers, keys=keys))
            last = keys[-1]
            await asyncio.sleep(0)
        await write(store, partial(_settled, shared_key=found[0]))


async def _keys(store: Store, select: sa.TextClause, bound: Mapping[str, int]) -> list[int]:
    async with store.read() as connection:
        return [key for (key,) in await connection.execute(select, dict(bound))]


async def _settled(connection: AsyncConnection, shared_key: int) -> None:
    update = sa.text("UPDATE shared SET stale = :stale WHERE key = :key")
    await connection.execute(update, {"stale": False, "key": shared_key})


async def _project(
    connection: AsyncConnection,
    projector: Projector,
    offers: Offers,
    keys: Sequence[int],
    *,
    fresh: bool = False,
) -> None:
    rows = await composed(connection, keys)
    dialect = connection.dialect.name
    select = sa.text(f"SELECT key, feed_id FROM publication WHERE {among(dialect, 'key')}")
    pairs = await connection.execute(select, {"among": listed(dialect, keys)})
    feeds: dict[int, int] = {row.key: row.feed_id for row in pairs}
    found = [(key, feeds[key], offer) for key, parts in rows.items() for offer in offers(parts)]
    await projector.replace(connection, [] if fresh else list(rows), found)
