"""One import of one feed, from the first line to the last word in the list of feeds."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from directory.feeds.ahead import Ahead
from directory.feeds.applying import Target, apply
from directory.feeds.collecting import seldom
from directory.feeds.outcome import Outcome
from directory.feeds.preparing import prepare
from directory.feeds.publications import current_of
from directory.feeds.quarantining import candidates_of, release, unmet
from directory.feeds.reconciling import incoming, judge, note, speaks_v1
from directory.feeds.reprojecting import refresh_stale
from directory.feeds.running import Run, claim, enter, find_feed, finish, interrupt, leave, restore
from directory.feeds.sources.source import Problem, SourceError
from directory.feeds.vanishing import held, missing, shrinks_too_much, withdraw_all
from directory.feeds.verdicts import REPEATED
from directory.store.writing import write

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.feeds.sources.source import Batch, Source
    from directory.hsds.record import Row
    from directory.search.offer import Offer
    from directory.search.projection import Projector
    from directory.store.engine import Store

    Offers = Callable[[Mapping[str, Sequence[Row]]], Sequence[Offer]]

_READ_TWICE: Final = ("file", "folder", "tabular")
"""Kinds of source that cost nothing to read a second time."""


async def import_source(
    store: Store,
    source: Source,
    projector: Projector,
    *,
    publisher: str | None = None,
    force: bool = False,
    now: Callable[[], datetime],
    on_progress: Callable[[Outcome], None] | None = None,
    offers: Offers | None = None,
    reopen: Callable[[], Awaitable[Source]] | None = None,
) -> Outcome:
    """Bring what is held of a feed to what the source says.

    `offers` makes the projection's rows (by default from the places in the package); `reopen` opens
    the same source again, for files are looked through before anything is changed.

    Raises:
        FeedBusy: another import of this feed is under way.
    """
    if offers is None:
        from directory.feeds.offering import offers_of  # noqa: PLC0415 - loads the places

        offers = await asyncio.to_thread(offers_of)  # reads tables of places: not on the loop
    run = await _begin(store, source, Target(0, projector, offers), publisher, now)
    enter(run.run_id)
    try:
        with seldom():
            await _import(run, force=force, on_progress=on_progress, reopen=reopen)
            await refresh_stale(store, projector, offers, run.feed_id)
        await write(store, partial(finish, run=run, now=now()))
    except BaseException:
        await write(store, partial(interrupt, run=run, now=now()))
        raise
    finally:
        leave(run.run_id)
        await projector.settle()
    return run.outcome


async def _begin(
    store: Store,
    source: Source,
    target: Target,
    publisher: str | None,
    now: Callable[[], datetime],
) -> Run:
    """Find the feed and claim it; go on from an interrupted run where there is one."""
    at = now()

    async def work(connection: AsyncConnection) -> Run:
        feed_id = await find_feed(connection, source, publisher, at)
        found = await claim(connection, feed_id, at)
        run_id, started = (found, at) if isinstance(found, int) else (found.id, found.started)
        ours = replace(target, feed_id=feed_id)
        run = Run(store, source, ours, now, run_id, started, Outcome(feed_id))
        if not isinstance(found, int):
            restore(run, found)
        return run

    return await write(store, work)


async def _import(
    run: Run,
    *,
    force: bool,
    on_progress: Callable[[Outcome], None] | None,
    reopen: Callable[[], Awaitable[Source]] | None,
) -> None:
    """Look the source through first where that is cheap, then apply it, then see what vanished."""
    told = on_progress or (lambda _outcome: None)
    before = await held(run.store, run.feed_id)
    differs = True
    if run.source.kind in _READ_TWICE and before and not force and run.resume is None:
        differs = await _survey(run, told)
        if run.outcome.state != "done" or await _refused(run, before, force=force):
            return
        if differs:
            run.source = await (reopen or partial(_reopened, run.source))()
            run.start_over()
    if differs:
        async with Ahead(run) as ahead:
            await _read(run, ahead.take, told, ahead.rest)
    if run.outcome.state == "done" and not await _refused(run, before, force=force):
        await _promote(run)
        await _close(run, force=force)


async def _reopened(source: Source) -> Source:
    from directory.feeds.sources.opening import open_source  # noqa: PLC0415 - only where it is needed

    return await open_source(source.canonical, source.options)


async def _read(
    run: Run,
    each: Callable[[Batch], Awaitable[None]],
    told: Callable[[Outcome], None],
    rest: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Go through the source; the outcome's state says how that ended, its problems what was in the way.

    `rest` does what `each` has put off.
    """
    problems: list[Problem] = []
    try:
        async for batch in run.source.batches(run.resume):
            await each(batch)
            told(run.outcome)
            await asyncio.sleep(0)
    except SourceError as error:
        problems.append(Problem(error.code, run.source.canonical, error.detail, partial=True))
    if rest is not None:
        await rest()
        told(run.outcome)
    problems += run.source.problems
    known = run.outcome.problems  # of the first reading, where this is the second
    known += [problem for problem in dict.fromkeys(problems) if problem not in known]
    if run.source.not_modified:
        run.outcome.state = "not_modified"
    elif not run.source.complete or any(problem.partial for problem in problems):
        run.outcome.state = "incomplete" if run.outcome.read else "unreadable"


