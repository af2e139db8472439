"""Which version the store is of, and bringing it up to this program's.

To know the version is cheap (`nearby ask` looks each time): alembic is loaded by `upgrade` alone,
so the newest revision stands here as a constant, which a test compares with the migrations.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import sqlalchemy as sa

from directory.store.engine import StoreError

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.store.engine import Store

REVISIONS: Final = ("0001", "0002", "0003")
"""Every revision this program knows, oldest first."""

_LOCK: Final = 7_268_216
"""Of all advisory locks of PostgreSQL, the one that upgrades hold."""


@dataclass(frozen=True, slots=True)
class Version:
    """The store's revision beside the program's."""

    current: str | None
    head: str
    state: Literal["empty", "older", "same", "newer"]
    """`newer`: a revision this program does not know, made by a later one."""


async def version(store: Store) -> Version:
    """Look up the store's revision.

    Raises:
        StoreError: `no_server` where PostgreSQL does not answer, `not_a_file` where the file is
            something else than a SQLite database.
    """
    try:
        async with store.read() as connection:
            return _version(await _current(connection))
    except sa.exc.OperationalError as error:
        raise StoreError(
            "no_server" if store.path is None else "not_a_file", str(store.path or "")
        ) from error
    except sa.exc.DatabaseError as error:
        raise StoreError("not_a_file", str(store.path or "")) from error


async def upgrade(store: Store, revision: str = "head") -> Version:
    """Run the migrations that are missing; two upgrades at once wait for each other.

    Raises:
        StoreError: `newer`, or `no_extension` where PostgreSQL lacks PostGIS or btree_gist and this
            user may not add them.
    """
    found = await version(store)
    if found.state == "newer":
        raise StoreError("newer", found.current or "")
    if store.dialect == "postgresql":
        await _extensions(store)
    config = await asyncio.to_thread(_config)
    async with store.begin() as connection:
        if store.dialect == "postgresql":
            await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        await connection.run_sync(_migrate, config, revision)
        return _version(await _current(connection))


def _version(current: str | None) -> Version:
    head = REVISIONS[-1]
    if current is None:
        return Version(None, head, "empty")
    if current not in REVISIONS:
        return Version(current, head, "newer")
    return Version(current, head, "same" if current == head else "older")


async def _current(connection: AsyncConnection) -> str | None:
    if not await connection.run_sync(lambda plain: sa.inspect(plain).has_table("alembic_version")):
        return None
    found: str | None = await connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


async def _extensions(store: Store) -> None:
    """Add what near-me searches need; each in its own transaction, since two upgrades may meet here."""
    for name in ("postgis", "btree_gist"):
        async with store.begin() as connection:
            await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            known = sa.text("SELECT 1 FROM pg_extension WHERE extname = :name")
            if await connection.scalar(known, {"name": name}):
                continue
            try:
                await connection.execute(sa.text(f"CREATE EXTENSION {name}"))
            except sa.exc.DBAPIError as error:
                raise StoreError("no_extension", name) from error


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - a question in the terminal needs no alembic

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _migrate(connection: sa.Connection, config: Config, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - as above

    config.attributes["connection"] = connection
    command.upgrade(config, revision)
