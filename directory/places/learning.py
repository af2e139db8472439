"""Learns the names of neighbourhoods from the addresses in the directory, where the tables lack them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from directory.places.atlas import Atlas
from directory.places.localities import Localities, Locality
from directory.places.postcodes import Postcodes
from directory.places.tables import learnt_place
from directory.store.writing import write

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.places.counties import Counties
    from directory.store.engine import Store

BATCH = 1_000
"""Rows read at a time, so that no read stays open for long."""
# The columns are the HSDS standard's own; their tables belong to another part of the directory.
ADDRESSES = sa.text(
    "SELECT a.service_key, a.id, a.address_1, a.address_2, a.city, a.region, a.postal_code,"
    " l.name, l.latitude, l.longitude"
    " FROM address a JOIN location l ON l.feed_id = a.feed_id AND l.id = a.location_id"
    " WHERE (a.service_key, a.id) > (:key, :id)"
    " ORDER BY a.service_key, a.id LIMIT :limit"
)


async def learn(store: Store) -> int:
    """Read all addresses and replace what was learnt; how many neighbourhoods are known now."""
    atlas, postcodes = Atlas(), Postcodes()
    localities = Localities(atlas)
    async for some in addresses(store):
        await asyncio.to_thread(take_in, localities, some, postcodes)
    rows = await asyncio.to_thread(settled, localities, atlas, postcodes)

    async def replace(connection: AsyncConnection) -> None:
        await connection.execute(sa.delete(learnt_place))
        if rows:
            await connection.execute(sa.insert(learnt_place), rows)

    await write(store, replace)
    return len(rows)


def take_in(localities: Localities, rows: Sequence[Any], postcodes: Postcodes) -> None:
    """Note where some addresses are; 30 ms of work, in a thread so that others are answered meanwhile."""
    for row in rows:
        point = point_of(row, postcodes)
        if point is not None:
            first = (row.address_1 or "").partition(",")[2]
            parts = (first, row.address_2, row.city, row.region)
            localities.add(parts, point, f"{row.address_1}|{row.postal_code}".lower())
            localities.add_named(row.name or "", point)


def settled(localities: Localities, atlas: Atlas, postcodes: Postcodes) -> list[dict[str, object]]:
    """Rows of what was learnt; seconds of work in a large directory, so it is done in a thread."""
    names = {code: authority.name for code, authority in atlas.authorities.items()}
    return numbered([columns(found, atlas.counties, postcodes, names) for found in localities.found()])


async def addresses(store: Store) -> AsyncIterator[Sequence[Any]]:
    """Every address with the point of its location, in batches, so that no read stays open for long."""
    place = {"key": -1, "id": ""}
    while True:
        async with store.read() as connection:
            rows = (await connection.execute(ADDRESSES, {**place, "limit": BATCH})).all()
        yield rows
        if len(rows) < BATCH:
            return
        place = {"key": rows[-1].service_key, "id": rows[-1].id}


def point_of(row: Any, postcodes: Postcodes) -> tuple[float, float] | None:
    """Where an address is: its postcode's point (that is seldom wrong), else its location's."""
    found = postcodes.find(row.postal_code) if row.postal_code else None
    if found is not None:
        return found.lat, found.lon
    if (
        row.latitude is None
        or row.longitude is None
        or not (49 < row.latitude < 61.5 and -9 < row.longitude < 2.5)
    ):
        return None
    return float(row.latitude), float(row.longitude)


def columns(
    found: Locality, counties: Counties, postcodes: Postcodes, authorities: dict[str, str]
) -> dict[str, object]:
    """Columns of `learnt_place`."""
    lad = postcodes.authority_near(found.lat, found.lon)
    within = counties.within(found.name, lad, authorities) if lad else None
    position = {"lat": found.lat, "lon": found.lon, "radius_m": found.radius_m, "lad": lad, "within": within}
    return {"name_key": found.key, "name": found.name, **position, "count": found.count}


def numbered(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Namesakes get numbers."""
    seen: dict[object, int] = {}
    for row in rows:
        row["ordinal"] = seen[row["name_key"]] = seen.get(row["name_key"], 0) + 1
    return rows
