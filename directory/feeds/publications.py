"""Looks up and writes what is kept of each service as it was published."""

from __future__ import annotations

from datetime import UTC
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from directory.feeds.verdicts import Current
from directory.store.lists import among, listed
from directory.store.script import next_keys, rows_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.feeds.bits import Bits
    from directory.feeds.preparing import Taken
    from directory.store.script import Script

_COLUMNS: Final = (
    *("key", "feed_id", "service_id", "profile", "content_hash", "first_seen", "harvested"),
    *("last_modified", "position", "origin", "active", "body"),
)


async def current_of(
    connection: AsyncConnection, feed_id: int, ids: Collection[str], seen: Bits, written: Bits
) -> dict[str, Current]:
    """What is held of these services, by published id."""
    if not ids:
        return {}
    dialect = connection.dialect.name
    bound = {"feed_id": feed_id, "among": listed(dialect, ids)}
    found = await rows_of(connection, _select(dialect), bound)
    return {
        service_id: Current(key, content, bool(active), origin, key in seen, key in written, bool(withdrawn))
        for key, service_id, content, active, origin, withdrawn in found
    }


@cache
def _select(dialect: str) -> sa.TextClause:
    return sa.text(
        "SELECT key, service_id, content_hash, active, origin, withdrawn_at IS NOT NULL FROM publication "
        f"WHERE feed_id = :feed_id AND {among(dialect, 'service_id')}"
    )


async def bodies_of(connection: AsyncConnection, keys: Collection[int]) -> dict[int, tuple[bytes, str]]:
    """The published documents of these publications, compressed, with the profile of each."""
    if not keys:
        return {}
    dialect = connection.dialect.name
    select = sa.text(f"SELECT key, body, profile FROM publication WHERE {among(dialect, 'key')}")
    found = await rows_of(connection, select, {"among": listed(dialect, keys)})
    return {key: (bytes(body), profile) for key, body, profile in found}


def moment(dialect: str, now: datetime) -> datetime | str:
    """A moment as the driver takes it; the form is that of `store.types.Instant`."""
    if dialect == "sqlite":
        return now.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return now


async def write_publications(
    script: Script,
    feed_id: int,
    takes: Sequence[Taken],
    held: Mapping[str, int],
    now: datetime,
) -> dict[int, Taken]:
    """Insert what is new and update what changed; give back key -> service, in the order given.

    `held`: service id -> key of what has a publication already.
    """
    fresh = sum(take.service_id not in held for take in takes)
    new_keys = iter(await next_keys(script.connection, "publication", "key", fresh) if fresh else ())
    at = moment(script.dialect, now)
    inserts, updates, keys = [], [], {}
    for take in takes:
        key = held.get(take.service_id)
        if key is None:
            key = next(new_keys)
            inserts.append((key, feed_id, take.service_id, *_values(take, (at, at))))
        else:
            updates.append((*_values(take, (at,)), key))
        keys[key] = take
    script.insert("publication", _COLUMNS, inserts)
    script.add(_update(script.mark), updates)
    return keys


def _values(take: Taken, times: tuple[Any, ...]) -> tuple[Any, ...]:
    """Values for the columns after the first three; `times`: first seen (of new ones alone), harvested."""
    line, worked = take.line, take.worked
    record = worked.record
    return (
        *(worked.profile, line.hash, *times, record.last_modified, line.ordinal),
        *(line.item.position, record.active, worked.packed),
    )


@cache
def _update(mark: str) -> str:
    columns = [column for column in _COLUMNS[3:] if column != "first_seen"]
    changes = ", ".join(f'"{column}" = {mark}' for column in columns)
    return f"UPDATE publication SET {changes}, withdrawn_at = NULL WHERE key = {mark}"
