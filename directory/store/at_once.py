"""Work that awaits nothing but its connection, done in one go: on SQLite whole in a thread.

The work is written once for both engines, as coroutines. On SQLite nothing in it has anything to wait for
when the connection is a plain one, so that it runs from its start to its end without the event loop, and
no transaction stays open while the loop is busy with something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from directory.store.writing import transact, write

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Coroutine

    import sqlalchemy as sa
    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.store.engine import Store

_Result = TypeVar("_Result")


class PlainConnection:
    """A connection of this thread behind the methods of an `AsyncConnection` that work of ours uses."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.dialect = connection.dialect
        self.driver = cast("sqlite3.Connection", connection.connection.driver_connection)
        """The driver's own."""

    async def execute(self, *arguments: Any) -> sa.CursorResult[Any]:
        """Run a statement."""
        return self._connection.execute(*arguments)

    async def scalar(self, *arguments: Any) -> Any:
        """The first value of the first row."""
        return self._connection.scalar(*arguments)

    async def exec_driver_sql(self, *arguments: Any) -> sa.CursorResult[Any]:
        """Run a statement of the driver's."""
        return self._connection.exec_driver_sql(*arguments)


async def write_at_once(
    store: Store, work: Callable[[AsyncConnection], Coroutine[Any, Any, _Result]]
) -> _Result:
    """What `writing.write` does, for work that awaits nothing but what it does with its connection."""
    if store.dialect == "postgresql":
        return await write(store, work)
    return await transact(store, lambda connection: _result_of(work, connection))


def _result_of(
    work: Callable[[AsyncConnection], Coroutine[Any, Any, _Result]], connection: sa.Connection
) -> _Result:
    """Run the work to its end.

    Raises:
        RuntimeError: it awaits something that is not there yet.
    """
    running = work(cast("AsyncConnection", PlainConnection(connection)))
    try:
        running.send(None)
    except StopIteration as ended:
        return cast("_Result", ended.value)
    running.close()
    raise RuntimeError("work within a transaction waits for something else")
