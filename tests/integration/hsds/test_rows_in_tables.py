"""Whatever reading gives, both databases take."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from directory.feeds.tables import feed, publication
from directory.hsds.reading import read
from directory.hsds.record import Rejected
from directory.hsds.tables import SHARED, TABLES
from directory.store.engine import connect
from directory.store.upgrade import upgrade
from tests.unit.hsds.examples import v1_service, v3_service
from tests.unit.hsds.test_mutated_records import mutated

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.hsds.record import Record

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def records() -> list[Record]:
    """The examples, and two hundred that are broken."""
    found = [read(v3_service()), read(v1_service())]
    chance = random.Random(7)
    while len(found) < 200:
        try:
            found.append(read(mutated(chance)))
        except Rejected:
            continue
    return found


async def insert(connection: AsyncConnection, key: int, record: Record) -> None:
    """Put a record in, as the service of a publication and a feed of its own."""
    at: dict[str, Any] = {"added": NOW, "kind": "file", "cadence": "never"}
    await connection.execute(feed.insert().values(id=key, canonical=f"example {key}", **at))
    await connection.execute(
        publication.insert().values(
            key=key,
            feed_id=key,
            service_id=record.service_id,
            profile="v3",
            content_hash="",
            first_seen=NOW,
            harvested=NOW,
            last_modified=record.last_modified,
            position=key,
            origin="",
            active=record.active,
            body=b"",
        )
    )
    for name, table in TABLES.items():
        rows = [{**row, "service_key": key, "feed_id": key} for row in record.rows.get(name, ())]
        if rows:
            await connection.execute(table.insert(), rows)


async def test_rows_come_back_as_they_were_read(database_url: str) -> None:
    store = connect(database_url)
    await upgrade(store)
    read_ones = records()
    async with store.begin() as connection:
        for key, record in enumerate(read_ones, 1):
            await insert(connection, key, record)
    async with store.read() as connection:
        for name, table in TABLES.items():
            order = (table.c.service_key, table.c.id)
            held = (await connection.execute(sa.select(table).order_by(*order))).mappings().all()
            found = {(row["service_key"], row["id"]): dict(row) for row in held}
            expected = {
                (key, row["id"]): {**row, "service_key": key, "feed_id": key}
                for key, record in enumerate(read_ones, 1)
                for row in record.rows.get(name, ())
            }
            assert found == expected
    await store.close()


async def test_rows_go_with_their_publication(database_url: str) -> None:
    store = connect(database_url)
    await upgrade(store)
    async with store.begin() as connection:
        await insert(connection, 1, read(v3_service()))
        await insert(connection, 2, read(v3_service()))
        await connection.execute(publication.delete().where(publication.c.key == 1))
        for table in TABLES.values():
            keys = (await connection.execute(sa.select(table.c.service_key))).scalars().all()
            assert set(keys) <= {2}
        assert (await connection.execute(sa.select(TABLES["service"].c.id))).scalars().all() == [
            "example-service"
        ]
    await store.close()


def test_shared_objects_are_unique_in_a_feed() -> None:
    for name, table in TABLES.items():
        unique = [
            tuple(constraint.columns.keys())
            for constraint in table.constraints
            if isinstance(constraint, sa.UniqueConstraint)
        ]
        assert unique == ([("feed_id", "id")] if name in SHARED else [])
