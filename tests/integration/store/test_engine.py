"""A store is opened so that readers and one writer get on with each other."""

from __future__ import annotations

import asyncio
import stat
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from directory.store.engine import StoreError, connect
from directory.store.types import Instant, NaiveInstantError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "bad_url"),
        ("not a url", "bad_url"),
        ("mysql://localhost/x", "bad_url"),
        ("sqlite://", "bad_url"),
        ("sqlite:///:memory:", "bad_url"),
        ("sqlite:////nowhere/at/all/nearby.db", "no_such_folder"),
        ("sqlite:////", "not_a_file"),
    ],
)
def test_addresses_that_do_not_work(url: str, code: str) -> None:
    """What can't be opened is told by a code."""
    with pytest.raises(StoreError) as caught:
        connect(url)
    assert caught.value.code == code


def _modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


async def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    """The file that will hold people's data is made for its owner's eyes only, and so is its log."""
    path = tmp_path / "nearby.db"
    store = connect(f"sqlite:///{path}")
    async with store.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE pet (name TEXT)"))
        modes = await asyncio.to_thread(_modes, tmp_path)
    await store.close()
    assert set(modes.values()) == {0o600}


async def test_how_sqlite_is_set(sqlite_url: str) -> None:
    """WAL, foreign keys, a busy timeout and a safe rhythm of syncing hold for each connection."""
    store = connect(sqlite_url)
    names = ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
    async with store.read() as one, store.read() as other:
        for connection in (one, other):
            found = [await connection.scalar(sa.text(f"PRAGMA {name}")) for name in names]
            assert found == ["wal", 1, 10000, 1]
    await store.close()


async def test_writers_wait_for_each_other(database_url: str) -> None:
    """Transactions that read before they write queue up: none is lost and none is turned away."""
    store = connect(database_url)
    async with store.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE counter (n INTEGER)"))
        await connection.execute(sa.text("INSERT INTO counter VALUES (0)"))

    async def count() -> None:
        async with store.begin() as connection:
            if store.dialect == "postgresql":
                await connection.execute(sa.text("LOCK TABLE counter"))
            n = await connection.scalar(sa.text("SELECT n FROM counter"))
            await connection.execute(sa.text("UPDATE counter SET n = :n"), {"n": (n or 0) + 1})

    await asyncio.gather(*(count() for _ in range(4)))
    async with store.read() as connection:
        assert await connection.scalar(sa.text("SELECT n FROM counter")) == 4
    await store.close()


async def test_a_reader_sees_one_state(sqlite_url: str) -> None:
    """What is written while somebody reads does not show in that reading."""
    store = connect(sqlite_url)
    async with store.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE pet (name TEXT)"))
    async with store.read() as reading:
        before = await reading.scalar(sa.text("SELECT count(*) FROM pet"))
        async with store.begin() as connection:
            await connection.execute(sa.text("INSERT INTO pet VALUES ('Rex')"))
        assert await reading.scalar(sa.text("SELECT count(*) FROM pet")) == before == 0
    await store.close()


async def test_instants(database_url: str) -> None:
    """A moment comes back as the same moment, in UTC; one without an offset is refused."""
    store = connect(database_url)
    table = sa.Table("moment", sa.MetaData(), sa.Column("at", Instant))
    summer = datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    async with store.begin() as connection:
        await connection.run_sync(table.create)
        await connection.execute(sa.insert(table).values(at=summer))
        await connection.execute(sa.insert(table).values(at=None))
    async with store.read() as connection:
        found = [
            at for (at,) in await connection.execute(sa.select(table.c.at).order_by(table.c.at.is_(None)))
        ]
        assert found == [datetime(2026, 7, 1, 8, 30, tzinfo=UTC), None]
        assert found[0].tzinfo is UTC
    with pytest.raises((NaiveInstantError, sa.exc.StatementError)):
        async with store.begin() as connection:
            await connection.execute(sa.insert(table).values(at=datetime(2026, 7, 1)))  # noqa: DTZ001
    await store.close()
