"""The projection on PostgreSQL: written at once, by COPY, in the transaction of what it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from directory.search.rows import cells_of, facts_of, tokens_of
from directory.search.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg
    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.search.offer import Offer
    from directory.store.engine import Store

_FACTS = ", ".join(FACTS)
_DROP = (
    "DELETE FROM near_index WHERE card IN (SELECT key FROM near_card WHERE service = ANY(%s))",
    "DELETE FROM near_card WHERE service = ANY(%s)",
)
_KEYS = "SELECT nextval(pg_get_serial_sequence('near_card', 'key')) FROM generate_series(1, %s)"
_CARDS = f"COPY near_card (key, {_FACTS}, name, words, card) FROM STDIN"
_INDEX = f'COPY near_index (term, "row", "column", card, {_FACTS}, point) FROM STDIN'
_TERMS = "SELECT name, key FROM near_term WHERE name = ANY(%s)"
_ADD_TERMS = (
    "INSERT INTO near_term (name, label) SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING"
)
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('near_term'))"
"""New terms are added by one transaction at a time: two could wait for each other's for ever."""
_NEW_GENERATION = "UPDATE projection_state SET generation = generation + 1"


class PostgresProjector:
    """Writes offers where searching finds them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def replace(
        self,
        connection: AsyncConnection,
        service_keys: Sequence[int],
        offers: Sequence[tuple[int, int, Offer]],
    ) -> None:
        """Drop what is projected for the services and put the offers in, within the caller's transaction."""
        raw: Any = (await connection.get_raw_connection()).driver_connection
        async with raw.cursor() as cursor:
            for statement in _DROP:
                await cursor.execute(statement, (list(service_keys),))
            if offers:
                await _add(cursor, offers)

    async def settle(self) -> None:
        """Let the planner know what there is now."""
        async with self._store.begin() as connection:
            await connection.exec_driver_sql("SELECT gin_clean_pending_list('near_card_words')")
            for table in ("near_term", "near_card", "near_index"):
                await connection.exec_driver_sql(f"ANALYZE {table}")
            await connection.exec_driver_sql(_NEW_GENERATION)


async def _add(cursor: psycopg.AsyncCursor[Any], offers: Sequence[tuple[int, int, Offer]]) -> None:
    terms = await _terms(cursor, offers)
    await cursor.execute(_KEYS, (len(offers),))
    keys = [row[0] for row in await cursor.fetchall()]
    async with cursor.copy(_CARDS) as copy:
        for key, (service, feed, offer) in zip(keys, offers, strict=True):
            words = " ".join(f"'{word}'" for word in (*offer.words.split(), *tokens_of(cells_of(offer))))
            await copy.write_row((key, *facts_of(service, feed, offer), offer.name, words, offer.card))
    async with cursor.copy(_INDEX) as copy:
        for key, (service, feed, offer) in zip(keys, offers, strict=True):
            facts = facts_of(service, feed, offer)
            point = None if offer.lat is None else f"SRID=4326;POINT({offer.lon} {offer.lat})"
            for term in sorted({0, *(terms[name] for name, _ in offer.terms)}):
                for cell in cells_of(offer):
                    await copy.write_row((term, cell.row, cell.column, key, *facts, point))


async def _terms(
    cursor: psycopg.AsyncCursor[Any], offers: Sequence[tuple[int, int, Offer]]
) -> dict[str, int]:
    """The keys of all terms of these offers; new ones are given one, in an order that can't deadlock."""
    named = {name: label for _, _, offer in offers for name, label in offer.terms}
    if not named:
        return {}
    await cursor.execute(_TERMS, (list(named),))
    known = dict(await cursor.fetchall())
    new = sorted(named.keys() - known.keys())
    if new:
        await cursor.execute(_ALONE)
        await cursor.execute(_ADD_TERMS, (new, [named[name] for name in new]))
        await cursor.execute(_NEW_GENERATION)
        await cursor.execute(_TERMS, (list(named),))
        known = dict(await cursor.fetchall())
    return known
