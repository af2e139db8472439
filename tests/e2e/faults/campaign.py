"""Many faults in a row on one store, and what has to be true when the last one is over."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import os
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bots.delivery.tables import event, notice
from directory.store.engine import connect
from directory.store.upgrade import upgrade
from directory.store.writing import look
from tests.e2e.faults.child import POINTS, TROUBLE, Orders, main
from tests.e2e.faults.platform import Platform

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerProcess

    from directory.store.engine import Store

FULL = bool(os.environ.get("NEARBY_FAULTS_FULL"))
"""Whether all faults are to be made, and not a few of each kind."""
IN_FLIGHT = 8
_LONGEST_S = 300.0
"""Until work that nobody disturbs has to be done, on the slowest machine."""
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.e2e.faults.child"])


@dataclass
class Campaign:
    """A store, a platform, and processes that come and go."""

    url: str
    seed: int
    platform: Platform = field(default_factory=Platform)
    kept: set[str] = field(default_factory=set)
    """Events that a process said were kept."""
    killed: int = 0
    troubles: int = 0
    """How often processes that came to their end could not keep an event."""

    def __post_init__(self) -> None:
        """Begin with the first number."""
        self.dice = random.Random(self.seed)
        self._numbers: Iterator[int] = itertools.count(1)
        self.events: list[tuple[str, str]] = []

    def more(self, count: int) -> list[tuple[str, str]]:
        """New events of some people, and those of before that nobody has said were kept."""
        again = [one for one in self.events if one[0] not in self.kept]
        new = [(f"e{next(self._numbers)}", f"p{self.dice.randrange(40)}") for _ in range(count)]
        self.events += new
        return again + new

    def start(self, events: Sequence[tuple[str, str]], **more: Any) -> Process:
        """Start a process that puts these in."""
        seed = self.dice.randrange(2**32)
        return Process(Orders(self.url, self.platform.port, tuple(events), seed, **more))

    async def kill_some(self, count: int) -> None:
        """Run two processes at a time, and kill both, at chosen points and at random ones in turn."""
        points = itertools.cycle(self.dice.sample(POINTS, len(POINTS)))
        while self.killed < count:
            events = self.more(24)
            chosen = self.start(events, die=(next(points), self.dice.randint(1, 12)))
            other = self.start(events)
            await asyncio.sleep(0.15 + self.dice.random() * 0.6)
            other.kill()
            await chosen.ended(3)
            chosen.kill()
            for process in (chosen, other):
                self.kept |= process.kept()
            self.killed += 2

    async def finish(self) -> None:
        """Let one process do what is left."""
        await self.wait([self.start(self.more(0) or self.events[-1:])])

    async def wait(self, processes: Sequence[Process]) -> None:
        """Wait for processes that nobody kills."""
        for process in processes:
            await process.ended(_LONGEST_S)
            assert process.code() == 0, "it comes to its end"
            self.kept |= process.kept()
            self.troubles += process.troubles


class Process:
    """One process of Nearby."""

    def __init__(self, orders: Orders) -> None:
        self._pipe: Connection
        self._pipe, theirs = _CONTEXT.Pipe(duplex=False)
        self._process: ForkServerProcess = _CONTEXT.Process(target=main, args=(orders, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._kept: set[str] = set()
        self.troubles = 0
        """How often it could not keep an event."""

    def kill(self) -> None:
        """SIGKILL, unless it has gone by itself."""
        self._process.kill()
        self._process.join()

    async def ended(self, seconds: float) -> None:
        """Wait for its end, at most so long."""
        until = asyncio.get_running_loop().time() + seconds
        while self._process.is_alive() and asyncio.get_running_loop().time() < until:
            self.kept()
            await asyncio.sleep(0.02)

    def code(self) -> int | None:
        """Its exit code."""
        return self._process.exitcode

    def kept(self) -> set[str]:
        """The events that it said were kept."""
        try:
            while self._pipe.poll():
                said = self._pipe.recv()
                if said == TROUBLE:
                    self.troubles += 1
                else:
                    self._kept.add(said)
        except (EOFError, OSError):  # killed; what it was just saying does not count
            pass
        return self._kept


async def begin(url: str, seed: int) -> tuple[Campaign, asyncio.Server]:
    """A campaign on a store with all tables, and its platform."""
    store = connect(url)
    await upgrade(store)
    await store.close()
    campaign = Campaign(url, seed)
    return campaign, await campaign.platform.serve()


async def judge(campaign: Campaign, *, unknown_by_process: int = IN_FLIGHT) -> dict[str, int]:
    """Assert that nothing was lost or done twice, and give how many fared how."""
    store = connect(campaign.url)
    try:
        return await _judge(store, campaign, unknown_by_process)
    finally:
        await store.close()


async def _judge(store: Store, campaign: Campaign, unknown_by_process: int) -> dict[str, int]:
    events = await _rows(store, sa.select(event.c.key, event.c.settled, event.c.payload, event.c.failure))
    notices = await _rows(store, sa.select(notice.c.state, notice.c.body, notice.c.claimed_by))
    wanted = {key for key, _ in campaign.events}
    assert {row.key for row in events} == wanted, "each event was kept, once"
    assert all(row.settled and row.payload is None and row.failure is None for row in events)
    states = Counter(row.state for row in notices)
    assert set(states) <= {"sent", "unknown"}
    assert len(notices) == len(events), "each event has one answer"
    assert max(campaign.platform.arrived.values()) == 1, "nothing arrived twice"
    missing = wanted - set(campaign.platform.arrived)
    assert len(missing) <= states["unknown"], "what did not arrive is known to be unknown"
    assert states["sent"] <= len(campaign.platform.arrived)
    assert all(row.body is None for row in notices if row.state == "sent"), "what was sent is erased"
    by_process = Counter(
        row.claimed_by.split(":")[0] for row in notices if row.state == "unknown" and row.claimed_by
    )
    assert max(by_process.values(), default=0) <= unknown_by_process
    return {"events": len(events), **states, "arrived": len(campaign.platform.arrived)}


async def _rows(store: Store, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
    return await look(store, lambda connection: connection.execute(query).all())
