"""Compares one batch of a source with what is held, and applies the difference."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from directory.feeds.applying import apply
from directory.feeds.bodies import document_of, fingerprint
from directory.feeds.outcome import Example
from directory.feeds.preparing import prepare
from directory.feeds.publications import bodies_of, current_of
from directory.feeds.quarantining import candidates_of, known_of, write_losers
from directory.feeds.running import SAVED_EVERY, save
from directory.feeds.verdicts import REPEATED, Incoming, Judge
from directory.hsds import canonical, fields
from directory.store.at_once import write_at_once
from directory.store.script import Script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.feeds.preparing import Taken
    from directory.feeds.running import Run
    from directory.feeds.sources.source import Item
    from directory.feeds.verdicts import Current, Verdicts


def incoming(run: Run, items: Sequence[Item], after: int) -> list[Incoming]:
    """The items of a batch as lines, numbered from `after` on and hashed."""
    as_v1 = speaks_v1(run)
    return [_line(item, ordinal, as_v1=as_v1) for ordinal, item in enumerate(items, after + 1)]


def speaks_v1(run: Run) -> bool | None:
    """An API says which form it speaks; of a file each document shows it."""
    return True if run.source.kind == "api-v1" else None


def _line(item: Item, ordinal: int, *, as_v1: bool | None) -> Incoming:
    written = item.raw
    if item.document is not None:
        try:
            written = canonical.dumps(item.document)
        except canonical.NotJson as error:
            item.document, item.reason = None, error.reason
    what = written or f"{item.reason} {item.position}".encode()
    return Incoming(item, ordinal, _service_id(item), written, fingerprint(what), as_v1=as_v1)


def _service_id(item: Item) -> str | None:
    """The published id as records are known by it; None where it can't be used, or the service is gone."""
    if item.reason and item.service_id:
        return None if item.reason == "not_found" else item.service_id
    given = item.document.get("id") if item.document else None
    if isinstance(given, bool) or not isinstance(given, str | int):
        return None
    try:
        return fields.identifier(given)
    except fields.Unusable:
        return None


async def judge(run: Run, lines: list[Incoming]) -> Verdicts:
    """Look up what is held and give a verdict on each line; nothing is written."""
    async with run.store.read() as connection:
        ids = {line.service_id for line in lines if line.service_id is not None}
        current = await current_of(connection, run.feed_id, ids, run.seen, run.written)
        apart, hashes = _apart(lines, current)
        known = await known_of(connection, run.feed_id, hashes, run.met)
        keys = {current[line.service_id].key for line in apart if line.service_id in current}
        bodies = await bodies_of(connection, keys)
        rivals = {line.service_id for line in apart}
        candidates = {key: one for key, one in run.candidates.items() if key in rivals}
        promotable = await candidates_of(connection, candidates, as_v1=speaks_v1(run))
    for one in current.values():
        one.body = bodies[one.key][0] if one.key in bodies else b""
    alike = {
        line.hash
        for line in apart
        if line.service_id in current
        and (REPEATED, line.hash) not in known
        and _alike(line, current[line.service_id])
    }
    return Judge(current, known, alike, promotable, run.source.kind.startswith("api")).judge(lines)


def _apart(lines: Sequence[Incoming], current: dict[str, Current]) -> tuple[list[Incoming], set[str]]:
    """Lines that are neither new nor the same as what is held, parsed; and hashes quarantine may know."""
    apart: list[Incoming] = []
    hashes: set[str] = set()
    once: dict[str, Incoming] = {}
    for line in lines:
        one = current.get(line.service_id or "")
        before = once.setdefault(line.service_id, line) if line.service_id is not None else line
        same = one is not None and one.hash == line.hash and not one.withdrawn
        if not (same and line.rejected is None):
            line.parse()
        if line.rejected is not None or before is not line or (one is not None and (one.seen or not same)):
            apart.append(line)
            hashes.update((line.hash, before.hash, *((one.hash,) if one else ())))
    return apart, hashes


def _alike(line: Incoming, current: Current) -> bool:
    if current.seen or current.hash == line.hash or line.item.document is None:
        return False
    return canonical.same(document_of(current.body)[0], line.item.document)


async def reconcile(run: Run, lines: list[Incoming], progress: dict[str, Any] | None) -> float:
    """Apply some lines: one short transaction where something changed, else none; the seconds it took.

    `progress` is the source's after these lines; None where there is no going on from here.
    """
    run.ordinal += len(lines)
    verdicts = await judge(run, lines)
    note(run, verdicts, len(lines))
    now = run.now()
    due = progress is not None and (bool(progress) or run.saved is None or now - run.saved >= SAVED_EVERY)
    if not (verdicts.writes or due):
        return 0.0

    takes = await prepare(verdicts.takes.values(), run.target.offers)

    started = 0.0

    async def work(connection: AsyncConnection) -> tuple[list[int], list[int]]:
        nonlocal started
        started = time.perf_counter()
        return await _write(connection, run, verdicts, takes, progress if due else None)

    keys, quarantined = await write_at_once(run.store, work)
    took = time.perf_counter() - started
    for key in keys:
        run.seen.add(key)
        run.written.add(key)
    for row_id in quarantined:
        run.met.add(row_id)
    if due:
        run.saved = now
    return took


def note(run: Run, verdicts: Verdicts, read: int) -> None:
    """Put down in the run what a batch came to, the keys of new rows aside."""
    outcome = run.outcome
    outcome.read += read
    outcome.taken += verdicts.taken
    outcome.changed += verdicts.changed
    outcome.unchanged += verdicts.unchanged
    outcome.nameless += verdicts.nameless
    for key in verdicts.seen:
        run.seen.add(key)
    for row_id in verdicts.met:
        run.met.add(row_id)
    run.spared.update(verdicts.spared)
    for service_id, candidate in verdicts.candidates.items():
        run.candidates[service_id] = candidate
    for loser in verdicts.lost:
        outcome.add_quarantined(Example(loser.position, loser.service_id, loser.reason, loser.pointer))
    for line in verdicts.freed:
        outcome.drop_quarantined(line.item.position, line.service_id, REPEATED)
    for line in verdicts.takes.values():
        for one in line.record.findings if line.record else ():
            outcome.add_finding(
                Example(line.item.position, line.service_id, one.reason, one.pointer, one.value)
            )


async def _write(
    connection: AsyncConnection,
    run: Run,
    verdicts: Verdicts,
    takes: Sequence[Taken],
    progress: dict[str, Any] | None,
) -> tuple[list[int], list[int]]:
    """One transaction; give back the keys written and the ids of new rows of quarantine."""
    now = run.now()
    held = {key: one.key for key, one in verdicts.current.items() if one.key}
    keys = await apply(connection, run.target, takes, held, now) if takes else []
    script = Script(connection)
    quarantined = await write_losers(script, run.feed_id, verdicts.losers, now)
    script.delete("quarantine", "id", [line.quarantine_id for line in verdicts.freed])
    await script.run()
    if progress is not None:
        await save(connection, run, progress, now, seen=keys, met=quarantined)
    return keys, quarantined
