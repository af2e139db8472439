"""What one process at a time may do: it holds a lease, renews it, and loses it when it dies.

The lease is a row, on SQLite and PostgreSQL alike. A holder that is killed is followed by another within
`TTL_S` and a look; one that can't renew in time stops what it was doing before its lease has run out.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from directory.store.writing import transact
from scheduler.pausing import pause
from scheduler.tables import lease as table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from directory.store.engine import Store
    from scheduler.runner import Task

TTL_S: Final = 15.0
"""How long a lease holds without being renewed: with a look, well under 30 s until another takes over."""

log = structlog.get_logger("nearby.lease")


class Lease:
    """One name that one process at a time may hold."""

    def __init__(
        self, store: Store, name: str, clock: Callable[[], datetime], *, ttl_s: float = TTL_S
    ) -> None:
        self._store, self.name, self._clock = store, name, clock
        self._ttl = timedelta(seconds=ttl_s)
        self._me = uuid.uuid4().hex
        self.renew_s = ttl_s / 3
        """How often a holder renews it, and others look."""

    async def acquire(self) -> bool:
        """Take or renew the lease; False where somebody else holds it."""
        now = self._clock()

        def work(connection: sa.Connection) -> bool:
            insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
            row = {"name": self.name, "holder": self._me, "until": now + self._ttl}
            made = insert(table).inline().values(row)
            free = sa.or_(table.c.holder == self._me, table.c.until < now)
            mine = {"holder": self._me, "until": now + self._ttl}
            taken = made.on_conflict_do_update(index_elements=["name"], set_=mine, where=free)
            return connection.execute(taken.execution_options(preserve_rowcount=True)).rowcount == 1

        return await transact(self._store, work)

    async def release(self) -> None:
        """Let go of it, so that another need not wait for it to run out."""
        mine = sa.and_(table.c.name == self.name, table.c.holder == self._me)
        await transact(self._store, lambda connection: connection.execute(table.delete().where(mine)))

    def guarding(self, task: Task) -> Task:
        """A task that runs only while this process holds the lease."""

        async def guarded(stop: asyncio.Event) -> None:
            while not stop.is_set():
                if await self.acquire():
                    await self._hold(task, stop)
                await pause(self.renew_s, stop)

        return guarded

    async def _hold(self, task: Task, stop: asyncio.Event) -> None:
        """Run the task, renewing; it is stopped in time where that fails."""
        log.info("lease_taken", lease=self.name)
        over = asyncio.Event()
        running = asyncio.create_task(task(over))
        try:
            while not (stop.is_set() or running.done()) and await self._renewed(running, stop):
                pass
            over.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.renew_s):
                    await asyncio.shield(running)
        finally:
            running.cancel()
            await asyncio.wait([running])
        await self.release()
        if not running.cancelled():
            running.result()

    async def _renewed(self, running: asyncio.Task[None], stop: asyncio.Event) -> bool:
        """Wait a while and renew; False where the lease was lost, or nobody knows."""
        ended = asyncio.Event()
        running.add_done_callback(lambda _: ended.set())
        await pause(self.renew_s, stop, ended)
        if running.done() or stop.is_set():
            return True
        try:
            async with asyncio.timeout(self.renew_s / 2):
                return await self.acquire()
        except (DBAPIError, TimeoutError) as error:
            log.warning("lease_not_renewed", lease=self.name, error=type(error).__name__)
            return False
