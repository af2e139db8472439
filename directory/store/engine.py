"""The one database: where it is, how it is opened, and how a transaction on it begins.

SQLite is opened so that one writer and many readers get on with each other (WAL), and so that a
writer takes its place in the queue when its transaction begins, not at its first write, where it
would have to be turned away.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.ext.asyncio import create_async_engine

from directory.store.turnstile import Turnstile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy.engine import URL
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

WRITES: Final = "nearby_writes"
"""Execution option of a connection whose transactions write."""
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",  # milliseconds
    "PRAGMA cache_size = -32768",  # KiB for each connection
    "PRAGMA temp_store = FILE",
    "PRAGMA secure_delete = OFF",
    "PRAGMA journal_size_limit = 67108864",  # bytes: the WAL shrinks back after a large import
)


class StoreError(Exception):
    """The store can't be used.

    `code`: `bad_url`, `no_such_folder`, `not_a_file`, `no_permission`, `no_server`, `no_extension`,
    `newer`. `detail`: what it is about, without a password.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep the code and what it is about."""
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Store:
    """The database of this process."""

    url: str
    dialect: Literal["sqlite", "postgresql"]
    engine: AsyncEngine
    threaded: sa.Engine
    """The same database for transactions that run whole in a thread (see `writing`)."""
    path: Path | None
    """The SQLite file; None on PostgreSQL."""
    turnstile: Turnstile | None = None
    """Where writers of the SQLite file take turns."""

    @contextlib.asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes: committed at the end, rolled back when something is raised."""
        async with self.turn(), self.engine.connect() as plain:
            connection = await plain.execution_options(**{WRITES: True})
            async with connection.begin():
                yield connection

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Wait for a turn to write to the SQLite file; nothing to wait for on PostgreSQL."""
        return self.turnstile.turn() if self.turnstile else contextlib.nullcontext()

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads; on SQLite it sees one state of the store throughout."""
        async with self.engine.connect() as connection:
            try:
                yield connection
            finally:
                await connection.rollback()

    async def close(self) -> None:
        """Close every connection; the store can't be used afterwards."""
        await self.engine.dispose()
        self.threaded.dispose()
        if self.turnstile is not None:
            self.turnstile.close()


def connect(url: str) -> Store:
    """Open the store that `DATABASE_URL` names: `sqlite:///nearby.db` or `postgresql://…`.

    Nothing is read yet, and a SQLite file that does not exist is made, for its owner's eyes only.

    Raises:
        StoreError: `bad_url`, `no_such_folder`, `not_a_file`, `no_permission`.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "postgresql":
        server = parsed.set(drivername="postgresql+psycopg")
        engine = create_async_engine(server, pool_pre_ping=True)
        return Store(url, "postgresql", engine, sa.create_engine(server, pool_pre_ping=True), None)
    path = _file(parsed)
    engine = create_async_engine(sa.URL.create("sqlite+aiosqlite", database=str(path)))
    threaded = sa.create_engine(sa.URL.create("sqlite", database=str(path)))
    for plain in (engine.sync_engine, threaded):
        event.listen(plain, "connect", _set_up)
        event.listen(plain, "begin", _begin)
    return Store(url, "sqlite", engine, threaded, path, Turnstile(path))


def _parse(url: str) -> URL:
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise StoreError("bad_url") from error
    if parsed.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql")
    if parsed.drivername in {"sqlite", "sqlite+aiosqlite"} and parsed.database not in {None, "", ":memory:"}:
        return parsed
    raise StoreError("bad_url", parsed.drivername)


def _file(url: URL) -> Path:
    """The SQLite file, made (mode 0600) where there is none: it will hold what people said."""
    path = Path(str(url.database)).expanduser().absolute()
    if not path.parent.is_dir():
        raise StoreError("no_such_folder", str(path.parent))
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except IsADirectoryError as error:
        raise StoreError("not_a_file", str(path)) from error
    except OSError as error:
        raise StoreError("no_permission", str(path)) from error
    return path


def _set_up(connection: Any, _record: object) -> None:
    """Leave transactions to `_begin`: the driver's own start too late, and not for every statement."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    writes = cast("bool", connection.get_execution_options().get(WRITES, False))
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
