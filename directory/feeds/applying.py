"""Applies what a batch came to, in one short transaction: publications, HSDS rows, the projection."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from directory.feeds.holding import (
    elect,
    load_held,
    number,
    split_of,
    write_carriers,
    write_held,
)
from directory.feeds.presenting import composed
from directory.feeds.publications import bodies_of, write_publications
from directory.feeds.rows import drop_rows, write_rows
from directory.feeds.versions import Carried, decide
from directory.store.lists import among, listed
from directory.store.script import Script

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.feeds.objects import Rows, Split
    from directory.feeds.preparing import Taken
    from directory.hsds.record import Row
    from directory.search.offer import Offer
    from directory.search.projection import Projector

_FINDING: Final = ("service_key", "ordinal", "pointer", "reason", "value")


@dataclass(frozen=True, slots=True)
class Target:
    """Where records go, and what makes offers of them."""

    feed_id: int
    projector: Projector
    offers: Callable[[Mapping[str, Sequence[Row]]], Sequence[Offer]]


@dataclass(slots=True)
class _Batch:
    """The services of one batch by key, in the order of the input."""

    taken: dict[int, Taken] = field(default_factory=dict)
    carried: dict[int, Carried] = field(default_factory=dict)


async def apply(
    connection: AsyncConnection,
    target: Target,
    takes: Sequence[Taken],
    held_keys: Mapping[str, int],
    now: datetime,
) -> list[int]:
    """Write these services; give back their keys. `held_keys`: service id -> key of what is there already."""
    script = Script(connection)
    taken = await write_publications(script, target.feed_id, takes, held_keys, now)
    batch = _Batch(taken, {key: _carried(one) for key, one in taken.items()})
    before = [key for key, one in taken.items() if one.service_id in held_keys]
    apart = await _settle(script, target.feed_id, batch, before, ())
    _write_findings(script, taken, before)
    await script.run()
    await _project(connection, target, batch, before, apart)
    return list(taken)


async def withdraw(connection: AsyncConnection, target: Target, keys: Collection[int]) -> None:
    """Take services out of the tables and the search; what they were published as stays."""
    script = Script(connection)
    await _settle(script, target.feed_id, _Batch(), (), keys)
    _write_findings(script, {}, keys)
    await script.run()
    await target.projector.replace(connection, list(keys), [])


def _carried(one: Taken) -> Carried:
    return Carried((one.worked.record.last_modified, one.line.ordinal), one.worked.hashes)


async def _settle(
    script: Script,
    feed_id: int,
    batch: _Batch,
    before: Collection[int],
    gone: Collection[int],
) -> set[int]:
    """Decide who holds what and write the rows; give back who carries something in another version.

    `before`: those of the batch that had rows already.
    """
    refs = {ref for carried in batch.carried.values() for ref in carried.hashes}
    held = await load_held(script.connection, feed_id, refs, [*before, *gone])
    decision = decide(held, batch.carried, gone)
    fresh = await number(script.connection, held)
    write_carriers(script, batch.carried, held, [*before, *gone])
    orphans = await elect(script, decision, batch.carried, gone)
    write_held(script, feed_id, decision, fresh, orphans, batch=batch.carried)
    again = decision.released.difference(batch.taken, gone)
    drop_rows(script, {*before, *gone, *again})
    services = [
        (key, _parts(one.worked.parts, (ref for ref in one.worked.hashes if held[ref].holder == key)))
        for key, one in batch.taken.items()
    ]
    write_rows(script, feed_id, [*services, *(await _once_more(script, again))])
    return {
        key
        for key, carried in batch.carried.items()
        if any(held[ref].hash != content for ref, content in carried.hashes.items())
    }


def _parts(parts: Split, refs: Iterable[str]) -> list[Rows]:
    """The rows of a service's own, and of the objects it holds."""
    return [parts.own, *(parts.objects[ref] for ref in refs)]


async def _once_more(script: Script, keys: Collection[int]) -> list[tuple[int, list[Rows]]]:
    """Services outside the batch that hold more or less than they did, from what was published."""
    if not keys:
        return []
    await script.run()
    connection, dialect = script.connection, script.dialect
    select = sa.text(f"SELECT holder, ref FROM shared WHERE {among(dialect, 'key', 'carried')}")
    carried = sa.text(f"SELECT DISTINCT shared_key FROM carrier WHERE {among(dialect, 'service_key')}")
    bound = {"among": listed(dialect, keys)}
    objects = [key for (key,) in await connection.execute(carried, bound)]
    holds: dict[int, set[str]] = {key: set() for key in keys}
    if objects:
        for holder, ref in await connection.execute(select, {"carried": listed(dialect, objects)}):
            if holder in holds:
                holds[holder].add(ref)
    services = []
    for key, (body, profile) in (await bodies_of(connection, keys)).items():
        parts = split_of(body, profile)
        services.append((key, _parts(parts, (ref for ref in parts.objects if ref in holds[key]))))
    return services


def _write_findings(script: Script, taken: Mapping[int, Taken], before: Collection[int]) -> None:
    """Replace what is known to be wrong with these services."""
    script.delete("finding", "service_key", before)
    rows = [
        (key, ordinal, finding.pointer, finding.reason, finding.value)
        for key, one in taken.items()
        for ordinal, finding in enumerate(one.worked.record.findings)
    ]
    script.insert("finding", _FINDING, rows)


async def _project(
    connection: AsyncConnection,
    target: Target,
    batch: _Batch,
    before: Collection[int],
    apart: Collection[int],
) -> None:
    """Lay the services into the projection, each with the held version of what it carries."""
    others = await composed(connection, apart)
    offers = [
        (key, target.feed_id, offer)
        for key, one in batch.taken.items()
        for offer in (target.offers(others[key]) if key in others else one.worked.offers)
    ]
    await target.projector.replace(connection, list(before), offers)
