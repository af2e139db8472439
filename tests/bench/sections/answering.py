"""Answering while an import runs: questions and small writes at a steady beat, idle and during an import.

Each is timed from when it was due, so that a blocked event loop counts, and one that waits behind another
counts its waiting. The import goes on until the projection is settled.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
import time
from typing import TYPE_CHECKING

import sqlalchemy as sa

from directory.search.searching import searcher
from directory.store.engine import connect
from directory.store.writing import transact
from tests.bench import questions, spots
from tests.bench.imported import import_into
from tests.bench.measure import spread
from tests.bench.report import Figure, shown
from tests.bench.searching import TIMEZONE, on_sqlite
from tests.bench.setting import clear

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from directory.store.engine import Store
    from tests.bench.setting import Bench

NAME = "answering"
ASK_EVERY_S, WRITE_EVERY_S = 0.02, 0.05
IDLE_S = 12.0
LONGER_S = 0.25


async def prepare(bench: Bench) -> None:
    """Have the store and the feed that will be added to it."""
    bench.imported(bench.size)
    bench.feed(bench.added, seed=2)


async def run(bench: Bench) -> list[Figure]:
    """Measure on a copy of the store: it is not the same afterwards."""
    copy = bench.folder / "answering.db"
    clear(copy)
    shutil.copyfile(bench.imported(bench.size), copy)
    try:
        return await _measure(bench, copy)
    finally:
        clear(copy)


async def _measure(bench: Bench, path: Path) -> list[Figure]:
    store = connect(on_sqlite(path))
    try:
        async with store.begin() as connection:
            await connection.execute(sa.text("CREATE TABLE bench_event (id INTEGER PRIMARY KEY, body TEXT)"))
        bench.say("questions and writes while nothing else happens")
        idle = await _beats(store, asyncio.sleep(IDLE_S if bench.full else IDLE_S / 4))
        bench.say("questions and writes while an import runs")
        started = time.perf_counter()
        busy = await _beats(store, import_into(store, str(bench.feed(bench.added, seed=2))))
        took = time.perf_counter() - started
    finally:
        await store.close()
    note = f"{bench.added:,} services imported into {bench.size:,} in {took:.1f} s, the projection settled"
    return [
        _longer(name, busy[kind], idle[kind], note)
        for kind, name in enumerate(("a question while an import runs", "an event while an import runs"))
    ]


def _longer(name: str, busy: list[float], idle: list[float], note: str) -> Figure:
    """The 99th percentile may be so much longer than idle."""
    ours, before = spread(busy), spread(idle)
    met = ours.p99 - before.p99 <= LONGER_S
    return Figure(NAME, name, ours, before, f"p99 ≤ idle + {shown(LONGER_S)}", met, note=note)


async def _beats(store: Store, work: Awaitable[object]) -> tuple[list[float], list[float]]:
    """Seconds that each question and each event took while the work was done."""
    asked = itertools.cycle(questions.about_terms(spots.in_cities(300, 31), 32))
    search = searcher(store, TIMEZONE)
    number = itertools.count()

    async def ask() -> None:
        await search.near(next(asked).query)

    async def write() -> None:
        event = {"body": f"an event, number {next(number)}"}
        insert = sa.text("INSERT INTO bench_event (body) VALUES (:body)")
        await transact(store, lambda connection: connection.execute(insert, event))

    ended = asyncio.Event()
    beats = [
        asyncio.create_task(_beat(do, every, ended))
        for do, every in ((ask, ASK_EVERY_S), (write, WRITE_EVERY_S))
    ]
    try:
        await work
    finally:
        ended.set()
        asked_times, write_times = await asyncio.gather(*beats)
        await search.close()
    return asked_times, write_times


async def _beat(do: Callable[[], Awaitable[None]], every: float, ended: asyncio.Event) -> list[float]:
    """Do it at a steady beat, whether or not the last time is over; seconds from when each was due."""
    first = time.perf_counter()

    async def once(due: float) -> float:
        await do()
        return time.perf_counter() - due

    running: list[asyncio.Task[float]] = []
    while not ended.is_set():
        due = first + len(running) * every
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        running.append(asyncio.create_task(once(due)))
    return list(await asyncio.gather(*running))
