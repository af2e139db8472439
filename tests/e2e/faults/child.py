"""One process of Nearby that may be killed at any moment, or kills itself at a chosen one."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import resource
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import structlog
from sqlalchemy import event as listening
from sqlalchemy.exc import DBAPIError

from bots.conversation.ports import Ports
from bots.delivery import inbox, keeping, sender, taking
from bots.delivery.inbox import Inbox
from bots.delivery.outbox import Outbox
from bots.delivery.sender import Sender
from bots.delivery.tables import event, notice
from bots.delivery.taking import Taker
from bots.delivery.waking import Wake
from bots.keys import keys_of
from directory.store import writing
from directory.store.engine import connect
from directory.store.writing import look, transact
from scheduler.pausing import pause
from scheduler.runner import run
from tests.e2e.faults.platform import SocketChannel
from tests.fakes.channel import wrote
from tests.fakes.directory import FakePlaces, FakeSearch, hit, place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from directory.store.engine import Store
    from scheduler.runner import Task

KEYS = keys_of("s" * 32, "i" * 32)
POINTS = (
    *(f"{part}:{when}" for part in ("inbox", "taking", "sender") for when in ("before", "within", "after")),
    "send:before",
    "send:unanswered",
    "send:answered",
)
"""Around each transaction, and around each sending."""
CLAIM_S = 2.0
TROUBLE = "!"
"""Said instead of a key: the event could not be kept."""


@dataclass(frozen=True)
class Orders:
    """What one process is to do."""

    url: str
    port: int
    events: Sequence[tuple[str, str]]
    """Key and person; it puts them in, in an order of its own, some of them twice."""
    seed: int = 0
    die: tuple[str, int] | None = None
    """At which point, at the how manyth passing of it."""
    full_disk_s: tuple[float, float] | None = None
    """From when until when it can write no further."""


def main(orders: Orders, pipe: Connection) -> None:
    """Work until nothing waits any more; what was kept is reported by its key, as to a platform."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    asyncio.run(_main(orders, pipe))


async def _main(orders: Orders, pipe: Connection) -> None:
    reached = _dying(orders.die)
    for name, module in {"inbox": inbox, "taking": taking, "sender": sender}.items():
        setattr(module, "transact", partial(_watched, reached, name))  # noqa: B010 - no name of a module's own
    store = connect(orders.url)
    if store.path is not None:
        listening.listen(store.threaded, "connect", _impatient)
    clock = lambda: datetime.now(UTC)  # noqa: E731, TID251 - real processes, real time
    channel = SocketChannel(port=orders.port, reached=reached)
    wake = Wake(store)
    outbox = Outbox(store, KEYS, wake, clock)
    incoming = Inbox(store, KEYS, wake, clock)
    taker = Taker(outbox, {"fake": channel}, _ports, claim_s=CLAIM_S)
    sending = Sender(store, KEYS, wake, channel, clock, claim_s=CLAIM_S, timeout_s=CLAIM_S / 2)
    stop, all_put = asyncio.Event(), asyncio.Event()
    tasks: dict[str, Task] = {
        "listen": wake.listen,
        "take": taker.run,
        "send": sending.run,
        "keep": partial(_keep, store),
        "put": partial(_put, incoming, orders, pipe, all_put),
        "disk": partial(_fill_disk, store, orders.full_disk_s),
        "end": partial(_end, store, all_put),
    }
    await run(tasks, stop)
    await store.close()


def _dying(die: tuple[str, int] | None) -> Callable[[str], None]:
    """What kills this process at the chosen point."""
    left = die[1] if die else 0

    def reached(point: str) -> None:
        nonlocal left
        if die and point == die[0]:
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return reached


async def _watched(
    reached: Callable[[str], None], part: str, store: Store, work: Callable[[sa.Connection], Any]
) -> Any:
    def within(connection: sa.Connection) -> Any:
        found = work(connection)
        reached(f"{part}:within")
        return found

    reached(f"{part}:before")
    found = await writing.transact(store, within)
    reached(f"{part}:after")
    return found


def _impatient(connection: Any, _record: object) -> None:
    """Ten seconds are a minute here."""
    connection.execute("PRAGMA busy_timeout = 100")


def _ports(now: datetime) -> Ports:
    search = FakeSearch([hit("l1", "Example Library", lat=53.8, lon=-1.5, terms=("library services",))])
    return Ports(now, ZoneInfo("Europe/London"), search, FakePlaces([place("LS9", 53.8, -1.51)]))


async def _put(
    incoming: Inbox, orders: Orders, pipe: Connection, all_put: asyncio.Event, stop: asyncio.Event
) -> None:
    """Put the events in, as a platform would that sends again what was not acknowledged."""
    dice = random.Random(orders.seed)
    events = [*orders.events, *dice.sample(orders.events, len(orders.events) // 3)]
    dice.shuffle(events)
    for key, person in events:
        while True:
            try:
                await incoming.put(wrote(person, "library ls9", key))
                break
            except DBAPIError:
                pipe.send(TROUBLE)
                await asyncio.sleep(0.05)
        pipe.send(key)
        await asyncio.sleep(dice.random() * 0.01)
    all_put.set()
    await stop.wait()


async def _keep(store: Store, stop: asyncio.Event) -> None:
    """As `keeping.keep`, ten times as fast."""
    while not stop.is_set():
        now = datetime.now(UTC)  # noqa: TID251 - as above
        await transact(store, partial(keeping.look_after, now=now))
        await pause(0.5, stop)


async def _fill_disk(store: Store, when: tuple[float, float] | None, stop: asyncio.Event) -> None:
    """Let no file grow for a while: writing fails as it does when the disk is full."""
    if when is not None and store.path is not None:
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        await pause(when[0], stop)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, hard))
        await pause(when[1] - when[0], stop)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    await stop.wait()


async def _end(store: Store, all_put: asyncio.Event, stop: asyncio.Event) -> None:
    """Stop when all was put in and nothing waits."""
    await all_put.wait()
    while not stop.is_set():
        with contextlib.suppress(DBAPIError):
            if not await look(store, _anything_waits):
                stop.set()
        await pause(0.1, stop)


def _anything_waits(connection: sa.Connection) -> bool:
    waiting = [sa.exists().where(table.c.settled.is_(None)) for table in (event, notice)]
    return bool(connection.scalar(sa.select(sa.or_(*waiting))))
