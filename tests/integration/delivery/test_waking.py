"""Who waits is woken by another process on PostgreSQL, also after the connection broke."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import psycopg
import pytest

from bots.delivery.waking import Wake
from directory.store.engine import connect
from directory.store.upgrade import upgrade
from tests.fakes.channel import FakeChannel
from tests.integration.delivery.conftest import Clock, House

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from directory.store.engine import Store


_LISTENERS = "FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"


@pytest.fixture
async def stores(postgres_url: str) -> AsyncIterator[tuple[Store, Store]]:
    """One PostgreSQL as two processes have it."""
    opened = connect(postgres_url), connect(postgres_url)
    await upgrade(opened[0])
    yield opened
    for store in opened:
        await store.close()


async def test_another_process_rings(stores: tuple[Store, Store], clock: Clock) -> None:
    """What one queues, the other hears; a listener that was thrown out listens again."""
    here, there = stores
    other = House(there, FakeChannel(), clock)
    wake, stop = Wake(here), asyncio.Event()
    listening = asyncio.create_task(wake.listen(stop))
    with wake.bell("notice") as bell:
        for number in range(2):
            await asyncio.to_thread(_until_listening, here.url)
            bell.clear()
            await other.post(f"hello {number}")
            await asyncio.wait_for(bell.wait(), 20)
            await asyncio.to_thread(_throw_out, here.url)
    stop.set()
    await asyncio.wait_for(listening, 20)


def _until_listening(url: str) -> None:
    """Wait until a connection listens."""
    with psycopg.connect(url, autocommit=True) as server:
        while not server.execute(f"SELECT pid {_LISTENERS}").fetchone():
            time.sleep(0.05)


def _throw_out(url: str) -> None:
    """End the connections that listen."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"SELECT pg_terminate_backend(pid) {_LISTENERS}")
