"""The floor of an import: every row that it left in a store, inserted bare by the driver into a fresh file.

Same schema, same pragmas, same size of transactions, in the order in which the import wrote them: what
belongs to a service batch by batch, then the live slot of the projection as it was laid down. Rows are
read in chunks, and reading them is not counted.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from directory.store.engine import _PRAGMAS
from tests.bench.setting import clear

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SERVICES_AT_ONCE: Final = 100
ROWS_AT_ONCE: Final = 1_000
"""Of the laid-down slot, in one transaction."""
FIRST: Final = ("feed", "near_term")
"""Small tables that others refer to."""
OWNERS: Final = {
    "publication": "key",
    "shared": "max(holder, winner)",
    "near_card": "service",
    "quarantine": "id",
    "import_run": "id",
}
"""What says which batch a row was written in, for tables without a `service_key`."""


@dataclass(slots=True)
class Stopwatch:
    """Counts seconds while it runs, and rows."""

    seconds: float = 0.0
    rows: dict[str, int] = field(default_factory=dict)


def insert_rows(*, store: str, into: str) -> dict[str, Any]:
    """Insert all rows of one store into another file; the seconds that took, and how many there were."""
    clear(Path(into))
    watch = Stopwatch()
    with (
        closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(into, isolation_level=None)) as target,
    ):
        for pragma in _PRAGMAS:
            target.execute(pragma)
        tables = _make_tables(source, target)
        for table in FIRST:
            _insert(target, table, [source.execute(f"SELECT * FROM {table}").fetchall()], watch)
        _by_service(source, target, tables, watch)
        _laid_down(source, target, watch)
    return {"seconds": watch.seconds, "rows": watch.rows}


def _make_tables(source: sqlite3.Connection, target: sqlite3.Connection) -> list[str]:
    """The same schema; the names of the ordinary tables."""
    made = source.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
        "ORDER BY type = 'index', rowid"
    ).fetchall()
    virtual = [name for name, _, sql in made if sql.startswith("CREATE VIRTUAL")]
    made = [row for row in made if not any(row[0].startswith(f"{name}_") for name in virtual)]
    for _, _, sql in made:
        target.execute(sql)
    return [name for name, kind, _ in made if kind == "table" and name not in virtual]


def _by_service(
    source: sqlite3.Connection, target: sqlite3.Connection, tables: Sequence[str], watch: Stopwatch
) -> None:
    readers = [
        _Reader.of(source, table, owner)
        for table in sorted(tables, key=lambda table: table != "publication")
        if (owner := _owner(source, table))
    ]
    keys = source.execute("SELECT key FROM publication ORDER BY key")
    while batch := keys.fetchmany(SERVICES_AT_ONCE):
        written = [(reader.table, reader.up_to(batch[-1][0])) for reader in readers]
        _write(target, written, watch)
    _write(target, [(reader.table, reader.rest()) for reader in readers], watch)


def _owner(source: sqlite3.Connection, table: str) -> str | None:
    """What says which service a row came with; None for tables that an import does not fill so."""
    columns = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
    return "service_key" if "service_key" in columns else OWNERS.get(table)


def _laid_down(source: sqlite3.Connection, target: sqlite3.Connection, watch: Stopwatch) -> None:
    """The live slot: offers, index and text, each in the order of its key."""
    (live,) = source.execute("SELECT live FROM projection_state").fetchone()
    for table, order in (
        (f"near_offer_{live}", "key"),
        (f"near_index_{live}", 'term, "row", "column", card'),
    ):
        _insert(target, table, _chunks(source.execute(f"SELECT * FROM {table} ORDER BY {order}")), watch)
    text = (
        f"SELECT o.key, n.words FROM near_offer_{live} AS o JOIN near_card AS n ON n.key = o.card "
        "ORDER BY o.key"
    )
    _insert(target, f"near_text_{live} (rowid, words)", _chunks(source.execute(text)), watch)


def _chunks(cursor: sqlite3.Cursor) -> Iterator[list[Any]]:
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield rows


def _insert(
    target: sqlite3.Connection, table: str, chunks: Iterator[list[Any]] | list[list[Any]], watch: Stopwatch
) -> None:
    for rows in chunks:
        _write(target, [(table, rows)], watch)


def _write(target: sqlite3.Connection, written: list[tuple[str, list[Any]]], watch: Stopwatch) -> None:
    """One transaction."""
    started = time.perf_counter()
    target.execute("BEGIN IMMEDIATE")
    for table, rows in written:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            target.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
            watch.rows[table] = watch.rows.get(table, 0) + len(rows)
    target.execute("COMMIT")
    watch.seconds += time.perf_counter() - started


@dataclass(slots=True)
class _Reader:
    """The rows of a table in the order in which batches of services wrote them."""

    table: str
    rows: Iterator[Any]
    waiting: Any = None

    @classmethod
    def of(cls, source: sqlite3.Connection, table: str, owner: str) -> _Reader:
        """Rows with the key of the service they came with before them."""
        return cls(table, iter(source.execute(f"SELECT {owner}, * FROM {table} ORDER BY 1")))

    def up_to(self, key: int) -> list[Any]:
        """The next rows, of services no later than this."""
        taken = []
        row = self.waiting or next(self.rows, None)
        while row is not None and row[0] <= key:
            taken.append(row[1:])
            row = next(self.rows, None)
        self.waiting = row
        return taken

    def rest(self) -> list[Any]:
        """What is left, at most a few thousand rows."""
        left = [self.waiting] if self.waiting is not None else []
        return [row[1:] for row in (*left, *islice(self.rows, 10_000))]
