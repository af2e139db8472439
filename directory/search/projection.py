"""What keeps the projection: one port, an adapter for each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.search.offer import Offer
    from directory.store.engine import Store


class Projector(Protocol):
    """Puts offers where searching finds them."""

    async def replace(
        self,
        connection: AsyncConnection,
        service_keys: Sequence[int],
        offers: Sequence[tuple[int, int, Offer]],
    ) -> None:
        """Drop what is projected for the services and put the offers (service key, feed, offer) in.

        Within the caller's transaction, which must be one that writes (`Store.begin`).
        """

    async def settle(self) -> None:
        """After an import: index what waits, and lay down by place when that is worth it."""


def projector(store: Store) -> Projector:
    """The projector for a store."""
    if store.path is not None:
        from directory.search.sqlite_projector import SqliteProjector  # noqa: PLC0415  # one engine is used

        return SqliteProjector(store.path)
    from directory.search.postgres_projector import PostgresProjector  # noqa: PLC0415

    return PostgresProjector(store)
