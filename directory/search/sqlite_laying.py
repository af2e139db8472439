"""The layout by place: made in a file beside the store, then copied into the spare slot."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from directory.search import sqlite_statements as sql
from directory.search.schema import SQLITE_SLOT
from directory.search.sqlite_writing import LAST_FIXED, SLOT_TABLES, in_batches, open_writer, short

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_ORDER = (
    "CREATE TABLE side.lay (number INTEGER PRIMARY KEY, card INTEGER NOT NULL)",
    "INSERT INTO side.lay (card) SELECT key FROM near_card WHERE key <= ? ORDER BY place, key",
)
_OFFERS = (
    f"INSERT INTO side.near_offer_{{slot}} (key, card, {sql.FACT_LIST}, name, terms, cells) "
    f"SELECT l.number, n.key, {sql.NEAR_FACTS}, n.name, n.terms, n.cells "
    "FROM side.lay l CROSS JOIN near_card n ON n.key = l.card ORDER BY l.number"
)
_TEXT = (
    "INSERT INTO side.near_text_{slot} (rowid, words) SELECT l.number, n.words "
    "FROM side.lay l CROSS JOIN near_card n ON n.key = l.card ORDER BY l.number"
)
_TOGETHER = "INSERT INTO side.near_text_{slot} (near_text_{slot}) VALUES ('optimize')"
"""One segment instead of eight: a search for words looks each up once."""
_INDEX = (
    f'INSERT INTO side.near_index_{{slot}} (term, "row", "column", card, {sql.FACT_LIST}) '
    f"SELECT t.value, {sql.CELL}, n.card, {sql.NEAR_FACTS} FROM side.near_offer_{{slot}} n, {sql.EXPLODED} "
    "ORDER BY 1, 2, 3, 4"
)


def _side(path: Path) -> Path:
    return path.with_name(path.name + ".laying")


def remove_side(path: Path) -> None:
    """Remove the file beside the store."""
    for end in ("", "-journal", "-wal", "-shm"):
        _side(path).with_name(_side(path).name + end).unlink(missing_ok=True)


def lay(path: Path, slot: str, boundary: int) -> None:
    """Lay down all cards up to a key by place, beside the store."""
    with contextlib.closing(open_writer(path)) as connection:
        _attach(connection, path)
        for statement in SQLITE_SLOT:
            connection.execute(statement.format(slot=slot, at="side."))
        connection.execute(_ORDER[0])
        connection.execute(_ORDER[1], (boundary,))
        for statement in (_OFFERS, _TEXT, _TOGETHER, _INDEX):
            connection.execute(statement.format(slot=slot))


def take_over(path: Path, slot: str) -> None:
    """Copy what was laid down into the (empty) slot of the store, in short transactions."""
    with contextlib.closing(open_writer(path)) as connection:
        _attach(connection, path)
        for table, key in SLOT_TABLES:
            in_batches(connection, _Copy(connection, table.format(slot=slot), key).some)
        with short(connection):
            connection.execute(
                f"INSERT OR REPLACE INTO main.near_text_{slot}_data "
                f"SELECT * FROM side.near_text_{slot}_data WHERE id <= {LAST_FIXED}"
            )


def _attach(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("ATTACH DATABASE ? AS side", (str(_side(path)),))
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -16384"):
        connection.execute(f"PRAGMA side.{pragma}")


class _Copy:
    """A table copied in the order of its key, a part at a time."""

    def __init__(self, connection: sqlite3.Connection, table: str, key: tuple[str, ...]) -> None:
        self._connection = connection
        self._table = table
        self._names = ", ".join(key)
        kept = f"WHERE id > {LAST_FIXED}" if table.endswith("_data") else ""
        self._first: tuple[object, ...] | None = connection.execute(
            f"SELECT {self._names} FROM side.{table} {kept} ORDER BY {self._names} LIMIT 1"
        ).fetchone()

    def some(self, size: int) -> bool:
        """Copy the next rows; whether any are left."""
        if self._first is None:
            return False
        marks = ", ".join("?" * len(self._first))
        ahead = f"FROM side.{self._table} WHERE ({self._names}) >= ({marks}) ORDER BY {self._names} LIMIT"
        following = self._connection.execute(
            f"SELECT {self._names} {ahead} 1 OFFSET ?", (*self._first, size)
        ).fetchone()
        self._connection.execute(f"INSERT INTO main.{self._table} SELECT * {ahead} ?", (*self._first, size))
        self._first = following
        return following is not None
