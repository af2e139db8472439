"""Loads what an operator has of places: Code-Point Open, the ONS Postcode Directory, OS Open Names.

Read as a stream and written in short batches, so that memory stays flat and nobody waits. Loading a
source again replaces it: new rows carry a new number, and the old ones go when all have come.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from directory.places.archives import LoadError, tables
from directory.places.atlas import Atlas
from directory.places.formats import Format, Row, recognise
from directory.places.names import fold
from directory.places.tables import loaded_place, loaded_postcode
from directory.store.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.ext.asyncio import AsyncConnection

    from directory.store.engine import Store

BATCH = 5_000
TABLES = {"loaded_postcode": loaded_postcode, "loaded_place": loaded_place}


@dataclass(slots=True)
class Loaded:
    """What came of it."""

    kind: str
    """`code-point-open`, `onspd` or `os-open-names`."""
    taken: int = 0
    """Rows written (a place with two names counts twice)."""
    skipped: int = 0
    problems: dict[str, int] = field(default_factory=dict)
    """Reason (a short code) -> how many rows, or tables, were left out for it."""


async def load(store: Store, path: str | Path) -> Loaded:
    """Load a CSV file, a folder or a zip of them.

    Raises:
        LoadError: nothing is there that can be loaded; what was loaded before stays.
    """
    reading = Reading(Path(path))
    first = next(reading.batches(), None)
    if first is None or reading.format is None:
        raise LoadError("not_recognised", str(path))
    table = TABLES[reading.format.table]
    source = await next_source(store, table, reading.format.name)
    loaded = Loaded(reading.format.name)
    for batch in chain([first], reading.batches()):
        await put(store, table, [{**row, "source": source} for row in batch])
        loaded.taken += len(batch)
    await drop_older(store, table, reading.format.name, source)
    loaded.skipped, loaded.problems = reading.problems.total(), dict(reading.problems)
    return loaded


class Reading:
    """The rows at a path, a batch at a time, and why some were left out."""

    def __init__(self, path: Path) -> None:
        self.format: Format | None = None
        self.problems: Counter[str] = Counter()
        self._rows = self._read(path)
        self._authorities = Atlas().authority_names

    def batches(self) -> Iterator[list[Row]]:
        """Batches of columns; goes on where it was left."""
        while batch := list(islice(self._rows, BATCH)):
            yield batch

    def _read(self, path: Path) -> Iterator[Row]:
        with closing(tables(path)) as found:
            for _, rows in found:
                first = next(rows, None)
                kind = recognise(first) if first else None
                if first is None or kind is None or (self.format and kind.name != self.format.name):
                    self.problems["table_not_recognised"] += 1
                    continue
                self.format = self.format or kind
                for row in rows if kind.header else chain([first], rows):
                    yield from self._taken(kind, row)

    def _taken(self, kind: Format, row: list[str]) -> list[Row]:
        found = kind.read(row)
        if isinstance(found, str):
            self.problems[found] += 1
            return []
        if isinstance(found, dict):
            return [found]
        for place in found:
            place["lad"] = self._authorities.get(fold(place.pop("district")))
        return found


async def next_source(store: Store, table: sa.Table, name: str) -> str:
    """The name of the source with a number that no row has yet."""
    async with store.read() as connection:
        held = await connection.scalars(
            sa.select(table.c.source).distinct().where(table.c.source.like(f"{name}#%"))
        )
        numbers = [int(source.rpartition("#")[2]) for source in held]
    return f"{name}#{max(numbers, default=0) + 1}"


async def put(store: Store, table: sa.Table, rows: list[Row]) -> None:
    """Insert a batch, replacing what has the same key."""
    statement: Any = insert(store, table)
    keys = [column.name for column in table.primary_key]
    rest = {c.name: statement.excluded[c.name] for c in table.c if c.name not in keys}
    upsert = statement.on_conflict_do_update(index_elements=keys, set_=rest)

    async def work(connection: AsyncConnection) -> None:
        await connection.execute(upsert, rows)

    await write(store, work)


def insert(store: Store, table: sa.Table) -> Any:
    """The dialect's own insert, which knows what to do about a row that is there."""
    if store.dialect == "sqlite":
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(table)


async def drop_older(store: Store, table: sa.Table, name: str, source: str) -> None:
    """Delete what earlier loads of the same source left, in short batches."""
    keys = list(table.primary_key)
    old = sa.select(*keys).where(table.c.source.like(f"{name}#%"), table.c.source != source).limit(20_000)
    wanted = sa.tuple_(*keys).in_(old) if len(keys) > 1 else keys[0].in_(old)

    async def work(connection: AsyncConnection) -> int:
        return (await connection.execute(sa.delete(table).where(wanted))).rowcount

    while await write(store, work):
        pass
