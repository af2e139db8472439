"""What must hold after every import, worked out anew from the published documents alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from directory.feeds.holding import split_of
from directory.feeds.objects import Rows, Split, content_of, fingerprint, split
from directory.feeds.rows import read_rows
from directory.feeds.tables import carrier, finding, publication, shared
from directory.hsds.reading import read
from directory.hsds.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.hsds.record import Row
    from directory.store.engine import Store
    from tests.fakes.feeds import FakeProjector

Shape = dict[str, list[bytes]]


def offers(rows: Mapping[str, Sequence[Row]]) -> list[Any]:
    """What the fake projector is given of a service: its rows in a form that can be compared."""
    return [shape(rows)]


def shape(rows: Mapping[str, Sequence[Row]]) -> Shape:
    """Rows without order, and without ids that were made up from places in the document."""
    return {table: sorted(content_of(row) for row in found) for table, found in sorted(rows.items()) if found}


async def assert_sound(store: Store, projector: FakeProjector) -> None:
    """The tables, the objects' versions and the projection are what the published documents make them."""
    async with store.read() as connection:
        published = {
            row.key: row
            for row in await connection.execute(
                sa.select(publication).where(publication.c.withdrawn_at.is_(None))
            )
        }
        parts = {key: split_of(row.body, row.profile) for key, row in published.items()}
        best = _best(published, parts)
        stored = {key: split(rows) for key, rows in (await read_rows(connection, list(published))).items()}
        objects = (await connection.execute(sa.select(shared))).all()
        pairs = {tuple(row) for row in await connection.execute(sa.select(carrier))}
        withdrawn_rows = [
            await connection.scalar(
                sa.select(sa.func.count()).where(table.c.service_key.not_in(list(published)))
            )
            for table in (*TABLES.values(), finding)
        ]
    assert set(withdrawn_rows) == {0}
    assert {key: shape(found.own) for key, found in stored.items()} == {
        key: shape(found.own) for key, found in parts.items()
    }
    holders = {(published[key].feed_id, ref): key for key, found in stored.items() for ref in found.objects}
    assert sum(len(found.objects) for found in stored.values()) == len(best)
    assert holders == {(row.feed_id, row.ref): row.holder for row in objects}
    assert {(row.feed_id, row.ref): row.content_hash for row in objects} == {
        where: fingerprint(rows) for where, rows in best.items()
    }
    assert {where: shape(stored[key].objects[where[1]]) for where, key in holders.items()} == {
        where: shape(rows) for where, rows in best.items()
    }
    assert not any(row.stale for row in objects)
    numbers = {(row.feed_id, row.ref): row.key for row in objects}
    assert pairs == {
        (key, numbers[published[key].feed_id, ref]) for key, found in parts.items() for ref in found.objects
    }
    assert projector.held == {
        key: offers(_composed(found, published[key].feed_id, best)) for key, found in parts.items()
    }


def _best(published: Mapping[int, Any], parts: Mapping[int, Split]) -> dict[tuple[int, str], Rows]:
    """(feed, reference) -> rows of the version of the service modified last, then later in the input."""
    best: dict[tuple[int, str], Rows] = {}
    for row in sorted(published.values(), key=lambda row: (row.last_modified, row.position)):
        for ref, rows in parts[row.key].objects.items():
            best[row.feed_id, ref] = rows
    return best


def _composed(parts: Split, feed_id: int, best: Mapping[tuple[int, str], Rows]) -> Rows:
    rows: Rows = {table: list(found) for table, found in parts.own.items()}
    for ref in parts.objects:
        for table, found in best[feed_id, ref].items():
            rows.setdefault(table, []).extend(found)
    return rows


async def published_of(store: Store) -> dict[str, dict[str, Any]]:
    """Service id -> its row in `publication`, for what is not withdrawn."""
    select = sa.select(publication).where(publication.c.withdrawn_at.is_(None))
    async with store.read() as connection:
        return {row["service_id"]: dict(row) for row in (await connection.execute(select)).mappings()}


def name_of(document: dict[str, Any]) -> str:
    """The name as the tables would hold it."""
    return str(read(document).rows["service"][0]["name"])
