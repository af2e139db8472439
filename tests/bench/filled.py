"""A PostgreSQL database with the projection of a SQLite store, copied in bulk and indexed afterwards.

The rows, the tables and the indexes are the program's own.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import uuid
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

from directory.search.projection import projector
from directory.search.schema import FACTS, ensure
from directory.store.engine import connect
from directory.store.upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLES: Final = ("near_card", "near_index")
_FACTS: Final = ", ".join(FACTS)
_CARDS: Final = f"COPY near_card (key, {_FACTS}, name, words, card) FROM STDIN"
_INDEX: Final = f'COPY near_index (term, "row", "column", card, {_FACTS}, point) FROM STDIN'
_HELD: Final = f"SELECT key, {_FACTS}, name, words, card, terms, cells FROM near_card ORDER BY place, key"


@contextlib.contextmanager
def database(server: str) -> Iterator[str]:
    """A fresh database on the server, dropped afterwards: its URL."""
    name = f"nearby_bench_{uuid.uuid4().hex[:12]}"
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield server.rsplit("/", 1)[0] + f"/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


async def fill(url: str, path: Path) -> None:
    """Put the projection of the SQLite store at `path` into the empty database at `url`."""
    store = connect(url)
    try:
        await upgrade(store)
        await ensure(store)
        _copy(url, path)
        await projector(store).settle()
    finally:
        await store.close()


def _copy(url: str, path: Path) -> None:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as source, psycopg.connect(url) as target:
        indexes = target.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN "
            "(SELECT conname FROM pg_constraint)",
            (list(TABLES),),
        ).fetchall()
        target.execute("SET maintenance_work_mem = '512MB'")
        for name, _ in indexes:
            target.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        with target.cursor() as cursor:
            _copy_rows(cursor, source)
        for _, definition in indexes:
            target.execute(definition)


def _copy_rows(cursor: psycopg.Cursor[Any], source: sqlite3.Connection) -> None:
    terms = source.execute("SELECT key, name, label FROM near_term").fetchall()
    cursor.executemany("INSERT INTO near_term (key, name, label) VALUES (%s, %s, %s)", terms)
    with cursor.copy(_CARDS) as copy:
        for row in source.execute(_HELD):
            words = " ".join(f"'{word}'" for word in row[-4].split())
            copy.write_row((*row[:-4], words, row[-3]))
    with cursor.copy(_INDEX) as copy:
        for row in source.execute(_HELD):
            for entry in _index_rows(row):
                copy.write_row(entry)


def _index_rows(row: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of the index that one card has."""
    key, facts, cells = row[0], row[1 : 1 + len(FACTS)], json.loads(row[-1])
    lat, lon = facts[FACTS.index("lat")], facts[FACTS.index("lon")]
    point = None if lat is None else f"SRID=4326;POINT({lon} {lat})"
    for term in json.loads(row[-2]):
        for cell_row, column in cells:
            yield (term, cell_row, column, key, *facts, point)
