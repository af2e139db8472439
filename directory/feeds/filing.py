"""Every service that is held, with its name, its description and the terms it is filed under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from directory.feeds.tables import publication
from directory.hsds.tables import attribute, service, taxonomy_term

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.store.engine import Store

AT_ONCE = 1_000
"""Services read at a time, so that a million need no more memory than a thousand."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One service."""

    name: str
    description: str
    terms: tuple[str, ...]
    """Names of its taxonomy terms, as they were published."""


async def filed(store: Store) -> AsyncIterator[Filed]:
    """Every service that was not withdrawn, in the order in which they came."""
    after = 0
    while True:
        async with store.read() as connection:
            rows = (await connection.execute(_services(after))).all()
            terms = await _terms(connection, after, rows[-1].service_key) if rows else {}
        for row in rows:
            yield Filed(row.name or "", row.description or "", tuple(terms.get(row.service_key, ())))
        if len(rows) < AT_ONCE:
            return
        after = rows[-1].service_key


def _services(after: int) -> sa.Select[Any]:
    held = service.join(publication, publication.c.key == service.c.service_key)
    return (
        sa.select(service.c.service_key, service.c.name, service.c.description)
        .select_from(held)
        .where(service.c.service_key > after, publication.c.withdrawn_at.is_(None))
        .order_by(service.c.service_key)
        .limit(AT_ONCE)
    )


async def _terms(connection: AsyncConnection, after: int, last: int) -> dict[int, list[str]]:
    same = sa.and_(
        taxonomy_term.c.feed_id == attribute.c.feed_id, taxonomy_term.c.id == attribute.c.taxonomy_term_id
    )
    select = (
        sa.select(attribute.c.service_key, taxonomy_term.c.name)
        .select_from(attribute.join(taxonomy_term, same))
        .where(attribute.c.service_key > after, attribute.c.service_key <= last)
        .where(taxonomy_term.c.name.is_not(None))
        .order_by(attribute.c.service_key, attribute.c.id)
    )
    found: dict[int, list[str]] = {}
    for key, name in await connection.execute(select):
        found.setdefault(key, []).append(name)
    return found
