"""The composition root: settings become a store, a search and a place finder, and are handed down."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bots.conversation import sorting
from bots.conversation.ports import Ports
from directory.places.gazetteer import Gazetteer
from directory.places.postcodes import Postcodes
from directory.search.schema import is_current
from directory.search.searching import searcher
from directory.store.engine import Store, StoreError, connect
from directory.store.upgrade import upgrade, version

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bots.channels.port import Channel
    from bots.delivery.delivery import Delivery
    from bots.delivery.taking import Noted
    from bots.keys import Keys
    from bots.settings import Settings
    from directory.feeds.reprojecting import Offers
    from directory.places.postcodes_io import Remote
    from directory.search.searching import Searcher


@dataclass(frozen=True, slots=True)
class App:
    """Everything a command or a channel may use, wired once."""

    settings: Settings
    store: Store
    search: Searcher
    postcodes: Postcodes
    places: Gazetteer

    def ports(self, now: datetime) -> Ports:
        """What one turn of a conversation may use."""
        return Ports(now=now, timezone=self.settings.zone, search=self.search, places=self.places)

    def keys(self) -> Keys:
        """The secrets, read or made where they are needed.

        Raises:
            KeysError: they are unset on PostgreSQL, or can't be used.
        """
        from bots.keys import find_keys  # noqa: PLC0415 - a question in the terminal needs no secrets

        return find_keys(self.settings.secret_key, self.settings.identity_key, self.store.path)

    def delivery(self, channels: Sequence[Channel], noted: Noted | None = None) -> Delivery:
        """Inbox, taker, outbox and senders for these channels; `noted` is told of each settled event.

        Raises:
            KeysError: as `keys`.
        """
        from bots.delivery.delivery import delivery  # noqa: PLC0415 - nor anything of delivery

        return delivery(self.store, self.keys(), channels, self.ports, clock, noted=noted)

    async def is_empty(self) -> bool:
        """Whether there is no record at all."""
        async with self.store.read() as connection:
            found = await connection.scalar(sa.text("SELECT 1 FROM publication LIMIT 1"))
        return found is None


def clock() -> datetime:
    """The time now, in UTC: the one place that reads the clock and hands it down."""
    return datetime.now(UTC)  # noqa: TID251 - this is the edge


@asynccontextmanager
async def open_app(settings: Settings) -> AsyncIterator[App]:
    """Open the store that the settings name, made where there is none, and all that stands on it.

    Raises:
        StoreError: the store can't be used; `older` and `stale` are mended by `upgrade_store`.
    """
    store = connect(settings.database_url)
    try:
        await _ready(store)
        search = searcher(store, settings.zone)
        try:
            places = Gazetteer(store, _remote(settings))
            yield App(settings, store, search, Postcodes(), places)
        finally:
            await search.close()
    finally:
        await store.close()


async def _ready(store: Store) -> None:
    found = await version(store)
    if found.state == "empty":
        await upgrade_store(store)
    elif found.state != "same":
        raise StoreError(found.state)
    elif not await is_current(store, sorting.fingerprint()):
        raise StoreError("stale")


async def upgrade_store(store: Store) -> None:
    """Bring the tables up to this program's, and the search tables with them."""
    from directory.feeds.reprojecting import rebuild  # noqa: PLC0415 - only where there is something to do
    from directory.search.projection import projector  # noqa: PLC0415
    from directory.search.schema import ensure, filled  # noqa: PLC0415

    await upgrade(store)
    if await ensure(store, sorting.fingerprint()):
        await rebuild(store, projector(store), await sorted_offers())
        await filled(store, sorting.fingerprint())


async def sorted_offers() -> Offers:
    """What makes offers of the rows of a service, sorted into the needs of the lexicon."""
    from directory.feeds.offering import offers_of  # noqa: PLC0415 - only where records are read in

    return await asyncio.to_thread(offers_of, sorting.sort)  # reads tables of places: not on the loop


def _remote(settings: Settings) -> Remote | None:
    if not settings.postcodes_io_url:
        return None
    from directory.places.postcodes_io import Remote  # noqa: PLC0415 - most have none

    return Remote(settings.postcodes_io_url)
