"""One import of a feed at a time, and what it takes for another to go on where it stopped."""

from __future__ import annotations

import os
import socket
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from directory.feeds.bits import Bits
from directory.feeds.outcome import Outcome
from directory.feeds.tables import feed, import_run
from directory.feeds.verdicts import Candidate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.feeds.applying import Target
    from directory.feeds.sources.source import Source
    from directory.store.engine import Store

SAVED_EVERY: Final = timedelta(seconds=5)
_DEAD_AFTER: Final = timedelta(minutes=15)
_RESUMED_WITHIN: Final = timedelta(days=1)
_ACTIVE: Final[set[int]] = set()
"""Runs of this very process."""


class FeedBusy(Exception):  # noqa: N818 - a verdict
    """Another import of this feed is under way."""

    def __init__(self, canonical: str, since: datetime) -> None:
        """Keep which feed it is and when that import began."""
        super().__init__(canonical, since)
        self.canonical = canonical
        self.since = since


class RunLost(Exception):  # noqa: N818 - a verdict
    """Another process took this import over, since nothing was heard of it for long."""


@dataclass(slots=True)
class Run:
    """One import as it goes on."""

    store: Store
    source: Source
    target: Target
    now: Callable[[], datetime]
    run_id: int
    started: datetime
    outcome: Outcome
    seen: Bits = field(default_factory=Bits)
    """Publications met."""
    met: Bits = field(default_factory=Bits)
    """Rows of quarantine met."""
    written: Bits = field(default_factory=Bits)
    """Publications taken or changed."""
    spared: set[int] = field(default_factory=set)
    """Publications whose line is there but can't be taken any more."""
    candidates: dict[str, Candidate] = field(default_factory=dict)
    ordinal: int = 0
    resume: dict[str, Any] | None = None
    """The source's progress, where this run goes on from an interrupted one."""
    saved: datetime | None = None

    @property
    def feed_id(self) -> int:
        """The feed this is an import of."""
        return self.target.feed_id

    def start_over(self) -> None:
        """Forget what was met: the source is about to be read from its start."""
        self.seen, self.met, self.written = Bits(), Bits(), Bits()
        self.spared, self.candidates, self.ordinal = set(), {}, 0
        self.outcome = Outcome(self.feed_id, problems=self.outcome.problems)


async def find_feed(connection: AsyncConnection, source: Source, publisher: str | None, now: datetime) -> int:
    """The feed's id; it is added where it is new, and locked for this transaction."""
    select = sa.select(feed.c.id).where(feed.c.canonical == source.canonical).with_for_update()
    found = await connection.scalar(select)
    if found is None:
        values = {"canonical": source.canonical, "kind": source.kind, "publisher": publisher, "added": now}
        added = await connection.execute(sa.insert(feed).values(values).returning(feed.c.id))
        return int(added.scalar_one())
    values = {"kind": source.kind, **({"publisher": publisher} if publisher else {})}
    await connection.execute(sa.update(feed).where(feed.c.id == found).values(values))
    return int(found)


async def claim(connection: AsyncConnection, feed_id: int, now: datetime) -> sa.Row[Any] | int:
    """Begin a run: the row of an interrupted one to go on from, or the id of a new one.

    Raises:
        FeedBusy: another import of the feed is alive.
    """
    select = sa.select(import_run).where(import_run.c.feed_id == feed_id, import_run.c.finished.is_(None))
    for row in await connection.execute(select.order_by(import_run.c.id.desc())):
        if row.state == "running" and _alive(row, now):
            raise FeedBusy(str(feed_id), row.started)
        if row.progress.get("source") and now - row.started < _RESUMED_WITHIN:
            await _set(connection, row.id, owner=_owner(), heartbeat=now, state="running")
            return row
        await _set(connection, row.id, state="interrupted", finished=now, seen=None, met=None)
    values = {
        "feed_id": feed_id,
        "owner": _owner(),
        "started": now,
        "heartbeat": now,
        "state": "running",
        "progress": {},
        "counts": {},
    }
    added = await connection.execute(sa.insert(import_run).values(values).returning(import_run.c.id))
    return int(added.scalar_one())


