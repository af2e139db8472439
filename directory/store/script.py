"""Many writing statements in one go.

Through SQLAlchemy and aiosqlite each statement crosses into the connection's thread and back four
times, which for a batch of an import costs more than SQLite's own work. A script crosses once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from directory.store.lists import listed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

Statements = list[tuple[str, "Sequence[tuple[Any, ...]]"]]


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
            raw = await self.connection.get_raw_connection()
            driver: Any = raw.driver_connection
            # aiosqlite's own way into its thread; it has no public one for more than one statement
            await driver._execute(_run_all, driver._conn, waiting)  # noqa: SLF001
            return
        for statement, rows in waiting:
            await self.connection.exec_driver_sql(statement, list(rows))


def _run_all(plain: sqlite3.Connection, statements: Statements) -> None:
    for statement, rows in statements:
        plain.executemany(statement, rows)
