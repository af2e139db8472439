"""Looks at batches ahead of the one that is written, so that what they mean is worked out meanwhile.

Nothing is decided about what is ahead: that may still change by what is written before it. A batch is
written in parts that are as large as a short transaction allows.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final, Self

from directory.feeds.publications import current_of
from directory.feeds.reconciling import incoming, reconcile
from directory.feeds.sources.source import BATCH_ITEMS
from directory.feeds.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from directory.feeds.running import Run
    from directory.feeds.sources.source import Batch
    from directory.feeds.verdicts import Incoming

_AHEAD: Final = 2
"""Batches: one that is worked out, and one that waits for that."""
_LONG_S: Final = 0.05
"""A transaction that takes longer keeps others waiting who want to write: the next one has fewer lines."""
_FEWEST: Final = 25


class Ahead:
    """The batches of one import between being read and being written."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._ordinal = run.ordinal
        self._workshop = Workshop(run.target.offers)
        self._most = BATCH_ITEMS
        self._waiting: deque[tuple[Batch, list[Incoming], asyncio.Task[None] | None]] = deque()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        tasks = [looking for _, _, looking in self._waiting if looking is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._workshop.close()

    async def take(self, batch: Batch) -> None:
        """Take a batch in; it is written at once, or in a large import when the next ones are here."""
        lines = incoming(self._run, batch.items, self._ordinal)
        self._ordinal += len(lines)
        large = self._workshop.wanted(len(lines))
        looking = asyncio.create_task(self._look_at(lines)) if large else None
        self._waiting.append((batch, lines, looking))
        while len(self._waiting) > (_AHEAD if large else 0):
            await self._write()

    async def rest(self) -> None:
        """Write all that are left."""
        while self._waiting:
            await self._write()

    async def _write(self) -> None:
        batch, lines, looking = self._waiting[0]
        if looking is not None:
            await looking
        self._waiting.popleft()
        at, end = 0, False
        while not end:
            part = lines[at : at + self._most]
            at += len(part)
            end = at == len(lines)
            took = await reconcile(self._run, part, batch.progress if end else None)
            self._adapt(took)

    def _adapt(self, took: float) -> None:
        """Write less at a time, or more again; on PostgreSQL nobody waits for another's rows."""
        if self._run.store.dialect == "postgresql":
            return
        if took > _LONG_S:
            self._most = max(_FEWEST, self._most // 2)
        elif took < _LONG_S / 2:
            self._most = min(BATCH_ITEMS, self._most * 2)

    async def _look_at(self, lines: Sequence[Incoming]) -> None:
        """Have worked out what is probably going to be written."""
        run = self._run
        async with run.store.read() as connection:
            ids = {line.service_id for line in lines if line.service_id is not None}
            current = await current_of(connection, run.feed_id, ids, run.seen, run.written)
        hashes = {service_id: one.hash for service_id, one in current.items() if not one.withdrawn}
        differing = [
            line
            for line in lines
            if line.item.document is not None
            and not line.item.reason
            and hashes.get(line.service_id or "") != line.hash
        ]
        if differing:
            await self._workshop.work_out(differing)
