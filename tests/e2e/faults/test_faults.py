"""Whatever is killed or fails, each event is answered once, and no answer is sent blindly again."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.e2e.faults.campaign import FULL, begin, judge

if TYPE_CHECKING:
    from tests.e2e.faults.campaign import Campaign, Process

pytestmark = pytest.mark.enable_socket
"""Processes are started through a socket file; nothing but this machine is spoken to."""
KILLS = 90 if FULL else 6
"""On each engine."""
CUTS = 30 if FULL else 4
OUTAGES = 10 if FULL else 2


async def test_processes_that_are_killed(database_url: str) -> None:
    """Two at a time share the work: one dies at a chosen point, the other at some moment."""
    campaign, server = await begin(database_url, seed=1)
    async with server:
        await campaign.kill_some(KILLS)
        await campaign.finish()
        _say(killed=campaign.killed, **await judge(campaign))


async def _under_way(campaign: Campaign) -> None:
    """Wait until something has arrived: before that there is nobody to disturb."""
    async with asyncio.timeout(60):
        while not campaign.platform.arrived:  # noqa: ASYNC110 - another process fills it
            await asyncio.sleep(0.02)


async def test_connections_that_are_cut(postgres_url: str) -> None:
    """The server throws everybody out, again and again, while two processes work."""
    campaign, server = await begin(postgres_url, seed=2)
    name = postgres_url.rsplit("/", 1)[1]
    async with server:
        working = _two(campaign)
        await _under_way(campaign)
        for _ in range(CUTS):
            await asyncio.sleep(0.1 + random.random() * 0.3)
            await asyncio.to_thread(_throw_out, postgres_url, name)
        await campaign.wait(working)
        assert campaign.troubles, "it was felt"
        _say(cut=CUTS, **await judge(campaign))


async def test_a_server_that_is_gone_for_a_while(postgres_url: str) -> None:
    """Nobody gets in for some seconds; then the work goes on."""
    campaign, server = await begin(postgres_url, seed=3)
    name = postgres_url.rsplit("/", 1)[1]
    async with server:
        working = _two(campaign)
        await _under_way(campaign)
        for _ in range(OUTAGES):
            await asyncio.sleep(0.3)
            await asyncio.to_thread(_shut, postgres_url, name, shut=True)
            await asyncio.sleep(2)
            await asyncio.to_thread(_shut, postgres_url, name, shut=False)
        await campaign.wait(working)
        assert campaign.troubles, "it was felt"
        _say(outages=OUTAGES, **await judge(campaign))


async def test_a_file_that_is_locked(sqlite_url: str) -> None:
    """Somebody else holds it for longer than anybody waits."""
    campaign, server = await begin(sqlite_url, seed=4)
    async with server:
        working = _two(campaign)
        for _ in range(OUTAGES):
            await asyncio.sleep(0.3)
            await _hold(sqlite_url, 5)
        await campaign.wait(working)
        assert campaign.troubles, "it was felt"
        _say(locked=OUTAGES, **await judge(campaign))


async def test_a_disk_that_is_full(sqlite_url: str) -> None:
    """No file can grow for a while; what was not kept is not acknowledged, and comes again."""
    campaign, server = await begin(sqlite_url, seed=5)
    async with server:
        for _ in range(OUTAGES):
            events = campaign.more(60)
            working = [campaign.start(events, full_disk_s=(0.2, 1.7)) for _ in range(2)]
            await campaign.wait(working)
        assert campaign.troubles, "it was felt"
        _say(full=OUTAGES, **await judge(campaign))


def _say(**figures: int) -> None:
    """For docs/reliability.md: `make faults` shows it."""
    sys.stdout.write("  ".join(f"{name} {figure}" for name, figure in figures.items()) + "\n")


def _two(campaign: Campaign) -> list[Process]:
    """Two processes that both put in the same events."""
    events = campaign.more(600 if FULL else 100)
    return [campaign.start(events), campaign.start(events)]


def _throw_out(url: str, name: str) -> None:
    """End every connection to a database but our own."""
    with psycopg.connect(url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))


def _shut(url: str, name: str, *, shut: bool) -> None:
    """Let nobody in to a database, and throw out who is; or let them in again."""
    with psycopg.connect(url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {not shut}')
    if shut:
        _throw_out(url, name)


async def _hold(url: str, seconds: float) -> None:
    """Hold a SQLite file, so that nobody else can write."""
    holder = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=30)
    try:
        holder.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(seconds)
        holder.execute("ROLLBACK")
    finally:
        holder.close()
