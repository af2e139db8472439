"""The projection on SQLite: changes are written with what they belong to, a bulk of new ones afterwards."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import orjson

from directory.search import sqlite_statements as sql
from directory.search.rows import cells_of, facts_of, place_of, tokens_of
from directory.store.script import in_thread

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.search.offer import Offer

    Offers = Sequence[tuple[int, int, Offer]]
    """Service key, feed and offer."""

LATE_AT_MOST = 2_000
"""How many new offers are indexed as they come; what comes beyond waits for `settle`."""


class SqliteProjector:
    """Writes offers where searching finds them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def replace(self, connection: AsyncConnection, service_keys: Sequence[int], offers: Offers) -> None:
        """Drop what is projected for the services and put the offers in, within the caller's transaction."""
        await in_thread(connection, lambda plain: _replace(plain, service_keys, offers))

    async def settle(self) -> None:
        """Index what waits, and lay everything down by place where that is worth it."""
        from directory.search.sqlite_settling import settle  # noqa: PLC0415  # imports alone need it

        await asyncio.to_thread(settle, self._path)


def _replace(connection: sqlite3.Connection, service_keys: Sequence[int], offers: Offers) -> None:
    live, building, late = connection.execute(sql.STATE).fetchone()
    held = [key for (key,) in connection.execute(sql.HELD, (_listed(service_keys),))]
    if held:
        _remove(connection, _listed(held), live, building)
    if not offers:
        return
    added = _listed(_add(connection, offers))
    if any(offer.lat is None for _, _, offer in offers):
        connection.execute(sql.COUNT_APART)
    if not held and late >= LATE_AT_MOST and not building:
        connection.execute(sql.WAIT, (added,))
        return
    for statement in sql.INDEX:
        connection.execute(statement.format(slot=live), (added,))
    connection.execute(sql.COUNT_LATE, (len(offers),))
    if building:
        connection.execute(sql.REDO_ADDED, (added,))


def _remove(connection: sqlite3.Connection, held: str, live: str, building: str) -> None:
    if building:
        connection.execute(sql.REDO_REMOVED, (held,))
    for statement in (*sql.UNINDEX, *sql.FORGET):
        connection.execute(statement.format(slot=live), (held,))


def _add(connection: sqlite3.Connection, offers: Offers) -> list[int]:
    """Write the cards; the keys they got."""
    terms = _terms(connection, offers)
    first = connection.execute(sql.NEXT_KEY).fetchone()[0] + 1
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
    connection.executemany(sql.ADD, rows)
    return list(range(first, first + len(rows)))


def _terms(connection: sqlite3.Connection, offers: Offers) -> dict[str, int]:
    """The keys of all terms of these offers; new ones are given one."""
    named = {name: label for _, _, offer in offers for name, label in offer.terms}
    if not named:
        return {}
    names = _listed(named)
    known: dict[str, int] = dict(connection.execute(sql.TERMS, (names,)))
    if len(known) < len(named):
        new = [(name, label) for name, label in named.items() if name not in known]
        connection.executemany(sql.ADD_TERM, new)
        connection.execute(sql.NEW_GENERATION)
        known = dict(connection.execute(sql.TERMS, (names,)))
    return known


def _listed(values: Iterable[object]) -> str:
    return orjson.dumps(list(values)).decode()
