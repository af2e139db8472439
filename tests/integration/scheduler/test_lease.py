"""One process at a time holds a lease; when it dies another does, soon."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from directory.store.engine import connect
from directory.store.upgrade import upgrade
from scheduler.lease import TTL_S, Lease
from scheduler.runner import run

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from directory.store.engine import Store
    from scheduler.runner import Task


class Clock:
    """The time, moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The time now."""
        return self.now

    def on(self, seconds: float) -> None:
        """Move on."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A store with all tables, once on each engine."""
    opened = connect(database_url)
    await upgrade(opened)
    yield opened
    await opened.close()


async def test_one_at_a_time(store: Store) -> None:
    """However many try at once."""
    clock = Clock()
    leases = [Lease(store, "poller", clock) for _ in range(5)]
    got = await asyncio.gather(*(lease.acquire() for lease in leases))
    assert sum(got) == 1
    assert await Lease(store, "scheduler", clock).acquire()
    assert await leases[got.index(True)].acquire()


async def test_who_renews_keeps_it_and_who_dies_is_followed(store: Store) -> None:
    """Within half a minute of the kill, looks included."""
    clock = Clock()
    first, second = Lease(store, "poller", clock), Lease(store, "poller", clock)
    for _ in range(10):
        assert await first.acquire()
        assert not await second.acquire()
        clock.on(first.renew_s)
    clock.on(TTL_S + second.renew_s)
    assert await second.acquire()
    assert not await first.acquire()
    assert TTL_S + 2 * second.renew_s <= 30


async def test_who_lets_go_is_followed_at_once(store: Store) -> None:
    """Nobody lets go of another's."""
    clock = Clock()
    first, second = Lease(store, "poller", clock), Lease(store, "poller", clock)
    await first.acquire()
    await second.release()
    assert not await second.acquire()
    await first.release()
    assert await second.acquire()


async def test_a_guarded_task_runs_in_one_process_and_moves_when_that_stops(store: Store) -> None:
    """The other one takes over."""
    holders: list[str] = []
    begun, moved = asyncio.Event(), asyncio.Event()

    def named(name: str) -> Task:
        async def task(stop: asyncio.Event) -> None:
            holders.append(name)
            begun.set()
            if len(holders) == 2:
                moved.set()
            await stop.wait()

        return task

    stops = {name: asyncio.Event() for name in "ab"}
    clock = lambda: datetime.now(UTC)  # noqa: E731, TID251 - renewing is about real time
    tasks = {name: Lease(store, "poller", clock, ttl_s=0.6).guarding(named(name)) for name in "ab"}
    async with asyncio.TaskGroup() as group:
        for name, task in tasks.items():
            group.create_task(task(stops[name]))
        await begun.wait()
        stops[holders[0]].set()
        await asyncio.wait_for(moved.wait(), 20)
        stops[holders[1]].set()
    assert sorted(holders) == ["a", "b"]


async def test_a_holder_that_loses_its_lease_stops(store: Store) -> None:
    """Whoever took it need not share."""
    clock = Clock()
    lease, thief = Lease(store, "poller", clock, ttl_s=0.3), Lease(store, "poller", clock, ttl_s=60)
    begun, ended, stop = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def task(over: asyncio.Event) -> None:
        begun.set()
        await over.wait()
        ended.set()

    running = asyncio.create_task(lease.guarding(task)(stop))
    await begun.wait()
    clock.on(1)
    assert await thief.acquire()
    await asyncio.wait_for(ended.wait(), 20)
    stop.set()
    await running
    assert not await lease.acquire()


async def test_a_task_that_breaks_is_started_again() -> None:
    """And all end when they are asked to."""
    stop, starts = asyncio.Event(), 0

    async def breaking(_stop: asyncio.Event) -> None:
        nonlocal starts
        starts += 1
        if starts < 3:
            raise ValueError
        stop.set()

    async def steady(stop: asyncio.Event) -> None:
        await stop.wait()

    await run({"breaking": breaking, "steady": steady}, stop)
    assert starts == 3


async def test_a_task_that_does_not_end_is_cut_off() -> None:
    """After a time of grace."""
    stop, cut = asyncio.Event(), False

    async def stubborn(_stop: asyncio.Event) -> None:
        nonlocal cut
        stop.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cut = True
            raise

    await run({"stubborn": stubborn}, stop, grace_s=0.05)
    assert cut
