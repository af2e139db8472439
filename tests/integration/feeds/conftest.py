"""A store of each kind, brought to this program's version, and an import into it."""

from __future__ import annotations

import asyncio
import shutil
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import sqlalchemy as sa

from directory.feeds.bodies import document_of
from directory.feeds.importing import import_source
from directory.feeds.tables import publication, quarantine
from directory.store.engine import connect
from directory.store.metadata import metadata
from directory.store.upgrade import upgrade
from tests.conftest import SERVER
from tests.fakes.feeds import NOON, FakeProjector, FakeSource
from tests.integration.feeds.soundness import assert_sound, offers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from datetime import datetime
    from pathlib import Path

    from directory.feeds.outcome import Outcome
    from directory.store.engine import Store


@dataclass
class Desk:
    """Imports feeds, a minute apart, and looks into the store."""

    store: Store
    projector: FakeProjector = field(default_factory=FakeProjector)
    at: datetime = NOON

    def now(self) -> datetime:
        """The time of this import."""
        return self.at

    async def take(
        self, source: FakeSource | list[Any], *, force: bool = False, sound: bool = True
    ) -> Outcome:
        """Import the source, or these lines as a file, and see that all is as it must be."""
        self.at += timedelta(minutes=1)
        given = FakeSource(source) if isinstance(source, list) else source
        outcome = await import_source(
            *(self.store, given, self.projector),
            force=force,
            now=self.now,
            offers=offers,
            reopen=given.again,
        )
        if sound:
            await assert_sound(self.store, self.projector)
        return outcome

    async def documents(self) -> dict[str, Any]:
        """Service id -> document, of what is not withdrawn."""
        select = sa.select(publication.c.service_id, publication.c.body)
        async with self.store.read() as connection:
            rows = await connection.execute(select.where(publication.c.withdrawn_at.is_(None)))
            return {service_id: document_of(body)[0] for service_id, body in rows}

    async def quarantined(self) -> list[tuple[str, str, str]]:
        """(position, reason, pointer) of what is in quarantine."""
        select = sa.select(quarantine.c.position, quarantine.c.reason, quarantine.c.pointer)
        async with self.store.read() as connection:
            return sorted(tuple(row) for row in await connection.execute(select))

    async def everything(self) -> dict[str, list[Any]]:
        """All rows of all tables but the record of imports: to see whether anything changed."""
        found: dict[str, list[Any]] = {}
        async with self.store.read() as connection:
            for table in metadata.sorted_tables:
                if table.name not in {"feed", "import_run"}:
                    found[table.name] = [tuple(row) for row in await connection.execute(sa.select(table))]
        return found


async def _upgraded(url: str) -> None:
    store = connect(url)
    await upgrade(store)
    await store.close()


@pytest.fixture(scope="session")
def _upgraded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file of this program's version, to be copied."""
    path = tmp_path_factory.mktemp("upgraded") / "nearby.db"
    asyncio.run(_upgraded(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def _upgraded_server(_postgres_template: str) -> Iterator[str]:
    """A PostgreSQL database of this program's version, which each test leaves empty."""
    name = f"nearby_feeds_{uuid.uuid4().hex[:12]}"
    url = SERVER.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_postgres_template}"')
        asyncio.run(_upgraded(url))
        yield url
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgres"])
def upgraded_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store of this program's version, on each engine."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("_upgraded_file"), tmp_path / "nearby.db")
        return f"sqlite:///{tmp_path / 'nearby.db'}"
    return str(request.getfixturevalue("_upgraded_server"))


@pytest.fixture
async def desk(upgraded_url: str) -> AsyncIterator[Desk]:
    """A desk on an empty store."""
    store = connect(upgraded_url)
    yield Desk(store)
    if store.dialect == "postgresql":
        async with store.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                await connection.execute(sa.delete(table))
    await store.close()
