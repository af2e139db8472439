"""Runs a piece of work in a writing transaction, again where the database asks for that.

`write` is for work that awaits. `transact` is for work that is plain code: nothing can be awaited within it,
so no transaction of it ever waits for a network, and it crosses into a thread once, not four times a
statement.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy.exc import OperationalError

from directory.store.engine import WRITES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import sqlalchemy as sa
    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.store.engine import Store

_Result = TypeVar("_Result")
_ATTEMPTS: Final = 5
_AGAIN: Final = ("database is locked", "database table is locked", "deadlock detected")


async def write(store: Store, work: Callable[[AsyncConnection], Awaitable[_Result]]) -> _Result:
    """Do the work in one transaction; where another writer was in the way, do it again from the start.

    `work` must keep nothing in memory of an attempt that failed.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            async with store.begin() as connection:
                return await work(connection)
        except OperationalError as error:
            if not _again(error, attempt):
                raise
    raise AssertionError


async def transact(store: Store, work: Callable[[sa.Connection], _Result]) -> _Result:
    """Do the work in one transaction, as `write` does.

    Whoever is cancelled meanwhile does not know whether it was committed: a thread can't be stopped.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            async with store.turn():
                return await asyncio.to_thread(_in_thread, store.threaded, work)
        except OperationalError as error:
            if not _again(error, attempt):
                raise
    raise AssertionError


async def look(store: Store, work: Callable[[sa.Connection], _Result]) -> _Result:
    """Do work that only reads, as plain code."""
    return await asyncio.to_thread(_reading, store.threaded, work)


def _in_thread(engine: sa.Engine, work: Callable[[sa.Connection], _Result]) -> _Result:
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITES: True})
        with connection.begin():
            return work(connection)


def _reading(engine: sa.Engine, work: Callable[[sa.Connection], _Result]) -> _Result:
    with engine.connect() as connection:
        return work(connection)


def _again(error: OperationalError, attempt: int) -> bool:
    return attempt < _ATTEMPTS and any(sign in str(error.orig) for sign in _AGAIN)
