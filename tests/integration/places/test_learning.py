"""Learning neighbourhoods from the directory's own addresses, on both databases; the records are examples."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

import directory.feeds.tables
import directory.hsds.tables
from directory.places.gazetteer import Gazetteer
from directory.places.learning import learn
from directory.places.place import Kind
from directory.store.engine import connect
from directory.store.metadata import metadata
from directory.store.upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from directory.store.engine import Store

# The tables whose rows are learnt from hang on the same metadata, once they are imported.
assert directory.feeds.tables
assert directory.hsds.tables


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """An upgraded store."""
    it = connect(database_url)
    await upgrade(it)
    yield it
    await it.close()


async def fill(store: Store, locations: list[tuple[str, str, str, str]]) -> None:
    """Services at these locations: name, address, city, postcode."""
    tables = metadata.tables
    now = datetime(2026, 1, 1, tzinfo=UTC)
    async with store.begin() as connection:
        await connection.execute(
            sa.insert(tables["feed"]), {"id": 1, "canonical": "example", "kind": "file", "added": now}
        )
        for key, (name, street, city, postcode) in enumerate(locations, 1):
            common = {"service_key": key, "feed_id": 1}
            await connection.execute(
                sa.insert(tables["publication"]),
                {
                    "key": key,
                    "feed_id": 1,
                    "service_id": str(key),
                    "profile": "v3",
                    "content_hash": "",
                    "first_seen": now,
                }
                | {
                    "harvested": now,
                    "last_modified": "",
                    "position": key,
                    "origin": "",
                    "active": True,
                    "body": b"",
                },
            )
            await connection.execute(sa.insert(tables["location"]), {**common, "id": f"l{key}", "name": name})
            await connection.execute(
                sa.insert(tables["address"]),
                {**common, "id": f"a{key}", "location_id": f"l{key}", "address_1": street, "city": city}
                | {"postal_code": postcode},
            )


async def test_a_neighbourhood_in_three_addresses_is_a_place_afterwards(store: Store) -> None:
    """With its authority; and once the addresses are gone, it is forgotten."""
    gazetteer = Gazetteer(store)
    assert await gazetteer.find("Exampleham Hill") == ()
    postcodes = ("SE24 0AB", "SE24 9DA", "SE24 0DG")
    await fill(
        store, [("Hall", f"{n} Example Road", "Exampleham Hill", code) for n, code in enumerate(postcodes)]
    )
    assert await learn(store) == 1
    gazetteer.forget()
    (place,) = await gazetteer.find("exampleham hill")
    assert (place.name, place.kind) == ("Exampleham Hill", Kind.SETTLEMENT)
    assert place.lad in {"E09000022", "E09000028"}
    (mention,) = await gazetteer.scan("exampleham hill food bank")
    assert mention.places == (place,)
    (mended,) = await gazetteer.scan("food bank near examplham hill")
    assert (mended.places, mended.exact) == ((place,), False)
    async with store.begin() as connection:
        await connection.execute(sa.delete(metadata.tables["address"]))
    assert await learn(store) == 0
    gazetteer.forget()
    assert await gazetteer.find("Exampleham Hill") == ()


async def test_what_one_place_is_named_after_counts_after_near_alone(store: Store) -> None:
    """Nothing says that it is a neighbourhood."""
    await fill(store, [("Exampleby Library", "1 Example Road", "London", "SE24 0AB")])
    assert await learn(store) == 1
    gazetteer = Gazetteer(store)
    (mention,) = await gazetteer.scan("food bank near exampleby")
    assert [place.name for place in mention.places] == ["Exampleby"]
    assert await gazetteer.scan("exampleby is great") == []
