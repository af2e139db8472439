"""What is done about services that a complete import did not meet: they are withdrawn, not deleted."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from directory.feeds.applying import withdraw
from directory.feeds.publications import moment
from directory.store.lists import among, listed
from directory.store.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.feeds.running import Run
    from directory.store.engine import Store

_CHUNK: Final = 100
_PAGE: Final = 10_000

_COUNT: Final = sa.text(
    "SELECT (SELECT count(*) FROM publication WHERE feed_id = :feed_id) - "
    "(SELECT count(*) FROM publication WHERE feed_id = :feed_id AND withdrawn_at IS NOT NULL)"
)
_WITHDRAWN: Final = sa.text(
    "SELECT key FROM publication WHERE feed_id = :feed_id AND withdrawn_at IS NOT NULL"
)
_NEXT: Final = sa.text(
    "SELECT service_id, key FROM publication WHERE feed_id = :feed_id AND service_id > :last "
    f"ORDER BY service_id LIMIT {_PAGE}"
)
_LEFT: Final = sa.text(
    "SELECT p.key FROM publication p JOIN service s ON s.service_key = p.key "
    "WHERE p.feed_id = :feed_id AND p.withdrawn_at IS NOT NULL ORDER BY p.key"
)


async def held(store: Store, feed_id: int) -> int:
    """How many services of a feed are not withdrawn."""
    async with store.read() as connection:
        return int((await connection.execute(_COUNT, {"feed_id": feed_id})).scalar_one())


async def missing(run: Run) -> list[int]:
    """Keys of what is held and was not met. The published documents are not touched for this."""
    met = run.seen.count + sum(key not in run.seen for key in run.spared)
    if await held(run.store, run.feed_id) == met:
        return []
    async with run.store.read() as connection:
        gone = {key for (key,) in await connection.execute(_WITHDRAWN, {"feed_id": run.feed_id})}
        found: list[int] = []
        last = ""
        while page := (await connection.execute(_NEXT, {"feed_id": run.feed_id, "last": last})).all():
            last = page[-1].service_id
            found += [
                key for _, key in page if key not in run.seen and key not in run.spared and key not in gone
            ]
    return found


def shrinks_too_much(missed: int, total: int) -> bool:
    """More than a third of a feed is gone at once: rather a fault than the truth."""
    return missed >= 3 and missed * 3 > total


async def withdraw_all(run: Run, keys: Sequence[int], now: datetime) -> None:
    """Mark what vanished, then take it out of the tables and the search, in short transactions.

    All are marked before the first is taken out, so that an object they share goes to a service
    that stays. What an earlier import marked and did not take out is taken out too.
    """
    for chunk in _chunks(keys):
        await write(run.store, partial(_mark, keys=chunk, now=now))
    async with run.store.read() as connection:
        left = [key for (key,) in await connection.execute(_LEFT, {"feed_id": run.feed_id})]
    for chunk in _chunks(left):
        await write(run.store, partial(withdraw, target=run.target, keys=chunk))


async def _mark(connection: AsyncConnection, keys: Sequence[int], now: datetime) -> None:
    dialect = connection.dialect.name
    update = f"UPDATE publication SET withdrawn_at = :now WHERE {among(dialect, 'key')}"
    await connection.execute(sa.text(update), {"now": moment(dialect, now), "among": listed(dialect, keys)})


def _chunks(keys: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
