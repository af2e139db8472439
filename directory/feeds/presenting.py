"""Puts services together as residents meet them: with the held version of what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from directory.feeds.objects import split
from directory.feeds.rows import read_rows
from directory.store.lists import among, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.feeds.objects import Rows, Split


async def composed(connection: AsyncConnection, keys: Collection[int]) -> dict[int, Rows]:
    """The rows of these services, each with what it carries in the version held, from the tables.

    A service without rows (it was withdrawn) is left out.
    """
    if not keys:
        return {}
    carried = await _carried(connection, keys)
    holders = {holder for pairs in carried.values() for _, holder in pairs}
    rows = await read_rows(connection, holders.union(keys))
    parts: dict[int, Split] = {key: split(found) for key, found in rows.items()}
    return {
        key: _together(
            parts[key].own, [parts[holder].objects.get(ref, {}) for ref, holder in carried.get(key, ())]
        )
        for key in keys
        if rows[key]
    }


async def _carried(connection: AsyncConnection, keys: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    """Service key -> (reference, key of the service that holds it) of each object it carries."""
    dialect = connection.dialect.name
    select = sa.text(
        "SELECT c.service_key, s.ref, s.holder FROM carrier c JOIN shared s ON s.key = c.shared_key "
        f"WHERE {among(dialect, 'c.service_key')}"
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for key, ref, holder in await connection.execute(select, {"among": listed(dialect, keys)}):
        found.setdefault(key, []).append((ref, holder))
    return found


def _together(own: Rows, objects: Sequence[Rows]) -> Rows:
    rows: Rows = {table: list(found) for table, found in own.items()}
    for part in objects:
        for table, found in part.items():
            rows.setdefault(table, []).extend(found)
    return rows
