"""Keeps the lines that could not be taken, whole, each once however often the feed is imported."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from directory.feeds.bodies import MAX_BODY, document_of, pack
from directory.feeds.publications import moment
from directory.feeds.sources.source import Item
from directory.feeds.verdicts import Candidate, Incoming
from directory.store.lists import among, listed
from directory.store.script import Script, next_keys, rows_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.feeds.bits import Bits
    from directory.feeds.verdicts import Loser
    from directory.store.engine import Store

_COLUMNS: Final = (
    *("id", "feed_id", "service_id", "position", "reason", "pointer"),
    *("content_hash", "active", "first_seen", "body"),
)


async def known_of(
    connection: AsyncConnection, feed_id: int, hashes: Collection[str], met: Bits
) -> dict[tuple[str, str], list[int]]:
    """(reason, hash) -> ids of the rows with it that this import did not meet yet."""
    found: dict[tuple[str, str], list[int]] = {}
    if not hashes:
        return found
    dialect = connection.dialect.name
    bound = {"feed_id": feed_id, "among": listed(dialect, hashes)}
    for row_id, reason, content in await rows_of(connection, _select(dialect), bound):
        if row_id not in met:
            found.setdefault((reason, content), []).append(row_id)
    return found


@cache
def _select(dialect: str) -> sa.TextClause:
    return sa.text(
        "SELECT id, reason, content_hash FROM quarantine "
        f"WHERE feed_id = :feed_id AND {among(dialect, 'content_hash')} ORDER BY id DESC"
    )


async def candidates_of(
    connection: AsyncConnection, candidates: Mapping[str, Candidate], *, as_v1: bool | None
) -> dict[str, Incoming]:
    """The quarantined lines that these candidates are, as lines again."""
    found: dict[str, Incoming] = {}
    select = sa.text("SELECT position, content_hash, body FROM quarantine WHERE id = :id")
    for service_id, candidate in candidates.items():
        row = (await connection.execute(select, {"id": candidate.quarantine_id})).one_or_none()
        if row is None:
            continue
        document, written = document_of(row.body)
        item = Item(row.position, document)
        line = Incoming(item, candidate.ordinal, service_id, written, row.content_hash, as_v1=as_v1)
        line.quarantine_id = candidate.quarantine_id
        line.parse()
        found[service_id] = line
    return found


async def write_losers(script: Script, feed_id: int, losers: Sequence[Loser], now: datetime) -> list[int]:
    """Insert lines that quarantine does not hold yet; give back the ids of their rows."""
    if not losers:
        return []
    ids = list(await next_keys(script.connection, "quarantine", "id", len(losers)))
    at = moment(script.dialect, now)
    rows = [
        (
            *(row_id, feed_id, loser.service_id, loser.position, loser.reason, loser.pointer),
            *(loser.hash, loser.active, at, loser.packed or pack(loser.written[:MAX_BODY])),
        )
        for row_id, loser in zip(ids, losers, strict=True)
    ]
    script.insert("quarantine", _COLUMNS, rows)
    return ids


async def release(connection: AsyncConnection, rows: Collection[int]) -> None:
    """Drop rows of quarantine: they were taken, or are no longer in the feed."""
    script = Script(connection)
    script.delete("quarantine", "id", rows)
    await script.run()


async def unmet(store: Store, feed_id: int, met: Bits) -> list[int]:
    """Rows of a feed's quarantine that an import did not meet."""
    async with store.read() as connection:
        select = sa.text("SELECT id FROM quarantine WHERE feed_id = :feed_id")
        return [
            row_id
            for (row_id,) in await connection.execute(select, {"feed_id": feed_id})
            if row_id not in met
        ]
