"""Statements of an import in one go.

Through SQLAlchemy and aiosqlite each statement crosses into the connection's thread and back four
times, which for a batch of an import costs more than SQLite's own work. What stands here crosses once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from directory.store.at_once import PlainConnection
from directory.store.lists import listed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Mapping, Sequence

    import sqlalchemy as sa
    from sqlalchemy.ext.asyncio import AsyncConnection

Statements = list[tuple[str, "Sequence[tuple[Any, ...]]"]]
_Result = TypeVar("_Result")


async def in_thread(
    connection: AsyncConnection | PlainConnection, work: Callable[[sqlite3.Connection], _Result]
) -> _Result:
    """Do work on a SQLite connection as the driver has it, within its transaction, in its thread."""
    if isinstance(connection, PlainConnection):
        return work(connection.driver)
    if not connection.in_transaction():
        await connection.begin()  # as any statement would
    driver: Any = (await connection.get_raw_connection()).driver_connection
    # aiosqlite's own way into its thread; it has no public one for more than one statement
    found: _Result = await driver._execute(work, driver._conn)  # noqa: SLF001
    return found


async def rows_of(
    connection: AsyncConnection, statement: sa.TextClause, values: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """The rows of a query whose values stand as `:name`, without types: as the driver gives them."""
    if connection.dialect.name == "sqlite":
        return await in_thread(connection, lambda plain: plain.execute(statement.text, values).fetchall())
    return [tuple(row) for row in await connection.execute(statement, values)]


async def next_keys(connection: AsyncConnection, table: str, column: str, count: int) -> range | list[int]:
    """Keys for `count` new rows, within the writing transaction that inserts them."""
    if connection.dialect.name == "sqlite":
        highest = f"SELECT max({column}) FROM {table}"
        top = await in_thread(connection, lambda plain: plain.execute(highest).fetchone()[0] or 0)
        return range(top + 1, top + count + 1)
    sequence = f"SELECT nextval('{table}_{column}_seq') FROM generate_series(1, %s)"
    return [key for (key,) in await connection.exec_driver_sql(sequence, (count,))]


class Script:
    """Statements that wait to be run, in order, in the transaction of the connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Begin an empty script."""
        self.connection = connection
        self.dialect = connection.dialect.name
        self.mark = "?" if self.dialect == "sqlite" else "%s"
        """The driver's own placeholder."""
        self._waiting: Statements = []

    def add(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run the statement once for each row of values; not at all where there are none."""
        if rows:
            self._waiting.append((statement, rows))

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows given as tuples."""
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join([self.mark] * len(columns))
        self.add(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)

    def delete(self, table: str, column: str, values: Collection[int]) -> None:
        """Delete the rows whose column is one of the values."""
        if values:
            among = "IN (SELECT value FROM json_each(?))" if self.dialect == "sqlite" else "= ANY(%s)"
            self.add(f"DELETE FROM {table} WHERE {column} {among}", [(listed(self.dialect, values),)])

    async def run(self) -> None:
        """Run what waits."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        if self.dialect == "sqlite":
            await in_thread(self.connection, lambda plain: _run_all(plain, waiting))
            return
        for statement, rows in waiting:
            await self.connection.exec_driver_sql(statement, list(rows))


def _run_all(plain: sqlite3.Connection, statements: Statements) -> None:
    for statement, rows in statements:
        plain.executemany(statement, rows)
