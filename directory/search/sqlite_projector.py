"""The projection on SQLite: changes are written with what they belong to, a bulk of new ones afterwards."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson

from directory.search import sqlite_statements as sql
from directory.search.rows import cells_of, facts_of, place_of, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.search.offer import Offer

LATE_AT_MOST = 2_000
"""How many new offers are indexed as they come; what comes beyond waits for `settle`."""


class SqliteProjector:
    """Writes offers where searching finds them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def replace(
        self,
        connection: AsyncConnection,
        service_keys: Sequence[int],
        offers: Sequence[tuple[int, int, Offer]],
    ) -> None:
        """Drop what is projected for the services and put the offers in, within the caller's transaction."""
        live, building, late = (await _all(connection, sql.STATE))[0]
        held = [row[0] for row in await _all(connection, sql.HELD, _listed(service_keys))]
        if held:
            await _remove(connection, _listed(held), live, building)
        if not offers:
            return
        added = _listed(await _add(connection, offers))
        if any(offer.lat is None for _, _, offer in offers):
            await connection.exec_driver_sql(sql.COUNT_APART)
        if not held and late >= LATE_AT_MOST and not building:
            await connection.exec_driver_sql(sql.WAIT, (added,))
            return
        for statement in sql.INDEX:
            await connection.exec_driver_sql(statement.format(slot=live), (added,))
        await connection.exec_driver_sql(sql.COUNT_LATE, (len(offers),))
        if building:
            await connection.exec_driver_sql(sql.REDO_ADDED, (added,))

    async def settle(self) -> None:
        """Index what waits, and lay everything down by place where that is worth it."""
        from directory.search.sqlite_settling import settle  # noqa: PLC0415  # imports alone need it

        await asyncio.to_thread(settle, self._path)


async def _remove(connection: AsyncConnection, held: str, live: str, building: str) -> None:
    if building:
        await connection.exec_driver_sql(sql.REDO_REMOVED, (held,))
    for statement in (*sql.UNINDEX, *sql.FORGET):
        await connection.exec_driver_sql(statement.format(slot=live), (held,))


async def _add(connection: AsyncConnection, offers: Sequence[tuple[int, int, Offer]]) -> list[int]:
    """Write the cards; the keys they got."""
    terms = await _terms(connection, offers)
    first = (await _all(connection, sql.NEXT_KEY))[0][0] + 1
    rows = []
    for key, (service, feed, offer) in enumerate(offers, first):
        cells = cells_of(offer)
        held = sorted({0, *(terms[name] for name, _ in offer.terms)})
        words = " ".join((offer.words, *tokens_of(cells)))
        facts = facts_of(service, feed, offer)
        rows.append(
            (
                key,
                place_of(cells),
                *facts,
                offer.name,
                _listed(held),
                _listed(map(tuple, cells)),
                words,
                offer.card,
            )
        )
    await connection.exec_driver_sql(sql.ADD, rows)
    return list(range(first, first + len(rows)))


async def _terms(connection: AsyncConnection, offers: Sequence[tuple[int, int, Offer]]) -> dict[str, int]:
    """The keys of all terms of these offers; new ones are given one."""
    named = {name: label for _, _, offer in offers for name, label in offer.terms}
    if not named:
        return {}
    names = _listed(named)
    known = dict(await _all(connection, sql.TERMS, names))
    if len(known) < len(named):
        new = [(name, label) for name, label in named.items() if name not in known]
        await connection.exec_driver_sql(sql.ADD_TERM, new)
        await connection.exec_driver_sql(sql.NEW_GENERATION)
        known = dict(await _all(connection, sql.TERMS, names))
    return known


async def _all(connection: AsyncConnection, statement: str, *values: object) -> list[Any]:
    return [tuple(row) for row in await connection.exec_driver_sql(statement, values)]


def _listed(values: Iterable[object]) -> str:
    return orjson.dumps(list(values)).decode()
