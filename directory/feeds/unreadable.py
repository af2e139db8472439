"""Writes down, in the list of feeds, that a known feed could not be opened at all: no import began."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from directory.feeds.sources.source import SourceError
from directory.feeds.tables import feed
from directory.store.writing import write

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.feeds.sources.source import Problem
    from directory.store.engine import Store


def canonical_of(source: str) -> str:
    """What a feed given so would be known by; the text itself where it can't be one."""
    try:
        if "://" in source:
            from directory.feeds.sources.guard import canonical_url  # noqa: PLC0415 - files need none of it

            return canonical_url(source)
        path = Path(source).expanduser().resolve()
    except (SourceError, OSError, ValueError, RuntimeError):
        return source
    return str(path.parent if path.name == "datapackage.json" else path)


async def note_unreadable(store: Store, canonical: str, problem: Problem, now: datetime) -> bool:
    """Make this the last result of the feed; whether there is such a feed. What it holds stays."""
    values = {
        "last_started": now,
        "last_finished": now,
        "last_state": "unreadable",
        "last_counts": {},
        "last_problems": [{"code": problem.code, "where": problem.where, "detail": problem.detail}],
    }

    async def work(connection: AsyncConnection) -> bool:
        noted = await connection.execute(sa.update(feed).where(feed.c.canonical == canonical).values(values))
        return noted.rowcount == 1

    return await write(store, work)
