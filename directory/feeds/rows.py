"""Writes and drops HSDS rows at the driver's own speed.

An import writes some twenty rows for a service. Bound column by column through SQLAlchemy they
would cost several times what SQLite needs to store them, so rows are handed over as plain tuples.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from directory.hsds.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.feeds.objects import Rows
    from directory.hsds.record import Row
    from directory.store.script import Script

_KEYS: Final = ("service_key", "feed_id")


def write_rows(script: Script, feed_id: int, services: Iterable[tuple[int, Sequence[Rows]]]) -> None:
    """Insert the HSDS rows of many services, table by table; each service's come in any number of parts."""
    sqlite = script.dialect == "sqlite"
    tuples: dict[str, list[tuple[Any, ...]]] = {}
    for key, parts in services:
        for part in parts:
            for table, rows in part.items():
                values = _shape(table, sqlite)[1]
                kept = tuples.get(table)
                if kept is None:
                    kept = tuples[table] = []
                kept += [(key, feed_id, *values(row)) for row in rows]
    for table in TABLES:
        if table in tuples:
            script.insert(table, _shape(table, sqlite)[0], tuples[table])


def drop_rows(script: Script, keys: Collection[int]) -> None:
    """Delete every HSDS row that was read from these publications."""
    for table in TABLES:
        script.delete(table, "service_key", keys)


@cache
def _shape(table: str, sqlite: bool) -> tuple[tuple[str, ...], Callable[[Row], Sequence[Any]]]:  # noqa: FBT001
    """Columns of a table, and what gives a row's values for those after the first two."""
    columns = [column for column in TABLES[table].columns if column.name not in _KEYS]
    names = tuple(column.name for column in columns)
    pick: Callable[[Row], Sequence[Any]] = itemgetter(*names)
    dates = tuple(place for place, column in enumerate(columns) if isinstance(column.type, sa.Date))
    if sqlite and dates:
        return (*_KEYS, *names), lambda row: _with_text_dates(pick(row), dates)
    return (*_KEYS, *names), pick


def _with_text_dates(values: Sequence[Any], dates: Sequence[int]) -> Sequence[Any]:
    """SQLite has no dates: they are kept as ISO text, which sorts in the same way."""
    given = [place for place in dates if values[place] is not None]
    if not given:
        return values
    changed = list(values)
    for place in given:
        value = changed[place]
        changed[place] = value.isoformat() if isinstance(value, date) else value
    return changed


async def read_rows(connection: AsyncConnection, keys: Collection[int]) -> Mapping[int, Rows]:
    """The HSDS rows of these publications as they stand in the tables, by key."""
    found: dict[int, Rows] = {key: {} for key in keys}
    if not keys:
        return found
    for name, table in TABLES.items():
        columns = [str(column.name) for column in table.columns]
        rows = await connection.execute(sa.select(table).where(table.c.service_key.in_(list(keys))))
        for values in rows:
            row: Row = dict(zip(columns, values, strict=True))
            del row["service_key"], row["feed_id"]
            found[values.service_key].setdefault(name, []).append(row)
    return found
