"""A list as one bound value, so that a statement stays the same however long the list is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.ext.asyncio import AsyncConnection


def among(dialect: str, column: str, name: str = "among") -> str:
    """SQL: the column is one of the values bound as `:name`, which `listed` makes."""
    if dialect == "sqlite":
        return f"{column} IN (SELECT value FROM json_each(:{name}))"
    return f"{column} = ANY(:{name})"


def listed(dialect: str, values: Collection[int] | Collection[str]) -> str | list[int | str]:
    """The values in the form in which `among` takes them; not empty, PostgreSQL wants a type."""
    return json.dumps(list(values)) if dialect == "sqlite" else list(values)


async def next_keys(connection: AsyncConnection, table: str, column: str, count: int) -> range | list[int]:
    """Keys for `count` new rows, within the writing transaction that inserts them."""
    if connection.dialect.name == "sqlite":
        top = (await connection.exec_driver_sql(f"SELECT max({column}) FROM {table}")).scalar() or 0
        return range(top + 1, top + count + 1)
    sequence = f"SELECT nextval('{table}_{column}_seq') FROM generate_series(1, %s)"
    return [key for (key,) in await connection.exec_driver_sql(sequence, (count,))]
