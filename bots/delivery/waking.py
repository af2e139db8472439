"""Who waits for work is woken when there is some: within a process at once, across PostgreSQL by NOTIFY.

Being woken is a hint and never needed: who waits looks again after a while in any case.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final, Literal

import psycopg
import sqlalchemy as sa

from scheduler.pausing import pause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from directory.store.engine import Store

Topic = Literal["event", "notice"]
_CHANNEL: Final = "nearby"
_AGAIN_S: Final = 1.0
"""Until the listener tries a server again that is gone, and between looks at whether to stop."""


class Wake:
    """Bells within this process, one a topic, rung from outside too while `listen` runs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[Topic, set[asyncio.Event]] = {"event": set(), "notice": set()}

    def announce(self, connection: sa.Connection, topic: Topic) -> None:
        """Tell other processes, when this transaction is committed; for use within it."""
        if self._store.dialect == "postgresql":
            connection.execute(sa.select(sa.func.pg_notify(_CHANNEL, topic)))

    def ring(self, topic: Topic) -> None:
        """Wake whoever waits in this process; for use after the commit."""
        for bell in self._waiting[topic]:
            bell.set()

    @contextlib.contextmanager
    def bell(self, topic: Topic) -> Iterator[asyncio.Event]:
        """A bell of one's own, to wait for and to clear."""
        mine = asyncio.Event()
        self._waiting[topic].add(mine)
        try:
            yield mine
        finally:
            self._waiting[topic].discard(mine)

    async def listen(self, stop: asyncio.Event) -> None:
        """Hear what other processes announce, until `stop`; on SQLite there is nothing to hear."""
        if self._store.dialect == "sqlite":
            await stop.wait()
        while not stop.is_set():
            try:
                await self._hear(stop)
            except psycopg.Error:  # those who wait look for themselves meanwhile
                await pause(_AGAIN_S, stop)

    async def _hear(self, stop: asyncio.Event) -> None:
        url = self._store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            await connection.execute(f"LISTEN {_CHANNEL}")
            for topic in self._waiting:  # what was announced while nobody listened
                self.ring(topic)
            while not stop.is_set():
                async for heard in connection.notifies(timeout=_AGAIN_S):
                    if heard.payload in self._waiting:
                        self.ring(heard.payload)


async def ring_when(event: asyncio.Event, bell: asyncio.Event) -> None:
    """Ring a bell when something else has happened."""
    await event.wait()
    bell.set()
