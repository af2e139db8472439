"""Cuts a run of items into batches that are small in number and in memory."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from directory.feeds.sources.source import BATCH_BYTES, BATCH_ITEMS, Batch, Item

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Iterator


async def in_batches(items: Generator[Item, None, None]) -> AsyncGenerator[Batch, None]:
    """Give the items a batch at a time, each read in a worker thread so that the event loop stays free.

    What the generator holds open is let go when the reading ends, however it ends.
    """
    try:
        while batch := await asyncio.to_thread(_take, items):
            yield Batch(batch)
    finally:
        with contextlib.suppress(ValueError):  # cancelled while a thread reads: it closes when that ends
            items.close()


def _take(items: Iterator[Item]) -> list[Item]:
    """Return the next batch; empty at the end."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += item.size
        if len(batch) >= BATCH_ITEMS or size >= BATCH_BYTES:
            break
    return batch
