"""Many statements in one go behave as they would one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from directory.store.engine import connect
from directory.store.lists import among, listed
from directory.store.script import Script, next_keys

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from directory.store.engine import Store


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A store with one small table."""
    opened = connect(database_url)
    async with opened.begin() as connection:
        kind = "INTEGER PRIMARY KEY" if opened.dialect == "sqlite" else "SERIAL PRIMARY KEY"
        await connection.execute(sa.text(f"CREATE TABLE pet (id {kind}, name TEXT)"))
    yield opened
    await opened.close()


async def _names(store: Store) -> list[str]:
    async with store.read() as connection:
        return [name for (name,) in await connection.execute(sa.text("SELECT name FROM pet ORDER BY id"))]


async def test_in_order_and_in_the_transaction(store: Store) -> None:
    """A script runs in order, and is gone when its transaction is."""
    async with store.begin() as connection:
        script = Script(connection)
        script.insert("pet", ("id", "name"), [(1, "Rex"), (2, "Tom"), (3, "Zoe")])
        script.delete("pet", "id", [2])
        script.insert("pet", ("id", "name"), [])
        await script.run()
        await script.run()
    assert await _names(store) == ["Rex", "Zoe"]
    with pytest.raises(RuntimeError):
        await _fail(store)
    assert await _names(store) == ["Rex", "Zoe"]


async def _fail(store: Store) -> None:
    async with store.begin() as connection:
        script = Script(connection)
        script.delete("pet", "id", [1, 3])
        await script.run()
        raise RuntimeError


async def test_keys_and_lists(store: Store) -> None:
    """Keys for new rows follow those there are; a list is one bound value."""
    async with store.begin() as connection:
        keys = list(await next_keys(connection, "pet", "id", 3))
        script = Script(connection)
        script.insert("pet", ("id", "name"), [(key, f"Pet {key}") for key in keys])
        await script.run()
        more = list(await next_keys(connection, "pet", "id", 1))
    assert (keys, more) == ([1, 2, 3], [4])
    select = sa.text(f"SELECT id FROM pet WHERE {among(store.dialect, 'name')} ORDER BY id")
    async with store.read() as connection:
        found = await connection.execute(select, {"among": listed(store.dialect, ["Pet 1", "Pet 3", "x"])})
        assert [key for (key,) in found] == [1, 3]
