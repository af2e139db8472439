"""Keeps, for each object that services share, one version: the database side of `versions`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from directory.feeds.bodies import document_of
from directory.feeds.objects import Split, fingerprint, split
from directory.feeds.versions import Decision, Held, take_over
from directory.hsds.reading import read
from directory.store.lists import among, listed
from directory.store.script import next_keys, rows_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.feeds.versions import Carried
    from directory.store.script import Script

_COLUMNS: Final = (
    *("key", "feed_id", "ref", "content_hash", "holder", "winner"),
    *("last_modified", "position", "stale"),
)
_SELECT: Final = (
    "SELECT s.key, s.ref, s.content_hash, s.holder, s.winner, s.last_modified, s.position FROM shared s"
)


async def load_held(
    connection: AsyncConnection, feed_id: int, refs: Collection[str], keys: Collection[int]
) -> dict[str, Held]:
    """The versions held of these objects, and of those that these services carry."""
    held: dict[str, Held] = {}
    dialect = connection.dialect.name
    if refs:
        bound = {"feed_id": feed_id, "among": listed(dialect, refs)}
        _collect(held, await rows_of(connection, _by_ref(dialect), bound))
    if keys:
        bound = {"among": listed(dialect, keys)}
        _collect(held, await rows_of(connection, _by_carrier(dialect), bound))
    return held


def _collect(held: dict[str, Held], rows: Iterable[tuple[Any, ...]]) -> None:
    for key, ref, content, holder, winner, last_modified, position in rows:
        if ref not in held:
            held[ref] = Held(ref, key, content, holder, winner, (last_modified, position))


@cache
def _by_ref(dialect: str) -> sa.TextClause:
    return sa.text(f"{_SELECT} WHERE s.feed_id = :feed_id AND {among(dialect, 's.ref')}")


@cache
def _by_carrier(dialect: str) -> sa.TextClause:
    return sa.text(
        f"{_SELECT} JOIN carrier c ON c.shared_key = s.key WHERE {among(dialect, 'c.service_key')}"
    )


def write_carriers(
    script: Script,
    batch: Mapping[int, Carried],
    held: Mapping[str, Held],
    before: Collection[int],
) -> None:
    """Say who carries what. `before`: the keys that carried something already."""
    script.delete("carrier", "service_key", before)
    pairs = [(key, held[ref].key) for key, carried in batch.items() for ref in carried.hashes]
    script.insert("carrier", ("service_key", "shared_key"), pairs)


async def number(connection: AsyncConnection, held: Mapping[str, Held]) -> list[Held]:
    """Give keys to the objects that are new; give those back."""
    fresh = [one for one in held.values() if one.key == 0]
    if fresh:
        for one, key in zip(fresh, await next_keys(connection, "shared", "key", len(fresh)), strict=True):
            one.key = key
    return fresh


_BEST: Final = sa.text(
    "SELECT p.key, p.last_modified, p.position, p.body, p.profile FROM carrier c "
    "JOIN publication p ON p.key = c.service_key "
    "WHERE c.shared_key = :shared_key AND p.withdrawn_at IS NULL "
    "ORDER BY p.last_modified DESC, p.position DESC LIMIT 1"
)


async def elect(
    script: Script, decision: Decision, batch: Mapping[int, Carried], gone: Collection[int]
) -> set[str]:
    """Find the best carrier of each contested object; give back those that nobody carries."""
    orphans: set[str] = set()
    if decision.contested:
        await script.run()  # so that the carriers and their dates are up to date
    for ref in sorted(decision.contested):
        one = decision.held[ref]
        best = (await script.connection.execute(_BEST, {"shared_key": one.key})).one_or_none()
        if best is None:
            orphans.add(ref)
            continue
        rank = (best.last_modified, best.position)
        content = batch[best.key].hashes[ref] if best.key in batch else _hash_in(best.body, best.profile, ref)
        standing = one.holder not in gone and (
            one.holder not in batch or batch[one.holder].hashes.get(ref) == one.hash
        )
        if content == one.hash and standing:
            one.winner, one.rank, one.changed = best.key, rank, True
            continue
        if one.holder not in batch and one.holder not in gone:
            decision.released.add(one.holder)
        if best.key not in batch:
            decision.released.add(best.key)
        take_over(one, best.key, content, rank)
    return orphans


def _hash_in(body: bytes, profile: str, ref: str) -> str:
    rows = split_of(body, profile).objects.get(ref)
    return fingerprint(rows) if rows else ""


def split_of(body: bytes, profile: str) -> Split:
    """The rows of a service as it was published in this profile, told apart."""
    return split(read(document_of(body)[0], as_v1=profile == "v1").rows)


def write_held(
    script: Script,
    feed_id: int,
    decision: Decision,
    fresh: Collection[Held],
    orphans: Collection[str],
    *,
    batch: Collection[int],
) -> None:
    """Write down which versions are held now.

    Where another one is, who carries it becomes stale: unless that is one service, of the batch.
    """
    new = {one.ref for one in fresh}
    rows = [
        (one.key, feed_id, one.ref, one.hash, one.holder, one.winner, *one.rank, False)
        for one in fresh
        if one.ref not in orphans
    ]
    script.insert("shared", _COLUMNS, rows)
    changes = [
        (
            *(one.hash, one.holder, one.winner, *one.rank),
            *(one.moved and one.holder not in batch, one.moved, one.holder, one.key),
        )
        for one in decision.held.values()
        if one.changed and one.ref not in new and one.ref not in orphans
    ]
    script.add(_update(script.mark), changes)
    script.delete("shared", "key", [decision.held[ref].key for ref in orphans])


@cache
def _update(mark: str) -> str:
    others = f"EXISTS (SELECT 1 FROM carrier c WHERE c.shared_key = shared.key AND c.service_key <> {mark})"
    return (
        f"UPDATE shared SET content_hash = {mark}, holder = {mark}, winner = {mark}, "
        f"last_modified = {mark}, position = {mark}, "
        f"stale = (stale OR {mark} OR ({mark} AND {others})) WHERE key = {mark}"
    )