def restore(run: Run, row: sa.Row[Any]) -> None:
    """Take up an interrupted run."""
    run.resume = row.progress["source"]
    run.ordinal = row.progress["ordinal"]
    run.spared = set(row.progress["spared"])
    run.candidates = {service_id: Candidate(*kept) for service_id, kept in row.progress["candidates"].items()}
    run.seen, run.met = Bits(row.seen or b""), Bits(row.met or b"")
    run.outcome.restore(row.counts)


async def save(
    connection: AsyncConnection,
    run: Run,
    progress: dict[str, Any],
    now: datetime,
    *,
    seen: Iterable[int] = (),
    met: Iterable[int] = (),
) -> None:
    """Write down how far the run came, in the transaction of the batch that brought it there.

    `seen` and `met`: what this transaction adds to those of the run.

    Raises:
        RunLost: another process has taken the run over.
    """
    candidates = {key: [one.active, one.ordinal, one.quarantine_id] for key, one in run.candidates.items()}
    kept = {
        "source": progress,
        "ordinal": run.ordinal,
        "candidates": candidates,
        "spared": sorted(run.spared),
    }
    update = (
        sa.update(import_run)
        .where(import_run.c.id == run.run_id, import_run.c.owner == _owner(), import_run.c.state == "running")
        .values(
            heartbeat=now,
            progress=kept if progress else {},
            counts=run.outcome.counts(),
            seen=run.seen.pack(seen) if progress else None,
            met=run.met.pack(met) if progress else None,
        )
    )
    if (await connection.execute(update)).rowcount != 1:
        raise RunLost


async def finish(connection: AsyncConnection, run: Run, now: datetime) -> None:
    """Write down what the run came to, there and in the list of feeds."""
    outcome = run.outcome
    counts = outcome.counts()
    await _set(connection, run.run_id, state=outcome.state, finished=now, counts=counts, seen=None, met=None)
    values: dict[str, Any] = {
        "last_started": run.started,
        "last_finished": now,
        "last_state": outcome.state,
        "last_counts": counts,
        "last_problems": [_plain(one) for one in outcome.problems[:50]],
    }
    if outcome.state == "done":
        values["validators"] = dict(run.source.validators)
    await connection.execute(sa.update(feed).where(feed.c.id == run.feed_id).values(values))


async def interrupt(connection: AsyncConnection, run: Run, now: datetime) -> None:
    """Say that the run ended before its time; the next one may go on from it."""
    await _set(connection, run.run_id, state="interrupted", heartbeat=now)


def enter(run_id: int) -> None:
    """This process carries the run."""
    _ACTIVE.add(run_id)


def leave(run_id: int) -> None:
    """This process does not carry the run any more."""
    _ACTIVE.discard(run_id)


async def _set(connection: AsyncConnection, run_id: int, **values: object) -> None:
    await connection.execute(sa.update(import_run).where(import_run.c.id == run_id).values(**values))


def _plain(problem: Any) -> dict[str, str]:
    return {"code": problem.code, "where": problem.where, "detail": problem.detail}


@cache
def _owner() -> str:
    """This process: machine, number, and a mark no other process with that number has."""
    return f"{socket.gethostname()}|{os.getpid()}|{uuid.uuid4().hex[:12]}"


def _alive(row: sa.Row[Any], now: datetime) -> bool:
    """Whether somebody still carries this run."""
    if row.owner == _owner():
        return row.id in _ACTIVE
    if now - row.heartbeat > _DEAD_AFTER:
        return False
    host, pid, _ = row.owner.split("|")
    return host != socket.gethostname() or (int(pid) != os.getpid() and _running(int(pid)))


def _running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
