"""Runs a piece of work in a writing transaction, again where the database asks for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy.exc import OperationalError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

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
            if attempt == _ATTEMPTS or not any(sign in str(error.orig) for sign in _AGAIN):
                raise
    raise AssertionError
