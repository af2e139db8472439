"""What the tests of delivery stand on: a store, a platform in memory, a clock that is moved by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bots.channels.port import Room
from bots.conversation.ports import Ports
from bots.delivery.delivery import Delivery
from bots.delivery.inbox import Inbox
from bots.delivery.notices import Notice, Priority
from bots.delivery.outbox import Outbox
from bots.delivery.sender import Sender
from bots.delivery.taking import Taker
from bots.delivery.waking import Wake
from bots.keys import keys_of
from directory.store.engine import connect
from directory.store.upgrade import upgrade
from directory.store.writing import look
from tests.fakes.channel import FakeChannel
from tests.fakes.directory import FakePlaces, FakeSearch, hit, place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from directory.store.engine import Store

LONDON = ZoneInfo("Europe/London")
START = datetime(2025, 11, 24, 10, 0, tzinfo=UTC)
KEYS = keys_of("s" * 32, "i" * 32)


@dataclass
class Clock:
    """The time, moved by hand."""

    now: datetime = START

    def __call__(self) -> datetime:
        """The time now."""
        return self.now

    def on(self, seconds: float) -> None:
        """Move on."""
        self.now += timedelta(seconds=seconds)


@dataclass
class House:
    """One process: its parts, over a store that others may share."""

    store: Store
    channel: FakeChannel
    clock: Callable[[], datetime]
    search: FakeSearch = field(default_factory=FakeSearch)

    def __post_init__(self) -> None:
        """Put the parts together."""
        wake = Wake(self.store)
        self.outbox = Outbox(self.store, KEYS, wake, self.clock)
        self.inbox = Inbox(self.store, KEYS, wake, self.clock)
        self.taker = Taker(self.outbox, {self.channel.name: self.channel}, self.ports)
        self.sender = Sender(self.store, KEYS, wake, self.channel, self.clock)
        self.whole = Delivery(self.inbox, self.outbox, self.taker, (self.sender,), wake)

    def ports(self, now: datetime) -> Ports:
        """Ports over the fakes."""
        places = [
            place("LS9", 53.8, -1.51),
            place("Farby", 53.8, -1.6),
            *(place("Newport", 53.8, -1.5, within=x) for x in ("A", "B")),
        ]
        return Ports(now, LONDON, self.search, FakePlaces(places))

    async def post(self, *texts: str, room: str = "ann", broadcast: bool = False, **more: Any) -> None:
        """Queue messages for one room."""
        priority = Priority.BROADCAST if broadcast else Priority.ANSWER
        where = Room(room, private=more.pop("private", True))
        await self.outbox.post(
            [
                Notice("fake", where, {"text": text}, more.get("person"), priority, more.get("key"))
                for text in texts
            ]
        )

    async def rows(self, table: str, columns: str = "*") -> Sequence[sa.Row[Any]]:
        """What a table holds, by its first column."""
        query = sa.text(f"SELECT {columns} FROM {table} ORDER BY 1")
        return await look(self.store, lambda connection: connection.execute(query).all())

    async def states(self) -> list[str]:
        """How the notices fare, by id."""
        return [row.state for row in await self.rows("notice", "id, state")]


LIBRARY = hit("l1", "Example Library", lat=53.8, lon=-1.5, terms=("library services",), phone="020 7946 0100")


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A store with all tables, once on each engine."""
    opened = connect(database_url)
    await upgrade(opened)
    yield opened
    await opened.close()


@pytest.fixture
def house(store: Store, clock: Clock) -> House:
    """One process with one channel."""
    return House(store, FakeChannel(), clock, FakeSearch([LIBRARY]))