async def _survey(run: Run, told: Callable[[Outcome], None]) -> bool:
    """Read the source without writing anything; say whether there is anything to write.

    Where there is not, the run holds all that an import would have found.
    """
    differs = False

    async def look(batch: Batch) -> None:
        nonlocal differs
        lines = incoming(run, batch.items, run.ordinal)
        run.ordinal += len(lines)
        if differs:
            await _mark_seen(run, [line.service_id for line in lines if line.service_id is not None])
            return
        verdicts = await judge(run, lines)
        note(run, verdicts, len(lines))
        if verdicts.writes:
            differs = True
            await _mark_seen(run, [line.service_id for line in lines if line.service_id is not None])

    await _read(run, look, told)
    if run.outcome.state == "incomplete" and differs:
        run.outcome.state = "done"  # what was read is still worth applying; nothing will be withdrawn
        run.source.complete = False
    return differs


async def _mark_seen(run: Run, ids: Sequence[str]) -> None:
    async with run.store.read() as connection:
        found = await current_of(connection, run.feed_id, ids, run.seen, run.written)
    for one in found.values():
        if not one.withdrawn:
            run.seen.add(one.key)


async def _refused(run: Run, before: int, *, force: bool) -> bool:
    """Whether so much vanished that a person has to say that it is meant."""
    if force or not run.source.complete:
        return False
    missed = len(await missing(run))
    nothing_left = missed > 0 and missed == before and run.outcome.read > 0
    if shrinks_too_much(missed, before) or nothing_left:
        run.outcome.state = "refused"
        run.outcome.held, run.outcome.missing = before, missed
        return True
    return False


async def _promote(run: Run) -> None:
    """Take the best of the repeated lines whose winner did not come."""
    async with run.store.read() as connection:
        ids = list(run.candidates)
        current = await current_of(connection, run.feed_id, ids, run.seen, run.written)
        left = {key: one for key, one in run.candidates.items() if key in current and not current[key].seen}
        lines = await candidates_of(connection, left, as_v1=speaks_v1(run))
    if not lines:
        return
    now = run.now()
    keys = {service_id: current[service_id].key for service_id in lines}

    takes = await prepare(lines.values(), run.target.offers)

    async def work(connection: AsyncConnection) -> None:
        await apply(connection, run.target, takes, keys, now)
        await release(connection, [line.quarantine_id for line in lines.values()])

    await write(run.store, work)
    for key in keys.values():
        run.seen.add(key)
    for line in lines.values():
        run.outcome.drop_quarantined(line.item.position, line.service_id, REPEATED)
    run.outcome.changed += len(keys)


async def _close(run: Run, *, force: bool) -> None:
    """Withdraw what vanished, and forget the quarantined lines that are no longer there.

    A line that can't be read may be one of the services that were not met: nothing is withdrawn by
    the import that meets such a line for the first time.
    """
    missed = await missing(run)
    if missed and run.outcome.nameless and not force:
        detail = str(run.outcome.nameless)
        run.outcome.problems.append(Problem("unreadable_lines", run.source.canonical, detail))
        missed = []
    await withdraw_all(run, missed, run.now())
    run.outcome.withdrawn = len(missed)
    left = await unmet(run.store, run.feed_id, run.met)
    if left:
        await write(run.store, partial(release, rows=left))
