"""Keeps the tables of a package on disk while services are put together from them.

A temporary SQLite file: the rows of a million services don't fit in memory, and a service needs rows
from twenty tables that are sorted in no particular way.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from directory.feeds.sources.relations import links_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_NOTHING: dict[str, Any] = {}


class Shelf:
    """Rows by table, findable by their id and by the ids of their parents."""

    def __init__(self) -> None:
        """Make the file; it goes away with `close`."""
        self._folder = tempfile.TemporaryDirectory(prefix="nearby-")
        self._db = sqlite3.connect(Path(self._folder.name, "shelf.db"), check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;")
        self._tables: set[str] = set()

    def close(self) -> None:
        """Remove the file."""
        self._db.close()
        self._folder.cleanup()

    def has(self, table: str) -> bool:
        """Whether the package has the table, with or without rows."""
        return table in self._tables

    def put(self, table: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Add rows with their positions in the order of the file."""
        links = links_of(table)
        if table not in self._tables:
            self._tables.add(table)
            columns = "".join(f", {link} TEXT" for link in links)
            self._db.execute(f"CREATE TABLE {table} (position TEXT, id TEXT{columns}, body BLOB)")
        marks = ", ".join("?" * (len(links) + 3))
        self._db.executemany(
            f"INSERT INTO {table} VALUES ({marks})",
            (
                (position, _text(row.get("id")), *(_text(row.get(link)) for link in links), orjson.dumps(row))
                for position, row in rows
            ),
        )

    def index(self) -> None:
        """Lay out the rows for finding: after all of them were put."""
        for table in self._tables:
            for column in ("id", *links_of(table)):
                self._db.execute(f"CREATE INDEX {table}_by_{column} ON {table} ({column})")
        self._db.commit()

    def rows(self, table: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give all rows of a table in the order of the file."""
        if table in self._tables:
            for position, body in self._db.execute(f"SELECT position, body FROM {table} ORDER BY rowid"):
                yield position, orjson.loads(body)

    def one(self, table: str, identifier: object) -> dict[str, Any]:
        """Return the first row with an id; empty where there is none."""
        if table not in self._tables or identifier is None:
            return _NOTHING
        query = f"SELECT body FROM {table} WHERE id = ? ORDER BY rowid LIMIT 1"
        found = self._db.execute(query, (str(identifier),)).fetchone()
        return dict(orjson.loads(found[0])) if found else _NOTHING

    def many(self, table: str, link: str, identifier: object, *, most: int) -> list[dict[str, Any]]:
        """Return the first rows that are linked to a parent, in the order of the file."""
        if table not in self._tables or identifier is None:
            return []
        query = f"SELECT body FROM {table} WHERE {link} = ? ORDER BY rowid LIMIT ?"
        return [orjson.loads(body) for (body,) in self._db.execute(query, (str(identifier), most))]

    def unlinked(self, table: str, *, child: str, link: str) -> int:
        """Count the rows of a table that no row of the other one points to."""
        pointed = f"SELECT {link} FROM {child} WHERE {link} NOT NULL"
        return self._count(f"{table} WHERE id NOT IN ({pointed})", {table, child})

    def orphans(self, table: str, *, parent: str, link: str) -> int:
        """Count the rows of a table that point to a row of the other one that is not there."""
        there = f"SELECT id FROM {parent} WHERE id NOT NULL"
        return self._count(f"{table} WHERE {link} NOT NULL AND {link} NOT IN ({there})", {table, parent})

    def _count(self, rows: str, needed: set[str]) -> int:
        if not needed <= self._tables:
            return 0
        return int(self._db.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])


def _text(value: object) -> str | None:
    return None if value is None else str(value)
